//! Who is competent in France for what a town hall is asked and does not do, read from `lexicon/competence.toml`.

use crate::understand::{LexiconError, Patterns, Word};
use domain::phrase::Phrase;
use retrieval::Meaning;
use serde::Deserialize;
use std::ops::Range;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    town_hall: TownHallSource,
    body: Vec<BodySource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownHallSource {
    subjects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodySource {
    phrase: Phrase,
    level: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    france_services: bool,
    subjects: Vec<String>,
    terms: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// A body that is competent for some subjects in the whole country.
#[derive(Debug)]
pub(crate) struct Body {
    /// What is said of it.
    pub phrase: Phrase,
    /// The level of government that it is, where there is one body of it for a town.
    pub level: Option<String>,
    /// What the town's own document of it may be called.
    pub names: Vec<String>,
    /// Whether a France services house helps with it.
    pub france_services: bool,
    subjects: Vec<Meaning>,
    called: Patterns,
    terms: Patterns,
    unless: Patterns,
}

/// The bodies, and the words of the subjects that they are competent for.
#[derive(Debug)]
pub(crate) struct Competences {
    bodies: Vec<Body>,
    /// What a town hall does itself.
    of_town_halls: Vec<Meaning>,
}

/// From this nearness on, a question means what a body is competent for.
const NEAR: f32 = 0.55;
/// By so much it must be nearer than anything of another body or of a town hall.
const NEARER: f32 = 0.1;

fn meanings(subjects: &[String]) -> Vec<Meaning> {
    subjects
        .iter()
        .filter_map(|subject| Meaning::of(subject))
        .collect()
}

impl Competences {
    /// Reads the lexicon that is part of the program.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        const FILE: &str = "competence.toml";
        let source: Source = toml::from_str(include_str!("../lexicon/competence.toml"))
            .map_err(|error| LexiconError::unreadable(FILE, &error))?;
        let body = |source: BodySource| Body {
            phrase: source.phrase,
            level: source.level,
            called: Patterns::new(&source.names),
            names: source.names,
            france_services: source.france_services,
            subjects: meanings(&source.subjects),
            terms: Patterns::new(&source.terms),
            unless: Patterns::new(&source.unless),
        };
        Ok(Self {
            of_town_halls: meanings(&source.town_hall.subjects),
            bodies: source.body.into_iter().map(body).collect(),
        })
    }

    /// The bodies that would be competent, were it not for something near that a town does itself.
    pub(crate) fn excepted(&self, words: &[Word]) -> Vec<&Body> {
        let excepted = |body: &&Body| body.terms.occur(words) && body.unless.occur(words);
        self.bodies.iter().filter(excepted).collect()
    }

    /// A body that is called by its name, "le commissariat", with the words that call it.
    pub(crate) fn named(&self, words: &[Word]) -> Option<(&Body, Range<usize>)> {
        let named = |body: &'_ Body| body.called.last_place(words);
        self.bodies.iter().find_map(|body| Some((body, named(body)?)))
    }

    /// The body that is competent for what the words are about: where several are, the one whose words are met last,
    /// as in "la cantine du collège".
    pub(crate) fn of(&self, words: &[Word]) -> Option<(&Body, Range<usize>)> {
        self.bodies
            .iter()
            .filter_map(|body| Some((body.terms.last_place(words)?, body)))
            .filter(|(_, body)| !body.unless.occur(words))
            .min_by_key(|(place, _)| (usize::MAX - place.len(), usize::MAX - place.start))
            .map(|(place, body)| (body, place))
    }

    /// The body that is competent for what the words mean, where no term of any names it. One word whose meaning is
    /// known means too many things.
    pub(crate) fn nearest(&self, words: &[Word]) -> Option<&Body> {
        let means_something = |text: &&str| Meaning::of(text).is_some();
        let text = words.iter().map(|word| word.folded.as_str());
        let text: Vec<_> = text.filter(means_something).collect();
        let asked = Meaning::of(&text.join(" ")).filter(|_| text.len() > 1)?;
        let nearness = |subjects: &[Meaning]| {
            let each = subjects.iter().map(|subject| asked.nearness(subject));
            each.fold(0.0, f32::max)
        };
        let mut by_nearness: Vec<_> = self
            .bodies
            .iter()
            .map(|body| (nearness(&body.subjects), body))
            .collect();
        by_nearness.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let (near, body) = *by_nearness.first()?;
        let rival = by_nearness.get(1).map_or(0.0, |(near, _)| *near);
        let rival = rival.max(nearness(&self.of_town_halls));
        (near >= NEAR && near - rival >= NEARER && !body.unless.occur(words)).then_some(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::words;

    fn competent(question: &str) -> Option<Phrase> {
        let competences = Competences::load().unwrap();
        competences.of(&words(question)).map(|(body, _)| body.phrase)
    }

    #[test]
    fn the_level_of_government_in_the_question_decides() {
        assert_eq!(competent("un trou dans ma rue"), None);
        assert_eq!(
            competent("un trou sur la départementale"),
            Some(Phrase::BodyDepartement)
        );
        assert_eq!(competent("la cantine de l’école"), None);
        assert_eq!(competent("la cantine du collège"), Some(Phrase::BodyDepartement));
        assert_eq!(competent("la cantine du lycée"), Some(Phrase::BodyRegion));
    }

    fn near(question: &str) -> Option<Phrase> {
        let competences = Competences::load().unwrap();
        competences.nearest(&words(question)).map(|body| body.phrase)
    }

    #[test]
    fn what_no_term_names_goes_where_its_meaning_lies() {
        for (question, phrase) in [
            ("séparation résidence enfants", Phrase::BodyJustice),
            ("véhicule occasion achat", Phrase::BodyVehicleAndLicenceTitles),
            ("stupéfiants trafic", Phrase::BodyPolice),
        ] {
            assert_eq!(near(question), Some(phrase), "{question}");
        }
        for question in [
            "location kayak",
            "mariage cérémonie",
            "piscine",
            "école maternelle",
        ] {
            assert_eq!(near(question), None, "{question}");
        }
    }

    #[test]
    fn what_a_town_hall_does_itself_is_not_sent_elsewhere() {
        for question in [
            "refaire ma carte d’identité",
            "demander un permis de construire",
            "une aide pour passer le permis de conduire",
            "carte de résident avec ma carte grise pour le stationnement résident",
            "une subvention pour mon association",
            "quels papiers pour la carte d’identité de mon mari",
            "adopter un composteur",
            "me séparer de mon vieux canapé",
            "le professeur de piano est absent",
            "une formation informatique gratuite",
            "payer la crèche avec des Cesu",
        ] {
            assert_eq!(competent(question), None, "{question}");
        }
        assert_eq!(
            competent("refaire ma carte grise"),
            Some(Phrase::BodyVehicleAndLicenceTitles)
        );
    }
}
