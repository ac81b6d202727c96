//! Speaking statements: from a proof to the words that a resident reads.

use crate::texts::Texts;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::calendar::PublicHoliday;
use domain::language::Language;
use domain::opening::{
    ClosedBecause, DayHours, OpeningState, TimeRange, Uncertain, WeekPattern, WeekdayHours,
};
use domain::rule::{Computed, Contact, Finding};
use domain::statement::{Proof, Statement};

/// The text of a holiday's name.
pub(crate) fn holiday_key(holiday: PublicHoliday) -> String {
    format!("holiday-{}", holiday.as_str().replace('_', "-"))
}

/// Speaks statements in one language.
pub(crate) struct Speaker<'a> {
    texts: &'a Texts,
    language: Language,
}

impl<'a> Speaker<'a> {
    pub(crate) fn new(texts: &'a Texts, language: Language) -> Self {
        Self { texts, language }
    }

    /// The words of a statement, and their language: quotes stay in the language of their page.
    pub(crate) fn statement(&self, statement: &Statement) -> String {
        match statement.proof() {
            Proof::Quoted(quote) => quote.text().to_owned(),
            Proof::Computed(computed) => self.computed(computed),
            Proof::Fixed(phrase) => self.texts.get(self.language, phrase.key()),
            Proof::Reworded(reworded) => reworded.words().to_owned(),
            Proof::Translated(translated) => translated.words().to_owned(),
        }
    }

    fn text(&self, key: &str, variables: &[(&str, &str)]) -> String {
        self.texts.format(self.language, key, variables)
    }

    fn computed(&self, computed: &Computed) -> String {
        let at = computed.at();
        match computed.finding() {
            Finding::Opening { place, asked, state } => self.opening(place, *asked, state, at),
            Finding::Hours { place, day } => self.hours(place, day),
            Finding::Week { place, pattern } => self.week(place, pattern),
            Finding::Contact {
                place,
                contact,
                value,
            } => self.contact(place, *contact, value),
            Finding::Occurrence {
                title,
                start,
                end,
                all_day,
                location,
                price,
            } => {
                let when = self.when(*start, *end, if *all_day { Grain::Day } else { Grain::Hour });
                let optional = |key, name, value: &Option<String>| {
                    value
                        .as_deref()
                        .map_or_else(String::new, |value| self.text(key, &[(name, value)]))
                };
                let place = optional("event-where", "location", location);
                let price = optional("event-price", "price", price);
                self.text(
                    "event",
                    &[
                        ("title", title),
                        ("when", &when),
                        ("where", &place),
                        ("price", &price),
                    ],
                )
            }
            Finding::Competent { body, level, subject } => {
                let key = match level {
                    domain::document::Level::Municipal => "competent-municipal",
                    _ => "competent-other",
                };
                self.text(key, &[("body", body), ("subject", &capitalised(subject))])
            }
        }
    }

    fn opening(&self, place: &str, asked: NaiveDateTime, state: &OpeningState, at: &DateTime<Tz>) -> String {
        let now = asked == at.naive_local();
        let then = self.day_and_time(asked, None);
        let asked_text = if now { self.text("now-in-words", &[]) } else { then };
        let suffix = if now { "" } else { "-then" };
        match state {
            OpeningState::Open { until: None } => self.text(
                &format!("opening-open{suffix}-always"),
                &[("place", place), ("asked", &asked_text)],
            ),
            OpeningState::Open { until: Some(until) } => {
                let until = self.day_and_time(until.naive_local(), Some(asked.date()));
                let variables = [("place", place), ("asked", &asked_text), ("until", &until)];
                self.text(&format!("opening-open{suffix}"), &variables)
            }
            OpeningState::Closed { opens, because } => {
                let because = because
                    .as_ref()
                    .map_or_else(String::new, |because| self.because(because));
                let opens = opens.map(|opens| self.day_and_time(opens.naive_local(), None));
                let key = format!(
                    "opening-closed{suffix}{}",
                    if opens.is_some() { "" } else { "-no-next" }
                );
                let opens = opens.unwrap_or_default();
                let variables = [
                    ("place", place),
                    ("asked", &asked_text),
                    ("because", &because),
                    ("opens", &opens),
                ];
                self.text(&key, &variables)
            }
            OpeningState::Uncertain(uncertain) => {
                let because = self.uncertain(uncertain);
                let variables = [("place", place), ("asked", &asked_text), ("because", &because)];
                self.text("opening-uncertain", &variables)
            }
        }
    }

    fn hours(&self, place: &str, day: &DayHours) -> String {
        let date = self.date_day(day.date);
        let note = self.day_note(day);
        if day.uncertain.is_some() && day.intervals.is_empty() {
            return self.text(
                "hours-uncertain",
                &[("place", place), ("day", &date), ("note", &note)],
            );
        }
        let ranges = self.ranges(&day.intervals);
        let key = match day.intervals.as_slice() {
            [] => "hours-closed",
            [(start, end)] if start == end => "hours-open-all-day",
            _ => "hours-open",
        };
        self.text(
            key,
            &[
                ("place", place),
                ("day", &date),
                ("ranges", &ranges),
                ("note", &note),
            ],
        )
    }

    fn week(&self, place: &str, pattern: &WeekPattern) -> String {
        let groups: Vec<_> = pattern.regular.iter().map(|group| self.weekdays(group)).collect();
        let days = groups.join(self.language.semicolon());
        if pattern.exceptions.is_empty() {
            return self.text("week", &[("place", place), ("days", &days)]);
        }
        let exceptions: Vec<_> = pattern.exceptions.iter().map(|day| self.exception(day)).collect();
        let exceptions = exceptions.join(self.language.semicolon());
        self.text(
            "week-with-exceptions",
            &[("place", place), ("days", &days), ("exceptions", &exceptions)],
        )
    }

    fn weekdays(&self, group: &WeekdayHours) -> String {
        let days = match (group.first, group.last) {
            (Weekday::Mon, Weekday::Sun) => self.text("week-every-day", &[]),
            (first, last) if first == last => self.text("week-single", &[("first", self.weekday(first))]),
            (first, last) => self.text(
                "week-range",
                &[("first", self.weekday(first)), ("last", self.weekday(last))],
            ),
        };
        let mut note = group
            .uncertain
            .as_ref()
            .map_or_else(String::new, |u| self.uncertain(u));
        for comment in &group.comments {
            note.push_str(&self.text("because-comment", &[("comment", comment)]));
        }
        let ranges = self.ranges(&group.intervals);
        let key = if group.intervals.is_empty() {
            "week-closed"
        } else {
            "week-open"
        };
        self.text(key, &[("days", &days), ("ranges", &ranges), ("note", &note)])
    }

    fn exception(&self, day: &DayHours) -> String {
        let days = self.date_day(day.date);
        let note = self.day_note(day);
        let ranges = self.ranges(&day.intervals);
        let key = if day.intervals.is_empty() {
            "week-closed"
        } else {
            "week-open"
        };
        self.text(key, &[("days", &days), ("ranges", &ranges), ("note", &note)])
    }

    fn day_note(&self, day: &DayHours) -> String {
        let mut note = String::new();
        if let Some(closure) = &day.closure {
            let because = ClosedBecause::Closure {
                reason: closure.reason.clone(),
                until: closure.to,
            };
            note.push_str(&self.because(&because));
        } else if let Some(holiday) = day.holiday {
            note.push_str(&self.because(&ClosedBecause::Holiday(holiday)));
        }
        if let Some(uncertain) = &day.uncertain {
            note.push_str(&self.uncertain(uncertain));
        }
        for comment in &day.comments {
            note.push_str(&self.text("because-comment", &[("comment", comment)]));
        }
        note
    }

    fn because(&self, because: &ClosedBecause) -> String {
        match because {
            ClosedBecause::Holiday(holiday) => {
                let holiday = self.text(&holiday_key(*holiday), &[]);
                self.text("because-holiday", &[("holiday", &holiday)])
            }
            ClosedBecause::Closure { reason, until } => {
                let until = self.date_day(*until);
                match reason {
                    Some(reason) => {
                        self.text("because-closure-reason", &[("until", &until), ("reason", reason)])
                    }
                    None => self.text("because-closure", &[("until", &until)]),
                }
            }
        }
    }

    fn uncertain(&self, uncertain: &Uncertain) -> String {
        match uncertain {
            Uncertain::SchoolCalendar => self.text("because-school", &[]),
            Uncertain::Comment(comment) => self.text("because-comment", &[("comment", comment)]),
            Uncertain::Declared => String::new(),
        }
    }

    fn contact(&self, place: &str, contact: Contact, value: &str) -> String {
        let key = match contact {
            Contact::Phone => "contact-phone",
            Contact::Address => "contact-address",
            Contact::Email => "contact-email",
            Contact::Website => "contact-website",
        };
        self.text(key, &[("place", place), ("value", value)])
    }

    fn when(&self, start: NaiveDateTime, end: Option<NaiveDateTime>, grain: Grain) -> String {
        let day = self.date_day(start.date());
        // An end at midnight still belongs to the evening before.
        let last = end
            .map(|end| (end - chrono::TimeDelta::seconds(1)).date())
            .filter(|last| *last > start.date());
        if let Some(last) = last {
            let last = self.date_day(last);
            return self.text("event-over-days", &[("first", &day), ("last", &last)]);
        }
        match (grain, end) {
            (Grain::Day, _) => self.text("event-on", &[("day", &day)]),
            (Grain::Hour, None) => {
                self.text("event-at", &[("day", &day), ("time", &self.time(start.time()))])
            }
            (Grain::Hour, Some(end)) => {
                let ranges = self.ranges(&[(start.time(), end.time())]);
                self.text("event-from-to", &[("day", &day), ("ranges", &ranges)])
            }
        }
    }

    /// "lundi 23 mars à 9 h"; the hour alone on the day `implied`.
    fn day_and_time(&self, instant: NaiveDateTime, implied: Option<NaiveDate>) -> String {
        let time = self.time(instant.time());
        if implied == Some(instant.date()) {
            return time;
        }
        let day = self.date_day(instant.date());
        self.text("at-day-and-time", &[("day", &day), ("time", &time)])
    }

    fn date_day(&self, date: NaiveDate) -> String {
        self.language.date_day(date)
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        self.language.weekday(day)
    }

    fn time(&self, time: NaiveTime) -> String {
        self.language.time(time)
    }

    fn ranges(&self, ranges: &[TimeRange]) -> String {
        self.language.time_ranges(ranges)
    }
}

/// The text with a capital at its beginning.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Day,
    Hour,
}
