//! Messages: what the channel needs of the inbox, the outbox and the answers that stand in them.

use crate::ask::Prepared;
use crate::conversation::Kept;
use crate::reply::Spoken;
use crate::{Assistant, Error};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::ids::SiteId;
use domain::site::Site;
use std::collections::BTreeMap;
use std::time::Duration;
use store::{
    ClaimedPieces, ConversationCode, InboundMessage, NewInbound, NewLink, NewOutbound, Piece, PieceReceipt,
    PieceState, Policy, QueueDepth, ReceiptMatch, Received, Resolved, SenderChange, SenderHash, SenderState,
    Settled, StoreError, TextHash, TurnId,
};
use tokio::sync::futures::Notified;

/// An answer that was sent before, read again: only what may still be quoted.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its turn.
    pub turn: TurnId,
    /// What was said.
    pub statements: Vec<Spoken>,
    /// What there was to say beyond the channel's room; empty where that was all.
    pub whole: Vec<Spoken>,
    /// When it is gone.
    pub expires_at: DateTime<Utc>,
}

/// What is sent for a message.
#[derive(Debug, Default)]
pub struct Sending {
    /// The answer, where the message was a question.
    pub prepared: Option<Prepared>,
    /// What is to be sent.
    pub outbound: Vec<NewOutbound>,
    /// What the message changes of its sender.
    pub sender: SenderChange,
    /// A link that stands in it.
    pub link: Option<NewLink>,
}

impl Prepared {
    /// The turn in which it will be kept.
    #[must_use]
    pub fn turn(&self) -> TurnId {
        self.turn.id
    }
}

impl Assistant {
    /// Stores what a gateway brought; once this returns it may be acknowledged.
    ///
    /// # Errors
    /// When the database does not answer: nothing may be acknowledged then.
    pub async fn receive_sms(&self, messages: Vec<NewInbound>) -> Result<Vec<Received>, Error> {
        let received = self.store.receive_sms(messages).await?;
        self.inner.sms_came.notify_one();
        Ok(received)
    }

    /// Ends when a message may have come since the last time.
    pub fn sms_came(&self) -> Notified<'_> {
        self.inner.sms_came.notified()
    }

    /// Ends when something may have been queued to be sent since the last time.
    pub fn sms_queued(&self) -> Notified<'_> {
        self.inner.sms_queued.notified()
    }

    /// Takes the next message to answer; none when nothing waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next_sms(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
        parts_wait: TimeDelta,
    ) -> Result<Option<InboundMessage>, Error> {
        Ok(self.store.claim_inbound(now, lease, parts_wait).await?)
    }

    /// Ends a message that gets no answer, for a reason that is counted.
    ///
    /// # Errors
    /// When another worker holds it, or the database does not answer.
    pub async fn drop_sms(
        &self,
        message: &InboundMessage,
        reason: &str,
        change: SenderChange,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        Ok(self.store.drop_inbound(message, reason, change, now).await?)
    }

    /// Records an answer with what is to be sent of it: all of it or nothing.
    ///
    /// # Errors
    /// When another worker holds the message, it is settled already, or the database does not answer.
    pub async fn answer_sms(
        &self,
        message: &InboundMessage,
        sending: Sending,
        now: DateTime<Tz>,
    ) -> Result<(), Error> {
        let reply = store::Reply {
            turn: sending.prepared.map(|prepared| prepared.turn),
            outbound: sending.outbound,
            sender: sending.sender,
            link: sending.link,
        };
        self.store.answer_inbound(message, reply, now).await?;
        self.inner.sms_queued.notify_waiters();
        Ok(())
    }

    /// Where a sender's conversation stands; none for one who never wrote, or not for a month.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_sender(&self, sender: &SenderHash) -> Result<Option<SenderState>, Error> {
        Ok(self.store.sender(sender).await?)
    }

    /// How many messages a sender wrote after `since`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_since(&self, sender: &SenderHash, since: DateTime<Utc>) -> Result<u64, Error> {
        Ok(self.store.messages_since(sender, since).await?)
    }

    /// How many segments a site queued on the days from `from` to `to`, both included.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_segments(&self, site: SiteId, from: NaiveDate, to: NaiveDate) -> Result<u64, Error> {
        Ok(self.store.segments_queued(site, from, to).await?)
    }

    /// A sender's text as this installation knows it again.
    #[must_use]
    pub fn sms_text_hash(&self, sender: &SenderHash, text: &str) -> TextHash {
        self.store.text_hash(sender, text)
    }

    /// The code of the conversation that a sender began at an instant.
    #[must_use]
    pub fn sms_conversation(&self, sender: &SenderHash, begun_at: DateTime<Utc>) -> ConversationCode {
        self.store.sms_conversation(sender, begun_at)
    }

    /// The answer of a turn, unless something that it rests on may no longer be quoted, or it is gone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn standing(
        &self,
        site: &Site,
        turn: TurnId,
        now: DateTime<Utc>,
    ) -> Result<Option<Standing>, Error> {
        let Some(stored) = self
            .store
            .turn_by_id(turn, now)
            .await?
            .filter(|stored| stored.site == site.id)
        else {
            return Ok(None);
        };
        let Some(kept) = Kept::of(&stored) else {
            return Ok(None);
        };
        let at = now.with_timezone(&site.settings.calendar.timezone);
        let mut snapshot = self.store.snapshot().await?;
        if !kept.still_true(&mut snapshot, &at).await? {
            return Ok(None);
        }
        Ok(Some(Standing {
            turn,
            statements: kept.reply.statements,
            whole: kept.whole,
            expires_at: stored.expires_at,
        }))
    }

    /// Whether a turn is kept: neither erased nor at the end of its retention.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_kept(&self, turn: TurnId, now: DateTime<Utc>) -> Result<bool, Error> {
        Ok(self.store.turn_by_id(turn, now).await?.is_some())
    }

    /// Where a short link leads: the site and the turn.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_link(&self, code: &str, now: DateTime<Utc>) -> Result<Option<(SiteId, TurnId)>, Error> {
        let link = self.store.link(code, now).await?;
        Ok(link.map(|link| (link.site, link.turn)))
    }

    /// Takes pieces to submit by a gateway; each was marked durably before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_pieces(
        &self,
        gateway: &str,
        now: DateTime<Utc>,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<ClaimedPieces, Error> {
        Ok(self.store.claim_pieces(gateway, now, limit, lease).await?)
    }

    /// Keeps what became of a submission.
    ///
    /// # Errors
    /// When the piece is unknown or the database does not answer.
    pub async fn settle_sms(
        &self,
        piece: &Piece,
        settled: Settled,
        now: DateTime<Utc>,
    ) -> Result<PieceState, Error> {
        let settling = self.store.settle_piece(&piece.id, piece.attempt, settled, now);
        Ok(settling.await?)
    }

    /// Keeps that a gateway took a piece, told after its time; a piece that is gone or unknown is nobody's any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_taken(
        &self,
        piece: &str,
        their_id: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        // What was accepted was, whichever attempt it was.
        let settling = self
            .store
            .settle_piece(piece, 0, Settled::Accepted { their_id }, now);
        match settling.await {
            Ok(_) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a receipt; once this returns it may be acknowledged.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_receipt(
        &self,
        receipt: PieceReceipt,
        now: DateTime<Utc>,
    ) -> Result<ReceiptMatch, Error> {
        Ok(self.store.receipt(receipt, now).await?)
    }

    /// Finds the pieces that a process that died left in doubt, and decides on those in doubt for longer than
    /// `patience`. Says how many were found, and what was decided.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle_doubts(
        &self,
        gateway: &str,
        patience: Duration,
        policy: Policy,
        now: DateTime<Utc>,
    ) -> Result<(u64, Resolved), Error> {
        let found = self.store.recover_pieces(gateway, now).await?;
        let patience = TimeDelta::from_std(patience).unwrap_or(TimeDelta::MAX);
        let before = now.checked_sub_signed(patience).unwrap_or(DateTime::UNIX_EPOCH);
        let resolved = self.store.resolve_ambiguous(gateway, before, policy).await?;
        Ok((found, resolved))
    }

    /// What waits, by gateway.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sms_queues(&self) -> Result<BTreeMap<String, QueueDepth>, Error> {
        Ok(self.store.queue_depths().await?)
    }
}
