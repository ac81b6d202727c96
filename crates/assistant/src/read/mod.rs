//! Reading: how likely each sentence, item and row of a page is to be the one that answers.
//!
//! A conditional logit: each unit gets a weighted sum of what is seen of it, and its share of the page's likelihood.
//! `choice` then takes the runs of units that hold the most of it within a budget.

mod choice;
mod features;
mod lessons;
mod sought;
mod unit;
mod weights;

pub(crate) use choice::{Run, completed, runs};
pub(crate) use sought::Sought;
pub(crate) use unit::{Unit, conditions};

use domain::published::PublishedRevision;
use domain::text::Span;
use features::{FEATURES, Page};
pub use lessons::{Observed, feature_names};
use retrieval::Relevance;
use std::sync::Arc;

/// How much sharper the likelihood is than the lessons make it: one sentence that answers is worth more than a list of
/// items each of which might.
const SHARPNESS: f32 = 1.5;

/// What reading needs to know of a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its words with their weights.
    pub relevance: &'a Relevance,
    /// What kind of answer it wants.
    pub sought: &'a Sought,
}

/// The passages of one revision, read for one question.
#[derive(Debug)]
pub(crate) struct Reading {
    pub revision: Arc<PublishedRevision>,
    /// What may be quoted, in the order of the text, with the headings in between.
    pub units: Vec<Unit>,
    /// The share of the likelihood that each unit has; headings have none.
    pub shares: Vec<f32>,
}

impl Reading {
    /// Reads one revision; `ordinals` are the passages that search found best.
    pub(crate) fn of(revision: &Arc<PublishedRevision>, ordinals: &[u32], wanted: &Wanted<'_>) -> Self {
        let units = unit::units(revision, ordinals, wanted);
        let observed = Page::new(revision, &units, wanted).observe();
        let scores: Vec<Option<f32>> = observed.iter().map(|seen| seen.as_ref().map(score)).collect();
        let most = scores.iter().flatten().copied().fold(f32::NEG_INFINITY, f32::max);
        let exps: Vec<f32> = scores
            .iter()
            .map(|score| score.map_or(0.0, |score| (SHARPNESS * (score - most)).exp()))
            .collect();
        let total = exps.iter().sum::<f32>().max(f32::EPSILON);
        Self {
            revision: Arc::clone(revision),
            shares: exps.into_iter().map(|exp| exp / total).collect(),
            units,
        }
    }

    /// The text at a span.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.revision.content().text.slice(span).unwrap_or_default()
    }
}

fn score(seen: &[f32; FEATURES]) -> f32 {
    seen.iter()
        .zip(weights::WEIGHTS)
        .map(|(seen, weight)| seen * weight)
        .sum()
}
