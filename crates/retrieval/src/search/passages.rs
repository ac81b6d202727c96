//! Second look: the passages and the title of the best documents.

use super::documents::{Matches, normalised};
use super::question::Question;
use crate::snapshot::{Entry, PASSAGE_FIELDS, Segment, SegmentField, Snapshot};
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Term};

/// For trail and body: what a word counts there, and how much of that a long field takes away.
const FIELDS: [(f32, f32); PASSAGE_FIELDS] = [(1.0, 0.3), (1.0, 0.8)];
/// What words that stand together add to a passage.
const NEARNESS: f32 = 0.3;

/// A document looked at closely.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) slot: usize,
    pub(crate) segment: usize,
    pub(crate) entry: Entry,
    /// The score of the document as a whole.
    pub(crate) own_score: f32,
    /// Its passages, best first.
    pub(crate) best_passages: Vec<ScoredPassage>,
    /// The share of the question, by weight, that stands in the title.
    pub(crate) title_cover: f32,
    /// The share of the title's words that the question holds.
    pub(crate) title_part: f32,
    /// What its words score: those of its fields, of its best passage, of its title.
    pub(crate) of_words: f32,
    /// The final score.
    pub(crate) score: f32,
}

/// A passage with its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScoredPassage {
    /// Its number in the segment.
    pub(crate) number: u32,
    pub(crate) score: f32,
    /// The share of the question, by weight, that it holds.
    pub(crate) cover: f32,
    /// What words standing together added.
    pub(crate) nearness: f32,
}

/// What is known of one passage while its segment is read.
struct Passage {
    owner: usize,
    number: u32,
    /// How strongly it holds each part; empty where it holds none.
    strengths: Vec<f32>,
    /// Where it holds each unit.
    positions: Vec<Vec<u32>>,
}

/// Reads the title and the passages of each slot (given in the index's order).
pub(crate) fn examine(
    snapshot: &Snapshot,
    question: &Question,
    matches: &Matches,
    slots: Vec<usize>,
) -> tantivy::Result<Vec<Candidate>> {
    let mut candidates: Vec<Candidate> = slots
        .into_iter()
        .map(|slot| (slot, snapshot.entry(slot)))
        .map(|(slot, (segment, entry))| Candidate {
            slot,
            segment,
            entry,
            own_score: matches.own_score(slot),
            best_passages: Vec::new(),
            title_cover: 0.0,
            title_part: 0.0,
            of_words: 0.0,
            score: 0.0,
        })
        .collect();
    for (at, segment) in snapshot.segments.iter().enumerate() {
        let first = candidates.partition_point(|candidate| candidate.segment < at);
        let last = candidates.partition_point(|candidate| candidate.segment <= at);
        let here = &mut candidates[first..last];
        if here.is_empty() {
            continue;
        }
        read_titles(segment, question, matches, here)?;
        for passage in read_passages(snapshot, segment, question, here)? {
            here[passage.owner]
                .best_passages
                .push(score(question, matches, &passage));
        }
    }
    for candidate in &mut candidates {
        candidate.best_passages.retain(|passage| passage.score > 0.0);
        candidate
            .best_passages
            .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
    }
    Ok(candidates)
}

fn read_titles(
    segment: &Segment,
    question: &Question,
    matches: &Matches,
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    let title = &segment.documents[0];
    let questions = &segment.documents[1];
    let total = matches.highest();
    let mut held = vec![0f32; candidates.len() * question.parts.len()];
    for (part, asked) in question.parts.iter().enumerate() {
        for (stem, worth) in &asked.stems {
            let term = Term::from_field_text(Field::from_field_id(0), stem);
            for field in [title, questions] {
                let Some(mut postings) = field.index.read_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                for (at, candidate) in candidates.iter().enumerate() {
                    let number = candidate.entry.number;
                    if postings.doc() < number {
                        postings.seek(number);
                    }
                    if postings.doc() == number {
                        let cell = &mut held[at * question.parts.len() + part];
                        *cell = cell.max(*worth);
                    }
                }
            }
        }
    }
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let row = &held[at * question.parts.len()..(at + 1) * question.parts.len()];
        let mut met = 0.0;
        for (unit, weight) in question.units.iter().zip(&matches.weights) {
            let other = unit
                .alternatives
                .iter()
                .filter(|other| other.parts.iter().all(|part| row[*part] > 0.0))
                .map(|other| other.weight)
                .fold(0.0, f32::max);
            let here = row[unit.own].max(other);
            candidate.title_cover += here * weight.idf / total;
            met += here;
        }
        let length = title.lengths.fieldnorm(candidate.entry.number).max(1);
        candidate.title_part = (met / length as f32).min(1.0);
    }
    Ok(())
}

fn read_passages(
    snapshot: &Snapshot,
    segment: &Segment,
    question: &Question,
    candidates: &[Candidate],
) -> tantivy::Result<Vec<Passage>> {
    let parts = question.parts.len();
    let mut passages: Vec<Passage> = Vec::new();
    let mut firsts = Vec::with_capacity(candidates.len());
    for (owner, candidate) in candidates.iter().enumerate() {
        firsts.push(passages.len());
        passages.extend((1..=candidate.entry.passages).map(|offset| Passage {
            owner,
            number: candidate.entry.number + offset,
            strengths: Vec::new(),
            positions: Vec::new(),
        }));
    }
    let mut positions = Vec::new();
    for (part, asked) in question.parts.iter().enumerate() {
        let unit = question.units.iter().position(|unit| unit.own == part);
        for (stem, worth) in &asked.stems {
            let term = Term::from_field_text(Field::from_field_id(0), stem);
            for (at, (field, (weight, b))) in segment.passages.iter().zip(FIELDS).enumerate() {
                let placed = unit.filter(|_| at == 1);
                let Some(mut postings) = open(field, &term, placed.is_some())? else {
                    continue;
                };
                for (candidate, first) in candidates.iter().zip(&firsts) {
                    let start = candidate.entry.number + 1;
                    if postings.doc() < start {
                        postings.seek(start);
                    }
                    while postings.doc() < start + candidate.entry.passages {
                        let number = postings.doc();
                        let passage = &mut passages[first + (number - start) as usize];
                        if passage.strengths.is_empty() {
                            passage.strengths.resize(parts, 0.0);
                            passage.positions.resize_with(question.units.len(), Vec::new);
                        }
                        let average = snapshot.passage_lengths[at];
                        passage.strengths[part] += worth
                            * weight
                            * normalised(postings.term_freq(), field.lengths.fieldnorm(number), average, b);
                        if let Some(unit) = placed {
                            postings.positions(&mut positions);
                            passage.positions[unit].extend_from_slice(&positions);
                        }
                        postings.advance();
                    }
                }
            }
        }
    }
    passages.retain(|passage| !passage.strengths.is_empty());
    Ok(passages)
}

fn open(
    field: &SegmentField,
    term: &Term,
    with_positions: bool,
) -> tantivy::Result<Option<tantivy::postings::SegmentPostings>> {
    let option = if with_positions {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    };
    Ok(field.index.read_postings(term, option)?)
}

fn score(question: &Question, matches: &Matches, passage: &Passage) -> ScoredPassage {
    let strength = |part: usize| passage.strengths[part];
    let total = matches.highest();
    let mut own = 0.0;
    let mut cover = 0.0;
    for unit in 0..question.units.len() {
        let here = matches.unit_score(question, unit, &strength);
        own += here;
        if here > 0.0 {
            cover += matches.weights[unit].idf / total;
        }
    }
    let nearness = nearness(question, matches, passage);
    ScoredPassage {
        number: passage.number,
        score: own + NEARNESS * nearness,
        cover,
        nearness,
    }
}

/// What neighbouring words of the question add where they stand near each other.
fn nearness(question: &Question, matches: &Matches, passage: &Passage) -> f32 {
    (1..question.units.len())
        .map(|unit| {
            let (a, b) = (&passage.positions[unit - 1], &passage.positions[unit]);
            let weight = matches.weights[unit - 1].idf.min(matches.weights[unit].idf);
            match closest(a, b) {
                Some(1) => weight,
                Some(2..=3) => 0.5 * weight,
                Some(4..=8) => 0.2 * weight,
                _ => 0.0,
            }
        })
        .sum()
}

fn closest(a: &[u32], b: &[u32]) -> Option<u32> {
    a.iter()
        .flat_map(|x| b.iter().map(move |y| x.abs_diff(*y)))
        .filter(|apart| *apart > 0)
        .min()
}
