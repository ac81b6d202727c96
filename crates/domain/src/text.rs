//! Canonical text and the spans into it.

use serde::{Deserialize, Serialize};

/// The text of a revision as its extractor left it: what spans point into, never changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CanonicalText(String);

/// A half-open range of bytes into one canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to `end`; an end before the start gives an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same span, `offset` bytes further.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self {
            start: self.start + offset,
            end: self.end + offset,
        }
    }
}

impl CanonicalText {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slice at `span`, or `None` where the span leaves the text or cuts a character.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.0.get(span.start..span.end)
    }
}

/// What a block of text is in the structure of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; 1 is the highest level below the title.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item; `ordered` where the order is part of the meaning.
    Item {
        /// Whether the list is numbered.
        ordered: bool,
        /// 0 for the outer list.
        depth: u8,
    },
    /// A table's row: "row label — column heading : cell ; column heading : cell".
    Row,
    /// A term and its definition: "term : definition".
    Definition,
    /// A question that the following blocks answer, up to the next question or heading.
    Question,
    /// A situation ("you are under 18") that conditions the blocks under it; the level nests like headings.
    Situation(u8),
    /// A field for machines (opening hours in OSM syntax, an event's start): computed on, never quoted.
    Field,
}

/// One block of a canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// Builds a canonical text block by block, so that every span is right by construction.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    blocks: Vec<Block>,
}

impl TextBuilder {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a block on a line of its own, white space folded; an empty one is passed over (`None`).
    pub fn push(&mut self, kind: BlockKind, content: &str) -> Option<Span> {
        let folded = fold_white_space(content);
        if folded.is_empty() {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(&folded);
        let span = Span::new(start, self.text.len());
        self.blocks.push(Block { kind, span });
        Some(span)
    }

    /// Length in bytes of what was built so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was built yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text and its blocks.
    #[must_use]
    pub fn finish(self) -> (CanonicalText, Vec<Block>) {
        (CanonicalText::new(self.text), self.blocks)
    }
}

/// Folds runs of white space into one space, keeping no-break spaces as they are and dropping control characters.
#[must_use]
pub fn fold_white_space(content: &str) -> String {
    let mut folded = String::with_capacity(content.len());
    let mut pending = false;
    for c in content.chars() {
        let breaking = c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
        if breaking {
            pending = !folded.is_empty();
        } else if !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
            if pending {
                folded.push(' ');
                pending = false;
            }
            folded.push(c);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slice_outside_the_text_or_through_a_character_is_refused() {
        let text = CanonicalText::new("été");
        assert_eq!(text.slice(Span::new(0, 2)), Some("é"));
        assert_eq!(text.slice(Span::new(0, 1)), None);
        assert_eq!(text.slice(Span::new(0, 99)), None);
    }

    proptest! {
        #[test]
        fn every_block_span_is_the_folded_content_that_was_pushed(contents in prop::collection::vec(".{0,40}", 0..20)) {
            let mut builder = TextBuilder::new();
            let spans: Vec<_> = contents.iter().map(|c| builder.push(BlockKind::Paragraph, c)).collect();
            let (text, blocks) = builder.finish();
            prop_assert_eq!(blocks.len(), spans.iter().flatten().count());
            for (content, span) in contents.iter().zip(spans) {
                let folded = fold_white_space(content);
                match span {
                    Some(span) => prop_assert_eq!(text.slice(span), Some(folded.as_str())),
                    None => prop_assert!(folded.is_empty()),
                }
            }
        }
    }
}
