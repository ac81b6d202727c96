//! A reply: statements spoken, with their sources, as channels render them.

use crate::speak::Speaker;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::answer::{Answer, Verdict};
use domain::language::Language;
use domain::phrase::Phrase;
use domain::published::Citation;
use domain::statement::{Layout, Proof, Role, Statement};
use domain::text::Span;
use serde::{Deserialize, Serialize};

/// What proves a spoken statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An exact span of a published revision.
    Quoted,
    /// A computation on fields of published revisions.
    Computed,
    /// A phrase of ours.
    Fixed,
    /// A model's words on quotes.
    Reworded,
    /// A model's translation of a quote.
    Translated,
}

/// Where a spoken statement comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The document's name within its source.
    pub document: String,
    /// The revision.
    pub revision: i64,
    /// The document's title.
    pub title: String,
    /// The document's own page, without fragment; none where Parvis serves it.
    pub url: Option<String>,
    /// The span in the revision's text.
    pub span: Span,
    /// The exact words there; none for a field that only machines read.
    pub quote: Option<String>,
    /// Who publishes it.
    pub publisher: String,
    /// The day of its approval, in the site's time zone.
    pub approved_on: NaiveDate,
    /// Whether its source is trusted, rather than each page reviewed.
    pub trusted: bool,
}

/// A statement in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// What it is for.
    pub role: Role,
    /// What proves it.
    pub kind: Kind,
    /// How it is set.
    pub layout: Layout,
    /// Its words.
    pub text: String,
    /// Their language.
    pub language: String,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

/// The answer to one question, ready to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Names the answer: 32 hexadecimal digits.
    pub id: String,
    /// Opens the conversation; keep it out of logs and URLs.
    pub conversation: String,
    /// When the conversation is forgotten.
    pub expires_at: DateTime<Utc>,
    /// What the answer amounts to.
    pub verdict: Verdict,
    /// The calibrated probability that it answers.
    pub confidence: f32,
    /// The language of our own words.
    pub language: Language,
    /// What is said, in order.
    pub statements: Vec<Spoken>,
    /// What could be asked next.
    pub suggestions: Vec<String>,
}

impl Reply {
    /// What is said, a statement a line: what budgets count and exams look into.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self
            .statements
            .iter()
            .map(|statement| statement.text.as_str())
            .collect();
        lines.join("\n")
    }
}

/// Says, to a resident who may not read French, what the French extracts of an answer are.
pub(crate) fn introduce(answer: &mut Answer) {
    let is_quoted = |statement: &Statement| {
        matches!(statement.proof(), Proof::Quoted(_)) && statement.role() != Role::Notice
    };
    let Some(first) = answer.statements.iter().position(is_quoted) else {
        return;
    };
    let phrases = match answer.verdict {
        Verdict::Elsewhere => vec![Phrase::Elsewhere, Phrase::ExtractsInFrench],
        _ => vec![Phrase::ExtractsInFrench],
    };
    let leads = phrases
        .into_iter()
        .map(|phrase| Statement::fixed(phrase, Role::Lead));
    answer.statements.splice(first..first, leads);
}

/// Speaks one statement.
pub(crate) fn spoken(
    statement: &Statement,
    speaker: &Speaker<'_>,
    language: Language,
    timezone: Tz,
) -> Spoken {
    let kind = match statement.proof() {
        Proof::Quoted(_) => Kind::Quoted,
        Proof::Computed(_) => Kind::Computed,
        Proof::Fixed(_) => Kind::Fixed,
        Proof::Reworded(_) => Kind::Reworded,
        Proof::Translated(_) => Kind::Translated,
    };
    let quote = match statement.proof() {
        Proof::Quoted(quote) => Some(quote.text()),
        _ => None,
    };
    Spoken {
        role: statement.role(),
        kind,
        layout: statement.layout(),
        text: speaker.statement(statement),
        language: match kind {
            Kind::Quoted => "fr".to_owned(),
            _ => language.tag().to_owned(),
        },
        sources: statement
            .citations()
            .into_iter()
            .map(|citation| source(citation, quote, timezone))
            .collect(),
    }
}

fn source(citation: Citation, quote: Option<&str>, timezone: Tz) -> Source {
    Source {
        document: citation.external_id.as_str().to_owned(),
        revision: citation.revision.0,
        title: citation.title,
        url: citation.url,
        span: citation.span,
        quote: quote.map(str::to_owned),
        publisher: citation.source,
        approved_on: citation.approved_at.with_timezone(&timezone).date_naive(),
        trusted: citation.trusted,
    }
}

/// How many words at each end of a long quote are enough to find it.
const FRAGMENT_WORDS: usize = 5;

/// The `:~:text=` fragment directive that makes a browser highlight `quote` (WICG "Text Fragments").
///
/// A long quote is named by its first and last words. Reserved characters are percent-encoded.
#[must_use]
pub fn text_fragment(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let encoded = |words: &[&str]| percent_encode(&words.join(" "));
    if words.len() <= 2 * FRAGMENT_WORDS {
        return format!(":~:text={}", encoded(&words));
    }
    let (first, last) = (&words[..FRAGMENT_WORDS], &words[words.len() - FRAGMENT_WORDS..]);
    format!(":~:text={},{}", encoded(first), encoded(last))
}

fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fragment_encodes_what_the_directive_reserves() {
        assert_eq!(
            text_fragment("de 9 h, à 12-13 h"),
            ":~:text=de%209%20h%2C%20%C3%A0%2012%2D13%20h"
        );
        let long = "un deux trois quatre cinq six sept huit neuf dix onze";
        assert_eq!(
            text_fragment(long),
            ":~:text=un%20deux%20trois%20quatre%20cinq,sept%20huit%20neuf%20dix%20onze"
        );
    }
}
