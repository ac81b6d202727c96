//! What a value must look like to be taken in: hours, days, numbers to call, addresses to write to.

use chrono::{NaiveDate, NaiveDateTime};

/// A day, "2026-03-28".
pub(crate) fn day(value: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(value.trim(), "%Y-%m-%d").ok()
}

/// A day or a local date-time, in the form that fields hold: "2026-03-28" or "2026-03-28T18:00:00".
pub(crate) fn day_or_time(value: &str) -> Option<Moment> {
    let value = value.trim();
    if let Some(day) = day(value) {
        return Some(Moment {
            at: day.and_hms_opt(0, 0, 0)?,
            all_day: true,
        });
    }
    let formats = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ];
    let at = formats
        .iter()
        .find_map(|f| NaiveDateTime::parse_from_str(value, f).ok())?;
    Some(Moment { at, all_day: false })
}

/// When something starts or ends, on the site's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// The time; midnight where only a day is known.
    pub(crate) at: NaiveDateTime,
    /// Whether only a day is known.
    pub(crate) all_day: bool,
}

impl Moment {
    /// As fields hold it.
    pub(crate) fn field_value(self) -> String {
        let format = if self.all_day {
            "%Y-%m-%d"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        };
        self.at.format(format).to_string()
    }
}

/// Whether the hours follow the OpenStreetMap syntax.
pub(crate) fn is_opening_hours(value: &str) -> bool {
    // A longer one is no town's hours, and the grammar's time grows with it.
    value.len() <= 2000 && opening_hours_syntax::parse(value).is_ok()
}

/// Whether a number can be called: digits as people group them, two ("15") to fifteen.
pub(crate) fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (2..=15).contains(&digits)
        && value
            .chars()
            .all(|c| c.is_ascii_digit() || " +.-/()\u{a0}\u{202f}".contains(c))
}

/// Whether an e-mail can be sent there.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((user, host)) = value.split_once('@') else {
        return false;
    };
    let plain = |s: &str| {
        !s.is_empty()
            && !s
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "@,;<>()\"".contains(c))
    };
    plain(user) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

/// Whether a browser can go there.
pub(crate) fn is_web_address(value: &str) -> bool {
    url::Url::parse(value).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host())
}

/// The rule without its name, where it has the form of RFC 5545.
pub(crate) fn recurrence(value: &str) -> Option<String> {
    let rule = value.trim();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(rule);
    let known = [
        "FREQ",
        "UNTIL",
        "COUNT",
        "INTERVAL",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYDAY",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
        "WKST",
    ];
    let well_formed = rule.trim_end_matches(';').split(';').all(|part| {
        part.split_once('=').is_some_and(|(key, value)| {
            known.contains(&key)
                && !value.is_empty()
                && value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+-,".contains(c))
        })
    });
    let frequency = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"];
    let repeats = rule
        .split(';')
        .filter_map(|p| p.strip_prefix("FREQ="))
        .any(|f| frequency.contains(&f));
    (well_formed && repeats).then(|| rule.trim_end_matches(';').to_owned())
}

/// Whether the tags of an HTML text can be nested at all as they are written.
///
/// A parser's time grows with the square of the depth, so this is looked at before it parses.
pub(crate) fn nesting_is_sane(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut open: Vec<&[u8]> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'<') {
        let tag = &bytes[at + 1..];
        let (closes, tag) = tag.strip_prefix(b"/").map_or((false, tag), |tag| (true, tag));
        let end = tag
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && *b != b'-')
            .unwrap_or(tag.len());
        let name = &tag[..end.min(32)];
        if name.is_empty() || ENDLESS.iter().any(|e| name.eq_ignore_ascii_case(e)) {
            continue;
        }
        if !closes {
            open.push(name);
        } else if let Some(back) = open
            .iter()
            .rev()
            .take(NEAR)
            .position(|o| o.eq_ignore_ascii_case(name))
        {
            open.truncate(open.len() - 1 - back);
        }
        if open.len() > MAX_UNCLOSED {
            return false;
        }
    }
    true
}

/// Elements whose end may be left out count as open here, so the limit is above the real one.
const MAX_UNCLOSED: usize = 5_000;
/// How far back an end tag looks for its beginning.
const NEAR: usize = 64;
/// Elements that never hold others of their kind.
const ENDLESS: [&[u8]; 20] = [
    b"br", b"img", b"hr", b"input", b"meta", b"link", b"source", b"wbr", b"area", b"col", b"p", b"li", b"td",
    b"th", b"tr", b"option", b"dt", b"dd", b"path", b"use",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_real_ones() {
        assert_eq!(
            day_or_time("2026-03-28T18:00")
                .map(Moment::field_value)
                .as_deref(),
            Some("2026-03-28T18:00:00")
        );
        assert_eq!(
            day_or_time("2026-03-28").map(Moment::field_value).as_deref(),
            Some("2026-03-28")
        );
        assert_eq!(day_or_time("2026-02-30"), None);
        assert_eq!(day_or_time("2026-03-28T25:00"), None);
    }

    #[test]
    fn numbers_and_addresses_are_plausible() {
        for phone in [
            "01 23 45 67 89",
            "+33 1 23 45 67 89",
            "3939",
            "15",
            "01\u{a0}23\u{a0}45\u{a0}67\u{a0}89",
        ] {
            assert!(is_phone(phone), "{phone}");
        }
        for phone in ["", "1", "standard", "01 23 45 67 89 le matin", "0123456789012345"] {
            assert!(!is_phone(phone), "{phone}");
        }
        assert!(is_email("mairie@ville.example"));
        for email in [
            "mairie",
            "mairie@ville",
            "@ville.fr",
            "a b@ville.fr",
            "a@b@ville.fr",
            "a@.fr",
        ] {
            assert!(!is_email(email), "{email}");
        }
        assert!(is_web_address("https://ville.example/x"));
        assert!(!is_web_address("javascript:alert(1)"));
        assert!(!is_web_address("ville.example"));
    }

    #[test]
    fn hours_and_recurrences_follow_their_syntax() {
        assert!(is_opening_hours("Mo-Fr 09:00-12:00,13:30-17:00; PH off"));
        assert!(!is_opening_hours("du lundi au vendredi"));
        assert_eq!(
            recurrence("RRULE:FREQ=WEEKLY;BYDAY=TU").as_deref(),
            Some("FREQ=WEEKLY;BYDAY=TU")
        );
        assert_eq!(recurrence("FREQ=PARFOIS"), None);
        assert_eq!(recurrence("chaque mardi"), None);
    }
}
