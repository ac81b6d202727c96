//! Weights of confidence: a logistic regression on what is seen of the first document found, where the right one is
//! there, where it was removed, and where none ever was.

use crate::index::{self, FICHES};
use crate::questions::Set;
use domain::ids::DocumentId;
use retrieval::{Query, SEEN};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What was seen of the first document found, and whether it answers.
pub(crate) struct Example {
    pub(crate) kind: String,
    pub(crate) seen: Vec<f32>,
    pub(crate) right: bool,
}

/// How strongly the weights are held near the former ones, on features of unit spread.
const HELD: f64 = 0.2;
const ROUNDS: usize = 3_000;
const STEP: f64 = 0.5;
/// How much a kind of question counts. Where the page was removed, a neighbour often answers nearly as well.
const THERE: f64 = 1.0;
const REMOVED: f64 = 0.1;
const NEVER: f64 = 2.0;

/// The weights of 2026-11-23, learned on fewer features, more kinds of misspelled questions and more far ones.
const FORMER: [(&str, f64); 12] = [
    ("document", 2.68),
    ("cover", 1.78),
    ("passage", 0.64),
    ("passage_cover", 0.77),
    ("nearness", 0.55),
    ("title_both", 0.58),
    ("margin", 1.85),
    ("unknown", -0.95),
    ("corrected", -0.29),
    ("rarest", 0.25),
    ("length", 0.92),
    // Set by hand, as the training has a corpus of one size.
    ("corpus", 0.3),
];
const FORMER_CONSTANT: f64 = -6.55;
/// What is learned. The rest stays: editors use the words of their pages, so that these questions would teach to ask for
/// more of a resident's words than a right page holds.
const LEARNED: [&str; 6] = [
    "title_words",
    "title_both",
    "meaning",
    "meaning_margin",
    "margin",
    "second_margin",
];

/// Asks every question of a set, as it is and with the right document removed.
pub(crate) fn examples(set: &Set) -> anyhow::Result<Vec<Example>> {
    let index = index::of(set.drafts.iter())?;
    let mut examples = Vec::new();
    for question in &set.questions {
        let query = Query::new(question.text.as_str());
        let mut ask =
            |kind: String, without: &[DocumentId], right: Option<DocumentId>| -> anyhow::Result<()> {
                let found = index.observe(&query, &[FICHES], without)?;
                examples.extend(found.into_iter().next().map(|first| Example {
                    kind,
                    right: Some(first.document) == right,
                    seen: first.evidence,
                }));
                Ok(())
            };
        match question
            .answer
            .and_then(|answer| i64::try_from(answer).ok())
            .map(DocumentId)
        {
            Some(answer) => {
                ask(format!("{}-there", set.name), &[], Some(answer))?;
                ask(format!("{}-removed", set.name), &[answer], None)?;
            }
            None => ask(set.name.to_owned(), &[], None)?,
        }
    }
    Ok(examples)
}

/// Learns the weights and gives the file that ships.
pub(crate) fn learn(examples: &[Example]) -> String {
    let scales: Vec<(f64, f64)> = (0..SEEN.len()).map(|at| scale(examples, at)).collect();
    let rows: Vec<(Vec<f64>, f64, f64)> = examples
        .iter()
        .zip(shares(examples))
        .map(|(example, share)| {
            let scaled = example
                .seen
                .iter()
                .zip(&scales)
                .map(|(seen, (mean, spread))| (f64::from(*seen) - mean) / spread);
            (scaled.collect(), if example.right { 1.0 } else { 0.0 }, share)
        })
        .collect();
    let former = |name: &str| {
        FORMER
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, weight)| *weight)
    };
    let start: Vec<f64> = SEEN
        .iter()
        .zip(&scales)
        .map(|(name, (_, spread))| former(name).unwrap_or(0.0) * spread)
        .collect();
    let moves: Vec<bool> = SEEN.iter().map(|name| LEARNED.contains(name)).collect();
    let mut weights = start.clone();
    let mut constant = FORMER_CONSTANT;
    for _ in 0..ROUNDS {
        let mut gradient: Vec<f64> = weights
            .iter()
            .zip(&start)
            .map(|(now, start)| HELD * (now - start))
            .collect();
        let mut shift = 0.0;
        for (seen, right, share) in &rows {
            let sum: f64 = constant
                + seen
                    .iter()
                    .zip(&weights)
                    .map(|(seen, weight)| seen * weight)
                    .sum::<f64>();
            let wrong = share * (1.0 / (1.0 + (-sum).exp()) - right);
            shift += wrong;
            gradient
                .iter_mut()
                .zip(seen)
                .for_each(|(cell, seen)| *cell += wrong * seen);
        }
        constant -= STEP * shift;
        let moving = weights
            .iter_mut()
            .zip(&gradient)
            .zip(&moves)
            .filter(|(_, moves)| **moves);
        moving.for_each(|((weight, gradient), _)| *weight -= STEP * gradient);
    }
    let unscaled: Vec<f64> = weights
        .iter()
        .zip(&scales)
        .map(|(weight, (_, spread))| weight / spread)
        .collect();
    constant -= unscaled
        .iter()
        .zip(&scales)
        .map(|(weight, (mean, _))| weight * mean)
        .sum::<f64>();
    let mut file = format!("constant {constant:.3}\n");
    for (name, weight) in SEEN.iter().zip(unscaled) {
        let _ = writeln!(file, "{name} {weight:.3}");
    }
    file
}

/// The mean and the spread of a feature.
fn scale(examples: &[Example], at: usize) -> (f64, f64) {
    let total = examples.len().max(1) as f64;
    let column = || examples.iter().map(|example| f64::from(example.seen[at]));
    let mean = column().sum::<f64>() / total;
    let spread = (column().map(|seen| (seen - mean).powi(2)).sum::<f64>() / total).sqrt();
    (mean, spread.max(1e-6))
}

/// How much each example counts: its kind's part, however many of its kind there are.
fn shares(examples: &[Example]) -> Vec<f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for example in examples {
        *counts.entry(&example.kind).or_default() += 1.0;
    }
    let part = |kind: &str| match kind {
        kind if kind.ends_with("-there") => THERE,
        kind if kind.ends_with("-removed") => REMOVED,
        _ => NEVER,
    };
    let all: f64 = counts.keys().map(|kind| part(kind)).sum();
    examples
        .iter()
        .map(|example| part(&example.kind) / all / counts[example.kind.as_str()])
        .collect()
}
