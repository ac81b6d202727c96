//! Around every request: its id, its log line, its limits, the security headers, and how problems look.

use super::App;
use super::client::Client;
use super::problem::{Code, Problem};
use crate::texts::{Language, accepted};
use anyhow::anyhow;
use axum::Json;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Nothing but what this server serves; no inline script, no frame, no other host.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SECURITY_HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts the security headers on everything; a handler that needs another value has set it already.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // What may hold somebody's question stays out of every cache; assets say otherwise themselves.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Gives the request its id, notes the client, counts and logs what came of it, and words the problem if there was one.
pub(crate) async fn watch(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    app.metrics.begun();
    let id = new_id();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let reader = Reader::of(&request);
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = Client::of(peer.ip(), request.headers(), &app.trusted_proxies);
        request.extensions_mut().insert(client);
    }
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(problem) = &problem {
        let worded = reader.word(&app, problem, &id);
        let headers = std::mem::take(response.headers_mut());
        response = worded;
        keep_headers(&headers, response.headers_mut());
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let (status, ms) = (response.status().as_u16(), began.elapsed().as_secs_f64() * 1000.0);
    app.metrics.ended(response.status());
    match problem.as_ref().map(|problem| (problem.code, &problem.cause)) {
        Some((code, Some(cause))) => {
            tracing::error!(%id, %method, route, status, ms, code = code.as_str(), cause = format!("{cause:#}"), "failed");
        }
        Some((code, None)) => {
            tracing::info!(%id, %method, route, status, ms, code = code.as_str(), "refused");
        }
        None => tracing::info!(%id, %method, route, status, ms, "served"),
    }
    response
}

/// Lets in as many requests as there is room for, gives up those that last, and survives those that panic.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let _place = match &app.room {
        None => None,
        Some(room) => match room.try_acquire() {
            Ok(place) => Some(place),
            Err(_full) => return Problem::new(Code::Unavailable).retry_after(1).into_response(),
        },
    };
    contain(next.run(request), app.request_time).await
}

/// The response, or the problem of a handler that panicked or lasted.
async fn contain(handling: impl Future<Output = Response>, most: Duration) -> Response {
    let problem = match tokio::time::timeout(most, AssertUnwindSafe(handling).catch_unwind()).await {
        Ok(Ok(response)) => return response,
        Ok(Err(_panic)) => Problem::caused(
            Code::Internal,
            anyhow!("a handler panicked; the line before says where"),
        ),
        Err(_elapsed) => {
            let cause = anyhow!("the request took longer than server.request_seconds");
            Problem::caused(Code::Unavailable, cause).retry_after(1)
        }
    };
    problem.into_response()
}

/// Who reads the response: a person's browser or a program, and in which language.
struct Reader {
    language: Language,
    page: bool,
    headers: HeaderMap,
}

impl Reader {
    fn of(request: &Request) -> Self {
        let accepts = |name| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        Self {
            language: accepted(accepts(header::ACCEPT_LANGUAGE)).unwrap_or(Language::French),
            page: !request.uri().path().starts_with("/api/") && accepts(header::ACCEPT).contains("text/html"),
            headers: request.headers().clone(),
        }
    }

    fn word(&self, app: &App, problem: &Problem, id: &str) -> Response {
        let status = problem.code.status();
        if self.page
            && let Ok(site) = app.site(None, &self.headers)
        {
            return (status, super::pages::error(app, site, self.language, problem)).into_response();
        }
        let problem_json = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, problem_json, Json(problem.details(self.language, id))).into_response()
    }
}

fn keep_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for (name, value) in from {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            to.append(name.clone(), value.clone());
        }
    }
}

fn new_id() -> String {
    let mut bytes = [0; 8];
    // Without randomness ids repeat, which only makes the log harder to read.
    let _filled = getrandom::fill(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(response: &Response) -> Option<Code> {
        response.extensions().get::<Problem>().map(|problem| problem.code)
    }

    #[tokio::test]
    async fn a_panic_is_told_as_an_error_of_ours_without_its_words() {
        let response = contain(async { panic!("what a resident wrote") }, Duration::from_secs(9)).await;
        assert_eq!(code(&response), Some(Code::Internal));
        let cause = response
            .extensions()
            .get::<Problem>()
            .unwrap()
            .cause
            .as_ref()
            .unwrap()
            .to_string();
        assert!(!cause.contains("resident"));
    }

    #[tokio::test]
    async fn a_request_that_lasts_is_given_up() {
        let response = contain(std::future::pending(), Duration::ZERO).await;
        assert_eq!(code(&response), Some(Code::Unavailable));
        assert!(response.headers().contains_key(header::RETRY_AFTER));
    }
}
