//! E-mail addresses, web addresses and phone numbers.

use super::token::{TokenKind, Tokens};
use super::{Fact, FactKind, Found, Normal};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let email = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+";
    let url = r#"https?://[^\s<>"«»\x{202f}\x{a0}]+|\bwww\.[^\s<>"«»\x{202f}\x{a0}]+|\b(?:[a-z0-9\-]+\.)+(?:fr|com|org|net|eu|info|gouv|bzh|alsace|paris|corsica|re)\b(?:/[^\s<>"«»\x{202f}\x{a0}]*)?"#;
    Regex::new(&format!("(?i)(?P<email>{email})|(?P<url>{url})")).ok()
});

/// E-mail and web addresses, in order.
pub(super) fn find(text: &str) -> Vec<Fact> {
    // Every one of them holds a full stop; most sentences hold none but their own.
    let addresses = ADDRESSES
        .as_ref()
        .filter(|_| text.contains('.') || text.contains("://"));
    let Some(addresses) = addresses else {
        return Vec::new();
    };
    let fact = |captures: regex::Captures<'_>| {
        let email = captures.name("email");
        let found = email.or_else(|| captures.name("url"))?;
        // The full stop or bracket that ends the sentence is not part of the address.
        let written = found
            .as_str()
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…']);
        let span = Span::new(found.start(), found.start() + written.len());
        let lower = written.to_lowercase();
        let (kind, normal) = match email {
            Some(_) => (FactKind::Email, Normal::Email(lower)),
            None => (FactKind::Url, Normal::Url(without_scheme(&lower).to_owned())),
        };
        (!span.is_empty()).then_some(Fact { span, kind, normal })
    };
    addresses.captures_iter(text).filter_map(fact).collect()
}

fn without_scheme(url: &str) -> &str {
    let url = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

/// A phone number at `at`: ten digits from 0, or international; a short number only after a word that calls.
pub(super) fn phone(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (digits, next) = dialled(tokens, at)?;
    let national = digits.strip_prefix("+330").or_else(|| digits.strip_prefix("+33"));
    let normal = match national {
        Some(rest) if rest.len() == 9 => format!("+33{rest}"),
        Some(_) => return None,
        None if digits.starts_with('+') && (9..=16).contains(&digits.len()) => digits,
        None if digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00") => {
            format!("+33{}", &digits[1..])
        }
        None => return None,
    };
    Some((FactKind::Phone, Normal::Phone(normal), next))
}

/// Digits and what stands between them in a phone number; "00" and "+" alike.
fn dialled(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let plus = tokens.norm(at) == "+" && tokens.is_glued(at + 1);
    let first = if plus { at + 1 } else { at };
    if tokens.kind(first) != Some(TokenKind::Digits) {
        return None;
    }
    let mut digits = String::from(if plus { "+" } else { "" });
    digits.push_str(tokens.norm(first));
    let zeros = digits.starts_with("00");
    if !plus && !digits.starts_with('0') {
        return None;
    }
    let wanted = |digits: &str| match (plus || zeros, digits.len()) {
        (false, len) => len < 10,
        (true, len) => len < 16,
    };
    let mut next = first + 1;
    let mut end = next;
    while wanted(&digits) {
        let separator = usize::from(matches!(tokens.norm(next), "." | "-" | "/"));
        let bracketed =
            tokens.norm(next) == "(" && tokens.norm(next + 1) == "0" && tokens.norm(next + 2) == ")";
        if bracketed {
            next += 3;
            continue;
        }
        let group = next + separator;
        let fits = tokens.kind(group) == Some(TokenKind::Digits) && tokens.norm(group).len() <= 4;
        if !fits || tokens.gap(group).chars().count() > 1 {
            break;
        }
        digits.push_str(tokens.norm(group));
        next = group + 1;
        end = next;
    }
    if zeros {
        digits.replace_range(0..2, "+");
    }
    Some((digits, end))
}
