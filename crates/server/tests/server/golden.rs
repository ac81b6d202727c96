//! The golden questions: asked of the demo town at a fixed instant, each with its verdict and its document.

use crate::support::{Server, assert_success, parvis};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

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

/// The demo town, loaded and stopped again.
pub(crate) struct LoadedTown {
    folder: Arc<TempDir>,
}

impl LoadedTown {
    pub(crate) fn new() -> Self {
        let town = Self {
            folder: Arc::new(tempfile::tempdir().unwrap()),
        };
        std::fs::write(town.config(), "").unwrap();
        let mut demo = parvis(&town.data(), &town.config());
        demo.args(["demo", "--no-open", "--listen", "127.0.0.1:0", "--now", NOW]);
        let log = town.folder.path().join("log");
        drop(Server::start(&mut demo, log, Some(town.folder.clone())));
        town
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("none.toml")
    }

    /// Asks the questions of a file of `demo`; gives them with what each one's answer differs in.
    pub(crate) fn differences(&self, file: &str) -> Vec<(Value, Option<String>)> {
        let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join(file);
        let rows = self.rows(&questions);
        let judged = lines(&questions).into_iter().map(|question| {
            let difference = difference(&question, &rows[question["qid"].as_str().unwrap()]);
            (question, difference)
        });
        judged.collect()
    }

    /// Asks questions; gives the rows of the exam by their names.
    pub(crate) fn exam(&self, questions: &[&Value]) -> HashMap<String, Value> {
        let asked = self.folder.path().join("asked.jsonl");
        let text: Vec<_> = questions.iter().map(ToString::to_string).collect();
        std::fs::write(&asked, text.join("\n")).unwrap();
        self.rows(&asked)
    }

    fn rows(&self, questions: &Path) -> HashMap<String, Value> {
        let out = self.folder.path().join("out.jsonl");
        let mut exam = parvis(&self.data(), &self.config());
        exam.args(["exam", "--now", NOW, "--budget", BUDGET, "--questions"])
            .arg(questions)
            .arg("--out")
            .arg(&out);
        assert_success(&exam.output().unwrap());
        lines(&out)
            .into_iter()
            .map(|row| (row["qid"].as_str().unwrap().to_owned(), row))
            .collect()
    }
}

/// The questions that get something else than what they expect, one a line.
pub(crate) fn listed<'a>(differences: impl Iterator<Item = &'a (Value, Option<String>)>) -> Vec<String> {
    let differing = differences.filter_map(|(question, difference)| {
        let difference = difference.as_ref()?;
        Some(format!("{} {}: {difference}", question["qid"], question["query"]))
    });
    differing.collect()
}

#[test]
fn the_golden_questions_get_their_verdicts_and_documents() {
    let judged = LoadedTown::new().differences("golden.jsonl");
    let differing = listed(judged.iter());
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing.join("\n")
    );

    let sent_away = |(question, _): &&(Value, Option<String>)| {
        matches!(
            question["verdict"].as_str(),
            Some("unknown" | "elsewhere" | "outdated" | "emergency")
        )
    };
    assert!(
        judged.len() >= 120,
        "the golden file has {} questions",
        judged.len()
    );
    assert!(judged.iter().filter(sent_away).count() >= 30);
}
