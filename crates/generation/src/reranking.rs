//! How well passages answer a question, by a model that reads each of them together with it.

#[cfg(feature = "llama")]
use crate::in_process::Text;
use crate::{Failed, ScoringServer};
use tokio::time::Instant;

/// Where scores come from.
#[derive(Debug)]
pub enum Reranker {
    /// A server of the town's that speaks Jina's protocol (`/v1/rerank`), as llama-server and vLLM do.
    Server(ScoringServer),
    /// A model's file, run in this process.
    #[cfg(feature = "llama")]
    InProcess(crate::ScoringModel),
}

impl Reranker {
    /// A score for each passage, in their order: higher is better, and it means something within one question alone.
    /// Needs a tokio runtime.
    ///
    /// # Errors
    /// When the model fails, is not done at `until`, or gives what are no such scores.
    pub async fn scores(
        &self,
        question: &str,
        passages: &[String],
        until: Instant,
    ) -> Result<Vec<f32>, Failed> {
        match self {
            Self::Server(server) => server.scores(question, passages, until).await,
            #[cfg(feature = "llama")]
            Self::InProcess(model) => {
                let pair = |passage: &String| Text::Pair(question.to_owned(), passage.clone());
                let numbers = model.numbers(passages.iter().map(pair).collect(), until).await?;
                // Where a model tells several classes apart, the first is that of what answers.
                let first = |numbers: Vec<f32>| numbers.first().copied().filter(|score| score.is_finite());
                let scores: Option<_> = numbers.into_iter().map(first).collect();
                scores.ok_or_else(|| model.garbled("numbers that are no scores"))
            }
        }
    }
}
