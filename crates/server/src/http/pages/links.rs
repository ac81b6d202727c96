//! Phone numbers, e-mail addresses and emergency numbers in a text, made into links.

use regex::Regex;
use std::sync::LazyLock;

/// A stretch of text, with the address that it links to; "" for none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) href: String,
}

/// Which numbers are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Phones.
    Phones,
    /// Phones, and the short numbers of emergencies.
    Emergency,
}

// A pattern that did not compile would find nothing; the tests below would say so.
static PHONE_OR_MAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: \+33 [\x20.\u{a0}\u{202f}]? | \b0 ) [1-9] (?: [\x20.\u{a0}\u{202f}]? \d{2} ){4} \b
        | [\w.+-]+ @ [\w-]+ (?: \. [\w-]+ )+",
    )
    .ok()
});
static EMERGENCY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:112|114|115|119|15|17|18|39[\x20\u{a0}\u{202f}]?19|31[\x20\u{a0}\u{202f}]?14)\b").ok()
});

/// The pieces of `text`; together they are the text.
pub(super) fn pieces(text: &str, numbers: Numbers) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    for (range, href) in found(text, numbers) {
        if range.start >= rest {
            pieces.push(Piece {
                text: text[rest..range.start].to_owned(),
                href: String::new(),
            });
            pieces.push(Piece {
                text: text[range.clone()].to_owned(),
                href,
            });
            rest = range.end;
        }
    }
    pieces.push(Piece {
        text: text[rest..].to_owned(),
        href: String::new(),
    });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What a phone dials for a number as people write it.
pub(super) fn dial(number: &str) -> String {
    let digits: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

fn found(text: &str, numbers: Numbers) -> Vec<(std::ops::Range<usize>, String)> {
    let matches =
        |pattern: &'static Option<Regex>| pattern.iter().flat_map(|pattern| pattern.find_iter(text));
    let mut found: Vec<_> = matches(&PHONE_OR_MAIL)
        .map(|hit| {
            (
                hit.range(),
                if hit.as_str().contains('@') {
                    format!("mailto:{}", hit.as_str())
                } else {
                    dial(hit.as_str())
                },
            )
        })
        .collect();
    if numbers == Numbers::Emergency {
        found.extend(matches(&EMERGENCY).map(|hit| (hit.range(), dial(hit.as_str()))));
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hrefs(text: &str, numbers: Numbers) -> Vec<String> {
        pieces(text, numbers)
            .into_iter()
            .map(|piece| piece.href)
            .filter(|href| !href.is_empty())
            .collect()
    }

    #[test]
    fn phones_and_mails_are_links() {
        let text = "Appelez le 02 61 91 00 00 ou écrivez à mairie@clairvigny.example.";
        assert_eq!(
            hrefs(text, Numbers::Phones),
            ["tel:0261910000", "mailto:mairie@clairvigny.example"]
        );
        assert_eq!(hrefs("+33 2 61 91 00 00", Numbers::Phones), ["tel:+33261910000"]);
        assert!(hrefs("Réf. 20261234567890, le 15 mars", Numbers::Phones).is_empty());
    }

    #[test]
    fn short_numbers_are_links_only_in_an_emergency() {
        let text = "Appelez le 15, le 112 ou le 39 19.";
        assert_eq!(hrefs(text, Numbers::Emergency), ["tel:15", "tel:112", "tel:3919"]);
        assert!(hrefs(text, Numbers::Phones).is_empty());
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "[ 0-9.@a-zé\u{202f}]{0,60}") {
            let whole: String = pieces(&text, Numbers::Emergency).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
