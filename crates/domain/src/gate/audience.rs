//! Whom the words speak of, the sentences of the evidence that they rest on speak of too, and as often.

use super::Blocked;
use super::reading::{Family, Item, Reading, What};
use super::support;
use crate::facts::FactKind;

/// Nobody is named who is not named where the rest of the sentence comes from, nor more often than there.
pub(super) fn added(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    for sentence in 0..words.sentences() {
        let said: Vec<&Item> = words
            .sentence(sentence)
            .filter(|item| is_audience(item) && !is_shown(words, item))
            .collect();
        if said.is_empty() {
            continue;
        }
        let tells = |item: &Item| item.tells() || item.family().is_some();
        let rest = |item: &Item| item.sentence == sentence && !is_audience(item) && tells(item);
        let used = support::used_by(words, evidence, &rest);
        let somewhere = used.contains(&true);
        let mut free: Vec<&Item> = evidence
            .items
            .iter()
            .filter(|item| is_audience(item) || is_young(item) || item.family() == Some(Family::Name))
            // The title of a page names whom all of it is for.
            .filter(|item| {
                item.sentence >= evidence.own || !somewhere || used.get(item.sentence) == Some(&true)
            })
            .collect();
        let goes_without_saying = |held: &Item| is_young(held) || held.sentence >= evidence.own;
        for item in said {
            let same = |other: &&Item| other.keys.first() == item.keys.first() || is_cell(other, item);
            // "Les usagers" of "les habitants", "les enfants" of "les élèves".
            let akin = |other: &&Item| {
                other.family() != Some(Family::Name) && other.keys.iter().any(|key| item.keys.contains(key))
            };
            let found = free.iter().position(same).or_else(|| free.iter().position(akin));
            match found {
                // All that is of children is of them, and a title names whom its page is for: "votre enfant" goes without
                // saying, "pour les enfants" does not.
                Some(place) if goes_without_saying(free[place]) && restricts(words, item) => {
                    return Err(Blocked::Added(item.written.clone()));
                }
                Some(place) if is_young(free[place]) => {}
                Some(place) => {
                    free.remove(place);
                }
                None if age(words, item).is_some() || is_heading(item, evidence, &used) => {}
                None => return Err(Blocked::Added(item.written.clone())),
            }
        }
    }
    Ok(())
}

fn is_audience(item: &Item) -> bool {
    matches!(item.what, What::Word { audience: true, .. })
}

fn is_young(item: &Item) -> bool {
    matches!(item.what, What::Word { young: true, .. }) && !is_audience(item)
}

/// "Adulte" that begins a cell is read as a name.
fn is_cell(name: &Item, item: &Item) -> bool {
    let one_word = name.written.chars().all(char::is_alphabetic);
    one_word && name.family() == Some(Family::Name) && name.keys.get(1) == item.keys.first()
}

/// "Cet enfant", "les autres habitants" point to somebody named before.
fn is_shown(words: &Reading, item: &Item) -> bool {
    let before = item.at.checked_sub(1).and_then(|at| words.tokens.get(at));
    before.is_some_and(|word| matches!(word.as_str(), "cet" | "cette" | "ces" | "ce" | "autres" | "autre"))
}

/// "Pour les enfants", "aux enfants", "seuls les enfants": not for others.
fn restricts(words: &Reading, item: &Item) -> bool {
    let before = words.tokens.get(..item.at).unwrap_or_default();
    before.iter().rev().take(2).any(|word| {
        matches!(
            word.as_str(),
            "pour" | "aux" | "seul" | "seuls" | "seulement" | "uniquement"
        )
    })
}

/// "Les enfants de moins de 12 ans" says no more than "les moins de 12 ans": the age after somebody, if there is one.
pub(super) fn age<'r>(reading: &'r Reading, item: &Item) -> Option<&'r Item> {
    /// How far the age may stand, in tokens.
    const NEAR: usize = 8;
    reading.items.iter().find(|age| {
        let is_age = matches!(
            age.what,
            What::Fact {
                kind: FactKind::Age,
                ..
            }
        );
        is_age && age.sentence == item.sentence && (item.end..item.end + NEAR).contains(&age.at)
    })
}

/// Whether a heading of the sentences names them: "Adulte — Tarif : 4 €".
fn is_heading(item: &Item, evidence: &Reading, used: &[bool]) -> bool {
    let headings = evidence.headings.iter().zip(used).filter(|(_, used)| **used);
    let mut keys = headings.flat_map(|(keys, _)| keys);
    keys.any(|key| item.keys.contains(key))
}
