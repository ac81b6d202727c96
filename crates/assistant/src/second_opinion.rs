//! A model's second opinion on which of the documents found answers best.

use domain::ids::RevisionId;
use generation::{Embedder, Failed, Reranker, Vector};
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How many vectors are remembered: some 1.5 to 4 kB each.
const REMEMBERED: usize = 4_096;

/// Who gives the second opinion.
#[derive(Debug)]
pub enum Second {
    /// A model that says what texts mean: the nearer a passage is to the question, the better.
    Embedder(Embedder),
    /// A model that reads a passage together with the question.
    Reranker(Reranker),
}

/// A second opinion on the order of documents, and what it may cost.
#[derive(Debug)]
pub struct SecondOpinion {
    by: Second,
    within: Duration,
    known: Mutex<Known>,
    failing: AtomicBool,
    asked: AtomicU64,
    given: AtomicU64,
    followed: AtomicU64,
}

/// What became of second opinions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Opinions {
    /// They were asked for.
    pub asked: u64,
    /// They came in time.
    pub given: u64,
    /// Another document was answered from because of them.
    pub followed: u64,
}

/// A passage of a published revision, as a model is shown it.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub place: Place,
    pub text: String,
}

/// A revision, and the position of a passage in it.
pub(crate) type Place = (RevisionId, u32);

impl SecondOpinion {
    /// Asks `by`, and waits for it so long at most.
    #[must_use]
    pub fn new(by: Second, within: Duration) -> Self {
        Self {
            by,
            within,
            known: Mutex::default(),
            failing: AtomicBool::new(false),
            asked: AtomicU64::new(0),
            given: AtomicU64::new(0),
            followed: AtomicU64::new(0),
        }
    }

    /// How well each passage answers, higher being better; `None` where the model fails or is late.
    pub(crate) async fn scores(&self, question: &str, passages: &[Passage]) -> Option<Vec<f32>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let until = Instant::now() + self.within;
        let scores = match &self.by {
            Second::Embedder(embedder) => self.nearness(embedder, question, passages, until).await,
            Second::Reranker(reranker) => {
                let texts: Vec<String> = passages.iter().map(|passage| passage.text.clone()).collect();
                reranker.scores(question, &texts, until).await
            }
        };
        let was_failing = self.failing.swap(scores.is_err(), Ordering::Relaxed);
        match scores {
            Ok(scores) => {
                self.given.fetch_add(1, Ordering::Relaxed);
                if was_failing {
                    tracing::info!("second opinions on search come again");
                }
                Some(scores)
            }
            Err(failed) => {
                if !was_failing {
                    tracing::warn!(%failed, "no second opinion on search; its own order stands");
                }
                None
            }
        }
    }

    /// Another document was answered from.
    pub(crate) fn was_followed(&self) {
        self.followed.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn counts(&self) -> Opinions {
        Opinions {
            asked: self.asked.load(Ordering::Relaxed),
            given: self.given.load(Ordering::Relaxed),
            followed: self.followed.load(Ordering::Relaxed),
        }
    }

    /// The cosine of each passage with the question.
    async fn nearness(
        &self,
        embedder: &Embedder,
        question: &str,
        passages: &[Passage],
        until: Instant,
    ) -> Result<Vec<f32>, Failed> {
        let asked = embedder.vectors(&[question.to_owned()], until).await?;
        // A vector that cannot be compared is that of another model, which the server ran before.
        let nearness = |vector: &Vector| asked.iter().find_map(|asked| asked.cosine(vector));
        let mut scores: Vec<Option<f32>> = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let vector = |passage: &Passage| known.vectors.get(&passage.place);
            passages
                .iter()
                .map(|passage| vector(passage).and_then(nearness))
                .collect()
        };
        // One at a time: what was embedded is known from then on, even where the whole comes too late.
        for (passage, score) in passages
            .iter()
            .zip(&mut scores)
            .filter(|(_, score)| score.is_none())
        {
            let vectors = embedder
                .vectors(std::slice::from_ref(&passage.text), until)
                .await?;
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            for vector in vectors {
                *score = nearness(&vector);
                known.remember(passage.place, vector);
            }
        }
        Ok(scores
            .into_iter()
            .map(|score| score.unwrap_or(f32::NEG_INFINITY))
            .collect())
    }
}

/// The vectors of passages that were embedded last. A revision never changes, so neither do they.
#[derive(Debug, Default)]
struct Known {
    vectors: HashMap<Place, Vector>,
    /// Oldest first.
    order: VecDeque<Place>,
}

impl Known {
    fn remember(&mut self, place: Place, vector: Vector) {
        if self.vectors.insert(place, vector).is_none() {
            self.order.push_back(place);
        }
        while self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.vectors.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_vectors_are_remembered_and_the_oldest_go_first() {
        let mut known = Known::default();
        let place = |at: usize| (RevisionId(i64::try_from(at).unwrap()), 0);
        for at in 0..REMEMBERED + 3 {
            for _ in 0..2 {
                known.remember(place(at), Vector::of(vec![1.0]).unwrap());
            }
        }
        assert_eq!((known.vectors.len(), known.order.len()), (REMEMBERED, REMEMBERED));
        assert!(known.vectors.contains_key(&place(3)) && !known.vectors.contains_key(&place(2)));
    }
}
