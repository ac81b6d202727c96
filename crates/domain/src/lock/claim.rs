//! What a text claims: its facts with what they count, its streets, its words that are facts by themselves.

use super::spelling::chunk_at;
use crate::facts::token::{TokenKind, Tokens};
use crate::facts::{self, Fact, FactKind, Normal, PartialDate, name};
use crate::fold::fold;
use std::sync::LazyLock;

/// Something that is true or not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Claim {
    /// A fact; of a number or a rank, also the word after it, without its plural.
    Fact(Normal, String),
    /// A kind of way with its name: "rue des lilas".
    Street(String),
    /// A word that is a fact by itself, by the line of its table.
    State(usize),
    /// A number with other letters or signs about it: "T2", "12345*02".
    Code(String),
}

/// By line of the table: words that are facts by themselves.
static STATES: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/lock/states.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_whitespace().collect())
        .collect()
});

/// Words that nobody counts.
const UNCOUNTED: [&str; 22] = [
    "a", "au", "aux", "avec", "c", "ce", "d", "dans", "de", "des", "du", "en", "est", "et", "il", "le",
    "les", "ou", "par", "pour", "sont", "sur",
];

/// A text with its tokens and facts.
pub(super) struct Read<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Tokens<'t>,
    pub(super) facts: Vec<Fact>,
}

impl<'t> Read<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            tokens: Tokens::new(text),
            facts: facts::find(text),
        }
    }

    /// Whether the token at `at` is of a fact.
    pub(super) fn is_of_fact(&self, at: usize) -> bool {
        let span = self.tokens.span(at, at + 1);
        let holds = |fact: &Fact| fact.span.start <= span.start && span.end <= fact.span.end;
        self.facts.iter().any(holds)
    }

    /// All that the text claims; `None` where it holds a figure that is read as no fact.
    pub(super) fn claims(&self) -> Option<Vec<Claim>> {
        let mut claims = Vec::new();
        for fact in &self.facts {
            claims.push(of_fact(fact, self.text));
            if matches!(fact.normal, Normal::Name(_)) {
                claims.extend(street(fact, &self.tokens));
            }
        }
        for at in 0..self.tokens.len() {
            match self.tokens.kind(at) {
                Some(TokenKind::Digits) if !self.is_of_fact(at) => return None,
                Some(TokenKind::Word) => claims.extend(state(self.tokens.norm(at))),
                _ => {}
            }
        }
        Some(claims)
    }
}

/// All that may be claimed where `text` is what is known: what it claims, and what follows from it.
pub(super) fn licensed(read: &Read<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let (text, tokens) = (read.text, &read.tokens);
    for fact in &read.facts {
        claims.push(of_fact(fact, text));
        match &fact.normal {
            Normal::Date(date) => {
                let without_year = PartialDate { year: None, ..*date };
                claims.push(Claim::Fact(Normal::Date(without_year), String::new()));
            }
            Normal::Month { month, .. } => {
                let without_year = Normal::Month {
                    month: *month,
                    year: None,
                };
                claims.push(Claim::Fact(without_year, String::new()));
            }
            Normal::Name(_) => claims.extend(street(fact, tokens)),
            // The street without its number.
            Normal::Address(_) => {
                let address = text.get(fact.span.start..fact.span.end).unwrap_or_default();
                let way = address.find(char::is_alphabetic).unwrap_or(address.len());
                claims.extend(licensed(&Read::new(&address[way..])));
            }
            _ => {}
        }
    }
    // A name that begins a sentence cannot be told from another word there.
    for at in 0..tokens.len() {
        let capital = tokens
            .get(at)
            .is_some_and(|token| token.raw.chars().next().is_some_and(char::is_uppercase));
        if capital {
            claims.push(Claim::Fact(
                Normal::Name(tokens.norm(at).to_owned()),
                String::new(),
            ));
        }
        claims.extend(state(tokens.norm(at)));
    }
    claims
}

fn of_fact(fact: &Fact, text: &str) -> Claim {
    if let Some(code) = code(fact, text) {
        return Claim::Code(code.to_owned());
    }
    let noun = counted(fact, text).map(|word| {
        let word = fold(word);
        word.strip_suffix(['s', 'x']).unwrap_or(&word).to_owned()
    });
    Claim::Fact(fact.normal.clone(), noun.unwrap_or_default())
}

/// All between two spaces, where a number is only a part of it.
pub(super) fn code<'t>(fact: &Fact, text: &'t str) -> Option<&'t str> {
    let written = text.get(fact.span.start..fact.span.end)?;
    let number = matches!(fact.kind, FactKind::Number | FactKind::Ordinal);
    let chunk = chunk_at(text, fact.span.start);
    (number && !written.contains(char::is_whitespace) && chunk.len() > written.len()).then_some(chunk)
}

/// The word that a number or a rank counts: the one right after it.
pub(super) fn counted<'t>(fact: &Fact, text: &'t str) -> Option<&'t str> {
    if !matches!(fact.kind, FactKind::Number | FactKind::Ordinal) {
        return None;
    }
    let after = text.get(fact.span.end..)?.trim_start_matches(' ');
    let letters = after.len() - after.trim_start_matches(char::is_alphabetic).len();
    let word = after.get(..letters).filter(|word| !word.is_empty())?;
    (!UNCOUNTED.contains(&fold(word).as_str())).then_some(word)
}

/// The way that a name belongs to: "rue des" of "Lilas".
fn street(name: &Fact, tokens: &Tokens<'_>) -> Option<Claim> {
    let first = (0..tokens.len()).find(|at| tokens.span(*at, at + 1).start >= name.span.start)?;
    let after = (first..tokens.len())
        .find(|at| tokens.span(*at, at + 1).start >= name.span.end)
        .unwrap_or(tokens.len());
    let mut way = first.checked_sub(1)?;
    while name::LINKS.contains(&tokens.norm(way)) || tokens.norm(way) == "'" {
        way = way.checked_sub(1)?;
    }
    if !name::WAYS.contains(&tokens.norm(way)) {
        return None;
    }
    let words: Vec<&str> = (way..after)
        .filter(|at| tokens.kind(*at) == Some(TokenKind::Word))
        .map(|at| tokens.norm(at))
        .collect();
    Some(Claim::Street(words.join(" ")))
}

fn state(word: &str) -> Option<Claim> {
    let is = |known: &str| match known.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == known,
    };
    let line = STATES.iter().position(|line| line.iter().any(|known| is(known)));
    line.map(Claim::State)
}
