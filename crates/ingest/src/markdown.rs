//! Markdown, with front matter or without: headings, paragraphs, items, tables, terms and questions.
//!
//! Inline marks are dropped, the text of links is kept (see [`crate::flow::link_target`] for their
//! targets), struck-out text and images are left out. "**Term** : explanation" as a paragraph is a
//! definition; a table's row says its headings. In a document of kind faq, a heading that ends with a
//! question mark is a question. The first `#` heading is the title where the front matter gives none.
//! HTML blocks are read as HTML.

use crate::flow::{self, Flow};
use crate::front_matter::{self, FrontMatter};
use crate::table::{Cell, Table};
use crate::{File, Refused, html};
use domain::document::{DocumentKind, Draft};
use domain::text::{BlockKind, fold_white_space};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Name and version of this reader.
const EXTRACTOR: &str = "markdown/1";

pub(crate) fn read(file: File<'_>) -> Result<Draft, Refused> {
    let (front, body) = front_matter::split(&file)?;
    let kind = front.kind.unwrap_or(DocumentKind::Page);
    let mut body_reader = Body::new(&file, &front, kind);
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        body_reader.event(event);
    }
    let Body { mut flow, title, .. } = body_reader;
    flow.end_block(BlockKind::Paragraph);
    front.write(&mut flow);
    let mut content = flow.finish(EXTRACTOR);
    content.title = title.unwrap_or_default();
    content.url = front
        .url
        .clone()
        .or_else(|| file.web_address().map(str::to_owned));
    content.language = front.language.unwrap_or(content.language);
    content.questions = front.questions;
    content.keywords = front.keywords;
    content.audience = front.audience;
    content.validity = front.validity;
    content.owner = front.owner;
    content.modified = front.modified;
    flow::draft(
        &file,
        front.id.as_deref().unwrap_or(file.default_id()),
        kind,
        content,
    )
}

/// A list that is open.
#[derive(Debug, Clone, Copy)]
struct List {
    ordered: bool,
}

/// The body while its events come in.
struct Body<'a> {
    file: &'a File<'a>,
    kind: DocumentKind,
    flow: Flow,
    title: Option<String>,
    lists: Vec<List>,
    links: Vec<(String, usize)>,
    emphasis_opens_line: bool,
    left_out: usize,
    in_heading: bool,
    html: Option<String>,
    table: Option<Table>,
    row: Vec<Cell>,
    in_table_head: bool,
}

impl<'a> Body<'a> {
    fn new(file: &'a File<'a>, front: &FrontMatter, kind: DocumentKind) -> Self {
        Self {
            file,
            kind,
            flow: Flow::default(),
            title: front
                .title
                .as_deref()
                .map(fold_white_space)
                .filter(|t| !t.is_empty()),
            lists: Vec::new(),
            links: Vec::new(),
            emphasis_opens_line: false,
            left_out: 0,
            in_heading: false,
            html: None,
            table: None,
            row: Vec::new(),
            in_table_head: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ if self.left_out > 0 => {}
            Event::Text(text) | Event::Code(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.flow.text(&text),
            },
            Event::Html(text) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&text);
                }
            }
            Event::InlineHtml(tag) => {
                if tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) {
                    self.flow.line_break();
                }
            }
            Event::SoftBreak => self.flow.text(" "),
            Event::HardBreak => self.flow.line_break(),
            Event::Rule => self.end_block(),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::BlockQuote(_) => self.end_block(),
            Tag::CodeBlock(_) => self.end_block(),
            Tag::Heading { .. } => {
                self.end_block();
                self.in_heading = true;
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(List {
                    ordered: first.is_some(),
                });
            }
            Tag::Item => self.end_block(),
            Tag::Table(_) => {
                self.end_block();
                self.table = Some(Table::default());
            }
            Tag::TableHead => self.in_table_head = true,
            Tag::Link { dest_url, .. } => self.links.push((dest_url.to_string(), self.flow.inline().len())),
            Tag::Strong => self.emphasis_opens_line = self.flow.at_line_start(),
            Tag::Image { .. } | Tag::Strikethrough => self.left_out += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::BlockQuote(_) => self.end_block(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html::write_fragment(&html, &mut self.flow, self.file.context.base_url.as_ref());
                }
            }
            TagEnd::TableCell => {
                let text = self.flow.take_line();
                self.row.push(Cell {
                    text,
                    columns: 1,
                    rows: 1,
                    heading: self.in_table_head,
                });
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.in_table_head = false;
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.push_row(row);
                }
            }
            TagEnd::Table => {
                for line in self.table.take().map(Table::into_lines).unwrap_or_default() {
                    self.flow.block(BlockKind::Row, &line);
                }
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Strong if self.emphasis_opens_line => {
                self.emphasis_opens_line = false;
                self.flow.end_emphasis();
            }
            TagEnd::Image | TagEnd::Strikethrough => self.left_out = self.left_out.saturating_sub(1),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((target, start)) = self.links.pop() else {
            return;
        };
        let text = self.flow.inline().get(start..).unwrap_or_default();
        if self.in_heading || self.left_out > 0 {
            return;
        }
        if let Some(target) = flow::link_target(&target, text, self.file.context.base_url.as_ref()) {
            self.flow.text(&target);
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        self.in_heading = false;
        let text = fold_white_space(&self.flow.take_line());
        if level == HeadingLevel::H1 {
            match &self.title {
                None if !text.is_empty() => {
                    self.title = Some(text);
                    return;
                }
                Some(title) if title.to_lowercase() == text.to_lowercase() => return,
                _ => {}
            }
        }
        let level = (level as u8).saturating_sub(1).max(1);
        let is_question = self.kind == DocumentKind::Faq && text.ends_with('?');
        self.flow.block(
            if is_question {
                BlockKind::Question
            } else {
                BlockKind::Heading(level)
            },
            &text,
        );
    }

    fn end_block(&mut self) {
        let kind = match self.lists.last() {
            Some(List { ordered }) => {
                let depth = u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX);
                BlockKind::Item {
                    ordered: *ordered,
                    depth,
                }
            }
            None => BlockKind::Paragraph,
        };
        self.flow.end_block(kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, Reason, test_support};
    use domain::document::FieldName;
    use domain::text::Block;

    fn draft(text: &str) -> Draft {
        read(test_support::file("lieux/mairie.md", text)).unwrap()
    }

    fn refused(text: &str) -> Refused {
        read(test_support::file("lieux/mairie.md", text)).unwrap_err()
    }

    fn blocks(draft: &Draft) -> Vec<(BlockKind, &str)> {
        let slice = |b: &Block| (b.kind, draft.content.text.slice(b.span).unwrap());
        draft.content.blocks.iter().map(slice).collect()
    }

    #[test]
    fn structure_becomes_blocks() {
        let draft = draft(
            "# La mairie\n\nElle est *ouverte* à [tous](/tous).\n\n## Documents\n\n1. la carte\n   - d'identité\n2. un\n   justificatif\n\n### Fin\n\n**Acte** : une copie.\n",
        );
        assert_eq!(draft.content.title, "La mairie");
        assert_eq!(draft.external_id.as_str(), "lieux/mairie");
        let item = |ordered, depth| BlockKind::Item { ordered, depth };
        assert_eq!(
            blocks(&draft),
            [
                (BlockKind::Paragraph, "Elle est ouverte à tous."),
                (BlockKind::Heading(1), "Documents"),
                (item(true, 0), "la carte"),
                (item(false, 1), "d'identité"),
                (item(true, 0), "un justificatif"),
                (BlockKind::Heading(2), "Fin"),
                (BlockKind::Definition, "Acte : une copie."),
            ]
        );
    }

    #[test]
    fn a_table_is_said_row_by_row() {
        let draft = draft("# T\n\n| Acte | Prix |\n|---|---|\n| Passeport | **86 €** |\n");
        assert_eq!(
            blocks(&draft),
            [(BlockKind::Row, "Passeport — Prix\u{202f}: 86 €")]
        );
    }

    #[test]
    fn only_a_faq_has_questions() {
        let text = "## Faut-il payer ?\n\nNon.\n";
        let faq = draft(&format!("---\nkind: faq\ntitle: Questions\n---\n{text}"));
        assert_eq!(blocks(&faq)[0].0, BlockKind::Question);
        assert_eq!(blocks(&draft(text))[0].0, BlockKind::Heading(1));
    }

    #[test]
    fn struck_out_text_and_images_are_not_said() {
        let draft = draft("Prix ~~5 €~~ 6 €. ![photo de 2020](a.png)\n");
        assert_eq!(draft.content.text.as_str(), "Prix 6 €.");
    }

    #[test]
    fn html_inside_markdown_is_read() {
        let draft = draft("<div>\n<p>Un avis.</p>\n</div>\n\nLundi<br>Mardi\n");
        assert_eq!(draft.content.text.as_str(), "Un avis.\nLundi\nMardi");
    }

    #[test]
    fn a_place_has_its_fields() {
        let draft = draft(
            "---\nid: mairie\nkind: place\ntitle: Mairie\nvalid_until: 2026-12-31\nplace:\n  address: 1 place du Parvis\n  phone: 01 23 45 67 89\n  opening_hours: \"Mo-Fr 09:00-12:00; PH off\"\n  closures:\n    - { from: 2026-12-24, to: 2026-12-26, reason: Noël }\n  aliases: [hôtel de ville]\n---\nBonjour.\n",
        );
        let content = &draft.content;
        assert_eq!(draft.external_id.as_str(), "mairie");
        assert_eq!(draft.kind, DocumentKind::Place);
        assert_eq!(content.field(FieldName::Phone), Some("01 23 45 67 89"));
        assert_eq!(
            content.field(FieldName::Closure),
            Some("2026-12-24/2026-12-26 Noël")
        );
        assert_eq!(
            content.field(FieldName::OpeningHours),
            Some("Mo-Fr 09:00-12:00; PH off")
        );
        assert!(blocks(&draft).contains(&(BlockKind::Definition, "Adresse\u{202f}: 1 place du Parvis")));
        assert!(blocks(&draft).contains(&(BlockKind::Field, "hôtel de ville")));
        assert_eq!(content.validity.until.unwrap().to_string(), "2026-12-31");
    }

    #[test]
    fn toml_front_matter_has_the_same_keys() {
        let draft = draft(
            "+++\ntitle = \"Fête\"\nvalid_from = 2026-01-02\n[event]\nstart = 2026-03-28T18:00:00\nrrule = \"FREQ=WEEKLY\"\n+++\nVenez.\n",
        );
        assert_eq!(draft.kind, DocumentKind::Event);
        assert_eq!(draft.content.field(FieldName::Start), Some("2026-03-28T18:00:00"));
        assert_eq!(draft.content.validity.from.unwrap().to_string(), "2026-01-02");
        let refused = refused("+++\ntitle = \"Fête\"\ntitel = \"F\"\n+++\n");
        assert_eq!(refused.place, Place::Line(3));
        assert!(matches!(refused.reason, Reason::UnknownKey { key, .. } if key == "titel"));
    }

    #[test]
    fn an_organisation_has_its_competences() {
        let draft = draft(
            "---\ntitle: Agglo\norganisation:\n  level: intercommunal\n  competences:\n    - subject: déchets\n      terms: [poubelle, tri]\n---\n",
        );
        assert_eq!(draft.kind, DocumentKind::Organisation);
        assert_eq!(
            draft.content.field(FieldName::Competence),
            Some("déchets: poubelle, tri")
        );
    }

    #[test]
    fn a_mistyped_key_is_refused_with_its_line() {
        let refused = refused("---\ntitle: Mairie\nvalid_untill: 2026-12-31\n---\nTexte.\n");
        assert_eq!(refused.place, Place::Line(3));
        assert!(
            refused
                .to_string()
                .starts_with("lieux/mairie.md, line 3: the key \"valid_untill\" is not known here")
        );
    }

    #[test]
    fn values_that_cannot_be_are_refused_with_their_line() {
        for (front, line) in [
            ("valid_from: 2026-02-30", 2),
            ("kind: pages", 2),
            ("audience: tous", 2),
            ("url: ville.example", 2),
            ("place:\n  opening_hours: lundi 9h", 3),
            ("place:\n  phone: standard", 3),
            ("place:\n  email: mairie", 3),
            (
                "place:\n  closures:\n    - { from: 2026-12-24, to: 2026-12-01 }",
                4,
            ),
            ("event:\n  start: demain", 3),
            ("event:\n  start: 2026-03-28T18:00\n  end: 2026-03-27", 4),
            ("event:\n  start: 2026-03-28\n  rrule: souvent", 4),
            ("organisation:\n  level: galactique", 3),
            ("valid_from: 2026-03-02\nvalid_until: 2026-03-01", 3),
        ] {
            let refused = refused(&format!("---\n{front}\n---\nTexte.\n"));
            assert!(
                matches!(refused.reason, Reason::InvalidValue { .. }),
                "{front}: {refused}"
            );
            assert_eq!(refused.place, Place::Line(line), "{front}: {refused}");
        }
    }

    #[test]
    fn broken_yaml_is_refused_with_its_line() {
        let refused = refused("---\ntitle: Mairie\nkeywords: [a, b\n---\nTexte.\n");
        assert!(matches!(refused.reason, Reason::FrontMatter(_)), "{refused}");
        assert!(matches!(refused.place, Place::Line(3..=5)), "{refused}");
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        assert_eq!(draft("---\n\nTexte.\n").content.text.as_str(), "Texte.");
        assert_eq!(draft("--- x\nTexte.\n").content.text.as_str(), "--- x Texte.");
    }

    #[test]
    fn a_file_without_text_is_refused() {
        assert_eq!(refused("# Titre seul\n").reason, Reason::Empty);
    }
}
