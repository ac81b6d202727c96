//! The Fluent texts that answers are spoken with.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that Parvis speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language of that tag, whatever its region.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::French),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// The texts of every language.
pub(crate) struct Texts {
    french: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

impl Texts {
    /// Reads the texts that are part of the program.
    pub(crate) fn load() -> Self {
        Self {
            french: bundle("fr", include_str!("../texts/fr.ftl")),
            english: bundle("en", include_str!("../texts/en.ftl")),
        }
    }

    /// The text `key` without variables.
    pub(crate) fn get(&self, language: Language, key: &str) -> String {
        self.format(language, key, &[])
    }

    /// The text `key` with its variables.
    pub(crate) fn format(&self, language: Language, key: &str, variables: &[(&str, &str)]) -> String {
        let bundle = match language {
            Language::French => &self.french,
            Language::English => &self.english,
        };
        let args: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "a text is missing; add it to the Fluent files");
            return String::new();
        };
        bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }
}

fn bundle(language: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The isolation marks would turn every SMS into UCS-2 and stand between a resident and a copied phone number.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!(?errors, "some texts cannot be read; mend the Fluent files");
        resource
    });
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::PublicHoliday;
    use domain::phrase::Phrase;

    const SOURCES: [&str; 2] = [include_str!("../texts/fr.ftl"), include_str!("../texts/en.ftl")];

    #[test]
    fn every_phrase_and_holiday_is_worded_in_every_language() {
        let texts = Texts::load();
        for language in [Language::French, Language::English] {
            for phrase in Phrase::ALL {
                assert!(
                    !texts.get(language, phrase.key()).is_empty(),
                    "{phrase:?} in {language:?}"
                );
            }
            for holiday in PublicHoliday::ALL {
                assert!(
                    !texts
                        .get(language, &crate::speak::holiday_key(holiday))
                        .is_empty(),
                    "{holiday:?}"
                );
            }
        }
    }

    #[test]
    fn the_texts_parse_whole() {
        for source in SOURCES {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }
}
