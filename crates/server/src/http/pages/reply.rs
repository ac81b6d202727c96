//! A reply, grouped as HTML needs it: lists, steps, rows, and each page once.

use super::links::{Numbers, Piece, pieces};
use crate::texts::Texts;
use assistant::{Language, Reply, Spoken};
use domain::answer::Verdict;
use domain::site::Site;
use domain::statement::{Layout, Role};

/// A reply for the page.
pub(super) struct Answer {
    pub(super) question: String,
    pub(super) conversation: String,
    pub(super) verdict: &'static str,
    pub(super) verdict_text: String,
    pub(super) groups: Vec<Group>,
    pub(super) sources: Vec<SourceView>,
    pub(super) suggestions: Vec<String>,
}

/// What was said in an answer, without its question.
pub(super) struct Said {
    pub(super) groups: Vec<Group>,
    pub(super) sources: Vec<SourceView>,
}

/// Statements that follow each other and belong to one list.
pub(super) struct Group {
    pub(super) role: &'static str,
    pub(super) layout: &'static str,
    pub(super) lines: Vec<Line>,
}

/// One statement.
pub(super) struct Line {
    pub(super) language: String,
    pub(super) term: String,
    pub(super) text: Vec<Piece>,
}

/// A page that the answer rests on.
pub(super) struct SourceView {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) publisher: String,
    pub(super) approved_on_text: String,
    pub(super) trusted: bool,
}

impl Answer {
    /// The reply to `question`.
    pub(super) fn new(site: &Site, t: &Texts, question: String, reply: Reply) -> Self {
        let numbers = if reply.verdict == Verdict::Emergency {
            Numbers::Emergency
        } else {
            Numbers::Phones
        };
        let sources = sources(site, reply.language, &reply.statements);
        let groups = groups(reply.statements, numbers);
        Self {
            question,
            conversation: reply.conversation,
            verdict: reply.verdict.as_str(),
            verdict_text: t.get(&format!("widget-verdict-{}", reply.verdict)),
            groups,
            sources,
            suggestions: reply.suggestions,
        }
    }
}

impl Said {
    /// What is spoken, for a page in `language`.
    pub(super) fn new(site: &Site, language: Language, spoken: Vec<Spoken>) -> Self {
        Self {
            sources: sources(site, language, &spoken),
            groups: groups(spoken, Numbers::Phones),
        }
    }
}

fn groups(statements: Vec<Spoken>, numbers: Numbers) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for spoken in statements {
        let (role, layout, line) = set(spoken, numbers);
        match groups.last_mut() {
            Some(group) if group.role == role && group.layout == layout && layout != "paragraph" => {
                group.lines.push(line);
            }
            _ => groups.push(Group {
                role,
                layout,
                lines: vec![line],
            }),
        }
    }
    groups
}

fn set(spoken: Spoken, numbers: Numbers) -> (&'static str, &'static str, Line) {
    let role = match spoken.role {
        Role::Lead => "lead",
        Role::Answer => "answer",
        Role::Condition => "condition",
        Role::Notice => "notice",
        Role::Contact => "contact",
    };
    let (layout, term, text) = match spoken.layout {
        Layout::Paragraph => ("paragraph", String::new(), spoken.text),
        Layout::Heading => ("heading", String::new(), spoken.text),
        Layout::Item => ("items", String::new(), spoken.text),
        Layout::Step => ("steps", String::new(), spoken.text),
        Layout::Row => match split_term(&spoken.text) {
            Some((term, text)) => ("rows", term.to_owned(), text.to_owned()),
            None => ("items", String::new(), spoken.text),
        },
    };
    (
        role,
        layout,
        Line {
            language: spoken.language,
            term,
            text: pieces(&text, numbers),
        },
    )
}

/// A row's label and its cells; the separators that readers of tables and definitions write.
pub(super) fn split_term(row: &str) -> Option<(&str, &str)> {
    row.split_once(" — ")
        .or_else(|| row.split_once("\u{a0}: "))
        .or_else(|| row.split_once(" : "))
}

fn sources(site: &Site, language: Language, statements: &[Spoken]) -> Vec<SourceView> {
    let mut documents = Vec::new();
    let mut sources = Vec::new();
    for source in statements.iter().flat_map(|spoken| &spoken.sources) {
        if !documents.contains(&&source.document) {
            documents.push(&source.document);
            sources.push(SourceView {
                title: source.title.clone(),
                url: crate::links::to(&site.key, source),
                publisher: source.publisher.clone(),
                approved_on_text: crate::links::day(source.approved_on, language),
                trusted: source.trusted,
            });
        }
    }
    sources
}
