//! How a French word sounds, roughly: words written as they are heard meet the right ones.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Spellings and the sound each stands for, longer ones first.
const SOUNDS: [(&str, &str); 54] = [
    ("eaux", "o"),
    ("tion", "sjO"),
    ("sion", "sjO"),
    ("eau", "o"),
    ("aux", "o"),
    ("ain", "I"),
    ("ein", "I"),
    ("oin", "wI"),
    ("ill", "j"),
    ("sch", "H"),
    ("gue", "g"),
    ("gui", "gi"),
    ("que", "k"),
    ("qui", "ki"),
    ("au", "o"),
    ("ai", "e"),
    ("ei", "e"),
    ("ay", "e"),
    ("oi", "wa"),
    ("oy", "wa"),
    ("ou", "U"),
    ("an", "A"),
    ("am", "A"),
    ("en", "A"),
    ("em", "A"),
    ("in", "I"),
    ("im", "I"),
    ("un", "I"),
    ("yn", "I"),
    ("on", "O"),
    ("om", "O"),
    ("eu", "E"),
    ("oe", "E"),
    ("ph", "f"),
    ("ch", "H"),
    ("sh", "H"),
    ("qu", "k"),
    ("gn", "N"),
    ("ge", "je"),
    ("gi", "ji"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ss", "s"),
    ("sc", "s"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("y", "i"),
    ("w", "v"),
    ("h", ""),
    ("x", "s"),
    ("ij", "j"),
];

/// A key equal for words that sound alike.
pub(crate) fn sound(folded: &str) -> u64 {
    let mut word = folded;
    for silent in ["ent", "es", "er", "ez", "ee", "e", "s", "t", "d", "x", "p"] {
        if let Some(start) = word.strip_suffix(silent)
            && start.len() >= 3
        {
            word = start;
            break;
        }
    }
    let mut heard = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        // A nasal vowel is one only where no vowel nor second nasal consonant follows.
        let first = rest.as_bytes().first();
        let found = SOUNDS.iter().find(|(spelling, _)| {
            // Every word of an index is heard at each start: most spellings go by their first letter.
            spelling.as_bytes().first() == first && rest.starts_with(spelling) && {
                let nasal = matches!(spelling.as_bytes(), [.., b'n' | b'm'])
                    && spelling.len() <= 3
                    && *spelling != "gn";
                !(nasal && rest[spelling.len()..].starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'n', 'm', 'h']))
            }
        });
        let (taken, sound) = found.map_or((c.len_utf8(), None), |(spelling, sound)| {
            (spelling.len(), Some(*sound))
        });
        match sound {
            Some(sound) => heard.push_str(sound),
            None => heard.push(c),
        }
        rest = &rest[taken..];
    }
    let mut last = None;
    heard.retain(|c| last.replace(c) != Some(c));
    let mut hasher = DefaultHasher::new();
    heard.hash(&mut hasher);
    hasher.finish()
}
