//! First look: how well each document matches, field by field (BM25F), for every word of the question.

use super::question::{Alternative, Part, Question};
use crate::snapshot::{DOCUMENT_FIELDS, NO_ENTRY, Segment, Snapshot};
use domain::ids::CollectionId;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

/// The strength that gives a word half of its weight: repetition counts less and less.
const SATURATION: f32 = 4.0;

/// What a unit can weigh.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitWeight {
    /// The idf of its own part, or of the best alternative where the texts lack the part.
    pub(crate) idf: f32,
    /// Whether the texts hold its own part.
    pub(crate) held: bool,
}

/// In a corpus of so many documents, a word that is in none is no word of its subject.
const LARGE_CORPUS: f32 = 2_000.0;
/// How much a number counts that no document holds.
const NUMBER: f32 = 0.2;

/// How every document matches every part of a question.
pub(crate) struct Matches {
    /// For each part, how strongly each slot holds it: a frequency weighted by field and length.
    strengths: Vec<f32>,
    /// For each part, whether each slot holds it among its first words.
    leads: Vec<bool>,
    slots: usize,
    /// Each slot's score; `None` where it is none of what may be found.
    scores: Vec<Option<f32>>,
    pub(crate) idf: Vec<f32>,
    pub(crate) weights: Vec<UnitWeight>,
}

/// How a word's strength becomes a share of its weight.
pub(crate) fn saturate(strength: f32) -> f32 {
    strength / (strength + SATURATION)
}

/// For title, questions, keywords, headings, first words and body: what a word counts there, and how much of that a
/// long field takes away.
const FIELDS: [(f32, f32); DOCUMENT_FIELDS] = [
    (4.0, 0.5),
    (2.5, 0.5),
    (1.0, 0.3),
    (1.0, 0.6),
    (2.0, 0.3),
    (1.0, 0.95),
];

/// The place of the first words among the fields.
const LEAD: usize = 4;

/// How much of a field's frequency counts, given its length.
pub(crate) fn normalised(frequency: u32, length: u32, average: f32, b: f32) -> f32 {
    frequency as f32 / (1.0 - b + b * length as f32 / average)
}

impl Matches {
    pub(crate) fn find(
        snapshot: &Snapshot,
        question: &Question,
        collections: &[CollectionId],
    ) -> tantivy::Result<Self> {
        let slots = snapshot.slots;
        let mut strengths = vec![0f32; question.parts.len() * slots];
        let mut leads = vec![false; question.parts.len() * slots];
        let mut idf = Vec::with_capacity(question.parts.len());
        for (at, part) in question.parts.iter().enumerate() {
            let row = at * slots..(at + 1) * slots;
            let row = Row {
                strengths: &mut strengths[row.clone()],
                leads: &mut leads[row],
            };
            let frequency = gather(snapshot, part, row)?;
            idf.push(((slots as f32 - frequency + 0.5).max(0.5) / (frequency + 0.5)).ln_1p());
        }
        let weights = question.units.iter().map(|unit| {
            let held = idf[unit.own] < rarest(slots);
            let best = unit
                .alternatives
                .iter()
                .map(|other| mean(&other.parts, |part| idf[part]))
                .filter(|other| *other < rarest(slots))
                .fold(0.0, f32::max);
            UnitWeight {
                idf: if held || best == 0.0 { idf[unit.own] } else { best },
                held,
            }
        });
        let weights = weights.collect();
        let mut matches = Self {
            strengths,
            leads,
            slots,
            scores: vec![None; slots],
            idf,
            weights,
        };
        for segment in &snapshot.segments {
            for (slot, entry) in (segment.first_slot..).zip(&segment.layout.entries) {
                let asked = collections.contains(&CollectionId(entry.collection));
                if asked && !segment.reader.is_deleted(entry.number) {
                    matches.scores[slot] = Some(matches.score(question, |part| matches.strength(part, slot)));
                }
            }
        }
        Ok(matches)
    }

    /// The highest score that the question allows.
    pub(crate) fn highest(&self) -> f32 {
        self.weights
            .iter()
            .map(|unit| unit.idf)
            .sum::<f32>()
            .max(f32::EPSILON)
    }

    /// How many documents there are.
    pub(crate) fn documents(&self) -> f32 {
        self.slots as f32
    }

    /// What it tells that a document lacks a unit: all of its weight, but less where all documents lack it, as a small
    /// corpus lacks many words, and little for a number, which is more often the resident's own case than the subject.
    pub(crate) fn expected_weight(&self, question: &Question, unit: usize) -> f32 {
        let weight = self.weights[unit];
        if weight.held || weight.idf < rarest(self.slots) {
            return weight.idf;
        }
        let number = question.units[unit].written.chars().all(|c| c.is_ascii_digit());
        let told = (self.documents().max(2.0).ln() / LARGE_CORPUS.ln()).min(1.0);
        weight.idf * told * if number { NUMBER } else { 1.0 }
    }

    /// The score of a thing that holds parts with such strengths.
    pub(crate) fn score(&self, question: &Question, strength: impl Fn(usize) -> f32) -> f32 {
        (0..question.units.len())
            .map(|unit| self.unit_score(question, unit, &strength))
            .sum()
    }

    /// What one unit of the question adds to a score.
    pub(crate) fn unit_score(
        &self,
        question: &Question,
        unit: usize,
        strength: &impl Fn(usize) -> f32,
    ) -> f32 {
        let (asked, weight) = (&question.units[unit], self.weights[unit]);
        let own = weight.idf * saturate(strength(asked.own));
        let other = asked
            .alternatives
            .iter()
            .map(|other| self.alternative_score(weight, other, strength));
        asked.trust * other.fold(own, f32::max)
    }

    fn alternative_score(
        &self,
        unit: UnitWeight,
        other: &Alternative,
        strength: &impl Fn(usize) -> f32,
    ) -> f32 {
        if other.parts.iter().any(|part| strength(*part) <= 0.0) {
            return 0.0;
        }
        let idf = mean(&other.parts, |part| self.idf[part]);
        let worth = if unit.held { idf.min(unit.idf) } else { idf };
        other.weight * worth * mean(&other.parts, |part| saturate(strength(part)))
    }

    pub(crate) fn strength(&self, part: usize, slot: usize) -> f32 {
        self.strengths[part * self.slots + slot]
    }

    /// The share of the question, by weight, that the first words of a slot hold.
    pub(crate) fn share_in_lead(&self, question: &Question, slot: usize) -> f32 {
        let leads = |part: &usize| self.leads[part * self.slots + slot];
        let held = |unit: &usize| {
            let unit = &question.units[*unit];
            let mut others = unit.alternatives.iter();
            leads(&unit.own) || others.any(|other| other.parts.iter().all(leads))
        };
        let weight = |unit| self.expected_weight(question, unit);
        let all: f32 = (0..question.units.len()).map(weight).sum();
        let here: f32 = (0..question.units.len()).filter(held).map(weight).sum();
        here / all.max(f32::EPSILON)
    }

    pub(crate) fn own_score(&self, slot: usize) -> f32 {
        self.scores[slot].unwrap_or_default()
    }

    /// The slots of documents that may be found.
    pub(crate) fn eligible(&self) -> impl Iterator<Item = usize> {
        (0..self.slots).filter(|slot| self.scores[*slot].is_some())
    }

    /// The slots with the best scores, in the index's order.
    pub(crate) fn best(&self, most: usize) -> Vec<usize> {
        let mut slots: Vec<usize> = (0..self.slots)
            .filter(|slot| self.own_score(*slot) > 0.0)
            .collect();
        if slots.len() > most {
            slots.select_nth_unstable_by(most, |a, b| {
                self.own_score(*b).total_cmp(&self.own_score(*a)).then(a.cmp(b))
            });
            slots.truncate(most);
        }
        slots.sort_unstable();
        slots
    }

    /// The words of the question that a slot holds under no name.
    pub(crate) fn unmet(&self, question: &Question, slot: usize) -> Vec<String> {
        (0..question.units.len())
            .filter(|unit| self.unit_score(question, *unit, &|part| self.strength(part, slot)) <= 0.0)
            .map(|unit| question.units[unit].written.clone())
            .collect()
    }
}

/// The idf of a word that no document holds.
fn rarest(slots: usize) -> f32 {
    ((slots as f32 + 0.5) / 0.5).ln_1p() - 1e-4
}

pub(crate) fn mean(parts: &[usize], value: impl Fn(usize) -> f32) -> f32 {
    parts.iter().map(|part| value(*part)).sum::<f32>() / parts.len().max(1) as f32
}

/// What one part is in each slot.
struct Row<'a> {
    strengths: &'a mut [f32],
    leads: &'a mut [bool],
}

/// Adds up a part's strength in each slot; gives the number of documents that hold it.
fn gather(snapshot: &Snapshot, part: &Part, mut row: Row<'_>) -> tantivy::Result<f32> {
    let mut most = 0;
    for (stem, worth) in &part.stems {
        let mut frequency = 0;
        for segment in &snapshot.segments {
            frequency += gather_segment(snapshot, segment, (stem, *worth), &mut row)?;
        }
        most = most.max(frequency);
    }
    Ok(most as f32)
}

fn gather_segment(
    snapshot: &Snapshot,
    segment: &Segment,
    (stem, worth): (&str, f32),
    row: &mut Row<'_>,
) -> tantivy::Result<u32> {
    let term = Term::from_field_text(Field::from_field_id(0), stem);
    let mut most = 0;
    for (at, ((field, (weight, b)), average)) in segment
        .documents
        .iter()
        .zip(FIELDS)
        .zip(snapshot.document_lengths)
        .enumerate()
    {
        let Some(mut postings) = field.index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
            continue;
        };
        most = most.max(postings.doc_freq());
        let mut doc = postings.doc();
        while doc != TERMINATED {
            let place = segment.layout.places[doc as usize];
            if place != NO_ENTRY {
                let counted = normalised(postings.term_freq(), field.lengths.fieldnorm(doc), average, b);
                let slot = segment.first_slot + place as usize;
                row.strengths[slot] += worth * weight * counted;
                row.leads[slot] |= at == LEAD;
            }
            doc = postings.advance();
        }
    }
    Ok(most)
}
