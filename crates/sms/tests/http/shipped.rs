//! Each described gateway that ships reads its documented webhooks and makes its documented request.

use chrono::DateTime;
use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};
use sha2::Sha256;
use sms::http::{Gateway, Refusal};
use sms::message::{About, Concatenation, Incoming, ReceiptState, Submission};

use crate::support::{Call, gateway, message, outbound, receipt, response};

fn shipped(name: &str) -> Gateway {
    let path = format!("{}/gateways/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a shipped gateway");
    let secrets = [
        ("ovhcloud-callback-key", "cle"),
        ("ovhcloud-account", "sms-xx11111-1"),
        ("ovhcloud-login", "mairie"),
        ("ovhcloud-password", "secret&1"),
        ("vonage-signature-secret", "signature"),
        ("vonage-api-key", "abcd1234"),
        ("vonage-api-secret", "secret"),
        ("octopush-callback-key", "cle"),
        ("octopush-login", "mairie@ville.example"),
        ("octopush-key", "secret"),
        ("smsfactor-signature", "mysignature123"),
        ("smsfactor-token", "your.token"),
        ("sms-gate-signing-key", "signature"),
        ("sms-gate-password", "secret"),
    ];
    gateway(&text, &secrets).expect("a configuration that works")
}

fn accepted(id: &str) -> Submission {
    Submission::Accepted {
        id: Some(id.to_owned()),
    }
}

fn hmac_sha256(key: &str, text: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key");
    hex::encode(mac.chain_update(text).finalize().into_bytes())
}

#[test]
fn every_shipped_gateway_is_tested_here() {
    let folder = format!("{}/gateways", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("a name"))
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "octopush.toml",
            "ovhcloud.toml",
            "sms-gate.toml",
            "smsfactor.toml",
            "vonage.toml"
        ]
    );
}

#[test]
fn ovhcloud_replies_and_receipts_are_read_by_those_who_know_the_key() {
    let gateway = shipped("ovhcloud");
    let reply =
        "/sms/ovhcloud?key=cle&id=42&sender=%2B33612345678&message=piscine+dimanche+%3F+%C3%A9t%C3%A9";
    assert_eq!(
        Call::get(reply).to(&gateway).expect("a reply").incoming,
        [message(
            Some("42"),
            "+33612345678",
            "36000",
            "piscine dimanche ? été"
        )]
    );
    for (ptt, state) in [
        ("2", ReceiptState::Enroute),
        ("4", ReceiptState::Delivered),
        ("8", ReceiptState::Expired),
        ("202", ReceiptState::Unknown),
    ] {
        let path = format!(
            "/sms/ovhcloud?key=cle&id=10867690&ptt={ptt}&date=2026-11-23&description=1&descriptionDlr=Success"
        );
        assert_eq!(
            Call::get(&path).to(&gateway).expect("a receipt").incoming,
            [receipt(About::Theirs("10867690".into()), state, Some(ptt))]
        );
    }
    assert_eq!(
        Call::get(&reply.replace("key=cle", "key=clef")).to(&gateway),
        Err(Refusal::Credentials)
    );
}

#[test]
fn ovhcloud_is_given_texts_by_http2sms() {
    let gateway = shipped("ovhcloud");
    let request = gateway.request(&outbound("fermé & réouvert")).expect("a request");
    assert_eq!(request.method, Method::GET);
    let (base, query) = request.url.as_str().split_once('?').expect("a query");
    assert_eq!(base, "https://www.ovh.com/cgi-bin/sms/http2sms.cgi");
    assert_eq!(
        query,
        "SMSencoding=1&account=sms-xx11111-1&contentType=application%2Fjson&login=mairie\
         &message=ferm%C3%A9+%26+r%C3%A9ouvert&noStop=1&password=secret%261&senderForResponse=1&to=0033612345678"
    );
    let unicode = gateway.request(&outbound("Привет")).expect("a request");
    assert!(unicode.url.as_str().contains("SMSencoding=2"));
    let outcome = |body: &str| gateway.outcome(&response(200, body));
    assert_eq!(
        outcome(r#"{"status":100,"creditLeft":"1987","SmsIds":["10867690"]}"#),
        accepted("10867690")
    );
    let refused = outcome(r#"{"status":201,"message":"Missing message."}"#);
    assert!(
        matches!(&refused, Submission::Refused { detail } if detail.contains("201")),
        "{refused:?}"
    );
    assert!(matches!(
        outcome(r#"{"status":401,"message":"IP"}"#),
        Submission::Deferred { .. }
    ));
    assert!(matches!(outcome("OK"), Submission::Ambiguous { .. }));
}

fn vonage(mut fields: Value) -> String {
    let object = fields.as_object_mut().expect("an object");
    let signed: String = object
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().expect("a text").replace(['&', '='], "_");
            format!("&{name}={value}")
        })
        .collect();
    let signature = hmac_sha256("signature", &signed).to_uppercase();
    object.insert("sig".to_owned(), signature.into());
    fields.to_string()
}

#[test]
fn vonage_webhooks_are_read_when_their_signature_holds() {
    let gateway = shipped("vonage");
    let inbound = json!({
        "msisdn": "33612345678",
        "to": "33644000000",
        "messageId": "0A0000000123ABCD1",
        "text": "Hello = & world",
        "type": "text",
        "keyword": "HELLO",
        "api-key": "abcd1234",
        "message-timestamp": "2020-01-01T12:00:00.000+00:00",
        "timestamp": "1578787200",
        "nonce": "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
        "concat": "true",
        "concat-ref": "1",
        "concat-total": "3",
        "concat-part": "2",
    });
    let body = vonage(inbound);
    let now = |seconds| DateTime::from_timestamp(seconds, 0).expect("an instant");
    let call = |body: &str, seconds| {
        let call = Call {
            now: now(seconds),
            ..Call::post("/sms/vonage", body)
        };
        call.to(&gateway)
    };
    let Incoming::Message(mut expected) = message(
        Some("0A0000000123ABCD1"),
        "+33612345678",
        "+33644000000",
        "Hello = & world",
    ) else {
        panic!("a message")
    };
    expected.concatenation = Concatenation::new(1, 3, 2);
    assert_eq!(
        call(&body, 1_578_787_260).expect("a message").incoming,
        [Incoming::Message(expected)]
    );
    let changed = body.replace("Hello =", "Adieu =");
    assert_eq!(call(&changed, 1_578_787_260), Err(Refusal::Signature));
    assert_eq!(call(&body, 1_578_787_200 + 90_001), Err(Refusal::Replay));
    let unsigned = r#"{"msisdn":"33612345678","to":"33644000000","text":"a","type":"text"}"#;
    assert_eq!(call(unsigned, 1_578_787_260), Err(Refusal::Signature));
    let delivered = vonage(json!({
        "msisdn": "33612345678",
        "to": "33644000000",
        "network-code": "12345",
        "messageId": "0A0000001234567B",
        "price": "0.03330000",
        "status": "expired",
        "scts": "2001011400",
        "err-code": "1",
        "api-key": "abcd1234",
        "client-ref": "piece-1",
        "message-timestamp": "2020-01-01T12:00:00.000+00:00",
        "timestamp": "1578787200",
    }));
    assert_eq!(
        call(&delivered, 1_578_787_260).expect("a receipt").incoming,
        [receipt(
            About::Ours("piece-1".into()),
            ReceiptState::Expired,
            Some("1")
        )]
    );
}

#[test]
fn vonage_is_given_texts_and_tells_what_became_of_them() {
    let gateway = shipped("vonage");
    let request = gateway.request(&outbound("été 100 %")).expect("a request");
    assert_eq!(request.url.as_str(), "https://rest.nexmo.com/sms/json");
    assert_eq!(
        String::from_utf8(request.body).expect("a form"),
        "api_key=abcd1234&api_secret=secret&client-ref=piece-1&from=33937000000&status-report-req=1\
         &text=%C3%A9t%C3%A9+100+%25&to=33612345678&ttl=3600000&type=text"
    );
    let outcome = |status: &str| {
        let body = json!({"message-count": "1", "messages": [{
            "to": "33612345678", "message-id": "0A0000000123ABCD1", "status": status, "network": "12345"
        }]});
        gateway.outcome(&response(200, &body.to_string()))
    };
    assert_eq!(outcome("0"), accepted("0A0000000123ABCD1"));
    assert!(matches!(outcome("1"), Submission::Deferred { .. }));
    assert!(matches!(outcome("5"), Submission::Ambiguous { .. }));
    assert!(matches!(outcome("7"), Submission::Refused { .. }));
}

#[test]
fn octopush_replies_and_receipts_are_read() {
    let gateway = shipped("octopush");
    let reply = json!({
        "message_id": "sms_5fa275dbf21dc",
        "number": "+33600000000",
        "text": "some reply",
        "sim_card_number": "12345",
        "reception_date": "2020-11-04 11:11:45",
    });
    let call = |body: &Value| Call::post("/sms/octopush?key=cle", &body.to_string()).to(&gateway);
    assert_eq!(
        call(&reply).expect("a reply").incoming,
        [message(None, "+33600000000", "12345", "some reply")]
    );
    let delivered = json!({
        "channel": "sms",
        "message_id": "sms_0000000000000000000000",
        "list_name": "List Name",
        "number": "+33600112233",
        "status": "DELIVERED",
        "unit_price": 0.5,
        "delivery_date": "2025-01-22 11:46:06",
        "meta_data": {},
    });
    let about = About::Theirs("sms_0000000000000000000000".into());
    assert_eq!(
        call(&delivered).expect("a receipt").incoming,
        [receipt(about, ReceiptState::Delivered, None)]
    );
    let without_key = Call::post("/sms/octopush", &reply.to_string()).to(&gateway);
    assert_eq!(without_key, Err(Refusal::Credentials));
}

#[test]
fn octopush_is_given_texts_once_each() {
    let gateway = shipped("octopush");
    let request = gateway.request(&outbound("Ouvert à \"9 h\"")).expect("a request");
    assert_eq!(
        request.url.as_str(),
        "https://api.octopush.com/v1/public/sms-campaign/send"
    );
    assert_eq!(request.headers["api-login"], "mairie@ville.example");
    assert_eq!(request.headers["api-key"], "secret");
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).expect("JSON"),
        json!({
            "recipients": [{"phone_number": "+33612345678"}],
            "text": "Ouvert à \"9 h\"",
            "type": "sms_premium",
            "purpose": "alert",
            "with_replies": true,
            "auto_optimize_text": false,
            "request_id": "piece-1",
        })
    );
    let answer = r#"{"sms_ticket":"sms_5fa275dbf21dc","number_of_contacts":1,"total_cost":0.05}"#;
    assert_eq!(
        gateway.outcome(&response(201, answer)),
        accepted("sms_5fa275dbf21dc")
    );
    assert!(matches!(
        gateway.outcome(&response(400, "{}")),
        Submission::Refused { .. }
    ));
    assert!(matches!(
        gateway.outcome(&response(402, "{}")),
        Submission::Deferred { .. }
    ));
}

#[test]
fn smsfactor_replies_and_receipts_are_read_from_its_addresses_alone() {
    let gateway = shipped("smsfactor");
    let reply = json!({
        "date": "2017-08-07T13:01:29+02:00",
        "message": "Webhooks are awesome!",
        "from": "33612345678",
        "account_id": "1234",
        "last_message_id": "your_gsmsmsid",
    });
    let headers = [("X-SMSFactor-Signature", "mysignature123")];
    let call = |body: &Value, peer: &str| {
        let text = body.to_string();
        Call {
            headers: &headers,
            peer,
            ..Call::post("/sms/smsfactor", &text)
        }
        .to(&gateway)
    };
    assert_eq!(
        call(&reply, "51.159.7.123").expect("a reply").incoming,
        [message(None, "+33612345678", "36000", "Webhooks are awesome!")]
    );
    assert_eq!(call(&reply, "51.159.7.124"), Err(Refusal::Source));
    let delivered = json!({
        "date": "2018-01-16T11:55:12+01:00",
        "status": 3,
        "destination": "33612345678",
        "message_id": "piece-1",
        "campaign_id": "15948909",
        "country_code": "FR",
    });
    assert_eq!(
        call(&delivered, "51.159.21.54").expect("a receipt").incoming,
        [receipt(
            About::Ours("piece-1".into()),
            ReceiptState::Delivered,
            Some("3")
        )]
    );
    let text = reply.to_string();
    let unsigned = Call {
        peer: "51.159.7.123",
        ..Call::post("/sms/smsfactor", &text)
    }
    .to(&gateway);
    assert_eq!(unsigned, Err(Refusal::Credentials));
}

#[test]
fn smsfactor_is_given_texts_as_a_campaign_of_one() {
    let gateway = shipped("smsfactor");
    let request = gateway.request(&outbound("Message via API")).expect("a request");
    assert_eq!(request.url.as_str(), "https://api.smsfactor.com/send");
    assert_eq!(request.headers[AUTHORIZATION], "Bearer your.token");
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).expect("JSON"),
        json!({"sms": {
            "message": {
                "text": "Message via API", "pushtype": "alert", "sender": "33937000000", "unicode": "0"
            },
            "recipients": {"gsm": [{"gsmsmsid": "piece-1", "value": "33612345678"}]},
        }})
    );
    let outcome = |status: i32| {
        let body = json!({"status": status, "message": "OK", "ticket": "14672468", "sent": 1});
        gateway.outcome(&response(200, &body.to_string()))
    };
    assert_eq!(outcome(1), accepted("14672468"));
    assert_eq!(outcome(-8), accepted("14672468"));
    assert!(matches!(outcome(-1), Submission::Deferred { .. }));
    assert!(matches!(outcome(-7), Submission::Refused { .. }));
}

#[test]
fn sms_gate_events_are_read_when_signed_in_the_last_minutes() {
    let gateway = shipped("sms-gate");
    let call = |event: &str, payload: Value, seconds| {
        let body = json!({
            "deviceId": "ffffffffceb0b1db0000018e937c815b",
            "event": event,
            "id": "Ey6ECgOkVVFjz3CL48B8C",
            "payload": payload,
            "webhookId": "LreFUt-Z3sSq0JufY9uWB",
        })
        .to_string();
        let signature = hmac_sha256("signature", &format!("{body}1719070000"));
        let headers = [("X-Signature", signature.as_str()), ("X-Timestamp", "1719070000")];
        let now = DateTime::from_timestamp(seconds, 0).expect("an instant");
        Call {
            headers: &headers,
            now,
            ..Call::post("/sms/sms-gate", &body)
        }
        .to(&gateway)
    };
    let received = json!({
        "messageId": "abc123",
        "message": "Android is always a sweet treat!",
        "phoneNumber": "6505551212",
        "simNumber": 1,
        "receivedAt": "2024-06-22T15:46:11.000+07:00",
    });
    assert_eq!(
        call("sms:received", received.clone(), 1_719_070_010)
            .expect("a message")
            .incoming,
        [message(
            Some("Ey6ECgOkVVFjz3CL48B8C"),
            "6505551212",
            "+33600000000",
            "Android is always a sweet treat!"
        )]
    );
    assert_eq!(
        call("sms:received", received, 1_719_070_301),
        Err(Refusal::Replay)
    );
    let about = || About::Ours("piece-1".into());
    let sent = json!({"messageId": "piece-1", "phoneNumber": "+33612345678", "simNumber": null});
    for (event, state) in [
        ("sms:sent", ReceiptState::Accepted),
        ("sms:delivered", ReceiptState::Delivered),
        ("sms:failed", ReceiptState::Undeliverable),
    ] {
        assert_eq!(
            call(event, sent.clone(), 1_719_070_010)
                .expect("a receipt")
                .incoming,
            [receipt(about(), state, None)]
        );
    }
    let ping = call("system:ping", json!({"health": {}}), 1_719_070_010).expect("a ping");
    assert_eq!((ping.incoming.len(), ping.unusable), (0, 0));
}

#[test]
fn sms_gate_is_given_texts_with_our_id() {
    let gateway = shipped("sms-gate");
    let request = gateway.request(&outbound("Ouvert")).expect("a request");
    assert_eq!(
        request.url.as_str(),
        "https://api.sms-gate.app/3rdparty/v1/messages"
    );
    assert_eq!(request.headers[AUTHORIZATION], "Basic VVNFUjpzZWNyZXQ=");
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).expect("JSON"),
        json!({
            "id": "piece-1",
            "textMessage": {"text": "Ouvert"},
            "phoneNumbers": ["+33612345678"],
            "ttl": 3600,
            "withDeliveryReport": true,
        })
    );
    let answer = r#"{"id":"piece-1","state":"Pending","recipients":[]}"#;
    assert_eq!(gateway.outcome(&response(202, answer)), accepted("piece-1"));
}
