//! `[second_opinion]`: a model's second opinion on search, from the configuration to what the assistant asks.

use crate::model::{key, server_url};
use anyhow::{Context as _, Result};
use assistant::{Embedder, Endpoint, Reranker, ScoringServer, Second, SecondOpinion};
use serde::Deserialize;
use std::path::Path;
use std::time::Duration;

/// `[second_opinion]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondOpinionSettings {
    /// A GGUF file or a server's address; empty: none.
    reranker: String,
    /// A GGUF file or a server's address; empty: none.
    embeddings: String,
    /// The model that a server is asked for.
    name: String,
    /// The environment variable that holds a server's key; empty: none.
    key_env: String,
    /// Threads for a file; 0: as many as there are cores.
    #[cfg_attr(
        not(feature = "llama"),
        expect(dead_code, reason = "for a file, which this build cannot run")
    )]
    threads: usize,
    /// Layers of a file for a graphics card.
    #[cfg_attr(
        not(feature = "llama"),
        expect(dead_code, reason = "for a file, which this build cannot run")
    )]
    gpu_layers: u32,
    /// The longest wait.
    milliseconds: u64,
}

/// Which kind of model is named, and where it is.
enum Named<'s> {
    Reranker(&'s str),
    Embeddings(&'s str),
}

impl SecondOpinionSettings {
    /// What is wrong with them.
    pub(crate) fn check(&self) -> Result<(), String> {
        if !self.reranker.is_empty() && !self.embeddings.is_empty() {
            return Err(
                "second_opinion.reranker and second_opinion.embeddings are both given; take one of them"
                    .to_owned(),
            );
        }
        if self.milliseconds == 0 {
            return Err("second_opinion.milliseconds must be at least 1".to_owned());
        }
        let (setting, place) = match self.named() {
            None => return Ok(()),
            Some(Named::Reranker(place)) => ("reranker", place),
            Some(Named::Embeddings(place)) => ("embeddings", place),
        };
        if !is_address(place) {
            return Ok(());
        }
        server_url("second_opinion", setting, place)?;
        match self.name.is_empty() {
            true => {
                Err("second_opinion.name is empty; write the model's name as its server calls it".to_owned())
            }
            false => Ok(()),
        }
    }

    fn named(&self) -> Option<Named<'_>> {
        match (self.reranker.as_str(), self.embeddings.as_str()) {
            ("", "") => None,
            ("", embeddings) => Some(Named::Embeddings(embeddings)),
            (reranker, _) => Some(Named::Reranker(reranker)),
        }
    }

    /// The second opinion that they describe.
    pub(crate) fn opinion(&self) -> Result<Option<SecondOpinion>> {
        let second = match self.named() {
            None => return Ok(None),
            Some(Named::Reranker(place)) if is_address(place) => {
                Second::Reranker(Reranker::Server(self.server("reranker", place)?))
            }
            Some(Named::Embeddings(place)) if is_address(place) => {
                Second::Embedder(Embedder::Server(self.server("embeddings", place)?))
            }
            Some(Named::Reranker(file) | Named::Embeddings(file)) => self.in_process(Path::new(file))?,
        };
        let within = Duration::from_millis(self.milliseconds);
        Ok(Some(SecondOpinion::new(second, within)))
    }

    fn server(&self, setting: &str, place: &str) -> Result<ScoringServer> {
        let endpoint = Endpoint {
            url: server_url("second_opinion", setting, place).map_err(anyhow::Error::msg)?,
            model: self.name.clone(),
            key: key("second_opinion", &self.key_env)?,
        };
        ScoringServer::new(endpoint).context("preparing to ask for second opinions")
    }

    #[cfg(feature = "llama")]
    fn in_process(&self, path: &Path) -> Result<Second> {
        use assistant::{ScoringFile, ScoringKind, ScoringModel};
        let load = |kind| {
            ScoringModel::load(&ScoringFile {
                path: path.to_owned(),
                kind,
                threads: (self.threads > 0).then_some(self.threads),
                gpu_layers: self.gpu_layers,
            })
        };
        Ok(match self.reranker.as_str() {
            "" => Second::Embedder(Embedder::InProcess(load(ScoringKind::Embeddings)?)),
            _ => Second::Reranker(Reranker::InProcess(load(ScoringKind::Reranker)?)),
        })
    }

    #[cfg(not(feature = "llama"))]
    #[expect(clippy::unused_self, reason = "the other build needs it")]
    fn in_process(&self, path: &Path) -> Result<Second> {
        Err(crate::model::built_without(path))
    }
}

/// Whether a setting names a server, not a file.
fn is_address(place: &str) -> bool {
    place.starts_with("http://") || place.starts_with("https://")
}
