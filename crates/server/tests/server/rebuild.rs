//! A start on an index that another version of the program wrote, or whose files are damaged.

use super::support::{Installation, assert_success, wait_until};
use serde_json::json;
use std::path::PathBuf;

const QUESTION: &str = "La carte de bibliothèque est-elle gratuite ?";

/// The one generation on the disk; none for the moment at which the next one takes its place.
fn generation(installation: &Installation) -> Option<PathBuf> {
    let entries = std::fs::read_dir(installation.data().join("index")).unwrap();
    let mut found = entries.filter_map(|entry| Some(entry.ok()?.path()));
    found.next().filter(|_| found.next().is_none())
}

fn answers(answer: &[u8]) -> bool {
    String::from_utf8_lossy(answer).contains("gratuite pour tous")
}

#[test]
fn a_server_and_a_command_beside_it_answer_from_an_outdated_index_until_the_server_has_built_the_next() {
    let installation = Installation::new("");
    let before = generation(&installation).unwrap();
    let format = before.join("format");
    let today = std::fs::read_to_string(&format).unwrap();
    let layout = today.split(' ').next().unwrap();
    std::fs::write(&format, format!("{layout} analysis/0")).unwrap();
    let server = installation.serve();
    let ask = server.ask(&json!({ "site": "moulin", "question": QUESTION }));
    let mut command = installation.command();
    command.args(["ask", "--site", "moulin", QUESTION]);
    wait_until("the next generation", || {
        assert_eq!(server.get("/health/ready").status, 200);
        assert!(answers(&ask.send().bytes));
        let output = command.output().unwrap();
        assert_success(&output);
        assert!(answers(&output.stdout));
        generation(&installation).is_some_and(|now| now != before)
    });
    let after = generation(&installation).unwrap();
    assert_eq!(std::fs::read_to_string(after.join("format")).unwrap(), today);
    assert!(answers(&ask.send().bytes));
    server.stop();
}

#[test]
fn a_damaged_index_is_built_again_at_the_start() {
    let installation = Installation::new("");
    let before = generation(&installation).unwrap();
    for file in std::fs::read_dir(&before)
        .unwrap()
        .map(|file| file.unwrap().path())
    {
        if file.extension().is_some_and(|extension| extension == "idx") {
            let mut bytes = std::fs::read(&file).unwrap();
            bytes[10] ^= 0xff;
            std::fs::write(&file, bytes).unwrap();
        }
    }
    let server = installation.serve();
    let ask = server.ask(&json!({ "site": "moulin", "question": QUESTION }));
    assert!(answers(&ask.send().bytes));
    assert!(server.log().contains("the index is damaged"), "{}", server.log());
    assert_ne!(generation(&installation).unwrap(), before);
    server.stop();
}
