//! The places, events and bodies of a site, by the names that residents give them.

use crate::understand::{Word, fold, words};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use domain::document::{DocumentKind, FieldName};
use domain::ids::{CollectionId, DocumentId, Sequence, SiteId};
use domain::published::PublishedRevision;
use domain::text::Span;
use retrieval::Meaning;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Snapshot, StoreError};

/// A document with what it is called.
#[derive(Debug)]
struct Named {
    revision: Arc<PublishedRevision>,
    names: Vec<Vec<String>>,
}

/// A subject that a body is competent for, with the words that residents use for it.
#[derive(Debug)]
struct Competence {
    revision: Arc<PublishedRevision>,
    span: Span,
    terms: Vec<Vec<String>>,
}

/// What a site keeps as fields, valid on one day.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    places: Vec<Named>,
    competences: Vec<Competence>,
    /// Every event.
    pub(crate) events: Vec<Arc<PublishedRevision>>,
}

/// Where a question names one or several places.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The words of the question.
    pub words: Range<usize>,
    /// The places of that name.
    pub places: Vec<Arc<PublishedRevision>>,
}

/// A body that is competent for what a question asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Competent<'d> {
    /// The body.
    pub body: &'d Arc<PublishedRevision>,
    /// Where its document names the subject.
    pub subject: Span,
    /// How many words of the question name it.
    pub words: usize,
}

/// A directory, and what it was read at: it holds until something is published or the day ends.
#[derive(Debug)]
struct Held {
    sequence: Sequence,
    day: NaiveDate,
    directory: Arc<Directory>,
}

/// The directories that were read last, one a site.
#[derive(Debug, Default)]
pub(crate) struct Directories {
    held: Mutex<HashMap<SiteId, Held>>,
}

impl Directories {
    /// The directory of a site as the snapshot sees it.
    pub(crate) async fn of(
        &self,
        site: SiteId,
        collections: &[CollectionId],
        snapshot: &mut Snapshot,
        at: &DateTime<Tz>,
    ) -> Result<Arc<Directory>, StoreError> {
        let (sequence, day) = (snapshot.sequence(), at.date_naive());
        {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(held) = held.get(&site)
                && (held.sequence, held.day) == (sequence, day)
            {
                return Ok(Arc::clone(&held.directory));
            }
        }
        let kinds = [
            DocumentKind::Place,
            DocumentKind::Organisation,
            DocumentKind::Event,
        ];
        let revisions = snapshot.published_of_kind(collections, &kinds, at).await?;
        let directory = Arc::new(Directory::new(revisions.into_iter().map(Arc::new)));
        let entry = Held {
            sequence,
            day,
            directory: Arc::clone(&directory),
        };
        self.held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(site, entry);
        Ok(directory)
    }
}

impl Directory {
    fn new(revisions: impl Iterator<Item = Arc<PublishedRevision>>) -> Self {
        let mut directory = Self::default();
        for revision in revisions {
            if revision.kind() == DocumentKind::Event {
                directory.events.push(revision);
                continue;
            }
            let content = revision.content();
            for field in content
                .fields
                .iter()
                .filter(|field| field.name == FieldName::Competence)
            {
                let value = content.text.slice(field.span).unwrap_or_default();
                let terms = value
                    .split([':', ','])
                    .map(name)
                    .filter(|term| !term.is_empty())
                    .collect();
                directory.competences.push(Competence {
                    revision: Arc::clone(&revision),
                    span: field.span,
                    terms,
                });
            }
            let aliases = content.field_values(FieldName::Alias);
            let mut names: Vec<_> = aliases.chain([content.title.as_str()]).map(name).collect();
            names.extend(acronym(&content.title));
            names.retain(|name| !name.is_empty());
            names.dedup();
            directory.places.push(Named {
                revision: Arc::clone(&revision),
                names,
            });
        }
        directory
    }

    /// The places that a question names: the longest names first, each word counted once.
    pub(crate) fn mentions(&self, words: &[Word]) -> Vec<Mention> {
        let mut found: Vec<(Range<usize>, u32, &Named)> = Vec::new();
        for named in &self.places {
            let best = named.names.iter().filter_map(|name| occurrence(name, words));
            let best = best.filter(|(range, _)| !names_a_street(words, range.start));
            // A name that is met to the letter goes before one that is met but for a typing error.
            if let Some((range, errors)) =
                best.min_by_key(|(range, errors)| (usize::MAX - range.len(), *errors))
            {
                found.push((range, errors, named));
            }
        }
        found.sort_by_key(|(range, errors, _)| (usize::MAX - range.len(), *errors, range.start));
        let mut mentions: Vec<(Mention, u32)> = Vec::new();
        for (range, errors, named) in found {
            if let Some((same, _)) = mentions
                .iter_mut()
                .find(|(held, held_errors)| held.words == range && *held_errors == errors)
            {
                same.places.push(Arc::clone(&named.revision));
            } else if mentions
                .iter()
                .all(|(held, _)| held.words.end <= range.start || range.end <= held.words.start)
            {
                mentions.push((
                    Mention {
                        words: range,
                        places: vec![Arc::clone(&named.revision)],
                    },
                    errors,
                ));
            }
        }
        mentions.sort_by_key(|(mention, _)| mention.words.start);
        mentions.into_iter().map(|(mention, _)| mention).collect()
    }

    /// The town's document of a body, by its level of government or by one of its names.
    pub(crate) fn body(&self, level: Option<&str>, names: &[String]) -> Option<&Arc<PublishedRevision>> {
        let names: Vec<_> = names.iter().map(|known| name(known)).collect();
        let is_called_so = |named: &Named| {
            let mut own = named.names.iter();
            own.any(|own| {
                names
                    .iter()
                    .any(|name| own.windows(name.len().max(1)).any(|w| w == name.as_slice()))
            })
        };
        let mut bodies = self
            .places
            .iter()
            .filter(|named| named.revision.kind() == DocumentKind::Organisation);
        let found = bodies.find(|named| match level {
            Some(level) => named.revision.content().field(FieldName::Level) == Some(level),
            None => is_called_so(named),
        });
        found.map(|named| &named.revision)
    }

    /// The place that is called so, to the letter.
    pub(crate) fn called(&self, place: &str) -> Option<&Arc<PublishedRevision>> {
        let place = name(place);
        let found = self.places.iter().find(|named| named.names.contains(&place));
        found.map(|named| &named.revision)
    }

    /// The place of that document.
    pub(crate) fn place(&self, document: DocumentId) -> Option<&Arc<PublishedRevision>> {
        self.places
            .iter()
            .map(|named| &named.revision)
            .find(|revision| revision.document() == document)
    }

    /// The place of that name within its source.
    pub(crate) fn place_named(&self, external_id: &str) -> Option<&Arc<PublishedRevision>> {
        self.places
            .iter()
            .map(|named| &named.revision)
            .find(|place| place.external_id().as_str() == external_id)
    }

    /// Places that have opening hours.
    pub(crate) fn places_with_hours(&self) -> impl Iterator<Item = &Arc<PublishedRevision>> {
        let with_hours =
            |place: &&Arc<PublishedRevision>| place.content().field(FieldName::OpeningHours).is_some();
        self.places.iter().map(|named| &named.revision).filter(with_hours)
    }

    /// The body that is competent for what a question asks, by the longest term met.
    pub(crate) fn competent(&self, words: &[Word]) -> Option<Competent<'_>> {
        let met = self.competences.iter().filter_map(|competence| {
            let longest = competence.terms.iter().filter_map(|term| occurrence(term, words));
            let (range, errors) =
                longest.min_by_key(|(range, errors)| (usize::MAX - range.len(), *errors))?;
            Some((range.len(), errors, competence))
        });
        met.min_by_key(|(length, errors, _)| (usize::MAX - length, *errors))
            .map(|(words, _, competence)| Competent {
                body: &competence.revision,
                subject: competence.span,
                words,
            })
    }
}

/// What streets are.
const STREETS: [&str; 11] = [
    "rue",
    "avenue",
    "boulevard",
    "place",
    "quai",
    "chemin",
    "allee",
    "impasse",
    "route",
    "square",
    "ruelle",
];

/// Whether a word says that what follows is a street.
pub(crate) fn is_street(word: &Word) -> bool {
    STREETS.contains(&word.folded.as_str())
}

/// Whether the words before a name make a street of it: "rue des Tanneries" is not "les Tanneries".
fn names_a_street(words: &[Word], start: usize) -> bool {
    let before = words.iter().take(start).rev();
    let mut before = before.skip_while(|word| SMALL_WORDS.contains(&word.folded.as_str()));
    before.next().is_some_and(is_street)
}

/// Articles and prepositions that a name may begin with, or hold in one wording and not in another.
pub(crate) const SMALL_WORDS: [&str; 14] = [
    "l", "la", "le", "les", "un", "une", "d", "de", "du", "des", "a", "au", "aux", "en",
];

/// The words of a name that tell it from others.
fn name(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .map(|word| word.folded)
        .filter(|word| !SMALL_WORDS.contains(&word.as_str()))
        .collect()
}

/// The acronym that a title gives in brackets: "Caisse d'allocations familiales (CAF)".
fn acronym(title: &str) -> Option<Vec<String>> {
    let (_, rest) = title.split_once('(')?;
    let (acronym, _) = rest.split_once(')')?;
    let written = |acronym: &&str| acronym.len() > 2 && acronym.chars().all(char::is_uppercase);
    Some(acronym).filter(written).map(name)
}

/// How many words of a question a name of two words and more takes up; none where the question does not hold it.
pub(crate) fn words_said(text: &str, words: &[Word]) -> usize {
    let name = name(text);
    let said = name.len() >= 2 && occurrence(&name, words).is_some_and(|(_, errors)| errors == 0);
    if said { name.len() } else { 0 }
}

/// Whether a word, in the singular or the plural, is among others.
pub(crate) fn is_held(word: &Word, words: &[Word]) -> bool {
    times_held(word, words) > 0
}

/// How often a word, in the singular or the plural, is among others.
pub(crate) fn times_held(word: &Word, words: &[Word]) -> usize {
    let same = |held: &&Word| difference(&held.folded, &word.folded) == Some(0);
    words.iter().filter(same).count()
}

/// Where `name` stands in the words, small words passed over, with the number of typing errors.
fn occurrence(name: &[String], words: &[Word]) -> Option<(Range<usize>, u32)> {
    let from = |start: usize| {
        let mut index = start;
        let mut errors = 0;
        for (position, part) in name.iter().enumerate() {
            while position > 0 && SMALL_WORDS.contains(&words.get(index)?.folded.as_str()) {
                index += 1;
            }
            errors += difference(part, &words.get(index)?.folded)?;
            index += 1;
        }
        Some((start..index, errors))
    };
    (0..words.len())
        .filter_map(from)
        .min_by_key(|(_, errors)| *errors)
}

/// 0 for the same word but for its number, 1 for a typing error in a long enough word, `None` for another word.
fn difference(name: &str, word: &str) -> Option<u32> {
    // "Sas" is no plural.
    let singular = |word: &str| match word.len() {
        0..=3 => word.to_owned(),
        _ => word.trim_end_matches(['s', 'x']).to_owned(),
    };
    if name == word || singular(name) == singular(word) {
        return Some(0);
    }
    // No sound is longer than its word: most words need not be heard, and this is asked of each name and each word.
    if name.len().min(word.len()) >= SHORTEST_SOUND {
        let sound = by_sound(name);
        if sound.len() >= SHORTEST_SOUND && sound == by_sound(word) {
            return Some(1);
        }
    }
    let shortest = name.chars().count().min(word.chars().count());
    let same_beginning = fold(name).chars().next() == fold(word).chars().next();
    let near =
        shortest >= 5 && same_beginning && strsim::osa_distance(name, word) <= 1 + usize::from(shortest >= 9);
    // A word that means something else is no typing error: to refuse is no refuge.
    let means_something_else =
        || Meaning::of(word).is_some() && retrieval::stems(word) != retrieval::stems(name);
    (near && !means_something_else()).then_some(1)
}

/// The fewest letters of words that are the same by their sound.
const SHORTEST_SOUND: usize = 6;

/// A word as text messages write it, by its sound: "mediatek" is "médiathèque".
fn by_sound(word: &str) -> String {
    let mut sound = word.to_owned();
    for (written, spoken) in [
        ("qu", "k"),
        ("ph", "f"),
        ("ch", "S"),
        ("th", "t"),
        ("c", "k"),
        ("h", ""),
        ("y", "i"),
    ] {
        sound = sound.replace(written, spoken);
    }
    let mut letters: Vec<char> = sound.trim_end_matches(['e', 's', 'x', 't']).chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_met_by_its_sound() {
        let met = |word| occurrence(&["mediatheque".into()], &words(word)).is_some();
        assert!(met("non mediatek") && met("la médiatèque"));
        assert!(!met("la média") && !met("la mécanique"));
    }

    #[test]
    fn a_name_is_met_without_its_articles_in_the_plural_and_with_a_typing_error() {
        let name = name("la salle des fêtes");
        assert_eq!(
            occurrence(&name, &words("louer les salles de fêtes ?")),
            Some((2..5, 0))
        );
        assert_eq!(
            occurrence(&["mediatheque".into()], &words("la médiatèque ouvre")),
            Some((1..2, 1))
        );
        assert_eq!(occurrence(&["piscine".into()], &words("la cuisine")), None);
        assert_eq!(occurrence(&["refuge".into()], &words("il refuse")), None);
        assert_eq!(occurrence(&["sas".into()], &words("et sa ferme")), None);
    }
}
