//! French analysis: from any text to words, the same for documents and questions.

mod number;
mod stem;

pub(crate) use stem::{root, stem};

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word is no word of a language: what follows is left out.
const LONGEST_WORD: usize = 40;

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/stopwords.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, accents kept.
    pub(crate) surface: String,
    /// Lower case without accents, numbers in digits.
    pub(crate) folded: String,
    /// Where it starts in the text, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

impl Word {
    pub(crate) fn is_stop(&self) -> bool {
        is_stop(&self.folded)
    }
}

/// Whether the folded word carries no subject.
pub(crate) fn is_stop(folded: &str) -> bool {
    STOP_WORDS.contains(folded)
}

/// Lower case without accents; ligatures in two letters.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            // Lower-casing a capital with a dot gives back a mark.
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Cuts a text into words: letters and digits; apostrophes and hyphens separate; "C.A.F." is one word; "20 000" too.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = rest.peek().copied() {
            if !(next.is_alphanumeric() || is_combining_mark(next)) {
                break;
            }
            end = at + next.len_utf8();
            rest.next();
        }
        push(&mut words, text, start..end);
    }
    join_initials(text, words)
}

fn push(words: &mut Vec<Word>, text: &str, range: std::ops::Range<usize>) {
    let surface: String = text[range.clone()].chars().take(LONGEST_WORD).flat_map(char::to_lowercase).collect();
    let folded = fold(&surface);
    if folded.is_empty() {
        return;
    }
    if let Some(last) = words.last_mut()
        && number::continues(&last.folded, &folded, &text[last.end..range.start])
    {
        last.surface.push_str(&surface);
        last.folded.push_str(&folded);
        last.end = range.end;
        return;
    }
    let folded = number::normal(&folded).map(str::to_owned).unwrap_or(folded);
    words.push(Word { surface, folded, start: range.start, end: range.end });
}

/// Joins single letters that stand with full stops between them: "C.A.F.".
fn join_initials(text: &str, words: Vec<Word>) -> Vec<Word> {
    let letter = |word: &Word| word.surface.chars().count() == 1 && word.surface.chars().all(char::is_alphabetic);
    if !words.iter().zip(words.iter().skip(1)).any(|(a, b)| letter(a) && letter(b)) {
        return words;
    }
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        if let Some(last) = joined.last_mut()
            && letter(&word)
            && (open || letter(last))
            && &text[last.end..word.start] == "."
        {
            last.surface.push_str(&word.surface);
            last.folded.push_str(&word.folded);
            last.end = word.end;
            open = true;
        } else {
            open = false;
            joined.push(word);
        }
    }
    joined
}

/// A stemmer that remembers: a corpus says the same words again and again.
#[derive(Debug, Default)]
pub(crate) struct Stems {
    known: HashMap<String, String>,
}

/// Above this many words the memory starts afresh.
const MOST_REMEMBERED: usize = 100_000;

impl Stems {
    pub(crate) fn of(&mut self, folded: &str) -> &str {
        if self.known.len() > MOST_REMEMBERED {
            self.known.clear();
        }
        if !self.known.contains_key(folded) {
            self.known.insert(folded.to_owned(), stem(folded));
        }
        self.known.get(folded).map_or("", String::as_str)
    }
}

/// The stems of a phrase's words that carry a subject.
pub(crate) fn stems(phrase: &str) -> Vec<String> {
    words(phrase).iter().filter(|word| !word.is_stop()).map(|word| stem(&word.folded)).collect()
}
