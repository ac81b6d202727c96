//! What an operator should know of an installation: its database, its index, its jobs.

use crate::{Assistant, Error};
use domain::ids::Sequence;
use store::JobStatus;

/// The state of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// What is damaged in the database, a line each.
    pub damage: Vec<String>,
    /// The last publication of the database.
    pub published: Sequence,
    /// The last publication that the index holds; `None` where there is no index.
    pub indexed: Option<Sequence>,
    /// Whether another version of the program made the index: it answers until the next one is built.
    pub outdated: bool,
    /// The jobs that are not done.
    pub jobs: Vec<JobStatus>,
}

impl Assistant {
    /// Looks at the database, the index as it was opened, and the jobs that are not done. Changes nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check(&self) -> Result<Checkup, Error> {
        let index = self.inner.indexes.current();
        Ok(Checkup {
            damage: self.store.check().await?,
            published: self.store.last_sequence().await?,
            indexed: index.as_ref().map(|index| index.last_sequence()),
            outdated: index.is_some_and(|index| index.is_outdated()),
            jobs: self.store.jobs(None).await?,
        })
    }
}
