//! The words of a question as the glossary of its language writes them: one form for the ways of writing a letter,
//! Chinese character by character, Arabic without what is written together with a word, German compounds parted.

use crate::understand::words::{self, Word};
use domain::fold::fold;
use domain::language::Language;
use domain::text::Span;
use std::collections::HashSet;

/// The words that a glossary knows.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    whole: HashSet<String>,
    /// Beginnings of words, of any ending.
    beginnings: HashSet<String>,
    /// Words that name nothing, and are no part of a compound.
    nameless: HashSet<String>,
}

impl Vocabulary {
    pub(super) fn new<'a>(keys: impl Iterator<Item = &'a String>, nameless: HashSet<String>) -> Self {
        let mut vocabulary = Self {
            nameless,
            ..Self::default()
        };
        let words = keys.flat_map(|key| key.split(|c: char| c.is_whitespace() || "()|.".contains(c)));
        for word in words.filter(|word| !word.is_empty()) {
            match word.strip_suffix('*') {
                Some(beginning) => vocabulary.beginnings.insert(beginning.to_owned()),
                None => vocabulary.whole.insert(word.to_owned()),
            };
        }
        vocabulary
    }

    fn knows(&self, word: &str) -> bool {
        self.names(word) || self.is_nameless(word)
    }

    /// Whether it names nothing.
    pub(super) fn is_nameless(&self, word: &str) -> bool {
        self.nameless.contains(word)
    }

    /// Whether it is a word of a name, in any of its forms.
    fn names(&self, word: &str) -> bool {
        let ends = || word.char_indices().map(|(start, _)| start).chain([word.len()]);
        self.whole.contains(word) || ends().skip(3).any(|end| self.beginnings.contains(&word[..end]))
    }
}

/// A pattern of a glossary, its words written as those of questions are.
pub(super) fn key(language: Language, source: &str) -> String {
    let words = source
        .split_whitespace()
        .map(|word| match verb_to_be(language, word) {
            Some(stand_in) => stand_in.to_owned(),
            None => normal(language, &fold(word)),
        });
    let folded = words.collect::<Vec<_>>().join(" ");
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '\'' if language == Language::Ukrainian => {}
            c if is_han(c) => key.extend([' ', c, ' ']),
            c if c.is_alphanumeric() || "*()|.".contains(c) => key.push(c),
            _ => key.push(' '),
        }
    }
    let words: Vec<_> = key.split_whitespace().collect();
    match language {
        Language::Arabic => without_articles(&words.join(" ")),
        _ => words.join(" "),
    }
}

/// The article is not written in a key, but for words that mean something else without it.
fn without_articles(key: &str) -> String {
    const WITH_ARTICLE: [&str; 3] = ["اليوم", "الليله", "الاحد"];
    let parts = key.split_inclusive([' ', '(', '|', ')']).map(|part| {
        let word = part.trim_end_matches([' ', '(', '|', ')']);
        let bare = part.strip_prefix("ال").filter(|_| word.chars().count() > 4);
        bare.filter(|_| !WITH_ARTICLE.contains(&word)).unwrap_or(part)
    });
    parts.collect()
}

/// The words of a question.
pub(super) fn words(language: Language, question: &str, vocabulary: &Vocabulary) -> Vec<Word> {
    let written = words::words(question).into_iter().map(|word| Word {
        folded: normal(language, &word.folded),
        span: word.span,
    });
    match language {
        Language::Chinese => written.flat_map(|word| characters(question, word.span)).collect(),
        Language::Ukrainian => joined(question, written),
        Language::Arabic => written.map(|word| without_clitics(word, vocabulary)).collect(),
        Language::German => written.flat_map(|word| parts(word, vocabulary)).collect(),
        Language::Italian | Language::Portuguese => written
            .map(|word| {
                let raw = question.get(word.span.start..word.span.end).unwrap_or_default();
                let stand_in = verb_to_be(language, raw);
                let folded = stand_in.map_or(word.folded, str::to_owned);
                Word { folded, ..word }
            })
            .collect(),
        _ => written.collect(),
    }
}

/// "Is", which without its accent would be "and"; each of the two neighbours writes it with an accent of its own.
fn verb_to_be(language: Language, word: &str) -> Option<&'static str> {
    const OWN: &str = "ə";
    const OF_THE_OTHER: &str = "ɛ";
    match (language, word) {
        (Language::Italian, "è" | "È") | (Language::Portuguese, "é" | "É") => Some(OWN),
        (Language::Italian, "é" | "É") | (Language::Portuguese, "è" | "È") => Some(OF_THE_OTHER),
        _ => None,
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// One form for what a language writes in several.
fn normal(language: Language, folded: &str) -> String {
    match language {
        Language::German => folded
            .replace('ß', "ss")
            .replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u"),
        Language::Arabic => folded
            .chars()
            .filter(|c| *c != '\u{640}')
            .map(|c| match c {
                'ة' => 'ه',
                'ى' => 'ي',
                digit @ '\u{660}'..='\u{669}' => latin_digit(digit, '\u{660}'),
                c => c,
            })
            .collect(),
        _ => folded.to_owned(),
    }
}

fn latin_digit(digit: char, zero: char) -> char {
    let value = u32::from(digit) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(digit)
}

/// Each character of Chinese is a word; what stands in other letters stays whole.
fn characters(question: &str, word: Span) -> Vec<Word> {
    let text = question.get(word.start..word.end).unwrap_or_default();
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    let push = |found: &mut Vec<Word>, from: usize, to: usize| {
        found.push(Word {
            folded: fold(&text[from..to]),
            span: Span::new(word.start + from, word.start + to),
        });
    };
    for (start, c) in text.char_indices() {
        if is_han(c) {
            if let Some(from) = open.take() {
                push(&mut found, from, start);
            }
            push(&mut found, start, start + c.len_utf8());
        } else {
            open.get_or_insert(start);
        }
    }
    if let Some(from) = open {
        push(&mut found, from, text.len());
    }
    found
}

/// "7月14日" as French reads it, with how many words it takes; "7月" alone is a month.
pub(super) fn chinese_date(words: &[Word]) -> Option<(String, usize)> {
    let text = |index: usize| words.get(index).map(|word| word.folded.as_str());
    let number = |index: usize| text(index)?.parse::<u32>().ok();
    let month = number(0).filter(|_| text(1) == Some("月"))?;
    let name = domain::calendar::french::MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    match (number(2), text(3)) {
        (Some(day), Some("日" | "号")) => Some((format!("{day} {name}"), 4)),
        _ => Some((format!("en {name}"), 2)),
    }
}

/// An apostrophe inside a word of Ukrainian is a letter of it: "здоров'я".
fn joined(question: &str, words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for mut word in words {
        word.folded.retain(|c| c != '\'');
        let between = found
            .last()
            .and_then(|last| question.get(last.span.end..word.span.start));
        match (found.last_mut(), between) {
            (Some(last), Some("'" | "’" | "`")) => {
                last.folded.push_str(&word.folded);
                last.span = Span::new(last.span.start, word.span.end);
            }
            _ => found.push(word),
        }
    }
    found
}

/// What is written together with the word that follows: "and", "with", "to", "the".
const PREFIXES: [&str; 16] = [
    "", "ال", "لل", "بال", "وال", "كال", "فال", "ولل", "وبال", "و", "ب", "ل", "ف", "ك", "س", "وب",
];
/// What is written together with the word before, and the ending that the word has without it.
const SUFFIXES: [(&str, &str); 16] = [
    ("", ""),
    ("ات", "ه"),
    ("ات", ""),
    ("ي", ""),
    ("تي", "ه"),
    ("نا", ""),
    ("تنا", "ه"),
    ("ك", ""),
    ("تك", "ه"),
    ("كم", ""),
    ("ه", ""),
    ("ها", ""),
    ("ته", "ه"),
    ("ين", ""),
    ("ون", ""),
    ("ا", ""),
];

/// The form of an Arabic word that the glossary knows.
fn without_clitics(word: Word, vocabulary: &Vocabulary) -> Word {
    let forms = PREFIXES
        .iter()
        .filter_map(|prefix| word.folded.strip_prefix(prefix));
    let forms = forms.flat_map(|rest| {
        SUFFIXES
            .iter()
            .filter_map(move |(suffix, ending)| Some(format!("{}{ending}", rest.strip_suffix(suffix)?)))
    });
    let mut known = forms.filter(|form| form.chars().count() >= 2 && vocabulary.knows(form));
    match known.next() {
        Some(folded) => Word { folded, ..word },
        None => word,
    }
}

/// Letters between the parts of a German compound, and endings of nouns and adjectives.
const LINKS: [&str; 5] = ["", "s", "n", "en", "es"];
const ENDINGS: [&str; 7] = ["s", "es", "n", "en", "e", "er", "em"];
const SHORTEST_PART: usize = 3;

/// A German word in the form that the glossary knows, or the parts of a compound that it knows.
fn parts(word: Word, vocabulary: &Vocabulary) -> Vec<Word> {
    if vocabulary.knows(&word.folded) {
        return vec![word];
    }
    let known = known_form(&word.folded, vocabulary).map(|form| vec![form.to_owned()]);
    let Some(parts) = known.or_else(|| compound(&word.folded, vocabulary)) else {
        return vec![word];
    };
    let span = word.span;
    let parts = parts.into_iter();
    parts.map(|folded| Word { folded, span }).collect()
}

fn known_form<'w>(word: &'w str, vocabulary: &Vocabulary) -> Option<&'w str> {
    let forms = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    forms
        .filter(|form| form.len() >= SHORTEST_PART)
        .find(|form| vocabulary.whole.contains(*form))
}

fn compound(word: &str, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let splits = word.char_indices().map(|(at, _)| word.split_at(at));
    splits
        .rev()
        .filter(|(first, last)| first.len() >= SHORTEST_PART && last.len() >= SHORTEST_PART)
        .find_map(|(first, last)| {
            let linked = LINKS.iter().find_map(|link| {
                let stem = first.strip_suffix(link)?;
                vocabulary.whole.contains(stem).then_some(stem)
            });
            let first = linked.or_else(|| vocabulary.names(first).then_some(first))?;
            let last = Some(last)
                .filter(|last| vocabulary.names(last))
                .or_else(|| known_form(last, vocabulary))?;
            Some(vec![first.to_owned(), last.to_owned()])
        })
}
