//! Rows of an exam's corpus: JSON lines `{"id", "title", "text", "url"?, "theme"?, "keywords"?}`.
//!
//! Other keys are passed over: a corpus carries what its makers needed. The text is read as text
//! without marks; an empty title stays empty.

use crate::flow::{self, Flow};
use crate::{Context, File, Place, Reason, Refused, plain_text};
use domain::document::{DocumentKind, Draft};
use serde::Deserialize;

/// Name and version of this reader.
const EXTRACTOR: &str = "corpus/1";

#[derive(Deserialize)]
struct Row {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
}

/// Reads one row; `name` is the corpus file and `line` the row's line in it, from 1, both for errors.
///
/// # Errors
/// When the row is not JSON with an id and a text, or holds no text.
pub fn read_row(name: &str, line: usize, row: &str, context: &Context) -> Result<Draft, Refused> {
    let file = File {
        name,
        text: row,
        context,
    };
    let at_line = |refused: Refused| Refused {
        place: Place::Line(line),
        ..refused
    };
    let row: Row = serde_json::from_str(row).map_err(|error| {
        let detail = error.to_string();
        file.refuse(
            Place::Line(line),
            Reason::Malformed {
                format: "JSON",
                detail,
            },
        )
    })?;
    let mut flow = Flow::default();
    plain_text::write(&row.text, &mut flow);
    let mut content = flow.finish(EXTRACTOR);
    content.title = domain::text::fold_white_space(&row.title);
    content.url = row.url;
    content.keywords = row
        .keywords
        .into_iter()
        .chain(row.theme)
        .filter(|k| !k.trim().is_empty())
        .collect();
    flow::draft(&file, &row.id, DocumentKind::Page, content).map_err(at_line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support;

    #[test]
    fn a_row_becomes_a_draft_and_an_unknown_key_is_passed_over() {
        let context = test_support::file("", "").context;
        let row = r#"{"id":"F1","title":"","text":"Un paragraphe.\nUn autre.","theme":"Argent","set":"x"}"#;
        let draft = read_row("corpus.jsonl", 1, row, context).unwrap();
        assert_eq!(draft.content.text.as_str(), "Un paragraphe.\nUn autre.");
        assert_eq!(draft.content.keywords, ["Argent"]);
        assert_eq!(
            read_row("corpus.jsonl", 7, "{}", context).unwrap_err().place,
            Place::Line(7)
        );
    }
}
