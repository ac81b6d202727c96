//! What residents ask about in other languages, named in French: the pages are searched in their own language.

mod detect;
mod script;

use super::LexiconError;
use super::lexicon::Patterns;
use super::words::{Pattern, Word};
use domain::language::Language;
use domain::phrase::Phrase;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

pub(crate) use detect::Recogniser;

/// One file of `lexicon/glossaries`; its lists are parted by commas.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    /// Letters that tell this language from its neighbours.
    #[serde(default)]
    letters: String,
    /// Words that tell it and name nothing.
    words: String,
    emergency: HashMap<String, String>,
    /// What the pages name in French, by its French name.
    terms: HashMap<String, String>,
}

#[derive(Debug)]
struct Entry {
    pattern: Pattern,
    french: String,
    /// How many letters it names: of two that cover the same words, the one that says more is meant.
    weight: usize,
}

/// The glossary of a language.
#[derive(Debug)]
pub(crate) struct Glossary {
    pub(super) language: Language,
    letters: Vec<char>,
    vocabulary: script::Vocabulary,
    /// By the first letter of what they match.
    entries: HashMap<char, Vec<Entry>>,
    emergencies: Vec<(Phrase, Patterns)>,
    /// Cries that are the whole of a question: within one, "help" is not the cry.
    cries: HashMap<String, Phrase>,
}

/// A question as a glossary reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What it says in French, word by word; what the glossary does not name stays as it was written.
    pub french: String,
    /// How many words it has.
    pub words: usize,
    /// How many of them are of the language, and of the letters that only it has.
    pub known: usize,
    /// The emergency that it speaks of.
    pub emergency: Option<Phrase>,
}

impl Glossary {
    fn load(language: Language, file: &str) -> Result<Self, LexiconError> {
        let failed = |detail: String| {
            LexiconError::unreadable(&format!("glossaries/{}.toml", language.tag()), &detail)
        };
        let source: Source = toml::from_str(file).map_err(|error| failed(error.to_string()))?;
        let items = |list: &str| -> Vec<String> {
            let items = list.split([',', '\n']).map(str::trim);
            items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
        };
        let listed = |list: &str| -> Vec<String> {
            items(list)
                .iter()
                .map(|item| script::key(language, item))
                .collect()
        };
        let (mut emergencies, mut cries) = (Vec::new(), HashMap::new());
        let mut spoken: Vec<String> = Vec::new();
        for (name, phrase) in super::lexicon::EMERGENCIES {
            let list = source.emergency.get(name);
            let list = list.ok_or_else(|| failed(format!("emergency.{name} is missing")))?;
            let (whole, patterns): (Vec<_>, Vec<_>) =
                items(list).into_iter().partition(|item| item.starts_with('='));
            let keys = |items: Vec<String>| items.into_iter().map(|item| script::key(language, &item));
            let (whole, patterns): (Vec<_>, Vec<_>) = (keys(whole).collect(), keys(patterns).collect());
            emergencies.push((phrase, Patterns::new(&patterns)));
            spoken.extend(whole.iter().chain(&patterns).cloned());
            cries.extend(whole.into_iter().map(|cry| (cry, phrase)));
        }
        let words: Vec<String> = source
            .words
            .split_whitespace()
            .map(|word| script::key(language, word))
            .collect();
        let mut entries: HashMap<char, Vec<Entry>> = HashMap::new();
        for (french, list) in &source.terms {
            for term in listed(list) {
                for pattern in Pattern::read(&term) {
                    for first in pattern.first_letters() {
                        entries.entry(first).or_default().push(Entry {
                            pattern: pattern.clone(),
                            french: french.clone(),
                            weight: term.chars().filter(|c| c.is_alphanumeric()).count(),
                        });
                    }
                }
                spoken.push(term);
            }
        }
        let words: HashSet<String> = words
            .iter()
            .flat_map(|word| word.split_whitespace())
            .map(str::to_owned)
            .collect();
        let vocabulary = script::Vocabulary::new(spoken.iter(), words);
        Ok(Self {
            language,
            letters: source.letters.chars().collect(),
            vocabulary,
            entries,
            emergencies,
            cries,
        })
    }

    /// The French names that it gives.
    fn french_names(&self) -> impl Iterator<Item = &str> {
        self.entries.values().flatten().map(|entry| entry.french.as_str())
    }

    /// Reads a question in this language.
    pub(super) fn read(&self, question: &str) -> Reading {
        let words = script::words(self.language, question, &self.vocabulary);
        let mut covered = vec![false; words.len()];
        let whole: Vec<_> = words.iter().map(|word| word.folded.as_str()).collect();
        let mut emergency = self.cries.get(&whole.join(" ")).copied();
        if emergency.is_some() {
            covered.fill(true);
        }
        for (phrase, patterns) in &self.emergencies {
            if patterns.occur(&words) {
                emergency = emergency.or(Some(*phrase));
                patterns.cover(&words, &mut covered);
            }
        }
        let mut french = French::default();
        let mut index = 0;
        while index < words.len() {
            let rest = &words[index..];
            let count = if let Some((entry, count)) = self.longest(rest) {
                french.name(&entry.french);
                covered[index..index + count].fill(true);
                // The hour tells this preposition from its like; it is read on its own.
                count - usize::from(entry.french == AT && count > 1)
            } else if self.language == Language::Chinese
                && let Some((date, count)) = script::chinese_date(rest)
            {
                french.name(&date);
                covered[index..index + count].fill(true);
                count
            } else if self.vocabulary.is_nameless(&rest[0].folded) {
                covered[index] = true;
                french.drop();
                1
            } else {
                french.keep(question, &rest[0], self.language);
                1
            };
            index += count;
        }
        let letters = self.letters.iter().filter(|letter| question.contains(**letter));
        Reading {
            french: french.text,
            words: words.len(),
            known: covered.iter().filter(|covered| **covered).count() + letters.count(),
            emergency,
        }
    }

    /// The entry that covers the most words from the first on.
    fn longest(&self, words: &[Word]) -> Option<(&Entry, usize)> {
        let first = words.first()?.folded.chars().next()?;
        self.entries
            .get(&first)?
            .iter()
            .filter_map(|entry| Some((entry, entry.pattern.covers(words)?)))
            .max_by(|(one, one_count), (other, other_count)| {
                // The last key makes the choice the same in every run.
                (one_count, one.weight, &other.french).cmp(&(other_count, other.weight, &one.french))
            })
    }
}

/// Before an hour.
const AT: &str = "à";

const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// French that is being written from names, and from what has none.
#[derive(Default)]
struct French {
    text: String,
    /// Where what was kept last ends in the question.
    kept_to: Option<usize>,
}

impl French {
    fn name(&mut self, french: &str) {
        self.kept_to = None;
        if french.is_empty() {
            return;
        }
        // "Next Saturday" is "samedi prochain".
        let is_weekday = WEEKDAYS.contains(&french);
        let mut before = ["prochain", "dernier"].into_iter().filter(|_| is_weekday);
        let which = before.find(|which| {
            let rest = self.text.strip_suffix(which);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        });
        if let Some(which) = which {
            self.text.truncate(self.text.len() - which.len());
            self.text.push_str(french);
            self.text.push(' ');
            self.text.push_str(which);
        } else {
            self.part();
            self.text.push_str(french);
        }
    }

    fn drop(&mut self) {
        self.kept_to = None;
    }

    /// Keeps a word as it was written, with the signs that stand between it and one that was kept before.
    fn keep(&mut self, question: &str, word: &Word, language: Language) {
        let written = question.get(word.span.start..word.span.end).unwrap_or_default();
        match self.kept_to.and_then(|end| question.get(end..word.span.start)) {
            Some(between) => self.text.push_str(between),
            None => self.part(),
        }
        let next = question.get(word.span.end..).unwrap_or_default();
        let after_at = self.text.ends_with(&format!("{AT} "));
        let is_hour = after_at && written.parse::<u8>().is_ok_and(|hour| hour <= 24);
        let has_minutes = next.starts_with(':') && next[1..].starts_with(|c: char| c.is_ascii_digit());
        let unit = next.trim_start().to_lowercase();
        let has_unit = ["h", "uhr", "годин"].iter().any(|hours| unit.starts_with(hours));
        match language {
            // Every noun has a capital there, which in French only a name has.
            Language::German => self.text.push_str(&written.to_lowercase()),
            _ => self.text.push_str(written),
        }
        if is_hour && !has_minutes && !has_unit {
            self.text.push_str(" h");
            self.kept_to = None;
        } else {
            self.kept_to = Some(word.span.end);
        }
    }

    fn part(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}
