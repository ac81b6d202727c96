//! The publication log: what the index must apply, in the order of commits.

use crate::error::during;
use crate::{Store, StoreError};
use domain::ids::{CollectionId, DocumentId, RevisionId, Sequence};
use sqlx::AnyConnection;

/// The latest publication or retraction of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Its place in the order of all of them.
    pub sequence: Sequence,
    /// The document.
    pub document: DocumentId,
    /// Its collection.
    pub collection: CollectionId,
    /// What is published now; `None` after a retraction.
    pub revision: Option<RevisionId>,
}

const READING: &str = "reading the publication log";

impl Store {
    /// The last publication or retraction of the installation.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_sequence(&self) -> Result<Sequence, StoreError> {
        let mut reader = self.reader(READING).await?;
        last_sequence(&mut reader).await
    }

    /// What was published or retracted after `after`, oldest first; only the latest of each document.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn publications_after(
        &self,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Publication>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let rows: Vec<(i64, i64, i64, Option<i64>)> = sqlx::query_as(
            "SELECT p.sequence, p.document, s.collection, p.revision FROM publications p
             JOIN documents d ON d.id = p.document JOIN sources s ON s.id = d.source
             WHERE p.sequence > $1 ORDER BY p.sequence LIMIT $2",
        )
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(READING))?;
        Ok(rows
            .into_iter()
            .map(|(sequence, document, collection, revision)| Publication {
                sequence: Sequence(sequence),
                document: DocumentId(document),
                collection: CollectionId(collection),
                revision: revision.map(RevisionId),
            })
            .collect())
    }
}

pub(crate) async fn last_sequence(connection: &mut AnyConnection) -> Result<Sequence, StoreError> {
    let (sequence,): (i64,) = sqlx::query_as("SELECT value FROM counters WHERE name = 'publication'")
        .fetch_one(connection)
        .await
        .map_err(during(READING))?;
    Ok(Sequence(sequence))
}

/// Writes that `document` now shows `revision`, or nothing.
pub(crate) async fn append(
    connection: &mut AnyConnection,
    document: DocumentId,
    revision: Option<RevisionId>,
) -> Result<Sequence, StoreError> {
    let doing = "writing the publication log";
    let (sequence,): (i64,) =
        sqlx::query_as("UPDATE counters SET value = value + 1 WHERE name = 'publication' RETURNING value")
            .fetch_one(&mut *connection)
            .await
            .map_err(during(doing))?;
    sqlx::query(
        "INSERT INTO publications (document, sequence, revision) VALUES ($1, $2, $3)
         ON CONFLICT (document) DO UPDATE SET sequence = excluded.sequence, revision = excluded.revision",
    )
    .bind(document.0)
    .bind(sequence)
    .bind(revision.map(|revision| revision.0))
    .execute(connection)
    .await
    .map_err(during(doing))?;
    Ok(Sequence(sequence))
}
