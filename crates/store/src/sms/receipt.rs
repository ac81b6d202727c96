//! Delivery receipts, which may come before the gateway has answered the submit that they are about.

use super::outbox::PieceState;
use crate::error::during;
use crate::writer::Durability;
use crate::{Store, StoreError, millis};
use chrono::{DateTime, Utc};
use sqlx::AnyConnection;

/// Which piece a receipt is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum About {
    /// Our own name for it.
    Ours(String),
    /// The gateway's name for it, written as when it accepted it.
    Theirs(String),
}

/// What a receipt says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptState {
    /// It was taken; more will follow.
    Underway,
    /// It was delivered.
    Delivered,
    /// It was not, or nobody knows; nothing more will follow.
    Undelivered,
}

/// A delivery receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceReceipt {
    /// Which gateway brought it.
    pub gateway: String,
    /// The piece.
    pub about: About,
    /// What it says.
    pub state: ReceiptState,
    /// The network's words or code, without numbers or text.
    pub detail: Option<String>,
}

/// What became of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptMatch {
    /// Its piece was found.
    Matched,
    /// Its piece has no such name yet: it waits for the answer to the submit.
    Parked,
    /// The piece's end was known.
    Duplicate,
    /// It bears a name of ours that no submitted piece has.
    Unknown,
}

// Of one gateway: more than come before their submit's answer in any window, and others' receipts fill no disk.
const PARKED_AT_MOST: i64 = 10_000;
const DOING: &str = "keeping a receipt";

impl ReceiptState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Underway => "underway",
            Self::Delivered => PieceState::Delivered.as_str(),
            Self::Undelivered => PieceState::Undelivered.as_str(),
        }
    }
}

impl Store {
    /// Keeps a receipt; once this returns it may be acknowledged. A piece that it says was taken is not sent again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn receipt(
        &self,
        receipt: PieceReceipt,
        now: DateTime<Utc>,
    ) -> Result<ReceiptMatch, StoreError> {
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let says = (receipt.state.as_str(), receipt.detail);
                let (sql, name) = match &receipt.about {
                    About::Ours(id) => (
                        "SELECT id FROM sms_outbox WHERE gateway = $1 AND id = $2 AND attempts > 0",
                        id,
                    ),
                    // Names of a gateway may come again after a while: the last piece is meant.
                    About::Theirs(id) => (
                        "SELECT id FROM sms_outbox WHERE gateway = $1 AND their_id = $2
                         ORDER BY position DESC LIMIT 1",
                        id,
                    ),
                };
                let piece: Option<(String,)> = sqlx::query_as(sql)
                    .bind(receipt.gateway.clone())
                    .bind(name.clone())
                    .fetch_optional(&mut *connection)
                    .await
                    .map_err(during(DOING))?;
                match (piece, receipt.about) {
                    (Some((id,)), _) => apply(connection, &id, says).await,
                    (None, About::Theirs(id)) => park(connection, (receipt.gateway, id), says, now).await,
                    (None, About::Ours(_)) => Ok(ReceiptMatch::Unknown),
                }
            })
        })
        .await
    }
}

/// Applies the receipt that came before the gateway's name was known.
pub(super) async fn apply_parked(
    connection: &mut AnyConnection,
    piece: &str,
    (gateway, their_id): (String, String),
) -> Result<(), StoreError> {
    let parked: Option<(String, Option<String>)> = sqlx::query_as(
        "DELETE FROM sms_parked_receipts WHERE gateway = $1 AND their_id = $2 RETURNING state, detail",
    )
    .bind(gateway)
    .bind(their_id)
    .fetch_optional(&mut *connection)
    .await
    .map_err(during(DOING))?;
    if let Some((state, detail)) = parked {
        apply(connection, piece, (&state, detail)).await?;
    }
    Ok(())
}

async fn apply(
    connection: &mut AnyConnection,
    piece: &str,
    (state, detail): (&str, Option<String>),
) -> Result<ReceiptMatch, StoreError> {
    let underway = state == ReceiptState::Underway.as_str();
    // While it is being submitted, the response says more than that it is under way.
    let sql = if underway {
        "UPDATE sms_outbox SET detail = COALESCE($3, detail),
         state = CASE WHEN state IN ('queued', 'ambiguous', 'given_up') THEN $2 ELSE state END,
         sealed_to = CASE WHEN state = 'submitting' THEN sealed_to ELSE NULL END,
         sealed_text = CASE WHEN state = 'submitting' THEN sealed_text ELSE NULL END
         WHERE id = $1 AND state NOT IN ('delivered', 'undelivered')"
    } else {
        "UPDATE sms_outbox SET state = $2, detail = $3, lease_until = NULL, sealed_to = NULL, sealed_text = NULL
         WHERE id = $1 AND state NOT IN ('delivered', 'undelivered')"
    };
    let state = if underway {
        PieceState::Submitted.as_str()
    } else {
        state
    };
    let applied = sqlx::query(sql)
        .bind(piece.to_owned())
        .bind(state.to_owned())
        .bind(detail)
        .execute(connection)
        .await
        .map_err(during(DOING))?;
    Ok(if applied.rows_affected() == 0 {
        ReceiptMatch::Duplicate
    } else {
        ReceiptMatch::Matched
    })
}

async fn park(
    connection: &mut AnyConnection,
    (gateway, their_id): (String, String),
    (state, detail): (&str, Option<String>),
    now: DateTime<Utc>,
) -> Result<ReceiptMatch, StoreError> {
    let parked: Option<(i64,)> = sqlx::query_as(
        "INSERT INTO sms_parked_receipts (gateway, their_id, state, detail, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (gateway, their_id) DO UPDATE SET state = excluded.state, detail = excluded.detail
         WHERE sms_parked_receipts.state = 'underway' AND excluded.state <> 'underway' RETURNING position",
    )
    .bind(gateway.clone())
    .bind(their_id)
    .bind(state.to_owned())
    .bind(detail)
    .bind(millis(now))
    .fetch_optional(&mut *connection)
    .await
    .map_err(during(DOING))?;
    if parked.is_none() {
        return Ok(ReceiptMatch::Duplicate);
    }
    sqlx::query(
        "DELETE FROM sms_parked_receipts WHERE gateway = $1 AND position <=
         (SELECT position FROM sms_parked_receipts WHERE gateway = $1 ORDER BY position DESC LIMIT 1 OFFSET $2)",
    )
        .bind(gateway)
        .bind(PARKED_AT_MOST)
        .execute(connection)
        .await
        .map_err(during(DOING))?;
    Ok(ReceiptMatch::Parked)
}
