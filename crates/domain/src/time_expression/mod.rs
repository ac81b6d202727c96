//! When a question is about: "demain soir", "le 14 juillet", "ce week-end", "à 18 h", with the period meant.

mod day;
mod deadline;
mod moment;
mod ordinal;
mod period;
mod reader;
mod school;
mod spelling;

use crate::calendar::TownCalendar;
use crate::text::Span;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use reader::Reader;

/// How wide the words are, and whether they mean one time or something that recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    /// A minute: "maintenant", "à 18 h", "dans deux heures".
    Instant,
    /// Some hours: "ce soir", "après 17 h", "demain matin".
    PartOfDay,
    /// One day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// A week, or some days in a row.
    Week,
    /// A month or a season.
    Month,
    /// A year.
    Year,
    /// A school holiday.
    SchoolHoliday,
    /// What recurs ("le samedi", "le matin", "les jours fériés", "du lundi au vendredi"): the period is its
    /// present or next occurrence.
    Weekday,
}

/// Local times of the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its first instant.
    pub start: NaiveDateTime,
    /// The first instant after it.
    pub end: NaiveDateTime,
}

/// Words that say when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeExpression {
    /// Where they stand.
    pub span: Span,
    /// What they mean.
    pub period: Period,
    /// How wide it is.
    pub grain: Grain,
}

impl Period {
    /// From the first day through the last.
    pub(crate) fn days(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        Self::between(
            first.and_time(NaiveTime::MIN),
            last.succ_opt()?.and_time(NaiveTime::MIN),
        )
    }

    pub(crate) fn between(start: NaiveDateTime, end: NaiveDateTime) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }
}

/// The time expressions of `text`, in order, as somebody means them who asks at `now`.
///
/// A date without a year, and a weekday, is the first on or after today; "prochain" excludes today. Where the text
/// is in the past tense ("c'était ouvert lundi ?") it is the last on or before today. "Le samedi" is a habit.
/// School holidays that the calendar does not know are passed over, never guessed.
#[must_use]
pub fn find(text: &str, now: DateTime<Tz>, calendar: &TownCalendar) -> Vec<TimeExpression> {
    let reader = Reader::new(text, now, calendar);
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        match reader.expression(at) {
            Some(reading) => {
                if let Some((period, grain)) = reading.meaning {
                    found.push(TimeExpression {
                        span: reader.tokens.span(at, reading.next),
                        period,
                        grain,
                    });
                }
                at = reading.next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod expressions;
#[cfg(test)]
mod tests;
