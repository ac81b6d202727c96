//! What is denied in the evidence is denied in the words, and only that.

use super::Blocked;
use super::mark::Mark;
use super::negation::denies;
use super::reading::{Item, Key, Reading, What};
use std::collections::HashMap;

/// What is denied in the evidence is denied in the words, and only that.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let held = polarities(evidence);
    let all = clauses(words);
    for (at, clause) in all.iter().enumerate() {
        let denied = is_denied(clause);
        // What a condition supposes is not said.
        if !denied && clause.iter().any(|item| item.mark() == Some(Mark::Cond)) {
            continue;
        }
        // "Ne … pas de barbecue ou de groupe électrogène".
        let listed = clause.first().is_some_and(|first| {
            let before = words
                .tokens
                .get(..first.at)
                .unwrap_or_default()
                .iter()
                .rev()
                .take(2);
            before
                .into_iter()
                .any(|word| matches!(word.as_str(), "ou" | "ni"))
        });
        let either = listed
            && at > 0
            && is_denied(&all[at - 1])
            && all[at - 1].first().map(|item| item.sentence) == clause.first().map(|item| item.sentence);
        let (mut same, mut opposite) = (0, Vec::new());
        // What is denied stands after its negation; before it stands what it is said of.
        let supposed = clause.iter().any(|item| item.mark() == Some(Mark::Cond));
        let from = clause
            .iter()
            .position(|item| denies(item) && !supposed)
            .unwrap_or_default();
        for item in clause[from..].iter().filter(|item| item.mark().is_none()) {
            let known: Vec<&(bool, bool)> = item.keys.iter().filter_map(|key| held.get(key)).collect();
            if known.is_empty() {
                continue;
            }
            if known
                .iter()
                .any(|(affirmed, is_denied)| either || if denied { *is_denied } else { *affirmed })
            {
                same += 1;
            } else {
                opposite.push(item);
            }
        }
        // "Sauf si le spectacle n'est pas annulé" of "sauf si le spectacle est annulé".
        // "Autorisés" and "interdits" of two things may not change places.
        let ruled = clause
            .iter()
            .filter_map(|item| item.mark())
            .any(|mark| matches!(mark, Mark::May | Mark::Forbidden | Mark::Banned | Mark::Unable));
        let turned = opposite.len() > same + usize::from(!ruled);
        if (turned || denied && supposed && same == 0)
            && let Some(item) = opposite.first()
        {
            return Err(Blocked::Turned(item.written.clone()));
        }
    }
    compared(words, evidence)
}

/// "Les plus chargés" are not "les moins chargés".
fn compared(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let degree = |reading: &Reading, item: &Item| {
        let before = item.at.checked_sub(1).and_then(|at| reading.tokens.get(at));
        before
            .filter(|word| matches!(word.as_str(), "plus" | "moins"))
            .cloned()
    };
    for item in words
        .items
        .iter()
        .filter(|item| matches!(item.what, What::Word { .. }))
    {
        let same = |other: &&Item| other.keys.first() == item.keys.first();
        let held: Vec<Option<String>> = evidence
            .items
            .iter()
            .filter(same)
            .map(|other| degree(evidence, other))
            .collect();
        let said = degree(words, item);
        if said.is_some() && !held.is_empty() && !held.contains(&said) {
            return Err(Blocked::Turned(item.written.clone()));
        }
    }
    Ok(())
}

/// By key: whether it stands affirmed, and whether it stands denied.
fn polarities(reading: &Reading) -> HashMap<Key, (bool, bool)> {
    let mut polarities: HashMap<Key, (bool, bool)> = HashMap::new();
    let clauses = clauses(reading);
    for (at, clause) in clauses.iter().enumerate() {
        let denied = is_denied(clause);
        let denied_with = joined_to_denied(reading, &clauses, at);
        let without = clause
            .iter()
            .position(|item| item.written.eq_ignore_ascii_case("sans"));
        let told = |item: &&&Item| item.mark().is_none();
        for (place, item) in clause.iter().enumerate().filter(|(_, item)| told(item)) {
            // "Sans permis expose à une amende": what stands after the next word is not denied.
            let past = without.is_some_and(|sans| clause[..place].iter().skip(sans).any(|item| told(&item)));
            // "Le non-respect".
            let non = place
                .checked_sub(1)
                .is_some_and(|before| clause[before].written.eq_ignore_ascii_case("non"));
            for key in &item.keys {
                let polarity = polarities.entry(*key).or_default();
                polarity.0 |= !denied || past;
                polarity.1 |= denied || denied_with || non;
            }
        }
    }
    polarities
}

/// "Les pétards et les bouteilles sont interdits": what is joined by "et" may be denied with it.
fn joined_to_denied(reading: &Reading, clauses: &[Vec<&Item>], at: usize) -> bool {
    let clause = &clauses[at];
    let joins = |one: &[&Item], other: &[&Item]| {
        is_denied(one) && one.first().map(|i| i.sentence) == other.first().map(|i| i.sentence)
    };
    let is_joined = |clause: &[&Item]| {
        clause
            .first()
            .is_some_and(|item| reading.joined.contains(&item.clause))
    };
    let follows = clauses
        .get(at + 1)
        .is_some_and(|next| is_joined(next) && joins(next, clause));
    let before = at.checked_sub(1).map(|before| &clauses[before]);
    // "Les chiens sont interdits et les vélos sont autorisés": each has its own.
    let own = clause.iter().filter_map(|item| item.mark()).any(|mark| {
        matches!(
            mark,
            Mark::May | Mark::Must | Mark::Optional | Mark::Free | Mark::Open | Mark::Included
        )
    });
    !own && (follows || is_joined(clause) && before.is_some_and(|before| joins(before, clause)))
}

fn clauses(reading: &Reading) -> Vec<Vec<&Item>> {
    let mut clauses: Vec<Vec<&Item>> = Vec::new();
    for item in &reading.items {
        match clauses.last_mut() {
            Some(clause) if clause.last().is_some_and(|last| last.clause == item.clause) => clause.push(item),
            _ => clauses.push(vec![item]),
        }
    }
    clauses
}

/// "Le non-respect" denies a word, not its clause.
fn is_denied(clause: &[&Item]) -> bool {
    clause
        .iter()
        .any(|item| denies(item) && !item.written.eq_ignore_ascii_case("non"))
}
