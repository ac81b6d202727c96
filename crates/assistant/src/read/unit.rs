//! What can be quoted by itself: the sentences of paragraphs, items, rows and definitions whole.

use super::Wanted;
use domain::published::{PublishedPassage, PublishedRevision};
use domain::sentence;
use domain::text::{Block, BlockKind, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A sentence, item, row or heading that is quoted whole or not at all.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub span: Span,
    pub block: usize,
    pub kind: BlockKind,
    pub characters: usize,
    /// For each word of the question, how well it holds it.
    pub held: Vec<f32>,
    /// Whether it holds a fact of the kind that was asked for.
    pub answers: bool,
    /// Whether it says yes, no or that it depends, to a question that wants this.
    pub plain: bool,
    /// Whether it sets limits to the unit before it, which would say too much alone.
    pub limits: bool,
    /// Whether it cannot be understood without the unit before it.
    pub points_back: bool,
    /// Whether it cannot be understood without the heading above it.
    pub points_up: bool,
    /// The headings, situations and questions above it.
    pub trail: Vec<Span>,
}

impl Unit {
    pub(crate) fn is_heading(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Heading(_) | BlockKind::Situation(_) | BlockKind::Question
        )
    }

    pub(crate) fn is_listed(&self) -> bool {
        matches!(self.kind, BlockKind::Item { .. } | BlockKind::Row)
    }

    /// Whether it stands right before another in the text.
    pub(crate) fn precedes(&self, other: &Self) -> bool {
        self.block == other.block || self.block + 1 == other.block
    }
}

/// The units of the passages to choose from, in the order of the text.
pub(super) fn units(revision: &Arc<PublishedRevision>, ordinals: &[u32], wanted: &Wanted<'_>) -> Vec<Unit> {
    let content = revision.content();
    // The first passage says what the document is about; what follows a passage may complete it.
    let chosen: BTreeSet<u32> = ordinals.iter().flat_map(|o| [*o, o + 1]).chain([0, 1]).collect();
    let mut units = Vec::new();
    let mut last_block = None;
    let passages: Vec<PublishedPassage> = revision.passages();
    for passage in passages
        .iter()
        .filter(|passage| chosen.contains(&passage.spec().ordinal))
    {
        let spec = passage.spec();
        // Headings between two passages that follow one another are said between them.
        if let Some(last) = last_block {
            let between = last + 1..spec.blocks.start;
            for block in between.clone().filter(|_| between.len() <= 3) {
                let heading = unit(revision, block, content.blocks[block].span, &spec.trail, wanted);
                if heading.is_heading() {
                    units.push(heading);
                }
            }
        }
        for index in spec.blocks.clone() {
            let Some(block) = content.blocks.get(index) else {
                continue;
            };
            for span in spans(revision, block) {
                units.push(unit(revision, index, span, &spec.trail, wanted));
            }
        }
        last_block = Some(spec.blocks.end - 1);
    }
    units
}

/// What of a block can be quoted by itself: sentences of a paragraph, everything else whole.
fn spans(revision: &PublishedRevision, block: &Block) -> Vec<Span> {
    let text = revision.content().text.slice(block.span).unwrap_or_default();
    match block.kind {
        BlockKind::Paragraph => sentence::split(text)
            .into_iter()
            .map(|span| span.shifted(block.span.start))
            .collect(),
        _ => vec![block.span],
    }
}

fn unit(revision: &PublishedRevision, index: usize, span: Span, trail: &[Span], wanted: &Wanted<'_>) -> Unit {
    let content = revision.content();
    let block = content.blocks[index];
    let text = content.text.slice(span).unwrap_or_default();
    let in_paragraph = block.kind == BlockKind::Paragraph;
    let beginning = crate::understand::fold(&text.chars().take(20).collect::<String>());
    let begins_with = |starts: &[&str]| starts.iter().any(|start| beginning.starts_with(start));
    let opens_block = span.start == block.span.start;
    let points = begins_with(&POINTERS) && !begins_with(&IMPERSONAL);
    Unit {
        span,
        block: index,
        kind: block.kind,
        characters: text.chars().count(),
        held: wanted.relevance.held(text),
        answers: wanted.sought.answered_by(text),
        plain: wanted.sought.yes_or_no && begins_with(&PLAIN),
        limits: in_paragraph && begins_with(&EXCEPTIONS),
        points_back: in_paragraph && !opens_block && points,
        points_up: in_paragraph && opens_block && points,
        trail: trail.to_vec(),
    }
}

/// Words that answer a question before anything is explained.
const PLAIN: [&str; 10] = [
    "oui.",
    "oui,",
    "oui ",
    "oui:",
    "non.",
    "non,",
    "non ",
    "non:",
    "tout depend",
    "cela depend",
];
/// Words that set limits to the sentence before: cutting them away would make it say too much.
const EXCEPTIONS: [&str; 12] = [
    "toutefois",
    "cependant",
    "neanmoins",
    "sauf",
    "mais",
    "exception",
    "attention",
    "par exception",
    "sinon",
    "a defaut",
    "a noter",
    "en revanche",
];
/// Words that point at the sentence before.
const POINTERS: [&str; 16] = [
    "il ",
    "elle ",
    "ils ",
    "elles ",
    "cela ",
    "ce delai",
    "cette ",
    "ces ",
    "dans ce cas",
    "celui-ci",
    "celle-ci",
    "ceux-ci",
    "celles-ci",
    "ainsi",
    "ce dernier",
    "cette derniere",
];

/// Beginnings that point at nothing.
const IMPERSONAL: [&str; 6] = [
    "il faut",
    "il y a",
    "il n'y a",
    "il n’y a",
    "il est possible",
    "il est interdit",
];

/// What a unit is never said without, with its length: the situations that it stands under, which condition it, and the
/// heading that it points to.
pub(crate) fn conditions(revision: &PublishedRevision, unit: &Unit) -> Vec<(Span, usize)> {
    let content = revision.content();
    let is_situation = |span: &Span| {
        let block = content.blocks.iter().find(|block| block.span == *span);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Situation(_)))
    };
    let pointed_at = unit.trail.last().filter(|_| unit.points_up);
    let needed = unit
        .trail
        .iter()
        .filter(|span| is_situation(span) || pointed_at == Some(*span));
    needed
        .map(|span| {
            let text = content.text.slice(*span).unwrap_or_default();
            (*span, text.chars().count())
        })
        .collect()
}
