//! Whether the words are made of the evidence's, and of which of its sentences.

use super::Blocked;
use super::mark::Mark;
use super::reading::{Key, Reading, What};
use std::collections::HashMap;

/// Of the words that say something, the share that may be missing from the evidence.
const UNSUPPORTED_SHARE: f64 = 0.3;

/// Blocks words that say too much of what the evidence does not, or one thing of it that counts.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let mut all = 0;
    let mut unsupported = Vec::new();
    for item in &words.items {
        let What::Word {
            generic, critical, ..
        } = item.what
        else {
            continue;
        };
        let held = item.keys.iter().any(|key| evidence.keys.contains(key));
        if !generic {
            all += 1;
        }
        if held {
            continue;
        }
        if critical {
            return Err(Blocked::Unsupported(item.written.clone()));
        }
        if !generic {
            unsupported.push(item.written.clone());
        }
    }
    let allowed = f64::from(all) * UNSUPPORTED_SHARE;
    if unsupported.len() as f64 > allowed {
        return Err(Blocked::Unsupported(unsupported.join(", ")));
    }
    Ok(())
}

/// By sentence of the evidence: whether the words rest on it. They do on the one that each of their clauses is nearest
/// to, and on each that alone holds something they say.
pub(super) fn used(words: &Reading, evidence: &Reading) -> Vec<bool> {
    let mut used = vec![false; evidence.sentences()];
    let mut places: HashMap<Key, Vec<usize>> = HashMap::new();
    for item in evidence
        .items
        .iter()
        .filter(|item| item.mark().is_none() || says_something(item.mark()))
    {
        if item.sentence >= evidence.own {
            continue;
        }
        for key in &item.keys {
            let sentences = places.entry(*key).or_default();
            if !sentences.contains(&item.sentence) {
                sentences.push(item.sentence);
            }
        }
    }
    for sentence in 0..words.sentences() {
        let mut near = vec![0usize; used.len()];
        let weight =
            |item: &super::reading::Item| 1 + usize::from(item.tells() || says_something(item.mark()));
        for item in words
            .sentence(sentence)
            .filter(|item| item.mark().is_none() || says_something(item.mark()))
        {
            let mut found: Vec<usize> = item
                .keys
                .iter()
                .filter_map(|key| places.get(key))
                .flatten()
                .copied()
                .collect();
            found.sort_unstable();
            found.dedup();
            for place in &found {
                near[*place] += weight(item);
            }
            // A synonym may be said of another sentence by chance; the same word or fact is not.
            let own: &[usize] = item
                .keys
                .first()
                .and_then(|key| places.get(key))
                .map_or(&[], Vec::as_slice);
            if let [only] = own
                && weight(item) > 1
            {
                used[*only] = true;
            }
        }
        let nearest = near
            .iter()
            .enumerate()
            .max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)));
        if let Some((at, count)) = nearest
            && *count > 0
        {
            used[at] = true;
        }
    }
    // "Non." belongs to its neighbours.
    for at in 0..evidence.own {
        let says_nothing = !evidence.sentence(at).any(super::reading::Item::tells);
        let neighbours =
            at.checked_sub(1).is_some_and(|before| used[before]) || used.get(at + 1) == Some(&true);
        used[at] = used[at] || says_nothing && neighbours;
    }
    used
}

fn says_something(mark: Option<Mark>) -> bool {
    matches!(
        mark,
        Some(
            Mark::Free
                | Mark::Open
                | Mark::Closed
                | Mark::Full
                | Mark::Urgent
                | Mark::Cancelled
                | Mark::Included
        )
    )
}
