//! Explicit dates in any written form: "14 juillet 2027", "1er mai", "14/07", "2026-03-18", "July 14".

use super::number;
use super::token::{TokenKind, Tokens};
use chrono::{NaiveDate, Weekday};

/// A day of a month, of a year where one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// The year, if written.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl PartialDate {
    /// A date that exists in some year.
    pub(crate) fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        // 2024 is a leap year: 29 February exists.
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
        Some(Self { year, month, day })
    }
}

/// Years that a four-digit number is taken for.
pub(crate) const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// A date at `at`.
pub(crate) fn date(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDate, usize)> {
    iso(tokens, at)
        .or_else(|| numeric(tokens, at))
        .or_else(|| in_words(tokens, at))
        .or_else(|| month_first(tokens, at))
}

/// A day of the month at `at`: "12", "1er", "premier", "vingt et un".
pub(crate) fn day_of_month(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (day, next) = match tokens.value(at, 2) {
        Some(day) => {
            let suffix = tokens.is_glued(at + 1)
                && matches!(
                    tokens.norm(at + 1),
                    "er" | "e" | "eme" | "th" | "st" | "nd" | "rd"
                );
            (day, at + 1 + usize::from(suffix))
        }
        None => match tokens.any(at, &["premier", "1 er"]) {
            Some(next) => (1, next),
            None => {
                number::words(tokens, at).and_then(|(day, next)| Some((u32::try_from(day).ok()?, next)))?
            }
        },
    };
    (1..=31).contains(&day).then_some((day, next))
}

/// The month named at `at`, with the full stop of its abbreviation.
pub(crate) fn month(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (month, abbreviated) = match tokens.norm(at) {
        "janvier" | "january" => (1, false),
        "janv" | "jan" => (1, true),
        "fevrier" | "february" => (2, false),
        "fev" | "fevr" | "feb" => (2, true),
        "mars" | "march" => (3, false),
        "avril" | "april" => (4, false),
        "avr" | "apr" => (4, true),
        "mai" => (5, false),
        "juin" | "june" => (6, false),
        "juillet" | "july" => (7, false),
        "juil" => (7, true),
        "aout" | "august" => (8, false),
        "aug" => (8, true),
        "septembre" | "september" => (9, false),
        "sept" | "sep" => (9, true),
        "octobre" | "october" => (10, false),
        "oct" => (10, true),
        "novembre" | "november" => (11, false),
        "nov" => (11, true),
        "decembre" | "december" => (12, false),
        "dec" => (12, true),
        _ => return None,
    };
    let stop = abbreviated && tokens.norm(at + 1) == "." && tokens.is_glued(at + 1);
    Some((month, at + 1 + usize::from(stop)))
}

/// The year at `at`.
pub(crate) fn year(tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let year = tokens.value(at, 4).filter(|year| YEARS.contains(year))?;
    Some((i32::try_from(year).ok()?, at + 1))
}

/// The weekday named at `at`, singular or plural.
pub(crate) fn weekday(tokens: &Tokens<'_>, at: usize) -> Option<(Weekday, usize)> {
    let norm = tokens.norm(at);
    let day = match norm.strip_suffix('s').unwrap_or(norm) {
        "lundi" | "monday" => Weekday::Mon,
        "mardi" | "tuesday" => Weekday::Tue,
        "mercredi" | "wednesday" => Weekday::Wed,
        "jeudi" | "thursday" => Weekday::Thu,
        "vendredi" | "friday" => Weekday::Fri,
        "samedi" | "saturday" => Weekday::Sat,
        "dimanche" | "sunday" => Weekday::Sun,
        _ => return None,
    };
    Some((day, at + 1))
}

fn in_words(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let (day, next) = day_of_month(tokens, at)?;
    let (month, next) = month(tokens, tokens.past_joints(next))?;
    // "sept heures", "sept cents": the month is a number after all.
    if matches!(tokens.norm(next), "h" | "heures" | "cent" | "cents" | "mille") {
        return None;
    }
    let (year, next) = year(tokens, next).map_or((None, next), |(year, next)| (Some(year), next));
    PartialDate::new(year, month, day).map(|date| (date, next))
}

/// English: "July 14", "July 14th, 2027".
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let english = matches!(
        tokens.norm(at),
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    );
    if !english {
        return None;
    }
    let month = if tokens.norm(at) == "may" {
        5
    } else {
        month(tokens, at)?.0
    };
    let (day, next) = tokens
        .value(at + 1, 2)
        .and_then(|_| day_of_month(tokens, at + 1))?;
    let after_comma = tokens.word(next, ",").unwrap_or(next);
    let (year, next) = year(tokens, after_comma).map_or((None, next), |(year, next)| (Some(year), next));
    PartialDate::new(year, month, day).map(|date| (date, next))
}

fn iso(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let (year, _) = year(tokens, at)?;
    if !separated(tokens, at, "-", 3) || tokens.norm(at + 2).len() != 2 || tokens.norm(at + 4).len() != 2 {
        return None;
    }
    let date = PartialDate::new(Some(year), tokens.value(at + 2, 2)?, tokens.value(at + 4, 2)?)?;
    Some((date, at + 5))
}

fn numeric(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let before = at.checked_sub(1).map_or("", |before| tokens.norm(before));
    if tokens.is_glued(at) && !matches!(before, "(" | "\"" | "'" | "«") {
        return None;
    }
    let day = tokens.value(at, 2)?;
    for separator in ["/", ".", "-"] {
        if separated(tokens, at, separator, 3) {
            let month = tokens.value(at + 2, 2)?;
            let year = full_year(tokens.value(at + 4, 4)?, tokens.norm(at + 4).len())?;
            return PartialDate::new(Some(year), month, day).map(|date| (date, at + 5));
        }
    }
    // "1/2" is a half and "24/7" always: a day and a month stand after an article or have two figures each.
    let announced = matches!(before, "le" | "du" | "au" | "les")
        || at.checked_sub(1).is_some_and(|b| weekday(tokens, b).is_some());
    let padded = tokens.norm(at).len() == 2 && tokens.norm(at + 2).len() == 2;
    if separated(tokens, at, "/", 2) && (announced || padded) {
        return PartialDate::new(None, tokens.value(at + 2, 2)?, day).map(|date| (date, at + 3));
    }
    None
}

/// Whether exactly `count` runs of digits follow each other from `at`, glued by `separator`.
fn separated(tokens: &Tokens<'_>, at: usize, separator: &str, count: usize) -> bool {
    let pair = |k: usize| {
        let sign = at + 2 * k - 1;
        tokens.norm(sign) == separator
            && tokens.is_glued(sign)
            && tokens.is_glued(sign + 1)
            && tokens.kind(sign + 1) == Some(TokenKind::Digits)
    };
    (1..count).all(pair) && !pair(count)
}

fn full_year(value: u32, len: usize) -> Option<i32> {
    let year = match len {
        2 if value < 70 => 2000 + value,
        2 => 1900 + value,
        4 if YEARS.contains(&value) => value,
        _ => return None,
    };
    i32::try_from(year).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<i32>, u32, u32)> {
        let tokens = Tokens::new(text);
        date(&tokens, 0)
            .filter(|(_, next)| *next == tokens.len())
            .map(|(d, _)| (d.year, d.month, d.day))
    }

    #[test]
    fn every_way_of_writing_a_date_is_read() {
        for (text, expected) in [
            ("14 juillet 2027", (Some(2027), 7, 14)),
            ("14 JUILLET", (None, 7, 14)),
            ("1er mai", (None, 5, 1)),
            ("premier mai", (None, 5, 1)),
            ("vingt et un mars 2026", (Some(2026), 3, 21)),
            ("3 févr. 2026", (Some(2026), 2, 3)),
            ("14/07", (None, 7, 14)),
            ("14/07/2027", (Some(2027), 7, 14)),
            ("4/7/27", (Some(2027), 7, 4)),
            ("14.07.2027", (Some(2027), 7, 14)),
            ("14-07-2027", (Some(2027), 7, 14)),
            ("2026-03-18", (Some(2026), 3, 18)),
            ("29 février", (None, 2, 29)),
            ("July 14th, 2027", (Some(2027), 7, 14)),
            ("14 July", (None, 7, 14)),
            ("12/03/1980", (Some(1980), 3, 12)),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in [
            "31/02/2026",
            "32 mars",
            "24/7",
            "1/2",
            "01/02/03/04",
            "14 mangues",
            "sept cents",
            "30 février",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
