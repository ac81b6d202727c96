//! The inbox's way in: what a gateway brings is stored before it is acknowledged, known again, and put together.

use super::RETENTION;
use super::inbox::InboundId;
use super::sender::{SenderHash, hex};
use crate::error::during;
use crate::transcript::{InstallationKey, Part, Period, TranscriptKey};
use crate::writer::Durability;
use crate::{Store, StoreError, millis};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use sqlx::AnyConnection;
use std::fmt;

/// Where a part stands in a message of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What the parts of one message share.
    pub reference: u16,
    /// How many parts there are.
    pub total: u8,
    /// Which this one is, from 1 on.
    pub part: u8,
}

/// A message, or a part of one, that a gateway brought.
#[derive(Clone)]
pub struct NewInbound {
    /// The site whose number it was sent to.
    pub site: SiteId,
    /// Which gateway brought it.
    pub gateway: String,
    /// The gateway's name for it, the same when it brings it again; none where it gives none.
    pub gateway_id: Option<String>,
    /// The sender's number, always written the same way.
    pub from: String,
    /// The town's number.
    pub to: String,
    /// Its text.
    pub text: String,
    /// Its place in a longer message.
    pub place: Option<Place>,
    /// Where the gateway gives no name: how long the same content is the same message brought again. None where it
    /// never is, as with a keyword: `SUITE` twice is two wishes.
    pub once_within: Option<TimeDelta>,
    /// How many messages of this sender may wait for an answer; one more is not stored.
    pub backlog: u32,
    /// When it came.
    pub at: DateTime<Utc>,
}

impl fmt::Debug for NewInbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewInbound")
            .field("site", &self.site)
            .field("gateway", &self.gateway)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// What became of a message that a gateway brought. It may be acknowledged in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is stored, alone or with the other parts of its message.
    New(InboundId),
    /// It was brought before.
    Known,
    /// It is a part of a message that is being answered, or was, without it.
    Late,
    /// Too many of its sender's wait already.
    TooMany,
}

const RECEIVING: &str = "storing an SMS";

// A sender's next message stands behind what the others write within this time: who floods delays nobody else, and
// still has a place that comes up.
const TURN: TimeDelta = TimeDelta::seconds(1);

// So long a part belongs to the message of its reference; a telephone may use it again afterwards.
const REFERENCE_KEPT: TimeDelta = TimeDelta::minutes(10);

impl Store {
    /// Stores what a gateway brought, all of it or nothing; once this returns it may be acknowledged.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another node stores the same at this moment (try again: it is known then), or
    /// when the database does not answer. Nothing may be acknowledged then.
    pub async fn receive_sms(&self, messages: Vec<NewInbound>) -> Result<Vec<Received>, StoreError> {
        let installation = self.inner.installation_key.clone();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let mut received = Vec::with_capacity(messages.len());
                for message in &messages {
                    let arrival = Arrival::of(&installation, message);
                    received.push(arrival.store(connection, &installation).await?);
                }
                Ok(received)
            })
        })
        .await
    }
}

// A message on its way in.
struct Arrival<'a> {
    message: &'a NewInbound,
    sender: SenderHash,
    content: [u8; 32],
    place: Option<Place>,
}

// The message that a part may belong to: its row, state, missing parts and period, and the content of the same part.
type Sibling = (i64, String, i64, String, Option<Vec<u8>>);

impl<'a> Arrival<'a> {
    fn of(installation: &InstallationKey, message: &'a NewInbound) -> Self {
        let place = message
            .place
            .filter(|place| place.total > 1 && (1..=place.total).contains(&place.part));
        let position = place.map_or([0; 4], |place| {
            let [high, low] = place.reference.to_be_bytes();
            [high, low, place.total, place.part]
        });
        let content = installation.pseudonym(
            "sms-content",
            &[
                &message.site.0.to_be_bytes(),
                message.gateway.as_bytes(),
                message.from.as_bytes(),
                message.to.as_bytes(),
                message.text.as_bytes(),
                &position,
            ],
        );
        Self {
            message,
            sender: SenderHash::of(installation, message.site, &message.from),
            content,
            place,
        }
    }

    async fn store(
        &self,
        connection: &mut AnyConnection,
        installation: &InstallationKey,
    ) -> Result<Received, StoreError> {
        if self.is_known(connection).await? {
            return Ok(Received::Known);
        }
        if let Some(place) = self.place
            && let Some(sibling) = self.sibling(connection, place).await?
        {
            let (id, state, awaits, period, same_part) = sibling;
            match same_part {
                None if state == "waiting" && awaits > 0 => {
                    return self.join(connection, installation, (id, &period)).await;
                }
                // Kept without its text, to know it again.
                None if state != "waiting" => {
                    self.insert_part(connection, id, None).await?;
                    return Ok(Received::Late);
                }
                Some(content) if content == self.content => return Ok(Received::Known),
                // The reference is used again: what was missing will not come.
                _ if awaits > 0 => self.stop_awaiting(connection, id).await?,
                _ => {}
            }
        }
        self.begin(connection, installation).await
    }

    async fn is_known(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let message = self.message;
        let found: Option<(i64,)> = match (&message.gateway_id, message.once_within) {
            (Some(id), _) => sqlx::query_as(
                "SELECT message FROM sms_inbox_parts WHERE gateway = $1 AND gateway_id = $2 AND part = $3",
            )
            .bind(message.gateway.clone())
            .bind(id.clone())
            .bind(self.part())
            .fetch_optional(connection)
            .await,
            (None, Some(window)) => sqlx::query_as(
                "SELECT message FROM sms_inbox_parts WHERE content_hash = $1 AND received_at > $2 LIMIT 1",
            )
            .bind(self.content.to_vec())
            .bind(millis(message.at - window))
            .fetch_optional(connection)
            .await,
            (None, None) => return Ok(false),
        }
        .map_err(during(RECEIVING))?;
        Ok(found.is_some())
    }

    async fn sibling(
        &self,
        connection: &mut AnyConnection,
        place: Place,
    ) -> Result<Option<Sibling>, StoreError> {
        sqlx::query_as(
            "SELECT m.id, m.state, m.awaits, m.period, p.content_hash FROM sms_inbox m
             LEFT JOIN sms_inbox_parts p ON p.message = m.id AND p.part = $5
             WHERE m.sender = $1 AND m.recipient = $2 AND m.reference = $3 AND m.total = $4
             AND (m.received_at > $6 OR (m.state = 'waiting' AND m.awaits > 0))
             ORDER BY m.id DESC LIMIT 1",
        )
        .bind(self.sender.bytes())
        .bind(self.message.to.clone())
        .bind(i64::from(place.reference))
        .bind(i64::from(place.total))
        .bind(i64::from(place.part))
        .bind(millis(self.message.at - REFERENCE_KEPT))
        .fetch_optional(connection)
        .await
        .map_err(during(RECEIVING))
    }

    async fn join(
        &self,
        connection: &mut AnyConnection,
        installation: &InstallationKey,
        (id, period): (i64, &str),
    ) -> Result<Received, StoreError> {
        let joined = sqlx::query(
            "UPDATE sms_inbox SET awaits = awaits - 1 WHERE id = $1 AND state = 'waiting' AND awaits > 0",
        )
        .bind(id)
        .execute(&mut *connection)
        .await
        .map_err(during(RECEIVING))?;
        if joined.rows_affected() == 0 {
            self.insert_part(connection, id, None).await?;
            return Ok(Received::Late);
        }
        let key = TranscriptKey::find(connection, installation, self.message.site, period)
            .await?
            .ok_or(StoreError::WrongKey)?;
        self.insert_part(connection, id, Some(self.seal(&key)?)).await?;
        Ok(Received::New(InboundId(id)))
    }

    async fn stop_awaiting(&self, connection: &mut AnyConnection, id: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE sms_inbox SET awaits = 0 WHERE id = $1")
            .bind(id)
            .execute(connection)
            .await
            .map_err(during(RECEIVING))?;
        Ok(())
    }

    async fn begin(
        &self,
        connection: &mut AnyConnection,
        installation: &InstallationKey,
    ) -> Result<Received, StoreError> {
        let message = self.message;
        let (waiting, last): (i64, Option<i64>) = sqlx::query_as(
            "SELECT COUNT(*), MAX(due_at) FROM sms_inbox WHERE sender = $1 AND settled_at IS NULL",
        )
        .bind(self.sender.bytes())
        .fetch_one(&mut *connection)
        .await
        .map_err(during(RECEIVING))?;
        if waiting >= i64::from(message.backlog) {
            return Ok(Received::TooMany);
        }
        let at = millis(message.at);
        let due_at = last.map_or(at, |last| at.max(last + TURN.num_milliseconds()));
        let period = Period::of(message.at + RETENTION)?;
        let key = TranscriptKey::ensure(connection, installation, message.site, &period).await?;
        let total = self.place.map_or(1, |place| i64::from(place.total));
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO sms_inbox (site, gateway, sender, recipient, reference, total, awaits, state, received_at,
             due_at, attempts, period, sealed_from)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, 0, $10, $11) RETURNING id",
        )
        .bind(message.site.0)
        .bind(message.gateway.clone())
        .bind(self.sender.bytes())
        .bind(message.to.clone())
        .bind(self.place.map(|place| i64::from(place.reference)))
        .bind(total)
        .bind(total - 1)
        .bind(at)
        .bind(due_at)
        .bind(period.name)
        .bind(key.seal(&message.from, (&self.sender.name(), message.site, Part::InboundFrom))?)
        .fetch_one(&mut *connection)
        .await
        .map_err(during(RECEIVING))?;
        self.insert_part(connection, id, Some(self.seal(&key)?)).await?;
        Ok(Received::New(InboundId(id)))
    }

    async fn insert_part(
        &self,
        connection: &mut AnyConnection,
        id: i64,
        sealed_text: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO sms_inbox_parts (message, part, gateway, gateway_id, content_hash, received_at, sealed_text)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(self.part())
        .bind(self.message.gateway.clone())
        .bind(self.message.gateway_id.clone())
        .bind(self.content.to_vec())
        .bind(millis(self.message.at))
        .bind(sealed_text)
        .execute(connection)
        .await
        .map_err(during(RECEIVING))?;
        Ok(())
    }

    fn part(&self) -> i64 {
        self.place.map_or(1, |place| i64::from(place.part))
    }

    fn seal(&self, key: &TranscriptKey) -> Result<Vec<u8>, StoreError> {
        let place = (&*hex(&self.content), self.message.site, Part::InboundText);
        key.seal(&self.message.text, place)
    }
}
