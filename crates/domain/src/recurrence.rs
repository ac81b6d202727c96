//! Recurring events: the occurrences of an RFC 5545 rule within a period.

use chrono::{DateTime, Days, NaiveDateTime, Utc};
use rrule::{RRuleSet, Tz};

/// How many occurrences are looked at: enough for a daily event over a year.
const MOST_OCCURRENCES: u16 = 400;

/// A rule that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the recurrence rule {rule:?} cannot be read ({cause}); write it as in RFC 5545, such as FREQ=WEEKLY;BYDAY=SA"
)]
pub struct InvalidRecurrence {
    rule: String,
    cause: String,
}

/// The starts of an event that recurs by `rule` from `first` on, between a week before `from` and `until`.
///
/// `rule` is the value of an RRULE, with the excluded starts behind it where there are any:
/// `FREQ=WEEKLY;BYDAY=SA EXDATE=20260328T180000`. All times are local to the event.
///
/// # Errors
/// When the rule cannot be understood.
pub fn occurrences(
    rule: &str,
    first: NaiveDateTime,
    from: NaiveDateTime,
    until: NaiveDateTime,
) -> Result<Vec<NaiveDateTime>, InvalidRecurrence> {
    let (recurrence, excluded) = rule.split_once(" EXDATE=").unwrap_or((rule, ""));
    let mut ical = format!(
        "DTSTART:{}\nRRULE:{}",
        stamp(first),
        with_utc_until(recurrence.trim())
    );
    for exclusion in excluded.split(',').map(str::trim).filter(|e| !e.is_empty()) {
        let time = if exclusion.contains('T') {
            String::new()
        } else {
            format!("T{}", first.format("%H%M%S"))
        };
        ical.push_str(&format!("\nEXDATE:{}{time}Z", exclusion.trim_end_matches('Z')));
    }
    let invalid = |cause: &dyn std::fmt::Display| InvalidRecurrence {
        rule: rule.to_owned(),
        cause: cause.to_string(),
    };
    let set: RRuleSet = ical.parse().map_err(|e| invalid(&e))?;
    // An occurrence that began before the period may still be going on in it.
    let earliest = from.checked_sub_days(Days::new(7)).unwrap_or(from);
    let found = set
        .after(in_utc(earliest))
        .before(in_utc(until))
        .all(MOST_OCCURRENCES);
    Ok(found
        .dates
        .into_iter()
        .map(|date: DateTime<Tz>| date.naive_utc())
        .collect())
}

// Local times are computed on as if they were UTC: a market at 8 h stays at 8 h when clocks change.
fn in_utc(local: NaiveDateTime) -> DateTime<Tz> {
    DateTime::<Utc>::from_naive_utc_and_offset(local, Utc).with_timezone(&Tz::UTC)
}

fn stamp(local: NaiveDateTime) -> String {
    local.format("%Y%m%dT%H%M%SZ").to_string()
}

fn with_utc_until(rule: &str) -> String {
    rule.split(';')
        .map(|part| match part.split_once('=') {
            Some((name, day)) if name.eq_ignore_ascii_case("UNTIL") => {
                let end_of_day = if day.contains('T') { "" } else { "T235959" };
                format!("UNTIL={}{end_of_day}Z", day.trim_end_matches('Z'))
            }
            _ => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekly_market_is_found_years_after_its_first_day() {
        let found = occurrences(
            "FREQ=WEEKLY;BYDAY=SA",
            at("2020-01-04T08:00:00"),
            at("2026-03-18T00:00:00"),
            at("2026-04-01T00:00:00"),
        );
        assert_eq!(
            found.unwrap(),
            [
                at("2026-03-14T08:00:00"),
                at("2026-03-21T08:00:00"),
                at("2026-03-28T08:00:00")
            ]
        );
    }

    #[test]
    fn an_excluded_day_and_a_last_day_are_respected() {
        let rule = "FREQ=DAILY;UNTIL=20260322 EXDATE=20260320";
        let found = occurrences(
            rule,
            at("2026-03-18T10:00:00"),
            at("2026-03-18T00:00:00"),
            at("2026-04-01T00:00:00"),
        );
        let days: Vec<_> = found
            .unwrap()
            .iter()
            .map(|d| d.format("%d").to_string())
            .collect();
        assert_eq!(days, ["18", "19", "21", "22"]);
    }

    #[test]
    fn a_senseless_rule_is_refused_with_an_example() {
        let error = occurrences(
            "FREQ=OFTEN",
            at("2026-03-18T10:00:00"),
            at("2026-03-18T00:00:00"),
            at("2026-04-01T00:00:00"),
        );
        assert!(error.unwrap_err().to_string().contains("FREQ=WEEKLY;BYDAY=SA"));
    }
}
