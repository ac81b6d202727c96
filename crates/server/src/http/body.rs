//! Bodies: read up to their limit, then parsed; whatever is wrong has its public code.

use super::App;
use super::problem::{Code, Problem};
use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A JSON body.
pub(crate) struct JsonBody<T>(pub(crate) T);

/// A form's body.
pub(crate) struct FormBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers, "application/json")?;
        let bytes = read(body, app.body_bytes).await?;
        // The parser's message may repeat what was sent, so it goes nowhere.
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| Problem::new(Code::MalformedBody))
    }
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for FormBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers, "application/x-www-form-urlencoded")?;
        let bytes = read(body, app.body_bytes).await?;
        let Form(form) = Form::from_request(Request::from_parts(parts, Body::from(bytes)), app)
            .await
            .map_err(|_| Problem::new(Code::MalformedBody))?;
        Ok(Self(form))
    }
}

fn check_type(headers: &HeaderMap, wanted: &str) -> Result<(), Problem> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(Problem::new(Code::UnsupportedMediaType))
    }
}

/// The bytes of a body of at most `limit`.
///
/// # Errors
/// When it is longer, or its connection breaks.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_broken_connection| Problem::new(Code::MalformedBody))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::new(Code::BodyTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
