//! Dates and hours as French writes them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

/// Narrow no-break space.
const THIN: char = '\u{202f}';

/// Months, January first.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The name of a weekday.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    }
}

/// "18 mars", "1er mai".
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    let ordinal = if date.day() == 1 { "er" } else { "" };
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{}{ordinal} {month}", date.day())
}

/// "mercredi 18 mars 2026".
#[must_use]
pub fn date_long(date: NaiveDate) -> String {
    format!("{} {}", date_day(date), date.year())
}

/// "mercredi 18 mars".
#[must_use]
pub fn date_day(date: NaiveDate) -> String {
    format!("{} {}", weekday(date.weekday()), day_month(date))
}

/// "9 h 30", "12 h", "0 h", with narrow no-break spaces.
#[must_use]
pub fn time(time: NaiveTime) -> String {
    match time.minute() {
        0 => format!("{}{THIN}h", time.hour()),
        minute => format!("{}{THIN}h{THIN}{minute:02}", time.hour()),
    }
}

/// "de 9 h à 12 h 30 et de 13 h 30 à 17 h"; an end at midnight is written "minuit", a range that ends where it
/// starts "24 h sur 24", and no range at all gives an empty text.
#[must_use]
pub fn time_ranges(ranges: &[(NaiveTime, NaiveTime)]) -> String {
    let parts: Vec<_> = ranges
        .iter()
        .map(|&(start, end)| time_range(start, end))
        .collect();
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} et {last}", before.join(", ")),
    }
}

fn time_range(start: NaiveTime, end: NaiveTime) -> String {
    if start == end {
        return format!("24{THIN}h sur 24");
    }
    let end = if end == NaiveTime::MIN {
        "minuit".to_owned()
    } else {
        time(end)
    };
    format!("de {} à {end}", time(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    #[test]
    fn dates_and_hours_follow_french_typography() {
        let date: NaiveDate = "2026-03-18".parse().unwrap();
        assert_eq!(date_long(date), "mercredi 18 mars 2026");
        assert_eq!(date_day("2026-05-01".parse().unwrap()), "vendredi 1er mai");
        assert_eq!(time(at("09:30:00")), "9\u{202f}h\u{202f}30");
        assert_eq!(time(at("09:05:00")), "9\u{202f}h\u{202f}05");
        assert_eq!(time(at("00:00:00")), "0\u{202f}h");
    }

    #[test]
    fn ranges_are_enumerated() {
        let (morning, afternoon) = ((at("09:00:00"), at("12:30:00")), (at("13:30:00"), at("17:00:00")));
        assert_eq!(
            time_ranges(&[morning, afternoon]).replace(THIN, " "),
            "de 9 h à 12 h 30 et de 13 h 30 à 17 h"
        );
        assert_eq!(
            time_ranges(&[(at("20:00:00"), NaiveTime::MIN)]).replace(THIN, " "),
            "de 20 h à minuit"
        );
        assert_eq!(
            time_ranges(&[(NaiveTime::MIN, NaiveTime::MIN)]).replace(THIN, " "),
            "24 h sur 24"
        );
        assert_eq!(time_ranges(&[]), "");
    }
}
