//! Sites, collections and subscriptions.

use crate::error::{during, json, parse};
use crate::writer::Durability;
use crate::{Store, StoreError};
use domain::ids::{CollectionId, SiteId};
use domain::site::{Site, SiteSettings};

const READING: &str = "reading the sites";

impl Store {
    /// The site of that key, made where it is missing, its settings brought up to date.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ensure_site(&self, key: &str, settings: SiteSettings) -> Result<Site, StoreError> {
        let doing = "setting up a site";
        if let Some(site) = self.site_by_key(key).await?
            && site.settings == settings
        {
            return Ok(site);
        }
        let (key, text) = (key.to_owned(), json(&settings, doing)?);
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let (id,): (i64,) = sqlx::query_as(
                    "INSERT INTO sites (key, settings) VALUES ($1, $2)
                     ON CONFLICT (key) DO UPDATE SET settings = excluded.settings RETURNING id",
                )
                .bind(key.clone())
                .bind(text)
                .fetch_one(connection)
                .await
                .map_err(during(doing))?;
                Ok(Site {
                    id: SiteId(id),
                    key,
                    settings,
                })
            })
        })
        .await
    }

    /// The site of that key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn site_by_key(&self, key: &str) -> Result<Option<Site>, StoreError> {
        let mut reader = self.reader(READING).await?;
        sqlx::query_as("SELECT id, key, settings FROM sites WHERE key = $1")
            .bind(key.to_owned())
            .fetch_optional(&mut *reader)
            .await
            .map_err(during(READING))?
            .map(site)
            .transpose()
    }

    /// Every site, by key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let rows = sqlx::query_as("SELECT id, key, settings FROM sites ORDER BY key")
            .fetch_all(&mut *reader)
            .await
            .map_err(during(READING))?;
        rows.into_iter().map(site).collect()
    }

    /// The collection of that name, made where it is missing; without an owner it is shared.
    ///
    /// # Errors
    /// When the owner does not exist or the database does not answer.
    pub async fn ensure_collection(
        &self,
        name: &str,
        owner: Option<SiteId>,
    ) -> Result<CollectionId, StoreError> {
        let doing = "setting up a collection";
        let name = name.to_owned();
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let owner = owner.map(|site| site.0);
                sqlx::query(
                    "INSERT INTO collections (name, owner) VALUES ($1, $2)
                     ON CONFLICT (COALESCE(owner, 0), name) DO NOTHING",
                )
                .bind(name.clone())
                .bind(owner)
                .execute(&mut *connection)
                .await
                .map_err(during(doing))?;
                let (id,): (i64,) =
                    sqlx::query_as("SELECT id FROM collections WHERE name = $1 AND COALESCE(owner, 0) = $2")
                        .bind(name)
                        .bind(owner.unwrap_or_default())
                        .fetch_one(connection)
                        .await
                        .map_err(during(doing))?;
                Ok(CollectionId(id))
            })
        })
        .await
    }

    /// Lets a site answer from a shared collection; once is enough.
    ///
    /// # Errors
    /// When one of them does not exist or the database does not answer.
    pub async fn subscribe(&self, site: SiteId, collection: CollectionId) -> Result<(), StoreError> {
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO subscriptions (site, collection) VALUES ($1, $2)
                     ON CONFLICT (site, collection) DO NOTHING",
                )
                .bind(site.0)
                .bind(collection.0)
                .execute(connection)
                .await
                .map_err(during("subscribing to a collection"))?;
                Ok(())
            })
        })
        .await
    }

    /// The collections that a site answers from: its own, and those it subscribes to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn collections_of(&self, site: SiteId) -> Result<Vec<CollectionId>, StoreError> {
        let mut reader = self.reader(READING).await?;
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM collections WHERE owner = $1
             UNION SELECT collection FROM subscriptions WHERE site = $1 ORDER BY 1",
        )
        .bind(site.0)
        .fetch_all(&mut *reader)
        .await
        .map_err(during(READING))?;
        Ok(rows.into_iter().map(|(id,)| CollectionId(id)).collect())
    }
}

fn site((id, key, settings): (i64, String, String)) -> Result<Site, StoreError> {
    let settings = parse(&settings, READING, &format!("the settings of site {key}"))?;
    Ok(Site {
        id: SiteId(id),
        key,
        settings,
    })
}
