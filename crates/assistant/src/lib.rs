//! The use cases of Parvis: import, review, publish, ask, examine; composition and verification of answers.

mod ask;
mod check;
mod competence;
mod compose;
mod conversation;
mod directory;
mod energy;
mod error;
mod exam;
mod follow_up;
mod import;
mod indexing;
mod page;
mod quality;
mod read;
mod reply;
mod review;
mod reword;
mod route;
mod second_opinion;
mod sms;
mod speak;
mod texts;
mod understand;
mod wordings;

pub use ask::{Ask, Channel, Prepared};
pub use check::Checkup;
pub use conversation::{Feedback, Reason};
pub use domain::language::Language;
pub use energy::{Measuring, Meter, MeterSettings};
pub use error::{AskError, Error, FeedbackError};
pub use exam::{Exam, ExamError, Marks, ModelMarks, Question, Row, Wish};
pub use generation::{
    Embedder, Endpoint, Failed as ModelFailed, Generator, Reranker, ScoringServer, Server as ModelServer,
};
#[cfg(feature = "llama")]
pub use generation::{InProcess, Memory, ModelFile, NotLoaded, ScoringFile, ScoringKind, ScoringModel};
pub use import::{Import, ImportReport, Progress, Scope, read_path};
pub use indexing::IndexPlace;
pub use ingest::corpus::read_row;
pub use ingest::{Context, Format, Refused, read as read_bytes};
pub use page::{Detail, Page, PageBlock, PlaceCard};
pub use quality::{Quality, Taken};
pub use read::{Observed, feature_names};
pub use reply::{Kind, Reply, Source, Spoken, text_fragment};
pub use review::{Diff, DiffLine};
pub use reword::{Model, Rewording, Tally};
pub use second_opinion::{Opinions, Second, SecondOpinion};
pub use sms::{Sending, Standing};
pub use store::{
    About, Encoding, InboundMessage, NewInbound, NewLink, NewOutbound, NewPiece, Piece, PieceReceipt,
    PieceState, Place, Policy, QueueDepth, ReceiptMatch, ReceiptState, Received, Rest, SenderChange,
    SenderHash, SenderState, Settled, TurnId,
};
pub use store::{AuditEntry, Job, JobState, JobStatus, Purged, RevisionFilter, RevisionSummary, Target};
pub use texts::bundle as text_bundle;

use domain::clock::Clock;
use domain::site::{Site, SiteSettings};
use indexing::Indexes;
use std::sync::Arc;
use store::Store;
use texts::Texts;
use tokio::sync::Notify;
use understand::Lexicon;

/// Where an installation keeps what it knows.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The database.
    pub store: Target,
    /// The index.
    pub index: IndexPlace,
    /// Opens the transcripts; kept beside the database, never in it.
    pub installation_key: [u8; 32],
}

/// An installation, ready to work. Cloning it is cheap.
#[derive(Clone)]
pub struct Assistant {
    store: Store,
    inner: Arc<Inner>,
    model: Option<Arc<Model>>,
    meter: Option<Meter>,
    second_opinion: Option<Arc<SecondOpinion>>,
}

struct Inner {
    indexes: Indexes,
    texts: Texts,
    lexicon: Lexicon,
    competences: competence::Competences,
    directories: directory::Directories,
    sites: ask::SiteCache,
    sms_came: Notify,
    sms_queued: Notify,
}

impl std::fmt::Debug for Assistant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assistant")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Assistant {
    /// Opens the database and the newest index. A missing or outdated index is built by [`Assistant::catch_up`].
    ///
    /// # Errors
    /// When the database or the index's folder cannot be used.
    pub async fn open(setup: Setup) -> Result<Self, Error> {
        let store = Store::open(&setup.store, setup.installation_key).await?;
        let inner = Inner {
            indexes: Indexes::open(&setup.index)?,
            texts: Texts::load(),
            lexicon: Lexicon::load()?,
            competences: competence::Competences::load()?,
            directories: directory::Directories::default(),
            sites: ask::SiteCache::default(),
            sms_came: Notify::new(),
            sms_queued: Notify::new(),
        };
        Ok(Self {
            store,
            inner: Arc::new(inner),
            model: None,
            meter: None,
            second_opinion: None,
        })
    }

    /// The same installation with a language model.
    #[must_use]
    pub fn with_model(self, model: Model) -> Self {
        Self {
            model: Some(Arc::new(model)),
            ..self
        }
    }

    /// The same installation with a meter for the energy of its answers.
    #[must_use]
    pub fn with_meter(self, meter: Meter) -> Self {
        Self {
            meter: Some(meter),
            ..self
        }
    }

    /// The same installation with a second opinion on which document answers best.
    #[must_use]
    pub fn with_second_opinion(self, opinion: SecondOpinion) -> Self {
        Self {
            second_opinion: Some(Arc::new(opinion)),
            ..self
        }
    }

    /// What counts the energy of its answers.
    #[must_use]
    pub fn meter(&self) -> Option<&Meter> {
        self.meter.as_ref()
    }

    /// What became of the second opinions that were asked for since the start; `None` where none is asked.
    #[must_use]
    pub fn second_opinions(&self) -> Option<Opinions> {
        self.second_opinion.as_deref().map(SecondOpinion::counts)
    }

    /// Whether there is an index to answer with.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.inner.indexes.current().is_some()
    }

    /// Finishes the writes under way.
    pub async fn close(self) {
        self.store.close().await;
    }

    /// Makes a site, or brings its settings up to date.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ensure_site(&self, key: &str, settings: SiteSettings) -> Result<Site, Error> {
        self.inner.sites.forget();
        Ok(self.store.ensure_site(key, settings).await?)
    }

    /// The site of that key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn site(&self, key: &str) -> Result<Option<Site>, Error> {
        Ok(self.store.site_by_key(key).await?)
    }

    /// Every site.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sites(&self) -> Result<Vec<Site>, Error> {
        Ok(self.store.sites().await?)
    }

    /// Does the work that waits in the job queue, until told to stop.
    pub async fn work(&self, clock: Clock, stop: tokio::sync::watch::Receiver<bool>) {
        indexing::work(self, clock, stop).await;
    }
}
