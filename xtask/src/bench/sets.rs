//! Examinations of question sets named on the command line, through `parvis exam`.

use std::process::Command;
use std::str::FromStr;

use anyhow::Context as _;

use super::{Bench, figure, peers};
use crate::process;

/// Questions, and the corpus they are asked of; without one, the published site is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuestionSet {
    questions: String,
    corpus: Option<String>,
}

impl FromStr for QuestionSet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (questions, corpus) = text
            .split_once(':')
            .map_or((text, None), |(q, c)| (q, Some(c.to_owned())));
        if questions.is_empty() {
            return Err("give QUESTIONS.jsonl, or QUESTIONS.jsonl:CORPUS.jsonl".to_owned());
        }
        Ok(Self {
            questions: questions.to_owned(),
            corpus,
        })
    }
}

pub(super) fn run(bench: &Bench, sets: &[QuestionSet]) -> anyhow::Result<()> {
    anyhow::ensure!(
        !sets.is_empty(),
        "name the question sets: cargo xtask bench sets --set QUESTIONS[:CORPUS]"
    );
    for set in sets {
        let mut exam = Command::new(&bench.parvis);
        exam.args(["exam", "--json", "--questions", &set.questions]);
        match &set.corpus {
            Some(corpus) => exam.args(["--corpus", corpus]),
            None => exam.arg("--data-dir").arg(bench.published()?),
        };
        let printed = process::output(&mut exam)?;
        let figures: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&printed)
            .with_context(|| format!("reading the examination of {}", set.questions))?;
        println!("{}", set.questions);
        for (name, value) in figures {
            figure(&name, &shown(&value), "");
        }
        if let Some(corpus) = &set.corpus {
            peers::run(&bench.root, &set.questions, corpus)?;
        }
    }
    Ok(())
}

fn shown(value: &serde_json::Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() => format!("{number:.4}"),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_questions_and_perhaps_a_corpus() {
        let with: QuestionSet = "q.jsonl:c.jsonl".parse().unwrap();
        assert_eq!(
            with,
            QuestionSet {
                questions: "q.jsonl".into(),
                corpus: Some("c.jsonl".into())
            }
        );
        assert_eq!("q.jsonl".parse::<QuestionSet>().unwrap().corpus, None);
        assert!(":c.jsonl".parse::<QuestionSet>().is_err());
    }
}
