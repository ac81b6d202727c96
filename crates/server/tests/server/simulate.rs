//! `parvis sms simulate`: a telephone whose messages come in by a pipe.

use crate::support::{Installation, Server, assert_success, parvis};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

const NOW: &str = "2026-03-18T10:15:00+01:00";

/// Writes lines to the town.
fn simulate(mut command: Command, options: &[&str], lines: &str) -> Output {
    command.args(["sms", "simulate", "--now", NOW]).args(options);
    let mut phone = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses to start does not read.
    let _refused = phone.stdin.take().unwrap().write_all(lines.as_bytes());
    phone.wait_with_output().unwrap()
}

fn exchanges(output: &Output) -> Vec<Value> {
    assert_success(output);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_line_gets_its_answer_with_its_segments_and_what_they_cost() {
    let town = Installation::new("");
    let options = ["--site", "moulin", "--json"];
    let lines = "La carte de bibliothèque est-elle gratuite ?\nSTOP\nSTOP\n";
    let exchanges = exchanges(&simulate(town.command(), &options, lines));
    let [answered, confirmed, silent] = exchanges.as_slice() else {
        panic!("{exchanges:?}");
    };
    let answer = &answered["answers"][0];
    assert!(
        answer["text"]
            .as_str()
            .unwrap()
            .starts_with("La carte de bibliothèque est gratuite")
    );
    assert_eq!(
        (&answer["encoding"], &answered["cost"]),
        (&"GSM".into(), &2.into())
    );
    let segments = answer["segments"].as_array().unwrap();
    let joined: String = segments.iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(joined, answer["text"].as_str().unwrap());
    let units = segments[0]["text"].as_str().unwrap().chars().count();
    assert_eq!(
        (&segments[0]["units"], &segments[0]["capacity"]),
        (&units.into(), &153.into())
    );
    assert_eq!(confirmed["cost"], 1);
    assert_eq!(
        (&silent["cost"], silent["answers"].as_array().unwrap().len()),
        (&0.into(), 0)
    );

    let shown = simulate(town.command(), &options[..2], "AIDE\n");
    assert_success(&shown);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.starts_with("> AIDE\nVille de Moulin : "), "{shown}");
    assert!(
        shown.contains("[1/1, GSM, ") && shown.ends_with("    1 segment\n"),
        "{shown}"
    );
}

#[test]
fn no_number_and_no_word_of_a_resident_is_in_the_logs_or_readable_in_the_files() {
    let town = Installation::new("");
    let mut command = town.command();
    command.arg("-vvv");
    let number = "+33639987654";
    let lines = "La carte de bibliothèque est-elle gratuite ?\nSOURCE\n\
                 Kanaribrowicz ?\n";
    let options = ["--site", "moulin", "--from", number, "--json"];
    let output = simulate(command, &options, lines);
    let exchanges = exchanges(&output);
    assert!(
        exchanges.iter().all(|exchange| exchange["cost"] != 0),
        "{exchanges:?}"
    );
    let link = exchanges[0]["answers"][0]["text"].as_str().unwrap();
    let code = link
        .split("/r/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let secrets = ["39987654", "est-elle gratuite", "Kanaribrowicz", code];
    let mut places = vec![("the log".to_owned(), output.stderr)];
    read(&town.data(), &mut places);
    assert!(places.len() > 2, "no file was read");
    for (place, bytes) in places {
        let text = String::from_utf8_lossy(&bytes);
        let found = secrets.iter().find(|secret| text.contains(**secret));
        assert_eq!(found, None, "in {place}");
    }
}

fn read(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            read(&path, files);
        } else {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn nothing_is_simulated_where_a_server_answers_with_real_gateways() {
    let town = Installation::new("");
    let server = town.serve();
    let output = simulate(town.command(), &["--site", "moulin"], "AIDE\n");
    assert!(!output.status.success() && output.stdout.is_empty());
    server.stop();
}

#[test]
fn the_demo_town_understands_shorthand_and_what_follows_from_it() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (data, config) = (folder.path().join("data"), folder.path().join("none.toml"));
    std::fs::write(&config, "").unwrap();
    let mut demo = parvis(&data, &config);
    demo.args(["demo", "--no-open", "--listen", "127.0.0.1:0", "--now", NOW]);
    Server::start(&mut demo, folder.path().join("log"), Some(folder.clone())).stop();
    let lines = "slt c koi les horaires de la pissine dimanch stp\net samedi ?\nPISCINE DIMANCHE\n\
                 piscine dimanche ?\n";
    let exchanges = exchanges(&simulate(parvis(&data, &config), &["--json"], lines));
    for (exchange, day) in exchanges
        .iter()
        .zip(["dimanche", "samedi", "dimanche", "dimanche"])
    {
        let text = exchange["answers"][0]["text"].as_str().unwrap();
        let begins = format!("Piscine des Tanneries : {day} ");
        assert!(
            text.starts_with(&begins) && text.contains("ouvert de 9 h à 13 h"),
            "{text}"
        );
        assert!(exchange["cost"].as_u64().unwrap() <= 2);
    }
}

#[test]
fn the_demos_page_has_a_telephone_and_no_towns_page_has() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (data, config) = (folder.path().join("data"), folder.path().join("none.toml"));
    std::fs::write(&config, "").unwrap();
    let mut demo = parvis(&data, &config);
    demo.args(["demo", "--no-open", "--listen", "127.0.0.1:0", "--now", NOW]);
    let demo = Server::start(&mut demo, folder.path().join("log"), Some(folder.clone()));
    assert!(demo.get("/").text().contains("/telephone"));
    let page = demo.get("/telephone");
    assert_eq!(page.status, 200, "{}", page.text());
    let post = |message: &str, from: &str| {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("message", message)
            .append_pair("from", from)
            .finish();
        let request = demo.request("POST", "/telephone");
        request.body("application/x-www-form-urlencoded", form).send()
    };
    let from = "+33639980042";
    let answered = post("piscine dimanche ?", from).text();
    for part in [
        "Piscine des Tanneries : dimanche 22 mars",
        "Segment 1 sur 2, GSM, ",
        from,
    ] {
        assert!(answered.contains(part), "no {part:?} in {answered}");
    }
    assert!(post("et samedi ?", from).text().contains("samedi 21 mars"));
    assert!(
        !post("piscine dimanche ?", "+33612345678")
            .text()
            .contains("+33612345678")
    );
    let begin = answered.find("/r/").unwrap();
    let sent = demo.get(&answered[begin..begin + "/r/".len() + 16]);
    assert!(
        sent.status == 200 && sent.text().contains("Piscine des Tanneries"),
        "{}",
        sent.text()
    );
    demo.stop();

    let town = Installation::new("").serve();
    let in_town = town
        .request("GET", "/telephone")
        .header("Host", "moulin.example")
        .send();
    assert_eq!((in_town.status, town.get("/telephone").status), (404, 404));
    town.stop();
}
