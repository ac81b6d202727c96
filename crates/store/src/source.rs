//! Sources of content, and the trust that named persons put in them.

use crate::error::{corrupt, during};
use crate::review::{self, Audited};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, Utc};
use domain::ids::{CollectionId, SourceId};
use domain::life::{Act, Person};
use sqlx::AnyConnection;

/// Where content comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its row.
    pub id: SourceId,
    /// The collection that it fills.
    pub collection: CollectionId,
    /// Its name, as residents read it.
    pub name: String,
    /// Who declared it trusted, and when: its documents are published as they are imported.
    pub trust: Option<Act>,
}

impl Store {
    /// The source of that name in a collection, made where it is missing.
    ///
    /// # Errors
    /// When the collection does not exist or the database does not answer.
    pub async fn ensure_source(&self, collection: CollectionId, name: &str) -> Result<SourceId, StoreError> {
        let doing = "setting up a source";
        let name = name.to_owned();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                // The update changes nothing, but makes the row's id come back.
                let (id,): (i64,) = sqlx::query_as(
                    "INSERT INTO sources (collection, name) VALUES ($1, $2)
                     ON CONFLICT (collection, name) DO UPDATE SET name = excluded.name RETURNING id",
                )
                .bind(collection.0)
                .bind(name)
                .fetch_one(connection)
                .await
                .map_err(during(doing))?;
                Ok(SourceId(id))
            })
        })
        .await
    }

    /// Declares a source trusted: what is imported from it from now on is published at once.
    ///
    /// # Errors
    /// When there is no such source or the database does not answer.
    pub async fn declare_trusted(
        &self,
        source: SourceId,
        by: &Person,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.set_trust(source, Act { by: by.clone(), at }, Trust::Declared)
            .await
    }

    /// Withdraws the trust in a source: what it published stays published, and what it brings from now on waits for a
    /// review.
    ///
    /// # Errors
    /// When there is no such source or the database does not answer.
    pub async fn withdraw_trust(
        &self,
        source: SourceId,
        by: &Person,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.set_trust(source, Act { by: by.clone(), at }, Trust::Withdrawn)
            .await
    }

    async fn set_trust(&self, source: SourceId, act: Act, trust: Trust) -> Result<(), StoreError> {
        let doing = "changing the trust in a source";
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let declared = matches!(trust, Trust::Declared).then_some(&act);
                let changed =
                    sqlx::query("UPDATE sources SET trusted_by = $2, trusted_at = $3 WHERE id = $1")
                        .bind(source.0)
                        .bind(declared.map(|act| act.by.as_str().to_owned()))
                        .bind(declared.map(|act| millis(act.at)))
                        .execute(&mut *connection)
                        .await
                        .map_err(during(doing))?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::NotFound {
                        what: format!("source {source}"),
                    });
                }
                let action = match trust {
                    Trust::Declared => "trusted",
                    Trust::Withdrawn => "trust withdrawn",
                };
                review::write_audit(
                    connection,
                    Audited {
                        act: &act,
                        action,
                        of: (Some(source), None, None),
                        detail: "",
                    },
                )
                .await
            })
        })
        .await
    }

    /// Every source, by collection and name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sources(&self) -> Result<Vec<Source>, StoreError> {
        let doing = "reading the sources";
        let mut reader = self.reader(doing).await?;
        let rows = sqlx::query_as(
            "SELECT id, collection, name, trusted_by, trusted_at FROM sources ORDER BY collection, name",
        )
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        rows.into_iter().map(source).collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum Trust {
    Declared,
    Withdrawn,
}

/// One source, read inside a write.
pub(crate) async fn find(connection: &mut AnyConnection, id: SourceId) -> Result<Source, StoreError> {
    sqlx::query_as("SELECT id, collection, name, trusted_by, trusted_at FROM sources WHERE id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await
        .map_err(during("reading a source"))?
        .map(source)
        .transpose()?
        .ok_or_else(|| StoreError::NotFound {
            what: format!("source {id}"),
        })
}

type Row = (i64, i64, String, Option<String>, Option<i64>);

fn source((id, collection, name, by, at): Row) -> Result<Source, StoreError> {
    let trust = match (by, at) {
        (Some(by), Some(at)) => Some(Act {
            by: Person::new(&by).map_err(|e| corrupt("reading a source", "who trusts it", &e))?,
            at: instant(at)?,
        }),
        _ => None,
    };
    Ok(Source {
        id: SourceId(id),
        collection: CollectionId(collection),
        name,
        trust,
    })
}
