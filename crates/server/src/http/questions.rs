//! `POST /api/v1/questions`: one question, one answer, as JSON or as a stream of events.

use super::App;
use super::body::JsonBody;
use super::client::Admitted;
use super::origin;
use super::problem::{Code, Problem, ProblemDetails};
use super::wire::{self, AnswerBody, QuestionBody, VerdictEvent};
use assistant::{Ask, AskError, Channel, Language, Reply, Rewording};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::site::Site;
use futures::{StreamExt as _, stream};
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;

/// The longest idempotency key.
const MOST_KEY_CHARACTERS: usize = 200;

/// Ask a question.
///
/// With `Accept: text/event-stream` the answer comes as events, in this order and never withdrawn: `start`
/// (StartEvent), any number of `statement` (StatementBody), `verdict` (VerdictEvent). Where a language model of the town's is to
/// say more, `settled` (VerdictEvent, the same as the verdict will be) tells before it that the answer stands, and its checked
/// words (`kind` "reworded" or "translated") come behind, as they are written; in JSON they are left out.
#[utoipa::path(
    post,
    path = "/api/v1/questions",
    tag = "questions",
    request_body = QuestionBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and question give the same extracts and verdict, once")),
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
        easy_to_read: body.easy_to_read,
        idempotency_key: idempotency_key(&headers)?,
    };
    if wants_events(&headers) {
        let (reply, rewording) = ask_and_reword(&app, site, asked).await?;
        Ok(events(app.clone(), &site.key, reply, rewording)?.into_response())
    } else {
        let reply = ask(&app, site, asked).await?;
        Ok(Json(wire::answer(&site.key, reply)).into_response())
    }
}

/// What a channel was asked.
pub(crate) struct Asked {
    pub(crate) question: String,
    pub(crate) conversation: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) easy_to_read: bool,
    pub(crate) idempotency_key: Option<String>,
}

/// Asks, for the API and for the page alike: what can be said at once.
pub(crate) async fn ask(app: &App, site: &Site, asked: Asked) -> Result<Reply, Problem> {
    let began = Instant::now();
    let ask = question(app, site, asked)?;
    let reply = app.assistant.ask(ask).await.map_err(problem)?;
    app.metrics.answered(reply.verdict, began.elapsed());
    Ok(reply)
}

/// The same, with a model's words on it, where there is a model.
async fn ask_and_reword(app: &App, site: &Site, asked: Asked) -> Result<(Reply, Option<Rewording>), Problem> {
    let began = Instant::now();
    let ask = question(app, site, asked)?;
    let (reply, rewording) = app.assistant.ask_and_reword(ask).await.map_err(problem)?;
    app.metrics.answered(reply.verdict, began.elapsed());
    Ok((reply, rewording))
}

fn question(app: &App, site: &Site, asked: Asked) -> Result<Ask, Problem> {
    if asked.question.trim().chars().count() > app.question_characters {
        return Err(Problem::new(Code::QuestionTooLong));
    }
    Ok(Ask {
        site: site.key.clone(),
        question: asked.question,
        conversation: asked.conversation,
        channel: Channel::Web,
        budget: None,
        language: asked.language,
        easy_to_read: asked.easy_to_read,
        idempotency_key: asked.idempotency_key,
        now: app.clock.now(),
    })
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

/// What is still to be sent, once the answer itself was.
enum Rest {
    /// A model's words, then the verdict.
    Words(Box<Rewording>, Box<VerdictEvent>),
    Verdict(Box<VerdictEvent>),
    Nothing,
}

fn events(
    app: Arc<App>,
    site: &str,
    reply: Reply,
    rewording: Option<Rewording>,
) -> Result<impl IntoResponse + use<>, Problem> {
    let language = reply.language;
    let (start, statements, verdict) = wire::parts(site, reply);
    let statements = statements
        .into_iter()
        .map(|statement| event("statement", statement));
    // Nobody waits for a model to know what an answer is worth and where it stands.
    let settled = rewording.as_ref().map(|_| event("settled", &verdict));
    let at_once: Vec<Event> = std::iter::once(event("start", start))
        .chain(statements)
        .chain(settled)
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::caused(Code::Internal, error))?;
    let verdict = Box::new(verdict);
    let rest = match rewording {
        Some(rewording) => Rest::Words(Box::new(rewording), verdict),
        None => Rest::Verdict(verdict),
    };
    let site = site.to_owned();
    let rest = stream::unfold(rest, move |rest| {
        let (app, site) = (Arc::clone(&app), site.clone());
        async move {
            match rest {
                Rest::Words(mut rewording, verdict) => {
                    // The answer itself stands: a server that is told to stop does not wait for more words on it.
                    let spoken = tokio::select! {
                        spoken = rewording.next(|| app.clock.now()) => spoken,
                        () = app.told_to_stop() => None,
                    };
                    if let Some(spoken) = spoken {
                        let statement = wire::statement(&site, spoken, language);
                        return Some((event("statement", statement), Rest::Words(rewording, verdict)));
                    }
                    app.metrics.reworded(rewording.tally(), rewording.failure());
                    if let Err(error) = rewording.keep().await {
                        tracing::error!(%error, "a model's words are shown and not kept");
                    }
                    Some((event("verdict", verdict), Rest::Nothing))
                }
                Rest::Verdict(verdict) => Some((event("verdict", verdict), Rest::Nothing)),
                Rest::Nothing => None,
            }
        }
    });
    // Proxies that buffer would hold the whole answer back.
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    let events = Sse::new(stream::iter(at_once.into_iter().map(Ok)).chain(rest));
    Ok((headers, events.keep_alive(KeepAlive::default())))
}

fn event(name: &str, data: impl Serialize) -> Result<Event, axum::Error> {
    Event::default().event(name).json_data(data)
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
