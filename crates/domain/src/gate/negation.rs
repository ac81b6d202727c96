//! As many things are denied in the words as in the sentences that they rest on.

use super::Blocked;
use super::binding::{Counts, count, counts};
use super::lexicon::LEXICON;
use super::mark::Mark;
use super::reading::{Item, Reading};

/// Each negation denies something else, so they are counted.
pub(super) fn check(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    let is_used = |item: &&Item| used.get(item.sentence).copied().unwrap_or_default();
    let ne = |reading: &Reading| {
        reading
            .tokens
            .iter()
            .any(|word| matches!(word.as_str(), "ne" | "n"))
    };
    let said = Denials::of(words.items.iter(), ne(words));
    let held = Denials::of(evidence.items.iter().filter(is_used), ne(evidence));
    let marks = (
        counts(words.items.iter()),
        counts(evidence.items.iter().filter(is_used)),
    );
    let exchanged = |gains: &Counts, losses: &Counts| {
        let exchanges = LEXICON.exchanges(Mark::Neg).iter();
        exchanges
            .map(|other| count(gains, *other).saturating_sub(count(losses, *other)))
            .sum::<usize>()
    };
    if words.halves > evidence.halves {
        return Err(Blocked::Lost("pas".to_owned()));
    }
    if said.most + exchanged(&marks.0, &marks.1) < held.least {
        return Err(Blocked::Lost(held.written));
    }
    if said.least > held.most + exchanged(&marks.1, &marks.0) {
        return Err(Blocked::Added(said.written));
    }
    Ok(())
}

/// How many things are denied, at least and at most: "ni … ni …" may deny one or two.
#[derive(Default)]
struct Denials {
    least: usize,
    most: usize,
    written: String,
}

impl Denials {
    fn of<'i>(items: impl Iterator<Item = &'i Item>, with_ne: bool) -> Self {
        let mut denials = Self::default();
        let mut sentence = None;
        for item in items.filter(|item| denies(item)) {
            let neither = item.written.eq_ignore_ascii_case("ni") || item.mark() == Some(Mark::None);
            // "Ni" alone denies nothing.
            if item.written.eq_ignore_ascii_case("ni") && sentence != Some(item.sentence) && !with_ne {
                continue;
            }
            denials.most += 1;
            if !(neither && sentence == Some(item.sentence)) {
                denials.least += 1;
            }
            sentence = Some(item.sentence);
            if denials.written.is_empty() {
                denials.written.clone_from(&item.written);
            }
        }
        denials
    }
}

pub(super) fn denies(item: &Item) -> bool {
    use Mark as M;
    matches!(
        item.mark(),
        Some(M::Neg | M::None | M::Never | M::Forbidden | M::Unable | M::Banned)
    )
}
