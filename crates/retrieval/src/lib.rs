//! French analysis and the passages' index: search, ranking, confidence.

mod analysis;
mod audience;
mod confidence;
mod error;
mod fusion;
mod generations;
mod index;
mod lexicon;
mod meaning;
mod relevance;
mod schema;
mod search;
mod snapshot;
mod sound;
mod vocabulary;

pub use error::{Error, Result};
pub use fusion::fuse;
pub use generations::{Generations, NextGeneration};
pub use index::{Change, Index, Opened};
pub use meaning::{DIMENSIONS, Meaning, write_vectors};
pub use relevance::Relevance;
pub use schema::{IndexEntry, PassageEntry};
pub use search::{Hit, PassageHit, Query, Ranking};

/// The stems of a text's words that carry a subject, in order: as the index holds them.
#[must_use]
pub fn stems(text: &str) -> Vec<String> {
    analysis::stems(text)
}
