//! Links to the words that an answer quotes: on the town's own page, else on the page that we serve.

use assistant::{Language, Source};
use chrono::NaiveDate;
use std::fmt::Write;

/// The address of a source's words; it begins with "/" where the document has no page of its own.
pub(crate) fn to(site: &str, source: &Source) -> String {
    let page = match &source.url {
        Some(url) => url.split('#').next().unwrap_or_default().to_owned(),
        None => format!(
            "{}?span={}-{}",
            document_path(site, &source.document),
            source.span.start,
            source.span.end
        ),
    };
    match &source.quote {
        Some(quote) => format!("{page}#{}", assistant::text_fragment(quote)),
        None => page,
    }
}

/// The path of the page that we serve for a document.
pub(crate) fn document_path(site: &str, document: &str) -> String {
    let mut path = format!("/s/{site}/documents/");
    for byte in document.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            path.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _written = write!(path, "%{byte:02X}");
        }
    }
    path
}

/// "2 mars 2026", "2 March 2026".
pub(crate) fn day(date: NaiveDate, language: Language) -> String {
    language.date(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Span;

    fn source(url: Option<&str>) -> Source {
        Source {
            document: "piscine/été 2026".into(),
            title: "Piscine".into(),
            url: url.map(str::to_owned),
            span: Span::new(3, 17),
            quote: Some("ouverte à midi".into()),
            publisher: "Ville".into(),
            approved_on: "2026-03-02".parse().unwrap(),
            trusted: false,
            revision: 7,
        }
    }

    #[test]
    fn a_link_leads_to_the_quoted_words_on_the_towns_page() {
        let link = to("clairvigny", &source(Some("https://town.example/piscine#haut")));
        assert!(
            link.starts_with("https://town.example/piscine#:~:text=ouverte"),
            "{link}"
        );
    }

    #[test]
    fn a_document_without_a_page_is_linked_to_ours_with_its_span() {
        let link = to("clairvigny", &source(None));
        assert!(
            link.starts_with("/s/clairvigny/documents/piscine%2F%C3%A9t%C3%A9%202026?span=3-17#:~:text="),
            "{link}"
        );
    }
}
