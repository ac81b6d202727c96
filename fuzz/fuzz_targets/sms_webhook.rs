//! Fuzzes the reading of webhooks: Kannel's, and those of gateways described for a query, a form and JSON.
#![no_main]

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use sms::http::{Gateway, MAX_ITEMS, Secrets, Webhook};
use sms::message::{About, Incoming};

const KANNEL: &str = r#"
    driver = "kannel"
    sendsms_url = "http://127.0.0.1/cgi-bin/sendsms"
    username = "u"
    password = "s"
    webhook_url = "http://127.0.0.1/sms"
    token = "s"
"#;

const DESCRIBED: &str = r#"
    [inbound.authentication]
    source_addresses = ["127.0.0.1"]
    [inbound.fields]
    from = "from"
    to = "to[0].number"
    text = "text"
    id = "id"
    concatenation = { reference = "ref", total = "total", part = "part" }
    [inbound.receipts]
    when = { field = "state" }
    ours = "ours"
    theirs = "id"
    state = "state"
    states = { ok = "delivered" }
    [outbound]
    url = "https://gateway.example"
"#;

static GATEWAYS: LazyLock<Vec<Gateway>> = LazyLock::new(|| {
    let described = [
        "format = \"query\"",
        "format = \"form\"\ncharset = \"iso-8859-15\"\nown_number = \"36000\"\nnumbers = \"without_plus\"",
        "format = \"json\"",
        "format = \"json\"\nitems = \"items\"",
    ]
    .map(|inbound| format!("driver = \"generic\"\n[inbound]\n{inbound}\n{DESCRIBED}"));
    std::iter::once(KANNEL)
        .chain(described.iter().map(String::as_str))
        .map(|text| {
            let secrets: Secrets = [("s", "s")].into_iter().collect();
            Gateway::new(toml::from_str(text).expect("a configuration"), &secrets).expect("a gateway")
        })
        .collect()
});

// An octet that says which gateway and method, a line that is the path and query, and the body.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&which, rest)) = bytes.split_first() else {
        return;
    };
    let end = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
    let (line, body) = rest.split_at(end);
    let sender = HeaderValue::from_static("+33612345678");
    let webhook = Webhook {
        method: if which & 0x80 == 0 {
            &Method::POST
        } else {
            &Method::GET
        },
        path_and_query: &String::from_utf8_lossy(line),
        headers: &HeaderMap::from_iter([(HeaderName::from_static("x-kannel-from"), sender)]),
        body: body.get(1..).unwrap_or_default(),
        peer: [127, 0, 0, 1].into(),
        now: chrono::DateTime::UNIX_EPOCH,
    };
    let gateway = &GATEWAYS[usize::from(which & 0x7f) % GATEWAYS.len()];
    match gateway.receive(&webhook) {
        Err(refusal) => assert!(refusal.status().is_client_error() && !refusal.to_string().is_empty()),
        Ok(parsed) => {
            assert!(parsed.incoming.len() + parsed.unusable <= MAX_ITEMS);
            assert!(parsed.acknowledgement.status.is_success());
            for incoming in &parsed.incoming {
                match incoming {
                    Incoming::Message(message) => {
                        assert!(!message.from.as_str().is_empty() && !message.to.as_str().is_empty());
                        assert!(
                            message
                                .id
                                .as_ref()
                                .is_none_or(|id| !id.is_empty() && id.len() <= 256)
                        );
                    }
                    Incoming::Receipt(receipt) => {
                        let (About::Ours(id) | About::Theirs(id)) = &receipt.about;
                        assert!(!id.is_empty() && id.len() <= 256);
                    }
                    Incoming::Taken { .. } => panic!("webhooks answer no submission"),
                }
            }
        }
    }
});
