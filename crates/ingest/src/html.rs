//! Web pages: the main content as blocks, the title, the language, the page's own address and its date.
//!
//! The main content is what the page itself marks as such (`main`, `role="main"`, a single `article`);
//! failing that, what readability finds; failing that, the body. What surrounds it (menus, forms,
//! scripts, cookie banners, breadcrumbs, share buttons) is left out in all three cases. The author's mark
//! comes before readability's guess, because readability drops the short tables and contact boxes
//! that residents ask for. Pages that were served but hold something else are held back, see [`crate::Held`].

mod held;
mod surroundings;
mod walk;

pub(crate) use walk::write_fragment;

use crate::flow::{self, Flow};
use crate::front_matter::language_code;
use crate::{File, MAX_DEPTH, Place, Reason, Refused, values};
use chrono::NaiveDate;
use domain::document::{Content, DocumentKind, Draft};
use domain::text::fold_white_space;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Selector};

/// Name and version of this reader.
const EXTRACTOR: &str = "html/1";
/// Text beyond which a part of the page is its content, in bytes.
const ENOUGH_BYTES: usize = 200;

pub(crate) fn read(file: File<'_>) -> Result<Draft, Refused> {
    if !values::nesting_is_sane(file.text) {
        return Err(file.refuse(Place::Whole, Reason::TooDeep { limit: MAX_DEPTH }));
    }
    let page = Html::parse_document(file.text);
    if depth(&page) > MAX_DEPTH {
        return Err(file.refuse(Place::Whole, Reason::TooDeep { limit: MAX_DEPTH }));
    }
    let title = title(&page);
    let content = main_content(&page, &file, &title).finish(EXTRACTOR);
    if let Some(held) = held::reason(&page, &title, content.text.as_str()) {
        return Err(file.refuse(Place::Whole, held));
    }
    let content = Content {
        url: address(&page, &file),
        language: attribute(&page, "html", "lang")
            .and_then(|tag| language_code(&tag))
            .unwrap_or(content.language),
        modified: modified(&page),
        title,
        ..content
    };
    flow::draft(&file, file.default_id(), DocumentKind::Page, content)
}

/// Elements inside elements, at most.
fn depth(page: &Html) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(_) => depth += 1,
            Edge::Close(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The first reading of the page that gives enough text, else the body whole.
fn main_content(page: &Html, file: &File<'_>, title: &str) -> Flow {
    let site = file.context.base_url.as_ref();
    let marked = marked_content(page).map(|root| walk::write_element(root, title, site));
    if let Some(flow) = marked.filter(|flow| flow.len() >= ENOUGH_BYTES) {
        return flow;
    }
    let body = elements(page, "body")
        .next()
        .map(|root| walk::write_element(root, title, site))
        .unwrap_or_default();
    // Readability guesses well on articles and wrongly on short pages: those are read whole.
    if body.len() < 4 * ENOUGH_BYTES {
        return body;
    }
    match readable(file, title) {
        Some(flow) if flow.len() >= body.len() / 3 => flow,
        _ => body,
    }
}

/// What readability takes for the content.
fn readable(file: &File<'_>, title: &str) -> Option<Flow> {
    let config = dom_smoothie::Config {
        max_elements_to_parse: 20_000,
        ..dom_smoothie::Config::default()
    };
    let article = dom_smoothie::Readability::new(file.text, None, Some(config))
        .ok()?
        .parse()
        .ok()?;
    let content = Html::parse_document(&article.content);
    let body = elements(&content, "body").next()?;
    (depth(&content) <= MAX_DEPTH).then(|| walk::write_element(body, title, file.context.base_url.as_ref()))
}

/// The part that the page marks as its content.
fn marked_content(page: &Html) -> Option<ElementRef<'_>> {
    let only = |css| {
        let mut found = elements(page, css);
        let first = found.next();
        first.filter(|_| found.next().is_none())
    };
    only("main")
        .or_else(|| only("[role=main]"))
        .or_else(|| only("article"))
}

/// The first `h1`, else the `title` without the site's name.
fn title(page: &Html) -> String {
    let text = |e: ElementRef<'_>| fold_white_space(&e.text().collect::<Vec<_>>().join(" "));
    let heading = elements(page, "main h1, article h1, h1")
        .map(text)
        .find(|t| !t.is_empty());
    if let Some(heading) = heading {
        return heading;
    }
    let full = elements(page, "head title").map(text).next().unwrap_or_default();
    let site = attribute(page, "meta[property=\"og:site_name\"]", "content").unwrap_or_default();
    let marks = [" | ", " - ", " – ", " — ", " · ", " :: "];
    let Some(mark) = marks.into_iter().find(|mark| full.contains(mark)) else {
        return full;
    };
    let parts = match full.split_once(mark) {
        Some((first, rest)) if first.trim() == site.trim() => Some(rest),
        _ => full.rsplit_once(mark).map(|(page, _)| page),
    };
    parts
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .unwrap_or(full)
}

/// The canonical address where it is on the site's own host, else the address that was read.
fn address(page: &Html, file: &File<'_>) -> Option<String> {
    let base = file.context.base_url.as_ref();
    let read_from = file.web_address().and_then(|name| url::Url::parse(name).ok());
    let canonical = attribute(page, "link[rel=canonical]", "href").and_then(|href| match &read_from {
        Some(from) => from.join(&href).ok(),
        None => base?.join(&href).ok(),
    });
    let own = |url: &url::Url| {
        matches!(url.scheme(), "http" | "https") && base.is_some_and(|b| b.host_str() == url.host_str())
    };
    canonical.filter(own).or(read_from).map(String::from)
}

/// The day of the last change, where the page says so.
fn modified(page: &Html) -> Option<NaiveDate> {
    let day = |value: String| values::day(value.trim().get(..10)?);
    attribute(page, "meta[property=\"article:modified_time\"]", "content")
        .or_else(|| attribute(page, "meta[itemprop=dateModified]", "content"))
        .or_else(|| {
            attribute(
                page,
                "time[itemprop=dateModified], time.updated, .updated time, .modified time",
                "datetime",
            )
        })
        .and_then(day)
}

/// The elements that match, in order; a selector that does not parse matches none.
fn elements<'a>(page: &'a Html, css: &str) -> impl Iterator<Item = ElementRef<'a>> + 'a {
    let found: Vec<_> = Selector::parse(css)
        .map(|s| page.select(&s).collect())
        .unwrap_or_default();
    found.into_iter()
}

/// The attribute of the first element that matches and has it.
fn attribute(page: &Html, css: &str, name: &str) -> Option<String> {
    elements(page, css)
        .find_map(|e| e.value().attr(name))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
