//! Text without marks: a line is a paragraph, an item or a heading.
//!
//! A line that starts with "- ", "• ", "– ", "* ", "1. " or "1) " is an item. A line of at most 90
//! characters without final punctuation is a heading where an item follows, or a longer line that
//! ends as sentences do. In a file, such a first line is the title.

use crate::flow::{self, Flow};
use crate::{File, Refused};
use domain::document::{DocumentKind, Draft};
use domain::text::BlockKind;

/// Name and version of this reader.
const EXTRACTOR: &str = "text/1";
/// Longer lines are no headings, in characters.
const MAX_HEADING: usize = 90;

pub(crate) fn read(file: File<'_>) -> Result<Draft, Refused> {
    let first = file
        .text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let after = &file.text[file.text.find(first).unwrap_or(0) + first.len()..];
    let next = after.lines().find(|line| !line.trim().is_empty());
    let titled = next.is_some() && looks_like_heading(first) && item(first.trim()).is_none();
    let mut flow = Flow::default();
    write(if titled { after } else { file.text }, &mut flow);
    let mut content = flow.finish(EXTRACTOR);
    if titled {
        content.title = domain::text::fold_white_space(first);
    }
    content.url = file.web_address().map(str::to_owned);
    flow::draft(&file, file.default_id(), DocumentKind::Page, content)
}

/// Writes the blocks of a text.
pub(crate) fn write(text: &str, flow: &mut Flow) {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if let Some((ordered, content)) = item(trimmed) {
            flow.block(BlockKind::Item { ordered, depth: 0 }, content);
        } else if lines.peek().is_some_and(|next| is_heading(trimmed, next.trim())) {
            flow.block(BlockKind::Heading(1), trimmed);
        } else {
            flow.block(BlockKind::Paragraph, trimmed);
        }
    }
}

fn is_heading(line: &str, next: &str) -> bool {
    let leads = item(next).is_some()
        || (next.chars().count() > line.chars().count()
            && next.ends_with(['.', ':', '!', '?', '…', ')', ';']));
    leads && looks_like_heading(line)
}

fn looks_like_heading(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= MAX_HEADING
        && !line.ends_with(['.', ':', ';', ',', '!', '…', ')'])
        && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

/// Whether an item is numbered, and its text.
fn item(line: &str) -> Option<(bool, &str)> {
    for mark in ["- ", "• ", "– ", "* ", "— "] {
        if let Some(content) = line.strip_prefix(mark) {
            return Some((false, content));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let content = line.get(digits..)?.strip_prefix([')', '.'])?;
    ((1..=2).contains(&digits) && content.starts_with(' ')).then(|| (true, content.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support;
    use domain::text::Block;

    #[test]
    fn lines_become_headings_items_and_paragraphs() {
        let text = "Carte d'identité\n\nLa mairie la délivre sur rendez-vous, à la demande de chacun.\nPièces à fournir\n- une photo\n2) un justificatif\nGratuite\nValable\n";
        let draft = read(test_support::file("notes/carte.txt", text)).unwrap();
        assert_eq!(draft.content.title, "Carte d'identité");
        let slice = |b: &Block| (b.kind, draft.content.text.slice(b.span).unwrap());
        let item = |ordered| BlockKind::Item { ordered, depth: 0 };
        assert_eq!(
            draft.content.blocks.iter().map(slice).collect::<Vec<_>>(),
            [
                (
                    BlockKind::Paragraph,
                    "La mairie la délivre sur rendez-vous, à la demande de chacun."
                ),
                (BlockKind::Heading(1), "Pièces à fournir"),
                (item(false), "une photo"),
                (item(true), "un justificatif"),
                (BlockKind::Paragraph, "Gratuite"),
                (BlockKind::Paragraph, "Valable"),
            ]
        );
    }

    #[test]
    fn an_amount_at_the_start_of_a_line_is_no_number_of_an_item() {
        assert_eq!(item("2020. La suite"), None);
        assert_eq!(item("86.50 euros"), None);
    }
}
