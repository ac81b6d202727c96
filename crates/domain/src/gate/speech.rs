//! Ways of speaking that only the town has: orders to a system, promises, commitments, markup.

use super::Blocked;
use super::expression::words_of_tokens;
use super::lexicon::LEXICON;
use crate::facts::token::Tokens;
use crate::fold::fold;

/// Signs of markup and of code.
const MARKUP: [&str; 12] = ["<", ">", "[", "]", "{", "}", "`", "**", "__", "](", "|", "\\"];

/// Blocks what the evidence does not itself say.
pub(super) fn check(words: &str, evidence: &str) -> Result<(), Blocked> {
    for sign in MARKUP {
        if words.contains(sign) && !evidence.contains(sign) {
            return Err(Blocked::Speech(sign.to_owned()));
        }
    }
    if let Some(hidden) = words.chars().find(|c| is_hidden(*c) && !evidence.contains(*c)) {
        return Err(Blocked::Speech(hidden.escape_unicode().to_string()));
    }
    let schemes = ["javascript:", "data:", "http:", "https:", "mailto:"];
    let folded = fold(evidence);
    let lower = fold(words);
    if let Some(scheme) = schemes
        .iter()
        .find(|scheme| lower.contains(**scheme) && !folded.contains(**scheme))
    {
        return Err(Blocked::Speech((*scheme).to_owned()));
    }
    let tokens = Tokens::new(words);
    let said = words_of_tokens(&tokens);
    let held = format!(" {} ", crate::facts::name::words(evidence));
    for at in 0..said.len() {
        if let Some(places) = LEXICON.speech(&said, at) {
            let last = places.last().copied().unwrap_or(at);
            let spoken: Vec<&str> = said[at..=last]
                .iter()
                .copied()
                .filter(|w| !matches!(*w, "" | "'" | "-"))
                .collect();
            let spoken = spoken.join(" ");
            if !held.contains(&format!(" {spoken} ")) {
                return Err(Blocked::Speech(spoken));
            }
        }
    }
    Ok(())
}

/// Signs side by side that no sentence has.
const MISPLACED: [&str; 6] = [".,", ";,", ",,", ",.", "(,", " ,"];

/// Blocks what begins or breaks off in the middle of a sentence: what it has lost may be its condition.
pub(super) fn whole(words: &str) -> Result<(), Blocked> {
    let first = words.trim_start().chars().next().unwrap_or_default();
    let begins = first.is_uppercase()
        || first.is_numeric()
        || matches!(first, '«' | '"' | '“' | '(' | '-' | '–' | '—' | '•');
    if begins && !MISPLACED.iter().any(|signs| words.contains(signs)) {
        Ok(())
    } else {
        Err(Blocked::Fragment(words.chars().take(SHOWN).collect()))
    }
}

/// How much of a fragment is told, in characters.
const SHOWN: usize = 40;

/// Characters that are not seen, or turn the order of others.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && c != '\n')
}
