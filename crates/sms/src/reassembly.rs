//! Messages that came in parts, put together from the parts that are kept.
//!
//! Who keeps them decides how many, for how long, and which belong together: those of one sender, one recipient, one
//! reference and one total.

use std::fmt;

use crate::message::Concatenation;

/// Stands where parts are missing.
const GAP: &str = " … ";

/// A part as it is kept until the others are there.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its place.
    pub concatenation: Concatenation,
    /// Its text.
    pub text: String,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("concatenation", &self.concatenation)
            .field("characters", &self.text.chars().count())
            .finish_non_exhaustive()
    }
}

/// What the parts of a message give, whether or not all have come.
#[derive(Clone, PartialEq, Eq)]
pub struct SoFar {
    /// Their texts in order, with " … " where some are missing.
    pub text: String,
    /// The numbers of those that are missing.
    pub missing: Vec<u8>,
}

impl fmt::Debug for SoFar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoFar")
            .field("characters", &self.text.chars().count())
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// The whole text, once every part is there; the parts stand in the order in which they came.
#[must_use]
pub fn complete(parts: &[Part]) -> Option<String> {
    let so_far = so_far(parts)?;
    so_far.missing.is_empty().then_some(so_far.text)
}

/// What is there, for when waiting has lasted long enough; none without a single part.
///
/// The last part to come says which message it is: parts of another reference or total are left out, and so are those
/// whose place cannot be. Of several parts in one place the last counts, which is the same text when a gateway delivers
/// it again, and the newer message when a telephone uses its references again.
#[must_use]
pub fn so_far(parts: &[Part]) -> Option<SoFar> {
    let message = parts.iter().rev().find_map(|part| valid(part.concatenation))?;
    let mut places = vec![None; usize::from(message.total)];
    for part in parts {
        let Concatenation {
            reference,
            total,
            part: number,
        } = part.concatenation;
        if (reference, total) == (message.reference, message.total)
            && let Some(place) = usize::from(number)
                .checked_sub(1)
                .and_then(|at| places.get_mut(at))
        {
            *place = Some(part.text.as_str());
        }
    }
    let mut so_far = SoFar {
        text: String::new(),
        missing: Vec::new(),
    };
    for (number, text) in (1..=message.total).zip(places) {
        match text {
            Some(text) => so_far.text.push_str(text),
            None => {
                if so_far.missing.last() != Some(&(number - 1)) {
                    so_far.text.push_str(GAP);
                }
                so_far.missing.push(number);
            }
        }
    }
    Some(so_far)
}

fn valid(place: Concatenation) -> Option<Concatenation> {
    Concatenation::new(place.reference, place.total, place.part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(reference: u16, total: u8, part: u8, text: &str) -> Part {
        Part {
            concatenation: Concatenation {
                reference,
                total,
                part,
            },
            text: text.to_owned(),
        }
    }

    #[test]
    fn parts_make_a_whole_in_any_order() {
        let parts = [part(7, 3, 3, "c"), part(7, 3, 1, "a"), part(7, 3, 2, "b")];
        assert_eq!(complete(&parts[..2]), None);
        assert_eq!(complete(&parts).as_deref(), Some("abc"));
        assert_eq!(complete(&[part(7, 1, 1, "seul")]).as_deref(), Some("seul"));
    }

    #[test]
    fn a_part_that_comes_twice_counts_once() {
        let parts = [part(7, 2, 1, "a"), part(7, 2, 1, "a")];
        assert_eq!(complete(&parts), None);
        assert_eq!(so_far(&parts).unwrap().missing, [2]);
    }

    #[test]
    fn a_reference_that_is_used_again_gives_the_newer_message() {
        let same_total = [
            part(7, 2, 1, "ancien"),
            part(7, 2, 1, "neuf "),
            part(7, 2, 2, "entier"),
        ];
        assert_eq!(complete(&same_total).as_deref(), Some("neuf entier"));
        for older in [part(7, 3, 2, "x"), part(8, 2, 2, "x")] {
            let there = so_far(&[older, part(7, 2, 1, "a")]).unwrap();
            assert_eq!((there.text.as_str(), there.missing), ("a … ", vec![2]));
        }
    }

    #[test]
    fn places_that_cannot_be_are_left_out() {
        let wrong = [part(7, 2, 0, "x"), part(7, 2, 3, "y"), part(7, 0, 0, "z")];
        assert_eq!(so_far(&wrong), None);
        let mut parts = vec![part(7, 2, 1, "a"), part(7, 2, 2, "b")];
        parts.extend(wrong);
        assert_eq!(complete(&parts).as_deref(), Some("ab"));
        assert_eq!(so_far(&[]), None);
    }

    #[test]
    fn what_came_is_given_in_order_with_its_gaps_marked() {
        let parts = [part(7, 6, 5, "cinq"), part(7, 6, 2, "deux")];
        let there = so_far(&parts).unwrap();
        assert_eq!(there.text, " … deux … cinq … ");
        assert_eq!(there.missing, [1, 3, 4, 6]);
    }

    #[test]
    fn of_255_parts_the_missing_ones_are_named() {
        let parts: Vec<_> = (1..=255)
            .filter(|n| n % 100 != 0)
            .map(|n| part(7, 255, n, "a"))
            .collect();
        let there = so_far(&parts).unwrap();
        assert_eq!(there.missing, [100, 200]);
        assert_eq!(there.text.matches('a').count(), 253);
        assert_eq!(complete(&parts), None);
    }

    #[test]
    fn no_text_shows_in_debug_output() {
        let parts = [part(7, 2, 1, "un secret")];
        let shown = format!("{parts:?} {:?}", so_far(&parts));
        assert!(!shown.contains("secret"), "{shown}");
    }

    proptest! {
        #[test]
        fn shuffled_and_repeated_segments_give_the_text_back(
            text in "[ -~é’😀]{161,900}",
            reference: u16,
            order in proptest::collection::vec(any::<proptest::sample::Index>(), 0..20),
        ) {
            let sent = crate::gsm::Text::new(&text);
            let mut parts: Vec<Part> = sent
                .segments(reference)
                .unwrap()
                .into_iter()
                .map(|segment| Part { concatenation: segment.concatenation.unwrap(), text: segment.text })
                .collect();
            for index in order {
                let again = index.get(&parts).clone();
                let at = index.index(parts.len());
                parts.swap(0, at);
                parts.push(again);
            }
            prop_assert_eq!(complete(&parts), Some(sent.as_str().to_owned()));
        }
    }
}
