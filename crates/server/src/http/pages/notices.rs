//! What is kept and why, how accessible the pages are, and what each problem means.

use super::{App, Code, Frame, Page, Problem, Wish, render};
use crate::texts::Texts;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Html;
use domain::site::Site;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    t: &'static Texts,
    page: Page,
    retention_days: String,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    t: &'static Texts,
    page: Page,
}

/// `GET /confidentialite`
pub(crate) async fn privacy(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let of = ("/confidentialite", "privacy-title");
    notice(&app, &wish, &headers, of, |t, page, site| Privacy {
        t,
        page,
        retention_days: site.settings.web_retention_days.to_string(),
    })
}

/// `GET /accessibilite`
pub(crate) async fn accessibility(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let of = ("/accessibilite", "accessibility-title");
    notice(&app, &wish, &headers, of, |t, page, _| Accessibility { t, page })
}

/// The notice of a site that stands at a path, under a title.
fn notice<T: Template>(
    app: &App,
    wish: &Wish,
    headers: &HeaderMap,
    (path, title): (&str, &str),
    fill: impl FnOnce(&'static Texts, Page, &Site) -> T,
) -> Result<Html<String>, Problem> {
    let site = app.site(None, headers)?;
    let frame = Frame::new(app, site, wish.lang.as_deref(), headers);
    let t = frame.texts();
    render(&fill(t, frame.page(path, t.get(title)), site))
}

/// `GET /problems/{code}`: what the `type` of a problem leads to.
pub(crate) async fn problem(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let code = Code::parse(&code).ok_or_else(|| Problem::new(Code::NotFound))?;
    let site = app.site(None, &headers)?;
    let language = Frame::new(&app, site, wish.lang.as_deref(), &headers).language;
    Ok(super::error(&app, site, language, &Problem::new(code)))
}
