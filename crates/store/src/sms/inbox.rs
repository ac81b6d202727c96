//! The inbox's way out: messages handed to one worker each, senders in turn, to be answered once.

use super::SenderChange;
use super::sender::{SenderHash, hex};
use crate::error::{corrupt, during};
use crate::transcript::{Part, TranscriptKey};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use sqlx::AnyConnection;
use std::fmt;

/// A message's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InboundId(pub(super) i64);

/// A message that this worker holds, to answer it or drop it, until its lease ends.
#[derive(Clone, PartialEq, Eq)]
pub struct InboundMessage {
    /// Its row.
    pub id: InboundId,
    /// The site that is asked.
    pub site: SiteId,
    /// Which gateway brought it.
    pub gateway: String,
    /// The sender's number.
    pub from: String,
    /// The town's number.
    pub to: String,
    /// The sender as this installation knows them.
    pub sender: SenderHash,
    /// What they wrote.
    pub text: String,
    /// Whether parts of it did not come in time.
    pub missing_parts: bool,
    /// When it, or its first part, came.
    pub received_at: DateTime<Utc>,
    /// How many times it was begun, this one included.
    pub attempt: u32,
}

impl fmt::Debug for InboundMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboundMessage")
            .field("id", &self.id)
            .field("site", &self.site)
            .field("gateway", &self.gateway)
            .field("missing_parts", &self.missing_parts)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

const CLAIMING: &str = "claiming an SMS";

// What may be claimed: the whole message, or one whose parts had their time.
const CLAIMABLE: &str = "state = 'waiting' AND (awaits = 0 OR received_at <= $2) AND NOT EXISTS
     (SELECT 1 FROM sms_inbox other WHERE other.state = 'claimed' AND other.sender = sms_inbox.sender)";

impl Store {
    /// Takes the next message to answer until `now + lease`: whole, or as much as came within `parts_wait`. Senders
    /// take turns, and none has two taken at once.
    ///
    /// # Errors
    /// When the installation's key does not fit or the database does not answer.
    pub async fn claim_inbound(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
        parts_wait: TimeDelta,
    ) -> Result<Option<InboundMessage>, StoreError> {
        // Most looks find nothing: they need not disturb the writer.
        let mut reader = self.reader(CLAIMING).await?;
        let (claimable,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM sms_inbox WHERE state = 'claimed' AND lease_until <= $1)
             OR EXISTS (SELECT 1 FROM sms_inbox WHERE {CLAIMABLE}) THEN 1 ELSE 0 END"
        )))
        .bind(millis(now))
        .bind(millis(now - parts_wait))
        .fetch_one(&mut *reader)
        .await
        .map_err(during(CLAIMING))?;
        drop(reader);
        if claimable == 0 {
            return Ok(None);
        }
        let claimed = self
            .write(Durability::Relaxed, move |connection| {
                Box::pin(claim(connection, now, lease, parts_wait))
            })
            .await;
        match claimed {
            Ok(Some(row)) => self.open_inbound(row).await.map(Some),
            Ok(None) => Ok(None),
            // Another node took one of this sender's at the same moment.
            Err(StoreError::Conflict { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts a message away that is due no answer, and erases it; `reason` is counted ("loop", "limit").
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another worker holds it or it is settled already, or when the database does not
    /// answer.
    pub async fn drop_inbound(
        &self,
        message: &InboundMessage,
        reason: &str,
        change: SenderChange,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (claim, reason) = (Claim::of(message), reason.to_owned());
        // Lost in a power cut, it is claimed and dropped once more.
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                claim.settle(connection, ("dropped", Some(reason)), now).await?;
                change.apply(connection, &claim).await
            })
        })
        .await
    }

    /// How many messages were dropped after `since`, by reason.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn dropped_since(
        &self,
        site: SiteId,
        since: DateTime<Utc>,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let doing = "counting dropped SMS";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT reason, COUNT(*) FROM sms_inbox WHERE received_at > $2 AND site = $1 AND reason IS NOT NULL
             GROUP BY reason ORDER BY reason",
        )
        .bind(site.0)
        .bind(millis(since))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        Ok(rows
            .into_iter()
            .map(|(reason, count)| (reason, count.unsigned_abs()))
            .collect())
    }

    async fn open_inbound(&self, row: ClaimedRow) -> Result<InboundMessage, StoreError> {
        let (id, site, period) = (row.0, SiteId(row.1), row.6.as_str());
        let mut reader = self.reader(CLAIMING).await?;
        let key = TranscriptKey::find(&mut reader, &self.inner.installation_key, site, period)
            .await?
            .ok_or(StoreError::WrongKey)?;
        let parts: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "SELECT content_hash, sealed_text FROM sms_inbox_parts
             WHERE message = $1 AND sealed_text IS NOT NULL ORDER BY part",
        )
        .bind(id)
        .fetch_all(&mut *reader)
        .await
        .map_err(during(CLAIMING))?;
        drop(reader);
        let mut text = String::new();
        for (content, sealed) in &parts {
            text.push_str(&key.open(sealed, (&hex(content), site, Part::InboundText))?);
        }
        let sender = SenderHash::read(row.3)?;
        let attempt = u32::try_from(row.8).map_err(|e| corrupt(CLAIMING, "a number", &e))?;
        Ok(InboundMessage {
            id: InboundId(id),
            site,
            gateway: row.2,
            from: key.open(&row.5, (&sender.name(), site, Part::InboundFrom))?,
            to: row.4,
            sender,
            text,
            missing_parts: i64::try_from(parts.len()).is_ok_and(|came| came < row.9),
            received_at: instant(row.7)?,
            attempt,
        })
    }
}

// What `claim` gives.
type ClaimedRow = (i64, i64, String, Vec<u8>, String, Vec<u8>, String, i64, i64, i64);

async fn claim(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
    lease: TimeDelta,
    parts_wait: TimeDelta,
) -> Result<Option<ClaimedRow>, StoreError> {
    // The outer condition holds again once PostgreSQL has waited for another node's claim.
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "UPDATE sms_inbox SET state = 'claimed', lease_until = $3, attempts = attempts + 1
         WHERE id = COALESCE(
            (SELECT id FROM sms_inbox WHERE state = 'claimed' AND lease_until <= $1 ORDER BY lease_until, id LIMIT 1),
            (SELECT id FROM sms_inbox WHERE {CLAIMABLE} ORDER BY due_at, id LIMIT 1))
         AND (state = 'waiting' OR (state = 'claimed' AND lease_until <= $1))
         RETURNING id, site, gateway, sender, recipient, sealed_from, period, received_at, attempts, total"
    )))
    .bind(millis(now))
    .bind(millis(now - parts_wait))
    .bind(millis(now + lease))
    .fetch_optional(connection)
    .await
    .map_err(during(CLAIMING))
}

/// A worker's hold on a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    pub(super) id: i64,
    pub(super) site: SiteId,
    pub(super) sender: SenderHash,
    attempt: u32,
}

impl Claim {
    pub(super) fn of(message: &InboundMessage) -> Self {
        Self {
            id: message.id.0,
            site: message.site,
            sender: message.sender,
            attempt: message.attempt,
        }
    }

    /// Ends the message and erases it; a conflict when this worker does not hold it any more.
    pub(super) async fn settle(
        &self,
        connection: &mut AnyConnection,
        (state, reason): (&'static str, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let doing = "settling an SMS";
        let settled = sqlx::query(
            "UPDATE sms_inbox SET state = $3, reason = $4, settled_at = $5, sealed_from = NULL, lease_until = NULL
             WHERE id = $1 AND attempts = $2 AND state = 'claimed'",
        )
        .bind(self.id)
        .bind(i64::from(self.attempt))
        .bind(state)
        .bind(reason)
        .bind(millis(now))
        .execute(&mut *connection)
        .await
        .map_err(during(doing))?;
        if settled.rows_affected() == 0 {
            return Err(StoreError::Conflict { doing });
        }
        sqlx::query("UPDATE sms_inbox_parts SET sealed_text = NULL WHERE message = $1")
            .bind(self.id)
            .execute(connection)
            .await
            .map_err(during(doing))?;
        Ok(())
    }
}
