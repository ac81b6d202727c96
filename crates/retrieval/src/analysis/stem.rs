//! Stems: what the index holds, and roots, which bring together the stems of one family.

use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

static SNOWBALL: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::French));

/// The stem of a folded word.
///
/// Accents go first, so that a question without accents meets the text; what Snowball then misses for want of an
/// accent ("declaree") is repaired before it runs.
pub(crate) fn stem(folded: &str) -> String {
    // Snowball knows French letters alone, and leaves nothing of some others.
    if folded.len() < 4 || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    let mut word = folded;
    let held;
    for (ending, repaired) in [("ees", "e"), ("ee", "e"), ("dechetterie", "decheterie")] {
        if let Some(start) = word.strip_suffix(ending)
            && (start.len() >= 3 || ending.len() > 3)
        {
            held = format!("{start}{repaired}");
            word = &held;
            break;
        }
    }
    let mut stem = SNOWBALL.stem(word).into_owned();
    // A double consonant at the end makes no difference of meaning: "personnel", "personne".
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && !b"aeiou".contains(b)
        && stem.len() > 3
    {
        stem.pop();
    }
    stem
}

/// Endings that stems of one family differ by; an ending stands before those that it ends with.
const ENDINGS: [&str; 46] = [
    "atair", "air", "issement", "atrice", "ateur", "ation", "ition", "ement", "ment", "trice", "teur",
    "tion", "sion", "ance", "ence", "abl", "ibl", "eur", "eus", "ion", "ant", "ent", "age", "oir", "iqu",
    "ist", "iti", "if", "iv", "al", "el", "er", "ir", "iss", "ite", "it", "ur", "at", "ag", "pt", "ie", "r",
    "v", "t", "i", "e",
];
/// What is left of a stem is never shorter.
const SHORTEST_ROOT: usize = 4;

/// What the stems of one family share; no longer than the stem, for finding variants, never indexed.
pub(crate) fn root(stem: &str) -> &str {
    let without_ending = |root: &str| {
        let mut shorter = ENDINGS
            .iter()
            .filter_map(|ending| root.strip_suffix(ending).map(str::len));
        shorter.find(|length| *length >= SHORTEST_ROOT)
    };
    let mut root = stem;
    while let Some(length) = without_ending(root) {
        root = &root[..length];
    }
    root
}
