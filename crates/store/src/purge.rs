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
}

impl Store {
    /// Deletes what has expired at `now`, erases the keys of periods that are over, and empties the database's log.
    ///
    /// # Errors
    /// When the database does not answer; what was deleted stays deleted.
    pub async fn purge(&self, now: DateTime<Utc>) -> Result<Purged, StoreError> {
        let purged = self
            .write(Durability::Full, move |connection| {
                Box::pin(async move {
                    let mut deleted = [0; 3];
                    let statements = [
                        "DELETE FROM turns WHERE expires_at <= $1",
                        "DELETE FROM conversations WHERE expires_at <= $1",
                        "DELETE FROM transcript_keys WHERE ends_at <= $1",
                    ];
                    for (statement, deleted) in statements.into_iter().zip(&mut deleted) {
                        let result = sqlx::query(statement)
                            .bind(millis(now))
                            .execute(&mut *connection)
                            .await
                            .map_err(during("purging what has expired"))?;
                        *deleted = result.rows_affected();
                    }
                    let [turns, conversations, keys] = deleted;
                    Ok(Purged {
                        turns,
                        conversations,
                        keys,
                    })
                })
            })
            .await?;
        self.truncate_log().await?;
        Ok(purged)
    }
}
