//! What the tests of gateways share.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use sms::gsm::Encoding;
use sms::http::{ConfigurationError, Gateway, Parsed, Refusal, Response, Secrets, Webhook};
use sms::message::{About, Address, Inbound, Incoming, Outbound, Receipt, ReceiptState};

pub(crate) fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

pub(crate) fn gateway(toml: &str, secrets: &[(&str, &str)]) -> Result<Gateway, ConfigurationError> {
    let configuration = toml::from_str(toml).unwrap_or_else(|error| panic!("{error}"));
    Gateway::new(configuration, &secrets.iter().copied().collect::<Secrets>())
}

/// A webhook as a test writes it.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path_and_query: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
    pub(crate) peer: &'a str,
    pub(crate) now: DateTime<Utc>,
}

impl<'a> Call<'a> {
    pub(crate) fn post(path_and_query: &'a str, body: &'a str) -> Self {
        Self {
            method: Method::POST,
            path_and_query,
            headers: &[],
            body: body.as_bytes(),
            peer: "192.0.2.1",
            now: DateTime::UNIX_EPOCH,
        }
    }

    pub(crate) fn get(path_and_query: &'a str) -> Self {
        Self {
            method: Method::GET,
            ..Self::post(path_and_query, "")
        }
    }

    pub(crate) fn to(&self, gateway: &Gateway) -> Result<Parsed, Refusal> {
        let headers = self.headers.iter().map(|(name, value)| {
            let name = HeaderName::try_from(*name).expect("a header's name");
            (name, HeaderValue::from_str(value).expect("a header's value"))
        });
        gateway.receive(&Webhook {
            method: &self.method,
            path_and_query: self.path_and_query,
            headers: &headers.collect(),
            body: self.body,
            peer: self.peer.parse().expect("an address"),
            now: self.now,
        })
    }
}

pub(crate) fn message(id: Option<&str>, from: &str, to: &str, text: &str) -> Incoming {
    Incoming::Message(Inbound {
        id: id.map(str::to_owned),
        from: address(from),
        to: address(to),
        text: text.to_owned(),
        concatenation: None,
    })
}

pub(crate) fn receipt(about: About, state: ReceiptState, error: Option<&str>) -> Incoming {
    Incoming::Receipt(Receipt {
        about,
        state,
        error: error.map(str::to_owned),
    })
}

pub(crate) fn outbound(text: &str) -> Outbound {
    Outbound {
        id: "piece-1".to_owned(),
        from: address("+33937000000"),
        to: address("+33612345678"),
        text: text.to_owned(),
        concatenation: None,
        encoding: Encoding::Gsm,
        validity: Duration::from_secs(3600),
    }
}

pub(crate) fn response(status: u16, body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: HeaderMap::new(),
        body: body.into(),
    }
}
