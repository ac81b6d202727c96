//! What a described gateway may say, and what is refused in a description.

use http::{Method, StatusCode};
use sms::http::{ConfigurationError, Gateway, MAX_BODY, MAX_ITEMS, Refusal};
use sms::message::{About, ReceiptState, Submission};

use crate::support::{Call, gateway, message, outbound, receipt, response};

const SECRETS: &[(&str, &str)] = &[("key", "cle"), ("password", "mot:de passe"), ("token", "jeton\n")];

const OUTBOUND: &str = "[outbound]\nurl = \"https://gateway.example/send/{to_without_plus}?a=1\"\n";

fn with_inbound(inbound: &str) -> Gateway {
    described(inbound).unwrap_or_else(|error| panic!("{error}"))
}

fn described(inbound: &str) -> Result<Gateway, ConfigurationError> {
    gateway(
        &format!("driver = \"generic\"\n[inbound]\n{inbound}\n{OUTBOUND}"),
        SECRETS,
    )
}

fn with_outbound(outbound: &str) -> Result<Gateway, ConfigurationError> {
    let inbound = "[inbound]\nformat = \"json\"\nauthentication.source_addresses = [\"::/0\"]\n\
                   fields = { from = \"from\", to = \"to\", text = \"text\" }\n";
    gateway(
        &format!("driver = \"generic\"\n{inbound}\n[outbound]\n{outbound}"),
        SECRETS,
    )
}

const FORM: &str = r#"
    format = "form"
    charset = "iso-8859-15"
    authentication.basic = { user = "passerelle", password = "password" }
    fields = { from = "from", to = "to", text = "text", id = "id" }
    acknowledgement = { status = 202, content_type = "application/json", body = '{"ok":true}' }
"#;

#[test]
fn a_form_is_read_in_its_charset_and_answered_as_described() {
    let gateway = with_inbound(FORM);
    let headers = [("Authorization", "Basic cGFzc2VyZWxsZTptb3Q6ZGUgcGFzc2U=")];
    let body = "id=7&from=0033612345678&to=36000&text=%E9t%E9+%A4";
    let parsed = Call {
        headers: &headers,
        ..Call::post("/sms", body)
    }
    .to(&gateway)
    .expect("a message");
    assert_eq!(
        parsed.incoming,
        [message(Some("7"), "+33612345678", "36000", "été €")]
    );
    assert_eq!(parsed.acknowledgement.status, StatusCode::ACCEPTED);
    assert_eq!(parsed.acknowledgement.content_type, "application/json");
    assert_eq!(parsed.acknowledgement.body, r#"{"ok":true}"#);
}

#[test]
fn a_wrong_password_a_wrong_method_and_a_body_too_long_are_each_refused_for_what_they_are() {
    let gateway = with_inbound(FORM);
    let right = [("Authorization", "Basic cGFzc2VyZWxsZTptb3Q6ZGUgcGFzc2U=")];
    for wrong in [
        &[][..],
        &[("Authorization", "Basic cGFzc2VyZWxsZTptb3Q6ZGUgcGFzcw==")],
        &[("Authorization", "Basic OTptb3Q6ZGUgcGFzc2U=")],
        &[("Authorization", "Bearer cGFzc2VyZWxsZTptb3Q6ZGUgcGFzc2U=")],
        &[("Authorization", "Basic é")],
    ] {
        let refused = Call {
            headers: wrong,
            ..Call::post("/sms", "from=1&to=1")
        }
        .to(&gateway);
        assert_eq!(refused, Err(Refusal::Credentials), "{wrong:?}");
        assert_eq!(refused.unwrap_err().status(), StatusCode::UNAUTHORIZED);
    }
    let refused = Call {
        headers: &right,
        method: Method::GET,
        ..Call::post("/sms", "")
    }
    .to(&gateway);
    assert_eq!(refused, Err(Refusal::Method));
    let long = "a".repeat(MAX_BODY + 1);
    let refused = Call {
        headers: &right,
        ..Call::post("/sms", &long)
    }
    .to(&gateway);
    assert_eq!(refused.unwrap_err().status(), StatusCode::PAYLOAD_TOO_LARGE);
}

const BATCH: &str = r#"
    format = "json"
    items = "results"
    authentication.header = { name = "X-Key", secret = "key" }
    fields = { from = "source.number", to = "to[0]", text = "text", id = "id" }
    messages = { field = "kind", one_of = ["mo"] }
    [inbound.receipts]
    when = { field = "kind", one_of = ["dlr"] }
    theirs = "id"
    state = "state"
    states = { ok = "delivered" }
"#;

fn batch(body: &str) -> Result<sms::http::Parsed, Refusal> {
    Call {
        headers: &[("x-key", "cle")],
        ..Call::post("/sms", body)
    }
    .to(&with_inbound(BATCH))
}

#[test]
fn a_batch_gives_its_messages_and_receipts_in_order_and_a_bad_one_does_not_hide_the_others() {
    let body = r#"{"results":[
        {"kind":"mo","id":1,"source":{"number":"+33612345678"},"to":["36000"],"text":"un"},
        {"kind":"mo","id":2,"source":{"number":""},"to":["36000"],"text":"sans numéro"},
        {"kind":"news","id":3},
        {"kind":"dlr","id":"t-4","state":"ok"},
        {"kind":"dlr","id":"t-5","state":"?"},
        {"kind":"mo","id":6,"source":{"number":"+33612345679"},"to":["36000"]}
    ]}"#;
    let parsed = batch(body).expect("a batch");
    assert_eq!(
        parsed.incoming,
        [
            message(Some("1"), "+33612345678", "36000", "un"),
            receipt(About::Theirs("t-4".into()), ReceiptState::Delivered, None),
            receipt(About::Theirs("t-5".into()), ReceiptState::Unknown, None),
            message(Some("6"), "+33612345679", "36000", ""),
        ]
    );
    assert_eq!(parsed.unusable, 1);
    let body = r#"{"results":[{"kind":"mo"},{"kind":"dlr","id":"t-4","state":"ok"}]}"#;
    let parsed = batch(body).expect("a batch");
    assert_eq!((parsed.incoming.len(), parsed.unusable), (1, 1));
}

#[test]
fn a_secret_in_a_header_must_be_there_and_right() {
    let gateway = with_inbound(BATCH);
    let call = |headers: &[(&str, &str)]| {
        let body = r#"{"results":[]}"#;
        Call {
            headers,
            ..Call::post("/sms", body)
        }
        .to(&gateway)
        .map(|parsed| parsed.incoming)
    };
    assert_eq!(call(&[("X-Key", "cle")]), Ok(Vec::new()));
    for wrong in [
        &[][..],
        &[("X-Key", "")],
        &[("X-Key", "cl\u{e9}")],
        &[("X-Kay", "cle")],
    ] {
        assert_eq!(call(wrong), Err(Refusal::Credentials), "{wrong:?}");
    }
}

#[test]
fn an_id_that_is_empty_or_absurd_is_none() {
    for id in ["", " ", "a\\u0000b", &"9".repeat(257)] {
        let body = format!(
            r#"{{"results":[{{"kind":"mo","id":"{id}","source":{{"number":"+33612345678"}},"to":["36000"]}}]}}"#
        );
        let parsed = batch(&body).expect("a message");
        assert_eq!(parsed.incoming, [message(None, "+33612345678", "36000", "")]);
    }
}

#[test]
fn a_webhook_of_which_nothing_can_be_read_is_refused_without_repeating_it() {
    for body in [
        "",
        "{",
        "[]",
        r#"{"results":{}}"#,
        r#"{"results":[{"kind":"mo","source":{"number":"un numéro secret"},"to":["1"]}]}"#,
    ] {
        let refusal = batch(body).unwrap_err();
        assert_eq!(refusal.status(), StatusCode::BAD_REQUEST, "{body}");
        assert!(!refusal.to_string().contains("secret") && !format!("{refusal:?}").contains("secret"));
    }
    assert_eq!(batch(r#"{"results":[]}"#).expect("an empty batch").incoming, []);
    let one = r#"{"kind":"dlr","id":"t","state":"ok"},"#;
    let many = |count: usize| {
        let items = one.repeat(count);
        batch(&format!(r#"{{"results":[{}]}}"#, items.trim_end_matches(',')))
    };
    assert_eq!(many(MAX_ITEMS).expect("a full batch").incoming.len(), MAX_ITEMS);
    assert_eq!(many(MAX_ITEMS + 1), Err(Refusal::TooMany));
}

#[test]
fn signatures_hold_for_every_hash_writing_and_prefix() {
    // Made with OpenSSL: printf '%s' 'POST/sms?a=1{"from":"1"}' | openssl dgst -sha512 -hmac cle
    for (algorithm, encoding, prefix, signature) in [
        ("sha1", "hex", "", SHA1_HEX),
        ("sha256", "hex", "sha256=", SHA256_HEX),
        ("sha512", "base64", "", SHA512_BASE64),
    ] {
        let gateway = with_inbound(&format!(
            "format = \"json\"\nown_number = \"36000\"\nfields = {{ from = \"from\", text = \"text\" }}\n\
             [inbound.authentication.hmac]\nheader = \"X-Sign\"\nprefix = \"{prefix}\"\nsecret = \"key\"\n\
             algorithm = \"{algorithm}\"\nencoding = \"{encoding}\"\nsigned = \"{{method}}{{path_and_query}}{{body}}\""
        ));
        let check = |signature: &str, body: &str| {
            Call {
                headers: &[("X-Sign", signature)],
                ..Call::post("/sms?a=1", body)
            }
            .to(&gateway)
        };
        let right = format!("{prefix}{signature}");
        assert_eq!(
            check(&right, r#"{"from":"1"}"#)
                .expect("a signed message")
                .incoming,
            [message(None, "1", "36000", "")],
            "{algorithm}"
        );
        assert_eq!(check(&right, r#"{"from":"2"}"#), Err(Refusal::Signature));
        assert_eq!(check(&right[1..], r#"{"from":"1"}"#), Err(Refusal::Signature));
        assert_eq!(check("", r#"{"from":"1"}"#), Err(Refusal::Signature));
    }
}

const SHA1_HEX: &str = "7d144e6ee2454646068b38b4d654ddd02bbe0dde";
const SHA256_HEX: &str = "2d46f1630e88614777008feb57b81bfcf47fa1788b509abc416f2b4f1e88fe6e";
const SHA512_BASE64: &str =
    "vkRe0SPeXRS2VxASqcgvdp3VKk3W9/ugIDZcZy+OlJedWsNeyYivB4BIjjRr9P8CfgSii8+cLS8E2pm7WrdCOA==";

#[test]
fn descriptions_that_protect_nothing_or_cannot_work_are_refused_with_what_to_do() {
    let fields = "fields = { from = \"from\", to = \"to\", text = \"text\" }";
    let header = "authentication.header = { name = \"X-Key\", secret = \"key\" }";
    let hmac = |signed: &str| {
        format!(
            "[inbound.authentication.hmac]\nheader = \"X-Sign\"\nsecret = \"key\"\nalgorithm = \"sha256\"\n\
             encoding = \"hex\"\nsigned = \"{signed}\""
        )
    };
    for signed in [
        "{body}",
        "{sorted_parameters}",
        "{field.from}{field.to}{field.text}",
    ] {
        with_inbound(&format!("format = \"form\"\n{fields}\n{}", hmac(signed)));
    }
    for (inbound, said) in [
        (
            format!("format = \"json\"\n{fields}"),
            "anyone could write as anyone",
        ),
        (
            format!(
                "format = \"json\"\n{fields}\n{header}\nauthentication.timestamp = {{ header = \"X-Time\" }}"
            ),
            "`timestamp` protects only where",
        ),
        (
            format!(
                "format = \"json\"\n{fields}\n{}",
                hmac("{header.X-Time}{field.from}")
            ),
            "neither the whole webhook nor its sender and text",
        ),
        (
            format!("format = \"json\"\n{fields}\n{}", hmac("{path_and_query}")),
            "neither the whole webhook nor its sender and text",
        ),
        (
            format!("format = \"form\"\ncharset = \"utf-9\"\n{fields}\n{header}"),
            "inbound.charset",
        ),
        (
            format!("format = \"form\"\nitems = \"a\"\n{fields}\n{header}"),
            "inbound.items",
        ),
        (
            format!("format = \"json\"\n{header}\nfields = {{ from = \"from\", text = \"text\" }}"),
            "inbound.own_number",
        ),
        (
            format!("format = \"json\"\n{fields}\n{header}\nacknowledgement.status = 302"),
            "200 to 299",
        ),
        (
            format!(
                "format = \"json\"\n{fields}\nauthentication.header = {{ name = \"X\", secret = \"none\" }}"
            ),
            "`none` is not set",
        ),
        (
            format!(
                "format = \"json\"\n{fields}\n{header}\n[inbound.receipts]\nwhen = {{ field = \"a\" }}\nstate = \"a\"\nstates = {{}}"
            ),
            "`ours` or `theirs`",
        ),
    ] {
        let error = described(&inbound).expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn unknown_keys_blanks_and_paths_are_refused_by_name() {
    let parse = |text: &str| {
        let text = format!("driver = \"generic\"\n{text}");
        toml::from_str::<sms::http::Configuration>(&text)
            .expect_err("a mistake")
            .to_string()
    };
    let inbound =
        "[inbound]\nformat = \"json\"\nfields = { from = \"from\", to = \"to\", text = \"text\" }\n";
    let outbound = "[outbound]\nurl = \"https://a.example\"\n";
    for (text, said) in [
        (format!("{inbound}charest = \"utf-8\"\n{outbound}"), "charest"),
        (format!("{inbound}{outbound}heders = {{}}"), "heders"),
        (
            format!(
                "{inbound}authentication.hmac = {{ header = \"a\", secret = \"a\", algorithm = \"sha256\", signed = \"{{body}}\", sing = 1 }}\n{outbound}"
            ),
            "sing",
        ),
        (
            format!(
                "{inbound}authentication.hmac = {{ header = \"a\", secret = \"a\", algorithm = \"md5\", signed = \"{{body}}\" }}\n{outbound}"
            ),
            "md5",
        ),
        (
            format!(
                "{inbound}authentication.hmac = {{ header = \"a\", secret = \"a\", algorithm = \"sha1\", signed = \"{{boby}}\" }}\n{outbound}"
            ),
            "{boby}",
        ),
        (
            format!("{inbound}{outbound}query = {{ a = \"{{too}}\" }}"),
            "{too}",
        ),
        (
            format!("{}\n{outbound}", inbound.replace("\"text\"", "\"text[\"")),
            "text[",
        ),
        (
            format!("{inbound}authentication.source_addresses = [\"1.2.3\"]\n{outbound}"),
            "1.2.3",
        ),
    ] {
        let error = parse(&text);
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn what_fills_a_url_a_header_and_json_is_escaped_for_its_place() {
    let gateway = with_outbound(
        "url = \"https://gateway.example/{from}/send?text={text}\"\nquery = { to = \"{to}\" }\nheaders = { X-Id = \"n° {id}\" }\n\
         json = { text = \"{text}\", literal = \"{{text}}\", minutes = \"{validity_minutes}\", both = \"{validity_seconds}s\" }",
    )
    .expect("a configuration that works");
    let request = gateway.request(&outbound("a&b=\"c\"/?#é")).expect("a request");
    assert_eq!(
        request.url.as_str(),
        "https://gateway.example/%2B33937000000/send?text=a%26b%3D%22c%22%2F%3F%23%C3%A9&to=%2B33612345678"
    );
    assert_eq!(request.headers["x-id"].as_bytes(), "n° piece-1".as_bytes());
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&request.body).expect("JSON"),
        serde_json::json!({"text": "a&b=\"c\"/?#é", "literal": "{text}", "minutes": 60, "both": "3600s"})
    );
    let shown = format!("{gateway:?} {request:?} {:?}", request.headers);
    assert!(!shown.contains("612345678") && !shown.contains("a&b"), "{shown}");
}

#[test]
fn secrets_are_in_the_request_and_in_no_debug_output() {
    let gateway = with_outbound(
        "url = \"https://gateway.example/{secret.key}\"\nheaders = { X-Key = \"{secret.key}\" }\nform = { password = \"{secret.password}\" }",
    )
    .expect("a configuration that works");
    let request = gateway.request(&outbound("a")).expect("a request");
    assert_eq!(request.body, b"password=mot%3Ade+passe");
    assert_eq!(request.headers["x-key"], "cle");
    let shown = format!("{gateway:?} {request:?} {:?}", request.headers);
    assert!(
        !shown.contains("mot:de passe") && !shown.contains("\"cle\""),
        "{shown}"
    );
    // A secret that would end the header early is refused, not sent.
    let broken =
        with_outbound("url = \"https://gateway.example\"\nheaders = { X-Token = \"{secret.token}\" }");
    let refused = broken
        .expect("a configuration that works")
        .request(&outbound("a"));
    assert!(matches!(refused, Err(Submission::Refused { .. })));
}

#[test]
fn requests_that_cannot_be_are_refused_when_the_configuration_is_read() {
    for (outbound, said) in [
        ("url = \"gateway.example\"", "outbound.url"),
        ("url = \"ftp://gateway.example\"", "outbound.url"),
        (
            "url = \"https://gateway.example\"\nmethod = \"get\"",
            "outbound.method",
        ),
        (
            "url = \"https://gateway.example\"\nmethod = \"GET\"\nform = {}",
            "outbound.query",
        ),
        (
            "url = \"https://gateway.example\"\njson = {}\nform = {}",
            "outbound.form",
        ),
        (
            "url = \"https://gateway.example\"\njson = { a = [{ b = \"{c}\" }] }",
            "outbound.json",
        ),
        (
            "url = \"https://gateway.example\"\njson = { a = [{ b = \"{secret.c}\" }] }",
            "`c` is not set",
        ),
        (
            "url = \"https://gateway.example\"\nheaders = { \"a b\" = \"\" }",
            "outbound.headers",
        ),
    ] {
        let error = with_outbound(outbound).expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn classes_of_answers_can_be_described() {
    let gateway = with_outbound(
        "url = \"https://gateway.example\"\n[outbound.response]\nid = \"id\"\ndeferred_http = [500]\nrefused_http = [404]",
    )
    .expect("a configuration that works");
    let outcome = |status: u16, body: &str| gateway.outcome(&response(status, body));
    assert_eq!(
        outcome(200, "{\"id\":12}"),
        Submission::Accepted {
            id: Some("12".into())
        }
    );
    assert_eq!(outcome(204, ""), Submission::Accepted { id: None });
    assert!(matches!(outcome(500, ""), Submission::Deferred { .. }));
    assert!(matches!(outcome(404, ""), Submission::Refused { .. }));
    assert!(matches!(outcome(502, ""), Submission::Ambiguous { .. }));
    assert!(matches!(outcome(302, ""), Submission::Deferred { .. }));
    assert!(matches!(outcome(422, ""), Submission::Refused { .. }));
}
