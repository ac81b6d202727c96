//! What a model needs of memory, and what the machine has: known before it is taken.

use super::NotLoaded;
use llama_cpp_2::model::LlamaModel;
use std::path::Path;

/// Bytes of a number in llama.cpp's cache of keys and values (half precision).
const CACHED: u64 = 2;
const MILLION: u64 = 1_000_000;

/// What a model takes of memory, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Its file.
    pub weights: u64,
    /// What it remembers while it answers as many at once as it may.
    pub cache: u64,
}

/// What a model takes; refuses one whose weights and cache of so many tokens are more than what is free.
pub(super) fn check(model: &LlamaModel, weights: u64, path: &Path, tokens: u64) -> Result<Memory, NotLoaded> {
    let cache = cache(model, tokens);
    let memory = Memory { weights, cache };
    // What cannot be read is not held against the model.
    let Some(available) = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| available(&text))
    else {
        return Ok(memory);
    };
    // Layers on a graphics card are not counted out: their weights pass through memory all the same.
    let needed = weights.saturating_add(cache);
    if needed <= available {
        return Ok(memory);
    }
    Err(NotLoaded::TooLarge {
        path: path.to_owned(),
        needed: needed / MILLION,
        weights: weights / MILLION,
        cache: cache / MILLION,
        available: available / MILLION,
    })
}

/// Keys and values of each layer, for each token.
fn cache(model: &LlamaModel, tokens: u64) -> u64 {
    let width = u64::try_from(model.n_embd()).unwrap_or(0);
    let head = width / u64::from(model.n_head().max(1));
    let key_and_value =
        said(model, "key_length").unwrap_or(head) + said(model, "value_length").unwrap_or(head);
    let of_a_token = CACHED * u64::from(model.n_layer()) * u64::from(model.n_head_kv()) * key_and_value;
    of_a_token.saturating_mul(tokens)
}

/// What a file says of its attention: heads of some models are wider or narrower than their share of a layer.
fn said(model: &LlamaModel, what: &str) -> Option<u64> {
    let architecture = model.meta_val_str("general.architecture").ok()?;
    let said = model.meta_val_str(&format!("{architecture}.attention.{what}"));
    said.ok()?.parse().ok()
}

/// The bytes that `/proc/meminfo` says are there for a new program.
fn available(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_available_is_read_as_linux_writes_it() {
        let text = "MemTotal:       24576000 kB\nMemFree:  1 kB\nMemAvailable:   20480000 kB\n";
        assert_eq!(available(text), Some(20_480_000 * 1024));
        assert_eq!(available("MemAvailable: lots"), None);
    }
}
