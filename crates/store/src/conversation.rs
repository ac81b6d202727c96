//! Conversations behind unguessable codes: turns sealed at rest, gone when they expire.

use crate::energy::signed;
use crate::error::{corrupt, during};
use crate::transcript::{InstallationKey, Part, Period, TranscriptKey};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::energy::Measured;
use domain::ids::SiteId;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use std::fmt;

/// A code that is not 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this code is not 32 hexadecimal digits; take it as it was given")]
pub struct InvalidCode;

/// What opens a conversation: 128 random bits, known to the resident's browser and stored only as a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct ConversationCode([u8; 16]);

impl ConversationCode {
    /// A code of 16 random bytes, which the caller draws.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads a code as [`ConversationCode::reveal`] writes it.
    ///
    /// # Errors
    /// When it is not 32 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        parse_hex(text).map(Self)
    }

    /// The code for the resident's eyes: 32 hexadecimal digits. Never log it.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex(self.0)
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Debug for ConversationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConversationCode(…)")
    }
}

/// The name of a turn and of its answer: 128 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TurnId([u8; 16]);

impl TurnId {
    /// A name of 16 random bytes, which the caller draws.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads a name as it is displayed.
    ///
    /// # Errors
    /// When it is not 32 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        parse_hex(text).map(Self)
    }
}

impl fmt::Display for TurnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(self.0))
    }
}

/// The hash of a client's idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey([u8; 32]);

impl IdempotencyKey {
    /// Hashes the key as the client sent it.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }
}

/// A question and its answer, to be kept until it expires.
#[derive(Debug, Clone)]
pub struct NewTurn {
    /// Its name.
    pub id: TurnId,
    /// The site that was asked.
    pub site: SiteId,
    /// The conversation that it belongs to; begun with its first turn.
    pub conversation: ConversationCode,
    /// By which channel ("web", "cli").
    pub channel: String,
    /// The language of the question ("fr").
    pub language: String,
    /// The question, personal data redacted already.
    pub question: String,
    /// The answer as JSON.
    pub answer: String,
    /// The verdict's name.
    pub verdict: String,
    /// The confidence of the retrieval.
    pub confidence: f64,
    /// The client's key, where it sent one.
    pub idempotency_key: Option<IdempotencyKey>,
    /// What answering took; none where that is not measured.
    pub energy: Option<Measured>,
    /// When it was asked, in the site's time zone.
    pub at: DateTime<Tz>,
    /// When it is gone.
    pub expires_at: DateTime<Utc>,
}

/// Whether an answer helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opinion {
    /// It did.
    Helpful,
    /// It did not.
    NotHelpful,
}

impl Opinion {
    fn as_str(self) -> &'static str {
        match self {
            Self::Helpful => "helpful",
            Self::NotHelpful => "not_helpful",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Helpful, Self::NotHelpful]
            .into_iter()
            .find(|opinion| opinion.as_str() == name)
    }
}

/// What a resident thought of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// Whether it helped.
    pub opinion: Opinion,
    /// Why, personal data redacted already.
    pub reason: Option<String>,
}

/// A turn as it was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTurn {
    /// Its name.
    pub id: TurnId,
    /// The site that was asked.
    pub site: SiteId,
    /// By which channel.
    pub channel: String,
    /// The language of the question.
    pub language: String,
    /// The redacted question.
    pub question: String,
    /// The answer as JSON.
    pub answer: String,
    /// The verdict's name.
    pub verdict: String,
    /// The confidence of the retrieval.
    pub confidence: f64,
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// When it is gone.
    pub expires_at: DateTime<Utc>,
    /// What the resident thought of it.
    pub feedback: Option<Feedback>,
}

const RECORDING: &str = "keeping a turn";
const READING: &str = "reading a conversation";

const SELECT_TURN: &str =
    "SELECT t.id, t.site, t.channel, t.language, t.verdict, t.confidence, t.at, t.expires_at,
     t.period, t.sealed_question, t.sealed_answer, t.feedback, t.sealed_reason FROM turns t";

impl Store {
    /// Keeps a turn, sealed, until it expires.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its name or idempotency key was used before, [`StoreError::NotFound`] when the
    /// code belongs to another site's conversation, or when the database does not answer.
    pub async fn record_turn(&self, turn: NewTurn) -> Result<(), StoreError> {
        let installation = self.inner.installation_key.clone();
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move { record(connection, &installation, turn).await.map(drop) })
        })
        .await
    }

    /// Puts an answer that says more in the place of a turn's own; the turn expires when it did before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such turn any more, or when the database does not answer.
    pub async fn replace_answer(
        &self,
        id: TurnId,
        site: SiteId,
        expires_at: DateTime<Utc>,
        answer: String,
    ) -> Result<(), StoreError> {
        let installation = self.inner.installation_key.clone();
        let period = Period::of(expires_at)?;
        let gone = move || StoreError::NotFound {
            what: format!("the answer {id}"),
        };
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                // A key that was erased with its period is not made again.
                let key = TranscriptKey::find(connection, &installation, site, &period.name).await?;
                let key = key.ok_or_else(gone)?;
                let id = id.to_string();
                let sealed = key.seal(&answer, (&id, site, Part::Answer))?;
                let replaced = sqlx::query(
                    "UPDATE turns SET sealed_answer = $1 WHERE id = $2 AND site = $3 AND period = $4",
                )
                .bind(sealed)
                .bind(id)
                .bind(site.0)
                .bind(period.name)
                .execute(connection)
                .await
                .map_err(during(RECORDING))?;
                match replaced.rows_affected() {
                    0 => Err(gone()),
                    _ => Ok(()),
                }
            })
        })
        .await
    }

    /// A turn by its name, unless it has expired.
    ///
    /// # Errors
    /// When the installation's key does not fit or the database does not answer.
    pub async fn turn_by_id(&self, id: TurnId, now: DateTime<Utc>) -> Result<Option<StoredTurn>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let row: Option<TurnRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "{SELECT_TURN} WHERE t.id = $1 AND t.expires_at > $2"
        )))
        .bind(id.to_string())
        .bind(millis(now))
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(READING))?;
        match row {
            Some(row) => self.unseal(&mut reader, row).await,
            None => Ok(None),
        }
    }

    /// The last `limit` turns of a conversation that have not expired, newest last; empty for a code unknown here.
    ///
    /// # Errors
    /// When the installation's key does not fit or the database does not answer.
    pub async fn turns(
        &self,
        conversation: &ConversationCode,
        limit: u32,
        now: DateTime<Utc>,
    ) -> Result<Vec<StoredTurn>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let rows: Vec<TurnRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "{SELECT_TURN} JOIN conversations c ON c.id = t.conversation
             WHERE c.code_hash = $1 AND t.expires_at > $2 ORDER BY t.position DESC LIMIT $3"
        )))
        .bind(conversation.hash())
        .bind(millis(now))
        .bind(i64::from(limit))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(READING))?;
        let mut turns = Vec::with_capacity(rows.len());
        for row in rows.into_iter().rev() {
            turns.extend(self.unseal(&mut reader, row).await?);
        }
        Ok(turns)
    }

    /// The turn that was answered under an idempotency key, unless it has expired.
    ///
    /// # Errors
    /// When the installation's key does not fit or the database does not answer.
    pub async fn answer_by_idempotency_key(
        &self,
        site: SiteId,
        key: &IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Result<Option<StoredTurn>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let row: Option<TurnRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "{SELECT_TURN} WHERE t.site = $1 AND t.idempotency_hash = $2 AND t.expires_at > $3"
        )))
        .bind(site.0)
        .bind(key.0.to_vec())
        .bind(millis(now))
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(READING))?;
        match row {
            Some(row) => self.unseal(&mut reader, row).await,
            None => Ok(None),
        }
    }

    /// Keeps what a resident thought of an answer; a second opinion replaces the first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the turn is unknown or has expired, or when the database does not answer.
    pub async fn give_feedback(
        &self,
        turn: TurnId,
        feedback: Feedback,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let doing = "keeping feedback";
        let installation = self.inner.installation_key.clone();
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                let id = turn.to_string();
                let unknown = || StoreError::NotFound {
                    what: format!("answer {turn}, or it has expired"),
                };
                let (site, period): (i64, String) =
                    sqlx::query_as("SELECT site, period FROM turns WHERE id = $1 AND expires_at > $2")
                        .bind(id.clone())
                        .bind(millis(now))
                        .fetch_optional(&mut *connection)
                        .await
                        .map_err(during(doing))?
                        .ok_or_else(unknown)?;
                let site = SiteId(site);
                let sealed_reason = match &feedback.reason {
                    None => None,
                    Some(reason) => {
                        let key = TranscriptKey::find(connection, &installation, site, &period).await?;
                        Some(key.ok_or_else(unknown)?.seal(reason, (&id, site, Part::Reason))?)
                    }
                };
                sqlx::query("UPDATE turns SET feedback = $2, sealed_reason = $3 WHERE id = $1")
                    .bind(id)
                    .bind(feedback.opinion.as_str())
                    .bind(sealed_reason)
                    .execute(connection)
                    .await
                    .map_err(during(doing))?;
                Ok(())
            })
        })
        .await
    }

    /// Deletes a conversation and every turn of it; says how many turns there were.
    ///
    /// What it sealed may stay in the database's log until the next purge, where a long read holds the log.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delete_conversation(&self, conversation: &ConversationCode) -> Result<u64, StoreError> {
        let doing = "deleting a conversation";
        let hash = conversation.hash();
        let deleted = self
            .write(Durability::Full, move |connection| {
                Box::pin(async move {
                    let turns = sqlx::query(
                        "DELETE FROM turns WHERE conversation = (SELECT id FROM conversations WHERE code_hash = $1)",
                    )
                    .bind(hash.clone())
                    .execute(&mut *connection)
                    .await
                    .map_err(during(doing))?;
                    sqlx::query("DELETE FROM conversations WHERE code_hash = $1")
                        .bind(hash)
                        .execute(connection)
                        .await
                        .map_err(during(doing))?;
                    Ok(turns.rows_affected())
                })
            })
            .await?;
        if deleted > 0 {
            // The conversation is gone either way, and its turns were sealed: not a failure to tell a resident.
            let _ = self.truncate_log().await;
        }
        Ok(deleted)
    }

    // `None` where the key was erased with its period.
    async fn unseal(
        &self,
        connection: &mut AnyConnection,
        row: TurnRow,
    ) -> Result<Option<StoredTurn>, StoreError> {
        let (id, site) = (row.0.as_str(), SiteId(row.1));
        let Some(key) = TranscriptKey::find(connection, &self.inner.installation_key, site, &row.8).await?
        else {
            return Ok(None);
        };
        let opinion = row
            .11
            .as_deref()
            .map(|name| Opinion::parse(name).ok_or_else(|| corrupt(READING, "an opinion", &name)))
            .transpose()?;
        let reason = row
            .12
            .as_ref()
            .map(|reason| key.open(reason, (id, site, Part::Reason)))
            .transpose()?;
        Ok(Some(StoredTurn {
            id: TurnId::parse(id).map_err(|e| corrupt(READING, "a turn's name", &e))?,
            site,
            question: key.open(&row.9, (id, site, Part::Question))?,
            answer: key.open(&row.10, (id, site, Part::Answer))?,
            channel: row.2,
            language: row.3,
            verdict: row.4,
            confidence: row.5,
            at: instant(row.6)?,
            expires_at: instant(row.7)?,
            feedback: opinion.map(|opinion| Feedback { opinion, reason }),
        }))
    }
}

// What `SELECT_TURN` gives.
type TurnRow = (
    String,
    i64,
    String,
    String,
    String,
    f64,
    i64,
    i64,
    String,
    Vec<u8>,
    Vec<u8>,
    Option<String>,
    Option<Vec<u8>>,
);

/// Records a turn; gives its conversation's row.
pub(crate) async fn record(
    connection: &mut AnyConnection,
    installation: &InstallationKey,
    turn: NewTurn,
) -> Result<i64, StoreError> {
    let conversation = ensure_conversation(connection, &turn).await?;
    let period = Period::of(turn.expires_at)?;
    let key = TranscriptKey::ensure(connection, installation, turn.site, &period).await?;
    let id = turn.id.to_string();
    let sealed_question = key.seal(&turn.question, (&id, turn.site, Part::Question))?;
    let sealed_answer = key.seal(&turn.answer, (&id, turn.site, Part::Answer))?;
    sqlx::query(
        "INSERT INTO turns (id, conversation, site, channel, language, verdict, confidence, at,
         expires_at, period, idempotency_hash, sealed_question, sealed_answer, energy_uj, energy_method)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(id)
    .bind(conversation)
    .bind(turn.site.0)
    .bind(turn.channel)
    .bind(turn.language)
    .bind(turn.verdict)
    .bind(turn.confidence)
    .bind(millis(turn.at.to_utc()))
    .bind(millis(turn.expires_at))
    .bind(period.name)
    .bind(turn.idempotency_key.map(|key| key.0.to_vec()))
    .bind(sealed_question)
    .bind(sealed_answer)
    .bind(turn.energy.map(|measured| signed(measured.energy.microjoules())))
    .bind(turn.energy.map(|measured| measured.method.as_str()))
    .execute(connection)
    .await
    .map_err(during(RECORDING))?;
    Ok(conversation)
}

// A conversation lasts as long as its longest turn.
async fn ensure_conversation(connection: &mut AnyConnection, turn: &NewTurn) -> Result<i64, StoreError> {
    let (id, site): (i64, i64) = sqlx::query_as(
        "INSERT INTO conversations (code_hash, site, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (code_hash) DO UPDATE SET expires_at =
         CASE WHEN excluded.expires_at > conversations.expires_at THEN excluded.expires_at
         ELSE conversations.expires_at END RETURNING id, site",
    )
    .bind(turn.conversation.hash())
    .bind(turn.site.0)
    .bind(millis(turn.expires_at))
    .fetch_one(connection)
    .await
    .map_err(during(RECORDING))?;
    if site != turn.site.0 {
        return Err(StoreError::NotFound {
            what: "conversation of that code on this site".to_owned(),
        });
    }
    Ok(id)
}

fn hex(bytes: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(bytes))
}

fn parse_hex(text: &str) -> Result<[u8; 16], InvalidCode> {
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(InvalidCode);
    }
    u128::from_str_radix(text, 16)
        .map(u128::to_be_bytes)
        .map_err(|_| InvalidCode)
}
