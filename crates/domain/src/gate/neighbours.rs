//! Words side by side stand near each other in the evidence too: "le guichet famille" is not "le guichet réservé".

use super::Blocked;
use super::reading::{Item, Reading, What};

/// How far two words that the words put side by side may stand apart in the evidence, in tokens.
const NEAR: usize = 8;

/// Checks each two words that nothing but a preposition and an article parts.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let told: Vec<&Item> = words.items.iter().filter(|item| is_word(item)).collect();
    for pair in told.windows(2) {
        let [one, other] = pair else { continue };
        let between = words.tokens.get(one.end..other.at).unwrap_or_default();
        let side_by_side = one.clause == other.clause
            && between.len() <= 2
            && between
                .iter()
                .all(|word| matches!(word.as_str(), "de" | "d" | "du" | "des" | "'" | "la" | "l"));
        if side_by_side && !stand_near(one, other, evidence) {
            return Err(Blocked::Attachment(other.written.clone()));
        }
    }
    Ok(())
}

fn is_word(item: &Item) -> bool {
    matches!(
        item.what,
        What::Word {
            generic: false,
            audience: false,
            ..
        }
    ) && item.family().is_none()
}

/// Whether the evidence has both near each other; where it has one of them nowhere, its own words are not compared.
fn stand_near(one: &Item, other: &Item, evidence: &Reading) -> bool {
    let places = |item: &Item| -> Vec<usize> {
        let same = |held: &&Item| held.keys.iter().any(|key| item.keys.contains(key));
        evidence.items.iter().filter(same).map(|held| held.at).collect()
    };
    let (ones, others) = (places(one), places(other));
    ones.is_empty()
        || others.is_empty()
        || ones
            .iter()
            .any(|one| others.iter().any(|other| one.abs_diff(*other) <= NEAR))
}
