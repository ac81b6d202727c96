//! `parvis exam --models`: candidates for a town's language model, examined on its own questions.

use crate::support::Installation;
#[cfg(feature = "llama")]
use crate::support::assert_success;
#[cfg(feature = "llama")]
use serde_json::Value;
use serde_json::json;

/// A town, and a file of questions that it can and cannot answer.
fn town_and_questions() -> (Installation, std::path::PathBuf) {
    let installation = Installation::new("[model]\ntokens = 60\nat_once = 1\ncontext = 2048\nthreads = 1\n");
    let questions = installation.path("questions.jsonl");
    let rows = [
        json!({ "qid": "a", "query": "Est-ce que la carte de bibliothèque est gratuite ?", "gold": ["bibliotheque"] }),
        json!({ "qid": "b", "query": "Quel temps fera-t-il demain ?", "gold": [] }),
    ];
    std::fs::write(&questions, rows.map(|row| format!("{row}\n")).concat()).unwrap();
    (installation, questions)
}

#[cfg(feature = "llama")]
#[test]
fn each_candidate_for_the_model_gets_a_row_and_one_that_cannot_be_loaded_is_passed_over() {
    let (installation, questions) = town_and_questions();
    let peers = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../generation/tests/peers");
    let (first, second) = (installation.path("tiny.gguf"), installation.path("tiny2.gguf"));
    let mut writing = std::process::Command::new(peers.join(".venv/bin/python"));
    let written = writing.arg(peers.join("tiny_model.py")).arg(&first).status();
    assert!(
        written
            .expect("cargo xtask test installs what it needs")
            .success()
    );
    std::fs::copy(&first, &second).unwrap();
    let exam = |json: bool, files: &[&std::path::Path]| {
        let mut exam = installation.command();
        exam.args(["exam", "--site", "moulin", "--questions"])
            .arg(&questions);
        exam.args(json.then_some("--json")).arg("--models").args(files);
        exam.output().unwrap()
    };
    let output = exam(true, &[&first, &second]);
    assert_success(&output);
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Value> = rows
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    assert_eq!(rows.len(), 2);
    for (row, file) in rows.iter().zip([&first, &second]) {
        assert_eq!(row["file"], file.to_str().unwrap());
        assert_eq!(
            (&row["answered"], &row["refused"]),
            (&json!(1.0), &json!(1.0)),
            "{row}"
        );
        assert_eq!((&row["given"], &row["reworded"]), (&json!(1), &json!(0)), "{row}");
        // Whether random words come to a line, which can be dropped, is chance.
        assert!(row["proven"].as_f64().is_none_or(|share| share == 0.0), "{row}");
        assert_eq!(row["shown"], 0, "random words prove nothing: {row}");
        for positive in [
            "tokens_per_second",
            "watt_hours",
            "watt_hours_of_extracts",
            "weights_bytes",
        ] {
            assert!(row[positive].as_f64().unwrap() > 0.0, "{positive}: {row}");
        }
        assert!(
            row["watt_hours"].as_f64() > row["watt_hours_of_extracts"].as_f64(),
            "{row}"
        );
        // Keys and values of 2 layers of 64 numbers of 2 bytes, for 2,048 tokens of the answer and as many that all share.
        assert_eq!(row["cache_bytes"], 2 * 2 * 2 * 64 * 2 * 2_048, "{row}");
        assert_eq!(row["reading_ease"], Value::Null, "nothing was shown: {row}");
    }

    let none = installation.path("none.gguf");
    let output = exam(false, &[&none, &first]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("none.gguf"));
    let table = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines.len(), 2, "{table}");
    assert_eq!((lines[0][0], lines[1][0]), ("model", "tiny.gguf"), "{table}");
    assert_eq!(lines[0].len(), lines[1].len(), "{table}");
}

#[cfg(not(feature = "llama"))]
#[test]
fn an_exam_of_models_needs_a_build_that_can_run_them_and_says_which() {
    let (installation, questions) = town_and_questions();
    let mut exam = installation.command();
    exam.args(["exam", "--site", "moulin", "--questions"])
        .arg(&questions);
    let output = exam.args(["--models", "any.gguf"]).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("any.gguf") && said.contains("--features llama"),
        "{said}"
    );
}
