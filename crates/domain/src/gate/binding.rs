//! What binds or turns the evidence, negations, conditions, exceptions, bounds, quantifiers and modality, is neither lost
//! nor added in the words.

use super::Blocked;
use super::audience;
use super::conditions;
use super::held;
use super::lexicon::LEXICON;
use super::mark::Mark;
use super::modality;
use super::negation;
use super::polarity;
use super::reading::{Family, Item, Key, Reading, What, word_keys};
use super::supposed;
use std::collections::{HashMap, HashSet};

/// How often each expression stands in some sentences.
pub(super) type Counts = HashMap<Mark, usize>;

/// Checks the words against the sentences of the evidence that they rest on (`used`).
pub(super) fn check(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    let is_used = |item: &&Item| used.get(item.sentence).copied().unwrap_or_default();
    negation::check(words, evidence, used)?;
    let said = counts(words.items.iter());
    let held = counts(evidence.items.iter().filter(is_used));
    modality::check(words, evidence, used, (&said, &held))?;
    for (index, item) in evidence
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_used(item))
    {
        if let Some(mark) = item.mark()
            && must_stay(mark)
            && is_lost(mark, &said, &held)
            && !(mark == Mark::Cond && is_said_otherwise(words, evidence, index))
        {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    for item in &words.items {
        if let Some(mark) = item.mark()
            && may_not_come(mark)
            && (is_lost(mark, &held, &said) || is_more(mark, &said, &held))
            && !opens_by_hours(mark, evidence, &held)
            && !pays_a_price(item, words, evidence, &held)
            && !(mark == Mark::Paid && pays_in_other_words(item, evidence))
            && !excepts_in_other_words(mark, &held)
            && !held::opens_by_its_bound(item, words, evidence)
            && !held::begins_or_ends_a_range(item, words, evidence)
        {
            return Err(Blocked::Added(item.written.clone()));
        }
    }
    for item in words.items.iter().filter(|item| item.mark() == Some(Mark::Per)) {
        let mut counted_by = evidence
            .items
            .iter()
            .filter(|item| item.mark() == Some(Mark::Per))
            .peekable();
        if counted_by.peek().is_some()
            && !counted_by.any(|other| other.keys.iter().any(|key| item.keys.contains(key)))
        {
            return Err(Blocked::Added(item.written.clone()));
        }
    }
    supposed::added(words, evidence, used)?;
    conditions::scopes(words, evidence, used)?;
    conditions::audience(words, evidence, used)?;
    audience::added(words, evidence)?;
    conditions::limits(words, evidence)?;
    conditions::ordinals(words, evidence, used)?;
    conditions::facts_that_condition(words, evidence, used)?;
    polarity::check(words, evidence)
}

pub(super) fn counts<'i>(items: impl Iterator<Item = &'i Item>) -> Counts {
    let mut counts = Counts::new();
    for item in items {
        let Some(mark) = item.mark() else {
            continue;
        };
        *counts.entry(mark).or_default() += 1;
    }
    counts
}

pub(super) fn count(counts: &Counts, mark: Mark) -> usize {
    counts.get(&mark).copied().unwrap_or_default()
}

/// Whether `held` has more of `mark` than `said`, and `said` has nothing more that may stand for it.
fn is_lost(mark: Mark, said: &Counts, held: &Counts) -> bool {
    // Of what is said twice, once is enough.
    if count(held, mark) == 0 || count(said, mark) > 0 {
        return false;
    }
    let exchanged = LEXICON
        .exchanges(mark)
        .iter()
        .any(|other| count(said, *other) > count(held, *other));
    !exchanged
}

/// "Après" and "avant" bind each what follows it: one more binds something else.
fn is_more(mark: Mark, said: &Counts, held: &Counts) -> bool {
    matches!(mark, Mark::After | Mark::Before)
        && count(said, mark) > count(held, mark)
        && !LEXICON
            .exchanges(mark)
            .iter()
            .any(|other| count(held, *other) > count(said, *other))
}

/// Whether a mark that one of the two has and the other has not is made up for by one that may stand for it.
pub(super) fn exchanged(mark: Mark, one: &Counts, other: &Counts) -> bool {
    let has = |counts: &Counts, mark: Mark| count(counts, mark) > 0;
    let (with, without) = if has(one, mark) {
        (one, other)
    } else {
        (other, one)
    };
    LEXICON
        .exchanges(mark)
        .iter()
        .any(|standing| has(without, *standing) && !has(with, *standing))
}

/// Expressions of a sentence that stay when it is hardly changed.
pub(super) fn stays(mark: Mark) -> bool {
    must_stay(mark)
        || matches!(
            mark,
            Mark::Each | Mark::Per | Mark::Open | Mark::Closed | Mark::Free | Mark::Charged | Mark::Included
        )
}

fn must_stay(mark: Mark) -> bool {
    use Mark as M;
    matches!(
        mark,
        M::Optional
            | M::Otherwise
            | M::AllHours
            | M::Only
            | M::Except
            | M::Even
            | M::All
            | M::Some
            | M::Once
            | M::Approx
            | M::Usually
            | M::Always
            | M::Until
            | M::Latest
            | M::Earliest
            | M::From
            | M::Before
            | M::After
            | M::Max
            | M::Min
            | M::Under
            | M::Over
            | M::Cond
            | M::Extra
            | M::Excluded
            | M::Urgent
            | M::Discount
            | M::Cancelled
    )
}

fn may_not_come(mark: Mark) -> bool {
    use Mark as M;
    must_stay(mark) && mark != M::Cond
        || matches!(
            mark,
            M::Never
                | M::Free
                | M::Paid
                | M::Charged
                | M::Open
                | M::Closed
                | M::Included
                | M::Full
                | M::Begins
                | M::Ends
                | M::Rise
                | M::Fall
                | M::Now
        )
}

/// "Vous êtes né à l'étranger ?", "pour qui est né …", "en alerte orange" say what "si vous êtes né à l'étranger", "quand
/// l'alerte orange …" say; how much of it is said is looked for by [`conditions::scopes`].
fn is_said_otherwise(words: &Reading, evidence: &Reading, condition: usize) -> bool {
    const OPENS: [&str; 12] = [
        "pour", "avec", "sans", "qui", "chez", "dessus", "dessous", "en", "lors", "pendant", "durant", "hors",
    ];
    /// How far it may stand before what is supposed, in tokens.
    const NEAR: usize = 6;
    let scope = conditions::scope(evidence, condition);
    let opens = |said: &&Item| {
        let before = words
            .tokens
            .get(said.at.saturating_sub(NEAR)..said.at)
            .unwrap_or_default();
        before.iter().any(|word| OPENS.contains(&word.as_str()))
    };
    let is_supposed = |said: &&Item| {
        let same = |held: &&Item| held.keys.iter().any(|key| said.keys.contains(key));
        scope.is_empty() || scope.iter().any(same)
    };
    words.asks.contains(&true) || words.items.iter().filter(is_supposed).any(|said| opens(&said))
}

/// Hours of the clock say when a place is open, where nothing is said to be closed.
fn opens_by_hours(mark: Mark, evidence: &Reading, held: &Counts) -> bool {
    let hours = |item: &Item| item.family() == Some(Family::Clock);
    mark == Mark::Open && count(held, Mark::Closed) == 0 && evidence.items.iter().any(hours)
}

/// "Sinon" where there is a condition.
fn excepts_in_other_words(mark: Mark, held: &Counts) -> bool {
    mark == Mark::Otherwise && count(held, Mark::Cond) > 0
}

/// "Acquitter", "verser", "chèque": a word of paying.
fn pays_in_other_words(item: &Item, evidence: &Reading) -> bool {
    const MEANS: [&str; 6] = ["cheque", "cheques", "especes", "virement", "prelevement", "loyer"];
    item.keys.iter().skip(1).any(|key| evidence.keys.contains(key))
        || evidence.tokens.iter().any(|word| MEANS.contains(&word.as_str()))
}

/// Whether the sum that stands by "paie" is received in the evidence: "le conducteur reçoit 1,50 €".
fn is_given(pays: &Item, words: &Reading, evidence: &Reading) -> bool {
    const GIVES: [&str; 10] = [
        "recoit",
        "recoivent",
        "recevez",
        "recevoir",
        "touche",
        "gagne",
        "prime",
        "bourse",
        "rembourser",
        "subvention",
    ];
    let gives: HashSet<Key> = GIVES
        .iter()
        .filter_map(|word| word_keys(word).first().copied())
        .collect();
    let of_clause = |reading: &Reading, clause: usize, is: &dyn Fn(&Item) -> bool| {
        reading.items.iter().any(|item| item.clause == clause && is(item))
    };
    let is_paid = |item: &Item| matches!(item.mark(), Some(Mark::Paid | Mark::Charged));
    let sums = words.items.iter().filter(|item| {
        item.clause == pays.clause && item.family() == Some(Family::Amount) && item.mark().is_none()
    });
    let mut twins = sums
        .flat_map(|sum| evidence.items.iter().filter(|held| held::is_twin(sum, held)))
        .peekable();
    twins.peek().is_some()
        && twins.all(|held| {
            of_clause(evidence, held.clause, &|item| {
                item.keys.first().is_some_and(|key| gives.contains(key))
            }) && !of_clause(evidence, held.clause, &is_paid)
        })
}

/// Where there is a price, somebody pays; but not what the evidence says that somebody is given.
fn pays_a_price(pays: &Item, words: &Reading, evidence: &Reading, held: &Counts) -> bool {
    let Some(mark) = pays.mark().filter(|_| !is_given(pays, words, evidence)) else {
        return false;
    };
    let price = |item: &Item| item.family() == Some(Family::Amount) && matches!(item.what, What::Fact { .. });
    matches!(mark, Mark::Paid | Mark::Charged)
        && (evidence.items.iter().any(price)
            || [Mark::Paid, Mark::Charged, Mark::Extra, Mark::Discount]
                .iter()
                .any(|mark| count(held, *mark) > 0)
            || evidence
                .items
                .iter()
                .any(|item| matches!(item.mark(), Some(Mark::Paid | Mark::Charged))))
}
