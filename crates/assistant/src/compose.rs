//! Composing an answer from a page that was read: quotes of the runs of units that most likely answer.

use crate::read::{Reading, Run, Unit, completed, conditions, runs};
use domain::published::Quote;
use domain::statement::{Layout, Proof, Role, Statement};
use domain::text::{BlockKind, Span};

/// What was composed.
#[derive(Debug)]
pub(crate) struct Extract {
    pub statements: Vec<Statement>,
    /// Each quote that answers, behind all headings that it stands under: what a model may say again.
    pub grounds: Vec<Vec<Quote>>,
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
    let (mut statements, mut grounds) = (Vec::new(), Vec::new());
    for run in &runs {
        statements.extend(introduction(reading, run, &mut said, &mut room));
        for (quoted, headings) in quotes(reading, &reading.units[run.clone()]) {
            if let Proof::Quoted(quote) = quoted.proof()
                && quoted.role() == Role::Answer
            {
                let headings = headings.iter().filter_map(|span| reading.revision.quote(*span));
                grounds.push(headings.chain([quote.clone()]).collect());
            }
            statements.push(quoted);
        }
    }
    (!statements.is_empty()).then_some(Extract {
        statements,
        grounds,
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

/// The quotes of a run, each with the headings that it stands under: sentences of one paragraph together, items and rows each
/// by itself.
fn quotes<'u>(reading: &Reading, run: &'u [Unit]) -> Vec<(Statement, &'u [Span])> {
    let mut spans: Vec<(Span, &Unit)> = Vec::new();
    for unit in run {
        match spans.last_mut() {
            Some((span, of)) if of.kind == BlockKind::Paragraph && of.block == unit.block => {
                span.end = unit.span.end;
            }
            _ => spans.push((unit.span, unit)),
        }
    }
    let quoted = |(span, unit): (Span, &'u Unit)| {
        let quote = reading.revision.quote(span)?;
        let statement = match unit.kind {
            BlockKind::Heading(_) | BlockKind::Situation(_) | BlockKind::Question => {
                Statement::quoted(quote, Layout::Heading).with_role(Role::Condition)
            }
            BlockKind::Item { ordered: true, .. } => Statement::quoted(quote, Layout::Step),
            BlockKind::Item { .. } => Statement::quoted(quote, Layout::Item),
            BlockKind::Row => Statement::quoted(quote, Layout::Row),
            _ => Statement::quoted(quote, Layout::Paragraph),
        };
        Some((statement, unit.trail.as_slice()))
    };
    spans.into_iter().filter_map(quoted).collect()
}
