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

/// Endings that stems of one family differ by, longest first.
const ENDINGS: [&str; 45] = [
    "issement", "atrice", "ateur", "ation", "ition", "ement", "ment", "trice", "teur", "tion", "sion",
    "ance", "ence", "abl", "ibl", "ipt", "eur", "eus", "ion", "ant", "ent", "age", "oir", "iqu", "ist",
    "iti", "if", "iv", "al", "el", "er", "ir", "iss", "ite", "it", "ur", "at", "ag", "pt", "ie", "r", "v",
    "t", "i", "e",
];

/// What the stems of one family share; shorter than the stem, for finding variants, never indexed.
pub(crate) fn root(stem: &str) -> &str {
    let mut root = stem;
    for ending in ENDINGS {
        if let Some(start) = root.strip_suffix(ending)
            && start.len() >= 4
        {
            root = start;
            break;
        }
    }
    root
}
