//! `/sms/{gateway}`: what gateways bring by webhook, stored before it is acknowledged.

use super::App;
use super::body;
use super::client::Client;
use super::problem::{Code, Problem};
use crate::sms::Fate;
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sms::http::{MAX_BODY, Refusal, Webhook};
use std::sync::Arc;

/// `GET /sms/{gateway}`, `POST /sms/{gateway}`
pub(crate) async fn receive(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(Code::NotFound);
    let gateways = app.sms.as_ref().ok_or_else(unknown)?;
    let (name, gateway) = gateways.webhooks(&name).ok_or_else(unknown)?;
    let counts = &gateways.channel.counts;
    let refused = |refusal: Refusal| {
        counts.add(Fate::WebhookRefused);
        tracing::warn!(gateway = name, %refusal, "a webhook was refused");
        Ok(refusal.status().into_response())
    };
    let (parts, body) = request.into_parts();
    let path_and_query = parts.uri.path_and_query();
    let mut webhook = Webhook {
        method: &parts.method,
        path_and_query: path_and_query.map_or("", |it| it.as_str()),
        headers: &parts.headers,
        body: &[],
        peer: client.address(),
        now: app.clock.now(),
    };
    if let Err(refusal) = gateway.admit(&webhook) {
        return refused(refusal);
    }
    let body = body::read(body, MAX_BODY).await?;
    webhook.body = &body;
    let parsed = match gateway.receive(&webhook) {
        Ok(parsed) => parsed,
        Err(refusal) => return refused(refusal),
    };
    if parsed.unusable > 0 {
        tracing::info!(
            gateway = name,
            unusable = parsed.unusable,
            "a webhook carried what is no message"
        );
    }
    if let Err(unstored) = gateways.channel.receive(name, parsed.incoming).await {
        counts.add(Fate::WebhookNotStored);
        return Err(Problem::caused(Code::Unavailable, unstored).retry_after(1));
    }
    let reply = parsed.acknowledgement;
    Ok((
        reply.status,
        [(header::CONTENT_TYPE, reply.content_type)],
        reply.body,
    )
        .into_response())
}
