//! What the words suppose, the sentences of the evidence that they rest on suppose too, each of its conditions once.

use super::Blocked;
use super::conditions::scope;
use super::mark::Mark;
use super::reading::{Item, Key, Reading, What, word_keys};
use crate::facts::FactKind;
use crate::fold::fold;
use std::collections::HashSet;

/// No condition comes from nowhere: what it supposes stands in a sentence of the evidence that supposes something too ("sans
/// justificatif", "pour modifier", "les associations qui reçoivent").
pub(super) fn added(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    let rests_on: Vec<usize> = (0..evidence.own)
        .filter(|at| used.get(*at) == Some(&true))
        .collect();
    // "Quand peut-on venir ?" supposes nothing.
    let asks = |item: &Item| item.written == "Quand" && words.asks.get(item.sentence) == Some(&true);
    let said = words
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_condition(item) && !asks(item));
    let (telling, plain): (Vec<_>, Vec<_>) = said.partition(|(index, _)| !scope(words, *index).is_empty());
    let held = evidence.items.iter().enumerate();
    // "Pour changer de carte, …", "Par courrier : …": "si vous changez de carte", "si vous écrivez".
    let opens = |index: usize, item: &Item| {
        let first = !evidence.items[..index]
            .iter()
            .any(|other| other.sentence == item.sentence);
        first && (item.mark() == Some(Mark::For) || is_label(evidence, item))
    };
    let mut free: Vec<usize> = held
        .filter(|(index, item)| is_condition(item) || opens(*index, item))
        .filter(|(_, item)| rests_on.contains(&item.sentence))
        .map(|(index, _)| index)
        .collect();
    for (index, condition) in telling {
        if !is_supposed(words, evidence, &rests_on, (index, condition)) {
            return Err(Blocked::Added(condition.written.clone()));
        }
        take(&mut free, &supposed(words, index), evidence);
    }
    let is_opening = |index: &usize| !is_condition(&evidence.items[*index]);
    for (index, condition) in plain {
        // "Sous réserve de place" of "places : 12" is another matter.
        let word = words.tokens.get(condition.at).map_or("", String::as_str);
        if !matches!(word, "si" | "s" | "vous" | "quand" | "lorsque") {
            free.retain(|index| !is_opening(index));
        }
        let supposed = supposed(words, index);
        let comes_from_there = take(&mut free, &supposed, evidence)
            || supposed.is_empty() && refers_back(words, evidence, condition)
            || may_as_one_likes(words, evidence, &rests_on, &supposed);
        if !comes_from_there {
            return Err(Blocked::Added(condition.written.clone()));
        }
    }
    Ok(())
}

fn is_condition(item: &Item) -> bool {
    matches!(item.mark(), Some(Mark::Cond | Mark::Wish))
}

/// Whether what a condition of the words tells stands in sentences of the evidence that suppose something.
fn is_supposed(
    words: &Reading,
    evidence: &Reading,
    rests_on: &[usize],
    (index, condition): (usize, &Item),
) -> bool {
    let scope = scope(words, index);
    // What depends on it must be told by the same sentence: another one's condition is not its.
    let end = scope.last().map_or(condition.end, |last| last.end);
    let outside =
        |item: &&Item| item.sentence == condition.sentence && !(condition.at..end).contains(&item.at);
    let depends: HashSet<Key> = words
        .items
        .iter()
        .filter(outside)
        .flat_map(|item| item.keys.clone())
        .collect();
    let tells_both = |at: usize| {
        let told = |item: &Item| item.keys.iter().any(|key| depends.contains(key));
        supposes(evidence, at) && (depends.is_empty() || evidence.sentence(at).any(told))
    };
    let is_held = |item: &&&Item| {
        let holds = |held: &Item| held.keys.iter().any(|key| item.keys.contains(key));
        rests_on
            .iter()
            .any(|at| tells_both(*at) && evidence.sentence(*at).any(holds))
    };
    scope.iter().filter(is_held).count() * 3 >= scope.len() * 2
}

/// Whether an item begins the label of its sentence: "Donner : …".
fn is_label(reading: &Reading, item: &Item) -> bool {
    let end = reading
        .items
        .iter()
        .filter(|other| other.clause == item.clause)
        .map(|other| other.end)
        .max();
    end.is_some_and(|end| reading.tokens.get(end).is_some_and(|next| next == ":"))
}

/// What a condition supposes, light words included ("souhaitez", "besoin").
fn supposed(reading: &Reading, index: usize) -> Vec<&Item> {
    let condition = &reading.items[index];
    // The label of a sentence is itself what is supposed.
    let from = index + usize::from(condition.mark().is_some());
    reading.items[from..]
        .iter()
        .take_while(|item| item.sentence == condition.sentence && item.clause == condition.clause)
        .collect()
}

/// Takes the condition of the evidence that supposes most of the same from those that none of the words stands for yet.
fn take(free: &mut Vec<usize>, supposed_said: &[&Item], evidence: &Reading) -> bool {
    let shared = |held: usize| {
        let supposed_held = supposed(evidence, held);
        let is_held = |said: &&&Item| {
            supposed_held
                .iter()
                .any(|held| held.keys.iter().any(|key| said.keys.contains(key)))
        };
        supposed_said.iter().filter(is_held).count()
    };
    let best = free
        .iter()
        .enumerate()
        .map(|(place, held)| (shared(*held), place))
        .max_by_key(|(shared, place)| (*shared, std::cmp::Reverse(*place)));
    let found = best.filter(|(shared, _)| *shared > 0 || supposed_said.is_empty());
    if let Some((_, place)) = found {
        free.remove(place);
    }
    found.is_some()
}

/// "Dans ce cas" joins what one sentence of the evidence says together.
fn refers_back(words: &Reading, evidence: &Reading, condition: &Item) -> bool {
    let told = |item: &&Item| item.tells() && condition.sentence.abs_diff(item.sentence) <= 1;
    let (before, after): (Vec<&Item>, Vec<&Item>) = words
        .items
        .iter()
        .filter(told)
        .partition(|item| item.at < condition.at);
    (0..evidence.own).any(|at| {
        let says = |said: &[&Item]| {
            let holds = |said: &&Item| {
                evidence
                    .sentence(at)
                    .any(|held| held.keys.first() == said.keys.first())
            };
            said.iter().any(holds)
        };
        says(&before) && says(&after)
    })
}

/// "Si vous le souhaitez" of what may be done, said instead of "vous pouvez".
fn may_as_one_likes(words: &Reading, evidence: &Reading, rests_on: &[usize], supposed: &[&Item]) -> bool {
    let likes = ["souhaiter", "vouloir", "désirer"].map(|word| word_keys(&fold(word)));
    let is_a_wish = supposed
        .iter()
        .any(|item| likes.iter().any(|like| like.first() == item.keys.first()));
    let may = |item: &&Item| matches!(item.mark(), Some(Mark::May | Mark::Optional));
    let held = rests_on
        .iter()
        .flat_map(|at| evidence.sentence(*at))
        .filter(may)
        .count();
    is_a_wish && words.items.iter().filter(may).count() < held
}

/// Whether a sentence says for whom, when or on what condition.
fn supposes(evidence: &Reading, sentence: usize) -> bool {
    let conditions = |item: &Item| match &item.what {
        What::Mark(mark) => matches!(
            mark,
            Mark::Cond
                | Mark::Wish
                | Mark::Only
                | Mark::Except
                | Mark::Otherwise
                | Mark::For
                | Mark::After
                | Mark::Over
                | Mark::Under
                | Mark::Max
                | Mark::Min
        ),
        What::Word {
            audience, condition, ..
        } => *audience || *condition,
        What::Fact { kind, bounds, .. } => *kind == FactKind::Age || !bounds.is_empty(),
    };
    let tokens = evidence
        .tokens
        .get(evidence.start_of(sentence)..evidence.end_of(sentence));
    let tokens = tokens.unwrap_or_default();
    let words = [
        "sans", "non", "pour", "qui", "tout", "toute", "toutes", "tous", "par", "apres",
    ];
    evidence.asks.get(sentence) == Some(&true)
        || evidence.sentence(sentence).any(conditions)
        || tokens.iter().any(|token| words.contains(&token.as_str()))
}
