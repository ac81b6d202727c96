//! What became of submissions: accepted, deferred, ended, or in doubt, and what then.

use super::outbox::PieceState;
use super::receipt;
use crate::error::during;
use crate::writer::Durability;
use crate::{Store, StoreError, millis};
use chrono::{DateTime, Utc};
use sqlx::AnyConnection;

/// What became of a submission. No detail may hold a number or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The gateway took it.
    Accepted {
        /// The gateway's name for it, as its receipts repeat it; none where it is empty.
        their_id: Option<String>,
    },
    /// It was certainly not taken: it and the message's later pieces wait.
    Deferred {
        /// Until when.
        until: DateTime<Utc>,
        /// What the gateway said.
        detail: String,
    },
    /// It was certainly not taken and never will be: the message's waiting pieces are not sent either.
    Refused {
        /// What the gateway said.
        detail: String,
    },
    /// It may have been taken.
    Ambiguous {
        /// What happened.
        detail: String,
    },
    /// It was not submitted, since it does not hold any more: the message's waiting pieces are not sent either.
    Withdrawn {
        /// Why.
        detail: String,
    },
}

/// What happens to a piece of which nobody knows whether it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// It is sent once more, never a third time.
    SendOnce,
    /// It is not sent again.
    Never,
}

/// What became of pieces of which nobody knew whether they were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// To be sent once more.
    pub queued_again: u64,
    /// Given up.
    pub given_up: u64,
}

const SETTLING: &str = "settling a submission";

impl Store {
    /// Keeps what became of a submission; says where the piece stands now, its receipt counted if it came before. What
    /// an earlier attempt brings too late changes nothing, save that it was accepted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a name that is unknown, or when the database does not answer.
    pub async fn settle_piece(
        &self,
        id: &str,
        attempt: u32,
        settled: Settled,
        now: DateTime<Utc>,
    ) -> Result<PieceState, StoreError> {
        let id = id.to_owned();
        // The next claim makes it as durable as itself; a power cut before leaves in doubt what was under way.
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                let attempt = (id.as_str(), i64::from(attempt));
                match settled {
                    Settled::Accepted { their_id } => accept(connection, &id, their_id).await?,
                    Settled::Deferred { until, detail } => {
                        defer(connection, attempt, (until, detail)).await?;
                    }
                    Settled::Refused { detail } => {
                        end(connection, attempt, (PieceState::Refused, detail)).await?;
                    }
                    Settled::Withdrawn { detail } => {
                        end(connection, attempt, (PieceState::Withdrawn, detail)).await?;
                    }
                    Settled::Ambiguous { detail } => {
                        doubt(connection, attempt, (now, detail)).await?;
                    }
                }
                let state: Option<(String,)> = sqlx::query_as("SELECT state FROM sms_outbox WHERE id = $1")
                    .bind(id)
                    .fetch_optional(connection)
                    .await
                    .map_err(during(SETTLING))?;
                let what = || "piece of an SMS by that name".to_owned();
                let (state,) = state.ok_or_else(|| StoreError::NotFound { what: what() })?;
                PieceState::parse(&state)
            })
        })
        .await
    }

    /// Marks as ambiguous the pieces whose lease ended without a word: whoever submitted them died between intent and
    /// response. To be called when a gateway starts, and now and then. Says how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recover_pieces(&self, gateway: &str, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let doing = "recovering submissions";
        let gateway = gateway.to_owned();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let recovered = sqlx::query(
                    "UPDATE sms_outbox SET state = 'ambiguous', doubts = doubts + 1, doubted_at = $2,
                     lease_until = NULL, detail = 'no response: the sender died'
                     WHERE gateway = $1 AND state = 'submitting' AND lease_until <= $2",
                )
                .bind(gateway)
                .bind(millis(now))
                .execute(connection)
                .await
                .map_err(during(doing))?;
                Ok(recovered.rows_affected())
            })
        })
        .await
    }

    /// Decides on pieces that have been ambiguous since `doubted_before` and whose receipt did not come.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn resolve_ambiguous(
        &self,
        gateway: &str,
        doubted_before: DateTime<Utc>,
        policy: Policy,
    ) -> Result<Resolved, StoreError> {
        let doing = "resolving submissions in doubt";
        let gateway = gateway.to_owned();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let mut queued_again = 0;
                if policy == Policy::SendOnce {
                    let queued = sqlx::query(
                        "UPDATE sms_outbox SET state = 'queued'
                         WHERE gateway = $1 AND state = 'ambiguous' AND doubted_at <= $2 AND doubts = 1",
                    )
                    .bind(gateway.clone())
                    .bind(millis(doubted_before))
                    .execute(&mut *connection)
                    .await
                    .map_err(during(doing))?;
                    queued_again = queued.rows_affected();
                }
                let given_up = sqlx::query(
                    "UPDATE sms_outbox SET state = 'given_up', sealed_to = NULL, sealed_text = NULL
                     WHERE gateway = $1 AND state = 'ambiguous' AND doubted_at <= $2",
                )
                .bind(gateway)
                .bind(millis(doubted_before))
                .execute(connection)
                .await
                .map_err(during(doing))?;
                Ok(Resolved {
                    queued_again,
                    given_up: given_up.rows_affected(),
                })
            })
        })
        .await
    }
}

// Erases the piece: what was taken is never sent again.
async fn accept(
    connection: &mut AnyConnection,
    id: &str,
    their_id: Option<String>,
) -> Result<(), StoreError> {
    let their_id = their_id.filter(|id| !id.is_empty());
    let accepted: Option<(String,)> = sqlx::query_as(
        "UPDATE sms_outbox SET state = CASE WHEN state IN ('delivered', 'undelivered') THEN state ELSE 'submitted' END,
         their_id = COALESCE($2, their_id), lease_until = NULL, sealed_to = NULL, sealed_text = NULL
         WHERE id = $1 AND state NOT IN ('refused', 'withdrawn') RETURNING gateway",
    )
    .bind(id.to_owned())
    .bind(their_id.clone())
    .fetch_optional(&mut *connection)
    .await
    .map_err(during(SETTLING))?;
    if let (Some((gateway,)), Some(their_id)) = (accepted, their_id) {
        receipt::apply_parked(connection, id, (gateway, their_id)).await?;
    }
    Ok(())
}

async fn defer(
    connection: &mut AnyConnection,
    (id, attempt): (&str, i64),
    (until, detail): (DateTime<Utc>, String),
) -> Result<(), StoreError> {
    let deferred: Option<(String, i64)> = sqlx::query_as(
        "UPDATE sms_outbox SET state = 'queued', not_before = $3, detail = $4, lease_until = NULL
         WHERE id = $1 AND attempts = $2 AND state IN ('submitting', 'ambiguous') RETURNING message, position",
    )
    .bind(id.to_owned())
    .bind(attempt)
    .bind(millis(until))
    .bind(detail)
    .fetch_optional(&mut *connection)
    .await
    .map_err(during(SETTLING))?;
    if let Some((message, position)) = deferred {
        sqlx::query(
            "UPDATE sms_outbox SET not_before = $3 WHERE message = $1 AND position > $2 AND state = 'queued'
             AND not_before < $3",
        )
        .bind(message)
        .bind(position)
        .bind(millis(until))
        .execute(connection)
        .await
        .map_err(during(SETTLING))?;
    }
    Ok(())
}

async fn doubt(
    connection: &mut AnyConnection,
    (id, attempt): (&str, i64),
    (now, detail): (DateTime<Utc>, String),
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sms_outbox SET state = 'ambiguous', doubts = doubts + 1, doubted_at = $3, detail = $4,
         lease_until = NULL WHERE id = $1 AND attempts = $2 AND state = 'submitting'",
    )
    .bind(id.to_owned())
    .bind(attempt)
    .bind(millis(now))
    .bind(detail)
    .execute(connection)
    .await
    .map_err(during(SETTLING))?;
    Ok(())
}

async fn end(
    connection: &mut AnyConnection,
    (id, attempt): (&str, i64),
    (state, detail): (PieceState, String),
) -> Result<(), StoreError> {
    let ended: Option<(String,)> = sqlx::query_as(
        "UPDATE sms_outbox SET state = $3, detail = $4, lease_until = NULL, sealed_to = NULL, sealed_text = NULL
         WHERE id = $1 AND attempts = $2 AND state IN ('submitting', 'ambiguous') RETURNING message",
    )
    .bind(id.to_owned())
    .bind(attempt)
    .bind(state.as_str())
    .bind(detail.clone())
    .fetch_optional(&mut *connection)
    .await
    .map_err(during(SETTLING))?;
    if let Some((message,)) = ended {
        sqlx::query(
            "UPDATE sms_outbox SET state = $2, detail = $3, sealed_to = NULL, sealed_text = NULL
             WHERE message = $1 AND state = 'queued'",
        )
        .bind(message)
        .bind(state.as_str())
        .bind(detail)
        .execute(connection)
        .await
        .map_err(during(SETTLING))?;
    }
    Ok(())
}
