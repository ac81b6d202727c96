//! The one table of public errors, told as RFC 9457 problem details; what caused them is logged apart.

use crate::texts::{Language, texts};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

macro_rules! codes {
    ($($name:ident => ($code:literal, $status:ident)),+ $(,)?) => {
        /// Every error that a client may be told; titles and details are in the Fluent files, under `error-CODE-…`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Code { $($name),+ }

        impl Code {
            /// Every code.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name on the wire.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The code of that name.
            pub(crate) fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// The status that goes with it.
            pub(crate) fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }
        }
    };
}

codes! {
    QuestionEmpty => ("question_empty", UNPROCESSABLE_ENTITY),
    QuestionTooLong => ("question_too_long", UNPROCESSABLE_ENTITY),
    MalformedBody => ("malformed_body", BAD_REQUEST),
    UnsupportedMediaType => ("unsupported_media_type", UNSUPPORTED_MEDIA_TYPE),
    UnknownSite => ("unknown_site", NOT_FOUND),
    OriginNotAllowed => ("origin_not_allowed", FORBIDDEN),
    UnknownConversation => ("unknown_conversation", NOT_FOUND),
    UnknownAnswer => ("unknown_answer", NOT_FOUND),
    AnswerOutdated => ("answer_outdated", GONE),
    TooManyRequests => ("too_many_requests", TOO_MANY_REQUESTS),
    BodyTooLarge => ("body_too_large", PAYLOAD_TOO_LARGE),
    IdempotencyKeyReused => ("idempotency_key_reused", UNPROCESSABLE_ENTITY),
    NotFound => ("not_found", NOT_FOUND),
    MethodNotAllowed => ("method_not_allowed", METHOD_NOT_ALLOWED),
    Unavailable => ("unavailable", SERVICE_UNAVAILABLE),
    Internal => ("internal", INTERNAL_SERVER_ERROR),
}

/// What went wrong: a public code, and the cause that only the log shows.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// What the client is told.
    pub(crate) code: Code,
    /// What the log is told; never what a resident wrote.
    pub(crate) cause: Option<Arc<anyhow::Error>>,
    /// After how many seconds another try makes sense.
    pub(crate) retry_after: Option<u64>,
}

/// RFC 9457 problem details.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemDetails {
    /// Relative address that identifies and describes the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/question_empty")]
    kind: String,
    /// The kind of problem, in a few words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do next, for the person who asked.
    detail: String,
    /// The kind of problem, for programs.
    #[schema(example = "question_empty")]
    code: &'static str,
    /// The request's id, to find it in the server's log.
    instance: String,
}

impl Problem {
    /// A problem whose cause is the public one.
    pub(crate) fn new(code: Code) -> Self {
        Self {
            code,
            cause: None,
            retry_after: None,
        }
    }

    /// A problem with a cause for the log.
    pub(crate) fn caused(code: Code, cause: impl Into<anyhow::Error>) -> Self {
        Self {
            code,
            cause: Some(Arc::new(cause.into())),
            retry_after: None,
        }
    }

    /// The same, worth another try after some seconds.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }

    /// Its title for a person.
    pub(crate) fn title(&self, language: Language) -> String {
        texts(language).get(&format!("error-{}-title", self.code.as_str()))
    }

    /// What that person can do.
    pub(crate) fn detail(&self, language: Language) -> String {
        texts(language).get(&format!("error-{}-detail", self.code.as_str()))
    }

    /// Its details for the request with that id.
    pub(crate) fn details(&self, language: Language, request_id: &str) -> ProblemDetails {
        ProblemDetails {
            kind: format!("/problems/{}", self.code.as_str()),
            title: self.title(language),
            status: self.code.status().as_u16(),
            detail: self.detail(language),
            code: self.code.as_str(),
            instance: format!("/requests/{request_id}"),
        }
    }
}

impl IntoResponse for Problem {
    /// Carries itself to the edge, which knows the language, the request's id, and whether a person or a program reads.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
