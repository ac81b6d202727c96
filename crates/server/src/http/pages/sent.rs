//! `/r/{code}`: what was answered by SMS, with its sources and without the question, as long as it holds.

use super::reply::Said;
use super::{App, Code, Frame, Page, Problem, Wish, render};
use crate::texts::Texts;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Whoever holds the link may read; search engines may not keep it.
const NO_INDEX: [(HeaderName, &str); 1] = [(HeaderName::from_static("x-robots-tag"), "noindex, nofollow")];

#[derive(Template)]
#[template(path = "sent.html")]
struct Sent {
    t: &'static Texts,
    page: Page,
    answer: Said,
}

/// `GET /r/{code}`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let failed = |error| Problem::caused(Code::Internal, error);
    let unknown = || Problem::new(Code::UnknownAnswer);
    let link = app.assistant.sms_link(&code, now).await.map_err(failed)?;
    let (site, turn) = link.ok_or_else(unknown)?;
    let site = app.sites.iter().find(|it| it.id == site).ok_or_else(unknown)?;
    let frame = Frame::new(&app, site, wish.lang.as_deref(), &headers);
    let standing = app.assistant.standing(site, turn, now).await.map_err(failed)?;
    let Some(standing) = standing else {
        let problem = Problem::new(Code::AnswerOutdated);
        let page = super::error(&app, site, frame.language, &problem);
        return Ok((StatusCode::GONE, NO_INDEX, page).into_response());
    };
    let spoken = if standing.whole.is_empty() {
        standing.statements
    } else {
        standing.whole
    };
    let t = frame.texts();
    let page = Sent {
        t,
        page: frame.page(&format!("/r/{code}"), t.get("page-answer-heading")),
        answer: Said::new(site, frame.language, spoken),
    };
    Ok((NO_INDEX, render(&page)?).into_response())
}
