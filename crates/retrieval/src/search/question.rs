//! What a question asks for: its words that carry a subject, corrected, with the other words for each.

use crate::analysis::{Word, root, stem, stems, words};
use crate::audience;
use crate::lexicon::{Expansion, LEXICON};
use crate::vocabulary::Vocabulary;
use std::collections::HashSet;
use std::sync::LazyLock;

/// More words than this and a question is a letter: the first ones say enough.
const MOST_WORDS: usize = 40;
/// More corrections than this and the text is not French.
const MOST_CORRECTIONS: usize = 6;
/// What another word of the same family is worth beside the question's own.
const FAMILY_WORTH: f32 = 0.4;
/// What a stem of the same root is worth; less, because rules guess where the lexicon knows.
const VARIANT_WORTH: f32 = 0.3;
/// Shorter roots bring together what has nothing to do with each other.
const SHORTEST_ROOT: usize = 4;
/// What one mistake takes from a word's weight.
const DISTRUST: f32 = 0.1;
/// At most so many variants of one stem.
const MOST_VARIANTS: usize = 8;

/// The stems of words that say that something is to be done, and not what.
static OF_DOING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../data/doing.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(stems)
        .collect()
});

/// A question, read.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pub(crate) units: Vec<Unit>,
    /// All that is looked up: each part is a set of stems that mean the same.
    pub(crate) parts: Vec<Part>,
    pub(crate) correction: Option<String>,
    /// Whether it names people whose status has rules of its own.
    pub(crate) narrow: bool,
}

/// A word of the question.
#[derive(Debug)]
pub(crate) struct Unit {
    /// As the resident wrote it.
    pub(crate) written: String,
    /// How sure we are of it: below 1 for a corrected word.
    pub(crate) trust: f32,
    /// Its own part.
    pub(crate) own: usize,
    /// Other words for it.
    pub(crate) alternatives: Vec<Alternative>,
    /// Whether the texts and the lexicon know it, once corrected.
    pub(crate) known: bool,
    pub(crate) corrected: bool,
    /// Whether it says that something is to be done, and not what: "obtenir", "demander".
    pub(crate) of_doing: bool,
}

/// Other words for a unit: all of these parts together.
#[derive(Debug, Clone)]
pub(crate) struct Alternative {
    pub(crate) parts: Vec<usize>,
    pub(crate) weight: f32,
}

/// Stems that mean the same, each with its worth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) stems: Vec<(String, f32)>,
}

struct Read {
    written: String,
    stem: String,
    trust: f32,
    known: bool,
    corrected: bool,
}

impl Question {
    pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Self {
        let (read, correction) = read_words(text, vocabulary);
        let mut question = Self {
            correction,
            ..Self::default()
        };
        let mut places: Vec<usize> = Vec::with_capacity(read.len());
        let mut first_of: Vec<&str> = Vec::new();
        for word in &read {
            // A repeated word says nothing more.
            if let Some(place) = first_of.iter().position(|held| *held == word.stem) {
                places.push(place);
                continue;
            }
            first_of.push(&word.stem);
            places.push(question.units.len());
            let own = question.part(own_part(&word.stem, vocabulary));
            question.units.push(Unit {
                written: word.written.clone(),
                trust: word.trust,
                own,
                alternatives: Vec::new(),
                known: word.known,
                corrected: word.corrected,
                of_doing: OF_DOING.contains(word.stem.as_str()),
            });
        }
        let stems: Vec<&str> = read.iter().map(|word| word.stem.as_str()).collect();
        question.narrow = audience::is_named(&stems);
        for start in 0..stems.len() {
            let mut longest = 1;
            for (taken, expansions) in LEXICON.expressions(&stems[start..]) {
                if taken < longest {
                    continue;
                }
                longest = taken;
                for expansion in expansions {
                    question.expand(&places[start..start + taken], expansion);
                }
            }
        }
        question
    }

    /// The stem of one of its words.
    pub(crate) fn stem(&self, unit: &Unit) -> &str {
        self.parts[unit.own].stems.first().map_or("", |(stem, _)| stem)
    }

    fn expand(&mut self, places: &[usize], expansion: &Expansion) {
        let parts: Vec<usize> = expansion
            .stems
            .iter()
            .map(|stem| {
                self.part(Part {
                    stems: vec![(stem.clone(), 1.0)],
                })
            })
            .collect();
        for place in places {
            if let Some(unit) = self.units.get_mut(*place) {
                unit.alternatives.push(Alternative {
                    parts: parts.clone(),
                    weight: expansion.weight,
                });
            }
        }
    }

    fn part(&mut self, part: Part) -> usize {
        if let Some(place) = self.parts.iter().position(|held| *held == part) {
            return place;
        }
        self.parts.push(part);
        self.parts.len() - 1
    }
}

fn own_part(word: &str, vocabulary: &Vocabulary) -> Part {
    let mut stems = vec![(word.to_owned(), 1.0)];
    stems.extend(
        LEXICON
            .family(word)
            .iter()
            .map(|other| (other.clone(), FAMILY_WORTH)),
    );
    if word.bytes().all(|b| b.is_ascii_lowercase()) && root(word).len() >= SHORTEST_ROOT {
        for other in vocabulary.variants(word).into_iter().take(MOST_VARIANTS) {
            if !stems.iter().any(|(held, _)| held == other) {
                stems.push((other.to_owned(), VARIANT_WORTH));
            }
        }
    }
    Part { stems }
}

/// The words that carry a subject, and the question with its misspelled words corrected.
fn read_words(text: &str, vocabulary: &Vocabulary) -> (Vec<Read>, Option<String>) {
    let mut read = Vec::new();
    let mut corrected = String::new();
    let mut copied = 0;
    let mut corrections = 0;
    for word in words(text).into_iter().take(MOST_WORDS * 3) {
        if read.len() >= MOST_WORDS {
            break;
        }
        if let Some(meant) = LEXICON.shorthand(&word.folded) {
            for meant in meant
                .iter()
                .flat_map(|meant| words(meant))
                .filter(|meant| !meant.is_stop())
            {
                read.push(known(&word, &meant.folded));
            }
            continue;
        }
        if word.is_stop() {
            continue;
        }
        let knows = vocabulary.knows(&word.folded);
        if !knows
            && corrections < MOST_CORRECTIONS
            && let Some(correction) = vocabulary.correct(&word.folded)
        {
            corrections += 1;
            corrected.push_str(&text[copied..word.start]);
            corrected.push_str(&join(&correction.words));
            copied = word.end;
            let trust = 1.0 - DISTRUST * correction.cost;
            for meant in correction
                .words
                .iter()
                .flat_map(|meant| words(meant))
                .filter(|meant| !meant.is_stop())
            {
                read.push(Read {
                    trust,
                    corrected: true,
                    ..known(&word, &meant.folded)
                });
            }
            continue;
        }
        read.push(Read {
            known: knows,
            ..known(&word, &word.folded)
        });
    }
    let correction = (copied > 0).then(|| corrected + &text[copied..]);
    (read, correction)
}

fn known(written: &Word, meant: &str) -> Read {
    Read {
        written: written.surface.clone(),
        stem: stem(meant),
        trust: 1.0,
        known: true,
        corrected: false,
    }
}

/// The words of a correction as they are written: "d'" and "l'" are joined to the next word.
fn join(words: &[String]) -> String {
    let mut joined = String::new();
    for (at, word) in words.iter().enumerate() {
        joined.push_str(word);
        if at + 1 < words.len() {
            joined.push(if word.len() == 1 { '\u{2019}' } else { ' ' });
        }
    }
    joined
}
