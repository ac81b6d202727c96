//! The models of a town: one is asked for words, which nobody sees before they are proven elsewhere, others for numbers.
//!
//! They run on machines of the town's. Words are a stream of pieces; whoever drops the stream stops the model. Numbers say
//! what texts mean, or how well passages answer a question.

mod embedding;
mod events;
#[cfg(feature = "llama")]
mod in_process;
mod pace;
mod reranking;
mod server;

pub use embedding::{Embedder, Vector};
#[cfg(feature = "llama")]
pub use in_process::{InProcess, Memory, ModelFile, NotLoaded, ScoringFile, ScoringKind, ScoringModel};
pub use pace::Pace;
pub use reranking::Reranker;
pub use server::{Endpoint, ScoringServer, Server};

use domain::lock::Lock;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// What a model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What it is to do, the same for all questions.
    pub instructions: String,
    /// What it is to do it with.
    pub material: String,
    /// What it may write, where it runs in this process; a server writes what it wants.
    pub lock: Option<Arc<Lock>>,
}

/// What an answer may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most tokens.
    pub tokens: u32,
    /// The longest wait between two pieces. The first one may take as long as the whole: a processor reads its prompt slowly.
    pub silence: Duration,
    /// The longest time of an answer, once there is a place for it.
    pub whole: Duration,
}

/// The longest wait for a free place: whoever would wait longer has read the extracts.
const PLACE: Duration = Duration::from_secs(2);

/// Where words come from.
#[derive(Debug)]
pub enum Generator {
    /// A server of the town's that speaks OpenAI's protocol.
    Server(Server),
    /// A model's file, run in this process.
    #[cfg(feature = "llama")]
    InProcess(InProcess),
}

impl Generator {
    /// Whether it heeds the lock of a prompt: for a server, none need be made.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        !matches!(self, Self::Server(_))
    }

    /// Asks for a word, whatever it is, within `patience`. Needs a tokio runtime.
    ///
    /// # Errors
    /// Why none came.
    pub async fn try_out(&self, patience: Duration) -> Result<(), Failed> {
        let prompt = Prompt {
            instructions: "Réponds par un mot.".to_owned(),
            material: "Bonjour".to_owned(),
            lock: None,
        };
        let limits = Limits {
            tokens: 8,
            silence: patience,
            whole: patience,
        };
        match self.words(prompt, limits).next().await {
            Some(Ok(_)) | None | Some(Err(Failed::Unfinished { .. })) => Ok(()),
            Some(Err(failed)) => Err(failed),
        }
    }

    /// Asks for words. Needs a tokio runtime.
    #[must_use]
    pub fn words(&self, prompt: Prompt, limits: Limits) -> Words {
        match self {
            Self::Server(server) => server.words(prompt, limits),
            #[cfg(feature = "llama")]
            Self::InProcess(model) => model.words(prompt, limits),
        }
    }
}

/// Why no more words come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// All places were taken for too long.
    #[error("the model answers as many questions as it may at once, or has just failed")]
    Busy,
    /// No server could be asked.
    #[error("asking the model at {endpoint}: {cause}; look whether it runs there")]
    Unreachable {
        /// Where it was expected.
        endpoint: String,
        /// What happened.
        cause: String,
    },
    /// A server did not want to answer.
    #[error("the model at {endpoint} refused: {cause}; look at its log, and at the name of the model")]
    Refused {
        /// Which one.
        endpoint: String,
        /// What it said.
        cause: String,
        /// Whether it would refuse other questions too.
        own_fault: bool,
    },
    /// Nothing came for too long, or the whole took too long.
    #[error("the model at {endpoint} took longer {limit} than it may")]
    TooSlow {
        /// Which one.
        endpoint: String,
        /// Which limit was met.
        limit: Limit,
    },
    /// It had more to say than it may: its last sentence lacks its end.
    #[error("the model at {endpoint} was stopped at its most tokens")]
    Unfinished {
        /// Which one.
        endpoint: String,
    },
    /// What came is no answer of the protocol.
    #[error(
        "the model at {endpoint} said what is no answer of the OpenAI protocol: {cause}; is that its address?"
    )]
    Garbled {
        /// Which one.
        endpoint: String,
        /// What is wrong.
        cause: &'static str,
    },
    /// The answer ended before it was finished.
    #[error("the model at {endpoint} stopped in the middle of its answer")]
    Cut {
        /// Which one.
        endpoint: String,
    },
}

impl Failed {
    /// Why, in a word each: for counts.
    pub const REASONS: [&str; 7] = [
        "busy",
        "unreachable",
        "refused",
        "too_slow",
        "unfinished",
        "garbled",
        "cut",
    ];

    /// Its place in [`Self::REASONS`].
    #[must_use]
    pub fn reason(&self) -> usize {
        match self {
            Self::Busy => 0,
            Self::Unreachable { .. } => 1,
            Self::Refused { .. } => 2,
            Self::TooSlow { .. } => 3,
            Self::Unfinished { .. } => 4,
            Self::Garbled { .. } => 5,
            Self::Cut { .. } => 6,
        }
    }
}

/// A limit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Of a whole answer.
    Whole,
    /// Between two pieces.
    Silence,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Whole => "for its answer",
            Self::Silence => "between two words",
        })
    }
}

/// The words of a model as they come. Dropping them stops the model.
#[derive(Debug)]
pub struct Words {
    pieces: mpsc::Receiver<Result<String, Failed>>,
    task: AbortHandle,
    pace: Pace,
}

impl Words {
    /// The next piece; `None` once the answer is whole. After a failure nothing follows.
    pub async fn next(&mut self) -> Option<Result<String, Failed>> {
        let piece = self.pieces.recv().await;
        if let Some(Ok(_)) = &piece {
            self.pace.heard(Instant::now());
        }
        piece
    }

    /// How fast they have come so far.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        self.task.abort();
    }
}
