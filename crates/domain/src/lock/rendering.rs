//! The ways of writing a fact: those in which it stands, and the usual French ones of the same value.

use super::claim::{self, Read};
use crate::calendar::french::MONTHS;
use crate::facts::{Decimal, Fact, Normal, Unit};
use chrono::{NaiveTime, Timelike};

/// The ways of writing the facts of `text`; where a number counts something, with that word. With and without a capital.
pub(super) fn of(read: &Read<'_>) -> Vec<String> {
    let text = read.text;
    let mut ways = Vec::new();
    for fact in &read.facts {
        if claim::code(fact, text).is_some() {
            continue;
        }
        let written = text.get(fact.span.start..fact.span.end).unwrap_or_default();
        ways.push(written.to_owned());
        ways.extend(usual(fact, text));
        if let Normal::Address(_) = fact.normal {
            // The street without its number.
            let way = written.find(char::is_alphabetic).unwrap_or(written.len());
            ways.push(written[way..].to_owned());
        }
    }
    // What the rules of facts do not know, but is more than ordinary letters: "T2", "n° 12345*02".
    for chunk in text.split_whitespace().map(super::spelling::core) {
        if chunk.chars().any(|c| !c.is_lowercase()) {
            ways.push(chunk.to_owned());
        }
    }
    let capitalised = |way: &String| {
        let mut letters = way.chars();
        let first = letters.next().filter(|first| first.is_lowercase())?;
        Some(first.to_uppercase().chain(letters).collect::<String>())
    };
    let more: Vec<String> = ways.iter().filter_map(capitalised).collect();
    ways.extend(more);
    ways.retain(|way| !way.is_empty());
    ways
}

fn usual(fact: &Fact, text: &str) -> Vec<String> {
    match &fact.normal {
        Normal::Clock(time) => clock(*time),
        Normal::Date(date) => {
            let Some(month) = month(date.month) else {
                return Vec::new();
            };
            let day = if date.day == 1 {
                "1er".to_owned()
            } else {
                date.day.to_string()
            };
            let mut ways = vec![format!("{day} {month}")];
            if let Some(year) = date.year {
                ways.push(format!("{day} {month} {year}"));
                ways.push(format!("{:02}/{:02}/{year}", date.day, date.month));
            }
            ways
        }
        Normal::Month { month: number, year } => {
            let Some(month) = month(*number) else {
                return Vec::new();
            };
            let with_year = year.map(|year| format!("{month} {year}"));
            with_year.into_iter().chain([month.to_owned()]).collect()
        }
        // Whether it is "moins de" that is told by the words before it.
        Normal::Amount { cents: 0, .. } => Vec::new(),
        Normal::Amount { cents, .. } => amount(*cents),
        Normal::Duration { count, unit, .. } => numbers(*count)
            .into_iter()
            .map(|count| format!("{count} {}", unit_of(*unit, &count)))
            .collect(),
        Normal::Percentage(count) => figures(*count)
            .into_iter()
            .flat_map(|count| {
                [
                    format!("{count} %"),
                    format!("{count}%"),
                    format!("{count} pour cent"),
                ]
            })
            .collect(),
        Normal::Number(count) => {
            let counted = counted(fact, text);
            numbers(*count)
                .into_iter()
                .map(|count| format!("{count}{counted}"))
                .collect()
        }
        Normal::Ordinal(_) => {
            let written = text.get(fact.span.start..fact.span.end).unwrap_or_default();
            vec![format!("{written}{}", counted(fact, text))]
        }
        Normal::Phone(number) => phone(number),
        _ => Vec::new(),
    }
}

/// The word that a fact counts, after a space.
fn counted(fact: &Fact, text: &str) -> String {
    claim::counted(fact, text).map_or_else(String::new, |word| format!(" {word}"))
}

fn clock(time: NaiveTime) -> Vec<String> {
    let (hour, minute) = (time.hour(), time.minute());
    let hours = if hour == 1 { "heure" } else { "heures" };
    let spoken = if hour == 1 {
        Some("une".to_owned())
    } else {
        in_words(u64::from(hour))
    };
    if minute == 0 {
        let mut ways = vec![
            format!("{hour} h"),
            format!("{hour}h"),
            format!("{hour}:00"),
            format!("{hour} {hours}"),
        ];
        ways.extend(spoken.map(|spoken| format!("{spoken} {hours}")));
        match hour {
            0 => ways.push("minuit".to_owned()),
            12 => ways.push("midi".to_owned()),
            _ => {}
        }
        return ways;
    }
    let mut ways = vec![
        format!("{hour} h {minute:02}"),
        format!("{hour}h{minute:02}"),
        format!("{hour}:{minute:02}"),
        format!("{hour} {hours} {minute:02}"),
    ];
    if let Some((spoken, minutes)) = spoken.zip(in_words(u64::from(minute))) {
        ways.push(format!("{spoken} {hours} {minutes}"));
    }
    ways
}

fn amount(cents: u64) -> Vec<String> {
    let (euros, cents) = (cents / 100, cents % 100);
    let unit = if euros <= 1 { "euro" } else { "euros" };
    if cents > 0 {
        return vec![
            format!("{euros},{cents:02} €"),
            format!("{euros},{cents:02} euros"),
            format!("{euros} € {cents:02}"),
        ];
    }
    let mut ways = vec![
        format!("{euros} €"),
        format!("{euros}€"),
        format!("{euros} {unit}"),
        format!("{euros},00 €"),
    ];
    ways.extend(in_words(euros).map(|spoken| format!("{spoken} {unit}")));
    ways
}

fn phone(number: &str) -> Vec<String> {
    let Some(national) = number.strip_prefix("+33").map(|rest| format!("0{rest}")) else {
        return Vec::new();
    };
    let pairs: Vec<&str> = (0..national.len())
        .step_by(2)
        .filter_map(|at| national.get(at..at + 2))
        .collect();
    vec![pairs.join(" "), pairs.join("."), national.clone()]
}

fn figures(count: Decimal) -> Option<String> {
    count.whole().map(|whole| whole.to_string())
}

/// A whole number in figures and in words.
fn numbers(count: Decimal) -> Vec<String> {
    let spoken = count.whole().and_then(in_words);
    figures(count).into_iter().chain(spoken).collect()
}

fn unit_of(unit: Unit, count: &str) -> &'static str {
    let one = matches!(count, "1" | "un" | "0");
    match unit {
        Unit::Minute if one => "minute",
        Unit::Minute => "minutes",
        Unit::Hour if one => "heure",
        Unit::Hour => "heures",
        Unit::Day if one => "jour",
        Unit::Day => "jours",
        Unit::Week if one => "semaine",
        Unit::Week => "semaines",
        Unit::Month => "mois",
        Unit::Year if one => "an",
        Unit::Year => "ans",
    }
}

fn month(number: u32) -> Option<&'static str> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    MONTHS.get(at).copied()
}

/// A number in French words, up to 9 999, as it was written before 1990: "vingt et un", "quatre-vingts".
fn in_words(number: u64) -> Option<String> {
    const UNITS: [&str; 20] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];
    const TENS: [&str; 7] = [
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "soixante",
        "quatre-vingt",
    ];
    let at = usize::try_from(number).ok()?;
    if let Some(unit) = UNITS.get(at) {
        return Some((*unit).to_owned());
    }
    let after = |head: &str, rest: u64| match rest {
        0 => Some(head.to_owned()),
        rest => in_words(rest).map(|rest| format!("{head} {rest}")),
    };
    match number {
        0..100 => {
            let ten = if number >= 80 { 8 } else { number / 10 };
            // Seventy and ninety count on from sixty and eighty.
            let base = if ten == 7 { 60 } else { ten * 10 };
            let head = TENS.get(usize::try_from(ten).ok()?.checked_sub(2)?)?;
            match number - base {
                0 if number == 80 => Some("quatre-vingts".to_owned()),
                0 => Some((*head).to_owned()),
                rest @ (1 | 11) if number < 80 => in_words(rest).map(|rest| format!("{head} et {rest}")),
                rest => in_words(rest).map(|rest| format!("{head}-{rest}")),
            }
        }
        100..1000 => match (number / 100, number % 100) {
            (1, rest) => after("cent", rest),
            (hundreds, 0) => in_words(hundreds).map(|hundreds| format!("{hundreds} cents")),
            (hundreds, rest) => after(&format!("{} cent", in_words(hundreds)?), rest),
        },
        1000..10_000 => match (number / 1000, number % 1000) {
            (1, rest) => after("mille", rest),
            (thousands, rest) => after(&format!("{} mille", in_words(thousands)?), rest),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, normal_forms};
    use proptest::prelude::*;

    fn first(text: &str) -> Vec<String> {
        facts::find(text)
            .first()
            .map(|fact| usual(fact, text))
            .unwrap_or_default()
    }

    #[test]
    fn each_way_of_writing_a_fact_is_read_as_that_fact() {
        for written in [
            "9 h 30",
            "13 h",
            "1 h du matin",
            "midi",
            "15 mars 2026",
            "1er mai",
            "12,50 €",
            "80 €",
            "71 euros",
            "15 jours",
            "21 ans",
            "6 mois",
            "45 %",
            "01 41 23 45 67",
            "92 places",
            "1999 places",
            "juin 2027",
        ] {
            let ways = first(written);
            assert!(!ways.is_empty(), "{written}");
            let wanted = normal_forms(written);
            for way in ways {
                let read = normal_forms(&way);
                let year_left_out = way.split(' ').count() < written.split(' ').count();
                assert!(
                    read == wanted || year_left_out && read.len() == 1,
                    "{written} as {way}: {read:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn numbers_in_words_are_read_again(number in 0u64..10_000) {
            let spoken = format!("{} places", in_words(number).unwrap());
            let expected = if number == 1 { Vec::new() } else { vec![Normal::Number(number.into())] };
            prop_assert_eq!(normal_forms(&spoken), expected, "{}", spoken);
        }
    }
}
