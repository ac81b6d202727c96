//! Answering: the turn, what is to be sent of it, and the end of the message, in one transaction.

use super::inbox::{Claim, InboundMessage};
use super::sender::{self, SenderState};
use super::{NewLink, NewOutbound, link, outbox};
use crate::conversation::{NewTurn, record};
use crate::error::{corrupt, during};
use crate::writer::Durability;
use crate::{Store, StoreError};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use domain::ids::SiteId;
use sqlx::AnyConnection;

/// What a message changes of its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SenderChange {
    /// Nothing.
    #[default]
    None,
    /// Where their conversation stands.
    Keep(SenderState),
    /// All that is kept of them goes, before the answer is recorded: their conversations, links, what was answered and
    /// what is to be sent. What they wrote since waits for its answer.
    Forget,
}

impl SenderChange {
    pub(super) async fn apply(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
    ) -> Result<(), StoreError> {
        match self {
            Self::None => Ok(()),
            Self::Keep(state) => sender::keep(connection, (claim.site, &claim.sender), state).await,
            Self::Forget => sender::forget(connection, &claim.sender, claim.id).await,
        }
    }
}

/// An answer to a message.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The turn, where the message was a question.
    pub turn: Option<NewTurn>,
    /// What is to be sent.
    pub outbound: Vec<NewOutbound>,
    /// What it changes of its sender.
    pub sender: SenderChange,
    /// A link in what is to be sent; its turn is this one, or one recorded before.
    pub link: Option<NewLink>,
}

impl Store {
    /// Records an answer, queues what is to be sent, erases the message and counts the segments on the day of `now`:
    /// all of it or nothing. Once this returns the answer will be sent, and no other one can be.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another worker holds the message, when it is settled already, or when a name was
    /// used before; otherwise as [`Store::record_turn`].
    pub async fn answer_inbound(
        &self,
        message: &InboundMessage,
        reply: Reply,
        now: DateTime<Tz>,
    ) -> Result<(), StoreError> {
        let claim = Claim::of(message);
        let installation = self.inner.installation_key.clone();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                claim.settle(connection, ("answered", None), now.to_utc()).await?;
                reply.sender.apply(connection, &claim).await?;
                if let Some(turn) = reply.turn {
                    let conversation = record(connection, &installation, turn).await?;
                    own(connection, conversation, &claim).await?;
                }
                if let Some(new) = reply.link {
                    link::keep(connection, &installation, (claim.site, new)).await?;
                }
                let mut segments = 0;
                for outbound in reply.outbound {
                    segments += outbound.pieces.iter().map(|p| i64::from(p.segments)).sum::<i64>();
                    outbox::queue(connection, &installation, (&claim, outbound), now.to_utc()).await?;
                }
                spend(connection, claim.site, (now.date_naive(), segments)).await
            })
        })
        .await
    }

    /// How many segments a site queued on the days from `from` to `to`, both included.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn segments_queued(
        &self,
        site: SiteId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<u64, StoreError> {
        let doing = "counting segments";
        let mut reader = self.reader(doing).await?;
        let days: Vec<(i64,)> =
            sqlx::query_as("SELECT segments FROM sms_segments WHERE site = $1 AND day >= $2 AND day <= $3")
                .bind(site.0)
                .bind(from.to_string())
                .bind(to.to_string())
                .fetch_all(&mut *reader)
                .await
                .map_err(during(doing))?;
        let sum: i64 = days.into_iter().map(|(segments,)| segments).sum();
        u64::try_from(sum).map_err(|e| corrupt(doing, "a sum", &e))
    }
}

async fn own(connection: &mut AnyConnection, conversation: i64, claim: &Claim) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sms_conversations (conversation, sender) VALUES ($1, $2)
         ON CONFLICT (conversation) DO NOTHING",
    )
    .bind(conversation)
    .bind(claim.sender.bytes())
    .execute(connection)
    .await
    .map_err(during("keeping whose conversation it is"))?;
    Ok(())
}

async fn spend(
    connection: &mut AnyConnection,
    site: SiteId,
    (day, segments): (NaiveDate, i64),
) -> Result<(), StoreError> {
    if segments == 0 {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO sms_segments (site, day, segments) VALUES ($1, $2, $3)
         ON CONFLICT (site, day) DO UPDATE SET segments = sms_segments.segments + excluded.segments",
    )
    .bind(site.0)
    .bind(day.to_string())
    .bind(segments)
    .execute(connection)
    .await
    .map_err(during("counting segments"))?;
    Ok(())
}
