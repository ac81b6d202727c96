//! How a webhook proves that it is the gateway's, as described.

use std::borrow::Cow;
use std::str::FromStr;

use ::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, TimeDelta};
use hmac::{KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::configuration::{
    Algorithm, Authentication, Fields, Format, Hmac, Inbound, Place, SignatureEncoding, SortedParameters,
    Timestamp, TimestampFormat,
};
use super::fields::{Document, Path};
use crate::http::parameters::Parameters;
use crate::http::{ConfigurationError, Refusal, Secret, Secrets, Webhook};

/// A part of a webhook that may be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// `{body}`: the body as received.
    Body,
    /// `{method}`.
    Method,
    /// `{path_and_query}`.
    PathAndQuery,
    /// `{header.NAME}`.
    Header(String),
    /// `{field.PATH}`.
    Field(Path),
    /// `{sorted_parameters}`: all fields of the first level but the signature's.
    SortedParameters,
}

impl FromStr for Signed {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match (name, name.split_once('.')) {
            ("body", _) => Ok(Self::Body),
            ("method", _) => Ok(Self::Method),
            ("path_and_query", _) => Ok(Self::PathAndQuery),
            ("sorted_parameters", _) => Ok(Self::SortedParameters),
            (_, Some(("header", name))) => Ok(Self::Header(name.to_ascii_lowercase())),
            (_, Some(("field", path))) => path.to_owned().try_into().map(Self::Field),
            _ => Err(format!(
                "`{{{name}}}` cannot be signed; write {{body}}, {{method}}, {{path_and_query}}, {{header.NAME}}, \
                 {{field.PATH}} or {{sorted_parameters}}"
            )),
        }
    }
}

/// What [`Authentication`] describes, with its secrets.
#[derive(Debug)]
pub(super) struct Proof {
    authentication: Authentication,
    password: Option<Secret>,
    header: Option<Secret>,
    parameter: Option<Secret>,
    key: Option<Secret>,
}

impl Proof {
    pub(super) fn new(inbound: &Inbound, secrets: &Secrets) -> Result<Self, ConfigurationError> {
        let authentication = inbound.authentication.clone();
        let key = "inbound.authentication";
        let get = |name: Option<&str>| name.map(|name| secrets.get(name)).transpose();
        let proof = Self {
            password: get(authentication.basic.as_ref().map(|it| it.password.as_str()))?,
            header: get(authentication.header.as_ref().map(|it| it.secret.as_str()))?,
            parameter: get(authentication.parameter.as_ref().map(|it| it.secret.as_str()))?,
            key: get(authentication.hmac.as_ref().map(|it| it.secret.as_str()))?,
            authentication,
        };
        let secret = [&proof.password, &proof.header, &proof.parameter, &proof.key];
        if secret.iter().all(|it| it.is_none()) && proof.authentication.source_addresses.is_empty() {
            return Err(ConfigurationError::key(
                key,
                "anyone could write as anyone; give `hmac`, `basic`, `header`, `parameter` or `source_addresses`",
            ));
        }
        let others = [&proof.password, &proof.header, &proof.parameter];
        if let Some(hmac) = &proof.authentication.hmac
            && others.iter().all(|it| it.is_none())
            && !signs_message(hmac, inbound)
        {
            return Err(ConfigurationError::key(
                key,
                "`hmac.signed` holds neither the whole webhook nor its sender and text, so that anyone who has seen one \
                 could write another; sign {body}, {path_and_query} or {sorted_parameters}, or add a secret",
            ));
        }
        if let Some(timestamp) = &proof.authentication.timestamp
            && !proof
                .authentication
                .hmac
                .as_ref()
                .is_some_and(|hmac| signs(hmac, &timestamp.at))
        {
            return Err(ConfigurationError::key(
                key,
                "`timestamp` protects only where `hmac.signed` holds what it is in; sign it or leave it out",
            ));
        }
        Ok(proof)
    }

    /// What can be known before the body is read.
    pub(super) fn check_request(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        self.authentication.source_addresses.check(webhook.peer)?;
        if let (Some(basic), Some(password)) = (&self.authentication.basic, &self.password) {
            let (user, given) = credentials(webhook).ok_or(Refusal::Credentials)?;
            demand(user == basic.user.as_bytes() && password.is(&given))?;
        }
        if let (Some(header), Some(secret)) = (&self.authentication.header, &self.header) {
            let given = webhook.headers.get(&header.name).ok_or(Refusal::Credentials)?;
            demand(secret.is(given.as_bytes()))?;
        }
        if let Some(Hmac {
            at: Place::Header(name),
            ..
        }) = &self.authentication.hmac
        {
            webhook.header(name).ok_or(Refusal::Signature)?;
        }
        if let (Some(parameter), Some(secret)) = (&self.authentication.parameter, &self.parameter) {
            let query = Parameters::parse(webhook.query().as_bytes())?;
            demand(
                query
                    .octets(&parameter.name)
                    .is_some_and(|given| secret.is(given)),
            )?;
        }
        Ok(())
    }

    /// What needs the fields.
    pub(super) fn check_fields(&self, webhook: &Webhook<'_>, fields: Document<'_>) -> Result<(), Refusal> {
        if let (Some(hmac), Some(key)) = (&self.authentication.hmac, &self.key) {
            check_hmac(hmac, key, webhook, fields)?;
        }
        match &self.authentication.timestamp {
            Some(timestamp) => check_timestamp(timestamp, webhook, fields),
            None => Ok(()),
        }
    }
}

fn demand(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::Credentials) }
}

/// Whether the signature says who wrote what.
fn signs_message(hmac: &Hmac, inbound: &Inbound) -> bool {
    let Fields { from, to, text, .. } = &inbound.fields;
    [Some(from), Some(text), to.as_ref()]
        .into_iter()
        .flatten()
        .all(|field| {
            hmac.signed.blanks().any(|blank| match blank {
                Signed::Body => inbound.format != Format::Query,
                Signed::PathAndQuery => inbound.format == Format::Query,
                Signed::SortedParameters => true,
                Signed::Field(signed) => signed == field,
                Signed::Method | Signed::Header(_) => false,
            })
        })
}

fn signs(hmac: &Hmac, at: &Place) -> bool {
    hmac.signed.blanks().any(|blank| match (blank, at) {
        (Signed::Header(signed), Place::Header(name)) => signed.eq_ignore_ascii_case(name),
        (Signed::Field(signed), Place::Field(path)) => signed == path,
        (Signed::Body | Signed::PathAndQuery | Signed::SortedParameters, Place::Field(_)) => true,
        _ => false,
    })
}

fn credentials(webhook: &Webhook<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let value = webhook.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, pair) = value.split_once(' ')?;
    let mut user = BASE64
        .decode(pair.trim())
        .ok()
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let at = user.iter().position(|&b| b == b':')?;
    let password = user.split_off(at + 1);
    user.pop();
    Some((user, password))
}

fn find<'w>(at: &Place, webhook: &Webhook<'w>, fields: Document<'w>) -> Option<Cow<'w, str>> {
    match at {
        Place::Header(name) => webhook.header(name).map(Cow::Borrowed),
        Place::Field(path) => fields.get(path),
    }
}

fn check_hmac(hmac: &Hmac, key: &Secret, webhook: &Webhook<'_>, fields: Document<'_>) -> Result<(), Refusal> {
    let given = find(&hmac.at, webhook, fields).ok_or(Refusal::Signature)?;
    let given = given.strip_prefix(&hmac.prefix).ok_or(Refusal::Signature)?;
    let given = match hmac.encoding {
        SignatureEncoding::Hex => hex::decode(given).ok(),
        SignatureEncoding::Base64 => BASE64.decode(given).ok(),
    };
    let given = given.ok_or(Refusal::Signature)?;
    let signed = signed(hmac, webhook, fields);
    let key = key.reveal().as_bytes();
    match hmac.algorithm {
        Algorithm::Sha1 => verify::<hmac::Hmac<Sha1>>(key, &signed, &given),
        Algorithm::Sha256 => verify::<hmac::Hmac<Sha256>>(key, &signed, &given),
        Algorithm::Sha512 => verify::<hmac::Hmac<Sha512>>(key, &signed, &given),
    }
}

fn verify<M: Mac + KeyInit>(key: &[u8], signed: &[u8], given: &[u8]) -> Result<(), Refusal> {
    let mac = <M as KeyInit>::new_from_slice(key).map_err(|_| Refusal::Signature)?;
    mac.chain_update(signed)
        .verify_slice(given)
        .map_err(|_| Refusal::Signature)
}

/// The octets that are signed; the body may be in any charset.
fn signed(hmac: &Hmac, webhook: &Webhook<'_>, fields: Document<'_>) -> Vec<u8> {
    hmac.signed.fill_octets(|blank| match blank {
        Signed::Body => Cow::Borrowed(webhook.body),
        Signed::Method => Cow::Borrowed(webhook.method.as_str().as_bytes()),
        Signed::PathAndQuery => Cow::Borrowed(webhook.path_and_query.as_bytes()),
        Signed::Header(name) => Cow::Borrowed(webhook.header(name).unwrap_or_default().as_bytes()),
        Signed::Field(path) => Cow::Owned(fields.get(path).unwrap_or_default().into_owned().into_bytes()),
        Signed::SortedParameters => {
            Cow::Owned(sorted(&hmac.sorted_parameters, &hmac.at, fields).into_bytes())
        }
    })
}

fn sorted(how: &SortedParameters, signature: &Place, fields: Document<'_>) -> String {
    let is_signature = |name: &str| matches!(signature, Place::Field(path) if path.to_string() == name);
    let replaced: Vec<char> = how.replace.chars().collect();
    fields
        .sorted()
        .into_iter()
        .filter(|(name, _)| !is_signature(name))
        .map(|(name, value)| {
            let value = value.replace(&replaced[..], &how.with);
            format!("{}{name}{}{value}", how.before, how.between)
        })
        .collect()
}

fn check_timestamp(
    timestamp: &Timestamp,
    webhook: &Webhook<'_>,
    fields: Document<'_>,
) -> Result<(), Refusal> {
    let text = find(&timestamp.at, webhook, fields).ok_or(Refusal::Replay)?;
    let number = || text.trim().parse::<i64>().ok();
    let signed_at = match timestamp.format {
        TimestampFormat::Seconds => number().and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
        TimestampFormat::Milliseconds => number().and_then(DateTime::from_timestamp_millis),
        TimestampFormat::Rfc3339 => DateTime::parse_from_rfc3339(text.trim())
            .ok()
            .map(|at| at.to_utc()),
    };
    let distance = (webhook.now - signed_at.ok_or(Refusal::Replay)?).abs();
    if distance <= TimeDelta::seconds(timestamp.window_seconds.into()) {
        Ok(())
    } else {
        Err(Refusal::Replay)
    }
}
