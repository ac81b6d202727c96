//! How a line is written: its words, and what of it is neither a fact nor an ordinary word.

use super::claim::Read;
use crate::facts::name;
use crate::facts::token::{TokenKind, Tokens};
use crate::fold::fold;
use std::sync::LazyLock;

/// Signs of ordinary sentences.
const SIGNS: &str = " \n,;:.!…()«»\"'-–—";

/// With one shape of space and of apostrophe.
pub(super) fn normalised(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => ' ',
        '’' | '‘' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The folded words of a text.
pub(super) fn words(tokens: &Tokens<'_>) -> Vec<String> {
    (0..tokens.len())
        .filter(|at| tokens.kind(*at) == Some(TokenKind::Word))
        .map(|at| tokens.norm(at).to_owned())
        .collect()
}

/// A chunk between spaces without the punctuation around it.
pub(super) fn core(chunk: &str) -> &str {
    chunk.trim_matches(|c| SIGNS.contains(c))
}

/// The letters that `text` ends with.
pub(super) fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphabetic).len()..]
}

/// Whether ordinary words begin with this one, which is a number, a month or a state by itself: "centre", "mairie",
/// "déclaration". Tokens of a model end anywhere.
pub(super) fn begins_other_words(word: &str) -> bool {
    const BEGINNINGS: [&str; 25] = [
        "an", "apr", "avr", "aug", "cent", "complet", "cout", "dec", "dix", "doit", "feb", "ferme", "fev",
        "jan", "juil", "mai", "mar", "mil", "mille", "nov", "oct", "report", "sep", "sept", "six",
    ];
    word.chars().skip(1).all(char::is_lowercase) && BEGINNINGS.contains(&fold(word).as_str())
}

/// Words that begin sentences, folded, in two sorted lists: those that claim nothing, and the others.
static STARTERS: LazyLock<[Vec<&str>; 2]> = LazyLock::new(|| {
    let lines = include_str!("../../data/lock/starters.txt").lines();
    let words = lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace);
    let mut words: Vec<&str> = words.chain(name::COMMON.iter().copied()).collect();
    words.sort_unstable();
    let (free, claiming) = words
        .into_iter()
        .partition(|word| Read::new(word).claims().is_some_and(|made| made.is_empty()));
    [free, claiming]
});

/// Words that begin sentences and claim something.
pub(super) fn claiming_starters() -> &'static [&'static str] {
    &STARTERS[1]
}

/// Whether a folded word begins sentences, or, unfinished, may become one that does.
pub(super) fn is_starter(word: &str, unfinished: bool) -> bool {
    let [free, _] = &*STARTERS;
    let from = free.partition_point(|known| *known < word);
    free.get(from)
        .is_some_and(|known| *known == word || unfinished && known.starts_with(word))
}

/// Whether a longer word that begins sentences begins with these folded letters.
pub(super) fn begins_a_starter(letters: &str) -> bool {
    let [free, _] = &*STARTERS;
    free.iter()
        .any(|known| known.len() > letters.len() && known.starts_with(letters))
}

/// The places of `text` where a word begins, in its last `most` bytes.
pub(super) fn word_starts(text: &str, most: usize) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    let from = text.len().saturating_sub(most);
    text.char_indices().filter_map(move |(at, c)| {
        let starts = !before.is_alphanumeric() && (c.is_alphanumeric() || c == '+');
        before = c;
        (starts && at >= from).then_some(at)
    })
}

/// What is neither in a fact nor an ordinary word.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stranger<'t> {
    /// A capitalised word at the beginning of a sentence, folded.
    Beginning {
        word: String,
        /// Whether letters may still be added.
        unfinished: bool,
    },
    /// All between two spaces, but for punctuation: it holds a capital, a sign or a foreign letter.
    Chunk(&'t str),
}

/// What of `text` must be known elsewhere. Facts are judged elsewhere, but for names that begin a sentence, which are none.
pub(super) fn strangers<'t>(read: &Read<'t>, unfinished: bool) -> Vec<Stranger<'t>> {
    let (text, tokens) = (read.text, &read.tokens);
    let mut strangers = Vec::new();
    for at in 0..tokens.len() {
        let Some(token) = tokens.get(at).filter(|_| !read.is_of_fact(at)) else {
            continue;
        };
        let known = match token.kind {
            TokenKind::Digits => true,
            TokenKind::Sign => token.raw.chars().all(|sign| SIGNS.contains(sign)),
            TokenKind::Word => token
                .raw
                .chars()
                .all(|letter| letter.is_lowercase() && is_latin(letter)),
        };
        if known {
            continue;
        }
        let mut letters = token.raw.chars();
        let capitalised = letters.next().is_some_and(char::is_uppercase)
            && token.raw.chars().all(is_latin)
            && letters.all(char::is_lowercase);
        let begins = name::begins_sentence(tokens, at);
        if capitalised && (begins || name::is_common(&token.norm)) {
            strangers.push(Stranger::Beginning {
                word: token.norm.clone(),
                unfinished: unfinished && begins && token.span.end == text.len(),
            });
        } else {
            strangers.push(Stranger::Chunk(chunk_at(text, token.span.start)));
        }
    }
    strangers
}

fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}'
}

/// What stands between the spaces around `at`, without its punctuation.
pub(super) fn chunk_at(text: &str, at: usize) -> &str {
    let (before, after) = text.split_at(at);
    let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let end = after
        .find(char::is_whitespace)
        .map_or(text.len(), |space| at + space);
    core(&text[start..end])
}
