//! What a clause of the words says together, a sentence of the evidence says together: no clause is put together from two.

use super::Blocked;
use super::reading::{Item, Key, Reading};
use std::collections::HashSet;

/// Checks clause by clause.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let wholes = Whole::all(evidence);
    let title: HashSet<Key> = evidence
        .items
        .iter()
        .filter(|item| item.sentence >= evidence.own)
        .flat_map(|item| item.keys.clone())
        .collect();
    let mut clauses: Vec<Vec<&Item>> = Vec::new();
    for item in words.items.iter().filter(|item| item.tells()) {
        match clauses.last_mut() {
            Some(clause)
                if clause.last().is_some_and(|last| {
                    last.clause == item.clause
                        || last.sentence == item.sentence
                            && words.joined.contains(&item.clause)
                            && last.clause + 1 == item.clause
                            && !has_verb(words, last.clause)
                }) =>
            {
                clause.push(item);
            }
            _ => clauses.push(vec![item]),
        }
    }
    for clause in clauses {
        let stray = |at: usize| -> Option<&Item> {
            clause.iter().copied().find(|item| {
                let held = |keys: &HashSet<Key>| item.keys.iter().any(|key| keys.contains(key));
                let borrowed = wholes[at].points && wholes[..at].iter().any(|before| held(&before.keys));
                !held(&wholes[at].keys) && !borrowed && !held(&title) && evidence_has(item, evidence)
            })
        };
        let strays: Vec<Option<&Item>> = (0..wholes.len()).map(stray).collect();
        if !strays.is_empty()
            && strays.iter().all(Option::is_some)
            && let Some(Some(item)) = strays.first()
        {
            return Err(Blocked::Attachment(item.written.clone()));
        }
    }
    Ok(())
}

fn has_verb(words: &Reading, clause: usize) -> bool {
    const VERBS: [&str; 14] = [
        "est", "sont", "a", "ont", "peut", "doit", "va", "fait", "faut", "sera", "seront", "reste", "entre",
        "dure",
    ];
    let items: Vec<&Item> = words.items.iter().filter(|item| item.clause == clause).collect();
    let (start, end) = (
        items.first().map_or(0, |item| item.at),
        items.last().map_or(0, |item| item.end),
    );
    items.iter().any(|item| item.mark().is_some())
        || words
            .tokens
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .any(|word| {
                word.ends_with("ent")
                    || word.ends_with("ez")
                    || word.ends_with("ons")
                    || VERBS.contains(&word.as_str())
            })
}

fn evidence_has(item: &Item, evidence: &Reading) -> bool {
    item.keys.iter().any(|key| evidence.keys.contains(key))
}

/// A whole sentence of the evidence.
struct Whole {
    keys: HashSet<Key>,
    /// It points back: "elle", "y", "cela".
    points: bool,
}

impl Whole {
    fn all(evidence: &Reading) -> Vec<Self> {
        let last = evidence.wholes.get(..evidence.own).unwrap_or_default().last();
        let count = last.map_or(0, |last| last + 1);
        (0..count)
            .map(|whole| {
                let sentences: Vec<usize> = (0..evidence.own)
                    .filter(|at| evidence.wholes[*at] == whole)
                    .collect();
                let items: Vec<&Item> = evidence
                    .items
                    .iter()
                    .filter(|item| sentences.contains(&item.sentence))
                    .collect();
                let headings = sentences
                    .iter()
                    .flat_map(|at| evidence.headings[*at].iter().copied());
                let keys = items
                    .iter()
                    .flat_map(|item| item.keys.iter().copied())
                    .chain(headings)
                    .collect();
                let start = evidence
                    .items
                    .iter()
                    .filter(|item| sentences.first().is_some_and(|first| item.sentence < *first))
                    .map(|item| item.end)
                    .max()
                    .unwrap_or_default();
                let end = items.iter().map(|item| item.end).max().unwrap_or_default();
                let tokens = evidence.tokens.get(start..end).unwrap_or_default();
                const POINTS: [&str; 12] = [
                    "il", "elle", "ils", "elles", "c", "ce", "cela", "y", "celui", "celle", "cet", "cette",
                ];
                Self {
                    keys,
                    points: tokens.iter().any(|token| POINTS.contains(&token.as_str()))
                        || tokens.windows(2).any(|pair| {
                            pair[0] == "-"
                                && matches!(pair[1].as_str(), "le" | "la" | "les" | "lui" | "leur" | "en")
                        }),
                }
            })
            .collect()
    }
}
