//! Which runs of units are said: those that most likely hold the answer, within a budget of characters.

use super::Reading;
use super::unit::{Unit, conditions};
use domain::text::BlockKind;
use std::ops::Range;

/// How many characters an answer aims at where the channel sets no budget.
const COMFORTABLE: usize = 700;
/// Up to how many characters a list is completed where the channel sets no budget.
const WHOLE_LIST: usize = 1_600;
/// Up to how many characters a section is told whole where the channel sets no budget.
const WHOLE_SECTION: usize = 1_200;
/// How much more of the likelihood two runs must hold than one: a reader follows one better.
const LEAP: f32 = 0.03;
/// A run that holds less is no part of two.
const LEAST: f32 = 0.02;
/// A unit with a smaller share tells next to nothing of what was asked.
const FAINT: f32 = 0.01;
/// What a block of such units costs at the beginning of a run, where a reader looks for the answer.
const DELAY: f32 = 0.01;

/// Units that are said one after the other.
pub(crate) type Run = Range<usize>;

/// A run with its share of the likelihood, less what it makes a reader wait, and what it takes of the budget, its
/// situations included.
#[derive(Debug, Clone)]
struct Candidate {
    run: Run,
    worth: f32,
    characters: usize,
}

/// The one or two runs within the budget that most likely hold the answer, in the order of the text; the earlier and
/// the fewer of equals.
pub(crate) fn runs(reading: &Reading, budget: Option<usize>) -> Vec<Run> {
    let most = budget.unwrap_or(COMFORTABLE);
    // A page that begins with yes or no is about this question: its reader wants that first.
    let quotable = reading.units.iter().position(|unit| !unit.is_heading());
    let plain = quotable.filter(|first| reading.units[*first].plain);
    let candidates: Vec<Candidate> = (0..reading.units.len())
        .filter(|start| can_begin(&reading.units, *start))
        .flat_map(|start| from(reading, start, most))
        .collect();
    let plain = plain.filter(|plain| candidates.iter().any(|it| it.run.start == *plain));
    let begins = |it: &&Candidate| plain.is_none_or(|plain| it.run.start == plain);
    let Some(one) = best(candidates.iter().filter(begins)) else {
        return Vec::new();
    };
    let single = vec![one.run.clone()];
    if budget.is_none() {
        return single;
    }
    let mut held = one.worth + LEAP;
    let mut pair = None;
    let telling: Vec<&Candidate> = candidates
        .iter()
        .filter(|it| it.worth >= LEAST || (plain.is_some() && begins(it)))
        .collect();
    for (at, first) in telling.iter().enumerate().filter(|(_, first)| begins(first)) {
        let room = most.saturating_sub(first.characters + 1);
        for second in &telling[at + 1..] {
            let worth = first.worth + second.worth;
            let apart = first.run.end < second.run.start;
            if apart && second.characters <= room && worth > held + 1e-6 {
                held = worth;
                pair = Some(vec![first.run.clone(), second.run.clone()]);
            }
        }
    }
    pair.unwrap_or(single)
}

/// The likeliest; of equals the earlier, and the longer of two that begin together.
fn best<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Option<&'a Candidate> {
    candidates.fold(None, |best, next| match best {
        Some(best) if next.run.start == best.run.start && next.worth >= best.worth => Some(next),
        Some(best) if next.worth <= best.worth + 1e-6 => Some(best),
        _ => Some(next),
    })
}

/// The runs from `start` on: whole units, never ending before an exception or on a heading or a colon.
fn from(reading: &Reading, start: usize, budget: usize) -> Vec<Candidate> {
    let units = &reading.units;
    let mut used: usize = conditions(&reading.revision, &units[start])
        .iter()
        .map(|(_, characters)| characters + 1)
        .sum();
    let mut held = 0.0;
    let mut idle = true;
    let mut delay = None;
    let mut found = Vec::new();
    for (index, unit) in units.iter().enumerate().skip(start) {
        if index > start && !units[index - 1].precedes(unit) {
            break;
        }
        used += unit.characters + usize::from(index > start);
        if used > budget {
            break;
        }
        let share = reading.shares[index];
        idle = idle && share < FAINT;
        // A paragraph read from its beginning makes nobody wait: its blocks count, not its sentences.
        if !idle && delay.is_none() {
            delay = Some(DELAY * (unit.block - units[start].block) as f32);
        }
        held += share;
        let worth = held - delay.unwrap_or(DELAY * (unit.block + 1 - units[start].block) as f32);
        let limited = units
            .get(index + 1)
            .is_some_and(|next| next.limits && unit.precedes(next));
        if !unit.is_heading() && !introduces(reading, index) && !limited {
            found.push(Candidate {
                run: start..index + 1,
                worth,
                characters: used,
            });
        }
    }
    found
}

/// A run begins neither with a heading, which its trail says already, nor inside a list, nor in mid-thought. It may
/// begin with the row of a table that the question names.
fn can_begin(units: &[Unit], start: usize) -> bool {
    let unit = &units[start];
    let goes_on = |kind: fn(BlockKind) -> bool| {
        let before = start.checked_sub(1).map(|before| &units[before]);
        before.is_some_and(|before| kind(unit.kind) && kind(before.kind) && before.precedes(unit))
    };
    let introduced = start > 0 && !units[start - 1].is_heading() && units[start - 1].precedes(unit);
    let inside_list = matches!(unit.kind, BlockKind::Item { .. }) && introduced;
    let inside_table = goes_on(|kind| kind == BlockKind::Row) && !is_named(units, start);
    !unit.is_heading() && !unit.limits && !unit.points_back && !inside_list && !inside_table
}

/// Whether a row holds a word of the question that few rows of its table hold.
fn is_named(units: &[Unit], row: usize) -> bool {
    let table = table(units, row);
    let rows = table.len();
    (0..units[row].held.len()).any(|word| {
        let holding = units[table.clone()]
            .iter()
            .filter(|unit| unit.held[word] > 0.0)
            .count();
        units[row].held[word] > 0.0 && holding * 2 <= rows
    })
}

fn table(units: &[Unit], row: usize) -> Run {
    let joined = |before: usize| {
        units[before].kind == BlockKind::Row
            && units[before + 1].kind == BlockKind::Row
            && units[before].precedes(&units[before + 1])
    };
    let start = (0..row)
        .rev()
        .take_while(|before| joined(*before))
        .last()
        .unwrap_or(row);
    let end = (row..units.len() - 1)
        .take_while(|before| joined(*before))
        .last()
        .map_or(row, |last| last + 1);
    start..end + 1
}

/// Whether a unit announces the list that follows it.
fn introduces(reading: &Reading, index: usize) -> bool {
    let unit = &reading.units[index];
    let next = reading.units.get(index + 1);
    let announces_list = next.is_some_and(|next| next.is_listed() && unit.precedes(next));
    !unit.is_listed() && (announces_list || (next.is_some() && reading.text(unit.span).ends_with(':')))
}

/// A run completed where the channel sets no budget: its section whole, or the list that it ends in.
pub(crate) fn completed(reading: &Reading, run: Run) -> Run {
    match whole_section(reading, run.start) {
        // What follows a short section completes it.
        Some(section) => section.start..section.end.max(run.end),
        None => run.start..whole_list(&reading.units, &run),
    }
}

/// The section that a unit stands in, where it is not too long: a reader wants a price list with its conditions.
fn whole_section(reading: &Reading, inside: usize) -> Option<Run> {
    let units = &reading.units;
    let same = |a: usize, b: usize| {
        let (a, b) = (&units[a], &units[b]);
        a.trail == b.trail && !a.is_heading() && !b.is_heading() && a.precedes(b)
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
    (characters <= WHOLE_SECTION && !introduces(reading, end - 1)).then_some(start..end)
}

/// The end of the list that a run ends in, where it is not too long.
fn whole_list(units: &[Unit], run: &Run) -> usize {
    let mut used: usize = units[run.clone()].iter().map(|unit| unit.characters + 1).sum();
    let mut whole = run.end;
    while let Some(next) = units.get(whole) {
        let last = &units[whole - 1];
        let same_list = next.is_listed() && last.is_listed() && last.precedes(next);
        used += next.characters + 1;
        if !same_list || used > WHOLE_LIST {
            break;
        }
        whole += 1;
    }
    whole
}
