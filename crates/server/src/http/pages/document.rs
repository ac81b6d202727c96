//! `/s/{site}/documents/{id}`: the page of a document that has none of its own, with the quoted span marked.

use super::links::dial;
use super::reply::split_term;
use super::{App, Code, Frame, Page, Problem, render};
use crate::texts::Texts;
use askama::Template;
use assistant::{Detail, PageBlock, PlaceCard};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Html;
use domain::text::{BlockKind, Span};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "document.html")]
struct Document {
    t: &'static Texts,
    page: Page,
    title: String,
    language: &'static str,
    approved_on: String,
    approved_text: String,
    quoted: bool,
    sections: Vec<Section>,
    groups: Vec<DocumentGroup>,
}

/// What fields tell.
struct Section {
    title: String,
    /// Empty where it is unknown.
    state: String,
    details: Vec<FieldLine>,
    sentences: Vec<Part>,
}

struct FieldLine {
    term: String,
    text: String,
    /// Empty where it leads nowhere.
    href: String,
}

/// Blocks that follow each other and belong to one list.
#[derive(Debug)]
struct DocumentGroup {
    kind: &'static str,
    level: u8,
    lines: Vec<DocumentLine>,
}

/// One block.
#[derive(Debug)]
struct DocumentLine {
    term: Vec<Part>,
    text: Vec<Part>,
}

/// A stretch of a block, marked where it is quoted.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    text: String,
    mark: bool,
    anchor: bool,
}

/// What the address asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    span: Option<String>,
    lang: Option<String>,
}

/// `GET /s/{site}/documents/{id}?span=START-END`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Path((key, id)): Path<(String, String)>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let site = app
        .site(Some(&key), &headers)
        .map_err(|_| Problem::new(Code::NotFound))?;
    let now = app.clock.now();
    let frame = Frame::new(&app, site, shown.lang.as_deref(), &headers);
    let document = app.assistant.page(&site.key, &id, frame.language, now).await;
    let document = document.map_err(|error| Problem::caused(Code::Internal, error))?;
    let mut document = document.ok_or_else(|| Problem::new(Code::NotFound))?;
    let t = frame.texts();
    let asked = shown.span.as_deref().and_then(span);
    let groups = groups(&document.blocks, asked);
    let in_text = groups
        .iter()
        .flat_map(|group| &group.lines)
        .any(|line| line.parts().any(|part| part.mark));
    let sections = sections(&mut document, t, asked.filter(|_| !in_text));
    let quoted = in_text || sections.iter().flat_map(|s| &s.sentences).any(|part| part.mark);
    let title = t.with(
        "doc-title",
        &[("title", &document.title), ("town", &site.settings.name)],
    );
    let approved = if document.trusted {
        "doc-trusted"
    } else {
        "doc-approved"
    };
    let day = crate::links::day(document.approved_on, frame.language);
    render(&Document {
        t,
        page: frame.page(&crate::links::document_path(&site.key, &id), title),
        language: "fr",
        approved_on: document.approved_on.to_string(),
        approved_text: t.with(approved, &[("publisher", &document.publisher), ("date", &day)]),
        quoted,
        sections,
        groups,
        title: document.title,
    })
}

fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then(|| Span::new(start, end))
}

/// What the document's fields tell, the quoted one marked.
fn sections(document: &mut assistant::Page, t: &Texts, quoted: Option<Span>) -> Vec<Section> {
    let sentence = |detail: Detail| {
        let mark = quoted == Some(detail.span);
        Part {
            text: detail.text,
            mark,
            anchor: mark,
        }
    };
    let section = |title, details: Vec<Detail>| Section {
        title: t.get(title),
        state: String::new(),
        details: Vec::new(),
        sentences: details.into_iter().map(sentence).collect(),
    };
    let place = document.place.take().map(|mut place| Section {
        state: place.state_now.take().unwrap_or_default(),
        sentences: place.week.take().map(sentence).into_iter().collect(),
        details: details(place, t),
        title: t.get("doc-place"),
    });
    let competences = std::mem::take(&mut document.competences);
    let occurrence = document.occurrence.take().into_iter().collect();
    [
        Some(section("doc-when", occurrence)),
        place,
        Some(section("doc-competences", competences)),
    ]
    .into_iter()
    .flatten()
    .filter(|section| !(section.sentences.is_empty() && section.details.is_empty()))
    .collect()
}

fn details(card: PlaceCard, t: &Texts) -> Vec<FieldLine> {
    let leads = [
        ("doc-address", card.address, None),
        ("doc-phone", card.phone, Some(dial as fn(&str) -> String)),
        (
            "doc-email",
            card.email,
            Some(|address| format!("mailto:{address}")),
        ),
        ("doc-website", card.website, Some(str::to_owned)),
        ("doc-accessibility", card.accessibility, None),
    ];
    leads
        .into_iter()
        .filter_map(|(term, text, lead)| {
            let text = text?;
            let href = lead.map_or_else(String::new, |lead| lead(&text));
            let term = t.get(term);
            Some(FieldLine { term, text, href })
        })
        .collect()
}

fn groups(blocks: &[PageBlock], quoted: Option<Span>) -> Vec<DocumentGroup> {
    let mut groups: Vec<DocumentGroup> = Vec::new();
    let mut marker = Marker {
        quoted,
        anchored: false,
    };
    let mut trail: Vec<(u8, u8)> = Vec::new();
    for block in blocks {
        let kind = match block.kind {
            BlockKind::Heading(_) => "heading",
            BlockKind::Situation(_) => "situation",
            BlockKind::Question => "question",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Item { ordered: false, .. } => "items",
            BlockKind::Item { ordered: true, .. } => "steps",
            BlockKind::Row => "rows",
            BlockKind::Definition => "definitions",
            BlockKind::Field => continue,
        };
        let level = match block.kind {
            BlockKind::Heading(level) | BlockKind::Situation(level) => shown_level(&mut trail, level),
            BlockKind::Question => shown_level(&mut trail, u8::MAX),
            _ => 0,
        };
        let line = line(block, kind, &mut marker);
        let kind = if line.term.is_empty() && matches!(kind, "rows" | "definitions") {
            "items"
        } else {
            kind
        };
        match groups.last_mut() {
            Some(group)
                if group.kind == kind && matches!(kind, "items" | "steps" | "rows" | "definitions") =>
            {
                group.lines.push(line);
            }
            _ => groups.push(DocumentGroup {
                kind,
                level,
                lines: vec![line],
            }),
        }
    }
    groups
}

/// The level under which a heading is shown: 2 under the title, one more under each heading above it. A level that
/// skips one on the way down loses those who read by headings.
fn shown_level(trail: &mut Vec<(u8, u8)>, level: u8) -> u8 {
    trail.retain(|(held, _)| *held < level);
    let shown = trail.last().map_or(2, |(_, above)| (above + 1).min(6));
    trail.push((level, shown));
    shown
}

fn line(block: &PageBlock, kind: &str, marker: &mut Marker) -> DocumentLine {
    let at = block.span.start;
    match split_term(&block.text).filter(|_| matches!(kind, "rows" | "definitions")) {
        Some((term, text)) => DocumentLine {
            term: marker.parts(term, at),
            text: marker.parts(text, at + block.text.len() - text.len()),
        },
        None => DocumentLine {
            term: Vec::new(),
            text: marker.parts(&block.text, at),
        },
    }
}

impl DocumentLine {
    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.term.iter().chain(&self.text)
    }
}

struct Marker {
    quoted: Option<Span>,
    anchored: bool,
}

impl Marker {
    /// The parts of a text that stands at byte `at` of the document.
    fn parts(&mut self, text: &str, at: usize) -> Vec<Part> {
        let plain = |text: &str| Part {
            text: text.to_owned(),
            mark: false,
            anchor: false,
        };
        let within = self.quoted.map(|span| {
            let start = span.start.saturating_sub(at).min(text.len());
            start..span.end.saturating_sub(at).min(text.len())
        });
        // A span that cuts a character was not made by us.
        let Some((range, marked)) = within.and_then(|range| Some((range.clone(), text.get(range)?))) else {
            return vec![plain(text)];
        };
        if marked.is_empty() {
            return vec![plain(text)];
        }
        let anchor = !std::mem::replace(&mut self.anchored, true);
        let mark = Part {
            text: marked.to_owned(),
            mark: true,
            anchor,
        };
        let mut parts = vec![plain(&text[..range.start]), mark, plain(&text[range.end..])];
        parts.retain(|part| !part.text.is_empty());
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::TextBuilder;
    use proptest::prelude::*;

    fn blocks(contents: &[(BlockKind, &str)]) -> Vec<PageBlock> {
        let mut builder = TextBuilder::new();
        for (kind, content) in contents {
            builder.push(*kind, content);
        }
        let (text, blocks) = builder.finish();
        let block = |b: &domain::text::Block| PageBlock {
            kind: b.kind,
            text: text.slice(b.span).unwrap().to_owned(),
            span: b.span,
        };
        blocks.iter().map(block).collect()
    }

    fn marked(groups: &[DocumentGroup]) -> Vec<&Part> {
        groups
            .iter()
            .flat_map(|g| &g.lines)
            .flat_map(DocumentLine::parts)
            .filter(|p| p.mark)
            .collect()
    }

    #[test]
    fn the_quoted_span_is_marked_across_blocks_and_anchored_once() {
        let blocks = blocks(&[
            (BlockKind::Heading(1), "Tarifs"),
            (BlockKind::Paragraph, "Une entrée coûte 3 euros."),
            (BlockKind::Definition, "Enfant\u{a0}: 2 euros"),
        ]);
        let span = Span::new(blocks[1].span.start + 4, blocks[2].span.end);
        let groups = groups(&blocks, Some(span));
        let marks = marked(&groups);
        let texts: Vec<_> = marks.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["entrée coûte 3 euros.", "Enfant", "2 euros"]);
        assert_eq!(marks.iter().filter(|part| part.anchor).count(), 1);
    }

    #[test]
    fn headings_never_skip_a_level_on_the_way_down() {
        let blocks = blocks(&[
            (BlockKind::Heading(3), "A"),
            (BlockKind::Heading(3), "B"),
            (BlockKind::Heading(1), "C"),
            (BlockKind::Heading(4), "D"),
        ]);
        let levels: Vec<_> = groups(&blocks, None).iter().map(|group| group.level).collect();
        assert_eq!(levels, [2, 2, 2, 3]);
    }

    proptest! {
        #[test]
        fn marking_never_changes_the_text(text in "[a-zé : —]{1,40}", start in 0usize..60, len in 1usize..60) {
            let blocks = blocks(&[(BlockKind::Paragraph, &text)]);
            let groups = groups(&blocks, Some(Span::new(start, start + len)));
            let whole: String = groups.iter().flat_map(|g| &g.lines).flat_map(DocumentLine::parts).map(|p| p.text.as_str()).collect();
            let source: String = blocks.iter().map(|b| b.text.as_str()).collect();
            prop_assert_eq!(whole, source);
        }
    }
}
