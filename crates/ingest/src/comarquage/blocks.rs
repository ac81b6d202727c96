//! The blocks that a fiche becomes: headings said again after cases, the fiche's end, names of bodies.

use super::elements::Element;
use super::{Fiche, WHERE_TO_TURN};
use crate::flow::COLON;
use domain::text::BlockKind;

impl Fiche<'_> {
    /// How many headings and situations are open.
    fn level(&self) -> u8 {
        let open = self.open.iter().filter(|o| o.heading.is_some()).count()
            + usize::from(self.end_section.is_some());
        u8::try_from(open).unwrap_or(u8::MAX)
    }

    pub(super) fn write_heading(&mut self, kind: fn(u8) -> BlockKind, text: String) {
        if text.is_empty() {
            return;
        }
        let kind = kind(self.level().saturating_add(1));
        // A heading of this level ends the cases before it.
        for open in &mut self.open {
            open.cases_ended = false;
        }
        self.flow.block(kind, &text);
        if let Some(parent) = self.open.last_mut() {
            parent.heading = Some((kind, text));
        }
    }

    /// Writes a block, under its heading again where cases came between.
    pub(super) fn write(&mut self, kind: BlockKind, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.head_again();
        self.has_body = true;
        self.flow.block(kind, text);
    }

    fn head_again(&mut self) {
        let Some(at) = self.open.iter().rposition(|o| o.cases_ended) else {
            return;
        };
        // A heading written since, inside, stands above the text already.
        if self.open[at + 1..].iter().any(|o| o.heading.is_some()) {
            return;
        }
        let heading = self.open[at]
            .heading
            .clone()
            .unwrap_or_else(|| (BlockKind::Heading(1), self.title.clone()));
        for open in &mut self.open {
            open.cases_ended = false;
        }
        self.flow.block(heading.0, &heading.1);
    }

    pub(super) fn end_block(&mut self) {
        if self.on_one_line > 0 {
            self.flow.line_break();
            return;
        }
        if self.flow.inline().trim().is_empty() {
            self.flow.take_line();
            return;
        }
        self.head_again();
        self.has_body = true;
        let kind = match self.lists.last() {
            Some(&ordered) => BlockKind::Item {
                ordered,
                depth: u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX),
            },
            None => BlockKind::Paragraph,
        };
        self.flow.end_block(kind);
    }

    /// Says that what follows is no longer under what was just headed.
    pub(super) fn cases_ended(&mut self) {
        if let Some(open) = self
            .open
            .iter_mut()
            .rev()
            .find(|o| o.heading.is_some() || o.element == Element::Publication)
        {
            open.cases_ended = true;
        }
    }

    /// Opens a section of the fiche's end, where the body is over.
    pub(super) fn open_end_section(&mut self, section: &'static str) {
        if self.open.len() == 1 && self.end_section != Some(section) {
            self.describe();
            self.flow.block(BlockKind::Heading(1), section);
            self.end_section = Some(section);
            self.open[0].cases_ended = false;
        }
    }

    /// Says the description where the fiche says nothing itself.
    pub(super) fn describe(&mut self) {
        if !self.has_body {
            let description = std::mem::take(&mut self.description);
            if !self.flow.is_empty() {
                let title = self.title.clone();
                self.flow.block(BlockKind::Heading(1), &title);
            }
            self.write(BlockKind::Paragraph, &description);
        }
    }

    /// A text begins in a body to turn to or a service: its name comes first.
    pub(super) fn announce_parent(&mut self) {
        let parent = self.open.iter().rposition(|o| o.element != Element::Introduction);
        let is_announced = parent.is_none_or(|at| {
            !matches!(self.open[at].element, Element::Address | Element::Service) || self.open[at].announced
        });
        if is_announced {
            return;
        }
        let introduction = (self.open.len() - 1 > parent.unwrap_or(0))
            .then(|| self.open.pop())
            .flatten();
        if matches!(self.open.last(), Some(o) if o.element == Element::Address) {
            self.announce_as_heading();
        } else {
            self.announce();
        }
        self.open.extend(introduction);
    }

    fn announce_as_heading(&mut self) {
        let Some(open) = self.open.last_mut() else { return };
        open.announced = true;
        let (label, url) = (std::mem::take(&mut open.label), std::mem::take(&mut open.url));
        self.write_heading(BlockKind::Heading, label);
        if !url.is_empty() {
            self.write(BlockKind::Paragraph, &url);
        }
    }

    /// Writes the line of the body to turn to, or of the service, that is open last.
    pub(super) fn announce(&mut self) {
        let Some(open) = self.open.last_mut().filter(|o| !o.announced) else {
            return;
        };
        open.announced = true;
        let mut line = std::mem::take(&mut open.label);
        if open.element == Element::Address && !line.is_empty() {
            line = format!("{WHERE_TO_TURN}{COLON}{line}");
        }
        if !open.url.is_empty() && !line.is_empty() {
            line = format!("{line} ({})", open.url);
        }
        self.write(BlockKind::Paragraph, &line);
    }
}
