//! What the weights of reading are learned from: what is seen of the units of a page, for a question.

use super::features::{FEATURES, NAMES};
use super::{Sought, Wanted, features::Page, unit};
use crate::ask::RANKED;
use crate::understand::understand;
use crate::{AskError, Assistant, Error};
use chrono::{DateTime, Utc};
use retrieval::Query;
use std::sync::Arc;

/// A sentence, item or row, and what is seen of it.
#[derive(Debug, Clone)]
pub struct Observed {
    /// Its words.
    pub text: String,
    /// What is seen of it, in the order of [`feature_names`].
    pub features: Vec<f32>,
}

/// The names of what is seen.
#[must_use]
pub fn feature_names() -> [&'static str; FEATURES] {
    NAMES
}

impl Assistant {
    /// What reading sees of a document that search finds for a question; nothing where it is not found.
    ///
    /// # Errors
    /// When the site is unknown, or the index or the database does not answer.
    pub(crate) async fn observe(
        &self,
        site: &str,
        question: &str,
        document: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<Observed>, AskError> {
        let site = self.store.site_by_key(site).await?.ok_or(AskError::UnknownSite)?;
        let calendar = site.settings.calendar;
        let at = now.with_timezone(&calendar.timezone);
        let collections = self.store.collections_of(site.id).await?;
        let understood = understand(&self.inner.lexicon, question, at, &calendar);
        let index = self.inner.indexes.current().ok_or(AskError::NotReady)?;
        let ranking = index
            .search(&Query::new(understood.text.clone()), &collections, RANKED)
            .map_err(Error::from)?;
        let documents: Vec<_> = ranking.hits.iter().map(|hit| hit.document).collect();
        let found = self
            .store
            .snapshot()
            .await?
            .published_documents(&documents, &at)
            .await?;
        let Some(revision) = found
            .into_iter()
            .find(|found| found.external_id().as_str() == document)
        else {
            return Ok(Vec::new());
        };
        let hit = ranking
            .hits
            .iter()
            .find(|hit| hit.document == revision.document());
        let passages = hit.map(|hit| &hit.passages).into_iter().flatten();
        let ordinals: Vec<u32> = passages.map(|passage| passage.ordinal).collect();
        let sought = Sought::of(&understood.text, &understood.words, &[]);
        let wanted = Wanted {
            relevance: &ranking.relevance,
            sought: &sought,
        };
        let revision = Arc::new(revision);
        let units = unit::units(&revision, &ordinals, &wanted);
        let seen = Page::new(&revision, &units, &wanted).observe();
        let both = units.iter().zip(seen);
        Ok(both
            .filter_map(|(unit, seen)| {
                Some(Observed {
                    text: revision.content().text.slice(unit.span)?.to_owned(),
                    features: seen?.to_vec(),
                })
            })
            .collect())
    }
}
