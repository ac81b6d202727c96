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
///
/// Not `domain::fold`: a search folds further ("m²" is "m2", "ﬁ" is "fi", "ß" is "ss"), where facts must not. An index
/// holds what this gives, so that a change of it is a change of the index's format.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
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
    let surface: String = text[range.clone()]
        .chars()
        .take(LONGEST_WORD)
        .flat_map(char::to_lowercase)
        .collect();
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
    words.push(Word {
        surface,
        folded,
        start: range.start,
        end: range.end,
    });
}

/// Joins single letters that stand with full stops between them: "C.A.F.".
fn join_initials(text: &str, words: Vec<Word>) -> Vec<Word> {
    let letter =
        |word: &Word| word.surface.chars().count() == 1 && word.surface.chars().all(char::is_alphabetic);
    if !words
        .iter()
        .zip(words.iter().skip(1))
        .any(|(a, b)| letter(a) && letter(b))
    {
        return words;
    }
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        if let Some(last) = joined.last_mut()
            && letter(&word)
            && (open || letter(last))
            && last.surface.len() < LONGEST_WORD
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
    words(phrase)
        .iter()
        .filter(|word| !word.is_stop())
        .map(|word| stem(&word.folded))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text)
            .into_iter()
            .filter(|word| !word.is_stop())
            .map(|word| word.folded)
            .collect()
    }

    #[test]
    fn elided_words_are_cut_at_either_apostrophe_and_accents_make_no_difference() {
        assert_eq!(
            folded("L'allocation d’aujourd'hui, jusqu'à l'Été"),
            ["allocation", "ete"]
        );
        assert_eq!(folded("CŒUR"), folded("coeur"));
    }

    #[test]
    fn acronyms_with_full_stops_are_one_word() {
        assert_eq!(folded("la C.A.F. et le p.l.u."), ["caf", "plu"]);
        assert_eq!(folded("Ligne B. C suit"), ["ligne", "b", "suit"]);
    }

    #[test]
    fn numbers_have_one_form() {
        for text in ["13", "13e", "13eme", "13ème", "treizième", "treize"] {
            assert_eq!(folded(text), ["13"], "{text}");
        }
        for text in ["20 000 €", "20000 €", "20\u{202f}000 €", "20\u{a0}000 €"] {
            assert_eq!(folded(text), ["20000"], "{text}");
        }
        assert_eq!(folded("du 12 au 15, ligne 3b"), ["12", "15", "ligne", "3b"]);
    }

    #[test]
    fn what_changes_the_meaning_is_kept() {
        assert_eq!(
            folded("Comment faire sans la carte, pour un non-résident ?"),
            ["faire", "sans", "carte", "non", "resident"]
        );
        assert!(folded("Bonjour, est-ce que je peux avoir, s'il vous plaît ?").is_empty());
    }

    #[test]
    fn stems_of_one_word_are_equal_with_or_without_accents() {
        for (a, b) in [
            ("déclarée", "declare"),
            ("médicaux", "medicaux"),
            ("déchetterie", "déchèterie"),
            ("marié", "maries"),
        ] {
            assert_eq!(stem(&fold(a)), stem(&fold(b)), "{a} {b}");
        }
    }

    #[test]
    fn roots_bring_together_what_stems_keep_apart() {
        for (a, b) in [
            ("inscription", "inscrire"),
            ("adoption", "adopter"),
            ("ouverture", "ouvert"),
            ("réglementaire", "règlement"),
        ] {
            let (a, b) = (stem(&fold(a)), stem(&fold(b)));
            assert_eq!(root(&a), root(&b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_short_words_that_lie_in_it_in_order(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start >= end && word.end > word.start && text.get(word.start..word.end).is_some());
                prop_assert!(word.folded.chars().count() <= 4 * LONGEST_WORD && !stem(&word.folded).is_empty());
                end = word.end;
            }
        }

        #[test]
        fn a_text_twice_as_long_has_twice_the_words(text in "[a-zé' .,0-9]{0,200}") {
            let once = words(&format!("{text} ; "));
            let twice = words(&format!("{text} ; {text} ; "));
            prop_assert_eq!(twice.len(), 2 * once.len());
        }
    }
}
