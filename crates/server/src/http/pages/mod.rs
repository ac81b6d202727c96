//! The pages that residents read without any script: chat, documents, privacy, accessibility, quality, errors.

pub(crate) mod chat;
pub(crate) mod document;
mod links;
pub(crate) mod notices;
pub(crate) mod phone;
pub(crate) mod quality;
mod reply;
pub(crate) mod sent;

use super::App;
use super::problem::{Code, Problem};
use crate::texts::{Language, Texts, accepted, for_site, texts};
use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::Html;
use domain::site::Site;
use serde::Deserialize;

/// What every page's frame shows.
pub(super) struct Page {
    lang: &'static str,
    dir: &'static str,
    title: String,
    description: String,
    site_key: String,
    site_name: String,
    chat_url: String,
    privacy_url: String,
    accessibility_url: String,
    quality_url: String,
    theme_url: String,
    languages: Vec<LanguageLink>,
}

struct LanguageLink {
    code: &'static str,
    name: &'static str,
    url: String,
}

/// The language that an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

/// A site's page in a language, before its content is known.
pub(super) struct Frame<'a> {
    site: &'a Site,
    themed: bool,
    language: Language,
    /// Whether links repeat the language, because an address asked for it.
    explicit: bool,
}

impl<'a> Frame<'a> {
    /// The page of `site`, in the language that the address asks for, else the browser's, else the site's.
    fn new(app: &App, site: &'a Site, wish: Option<&str>, headers: &HeaderMap) -> Self {
        let header = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let asked = wish.and_then(Language::parse);
        let language = for_site(site, asked.or_else(|| accepted(header)));
        Self {
            site,
            themed: app.themes.contains_key(&site.key),
            language,
            explicit: asked == Some(language),
        }
    }

    fn texts(&self) -> &'static Texts {
        texts(self.language)
    }

    fn page(&self, path: &str, title: String) -> Page {
        let t = self.texts();
        let link = |path: &str| {
            if self.explicit {
                format!("{path}?lang={}", self.language.tag())
            } else {
                path.to_owned()
            }
        };
        let spoken = Language::ALL
            .into_iter()
            .filter(|language| language.is_spoken_by(self.site));
        Page {
            lang: self.language.tag(),
            dir: self.language.direction(),
            title,
            description: t.get("page-chat-description"),
            site_key: self.site.key.clone(),
            site_name: self.site.settings.name.clone(),
            chat_url: link("/"),
            privacy_url: link("/confidentialite"),
            accessibility_url: link("/accessibilite"),
            quality_url: link("/qualite"),
            theme_url: if self.themed {
                format!("/s/{}/theme.css", self.site.key)
            } else {
                String::new()
            },
            languages: spoken
                .filter(|language| *language != self.language)
                .map(|language| LanguageLink {
                    code: language.tag(),
                    name: language.own_name(),
                    url: format!("{path}?lang={}", language.tag()),
                })
                .collect(),
        }
    }
}

fn render(template: &impl Template) -> Result<Html<String>, Problem> {
    template
        .render()
        .map(Html)
        .map_err(|error| Problem::caused(Code::Internal, error))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    t: &'static Texts,
    page: Page,
    title: String,
    detail: String,
}

/// A problem, for a person; without its page where even that fails.
pub(super) fn error(app: &App, site: &Site, language: Language, problem: &Problem) -> Html<String> {
    let frame = Frame {
        site,
        themed: app.themes.contains_key(&site.key),
        language,
        explicit: false,
    };
    let (title, detail) = (problem.title(language), problem.detail(language));
    let t = frame.texts();
    let page = ErrorPage {
        t,
        page: frame.page("/", title.clone()),
        title,
        detail,
    };
    page.render().map_or_else(|_| Html(page.title.clone()), Html)
}
