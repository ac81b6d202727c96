//! The widget and what our pages are dressed in: each prepared once, small, and cached for a short while.

use super::App;
use super::problem::{Code, Problem};
use crate::texts::{Language, texts};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, OnceLock};

const WIDGET: &str = include_str!("../../web/widget.js");
const STYLE: &str = include_str!("../../web/site.css");
const ICON: &str = include_str!("../../web/icon.svg");
/// Where the widget's source holds its texts.
const TEXTS_MARK: &str = "/*TEXTS*/{}/*END*/";

/// Everything that is served from memory.
pub(crate) struct Assets {
    widget: Asset,
    /// The widget with the texts of one language more, at that language's place among all; made when it is first wished for.
    widgets: [OnceLock<Asset>; Language::ALL.len()],
    style: Asset,
    icon: Asset,
}

/// A text, ready to be sent.
pub(crate) struct Asset {
    content_type: &'static str,
    etag: String,
    plain: Vec<u8>,
    gzip: Vec<u8>,
}

impl Assets {
    /// Prepares them.
    pub(crate) fn new() -> Self {
        Self {
            widget: widget_in(&ALWAYS),
            widgets: std::array::from_fn(|_| OnceLock::new()),
            style: Asset::style_sheet(STYLE.to_owned()),
            icon: Asset::new("image/svg+xml", ICON.to_owned()),
        }
    }

    /// The widget, with a language that is wished for beyond those that it always speaks.
    fn widget_with(&self, wished: Option<Language>) -> &Asset {
        match wished.filter(|language| !ALWAYS.contains(language)) {
            Some(language) => {
                self.widgets[language as usize].get_or_init(|| widget_in(&[ALWAYS[0], ALWAYS[1], language]))
            }
            None => &self.widget,
        }
    }
}

/// The languages that the widget always speaks; each further one would make it heavier for everybody.
const ALWAYS: [Language; 2] = [Language::French, Language::English];

/// What an address of the widget asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    lang: Option<String>,
}

/// `GET /widget.js`, with `?lang=es` in that language too: any page may load it; what it then asks is checked.
pub(crate) async fn widget(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let wished = wish.lang.as_deref().and_then(Language::parse);
    let mut response = app.assets.widget_with(wished).respond(&headers);
    let name = HeaderName::from_static("cross-origin-resource-policy");
    response
        .headers_mut()
        .insert(name, HeaderValue::from_static("cross-origin"));
    response
}

/// `GET /assets/{name}`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    match name.as_str() {
        "site.css" => Ok(app.assets.style.respond(&headers)),
        "icon.svg" => Ok(app.assets.icon.respond(&headers)),
        _ => Err(Problem::new(Code::NotFound)),
    }
}

/// `GET /s/{site}/theme.css`
pub(crate) async fn theme(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let theme = app.themes.get(&site);
    let theme = theme.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(theme.respond(&headers))
}

impl Asset {
    /// A style sheet.
    pub(crate) fn style_sheet(text: String) -> Self {
        Self::new("text/css; charset=utf-8", text)
    }

    fn new(content_type: &'static str, text: String) -> Self {
        let plain = text.into_bytes();
        let digest = Sha256::digest(&plain);
        let etag = digest
            .iter()
            .take(12)
            .fold(String::new(), |etag, byte| format!("{etag}{byte:02x}"));
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing into memory cannot fail; an empty copy is never chosen below.
        let gzip = encoder
            .write_all(&plain)
            .and_then(|()| encoder.finish())
            .unwrap_or_default();
        Self {
            content_type,
            etag: format!("\"{etag}\""),
            plain,
            gzip,
        }
    }

    fn respond(&self, headers: &HeaderMap) -> Response {
        let says = |name: HeaderName| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let common = [
            (header::ETAG, self.etag.as_str()),
            (header::CACHE_CONTROL, "public, max-age=300"),
            (header::VARY, "Accept-Encoding"),
        ];
        let known = says(header::IF_NONE_MATCH)
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"));
        if known.into_iter().any(|tag| tag == self.etag) {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        let content_type = [(header::CONTENT_TYPE, self.content_type)];
        let takes_gzip = says(header::ACCEPT_ENCODING)
            .split(',')
            .any(|coding| coding.trim().starts_with("gzip"));
        if takes_gzip && !self.gzip.is_empty() {
            let encoding = [(header::CONTENT_ENCODING, "gzip")];
            return (common, content_type, encoding, self.gzip.clone()).into_response();
        }
        (common, content_type, self.plain.clone()).into_response()
    }
}

fn widget_in(languages: &[Language]) -> Asset {
    let spoken: BTreeMap<_, _> = languages
        .iter()
        .map(|language| (language.tag(), texts(*language).beginning_with("widget-")))
        .collect();
    // Strings by strings always serialise; without its texts the widget shows their names.
    let json = serde_json::to_string(&spoken).unwrap_or_else(|_| "{}".to_owned());
    Asset::new(
        "text/javascript; charset=utf-8",
        WIDGET.replacen(TEXTS_MARK, &json, 1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widget_carries_its_texts_and_stays_under_20_kb_compressed() {
        assert_eq!(WIDGET.matches(TEXTS_MARK).count(), 1);
        let assets = Assets::new();
        for language in Language::ALL {
            let widget = assets.widget_with(Some(language));
            let text = String::from_utf8(widget.plain.clone()).unwrap();
            assert!(text.contains("\"widget-send\":") && !text.contains(TEXTS_MARK));
            assert!(widget.gzip.len() < 20_000, "{} bytes", widget.gzip.len());
        }
    }
}
