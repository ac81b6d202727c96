//! Dates and hours as British English writes them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

/// Months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a weekday.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// "18 March".
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{} {month}", date.day())
}

/// "Wednesday 18 March 2026".
#[must_use]
pub fn date_long(date: NaiveDate) -> String {
    format!("{} {}", date_day(date), date.year())
}

/// "Wednesday 18 March".
#[must_use]
pub fn date_day(date: NaiveDate) -> String {
    format!("{} {}", weekday(date.weekday()), day_month(date))
}

/// "9:30 am", "5 pm", "noon", "midnight".
#[must_use]
pub fn time(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    let half = if afternoon { "pm" } else { "am" };
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{hour} {half}"),
        (_, minute) => format!("{hour}:{minute:02} {half}"),
    }
}

/// "from 9 am to 12:30 pm and from 1:30 pm to 5 pm"; a range that ends where it starts is "around the clock",
/// and no range at all gives an empty text.
#[must_use]
pub fn time_ranges(ranges: &[(NaiveTime, NaiveTime)]) -> String {
    let parts: Vec<_> = ranges
        .iter()
        .map(|&(start, end)| time_range(start, end))
        .collect();
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

fn time_range(start: NaiveTime, end: NaiveTime) -> String {
    if start == end {
        return "around the clock".to_owned();
    }
    format!("from {} to {}", time(start), time(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_hours_follow_english_usage() {
        let at = |text: &str| text.parse::<NaiveTime>().unwrap();
        assert_eq!(
            date_long("2026-03-18".parse().unwrap()),
            "Wednesday 18 March 2026"
        );
        assert_eq!(time(at("09:30:00")), "9:30 am");
        assert_eq!(
            time_ranges(&[(at("09:00:00"), at("12:30:00")), (at("13:30:00"), at("17:00:00"))]),
            "from 9 am to 12:30 pm and from 1:30 pm to 5 pm"
        );
        assert_eq!(
            time_ranges(&[(at("20:00:00"), NaiveTime::MIN)]),
            "from 8 pm to midnight"
        );
        assert_eq!(
            time_ranges(&[(NaiveTime::MIN, NaiveTime::MIN)]),
            "around the clock"
        );
        assert_eq!(time_ranges(&[]), "");
    }
}
