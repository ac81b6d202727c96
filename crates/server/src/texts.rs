//! What residents read on our pages and in the widget: the Fluent files, built into the program.

use domain::site::Site;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// A language that our own texts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    /// French, the first one.
    French,
    /// English.
    English,
}

impl Language {
    /// Every language.
    pub(crate) const ALL: [Self; 2] = [Self::French, Self::English];

    /// Its BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language of a tag such as "en" or "en-GB".
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` header that is ours: browsers send the preferred one first.
    pub(crate) fn accepted(header: &str) -> Option<Self> {
        header
            .split(',')
            .find_map(|item| Self::of_tag(item.split(';').next().unwrap_or_default()))
    }

    /// The language to speak on a site: the one that was wished for where the site speaks it, else the site's first.
    pub(crate) fn for_site(site: &Site, wished: Option<Self>) -> Self {
        let speaks = |language: &Self| site.settings.languages.iter().any(|tag| tag == language.tag());
        let first = || site.settings.languages.first().and_then(|tag| Self::of_tag(tag));
        wished.filter(speaks).or_else(first).unwrap_or(Self::French)
    }

    fn source(self) -> &'static str {
        match self {
            Self::French => include_str!("../texts/fr.ftl"),
            Self::English => include_str!("../texts/en.ftl"),
        }
    }
}

impl From<Language> for assistant::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::French => Self::French,
            Language::English => Self::English,
        }
    }
}

/// The texts of one language.
pub(crate) struct Texts {
    bundle: FluentBundle<FluentResource>,
    ids: Vec<String>,
}

static FRENCH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::French));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::English));

/// The texts in `language`.
pub(crate) fn texts(language: Language) -> &'static Texts {
    match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    }
}

impl Texts {
    fn new(language: Language) -> Self {
        // A file with an error still gives its other messages; a test refuses such a file.
        let resource = match FluentResource::try_new(language.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let ids = language
            .source()
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim().to_owned()))
            .collect();
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The invisible marks that Fluent puts around values end up in what people copy.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { bundle, ids }
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
            if let Err((_, errors)) = FluentResource::try_new(language.source().to_owned()) {
                panic!("{}.ftl: {errors:?}", language.tag());
            }
        }
        let mut ids = [
            texts(Language::French).ids.clone(),
            texts(Language::English).ids.clone(),
        ];
        ids.iter_mut().for_each(|ids| ids.sort());
        assert_eq!(ids[0], ids[1]);
        assert!(
            !ids[0].is_empty() && ids[0].windows(2).all(|pair| pair[0] != pair[1]),
            "a message stands twice"
        );
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
        assert_eq!(
            Language::accepted("de-DE,en-GB;q=0.8,fr;q=0.5"),
            Some(Language::English)
        );
        assert_eq!(Language::accepted("de"), None);
    }
}
