//! The same request twice: the answer that was given, while everything that it rests on may still be quoted.

use super::site::OpenSite;
use crate::conversation::Kept;
use crate::reply::Reply;
use crate::{AskError, Assistant};
use chrono::DateTime;
use chrono_tz::Tz;
use store::{IdempotencyKey, Snapshot, StoredTurn};

/// What an idempotency key leads to.
pub(super) enum Replay {
    /// It is new.
    Never,
    /// The answer that was given, which may be given again.
    StillTrue(Box<Reply>),
    /// An answer whose sources are no longer published.
    NoLongerTrue,
}

impl Assistant {
    /// The answer that was given under an idempotency key, while everything that it rests on may still be quoted.
    pub(super) async fn replay(
        &self,
        site: &OpenSite,
        key: &IdempotencyKey,
        redacted: &str,
        at: &DateTime<Tz>,
    ) -> Result<Replay, AskError> {
        let Some(turn) = self
            .store
            .answer_by_idempotency_key(site.site.id, key, at.to_utc())
            .await?
        else {
            return Ok(Replay::Never);
        };
        if turn.question != redacted {
            return Err(AskError::IdempotencyKeyReused);
        }
        let mut snapshot = self.store.snapshot().await?;
        Ok(match still_true(&turn, &mut snapshot, at).await? {
            Some(reply) => Replay::StillTrue(Box::new(reply)),
            None => Replay::NoLongerTrue,
        })
    }
}

/// A stored reply, if everything that it rests on may still be quoted.
async fn still_true(
    turn: &StoredTurn,
    snapshot: &mut Snapshot,
    at: &DateTime<Tz>,
) -> Result<Option<Reply>, AskError> {
    let Some(kept) = Kept::of(turn) else {
        return Ok(None);
    };
    Ok(kept.still_true(snapshot, at).await?.then_some(kept.reply))
}
