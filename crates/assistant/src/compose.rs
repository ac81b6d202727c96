//! Composing an answer from a page that was read: quotes of the runs of units that most likely answer.

use crate::read::{Reading, Run, Unit, completed, conditions, runs};
use domain::statement::{Layout, Role, Statement};
use domain::text::{BlockKind, Span};

/// What was composed.
#[derive(Debug)]
pub(crate) struct Extract {
    pub statements: Vec<Statement>,
    /// Whether a list goes on in the page after the last item said.
    pub list_is_cut: bool,
}

/// Composes from one page, a line break between statements counted in the budget.
pub(crate) fn extract(reading: &Reading, budget: Option<usize>) -> Option<Extract> {
    let mut runs = runs(reading, budget);
    if budget.is_none() {
        runs = runs.into_iter().map(|run| completed(reading, run)).collect();
    }
    let cut = |run: &Run| {
        reading.units[run.clone()]
            .last()
            .is_some_and(|last| goes_on(reading, last))
    };
    let list_is_cut = runs.iter().any(cut);
    let mut room = budget.map(|budget| budget.saturating_sub(spent(reading, &runs)));
    let mut said = Vec::new();
    let mut statements = Vec::new();
    for run in &runs {
        statements.extend(introduction(reading, run, &mut said, &mut room));
        statements.extend(quotes(reading, &reading.units[run.clone()]));
    }
    (!statements.is_empty()).then_some(Extract {
        statements,
        list_is_cut,
    })
}

/// What the runs take with their situations.
fn spent(reading: &Reading, runs: &[Run]) -> usize {
    let of_run = |run: &Run| {
        let units = &reading.units[run.clone()];
        let said: usize = units.iter().map(|unit| unit.characters + 1).sum();
        let first = units.first().map(|unit| conditions(&reading.revision, unit));
        let conditions = first.into_iter().flatten().map(|(_, characters)| characters + 1);
        said + conditions.sum::<usize>()
    };
    runs.iter().map(of_run).sum()
}

/// Whether the list that a unit is part of has more below it.
fn goes_on(reading: &Reading, unit: &Unit) -> bool {
    let next = reading.revision.content().blocks.get(unit.block + 1);
    unit.is_listed() && next.is_some_and(|next| matches!(next.kind, BlockKind::Item { .. } | BlockKind::Row))
}

/// What is said before a run and was not said yet: its situations, and where there is room the nearest heading.
fn introduction(
    reading: &Reading,
    run: &Run,
    said: &mut Vec<Span>,
    room: &mut Option<usize>,
) -> Vec<Statement> {
    let revision = &reading.revision;
    let Some(first) = reading.units.get(run.start) else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = conditions(revision, first)
        .into_iter()
        .map(|(span, _)| span)
        .collect();
    if let Some(nearest) = first.trail.last().filter(|nearest| !spans.contains(nearest)) {
        let characters = reading.text(*nearest).chars().count() + 1;
        // Within a budget, the words count more; what is listed says little without its heading.
        let worth_it = match room {
            None => true,
            Some(room) => first.is_listed() && characters <= *room,
        };
        if worth_it && !said.contains(nearest) {
            *room = room.map(|room| room - characters);
            spans.push(*nearest);
        }
    }
    spans.retain(|span| !said.contains(span));
    said.extend(&spans);
    let heading = |span: Span| {
        Some(Statement::quoted(revision.quote(span)?, Layout::Heading).with_role(Role::Condition))
    };
    spans.into_iter().filter_map(heading).collect()
}

/// The quotes of a run: sentences of one paragraph together, items and rows each by itself.
fn quotes(reading: &Reading, run: &[Unit]) -> Vec<Statement> {
    let mut spans: Vec<(Span, BlockKind, usize)> = Vec::new();
    for unit in run {
        match spans.last_mut() {
            Some((span, BlockKind::Paragraph, block)) if *block == unit.block => span.end = unit.span.end,
            _ => spans.push((unit.span, unit.kind, unit.block)),
        }
    }
    let quoted = |(span, kind, _): (Span, BlockKind, usize)| {
        let quote = reading.revision.quote(span)?;
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
