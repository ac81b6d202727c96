//! Twilio, and the gateways that speak as it does: signed forms in, its REST interface out.
//!
//! Twilio signs no time, so that a replay shows only by its `MessageSid`: that is the id to recognise it by.

use std::collections::BTreeSet;

use ::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use ::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;
use url::{Url, form_urlencoded};

use super::parameters::Parameters;
use super::{
    ConfigurationError, Numbers, Parsed, Refusal, Reply, Request, Response, Secret, Secrets, Sources,
    Webhook, identifier, is_url_safe, parse_url, refused,
};
use crate::message::{About, Inbound, Incoming, Outbound, Receipt, ReceiptState, Submission};

/// The longest validity that Twilio takes, in seconds.
const LONGEST_VALIDITY: u64 = 36_000;

/// What a town writes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The account ("AC…").
    pub account_sid: String,
    /// The name of the secret that is the account's token: it signs webhooks, and sends where no API key is given.
    pub auth_token: String,
    /// An API key ("SK…") to send with.
    pub api_key: Option<ApiKey>,
    /// The URL by which the gateway reaches this one here, as configured there, without query.
    pub webhook_url: String,
    /// The interface, for gateways other than Twilio.
    #[serde(default = "twilio")]
    pub api_url: String,
    /// Sends by a messaging service ("MG…") rather than from the number.
    pub messaging_service_sid: Option<String>,
    /// Where webhooks may come from.
    #[serde(default)]
    pub source_addresses: Sources,
}

/// A key that can be withdrawn without changing the account's token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// Its name ("SK…").
    pub sid: String,
    /// The name of the secret.
    pub secret: String,
}

fn twilio() -> String {
    "https://api.twilio.com".to_owned()
}

/// A Twilio account, ready for use.
#[derive(Debug)]
pub struct Twilio {
    configuration: Configuration,
    messages: Url,
    token: Secret,
    authorization: HeaderValue,
}

impl Twilio {
    pub(super) fn new(configuration: Configuration, secrets: &Secrets) -> Result<Self, ConfigurationError> {
        let token = secrets.get(&configuration.auth_token)?;
        let mut messages = parse_url("api_url", &configuration.api_url)?;
        let webhook = parse_url("webhook_url", &configuration.webhook_url)?;
        if webhook.query().is_some() {
            return Err(ConfigurationError::key("webhook_url", "write it without a query"));
        }
        messages
            .path_segments_mut()
            .map_err(|()| ConfigurationError::key("api_url", "not an http or https URL"))?
            .pop_if_empty()
            .extend([
                "2010-04-01",
                "Accounts",
                &configuration.account_sid,
                "Messages.json",
            ]);
        let (user, password) = match &configuration.api_key {
            Some(key) => (key.sid.as_str(), secrets.get(&key.secret)?),
            None => (configuration.account_sid.as_str(), token.clone()),
        };
        let authorization = basic(user, &password)
            .ok_or_else(|| ConfigurationError::key("account_sid", "it cannot stand in a header"))?;
        Ok(Self {
            configuration,
            messages,
            token,
            authorization,
        })
    }

    pub(super) fn admit(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        self.configuration.source_addresses.check(webhook.peer)?;
        // The signature is over the body, and its header is there before.
        if webhook.method != Method::POST {
            return Err(Refusal::Method);
        }
        if webhook.header("x-twilio-signature").is_none() {
            return Err(Refusal::Signature);
        }
        Ok(())
    }

    pub(super) fn receive(&self, webhook: &Webhook<'_>) -> Result<Parsed, Refusal> {
        self.admit(webhook)?;
        let form = Parameters::parse(webhook.body)?.decoded(encoding_rs::UTF_8)?;
        self.check_signature(webhook, &form)?;
        let field = |name: &str| {
            form.iter()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.as_str())
        };
        let id = field("MessageSid").and_then(identifier);
        let mut parsed = Parsed {
            incoming: Vec::new(),
            unusable: 0,
            acknowledgement: Reply {
                content_type: "text/xml; charset=utf-8".to_owned(),
                body: "<Response></Response>".to_owned(),
                ..Reply::empty()
            },
        };
        if let Some(state) = field("MessageStatus") {
            let query = Parameters::parse(webhook.query().as_bytes())?;
            let ours = query.text("ours").and_then(identifier).map(About::Ours);
            parsed.incoming.push(Incoming::Receipt(Receipt {
                about: ours
                    .or_else(|| id.map(About::Theirs))
                    .ok_or_else(|| Refusal::malformed("a receipt has neither `ours` nor MessageSid"))?,
                state: state_of(state),
                error: field("ErrorCode").and_then(identifier),
            }));
            return Ok(parsed);
        }
        let number = |name: &str| {
            let text = field(name).filter(|text| !text.is_empty());
            let text = text.ok_or_else(|| Refusal::malformed(format!("it has no `{name}`")))?;
            // What is there and no address ("whatsapp:+33…") will be none the next time either.
            Ok(Numbers::AsWritten.read(text).ok())
        };
        let text = field("Body").unwrap_or_default();
        if text.is_empty() && field("NumMedia").is_some_and(|count| count != "0") {
            parsed.unusable = 1;
            return Ok(parsed);
        }
        let (Some(from), Some(to)) = (number("From")?, number("To")?) else {
            parsed.unusable = 1;
            return Ok(parsed);
        };
        parsed.incoming.push(Incoming::Message(Inbound {
            id,
            from,
            to,
            text: text.to_owned(),
            concatenation: None,
        }));
        Ok(parsed)
    }

    /// HMAC-SHA1 of the public URL with its query, then each parameter's name and value, sorted, without separators.
    fn check_signature(&self, webhook: &Webhook<'_>, form: &[(String, String)]) -> Result<(), Refusal> {
        let mut mac =
            Hmac::<Sha1>::new_from_slice(self.token.reveal().as_bytes()).map_err(|_| Refusal::Signature)?;
        mac.update(self.configuration.webhook_url.as_bytes());
        if !webhook.query().is_empty() {
            mac.update(b"?");
            mac.update(webhook.query().as_bytes());
        }
        // A set: Twilio signs each pair once, however often it is sent.
        for (name, value) in form.iter().collect::<BTreeSet<_>>() {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        let given = webhook.header("x-twilio-signature").ok_or(Refusal::Signature)?;
        let given = BASE64.decode(given).map_err(|_| Refusal::Signature)?;
        mac.verify_slice(&given).map_err(|_| Refusal::Signature)
    }

    pub(super) fn request(&self, outbound: &Outbound) -> Result<Request, Submission> {
        if !is_url_safe(&outbound.id) {
            return Err(refused(
                "its id cannot stand in a URL: use letters, digits and \"-\" alone",
            ));
        }
        let sender = match &self.configuration.messaging_service_sid {
            Some(service) => ("MessagingServiceSid", service.as_str()),
            None => ("From", outbound.from.as_str()),
        };
        let seconds = outbound.validity.as_secs().clamp(1, LONGEST_VALIDITY);
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("To", outbound.to.as_str())
            .append_pair(sender.0, sender.1)
            .append_pair("Body", &outbound.text)
            .append_pair("ValidityPeriod", &seconds.to_string())
            .append_pair(
                "StatusCallback",
                &format!("{}?ours={}", self.configuration.webhook_url, outbound.id),
            )
            .finish();
        Ok(Request {
            method: Method::POST,
            url: self.messages.clone(),
            headers: HeaderMap::from_iter([
                (AUTHORIZATION, self.authorization.clone()),
                (
                    CONTENT_TYPE,
                    HeaderValue::from_static("application/x-www-form-urlencoded"),
                ),
            ]),
            body: body.into_bytes(),
        })
    }
}

/// An `Authorization` header (RFC 7617).
pub(super) fn basic(user: &str, password: &Secret) -> Option<HeaderValue> {
    let pair = BASE64.encode(format!("{user}:{}", password.reveal()));
    let mut value = HeaderValue::from_str(&format!("Basic {pair}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn state_of(status: &str) -> ReceiptState {
    match status {
        "accepted" | "scheduled" | "queued" | "sending" => ReceiptState::Enroute,
        "sent" => ReceiptState::Accepted,
        "delivered" | "read" => ReceiptState::Delivered,
        "undelivered" => ReceiptState::Undeliverable,
        "failed" => ReceiptState::Rejected,
        "canceled" => ReceiptState::Deleted,
        _ => ReceiptState::Unknown,
    }
}

/// What an answer of the REST interface tells.
pub(super) fn outcome(response: &Response) -> Submission {
    let answer = response.json().unwrap_or_default();
    match response.by_status() {
        None => match answer["sid"].as_str().and_then(identifier) {
            Some(sid) => Submission::Accepted { id: Some(sid) },
            None => Submission::Ambiguous {
                detail: format!("HTTP {}: an answer without a sid", response.status.as_u16()),
            },
        },
        // The code alone: the message that goes with it repeats the number.
        Some(Submission::Refused { detail }) => Submission::Refused {
            detail: match answer["code"].as_u64().filter(|code| *code < 100_000) {
                Some(code) => format!("{detail} (error {code})"),
                None => detail,
            },
        },
        Some(other) => other,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ::http::StatusCode;
    use ::http::header::RETRY_AFTER;

    use super::super::Gateway;
    use super::*;
    use crate::message::Address;

    const CONFIGURATION: &str = r#"
        driver = "twilio"
        account_sid = "AC00000000000000000000000000000000"
        auth_token = "twilio-token"
        webhook_url = "https://mairie.example/sms/twilio"
    "#;

    fn gateway() -> Gateway {
        let secrets = [("twilio-token", "12345")].into_iter().collect();
        Gateway::new(toml::from_str(CONFIGURATION).unwrap(), &secrets).unwrap()
    }

    fn sign(url: &str, pairs: &[(&str, &str)]) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(b"12345").unwrap();
        mac.update(url.as_bytes());
        for (name, value) in pairs {
            mac.update(format!("{name}{value}").as_bytes());
        }
        BASE64.encode(mac.finalize().into_bytes())
    }

    fn receive(path_and_query: &str, signature: &str, body: &str) -> Result<Parsed, Refusal> {
        gateway().receive(&Webhook {
            method: &Method::POST,
            path_and_query,
            headers: &HeaderMap::from_iter([(
                ::http::HeaderName::from_static("x-twilio-signature"),
                HeaderValue::from_str(signature).unwrap(),
            )]),
            body: body.as_bytes(),
            peer: [192, 0, 2, 1].into(),
            now: chrono::DateTime::UNIX_EPOCH,
        })
    }

    /// The example of Twilio's documentation ("Webhooks security"): its URL, its parameters, its signature.
    #[test]
    fn the_documented_signature_is_the_one_computed_here() {
        let pairs = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ];
        let signature = sign("https://example.com/myapp.php?foo=1&bar=2", &pairs);
        assert_eq!(signature, "L/OH5YylLD5NRKLltdqwSvS0BnU=");
        let text = CONFIGURATION.replace(
            "https://mairie.example/sms/twilio",
            "https://example.com/myapp.php",
        );
        let secrets = [("twilio-token", "12345")].into_iter().collect();
        let headers = [(
            ::http::HeaderName::from_static("x-twilio-signature"),
            HeaderValue::from_str(&signature).unwrap(),
        )];
        let parsed = Gateway::new(toml::from_str(&text).unwrap(), &secrets).unwrap().receive(&Webhook {
            method: &Method::POST,
            path_and_query: "/myapp.php?foo=1&bar=2",
            headers: &HeaderMap::from_iter(headers),
            body: b"Digits=1234&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310&CallSid=CA1234567890ABCDE",
            peer: [192, 0, 2, 1].into(),
            now: chrono::DateTime::UNIX_EPOCH,
        });
        assert_eq!(parsed.unwrap().incoming.len(), 1);
    }

    #[test]
    fn a_signed_message_is_read_and_answered_by_empty_twiml() {
        let pairs = [
            ("Body", "piscine été & hiver ?"),
            ("From", "+33612345678"),
            ("MessageSid", "SM1"),
            ("NumMedia", "0"),
            ("To", "+33937000000"),
        ];
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let signature = sign("https://mairie.example/sms/twilio", &pairs);
        let parsed = receive("/sms/twilio", &signature, &body).unwrap();
        let message = Inbound {
            id: Some("SM1".into()),
            from: Address::parse("+33612345678").unwrap(),
            to: Address::parse("+33937000000").unwrap(),
            text: "piscine été & hiver ?".into(),
            concatenation: None,
        };
        assert_eq!(parsed.incoming, [Incoming::Message(message)]);
        assert_eq!(parsed.acknowledgement.body, "<Response></Response>");
        for (path, signature, body) in [
            ("/sms/twilio", "", body.clone()),
            ("/sms/twilio", "bm9u", body.clone()),
            ("/sms/twilio?a=1", &signature, body.clone()),
            ("/sms/twilio", &signature, body.replace("hiver", "printemps")),
        ] {
            assert_eq!(receive(path, signature, &body), Err(Refusal::Signature));
        }
    }

    #[test]
    fn receipts_name_our_piece_or_else_theirs() {
        let pairs = [
            ("ErrorCode", "30003"),
            ("MessageSid", "SM1"),
            ("MessageStatus", "undelivered"),
        ];
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        for (query, about) in [
            ("?ours=piece-1", About::Ours("piece-1".into())),
            ("", About::Theirs("SM1".into())),
        ] {
            let signature = sign(&format!("https://mairie.example/sms/twilio{query}"), &pairs);
            let receipt = Receipt {
                about,
                state: ReceiptState::Undeliverable,
                error: Some("30003".into()),
            };
            let parsed = receive(&format!("/sms/twilio{query}"), &signature, &body).unwrap();
            assert_eq!(parsed.incoming, [Incoming::Receipt(receipt)]);
        }
    }

    #[test]
    fn what_is_no_sms_is_acknowledged_and_counted() {
        for (words, from, pictures) in [
            ("", "+33612345678", "1"),
            ("bonjour", "whatsapp:+33612345678", "0"),
        ] {
            let pairs = [
                ("Body", words),
                ("From", from),
                ("NumMedia", pictures),
                ("To", "+33937000000"),
            ];
            let body = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs)
                .finish();
            let signature = sign("https://mairie.example/sms/twilio", &pairs);
            let parsed = receive("/sms/twilio", &signature, &body).unwrap();
            assert_eq!((parsed.incoming.len(), parsed.unusable), (0, 1), "{from}");
        }
    }

    #[test]
    fn a_text_goes_out_as_the_rest_interface_wants_it() {
        let request = gateway().request(&Outbound {
            id: "piece-1".into(),
            from: Address::parse("+33937000000").unwrap(),
            to: Address::parse("+33612345678").unwrap(),
            text: "Ouvert à 9 h & 14 h".into(),
            concatenation: None,
            encoding: crate::gsm::Encoding::Gsm,
            validity: Duration::from_secs(100_000),
        });
        let request = request.unwrap();
        assert_eq!(
            request.url.as_str(),
            "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json"
        );
        let pairs: Vec<_> = form_urlencoded::parse(&request.body).into_owned().collect();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("To", "+33612345678"),
                ("From", "+33937000000"),
                ("Body", "Ouvert à 9 h & 14 h"),
                ("ValidityPeriod", "36000"),
                ("StatusCallback", "https://mairie.example/sms/twilio?ours=piece-1"),
            ]
        );
        assert_eq!(
            request.headers[AUTHORIZATION],
            "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDoxMjM0NQ=="
        );
    }

    #[test]
    fn answers_tell_what_may_be_sent_again() {
        let outcome = |status: u16, body: &str| {
            gateway().outcome(&Response {
                status: StatusCode::from_u16(status).unwrap(),
                headers: HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("30"))]),
                body: body.into(),
            })
        };
        assert_eq!(
            outcome(201, r#"{"sid":"SM1","status":"queued"}"#),
            Submission::Accepted {
                id: Some("SM1".into())
            }
        );
        assert!(matches!(outcome(201, "{}"), Submission::Ambiguous { .. }));
        let Submission::Deferred { after, .. } = outcome(429, r#"{"code":20429}"#) else {
            panic!("429 is to be sent again");
        };
        assert_eq!(after, Some(Duration::from_secs(30)));
        let refused = outcome(400, r#"{"code":21211,"message":"+33612345678 is not valid"}"#);
        let Submission::Refused { detail } = refused else {
            panic!("400 is final");
        };
        assert!(
            detail.contains("21211") && !detail.contains("612345678"),
            "{detail}"
        );
        assert!(matches!(outcome(401, ""), Submission::Deferred { .. }));
        assert!(matches!(outcome(503, ""), Submission::Deferred { .. }));
        assert!(matches!(outcome(500, ""), Submission::Ambiguous { .. }));
    }
}
