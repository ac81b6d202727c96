//! Proper names and postal addresses.

use super::token::{TokenKind, Tokens};
use super::{FactKind, Found, Normal};

pub(crate) const WAYS: [&str; 26] = [
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "allee",
    "allees",
    "impasse",
    "place",
    "chemin",
    "quai",
    "square",
    "route",
    "cours",
    "passage",
    "residence",
    "ruelle",
    "faubourg",
    "sentier",
    "villa",
    "hameau",
    "esplanade",
    "cite",
    "clos",
    "promenade",
    "lotissement",
];

pub(crate) const LINKS: [&str; 12] = [
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "aux", "en", "sur",
];

/// A street number, its street, and the words of its name; postcode and town are facts of their own.
pub(super) fn address(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let number = tokens.value(at, 4)?;
    let after_number = tokens.any(at + 1, &["bis", "ter", "quater"]).unwrap_or(at + 1);
    let mut normal = number.to_string();
    if after_number > at + 1 {
        normal.push_str(tokens.norm(at + 1));
    }
    let way = tokens.word(after_number, ",").unwrap_or(after_number);
    if !WAYS.contains(&tokens.norm(way)) {
        return None;
    }
    let mut next = way;
    let mut end = way + 1;
    let mut named = 0;
    while tokens.kind(next) == Some(TokenKind::Word) || matches!(tokens.norm(next), "'" | "-" | ".") {
        let word = tokens.get(next)?;
        let link = LINKS.contains(&word.norm.as_str());
        let capital = starts_with_capital(word.raw);
        let joint = word.kind == TokenKind::Sign;
        if joint && !(word.glued || tokens.is_glued(next + 1)) || joint && word.norm == "." && next != way + 1
        {
            break;
        }
        // A name in lower case has one word: "12 rue des lilas est fermée".
        if !link && !joint && next > way && named > 0 && !capital {
            break;
        }
        if !link && !joint && next > way {
            named += 1;
        }
        next += 1;
        if !link && !joint {
            end = next;
        }
        if named >= 6 {
            break;
        }
    }
    if named == 0 {
        return None;
    }
    for word in (way..end).filter(|i| tokens.kind(*i) == Some(TokenKind::Word)) {
        normal.push(' ');
        normal.push_str(match tokens.norm(word) {
            "av" => "avenue",
            "bd" => "boulevard",
            norm => norm,
        });
    }
    Some((FactKind::Address, Normal::Address(normal), end))
}

/// A run of capitalised words at `at` that does not merely begin a sentence.
pub(super) fn name(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let mut end = at;
    let mut next = at;
    let mut words = Vec::new();
    while let Some(token) = tokens.get(next) {
        if !words.is_empty() && tokens.gap(next).contains('\n') {
            break;
        }
        let joint = matches!(token.norm.as_str(), "-" | "'") && token.glued && tokens.is_glued(next + 1);
        let link =
            !words.is_empty() && LINKS.contains(&token.norm.as_str()) && !starts_with_capital(token.raw);
        if joint && !words.is_empty() || link && follows_a_capital(tokens, next) {
            next += 1;
            continue;
        }
        if token.kind != TokenKind::Word || !starts_with_capital(token.raw) || is_common(&token.norm) {
            break;
        }
        words.push(next);
        next += 1;
        end = next;
    }
    let first = *words.first()?;
    // "Soixante vélos" begins with a number.
    if words.len() == 1 && super::number::words(tokens, first).is_some() {
        return None;
    }
    // The first word of a sentence is capitalised anyway: what follows it may be a name.
    if words.len() == 1 && begins_sentence(tokens, first) && !is_acronym(tokens.get(first)?.raw) {
        return None;
    }
    let parts: Vec<_> = (at..end)
        .filter(|i| tokens.kind(*i) == Some(TokenKind::Word))
        .map(|i| tokens.norm(i))
        .collect();
    Some((FactKind::Name, Normal::Name(parts.join(" ")), end))
}

/// The words of `text`, folded, separated by single spaces.
pub(crate) fn words(text: &str) -> String {
    let tokens = Tokens::new(text);
    let words = (0..tokens.len()).filter(|i| tokens.kind(*i) != Some(TokenKind::Sign));
    words.map(|i| tokens.norm(i)).collect::<Vec<_>>().join(" ")
}

fn starts_with_capital(raw: &str) -> bool {
    raw.chars().next().is_some_and(char::is_uppercase)
}

fn is_acronym(raw: &str) -> bool {
    raw.chars().count() >= 2 && raw.chars().all(char::is_uppercase)
}

/// Whether the links at `at` lead to another capitalised word.
fn follows_a_capital(tokens: &Tokens<'_>, at: usize) -> bool {
    for next in at..at + 4 {
        let Some(token) = tokens.get(next) else {
            return false;
        };
        let link = LINKS.contains(&token.norm.as_str()) || matches!(token.norm.as_str(), "'" | "-");
        if !link || token.norm == "et" {
            return token.kind == TokenKind::Word
                && starts_with_capital(token.raw)
                && !is_common(&token.norm);
        }
    }
    false
}

/// Whether the token at `at` is the first of a sentence.
pub(crate) fn begins_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else {
        return true;
    };
    let gap = tokens.gap(at);
    gap.contains('\n')
        || matches!(
            before.norm.as_str(),
            "." | "!" | "?" | ":" | "…" | "•" | "*" | "«" | "\"" | "(" | "-" | "—"
        )
}

/// Capitalised by custom, and no name.
pub(crate) fn is_common(norm: &str) -> bool {
    COMMON.contains(&norm)
}

/// Words that are capitalised by custom and are no names, folded.
pub(crate) const COMMON: &[&str] = &[
    "a",
    "apres",
    "au",
    "aux",
    "avant",
    "avec",
    "bonjour",
    "ce",
    "ces",
    "cette",
    "cet",
    "chaque",
    "dans",
    "de",
    "des",
    "du",
    "elle",
    "elles",
    "en",
    "entre",
    "est",
    "et",
    "il",
    "ils",
    "je",
    "l",
    "la",
    "le",
    "les",
    "leur",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "m",
    "madame",
    "mme",
    "mlle",
    "monsieur",
    "ne",
    "nos",
    "notre",
    "nous",
    "on",
    "ou",
    "par",
    "pas",
    "pour",
    "qu",
    "quand",
    "que",
    "quel",
    "quelle",
    "qui",
    "sa",
    "sans",
    "se",
    "ses",
    "si",
    "son",
    "sous",
    "sur",
    "tous",
    "tout",
    "toute",
    "toutes",
    "un",
    "une",
    "vos",
    "votre",
    "vous",
    "y",
    "d",
    "h",
    "s",
    "c",
    "n",
    "j",
    "the",
    "and",
    "you",
    "i",
];
