//! Which language a question is in: its script, or else the words that only one of the languages has.

use super::script::is_han;
use super::{Glossary, Reading};
use crate::understand::LexiconError;
use crate::understand::words::words;
use domain::language::Language;
use std::collections::HashSet;

/// Of so many letters of a script that French does not have, a question is in its language.
const FEWEST_LETTERS: usize = 2;

/// Tells languages apart and reads them.
#[derive(Debug)]
pub(crate) struct Recogniser {
    /// Words that questions in French are full of, those that another language writes in the same way, and the
    /// French names of what the glossaries name.
    french: HashSet<String>,
    glossaries: Vec<Glossary>,
}

impl Recogniser {
    /// Reads the glossaries that are part of the program.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        macro_rules! glossary {
            ($language:ident, $tag:literal) => {
                Glossary::load(
                    Language::$language,
                    include_str!(concat!("../../../lexicon/glossaries/", $tag, ".toml")),
                )?
            };
        }
        let french = include_str!("../../../lexicon/glossaries/french.txt");
        let french = french.lines().filter(|line| !line.starts_with('#'));
        let french = french.flat_map(str::split_whitespace).map(str::to_owned);
        let mut recogniser = Self {
            french: french.collect(),
            glossaries: vec![
                glossary!(English, "en"),
                glossary!(Spanish, "es"),
                glossary!(Italian, "it"),
                glossary!(Portuguese, "pt"),
                glossary!(German, "de"),
                glossary!(Arabic, "ar"),
                glossary!(Ukrainian, "uk"),
                glossary!(Chinese, "zh"),
            ],
        };
        let named = recogniser.glossaries.iter().flat_map(Glossary::french_names);
        let named: Vec<_> = named.flat_map(words).map(|word| word.folded).collect();
        recogniser.french.extend(named);
        Ok(recogniser)
    }

    /// What a question says in French, and its language; nothing where it is in French, as it is where French
    /// knows as many of its words, or no language more than half of them.
    pub(crate) fn read(&self, question: &str) -> Option<(Language, Reading)> {
        let other_script = other_script(question);
        if let Some(language) = other_script {
            let glossary = self.glossaries.iter().find(|known| known.language == language)?;
            return Some((language, glossary.read(question)));
        }
        let words = words(question);
        let in_french = words.iter().filter(|word| self.french.contains(&word.folded));
        let french = in_french.count();
        if french == words.len() {
            return None;
        }
        let latin = self
            .glossaries
            .iter()
            .filter(|glossary| !uses_other_script(glossary.language));
        let readings = latin.map(|glossary| (glossary.language, glossary.read(question)));
        // The first of those that know equally many.
        readings
            .filter(|(_, reading)| reading.known > french && 2 * reading.known > reading.words)
            .rev()
            .max_by_key(|(_, reading)| reading.known)
    }
}

fn uses_other_script(language: Language) -> bool {
    matches!(
        language,
        Language::Arabic | Language::Ukrainian | Language::Chinese
    )
}

/// The language of a script that French does not use.
fn other_script(question: &str) -> Option<Language> {
    if question.is_ascii() {
        return None;
    }
    let count = |of: fn(char) -> bool| question.chars().filter(|c| of(*c)).count();
    let is_arabic = |c| matches!(c, '\u{621}'..='\u{64a}');
    let is_cyrillic = |c| matches!(c, '\u{400}'..='\u{4ff}');
    let is_kana = |c| matches!(c, '\u{3040}'..='\u{30ff}');
    if count(is_arabic) >= FEWEST_LETTERS {
        Some(Language::Arabic)
    } else if count(is_cyrillic) >= FEWEST_LETTERS {
        Some(Language::Ukrainian)
    } else if count(is_han) >= FEWEST_LETTERS && count(is_kana) == 0 {
        Some(Language::Chinese)
    } else {
        None
    }
}
