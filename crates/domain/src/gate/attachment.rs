//! Each fact of the words stands in the evidence, is bound there in the same way and belongs there to the same subject.

use super::Blocked;
use super::bounds::{canonical, ranges, same_hours};
use super::groups::{Group, groups, lead, says_which};
use super::mark::Mark;
use super::reading::{Family, Item, Key, Reading, What};
use crate::facts::Normal;
use std::collections::HashSet;

/// Checks the facts of `words` one by one, then their ranges, then whom or what they are said of.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    for item in &words.items {
        supported(item, words, evidence)?;
    }
    for item in &words.items {
        bound_alike(item, evidence)?;
    }
    same_ranges(words, evidence)?;
    same_subjects(words, evidence)
}

fn supported(item: &Item, words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let What::Fact { normal, .. } = &item.what else {
        return Ok(());
    };
    let own = |(_, other): (usize, &Item)| other.sentence < evidence.own;
    let (own_text, context) = evidence.raw.split_at(evidence.own_end);
    let name = matches!(normal, Normal::Name(_));
    if twins(item, evidence).any(own) || name && named(&item.written, own_text) {
        return Ok(());
    }
    // The title may be named, but not in the place of a name of the evidence.
    let left_out = evidence.items.iter().any(|other| {
        let is_name = other.family() == Some(Family::Name) && other.sentence < evidence.own;
        is_name && !words.items.iter().any(|said| is_twin(said, other))
    });
    let in_context = twins(item, evidence).next().is_some() || name && named(&item.written, context);
    if in_context && !(name && left_out) {
        Ok(())
    } else {
        Err(Blocked::Fact(item.written.clone()))
    }
}

/// Whether the evidence writes the name, by itself or as part of another that is not said in full elsewhere: "Aurance" is
/// not "Aurance Habitat".
fn named(written: &str, text: &str) -> bool {
    let whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + written.len()..].chars().next();
        let longer = text[at + written.len()..]
            .strip_prefix([' ', '-'])
            .and_then(|rest| rest.chars().next())
            .is_some_and(char::is_uppercase);
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric()) && !longer
    };
    text.match_indices(written).any(|(at, _)| whole(at))
}

/// The items of the evidence that are the same fact.
fn twins<'e>(item: &'e Item, evidence: &'e Reading) -> impl Iterator<Item = (usize, &'e Item)> {
    evidence
        .items
        .iter()
        .enumerate()
        .filter(move |(_, other)| is_twin(item, other))
}

fn is_twin(item: &Item, other: &Item) -> bool {
    match (&item.what, &other.what) {
        (What::Fact { normal, .. }, What::Fact { normal: held, .. }) => {
            // The first key is the fact itself; the evidence may give a year besides.
            item.keys.first().is_some_and(|key| other.keys.contains(key)) && same_sort(item, other)
                || same_hours(normal, held)
        }
        (What::Mark(mark), What::Mark(held)) => mark == held && item.family().is_some(),
        // Somebody pays wherever there is a price.
        (
            What::Mark(Mark::Charged),
            What::Fact {
                normal: Normal::Amount { .. } | Normal::Percentage(_),
                ..
            },
        ) => true,
        (
            What::Word {
                part_of_day: true, ..
            },
            What::Word {
                part_of_day: true, ..
            },
        ) => item.keys.first() == other.keys.first(),
        _ => false,
    }
}

/// A name shares its words' keys with other names, a number only its own.
fn same_sort(item: &Item, other: &Item) -> bool {
    (item.family() == Some(Family::Name)) == (other.family() == Some(Family::Name))
}

fn bound_alike(item: &Item, evidence: &Reading) -> Result<(), Blocked> {
    let What::Fact { normal, bounds, .. } = &item.what else {
        return Ok(());
    };
    let said = canonical(normal, bounds);
    let ends = ranges(evidence);
    let said_bounds = bounds;
    let alike = |index: usize, other: &Item| {
        let What::Fact { normal, bounds, .. } = &other.what else {
            return false;
        };
        let held = canonical(normal, bounds);
        // "Vous avez 10 jours pour répondre": within ten days.
        let given = bounds.contains(&Mark::Have) || said_bounds.contains(&Mark::Have);
        let starts_range = ends.iter().any(|(start, _)| *start == index);
        let ends_range = ends.iter().any(|(_, end)| *end == index);
        said == held
            || (given && said.symmetric_difference(&held).all(|bound| *bound == "max"))
            || (starts_range && held.is_empty() && said.iter().all(|bound| *bound == "from"))
            || (ends_range
                && said.iter().all(|bound| *bound == "max")
                && held.iter().all(|bound| *bound == "max"))
    };
    let mut found = twins(item, evidence).peekable();
    if found.peek().is_none() || found.any(|(index, other)| alike(index, other)) {
        return Ok(());
    }
    Err(Blocked::Bound(item.written.clone()))
}

fn same_ranges(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let held = ranges(evidence);
    let key = |reading: &Reading, index: usize| {
        reading
            .items
            .get(index)
            .and_then(|item| item.keys.first().copied())
    };
    let held_keys: HashSet<(Option<Key>, Option<Key>)> = held
        .iter()
        .map(|(start, end)| (key(evidence, *start), key(evidence, *end)))
        .collect();
    for (start, end) in ranges(words) {
        let pair = (key(words, start), key(words, end));
        if held_keys.contains(&pair) || follow_each_other(pair, evidence, &held) {
            continue;
        }
        let written = words
            .items
            .get(end)
            .map(|item| item.written.clone())
            .unwrap_or_default();
        return Err(Blocked::Attachment(written));
    }
    Ok(())
}

/// "Il commence à 7 h 30 et s'arrête à 17 h" is a range too: two facts in one sentence, none between, in no other range.
fn follow_each_other(
    pair: (Option<Key>, Option<Key>),
    evidence: &Reading,
    ranges: &[(usize, usize)],
) -> bool {
    let free = |index: usize| !ranges.iter().any(|(start, end)| *start == index || *end == index);
    evidence.items.iter().enumerate().any(|(start, one)| {
        let next = evidence
            .items
            .iter()
            .enumerate()
            .skip(start + 1)
            .find(|(_, other)| other.family() == one.family());
        next.is_some_and(|(end, other)| {
            one.keys.first().copied() == pair.0
                && other.keys.first().copied() == pair.1
                && one.sentence == other.sentence
                && free(start)
                && free(end)
        })
    })
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
            if holding.is_empty() {
                // A name may be words of the evidence that are no name there.
                continue;
            }
            let attached = holding.iter().any(|own| {
                rivals
                    .iter()
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
    let place = |item: &Item| {
        group
            .members
            .iter()
            .position(|i| is_twin(item, &evidence.items[*i]))
    };
    place(one) > place(other)
}

fn inverted_last(one: &Item, other: &Item, group: &Group, evidence: &Reading) -> bool {
    let place = |item: &Item| {
        group
            .members
            .iter()
            .rposition(|i| is_twin(item, &evidence.items[*i]))
    };
    place(one) > place(other)
}
