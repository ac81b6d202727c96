//! All SQL, migrations and the job queue, on SQLite and PostgreSQL.
//!
//! One writer groups writes into shared transactions; readers see what was committed. The clock is a parameter.

mod connect;
mod conversation;
mod drafts;
mod energy;
mod error;
mod evidence;
mod job;
mod publication;
mod purge;
mod review;
mod site;
mod sms;
mod source;
mod transcript;
mod writer;

pub use connect::Target;
pub use conversation::{
    ConversationCode, Feedback, IdempotencyKey, InvalidCode, NewTurn, Opinion, StoredTurn, TurnId,
};
pub use drafts::{Outcome, Saved};
pub use energy::{Answers, ModelShare};
pub use error::StoreError;
pub use evidence::{ExpiredDocument, Snapshot};
pub use job::{ClaimedJob, Job, JobState, JobStatus};
pub use publication::Publication;
pub use purge::Purged;
pub use review::{AuditEntry, RevisionFilter, RevisionSummary};
pub use sms::{
    About, ClaimedPieces, Encoding, InboundId, InboundMessage, Link, NewInbound, NewLink, NewOutbound,
    NewPiece, Piece, PieceReceipt, PieceState, Place, Policy, QueueDepth, ReceiptMatch, ReceiptState,
    Received, Reply, Resolved, Rest, SenderChange, SenderHash, SenderState, Settled, TextHash,
};
pub use source::Source;

use chrono::{DateTime, Utc};
use connect::Backend;
use error::during;
use futures::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection};
use std::fmt;
use std::sync::Arc;
use tempfile::TempDir;
use transcript::InstallationKey;
use writer::{Durability, Writer};

/// The database of an installation. Cloning it is cheap; all clones share one writer and one pool of readers.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    inner: Arc<Inner>,
}

struct Inner {
    backend: Backend,
    readers: AnyPool,
    installation_key: InstallationKey,
    _folder: Option<TempDir>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("kind", &self.inner.backend.kind)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database, making or upgrading its tables. `installation_key` opens the transcripts: kept beside
    /// the database, never in it.
    ///
    /// # Errors
    /// When it cannot be reached, is damaged, or was made by a newer version.
    pub async fn open(target: &Target, installation_key: [u8; 32]) -> Result<Self, StoreError> {
        let (backend, folder) = Backend::of(target)?;
        let mut connection = backend.connect().await.map_err(during("opening the database"))?;
        backend.migrate(&mut connection).await?;
        let readers = backend.readers().await.map_err(during("opening the database"))?;
        let writer = Writer::start(backend.clone(), connection);
        let installation_key = InstallationKey::new(installation_key);
        Ok(Self {
            writer,
            inner: Arc::new(Inner {
                backend,
                readers,
                installation_key,
                _folder: folder,
            }),
        })
    }

    /// Finishes the writes under way and closes every connection; later calls answer [`StoreError::Closed`].
    pub async fn close(&self) {
        self.inner.readers.close().await;
        self.writer.close().await;
    }

    /// Looks for damage: one line for each thing found. Reads the whole SQLite file; PostgreSQL checks its own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        let doing = "checking the database";
        if !self.inner.backend.is_sqlite() {
            return Ok(Vec::new());
        }
        let mut reader = self.reader(doing).await?;
        let integrity: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check")
            .fetch_all(&mut *reader)
            .await
            .map_err(during(doing))?;
        let orphans: Vec<(String, Option<i64>, String, i64)> = sqlx::query_as("PRAGMA foreign_key_check")
            .fetch_all(&mut *reader)
            .await
            .map_err(during(doing))?;
        let damage = integrity
            .into_iter()
            .map(|(line,)| line)
            .filter(|line| line != "ok");
        let orphans = orphans.into_iter().map(|(table, row, parent, _)| {
            format!(
                "row {} of {table} points at a missing row of {parent}",
                row.unwrap_or_default()
            )
        });
        Ok(damage.chain(orphans).collect())
    }

    async fn reader(&self, doing: &'static str) -> Result<PoolConnection<Any>, StoreError> {
        self.inner.readers.acquire().await.map_err(during(doing))
    }

    async fn write<T, F>(&self, durability: Durability, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.writer.write(durability, work).await
    }

    // Folds SQLite's log into the file and empties it, so that nothing deleted stays readable in it.
    async fn truncate_log(&self) -> Result<(), StoreError> {
        let doing = "emptying the database's log";
        if !self.inner.backend.is_sqlite() {
            return Ok(());
        }
        let mut connection = self.inner.backend.connect().await.map_err(during(doing))?;
        // While it waits for a long read, nobody writes: residents come first, the next purge tries again.
        sqlx::query("PRAGMA busy_timeout = 1000")
            .execute(&mut connection)
            .await
            .map_err(during(doing))?;
        // A page at a time per step: the rows must be fetched for the pages to be given back.
        sqlx::query("PRAGMA incremental_vacuum")
            .fetch_all(&mut connection)
            .await
            .map_err(during(doing))?;
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut connection)
            .await
            .map_err(during(doing))?;
        connection.close().await.map_err(during(doing))?;
        if busy != 0 {
            let detail = "a long read holds it".to_owned();
            return Err(StoreError::Unavailable { doing, detail });
        }
        Ok(())
    }
}

fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn instant(millis: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(millis)
        .ok_or_else(|| error::corrupt("reading an instant", "an instant", &millis))
}

// "$3, $4, $5": `count` placeholders, the first numbered `first`.
fn placeholders(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ")
}

// Lists of ids are filled up to a power of two with their last one, so that few statements need preparing.
fn padded(ids: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.into_iter().collect();
    if let Some(&last) = ids.last() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}
