//! SMS: an inbox and an outbox that survive whatever is killed, and forget numbers and words once they have served.
//!
//! What came in is stored before it is acknowledged; an answer and what is to be sent of it are one transaction; a
//! piece is marked before it is submitted. So a crash loses nothing, and leaves in doubt only the pieces under way.

mod arrival;
mod inbox;
mod link;
mod outbox;
mod receipt;
mod reply;
mod sender;
mod settle;

pub use arrival::{NewInbound, Place, Received};
pub use inbox::{InboundId, InboundMessage};
pub use link::{Link, NewLink};
pub use outbox::{ClaimedPieces, Encoding, NewOutbound, NewPiece, Piece, PieceState};
pub use receipt::{About, PieceReceipt, ReceiptMatch, ReceiptState};
pub use reply::{Reply, SenderChange};
pub use sender::{Rest, SenderHash, SenderState, TextHash};
pub use settle::{Policy, Resolved, Settled};

use crate::error::during;
use crate::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

// Until then a redelivery is recognised, and what was not answered may still be.
const RETENTION: TimeDelta = TimeDelta::days(7);
const PARKED: TimeDelta = TimeDelta::days(3);
const IDLE: TimeDelta = TimeDelta::days(30);

/// What waits at a gateway: numbers for a metric.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// Messages that came in and are neither answered nor dropped.
    pub inbox: u64,
    /// Pieces to be submitted.
    pub queued: u64,
    /// Pieces being submitted.
    pub submitting: u64,
    /// Pieces of which nobody knows whether they were taken.
    pub ambiguous: u64,
}

impl Store {
    /// What waits, by gateway; one where nothing waits is absent.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn queue_depths(&self) -> Result<BTreeMap<String, QueueDepth>, StoreError> {
        let doing = "counting what waits";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT gateway, 'inbox', COUNT(*) FROM sms_inbox WHERE settled_at IS NULL GROUP BY gateway
             UNION ALL SELECT gateway, 'queued', COUNT(*) FROM sms_outbox WHERE state = 'queued' GROUP BY gateway
             UNION ALL SELECT gateway, 'submitting', COUNT(*) FROM sms_outbox WHERE state = 'submitting'
             GROUP BY gateway
             UNION ALL SELECT gateway, 'ambiguous', COUNT(*) FROM sms_outbox WHERE state = 'ambiguous'
             GROUP BY gateway",
        )
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        let mut depths = BTreeMap::<String, QueueDepth>::new();
        for (gateway, queue, count) in rows {
            let depth = depths.entry(gateway).or_default();
            let counter = match queue.as_str() {
                "inbox" => &mut depth.inbox,
                "queued" => &mut depth.queued,
                "submitting" => &mut depth.submitting,
                _ => &mut depth.ambiguous,
            };
            *counter = count.unsigned_abs();
        }
        Ok(depths)
    }

    /// Deletes what no redelivery or receipt will ask for any more; says how many pieces went.
    pub(crate) async fn purge_sms(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        // Where no gateway looks any more, a piece may still lie here with its number.
        self.delete(
            "UPDATE sms_outbox SET state = CASE WHEN state = 'queued' THEN 'expired' ELSE 'given_up' END,
             sealed_to = NULL, sealed_text = NULL
             WHERE valid_until <= $1 AND state IN ('queued', 'submitting', 'ambiguous')",
            now,
        )
        .await?;
        let mut deleted = 0;
        for sql in [
            "DELETE FROM sms_outbox WHERE position IN
             (SELECT position FROM sms_outbox WHERE valid_until <= $1 ORDER BY valid_until LIMIT 500)",
            "DELETE FROM sms_inbox WHERE id IN
             (SELECT id FROM sms_inbox WHERE received_at <= $1 ORDER BY received_at LIMIT 500)",
        ] {
            // In slices, so that residents' messages need not wait for the whole of it.
            loop {
                let slice = self.delete(sql, now - RETENTION).await?;
                deleted += slice;
                if slice == 0 {
                    break;
                }
            }
        }
        self.delete("DELETE FROM sms_links WHERE expires_at <= $1", now)
            .await?;
        self.delete("DELETE FROM sms_parked_receipts WHERE at <= $1", now - PARKED)
            .await?;
        self.delete("DELETE FROM sms_senders WHERE last_at <= $1", now - IDLE)
            .await?;
        Ok(deleted)
    }
}
