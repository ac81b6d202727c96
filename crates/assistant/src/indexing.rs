//! From publications to the index: catching up, building anew, and the background worker.

use crate::{Assistant, Error};
use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use domain::document::FieldName;
use domain::ids::{CollectionId, RevisionId, Sequence};
use domain::passage;
use domain::published::RevisionRecord;
use retrieval::{Change, Generations, Index, IndexEntry, Opened, PassageEntry};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use store::{ClaimedJob, Job, Publication};
use tokio::sync::{Mutex, Notify, watch};

/// How many publications are indexed in one commit.
const BATCH: u32 = 1_000;
/// How long a worker may hold a job.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How often what has expired is deleted, and an index that is behind is seen to though no job says so.
const ROUND_EVERY: TimeDelta = TimeDelta::hours(1);
/// How often the worker looks for what other processes published.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Where the index lives.
#[derive(Debug, Clone)]
pub enum IndexPlace {
    /// In a folder, kept between starts.
    Directory(PathBuf),
    /// In memory, made anew at each start.
    Memory,
}

/// The index that answers, and what is needed to build the next.
pub(crate) struct Indexes {
    generations: Option<Generations>,
    current: RwLock<Option<Arc<Index>>>,
    one_at_a_time: Mutex<()>,
    wake: Notify,
}

impl Indexes {
    pub(crate) fn open(place: &IndexPlace) -> Result<Self, Error> {
        let (generations, index) = match place {
            IndexPlace::Memory => (None, Some(Index::in_memory()?)),
            IndexPlace::Directory(folder) => {
                let generations = Generations::new(folder);
                let index = match generations.open_newest()? {
                    Opened::Ready(index) => {
                        if index.is_outdated() {
                            tracing::info!("the index is outdated; it answers until it is built again");
                        }
                        Some(index)
                    }
                    Opened::Missing => None,
                    Opened::OtherFormat { found } => {
                        tracing::info!(
                            found,
                            "the index has a format that cannot be read and is built again"
                        );
                        None
                    }
                    Opened::Damaged { reason } => {
                        tracing::warn!(reason, "the index is damaged and is built again");
                        None
                    }
                };
                (Some(generations), index)
            }
        };
        Ok(Self {
            generations,
            current: RwLock::new(index.map(Arc::new)),
            one_at_a_time: Mutex::new(()),
            wake: Notify::new(),
        })
    }

    /// The index that answers.
    pub(crate) fn current(&self) -> Option<Arc<Index>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn swap(&self, index: Arc<Index>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(index);
    }

    /// Tells the worker that there is something to do.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

impl Assistant {
    /// Brings the index up to the last publication, building it first where there is none. Returns how many
    /// publications were applied.
    ///
    /// # Errors
    /// When the database does not answer or the index cannot be written; what answered before goes on answering.
    pub async fn catch_up(&self) -> Result<usize, Error> {
        let _only_one = self.inner.indexes.one_at_a_time.lock().await;
        match self.inner.indexes.current() {
            // An index that knows more than the database is another database's: one was restored from a backup.
            Some(index)
                if !index.is_outdated() && index.last_sequence() <= self.store.last_sequence().await? =>
            {
                self.apply_publications(&index).await
            }
            Some(_) | None => self.rebuild().await,
        }
    }

    /// Builds a new index from everything that is published; the one that is open answers meanwhile, as it is: what is
    /// published during the build is found at its end.
    async fn rebuild(&self) -> Result<usize, Error> {
        let Some(generations) = &self.inner.indexes.generations else {
            return Ok(0);
        };
        let next = generations.start_next()?;
        match self.apply_publications(next.index()).await {
            Ok(applied) => {
                self.inner.indexes.swap(next.promote()?);
                Ok(applied)
            }
            Err(error) => {
                // A full disk must not stay full of half an index.
                if let Err(left) = next.discard() {
                    tracing::warn!(error = %left, "an index that could not be finished is left on the disk");
                }
                Err(error)
            }
        }
    }

    async fn apply_publications(&self, index: &Arc<Index>) -> Result<usize, Error> {
        let mut applied = 0;
        loop {
            let publications = self
                .store
                .publications_after(index.last_sequence(), BATCH)
                .await?;
            let Some(last) = publications.last() else {
                return Ok(applied);
            };
            let upto = last.sequence;
            applied += publications.len();
            let changes = self.changes(&publications).await?;
            apply(index, changes, upto).await?;
        }
    }

    async fn changes(&self, publications: &[Publication]) -> Result<Vec<Change>, Error> {
        let revisions: Vec<RevisionId> = publications.iter().filter_map(|p| p.revision).collect();
        let records = self.store.snapshot().await?.records_to_index(&revisions).await?;
        let records: HashMap<RevisionId, RevisionRecord> = records.into_iter().map(|r| (r.id, r)).collect();
        let change = |publication: &Publication| {
            // A revision that is gone was retired meanwhile: the retraction follows in the log.
            match publication.revision.and_then(|id| records.get(&id)) {
                Some(record) => Change::Put(entry(record, publication.collection)),
                None => Change::Remove(publication.document),
            }
        };
        Ok(publications.iter().map(change).collect())
    }
}

async fn apply(index: &Arc<Index>, changes: Vec<Change>, upto: Sequence) -> Result<(), Error> {
    let index = Arc::clone(index);
    let applying = tokio::task::spawn_blocking(move || index.apply(&changes, upto));
    applying
        .await
        .map_err(|_| Error::Interrupted("indexing"))?
        .map_err(Error::from)
}

/// What the index holds of a revision.
fn entry(record: &RevisionRecord, collection: CollectionId) -> IndexEntry {
    let content = &record.content;
    let named = [FieldName::Alias, FieldName::Competence];
    let names = named
        .into_iter()
        .flat_map(|name| content.field_values(name))
        .map(str::to_owned);
    IndexEntry {
        document: record.document,
        revision: record.id,
        collection,
        kind: record.kind,
        title: content.title.clone(),
        questions: content.questions.clone(),
        keywords: content.keywords.iter().cloned().chain(names).collect(),
        passages: passage::split(&content.text, &content.blocks)
            .into_iter()
            .map(|spec| {
                let trail: Vec<_> = spec
                    .trail
                    .iter()
                    .filter_map(|span| content.text.slice(*span))
                    .collect();
                PassageEntry {
                    ordinal: spec.ordinal,
                    trail: trail.join("\n"),
                    body: content.text.slice(spec.span).unwrap_or_default().to_owned(),
                }
            })
            .collect(),
    }
}

/// Does what waits in the job queue, at once when this process published something, soon when another did.
pub(crate) async fn work(assistant: &Assistant, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut next_round = clock.now();
    while !*stop.borrow() {
        tokio::select! {
            _ = look.tick() => {}
            () = assistant.inner.indexes.wake.notified() => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
        let now = clock.now();
        if now >= next_round {
            match queue_round(assistant, now).await {
                Ok(()) => next_round = now + ROUND_EVERY,
                Err(error) => tracing::error!(%error, "the hourly jobs cannot be queued; trying again"),
            }
        }
        match assistant.store.claim(now, LEASE).await {
            Ok(Some(job)) => tokio::select! {
                () = run(assistant, &job, clock) => {}
                // To build an index takes longer than a stop may: it is built from the beginning at the next start.
                _ = stop.changed() => return,
            },
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the job queue cannot be read; trying again"),
        }
    }
}

/// Queues what is due at each start and each hour. Indexing is: an index may be outdated with nothing new to publish, and
/// a job that failed too often is dead.
async fn queue_round(assistant: &Assistant, now: DateTime<Utc>) -> Result<(), Error> {
    assistant.store.enqueue(Job::Purge, now).await?;
    assistant.store.enqueue(Job::IndexPublications, now).await?;
    Ok(())
}

async fn run(assistant: &Assistant, job: &ClaimedJob, clock: Clock) {
    let done = match job.job {
        Job::IndexPublications => assistant
            .catch_up()
            .await
            .map(|applied| tracing::info!(applied, "indexed")),
        Job::Purge => assistant
            .purge(clock.now())
            .await
            .map(|purged| tracing::info!(?purged, "purged")),
    };
    let recorded = match done {
        Ok(()) => assistant.store.complete(job).await,
        Err(error) => {
            tracing::error!(%error, job = ?job.job, attempt = job.attempt, "a job failed; it is tried again");
            assistant.store.fail(job, &error.to_string(), clock.now()).await
        }
    };
    if let Err(error) = recorded {
        tracing::error!(%error, job = ?job.job, "the end of a job could not be recorded; it is done again");
    }
}

#[cfg(test)]
mod tests {
    use crate::conversation::tests::{now, town};
    use crate::{Context, Format, Import, RevisionFilter, Scope, read_bytes};
    use domain::life::{Person, Transition};

    #[tokio::test]
    async fn a_retraction_takes_its_document_out_of_the_index() {
        let town = town().await;
        let person = |name| Person::new(name).unwrap();
        let import = Import {
            site: "moulin".into(),
            scope: Scope::Site,
            collection: "site".into(),
            source: "Ville de Moulin".into(),
            author: person("Ana"),
            trusted_by: None,
            now: now(),
        };
        let context = Context {
            timezone: chrono_tz::Europe::Paris,
            base_url: None,
        };
        let drafts = read_bytes(Format::Markdown, "carte.md", b"La carte est gratuite.", &context);
        town.import(&import, drafts.into_iter(), |_| ()).await.unwrap();
        let revision = town.revisions(&RevisionFilter::default()).await.unwrap()[0].id;
        let documents = || town.inner.indexes.current().unwrap().len();
        let retire = Transition::Retire { why: "faux".into() };
        for (transition, indexed) in [(Transition::Approve, 0), (Transition::Publish, 1), (retire, 0)] {
            town.transition(revision, &transition, &person("Bob"), now())
                .await
                .unwrap();
            town.catch_up().await.unwrap();
            assert_eq!(documents(), indexed, "{transition:?}");
        }
    }
}
