//! The expressions that bind a fact: "jusqu'au", "au moins", "moins de", "avant", and what they have in common.

use super::mark::Mark;
use super::reading::{Family, Item, Reading, What, word_keys};
use crate::facts::{Bound, FactKind, Normal, Unit};
use chrono::Timelike;
use std::collections::BTreeSet;

/// How far before a fact an expression may stand that binds it, in tokens.
const BEFORE_FACT: usize = 4;
/// How far after it.
const AFTER_FACT: usize = 4;

/// Binds each fact by the expressions around it, which stand for themselves no longer.
pub(super) fn attach(reading: &mut Reading) {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for index in 0..reading.items.len() {
        let bounds = bounds_of(reading, index, &mut used);
        if let Some(What::Fact {
            bounds: held, kind, ..
        }) = reading.items.get_mut(index).map(|item| &mut item.what)
        {
            // "1 h 30 au plus" lasts.
            if *kind == FactKind::Clock && bounds.contains(&Mark::Max) {
                *kind = FactKind::Duration;
            }
            *held = bounds;
        }
    }
    let mut index = 0;
    reading.items.retain(|item| {
        let stays = !used.contains(&index) && !matches!(item.mark(), Some(Mark::Within | Mark::Have));
        index += 1;
        stays
    });
}

fn bounds_of(reading: &Reading, index: usize, used: &mut BTreeSet<usize>) -> Vec<Mark> {
    let Some(item) = reading.items.get(index) else {
        return Vec::new();
    };
    let (What::Fact { normal, .. }, Some(family)) = (&item.what, item.family()) else {
        return Vec::new();
    };
    if matches!(
        family,
        Family::Name | Family::Phone | Family::Email | Family::Url | Family::Address
    ) {
        return Vec::new();
    }
    let mut bounds: Vec<Mark> = own_bound(normal).into_iter().collect();
    let included = matches!(family, Family::Date | Family::Weekday | Family::Clock)
        && reading
            .tokens
            .get(item.end)
            .is_some_and(|next| matches!(next.as_str(), "inclus" | "compris"));
    let mut edge = item.at;
    if let Some(label) = label(reading, index) {
        used.insert(label);
        bounds.push(Mark::Latest);
        return bounds;
    }
    for before in (0..index).rev() {
        let other = &reading.items[before];
        // "Ne dure pas plus de 3 semaines".
        if is_within_a_bound(reading, before) {
            continue;
        }
        if other.clause != item.clause
            || used.contains(&before)
            || edge.saturating_sub(other.end) >= BEFORE_FACT
        {
            break;
        }
        match (&other.what, other.mark()) {
            (_, Some(mark)) if binds_what_follows(mark) => {
                used.insert(before);
                // "Avant le 30 juin inclus" is until then.
                bounds.push(if included && mark == Mark::Before {
                    Mark::Until
                } else {
                    mark
                });
            }
            // "Au plus tard la veille à 17 h".
            (What::Word { .. }, _)
                if other.keys.first() == word_keys("veille").first() && adjoins(reading, other, item) => {}
            // "Au plus tard le jeudi à minuit" bounds the day and the hour.
            (What::Fact { bounds: of_day, .. }, _) if follows_its_day(reading, other, item) => {
                bounds.extend(of_day);
                break;
            }
            _ => break,
        }
        edge = other.at;
    }
    for after in index + 1..reading.items.len() {
        let other = &reading.items[after];
        if other.sentence != item.sentence || other.at.saturating_sub(item.end) > AFTER_FACT {
            break;
        }
        match other.mark() {
            Some(mark) if binds_what_precedes(mark, item, other) && !leads_to_a_fact(reading, after) => {
                used.insert(after);
                bounds.push(mark);
            }
            Some(Mark::Per) => {}
            None if !matches!(other.what, What::Fact { .. }) && other.clause == item.clause => {}
            _ => break,
        }
    }
    bounds
}

/// "Date limite d'inscription : 15 mai", "la date limite d'inscription est le 15 mai": the expression that labels a fact.
fn label(reading: &Reading, index: usize) -> Option<usize> {
    let item = reading.items.get(index)?;
    let before = reading.tokens.get(..item.at)?.iter().rev();
    let mut before = before.filter(|word| !matches!(word.as_str(), "le" | "au" | "l" | "'"));
    let joins = before
        .next()
        .is_some_and(|word| matches!(word.as_str(), ":" | "est" | "fixee"));
    let earlier = (0..index).rev();
    let mut earlier = earlier.take_while(|at| {
        let other = &reading.items[*at];
        other.sentence == item.sentence && other.family().is_none()
    });
    earlier.find(|at| joins && reading.items[*at].mark() == Some(Mark::Latest))
}

/// Whether a word stands between the words of an expression that binds what follows it.
fn is_within_a_bound(reading: &Reading, index: usize) -> bool {
    let word = &reading.items[index];
    reading.items[..index].iter().any(|other| {
        other.mark().is_some_and(binds_what_follows) && other.at < word.at && word.end < other.end
    })
}

fn own_bound(normal: &Normal) -> Option<Mark> {
    match normal {
        Normal::Duration { bound, .. } | Normal::Amount { bound, .. } => match bound {
            Bound::Exact => None,
            Bound::Under => Some(Mark::Under),
            Bound::Over => Some(Mark::Over),
        },
        _ => None,
    }
}

fn binds_what_follows(mark: Mark) -> bool {
    use Mark as M;
    matches!(
        mark,
        M::Until
            | M::Latest
            | M::Earliest
            | M::From
            | M::Before
            | M::After
            | M::Max
            | M::Min
            | M::Within
            | M::Under
            | M::Over
            | M::Have
    )
}

/// "3 jours par semaine au minimum", "deux personnes ou plus", "10 jours avant".
fn binds_what_precedes(mark: Mark, fact: &Item, other: &Item) -> bool {
    let lasts = fact.family() == Some(Family::Duration);
    let adjoins = other.clause == fact.clause && other.at - fact.end < 2;
    matches!(mark, Mark::Latest | Mark::Earliest | Mark::Max | Mark::Min)
        || (lasts && adjoins && matches!(mark, Mark::Before | Mark::After))
}

/// Whether the expression at `index` stands just before a fact that it binds rather than the one before it.
fn leads_to_a_fact(reading: &Reading, index: usize) -> bool {
    let (Some(mark), Some(next)) = (reading.items.get(index), reading.items.get(index + 1)) else {
        return false;
    };
    let binds = matches!(next.what, What::Fact { .. }) && next.family() != Some(Family::Name);
    binds
        && next.sentence == mark.sentence
        && next.clause == mark.clause
        && next.at.saturating_sub(mark.end) < 3
}

fn follows_its_day(reading: &Reading, day: &Item, hour: &Item) -> bool {
    let days = matches!(day.family(), Some(Family::Weekday | Family::Date));
    days && hour.family() == Some(Family::Clock) && adjoins(reading, day, hour)
}

/// Whether nothing but "à" stands between a day and an hour.
fn adjoins(reading: &Reading, day: &Item, hour: &Item) -> bool {
    let joined = reading.tokens.get(day.end..hour.at).unwrap_or_default();
    joined.iter().all(|word| matches!(word.as_str(), "a" | ","))
}

/// The bounds of a fact in their normal form; none of anything else.
pub(super) fn canonical_of(item: &Item) -> BTreeSet<&'static str> {
    match &item.what {
        What::Fact { normal, bounds, .. } => canonical(normal, bounds),
        _ => BTreeSet::new(),
    }
}

/// The bounds of a fact as they are compared: "jusqu'au", "au plus tard" and "maximum" are one.
pub(super) fn canonical(normal: &Normal, bounds: &[Mark]) -> BTreeSet<&'static str> {
    let years = matches!(normal, Normal::Duration { unit: Unit::Year, .. });
    let clock = matches!(normal, Normal::Clock(_));
    let lasts = matches!(normal, Normal::Duration { .. }) && !years;
    let counts = matches!(
        normal,
        Normal::Duration { .. } | Normal::Amount { .. } | Normal::Number(_) | Normal::Percentage(_)
    );
    let mut canonical = BTreeSet::new();
    let has = |mark: Mark| bounds.contains(&mark);
    for bound in bounds {
        let name = match bound {
            // "Au plus tard 10 jours avant" is 10 days or more.
            Mark::Latest | Mark::Until if lasts && has(Mark::Before) => "min",
            Mark::Earliest | Mark::From if lasts && has(Mark::Before) => "max",
            Mark::Over if has(Mark::Max) => continue,
            Mark::Under if has(Mark::Min) => continue,
            Mark::Until | Mark::Latest | Mark::Max | Mark::Within => "max",
            Mark::Have => continue,
            Mark::Earliest if years => "min",
            Mark::From if counts => "min",
            Mark::From | Mark::Earliest => "from",
            Mark::Min => "min",
            Mark::Before if years => "under",
            Mark::After if counts => "over",
            // An hour has no length: after it is from it.
            Mark::After if clock => "from",
            Mark::Before if clock => "max",
            Mark::Before => "before",
            Mark::After => "after",
            Mark::Under => "under",
            Mark::Over => "over",
            _ => continue,
        };
        canonical.insert(name);
    }
    canonical
}

/// Two facts of one family that a range joins: "de 9 h à 12 h", "entre 12 h et 14 h", "du lundi au vendredi".
pub(super) fn ranges(reading: &Reading) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    for family_index in 1..reading.items.len() {
        let other = &reading.items[family_index];
        let one = &reading.items[family_index - 1];
        let alike = one.family().is_some()
            && (one.family() == other.family() || one.family() == Some(Family::Number));
        let facts = matches!(one.what, What::Fact { .. }) && matches!(other.what, What::Fact { .. });
        if !alike || !facts || matches!(one.family(), Some(Family::Name | Family::Phone | Family::Address)) {
            continue;
        }
        let joined = reading.tokens.get(one.end..other.at).unwrap_or_default();
        let before = one.at.checked_sub(1).and_then(|at| reading.tokens.get(at));
        let between = one
            .at
            .checked_sub(2)
            .is_some_and(|at| reading.tokens[at..one.at].iter().any(|word| word == "entre"));
        let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
        let joins = match joined.as_slice() {
            ["a" | "au" | "-"] | ["jusqu", "'", "a" | "au"] => {
                before.is_none_or(|word| !matches!(word.as_str(), "a" | "ou")) || joined.len() == 1
            }
            ["et"] | ["et", "le"] => between,
            _ => false,
        };
        if joins {
            ranges.push((family_index - 1, family_index));
        }
    }
    ranges
}

/// Whether an hour of the clock and a duration may be the same words: "12 heures".
pub(super) fn same_hours(one: &Normal, other: &Normal) -> bool {
    let hours = |normal: &Normal| match normal {
        Normal::Clock(time) if time.minute() == 0 => Some(u64::from(time.hour())),
        Normal::Duration {
            count,
            unit: Unit::Hour,
            ..
        } => count.whole(),
        _ => None,
    };
    hours(one).is_some() && hours(one) == hours(other)
}
