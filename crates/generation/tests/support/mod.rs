//! A model of random weights, a prompt for it, and what it says.

use crate::peers;
use generation::{Failed, Limits, Prompt, Words};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) fn prompt() -> Prompt {
    Prompt {
        instructions: "Réécris.".into(),
        material: "La piscine ouvre à 9 h.".into(),
        lock: None,
    }
}

pub(crate) fn limits() -> Limits {
    Limits {
        tokens: 16,
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(40),
    }
}

/// All that was said, and why no more came.
pub(crate) async fn said(mut words: Words) -> (String, Option<Failed>) {
    let mut text = String::new();
    while let Some(piece) = words.next().await {
        match piece {
            Ok(piece) => text.push_str(&piece),
            Err(failed) => return (text, Some(failed)),
        }
    }
    (text, None)
}

/// Writes the model, the same each time.
pub(crate) fn tiny_model(folder: &Path) -> PathBuf {
    tiny_model_of(folder, &[])
}

/// The same with other measures.
pub(crate) fn tiny_model_of(folder: &Path, measures: &[&str]) -> PathBuf {
    peers::written("tiny_model.py", &folder.join("tiny.gguf"), measures)
}
