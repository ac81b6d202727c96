//! Short links from an SMS to an answer on the web: unguessable codes, kept as keyed hashes, gone when they expire.

use crate::conversation::TurnId;
use crate::error::{corrupt, during};
use crate::transcript::InstallationKey;
use crate::{Store, StoreError, millis};
use chrono::{DateTime, Utc};
use domain::ids::SiteId;
use sqlx::AnyConnection;
use std::fmt;

/// A link to be kept.
#[derive(Clone)]
pub struct NewLink {
    /// Its code, which the caller draws: at least 64 random bits.
    pub code: String,
    /// The turn whose answer it leads to.
    pub turn: TurnId,
    /// When it leads nowhere any more.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for NewLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewLink")
            .field("turn", &self.turn)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The turn.
    pub turn: TurnId,
    /// Its site.
    pub site: SiteId,
}

fn hash(installation: &InstallationKey, code: &str) -> Vec<u8> {
    installation.pseudonym("sms-link", &[code.as_bytes()]).to_vec()
}

impl Store {
    /// Where a code leads, unless it is unknown, has expired, or its turn is gone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link(&self, code: &str, now: DateTime<Utc>) -> Result<Option<Link>, StoreError> {
        let doing = "following a link";
        let mut reader = self.reader(doing).await?;
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT turn, site FROM sms_links WHERE code_hash = $1 AND expires_at > $2")
                .bind(hash(&self.inner.installation_key, code))
                .bind(millis(now))
                .fetch_optional(&mut *reader)
                .await
                .map_err(during(doing))?;
        row.map(|(turn, site)| {
            let turn = TurnId::parse(&turn).map_err(|e| corrupt(doing, "a turn's name", &e))?;
            Ok(Link {
                turn,
                site: SiteId(site),
            })
        })
        .transpose()
    }
}

/// Keeps a link.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    installation: &InstallationKey,
    (site, link): (SiteId, NewLink),
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sms_links (code_hash, turn, site, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(hash(installation, &link.code))
        .bind(link.turn.to_string())
        .bind(site.0)
        .bind(millis(link.expires_at))
        .execute(connection)
        .await
        .map_err(during("keeping a link"))?;
    Ok(())
}
