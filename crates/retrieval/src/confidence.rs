//! Confidence: from what is seen of a match to the probability that it answers.

use crate::search::{Candidate, Matches, Question};

/// What is seen of the match of a question and a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) features: [f32; FEATURES],
}

pub(crate) const FEATURES: usize = 9;

/// The weight of each feature, then the constant.
const WEIGHTS: [f32; FEATURES] = [2.0, 3.0, 3.0, 1.0, 0.5, 1.0, -1.0, -0.5, 0.0];
const CONSTANT: f32 = -5.0;

impl Evidence {
    pub(crate) fn of(question: &Question, matches: &Matches, candidate: &Candidate, rival: f32) -> Self {
        let total: f32 = matches.weights.iter().map(|unit| unit.idf).sum::<f32>().max(f32::EPSILON);
        let strength = |part: usize| matches.strength(part, candidate.slot);
        let mut cover = 0.0;
        let mut heaviest = 0.0;
        let mut heaviest_met = 0.0;
        for (unit, weight) in matches.weights.iter().enumerate() {
            let met = matches.unit_score(question, unit, &strength) / weight.idf.max(f32::EPSILON);
            if met > 0.0 {
                cover += weight.idf / total;
            }
            if weight.idf > heaviest {
                heaviest = weight.idf;
                heaviest_met = met;
            }
        }
        let best = candidate.best_passages.first();
        let units = question.units.len().max(1) as f32;
        let strange = question.units.iter().filter(|unit| !unit.known).count() as f32 / units;
        let corrected = question.units.iter().filter(|unit| unit.corrected).count() as f32 / units;
        Self {
            features: [
                candidate.own_score / total,
                cover,
                best.map_or(0.0, |passage| passage.cover),
                candidate.title_cover,
                best.map_or(0.0, |passage| passage.nearness / total),
                (candidate.score / rival.max(f32::EPSILON)).ln().clamp(-1.0, 1.0),
                strange,
                corrected,
                heaviest_met,
            ],
        }
    }
}

/// The probability that a document answers.
pub(crate) fn probability(evidence: &Evidence) -> f32 {
    let sum: f32 = evidence.features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-(sum + CONSTANT)).exp())
}
