//! Numbers in figures and in French words.

use super::token::{TokenKind, Tokens};

/// A non-negative decimal number, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal {
    digits: u64,
    scale: u8,
}

impl Decimal {
    /// `digits` divided by ten, `scale` times.
    #[must_use]
    pub fn new(mut digits: u64, mut scale: u8) -> Self {
        while scale > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            scale -= 1;
        }
        Self { digits, scale }
    }

    /// Its value, where it is whole.
    #[must_use]
    pub fn whole(self) -> Option<u64> {
        (self.scale == 0).then_some(self.digits)
    }

    /// Its value in hundredths, where it has at most two decimals.
    #[must_use]
    pub fn hundredths(self) -> Option<u64> {
        let factor = match self.scale {
            0 => 100,
            1 => 10,
            2 => 1,
            _ => return None,
        };
        self.digits.checked_mul(factor)
    }
}

impl From<u64> for Decimal {
    fn from(whole: u64) -> Self {
        Self::new(whole, 0)
    }
}

/// Longest run of digits that is taken for a number.
const MAX_DIGITS: usize = 15;

/// A number in figures at `at`: "1 234,50", "1.234", "12.5".
pub(crate) fn figures(tokens: &Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
    let first = tokens.get(at).filter(|token| token.kind == TokenKind::Digits)?;
    let mut digits = first.norm.clone();
    let mut next = at + 1;
    if first.norm.len() <= 3 {
        while digits.len() <= MAX_DIGITS
            && let Some(after) = thousands(tokens, next)
        {
            digits.push_str(tokens.norm(after - 1));
            next = after;
        }
    }
    let mut scale = 0;
    if matches!(tokens.norm(next), "," | ".")
        && tokens.is_glued(next)
        && tokens.is_glued(next + 1)
        && tokens.kind(next + 1) == Some(TokenKind::Digits)
        && tokens.norm(next + 1).len() <= 3
    {
        scale = tokens.norm(next + 1).len();
        digits.push_str(tokens.norm(next + 1));
        next += 2;
    }
    if digits.len() > MAX_DIGITS {
        return None;
    }
    Some((
        Decimal::new(digits.parse().ok()?, u8::try_from(scale).ok()?),
        next,
    ))
}

/// Past a group of three digits and its separator.
fn thousands(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_group = |at: usize| tokens.kind(at) == Some(TokenKind::Digits) && tokens.norm(at).len() == 3;
    let one_space = |at: usize| {
        let gap = tokens.gap(at);
        gap.chars().count() == 1 && gap.chars().all(char::is_whitespace) && gap != "\n"
    };
    if is_group(at) && one_space(at) {
        return Some(at + 1);
    }
    let dotted = tokens.norm(at) == "." && tokens.is_glued(at) && is_group(at + 1) && tokens.is_glued(at + 1);
    dotted.then_some(at + 2)
}

/// A number in words at `at`, up to 999 999 999.
pub(crate) fn words(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let (mut total, mut next) = (0, at);
    if let Some((millions, after)) = scaled(tokens, next, &["million", "millions"]) {
        total += millions * 1_000_000;
        next = after;
    }
    let joint = tokens.past_joints(next);
    if let Some((thousands, after)) = scaled(tokens, joint, &["mille", "milles", "mil"]) {
        total += thousands * 1_000;
        next = after;
    } else if let Some(after) = tokens.word(joint, "mille") {
        total += 1_000;
        next = after;
    }
    let joint = if next == at { at } else { tokens.past_joints(next) };
    match below_thousand(tokens, joint) {
        Some((rest, after)) => Some((total + rest, after)),
        None => (next > at).then_some((total, next)),
    }
}

fn scaled(tokens: &Tokens<'_>, at: usize, units: &[&str]) -> Option<(u64, usize)> {
    let (count, next) = below_thousand(tokens, at)?;
    Some((count, tokens.any(tokens.past_joints(next), units)?))
}

fn below_thousand(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let (hundreds, next) = match unit(tokens.norm(at)).filter(|count| (2..=9).contains(count)) {
        Some(count) => match tokens.any(tokens.past_joints(at + 1), &["cent", "cents"]) {
            Some(next) => (count, next),
            None => return below_hundred(tokens, at),
        },
        None => match tokens.any(at, &["cent", "cents"]) {
            Some(next) => (1, next),
            None => return below_hundred(tokens, at),
        },
    };
    match below_hundred(tokens, tokens.past_joints(next)) {
        Some((rest, after)) => Some((hundreds * 100 + rest, after)),
        None => Some((hundreds * 100, next)),
    }
}

fn below_hundred(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let tens = tokens
        .any(at, &["quatre vingt", "quatre vingts"])
        .map(|next| (80, next));
    let Some((tens, next)) = tens.or_else(|| Some((ten(tokens.norm(at))?, at + 1))) else {
        return below_twenty(tokens, at);
    };
    let joint = tokens.past_joints(next);
    let after_and = tokens.word(joint, "et").map(|after| tokens.past_joints(after));
    let rest = match after_and {
        // "vingt et un", "soixante et onze"; "vingt et trente" are two numbers.
        Some(after) => below_twenty(tokens, after).filter(|(rest, _)| matches!(rest, 1 | 11)),
        None => below_twenty(tokens, joint),
    };
    let limit = if matches!(tens, 60 | 80) { 19 } else { 9 };
    match rest.filter(|(rest, _)| (1..=limit).contains(rest)) {
        Some((rest, after)) => Some((tens + rest, after)),
        None => Some((tens, next)),
    }
}

fn below_twenty(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let value = unit(tokens.norm(at))?;
    if value == 10 {
        let joint = tokens.past_joints(at + 1);
        if let Some(more) = unit(tokens.norm(joint)).filter(|more| (7..=9).contains(more)) {
            return Some((10 + more, joint + 1));
        }
    }
    Some((value, at + 1))
}

fn unit(word: &str) -> Option<u64> {
    const UNITS: [&str; 17] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize",
    ];
    let word = if word == "une" { "un" } else { word };
    UNITS
        .iter()
        .position(|unit| *unit == word)
        .and_then(|at| u64::try_from(at).ok())
}

fn ten(word: &str) -> Option<u64> {
    Some(match word {
        "vingt" | "vingts" => 20,
        "trente" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        "septante" => 70,
        "huitante" | "octante" => 80,
        "nonante" => 90,
        _ => return None,
    })
}

/// An ordinal at `at`: "1er", "2e", "3ème", "premier", "deuxième"; not "second", which is also a unit of time.
pub(crate) fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    if let Some(value) = tokens.value(at, 4) {
        let glued = tokens.is_glued(at + 1);
        let suffix = matches!(
            tokens.norm(at + 1),
            "er" | "ere" | "e" | "eme" | "nd" | "nde" | "ieme" | "th" | "st"
        );
        return (glued && suffix).then_some((u64::from(value), at + 2));
    }
    const ORDINALS: [(&str, u64); 13] = [
        ("premier", 1),
        ("premiere", 1),
        ("premiers", 1),
        ("premieres", 1),
        ("deuxieme", 2),
        ("troisieme", 3),
        ("quatrieme", 4),
        ("cinquieme", 5),
        ("sixieme", 6),
        ("septieme", 7),
        ("huitieme", 8),
        ("neuvieme", 9),
        ("dixieme", 10),
    ];
    ORDINALS
        .iter()
        .find(|(word, _)| *word == tokens.norm(at))
        .map(|(_, value)| (*value, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<u64> {
        let tokens = Tokens::new(text);
        words(&tokens, 0)
            .filter(|(_, next)| *next == tokens.len())
            .map(|(value, _)| value)
    }

    #[test]
    fn words_are_read_up_to_millions() {
        for (text, value) in [
            ("zéro", 0),
            ("un", 1),
            ("dix-sept", 17),
            ("vingt et un", 21),
            ("vingt-et-une", 21),
            ("soixante et onze", 71),
            ("soixante-dix-neuf", 79),
            ("quatre-vingts", 80),
            ("quatre-vingt-un", 81),
            ("quatre-vingt-dix-neuf", 99),
            ("septante-deux", 72),
            ("cent", 100),
            ("cent un", 101),
            ("deux cents", 200),
            ("neuf cent quatre-vingt-dix-neuf", 999),
            ("mille", 1_000),
            ("deux mille vingt-six", 2_026),
            ("cent mille", 100_000),
            ("neuf cent quatre-vingt-dix-neuf mille", 999_000),
            ("un million deux cent mille trois", 1_200_003),
        ] {
            assert_eq!(said(text), Some(value), "{text}");
        }
        assert_eq!(said("vingt et trente"), None);
        assert_eq!(said("bonjour"), None);
    }

    #[test]
    fn figures_carry_separators_and_decimals() {
        for (text, digits, scale) in [
            ("1 234", 1234, 0),
            ("1\u{202f}234\u{202f}567,80", 12_345_678, 1),
            ("12,50", 125, 1),
            ("1.500", 1500, 0),
            ("2.5", 25, 1),
            ("0,05", 5, 2),
        ] {
            let tokens = Tokens::new(text);
            assert_eq!(
                figures(&tokens, 0),
                Some((Decimal::new(digits, scale), tokens.len())),
                "{text}"
            );
        }
        let tokens = Tokens::new("2026 150");
        assert_eq!(figures(&tokens, 0), Some((Decimal::from(2026), 1)));
    }
}
