//! All from a day, an hour or a number to another one is not these two.

use super::Blocked;
use crate::facts::joint::{self, Joint};
use crate::facts::{self, Fact, Normal};

/// Two facts that a text joins.
#[derive(Debug)]
pub(super) struct Pair {
    joint: Joint,
    ends: [Normal; 2],
    written: String,
}

/// Blocks words that name the two ends of a range of the evidence as two: "le mardi et le samedi" for "du mardi au samedi".
pub(super) fn check(words: &str, held: &[Pair]) -> Result<(), Blocked> {
    let stands = |joint: Joint, said: &Pair| {
        held.iter()
            .any(|pair| pair.joint == joint && pair.ends == said.ends)
    };
    let said = pairs(words).into_iter();
    let mut lists = said.filter(|said| said.joint == Joint::List);
    match lists.find(|said| stands(Joint::Range, said) && !stands(Joint::List, said)) {
        Some(said) => Err(Blocked::Bound(said.written)),
        None => Ok(()),
    }
}

/// What a text joins.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let facts = facts::find(text);
    let facts: Vec<&Fact> = facts.iter().collect();
    let joined = joint::joined(text, &facts).into_iter();
    joined
        .map(|joined| {
            let (first, last) = (facts[joined.first], facts[joined.last]);
            let written = text.get(first.span.start..last.span.end).unwrap_or_default();
            Pair {
                joint: joined.joint,
                ends: [first.normal.clone(), last.normal.clone()],
                written: written.to_owned(),
            }
        })
        .collect()
}
