//! Whether words in another language state the facts of a French extract, all of them and no others, bound as there.
//!
//! Facts are locked: each of the extract's stands in the words, in a way of writing that the tables of the language license
//! ([`rendering`]), kind by kind in the same order, and no other figure, number in words, day, month, amount, address
//! or name does. What binds a sentence (not, only, except, until, free, must…) is in both or in none ([`lexicon`]). What is
//! left, the plain words, no table can tell: that is what a translation back and the [gate](crate::gate) are for.

mod facts;
mod lexicon;
mod lock;
mod marks;
mod rendering;
mod token;

pub use lock::TranslationLock;

use crate::language::Language;
use facts::{Facts, Standing};
use lexicon::Lexicon;
use std::collections::HashSet;
use token::{Kind, Token, is_han, tokens};

/// What only markup, a question or an address holds.
const NOT_SAID: [char; 22] = [
    '[', ']', '<', '>', '`', '*', '#', '|', '{', '}', '?', '？', '؟', '@', '≥', '≤', '±', '≈', '~', '−', '=',
    '+',
];

/// Why words may not be shown as a translation of their extract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistranslated {
    /// A fact that the extract does not hold, or holds elsewhere.
    #[error(
        "the extract does not hold {0:?} there: keep its facts in their order, or leave the translation out"
    )]
    Fact(String),
    /// A fact of the extract that the words do not hold.
    #[error("the words lack {0:?} of the extract: keep all its facts, or leave the translation out")]
    Lost(String),
    /// A name that the extract does not hold.
    #[error(
        "the extract does not name {0:?}: keep its names as they are written, or leave the translation out"
    )]
    Name(String),
    /// What binds a sentence is in one of the two alone.
    #[error(
        "{0:?} is said in one of the two languages alone: keep what binds the extract, or leave the translation out"
    )]
    Mark(&'static str),
    /// A sign that no plain sentence holds.
    #[error("{0:?} is no part of a plain sentence: leave the translation out")]
    Sign(char),
    /// No words, words in another script, or far more than the extract says.
    #[error("these words are no translation of the extract: leave them out")]
    Other,
}

/// Checks that `words` state in `language` the facts of the French `extract`, bound as there.
///
/// # Errors
/// The first thing found that is not so.
pub fn check(words: &str, language: Language, extract: &str) -> Result<(), Mistranslated> {
    if language == Language::French {
        return Err(Mistranslated::Other);
    }
    let is_odd = |sign: char| NOT_SAID.contains(&sign) || is_unreadable(sign);
    if let Some(sign) = words
        .chars()
        .find(|sign| is_odd(*sign) && !extract.contains(*sign))
    {
        return Err(Mistranslated::Sign(sign));
    }
    let lexicon = Lexicon::of(language);
    let (said, held) = (tokens(words), tokens(extract));
    is_comparable(&said, &held, language, lexicon)?;
    let facts = Facts::of(extract, language);
    let consumed = facts.all_in(&said)?;
    names(&said, &held, &consumed, language)?;
    let taken = facts.taken_of(&held);
    let said = marks::Text {
        tokens: &said,
        taken: &consumed,
        language,
    };
    let held = marks::Text {
        tokens: &held,
        taken: &taken,
        language: Language::French,
    };
    marks::check(&said, &held)
}

/// Whether a sign shows as what no table reads: figures such as "½" and "Ⅳ", letters of another width, what is not seen, what
/// turns the direction of writing.
fn is_unreadable(sign: char) -> bool {
    let is_figure = sign.is_numeric() && !token::is_digit(sign);
    // Arabic's lengthening stroke, soft hyphen, joiners and marks of direction, forms of other widths, and all beyond the first plane.
    let is_hidden = matches!(sign, '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    let is_wide = matches!(sign, '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{10000}'..);
    is_figure || is_hidden || is_wide || (sign.is_control() && sign != '\n')
}

/// Whether the words are in the script of their language, and not far longer than the extract.
fn is_comparable(
    said: &[Token],
    held: &[Token],
    language: Language,
    lexicon: &Lexicon,
) -> Result<(), Mistranslated> {
    let letters = |tokens: &[Token]| {
        let words = tokens.iter().filter(|token| token.kind == Kind::Word);
        words.map(|token| token.text.chars().count()).sum::<usize>()
    };
    let in_script = |token: &Token| token.text.starts_with(|letter| is_own(letter, language));
    let is_foreign = |token: &&Token| token.kind == Kind::Word && !is_written(token, language);
    let longest = match language {
        // A character says what four letters say.
        Language::Chinese => letters(held) + 10,
        _ => letters(held) * 2 + 40,
    };
    let comparable = said.iter().any(in_script)
        && !said.iter().any(|token| is_foreign(&token))
        && letters(said) <= longest
        && sentences(said, lexicon) <= sentences(held, Lexicon::of(Language::French)).max(1);
    comparable.then_some(()).ok_or(Mistranslated::Other)
}

/// Whether a word is written in the letters of the language, or all in Latin ones: no letter stands for one of another script.
fn is_written(token: &Token, language: Language) -> bool {
    let letters = || token.text.chars().filter(|c| c.is_alphabetic());
    letters().all(is_latin) || letters().all(|letter| is_own(letter, language))
}

/// Whether a letter is of the script of the language.
fn is_own(letter: char, language: Language) -> bool {
    match language {
        Language::Arabic => ('\u{600}'..='\u{6ff}').contains(&letter),
        Language::Ukrainian => ('\u{400}'..='\u{4ff}').contains(&letter),
        Language::Chinese => is_han(letter),
        _ => is_latin(letter),
    }
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || ('\u{c0}'..='\u{24f}').contains(&letter)
        || matches!(letter, 'º' | 'ª' | 'ß')
}

/// How many sentences end here: one more says something more.
fn sentences(tokens: &[Token], lexicon: &Lexicon) -> usize {
    let ends = |at: &usize| match tokens[*at].text.as_str() {
        "。" | "！" => true,
        // "1. bis 15. August".
        "." if *at > 0 && tokens[*at - 1].kind == Kind::Digits => tokens.get(at + 1).is_none_or(|next| {
            let goes_on = !next.capital || lexicon.longest(&rendering::MONTHS, tokens, at + 1).is_some();
            !next.glued && !goes_on
        }),
        "." | "!" | "…" => tokens.get(at + 1).is_none_or(|next| !next.glued),
        _ => false,
    };
    (0..tokens.len()).filter(ends).count()
}

/// Whether all names of the words are the extract's, where its language tells names by their letters.
fn names(
    said: &[Token],
    held: &[Token],
    consumed: &[Standing],
    language: Language,
) -> Result<(), Mistranslated> {
    let held: HashSet<&str> = held.iter().map(|token| token.text.as_str()).collect();
    let known = Lexicon::of(language);
    for (at, token) in said.iter().enumerate() {
        let is_name = match language {
            Language::Arabic | Language::Chinese => {
                token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_alphabetic())
            }
            Language::Ukrainian => {
                let latin = token.text.starts_with(|c: char| c.is_ascii_alphabetic());
                latin || (token.capital && !token.begins)
            }
            // All nouns have a capital.
            Language::German => false,
            _ => token.capital && !token.begins,
        };
        let is_free = consumed[at] != Standing::Free
            || held.contains(token.text.as_str())
            || known.longest(&["names", "euro"], said, at).is_some();
        if is_name && !is_free {
            return Err(Mistranslated::Name(token.text.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
