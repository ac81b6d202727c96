//! By SMPP: the npm package `smpp` as the operator.

use super::peers::{Smsc, free_ports};
use super::{metric, serve, town};
use crate::support::{Installation, PATIENCE};
use serde_json::{Value, json};

pub(super) fn by_smpp(smsc_port: u16, site: &str) -> Installation {
    town(
        site,
        &format!(
            "driver = \"smpp\"\nhost = \"127.0.0.1\"\nport = {smsc_port}\nsystem_id = \"parvis\"\npassword = \"password\"\n\
             window = 50\n[gateway.secrets]\npassword = {{ env = \"TOWN_PASSWORD\" }}"
        ),
    )
}

/// A message from a telephone to the town.
pub(super) fn deliver(from: &str, text: &str, mark: u64) -> Value {
    json!({ "deliver": {
        "source_addr_ton": 1,
        "source_addr_npi": 1,
        "source_addr": from,
        "destination_addr": "36555",
        "short_message": { "message": text },
        "mark": mark,
    } })
}

#[test]
fn a_message_is_acknowledged_once_stored_and_answered_in_segments_with_receipts() {
    let mut smsc = Smsc::start(&json!({ "receipts": "late" }));
    let installation = by_smpp(smsc.port, "public_url = \"https://ville-de-moulin.example\"");
    let [port] = free_ports();
    let server = serve(&installation, port);
    assert_eq!(smsc.next("bind")["command"], "bind_transceiver");
    crate::support::wait_until("session bound", || {
        metric(&server, "parvis_smpp_bound{gateway=\"kannel\"}") == 1
    });
    smsc.order(&deliver(
        "33612345678",
        "la carte de bibliotheque est gratuite ?",
        1,
    ));
    let answer = smsc.next("answer");
    assert_eq!((&answer["mark"], &answer["status"]), (&json!(1), &json!(0)));
    // A telephone puts them in order whatever the one they come in; not every operator does.
    let parts = [smsc.next("submit"), smsc.next("submit")];
    let text = parts
        .each_ref()
        .map(|part| part["text"].as_str().unwrap())
        .concat();
    assert!(
        text.starts_with("La carte de bibliothèque est gratuite pour tous")
            && text.contains("https://ville-de-moulin.example/r/"),
        "{text}"
    );
    for (at, part) in parts.iter().enumerate() {
        assert_eq!(part["to"][2], "33612345678");
        assert_eq!(part["from"][2], "36555");
        let udh = part["udh"][0].as_str().unwrap();
        assert!(udh.ends_with(&format!("020{}", at + 1)), "{udh}");
    }
    // The same words at once again are the same message; a keyword is a wish each time.
    smsc.order(&deliver(
        "33612345678",
        "la carte de bibliotheque est gratuite ?",
        2,
    ));
    smsc.order(&deliver("33612345678", "CONTACT", 3));
    assert!(
        smsc.next("submit")["text"]
            .as_str()
            .unwrap()
            .contains("Ville de Moulin")
    );
    let text = server.get("/metrics").text();
    for line in [
        "parvis_smpp_total{gateway=\"kannel\",event=\"submitted\"} 3",
        "parvis_sms_segments{site=\"moulin\",period=\"day\"} 3",
    ] {
        assert!(text.lines().any(|told| told == line), "{line} is not in {text}");
    }
    server.signal("-TERM");
    let mut ended = Vec::new();
    loop {
        let event = smsc.events.recv_timeout(PATIENCE).unwrap();
        assert_ne!(event["event"], "submit", "answered twice");
        let name = event["event"].as_str().unwrap().to_owned();
        ended.push(name.clone());
        if name == "closed" {
            break;
        }
    }
    assert!(
        ended.contains(&"unbind".to_owned()),
        "{ended:?}: {}",
        server.log()
    );
    let mut server = server;
    assert!(server.wait().success());
    assert!(!server.log().contains("612345678"), "{}", server.log());
}
