//! Webhooks of a described gateway.

use std::borrow::Cow;

use ::http::{Method, StatusCode};
use encoding_rs::Encoding;
use serde_json::Value;

use super::configuration::{self as described, Condition, Format, Receipts};
use super::fields::{Document, Path};
use super::signature::Proof;
use crate::http::parameters::{self, Parameters};
use crate::http::{ConfigurationError, MAX_ITEMS, Parsed, Refusal, Reply, Secrets, Webhook, identifier};
use crate::message::{About, Address, Concatenation, Inbound, Incoming, Receipt, ReceiptState};

/// What [`described::Inbound`] describes, ready for use.
#[derive(Debug)]
pub(super) struct Reader {
    description: described::Inbound,
    proof: Proof,
    charset: &'static Encoding,
    own_number: Option<Address>,
    acknowledgement: Reply,
}

/// What one item of a webhook is.
enum Item {
    Incoming(Incoming),
    /// Something else that the gateway tells: acknowledged, of no interest.
    Other,
}

impl Reader {
    pub(super) fn new(
        description: described::Inbound,
        secrets: &Secrets,
    ) -> Result<Self, ConfigurationError> {
        let charset = parameters::charset(&description.charset).ok_or_else(|| {
            ConfigurationError::key(
                "inbound.charset",
                "not one of the Encoding Standard; write \"iso-8859-15\", for one",
            )
        })?;
        let own_number = description.own_number.as_deref().map(Address::parse).transpose();
        let own_number =
            own_number.map_err(|error| ConfigurationError::key("inbound.own_number", error.to_string()))?;
        if own_number.is_none() && description.fields.to.is_none() {
            return Err(ConfigurationError::key(
                "inbound.fields.to",
                "give it, or `inbound.own_number` where the gateway does not repeat the number written to",
            ));
        }
        if description.items.is_some() && description.format != Format::Json {
            return Err(ConfigurationError::key(
                "inbound.items",
                "only JSON holds several messages",
            ));
        }
        if description
            .receipts
            .as_ref()
            .is_some_and(|it| it.ours.is_none() && it.theirs.is_none())
        {
            return Err(ConfigurationError::key(
                "inbound.receipts",
                "give `ours` or `theirs`: the field that tells which text the receipt is about",
            ));
        }
        let status = StatusCode::from_u16(description.acknowledgement.status)
            .ok()
            .filter(StatusCode::is_success)
            .ok_or_else(|| {
                ConfigurationError::key("inbound.acknowledgement.status", "a success is 200 to 299")
            })?;
        Ok(Self {
            proof: Proof::new(&description, secrets)?,
            charset,
            own_number,
            acknowledgement: Reply {
                status,
                content_type: description.acknowledgement.content_type.clone(),
                body: description.acknowledgement.body.clone(),
            },
            description,
        })
    }

    pub(super) fn admit(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        self.proof.check_request(webhook)?;
        match (self.description.format, webhook.method) {
            (Format::Query, &Method::GET | &Method::POST) | (Format::Form | Format::Json, &Method::POST) => {
                Ok(())
            }
            _ => Err(Refusal::Method),
        }
    }

    pub(super) fn read(&self, webhook: &Webhook<'_>) -> Result<Parsed, Refusal> {
        self.admit(webhook)?;
        let text = match self.description.format {
            Format::Query => webhook.query().as_bytes(),
            Format::Form => webhook.body,
            Format::Json => {
                let value = serde_json::from_slice(webhook.body);
                return self.read_json(webhook, &value.map_err(|_| Refusal::malformed("it is not JSON"))?);
            }
        };
        let pairs = Parameters::parse(text)?.decoded(self.charset)?;
        self.proof.check_fields(webhook, Document::Pairs(&pairs))?;
        self.collect([Document::Pairs(&pairs)].into_iter())
    }

    fn read_json(&self, webhook: &Webhook<'_>, value: &Value) -> Result<Parsed, Refusal> {
        self.proof.check_fields(webhook, Document::Json(value))?;
        let Some(path) = &self.description.items else {
            return self.collect([Document::Json(value)].into_iter());
        };
        let items = path
            .find(value)
            .and_then(Value::as_array)
            .ok_or_else(|| Refusal::malformed(format!("`{path}` is no array")))?;
        if items.len() > MAX_ITEMS {
            return Err(Refusal::TooMany);
        }
        self.collect(items.iter().map(Document::Json))
    }

    /// One item that cannot be read does not keep the others out; when none can, the whole is refused.
    fn collect<'d>(&self, items: impl Iterator<Item = Document<'d>>) -> Result<Parsed, Refusal> {
        let mut parsed = Parsed {
            incoming: Vec::new(),
            unusable: 0,
            acknowledgement: self.acknowledgement.clone(),
        };
        let mut other = false;
        let mut refusal = None;
        for item in items {
            match self.item(item) {
                Ok(Item::Incoming(incoming)) => parsed.incoming.push(incoming),
                Ok(Item::Other) => other = true,
                Err(error) => {
                    parsed.unusable += 1;
                    refusal = Some(error);
                }
            }
        }
        match refusal {
            Some(refusal) if parsed.incoming.is_empty() && !other => Err(refusal),
            _ => Ok(parsed),
        }
    }

    fn item(&self, fields: Document<'_>) -> Result<Item, Refusal> {
        if let Some(receipts) = self
            .description
            .receipts
            .as_ref()
            .filter(|it| holds(&it.when, fields))
        {
            return Ok(Item::Incoming(Incoming::Receipt(receipt(receipts, fields)?)));
        }
        match &self.description.messages {
            Some(when) if !holds(when, fields) => Ok(Item::Other),
            _ => Ok(Item::Incoming(Incoming::Message(self.message(fields)?))),
        }
    }

    fn message(&self, fields: Document<'_>) -> Result<Inbound, Refusal> {
        let names = &self.description.fields;
        let number = |path: &Path, text: Option<Cow<'_, str>>| {
            let address = self.description.numbers.read(&text.unwrap_or_default());
            address.map_err(|_| Refusal::malformed(format!("`{path}` holds no number")))
        };
        let to = names.to.as_ref().map(|path| (path, fields.get(path)));
        let to = match (to, &self.own_number) {
            (Some((_, None)) | None, Some(own)) => own.clone(),
            (Some((path, text)), _) => number(path, text)?,
            (None, None) => return Err(Refusal::malformed("it does not say whom it was sent to")),
        };
        Ok(Inbound {
            id: names.id.as_ref().and_then(|path| identifier(&fields.get(path)?)),
            from: number(&names.from, fields.get(&names.from))?,
            to,
            text: fields.get(&names.text).unwrap_or_default().into_owned(),
            concatenation: names
                .concatenation
                .as_ref()
                .and_then(|it| concatenation(it, fields)),
        })
    }
}

fn holds(condition: &Condition, fields: Document<'_>) -> bool {
    match (fields.get(&condition.field), &condition.one_of) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(value), Some(values)) => values.iter().any(|it| *it == value),
    }
}

fn receipt(receipts: &Receipts, fields: Document<'_>) -> Result<Receipt, Refusal> {
    let id = |path: &Option<Path>| identifier(&fields.get(path.as_ref()?)?);
    let about = id(&receipts.ours)
        .map(About::Ours)
        .or_else(|| id(&receipts.theirs).map(About::Theirs))
        .ok_or_else(|| Refusal::malformed("a receipt does not say which text it is about"))?;
    let state = fields
        .get(&receipts.state)
        .and_then(|state| receipts.states.get(&*state));
    Ok(Receipt {
        about,
        state: state.map_or(ReceiptState::Unknown, |state| (*state).into()),
        error: id(&receipts.error),
    })
}

/// Gateways give these fields with messages in one part too, empty or saying so.
fn concatenation(names: &described::ConcatenationFields, fields: Document<'_>) -> Option<Concatenation> {
    let number = |path: &Path| fields.get(path)?.trim().parse::<u16>().ok();
    let total = u8::try_from(number(&names.total)?)
        .ok()
        .filter(|total| *total > 1)?;
    Concatenation::new(
        number(&names.reference)?,
        total,
        u8::try_from(number(&names.part)?).ok()?,
    )
}
