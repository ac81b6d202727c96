//! "Et" and "ou" between two things stay what they are: one of two is not both, and both that are asked for are not one of them.

use super::Blocked;
use super::mark::Mark;
use super::reading::{Family, Item, Reading, What};

/// How far "pour" reaches, in tokens.
const NEAR: usize = 8;

/// Two things that "et" or "ou" joins.
struct Pair<'r> {
    one: &'r Item,
    other: &'r Item,
    either: bool,
}

/// Checks each pair of things that the words join.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    let held: Vec<Pair> = pairs(evidence).collect();
    for said in pairs(words) {
        let found: Vec<&Pair> = held.iter().filter(|pair| pair.joins_the_same(&said)).collect();
        // "En ligne et sur place" is "en ligne ou sur place", but of what must be brought or done.
        let matters = |pair: &&Pair| pair.either || asks(evidence, pair.one.sentence);
        if !found.is_empty()
            && found
                .iter()
                .all(|pair| pair.either != said.either && matters(pair))
        {
            return Err(Blocked::Turned(said.other.written.clone()));
        }
        if found.is_empty() && said.either && apart(evidence, &said) {
            return Err(Blocked::Turned(said.other.written.clone()));
        }
    }
    Ok(())
}

impl Pair<'_> {
    fn joins_the_same(&self, other: &Pair) -> bool {
        let same = |a: &Item, b: &Item| a.keys.iter().any(|key| b.keys.contains(key));
        same(self.one, other.one) && same(self.other, other.other)
            || same(self.one, other.other) && same(self.other, other.one)
    }
}

fn pairs(reading: &Reading) -> impl Iterator<Item = Pair<'_>> {
    let told = || reading.items.iter().filter(|item| item.tells());
    told().zip(told().skip(1)).filter_map(|(one, other)| {
        // "Le lundi et le mardi" are days to choose from; for one and for the other is for either.
        let days = matches!(one.family(), Some(Family::Weekday | Family::Date));
        let is_for = reading
            .sentence(one.sentence)
            .any(|item| item.mark() == Some(Mark::For) && (item.at..item.at + NEAR).contains(&one.at));
        if one.sentence != other.sentence || days || is_for {
            return None;
        }
        let between = reading.tokens.get(one.end..other.at)?;
        let has = |joint: &str| between.iter().any(|word| word == joint);
        let either = has("ou");
        (either || has("et")).then_some(Pair { one, other, either })
    })
}

/// Whether two things stand in two sentences: "être majeur. Habiter la ville." asks for both.
fn apart(evidence: &Reading, said: &Pair) -> bool {
    let places = |item: &Item| -> Vec<usize> {
        let own = evidence.items.iter().filter(|held| held.sentence < evidence.own);
        let same = own.filter(|held| held.keys.iter().any(|key| item.keys.contains(key)));
        same.map(|held| evidence.wholes[held.sentence]).collect()
    };
    let (one, other) = (places(said.one), places(said.other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|place| other.contains(place))
}

/// Whether a sentence asks something of people.
fn asks(reading: &Reading, sentence: usize) -> bool {
    let asks = |item: &Item| {
        item.mark() == Some(Mark::Must) || matches!(item.what, What::Word { requires: true, .. })
    };
    reading.orders.get(sentence).is_some_and(|orders| *orders > 0) || reading.sentence(sentence).any(asks)
}
