//! "Peut" and "doit" may not change places, nor may what is left to people become an order, nor an order be left to them.

use super::Blocked;
use super::binding::{Counts, count};
use super::bounds::canonical;
use super::mark::Mark;
use super::negation;
use super::reading::{Family, Item, Reading, What, word_keys};
use super::support;
use crate::facts::{Normal, Unit};

/// Checks the words against the sentences of the evidence that they rest on (`used`); the counts are of both.
pub(super) fn check(
    words: &Reading,
    evidence: &Reading,
    used: &[bool],
    (said, held): (&Counts, &Counts),
) -> Result<(), Blocked> {
    let orders_said: usize = words.orders.iter().sum();
    let orders_held: usize = evidence
        .orders
        .iter()
        .zip(used)
        .filter(|(_, used)| **used)
        .map(|(orders, _)| orders)
        .sum();
    let may = (count(said, Mark::May), count(held, Mark::May));
    let must = (
        count(said, Mark::Must) + orders_said,
        count(held, Mark::Must) + orders_held,
    );
    let wish = count(said, Mark::Wish) > count(held, Mark::Wish);
    let written = |reading: &Reading, mark: Mark| {
        let item = reading.items.iter().find(|item| item.mark() == Some(mark));
        item.map(|item| item.written.clone()).unwrap_or_default()
    };
    // "Réservé aux habitants" says what "seuls les habitants peuvent" says.
    let only = count(said, Mark::Only) > 0 && count(held, Mark::Only) > 0 && must.0 <= must.1;
    if may.1 > 0 && may.0 == 0 && !wish && !only || may.1 > may.0 && must.0 > must.1 && !wish {
        return Err(Blocked::Lost(written(evidence, Mark::May)));
    }
    let free = count(held, Mark::Free) > 0 && count(said, Mark::Free) + count(said, Mark::Included) == 0;
    let pays = |counts: &Counts| count(counts, Mark::Paid) + count(counts, Mark::Charged);
    if free && pays(said) > pays(held) {
        return Err(Blocked::Added(written(words, Mark::Paid)));
    }
    let included =
        count(held, Mark::Included) > 0 && count(said, Mark::Included) + count(said, Mark::Free) == 0;
    if included && pays(said) + count(said, Mark::Extra) > 0 {
        return Err(Blocked::Lost(written(evidence, Mark::Included)));
    }
    let conditions = count(said, Mark::Cond) > count(held, Mark::Cond);
    let told: usize = words.told.iter().sum();
    if count(held, Mark::Must) > 0
        && must.0 + told == 0
        && !conditions
        && count(said, Mark::Only) <= count(held, Mark::Only)
    {
        return Err(Blocked::Lost(written(evidence, Mark::Must)));
    }
    forces(words, evidence)
}

/// What a sentence of the evidence lets the words say of it.
struct Force {
    /// That it must be: "apportez", "justificatif de domicile".
    must: bool,
    /// That somebody must have or be something: "à partir de 12 ans", "réservé aux habitants".
    must_be: bool,
    /// That it may be: "est ouvert à", "propose".
    may: bool,
    /// That it must not be: "ne publiez pas".
    banned: bool,
    /// That it cannot be.
    unable: bool,
}

impl Force {
    fn of(evidence: &Reading, sentence: usize) -> Self {
        let has = |mark: Mark| evidence.sentence(sentence).any(|item| item.mark() == Some(mark));
        let ordered = evidence.orders.get(sentence).is_some_and(|orders| *orders > 0);
        let may = has(Mark::May) || has(Mark::Optional) || has(Mark::Wish);
        let denied = has(Mark::Unable) || has(Mark::Forbidden);
        let must = has(Mark::Must) || ordered;
        let infinitive = is_infinitive(evidence, sentence);
        let offers = evidence.sentence(sentence).any(offers);
        let conditions = evidence.sentence(sentence).any(conditions) || is_for_those_who(evidence, sentence);
        let requires = evidence.sentence(sentence).any(requires) && !names_a_request(evidence, sentence);
        let reflexive = reflexive(evidence, sentence);
        Self {
            must: must || !may && !denied && (!offers && requires || infinitive && !conditions),
            must_be: must || conditions && !may,
            may: may
                || !must
                    && !denied
                    && !has(Mark::Closed)
                    && !has(Mark::Excluded)
                    && (offers || infinitive && !conditions || !requires && !conditions),
            banned: ordered && has(Mark::Neg) && !has(Mark::Unable)
                || has(Mark::Forbidden)
                || has(Mark::Banned)
                || reflexive,
            unable: has(Mark::Unable) || !ordered && !has(Mark::Banned) && !reflexive,
        }
    }
}

fn offers(item: &Item) -> bool {
    matches!(item.what, What::Word { offers: true, .. })
        || matches!(item.mark(), Some(Mark::Free | Mark::Open | Mark::Included))
}

fn requires(item: &Item) -> bool {
    matches!(item.what, What::Word { requires: true, .. })
        || matches!(item.mark(), Some(Mark::Paid | Mark::Charged | Mark::Latest))
}

/// For whom something is: an age, a bounded time, "réservé à".
fn conditions(item: &Item) -> bool {
    match &item.what {
        What::Mark(mark) => *mark == Mark::Only,
        What::Fact { normal, bounds, .. } => {
            let age = matches!(normal, Normal::Duration { unit: Unit::Year, .. });
            let lasts = item.family() == Some(Family::Duration);
            age || lasts && (bounds.contains(&Mark::Have) || !canonical(normal, bounds).is_empty())
        }
        What::Word { .. } => false,
    }
}

/// "Ouvert aux personnes qui ont une carte": they must have one.
fn is_for_those_who(evidence: &Reading, sentence: usize) -> bool {
    let start = evidence
        .sentence(sentence)
        .map(|item| item.at)
        .min()
        .unwrap_or_default();
    let tokens = evidence.tokens.get(start..evidence.end_of(sentence));
    let tokens = tokens.unwrap_or_default();
    tokens.windows(4).any(|words| {
        matches!(words[0].as_str(), "aux" | "les" | "a")
            && matches!(words[1].as_str(), "personnes" | "ceux" | "celles")
            && words[2] == "qui"
            && matches!(words[3].as_str(), "ont" | "sont" | "habitent")
    }) && evidence
        .sentence(sentence)
        .any(|item| matches!(item.mark(), Some(Mark::Open | Mark::Only | Mark::For)))
}

/// "Apporter une pièce" names what must be done.
fn is_infinitive(evidence: &Reading, sentence: usize) -> bool {
    first_verb(evidence, sentence).is_some() && !names_a_request(evidence, sentence)
}

/// "Demander un acte" names what may be asked for.
fn names_a_request(evidence: &Reading, sentence: usize) -> bool {
    first_verb(evidence, sentence).is_some_and(|verb| verb.keys.first() == word_keys("demander").first())
}

/// The infinitive that a sentence begins with.
fn first_verb(evidence: &Reading, sentence: usize) -> Option<&Item> {
    let ends = ["er", "ir", "dre", "ttre", "rire"];
    let articles = [
        "un", "une", "le", "la", "les", "l", "son", "sa", "ses", "votre", "vos", "des",
    ];
    let first = evidence.sentence(sentence).next()?;
    let governs = evidence
        .tokens
        .get(first.end)
        .is_some_and(|next| articles.contains(&next.as_str()));
    let verb = matches!(first.what, What::Word { .. }) && ends.iter().any(|end| first.written.ends_with(end));
    (governs && verb).then_some(first)
}

/// Each "doit" and "peut" of the words fits the sentence of the evidence that it is nearest to.
fn forces(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    for item in &words.items {
        let Some(mark @ (Mark::Must | Mark::May | Mark::Banned | Mark::Unable)) = item.mark() else {
            continue;
        };
        let denied = words
            .items
            .iter()
            .any(|other| other.clause == item.clause && negation::denies(other));
        let fits = |near: &usize| {
            let force = Force::of(evidence, *near);
            match mark {
                Mark::Must if denied => force.banned,
                Mark::May if denied => force.unable,
                Mark::Must => {
                    let held = evidence
                        .sentence(*near)
                        .any(|held| held.mark() == Some(Mark::Must));
                    held || (force.must || force.must_be && is_a_state(words, item))
                        && !binds_the_town(words, item)
                }
                // "Sauf si le maire l'autorise" allows nothing.
                Mark::May if is_supposed(words, item) => true,
                Mark::May => {
                    let only = |other: &Item| {
                        // "Seuls les clubs et les écoles peuvent".
                        let joined = words.joined.contains(&item.clause) && other.clause + 1 == item.clause;
                        (joined || other.clause == item.clause) && other.mark() == Some(Mark::Only)
                    };
                    force.may || words.items.iter().any(only)
                }
                Mark::Banned => force.banned,
                _ => force.unable,
            }
        };
        let near = support::nearest(words, item, evidence);
        // "Il est obligatoire avant une vente" says more of what the sentence before is about.
        let points_back = |at: &usize| {
            let next = *at + 1;
            let told = |held: &Item| {
                held.tells()
                    && words
                        .sentence(item.sentence)
                        .any(|said| said.keys.iter().any(|key| held.keys.contains(key)))
            };
            (next < evidence.own && is_of_the_same(evidence, next) && evidence.sentence(next).any(told))
                .then_some(next)
        };
        let further: Vec<usize> = near
            .iter()
            .filter(|_| mark == Mark::Must)
            .filter_map(points_back)
            .collect();
        if !near.iter().chain(&further).any(fits) {
            return Err(Blocked::Added(item.written.clone()));
        }
    }
    Ok(())
}

/// Whether a sentence begins with "il" or "elle".
fn is_of_the_same(evidence: &Reading, sentence: usize) -> bool {
    let tokens = evidence.tokens.get(evidence.start_of(sentence)..);
    let mut words = tokens.unwrap_or_default().iter();
    let first = words.find(|word| word.chars().all(char::is_alphanumeric));
    first.is_some_and(|word| matches!(word.as_str(), "il" | "elle" | "ils" | "elles"))
}

/// Whether "peut" stands inside a condition: not "en cas de perte vous pouvez".
fn is_supposed(words: &Reading, may: &Item) -> bool {
    let of_people = |word: &String| matches!(word.as_str(), "vous" | "on");
    let before = words.tokens.get(..may.at).unwrap_or_default();
    let condition =
        |other: &Item| other.clause == may.clause && other.at < may.at && other.mark() == Some(Mark::Cond);
    words.items.iter().any(condition) && !before.iter().rev().take(2).any(of_people)
}

/// "Il faut avoir", "il faut une carte", "vous devez être": a state, not something to do.
fn is_a_state(words: &Reading, must: &Item) -> bool {
    const STATES: [&str; 9] = [
        "avoir",
        "etre",
        "habiter",
        "resider",
        "vivre",
        "dater",
        "mesurer",
        "peser",
        "travailler",
    ];
    let next = words.tokens.get(must.end..).unwrap_or_default();
    let is_thing = next
        .first()
        .is_some_and(|word| matches!(word.as_str(), "un" | "une"));
    is_thing || next.iter().take(2).any(|word| STATES.contains(&word.as_str()))
}

/// "Ne se collent pas": it is not done.
fn reflexive(evidence: &Reading, sentence: usize) -> bool {
    evidence
        .sentence(sentence)
        .filter(|item| item.mark() == Some(Mark::Neg))
        .any(|item| evidence.tokens.get(item.at + 1).is_some_and(|next| next == "se"))
}

/// Whether "doit" is said of the town: "la ville doit".
fn binds_the_town(words: &Reading, must: &Item) -> bool {
    let mut before = words
        .items
        .iter()
        .filter(|item| item.clause == must.clause && item.at < must.at);
    let mut subject = words.tokens[..must.at].iter().rev().take(2);
    let of_people = |word: &String| matches!(word.as_str(), "vous" | "on" | "il" | "elle" | "ils" | "elles");
    !subject.any(of_people)
        && before
            .next()
            .is_some_and(|item| item.is_of_the_town() || item.family() == Some(Family::Name))
}
