//! Composing an answer from a published revision: the run of whole sentences and list items that answers best.

use domain::facts::{self, FactKind};
use domain::published::{PublishedPassage, PublishedRevision};
use domain::sentence;
use domain::statement::{Layout, Role, Statement};
use domain::text::{Block, BlockKind, Span};
use retrieval::Relevance;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many characters an answer aims at where the channel sets no budget.
const COMFORTABLE: usize = 700;
/// Up to how many characters a list is completed where the channel sets no budget.
const WHOLE_LIST: usize = 1_600;
/// Up to how many characters a section is told whole where the channel sets no budget.
const WHOLE_SECTION: usize = 1_200;

/// What a run of text is worth, in shares of the weight of the whole question.
mod worth {
    /// A word of the question that stands in the headings above, against one in the text.
    pub(super) const HEADING: f32 = 0.6;
    /// Each further sentence that holds a word already met.
    pub(super) const REPETITION: f32 = 0.12;
    /// The beginning of a document, which says what it is about.
    pub(super) const BEGINNING: f32 = 0.25;
    /// A fact of the kind that was asked for.
    pub(super) const ASKED_FACT: f32 = 0.2;
    /// How much less a word tells within a document whose title holds it.
    pub(super) const IN_TITLE: f32 = 0.7;
    /// How much less a word tells that stands everywhere in the document.
    pub(super) const EVERYWHERE: f32 = 0.6;
}

/// What composing needs to know of a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its words.
    pub relevance: &'a Relevance,
    /// The kinds of facts that would answer it.
    pub facts: &'a [FactKind],
    /// The most characters that may be said, a line break between statements included.
    pub budget: Option<usize>,
}

/// A sentence, item, row or heading that is quoted whole or not at all.
#[derive(Debug, Clone)]
struct Unit {
    span: Span,
    block: usize,
    kind: BlockKind,
    characters: usize,
    held: Vec<f32>,
    asked_fact: bool,
    /// Whether it cannot be understood, or would mislead, without the unit before it.
    leans_back: bool,
    /// The headings, situations and questions above it.
    trail: Vec<Span>,
}

/// What was composed.
#[derive(Debug)]
pub(crate) struct Extract {
    pub statements: Vec<Statement>,
    /// Whether a list goes on in the page after the last item said.
    pub list_is_cut: bool,
}

/// Composes from one revision; `ordinals` are the passages that search found best.
pub(crate) fn extract(
    revision: &Arc<PublishedRevision>,
    ordinals: &[u32],
    wanted: &Wanted<'_>,
) -> Option<Extract> {
    let passages = revision.passages();
    let units = units(revision, &passages, ordinals, wanted);
    let question = Weights::of(revision, &units, wanted);
    let budget = wanted.budget.unwrap_or(COMFORTABLE);
    let (start, end) = best_run(&units, &question, budget)?;
    let (start, end) = match wanted.budget {
        Some(_) => (start, end),
        None => match whole_section(&units, start) {
            // What follows a short section completes it.
            Some((start, end)) => (start, end.max(furthest(&units, start, budget))),
            None => (start, whole_list(&units, start, end)),
        },
    };
    let run = &units[start..end];
    let mut statements = introduction(revision, &units, start, wanted.budget);
    statements.extend(quotes(revision, run));
    Some(Extract {
        statements,
        list_is_cut: run.last().is_some_and(|last| goes_on(revision, last)),
    })
}

/// Whether the list that a unit is part of has more below it.
fn goes_on(revision: &PublishedRevision, unit: &Unit) -> bool {
    let next = revision.content().blocks.get(unit.block + 1);
    is_listed(unit.kind) && next.is_some_and(|next| is_listed(next.kind))
}

fn is_listed(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Item { .. } | BlockKind::Row)
}

/// The units of the passages to choose from, in the order of the text.
fn units(
    revision: &PublishedRevision,
    passages: &[PublishedPassage],
    ordinals: &[u32],
    wanted: &Wanted<'_>,
) -> Vec<Unit> {
    let content = revision.content();
    // The first passage says what the document is about; what follows a passage may complete it.
    let chosen: BTreeSet<u32> = ordinals.iter().flat_map(|o| [*o, o + 1]).chain([0, 1]).collect();
    let mut units = Vec::new();
    let mut last_block = None;
    for passage in passages
        .iter()
        .filter(|passage| chosen.contains(&passage.spec().ordinal))
    {
        let spec = passage.spec();
        // Headings between two passages that follow one another are said between them.
        if let Some(last) = last_block {
            for block in last + 1..spec.blocks.start {
                let heading = content.blocks[block];
                let in_between = content.blocks[last + 1..spec.blocks.start].len() <= 3;
                if in_between
                    && matches!(
                        heading.kind,
                        BlockKind::Heading(_) | BlockKind::Situation(_) | BlockKind::Question
                    )
                {
                    units.push(unit(revision, block, heading.span, spec.trail.clone(), wanted));
                }
            }
        }
        for index in spec.blocks.clone() {
            let Some(block) = content.blocks.get(index) else {
                continue;
            };
            for span in spans(revision, block) {
                units.push(unit(revision, index, span, spec.trail.clone(), wanted));
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

fn unit(
    revision: &PublishedRevision,
    index: usize,
    span: Span,
    trail: Vec<Span>,
    wanted: &Wanted<'_>,
) -> Unit {
    let content = revision.content();
    let block = content.blocks[index];
    let text = content.text.slice(span).unwrap_or_default();
    let first_of_block = span.start == block.span.start;
    Unit {
        span,
        block: index,
        kind: block.kind,
        characters: text.chars().count(),
        held: wanted.relevance.held(text),
        asked_fact: !wanted.facts.is_empty()
            && facts::find(text)
                .iter()
                .any(|fact| wanted.facts.contains(&fact.kind)),
        leans_back: match block.kind {
            BlockKind::Paragraph => leans_back(text, first_of_block),
            _ => false,
        },
        trail,
    }
}

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

/// Whether a sentence cannot be understood, or would mislead, without what stands before it. A paragraph may begin
/// with a pointer to its own heading, never with an exception.
fn leans_back(text: &str, first_of_block: bool) -> bool {
    let beginning = crate::understand::fold(&text.chars().take(20).collect::<String>());
    let begins_with = |starts: &[&str]| starts.iter().any(|start| beginning.starts_with(start));
    begins_with(&EXCEPTIONS) || (!first_of_block && begins_with(&POINTERS))
}

/// The weights of the question's words, and what the title already holds of them.
struct Weights<'a> {
    revision: &'a PublishedRevision,
    relevance: &'a Relevance,
    weights: Vec<f32>,
    total: f32,
}

impl<'a> Weights<'a> {
    /// The weights within one document: what its title or all of its units hold does not tell one from another.
    fn of(revision: &'a PublishedRevision, units: &[Unit], wanted: &Wanted<'a>) -> Self {
        let title = wanted.relevance.held(&revision.content().title);
        let mut weights = wanted.relevance.weights();
        for (word, weight) in weights.iter_mut().enumerate() {
            let holding = units.iter().filter(|unit| unit.held[word] > 0.0).count();
            let everywhere = holding as f32 / units.len().max(1) as f32;
            *weight *= (1.0 - worth::IN_TITLE * title[word]) * (1.0 - worth::EVERYWHERE * everywhere);
        }
        let total = weights.iter().sum::<f32>().max(f32::EPSILON);
        Self {
            revision,
            relevance: wanted.relevance,
            weights,
            total,
        }
    }

    fn headings(&self, trail: &[Span]) -> Vec<f32> {
        let content = self.revision.content();
        let text: Vec<_> = trail
            .iter()
            .filter_map(|span| content.text.slice(*span))
            .collect();
        self.relevance.held(&text.join("\n"))
    }

    /// What a run is worth, 0 to about 2.
    fn worth(&self, run: &[Unit], headings: &[f32], first: bool) -> f32 {
        let mut worth = 0.0;
        for (word, weight) in self.weights.iter().enumerate() {
            let mut strengths: Vec<f32> = run
                .iter()
                .map(|unit| unit.held[word])
                .filter(|held| *held > 0.0)
                .collect();
            strengths.sort_by(|a, b| b.total_cmp(a));
            let best = strengths.first().copied().unwrap_or(0.0);
            let heading = worth::HEADING * headings.get(word).copied().unwrap_or(0.0);
            let again: f32 = strengths.iter().skip(1).take(3).sum();
            worth += weight * (best.max(heading) + worth::REPETITION * again);
        }
        let fact = if run.iter().any(|unit| unit.asked_fact) {
            worth::ASKED_FACT
        } else {
            0.0
        };
        let beginning = if first { worth::BEGINNING } else { 0.0 };
        worth / self.total + fact + beginning
    }
}

/// The run of units within the budget that is worth most; the earlier of two equals.
fn best_run(units: &[Unit], question: &Weights<'_>, budget: usize) -> Option<(usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for start in 0..units.len() {
        if !can_begin(units, start) {
            continue;
        }
        let conditions: usize = conditions(question.revision, &units[start].trail)
            .iter()
            .map(|(_, n)| n + 1)
            .sum();
        let end = furthest(units, start, budget.saturating_sub(conditions));
        if end == start {
            continue;
        }
        let headings = question.headings(&units[start].trail);
        let worth = question.worth(&units[start..end], &headings, start == 0);
        if best.is_none_or(|(most, _, _)| worth > most + 1e-6) {
            best = Some((worth, start, end));
        }
    }
    best.map(|(_, start, end)| (start, end))
}

fn is_heading(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Heading(_) | BlockKind::Situation(_) | BlockKind::Question
    )
}

/// A run begins neither with a heading, which its trail says already, nor inside a list, nor in mid-thought.
fn can_begin(units: &[Unit], start: usize) -> bool {
    let unit = &units[start];
    let continues_list = start > 0
        && matches!(unit.kind, BlockKind::Item { .. })
        && !is_heading(units[start - 1].kind)
        && follows(&units[start - 1], unit);
    !is_heading(unit.kind) && !unit.leans_back && !continues_list
}

/// How far a run from `start` may go: whole units, never ending before an exception or on a heading or a colon.
fn furthest(units: &[Unit], start: usize, budget: usize) -> usize {
    let mut used = 0;
    let mut end = start;
    for index in start..units.len() {
        if index > start && !follows(&units[index - 1], &units[index]) {
            break;
        }
        used += units[index].characters + usize::from(index > start);
        if used > budget {
            break;
        }
        let closes = !is_heading(units[index].kind) && !introduces(units, index);
        let exception_follows = units
            .get(index + 1)
            .is_some_and(|next| next.leans_back && follows(&units[index], next));
        if closes && !exception_follows {
            end = index + 1;
        }
    }
    end
}

/// Whether two units stand one after the other in the text.
fn follows(before: &Unit, after: &Unit) -> bool {
    before.block == after.block || before.block + 1 == after.block
}

/// Whether a unit announces the list that follows it.
fn introduces(units: &[Unit], index: usize) -> bool {
    !is_listed(units[index].kind)
        && units
            .get(index + 1)
            .is_some_and(|next| is_listed(next.kind) && follows(&units[index], next))
}

/// The section that a unit stands in, where it is not too long: a reader wants a price list with its conditions.
fn whole_section(units: &[Unit], inside: usize) -> Option<(usize, usize)> {
    let same = |a: usize, b: usize| {
        let (a, b) = (&units[a], &units[b]);
        a.trail == b.trail && !is_heading(a.kind) && !is_heading(b.kind) && follows(a, b)
    };
    let start = (1..=inside)
        .rev()
        .take_while(|at| same(at - 1, *at))
        .last()
        .map_or(inside, |at| at - 1);
    let end = (inside + 1..units.len())
        .take_while(|at| same(at - 1, *at))
        .last()
        .map_or(inside, |at| at)
        + 1;
    let characters: usize = units[start..end].iter().map(|unit| unit.characters + 1).sum();
    (characters <= WHOLE_SECTION && !introduces(units, end - 1)).then_some((start, end))
}

/// The end of the list that a run ends in, where it is not too long.
fn whole_list(units: &[Unit], start: usize, end: usize) -> usize {
    let mut used: usize = units[start..end].iter().map(|unit| unit.characters + 1).sum();
    let mut whole = end;
    while let Some(next) = units.get(whole) {
        let last = &units[whole - 1];
        let same_list = is_listed(next.kind) && is_listed(last.kind) && follows(last, next);
        used += next.characters + 1;
        if !same_list || used > WHOLE_LIST {
            break;
        }
        whole += 1;
    }
    whole
}

/// The situations that a run stands under, with their length: they condition it and are never cut away.
fn conditions(revision: &PublishedRevision, trail: &[Span]) -> Vec<(Span, usize)> {
    let content = revision.content();
    trail
        .iter()
        .filter(|span| {
            let block = content.blocks.iter().find(|block| block.span == **span);
            block.is_some_and(|block| matches!(block.kind, BlockKind::Situation(_)))
        })
        .map(|span| {
            (
                *span,
                content.text.slice(*span).unwrap_or_default().chars().count(),
            )
        })
        .collect()
}

/// What is said before a run: its situations, and where there is room the nearest heading.
fn introduction(
    revision: &PublishedRevision,
    units: &[Unit],
    start: usize,
    budget: Option<usize>,
) -> Vec<Statement> {
    let trail = &units[start].trail;
    let mut spans: Vec<Span> = conditions(revision, trail)
        .into_iter()
        .map(|(span, _)| span)
        .collect();
    if budget.is_none()
        && let Some(nearest) = trail.last()
        && !spans.contains(nearest)
    {
        spans.push(*nearest);
    }
    let heading = |span: Span| {
        Some(Statement::quoted(revision.quote(span)?, Layout::Heading).with_role(Role::Condition))
    };
    spans.into_iter().filter_map(heading).collect()
}

/// The quotes of a run: sentences of one paragraph together, items and rows each by itself.
fn quotes(revision: &PublishedRevision, run: &[Unit]) -> Vec<Statement> {
    let mut spans: Vec<(Span, BlockKind, usize)> = Vec::new();
    for unit in run {
        match spans.last_mut() {
            Some((span, BlockKind::Paragraph, block)) if *block == unit.block => span.end = unit.span.end,
            _ => spans.push((unit.span, unit.kind, unit.block)),
        }
    }
    let quoted = |(span, kind, _): (Span, BlockKind, usize)| {
        let quote = revision.quote(span)?;
        Some(match kind {
            BlockKind::Heading(_) | BlockKind::Situation(_) | BlockKind::Question => {
                Statement::quoted(quote, Layout::Heading).with_role(Role::Condition)
            }
            BlockKind::Item { ordered: true, .. } => Statement::quoted(quote, Layout::Step),
            BlockKind::Item { .. } => Statement::quoted(quote, Layout::Item),
            BlockKind::Row => Statement::quoted(quote, Layout::Row),
            _ => Statement::quoted(quote, Layout::Paragraph),
        })
    };
    spans.into_iter().filter_map(quoted).collect()
}
