//! `/`: the chat page; without scripts, a form and its answer.

use super::reply::Answer;
use super::{App, Code, Frame, Page, Problem, render};
use crate::http::body::FormBody;
use crate::http::client::Client;
use crate::http::origin;
use crate::http::questions::{Asked, ask};
use crate::texts::{Texts, for_site};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Instant;

#[derive(Template)]
#[template(path = "chat.html")]
struct Chat {
    t: &'static Texts,
    page: Page,
    question: String,
    conversation: String,
    deleted: bool,
    suggestions: Vec<String>,
    errors: Vec<PageError>,
    answers: Vec<Answer>,
    /// Where the demo has its telephone.
    has_phone: bool,
}

struct PageError {
    title: String,
    detail: String,
}

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asking {
    q: Option<String>,
    lang: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ChatForm {
    #[serde(default)]
    question: String,
    #[serde(default)]
    conversation: String,
    #[serde(default)]
    action: String,
}

/// `GET /`, `GET /?q=…`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    Query(asking): Query<Asking>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let site = app.site(None, &headers)?;
    let frame = Frame::new(&app, site, asking.lang.as_deref(), &headers);
    match asking.q.filter(|question| !question.trim().is_empty()) {
        None => show(&app, &frame, Chat::empty(&frame)).await,
        Some(question) => {
            answer(
                &app,
                &frame,
                client,
                ChatForm {
                    question,
                    ..ChatForm::default()
                },
            )
            .await
        }
    }
}

/// `POST /`: the page comes back at once, so that no question stands in an address.
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    Query(asking): Query<Asking>,
    headers: HeaderMap,
    FormBody(form): FormBody<ChatForm>,
) -> Result<Response, Problem> {
    if !origin::is_own_form(&app, &headers) {
        return Err(Problem::new(Code::OriginNotAllowed));
    }
    let site = app.site(None, &headers)?;
    let frame = Frame::new(&app, site, asking.lang.as_deref(), &headers);
    if form.action != "delete" {
        return answer(&app, &frame, client, form).await;
    }
    let deleted = app.assistant.delete_conversation(&form.conversation).await;
    // A conversation that is gone already is what was asked for.
    deleted.map_err(|error| Problem::caused(Code::Internal, error))?;
    show(
        &app,
        &frame,
        Chat {
            deleted: true,
            ..Chat::empty(&frame)
        },
    )
    .await
}

async fn answer(app: &App, frame: &Frame<'_>, client: Client, form: ChatForm) -> Result<Response, Problem> {
    // Only a choice other than the site's own goes before the language of the question.
    let own = for_site(frame.site, None);
    let asked = Asked {
        question: form.question.clone(),
        conversation: Some(form.conversation.clone()).filter(|code| !code.is_empty()),
        language: Some(frame.language).filter(|language| *language != own),
        easy_to_read: false,
        idempotency_key: None,
    };
    let reply = match app.pace.admit(client, Instant::now()) {
        Ok(()) => ask(app, frame.site, asked).await,
        Err(problem) => Err(problem),
    };
    match reply {
        Ok(reply) => {
            let answer = Answer::new(frame.site, frame.texts(), form.question, reply);
            let chat = Chat {
                conversation: answer.conversation.clone(),
                suggestions: answer.suggestions.clone(),
                answers: vec![answer],
                has_phone: app.phone.is_some(),
                ..Chat::empty(frame)
            };
            render(&chat).map(IntoResponse::into_response)
        }
        Err(problem) if problem.code.status().is_server_error() => Err(problem),
        Err(problem) => {
            let error = PageError {
                title: problem.title(frame.language),
                detail: problem.detail(frame.language),
            };
            // A conversation that expired is not gone on with.
            let conversation = if problem.code == Code::UnknownConversation {
                String::new()
            } else {
                form.conversation
            };
            let chat = Chat {
                question: form.question,
                conversation,
                errors: vec![error],
                ..Chat::empty(frame)
            };
            let status = problem.code.status();
            let retry = problem
                .retry_after
                .map(|seconds| [("retry-after", seconds.to_string())]);
            let page = show(app, frame, chat).await?;
            Ok(match retry {
                Some(retry) => (status, retry, page).into_response(),
                None => (status, page).into_response(),
            })
        }
    }
}

async fn show(app: &App, frame: &Frame<'_>, chat: Chat) -> Result<Response, Problem> {
    let suggestions = app
        .assistant
        .suggestions(&frame.site.key, frame.language, app.clock.now())
        .await;
    let suggestions = suggestions.map_err(|error| Problem::caused(Code::Internal, error))?;
    let page = render(&Chat {
        suggestions,
        has_phone: app.phone.is_some(),
        ..chat
    })?;
    Ok((StatusCode::OK, page).into_response())
}

impl Chat {
    fn empty(frame: &Frame<'_>) -> Self {
        let t = frame.texts();
        Self {
            t,
            page: frame.page(
                "/",
                t.get_with("page-chat-title", "town", &frame.site.settings.name),
            ),
            question: String::new(),
            conversation: String::new(),
            deleted: false,
            suggestions: Vec::new(),
            errors: Vec::new(),
            answers: Vec::new(),
            has_phone: false,
        }
    }
}
