//! What residents read on our pages and in the widget: the Fluent files, built into the program.

pub(crate) use assistant::Language;
use domain::site::Site;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The first language of an `Accept-Language` header that is ours: browsers send the preferred one first.
pub(crate) fn accepted(header: &str) -> Option<Language> {
    header
        .split(',')
        .find_map(|item| Language::parse(item.split(';').next().unwrap_or_default()))
}

/// The language to speak on a site: the one that was wished for where the site speaks it, else the site's first.
pub(crate) fn for_site(site: &Site, wished: Option<Language>) -> Language {
    wished
        .filter(|language| language.is_spoken_by(site))
        .unwrap_or_else(|| Language::first_of(site))
}

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

/// The texts of one language.
pub(crate) struct Texts {
    bundle: FluentBundle<FluentResource>,
    ids: Vec<String>,
}

/// In the order of [`Language::ALL`].
static TEXTS: LazyLock<[Texts; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(Texts::new));

/// The texts in `language`.
pub(crate) fn texts(language: Language) -> &'static Texts {
    &TEXTS[language as usize]
}

impl Texts {
    fn new(language: Language) -> Self {
        let source = source(language);
        let lines = source.lines();
        let ids = lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim().to_owned()))
            .collect();
        Self {
            bundle: assistant::text_bundle(language, source),
            ids,
        }
    }

    /// The text called `id`; its own name where it is missing, which a test refuses.
    pub(crate) fn get(&self, id: &str) -> String {
        self.format(id, None).unwrap_or_else(|| id.to_owned())
    }

    /// The text called `id`, with its variable.
    pub(crate) fn get_with(&self, id: &str, name: &str, value: &str) -> String {
        self.with(id, &[(name, value)])
    }

    /// The text called `id`, with its variables.
    pub(crate) fn with(&self, id: &str, variables: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            args.set(*name, FluentValue::from(*value));
        }
        self.format(id, Some(&args)).unwrap_or_else(|| id.to_owned())
    }

    /// The texts whose id begins with `prefix`; variables stay as `{$name}`, for a reader that fills them in.
    pub(crate) fn beginning_with(&self, prefix: &str) -> BTreeMap<&str, String> {
        let ids = self.ids.iter().filter(|id| id.starts_with(prefix));
        ids.map(|id| (id.as_str(), self.get(id))).collect()
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        Some(
            self.bundle
                .format_pattern(pattern, args, &mut Vec::new())
                .into_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fluent_files_are_well_formed_and_have_the_same_messages() {
        for language in Language::ALL {
            if let Err((_, errors)) = FluentResource::try_new(source(language).to_owned()) {
                panic!("{}.ftl: {errors:?}", language.tag());
            }
        }
        let ids = |language| {
            let mut ids = texts(language).ids.clone();
            ids.sort();
            assert!(
                !ids.is_empty() && ids.windows(2).all(|pair| pair[0] != pair[1]),
                "a message stands twice in {}.ftl",
                language.tag()
            );
            ids
        };
        let french = ids(Language::French);
        for language in Language::ALL {
            assert_eq!(ids(language), french, "{}.ftl", language.tag());
        }
    }

    #[test]
    fn variables_are_the_same_in_every_language() {
        let variables = |language| -> BTreeMap<String, Vec<String>> {
            let lines = source(language).lines().filter_map(|line| line.split_once(" = "));
            lines
                .map(|(id, text)| {
                    let mut found: Vec<_> = text
                        .split("{ $")
                        .skip(1)
                        .filter_map(|rest| rest.split(' ').next())
                        .map(str::to_owned)
                        .collect();
                    found.sort();
                    (id.to_owned(), found)
                })
                .collect()
        };
        let french = variables(Language::French);
        for language in Language::ALL {
            for (id, own) in variables(language) {
                assert_eq!(Some(&own), french.get(&id), "{id} in {}.ftl", language.tag());
            }
        }
    }

    #[test]
    fn every_error_has_a_title_and_a_detail_in_each_language() {
        for language in Language::ALL {
            for code in crate::http::problem::Code::ALL {
                for part in ["title", "detail"] {
                    let id = format!("error-{}-{part}", code.as_str());
                    assert_ne!(texts(language).get(&id), id, "{}.ftl lacks it", language.tag());
                }
            }
        }
    }

    #[test]
    fn variables_stay_open_for_the_widget() {
        let widget = texts(Language::French).beginning_with("widget-");
        assert!(!widget.is_empty());
        assert!(
            widget.values().all(|text| !text.contains('\u{2068}')),
            "isolating marks"
        );
        assert!(
            widget.values().any(|text| text.contains("{$")),
            "no text of the widget keeps its variable"
        );
    }

    #[test]
    fn the_first_known_language_of_a_browser_is_taken() {
        assert_eq!(accepted("nl-NL,en-GB;q=0.8,fr;q=0.5"), Some(Language::English));
        assert_eq!(accepted("nl"), None);
    }
}
