//! One fiche of "Vos droits et démarches" (DILA): co-marquage XML, versions 3.x, root `Publication`.
//!
//! What becomes what:
//! - `Introduction`, `Texte`: paragraphs, items, rows; `Chapitre`, `SousChapitre`: headings;
//! - `Situation`, `Cas`: situations, on one scale of levels with the headings. Where a text goes on
//!   after its cases, the heading above them is said again, because blocks cannot say that a case ended;
//! - `ANoter`, `ASavoir`, `Attention`, `Rappel`, `Avertissement`: their label opens their first paragraph;
//! - `OuSAdresser`: a paragraph with the address on the web, or a heading where it has a text of its own;
//!   `ServiceEnLigne`: a paragraph with its address; both at the end of the fiche, under a heading;
//! - `Definition`, `Abreviation`: definitions, at the end;
//! - the breadcrumb, the themes and the name that the fiche's own folder gives it: keywords.
//!
//! Left out on purpose, because they lead elsewhere and answer nothing here: `Reference` and
//! `dc:source` (law), `PourEnSavoirPlus`, `VoirAussi`, `QuestionReponse` (answered by other fiches),
//! `CommentFaireSi`, other fiches of the folder, notices and annexes of forms, images, conditions.
//! Node pages (`N…`) keep their title and introduction. `dc:description` is used only where the fiche
//! has no text of its own: elsewhere it says the beginning again.

mod blocks;
mod elements;

use crate::flow::{self, COLON, Flow};
use crate::front_matter::language_code;
use crate::table::{Cell, Table};
use crate::{File, MAX_DEPTH, Place, Reason, Refused, values};
use chrono::NaiveDate;
use domain::document::{Audience, DocumentKind, Draft};
use domain::text::{BlockKind, fold_white_space};
use elements::{Element, Meta};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Name and version of this reader.
const EXTRACTOR: &str = "comarquage/1";
/// The heading over bodies to turn to, at the end of a fiche.
const WHERE_TO_TURN: &str = "Où s'adresser";
/// The heading over services and forms, at the end of a fiche.
const SERVICES: &str = "Services en ligne et formulaires";
/// The heading over the definitions.
const DEFINITIONS: &str = "Définitions";

pub(crate) fn read(file: File<'_>) -> Result<Draft, Refused> {
    let mut fiche = Fiche::new(&file);
    let mut reader = Reader::from_str(file.text);
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            file.refuse(
                Place::Byte(at),
                Reason::Malformed {
                    format: "XML",
                    detail: error.to_string(),
                },
            )
        })?;
        match event {
            Event::Start(start) => fiche.start(&start)?,
            Event::Empty(start) => {
                fiche.start(&start)?;
                fiche.end();
            }
            Event::End(_) => fiche.end(),
            Event::Text(text) => fiche.text(&text.xml10_content()),
            Event::CData(text) => fiche.text(&text.xml10_content()),
            Event::GeneralRef(reference) => fiche.reference(&reference),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    fiche.draft()
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    element: Element,
    /// The heading or situation that it wrote, said again after its cases.
    heading: Option<(BlockKind, String)>,
    /// Whether cases ended in it, so that the next text needs the heading again.
    cases_ended: bool,
    /// What its attributes say: an address on the web, a type, a form's number.
    url: String,
    label: String,
    /// Whether its line was written.
    announced: bool,
    /// Spans of a cell.
    columns: usize,
    rows: usize,
}

/// A table, and the row being read.
#[derive(Debug, Default)]
struct OpenTable {
    table: Table,
    row: Vec<Cell>,
}

struct Fiche<'a> {
    file: &'a File<'a>,
    flow: Flow,
    open: Vec<Open>,
    /// How deep inside an element that is left out.
    left_out: usize,
    /// The open lists, true where numbered.
    lists: Vec<bool>,
    table: Option<OpenTable>,
    /// Open elements whose text is one line, whatever they hold.
    on_one_line: usize,
    /// "Attention", waiting for its paragraph.
    note: Option<String>,
    definitions: Vec<(String, String)>,
    term: String,
    /// The heading of the fiche's end that was written last.
    end_section: Option<&'static str>,
    has_body: bool,
    has_service: bool,
    id: String,
    url: String,
    title: String,
    description: String,
    document_type: String,
    language: String,
    owner: String,
    modified: Option<NaiveDate>,
    audiences: Vec<String>,
    keywords: Vec<String>,
}

impl<'a> Fiche<'a> {
    fn new(file: &'a File<'a>) -> Self {
        Self {
            file,
            flow: Flow::default(),
            open: Vec::new(),
            left_out: 0,
            lists: Vec::new(),
            table: None,
            on_one_line: 0,
            note: None,
            definitions: Vec::new(),
            term: String::new(),
            end_section: None,
            has_body: false,
            has_service: false,
            id: String::new(),
            url: String::new(),
            title: String::new(),
            description: String::new(),
            document_type: String::new(),
            language: String::new(),
            owner: String::new(),
            modified: None,
            audiences: Vec::new(),
            keywords: Vec::new(),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Refused> {
        if self.left_out > 0 {
            self.left_out += 1;
            return Ok(());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self
                .file
                .refuse(Place::Whole, Reason::TooDeep { limit: MAX_DEPTH }));
        }
        let name = start.name().0;
        let element = Element::of(name, self.open.last().map(|open| &open.element));
        if self.open.is_empty() {
            if name != "Publication" {
                return Err(self.file.refuse(Place::Whole, Reason::UnknownFormat));
            }
            self.id = attribute(start, "ID");
            self.url = attribute(start, "spUrl");
            self.document_type = attribute(start, "type");
        }
        // How the folder calls other fiches says nothing of this one.
        if element == Element::LeftOut || (element == Element::OwnName && attribute(start, "ID") != self.id) {
            self.left_out = 1;
            return Ok(());
        }
        let mut open = Open {
            element,
            heading: None,
            cases_ended: false,
            url: String::new(),
            label: String::new(),
            announced: false,
            columns: 1,
            rows: 1,
        };
        self.open_element(&mut open, start);
        self.open.push(open);
        Ok(())
    }

    fn open_element(&mut self, open: &mut Open, start: &BytesStart<'_>) {
        if open.element != Element::Inline {
            self.end_block();
        }
        match open.element {
            Element::OneLine | Element::Title | Element::Meta(_) | Element::Cell => self.on_one_line += 1,
            Element::Text => self.announce_parent(),
            Element::OwnName => {
                open.element = Element::Meta(Meta::Keyword);
                self.on_one_line += 1;
            }
            Element::List => {
                if let Some(note) = self.note.take() {
                    self.write(BlockKind::Paragraph, &format!("{note}{COLON}"));
                }
                self.lists.push(attribute(start, "type") == "numero");
            }
            Element::Table if self.table.is_none() => self.table = Some(OpenTable::default()),
            Element::Row => open.label = attribute(start, "type"),
            Element::Address | Element::Service => {
                self.has_service = true;
                open.url = attribute(start, "URL");
                open.label = attribute(start, "type");
                let number = attribute(start, "numerocerfa");
                if !number.is_empty() {
                    open.columns = 0;
                    open.label = format!("{}\u{a0}cerfa n° {number}", open.label);
                }
                self.open_end_section(if open.element == Element::Service {
                    SERVICES
                } else {
                    WHERE_TO_TURN
                });
            }
            Element::WebResource => {
                let url = attribute(start, "URL");
                if let Some(parent) = self.open.last_mut().filter(|p| p.url.is_empty()) {
                    parent.url = url;
                }
            }
            Element::Note(label) => self.note = Some(label.to_owned()),
            _ => {}
        }
        if open.element == Element::Cell {
            let span = |name| attribute(start, name).parse().unwrap_or(1);
            open.columns = span("fusionHorizontale");
            open.rows = span("fusionVerticale");
        }
        if open.element == Element::Paragraph
            && self.flow.inline().trim().is_empty()
            && self.on_one_line == 0
            && let Some(note) = self.note.take()
        {
            self.flow.text(&format!("{note}{COLON}"));
        }
    }

    fn text(&mut self, text: &str) {
        if self.left_out == 0 && !self.open.is_empty() {
            self.flow.text(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let name: &str = reference;
        match reference.resolve_char_ref() {
            Ok(Some(character)) => self.text(character.encode_utf8(&mut [0; 4])),
            _ => match quick_xml::escape::resolve_predefined_entity(name) {
                Some(text) => self.text(text),
                None if name == "nbsp" => self.text("\u{a0}"),
                // Shown as written rather than lost.
                None => self.text(&format!("&{name};")),
            },
        }
    }

    fn end(&mut self) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        match open.element {
            Element::Inline => {
                if matches!(self.open.last(), Some(parent) if parent.element == Element::Case) {
                    self.end_block();
                }
            }
            Element::OneLine | Element::Title | Element::Meta(_) | Element::Cell => {
                self.on_one_line -= 1;
                if self.on_one_line > 0 {
                    self.flow.line_break();
                    return;
                }
                let line = self.flow.take_line();
                self.end_line(&open, line);
            }
            Element::List => {
                self.end_block();
                self.lists.pop();
            }
            Element::Row => {
                if let Some(table) = &mut self.table {
                    let row = std::mem::take(&mut table.row);
                    table.table.push_row(row);
                }
            }
            Element::Table if !self.is_open(&Element::Table) => {
                for line in self
                    .table
                    .take()
                    .map(|t| t.table.into_lines())
                    .unwrap_or_default()
                {
                    self.write(BlockKind::Row, &line);
                }
            }
            Element::Cases => {
                self.end_block();
                self.cases_ended();
            }
            Element::Address | Element::Service => {
                self.end_block();
                self.open.push(open);
                self.announce();
                let had_heading = self.open.pop().is_some_and(|o| o.heading.is_some());
                if had_heading {
                    self.cases_ended();
                }
            }
            Element::Note(_) => {
                self.end_block();
                self.note = None;
            }
            _ => self.end_block(),
        }
    }

    /// An element whose text is one line ended.
    fn end_line(&mut self, open: &Open, line: String) {
        match open.element {
            Element::Cell => {
                let heading = matches!(self.open.last(), Some(row) if row.label == "header");
                let cell = Cell {
                    text: line,
                    columns: open.columns,
                    rows: open.rows,
                    heading,
                };
                match &mut self.table {
                    Some(table) => table.row.push(cell),
                    None => self.write(BlockKind::Paragraph, &cell.text),
                }
            }
            Element::Meta(meta) => self.meta(meta, line),
            Element::Title => self.end_title(line),
            _ => self.end_text_of_parent(line),
        }
    }

    fn end_title(&mut self, line: String) {
        let Some(parent) = self.open.last() else { return };
        match &parent.element {
            Element::Heading => self.write_heading(BlockKind::Heading, line),
            Element::Case => self.write_heading(BlockKind::Situation, line),
            Element::Note(_) => self.note = Some(line).filter(|l| !l.is_empty()),
            Element::Definition => self.term = line,
            Element::Address | Element::Service => {
                if let Some(parent) = self.open.last_mut() {
                    parent.heading = None;
                    parent.label = if parent.label.is_empty() || parent.element == Element::Address {
                        line
                    } else {
                        format!("{}{COLON}{line}", parent.label)
                    };
                }
            }
            Element::Topic => self.keywords.push(line),
            _ => self.write(BlockKind::Paragraph, &line),
        }
    }

    /// The text of a definition, or what completes the name of a body to turn to.
    fn end_text_of_parent(&mut self, line: String) {
        match self.open.last_mut() {
            Some(parent) if parent.element == Element::Definition => {
                let term = std::mem::take(&mut self.term);
                if !self.definitions.iter().any(|(known, _)| *known == term) {
                    self.definitions.push((term, line));
                }
            }
            Some(parent) if parent.element == Element::Address && !line.is_empty() => {
                parent.label = format!("{} ({line})", parent.label);
            }
            _ => self.write(BlockKind::Paragraph, &line),
        }
    }

    fn meta(&mut self, meta: Meta, line: String) {
        match meta {
            Meta::Title => self.title = line,
            Meta::Description => self.description = line,
            Meta::Type => self.document_type = format!("{} {line}", self.document_type),
            Meta::Language => self.language = line,
            Meta::Publisher => self.owner = line,
            Meta::Date => self.modified = line.rsplit(' ').next().and_then(values::day),
            Meta::Audience => self.audiences.push(line),
            Meta::Keyword => self.keywords.push(line),
        }
    }

    fn is_open(&self, element: &Element) -> bool {
        self.open.iter().any(|o| o.element == *element)
    }

    fn draft(mut self) -> Result<Draft, Refused> {
        if self.id.is_empty() {
            return Err(self.file.refuse(
                Place::Whole,
                Reason::Missing {
                    key: "Publication/@ID",
                },
            ));
        }
        self.end_block();
        self.describe();
        if !self.definitions.is_empty() {
            self.flow.block(BlockKind::Heading(1), DEFINITIONS);
            for (term, text) in &self.definitions {
                if !term.is_empty() && !text.is_empty() {
                    self.flow
                        .block(BlockKind::Definition, &format!("{term}{COLON}{text}"));
                }
            }
        }
        let is_question = self.document_type.contains("Question-réponse");
        let is_node = self.id.starts_with('N') || self.document_type.contains("liens externes");
        let kind = match (is_question, is_node, self.has_service) {
            (true, ..) => DocumentKind::Faq,
            (_, false, true) => DocumentKind::Procedure,
            _ => DocumentKind::Page,
        };
        let mut content = self.flow.finish(EXTRACTOR);
        content.url = Some(self.url)
            .filter(|u| values::is_web_address(u))
            .or_else(|| public_page(&self.id, &self.audiences));
        content.language = language_code(&self.language).unwrap_or(content.language);
        content.audience = audience(&self.audiences);
        content.owner = Some(self.owner).filter(|o| !o.is_empty());
        content.modified = self.modified;
        for keyword in self.keywords.iter().map(|k| fold_white_space(k)) {
            // The breadcrumb starts at the site's home and ends with the fiche itself.
            let says_nothing = keyword.is_empty() || keyword == self.title || keyword.starts_with("Accueil");
            if !says_nothing && !content.keywords.contains(&keyword) {
                content.keywords.push(keyword);
            }
        }
        content.title = self.title;
        if is_question && !content.title.is_empty() {
            content.questions.push(content.title.clone());
        }
        flow::draft(self.file, &self.id, kind, content)
    }
}

/// The fiche's page on the State's own site.
fn public_page(id: &str, audiences: &[String]) -> Option<String> {
    if !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let section = match audience(audiences) {
        Some(Audience::Entreprises) => "professionnels-entreprises",
        Some(Audience::Associations) => "associations",
        Some(Audience::Particuliers) | None => "particuliers",
    };
    Some(format!("https://www.service-public.fr/{section}/vosdroits/{id}"))
}

/// The audience, where there is one alone.
fn audience(audiences: &[String]) -> Option<Audience> {
    match audiences {
        [only] => match only.as_str() {
            "Particuliers" => Some(Audience::Particuliers),
            "Professionnels" => Some(Audience::Entreprises),
            "Associations" => Some(Audience::Associations),
            _ => None,
        },
        _ => None,
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.try_get_attribute(name).ok().flatten();
    found
        .and_then(|a| {
            a.normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(|v| v.trim().to_owned())
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
