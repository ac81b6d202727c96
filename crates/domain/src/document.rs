//! Documents, their content, and the drafts that importers produce.

use crate::ids::ExternalId;
use crate::text::{Block, BlockKind, CanonicalText, Span};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Information.
    Page,
    /// How to obtain something from an administration.
    Procedure,
    /// Somewhere to go, with hours and a phone.
    Place,
    /// Something that happens at a time.
    Event,
    /// Questions with their answers.
    Faq,
    /// A passing announcement.
    Notice,
    /// A body and what it is competent for.
    Organisation,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Page,
        Self::Procedure,
        Self::Place,
        Self::Event,
        Self::Faq,
        Self::Notice,
        Self::Organisation,
    ];

    /// Its name in files and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Procedure => "procedure",
            Self::Place => "place",
            Self::Event => "event",
            Self::Faq => "faq",
            Self::Notice => "notice",
            Self::Organisation => "organisation",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Whom a document speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Residents.
    Particuliers,
    /// Associations.
    Associations,
    /// Businesses.
    Entreprises,
}

/// The administrative level of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The town.
    Municipal,
    /// The inter-municipal body.
    Intercommunal,
    /// The département.
    Departmental,
    /// The région.
    Regional,
    /// The State.
    State,
    /// Any other body.
    Other,
}

/// What a field holds; the value is the text at the field's span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Opening hours, OpenStreetMap `opening_hours` syntax.
    OpeningHours,
    /// An exceptional closure: "2026-12-24/2027-01-02 reason", both days closed; the reason may be missing.
    Closure,
    /// A sentence of the town about the hours.
    HoursNote,
    /// A postal address on one line.
    Address,
    /// A phone number as the town writes it.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Website,
    /// How people with disabilities get in and around.
    Accessibility,
    /// Another name by which residents call this.
    Alias,
    /// An event's start: RFC 3339 local date-time without offset ("2026-03-28T18:00:00"), or a date.
    Start,
    /// An event's end, like `Start`.
    End,
    /// RFC 5545 RRULE of a recurring event.
    Recurrence,
    /// Where an event takes place.
    Location,
    /// Who organises an event.
    Organiser,
    /// What an event costs.
    Price,
    /// How to book.
    Booking,
    /// The administrative level of an organisation: a [`Level`] in lower case.
    Level,
    /// A subject that an organisation is competent for: "subject" or "subject: term, term".
    Competence,
}

/// A named value of a document, pointing at its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// What it is.
    pub name: FieldName,
    /// Where its value stands in the canonical text.
    pub span: Span,
}

/// The days on which a revision may be quoted, both included, in the site's time zone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// The day by which its owner wants to look at it again; informs, never hides.
    pub review_by: Option<NaiveDate>,
}

impl Validity {
    /// Whether a revision may be quoted on `day`.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What a revision says: immutable once stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The title; empty only where the source gives none.
    pub title: String,
    /// The document's own page, absolute; without one, Parvis serves a page.
    pub url: Option<String>,
    /// BCP 47 primary language ("fr").
    pub language: String,
    /// The text that spans point into.
    pub text: CanonicalText,
    /// Its structure, in order, without overlap.
    pub blocks: Vec<Block>,
    /// Fields, each a span of the text.
    pub fields: Vec<Field>,
    /// Questions that the whole document answers, as residents ask them.
    pub questions: Vec<String>,
    /// Words that residents use and the text lacks; breadcrumb and theme too.
    pub keywords: Vec<String>,
    /// Whom it speaks to, where the source says so.
    pub audience: Option<Audience>,
    /// When it may be quoted.
    pub validity: Validity,
    /// The service that answers for it.
    pub owner: Option<String>,
    /// The day on which the source last changed it, where it says so.
    pub modified: Option<NaiveDate>,
    /// Which extractor made it, with its version ("markdown/1"): a newer one makes a new revision.
    pub extractor: String,
}

impl Content {
    /// SHA-256 of the whole content, extractor included: equal hashes make no new revision.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        // Serialising plain structs into memory cannot fail; an empty hash would only cost a needless revision.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Sha256::digest(&json).into()
    }

    /// The values of the fields called `name`, in order.
    pub fn field_values(&self, name: FieldName) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .filter(move |f| f.name == name)
            .filter_map(|f| self.text.slice(f.span))
    }

    /// The first value of the field called `name`.
    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<&str> {
        self.field_values(name).next()
    }

    /// Checks what every extractor must respect.
    ///
    /// # Errors
    /// When a block or field leaves the text or cuts a character, or blocks overlap or are out of order.
    pub fn check(&self) -> Result<(), MalformedContent> {
        let mut end = 0;
        for block in &self.blocks {
            if block.span.start < end || self.text.slice(block.span).is_none() {
                return Err(MalformedContent {
                    span: block.span,
                    extractor: self.extractor.clone(),
                });
            }
            end = block.span.end;
        }
        for field in &self.fields {
            if self.text.slice(field.span).is_none() {
                return Err(MalformedContent {
                    span: field.span,
                    extractor: self.extractor.clone(),
                });
            }
        }
        Ok(())
    }

    /// Whether any block can be quoted.
    #[must_use]
    pub fn has_quotable_text(&self) -> bool {
        self.blocks.iter().any(|b| {
            !matches!(
                b.kind,
                BlockKind::Heading(_) | BlockKind::Field | BlockKind::Situation(_)
            )
        })
    }
}

/// A content whose structure does not fit its text: a defect of the extractor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("extractor {extractor} made a span ({}..{}) that does not fit its text; report it", span.start, span.end)]
pub struct MalformedContent {
    span: Span,
    extractor: String,
}

/// What an importer makes of one document of a source: not yet anybody's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The document's name within its source.
    pub external_id: ExternalId,
    /// What it is.
    pub kind: DocumentKind,
    /// What it says.
    pub content: Content,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::tests::{published, record};

    #[test]
    fn blocks_and_fields_that_do_not_fit_their_text_are_refused() {
        let check = |blocks: &[(usize, usize)], fields: &[(usize, usize)]| {
            let mut content = record(published(), Validity::default(), |_| ()).content;
            content.text = CanonicalText::new("Été à midi");
            let span = |(start, end): &(usize, usize)| Span::new(*start, *end);
            content.blocks = blocks
                .iter()
                .map(|at| Block {
                    kind: BlockKind::Paragraph,
                    span: span(at),
                })
                .collect();
            content.fields = fields
                .iter()
                .map(|at| Field {
                    name: FieldName::Phone,
                    span: span(at),
                })
                .collect();
            content.check().is_ok()
        };
        assert!(check(&[(0, 5), (6, 13)], &[(6, 8)]));
        assert!(!check(&[(0, 6), (5, 13)], &[]), "blocks overlap");
        assert!(!check(&[(6, 13), (0, 5)], &[]), "blocks are out of order");
        assert!(!check(&[(0, 14)], &[]), "a block leaves the text");
        assert!(!check(&[(1, 5)], &[]), "a block cuts a character");
        assert!(!check(&[(0, 5)], &[(6, 14)]), "a field leaves the text");
        assert!(!check(&[(0, 5)], &[(7, 8)]), "a field cuts a character");
    }
}
