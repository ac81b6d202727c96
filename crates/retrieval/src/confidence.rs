//! Confidence: from what is seen of a match to the probability that it answers.

use crate::search::{Candidate, Matches, Question};

/// What is seen of the match of a question and a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// The document's score as a share of the highest that the question allows.
    document: f32,
    /// The share of the question, by weight, that the document holds.
    document_cover: f32,
    /// The same of its best passage.
    passage: f32,
    passage_cover: f32,
    /// What neighbouring words of the question that stand together there add.
    nearness: f32,
    /// How well the title and the question cover each other.
    title: f32,
    /// How far ahead of its best rival the document's words are.
    margin: f32,
    /// The shares of the question's words that nobody knows, and that were corrected.
    unknown: f32,
    corrected: f32,
    /// How well the document holds the question's rarest word.
    rarest: f32,
    /// How many words the question has, as a logarithm.
    length: f32,
    /// How many times smaller the corpus is than the one that the weights were learned on, as a logarithm.
    corpus: f32,
}

/// How many documents the corpus had that the weights were learned on.
const TRAINED_ON: f32 = 2_000.0;
/// From so few documents on, a smaller corpus says no more for its best one: too few words are known to be common.
const SMALLEST: f32 = 100.0;
/// Among so many documents, being ahead counts half.
const FEW_RIVALS: f32 = 4.0;

/// What a word counts that says that something is to be done and not what.
const OF_DOING: f32 = 0.5;

impl Evidence {
    /// What is seen of a candidate whose best rival's words score `rival`.
    pub(crate) fn of(question: &Question, matches: &Matches, candidate: &Candidate, rival: f32) -> Self {
        let telling = |unit: usize| {
            if question.units[unit].of_doing {
                OF_DOING
            } else {
                1.0
            }
        };
        let full: Vec<f32> = (0..question.units.len())
            .map(|unit| matches.expected_weight(question, unit))
            .collect();
        // Passages were scored with all words in full.
        let in_full = full.iter().sum::<f32>().max(f32::EPSILON);
        let weights = full
            .into_iter()
            .enumerate()
            .map(|(unit, weight)| weight * telling(unit));
        let weights: Vec<f32> = weights.collect();
        let total = weights.iter().sum::<f32>().max(f32::EPSILON);
        let documents = matches.documents();
        let strength = |part: usize| matches.strength(part, candidate.slot);
        let (mut score, mut cover) = (0.0, 0.0);
        let (mut heaviest, mut rarest) = (0.0, 0.0);
        for (unit, weight) in weights.into_iter().enumerate() {
            let scored = matches.unit_score(question, unit, &strength) * telling(unit);
            score += scored;
            let met = scored / weight.max(f32::EPSILON);
            if met > 0.0 {
                cover += weight / total;
            }
            if weight > heaviest {
                (heaviest, rarest) = (weight, met);
            }
        }
        let best = candidate.best_passages.first();
        let units = question.units.len().max(1) as f32;
        let share = |count: usize| count as f32 / units;
        Self {
            document: score / total,
            document_cover: cover,
            passage: best.map_or(0.0, |passage| passage.score / in_full),
            passage_cover: best.map_or(0.0, |passage| passage.cover),
            nearness: best.map_or(0.0, |passage| passage.nearness / in_full),
            title: candidate.title_part * candidate.title_cover,
            // To be ahead of a few rivals tells little.
            margin: (candidate.of_words.max(f32::EPSILON) / rival.max(f32::EPSILON))
                .ln()
                .clamp(-1.0, 1.0)
                * documents
                / (documents + FEW_RIVALS),
            unknown: share(question.units.iter().filter(|unit| !unit.known).count()),
            corrected: share(question.units.iter().filter(|unit| unit.corrected).count()),
            rarest,
            length: units.min(10.0).ln(),
            corpus: (TRAINED_ON / documents.max(SMALLEST)).ln().max(0.0),
        }
    }
}

/// Among fewer documents, the best one has fewer rivals that only look like it.
const SMALLER_CORPUS: f32 = 0.3;

/// The probability that a document answers.
///
/// A logistic regression; docs/decisions/retrieval.md says on what it was trained and how well it holds.
pub(crate) fn probability(evidence: &Evidence) -> f32 {
    let sum = -6.55
        + 2.68 * evidence.document
        + 1.78 * evidence.document_cover
        + 0.64 * evidence.passage
        + 0.77 * evidence.passage_cover
        + 0.55 * evidence.nearness
        + 0.58 * evidence.title
        + 1.85 * evidence.margin
        - 0.95 * evidence.unknown
        - 0.29 * evidence.corrected
        + 0.25 * evidence.rarest
        + 0.92 * evidence.length
        + SMALLER_CORPUS * evidence.corpus;
    1.0 / (1.0 + (-sum).exp())
}
