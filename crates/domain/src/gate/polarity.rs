//! What is denied in the evidence is denied in the words, and only that.

use super::Blocked;
use super::negation::denies;
use super::reading::{Item, Key, Reading};
use std::collections::HashMap;

/// What is denied in the evidence is denied in the words, and only that.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let held = polarities(evidence);
    for clause in clauses(words) {
        let denied = is_denied(&clause);
        let (mut same, mut opposite) = (0, Vec::new());
        // What is denied stands after its negation; before it stands what it is said of.
        let from = clause.iter().position(|item| denies(item)).unwrap_or_default();
        for item in clause[from..].iter().filter(|item| item.mark().is_none()) {
            let known: Vec<&(bool, bool)> = item.keys.iter().filter_map(|key| held.get(key)).collect();
            if known.is_empty() {
                continue;
            }
            if known
                .iter()
                .any(|(affirmed, is_denied)| if denied { *is_denied } else { *affirmed })
            {
                same += 1;
            } else {
                opposite.push(item);
            }
        }
        if opposite.len() > same + 1
            && let Some(item) = opposite.first()
        {
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
        // "Les pétards et les bouteilles sont interdits": what is joined by "et" may be denied with it.
        let joins = |one: &[&Item], other: &[&Item]| {
            is_denied(one) && one.first().map(|i| i.sentence) == other.first().map(|i| i.sentence)
        };
        let is_joined = |clause: &[&Item]| {
            clause
                .first()
                .is_some_and(|item| reading.joined.contains(&item.clause))
        };
        let denied_with = clauses
            .get(at + 1)
            .is_some_and(|next| is_joined(next) && joins(next, clause))
            || is_joined(clause)
                && at
                    .checked_sub(1)
                    .is_some_and(|before| joins(&clauses[before], clause));
        for key in clause
            .iter()
            .filter(|item| item.mark().is_none())
            .flat_map(|item| &item.keys)
        {
            let polarity = polarities.entry(*key).or_default();
            polarity.0 |= !denied;
            polarity.1 |= denied || denied_with;
        }
    }
    polarities
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

fn is_denied(clause: &[&Item]) -> bool {
    clause.iter().any(|item| denies(item))
}
