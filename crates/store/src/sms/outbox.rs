//! The outbox: pieces marked before they are submitted, followed to their end, and never knowingly sent twice.

use super::arrival::Place;
use super::inbox::Claim;
use crate::conversation::TurnId;
use crate::error::{corrupt, during};
use crate::transcript::{InstallationKey, Part, Period, TranscriptKey};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use sqlx::AnyConnection;
use std::collections::HashMap;
use std::fmt;

/// How a message travels, all its pieces alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM alphabet.
    Gsm,
    /// UCS-2.
    Ucs2,
}

/// A message to send.
#[derive(Clone)]
pub struct NewOutbound {
    /// Its name, unguessable, which the caller draws.
    pub id: String,
    /// The turn whose answer it carries, to look whether that still holds before it is sent.
    pub turn: Option<TurnId>,
    /// By which gateway.
    pub gateway: String,
    /// The town's number or name.
    pub from: String,
    /// The recipient.
    pub to: String,
    /// How it travels.
    pub encoding: Encoding,
    /// The pieces, in order, as the gateway takes them.
    pub pieces: Vec<NewPiece>,
    /// When it is too late to send it: a stale answer is worse than none.
    pub valid_until: DateTime<Utc>,
}

impl fmt::Debug for NewOutbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewOutbound")
            .field("id", &self.id)
            .field("gateway", &self.gateway)
            .field("pieces", &self.pieces.len())
            .finish_non_exhaustive()
    }
}

/// A piece of a message to send.
#[derive(Clone)]
pub struct NewPiece {
    /// Its name, unguessable, which the caller draws: receipts may repeat it.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its place, where the gateway takes segments rather than whole texts.
    pub place: Option<Place>,
    /// How many segments it costs.
    pub segments: u8,
}

impl fmt::Debug for NewPiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPiece")
            .field("id", &self.id)
            .field("place", &self.place)
            .field("segments", &self.segments)
            .finish_non_exhaustive()
    }
}

/// A piece to submit now.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its name.
    pub id: String,
    /// Its message's name.
    pub message: String,
    /// The site that answers.
    pub site: SiteId,
    /// The turn whose answer it carries.
    pub turn: Option<TurnId>,
    /// The town's number or name.
    pub from: String,
    /// The recipient.
    pub to: String,
    /// Its text.
    pub text: String,
    /// How its message travels.
    pub encoding: Encoding,
    /// Its place in a longer message.
    pub place: Option<Place>,
    /// When it is too late to send it.
    pub valid_until: DateTime<Utc>,
    /// How many times it was begun, this one included.
    pub attempt: u32,
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece")
            .field("id", &self.id)
            .field("message", &self.message)
            .field("place", &self.place)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// What was taken to be submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimedPieces {
    /// The pieces, oldest message first, parts in order.
    pub pieces: Vec<Piece>,
    /// How many were found too late to send.
    pub expired: u64,
}

/// Where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceState {
    /// To be submitted.
    Queued,
    /// Being submitted.
    Submitting,
    /// Taken by the gateway; its receipt is still to come, if ever.
    Submitted,
    /// Nobody knows whether it was taken.
    Ambiguous,
    /// Delivered.
    Delivered,
    /// Not delivered, as the network says.
    Undelivered,
    /// Refused by the gateway.
    Refused,
    /// Too late before it was sent.
    Expired,
    /// Not sent again, since it may have been taken.
    GivenUp,
    /// Not sent, since it did not hold any more.
    Withdrawn,
}

const CLAIMING: &str = "claiming what is to be sent";

impl Encoding {
    fn as_str(self) -> &'static str {
        match self {
            Self::Gsm => "gsm",
            Self::Ucs2 => "ucs2",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        [Self::Gsm, Self::Ucs2]
            .into_iter()
            .find(|encoding| encoding.as_str() == name)
            .ok_or_else(|| corrupt("reading an SMS", "its encoding", &name))
    }
}

impl PieceState {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Submitting => "submitting",
            Self::Submitted => "submitted",
            Self::Ambiguous => "ambiguous",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::GivenUp => "given_up",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn parse(name: &str) -> Result<Self, StoreError> {
        [
            Self::Queued,
            Self::Submitting,
            Self::Submitted,
            Self::Ambiguous,
            Self::Delivered,
            Self::Undelivered,
            Self::Refused,
            Self::Expired,
            Self::GivenUp,
            Self::Withdrawn,
        ]
        .into_iter()
        .find(|state| state.as_str() == name)
        .ok_or_else(|| corrupt("reading an SMS", "its state", &name))
    }
}

impl Store {
    /// Takes up to `limit` pieces to submit by a gateway. What is given was marked durably before, until `now +
    /// lease`; what is too late is not given.
    ///
    /// # Errors
    /// When the installation's key does not fit or the database does not answer.
    pub async fn claim_pieces(
        &self,
        gateway: &str,
        now: DateTime<Utc>,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<ClaimedPieces, StoreError> {
        let mut claimed = ClaimedPieces::default();
        loop {
            let rows = self.mark(gateway, now, limit, lease).await?;
            let none_left = rows.is_empty();
            let (rows, expired): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .partition(|row| row.9 == PieceState::Submitting.as_str());
            claimed.expired += expired.len() as u64;
            if !rows.is_empty() || none_left {
                claimed.pieces = self.open_pieces(rows).await?;
                return Ok(claimed);
            }
        }
    }

    async fn mark(
        &self,
        gateway: &str,
        now: DateTime<Utc>,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<PieceRow>, StoreError> {
        // Most looks find nothing: they need not disturb the writer.
        let mut reader = self.reader(CLAIMING).await?;
        let due: Option<(i64,)> = sqlx::query_as(
            "SELECT position FROM sms_outbox WHERE gateway = $1 AND state = 'queued'
             AND (not_before <= $2 OR valid_until <= $2) LIMIT 1",
        )
        .bind(gateway.to_owned())
        .bind(millis(now))
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(CLAIMING))?;
        drop(reader);
        if due.is_none() {
            return Ok(Vec::new());
        }
        let gateway = gateway.to_owned();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                // The outer condition holds again once PostgreSQL has waited for another node's claim.
                let mut rows: Vec<PieceRow> = sqlx::query_as(
                    "UPDATE sms_outbox SET
                     state = CASE WHEN valid_until <= $2 THEN 'expired' ELSE 'submitting' END,
                     attempts = CASE WHEN valid_until <= $2 THEN attempts ELSE attempts + 1 END,
                     lease_until = $3,
                     sealed_to = CASE WHEN valid_until <= $2 THEN NULL ELSE sealed_to END,
                     sealed_text = CASE WHEN valid_until <= $2 THEN NULL ELSE sealed_text END
                     WHERE position IN (SELECT position FROM sms_outbox WHERE gateway = $1 AND state = 'queued'
                        AND (not_before <= $2 OR valid_until <= $2) ORDER BY position LIMIT $4)
                     AND state = 'queued'
                     RETURNING position, id, message, site, turn, origin, reference, total, part, state, attempts,
                     valid_until, period, sealed_to, sealed_text, encoding",
                )
                .bind(gateway)
                .bind(millis(now))
                .bind(millis(now + lease))
                .bind(i64::from(limit))
                .fetch_all(connection)
                .await
                .map_err(during(CLAIMING))?;
                rows.sort_by_key(|row| row.0);
                Ok(rows)
            })
        })
        .await
    }

    async fn open_pieces(&self, rows: Vec<PieceRow>) -> Result<Vec<Piece>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut reader = self.reader(CLAIMING).await?;
        let mut keys = HashMap::<(i64, String), TranscriptKey>::new();
        for row in &rows {
            let place = (row.3, row.12.clone());
            if let std::collections::hash_map::Entry::Vacant(entry) = keys.entry(place) {
                let (site, period) = (SiteId(row.3), row.12.as_str());
                let key =
                    TranscriptKey::find(&mut reader, &self.inner.installation_key, site, period).await?;
                entry.insert(key.ok_or(StoreError::WrongKey)?);
            }
        }
        drop(reader);
        rows.into_iter()
            .map(|row| {
                let site = SiteId(row.3);
                let key = keys.get(&(row.3, row.12)).ok_or(StoreError::WrongKey)?;
                let open = |sealed: Option<Vec<u8>>, part| {
                    let sealed = sealed.ok_or_else(|| corrupt(CLAIMING, "a piece", &"it was erased"))?;
                    key.open(&sealed, (&row.1, site, part))
                };
                Ok(Piece {
                    site,
                    turn: row
                        .4
                        .map(|turn| TurnId::parse(&turn))
                        .transpose()
                        .map_err(|e| corrupt(CLAIMING, "a turn's name", &e))?,
                    from: row.5,
                    to: open(row.13, Part::OutboundTo)?,
                    text: open(row.14, Part::OutboundText)?,
                    encoding: Encoding::parse(&row.15)?,
                    place: place(row.6, row.7, row.8)?,
                    valid_until: instant(row.11)?,
                    attempt: u32::try_from(row.10).map_err(|e| corrupt(CLAIMING, "a number", &e))?,
                    message: row.2,
                    id: row.1,
                })
            })
            .collect()
    }

    /// The pieces of a message and where they stand, in order; empty for a name that is unknown or was purged.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pieces_of(&self, message: &str) -> Result<Vec<(String, PieceState)>, StoreError> {
        let doing = "following an SMS";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT id, state FROM sms_outbox WHERE message = $1 ORDER BY position")
                .bind(message.to_owned())
                .fetch_all(&mut *reader)
                .await
                .map_err(during(doing))?;
        rows.into_iter()
            .map(|(id, state)| Ok((id, PieceState::parse(&state)?)))
            .collect()
    }
}

// What `Store::mark` gives.
type PieceRow = (
    i64,
    String,
    String,
    i64,
    Option<String>,
    String,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    String,
    i64,
    i64,
    String,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    String,
);

fn place(reference: Option<i64>, total: Option<i64>, part: Option<i64>) -> Result<Option<Place>, StoreError> {
    let (Some(reference), Some(total), Some(part)) = (reference, total, part) else {
        return Ok(None);
    };
    let malformed = |e| corrupt(CLAIMING, "a part's place", &e);
    Ok(Some(Place {
        reference: u16::try_from(reference).map_err(malformed)?,
        total: u8::try_from(total).map_err(malformed)?,
        part: u8::try_from(part).map_err(malformed)?,
    }))
}

/// Queues what is to be sent.
pub(super) async fn queue(
    connection: &mut AnyConnection,
    installation: &InstallationKey,
    (claim, outbound): (&Claim, NewOutbound),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let period = Period::of(outbound.valid_until)?;
    let key = TranscriptKey::ensure(connection, installation, claim.site, &period).await?;
    for piece in outbound.pieces {
        let sealed_to = key.seal(&outbound.to, (&piece.id, claim.site, Part::OutboundTo))?;
        let sealed_text = key.seal(&piece.text, (&piece.id, claim.site, Part::OutboundText))?;
        sqlx::query(
            "INSERT INTO sms_outbox (id, message, site, sender, turn, gateway, origin, reference, total, part, state,
             not_before, valid_until, attempts, doubts, period, sealed_to, sealed_text, encoding)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', $11, $12, 0, 0, $13, $14, $15, $16)",
        )
        .bind(piece.id)
        .bind(outbound.id.clone())
        .bind(claim.site.0)
        .bind(claim.sender.bytes())
        .bind(outbound.turn.map(|turn| turn.to_string()))
        .bind(outbound.gateway.clone())
        .bind(outbound.from.clone())
        .bind(piece.place.map(|place| i64::from(place.reference)))
        .bind(piece.place.map(|place| i64::from(place.total)))
        .bind(piece.place.map(|place| i64::from(place.part)))
        .bind(millis(now))
        .bind(millis(outbound.valid_until))
        .bind(period.name.clone())
        .bind(sealed_to)
        .bind(sealed_text)
        .bind(outbound.encoding.as_str())
        .execute(&mut *connection)
        .await
        .map_err(during("queueing an SMS"))?;
    }
    Ok(())
}
