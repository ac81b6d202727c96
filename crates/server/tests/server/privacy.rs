//! The canary: what residents write stays out of the files, the logs, the metrics and the error pages.

use crate::support::{Installation, Response, Server};
use regex::bytes::Regex;
use serde_json::json;
use std::path::Path;

const QUESTIONS: usize = 200;

/// What one resident writes; each part is found nowhere else.
struct Canary {
    parts: Vec<String>,
    question: String,
}

fn canary(number: usize) -> Canary {
    let letters: String = format!("{number:03}")
        .bytes()
        .map(|digit| char::from(b'a' + digit - b'0'))
        .collect();
    let surname = format!("Zibrowicz{letters}");
    let email = format!("zibro.{letters}@kanar-{letters}.example");
    let phone = format!("06 98 7{} {}{} 41", number % 10, number / 10 % 10, number / 100);
    let street = format!("{} rue du Canari-{letters}", 300 + number);
    let iban = format!("FR76 3000 6000 0112 3456 7{number:03} 189");
    let question = format!(
        "Bonjour, je suis Madame {surname}, j’habite {street}, mon numéro est le {phone}, mon adresse {email} et mon IBAN {iban}. La carte de bibliothèque est-elle gratuite ?"
    );
    let compact = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let parts = vec![
        surname,
        email,
        compact(&phone),
        phone,
        street,
        compact(&iban),
        iban,
    ];
    Canary { parts, question }
}

fn ask(server: &Server, number: usize, question: &str) {
    let body = json!({ "site": "moulin", "question": question });
    let response = match number % 4 {
        0 => server.ask(&body).send(),
        1 => server.ask(&body).header("Accept", "text/event-stream").send(),
        2 => server
            .ask(&body)
            .header("Idempotency-Key", &format!("key-{number}"))
            .send(),
        _ => {
            let form = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("question", question)
                .finish();
            server
                .request("POST", "/")
                .header("Host", "moulin.example")
                .body("application/x-www-form-urlencoded", form)
                .send()
        }
    };
    assert_eq!(response.status, 200, "{}", response.text());
}

/// Requests that fail, each with words that must not come back nor be kept.
fn fail(server: &Server, canary: &Canary) -> Vec<String> {
    let words = &canary.question;
    let encoded: String = url::form_urlencoded::byte_serialize(canary.parts[0].as_bytes()).collect();
    let post = || server.request("POST", "/api/v1/questions");
    let answers = [
        post()
            .json(&json!({ "site": canary.parts[0], "question": words }))
            .send(),
        post()
            .json(&json!({ "site": "moulin", "question": words, "conversation": canary.parts[0] }))
            .send(),
        post()
            .json(&json!({ "site": "moulin", "question": words.repeat(6) }))
            .send(),
        post()
            .json(&json!({ "site": "moulin", "question": words, canary.parts[0].clone(): 1 }))
            .send(),
        post()
            .body("application/json", format!("{{\"question\": {words}"))
            .send(),
        post().body("text/plain", words.clone()).send(),
        server.get(&format!("/{encoded}?q={encoded}")),
        server.get(&format!("/s/moulin/documents/{encoded}")),
        server.get(&format!("/api/v1/site/{encoded}")),
        server
            .request("DELETE", &format!("/api/v1/conversations/{encoded}"))
            .send(),
        server
            .request("POST", &format!("/api/v1/answers/{encoded}/feedback"))
            .json(&json!({ "helpful": true }))
            .send(),
        server
            .request("GET", &format!("/{encoded}"))
            .header("Accept", "text/html")
            .header("Host", "lavoir.example")
            .send(),
    ];
    answers
        .iter()
        .for_each(|answer| assert!((400..500).contains(&answer.status), "{}", answer.text()));
    answers.iter().map(Response::text).collect()
}

fn files(folder: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), all);
        } else {
            all.push((
                entry.path().display().to_string(),
                std::fs::read(entry.path()).unwrap(),
            ));
        }
    }
}

#[test]
fn nothing_that_residents_write_is_kept_or_shown_in_clear() {
    let installation = Installation::new("[log]\nlevel = \"trace\"\n");
    let server = installation.serve();
    let canaries: Vec<_> = (0..QUESTIONS).map(canary).collect();
    for (number, canary) in canaries.iter().enumerate() {
        ask(&server, number, &canary.question);
    }
    let mut seen: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, text) in canaries
        .iter()
        .take(5)
        .flat_map(|canary| fail(&server, canary))
        .enumerate()
    {
        seen.push((format!("error page {at}"), text.into_bytes()));
    }
    seen.push(("/metrics".to_owned(), server.get("/metrics").bytes));
    // While the server runs, so that the write-ahead log is there; then again once it has ended.
    files(&installation.data(), &mut seen);
    assert!(
        seen.iter()
            .any(|(name, bytes)| name.ends_with("parvis.db-wal") && !bytes.is_empty())
    );
    let log = server.log();
    assert!(log.lines().count() > QUESTIONS, "the log was not kept: {log}");
    assert!(
        log.contains("/api/v1/answers/{id}/feedback"),
        "routes are logged as templates"
    );
    assert!(!log.contains("127.0.0.1"), "an address is logged");
    seen.push(("the log".to_owned(), log.into_bytes()));
    server.stop();
    files(&installation.data(), &mut seen);
    let written = Regex::new(r"(?i)zibro|kanar-|canari-|06 98 7\d|06987\d{3}41|3000 ?6000 ?0112").unwrap();
    let marked = canaries
        .iter()
        .all(|canary| canary.parts.iter().all(|part| written.is_match(part.as_bytes())));
    assert!(marked, "a mark that is not looked for");
    for (name, bytes) in &seen {
        if let Some(found) = written.find(bytes) {
            panic!("{name} holds {:?}", String::from_utf8_lossy(found.as_bytes()));
        }
    }
}
