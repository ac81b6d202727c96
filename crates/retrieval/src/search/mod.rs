//! Search: a question in, ranked documents with their best passages out.

mod documents;
mod passages;
mod question;

use crate::confidence::{self, Evidence};
use crate::meaning;
use crate::relevance::Relevance;
use crate::schema::kind_of;
use crate::snapshot::Snapshot;
pub(crate) use documents::Matches;
use domain::document::DocumentKind;
use domain::ids::{CollectionId, DocumentId, RevisionId};
pub(crate) use passages::Candidate;
pub(crate) use question::Question;

/// How many documents are looked at passage by passage.
const CANDIDATES: usize = 60;
/// What the best passage adds to its document.
const PASSAGE: f32 = 0.4;
/// What a title that is the question adds, as a share of the highest score.
const TITLE: f32 = 2.5;
/// From this nearness on, meanings are alike: below, documents of one subject lie about as near as those of another.
const ALIKE: f32 = 0.4;
/// What nearness beyond that adds, as a share of the highest score.
const MEANING: f32 = 1.0;
/// What the words of the question add that stand first in the document, as a share of the highest score.
const LEAD: f32 = 0.1;
/// How many documents are looked at for their meaning alone.
const NEAREST: usize = 20;
/// How long the vector of a word is that nobody learned: as long as most of those that were.
const TYPICAL: f32 = 8.0;
/// What a document for people whom the question does not name loses, as a share of the highest score.
const NARROW: f32 = 0.4;
/// How many passages of a document are given.
const MOST_PASSAGES: usize = 5;

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The question as the resident wrote it.
    pub text: String,
}

impl Query {
    /// A question as the resident wrote it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

/// The documents that best answer a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// What was searched for.
    pub asked: String,
    /// Best first.
    pub hits: Vec<Hit>,
    /// The question with its misspelled words corrected; `None` where there was none.
    pub correction: Option<String>,
    /// Words of the question that the best document does not hold, as they were written.
    pub unmet: Vec<String>,
    /// The question's words with their weights.
    pub relevance: Relevance,
    /// How many documents it was asked of.
    pub asked_of: usize,
}

/// A document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which document.
    pub document: DocumentId,
    /// Which revision of it.
    pub revision: RevisionId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its rank's score; means something within one ranking alone.
    pub score: f32,
    /// The probability that it answers the question.
    pub confidence: f32,
    /// Its passages nearest to the question, best first.
    pub passages: Vec<PassageHit>,
}

/// A passage found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassageHit {
    /// Its position among the passages of the revision.
    pub ordinal: u32,
    /// Its score; means something within one ranking alone.
    pub score: f32,
}

/// The documents that may answer, best first.
fn ranked(
    snapshot: &Snapshot,
    question: &Question,
    matches: &Matches,
    most: usize,
) -> tantivy::Result<Vec<Candidate>> {
    let place = place(snapshot, question, matches);
    let meaning = |slot: usize| place.map_or(0.0, |place| meaning::nearness(&place, snapshot.meaning(slot)));
    let mut slots = matches.best(most);
    slots.extend(nearest(matches, meaning));
    slots.sort_unstable();
    slots.dedup();
    let mut candidates = passages::examine(snapshot, question, matches, slots)?;
    let highest = matches.highest();
    for candidate in &mut candidates {
        let lead = matches.share_in_lead(question, candidate.slot);
        let narrow = candidate.entry.narrow && !question.narrow;
        candidate.of_words = score_of_words(candidate, highest);
        candidate.score =
            candidate.of_words + highest * share_beyond_words(meaning(candidate.slot), lead, narrow);
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.slot.cmp(&b.slot)));
    Ok(candidates)
}

/// Where a question lies. A word whose vector nobody learned lies in the middle of the documents that hold it: so a
/// town's own names mean what its pages say of them, from their publication on.
fn place(snapshot: &Snapshot, question: &Question, matches: &Matches) -> Option<meaning::Place> {
    let mut sum = meaning::Sum::default();
    for unit in &question.units {
        if sum.add_stem(question.stem(unit), 1.0) {
            continue;
        }
        let mut middle = meaning::Sum::default();
        for slot in matches.eligible() {
            let strength = matches.strength(unit.own, slot);
            if strength > 0.0 {
                middle.add_place(snapshot.meaning(slot), documents::saturate(strength));
            }
        }
        if let Some(middle) = middle.place() {
            sum.add_place(&middle, TYPICAL);
        }
    }
    sum.place()
}

/// The documents whose meaning is nearest, whatever their words.
fn nearest(matches: &Matches, meaning: impl Fn(usize) -> f32) -> impl Iterator<Item = usize> {
    let near = matches.eligible().map(|slot| (meaning(slot), slot));
    let mut near: Vec<(f32, usize)> = near.filter(|(nearness, _)| *nearness > ALIKE).collect();
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(NEAREST).map(|(_, slot)| slot)
}

pub(crate) fn search(
    snapshot: &Snapshot,
    query: &Query,
    collections: &[CollectionId],
    limit: usize,
) -> tantivy::Result<Ranking> {
    let question = Question::read(&query.text, &snapshot.vocabulary);
    let correction = question.correction.clone();
    let matches = Matches::find(snapshot, &question, collections)?;
    let candidates = ranked(snapshot, &question, &matches, CANDIDATES.max(limit))?;
    let unmet = candidates.first().map_or_else(
        || question.units.iter().map(|unit| unit.written.clone()).collect(),
        |best| matches.unmet(&question, best.slot),
    );
    let scores: Vec<f32> = candidates.iter().map(|candidate| candidate.of_words).collect();
    let mut hits = Vec::with_capacity(limit.min(candidates.len()));
    for (rank, candidate) in candidates.iter().take(limit).enumerate() {
        let rival = scores
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != rank)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max);
        let evidence = Evidence::of(&question, &matches, candidate, rival);
        hits.push(hit(snapshot, candidate, confidence::probability(&evidence))?);
    }
    let relevance = Relevance::of(&question, matches.weights.iter().map(|weight| weight.idf));
    Ok(Ranking {
        asked: query.text.clone(),
        hits,
        correction,
        unmet,
        relevance,
        asked_of: matches.eligible().count(),
    })
}

/// The words of a question that a document does not hold, as they were written; all of them where it is none of those that
/// may be found.
pub(crate) fn unmet(
    snapshot: &Snapshot,
    query: &Query,
    collections: &[CollectionId],
    document: DocumentId,
) -> tantivy::Result<Vec<String>> {
    let question = Question::read(&query.text, &snapshot.vocabulary);
    let matches = Matches::find(snapshot, &question, collections)?;
    for slot in matches.eligible() {
        let (segment, entry) = snapshot.entry(slot);
        let documents = snapshot.segments[segment].reader.fast_fields().i64("document")?;
        if documents.first(entry.number) == Some(document.0) {
            return Ok(matches.unmet(&question, slot));
        }
    }
    Ok(question.units.into_iter().map(|unit| unit.written).collect())
}

/// What a document's words score: its fields, its best passage, its title.
fn score_of_words(candidate: &Candidate, highest: f32) -> f32 {
    let passage = candidate
        .best_passages
        .first()
        .map_or(0.0, |passage| passage.score);
    candidate.own_score + PASSAGE * passage + TITLE * highest * candidate.title_cover * candidate.title_part
}

/// What a document scores beyond its words, as a share of the highest score: its meaning, what it says first, whom it is for.
fn share_beyond_words(meaning: f32, lead: f32, narrow: bool) -> f32 {
    MEANING * (meaning - ALIKE).max(0.0) + LEAD * lead - if narrow { NARROW } else { 0.0 }
}

fn hit(snapshot: &Snapshot, candidate: &Candidate, confidence: f32) -> tantivy::Result<Hit> {
    let segment = &snapshot.segments[candidate.segment];
    let columns = segment.reader.fast_fields();
    let number = candidate.entry.number;
    let value = |name: &str| -> tantivy::Result<i64> { Ok(columns.i64(name)?.first(number).unwrap_or(0)) };
    let ordinals = columns.u64("ordinal")?;
    Ok(Hit {
        document: DocumentId(value("document")?),
        revision: RevisionId(value("revision")?),
        kind: kind_of(columns.u64("kind")?.first(number).unwrap_or(0)),
        score: candidate.score,
        confidence,
        passages: candidate
            .best_passages
            .iter()
            .take(MOST_PASSAGES)
            .map(|passage| PassageHit {
                ordinal: ordinals
                    .first(passage.number)
                    .and_then(|o| u32::try_from(o).ok())
                    .unwrap_or(0),
                score: passage.score,
            })
            .collect(),
    })
}
