//! Through Jasmin to an SMSC: occasional runs, since they take RabbitMQ, Redis and packages of Python.

use super::peers::jasmin::Jasmin;
use super::peers::{Smsc, free_ports};
use super::serve;
use super::smpp::{by_smpp, deliver};
use crate::support::{Installation, assert_success, wait_until};
use serde_json::{Value, json};

const RESIDENT: &str = "33612345678";
const NEIGHBOUR: &str = "33698765432";
const QUESTION: &str = "la carte de bibliotheque est gratuite ?";

/// GSM cannot carry the answer, and it takes two segments.
const LANGUAGES: &str = "---\nid: langues\ntitle: Café des langues\n---\n# Café des langues\n\nAu café des langues, \
     Наталья и Олег учат русскому языку каждый вторник в библиотеке.\n";

const STATES: &str = "import json, sqlite3, sys\n\
                      database = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)\n\
                      states = database.execute('SELECT state, count(*) FROM sms_outbox GROUP BY state')\n\
                      print(json.dumps(dict(states.fetchall())))\n";

/// An SMSC whose receipts follow its responses, and Jasmin bound to it.
fn start() -> (Smsc, Jasmin, Installation) {
    let smsc = Smsc::start(&json!({ "receipts": "late" }));
    let jasmin = Jasmin::start(&smsc);
    assert_eq!(smsc.next("bind")["system_id"], "jasmin");
    let installation = by_smpp(jasmin.port, "public_url = \"https://ville-de-moulin.example\"");
    (smsc, jasmin, installation)
}

fn publish(installation: &Installation, page: &str) {
    let file = installation.path("page.md");
    std::fs::write(&file, page).unwrap();
    let mut command = installation.command();
    command
        .args(["import", "--site", "moulin", "--as", "Ana", "--trusted-by", "Bob"])
        .arg(file);
    assert_success(&command.output().unwrap());
}

/// The next answers to some telephones, each by its segments in order.
fn answers<const N: usize>(smsc: &Smsc, telephones: [&str; N]) -> [Vec<Value>; N] {
    let mut answers = telephones.map(|_| Vec::new());
    while !answers.iter().all(|segments| is_whole(segments)) {
        let segment = smsc.next("submit");
        let to = telephones
            .iter()
            .position(|telephone| segment["to"][2] == *telephone);
        answers[to.unwrap()].push(segment);
    }
    for segments in &mut answers {
        segments.sort_by_key(|segment| segment["udh"][0].as_str().map(str::to_owned));
    }
    answers
}

fn is_whole(segments: &[Value]) -> bool {
    segments.first().is_some_and(|segment| {
        let header = segment["udh"][0].as_str();
        let total = header.map_or(1, |header| {
            header[header.len() - 4..header.len() - 2].parse().unwrap()
        });
        segments.len() == total
    })
}

fn text(segments: &[Value]) -> String {
    segments
        .iter()
        .map(|segment| segment["text"].as_str().unwrap())
        .collect()
}

fn is_about_the_card(answer: &[Value]) -> bool {
    text(answer).starts_with("La carte de bibliothèque est gratuite pour tous")
}

/// Waits until so many segments were sent, and each has its receipt.
fn wait_for_receipts(installation: &Installation, segments: usize) {
    let expected = json!({ "delivered": segments });
    wait_until("a receipt for each segment", || {
        let said = Jasmin::python(STATES, &installation.data().join("parvis.db"));
        serde_json::from_str::<Value>(&said).unwrap() == expected
    });
}

#[test]
#[ignore = "needs RabbitMQ, Redis and PyPI: CONTRIBUTING.md says how to run it"]
fn questions_through_jasmin_are_answered_and_the_receipts_of_all_segments_matched() {
    let (mut smsc, _jasmin, installation) = start();
    publish(&installation, LANGUAGES);
    let [port] = free_ports();
    let server = serve(&installation, port);

    smsc.order(&deliver(RESIDENT, QUESTION, 1));
    let [gsm] = answers(&smsc, [RESIDENT]);
    assert_eq!(gsm.len(), 2);
    assert!(is_about_the_card(&gsm), "{gsm:?}");
    assert!(
        text(&gsm).contains("https://ville-de-moulin.example/r/"),
        "{gsm:?}"
    );
    for part in &gsm {
        assert_eq!(part["data_coding"], 0);
        assert_eq!(part["from"], json!([3, 0, "36555"]));
        assert_eq!(part["to"], json!([1, 1, RESIDENT]));
        assert_eq!(part["registered_delivery"], 1);
        assert!(part["validity_minutes"].is_number(), "{part}");
    }

    smsc.order(&deliver(RESIDENT, "c'est quand le café des langues ?", 2));
    let [ucs2] = answers(&smsc, [RESIDENT]);
    assert_eq!(ucs2.len(), 2);
    assert!(
        text(&ucs2).starts_with(
            "Au café des langues, Наталья и Олег учат русскому языку каждый вторник в библиотеке."
        ),
        "{ucs2:?}"
    );
    assert!(ucs2.iter().all(|part| part["data_coding"] == 8), "{ucs2:?}");

    // Jasmin puts the parts of a long message together.
    let courtesies =
        "Bonjour à toute l'équipe de la médiathèque, et merci pour votre accueil de la semaine dernière. ";
    for (part, words) in [(1, courtesies), (2, QUESTION)] {
        let mut order = deliver(NEIGHBOUR, words, 2 + part);
        order["deliver"]["short_message"]["udh"] = json!({ "hex": format!("0500032a020{part}") });
        smsc.order(&order);
    }
    let [joined] = answers(&smsc, [NEIGHBOUR]);
    assert!(is_about_the_card(&joined), "{joined:?}");

    wait_for_receipts(&installation, gsm.len() + ucs2.len() + joined.len());
    for secret in [RESIDENT, NEIGHBOUR, "bibliotheque"] {
        assert!(!server.log().contains(secret), "{}", server.log());
    }
    server.stop();
}

#[test]
#[ignore = "needs RabbitMQ, Redis and PyPI: CONTRIBUTING.md says how to run it"]
fn what_jasmin_brings_while_we_die_and_while_we_are_gone_is_answered_once() {
    let (mut smsc, jasmin, installation) = start();
    let [port] = free_ports();
    let mut server = serve(&installation, port);
    wait_until("a bind", || {
        jasmin.log().contains("Added CommandId.bind_transceiver")
    });

    server.signal("-STOP");
    smsc.order(&deliver(RESIDENT, QUESTION, 1));
    wait_until("a delivery under way", || {
        jasmin
            .log()
            .contains("Sending PDU: PDU [command: CommandId.deliver_sm")
    });
    server.signal("-KILL");
    server.wait();
    smsc.order(&deliver(NEIGHBOUR, "CONTACT", 2));
    assert_eq!(smsc.next("answer")["status"], 0);

    let server = serve(&installation, port);
    let [card, contact] = answers(&smsc, [RESIDENT, NEIGHBOUR]);
    assert!(is_about_the_card(&card), "{card:?}");
    assert!(text(&contact).contains("Ville de Moulin"), "{contact:?}");
    wait_for_receipts(&installation, contact.len() + card.len());
    server.stop();
    let more = smsc.events.try_iter().any(|event| event["event"] == "submit");
    assert!(!more, "answered twice");
}
