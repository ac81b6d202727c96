//! What may be quoted: published revisions, and the passages and quotes that only they give.

use crate::document::{Content, DocumentKind};
use crate::ids::{CollectionId, DocumentId, ExternalId, RevisionId};
use crate::life::{Approval, Life, State};
use crate::passage::{self, PassageSpec};
use crate::text::Span;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use std::sync::Arc;

/// A revision as the store reads it, in whatever state it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRecord {
    /// The revision.
    pub id: RevisionId,
    /// Its document.
    pub document: DocumentId,
    /// The document's collection.
    pub collection: CollectionId,
    /// The document's name within its source.
    pub external_id: ExternalId,
    /// What the document is.
    pub kind: DocumentKind,
    /// The source's name, as residents read it in citations.
    pub source: String,
    /// Where the revision stands in its life.
    pub life: Life,
    /// What it says.
    pub content: Content,
}

/// Why a revision may not be quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotQuotable {
    /// It is not published.
    #[error("revision {0} is {1}, not published")]
    NotPublished(RevisionId, State),
    /// Its validity begins later.
    #[error("revision {0} is valid from {1} on")]
    NotYetValid(RevisionId, NaiveDate),
    /// Its validity is over.
    #[error("revision {0} was valid until {1}")]
    Expired(RevisionId, NaiveDate),
}

/// A published revision, valid at the instant at which it was admitted.
///
/// [`PublishedRevision::admit`] is the only way to one; it has no `Deserialize`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRevision {
    record: RevisionRecord,
    approved_at: DateTime<Utc>,
    trusted: bool,
}

impl PublishedRevision {
    /// Admits a revision that is published and valid on the day of `at`, in `at`'s time zone.
    ///
    /// # Errors
    /// When it is in another state, or the day lies outside its validity.
    pub fn admit(record: RevisionRecord, at: &DateTime<Tz>) -> Result<Self, NotQuotable> {
        let Life::Published { approval, .. } = &record.life else {
            return Err(NotQuotable::NotPublished(record.id, record.life.state()));
        };
        let (approved_at, trusted) = match approval {
            Approval::Reviewed(act) => (act.at, false),
            // The declaration covers what comes later; the day that residents see is the publication's.
            Approval::TrustedSource(_) => (record.life.author().at, true),
        };
        let day = at.date_naive();
        let validity = record.content.validity;
        match (validity.from, validity.until) {
            (Some(from), _) if day < from => Err(NotQuotable::NotYetValid(record.id, from)),
            (_, Some(until)) if until < day => Err(NotQuotable::Expired(record.id, until)),
            _ => Ok(Self {
                record,
                approved_at,
                trusted,
            }),
        }
    }

    /// The revision.
    #[must_use]
    pub fn id(&self) -> RevisionId {
        self.record.id
    }

    /// Its document.
    #[must_use]
    pub fn document(&self) -> DocumentId {
        self.record.document
    }

    /// The document's name within its source.
    #[must_use]
    pub fn external_id(&self) -> &ExternalId {
        &self.record.external_id
    }

    /// The document's collection.
    #[must_use]
    pub fn collection(&self) -> CollectionId {
        self.record.collection
    }

    /// What the document is.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        self.record.kind
    }

    /// What it says.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.record.content
    }

    /// The passages of this revision, in order.
    #[must_use]
    pub fn passages(self: &Arc<Self>) -> Vec<PublishedPassage> {
        let content = self.content();
        passage::split(&content.text, &content.blocks)
            .into_iter()
            .map(|spec| PublishedPassage {
                revision: Arc::clone(self),
                spec,
            })
            .collect()
    }

    /// The exact text at `span`, with its citation; `None` where the span does not fit the text.
    #[must_use]
    pub fn quote(&self, span: Span) -> Option<Quote> {
        let text = self.content().text.slice(span)?;
        if text.trim().is_empty() {
            return None;
        }
        Some(Quote {
            text: text.to_owned(),
            citation: self.cite(span),
        })
    }

    /// Where `span` stands, and on whose authority.
    #[must_use]
    pub fn cite(&self, span: Span) -> Citation {
        let content = self.content();
        Citation {
            document: self.record.document,
            revision: self.record.id,
            external_id: self.record.external_id.clone(),
            span,
            title: content.title.clone(),
            url: content.url.clone(),
            source: self.record.source.clone(),
            approved_at: self.approved_at,
            trusted: self.trusted,
        }
    }
}

/// A passage of a published revision: the unit that search finds and answers draw from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPassage {
    revision: Arc<PublishedRevision>,
    spec: PassageSpec,
}

impl PublishedPassage {
    /// The revision that it is a passage of.
    #[must_use]
    pub fn revision(&self) -> &Arc<PublishedRevision> {
        &self.revision
    }

    /// Its blocks, headings and questions.
    #[must_use]
    pub fn spec(&self) -> &PassageSpec {
        &self.spec
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.revision
            .content()
            .text
            .slice(self.spec.span)
            .unwrap_or_default()
    }
}

/// Where a quote stands: document, revision, exact span, approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The document.
    pub document: DocumentId,
    /// The revision.
    pub revision: RevisionId,
    /// The document's name within its source.
    pub external_id: ExternalId,
    /// The span in the revision's canonical text.
    pub span: Span,
    /// The document's title.
    pub title: String,
    /// The document's own page; without one, Parvis serves it.
    pub url: Option<String>,
    /// The source's name.
    pub source: String,
    /// When the revision was approved; for a trusted source, when it was published.
    pub approved_at: DateTime<Utc>,
    /// Whether it comes from a source declared trusted rather than from a review.
    pub trusted: bool,
}

/// An exact slice of a published revision, with its citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    text: String,
    citation: Citation,
}

impl Quote {
    /// The quoted words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where they stand.
    #[must_use]
    pub fn citation(&self) -> &Citation {
        &self.citation
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::Validity;
    use crate::life::{Act, Ending, Person};
    use crate::text::{BlockKind, TextBuilder};
    use chrono::TimeZone;
    use chrono_tz::Europe::Paris;
    use proptest::prelude::*;

    pub(crate) fn instant(day: u32, hour: u32) -> DateTime<Tz> {
        Paris.with_ymd_and_hms(2026, 3, day, hour, 0, 0).unwrap()
    }

    pub(crate) fn record(
        life: Life,
        validity: Validity,
        build: impl FnOnce(&mut TextBuilder),
    ) -> RevisionRecord {
        let mut builder = TextBuilder::new();
        build(&mut builder);
        let (text, blocks) = builder.finish();
        RevisionRecord {
            id: RevisionId(7),
            document: DocumentId(3),
            collection: CollectionId(1),
            external_id: ExternalId::new("piscine").unwrap(),
            kind: DocumentKind::Page,
            source: "Ville".into(),
            life,
            content: Content {
                title: "Piscine".into(),
                url: None,
                language: "fr".into(),
                text,
                blocks,
                fields: vec![],
                questions: vec![],
                keywords: vec![],
                audience: None,
                validity,
                owner: None,
                modified: None,
                extractor: "test/1".into(),
            },
        }
    }

    pub(crate) fn published() -> Life {
        let act = |name| Act {
            by: Person::new(name).unwrap(),
            at: instant(1, 9).to_utc(),
        };
        Life::Published {
            author: act("Ana"),
            approval: Approval::Reviewed(act("Bob")),
            published: act("Bob"),
        }
    }

    #[test]
    fn only_a_published_revision_is_admitted() {
        let author = Act {
            by: Person::new("Ana").unwrap(),
            at: instant(1, 9).to_utc(),
        };
        let draft = record(Life::draft(author), Validity::default(), |_| ());
        assert_eq!(
            PublishedRevision::admit(draft, &instant(18, 10)).unwrap_err(),
            NotQuotable::NotPublished(RevisionId(7), State::Draft)
        );
        let live = record(published(), Validity::default(), |_| ());
        assert!(PublishedRevision::admit(live, &instant(18, 10)).is_ok());
    }

    #[test]
    fn in_every_other_state_of_its_life_it_is_refused() {
        let act = |name| Act {
            by: Person::new(name).unwrap(),
            at: instant(1, 9).to_utc(),
        };
        let (author, approval) = (act("Ana"), Approval::Reviewed(act("Bob")));
        let ending = || Ending {
            act: act("Bob"),
            why: "faux".into(),
        };
        let lives = [
            Life::draft(author.clone()),
            Life::Submitted {
                author: author.clone(),
                submitted: act("Ana"),
            },
            Life::Approved {
                author: author.clone(),
                approval: approval.clone(),
            },
            Life::Retired {
                author: author.clone(),
                approval,
                published: act("Bob"),
                retired: ending(),
            },
            Life::Rejected {
                author,
                rejected: ending(),
            },
        ];
        assert_eq!(lives.len() + 1, State::ALL.len());
        for life in lives {
            let state = life.state();
            assert_eq!(
                PublishedRevision::admit(record(life, Validity::default(), |_| ()), &instant(18, 10)),
                Err(NotQuotable::NotPublished(RevisionId(7), state))
            );
        }
    }

    #[test]
    fn a_citation_tells_a_review_from_a_trusted_source() {
        let by = |name, day| Act {
            by: Person::new(name).unwrap(),
            at: instant(day, 9).to_utc(),
        };
        let cited = |life| {
            let record = record(life, Validity::default(), |_| ());
            let citation = PublishedRevision::admit(record, &instant(18, 10))
                .unwrap()
                .cite(Span::new(0, 0));
            (citation.trusted, citation.approved_at)
        };
        assert_eq!(cited(published()), (false, instant(1, 9).to_utc()));
        let trusted = Life::trusted(by("Ana", 5), by("Bob", 1));
        assert_eq!(cited(trusted), (true, instant(5, 9).to_utc()));
    }

    #[test]
    fn validity_covers_both_its_days_in_the_towns_time_zone() {
        let validity = Validity {
            from: NaiveDate::from_ymd_opt(2026, 3, 10),
            until: NaiveDate::from_ymd_opt(2026, 3, 12),
            review_by: None,
        };
        let admitted = |day, hour| {
            PublishedRevision::admit(record(published(), validity, |_| ()), &instant(day, hour)).is_ok()
        };
        assert!(!admitted(9, 23));
        assert!(admitted(10, 0));
        assert!(admitted(12, 23));
        assert!(!admitted(13, 0));
    }

    proptest! {
        #[test]
        fn a_quote_always_equals_the_slice_of_its_source(text in "\\PC{0,60}", start in 0usize..80, len in 0usize..80) {
            let rev = PublishedRevision::admit(
                record(published(), Validity::default(), |b| { b.push(BlockKind::Paragraph, &text); }),
                &instant(18, 10),
            ).unwrap();
            let span = Span::new(start, start + len);
            match rev.quote(span) {
                Some(quote) => {
                    prop_assert_eq!(Some(quote.text()), rev.content().text.as_str().get(start..start + len));
                    prop_assert_eq!(quote.citation().span, span);
                }
                None => prop_assert!(
                    rev.content().text.slice(span).is_none_or(|t| t.trim().is_empty())
                ),
            }
        }
    }
}
