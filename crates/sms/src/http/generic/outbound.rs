//! Requests to a described gateway, and what its answers tell.

use std::collections::BTreeMap;
use std::str::FromStr;

use ::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::configuration::{self as described, AlphabetNames};
use super::template::Template;
use crate::gsm;
use crate::http::{ConfigurationError, Request, Response, Secret, Secrets, identifier, refused, twilio};
use crate::message::{Outbound, Submission};

/// What a URL's path and query may not hold as it is: all but the unreserved (RFC 3986, section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a template for a request may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blank {
    /// `{to}`: the recipient, as "+33612345678".
    To,
    /// `{to_without_plus}`: "33612345678".
    ToWithoutPlus,
    /// `{to_with_00}`: "0033612345678".
    ToWith00,
    /// `{from}`: the number to send from.
    From,
    /// `{from_without_plus}`.
    FromWithoutPlus,
    /// `{text}`: the text, transliterated where it then fits the GSM alphabet.
    Text,
    /// `{id}`: our id of the piece.
    Id,
    /// `{alphabet}`: the gateway's name for the way in which the text travels.
    Alphabet,
    /// `{validity_seconds}`: how long the network may try.
    ValiditySeconds,
    /// `{validity_minutes}`, at least one.
    ValidityMinutes,
    /// `{validity_milliseconds}`.
    ValidityMilliseconds,
    /// `{secret.NAME}`.
    Secret(String),
}

impl FromStr for Blank {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Ok(match name {
            "to" => Self::To,
            "to_without_plus" => Self::ToWithoutPlus,
            "to_with_00" => Self::ToWith00,
            "from" => Self::From,
            "from_without_plus" => Self::FromWithoutPlus,
            "text" => Self::Text,
            "id" => Self::Id,
            "alphabet" => Self::Alphabet,
            "validity_seconds" => Self::ValiditySeconds,
            "validity_minutes" => Self::ValidityMinutes,
            "validity_milliseconds" => Self::ValidityMilliseconds,
            _ => match name.strip_prefix("secret.") {
                Some(secret) => Self::Secret(secret.to_owned()),
                None => {
                    return Err(format!(
                        "`{{{name}}}` is not known; write to, to_without_plus, to_with_00, from, from_without_plus, \
                         text, id, alphabet, validity_seconds, validity_minutes, validity_milliseconds or secret.NAME"
                    ));
                }
            },
        })
    }
}

impl Blank {
    fn is_count(&self) -> bool {
        matches!(
            self,
            Self::ValiditySeconds | Self::ValidityMinutes | Self::ValidityMilliseconds
        )
    }
}

/// What [`described::Outbound`] describes, ready for use.
#[derive(Debug)]
pub(super) struct Writer {
    method: Method,
    url: Template<Blank>,
    query: BTreeMap<String, Template<Blank>>,
    headers: Vec<(HeaderName, Template<Blank>)>,
    authorization: Option<HeaderValue>,
    body: Body,
    alphabet: AlphabetNames,
    response: described::Response,
    secrets: BTreeMap<String, Secret>,
}

#[derive(Debug)]
enum Body {
    None,
    Form(BTreeMap<String, Template<Blank>>),
    Json(Json),
}

/// JSON whose strings are templates.
#[derive(Debug)]
enum Json {
    Template(Template<Blank>),
    Other(Value),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    fn new(value: Value) -> Result<Self, String> {
        Ok(match value {
            Value::String(text) => Self::Template(text.try_into()?),
            Value::Array(values) => Self::Array(values.into_iter().map(Self::new).collect::<Result<_, _>>()?),
            Value::Object(pairs) => Self::Object(
                pairs
                    .into_iter()
                    .map(|(name, value)| Ok((name, Self::new(value)?)))
                    .collect::<Result<_, String>>()?,
            ),
            other => Self::Other(other),
        })
    }

    fn templates<'j>(&'j self, into: &mut Vec<&'j Template<Blank>>) {
        match self {
            Self::Template(template) => into.push(template),
            Self::Other(_) => {}
            Self::Array(values) => values.iter().for_each(|value| value.templates(into)),
            Self::Object(pairs) => pairs.iter().for_each(|(_, value)| value.templates(into)),
        }
    }

    fn fill(&self, with: &impl Fn(&Blank) -> String) -> Value {
        match self {
            Self::Template(template) => {
                let text = template.fill(with);
                let count = template.alone().filter(|blank| blank.is_count());
                match count.and_then(|_| text.parse::<u64>().ok()) {
                    Some(number) => Value::from(number),
                    None => Value::String(text),
                }
            }
            Self::Other(value) => value.clone(),
            Self::Array(values) => values.iter().map(|value| value.fill(with)).collect(),
            Self::Object(pairs) => Value::Object(
                pairs
                    .iter()
                    .map(|(name, value)| (name.clone(), value.fill(with)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

impl Writer {
    pub(super) fn new(
        description: described::Outbound,
        secrets: &Secrets,
    ) -> Result<Self, ConfigurationError> {
        let method = match description.method.as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            _ => {
                return Err(ConfigurationError::key(
                    "outbound.method",
                    "write GET, POST or PUT",
                ));
            }
        };
        let body = match (description.form, description.json) {
            (None, None) => Body::None,
            (Some(form), None) => Body::Form(form),
            (None, Some(json)) => Body::Json(
                Json::new(json).map_err(|problem| ConfigurationError::key("outbound.json", problem))?,
            ),
            (Some(_), Some(_)) => {
                return Err(ConfigurationError::key(
                    "outbound.form",
                    "a body is a form or JSON, not both",
                ));
            }
        };
        if method == Method::GET && !matches!(body, Body::None) {
            return Err(ConfigurationError::key(
                "outbound.method",
                "GET has no body; use `outbound.query`",
            ));
        }
        let headers = description.headers.into_iter().map(|(name, value)| {
            let problem =
                |_| ConfigurationError::key("outbound.headers", format!("`{name}` is not a header's name"));
            Ok((HeaderName::try_from(name.as_str()).map_err(problem)?, value))
        });
        let authorization = match &description.basic {
            None => None,
            Some(basic) => Some(
                twilio::basic(&basic.user, &secrets.get(&basic.password)?).ok_or_else(|| {
                    ConfigurationError::key("outbound.basic", "it cannot stand in a header")
                })?,
            ),
        };
        let mut writer = Self {
            method,
            url: description.url,
            query: description.query,
            headers: headers.collect::<Result<_, _>>()?,
            authorization,
            body,
            alphabet: description.alphabet,
            response: description.response,
            secrets: BTreeMap::new(),
        };
        writer.secrets = writer.named_secrets(secrets)?;
        // Blanks are escaped, so that one URL tells for all.
        super::super::parse_url("outbound.url", &writer.url.fill(|_| "0".to_owned()))?;
        Ok(writer)
    }

    fn named_secrets(&self, secrets: &Secrets) -> Result<BTreeMap<String, Secret>, ConfigurationError> {
        let mut templates = vec![&self.url];
        templates.extend(self.query.values());
        templates.extend(self.headers.iter().map(|(_, value)| value));
        match &self.body {
            Body::None => {}
            Body::Form(form) => templates.extend(form.values()),
            Body::Json(json) => json.templates(&mut templates),
        }
        templates
            .into_iter()
            .flat_map(Template::blanks)
            .filter_map(|blank| match blank {
                Blank::Secret(name) => Some(secrets.get(name).map(|secret| (name.clone(), secret))),
                _ => None,
            })
            .collect()
    }

    pub(super) fn request(&self, outbound: &Outbound) -> Result<Request, Submission> {
        let text = gsm::Text::new(&outbound.text);
        let fill = |blank: &Blank| self.value(blank, outbound, &text);
        let escaped = |blank: &Blank| utf8_percent_encode(&fill(blank), ESCAPED).to_string();
        let mut url = Url::parse(&self.url.fill(escaped)).map_err(|_| refused("its URL cannot be made"))?;
        if !self.query.is_empty() {
            let pairs = self.query.iter().map(|(name, value)| (name, value.fill(fill)));
            url.query_pairs_mut().extend_pairs(pairs);
        }
        let mut headers = HeaderMap::new();
        for (name, template) in &self.headers {
            let mut value = HeaderValue::from_str(&template.fill(fill))
                .map_err(|_| refused("one of its values cannot stand in a header"))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        if let Some(value) = &self.authorization {
            headers.insert(AUTHORIZATION, value.clone());
        }
        let (content_type, body) = match &self.body {
            Body::None => (None, Vec::new()),
            Body::Form(form) => {
                let pairs = form.iter().map(|(name, value)| (name, value.fill(fill)));
                let form = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(pairs)
                    .finish();
                (Some("application/x-www-form-urlencoded"), form.into_bytes())
            }
            Body::Json(json) => (
                Some("application/json"),
                json.fill(&fill).to_string().into_bytes(),
            ),
        };
        if let Some(content_type) = content_type {
            headers
                .entry(CONTENT_TYPE)
                .or_insert(HeaderValue::from_static(content_type));
        }
        Ok(Request {
            method: self.method.clone(),
            url,
            headers,
            body,
        })
    }

    fn value(&self, blank: &Blank, outbound: &Outbound, text: &gsm::Text) -> String {
        let bare = |number: &str| number.strip_prefix('+').unwrap_or(number).to_owned();
        let (from, to) = (outbound.from.as_str(), outbound.to.as_str());
        let seconds = outbound.validity.as_secs().max(1);
        match blank {
            Blank::To => to.to_owned(),
            Blank::ToWithoutPlus => bare(to),
            Blank::ToWith00 => to
                .strip_prefix('+')
                .map_or(to.to_owned(), |bare| format!("00{bare}")),
            Blank::From => from.to_owned(),
            Blank::FromWithoutPlus => bare(from),
            Blank::Text => text.as_str().to_owned(),
            Blank::Id => outbound.id.clone(),
            Blank::Alphabet => match text.encoding() {
                gsm::Encoding::Gsm => self.alphabet.gsm.clone(),
                gsm::Encoding::Ucs2 => self.alphabet.ucs2.clone(),
            },
            Blank::ValiditySeconds => seconds.to_string(),
            Blank::ValidityMinutes => (seconds / 60).max(1).to_string(),
            Blank::ValidityMilliseconds => seconds.saturating_mul(1000).to_string(),
            // All that are named were found when the configuration was read.
            Blank::Secret(name) => self
                .secrets
                .get(name)
                .map(|it| it.reveal().to_owned())
                .unwrap_or_default(),
        }
    }

    pub(super) fn outcome(&self, response: &Response) -> Submission {
        let code = response.status.as_u16();
        if self.response.deferred_http.contains(&code) {
            return response.deferred("the gateway asks to come back later");
        }
        if self.response.refused_http.contains(&code) {
            return refused(&format!("HTTP {code}: the gateway refuses the message"));
        }
        if let Some(known) = response.by_status() {
            return known;
        }
        let answer = response.json().unwrap_or_default();
        let find =
            |path: &Option<super::Path>| path.as_ref().and_then(|path| identifier(&path.text(&answer)?));
        let accepted = || Submission::Accepted {
            id: find(&self.response.id),
        };
        if self.response.status.is_none() {
            return accepted();
        }
        let Some(status) = find(&self.response.status) else {
            return Submission::Ambiguous {
                detail: format!("HTTP {code}: an answer without its status"),
            };
        };
        // Only what the configuration names is shown: another might be a number.
        if self.response.accepted.contains(&status) {
            accepted()
        } else if self.response.deferred.contains(&status) {
            response.deferred(&format!("the gateway answers {status}: not now"))
        } else if self.response.ambiguous.contains(&status) {
            Submission::Ambiguous {
                detail: format!("HTTP {code}: the gateway answers {status}"),
            }
        } else if status.len() <= 4 && status.bytes().all(|b| b.is_ascii_digit()) {
            refused(&format!("HTTP {code}: the gateway answers {status}"))
        } else {
            refused(&format!(
                "HTTP {code}: the gateway answers another status than the configuration's"
            ))
        }
    }
}
