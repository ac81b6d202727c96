//! A document while it is being written: blocks, fields, and the inline text waiting for its block.

use crate::{File, Place, Reason, Refused};
use domain::document::{Content, DocumentKind, Draft, Field, FieldName, Validity};
use domain::ids::ExternalId;
use domain::text::{Block, BlockKind, CanonicalText, Span, TextBuilder, fold_white_space};

/// Between a label and its value, as French types it.
pub(crate) const COLON: &str = "\u{202f}: ";
/// Between values on one line, as French types it.
pub(crate) const SEMICOLON: &str = "\u{202f}; ";

/// A forced line break within a block: white space, so it folds where it means nothing.
const LINE_BREAK: char = '\u{2028}';
/// The end of an emphasised beginning: white space too.
const TERM_END: char = '\u{2029}';

/// The lines that stand alone: a break inside a sentence only sets type.
fn lines(inline: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, mark) in inline.match_indices(LINE_BREAK) {
        let next = inline[at + mark.len()..].trim_start();
        let stands_alone =
            next.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric() || c.is_ascii_digit());
        if stands_alone && !inline[start..at].trim().is_empty() {
            lines.push(&inline[start..at]);
            start = at + mark.len();
        }
    }
    lines.push(&inline[start..]);
    lines
}

/// Blocks and fields written so far, and inline text not yet in a block.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    builder: TextBuilder,
    fields: Vec<Field>,
    inline: String,
}

impl Flow {
    /// Writes a block; one of no-break spaces alone is no more a text than one of spaces.
    fn push(&mut self, kind: BlockKind, content: &str) -> Option<Span> {
        self.builder.push(kind, fold_white_space(content).trim())
    }

    /// Adds inline text to the block being written.
    pub(crate) fn text(&mut self, text: &str) {
        self.inline.push_str(text);
    }

    /// Breaks the line within the block being written.
    pub(crate) fn line_break(&mut self) {
        self.inline.push(LINE_BREAK);
    }

    /// Says that the text so far of this line was emphasised: a term, if a colon follows.
    pub(crate) fn end_emphasis(&mut self) {
        self.inline.push(TERM_END);
    }

    /// Whether nothing was written on the line yet.
    pub(crate) fn at_line_start(&self) -> bool {
        self.inline
            .trim_end_matches(|c: char| c.is_whitespace() && c != LINE_BREAK)
            .is_empty()
            || self.inline.ends_with(LINE_BREAK)
    }

    /// The inline text waiting for its block.
    pub(crate) fn inline(&self) -> &str {
        &self.inline
    }

    /// Takes the inline text away from its block, on one line.
    pub(crate) fn take_line(&mut self) -> String {
        let inline = std::mem::take(&mut self.inline).replace(TERM_END, "");
        let mut line = String::new();
        for part in lines(&inline) {
            if !line.is_empty() {
                line.push_str(if line.ends_with(|c: char| ".,;:!?".contains(c)) {
                    " "
                } else {
                    ", "
                });
            }
            line.push_str(&fold_white_space(part));
        }
        line
    }

    /// Ends the block being written, if it has any text: a block for each line that stands alone.
    pub(crate) fn end_block(&mut self, kind: BlockKind) {
        let inline = std::mem::take(&mut self.inline);
        if !matches!(kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
            self.push(kind, &inline.replace(TERM_END, ""));
            return;
        }
        for line in lines(&inline) {
            let is_definition = line.split_once(TERM_END).is_some_and(|(term, rest)| {
                let (term, rest) = (term.trim(), rest.trim());
                let defined = rest.strip_prefix(':').is_some_and(|d| !d.trim().is_empty());
                !term.is_empty() && (defined || (term.ends_with(':') && !rest.is_empty()))
            });
            let kind = if is_definition && kind == BlockKind::Paragraph {
                BlockKind::Definition
            } else {
                kind
            };
            self.push(kind, &line.replace(TERM_END, ""));
        }
    }

    /// Writes a whole block.
    pub(crate) fn block(&mut self, kind: BlockKind, content: &str) -> Option<Span> {
        self.push(kind, content)
    }

    /// Writes "Label : value", the field being the value alone.
    pub(crate) fn labelled(&mut self, label: &str, name: FieldName, value: &str) {
        let folded = fold_white_space(value);
        let value = folded.trim();
        if value.is_empty() {
            return;
        }
        if let Some(span) = self
            .builder
            .push(BlockKind::Definition, &format!("{label}{COLON}{value}"))
        {
            self.fields.push(Field {
                name,
                span: Span::new(span.end - value.len(), span.end),
            });
        }
    }

    /// Writes a block of `kind` that is, as a whole, the value of a field.
    pub(crate) fn field(&mut self, kind: BlockKind, name: FieldName, value: &str) {
        if let Some(span) = self.push(kind, value) {
            self.fields.push(Field { name, span });
        }
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.builder.is_empty()
    }

    /// Length in bytes of the blocks written so far.
    pub(crate) fn len(&self) -> usize {
        self.builder.len()
    }

    /// The content, with the rest to be filled in by the reader.
    pub(crate) fn finish(self, extractor: &str) -> Content {
        let (text, blocks): (CanonicalText, Vec<Block>) = self.builder.finish();
        Content {
            title: String::new(),
            url: None,
            language: "fr".to_owned(),
            text,
            blocks,
            fields: self.fields,
            questions: Vec::new(),
            keywords: Vec::new(),
            audience: None,
            validity: Validity::default(),
            owner: None,
            modified: None,
            extractor: extractor.to_owned(),
        }
    }
}

/// Checks a finished content and makes it a draft.
pub(crate) fn draft(
    file: &File<'_>,
    id: &str,
    kind: DocumentKind,
    content: Content,
) -> Result<Draft, Refused> {
    let refuse = |reason: Reason| file.refuse(Place::Whole, reason);
    content.check().map_err(|e| refuse(e.into()))?;
    if content.fields.is_empty() && !content.has_quotable_text() {
        return Err(refuse(Reason::Empty));
    }
    let external_id = ExternalId::new(id).map_err(|e| refuse(e.into()))?;
    Ok(Draft {
        external_id,
        kind,
        content,
    })
}

/// The target of a link, in parentheses, where residents need it and the link's text lacks it.
///
/// A number to call and an address to write to always; a web address only where it leads to another
/// site and is short enough to be read, as `elsewhere` says: links within the site are navigation.
pub(crate) fn link_target(target: &str, text: &str, site: Option<&url::Url>) -> Option<String> {
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    if let Some(phone) = strip_scheme(target, "tel:") {
        let number = digits(phone);
        // "+33 1…" and "01…" are the same number: nine last digits tell.
        let tail = &number[number.len().saturating_sub(9)..];
        return (!tail.is_empty() && !digits(text).contains(tail)).then(|| format!(" ({})", phone.trim()));
    }
    if let Some(address) = strip_scheme(target, "mailto:") {
        let address = address.split('?').next().unwrap_or_default().trim();
        return (address.contains('@') && !text.contains(address)).then(|| format!(" ({address})"));
    }
    let url = url::Url::parse(target)
        .ok()
        .filter(|u| matches!(u.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let elsewhere = site.and_then(url::Url::host_str) != Some(host);
    let named = text.contains(host.trim_start_matches("www."));
    (elsewhere && !named && target.len() <= 80 && url.query().is_none()).then(|| format!(" ({target})"))
}

fn strip_scheme<'a>(target: &'a str, scheme: &str) -> Option<&'a str> {
    target
        .get(..scheme.len())
        .filter(|s| s.eq_ignore_ascii_case(scheme))
        .map(|_| &target[scheme.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_labelled_field_is_the_value_alone() {
        let mut flow = Flow::default();
        flow.labelled("Téléphone", FieldName::Phone, " 01 23  45 67 89 ");
        let content = flow.finish("test/1");
        assert_eq!(content.text.as_str(), "Téléphone\u{202f}: 01 23 45 67 89");
        assert_eq!(content.field(FieldName::Phone), Some("01 23 45 67 89"));
    }

    #[test]
    fn lines_that_stand_alone_are_blocks_and_a_wrapped_sentence_is_one() {
        let mut flow = Flow::default();
        for line in ["Lundi 9 h", "Mardi 10 h", "sauf en août"] {
            flow.text(line);
            flow.line_break();
        }
        flow.end_block(BlockKind::Paragraph);
        assert_eq!(
            flow.finish("test/1").text.as_str(),
            "Lundi 9 h\nMardi 10 h sauf en août"
        );
    }

    #[test]
    fn no_break_spaces_alone_make_no_block() {
        let mut flow = Flow::default();
        flow.text("\u{a0}");
        flow.end_block(BlockKind::Paragraph);
        flow.labelled("Téléphone", FieldName::Phone, "\u{202f}");
        assert!(flow.is_empty());
    }

    #[test]
    fn only_targets_that_residents_need_and_cannot_read_are_kept() {
        let site = url::Url::parse("https://www.ville.example/").ok();
        let kept = |target, text| link_target(target, text, site.as_ref());
        assert_eq!(kept("tel:+33123456789", "01 23 45 67 89"), None);
        assert_eq!(
            kept("tel:3939", "Allo Service Public"),
            Some(" (3939)".to_owned())
        );
        assert_eq!(
            kept("mailto:a@b.fr?subject=x", "écrire"),
            Some(" (a@b.fr)".to_owned())
        );
        assert_eq!(kept("https://www.ville.example/agenda", "l'agenda"), None);
        assert_eq!(
            kept("https://portail.example/", "portail"),
            Some(" (https://portail.example/)".to_owned())
        );
        assert_eq!(kept("/agenda", "l'agenda"), None);
    }
}
