//! What a town writes to describe a gateway that has no driver of its own.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fields::Path;
use super::outbound::Blank;
use super::signature::Signed;
use super::template::Template;
use crate::http::{Numbers, Sources};
use crate::message::ReceiptState;

/// A gateway, described.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// How its webhooks are read.
    pub inbound: Inbound,
    /// How texts are given to it.
    pub outbound: Outbound,
}

/// How webhooks are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// Where the fields are.
    pub format: Format,
    /// The charset of a form or a query; JSON is UTF-8.
    #[serde(default = "utf_8")]
    pub charset: String,
    /// The path of an array, where one webhook carries several messages; fields are then those of its elements.
    pub items: Option<Path>,
    /// How the gateway writes numbers.
    #[serde(default)]
    pub numbers: Numbers,
    /// The number that residents write to, where the gateway does not repeat it.
    pub own_number: Option<String>,
    /// How webhooks prove that they are the gateway's: all that is given must hold, and something must be given.
    #[serde(default)]
    pub authentication: Authentication,
    /// Which field is what.
    pub fields: Fields,
    /// Which webhooks hold messages; all that are not receipts, when left out.
    pub messages: Option<Condition>,
    /// Receipts, where the gateway sends them to the same URL.
    pub receipts: Option<Receipts>,
    /// What is answered to a webhook that was taken.
    #[serde(default)]
    pub acknowledgement: Acknowledgement,
}

fn utf_8() -> String {
    "utf-8".to_owned()
}

/// Where a webhook's fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// In the query, by GET or POST.
    Query,
    /// In a form, by POST.
    Form,
    /// In JSON, by POST.
    Json,
}

/// The fields of a message.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Who sent it.
    pub from: Path,
    /// The number that it was sent to.
    pub to: Option<Path>,
    /// Its text.
    pub text: Path,
    /// What is the same when the gateway delivers it again.
    pub id: Option<Path>,
    /// Its place in a longer message.
    pub concatenation: Option<ConcatenationFields>,
}

/// The fields that tell the place of a part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConcatenationFields {
    /// What the parts share.
    pub reference: Path,
    /// How many there are.
    pub total: Path,
    /// Which this one is.
    pub part: Path,
}

/// A field that is there, and holds one of some values where these are given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The field.
    pub field: Path,
    /// What it may hold.
    pub one_of: Option<Vec<String>>,
}

/// How receipts are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipts {
    /// Which webhooks are receipts.
    pub when: Condition,
    /// The field that holds our id of the piece.
    pub ours: Option<Path>,
    /// The field that holds the gateway's id of the piece.
    pub theirs: Option<Path>,
    /// The field that holds the state.
    pub state: Path,
    /// The field that holds an error code.
    pub error: Option<Path>,
    /// What the states mean; others are unknown.
    pub states: BTreeMap<String, State>,
}

/// [`ReceiptState`], as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "ReceiptState says what each is")]
pub enum State {
    Enroute,
    Accepted,
    Delivered,
    Expired,
    Deleted,
    Undeliverable,
    Rejected,
    Unknown,
}

impl From<State> for ReceiptState {
    fn from(state: State) -> Self {
        match state {
            State::Enroute => Self::Enroute,
            State::Accepted => Self::Accepted,
            State::Delivered => Self::Delivered,
            State::Expired => Self::Expired,
            State::Deleted => Self::Deleted,
            State::Undeliverable => Self::Undeliverable,
            State::Rejected => Self::Rejected,
            State::Unknown => Self::Unknown,
        }
    }
}

/// What is answered to a webhook that was taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Acknowledgement {
    /// The HTTP status.
    pub status: u16,
    /// The type of the body.
    pub content_type: String,
    /// The body.
    pub body: String,
}

impl Default for Acknowledgement {
    fn default() -> Self {
        Self {
            status: 200,
            content_type: "text/plain; charset=utf-8".to_owned(),
            body: String::new(),
        }
    }
}

/// How webhooks prove that they are the gateway's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Authentication {
    /// The addresses and networks that they come from.
    pub source_addresses: Sources,
    /// A name and a password.
    pub basic: Option<Basic>,
    /// A header that holds a secret.
    pub header: Option<Named>,
    /// A parameter of the webhook's URL that holds a secret; the last resort, since URLs are logged on their way.
    pub parameter: Option<Named>,
    /// A signature.
    pub hmac: Option<Hmac>,
    /// A signed time, so that a webhook cannot be used again later.
    pub timestamp: Option<Timestamp>,
}

/// A name and a password (RFC 7617).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basic {
    /// The name.
    pub user: String,
    /// The name of the secret that is the password.
    pub password: String,
}

/// Something that holds a secret.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The name of the secret.
    pub secret: String,
}

/// A signature: an HMAC of parts of the webhook.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hmac {
    /// Where the signature is.
    #[serde(flatten)]
    pub at: Place,
    /// What stands before it there ("sha256=").
    #[serde(default)]
    pub prefix: String,
    /// The name of the secret that is the key.
    pub secret: String,
    /// The hash.
    pub algorithm: Algorithm,
    /// How the signature is written.
    #[serde(default)]
    pub encoding: SignatureEncoding,
    /// What is signed: "{body}{header.X-Timestamp}", "{sorted_parameters}".
    pub signed: Template<Signed>,
    /// How `{sorted_parameters}` is written.
    #[serde(default)]
    pub sorted_parameters: SortedParameters,
}

/// Where a value of a webhook is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the header of that name.
    Header(String),
    /// In the field of that path.
    Field(Path),
}

/// The hash of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Algorithm {
    Sha1,
    Sha256,
    Sha512,
}

/// How a signature is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    /// Hexadecimal, in either case.
    #[default]
    Hex,
    /// Base64 with padding.
    Base64,
}

/// How all fields but the signature are written one after the other, sorted by their names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SortedParameters {
    /// Before each name.
    pub before: String,
    /// Between a name and its value.
    pub between: String,
    /// Characters of values that are replaced.
    pub replace: String,
    /// What replaces them.
    pub with: String,
}

/// A signed time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timestamp {
    /// Where it is.
    #[serde(flatten)]
    pub at: Place,
    /// How it is written.
    #[serde(default)]
    pub format: TimestampFormat,
    /// How far from now it may be, before or after.
    #[serde(default = "five_minutes")]
    pub window_seconds: u32,
}

fn five_minutes() -> u32 {
    300
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimestampFormat {
    /// Seconds since 1970.
    #[default]
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// "2026-11-23T08:00:00+01:00".
    Rfc3339,
}

/// How texts are given to the gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbound {
    /// GET, POST or PUT.
    #[serde(default = "post")]
    pub method: String,
    /// The URL; what fills its blanks is escaped.
    pub url: Template<Blank>,
    /// Parameters of the URL.
    #[serde(default)]
    pub query: BTreeMap<String, Template<Blank>>,
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, Template<Blank>>,
    /// A name and a password.
    pub basic: Option<Basic>,
    /// A body that is a form.
    pub form: Option<BTreeMap<String, Template<Blank>>>,
    /// A body that is JSON: each of its strings is a template. One that is a blank of a count alone is a number there.
    pub json: Option<serde_json::Value>,
    /// What fills `{alphabet}`.
    #[serde(default)]
    pub alphabet: AlphabetNames,
    /// What the answer tells.
    #[serde(default)]
    pub response: Response,
}

fn post() -> String {
    "POST".to_owned()
}

/// How the gateway names the two ways in which text travels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlphabetNames {
    /// The GSM alphabet.
    pub gsm: String,
    /// UCS-2.
    pub ucs2: String,
}

impl Default for AlphabetNames {
    fn default() -> Self {
        Self {
            gsm: "gsm".to_owned(),
            ucs2: "ucs2".to_owned(),
        }
    }
}

/// What an answer tells. The HTTP status is looked at first; then, for a success, the body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Response {
    /// The field that holds the gateway's id of the piece.
    pub id: Option<Path>,
    /// The field that holds a status, where success of the request is not yet success of the sending.
    pub status: Option<Path>,
    /// Statuses that mean: taken.
    pub accepted: Vec<String>,
    /// Statuses that mean: not taken, may be sent again.
    pub deferred: Vec<String>,
    /// Statuses that do not tell. All others mean: not taken, and not worth sending again.
    pub ambiguous: Vec<String>,
    /// HTTP statuses of failures that mean: not taken, may be sent again; besides 401 to 405, 408, 425, 429 and 503.
    pub deferred_http: Vec<u16>,
    /// HTTP statuses of failures that mean: not taken, and not worth sending again; besides the other 4xx.
    pub refused_http: Vec<u16>,
}
