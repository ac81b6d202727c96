//! A sentence that is nearly one of the evidence is compared with that one alone: what was changed in it must be light.

use super::Blocked;
use super::binding::{self, Counts};
use super::bounds::canonical_of;
use super::conditions;
use super::held;
use super::mark::Mark;
use super::negation;
use super::reading::{Family, Item, Key, Reading, Unit};
use crate::facts::FactKind;

/// Words that a sentence may have more than the evidence's and still be nearly it.
const ADDED: usize = 2;

/// Blocks sentences that are a sentence of the evidence with something turned, put in or left out.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let all: Vec<&Unit> = (0..words.sentences())
        .flat_map(|sentence| words.sequence(sentence))
        .collect();
    for sentence in 0..words.sentences() {
        let said = words.sequence(sentence);
        let nearest = (0..evidence.own)
            .map(|held| (held, evidence.sequence(held)))
            .min_by_key(|(_, held)| missing(&said, held).len() + missing(held, &said).len());
        let Some((place, held)) = nearest else {
            continue;
        };
        let (plain, plain_held) = (unlabelled(&said), unlabelled(&held));
        let kept = longest_common(&plain, &plain_held);
        let (put_in, taken_out) = (plain.len() - kept, plain_held.len() - kept);
        let most = if plain.len() <= 4 {
            kept > 0 && kept * 2 >= plain.len()
        } else {
            kept * 2 > plain.len()
        };
        let nearly = most && put_in <= ADDED && (put_in == 0 || taken_out <= ADDED + 1);
        // "Le Département." is an answer, "La CAF." another one.
        let alone = (0..words.sentences())
            .filter(|at| !words.sequence(*at).is_empty())
            .count()
            == 1;
        if plain.len() == 1 && alone && kept == 0 {
            return Err(Blocked::Altered(words.written(sentence)));
        }
        if !nearly || (put_in + taken_out == 0 && !other_row(&said, &held)) {
            continue;
        }
        let added = missing(&said, &held);
        let left_out = missing(&held, &said);
        let modal = |units: &[&Unit], mark: Mark| units.iter().any(|unit| unit.mark == Some(mark));
        let turned = turned(words, sentence, evidence, place)
            || modal(&added, Mark::Must) && modal(&left_out, Mark::May)
            || modal(&added, Mark::May) && modal(&left_out, Mark::Must)
            || other_row(&said, &held)
            || replaced(&added, &left_out, &all)
            || (added.is_empty() && left_out.is_empty() && moved(&said, &held));
        let implied = |unit: &Unit| {
            let mut items = evidence
                .sentence(place)
                .filter(|item| item.keys.first() == unit.keys.first());
            items.any(|item| conditions::goes_without_saying(item, words, evidence))
        };
        let lost = left_out
            .iter()
            .any(|unit| unit.tells && !implied(unit) && !all.iter().any(|said| alike(said, unit)));
        let new = added
            .iter()
            .filter(|unit| unit.tells && !unit.keys.iter().any(|key| evidence.keys.contains(key)))
            .count();
        if turned || new > 1 || (new > 0 && lost) || (lost && added.len() <= 1) {
            return Err(Blocked::Altered(words.written(sentence)));
        }
    }
    Ok(())
}

/// Whether a cell stands under another row's label.
fn other_row(said: &[&Unit], held: &[&Unit]) -> bool {
    let label = |units: &[&Unit]| {
        units
            .iter()
            .find(|unit| unit.label)
            .and_then(|unit| unit.keys.first().copied())
    };
    label(said).is_some() && label(held).is_some() && label(said) != label(held)
}

/// Whether facts of one kind, or what is allowed and what is not, stand in another order.
fn moved(said: &[&Unit], held: &[&Unit]) -> bool {
    let kinds: Vec<FactKind> = held.iter().filter_map(|unit| unit.fact).collect();
    let facts = kinds.into_iter().any(|kind| {
        let place = |unit: &&Unit| {
            held.iter()
                .position(|other| other.fact == Some(kind) && alike(unit, other))
        };
        let places: Vec<usize> = said.iter().filter_map(place).collect();
        !places.is_sorted()
    });
    let rules = |units: &[&Unit]| -> Vec<bool> {
        let marks = units.iter().filter_map(|unit| unit.mark);
        marks.filter_map(allows).collect()
    };
    facts || rules(said) != rules(held)
}

/// Whether an expression allows, opens or gives, or forbids, closes or asks; of none that does neither.
fn allows(mark: Mark) -> Option<bool> {
    use Mark as M;
    match mark {
        M::May | M::Optional | M::Open | M::Free | M::Included => Some(true),
        M::Must | M::Forbidden | M::Closed | M::Charged | M::Excluded => Some(false),
        _ => None,
    }
}

/// Whether a fact stands in the place of another one of its kind, or one word in the place of a fact.
fn replaced(added: &[&Unit], left_out: &[&Unit], all: &[&Unit]) -> bool {
    let gone = |unit: &&&Unit| {
        unit.fact.is_some()
            && !all.iter().any(|said| {
                // A name that begins a sentence is read as a word.
                let begins = said.fact.is_none()
                    && unit
                        .keys
                        .get(1)
                        .is_some_and(|word| said.keys.first() == Some(word));
                begins || same_kind(said.fact, unit.fact) && alike(said, unit)
            })
    };
    let of_kind = |kind: FactKind| left_out.iter().any(|unit| same_kind(unit.fact, Some(kind)));
    let in_row = added.len() == 1
        && all.iter().any(|unit| unit.label)
        && left_out.iter().any(|unit| unit.fact.is_some());
    in_row
        || added.iter().filter_map(|unit| unit.fact).any(of_kind)
        || (added.len() == 1 && left_out.iter().any(|unit| gone(&unit)))
}

/// "Avant 15 ans" lasts, "les moins de 15 ans" is an age.
fn same_kind(one: Option<FactKind>, other: Option<FactKind>) -> bool {
    let lasts = |kind| matches!(kind, Some(FactKind::Age | FactKind::Duration));
    one == other || lasts(one) && lasts(other)
}

fn unlabelled<'u>(units: &[&'u Unit]) -> Vec<&'u Unit> {
    units.iter().copied().filter(|unit| !unit.label).collect()
}

/// The length of the longest common subsequence: what stands in both in the same order.
fn longest_common(said: &[&Unit], held: &[&Unit]) -> usize {
    let mut row = vec![0usize; held.len() + 1];
    for one in said {
        let mut diagonal = 0;
        for (at, other) in held.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if alike(one, other) {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The units of `said` that `held` has not, each counted once.
fn missing<'u>(said: &[&'u Unit], held: &[&Unit]) -> Vec<&'u Unit> {
    let mut free: Vec<&Unit> = held.to_vec();
    let mut missing = Vec::new();
    for unit in said {
        match free.iter().position(|other| alike(unit, other)) {
            Some(at) => {
                free.swap_remove(at);
            }
            None => missing.push(*unit),
        }
    }
    missing
}

fn alike(one: &Unit, other: &Unit) -> bool {
    one.keys.iter().any(|key: &Key| other.keys.contains(key))
}

/// Whether the two sentences are bound, denied or allowed in different ways.
///
/// What the sentence leaves out may stand in another one of the words.
fn turned(words: &Reading, sentence: usize, evidence: &Reading, place: usize) -> bool {
    let said = binding::counts(words.sentence(sentence));
    let all = binding::counts(words.items.iter());
    let held = binding::counts(evidence.sentence(place));
    let asks = words.asks.contains(&true);
    let orders = |reading: &Reading, at: usize| reading.orders.get(at).copied().unwrap_or_default();
    let must = |counts: &Counts, orders: usize| binding::count(counts, Mark::Must) + orders > 0;
    let denials =
        |items: &mut dyn Iterator<Item = &Item>| items.filter(|item| negation::denies(item)).count();
    let may = |counts: &Counts| binding::count(counts, Mark::May) > 0;
    let denied = (
        denials(&mut words.sentence(sentence)),
        denials(&mut evidence.sentence(place)),
    );
    let denied_at_all = denials(&mut words.items.iter());
    if (denied.0 > denied.1 || denied_at_all < denied.1) && !binding::exchanged(Mark::Neg, &said, &held) {
        return true;
    }
    let musts = (
        must(&said, orders(words, sentence)),
        must(&held, orders(evidence, place)),
    );
    if may(&held) && !may(&all) && !binding::exchanged(Mark::May, &said, &held)
        || musts.1 && !musts.0 && may(&said)
    {
        return true;
    }
    let orders = words.orders.iter().chain(&words.told).sum::<usize>();
    let ordered_at_all = orders + binding::count(&all, Mark::Must) > 0;
    if !ordered_at_all && binding::count(&held, Mark::Must) > 0 {
        return true;
    }
    let rebound = words.sentence(sentence).any(|item| {
        let clock = |item: &&Item| matches!(item.family(), Some(Family::Clock | Family::Date));
        let said = words.sentence(sentence).find(clock).map(canonical_of);
        let held = evidence.sentence(place).find(clock).map(canonical_of);
        held::opens_by_its_bound(item, words, evidence) || clock(&item) && said != held
    });
    let changed = |mark: &Mark| {
        // The bound has been compared, and stands for the verb.
        if rebound && matches!(mark, Mark::Open | Mark::Closed | Mark::Begins | Mark::Ends) {
            return false;
        }
        let held_here = binding::count(&held, *mark) > 0;
        let added = binding::count(&said, *mark) > 0 && !held_here;
        let lost = held_here && binding::count(&all, *mark) == 0;
        (added && *mark != Mark::Cond || lost)
            && !binding::exchanged(*mark, &said, &held)
            && !binding::exchanged(*mark, &all, &held)
            && !(*mark == Mark::Cond && asks)
    };
    said.keys()
        .chain(held.keys())
        .any(|mark| binding::stays(*mark) && changed(mark))
}
