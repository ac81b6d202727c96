//! The language model of a town: asked for words, which nobody sees before they are proven elsewhere.
//!
//! The model runs on a machine of the town's. What it says is a stream of pieces; whoever drops the stream stops the model.

mod events;
mod server;

pub use server::{Endpoint, Server};

use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// What a model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What it is to do, the same for all questions.
    pub instructions: String,
    /// What it is to do it with.
    pub material: String,
}

/// What an answer may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most tokens.
    pub tokens: u32,
    /// The longest wait for the first piece, and between two pieces.
    pub silence: Duration,
    /// The longest time in all, waiting for a free place included.
    pub whole: Duration,
}

/// Where words come from.
#[derive(Debug)]
pub enum Generator {
    /// There is no model.
    None,
    /// A server of the town's that speaks OpenAI's protocol.
    Server(Server),
}

impl Generator {
    /// Asks for words; `None` where there is no model. Needs a tokio runtime.
    #[must_use]
    pub fn words(&self, prompt: Prompt, limits: Limits) -> Option<Words> {
        match self {
            Self::None => None,
            Self::Server(server) => Some(server.words(prompt, limits)),
        }
    }
}

/// Why no more words come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// All places were taken for too long.
    #[error("the model answers as many residents as it may: raise model.at_once, or add a server")]
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
    #[error("the model at {endpoint} refused: {cause}; look at its log, and at model.name")]
    Refused {
        /// Which one.
        endpoint: String,
        /// What it said.
        cause: String,
    },
    /// Nothing came for too long, or the whole took too long.
    #[error("the model at {endpoint} took longer than it may ({whole_or_silence})")]
    TooSlow {
        /// Which one.
        endpoint: String,
        /// Which limit was met.
        whole_or_silence: &'static str,
    },
    /// What came is no answer of the protocol.
    #[error(
        "the model at {endpoint} said what is no answer of the OpenAI protocol: {cause}; is model.servers right?"
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

/// The words of a model as they come. Dropping them stops the model.
#[derive(Debug)]
pub struct Words {
    pieces: mpsc::Receiver<Result<String, Failed>>,
    task: AbortHandle,
}

impl Words {
    /// The next piece; `None` once the answer is whole. After a failure nothing follows.
    pub async fn next(&mut self) -> Option<Result<String, Failed>> {
        self.pieces.recv().await
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        self.task.abort();
    }
}
