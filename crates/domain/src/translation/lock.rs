//! The fact lock of a translation: which letters a model may write next, so that it states no fact but those of its extract.
//!
//! As the [lock of sentences](crate::lock), for words in another language: figures, numbers in words, days, months, amounts and
//! addresses come only in a writing that the tables of the language license, in the order of the extract; the text ends only
//! when all of them are there. What else a translation must keep is checked when it is whole ([`super::check`]).

use super::facts::{End, Facts};
use super::token::{is_han, tokens};
use crate::language::Language;

/// What a translation of an extract may state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationLock {
    facts: Facts,
}

impl TranslationLock {
    /// The lock of a translation of the French `extract` into `language`.
    #[must_use]
    pub fn new(extract: &str, language: Language) -> Self {
        Self {
            facts: Facts::of(extract, language),
        }
    }

    /// Whether `letters` may come behind `line`, and no other line. Letters of which a token holds some bytes alone are judged when they are whole.
    #[must_use]
    pub fn allows(&self, line: &str, letters: &str) -> bool {
        let text = format!("{line}{letters}");
        // A Chinese character is a whole word.
        let end = match text.ends_with(|letter: char| letter.is_whitespace() || is_han(letter)) {
            true => End::BetweenWords,
            false => End::InWord,
        };
        letters.is_empty() || !letters.contains('\n') && self.facts.may_become(&tokens(&text), end)
    }

    /// Whether the text may end here.
    #[must_use]
    pub fn may_end(&self, line: &str) -> bool {
        self.facts.all_in(&tokens(line)).is_ok()
    }
}
