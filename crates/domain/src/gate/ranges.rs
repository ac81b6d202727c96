//! All from a day, an hour or a number to another one is not these two.

use super::Blocked;
use crate::facts::joint::{self, Joint};
use crate::facts::{self, Normal};

/// Blocks words that name the two ends of a range of the evidence as two: "le mardi et le samedi" for "du mardi au samedi".
pub(super) fn check(words: &str, evidence: &str) -> Result<(), Blocked> {
    let (said, held) = (pairs(words), pairs(evidence));
    let broken = said.iter().find(|(joint, ends, _)| {
        let ranges = held
            .iter()
            .any(|(other, theirs, _)| *other == Joint::Range && theirs == ends);
        let lists = held
            .iter()
            .any(|(other, theirs, _)| *other == Joint::List && theirs == ends);
        *joint == Joint::List && ranges && !lists
    });
    match broken {
        Some((_, _, written)) => Err(Blocked::Bound(written.clone())),
        None => Ok(()),
    }
}

type Pair = (Joint, [Normal; 2], String);

fn pairs(text: &str) -> Vec<Pair> {
    let facts = facts::find(text);
    let joined = joint::joined(text, &facts).into_iter();
    joined
        .map(|joined| {
            let (first, last) = (&facts[joined.first], &facts[joined.last]);
            let written = text.get(first.span.start..last.span.end).unwrap_or_default();
            let ends = [first.normal.clone(), last.normal.clone()];
            (joined.joint, ends, written.to_owned())
        })
        .collect()
}
