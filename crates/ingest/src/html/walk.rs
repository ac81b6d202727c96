//! Elements to blocks.

use super::surroundings::is_around;
use crate::flow::{self, COLON, Flow};
use crate::table::{Cell, Table};
use domain::text::{BlockKind, fold_white_space};
use ego_tree::NodeRef;
use scraper::{ElementRef, Html, Node};
use url::Url;

/// Writes the blocks of one element.
pub(super) fn write_element(root: ElementRef<'_>, title: &str, site: Option<&Url>) -> Flow {
    let mut flow = Flow::default();
    let mut walk = Walk::new(&mut flow, title, site);
    walk.children(*root);
    walk.end_block();
    flow
}

/// Writes the blocks of a piece of HTML found in another format.
pub(crate) fn write_fragment(html: &str, flow: &mut Flow, site: Option<&Url>) {
    if !crate::values::nesting_is_sane(html) {
        flow.text(html);
        flow.end_block(BlockKind::Paragraph);
        return;
    }
    let fragment = Html::parse_fragment(html);
    if super::depth(&fragment) > crate::MAX_DEPTH {
        flow.text(&fragment.root_element().text().collect::<String>());
        flow.end_block(BlockKind::Paragraph);
        return;
    }
    let mut walk = Walk::new(flow, "", site);
    walk.children(*fragment.root_element());
    walk.end_block();
}

struct Walk<'a> {
    flow: &'a mut Flow,
    title: &'a str,
    site: Option<&'a Url>,
    /// The open lists, true where numbered.
    lists: Vec<bool>,
    /// Terms waiting for their definition.
    terms: Vec<String>,
    /// Whether the block being written is a definition.
    defining: bool,
    /// The level of the last heading.
    level: u8,
}

impl<'a> Walk<'a> {
    fn new(flow: &'a mut Flow, title: &'a str, site: Option<&'a Url>) -> Self {
        Self {
            flow,
            title,
            site,
            lists: Vec::new(),
            terms: Vec::new(),
            defining: false,
            level: 0,
        }
    }

    fn children(&mut self, node: NodeRef<'_, Node>) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.flow.text(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child).filter(|e| !is_around(*e)) {
                        self.element(element);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "h1" => self.heading(element, 1),
            "h2" => self.heading(element, 1),
            "h3" => self.heading(element, 2),
            "h4" => self.heading(element, 3),
            "h5" => self.heading(element, 4),
            "h6" => self.heading(element, 5),
            "summary" => self.summary(element),
            "ul" | "ol" => {
                self.end_block();
                self.lists.push(element.value().name() == "ol");
                self.children(*element);
                self.end_block();
                self.lists.pop();
            }
            "dl" => {
                self.block(element);
                for term in std::mem::take(&mut self.terms) {
                    self.flow.block(BlockKind::Paragraph, &term);
                }
            }
            "dt" => {
                self.end_block();
                self.children(*element);
                let term = self.flow.take_line();
                if !term.is_empty() {
                    self.terms
                        .push(term.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']).to_owned());
                }
            }
            "dd" => {
                self.end_block();
                let terms = std::mem::take(&mut self.terms).join(", ");
                if !terms.is_empty() {
                    self.flow.text(&format!("{terms}{COLON}"));
                    self.defining = true;
                }
                self.block(element);
            }
            "table" => self.table(element),
            "br" => self.flow.line_break(),
            "hr" => self.end_block(),
            "a" => self.link(element),
            "strong" | "b" => {
                let opens_line = self.flow.at_line_start();
                self.children(*element);
                if opens_line {
                    self.flow.end_emphasis();
                }
            }
            "del" | "s" | "strike" => {}
            name if is_inline(name) => self.children(*element),
            _ => {
                self.end_block();
                self.block(element);
            }
        }
    }

    fn block(&mut self, element: ElementRef<'_>) {
        self.children(*element);
        self.end_block();
    }

    fn end_block(&mut self) {
        let kind = match self.lists.last() {
            _ if self.defining && !self.flow.inline().trim().is_empty() => {
                self.defining = false;
                BlockKind::Definition
            }
            Some(&ordered) => BlockKind::Item {
                ordered,
                depth: u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX),
            },
            None => BlockKind::Paragraph,
        };
        self.flow.end_block(kind);
    }

    fn heading(&mut self, element: ElementRef<'_>, level: u8) {
        self.end_block();
        self.children(*element);
        let text = fold_white_space(&self.flow.take_line());
        // The title stands apart; said again at the top, it would only be said twice.
        if self.flow.is_empty() && text == self.title {
            return;
        }
        self.level = level;
        self.flow.block(BlockKind::Heading(level), &text);
    }

    /// What opens when it is clicked: its label heads what it hides.
    fn summary(&mut self, element: ElementRef<'_>) {
        self.end_block();
        self.children(*element);
        let text = fold_white_space(&self.flow.take_line());
        let kind = if text.ends_with('?') {
            BlockKind::Question
        } else {
            BlockKind::Heading(self.level.saturating_add(1))
        };
        self.flow.block(kind, &text);
    }

    fn link(&mut self, element: ElementRef<'_>) {
        let start = self.flow.inline().len();
        self.children(*element);
        let text = self.flow.inline().get(start..).unwrap_or_default();
        let target = element.value().attr("href").unwrap_or_default().trim();
        // Without text of its own a link is an image or a mark, and its target is not said.
        if !text.trim().is_empty()
            && let Some(target) = flow::link_target(target, text, self.site)
        {
            self.flow.text(&target);
        }
    }

    fn table(&mut self, element: ElementRef<'_>) {
        self.end_block();
        let rows = rows(element);
        if is_layout(element, &rows) {
            self.block(element);
            return;
        }
        for caption in element
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|e| e.value().name() == "caption")
        {
            self.block(caption);
        }
        let mut table = Table::default();
        for row in rows {
            let in_head = row
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(|p| p.value().name() == "thead");
            let cells = row
                .children()
                .filter_map(ElementRef::wrap)
                .filter(|e| matches!(e.value().name(), "td" | "th"));
            table.push_row(cells.map(|cell| self.cell(cell, in_head)).collect());
        }
        for line in table.into_lines() {
            self.flow.block(BlockKind::Row, &line);
        }
    }

    fn cell(&self, element: ElementRef<'_>, in_head: bool) -> Cell {
        let mut flow = Flow::default();
        let mut walk = Walk::new(&mut flow, "", self.site);
        walk.children(*element);
        walk.end_block();
        let content = flow.finish("");
        let mut text = String::new();
        for line in content.text.as_str().lines() {
            if !text.is_empty() {
                text.push_str(if text.ends_with(|c: char| ".,;:!?".contains(c)) {
                    " "
                } else {
                    ", "
                });
            }
            text.push_str(line);
        }
        let span = |name| {
            element
                .value()
                .attr(name)
                .and_then(|v| v.trim().parse().ok())
                .unwrap_or(1)
        };
        let heading = in_head || element.value().name() == "th";
        Cell {
            text,
            columns: span("colspan"),
            rows: span("rowspan"),
            heading,
        }
    }
}

/// The table's own rows, not those of a table inside it.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut rows = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => {
                rows.extend(child.child_elements().filter(|e| e.value().name() == "tr"));
            }
            _ => {}
        }
    }
    rows
}

/// Whether a table only places things on the page.
fn is_layout(table: ElementRef<'_>, rows: &[ElementRef<'_>]) -> bool {
    if matches!(table.value().attr("role"), Some("presentation" | "none")) {
        return true;
    }
    let mut has_heading_cell = false;
    let mut widest = 0;
    for row in rows {
        let cells: Vec<_> = row.child_elements().collect();
        widest = widest.max(cells.len());
        has_heading_cell |= cells.iter().any(|c| c.value().name() == "th");
    }
    let holds_blocks = table.descendants().skip(1).filter_map(ElementRef::wrap).any(|e| {
        matches!(
            e.value().name(),
            "table" | "h1" | "h2" | "h3" | "h4" | "section" | "article"
        )
    });
    !has_heading_cell && (widest < 2 || holds_blocks)
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "em"
            | "i"
            | "u"
            | "small"
            | "mark"
            | "abbr"
            | "acronym"
            | "cite"
            | "q"
            | "code"
            | "kbd"
            | "samp"
            | "var"
            | "sub"
            | "sup"
            | "time"
            | "data"
            | "bdi"
            | "bdo"
            | "font"
            | "ins"
            | "label"
            | "wbr"
            | "tt"
            | "big"
            | "dfn"
            | "nobr"
            | "html"
    )
}
