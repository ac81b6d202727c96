//! The gate's word tables, read once from `crates/domain/data/gate`.

use super::expression::{Meaning, Phrase, key};
use super::mark::Mark;
use super::stem::stem;
use crate::fold::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A word's standing in the tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The sets of synonyms it is in.
    pub(super) sets: Vec<u16>,
    /// Plain speech adds it without saying more.
    pub(super) generic: bool,
    /// It changes whom, when or how much.
    pub(super) critical: bool,
    /// It says for whom.
    pub(super) audience: bool,
    /// It is a condition by itself.
    pub(super) condition: bool,
    /// It names the town or one of its services.
    pub(super) town: bool,
    /// It asks something of people.
    pub(super) requires: bool,
    /// It leaves something to people.
    pub(super) offers: bool,
    /// It is of children.
    pub(super) young: bool,
}

/// The tables.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
    speech: HashMap<String, Vec<Phrase>>,
    exchanges: HashMap<Mark, Vec<Mark>>,
    stop: HashSet<String>,
    generic: HashSet<String>,
    audience: HashSet<String>,
    critical: HashSet<String>,
    standings: HashMap<String, Standing>,
}

/// The tables that ship.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self::default();
        for (name, expression) in coded(include_str!("../../data/gate/marks.txt")) {
            if let Some(mark) = Mark::named(name) {
                add(&mut lexicon.phrases, Phrase::new(expression, Meaning::Mark(mark)));
            }
        }
        for (name, expression) in coded(include_str!("../../data/gate/speech.txt")) {
            add(
                &mut lexicon.speech,
                Phrase::new(expression, Meaning::Speech(name.to_owned())),
            );
        }
        for line in lines(include_str!("../../data/gate/exchanges.txt")) {
            let mut marks = line.split([':', ' ']).filter_map(Mark::named);
            if let Some(first) = marks.next() {
                for other in marks {
                    lexicon.exchanges.entry(first).or_default().push(other);
                }
            }
        }
        lexicon.stop = words_of(include_str!("../../data/gate/stop.txt")).collect();
        for word in words_of(include_str!("../../data/gate/generic.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.generic.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).generic = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/critical.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.critical.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).critical = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/audience.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.audience.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).audience = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/conditions.txt")) {
            lexicon.standing_of(&word.replace('-', "_")).condition = true;
        }
        for word in words_of(include_str!("../../data/gate/town.txt")) {
            lexicon.standing_of(&word).town = true;
        }
        for word in words_of(include_str!("../../data/gate/requires.txt")) {
            lexicon.standing_of(&word).requires = true;
        }
        for word in words_of(include_str!("../../data/gate/offers.txt")) {
            lexicon.standing_of(&word).offers = true;
        }
        for word in words_of(include_str!("../../data/gate/young.txt")) {
            lexicon.standing_of(&word).young = true;
        }
        for (set, line) in (0u16..).zip(lines(include_str!("../../data/gate/synonyms.txt"))) {
            for word in line.split_whitespace() {
                lexicon.add_synonym(word, set);
            }
        }
        lexicon
    }

    fn add_synonym(&mut self, word: &str, set: u16) {
        self.standing_of(&fold(word)).sets.push(set);
    }

    /// The standing of a folded word; an expression is looked for from now on.
    fn standing_of(&mut self, folded: &str) -> &mut Standing {
        if !folded.contains('_') {
            return self.standings.entry(stem(folded)).or_default();
        }
        if !self.standings.contains_key(folded) {
            let meaning = Meaning::Word(folded.to_owned());
            add(&mut self.phrases, Phrase::new(folded, meaning));
        }
        self.standings.entry(folded.to_owned()).or_default()
    }

    /// The weightiest expression at `at` and the places of its words.
    pub(super) fn expression(&self, words: &[&str], at: usize) -> Option<(&Meaning, Vec<usize>)> {
        weightiest(&self.phrases, words, at)
    }

    /// The way of speaking at `at` that only the town may have.
    pub(super) fn speech(&self, words: &[&str], at: usize) -> Option<Vec<usize>> {
        weightiest(&self.speech, words, at).map(|(_, places)| places)
    }

    /// What may stand for `mark` in other words.
    pub(super) fn exchanges(&self, mark: Mark) -> &[Mark] {
        self.exchanges.get(&mark).map_or(&[], Vec::as_slice)
    }

    /// Whether a word says nothing by itself.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Whether this very form is generic, whatever its stem.
    pub(super) fn is_generic_form(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// Whether this very form changes whom, when or how much, whatever its stem.
    pub(super) fn is_critical_form(&self, word: &str) -> bool {
        self.critical.contains(word)
    }

    /// Whether this very form says for whom, whatever its stem.
    pub(super) fn is_audience_form(&self, word: &str) -> bool {
        self.audience.contains(word)
    }

    /// The standing of a word by its stem, or of an expression read as one word.
    pub(super) fn standing(&self, stem: &str) -> Option<&Standing> {
        self.standings.get(stem)
    }
}

fn add(phrases: &mut HashMap<String, Vec<Phrase>>, phrase: Option<Phrase>) {
    if let Some(phrase) = phrase
        && let Some(key) = phrase.key()
    {
        phrases.entry(key).or_default().push(phrase);
    }
}

fn weightiest<'l>(
    phrases: &'l HashMap<String, Vec<Phrase>>,
    words: &[&str],
    at: usize,
) -> Option<(&'l Meaning, Vec<usize>)> {
    let word = *words.get(at)?;
    let fitting = phrases
        .get(key(word))?
        .iter()
        .filter_map(|phrase| Some((phrase, phrase.places(words, at)?)));
    let (phrase, places) = fitting.max_by_key(|(phrase, _)| phrase.weight)?;
    Some((&phrase.meaning, places))
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words_of(table: &'static str) -> impl Iterator<Item = String> {
    lines(table).flat_map(str::split_whitespace).map(fold)
}

fn coded(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table)
        .filter_map(|line| line.split_once('='))
        .flat_map(|(name, expressions)| expressions.split('|').map(move |e| (name.trim(), e.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_tables_is_known() {
        for (name, expression) in coded(include_str!("../../data/gate/marks.txt")) {
            assert!(Mark::named(name).is_some(), "{name}");
            assert!(
                Phrase::new(expression, Meaning::Word(String::new())).is_some(),
                "{expression}"
            );
        }
    }

    #[test]
    fn the_longer_expression_wins_and_a_gap_stops_at_another_negation() {
        let mark = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            LEXICON.expression(&words, 0).map(|(meaning, _)| meaning.clone())
        };
        assert_eq!(mark("ne vous coute rien"), Some(Meaning::Mark(Mark::Free)));
        assert_eq!(mark("ne peut plus inscrire"), Some(Meaning::Mark(Mark::Unable)));
        assert_eq!(mark("n est pas obligatoire"), Some(Meaning::Mark(Mark::Optional)));
        assert_eq!(
            mark("n accueille que des enfants"),
            Some(Meaning::Mark(Mark::Only))
        );
        assert_eq!(
            mark("ne dit pas que c est gratuit"),
            Some(Meaning::Mark(Mark::Neg))
        );
    }
}
