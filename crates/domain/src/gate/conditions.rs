//! For whom, when and on what condition a sentence of the evidence holds is not lost in the words.

use super::Blocked;
use super::audience;
use super::bounds::{canonical, canonical_of};
use super::mark::Mark;
use super::reading::{Item, Reading, What, word_keys};
use crate::facts::FactKind;

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
        let dropped = is_of_something_left_out(index, words, evidence);
        if of_used && stays && !column && !said && !dropped && !goes_without_saying(item, words, evidence) {
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

/// "Elle délivre les titres, enregistre les associations": who stands in a part of the sentence of which the words say nothing
/// is not whom the rest is for.
fn is_of_something_left_out(index: usize, words: &Reading, evidence: &Reading) -> bool {
    let item = &evidence.items[index];
    let Some(before) = index.checked_sub(1).and_then(|before| evidence.items.get(before)) else {
        return false;
    };
    let joined = evidence.tokens.get(before.end..item.at).unwrap_or_default();
    let is_object = before.clause == item.clause
        && matches!(before.what, What::Word { .. })
        && matches!(joined, [article] if matches!(article.as_str(), "le" | "la" | "les" | "un" | "une"));
    let clause = evidence.items.iter().filter(|other| other.clause == item.clause);
    let said = |held: &Item| {
        let same = |said: &Item| said.keys.iter().any(|key| held.keys.contains(key));
        words.items.iter().any(same)
    };
    is_object && !clause.into_iter().any(said)
}

/// Whether somebody's age says who is meant: "les mineurs de moins de 15 ans".
pub(super) fn goes_without_saying(item: &Item, words: &Reading, evidence: &Reading) -> bool {
    const OF_AN_AGE: [&str; 6] = ["enfant", "mineur", "jeune", "adolescent", "senior", "adulte"];
    let is_of_an_age = OF_AN_AGE
        .iter()
        .any(|word| word_keys(word).first() == item.keys.first());
    let bounded = |age: &&Item| !canonical_of(age).is_empty();
    let age = audience::age(evidence, item).filter(bounded);
    is_of_an_age && age.is_some_and(|age| says(words, evidence, age))
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
pub(super) fn scope(reading: &Reading, index: usize) -> Vec<&Item> {
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
