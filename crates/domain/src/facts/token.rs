//! Words, figures and signs of a text, with accents and capitals folded away.

use crate::fold::fold;
use crate::text::Span;
use unicode_normalization::char::is_combining_mark;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One character that is neither.
    Sign,
}

/// A run of letters, a run of digits, or one sign.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    /// In lower case, without accents; apostrophes and hyphens of every shape as `'` and `-`.
    pub(crate) norm: String,
    /// As written.
    pub(crate) raw: &'t str,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its kind.
    pub(crate) kind: TokenKind,
    /// Whether nothing separates it from the token before.
    pub(crate) glued: bool,
}

impl Token<'_> {
    /// The value of a run of at most `max_len` digits.
    pub(crate) fn value(&self, max_len: usize) -> Option<u32> {
        (self.kind == TokenKind::Digits && self.norm.len() <= max_len.min(9))
            .then(|| self.norm.parse().ok())?
    }
}

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    list: Vec<Token<'t>>,
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut list: Vec<Token<'t>> = Vec::new();
        let mut end = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((start, first)) = chars.next() {
            let Some(kind) = kind_of(first) else {
                continue;
            };
            let mut stop = start + first.len_utf8();
            while let Some(&(at, next)) = chars.peek() {
                if kind == TokenKind::Sign || !continues(kind, next) {
                    break;
                }
                stop = at + next.len_utf8();
                chars.next();
            }
            let raw = &text[start..stop];
            let glued = start == end && start > 0;
            list.push(Token {
                norm: fold(raw),
                raw,
                span: Span::new(start, stop),
                kind,
                glued,
            });
            end = stop;
        }
        Self { text, list }
    }

    /// Reads the token at `at` as if it were `norm`.
    pub(crate) fn read_as(&mut self, at: usize, norm: &str) {
        if let Some(token) = self.list.get_mut(at) {
            norm.clone_into(&mut token.norm);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token<'t>> {
        self.list.get(at)
    }

    /// The folded form of the token at `at`, empty past the end.
    pub(crate) fn norm(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| token.norm.as_str())
    }

    /// The folded form of the token before `at`, empty at the start.
    pub(crate) fn norm_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.norm(before))
    }

    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.get(at).map(|token| token.kind)
    }

    /// The value of at most `max_len` digits at `at`.
    pub(crate) fn value(&self, at: usize, max_len: usize) -> Option<u32> {
        self.get(at)?.value(max_len)
    }

    /// Past the word or sign `norm` at `at`.
    pub(crate) fn word(&self, at: usize, norm: &str) -> Option<usize> {
        (self.norm(at) == norm && at < self.len()).then_some(at + 1)
    }

    /// Past the space-separated words of `phrase` at `at`, however hyphens and apostrophes join them.
    pub(crate) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        // Most phrases begin with another letter: splitting them would be most of the work of reading a text.
        if self.norm(at).as_bytes().first() != phrase.as_bytes().first() {
            return None;
        }
        let mut next = at;
        for (index, word) in phrase.split(' ').enumerate() {
            if index > 0 {
                next = self.past_joints(next);
            }
            next = self.word(next, word)?;
        }
        Some(next)
    }

    /// Past the longest of `phrases` at `at`.
    pub(crate) fn any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase(at, phrase)).max()
    }

    /// Past hyphens and apostrophes.
    pub(crate) fn past_joints(&self, mut at: usize) -> usize {
        while matches!(self.norm(at), "-" | "'") {
            at += 1;
        }
        at
    }

    /// The bytes of the tokens from `from` up to `to`, one at least.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.get(from).map_or(self.text.len(), |token| token.span.start);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.get(last))
            .map_or(start, |token| token.span.end);
        Span::new(start, end)
    }

    /// What stands between the token before `at` and the one at `at`.
    pub(crate) fn gap(&self, at: usize) -> &'t str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.get(before))
            .map_or(0, |token| token.span.end);
        let end = self.get(at).map_or(self.text.len(), |token| token.span.start);
        self.text.get(start..end).unwrap_or_default()
    }
}

fn kind_of(c: char) -> Option<TokenKind> {
    if c.is_ascii_digit() {
        Some(TokenKind::Digits)
    } else if c.is_alphabetic() {
        Some(TokenKind::Word)
    } else if c.is_whitespace() {
        None
    } else {
        Some(TokenKind::Sign)
    }
}

fn continues(kind: TokenKind, c: char) -> bool {
    kind_of(c) == Some(kind) || (kind == TokenKind::Word && is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_digits_and_signs_part() {
        let tokens = Tokens::new("À 9h30, l’après‑midi");
        let norms: Vec<_> = (0..tokens.len()).map(|i| tokens.norm(i)).collect();
        assert_eq!(norms, ["a", "9", "h", "30", ",", "l", "'", "apres", "-", "midi"]);
        assert_eq!(tokens.phrase(5, "l apres midi"), Some(10));
        assert!(tokens.is_glued(2) && !tokens.is_glued(1));
    }

    proptest! {
        #[test]
        fn tokens_are_slices_of_their_text(text in ".{0,60}") {
            let tokens = Tokens::new(&text);
            for at in 0..tokens.len() {
                let token = tokens.get(at).unwrap();
                prop_assert_eq!(&text[token.span.start..token.span.end], token.raw);
            }
        }
    }
}
