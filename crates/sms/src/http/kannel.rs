//! Kannel's smsbox: messages by `post-url` or `get-url`, texts by `sendsms`, receipts by `dlr-url`.
//!
//! The lines of `kannel.conf` that go with it (no number and no text stands in a URL this way; `http-request-retry`
//! is how long messages wait for us, here 24 hours):
//!
//! ```text
//! group = smsbox
//! bearerbox-host = 127.0.0.1
//! sendsms-port = 13013
//! sendsms-interface = "127.0.0.1"
//! http-request-retry = 8640
//! http-queue-delay = 10
//!
//! group = sms-service
//! keyword = default
//! catch-all = true
//! max-messages = 0
//! send-sender = true
//! post-url = "http://127.0.0.1:8080/sms/kannel?token=TOKEN&id=%I&coding=%c&charset=%C&udh=%u"
//!
//! group = sendsms-user
//! username = parvis
//! password = PASSWORD
//! user-allow-ip = "127.0.0.1"
//! concatenation = true
//! max-messages = 10
//! ```
//!
//! Leave `smsbox-id` out, or messages queue for ever. A `get-url` adds `&from=%p&to=%P&text=%b`; number and text then
//! stand in the logs of every program on the way.

use ::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method};
use serde::Deserialize;
use url::Url;

use super::parameters::{Parameters, charset};
use super::{
    ConfigurationError, Numbers, Parsed, Refusal, Reply, Request, Response, Secret, Secrets, Sources,
    Webhook, identifier, is_url_safe, parse_url, refused,
};
use crate::gsm::{self, Encoding, udh};
use crate::message::{About, Concatenation, Inbound, Incoming, Outbound, Receipt, ReceiptState, Submission};

/// Delivered, failed, buffered, taken by the centre, refused by it.
const ALL_RECEIPTS: &str = "31";

/// How `sendsms` is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SendMethod {
    /// Number and text in the headers and the body, away from the logs of URLs.
    #[default]
    Post,
    /// All in the query, for gateways that copy Kannel's interface and know nothing else.
    Get,
}

/// What a town writes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// smsbox's interface: "http://127.0.0.1:13013/cgi-bin/sendsms".
    pub sendsms_url: String,
    /// How it is called.
    #[serde(default)]
    pub sendsms_method: SendMethod,
    /// The `sendsms-user`.
    pub username: String,
    /// The name of the secret that is the user's password.
    pub password: String,
    /// The `smsc-id` to send by, where Kannel has several.
    pub smsc: Option<String>,
    /// The URL by which Kannel reaches this gateway here, without query: "http://127.0.0.1:8080/sms/kannel".
    pub webhook_url: String,
    /// The name of the secret that webhooks carry as `token`.
    pub token: String,
    /// Where webhooks may come from.
    #[serde(default)]
    pub source_addresses: Sources,
    /// How the operator behind Kannel writes numbers.
    #[serde(default)]
    pub numbers: Numbers,
}

/// A Kannel, ready for use.
#[derive(Debug)]
pub struct Kannel {
    configuration: Configuration,
    sendsms: Url,
    password: Secret,
    token: Secret,
}

impl Kannel {
    pub(super) fn new(configuration: Configuration, secrets: &Secrets) -> Result<Self, ConfigurationError> {
        let sendsms = parse_url("sendsms_url", &configuration.sendsms_url)?;
        let webhook = parse_url("webhook_url", &configuration.webhook_url)?;
        // Kannel reads "%" in a `dlr-url` as one of its escapes.
        if webhook.query().is_some() || webhook.as_str().contains('%') {
            return Err(ConfigurationError::key(
                "webhook_url",
                "write it without a query and without \"%\"",
            ));
        }
        let token = secrets.get(&configuration.token)?;
        if !is_url_safe(token.reveal()) {
            return Err(ConfigurationError::key(
                "token",
                "it stands in URLs: use letters, digits, \"-\", \".\", \"_\" and \"~\" alone",
            ));
        }
        Ok(Self {
            sendsms,
            password: secrets.get(&configuration.password)?,
            token,
            configuration,
        })
    }

    /// The query of a webhook that is the gateway's.
    pub(super) fn admit(&self, webhook: &Webhook<'_>) -> Result<Parameters, Refusal> {
        self.configuration.source_addresses.check(webhook.peer)?;
        let query = Parameters::parse(webhook.query().as_bytes())?;
        if !query.octets("token").is_some_and(|given| self.token.is(given)) {
            return Err(Refusal::Credentials);
        }
        if !matches!(*webhook.method, Method::GET | Method::POST) {
            return Err(Refusal::Method);
        }
        Ok(query)
    }

    pub(super) fn receive(&self, webhook: &Webhook<'_>) -> Result<Parsed, Refusal> {
        let query = self.admit(webhook)?;
        let incoming = match query.text("dlr") {
            Some(state) => Some(Incoming::Receipt(receipt(state, &query)?)),
            None => self.message(webhook, &query)?.map(Incoming::Message),
        };
        Ok(Parsed {
            unusable: usize::from(incoming.is_none()),
            incoming: incoming.into_iter().collect(),
            acknowledgement: Reply::empty(),
        })
    }

    /// A message; none when it holds octets rather than text, or its sender or recipient is no address.
    fn message(&self, webhook: &Webhook<'_>, query: &Parameters) -> Result<Option<Inbound>, Refusal> {
        let value = |parameter: &str, header: &str| {
            let in_query = query.text(parameter).filter(|text| !text.is_empty());
            in_query.or_else(|| webhook.header(header)).unwrap_or_default()
        };
        let number = |parameter: &str, header: &str, who: &str| {
            let text = value(parameter, header);
            if text.is_empty() {
                return Err(Refusal::malformed(format!(
                    "`{parameter}` and {header} hold no {who}"
                )));
            }
            // What is there and no address will be none the next time either.
            Ok(self.configuration.numbers.read(text).ok())
        };
        let from = number("from", "x-kannel-from", "sender; set `send-sender = true`")?;
        let to = number("to", "x-kannel-to", "recipient")?;
        let (Some(from), Some(to)) = (from, to) else {
            return Ok(None);
        };
        let coding = value("coding", "x-kannel-coding");
        if coding == "1" {
            return Ok(None);
        }
        let octets = match *webhook.method {
            Method::POST => webhook.body,
            _ => query
                .octets("text")
                .ok_or_else(|| Refusal::malformed("it has no `text`"))?,
        };
        let label = query.text("charset").filter(|label| !label.is_empty());
        let default = if coding == "2" { "utf-16be" } else { "utf-8" };
        let charset = charset(label.unwrap_or(default))
            .ok_or_else(|| Refusal::malformed("its `charset` is not one of the Encoding Standard"))?;
        let (text, _) = charset.decode_without_bom_handling(octets);
        Ok(Some(Inbound {
            id: query.text("id").and_then(identifier),
            from,
            to,
            text: text.into_owned(),
            concatenation: concatenation(query)?,
        }))
    }

    pub(super) fn request(&self, outbound: &Outbound) -> Result<Request, Submission> {
        if !is_url_safe(&outbound.id) {
            return Err(refused(
                "its id cannot stand in a `dlr-url`: use letters, digits and \"-\" alone",
            ));
        }
        let receipt_url = format!(
            "{}?token={}&dlr=%d&ours={}",
            self.configuration.webhook_url,
            self.token.reveal(),
            outbound.id
        );
        let text = gsm::Text::new(&outbound.text);
        let coding = match text.encoding() {
            Encoding::Gsm => "0",
            Encoding::Ucs2 => "2",
        };
        let minutes = (outbound.validity.as_secs() / 60).max(1).to_string();
        let mut settings = vec![
            ("username", self.configuration.username.as_str()),
            ("password", self.password.reveal()),
            ("from", outbound.from.as_str()),
            ("to", outbound.to.as_str()),
            ("coding", coding),
            ("validity", minutes.as_str()),
            ("dlr-mask", ALL_RECEIPTS),
            ("dlr-url", receipt_url.as_str()),
        ];
        settings.extend(self.configuration.smsc.iter().map(|smsc| ("smsc", smsc.as_str())));
        let mut url = self.sendsms.clone();
        match self.configuration.sendsms_method {
            SendMethod::Post => {
                let mut headers = settings
                    .iter()
                    .map(|(name, value)| header(name, value))
                    .collect::<Result<HeaderMap, _>>()?;
                headers.insert(
                    CONTENT_TYPE,
                    HeaderValue::from_static("text/plain; charset=UTF-8"),
                );
                Ok(Request {
                    method: Method::POST,
                    url,
                    headers,
                    body: text.as_str().as_bytes().to_vec(),
                })
            }
            SendMethod::Get => {
                url.query_pairs_mut()
                    .extend_pairs(settings)
                    .append_pair("charset", "UTF-8")
                    .append_pair("text", text.as_str());
                Ok(Request {
                    method: Method::GET,
                    url,
                    headers: HeaderMap::new(),
                    body: Vec::new(),
                })
            }
        }
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Submission> {
    let unusable = || refused("a setting of the gateway cannot stand in a header");
    let name = HeaderName::try_from(format!("x-kannel-{name}")).map_err(|_| unusable())?;
    let mut value = HeaderValue::from_str(value).map_err(|_| unusable())?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn receipt(state: &str, query: &Parameters) -> Result<Receipt, Refusal> {
    let ours = query.text("ours").and_then(identifier);
    Ok(Receipt {
        about: About::Ours(ours.ok_or_else(|| Refusal::malformed("a receipt has no `ours`"))?),
        state: match state {
            "1" => ReceiptState::Delivered,
            "2" => ReceiptState::Undeliverable,
            "4" | "32" => ReceiptState::Enroute,
            "8" => ReceiptState::Accepted,
            "16" => ReceiptState::Rejected,
            _ => ReceiptState::Unknown,
        },
        error: None,
    })
}

/// Where bearerbox leaves parts to us (`sms-combine-concatenated-mo = false`), the header tells their place.
fn concatenation(query: &Parameters) -> Result<Option<Concatenation>, Refusal> {
    match query.octets("udh") {
        None | Some([]) => Ok(None),
        Some(octets) => udh::parse(octets)
            .map(|(header, _)| header.concatenation)
            .map_err(|_| Refusal::malformed("its `udh` is no user data header")),
    }
}

/// What an answer of `sendsms` tells (user's guide, "SMS push reply codes"). Kannel gives no name to what it takes.
pub(super) fn outcome(response: &Response) -> Submission {
    if let Some(known) = response.by_status() {
        return known;
    }
    match response.body.first() {
        // "0: Accepted for delivery", "3: Queued for later delivery".
        Some(b'0' | b'3') => Submission::Accepted { id: None },
        _ => Submission::Ambiguous {
            detail: format!("HTTP {}: not an answer of sendsms", response.status.as_u16()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ::http::StatusCode;

    use super::super::Gateway;
    use super::*;
    use crate::message::Address;

    const CONFIGURATION: &str = r#"
        driver = "kannel"
        sendsms_url = "http://127.0.0.1:13013/cgi-bin/sendsms"
        username = "parvis"
        password = "kannel-password"
        webhook_url = "http://127.0.0.1:8080/sms/kannel"
        token = "kannel-token"
    "#;

    fn gateway(more: &str) -> Result<Gateway, ConfigurationError> {
        let secrets = [("kannel-password", "mot de passe"), ("kannel-token", "jeton~1")];
        let configuration = toml::from_str(&format!("{CONFIGURATION}\n{more}")).unwrap();
        Gateway::new(configuration, &secrets.into_iter().collect())
    }

    fn receive(
        method: &Method,
        path_and_query: &str,
        headers: &[(&'static str, &str)],
        body: &[u8],
    ) -> Result<Parsed, Refusal> {
        let headers = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        });
        gateway("").unwrap().receive(&Webhook {
            method,
            path_and_query,
            headers: &headers.collect(),
            body,
            peer: [127, 0, 0, 1].into(),
            now: chrono::DateTime::UNIX_EPOCH,
        })
    }

    fn outbound(text: &str) -> Outbound {
        Outbound {
            id: "piece-1".into(),
            from: Address::parse("36555").unwrap(),
            to: Address::parse("+33612345678").unwrap(),
            text: text.into(),
            concatenation: None,
            encoding: Encoding::Gsm,
            validity: Duration::from_secs(3600),
        }
    }

    #[test]
    fn a_posted_message_is_read_from_its_headers_and_body() {
        let parsed = receive(
            &Method::POST,
            "/sms/kannel?token=jeton~1&id=ca5ba3b7-c86c&coding=2&charset=UTF-16BE&udh=%05%00%03%07%02%01",
            &[("x-kannel-from", "+33612345678"), ("x-kannel-to", "36555")],
            &[0x00, 0xe9, 0x04, 0x1f],
        );
        let message = Inbound {
            id: Some("ca5ba3b7-c86c".into()),
            from: Address::parse("+33612345678").unwrap(),
            to: Address::parse("36555").unwrap(),
            text: "éП".into(),
            concatenation: Some(Concatenation {
                reference: 7,
                total: 2,
                part: 1,
            }),
        };
        assert_eq!(parsed.unwrap().incoming, [Incoming::Message(message)]);
    }

    #[test]
    fn a_message_in_the_query_is_read_in_its_charset() {
        let text = |rest: &str| {
            let path = format!("/sms/kannel?token=jeton~1&id=1&from=%2B33612345678&to=36555&{rest}");
            match receive(&Method::GET, &path, &[], b"")
                .unwrap()
                .incoming
                .as_slice()
            {
                [Incoming::Message(message)] => message.text.clone(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(text("coding=0&text=%C3%A9t%C3%A9+%2B"), "été +");
        assert_eq!(text("coding=0&charset=ISO-8859-1&text=%E9t%E9"), "été");
        assert_eq!(text("coding=2&text=%00%E9%D8%3D%DE%00"), "é😀");
        assert_eq!(text("coding=0&text="), "");
    }

    #[test]
    fn octets_that_are_no_text_and_senders_that_are_no_address_are_acknowledged_and_counted() {
        for path in [
            "/k?token=jeton~1&id=1&from=%2B33612345678&to=36555&coding=1&text=%00%01",
            "/k?token=jeton~1&id=1&from=Une+boutique+en+ligne&to=36555&coding=0&text=a",
        ] {
            let parsed = receive(&Method::GET, path, &[], b"").unwrap();
            assert_eq!((parsed.incoming.len(), parsed.unusable), (0, 1), "{path}");
        }
    }

    #[test]
    fn a_webhook_without_the_token_or_without_a_sender_is_refused() {
        for path in [
            "/k",
            "/k?token=",
            "/k?token=jeton~2&dlr=1&ours=a",
            "/k?token=jeton~",
        ] {
            assert_eq!(
                receive(&Method::GET, path, &[], b""),
                Err(Refusal::Credentials),
                "{path}"
            );
        }
        let refusal = |path: &str| receive(&Method::GET, path, &[], b"").unwrap_err();
        assert_eq!(
            refusal("/k?token=jeton~1&to=36555&text=a").status(),
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            refusal("/k?token=jeton~1&from=%2B33612345678&to=36555").status(),
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            refusal("/k?token=jeton~1&dlr=1").status(),
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            refusal("/k?token=jeton~1&from=%2B33612345678&to=36555&text=a&udh=%ff").status(),
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            receive(&Method::PUT, "/k?token=jeton~1", &[], b""),
            Err(Refusal::Method)
        );
    }

    #[test]
    fn receipts_name_our_piece_and_its_state() {
        for (code, state) in [
            ("1", ReceiptState::Delivered),
            ("2", ReceiptState::Undeliverable),
            ("4", ReceiptState::Enroute),
            ("8", ReceiptState::Accepted),
            ("16", ReceiptState::Rejected),
            ("99", ReceiptState::Unknown),
        ] {
            let path = format!("/sms/kannel?token=jeton~1&dlr={code}&ours=piece-1");
            let receipt = Receipt {
                about: About::Ours("piece-1".into()),
                state,
                error: None,
            };
            let parsed = receive(&Method::GET, &path, &[], b"").unwrap();
            assert_eq!(parsed.incoming, [Incoming::Receipt(receipt)]);
        }
    }

    #[test]
    fn number_and_text_stand_in_headers_and_body_and_french_is_written_for_the_network() {
        let request = gateway("")
            .unwrap()
            .request(&outbound("Ouvert jusqu’à 18 h, fermé en août"))
            .unwrap();
        assert_eq!(request.url.as_str(), "http://127.0.0.1:13013/cgi-bin/sendsms");
        assert_eq!(
            str::from_utf8(&request.body),
            Ok("Ouvert jusqu'à 18 h, fermé en aout")
        );
        let header = |name: &str| request.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-kannel-to"), "+33612345678");
        assert_eq!(header("x-kannel-coding"), "0");
        assert_eq!(header("x-kannel-validity"), "60");
        assert_eq!(header("x-kannel-password"), "mot de passe");
        assert_eq!(
            header("x-kannel-dlr-url"),
            "http://127.0.0.1:8080/sms/kannel?token=jeton~1&dlr=%d&ours=piece-1"
        );
        let debug = format!("{request:?} {:?}", request.headers);
        assert!(
            !debug.contains("612345678") && !debug.contains("mot de passe"),
            "{debug}"
        );
    }

    #[test]
    fn other_scripts_go_as_ucs2_and_a_query_serves_gateways_that_know_no_post() {
        let request = gateway("sendsms_method = \"get\"\nsmsc = \"mairie\"")
            .unwrap()
            .request(&outbound("Привет 😀"))
            .unwrap();
        let query: std::collections::HashMap<_, _> = request.url.query_pairs().collect();
        assert_eq!(query["text"], "Привет 😀");
        assert_eq!(
            (&*query["coding"], &*query["charset"], &*query["smsc"]),
            ("2", "UTF-8", "mairie")
        );
        assert_eq!(query["to"], "+33612345678");
    }

    #[test]
    fn segments_and_ids_that_break_a_url_are_refused() {
        let gateway = gateway("").unwrap();
        let mut segment = outbound("a");
        segment.concatenation = Some(Concatenation {
            reference: 1,
            total: 2,
            part: 1,
        });
        let mut escaping = outbound("a");
        escaping.id = "a%p".into();
        for piece in [segment, escaping] {
            assert!(matches!(gateway.request(&piece), Err(Submission::Refused { .. })));
        }
    }

    #[test]
    fn answers_of_sendsms_tell_what_became_of_the_text() {
        let outcome = |status: u16, body: &str| {
            let response = Response {
                status: StatusCode::from_u16(status).unwrap(),
                headers: HeaderMap::new(),
                body: body.into(),
            };
            gateway("").unwrap().outcome(&response)
        };
        assert_eq!(
            outcome(202, "0: Accepted for delivery"),
            Submission::Accepted { id: None }
        );
        assert_eq!(
            outcome(202, "3: Queued for later delivery"),
            Submission::Accepted { id: None }
        );
        assert!(matches!(
            outcome(503, "Temporal failure, try again later."),
            Submission::Deferred { .. }
        ));
        assert!(matches!(
            outcome(403, "Authorization failed for sendsms"),
            Submission::Deferred { .. }
        ));
        assert!(matches!(
            outcome(400, "Empty receiver number not allowed, rejected"),
            Submission::Refused { .. }
        ));
        assert!(matches!(outcome(500, ""), Submission::Ambiguous { .. }));
        assert!(matches!(outcome(200, "<html>"), Submission::Ambiguous { .. }));
    }

    #[test]
    fn configurations_that_cannot_work_are_refused() {
        let problem = |more: &str| {
            let text = CONFIGURATION.lines().filter(|line| {
                !more
                    .split_once(" =")
                    .is_some_and(|(key, _)| line.trim_start().starts_with(key))
            });
            let text = format!("{}\n{more}", text.collect::<Vec<_>>().join("\n"));
            let secrets: Secrets = [("kannel-password", "p"), ("kannel-token", "t"), ("bad", "a&b")]
                .into_iter()
                .collect();
            Gateway::new(toml::from_str(&text).unwrap(), &secrets)
                .unwrap_err()
                .to_string()
        };
        assert!(problem("password = \"absent\"").contains("`absent`"));
        assert!(problem("token = \"bad\"").contains("token"));
        assert!(problem("webhook_url = \"http://a/b?c\"").contains("webhook_url"));
        assert!(problem("sendsms_url = \"localhost\"").contains("sendsms_url"));
        let unknown =
            toml::from_str::<super::super::Configuration>(&format!("{CONFIGURATION}\nsmcs = \"a\""));
        assert!(unknown.unwrap_err().to_string().contains("smcs"));
    }
}
