//! Whether the words are made of the evidence's, and of which of its sentences.

use super::Blocked;
use super::mark::Mark;
use super::reading::{Family, Item, Key, Reading, What, word_keys};
use crate::facts::{FactKind, Normal, Unit};
use chrono::Timelike;
use std::collections::HashMap;

/// Blocks words that say something that the evidence does not.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let says_more = |item: &&Item| {
        let says = matches!(item.what, What::Word { generic, critical, .. } if !generic || critical);
        says && !item.keys.iter().any(|key| evidence.keys.contains(key))
            && !follows_from_a_fact(item, words, evidence)
    };
    match words.items.iter().find(says_more) {
        Some(item) => Err(Blocked::Unsupported(item.written.clone())),
        None => Ok(()),
    }
}

/// "Le matin, de 9 h à 12 h" says no more than "de 9 h à 12 h", "les enfants de moins de 12 ans" no more than "les moins de
/// 12 ans", "votre enfant" at school no more than who goes there.
fn follows_from_a_fact(item: &Item, words: &Reading, evidence: &Reading) -> bool {
    let parts = |item: &Item| item.family() == Some(Family::PartOfDay);
    if parts(item) {
        let mut hours = words
            .items
            .iter()
            .filter(|other| other.sentence == item.sentence && other.clause.abs_diff(item.clause) <= 1)
            .filter_map(clock)
            .peekable();
        let written = item.written.to_lowercase().replace(['‑', ' '], "-");
        let fits = |hour: u32| match written.trim_end_matches('s') {
            "matin" => (5..=1230).contains(&hour),
            "après-midi" => (1200..=1930).contains(&hour),
            "soir" => (1730..=2359).contains(&hour),
            _ => false,
        };
        return hours.peek().is_some() && hours.all(fits) && !evidence.items.iter().any(parts);
    }
    let young = item.keys.first() == word_keys("enfant").first();
    young
        && evidence.items.iter().any(|other| match &other.what {
            What::Word { young: true, .. } => true,
            // An age of whom the clause speaks, not how long a passport is valid.
            What::Fact {
                kind: FactKind::Age,
                normal:
                    Normal::Duration {
                        count,
                        unit: Unit::Year,
                        ..
                    },
                ..
            } => {
                let told =
                    |said: &Item| said.clause == item.clause && said.keys.first() == other.keys.first();
                count.whole().is_some_and(|years| years <= 18) && words.items.iter().any(told)
            }
            _ => false,
        })
}

/// The hour of a fact, as 930 for 9:30.
fn clock(item: &Item) -> Option<u32> {
    match &item.what {
        What::Fact {
            normal: Normal::Clock(time),
            ..
        } => Some(time.hour() * 100 + time.minute()),
        _ => None,
    }
}

/// By sentence of the evidence: whether the words rest on it. They do on the one that each of their clauses is nearest
/// to, and on each that alone holds something they say.
pub(super) fn used(words: &Reading, evidence: &Reading) -> Vec<bool> {
    used_by(words, evidence, &|_| true)
}

/// The same of what the items of the words say that `counts` takes.
pub(super) fn used_by(words: &Reading, evidence: &Reading, counts: &dyn Fn(&Item) -> bool) -> Vec<bool> {
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
        let weight = |item: &Item| 1 + usize::from(item.tells() || says_something(item.mark()));
        for item in words
            .sentence(sentence)
            .filter(|item| item.mark().is_none() || says_something(item.mark()))
            .filter(|item| counts(item))
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
        let says_nothing = !evidence.sentence(at).any(Item::tells);
        let neighbours =
            at.checked_sub(1).is_some_and(|before| used[before]) || used.get(at + 1) == Some(&true);
        used[at] = used[at] || says_nothing && neighbours;
    }
    used
}

/// The sentences of the evidence that share most with the clause of an item, then with its sentence.
pub(super) fn nearest(words: &Reading, item: &Item, evidence: &Reading) -> Vec<usize> {
    let asks = |reading: &Reading, sentence: usize| reading.asks.get(sentence) == Some(&true);
    let shared = |sentence: usize| {
        let holds = |keys: &[Key]| {
            let heading = evidence.headings.get(sentence).into_iter().flatten();
            let items = evidence.sentence(sentence).flat_map(|held| &held.keys);
            items.chain(heading).any(|key| keys.contains(key))
        };
        let said = words
            .sentence(item.sentence)
            .filter(|said| said.tells() || said.mark().is_some_and(|mark| !is_modal(mark)));
        said.filter(|said| holds(&said.keys))
            .map(|said| {
                let fact = usize::from(matches!(said.what, What::Fact { .. }));
                (1 + fact) * if said.clause == item.clause { 3 } else { 1 }
            })
            .sum::<usize>()
    };
    let scores: Vec<(usize, usize)> = (0..evidence.own)
        .filter(|sentence| asks(words, item.sentence) || !asks(evidence, *sentence))
        .map(|sentence| (sentence, shared(sentence)))
        .collect();
    let best = scores.iter().map(|(_, score)| *score).max().unwrap_or_default();
    scores
        .into_iter()
        .filter(|(_, score)| *score * 4 >= best * 3)
        .map(|(sentence, _)| sentence)
        .collect()
}

fn is_modal(mark: Mark) -> bool {
    matches!(
        mark,
        Mark::May | Mark::Must | Mark::Unable | Mark::Banned | Mark::Neg
    )
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
