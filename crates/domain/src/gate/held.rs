//! Whether the evidence holds a fact, bound in the same way and in the same range.

use super::Blocked;
use super::bounds::{canonical, canonical_of, ranges, same_hours};
use super::mark::Mark;
use super::reading::{Family, Item, Key, Reading, What};
use crate::facts::Normal;
use crate::fold::fold;
use std::collections::{BTreeSet, HashSet};

pub(super) fn supported(item: &Item, words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let What::Fact { normal, .. } = &item.what else {
        return Ok(());
    };
    let own = |(_, other): (usize, &Item)| other.sentence < evidence.own;
    let (own_text, context) = evidence.raw.split_at(evidence.own_end);
    let name = matches!(normal, Normal::Name(_));
    if twins(item, evidence).any(own) || name && named(&item.written, own_text) || is_a_word(item, evidence) {
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

/// "Internet", "Madame" are written with or without a capital.
fn is_a_word(item: &Item, evidence: &Reading) -> bool {
    const WORDS: [&str; 6] = ["etat", "internet", "madame", "monsieur", "prefecture", "web"];
    let word = fold(&item.written);
    WORDS.contains(&word.as_str()) && evidence.tokens.contains(&word)
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

pub(super) fn is_twin(item: &Item, other: &Item) -> bool {
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

/// "Ouvre à 9 h" says what "à partir de 9 h" says, "ferme à 22 h" what "ouvert jusqu'à 22 h" says, "commence le 2 mai" what "à
/// partir du 2 mai" says. "Est fermé le 2 mai" and "ouvre le 2 mai" speak of that day alone.
fn bound_by_its_verb(
    item: &Item,
    said: &BTreeSet<&str>,
    words: &Reading,
    held: &BTreeSet<&str>,
    other: &Item,
    evidence: &Reading,
) -> bool {
    let verbs = |reading: &Reading, item: &Item, marks: [Mark; 2]| -> Vec<String> {
        let clause = reading.items.iter().filter(|other| other.clause == item.clause);
        let verbs = clause.filter(|other| other.mark().is_some_and(|mark| marks.contains(&mark)));
        verbs.map(|verb| fold(&verb.written)).collect()
    };
    let formality = |reading: &Reading, clause: usize| {
        let of_clause = |other: &&Item| other.clause == clause;
        let requires = |other: &Item| matches!(other.what, What::Word { requires: true, .. });
        reading.items.iter().filter(of_clause).any(requires)
    };
    let of_a_formality = formality(words, item.clause) && formality(evidence, other.clause);
    let stems: [&[&str]; 2] = match item.family() {
        Some(Family::Clock) => [
            &["ouvre", "ouvrent", "commence", "debut"],
            &[
                "ferme",
                "ferment",
                "s arrete",
                "s'arrete",
                "finit",
                "finissent",
                "termin",
            ],
        ],
        // "Les inscriptions ouvrent le 2 mai": from then on.
        Some(Family::Date) if of_a_formality => [
            &["ouvre", "ouvrent", "commence", "debut"],
            &["ferme", "ferment", "finit", "finissent", "termin"],
        ],
        Some(Family::Date) => [&["commence", "debut"], &["finit", "finissent", "termin"]],
        _ => return false,
    };
    let acts = |verbs: &[String], stems: &[&str]| {
        let is = |verb: &String| {
            stems.iter().any(|stem| {
                verb == stem || stem.len() > 4 && !stem.starts_with("ferme") && verb.starts_with(stem)
            })
        };
        !verbs.is_empty() && verbs.iter().all(is)
    };
    let ends = [Mark::Closed, Mark::Ends];
    let begins = [Mark::Open, Mark::Begins];
    let same =
        |bare: &BTreeSet<&str>, of: (&Reading, &Item), bound: &BTreeSet<&str>, by: (&Reading, &Item)| {
            let only = |name: &str| bound.len() == 1 && bound.contains(name);
            let stays_open = verbs(by.0, by.1, ends).is_empty();
            bare.is_empty()
                && stays_open
                && (only("max") && acts(&verbs(of.0, of.1, ends), stems[1])
                    || only("from")
                        && acts(&verbs(of.0, of.1, begins), stems[0])
                        && verbs(of.0, of.1, ends).is_empty())
        };
    same(held, (evidence, other), said, (words, item)) || same(said, (words, item), held, (evidence, other))
}

/// Whether "commence le 2 mai" and "finit le 5 mai" stand for "du 2 mai au 5 mai".
pub(super) fn begins_or_ends_a_range(item: &Item, words: &Reading, evidence: &Reading) -> bool {
    let Some(mark @ (Mark::Begins | Mark::Ends)) = item.mark() else {
        return false;
    };
    let held = ranges(evidence);
    let facts = words.items.iter().filter(|fact| {
        fact.clause == item.clause && matches!(fact.family(), Some(Family::Clock | Family::Date))
    });
    let mut facts = facts.peekable();
    facts.peek().is_some()
        && facts.all(|fact| {
            twins(fact, evidence).any(|(at, _)| {
                held.iter().any(|(start, end)| {
                    if mark == Mark::Begins {
                        *start == at
                    } else {
                        *end == at
                    }
                })
            })
        })
}

/// Whether "ouvert jusqu'à 20 h" stands for "ferme à 20 h", or the other way round.
pub(super) fn opens_by_its_bound(item: &Item, words: &Reading, evidence: &Reading) -> bool {
    let Some(mark @ (Mark::Open | Mark::Closed | Mark::Ends)) = item.mark() else {
        return false;
    };
    let in_clause = |reading: &Reading, clause: usize, mark: Mark| {
        reading
            .items
            .iter()
            .any(|other| other.clause == clause && other.mark() == Some(mark))
    };
    let in_range = |reading: &Reading, index: usize| {
        ranges(reading)
            .iter()
            .find(|(start, end)| *start == index || *end == index)
            .map(|(_, end)| *end == index)
    };
    let until = BTreeSet::from(["max"]);
    words
        .items
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.clause == item.clause && fact.family() == Some(Family::Clock))
        .any(|(at, fact)| {
            in_range(words, at).is_none()
                && twins(fact, evidence).any(|(index, other)| match mark {
                    Mark::Open => {
                        canonical_of(fact) == until
                            && canonical_of(other).is_empty()
                            && in_range(evidence, index).is_none()
                            && in_clause(evidence, other.clause, Mark::Closed)
                    }
                    _ => {
                        let ends = in_range(evidence, index) == Some(true);
                        canonical_of(fact).is_empty()
                            && (ends || canonical_of(other) == until)
                            && !in_clause(evidence, other.clause, Mark::Closed)
                    }
                })
        })
}

pub(super) fn bound_alike(item: &Item, words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let What::Fact { normal, bounds, .. } = &item.what else {
        return Ok(());
    };
    let said = canonical(normal, bounds);
    let ends = ranges(evidence);
    let said_bounds = bounds;
    let bound_otherwise = |index: usize| {
        twins(item, evidence).any(|(at, other)| {
            let held = canonical_of(other);
            at != index && !held.is_empty() && held != said
        })
    };
    // "Sous 1 mois, ou 2 mois dans le périmètre protégé".
    let inherited = |index: usize, item: &Item| {
        let before = index.checked_sub(1).and_then(|at| evidence.items.get(at))?;
        let joined = evidence.tokens.get(before.end..item.at)?;
        let lists = joined
            .iter()
            .all(|word| matches!(word.as_str(), "," | "ou" | "et"));
        match &before.what {
            What::Fact { normal, bounds, .. } if lists && before.family() == item.family() => {
                Some(canonical(normal, bounds))
            }
            _ => None,
        }
    };
    let alike = |index: usize, other: &Item| {
        let What::Fact { normal, bounds, .. } = &other.what else {
            return false;
        };
        let held = canonical(normal, bounds);
        // "Vous avez 2 mois" is a deadline, "prend 2 mois" is none.
        if said_bounds.contains(&Mark::Have) && !bounds.contains(&Mark::Have) && held.is_empty() {
            return false;
        }
        // "Vous avez 10 jours pour répondre": within ten days.
        let given = bounds.contains(&Mark::Have) || said_bounds.contains(&Mark::Have);
        let starts_range = ends.iter().any(|(start, _)| *start == index);
        let ends_range = ends.iter().any(|(_, end)| *end == index);
        said == held
            || held.is_empty() && inherited(index, other).as_ref() == Some(&said)
            || !bound_otherwise(index) && bound_by_its_verb(item, &said, words, &held, other, evidence)
            || (given && said.symmetric_difference(&held).all(|bound| *bound == "max"))
            || (starts_range && held.is_empty() && said.iter().all(|bound| *bound == "from"))
            || (ends_range
                && said.iter().all(|bound| *bound == "max")
                && held.iter().all(|bound| *bound == "max"))
    };
    // "Il commence à 7 h 30. On livre avant 7 h 30": of what begins, what is said there counts.
    let found: Vec<(usize, &Item)> = twins(item, evidence).collect();
    let doing = marks_of_clause(item, words);
    let does_the_same = |other: &Item| !doing.is_disjoint(&marks_of_clause(other, evidence));
    let of_its_verb = found.iter().any(|(_, other)| does_the_same(other));
    let mut counting = found
        .iter()
        .filter(|(_, other)| !of_its_verb || does_the_same(other));
    if found.is_empty() || counting.any(|(index, other)| alike(*index, other)) {
        return Ok(());
    }
    Err(Blocked::Bound(item.written.clone()))
}

/// What begins or ends in the clause of a fact.
fn marks_of_clause(fact: &Item, reading: &Reading) -> HashSet<Mark> {
    let clause = reading.items.iter().filter(|other| other.clause == fact.clause);
    let marks = clause.filter_map(Item::mark);
    marks
        .filter(|mark| matches!(mark, Mark::Begins | Mark::Ends))
        .collect()
}

pub(super) fn same_ranges(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
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

/// "Il commence à 7 h 30 et s'arrête à 17 h" is a range too: two facts in one sentence, none between, in no other range, the
/// first begun or opened, the second ended or closed.
fn follow_each_other(
    pair: (Option<Key>, Option<Key>),
    evidence: &Reading,
    ranges: &[(usize, usize)],
) -> bool {
    let free = |index: usize| !ranges.iter().any(|(start, end)| *start == index || *end == index);
    let marked = |fact: &Item, marks: [Mark; 2]| {
        let clause = evidence.items.iter().filter(|item| item.clause == fact.clause);
        clause.filter_map(Item::mark).any(|mark| marks.contains(&mark))
    };
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
                && marked(one, [Mark::Begins, Mark::Open])
                && marked(other, [Mark::Ends, Mark::Closed])
                && free(start)
                && free(end)
        })
    })
}
