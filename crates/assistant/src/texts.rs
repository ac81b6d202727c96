//! The Fluent texts that answers are spoken with.

use domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

fn source(language: Language) -> &'static str {
    match language {
        Language::French => include_str!("../texts/fr.ftl"),
        Language::English => include_str!("../texts/en.ftl"),
        Language::Spanish => include_str!("../texts/es.ftl"),
        Language::Portuguese => include_str!("../texts/pt.ftl"),
        Language::German => include_str!("../texts/de.ftl"),
        Language::Italian => include_str!("../texts/it.ftl"),
        Language::Arabic => include_str!("../texts/ar.ftl"),
        Language::Ukrainian => include_str!("../texts/uk.ftl"),
        Language::Chinese => include_str!("../texts/zh.ftl"),
    }
}

/// The texts of every language.
pub(crate) struct Texts {
    /// In the order of [`Language::ALL`].
    bundles: [FluentBundle<FluentResource>; Language::ALL.len()],
}

impl Texts {
    /// Reads the texts that are part of the program.
    pub(crate) fn load() -> Self {
        Self {
            bundles: Language::ALL.map(|language| bundle(language, source(language))),
        }
    }

    /// The text `key` without variables.
    pub(crate) fn get(&self, language: Language, key: &str) -> String {
        self.format(language, key, &[])
    }

    /// The text `key` with its variables.
    pub(crate) fn format(&self, language: Language, key: &str, variables: &[(&str, &str)]) -> String {
        let args: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        let bundle = &self.bundles[language as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "a text is missing; add it to the Fluent files");
            return String::new();
        };
        bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }
}

/// The texts of a Fluent file in one language. A file with an error still gives its other messages, and is told of in the
/// log.
#[must_use]
pub fn bundle(language: Language, source: &str) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
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
    use std::collections::BTreeSet;

    #[test]
    fn every_phrase_and_holiday_is_worded_in_every_language() {
        let texts = Texts::load();
        for language in Language::ALL {
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
                    "{holiday:?} in {language:?}"
                );
            }
        }
    }

    #[test]
    fn the_texts_parse_whole_and_have_the_same_messages_and_variables_in_every_language() {
        let messages = |language| -> Vec<(String, BTreeSet<String>)> {
            assert!(
                FluentResource::try_new(source(language).to_owned()).is_ok(),
                "{language:?}"
            );
            let lines = source(language).lines().filter(|line| !line.starts_with('#'));
            let messages = lines.filter_map(|line| line.split_once(" = "));
            messages
                .map(|(key, text)| {
                    let variables = text
                        .split("{ $")
                        .skip(1)
                        .filter_map(|rest| rest.split(' ').next());
                    (key.to_owned(), variables.map(str::to_owned).collect())
                })
                .collect()
        };
        let french = messages(Language::French);
        for language in Language::ALL {
            for (own, expected) in messages(language).iter().zip(&french) {
                assert_eq!(own, expected, "{language:?}");
            }
            assert_eq!(messages(language).len(), french.len(), "{language:?}");
        }
    }

    #[test]
    fn emergency_texts_fit_into_two_text_messages_in_every_language() {
        let texts = Texts::load();
        for phrase in Phrase::ALL
            .iter()
            .filter(|phrase| phrase.key().contains("emergency"))
        {
            for language in Language::ALL {
                // Letters that GSM lacks leave room for 67 units in each of two segments.
                let most = match language {
                    Language::Arabic | Language::Ukrainian | Language::Chinese => 2 * 67,
                    _ => 2 * 153,
                };
                let units = texts.get(language, phrase.key()).encode_utf16().count();
                assert!(units <= most, "{phrase:?} in {language:?}: {units}");
            }
        }
    }

    #[test]
    fn emergency_texts_give_the_same_numbers_in_every_language() {
        let texts = Texts::load();
        let numbers = |text: &str| -> BTreeSet<String> {
            let found = text.split(|c: char| !c.is_ascii_digit());
            found
                .filter(|number| !number.is_empty())
                .map(str::to_owned)
                .collect()
        };
        for phrase in Phrase::ALL
            .iter()
            .filter(|phrase| phrase.key().contains("emergency"))
        {
            let expected = numbers(&texts.get(Language::French, phrase.key()));
            assert!(!expected.is_empty(), "{phrase:?}");
            for language in Language::ALL {
                assert_eq!(
                    numbers(&texts.get(language, phrase.key())),
                    expected,
                    "{phrase:?} in {language:?}"
                );
            }
        }
    }
}
