//! Which web pages may ask: this server's own, and those of a site's allowed origins.

use super::App;
use super::problem::{Code, Problem};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::site::Site;
use std::sync::Arc;

/// For how long a browser may remember what a preflight said, in seconds.
const PREFLIGHT_SECONDS: &str = "600";

/// Answers preflights, refuses other sites' pages, and tells allowed ones that they may read the response.
pub(crate) async fn check(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let listed = app.sites.iter().any(|site| lists(site, &origin));
    let allowed = listed || is_own(&app, &origin, request.headers());
    if request.method() == Method::OPTIONS {
        return if allowed {
            preflight(origin)
        } else {
            Problem::new(Code::OriginNotAllowed).into_response()
        };
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if allowed || reads {
        next.run(request).await
    } else {
        Problem::new(Code::OriginNotAllowed).into_response()
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("Retry-After, X-Request-Id");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    response
}

/// Refuses a request from a page that may ask for another site, not for this one.
///
/// # Errors
/// When the origin is neither the site's nor this server's.
pub(crate) fn check_site(app: &App, site: &Site, headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(header::ORIGIN) {
        Some(origin) if !lists(site, origin) && !is_own(app, origin, headers) => {
            Err(Problem::new(Code::OriginNotAllowed))
        }
        _ => Ok(()),
    }
}

/// Whether a form came from one of our own pages, or from no page at all.
pub(crate) fn is_own_form(app: &App, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    // Our pages send no referrer, and browsers then write "null" for the origin of a form.
    let same_site = || {
        headers
            .get("sec-fetch-site")
            .is_none_or(|site| site == "same-origin" || site == "none")
    };
    is_own(app, origin, headers) || (origin == "null" && same_site())
}

fn lists(site: &Site, origin: &HeaderValue) -> bool {
    site.settings
        .origins
        .iter()
        .any(|allowed| allowed.as_bytes() == origin.as_bytes())
}

fn is_own(app: &App, origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    if let Some(public) = &app.public_url {
        return public.origin().ascii_serialization() == origin;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    host.is_some() && authority == host
}

fn preflight(origin: HeaderValue) -> Response {
    let fixed = |text| HeaderValue::from_static(text);
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        (header::ACCESS_CONTROL_ALLOW_METHODS, fixed("GET, POST, DELETE")),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            fixed("Accept, Accept-Language, Content-Type, Idempotency-Key"),
        ),
        (header::ACCESS_CONTROL_MAX_AGE, fixed(PREFLIGHT_SECONDS)),
        (header::VARY, fixed("Origin")),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
