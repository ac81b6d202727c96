//! The inbox: what came in, stored before it is acknowledged, put together, and handed out to be answered once.

use super::sender::{SenderHash, hex};
use super::{RETENTION, SenderChange};
use crate::error::{corrupt, during};
use crate::transcript::{InstallationKey, Part, Period, TranscriptKey};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
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

/// A message's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InboundId(pub(super) i64);

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

const RECEIVING: &str = "storing an SMS";
const CLAIMING: &str = "claiming an SMS";

// A sender's next message stands behind what the others write within this time: who floods delays nobody else, and
// still has a place that comes up.
const TURN: TimeDelta = TimeDelta::seconds(1);

// So long a part belongs to the message of its reference; a telephone may use it again afterwards.
const REFERENCE_KEPT: TimeDelta = TimeDelta::minutes(10);

// What may be claimed: the whole message, or one whose parts had their time.
const CLAIMABLE: &str = "state = 'waiting' AND (awaits = 0 OR received_at <= $2) AND NOT EXISTS
     (SELECT 1 FROM sms_inbox other WHERE other.state = 'claimed' AND other.sender = sms_inbox.sender)";

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
                Some(content) if state == "waiting" && content == self.content => return Ok(Received::Known),
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
             WHERE m.sender = $1 AND m.recipient = $2 AND m.reference = $3 AND m.total = $4 AND m.received_at > $6
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
