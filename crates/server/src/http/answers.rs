//! `POST /api/v1/answers/{id}/feedback`: whether an answer helped.

use super::App;
use super::body::JsonBody;
use super::client::Admitted;
use super::problem::{Code, Problem, ProblemDetails};
use assistant::{Feedback, FeedbackError, Reason};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The longest comment, in characters.
const MOST_COMMENT_CHARACTERS: usize = 500;

/// Whether an answer helped, and if not, why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedbackBody {
    /// Whether it helped.
    helpful: bool,
    /// Why not.
    reason: Option<WireReason>,
    /// In the resident's own words.
    #[schema(max_length = 500)]
    comment: Option<String>,
}

/// Why an answer did not help.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireReason {
    Wrong,
    Incomplete,
    Outdated,
    Unclear,
    Other,
}

/// Say whether an answer helped.
#[utoipa::path(
    post,
    path = "/api/v1/answers/{id}/feedback",
    tag = "questions",
    params(("id" = String, Path, description = "The answer's id")),
    request_body = FeedbackBody,
    responses(
        (status = 204, description = "Kept"),
        (status = "4XX", description = "The request was refused", body = ProblemDetails, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn feedback(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    _admitted: Admitted,
    JsonBody(body): JsonBody<FeedbackBody>,
) -> Result<StatusCode, Problem> {
    let comment = body
        .comment
        .map(|comment| comment.trim().to_owned())
        .filter(|comment| !comment.is_empty());
    if comment
        .as_ref()
        .is_some_and(|comment| comment.chars().count() > MOST_COMMENT_CHARACTERS)
    {
        return Err(Problem::new(Code::MalformedBody));
    }
    let feedback = if body.helpful {
        Feedback::Helpful
    } else {
        Feedback::NotHelpful {
            reason: body.reason.map(Into::into),
            comment,
        }
    };
    match app.assistant.feedback(&id, feedback, app.clock.now()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(FeedbackError::UnknownAnswer) => Err(Problem::new(Code::UnknownAnswer)),
        Err(FeedbackError::Failed(error)) => Err(Problem::caused(Code::Internal, error)),
    }
}

impl From<WireReason> for Reason {
    fn from(reason: WireReason) -> Self {
        match reason {
            WireReason::Wrong => Self::Wrong,
            WireReason::Incomplete => Self::Incomplete,
            WireReason::Outdated => Self::Outdated,
            WireReason::Unclear => Self::Unclear,
            WireReason::Other => Self::Other,
        }
    }
}
