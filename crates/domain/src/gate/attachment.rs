//! Each fact of the words stands in the evidence, is bound there in the same way and belongs there to the same subject.

use super::Blocked;
use super::groups::{Group, groups, lead, says_which};
use super::held::{bound_alike, is_twin, same_ranges, supported};
use super::mark::Mark;
use super::reading::{Family, Item, Key, Reading, What, word_keys};
use std::collections::HashSet;

/// Checks the facts of `words` one by one, then their ranges, then whom or what they are said of.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    for item in &words.items {
        supported(item, words, evidence)?;
    }
    for item in &words.items {
        bound_alike(item, words, evidence)?;
    }
    same_ranges(words, evidence)?;
    same_subjects(words, evidence)
}

fn same_subjects(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let held = groups(evidence);
    let said = groups(words);
    for group in &said {
        for member in &group.members {
            let item = &words.items[*member];
            let rivals: Vec<&Group> = held.iter().filter(|other| other.family == group.family).collect();
            let holding: Vec<&Group> = rivals
                .iter()
                .copied()
                .filter(|other| other.members.iter().any(|i| is_twin(item, &evidence.items[*i])))
                .collect();
            if !holding.is_empty() && holding.iter().all(|own| is_alien(group, own)) {
                return Err(Blocked::Attachment(item.written.clone()));
            }
            if holding.is_empty() {
                // A name may be words of the evidence that are no name there.
                continue;
            }
            let attached = holding.iter().any(|own| {
                rivals
                    .iter()
                    .filter(|rival| {
                        !(holding.len() == 1 && keeps_its_place((group, &said), own, rival, words, evidence))
                    })
                    .filter(|rival| !rival.members.iter().any(|i| is_twin(item, &evidence.items[*i])))
                    .all(|rival| lead(group, own, rival) >= 0)
            });
            if !attached {
                return Err(Blocked::Attachment(item.written.clone()));
            }
        }
    }
    let near = nearest(words, evidence);
    as_often(words, evidence, &near)?;
    not_borrowed(words, evidence, (&said, &held), &near)?;
    in_order(words, evidence, (&said, &held), &near)
}

/// Whether a sum or a length of time is said of things of which the evidence says it nowhere.
fn is_alien(said: &Group, own: &Group) -> bool {
    // What a sum is counted by does not say what it is for.
    let units: HashSet<Key> = ["an", "mois", "semaine", "jour", "heure"]
        .iter()
        .flat_map(|unit| word_keys(unit))
        .collect();
    let around = |group: &Group| {
        let keys = group.around.iter().chain(&group.clause).flatten();
        keys.filter(|key| !units.contains(key)).copied().collect()
    };
    let (said_around, own_around): (HashSet<Key>, HashSet<Key>) = (around(said), around(own));
    matches!(said.family, Family::Amount | Family::Duration)
        && !said.clause.is_empty()
        && !own.clause.is_empty()
        && !said_around.is_empty()
        && !own_around.is_empty()
        && said_around.is_disjoint(&own_around)
}

/// Whether the words say the rival's facts too, on the same side of the group's as the evidence, and of what the evidence says
/// them: neither has taken the other's place.
fn keeps_its_place(
    (group, said): (&Group, &[Group]),
    own: &Group,
    rival: &Group,
    words: &Reading,
    evidence: &Reading,
) -> bool {
    let told = said.iter().any(|other| {
        other.family == rival.family
            && other
                .members
                .iter()
                .any(|member| holds(rival, &words.items[*member], evidence))
            && lead(other, rival, own) > 0
    });
    // "20 € par mois ou 200 € par an": what each is counted by tells.
    let counted = group.members.iter().any(|member| {
        let clause = words.items[*member].clause;
        let per = |item: &Item| item.clause == clause && item.mark() == Some(Mark::Per);
        words.items.iter().any(per)
    });
    if !told || counted {
        return false;
    }
    let (Some(own), Some(other)) = (own.members.first(), rival.members.first()) else {
        return false;
    };
    group.members.len() == 1
        && group.members.iter().all(|member| {
            rival.members.iter().all(|held| {
                let mut said =
                    (0..words.items.len()).filter(|at| is_twin(&words.items[*at], &evidence.items[*held]));
                let (first, second) = (said.next(), said.next());
                second.is_none() && first.is_some_and(|first| (first < *member) == (other < own))
            })
        })
}

/// By sentence of the words: the sentence of the evidence that shares most with it, heading included.
fn nearest(words: &Reading, evidence: &Reading) -> Vec<usize> {
    let keys = |reading: &Reading, sentence: usize| -> HashSet<Key> {
        let items = reading
            .sentence(sentence)
            .filter(|item| item.tells() || says_which(item));
        let heading = reading.headings.get(sentence).into_iter().flatten().copied();
        items.flat_map(|item| item.keys.clone()).chain(heading).collect()
    };
    let held: Vec<HashSet<Key>> = (0..evidence.own)
        .map(|sentence| keys(evidence, sentence))
        .collect();
    (0..words.sentences())
        .map(|sentence| {
            let said = keys(words, sentence);
            let shared = |held: &HashSet<Key>| held.intersection(&said).count();
            // The first of equally near ones.
            let best = held
                .iter()
                .enumerate()
                .max_by_key(|(at, held)| (shared(held), std::cmp::Reverse(*at)));
            best.map_or(0, |(at, _)| at)
        })
        .collect()
}

/// A fact is said no more often than the evidence says it: "60 €, ou 60 €" is "60 €, ou 40 €" no longer.
fn as_often(words: &Reading, evidence: &Reading, near: &[usize]) -> Result<(), Blocked> {
    for item in &words.items {
        let (Some(family), Some(place)) = (item.family(), near.get(item.sentence)) else {
            continue;
        };
        if item.mark().is_some_and(|mark| mark != Mark::Free) {
            continue;
        }
        let heading = |reading: &Reading, sentence: usize| {
            let keys = reading.headings.get(sentence);
            usize::from(
                item.keys
                    .first()
                    .is_some_and(|key| keys.is_some_and(|keys| keys.contains(key))),
            )
        };
        // A name that begins a sentence is read as a word.
        let begins = |other: &Item| {
            let capital = other.written.chars().next().is_some_and(char::is_uppercase);
            let word = matches!(other.what, What::Word { .. }) && capital;
            family == Family::Name
                && word
                && item
                    .keys
                    .get(1)
                    .is_some_and(|key| other.keys.first() == Some(key))
        };
        let same = |other: &&Item| other.family() == Some(family) && is_twin(item, other) || begins(other);
        let said = words.sentence(item.sentence).filter(same).count();
        let of_place = evidence.sentence(*place).filter(same).count() + heading(evidence, *place);
        let of_all = evidence.items.iter().filter(same).count();
        let often = if of_place == 0 {
            of_all
        } else {
            of_place.max(usize::from(of_all > of_place))
        };
        // "Place du Marché" and "Marché" are one name.
        let last = item.keys.last().filter(|_| family == Family::Name);
        let named = |reading: &Reading, sentence: Option<usize>| {
            let of = |other: &&Item| sentence.is_none_or(|sentence| other.sentence == sentence);
            let items = reading.items.iter().filter(of);
            items
                .filter(|other| last.is_some_and(|last| other.keys.contains(last)))
                .count()
        };
        if named(words, Some(item.sentence)) > named(evidence, None).max(1) {
            return Err(Blocked::Attachment(item.written.clone()));
        }
        let everywhere = words.items.iter().filter(same).count();
        let repeated = matches!(family, Family::Amount | Family::Clock) && everywhere > of_all.max(1);
        if said > often.max(1) || repeated {
            return Err(Blocked::Attachment(item.written.clone()));
        }
    }
    Ok(())
}

/// A fact of another sentence than the one that the words follow, said where that one has a fact of its own that they
/// leave out, needs a word that says to what it belongs.
fn not_borrowed(
    words: &Reading,
    evidence: &Reading,
    (said, held): (&[Group], &[Group]),
    near: &[usize],
) -> Result<(), Blocked> {
    for group in said {
        for member in &group.members {
            let item = &words.items[*member];
            let Some(place) = near.get(item.sentence) else {
                continue;
            };
            let own: Vec<&Group> = held
                .iter()
                .filter(|other| other.family == group.family && holds(other, item, evidence))
                .collect();
            if own.is_empty() || evidence.sentence(*place).any(|other| is_twin(item, other)) {
                continue;
            }
            let replaced = held.iter().filter(|other| {
                other.family == group.family
                    && other.members.iter().any(|i| {
                        let left = &evidence.items[*i];
                        left.sentence == *place && !words.items.iter().any(|said| is_twin(said, left))
                    })
            });
            for rival in replaced {
                if !own.iter().any(|own| lead(group, own, rival) > 0) {
                    return Err(Blocked::Attachment(item.written.clone()));
                }
            }
        }
    }
    Ok(())
}

fn holds(group: &Group, item: &Item, evidence: &Reading) -> bool {
    group.members.iter().any(|i| is_twin(item, &evidence.items[*i]))
}

/// Facts in another order than the evidence's need a word that says to what each belongs.
fn in_order(
    words: &Reading,
    evidence: &Reading,
    (said, held): (&[Group], &[Group]),
    near: &[usize],
) -> Result<(), Blocked> {
    let place = |item: &Item, family: Family| {
        let mut found: Vec<(usize, &Group)> = held
            .iter()
            .enumerate()
            .filter(|(_, group)| group.family == family && holds(group, item, evidence))
            .collect();
        if found.len() > 1 {
            let near = near.get(item.sentence).copied();
            found.retain(|(_, group)| {
                group
                    .members
                    .iter()
                    .any(|i| Some(evidence.items[*i].sentence) == near)
            });
        }
        if found.len() == 1 { found.pop() } else { None }
    };
    for group in said.iter().filter(|group| {
        !matches!(
            group.family,
            Family::Weekday | Family::Name | Family::Opening | Family::PartOfDay
        )
    }) {
        for pair in group.members.windows(2) {
            let (a, b) = (&words.items[pair[0]], &words.items[pair[1]]);
            let both = held.iter().find(|other| {
                other.family == group.family && holds(other, a, evidence) && holds(other, b, evidence)
            });
            if both.is_some_and(|both| {
                inverted_within(a, b, both, evidence) && inverted_last(a, b, both, evidence)
            }) {
                return Err(Blocked::Attachment(a.written.clone()));
            }
        }
    }
    for (index, one) in said.iter().enumerate() {
        for other in said
            .iter()
            .skip(index + 1)
            .filter(|other| other.family == one.family)
        {
            for (first, second) in one
                .members
                .iter()
                .flat_map(|a| other.members.iter().map(move |b| (*a, *b)))
            {
                let (a, b) = (&words.items[first], &words.items[second]);
                let (Some((place_a, group_a)), Some((place_b, group_b))) =
                    (place(a, one.family), place(b, one.family))
                else {
                    continue;
                };
                let inverted =
                    place_a > place_b || (place_a == place_b && inverted_within(a, b, group_a, evidence));
                let told = lead(one, group_a, group_b) > 0 || lead(other, group_b, group_a) > 0;
                if inverted && !told {
                    return Err(Blocked::Attachment(a.written.clone()));
                }
            }
        }
    }
    Ok(())
}

fn inverted_within(one: &Item, other: &Item, group: &Group, evidence: &Reading) -> bool {
    twins(one, group, evidence).next() > twins(other, group, evidence).next()
}

fn inverted_last(one: &Item, other: &Item, group: &Group, evidence: &Reading) -> bool {
    twins(one, group, evidence).next_back() > twins(other, group, evidence).next_back()
}

/// The places among a group's members that say what an item says.
fn twins<'a>(
    item: &'a Item,
    group: &'a Group,
    evidence: &'a Reading,
) -> impl DoubleEndedIterator<Item = usize> + 'a {
    let members = group.members.iter().enumerate();
    let same = members.filter(move |(_, member)| is_twin(item, &evidence.items[**member]));
    same.map(|(place, _)| place)
}
