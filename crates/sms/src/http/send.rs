//! The one place where requests to gateways leave.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::{Gateway, Request, Response};
use crate::message::{Outbound, Submission};

/// More of an answer is not read: what tells the outcome is at its beginning.
const MAX_RESPONSE: usize = 64 * 1024;

/// A client for gateways: no redirect and no proxy of the environment is followed, nothing waits longer than told.
///
/// # Errors
/// When no TLS provider is installed in the process.
pub fn client(connect: Duration, whole: Duration) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .retry(reqwest::retry::never())
        .connect_timeout(connect)
        .timeout(whole)
        .build()
}

/// Sends one piece and tells what became of it.
pub async fn submit(client: &reqwest::Client, gateway: &Gateway, outbound: &Outbound) -> Submission {
    let request = match gateway.request(outbound) {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    match exchange(client, request).await {
        Ok(response) => gateway.outcome(&response),
        Err(submission) => submission,
    }
}

async fn exchange(client: &reqwest::Client, request: Request) -> Result<Response, Submission> {
    let mut answer = client
        .request(request.method, request.url)
        .headers(request.headers)
        .body(request.body)
        .send()
        .await
        .map_err(|error| failed(&error))?;
    let status = answer.status();
    let headers = answer.headers().clone();
    let mut body = Vec::new();
    while body.len() < MAX_RESPONSE
        && let Some(chunk) = answer.chunk().await.map_err(|error| failed(&error))?
    {
        body.extend_from_slice(&chunk);
    }
    Ok(Response {
        status,
        headers,
        body,
    })
}

/// The error itself is not shown: it holds the URL, and the URL may hold a number.
fn failed(error: &reqwest::Error) -> Submission {
    if error.is_connect() {
        return Submission::Deferred {
            after: None,
            detail: "the gateway cannot be reached".to_owned(),
        };
    }
    if error.is_builder() {
        return Submission::Refused {
            detail: "the request cannot be made".to_owned(),
        };
    }
    let detail = if error.is_timeout() {
        "the gateway did not answer in time"
    } else {
        "the connection was lost before the gateway's answer"
    };
    Submission::Ambiguous {
        detail: detail.to_owned(),
    }
}
