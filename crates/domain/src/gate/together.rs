//! What a clause of the words says together, a sentence of the evidence says together: no clause is put together from two.

use super::Blocked;
use super::reading::{Item, Key, Reading, What};
use std::collections::HashSet;

/// Checks clause by clause.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let wholes = Whole::all(evidence);
    let title: HashSet<Key> = evidence
        .items
        .iter()
        .filter(|item| item.sentence >= evidence.own)
        .flat_map(|item| item.keys.iter().copied())
        .collect();
    for clause in clauses(words) {
        let stray = |at: usize| {
            clause.iter().find(|item| {
                let held = |keys: &HashSet<Key>| item.keys.iter().any(|key| keys.contains(key));
                let borrowed = wholes[at].points && wholes[..at].iter().any(|before| held(&before.keys));
                let known = held(&wholes[at].keys) || borrowed || held(&title);
                !known && held(&evidence.keys)
            })
        };
        let strays: Option<Vec<&&Item>> = (0..wholes.len()).map(stray).collect();
        if let Some(item) = strays.as_ref().and_then(|strays| strays.first()) {
            return Err(Blocked::Attachment(item.written.clone()));
        }
    }
    Ok(())
}

/// What each clause tells. What stands before "et" without a verb has the next clause's: "la douche et le casier coûtent".
fn clauses(words: &Reading) -> Vec<Vec<&Item>> {
    let mut clauses: Vec<Vec<&Item>> = Vec::new();
    // Whom it is for is compared by [`super::audience`].
    let compared = |item: &&Item| item.tells() && !matches!(item.what, What::Word { audience: true, .. });
    for item in words.items.iter().filter(compared) {
        let goes_on = |last: &Item| {
            let joins = words.joined.contains(&item.clause) && last.clause + 1 == item.clause;
            last.clause == item.clause
                || last.sentence == item.sentence && joins && !has_verb(words, last.clause)
        };
        match clauses.last_mut() {
            Some(clause) if clause.last().is_some_and(|last| goes_on(last)) => clause.push(item),
            _ => clauses.push(vec![item]),
        }
    }
    clauses
}

fn has_verb(words: &Reading, clause: usize) -> bool {
    const VERBS: [&str; 14] = [
        "est", "sont", "a", "ont", "peut", "doit", "va", "fait", "faut", "sera", "seront", "reste", "entre",
        "dure",
    ];
    let items = || words.items.iter().filter(|item| item.clause == clause);
    let start = items().map(|item| item.at).min().unwrap_or_default();
    let end = items().map(|item| item.end).max().unwrap_or_default();
    let is_verb = |word: &String| {
        ["ent", "ez", "ons"].iter().any(|ending| word.ends_with(ending)) || VERBS.contains(&word.as_str())
    };
    let mut tokens = words.tokens.get(start..end).unwrap_or_default().iter();
    items().any(|item| item.mark().is_some()) || tokens.any(is_verb)
}

/// A whole sentence of the evidence.
struct Whole {
    keys: HashSet<Key>,
    /// It points back: "elle", "y", "demandez-le".
    points: bool,
}

impl Whole {
    fn all(evidence: &Reading) -> Vec<Self> {
        let own = evidence.wholes.get(..evidence.own).unwrap_or_default();
        let count = own.last().map_or(0, |last| last + 1);
        (0..count).map(|whole| Self::of(evidence, whole)).collect()
    }

    fn of(evidence: &Reading, whole: usize) -> Self {
        const POINTS: [&str; 12] = [
            "il", "elle", "ils", "elles", "c", "ce", "cela", "y", "celui", "celle", "cet", "cette",
        ];
        const BEHIND: [&str; 6] = ["le", "la", "les", "lui", "leur", "en"];
        let sentences = || (0..evidence.own).filter(|at| evidence.wholes[*at] == whole);
        let headings = sentences().flat_map(|at| evidence.headings[at].iter().copied());
        let items =
            sentences().flat_map(|at| evidence.sentence(at).flat_map(|item| item.keys.iter().copied()));
        let start = sentences().next().map_or(0, |first| evidence.start_of(first));
        let end = sentences().map(|at| evidence.end_of(at)).max();
        let tokens = evidence.tokens.get(start..end.unwrap_or_default());
        let tokens = tokens.unwrap_or_default();
        let behind = |pair: &[String]| pair[0] == "-" && BEHIND.contains(&pair[1].as_str());
        Self {
            keys: items.chain(headings).collect(),
            points: tokens.iter().any(|token| POINTS.contains(&token.as_str()))
                || tokens.windows(2).any(behind),
        }
    }
}
