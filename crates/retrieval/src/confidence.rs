//! Confidence: from what is seen of a match to the probability that it answers.

use crate::search::{Candidate, Matches, Question};
use std::sync::LazyLock;

/// What is seen of the match of a question and a document: numbers that mean the same for every corpus.
pub(crate) type Evidence = [f32; SEEN.len()];

/// What is seen, in order.
pub const SEEN: [&str; 16] = [
    // The document's score as a share of the highest that the question allows.
    "document",
    // The share of the question, by weight, that the document holds.
    "cover",
    // How well it holds the question's rarest word.
    "rarest",
    // The same of its best passage.
    "passage",
    "passage_cover",
    // What neighbouring words of the question that stand together there add.
    "nearness",
    // The share of the question's words that the title holds, and how well each covers the other.
    "title_words",
    "title_both",
    // How near the meanings are, and how much nearer than those of all others.
    "meaning",
    "meaning_margin",
    // How far ahead of its best rival it is, and of the one after that: neighbours of a page that is not there crowd.
    "margin",
    "second_margin",
    // The shares of the question's words that nobody knows, and that were corrected.
    "unknown",
    "corrected",
    // How many words the question has, as a logarithm.
    "length",
    // How many times smaller the corpus is than the one that the weights were learned on, as a logarithm.
    "corpus",
];

/// How many documents the corpus had that the weights were learned on.
const TRAINED_ON: f32 = 2_000.0;
/// From so few documents on, a smaller corpus says no more for its best one: too few words are known to be common.
const SMALLEST: f32 = 100.0;
/// Among so many documents, being ahead counts half.
const FEW_RIVALS: f32 = 4.0;

/// The place of the title among a document's fields.
const TITLE: usize = 0;

/// What is seen of the candidate at a rank.
pub(crate) fn evidence(
    question: &Question,
    matches: &Matches,
    candidates: &[Candidate],
    rank: usize,
) -> Evidence {
    let candidate = &candidates[rank];
    let weights: Vec<f32> = (0..question.units.len())
        .map(|unit| matches.expected_weight(question, unit))
        .collect();
    let total = weights.iter().sum::<f32>().max(f32::EPSILON);
    let units = question.units.len().max(1) as f32;
    let documents = matches.documents();
    let strength = |part: usize| matches.strength(part, candidate.slot);
    let (mut cover, mut title_words) = (0.0, 0.0);
    let (mut heaviest, mut rarest) = (0.0, 0.0);
    for (unit, weight) in weights.into_iter().enumerate() {
        let met = matches.unit_score(question, unit, &strength) / weight.max(f32::EPSILON);
        if met > 0.0 {
            cover += weight / total;
        }
        if matches.in_field(&question.units[unit], candidate.slot, TITLE) {
            title_words += 1.0 / units;
        }
        if weight > heaviest {
            (heaviest, rarest) = (weight, met);
        }
    }
    let others = || {
        candidates
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != rank)
            .map(|(_, other)| other)
    };
    let mut rivals: Vec<f32> = others().map(|other| other.of_words).collect();
    rivals.sort_by(|a, b| b.total_cmp(a));
    // To be ahead of a few rivals tells little.
    let ahead = |place: usize| {
        let rival = rivals.get(place).copied().unwrap_or(0.0).max(f32::EPSILON);
        (candidate.of_words.max(f32::EPSILON) / rival).ln().clamp(-1.0, 1.0) * documents
            / (documents + FEW_RIVALS)
    };
    let nearest = others().map(|other| other.meaning).fold(0.0, f32::max);
    let best = candidate.best_passages.first();
    let share = |count: usize| count as f32 / units;
    [
        candidate.own_score / total,
        cover,
        rarest,
        best.map_or(0.0, |passage| passage.score / total),
        best.map_or(0.0, |passage| passage.cover),
        best.map_or(0.0, |passage| passage.nearness / total),
        title_words,
        candidate.title_part * candidate.title_cover,
        candidate.meaning,
        (candidate.meaning - nearest).clamp(-0.5, 0.5),
        ahead(0),
        ahead(1),
        share(question.units.iter().filter(|unit| !unit.known).count()),
        share(question.units.iter().filter(|unit| unit.corrected).count()),
        units.min(10.0).ln(),
        (TRAINED_ON / documents.max(SMALLEST)).ln().max(0.0),
    ]
}

/// The weights, learned by `cargo xtask train`: lines "name weight", and "constant weight".
static WEIGHTS: LazyLock<(f32, Evidence)> = LazyLock::new(|| {
    let mut weights = (0.0, [0.0; SEEN.len()]);
    for line in include_str!("../data/confidence.txt").lines() {
        let Some((name, weight)) = line.split_once(' ') else {
            continue;
        };
        let weight = weight.parse().unwrap_or(0.0);
        match SEEN.iter().position(|seen| *seen == name) {
            Some(at) => weights.1[at] = weight,
            None if name == "constant" => weights.0 = weight,
            None => {}
        }
    }
    weights
});

/// The probability that a document answers.
///
/// A logistic regression; docs/decisions/retrieval.md says on what it was trained and how well it holds.
pub(crate) fn probability(evidence: &Evidence) -> f32 {
    let (constant, weights) = &*WEIGHTS;
    let sum = constant
        + evidence
            .iter()
            .zip(weights)
            .map(|(seen, weight)| seen * weight)
            .sum::<f32>();
    1.0 / (1.0 + (-sum).exp())
}
