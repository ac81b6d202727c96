//! How much of a question a piece of text holds: for choosing the sentences that answer it.

use crate::analysis::{Stems, words};
use crate::search::Question;
use std::cell::RefCell;
use std::collections::HashSet;

thread_local! {
    /// Sentences of a town say the same words again and again: each thread remembers their stems.
    static STEMS: RefCell<Stems> = RefCell::default();
}

/// A question's words with their weights, to hold texts against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Relevance {
    units: Vec<Unit>,
}

#[derive(Debug, Clone, PartialEq)]
struct Unit {
    weight: f32,
    /// Sets of stems, any of which stands for the word where all of its stems are there, with their worth.
    alternatives: Vec<(Vec<String>, f32)>,
}

impl Relevance {
    /// Of a question whose words weigh `weights`, in the order of its units.
    pub(crate) fn of(question: &Question, weights: impl Iterator<Item = f32>) -> Self {
        let units = question.units.iter().zip(weights).map(|(unit, weight)| {
            let own = question.parts[unit.own]
                .stems
                .iter()
                .map(|(stem, worth)| (vec![stem.clone()], *worth));
            let others = unit.alternatives.iter().map(|alternative| {
                let stems = alternative
                    .parts
                    .iter()
                    .flat_map(|part| &question.parts[*part].stems);
                (stems.map(|(stem, _)| stem.clone()).collect(), alternative.weight)
            });
            Unit {
                weight: weight * unit.trust,
                alternatives: own.chain(others).collect(),
            }
        });
        Self {
            units: units.collect(),
        }
    }

    /// The weight of each word of the question.
    #[must_use]
    pub fn weights(&self) -> Vec<f32> {
        self.units.iter().map(|unit| unit.weight).collect()
    }

    /// For each word of the question, how well `text` holds it: 0 not at all, 1 as it was asked.
    #[must_use]
    pub fn held(&self, text: &str) -> Vec<f32> {
        let words = words(text);
        let there: HashSet<String> = STEMS.with_borrow_mut(|stems| {
            let telling = words.iter().filter(|word| !word.is_stop());
            telling.map(|word| stems.of(&word.folded).to_owned()).collect()
        });
        let held = |unit: &Unit| {
            let present = unit
                .alternatives
                .iter()
                .filter(|(all, _)| all.iter().all(|stem| there.contains(stem)));
            present.map(|(_, worth)| *worth).fold(0.0, f32::max)
        };
        self.units.iter().map(held).collect()
    }
}
