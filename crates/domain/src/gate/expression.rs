//! Expressions of the tables: words, beginnings of words and gaps, looked for in a text.

use super::mark::Mark;
use crate::facts::token::{TokenKind, Tokens};
use crate::fold::fold;

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It binds or turns its sentence.
    Mark(Mark),
    /// It is read as one word of these sets of synonyms.
    Word(String),
    /// A way of speaking that only the town may have, with its name.
    Speech(String),
}

/// The words of a text as expressions are looked for in them: signs are empty, but for the apostrophes and hyphens that
/// join words, which are left to [`Phrase::places`] to step over.
pub(super) fn words_of_tokens<'t>(tokens: &'t Tokens<'t>) -> Vec<&'t str> {
    (0..tokens.len())
        .map(|at| match (tokens.kind(at), tokens.norm(at)) {
            (Some(TokenKind::Sign), joint @ ("'" | "-"))
                if tokens.is_glued(at) && tokens.is_glued(at + 1) =>
            {
                joint
            }
            (Some(TokenKind::Sign), _) => "",
            // Accents alone tell "dès" from "des".
            (Some(TokenKind::Word), "des")
                if tokens.get(at).is_some_and(|t| t.raw.to_lowercase() == FROM) =>
            {
                FROM
            }
            (_, word) => word,
        })
        .collect()
}

/// The one word that is compared with its accent.
const FROM: &str = "dès";

/// One word of an expression.
#[derive(Debug, Clone)]
enum Part {
    Word(String),
    Beginning(String),
    Gap,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Word(w) => w == word || (w == "ne" && word == "n"),
            Self::Beginning(start) => word.starts_with(start.as_str()),
            Self::Gap => false,
        }
    }
}

/// An expression and its meaning.
#[derive(Debug)]
pub(super) struct Phrase {
    parts: Vec<Part>,
    pub(super) meaning: Meaning,
    /// How many of its parts are words: longer expressions win.
    pub(super) weight: usize,
}

/// How many words a gap may hold.
const GAP: usize = 4;

/// Words that no gap holds: they would be read as another negation's.
const CLOSES_A_GAP: [&str; 12] = [
    "ne", "n", "pas", "plus", "jamais", "que", "qu", "rien", "ni", "si", "sauf", "mais",
];

impl Phrase {
    pub(super) fn new(expression: &str, meaning: Meaning) -> Option<Self> {
        let folded = fold(expression);
        let part = |word: &str| match word.strip_suffix('*') {
            _ if word == ".." => Part::Gap,
            Some(start) => Part::Beginning(start.to_owned()),
            None if word == "des" && expression.contains(FROM) => Part::Word(FROM.to_owned()),
            None => Part::Word(word.to_owned()),
        };
        let parts: Vec<Part> = folded
            .split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c == '\'')
            .filter(|word| !word.is_empty())
            .map(part)
            .collect();
        let weight = parts.iter().filter(|part| !matches!(part, Part::Gap)).count();
        (weight > 0).then_some(Self {
            parts,
            meaning,
            weight,
        })
    }

    /// The places of its words in `words` (signs are empty words), from `at`.
    pub(super) fn places(&self, words: &[&str], at: usize) -> Option<Vec<usize>> {
        let mut places = Vec::with_capacity(self.weight);
        let mut next = at;
        let mut gap = false;
        for part in &self.parts {
            if matches!(part, Part::Gap) {
                gap = true;
                continue;
            }
            let mut skipped = 0;
            loop {
                let word = *words.get(next)?;
                if matches!(word, "'" | "-") && next > at {
                    next += 1;
                    continue;
                }
                if part.fits(word) {
                    break;
                }
                let passes = gap && skipped < GAP && !word.is_empty() && !CLOSES_A_GAP.contains(&word);
                if !passes {
                    return None;
                }
                skipped += 1;
                next += 1;
            }
            places.push(next);
            next += 1;
            gap = false;
        }
        Some(places)
    }

    /// What its first word begins with: expressions are found by it.
    pub(super) fn key(&self) -> Option<String> {
        match self.parts.first()? {
            Part::Word(word) | Part::Beginning(word) => Some(key(word).to_owned()),
            Part::Gap => None,
        }
    }
}

/// The beginning by which expressions that start at `word` are found; "ne" is "n'" too.
pub(super) fn key(word: &str) -> &str {
    if word == "ne" {
        return "n";
    }
    let end = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}
