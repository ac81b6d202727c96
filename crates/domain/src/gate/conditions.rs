//! For whom, when and on what condition a sentence of the evidence holds is not lost in the words.

use super::Blocked;
use super::bounds::canonical;
use super::mark::Mark;
use super::reading::{Item, Key, Reading, What, word_keys};
use crate::facts::FactKind;
use crate::fold::fold;
use std::collections::HashSet;

/// For whom it holds and on what condition stays.
pub(super) fn audience(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    for (index, item) in evidence.items.iter().enumerate() {
        let of_used = used.get(item.sentence).copied().unwrap_or_default();
        let stays = matches!(
            item.what,
            What::Word { audience: true, .. } | What::Word { condition: true, .. }
        );
        let column = item.written.to_lowercase().starts_with("heure")
            && evidence.tokens.get(item.end).is_some_and(|next| next == ":");
        // "Rencontrer" does not say "sur rendez-vous".
        let appointment = word_keys("rendez_vous");
        let said = if item.keys.first() == appointment.first() {
            words
                .items
                .iter()
                .any(|said| said.keys.first() == appointment.first())
        } else {
            says(words, evidence, item)
        };
        if of_used && stays && !column && !said {
            return Err(Blocked::Lost(item.written.clone()));
        }
        let per = matches!(item.mark(), Some(Mark::Per | Mark::Each));
        if of_used
            && per
            && evidence
                .items
                .get(index + 1)
                .is_some_and(|unit| is_counted_no_more(words, unit))
        {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    Ok(())
}

/// No condition comes from nowhere: what it supposes stands in a sentence of the evidence that supposes something too ("sans
/// justificatif", "pour modifier", "les associations qui reçoivent").
pub(super) fn added(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    let rests_on: Vec<usize> = (0..evidence.own)
        .filter(|at| used.get(*at) == Some(&true))
        .collect();
    let is_condition = |item: &Item| matches!(item.mark(), Some(Mark::Cond | Mark::Wish));
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
        if !take(&mut free, &supposed, evidence)
            && !(supposed.is_empty() && refers_back(words, evidence, condition))
            && !may_as_one_likes(words, evidence, &rests_on, &supposed)
        {
            return Err(Blocked::Added(condition.written.clone()));
        }
    }
    Ok(())
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
    let start = evidence
        .items
        .iter()
        .filter(|item| item.sentence < sentence)
        .map(|item| item.end);
    let start = start.max().unwrap_or_default();
    let end = evidence
        .sentence(sentence)
        .map(|item| item.end)
        .max()
        .unwrap_or_default();
    let tokens = evidence.tokens.get(start..end).unwrap_or_default();
    let words = [
        "sans", "pour", "qui", "tout", "toute", "toutes", "tous", "par", "apres",
    ];
    evidence.asks.get(sentence) == Some(&true)
        || evidence.sentence(sentence).any(conditions)
        || tokens.iter().any(|token| words.contains(&token.as_str()))
}

/// "Pour un enfant" is not "par enfant".
fn is_counted_no_more(words: &Reading, unit: &Item) -> bool {
    let mut said = words
        .items
        .iter()
        .filter(|item| item.keys.first() == unit.keys.first())
        .peekable();
    said.peek().is_some()
        && said.all(|item| {
            let before = item.at.checked_sub(1).and_then(|at| words.tokens.get(at));
            before.is_some_and(|word| matches!(word.as_str(), "un" | "une"))
        })
}

/// What an expression binds: what its clause tells after it.
fn scope(reading: &Reading, index: usize) -> Vec<&Item> {
    let binding = &reading.items[index];
    reading.items[index + 1..]
        .iter()
        .take_while(|item| item.sentence == binding.sentence && item.clause == binding.clause)
        .filter(|item| item.tells())
        .collect()
}

/// What a condition or an exception of the evidence is about must be in the words, half of it at least.
pub(super) fn scopes(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    for (index, item) in evidence.items.iter().enumerate() {
        let binds = matches!(
            item.mark(),
            Some(
                Mark::Cond
                    | Mark::Except
                    | Mark::Only
                    | Mark::Before
                    | Mark::After
                    | Mark::Until
                    | Mark::Neg
                    | Mark::Wish
                    | Mark::For
            )
        );
        if !binds || !used.get(item.sentence).copied().unwrap_or_default() {
            continue;
        }
        let scope = scope(evidence, index);
        let kept = scope.iter().filter(|other| says(words, evidence, other)).count();
        if kept * 2 < scope.len() {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    Ok(())
}

/// Whether the words say what `item` of the evidence says: by its own word, or by another one that is not there for something
/// else of the evidence ("voirie" of "service voirie" does not say "rue").
fn says(words: &Reading, evidence: &Reading, item: &Item) -> bool {
    let own = |one: &Item, other: &Item| one.keys.first() == other.keys.first();
    words.items.iter().any(|said| {
        own(said, item)
            || said.keys.iter().any(|key| item.keys.contains(key))
                && !evidence
                    .items
                    .iter()
                    .any(|other| !own(other, item) && own(other, said))
    })
}

/// "Uniquement le samedi" of what holds for somebody only on Saturday: what it limits, it limits in the evidence.
pub(super) fn limits(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let is_only = |item: &Item| {
        item.mark() == Some(Mark::Only)
            && matches!(
                item.written.to_lowercase().as_str(),
                "seulement" | "uniquement" | "exclusivement"
            )
    };
    for (index, only) in words.items.iter().enumerate().filter(|(_, item)| is_only(item)) {
        let Some(limited) = words
            .items
            .get(index + 1)
            .filter(|next| next.at <= only.end + 2 && next.clause == only.clause)
        else {
            continue;
        };
        let mut twins = evidence
            .items
            .iter()
            .filter(|held| held.keys.first() == limited.keys.first())
            .peekable();
        let near = |held: &Item| {
            evidence.items.iter().any(|other| {
                other.mark() == Some(Mark::Only)
                    && other.sentence == held.sentence
                    && other.clause.abs_diff(held.clause) <= 1
            })
        };
        let some = evidence
            .items
            .iter()
            .any(|other| other.mark() == Some(Mark::Only));
        if some && twins.peek().is_some() && !twins.any(near) {
            return Err(Blocked::Added(only.written.clone()));
        }
    }
    Ok(())
}

/// "Le premier dimanche" is not "le dimanche", "le premier enfant" not "chaque enfant".
pub(super) fn ordinals(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    for (index, ordinal) in evidence.items.iter().enumerate() {
        let is_ordinal = matches!(
            ordinal.what,
            What::Fact {
                kind: FactKind::Ordinal,
                ..
            }
        );
        let Some(next) = evidence
            .items
            .get(index + 1)
            .filter(|next| is_ordinal && next.at == ordinal.end)
        else {
            continue;
        };
        let says = |item: &Item| {
            words
                .items
                .iter()
                .any(|said| said.keys.first() == item.keys.first())
        };
        if used.get(ordinal.sentence) == Some(&true) && says(next) && !says(ordinal) {
            return Err(Blocked::Lost(ordinal.written.clone()));
        }
    }
    Ok(())
}

/// Days, seasons, ages and bounded quantities of a sentence say when and for whom it holds.
pub(super) fn facts_that_condition(
    words: &Reading,
    evidence: &Reading,
    used: &[bool],
) -> Result<(), Blocked> {
    use super::reading::Family as F;
    for item in &evidence.items {
        let (What::Fact { normal, bounds, .. }, Some(family)) = (&item.what, item.family()) else {
            continue;
        };
        if !used.get(item.sentence).copied().unwrap_or_default() || says(words, evidence, item) {
            continue;
        }
        let conditions = matches!(family, F::Weekday | F::Date) || !canonical(normal, bounds).is_empty();
        if conditions {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    Ok(())
}
