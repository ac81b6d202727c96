//! What can go wrong in a use case.

use crate::understand::LexiconError;
use domain::life::TransitionError;
use store::StoreError;

/// A use case that could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Index(#[from] retrieval::Error),
    /// The program's own word lists.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A step that the life of a revision does not allow.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// There is no such site.
    #[error("there is no site {0:?}; `parvis serve` makes those of its configuration, `parvis demo` its own")]
    UnknownSite(String),
    /// There is no trust in that source to withdraw.
    #[error("no source named {name:?} is trusted; trusted are: {trusted}")]
    NotTrusted {
        /// The name.
        name: String,
        /// The names of those that are, or "none".
        trusted: String,
    },
    /// A path that cannot be read.
    #[error("reading {path}: {source}")]
    Path {
        /// The path.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// An answer that could not be written down for the conversation.
    #[error("writing down an answer: {0}")]
    Unwritable(String),
    /// A worker thread that did not end well.
    #[error("{0} was interrupted; try again")]
    Interrupted(&'static str),
}

/// A question that gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nothing was asked.
    #[error("the question is empty")]
    Empty,
    /// Too much was asked.
    #[error("the question is longer than {most} characters")]
    TooLong {
        /// How many characters a question may have.
        most: usize,
    },
    /// There is no such site.
    #[error("there is no such site")]
    UnknownSite,
    /// The conversation is not known, or is over.
    #[error("the conversation is not known or is over")]
    UnknownConversation,
    /// The key was used for another question.
    #[error("the idempotency key was used for another question")]
    IdempotencyKeyReused,
    /// There is no index yet.
    #[error("the index is being built")]
    NotReady,
    /// Something failed on our side.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<StoreError> for AskError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<retrieval::Error> for AskError {
    fn from(error: retrieval::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A judgement of an answer that was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FeedbackError {
    /// There is no such answer, or it is forgotten.
    #[error("there is no such answer")]
    UnknownAnswer,
    /// Something failed on our side.
    #[error(transparent)]
    Failed(#[from] Error),
}
