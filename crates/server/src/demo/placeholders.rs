//! Dates in the demo town's content that are relative to its first start: `{{day+10|long}}`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use domain::calendar::french;

/// A placeholder that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}, line {line}: the placeholder {{{{{text}}}}} is not known; see CONTRIBUTING.md, the demo town"
)]
pub(crate) struct UnknownPlaceholder {
    file: String,
    line: usize,
    text: String,
}

/// `content` of the file called `file`, with every placeholder replaced for a town whose day 0 is `first_day`.
///
/// # Errors
/// When a placeholder is not known, or leads outside the calendar.
pub(crate) fn replace(file: &str, content: &str, first_day: NaiveDate) -> Result<String, UnknownPlaceholder> {
    let mut replaced = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, after)) = rest.split_once("{{") {
        replaced.push_str(before);
        let unknown = |text: &str| UnknownPlaceholder {
            file: file.to_owned(),
            line: content[..content.len() - after.len()].lines().count(),
            text: text.to_owned(),
        };
        let Some((inside, after_end)) = after.split_once("}}") else {
            return Err(unknown(after.lines().next().unwrap_or_default()));
        };
        replaced.push_str(&value(inside.trim(), first_day).ok_or_else(|| unknown(inside))?);
        rest = after_end;
    }
    replaced.push_str(rest);
    Ok(replaced)
}

fn value(inside: &str, first_day: NaiveDate) -> Option<String> {
    let (term, style) = match inside.split_once('|') {
        Some((term, style)) => (term.trim(), Some(style.trim())),
        None => (inside, None),
    };
    let name_ends = term.find(['+', '-']).unwrap_or(term.len());
    let (name, number) = term.split_at(name_ends);
    let steps: i32 = if number.is_empty() {
        0
    } else {
        number.parse().ok()?
    };
    match name {
        "year" if style.is_none() => Some(first_day.year().checked_add(steps)?.to_string()),
        "month" => {
            let first = first_day.with_day(1)?;
            let months = Months::new(steps.unsigned_abs());
            let month = if steps < 0 {
                first.checked_sub_months(months)
            } else {
                first.checked_add_months(months)
            }?;
            let name = french::MONTHS.get(month.month0() as usize)?;
            match style {
                None => Some(month.format("%Y-%m").to_string()),
                Some("long") => Some(format!("{name} {}", month.year())),
                Some("short") => Some((*name).to_owned()),
                Some(_) => None,
            }
        }
        "day" => date(moved(first_day, steps.into())?, style),
        name => {
            // The first such day strictly after day 0 is +1: a demo that starts on a Saturday speaks of the next one.
            let weekday: Weekday = name.parse().ok().filter(|_| name.ends_with("day"))?;
            let to_next = i64::from(
                (7 + weekday.num_days_from_monday() - first_day.weekday().num_days_from_monday()) % 7,
            );
            let first = if to_next == 0 { 7 } else { to_next };
            (steps != 0).then_some(())?;
            let weeks = if steps > 0 {
                i64::from(steps) - 1
            } else {
                i64::from(steps)
            };
            date(moved(first_day, first + 7 * weeks)?, style)
        }
    }
}

fn moved(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let distance = Days::new(days.unsigned_abs());
    if days < 0 {
        day.checked_sub_days(distance)
    } else {
        day.checked_add_days(distance)
    }
}

fn date(day: NaiveDate, style: Option<&str>) -> Option<String> {
    match style {
        None => Some(day.to_string()),
        Some("long") => Some(french::date_long(day)),
        Some("short") => Some(french::day_month(day)),
        Some("ics") => Some(day.format("%Y%m%d").to_string()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn on(day: &str, content: &str) -> Result<String, UnknownPlaceholder> {
        replace("page.md", content, day.parse().unwrap())
    }

    #[test]
    fn each_form_is_written_as_content_authors_expect() {
        let wednesday = "2026-03-18";
        for (placeholder, expected) in [
            ("{{day}}", "2026-03-18"),
            ("{{day+10}}", "2026-03-28"),
            ("{{day-18}}", "2026-02-28"),
            ("{{day+10|long}}", "samedi 28 mars 2026"),
            ("{{day+10|short}}", "28 mars"),
            ("{{day+14|short}}", "1er avril"),
            ("{{day+10|ics}}", "20260328"),
            ("{{saturday+1}}", "2026-03-21"),
            ("{{saturday+2}}", "2026-03-28"),
            ("{{saturday-1}}", "2026-03-14"),
            ("{{wednesday+1|long}}", "mercredi 25 mars 2026"),
            ("{{year}}", "2026"),
            ("{{year-1}}", "2025"),
            ("{{month}}", "2026-03"),
            ("{{month+1|long}}", "avril 2026"),
            ("{{month-3|long}}", "décembre 2025"),
            ("{{ month+10|short }}", "janvier"),
            ("du {{day}} au {{day+1}}.", "du 2026-03-18 au 2026-03-19."),
        ] {
            assert_eq!(
                on(wednesday, placeholder).as_deref(),
                Ok(expected),
                "{placeholder}"
            );
        }
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_file_and_line() {
        for content in [
            "{{dya+1}}",
            "{{day+x}}",
            "{{day|shout}}",
            "{{year|long}}",
            "{{saturday}}",
            "{{sat+1}}",
            "{{day",
        ] {
            let error = on("2026-03-18", &format!("# Titre\n\n{content}")).unwrap_err();
            assert!(
                error.to_string().starts_with("page.md, line 3: "),
                "{content}: {error}"
            );
        }
        assert!(
            on("2026-03-18", "{{day+2147483647}}").is_err(),
            "outside the calendar"
        );
    }

    proptest! {
        #[test]
        fn a_first_weekday_is_within_a_week_and_never_day_zero(day in 0u64..40_000, weeks in 1i64..9) {
            let first_day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(day);
            for name in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
                let text = replace("p", &format!("{{{{{name}+{weeks}}}}}"), first_day).unwrap();
                let date: NaiveDate = text.parse().unwrap();
                prop_assert_eq!(date.weekday(), name.parse::<Weekday>().unwrap());
                let distance = (date - first_day).num_days();
                prop_assert!((7 * weeks - 6..=7 * weeks).contains(&distance), "{} days", distance);
            }
        }

        #[test]
        fn a_text_without_braces_is_left_as_it_is(text in "[^{}]{0,80}") {
            prop_assert_eq!(on("2026-03-18", &text).unwrap(), text);
        }

        #[test]
        fn no_content_makes_it_panic(text in "[{}day+\\-1|éa-z ]{0,60}") {
            let _refused_or_not = on("2026-03-18", &text);
        }
    }
}
