//! Whatever comes in, it is read or refused, and what is written can be read.

use proptest::prelude::*;
use sms::http::Gateway;
use sms::message::{Address, Incoming};
use url::form_urlencoded;

use crate::support::{Call, gateway, outbound};

fn generic(format: &str) -> Gateway {
    let toml = format!(
        "driver = \"generic\"\n[inbound]\nformat = \"{format}\"\nauthentication.source_addresses = [\"::/0\", \"0.0.0.0/0\"]\n\
         fields = {{ from = \"from\", to = \"to\", text = \"text\", id = \"id\" }}\n\
         [outbound]\nurl = \"https://gateway.example\"\njson = {{ from = \"{{from}}\", to = \"{{to}}\", text = \"{{text}}\", id = \"{{id}}\" }}\n"
    );
    gateway(&toml, &[]).expect("a configuration that works")
}

fn all() -> Vec<Gateway> {
    let kannel = "driver = \"kannel\"\nsendsms_url = \"http://127.0.0.1\"\nusername = \"u\"\npassword = \"s\"\n\
                  webhook_url = \"http://127.0.0.1\"\ntoken = \"s\"";
    let mut gateways = vec![gateway(kannel, &[("s", "s")]).expect("a Kannel")];
    gateways.extend(["json", "form", "query"].map(generic));
    gateways
}

proptest! {
    #[test]
    fn any_octets_are_read_or_refused(body: Vec<u8>, query in "[ -~é]{0,60}") {
        for gateway in all() {
            for path in [format!("/sms?{query}"), format!("/sms?token=s&{query}")] {
                let call = Call { body: &body, ..Call::post(&path, "") };
                if let Err(refusal) = call.to(&gateway) {
                    prop_assert!(refusal.status().is_client_error());
                }
            }
        }
    }

    #[test]
    fn any_text_comes_through_a_form_a_query_and_json(text in "\\PC{0,300}", id in "[A-Za-z0-9-]{1,36}") {
        let pairs = [("from", "+33612345678"), ("to", "36000"), ("text", &text), ("id", &id)];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let json = serde_json::Value::from_iter(pairs).to_string();
        let path = format!("/sms?{form}");
        for (format, call) in [
            ("form", Call::post("/sms", &form)),
            ("query", Call::get(&path)),
            ("json", Call::post("/sms", &json)),
        ] {
            let parsed = call.to(&generic(format)).expect("a message");
            let [Incoming::Message(message)] = parsed.incoming.as_slice() else {
                panic!("one message");
            };
            prop_assert_eq!(&message.text, &text);
            prop_assert_eq!(message.id.as_ref(), Some(&id));
        }
    }

    #[test]
    fn what_one_writes_another_reads(text in "[a-zA-Z0-9 éèàù\"\\\\{}&=+%/?#<>@]{0,200}") {
        let gateway = generic("json");
        let request = gateway.request(&outbound(&text)).expect("a request");
        let body = String::from_utf8(request.body).expect("JSON");
        let parsed = Call::post("/sms", &body).to(&gateway).expect("a message");
        let [Incoming::Message(message)] = parsed.incoming.as_slice() else {
            panic!("one message");
        };
        prop_assert_eq!(&message.text, &text);
        prop_assert_eq!(&message.from, &Address::parse("+33937000000").expect("an address"));
    }
}
