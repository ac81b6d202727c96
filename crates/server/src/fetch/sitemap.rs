//! Sitemaps: the addresses that a site lists, or the further sitemaps that list them.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use url::Url;

/// What a sitemap holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sitemap {
    /// Pages.
    Pages(Vec<Url>),
    /// Further sitemaps.
    Index(Vec<Url>),
}

/// A sitemap that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SitemapError {
    /// Not XML.
    #[error("it is not well-formed XML at byte {at}: {cause}")]
    Malformed {
        /// Where.
        at: u64,
        /// What the parser says.
        cause: quick_xml::Error,
    },
    /// XML of another kind.
    #[error("it is neither a <urlset> nor a <sitemapindex>; give the address of the sitemap itself")]
    AnotherKind,
}

impl Sitemap {
    /// Reads a sitemap; addresses that are none are left out, relative ones are completed from `base`.
    ///
    /// # Errors
    /// When it is not the XML of a sitemap.
    pub(crate) fn parse(xml: &[u8], base: &Url) -> Result<Self, SitemapError> {
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let mut root: Option<String> = None;
        let mut location: Option<String> = None;
        let mut found = Vec::new();
        loop {
            let at = reader.buffer_position();
            let event = reader
                .read_event_into(&mut buffer)
                .map_err(|cause| SitemapError::Malformed { at, cause })?;
            match event {
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    // Extensions have a <loc> of their own for images and videos; theirs has a prefix.
                    let plain = start.name().prefix().is_none();
                    location = (plain && name == "loc").then(String::new);
                    root.get_or_insert(name);
                }
                Event::Text(text) => push(&mut location, &text),
                Event::CData(text) => push(&mut location, &text),
                Event::GeneralRef(entity) => {
                    push(
                        &mut location,
                        resolve_predefined_entity(&entity).unwrap_or_default(),
                    );
                }
                Event::End(_) => {
                    found.extend(location.take().and_then(|text| base.join(text.trim()).ok()));
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        match root.as_deref() {
            Some("urlset") => Ok(Self::Pages(found)),
            Some("sitemapindex") => Ok(Self::Index(found)),
            _ => Err(SitemapError::AnotherKind),
        }
    }
}

fn push(location: &mut Option<String>, text: &str) {
    if let Some(location) = location {
        location.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(xml: &str) -> Result<Sitemap, SitemapError> {
        Sitemap::parse(
            xml.as_bytes(),
            &"https://town.example/sitemap.xml".parse().unwrap(),
        )
    }

    #[test]
    fn pages_and_indexes_are_told_apart() {
        let pages = parse("<?xml version=\"1.0\"?><urlset xmlns:image=\"x\"><url><loc> https://town.example/a?b=1&amp;c=2 </loc><image:image><image:loc>https://town.example/i.png</image:loc></image:image></url><url><loc>/d</loc></url></urlset>").unwrap();
        let urls = |texts: &[&str]| texts.iter().map(|t| t.parse().unwrap()).collect::<Vec<Url>>();
        assert_eq!(
            pages,
            Sitemap::Pages(urls(&[
                "https://town.example/a?b=1&c=2",
                "https://town.example/d"
            ]))
        );
        let index =
            parse("<sitemapindex><sitemap><loc>https://town.example/s2.xml</loc></sitemap></sitemapindex>")
                .unwrap();
        assert_eq!(index, Sitemap::Index(urls(&["https://town.example/s2.xml"])));
    }

    #[test]
    fn what_is_no_sitemap_is_refused() {
        assert!(matches!(
            parse("<html><body>Bonjour</body></html>"),
            Err(SitemapError::AnotherKind)
        ));
        assert!(matches!(
            parse("<urlset><url></urlset>"),
            Err(SitemapError::Malformed { .. })
        ));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(xml in "(<urlset>|<loc>|</loc>|&amp;|&#x0;|<!\\[CDATA\\[|\\PC){0,40}") {
            let _refused_or_not = parse(&xml);
        }
    }
}
