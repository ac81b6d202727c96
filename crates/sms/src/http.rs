//! Gateways that speak HTTP: their webhooks are read, and requests to them are made, by pure functions.
//!
//! A driver turns a [`Webhook`] into what came in and the [`Reply`] to answer with, an [`Outbound`] into a [`Request`]
//! and a [`Response`] into a [`Submission`]. Only [`submit`] touches the network. The reply is to be given once what
//! came in is durable: until then gateways deliver again.

pub mod generic;
pub mod kannel;
mod parameters;
mod secrets;
mod send;
mod sources;
pub mod twilio;

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use ::http::{HeaderMap, Method, StatusCode};
use chrono::{DateTime, Utc};
use serde::Deserialize;

pub use secrets::{Secret, Secrets};
pub use send::{client, submit};
pub use sources::Sources;

use crate::message::{Address, Incoming, NotAnAddress, Outbound, Submission};

/// The largest body of a webhook that is read.
pub const MAX_BODY: usize = 256 * 1024;
/// The most messages and receipts that one webhook may carry.
pub const MAX_ITEMS: usize = 500;
/// The longest identifier that is taken over from a gateway.
const MAX_ID: usize = 256;

/// A request that a gateway made.
pub struct Webhook<'a> {
    /// Its method.
    pub method: &'a Method,
    /// Path and query as received: "/sms/mairie?id=1".
    pub path_and_query: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body.
    pub body: &'a [u8],
    /// Who connected; behind a reverse proxy, whom the proxy speaks for.
    pub peer: IpAddr,
    /// When it came.
    pub now: DateTime<Utc>,
}

impl<'a> Webhook<'a> {
    fn query(&self) -> &'a str {
        self.path_and_query.split_once('?').map_or("", |(_, query)| query)
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn within_limits(&self) -> Result<(), Refusal> {
        // The query is bounded too: a message may come in it.
        if self.body.len() > MAX_BODY || self.path_and_query.len() > MAX_BODY {
            return Err(Refusal::TooLarge);
        }
        Ok(())
    }
}

/// What a webhook carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Messages and receipts, in their order.
    pub incoming: Vec<Incoming>,
    /// How many more it carried that cannot be used: a picture, a sender that is no address. Not worth a redelivery.
    pub unusable: usize,
    /// What to answer, once what came in is durable.
    pub acknowledgement: Reply,
}

/// An answer to a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: StatusCode,
    /// The type of the body.
    pub content_type: String,
    /// The body.
    pub body: String,
}

impl Reply {
    fn empty() -> Self {
        Self {
            status: StatusCode::OK,
            content_type: "text/plain; charset=utf-8".to_owned(),
            body: String::new(),
        }
    }
}

/// Why a webhook was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither the method nor the type that this gateway uses.
    #[error("reading a webhook: this gateway does not use this method; check the gateway's settings")]
    Method,
    /// Longer than [`MAX_BODY`].
    #[error("reading a webhook: it is longer than {MAX_BODY} octets")]
    TooLarge,
    /// More than [`MAX_ITEMS`].
    #[error(
        "reading a webhook: it carries more than {MAX_ITEMS} messages; ask the gateway for smaller batches"
    )]
    TooMany,
    /// It comes from an address that is not the gateway's.
    #[error("reading a webhook: it does not come from the gateway's addresses; check `source_addresses`")]
    Source,
    /// The password, token or secret header is missing or wrong.
    #[error("reading a webhook: its credentials are missing or wrong; compare the secrets on both sides")]
    Credentials,
    /// The signature is missing or wrong.
    #[error(
        "reading a webhook: its signature is missing or wrong; compare the keys and the public URL on both sides"
    )]
    Signature,
    /// Its time is too far from now.
    #[error("reading a webhook: it is outside the window of time; it is replayed, or a clock is wrong")]
    Replay,
    /// It cannot be read.
    #[error("reading a webhook: {what}; compare the gateway's settings with its configuration here")]
    Malformed {
        /// What is wrong, without a word of what it holds.
        what: String,
    },
}

impl Refusal {
    fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into() }
    }

    /// The HTTP status to answer with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge | Self::TooMany => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Credentials => StatusCode::UNAUTHORIZED,
            Self::Source | Self::Signature | Self::Replay => StatusCode::FORBIDDEN,
            Self::Malformed { .. } => StatusCode::BAD_REQUEST,
        }
    }
}

/// A request to a gateway. Its `Debug` shows where it goes and nothing of what it says.
#[derive(Clone)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Its URL.
    pub url: url::Url,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

/// What a gateway answered. Its `Debug` hides the body: some repeat the number.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or its beginning.
    pub body: Vec<u8>,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Response {
    fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// How long the gateway asks to wait (RFC 9110, section 10.2.3), where it says so in seconds.
    fn retry_after(&self) -> Option<Duration> {
        let seconds = self.headers.get(::http::header::RETRY_AFTER)?.to_str().ok()?;
        seconds
            .trim()
            .parse()
            .ok()
            .map(|seconds: u32| Duration::from_secs(seconds.into()))
    }

    fn deferred(&self, why: &str) -> Submission {
        Submission::Deferred {
            after: self.retry_after(),
            detail: format!("HTTP {}: {why}", self.status.as_u16()),
        }
    }

    /// What a status tells by itself; none for a success, whose body decides.
    fn by_status(&self) -> Option<Submission> {
        let code = self.status.as_u16();
        Some(match code {
            200..=299 => return None,
            300..=399 => self.deferred("a redirection, which is not followed; correct the gateway's URL"),
            // Not the message's fault: it can go once the configuration is right.
            401 | 403 | 407 => self.deferred("the gateway refuses the credentials"),
            402 => self.deferred("the gateway's account has no credit"),
            404 | 405 => self.deferred("the gateway does not know this URL; correct it"),
            408 | 425 | 429 | 503 => self.deferred("the gateway asks to come back later"),
            400..=499 => Submission::Refused {
                detail: format!("HTTP {code}: the gateway refuses the message"),
            },
            // It may have failed after it had sent.
            _ => Submission::Ambiguous {
                detail: format!("HTTP {code}: the gateway failed"),
            },
        })
    }
}

/// A gateway's configuration that cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigurationError {
    /// A secret is named and not given.
    #[error("configuring a gateway: the secret `{0}` is not set or empty; set it")]
    Secret(String),
    /// A key holds what cannot be used.
    #[error("configuring a gateway: `{key}`: {problem}")]
    Key {
        /// The key.
        key: &'static str,
        /// What is wrong with it, and what would be right.
        problem: String,
    },
}

impl ConfigurationError {
    fn key(key: &'static str, problem: impl Into<String>) -> Self {
        Self::Key {
            key,
            problem: problem.into(),
        }
    }
}

/// How a gateway is reached, as a town writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "driver", rename_all = "lowercase")]
pub enum Configuration {
    /// Kannel's smsbox.
    Kannel(kannel::Configuration),
    /// Twilio, and those that speak as it does.
    Twilio(twilio::Configuration),
    /// Any other, described.
    Generic(Box<generic::Configuration>),
}

/// A gateway, ready for use.
#[derive(Debug)]
pub enum Gateway {
    /// Kannel's smsbox.
    Kannel(kannel::Kannel),
    /// Twilio, and those that speak as it does.
    Twilio(twilio::Twilio),
    /// Any other, described.
    Generic(Box<generic::Generic>),
}

impl Gateway {
    /// Checks a configuration and takes the secrets that it names.
    ///
    /// # Errors
    /// When a secret is missing or a key cannot work.
    pub fn new(configuration: Configuration, secrets: &Secrets) -> Result<Self, ConfigurationError> {
        Ok(match configuration {
            Configuration::Kannel(it) => Self::Kannel(kannel::Kannel::new(it, secrets)?),
            Configuration::Twilio(it) => Self::Twilio(twilio::Twilio::new(it, secrets)?),
            Configuration::Generic(it) => Self::Generic(Box::new(generic::Generic::new(*it, secrets)?)),
        })
    }

    /// Refuses what can be refused before a webhook's body is read; `body` is not looked at.
    ///
    /// # Errors
    /// When it cannot be the gateway's: [`Refusal::status`] is the answer to give.
    pub fn admit(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        webhook.within_limits()?;
        match self {
            Self::Kannel(it) => it.admit(webhook).map(|_query| ()),
            Self::Twilio(it) => it.admit(webhook),
            Self::Generic(it) => it.admit(webhook),
        }
    }

    /// Reads a webhook.
    ///
    /// # Errors
    /// When it is not the gateway's, replayed or unreadable: [`Refusal::status`] is the answer to give.
    pub fn receive(&self, webhook: &Webhook<'_>) -> Result<Parsed, Refusal> {
        webhook.within_limits()?;
        match self {
            Self::Kannel(it) => it.receive(webhook),
            Self::Twilio(it) => it.receive(webhook),
            Self::Generic(it) => it.receive(webhook),
        }
    }

    /// Makes the request that sends a whole text.
    ///
    /// # Errors
    /// A [`Submission::Refused`] when the piece cannot be sent this way.
    pub fn request(&self, outbound: &Outbound) -> Result<Request, Submission> {
        if outbound.concatenation.is_some() {
            return Err(refused(
                "this gateway takes whole texts and cuts them itself, not segments",
            ));
        }
        match self {
            Self::Kannel(it) => it.request(outbound),
            Self::Twilio(it) => it.request(outbound),
            Self::Generic(it) => it.request(outbound),
        }
    }

    /// What an answer to such a request tells.
    #[must_use]
    pub fn outcome(&self, response: &Response) -> Submission {
        match self {
            Self::Kannel(_) => kannel::outcome(response),
            Self::Twilio(_) => twilio::outcome(response),
            Self::Generic(it) => it.outcome(response),
        }
    }
}

fn refused(detail: &str) -> Submission {
    Submission::Refused {
        detail: detail.to_owned(),
    }
}

/// A gateway's identifier, unless it is empty or absurd.
fn identifier(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= MAX_ID && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

/// How a gateway writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// As they are: "+33612345678", "36555".
    #[default]
    AsWritten,
    /// With their country and without "+": "33612345678".
    WithoutPlus,
}

impl Numbers {
    fn read(self, text: &str) -> Result<Address, NotAnAddress> {
        let text = text.trim();
        // Eight digits or fewer are a service's number, and a national number begins with 0.
        let international =
            text.len() > 8 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
        if self == Self::WithoutPlus && international {
            Address::parse(&format!("+{text}"))
        } else {
            Address::parse(text)
        }
    }
}

/// Whether a text can stand in a URL as it is (RFC 3986, section 2.3).
fn is_url_safe(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

fn parse_url(key: &'static str, text: &str) -> Result<url::Url, ConfigurationError> {
    let url = url::Url::parse(text).map_err(|error| {
        ConfigurationError::key(key, format!("not a URL ({error}); write it whole, with https://"))
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(ConfigurationError::key(key, "not an http or https URL"));
    }
    Ok(url)
}
