//! `POST /api/v1/questions`: one question, one answer, as JSON or as a stream of events.

use super::App;
use super::body::JsonBody;
use super::client::Admitted;
use super::origin;
use super::problem::{Code, Problem, ProblemDetails};
use super::wire::{self, AnswerBody, QuestionBody};
use assistant::{Ask, AskError, Channel, Language, Reply};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use domain::site::Site;
use futures::stream;
use std::sync::Arc;
use std::time::Instant;

/// The longest idempotency key.
const MOST_KEY_CHARACTERS: usize = 200;

/// Ask a question.
///
/// With `Accept: text/event-stream` the answer comes as events, in this order and never withdrawn: `start`
/// (StartEvent), any number of `statement` (StatementBody), `verdict` (VerdictEvent).
#[utoipa::path(
    post,
    path = "/api/v1/questions",
    tag = "questions",
    request_body = QuestionBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and question give the same answer, once")),
    responses(
        (status = 200, description = "The answer", body = AnswerBody, content_type = "application/json"),
        (status = "4XX", description = "The request was refused", body = ProblemDetails, content_type = "application/problem+json"),
        (status = "5XX", description = "The server could not answer", body = ProblemDetails, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    _admitted: Admitted,
    JsonBody(body): JsonBody<QuestionBody>,
) -> Result<Response, Problem> {
    let site = app.site(body.site.as_deref(), &headers)?;
    origin::check_site(&app, site, &headers)?;
    let asked = Asked {
        question: body.question,
        conversation: body.conversation.filter(|code| !code.is_empty()),
        language: body.language.map(Into::into),
        idempotency_key: idempotency_key(&headers)?,
    };
    let reply = ask(&app, site, asked).await?;
    if wants_events(&headers) {
        Ok(events(&site.key, reply)?.into_response())
    } else {
        Ok(Json(wire::answer(&site.key, reply)).into_response())
    }
}

/// What a channel was asked.
pub(crate) struct Asked {
    pub(crate) question: String,
    pub(crate) conversation: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) idempotency_key: Option<String>,
}

/// Asks, for the API and for the page alike.
pub(crate) async fn ask(app: &App, site: &Site, asked: Asked) -> Result<Reply, Problem> {
    if asked.question.trim().chars().count() > app.question_characters {
        return Err(Problem::new(Code::QuestionTooLong));
    }
    let began = Instant::now();
    let reply = app
        .assistant
        .ask(Ask {
            site: site.key.clone(),
            question: asked.question,
            conversation: asked.conversation,
            channel: Channel::Web,
            budget: None,
            language: asked.language,
            idempotency_key: asked.idempotency_key,
            now: app.clock.now(),
        })
        .await
        .map_err(problem)?;
    app.metrics.answered(reply.verdict, began.elapsed());
    Ok(reply)
}

fn problem(error: AskError) -> Problem {
    match error {
        AskError::Empty => Problem::new(Code::QuestionEmpty),
        AskError::TooLong { .. } => Problem::new(Code::QuestionTooLong),
        AskError::UnknownSite => Problem::new(Code::UnknownSite),
        AskError::UnknownConversation => Problem::new(Code::UnknownConversation),
        AskError::IdempotencyKeyReused => Problem::new(Code::IdempotencyKeyReused),
        AskError::NotReady => Problem::new(Code::Unavailable).retry_after(5),
        AskError::Failed(error) => Problem::caused(Code::Internal, error),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match key.to_str() {
        Ok(key) if (1..=MOST_KEY_CHARACTERS).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Problem::new(Code::MalformedBody)),
    }
}

/// Whether the client prefers events: it names them before JSON, or instead of it.
fn wants_events(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let named = accept
        .split(',')
        .map(|item| item.split(';').next().unwrap_or_default().trim());
    let first = named
        .into_iter()
        .find(|name| matches!(*name, "text/event-stream" | "application/json" | "*/*"));
    first == Some("text/event-stream")
}

fn events(site: &str, reply: Reply) -> Result<impl IntoResponse + use<>, Problem> {
    let internal = |error| Problem::caused(Code::Internal, error);
    let (start, statements, verdict) = wire::parts(site, reply);
    let mut events = vec![
        Event::default()
            .event("start")
            .json_data(start)
            .map_err(internal)?,
    ];
    for statement in statements {
        events.push(
            Event::default()
                .event("statement")
                .json_data(statement)
                .map_err(internal)?,
        );
    }
    events.push(
        Event::default()
            .event("verdict")
            .json_data(verdict)
            .map_err(internal)?,
    );
    // Proxies that buffer would hold the whole answer back.
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    Ok((
        headers,
        Sse::new(stream::iter(
            events.into_iter().map(Ok::<_, std::convert::Infallible>),
        )),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_sent_to_those_that_prefer_them() {
        let wants =
            |accept: &str| wants_events(&[(header::ACCEPT, accept.parse().unwrap())].into_iter().collect());
        assert!(wants("text/event-stream") && wants("text/event-stream, application/json;q=0.5"));
        assert!(!wants("application/json") && !wants("*/*") && !wants("application/json, text/event-stream"));
        assert!(!wants_events(&HeaderMap::new()));
    }
}
