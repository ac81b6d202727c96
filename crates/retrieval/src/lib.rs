//! French analysis and the passages' index: search, ranking, confidence.

mod analysis;
mod confidence;
mod error;
mod generations;
mod index;
mod lexicon;
mod schema;
mod search;
mod snapshot;
mod sound;
mod vocabulary;

pub use error::{Error, Result};
pub use generations::{Generations, NextGeneration};
pub use index::{Change, Index, Opened};
pub use schema::{IndexEntry, PassageEntry};
pub use search::{Hit, PassageHit, Query, Ranking};

pub(crate) fn knob(name: &str, default: f32) -> f32 {
    use std::collections::HashMap;
    use std::sync::{LazyLock, Mutex};
    static K: LazyLock<Mutex<HashMap<String, f32>>> = LazyLock::new(|| Mutex::new(std::env::vars().filter_map(|(k, v)| Some((k.strip_prefix("K_")?.to_owned(), v.parse().ok()?))).collect()));
    K.lock().map_or(default, |k| k.get(name).copied().unwrap_or(default))
}
