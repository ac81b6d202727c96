//! The golden questions: asked of the demo town at a fixed instant, each with its verdict and its document.

use crate::support::{Server, assert_success, parvis};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// A Wednesday morning; the demo town's dates are relative to it.
const NOW: &str = "2026-03-18T10:15:00+01:00";
/// Enough for a whole answer, so that what must be said is not cut away.
const BUDGET: &str = "1000";

pub(crate) fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What differs from what a question expects; `None` where nothing does.
fn difference(question: &Value, row: &Value) -> Option<String> {
    let spaces = |text: &str| text.replace(['\u{202f}', '\u{a0}'], " ");
    let verdict = &row["verdict"];
    if *verdict != question["verdict"] {
        return Some(format!("verdict {verdict}, expected {}", question["verdict"]));
    }
    let gold = question["gold"].as_array().unwrap();
    let first = &row["ranked"][0];
    // What may not be quoted is not ranked; where it asks back, the choices are all of them.
    let cites = !matches!(verdict.as_str(), Some("clarify" | "outdated"));
    if cites && !gold.is_empty() && !gold.contains(first) {
        return Some(format!("rests on {first}, expected one of {gold:?}"));
    }
    let said = spaces(row["excerpt"].as_str().unwrap());
    let missing = question["contains"]
        .as_str()
        .filter(|words| !said.contains(&spaces(words)));
    missing.map(|words| format!("does not say {words:?} but {said:?}"))
}

/// Asks questions of a demo town, and gives the rows of the exam by their name.
pub(crate) fn exam(questions: &[&Value]) -> HashMap<String, Value> {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (data, config) = (folder.path().join("data"), folder.path().join("none.toml"));
    std::fs::write(&config, "").unwrap();
    let mut demo = parvis(&data, &config);
    demo.args(["demo", "--no-open", "--listen", "127.0.0.1:0", "--now", NOW]);
    drop(Server::start(
        &mut demo,
        folder.path().join("log"),
        Some(folder.clone()),
    ));

    let (asked, out) = (folder.path().join("asked.jsonl"), folder.path().join("out.jsonl"));
    let text: Vec<_> = questions.iter().map(ToString::to_string).collect();
    std::fs::write(&asked, text.join("\n")).unwrap();
    let mut exam = parvis(&data, &config);
    exam.args(["exam", "--now", NOW, "--budget", BUDGET, "--questions"])
        .arg(&asked)
        .arg("--out")
        .arg(&out);
    assert_success(&exam.output().unwrap());
    lines(&out)
        .into_iter()
        .map(|row| (row["qid"].as_str().unwrap().to_owned(), row))
        .collect()
}

#[test]
fn the_golden_questions_get_their_verdicts_and_documents() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/golden.jsonl");
    let questions = lines(&golden);
    let rows = exam(&questions.iter().collect::<Vec<_>>());
    let differences: Vec<String> = questions
        .iter()
        .filter_map(|question| {
            let qid = question["qid"].as_str().unwrap();
            let difference = difference(question, &rows[qid])?;
            Some(format!("{qid} {}: {difference}", question["query"]))
        })
        .collect();
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );

    let sent_away = |question: &&Value| {
        matches!(
            question["verdict"].as_str(),
            Some("unknown" | "elsewhere" | "outdated" | "emergency")
        )
    };
    assert!(
        questions.len() >= 120,
        "the golden file has {} questions",
        questions.len()
    );
    assert!(questions.iter().filter(sent_away).count() >= 30);
}
