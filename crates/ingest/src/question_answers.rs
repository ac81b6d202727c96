//! Questions with their answers: JSON lines `{"question", "answer", "id"?, "url"?}`, a document each.
//!
//! Without an id, the question itself names the document, so that lines may move in the file. The
//! answer is read as text without marks. A key that is not known is refused.

use crate::flow::{self, Flow};
use crate::{File, Place, Reason, Refused, plain_text, values};
use domain::document::{DocumentKind, Draft};
use domain::text::{BlockKind, fold_white_space};
use serde::Deserialize;

/// Name and version of this reader.
const EXTRACTOR: &str = "question-answers/1";
/// Longest part of a question that names its document, in characters.
const MAX_SLUG: usize = 120;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    question: String,
    answer: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

pub(crate) fn read(file: File<'_>) -> Vec<Result<Draft, Refused>> {
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            entry(&file, line).map_err(|refused| Refused {
                place: Place::Line(at + 1),
                ..refused
            })
        })
        .collect()
}

fn entry(file: &File<'_>, line: &str) -> Result<Draft, Refused> {
    let refuse = |reason| file.refuse(Place::Whole, reason);
    let entry: Entry = serde_json::from_str(line).map_err(|error| {
        refuse(Reason::Malformed {
            format: "JSON",
            detail: error.to_string(),
        })
    })?;
    let question = fold_white_space(&entry.question);
    if question.is_empty() {
        return Err(refuse(Reason::Missing { key: "question" }));
    }
    if let Some(value) = entry.url.clone().filter(|url| !values::is_web_address(url)) {
        let expected = "a web address starting with https:// or http://";
        return Err(refuse(Reason::InvalidValue {
            key: "url".to_owned(),
            value,
            expected,
        }));
    }
    let mut flow = Flow::default();
    flow.block(BlockKind::Question, &question);
    let question_bytes = flow.len();
    plain_text::write(&entry.answer, &mut flow);
    if flow.len() == question_bytes {
        return Err(refuse(Reason::Missing { key: "answer" }));
    }
    let mut content = flow.finish(EXTRACTOR);
    content.url = entry.url;
    content.questions = vec![question.clone()];
    let id = entry.id.unwrap_or_else(|| slug(&question));
    content.title = question;
    flow::draft(file, &id, DocumentKind::Faq, content)
}

/// Letters and digits in lower case, anything between them as one hyphen.
fn slug(question: &str) -> String {
    let mut slug = String::new();
    for c in question.chars().take(MAX_SLUG) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        question.chars().take(MAX_SLUG).collect()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support;

    fn read_all(text: &str) -> Vec<Result<Draft, Refused>> {
        read(test_support::file("faq.jsonl", text))
    }

    #[test]
    fn a_line_is_a_question_with_its_answer() {
        let drafts = read_all(
            "{\"question\":\"Où jeter le verre ?\",\"answer\":\"Dans la borne.\\nElle est verte.\"}\n",
        );
        let draft = drafts[0].as_ref().unwrap();
        assert_eq!(draft.external_id.as_str(), "où-jeter-le-verre");
        assert_eq!(draft.kind, DocumentKind::Faq);
        assert_eq!(draft.content.questions, ["Où jeter le verre ?"]);
        assert_eq!(draft.content.blocks[0].kind, BlockKind::Question);
        assert_eq!(
            draft.content.text.as_str(),
            "Où jeter le verre ?\nDans la borne.\nElle est verte."
        );
    }

    #[test]
    fn a_bad_line_is_refused_alone() {
        let drafts = read_all(
            "{\"question\":\"A ?\",\"answer\":\"B.\"}\n\n{\"question\":\"C ?\"}\n{\"question\":\"C ?\",\"answer\":\" \"}\n{\"question\":\"C ?\",\"answer\":\"D.\",\"ulr\":\"x\"}\n{\"question\":\"C ?\",\"answer\":\"D.\",\"url\":\"x\"}",
        );
        assert!(drafts[0].is_ok());
        let places: Vec<_> = drafts[1..]
            .iter()
            .map(|d| d.as_ref().unwrap_err().place.clone())
            .collect();
        assert_eq!(
            places,
            [Place::Line(3), Place::Line(4), Place::Line(5), Place::Line(6)]
        );
    }
}
