//! The word tables of each language, read once from `crates/domain/data/translation`.

use super::rendering::{DAYS, MONTHS};
use super::token::{Token, tokens};
use crate::language::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What binds a sentence and must be in both of two languages or in none.
pub(super) const MARKS: [&str; 50] = [
    "not",
    "without",
    "only",
    "except",
    "if",
    "before",
    "after",
    "until",
    "starting",
    "less",
    "more",
    "free",
    "paying",
    "must",
    "forbidden",
    "allowed",
    "open",
    "closed",
    "all",
    "cancelled",
    "even",
    "latest",
    "earliest",
    "always",
    "sometimes",
    "child",
    "adult",
    "family",
    "weekend",
    "in_the_morning",
    "in_the_afternoon",
    "late",
    "fraction",
    "or",
    "about",
    "per_hour",
    "per_day",
    "per_week",
    "per_month",
    "per_year",
    "perhaps",
    "some",
    "every_other",
    "working_day",
    "rarely",
    "not_yet",
    "no_longer",
    "appointment",
    "need_not",
    "per_term",
];

/// Tables of facts besides those of days, months, numbers ("n2") and ranks ("o1").
const FACTS: [&str; 7] = [
    "dozens",
    "noon",
    "midnight",
    "euro",
    "percent",
    "currency",
    "beside_figures",
];

/// A word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    /// Whether words that end so are meant too.
    open_before: bool,
    /// Whether words that begin so are meant too.
    open_after: bool,
}

impl Piece {
    fn fits(&self, token: &Token) -> bool {
        match (self.open_before, self.open_after) {
            (false, false) => token.text == self.text,
            (true, false) => token.text.ends_with(&self.text),
            (false, true) => token.text.starts_with(&self.text),
            (true, true) => token.text.contains(&self.text),
        }
    }
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
    /// Whether these words have another meaning besides.
    pub(super) ambiguous: bool,
}

impl Pattern {
    /// These words and no others.
    pub(super) fn exactly(text: &str) -> Self {
        let piece = |token: Token| Piece {
            text: token.text,
            open_before: false,
            open_after: false,
        };
        Self {
            pieces: tokens(text).into_iter().map(piece).collect(),
            ambiguous: false,
        }
    }

    /// As the tables write it: "word*", "*word", "?word".
    fn read(written: &str) -> Self {
        let written = written.trim();
        let (ambiguous, written) = match written.strip_prefix('?') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let mut pieces = Vec::new();
        for chunk in written.split_whitespace() {
            let mut read = Self::exactly(chunk.trim_matches('*')).pieces;
            if let Some(first) = read.first_mut().filter(|_| chunk.starts_with('*')) {
                first.open_before = true;
            }
            if let Some(last) = read.last_mut().filter(|_| chunk.ends_with('*')) {
                last.open_after = true;
            }
            pieces.extend(read);
        }
        Self { pieces, ambiguous }
    }

    /// This one, and the next one behind it.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            pieces: self.pieces.iter().chain(&next.pieces).cloned().collect(),
            ambiguous: self.ambiguous,
        }
    }

    /// Its words, without what they are open to.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        texts.join(" ")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether the tokens from `at` to the last one begin these words, the last one unfinished where the text ends `in_word`.
    pub(super) fn is_begun(&self, tokens: &[Token], at: usize, in_word: bool) -> bool {
        let Some((last, before)) = tokens.get(at..).and_then(<[Token]>::split_last) else {
            return false;
        };
        let Some(piece) = self.pieces.get(before.len()) else {
            return false;
        };
        let same = self
            .pieces
            .iter()
            .zip(before)
            .all(|(piece, token)| piece.fits(token));
        let begins = in_word && piece.text.starts_with(&last.text);
        same && (begins || last.text == piece.text || piece.open_after && last.text.starts_with(&piece.text))
    }

    /// The first token after the words, where they stand at `at`.
    pub(super) fn ends(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let end = at + self.pieces.len();
        let here = tokens.get(at..end).filter(|_| !self.pieces.is_empty())?;
        let mut pairs = self.pieces.iter().zip(here);
        pairs.all(|(piece, token)| piece.fits(token)).then_some(end)
    }
}

/// The tables of a language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    tables: HashMap<&'static str, Vec<Pattern>>,
    /// Words that are facts by themselves.
    facts: Vec<Pattern>,
}

impl Lexicon {
    pub(super) fn of(language: Language) -> &'static Self {
        static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
            Language::ALL
                .map(|language| Lexicon::read(source(language)))
                .into()
        });
        static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        LEXICONS.get(language as usize).unwrap_or(&NONE)
    }

    fn read(source: &'static str) -> Self {
        let lines = source.lines().filter(|line| !line.starts_with('#'));
        let lines = lines.filter_map(|line| line.split_once(" ="));
        let tables = lines.map(|(name, patterns)| {
            let patterns = patterns.split(',').map(Pattern::read);
            (
                name,
                patterns.filter(|pattern| !pattern.pieces.is_empty()).collect(),
            )
        });
        let tables: HashMap<_, Vec<Pattern>> = tables.collect();
        let is_fact = |name: &str| {
            let is_numbered = |letter| {
                name.strip_prefix(letter)
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            // "One" and "a" state nothing by themselves.
            let is_number = (is_numbered('n') && name != "n1") || is_numbered('o');
            is_number || DAYS.contains(&name) || MONTHS.contains(&name) || FACTS.contains(&name)
        };
        let facts = tables.iter().filter(|(name, _)| is_fact(name));
        Self {
            facts: facts.flat_map(|(_, patterns)| patterns).cloned().collect(),
            tables,
        }
    }

    /// Words that are facts by themselves: days, months, numbers, ranks, halves, noon, money, shares.
    pub(super) fn facts(&self) -> &[Pattern] {
        &self.facts
    }

    /// A table; empty where the language has none of that name.
    pub(super) fn table(&self, name: &str) -> &[Pattern] {
        self.tables.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first token after the longest entry of the tables `names` at `at`.
    pub(super) fn longest(&self, names: &[&str], tokens: &[Token], at: usize) -> Option<usize> {
        let patterns = names.iter().flat_map(|name| self.table(name));
        patterns.filter_map(|pattern| pattern.ends(tokens, at)).max()
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::French => include_str!("../../data/translation/fr.txt"),
        Language::English => include_str!("../../data/translation/en.txt"),
        Language::Spanish => include_str!("../../data/translation/es.txt"),
        Language::Portuguese => include_str!("../../data/translation/pt.txt"),
        Language::German => include_str!("../../data/translation/de.txt"),
        Language::Italian => include_str!("../../data/translation/it.txt"),
        Language::Arabic => include_str!("../../data/translation/ar.txt"),
        Language::Ukrainian => include_str!("../../data/translation/uk.txt"),
        Language::Chinese => include_str!("../../data/translation/zh.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_every_table() {
        for language in Language::ALL {
            let lexicon = Lexicon::of(language);
            for mark in MARKS {
                assert!(!lexicon.table(mark).is_empty(), "{mark} of {language:?}");
            }
            let units = [
                "minute", "hour", "day", "week", "month", "year", "euro", "percent",
            ];
            for table in DAYS.iter().chain(&MONTHS).chain(&units) {
                let has = !lexicon.table(table).is_empty();
                assert!(has || language == Language::French, "{table} of {language:?}");
            }
        }
    }

    #[test]
    fn a_star_leaves_a_word_open_and_a_question_mark_says_that_it_has_another_meaning() {
        let at_first = |pattern: &str, text: &str| Pattern::read(pattern).ends(&tokens(text), 0);
        assert_eq!(at_first("gratuit*", "Gratuite pour tous"), Some(1));
        assert_eq!(at_first("*صباح", "بالصباح"), Some(1));
        assert_eq!(at_first("no later", "no later than"), Some(2));
        assert_eq!(at_first("no later", "no late"), None);
        assert!(Pattern::read("?by").ambiguous);
    }
}
