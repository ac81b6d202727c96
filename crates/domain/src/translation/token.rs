//! Words, figures and signs of a text in any language, as translations are compared.

use crate::fold::fold;
use unicode_normalization::char::is_combining_mark;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Figures.
    Digits,
    /// Letters; a Chinese character is a word.
    Word,
    /// A sign.
    Sign,
}

/// A word, a run of figures or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As it is compared: folded, figures as ASCII writes them.
    pub(super) text: String,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// Whether no space stands before it.
    pub(super) glued: bool,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it begins a sentence, a line, or what follows a colon, a dash or an opening sign.
    pub(super) begins: bool,
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let (mut glued, mut begins) = (false, true);
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            glued = false;
            begins |= letter == '\n';
            continue;
        }
        let kind = kind(letter);
        let mut written = String::from(letter);
        if !is_han(letter) && kind != Kind::Sign {
            let goes_on = |(_, next): &(usize, char)| {
                !is_han(*next) && (self::kind(*next) == kind || is_combining_mark(*next))
            };
            while let Some((_, next)) = letters.next_if(goes_on) {
                written.push(next);
            }
        }
        found.push(Token {
            kind,
            text: match kind {
                Kind::Digits => written.chars().filter_map(digit).collect(),
                // "Where" is not "or".
                Kind::Word if written.to_lowercase() == "où" => "où".to_owned(),
                Kind::Word | Kind::Sign => fold(&written),
            },
            at,
            glued,
            capital: letter.is_uppercase(),
            begins: kind != Kind::Sign && begins,
        });
        if kind != Kind::Sign {
            begins = false;
        } else if matches!(
            letter,
            '.' | '!' | '?' | ':' | ';' | '…' | '—' | '–' | '-' | '«' | '“' | '"' | '(' | '¿' | '¡'
        ) {
            begins = true;
        }
        glued = true;
    }
    found
}

fn kind(letter: char) -> Kind {
    if digit(letter).is_some() {
        Kind::Digits
    } else if letter.is_alphabetic() && letter != '\u{2bc}' {
        Kind::Word
    } else {
        Kind::Sign
    }
}

/// Whether it is a figure that is read.
pub(super) fn is_digit(letter: char) -> bool {
    digit(letter).is_some()
}

/// A figure, the Arabic and Persian ones included, as ASCII writes it.
fn digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => return Some(letter),
        '٠'..='٩' => letter as u32 - '٠' as u32,
        '۰'..='۹' => letter as u32 - '۰' as u32,
        '０'..='９' => letter as u32 - '０' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Whether it is a Chinese character (Unicode's block of unified ideographs).
pub(super) fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_figures_and_signs_are_told_apart_in_every_script() {
        let texts = |text: &str| {
            let tokens = tokens(text).into_iter();
            tokens.map(|token| token.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("9h30, l’Été"), ["9", "h", "30", ",", "l", "'", "ete"]);
        assert_eq!(texts("٩:٣٠ صباحًا"), ["9", ":", "30", "صباحا"]);
        assert_eq!(texts("周一9点"), ["周", "一", "9", "点"]);
        assert_eq!(texts("€25.50"), ["€", "25", ".", "50"]);
    }

    #[test]
    fn a_word_begins_after_a_full_stop_a_colon_or_a_line() {
        let begin = |text: &str| {
            let tokens = tokens(text).into_iter().filter(|token| token.begins);
            tokens.map(|token| token.text).collect::<Vec<_>>()
        };
        assert_eq!(
            begin("La Piscine. Le Pont : Ici\nEt là"),
            ["la", "le", "ici", "et"]
        );
    }
}
