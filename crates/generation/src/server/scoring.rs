//! A server of the town's that embeds texts or scores passages: `/v1/embeddings` and `/v1/rerank`.

use super::{Endpoint, Member, client, unreachable};
use crate::{Failed, Limit, Vector};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Mutex;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

/// A longer answer is none: vectors of some thousand numbers for some dozen texts take a tenth of it.
const LONGEST: usize = 16 * 1024 * 1024;

/// A server that gives numbers for texts.
#[derive(Debug)]
pub struct ScoringServer {
    client: reqwest::Client,
    member: Member,
    probe: Semaphore,
}

impl ScoringServer {
    /// Asks `endpoint`.
    ///
    /// # Errors
    /// When this machine cannot open connections at all.
    pub fn new(endpoint: Endpoint) -> Result<Self, Failed> {
        Ok(Self {
            client: client()?,
            member: Member {
                endpoint,
                failed_at: Mutex::new(None),
            },
            probe: Semaphore::new(1),
        })
    }

    pub(crate) async fn vectors(&self, texts: &[String], until: Instant) -> Result<Vec<Vector>, Failed> {
        let body = json!({ "model": self.member.endpoint.model, "input": texts, "encoding_format": "float" });
        let read = |answer: Embeddings| {
            let vectors = answer.data.into_iter().map(|one| (one.index, one.embedding));
            let vectors = in_order(texts.len(), vectors).ok_or("not one vector for each text")?;
            let vectors: Option<Vec<_>> = vectors.into_iter().map(Vector::of).collect();
            vectors.ok_or("numbers that are no direction")
        };
        self.ask("embeddings", body, until, read).await
    }

    pub(crate) async fn scores(
        &self,
        question: &str,
        passages: &[String],
        until: Instant,
    ) -> Result<Vec<f32>, Failed> {
        let body = json!({ "model": self.member.endpoint.model, "query": question, "documents": passages });
        let read = |answer: Ranks| {
            let scores = answer
                .results
                .into_iter()
                .map(|one| (one.index, one.relevance_score));
            let scores = in_order(passages.len(), scores).ok_or("not one score for each passage")?;
            let finite = scores.iter().all(|score| score.is_finite());
            finite.then_some(scores).ok_or("numbers that are no scores")
        };
        self.ask("rerank", body, until, read).await
    }

    async fn ask<A: DeserializeOwned, T>(
        &self,
        path: &str,
        body: Value,
        until: Instant,
        read: impl FnOnce(A) -> Result<T, &'static str>,
    ) -> Result<T, Failed> {
        // Where it has just failed, one question at a time finds out whether that is over.
        let _probe = match self.member.failed_lately() {
            true => Some(self.probe.try_acquire().map_err(|_| Failed::Busy)?),
            false => None,
        };
        let asked = timeout_at(until, self.send(path, body)).await;
        let asked = asked.unwrap_or_else(|_| {
            Err(Failed::TooSlow {
                endpoint: self.name(),
                limit: Limit::Whole,
            })
        });
        let answer = asked.and_then(|bytes| {
            let answer = serde_json::from_slice(&bytes).map_err(|_| "data that is none");
            answer.and_then(read).map_err(|cause| self.garbled(cause))
        });
        // What this question alone is refused for, another one may not be.
        let failed_at = match &answer {
            Ok(_) | Err(Failed::Refused { own_fault: false, .. }) => None,
            Err(_) => Some(Instant::now()),
        };
        self.member.favour(failed_at);
        answer
    }

    async fn send(&self, path: &str, body: Value) -> Result<Vec<u8>, Failed> {
        let request = self.member.endpoint.post(&self.client, &[path], &body);
        let answer = request.send().await;
        let mut answer = answer.map_err(|error| unreachable(&self.name(), &error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(self.member.endpoint.refused(status));
        }
        let mut bytes = Vec::new();
        loop {
            // A server that dies in the middle breaks the connection.
            let chunk = answer.chunk().await.map_err(|_| Failed::Cut {
                endpoint: self.name(),
            })?;
            let Some(chunk) = chunk else {
                return Ok(bytes);
            };
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LONGEST {
                return Err(self.garbled("an answer without end"));
            }
        }
    }

    fn garbled(&self, cause: &'static str) -> Failed {
        Failed::Garbled {
            endpoint: self.name(),
            cause,
        }
    }

    fn name(&self) -> String {
        self.member.endpoint.to_string()
    }
}

#[derive(Deserialize)]
struct Embeddings {
    data: Vec<Embedding>,
}

#[derive(Deserialize)]
struct Embedding {
    index: usize,
    embedding: Vec<f32>,
}

#[derive(Deserialize)]
struct Ranks {
    results: Vec<Rank>,
}

#[derive(Deserialize)]
struct Rank {
    index: usize,
    relevance_score: f32,
}

/// What was given for each of `count` things, in their order; `None` unless each was given something once.
fn in_order<T>(count: usize, given: impl Iterator<Item = (usize, T)>) -> Option<Vec<T>> {
    let mut places: Vec<Option<T>> = (0..count).map(|_| None).collect();
    for (index, thing) in given {
        let place = places.get_mut(index)?;
        if place.replace(thing).is_some() {
            return None;
        }
    }
    places.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_given_something_once_in_whatever_order() {
        assert_eq!(
            in_order(2, [(1, 'b'), (0, 'a')].into_iter()),
            Some(vec!['a', 'b'])
        );
        assert_eq!(in_order(0, [].into_iter()), Some(Vec::<char>::new()));
        for given in [vec![(0, 'a')], vec![(0, 'a'), (0, 'b')], vec![(0, 'a'), (2, 'b')]] {
            assert_eq!(in_order(2, given.into_iter()), None);
        }
    }
}
