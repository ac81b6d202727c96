//! French analysis and the passages' index: search, ranking, confidence.

mod analysis;
mod confidence;
mod error;
mod generations;
mod index;
mod lexicon;
mod relevance;
mod schema;
mod search;
mod snapshot;
mod sound;
mod vocabulary;

pub use error::{Error, Result};
pub use generations::{Generations, NextGeneration};
pub use index::{Change, Index, Opened};
pub use relevance::Relevance;
pub use schema::{IndexEntry, PassageEntry};
pub use search::{Hit, PassageHit, Query, Ranking};
