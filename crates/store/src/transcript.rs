//! Sealing what residents write: keys of a period, wrapped by the installation's key, erased when the period is over.

use crate::error::{corrupt, during};
use crate::{StoreError, millis};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};
use domain::ids::SiteId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::AnyConnection;
use std::sync::Arc;

const NONCE: usize = 24;

/// The key that wraps the keys of transcripts. Never stored with them.
#[derive(Clone)]
pub(crate) struct InstallationKey(Arc<[u8; 32]>);

impl InstallationKey {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(Arc::new(key))
    }

    /// A keyed hash for one purpose: it tells what is the same, and nobody without the key what it is, not even by
    /// trying every telephone number.
    pub(crate) fn pseudonym(&self, purpose: &str, fields: &[&[u8]]) -> [u8; 32] {
        let mut hash = keyed_hash(
            &keyed_hash(&self.0)
                .chain_update(purpose)
                .finalize()
                .into_bytes()
                .into(),
        );
        for field in fields {
            hash.update(&(field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().into_bytes().into()
    }
}

fn keyed_hash(key: &[u8; 32]) -> Hmac<Sha256> {
    // A shorter key is filled with zeros to the length of a block (RFC 2104).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

/// A week of expiry: everything sealed in it is gone when it is over.
pub(crate) struct Period {
    pub(crate) name: String,
    pub(crate) ends_at: DateTime<Utc>,
}

impl Period {
    /// The ISO week, in UTC, in which something expires.
    pub(crate) fn of(expires_at: DateTime<Utc>) -> Result<Self, StoreError> {
        let day = expires_at.date_naive();
        let week = day.iso_week();
        let to_monday = Days::new(7 - u64::from(day.weekday().num_days_from_monday()));
        let monday = day
            .checked_add_days(to_monday)
            .ok_or_else(|| corrupt("sealing a transcript", "its expiry", &expires_at))?;
        Ok(Self {
            name: format!("{}-W{:02}", week.year(), week.week()),
            ends_at: monday.and_time(NaiveTime::MIN).and_utc(),
        })
    }
}

/// The key of one site and period.
pub(crate) struct TranscriptKey(XChaCha20Poly1305);

/// Which text of a turn or of an SMS is sealed; one does not open in the place of another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Question,
    Answer,
    Reason,
    InboundFrom,
    InboundText,
    OutboundTo,
    OutboundText,
}

impl TranscriptKey {
    /// The key of `site` and `period`, made where it is missing.
    pub(crate) async fn ensure(
        connection: &mut AnyConnection,
        installation: &InstallationKey,
        site: SiteId,
        period: &Period,
    ) -> Result<Self, StoreError> {
        let doing = "preparing the key of a transcript";
        if let Some(key) = Self::find(connection, installation, site, &period.name).await? {
            return Ok(key);
        }
        let wrapped = seal(
            &cipher(&installation.0),
            &random::<32>()?,
            &wrapping(site, &period.name),
        )?;
        // Another node may have made it since: the first one holds.
        sqlx::query(
            "INSERT INTO transcript_keys (site, period, ends_at, wrapped) VALUES ($1, $2, $3, $4)
             ON CONFLICT (site, period) DO NOTHING",
        )
        .bind(site.0)
        .bind(period.name.clone())
        .bind(millis(period.ends_at))
        .bind(wrapped)
        .execute(&mut *connection)
        .await
        .map_err(during(doing))?;
        Self::find(connection, installation, site, &period.name)
            .await?
            .ok_or(StoreError::Conflict { doing })
    }

    /// The key of `site` and `period`, unless it was erased.
    pub(crate) async fn find(
        connection: &mut AnyConnection,
        installation: &InstallationKey,
        site: SiteId,
        period: &str,
    ) -> Result<Option<Self>, StoreError> {
        let wrapped: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT wrapped FROM transcript_keys WHERE site = $1 AND period = $2")
                .bind(site.0)
                .bind(period.to_owned())
                .fetch_optional(connection)
                .await
                .map_err(during("reading the key of a transcript"))?;
        let Some((wrapped,)) = wrapped else {
            return Ok(None);
        };
        let key = open(&cipher(&installation.0), &wrapped, &wrapping(site, period))?;
        let key: [u8; 32] = key.try_into().map_err(|_| StoreError::WrongKey)?;
        Ok(Some(Self(cipher(&key))))
    }

    /// Seals one text of a turn.
    pub(crate) fn seal(&self, text: &str, place: (&str, SiteId, Part)) -> Result<Vec<u8>, StoreError> {
        seal(&self.0, text.as_bytes(), &associated(place))
    }

    /// Opens one text of a turn.
    pub(crate) fn open(&self, sealed: &[u8], place: (&str, SiteId, Part)) -> Result<String, StoreError> {
        String::from_utf8(open(&self.0, sealed, &associated(place))?).map_err(|_| StoreError::WrongKey)
    }
}

fn associated((turn, site, part): (&str, SiteId, Part)) -> Vec<u8> {
    format!("turn/{turn}/{site}/{part:?}").into_bytes()
}

fn wrapping(site: SiteId, period: &str) -> Vec<u8> {
    format!("transcript-key/{site}/{period}").into_bytes()
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.into())
}

// The nonce, then the ciphertext with its tag.
fn seal(cipher: &XChaCha20Poly1305, msg: &[u8], aad: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce = random::<NONCE>()?;
    let mut sealed = nonce.to_vec();
    let ciphertext = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg, aad })
        .map_err(|e| corrupt("sealing a transcript", "its text", &e))?;
    sealed.extend(ciphertext);
    Ok(sealed)
}

fn open(cipher: &XChaCha20Poly1305, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (nonce, msg) = sealed.split_first_chunk::<NONCE>().ok_or(StoreError::WrongKey)?;
    cipher
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map_err(|_| StoreError::WrongKey)
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> TranscriptKey {
        TranscriptKey(cipher(&[7; 32]))
    }

    #[test]
    fn a_sealed_text_opens_only_in_its_own_place() {
        let place = |turn, site, part| (turn, SiteId(site), part);
        let sealed = key()
            .seal("où est la piscine", place("a1", 1, Part::Question))
            .unwrap();
        assert_eq!(
            key().open(&sealed, place("a1", 1, Part::Question)).unwrap(),
            "où est la piscine"
        );
        for other in [
            place("a2", 1, Part::Question),
            place("a1", 2, Part::Question),
            place("a1", 1, Part::Answer),
        ] {
            assert_eq!(key().open(&sealed, other), Err(StoreError::WrongKey));
        }
        assert_eq!(
            TranscriptKey(cipher(&[8; 32])).open(&sealed, place("a1", 1, Part::Question)),
            Err(StoreError::WrongKey)
        );
    }

    #[test]
    fn the_same_text_never_seals_to_the_same_bytes() {
        let place = ("a1", SiteId(1), Part::Question);
        assert_ne!(
            key().seal("bonjour", place).unwrap(),
            key().seal("bonjour", place).unwrap()
        );
    }

    #[test]
    fn a_period_ends_on_the_monday_after_everything_in_it_has_expired() {
        let expiry = "2026-12-31T23:59:59Z".parse::<DateTime<Utc>>().unwrap();
        let period = Period::of(expiry).unwrap();
        assert_eq!(period.name, "2026-W53");
        assert_eq!(period.ends_at.to_rfc3339(), "2027-01-04T00:00:00+00:00");
        let monday = Period::of(period.ends_at).unwrap();
        assert_eq!(monday.name, "2027-W01");
        assert_eq!(monday.ends_at.to_rfc3339(), "2027-01-11T00:00:00+00:00");
    }
}
