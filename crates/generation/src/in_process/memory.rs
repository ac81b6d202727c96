//! What a model needs of memory, and what the machine has: known before it is taken.

use super::NotLoaded;
use llama_cpp_2::model::LlamaModel;
use std::path::Path;

/// Bytes of a number in llama.cpp's cache of keys and values (half precision).
const CACHED: u64 = 2;
const MILLION: u64 = 1_000_000;

/// Refuses a model whose weights and cache of so many tokens are more than what is free.
pub(super) fn check(model: &LlamaModel, weights: u64, path: &Path, tokens: u64) -> Result<(), NotLoaded> {
    let cache = cache(model, tokens);
    // What cannot be read is not held against the model.
    let Some(available) = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| available(&text))
    else {
        return Ok(());
    };
    // Layers on a graphics card are not counted out: their weights pass through memory all the same.
    let needed = weights.saturating_add(cache);
    if needed <= available {
        return Ok(());
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
    let share = u64::from(model.n_head_kv()) * width / u64::from(model.n_head().max(1));
    (2 * CACHED * u64::from(model.n_layer()) * share).saturating_mul(tokens)
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
