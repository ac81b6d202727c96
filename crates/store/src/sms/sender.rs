//! Who writes, known by a keyed hash of the number alone, and where their conversation stands.

use crate::conversation::{ConversationCode, TurnId};
use crate::error::{corrupt, during};
use crate::transcript::InstallationKey;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use sqlx::AnyConnection;
use std::fmt;

/// A number as this installation knows it: hashed with a key, another for each site.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SenderHash([u8; 32]);

/// A text as this installation knows it again: hashed with a key, another for each sender.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextHash([u8; 32]);

impl fmt::Debug for SenderHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SenderHash(…)")
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextHash(…)")
    }
}

impl SenderHash {
    pub(super) fn of(installation: &InstallationKey, site: SiteId, number: &str) -> Self {
        Self(installation.pseudonym("sms-sender", &[&site.0.to_be_bytes(), number.as_bytes()]))
    }

    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, StoreError> {
        Ok(Self(hash(bytes)?))
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    // What binds a sealed number to its row.
    pub(super) fn name(&self) -> String {
        hex(&self.0)
    }
}

/// What is left to send of an answer: `SUITE` asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The turn whose answer it is.
    pub turn: TurnId,
    /// Where it goes on, as the channel counts.
    pub offset: u32,
}

/// Where a sender's conversation stands. Only one message of a sender is answered at a time, so nobody else changes it
/// meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderState {
    /// When the conversation began; names it ([`Store::sms_conversation`]).
    pub conversation_begun_at: DateTime<Utc>,
    /// When they last wrote.
    pub last_at: DateTime<Utc>,
    /// Whether they asked for silence.
    pub stopped: bool,
    /// When they were told that they wrote too often.
    pub limit_told_at: Option<DateTime<Utc>>,
    /// Their last text ([`Store::text_hash`]).
    pub last_text: Option<TextHash>,
    /// How often they repeated it.
    pub repeats: u32,
    /// What is left to send.
    pub rest: Option<Rest>,
}

type SenderRow = (
    i64,
    i64,
    i64,
    Option<i64>,
    Option<Vec<u8>>,
    i64,
    Option<String>,
    Option<i64>,
);

const READING: &str = "reading where a sender stands";

impl Store {
    /// A number as this installation knows it.
    #[must_use]
    pub fn sender_hash(&self, site: SiteId, number: &str) -> SenderHash {
        SenderHash::of(&self.inner.installation_key, site, number)
    }

    /// A sender's text as this installation knows it again.
    #[must_use]
    pub fn text_hash(&self, sender: &SenderHash, text: &str) -> TextHash {
        let key = &self.inner.installation_key;
        TextHash(key.pseudonym("sms-text", &[&sender.0, text.as_bytes()]))
    }

    /// The code of the conversation that a sender began at an instant: always the same, known to nobody else.
    #[must_use]
    pub fn sms_conversation(&self, sender: &SenderHash, begun_at: DateTime<Utc>) -> ConversationCode {
        let begun_at = millis(begun_at).to_be_bytes();
        let key = &self.inner.installation_key;
        let [code @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
            key.pseudonym("sms-conversation", &[&sender.0, &begun_at]);
        ConversationCode::new(code)
    }

    /// Where a sender's conversation stands; none for one who never wrote, or not for a month.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sender(&self, sender: &SenderHash) -> Result<Option<SenderState>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let row: Option<SenderRow> = sqlx::query_as(
            "SELECT conversation_begun_at, last_at, stopped, limit_told_at, last_text, repeats, rest_turn, rest_offset
             FROM sms_senders WHERE sender = $1",
        )
        .bind(sender.bytes())
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(READING))?;
        row.map(state).transpose()
    }

    /// How many messages a sender wrote after `since`, answered or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn messages_since(&self, sender: &SenderHash, since: DateTime<Utc>) -> Result<u64, StoreError> {
        let doing = "counting a sender's messages";
        let mut reader = self.reader(doing).await?;
        let (count,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM sms_inbox WHERE sender = $1 AND received_at > $2")
                .bind(sender.bytes())
                .bind(millis(since))
                .fetch_one(&mut *reader)
                .await
                .map_err(during(doing))?;
        Ok(count.unsigned_abs())
    }
}

fn state(row: SenderRow) -> Result<SenderState, StoreError> {
    let rest = match (row.6, row.7) {
        (Some(turn), Some(offset)) => Some(Rest {
            turn: TurnId::parse(&turn).map_err(|e| corrupt(READING, "a turn's name", &e))?,
            offset: number(offset)?,
        }),
        _ => None,
    };
    Ok(SenderState {
        conversation_begun_at: instant(row.0)?,
        last_at: instant(row.1)?,
        stopped: row.2 != 0,
        limit_told_at: row.3.map(instant).transpose()?,
        last_text: row.4.map(|text| hash(text).map(TextHash)).transpose()?,
        repeats: number(row.5)?,
        rest,
    })
}

/// Keeps where a sender's conversation stands.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    (site, sender): (SiteId, &SenderHash),
    state: &SenderState,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sms_senders (sender, site, conversation_begun_at, last_at, stopped, limit_told_at, last_text,
         repeats, rest_turn, rest_offset) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (sender) DO UPDATE SET conversation_begun_at = excluded.conversation_begun_at,
         last_at = excluded.last_at, stopped = excluded.stopped, limit_told_at = excluded.limit_told_at,
         last_text = excluded.last_text, repeats = excluded.repeats, rest_turn = excluded.rest_turn,
         rest_offset = excluded.rest_offset",
    )
    .bind(sender.bytes())
    .bind(site.0)
    .bind(millis(state.conversation_begun_at))
    .bind(millis(state.last_at))
    .bind(i64::from(state.stopped))
    .bind(state.limit_told_at.map(millis))
    .bind(state.last_text.map(|text| text.0.to_vec()))
    .bind(i64::from(state.repeats))
    .bind(state.rest.map(|rest| rest.turn.to_string()))
    .bind(state.rest.map(|rest| i64::from(rest.offset)))
    .execute(connection)
    .await
    .map_err(during("keeping where a sender stands"))?;
    Ok(())
}

/// Deletes what is kept of a sender, save messages not answered yet, `answering`, and those of the hour before it, which
/// only their hash is left of: whoever erases has not written less.
pub(super) async fn forget(
    connection: &mut AnyConnection,
    sender: &SenderHash,
    answering: i64,
) -> Result<(), StoreError> {
    let doing = "erasing a sender's conversation";
    for sql in [
        "DELETE FROM turns WHERE conversation IN (SELECT conversation FROM sms_conversations WHERE sender = $1)",
        "DELETE FROM conversations WHERE id IN (SELECT conversation FROM sms_conversations WHERE sender = $1)",
        "DELETE FROM sms_outbox WHERE sender = $1 AND state <> 'submitting'",
        // Their response is still to come; whatever it says, they are not sent again.
        "UPDATE sms_outbox SET valid_until = 0, sealed_to = NULL, sealed_text = NULL WHERE sender = $1",
        "DELETE FROM sms_senders WHERE sender = $1",
    ] {
        sqlx::query(sql)
            .bind(sender.bytes())
            .execute(&mut *connection)
            .await
            .map_err(during(doing))?;
    }
    sqlx::query(
        "DELETE FROM sms_inbox WHERE sender = $1 AND settled_at IS NOT NULL AND id <> $2
         AND received_at <= (SELECT received_at FROM sms_inbox WHERE id = $2) - $3",
    )
    .bind(sender.bytes())
    .bind(answering)
    .bind(TimeDelta::hours(1).num_milliseconds())
    .execute(connection)
    .await
    .map_err(during(doing))?;
    Ok(())
}

fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| corrupt("reading a keyed hash", "a keyed hash", &"it is not 32 bytes long"))
}

fn number(stored: i64) -> Result<u32, StoreError> {
    u32::try_from(stored).map_err(|e| corrupt(READING, "a number", &e))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
