//! The end of retention: what has expired is deleted, and the keys of periods that are over are erased.

use crate::error::during;
use crate::writer::Durability;
use crate::{Store, StoreError, millis};
use chrono::{DateTime, Utc};

/// What a purge deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// Turns, with their feedback and idempotency keys.
    pub turns: u64,
    /// Conversations.
    pub conversations: u64,
    /// Keys: what they sealed cannot be read any more, not even in a copy of the file.
    pub keys: u64,
    /// SMS, in pieces, in and out.
    pub sms: u64,
}

impl Store {
    /// Deletes what has expired at `now`, erases the keys of periods that are over, and empties the database's log.
    ///
    /// # Errors
    /// When the database does not answer; what was deleted stays deleted.
    pub async fn purge(&self, now: DateTime<Utc>) -> Result<Purged, StoreError> {
        // In slices, so that residents' turns need not wait for the whole of it.
        let mut turns = 0;
        loop {
            let deleted = self
                .delete(
                    "DELETE FROM turns WHERE position IN
                     (SELECT position FROM turns WHERE expires_at <= $1 ORDER BY expires_at LIMIT 500)",
                    now,
                )
                .await?;
            turns += deleted;
            if deleted == 0 {
                break;
            }
        }
        let conversations = self
            .delete("DELETE FROM conversations WHERE expires_at <= $1", now)
            .await?;
        let sms = self.purge_sms(now).await?;
        let keys = self
            .delete("DELETE FROM transcript_keys WHERE ends_at <= $1", now)
            .await?;
        self.truncate_log().await?;
        Ok(Purged {
            turns,
            conversations,
            keys,
            sms,
        })
    }

    pub(crate) async fn delete(&self, sql: &'static str, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let deleted = sqlx::query(sql)
                    .bind(millis(now))
                    .execute(connection)
                    .await
                    .map_err(during("purging what has expired"))?;
                Ok(deleted.rows_affected())
            })
        })
        .await
    }
}
