//! What answers read: published revisions, valid at an instant, several reads on one state of the database.

use crate::error::{corrupt, during};
use crate::publication::last_sequence;
use crate::review::{RecordRow, SELECT_RECORD, record};
use crate::{Store, StoreError, padded, placeholders};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use domain::document::DocumentKind;
use domain::ids::{CollectionId, DocumentId, ExternalId, RevisionId, Sequence, SiteId};
use domain::published::{PublishedRevision, RevisionRecord};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};
use std::collections::HashMap;

/// A read transaction: all its reads see the state at which it began. Keep it for one answer, no longer.
#[derive(Debug)]
pub struct Snapshot {
    transaction: Transaction<'static, Any>,
    sequence: Sequence,
}

/// A document whose published revision is no longer valid: enough to say so, never what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiredDocument {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its last day.
    pub valid_until: NaiveDate,
}

const READING: &str = "reading what is published";

impl Store {
    /// Begins to read: what is committed later stays out of sight.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let begin = self.inner.backend.begin_read();
        let mut transaction = self
            .inner
            .readers
            .begin_with(begin)
            .await
            .map_err(during(READING))?;
        // Both databases take the snapshot at the first read, not at BEGIN.
        let sequence = last_sequence(&mut transaction).await?;
        Ok(Snapshot {
            transaction,
            sequence,
        })
    }
}

impl Snapshot {
    /// The last publication or retraction that this snapshot sees.
    #[must_use]
    pub fn sequence(&self) -> Sequence {
        self.sequence
    }

    /// Those of `revisions` that are published and valid at `at`, in the order given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published(
        &mut self,
        revisions: &[RevisionId],
        at: &DateTime<Tz>,
    ) -> Result<Vec<PublishedRevision>, StoreError> {
        let ids = revisions.iter().map(|id| id.0);
        let records = self.records("r.id", ids, "").await?;
        let mut records: HashMap<_, _> = records.into_iter().map(|record| (record.id, record)).collect();
        Ok(revisions
            .iter()
            .filter_map(|id| admit(records.remove(id)?, at))
            .collect())
    }

    /// The published revisions of those of `documents` that have one valid at `at`, in the order given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published_documents(
        &mut self,
        documents: &[DocumentId],
        at: &DateTime<Tz>,
    ) -> Result<Vec<PublishedRevision>, StoreError> {
        let ids = documents.iter().map(|id| id.0);
        let records = self
            .records("r.document", ids, " AND r.state = 'published'")
            .await?;
        let mut records: HashMap<_, _> = records
            .into_iter()
            .map(|record| (record.document, record))
            .collect();
        Ok(documents
            .iter()
            .filter_map(|id| admit(records.remove(id)?, at))
            .collect())
    }

    /// Those of `revisions` that are published, valid or not: for the index, never for answers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn records_to_index(
        &mut self,
        revisions: &[RevisionId],
    ) -> Result<Vec<RevisionRecord>, StoreError> {
        self.records(
            "r.id",
            revisions.iter().map(|id| id.0),
            " AND r.state = 'published'",
        )
        .await
    }

    /// Everything of these kinds that is published in these collections and valid at `at`, by document.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published_of_kind(
        &mut self,
        collections: &[CollectionId],
        kinds: &[DocumentKind],
        at: &DateTime<Tz>,
    ) -> Result<Vec<PublishedRevision>, StoreError> {
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        // Names of an enum's members, never anybody's text.
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.as_str())).collect();
        let condition = format!(" AND r.state = 'published' AND r.kind IN ({})", kinds.join(", "));
        let records = self
            .records("s.collection", collections.iter().map(|id| id.0), &condition)
            .await?;
        Ok(records
            .into_iter()
            .filter_map(|record| admit(record, at))
            .collect())
    }

    /// What is published in these collections and no longer valid at `at`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn expired(
        &mut self,
        collections: &[CollectionId],
        at: &DateTime<Tz>,
    ) -> Result<Vec<ExpiredDocument>, StoreError> {
        let ids = padded(collections.iter().map(|id| id.0));
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT r.document, r.title, r.valid_until FROM revisions r
             JOIN documents d ON d.id = r.document JOIN sources s ON s.id = d.source
             WHERE r.state = 'published' AND r.valid_until IS NOT NULL AND r.valid_until < $1
             AND s.collection IN ({}) ORDER BY r.document",
            placeholders(2, ids.len())
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(at.date_naive().to_string());
        for id in ids {
            query = query.bind(id);
        }
        let rows: Vec<(i64, String, String)> = query
            .fetch_all(self.connection())
            .await
            .map_err(during(READING))?;
        rows.into_iter()
            .map(|(document, title, day)| {
                let valid_until = day
                    .parse()
                    .map_err(|e| corrupt(READING, "a last day of validity", &e))?;
                Ok(ExpiredDocument {
                    document: DocumentId(document),
                    title,
                    valid_until,
                })
            })
            .collect()
    }

    /// The document of that name that `site` may show at `at`: its own first, then those that it subscribes to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn page(
        &mut self,
        site: SiteId,
        external_id: &ExternalId,
        at: &DateTime<Tz>,
    ) -> Result<Option<PublishedRevision>, StoreError> {
        let sql = format!(
            "{SELECT_RECORD} JOIN collections c ON c.id = s.collection
             LEFT JOIN subscriptions u ON u.collection = c.id AND u.site = $1
             WHERE d.external_id = $2 AND r.state = 'published' AND (c.owner = $1 OR u.site IS NOT NULL)
             ORDER BY CASE WHEN c.owner = $1 THEN 0 ELSE 1 END, d.id"
        );
        let rows: Vec<RecordRow> = sqlx::query_as(AssertSqlSafe(sql))
            .bind(site.0)
            .bind(external_id.as_str().to_owned())
            .fetch_all(self.connection())
            .await
            .map_err(during(READING))?;
        for row in rows {
            if let Some(revision) = admit(record(row)?, at) {
                return Ok(Some(revision));
            }
        }
        Ok(None)
    }

    // The records whose `column` is one of `ids`, where `condition` holds too.
    async fn records(
        &mut self,
        column: &'static str,
        ids: impl Iterator<Item = i64>,
        condition: &str,
    ) -> Result<Vec<RevisionRecord>, StoreError> {
        let ids = padded(ids);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(1, ids.len());
        let sql = format!("{SELECT_RECORD} WHERE {column} IN ({list}){condition} ORDER BY r.document, r.id");
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id);
        }
        let rows: Vec<RecordRow> = query
            .fetch_all(self.connection())
            .await
            .map_err(during(READING))?;
        rows.into_iter().map(record).collect()
    }

    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

// The only gate to what may be quoted is the domain's.
fn admit(record: RevisionRecord, at: &DateTime<Tz>) -> Option<PublishedRevision> {
    PublishedRevision::admit(record, at).ok()
}
