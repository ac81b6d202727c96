//! The words by which questions are understood, read from `lexicon/understanding.toml`.

use super::fold;
use super::glossary::Recogniser;
use super::words::{Pattern, Word};
use domain::phrase::Phrase;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    emergency: HashMap<String, Vec<String>>,
    small_talk: HashMap<String, Vec<String>>,
    refusal: HashMap<String, Vec<String>>,
    intent: IntentSource,
    follow_up: FollowUpSource,
    filler: Filler,
    shorthand: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntentSource {
    hours: Vec<String>,
    phone: Vec<String>,
    address: Vec<String>,
    email: Vec<String>,
    website: Vec<String>,
    events: Vec<String>,
    events_alone: Vec<String>,
    event_kinds: Vec<String>,
    competence: Vec<String>,
    price: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FollowUpSource {
    opening: Vec<String>,
    pronoun: Vec<String>,
    correction: Vec<String>,
    correction_at_end: Vec<String>,
    referring: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filler {
    words: Vec<String>,
}

/// Patterns, any of which will do.
#[derive(Debug)]
pub(crate) struct Patterns(Vec<Pattern>);

impl Patterns {
    pub(crate) fn new(sources: &[String]) -> Self {
        Self(sources.iter().flat_map(|source| Pattern::read(source)).collect())
    }

    /// Whether one of them occurs.
    pub(crate) fn occur(&self, words: &[Word]) -> bool {
        self.0.iter().any(|pattern| pattern.find(words).is_some())
    }

    /// Where the longest of them occurs, the last of equally long ones.
    pub(crate) fn last_place(&self, words: &[Word]) -> Option<std::ops::Range<usize>> {
        let places = self.0.iter().filter_map(|pattern| pattern.find(words));
        places.max_by_key(|place| (place.len(), place.start))
    }

    /// Whether one of them covers the beginning of the words.
    pub(crate) fn begin(&self, words: &[Word]) -> bool {
        self.at_beginning(words).is_some()
    }

    /// What the longest of them covers at the beginning of the words.
    pub(crate) fn at_beginning(&self, words: &[Word]) -> Option<std::ops::Range<usize>> {
        let places = self.0.iter().filter_map(|pattern| pattern.find(words));
        places
            .filter(|place| place.start == 0)
            .max_by_key(|place| place.end)
    }

    /// What the longest of them covers at the end of the words.
    pub(crate) fn at_end(&self, words: &[Word]) -> Option<std::ops::Range<usize>> {
        let places = self.0.iter().filter_map(|pattern| pattern.find(words));
        places
            .filter(|place| place.end == words.len())
            .min_by_key(|place| place.start)
    }

    /// Marks the words that they cover.
    pub(crate) fn cover(&self, words: &[Word], covered: &mut [bool]) {
        for range in self.0.iter().filter_map(|pattern| pattern.find(words)) {
            covered[range].fill(true);
        }
    }
}

/// All that questions are understood with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub emergencies: Vec<(Phrase, Patterns)>,
    pub small_talk: Vec<(Phrase, Patterns)>,
    pub refusals: Vec<(Phrase, Patterns)>,
    pub hours: Patterns,
    pub phone: Patterns,
    pub address: Patterns,
    pub email: Patterns,
    pub website: Patterns,
    pub events: Patterns,
    pub events_alone: Patterns,
    pub event_kinds: Patterns,
    pub competence: Patterns,
    pub price: Patterns,
    pub follow_up_opening: Patterns,
    pub follow_up_pronoun: Patterns,
    /// What takes back what was said before.
    pub correction: Patterns,
    /// The same, where it stands at the end.
    pub correction_at_end: Patterns,
    /// Words for what was spoken of.
    pub referring: Patterns,
    pub filler: HashSet<String>,
    pub shorthand: HashMap<String, String>,
    /// Tells other languages from French and names in French what they name.
    pub languages: Recogniser,
}

/// A lexicon that cannot be read: a defect of the program.
#[derive(Debug, thiserror::Error)]
#[error("lexicon/{file}, which is part of the program, cannot be read: {why}")]
pub struct LexiconError {
    file: String,
    why: String,
}

const FILE: &str = "understanding.toml";

impl LexiconError {
    pub(crate) fn unreadable(file: &str, why: &impl ToString) -> Self {
        Self {
            file: file.to_owned(),
            why: why.to_string(),
        }
    }
}

/// The lists of emergencies, in the order in which they are tried.
pub(super) const EMERGENCIES: [(&str, Phrase); 8] = [
    ("fire", Phrase::EmergencyFire),
    ("medical", Phrase::EmergencyMedical),
    ("suicide", Phrase::EmergencySuicide),
    ("child", Phrase::EmergencyChild),
    ("violence", Phrase::EmergencyViolence),
    ("police", Phrase::EmergencyPolice),
    ("shelter", Phrase::EmergencyShelter),
    ("deaf", Phrase::EmergencyDeaf),
];

impl Lexicon {
    /// Reads the lexicon that is part of the program.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let source: Source = toml::from_str(include_str!("../../lexicon/understanding.toml"))
            .map_err(|error| LexiconError::unreadable(FILE, &error))?;
        let emergencies = phrases(&source.emergency, &EMERGENCIES)?;
        let small_talk = phrases(
            &source.small_talk,
            &[
                ("insult", Phrase::Insult),
                ("about", Phrase::About),
                ("lost", Phrase::ClarifyQuestion),
                // Who thanks and leaves has left.
                ("goodbye", Phrase::Goodbye),
                ("thanks", Phrase::Thanks),
                ("acknowledgement", Phrase::Thanks),
                ("greeting", Phrase::Greeting),
            ],
        )?;
        let refusals = phrases(
            &source.refusal,
            &[
                ("out_of_scope", Phrase::OutOfScope),
                ("unlawful", Phrase::Unlawful),
                ("personal_file", Phrase::PersonalFile),
                ("opinion", Phrase::Opinion),
            ],
        )?;
        let intent = source.intent;
        Ok(Self {
            emergencies,
            small_talk,
            refusals,
            hours: Patterns::new(&intent.hours),
            phone: Patterns::new(&intent.phone),
            address: Patterns::new(&intent.address),
            email: Patterns::new(&intent.email),
            website: Patterns::new(&intent.website),
            events: Patterns::new(&intent.events),
            events_alone: Patterns::new(&intent.events_alone),
            event_kinds: Patterns::new(&intent.event_kinds),
            competence: Patterns::new(&intent.competence),
            price: Patterns::new(&intent.price),
            follow_up_opening: Patterns::new(&source.follow_up.opening),
            follow_up_pronoun: Patterns::new(&source.follow_up.pronoun),
            correction: Patterns::new(&source.follow_up.correction),
            correction_at_end: Patterns::new(&source.follow_up.correction_at_end),
            referring: Patterns::new(&source.follow_up.referring),
            filler: source.filler.words.iter().map(|word| fold(word)).collect(),
            shorthand: source.shorthand,
            languages: Recogniser::load()?,
        })
    }
}

/// The patterns of each phrase, in the order in which they are tried.
fn phrases(
    source: &HashMap<String, Vec<String>>,
    names: &[(&str, Phrase)],
) -> Result<Vec<(Phrase, Patterns)>, LexiconError> {
    if let Some(unknown) = source
        .keys()
        .find(|key| !names.iter().any(|(name, _)| name == key))
    {
        return Err(LexiconError::unreadable(
            FILE,
            &format!("{unknown:?} is not a known list"),
        ));
    }
    names
        .iter()
        .map(|(name, phrase)| {
            let patterns = source
                .get(*name)
                .ok_or_else(|| LexiconError::unreadable(FILE, &format!("{name:?} is missing")))?;
            Ok((*phrase, Patterns::new(patterns)))
        })
        .collect()
}
