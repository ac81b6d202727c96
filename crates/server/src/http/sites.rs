//! `GET /api/v1/site/{key}`: what the widget needs to know of a site.

use super::App;
use super::problem::{Code, Problem, ProblemDetails};
use crate::texts::{accepted as first_accepted, for_site};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A site, as residents may know it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteBody {
    #[schema(example = "clairvigny")]
    key: String,
    #[schema(example = "Ville de Clairvigny")]
    name: String,
    /// Languages spoken to residents, the first by default.
    languages: Vec<String>,
    /// Questions to begin with, in the first language of `Accept-Language` that the site speaks.
    suggestions: Vec<String>,
    /// Whether a question may ask for very simple words, in French.
    easy_to_read: bool,
    /// Days that a conversation is kept.
    retention_days: u16,
    /// What is kept and why, relative to this server.
    privacy_url: &'static str,
}

/// Describe a site.
#[utoipa::path(
    get,
    path = "/api/v1/site/{key}",
    tag = "sites",
    params(("key" = String, Path, description = "The site's key")),
    responses(
        (status = 200, description = "The site", body = SiteBody),
        (status = "4XX", description = "The request was refused", body = ProblemDetails, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Json<SiteBody>, Problem> {
    let site = app.site(Some(&key), &headers)?;
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let language = for_site(site, first_accepted(accepted));
    let suggestions = app
        .assistant
        .suggestions(&site.key, language, app.clock.now())
        .await;
    let suggestions = suggestions.map_err(|error| Problem::caused(Code::Internal, error))?;
    Ok(Json(SiteBody {
        key: site.key.clone(),
        name: site.settings.name.clone(),
        languages: site.settings.languages.clone(),
        suggestions,
        easy_to_read: app.model.as_ref().is_some_and(|model| model.easy_to_read),
        retention_days: site.settings.web_retention_days,
        privacy_url: "/confidentialite",
    }))
}
