//! Opening hours of a place: OpenStreetMap syntax, the town's holidays, exceptional closures, daylight saving.

mod expression;

use crate::calendar::{
    PublicHoliday, SchoolCalendar, TownCalendar, first_instant, last_instant, public_holiday, school_holidays,
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use expression::{Evaluation, Expression, Holidays, public_context, school_variants};
use std::str::FromStr;

/// How far ahead an opening or the end of one is looked for.
const HORIZON_DAYS: u64 = 400;

/// A range of local times. An end that is not after its start falls on the next day, so that
/// midnight to midnight is the whole day.
pub type TimeRange = (NaiveTime, NaiveTime);

/// Days on which a place is exceptionally closed, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// First day closed.
    pub from: NaiveDate,
    /// Last day closed.
    pub to: NaiveDate,
    /// Why, in the town's words.
    pub reason: Option<String>,
}

impl Closure {
    fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// A closure that is not written "2026-12-24/2027-01-02 reason".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "reading the closure {0:?}: write its first and last day, then its reason: 2026-12-24/2027-01-02 inventaire"
)]
pub struct InvalidClosure(String);

impl FromStr for Closure {
    type Err = InvalidClosure;

    /// Reads "2026-12-24/2027-01-02 reason", or a single day "2026-12-24 reason"; the reason may be missing.
    fn from_str(field: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidClosure(field.chars().take(80).collect());
        let (days, reason) = field
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((field.trim(), ""));
        let (from, to) = days.split_once('/').unwrap_or((days, days));
        let from: NaiveDate = from.parse().map_err(|_| invalid())?;
        let to: NaiveDate = to.parse().map_err(|_| invalid())?;
        if to < from {
            return Err(invalid());
        }
        let reason = reason.trim();
        Ok(Self {
            from,
            to,
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
        })
    }
}

/// Opening hours that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningHoursError {
    /// Not the syntax of OpenStreetMap.
    #[error(
        "reading the opening hours {expression:?}: {reason}; write them like \"Mo-Fr 09:00-12:30; PH off\""
    )]
    Syntax {
        /// What was read.
        expression: String,
        /// What the parser says.
        reason: String,
    },
    /// Sunrise, sunset, dawn or dusk: their hours are not known here.
    #[error("the opening hours {0:?} depend on the sun; write hours of the clock, by season if need be")]
    SolarTime(String),
    /// "10:00+": when it closes is not said.
    #[error("the opening hours {0:?} have no closing time; write one")]
    OpenEnd(String),
    /// "10:00-16:00/01:30": departures, not opening hours.
    #[error("the opening hours {0:?} repeat at intervals; write ranges of hours")]
    Repetition(String),
    /// "PH Mo-Fr", "Mo-Fr SH": which days are meant is read differently by different programs.
    #[error(
        "the opening hours {0:?} join holidays and weekdays ambiguously; write \"SH Mo-Fr …\" or separate rules"
    )]
    AmbiguousHoliday(String),
}

/// Why it cannot be said whether a place is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncertain {
    /// The hours depend on school holidays, and the school calendar of that day is not known.
    SchoolCalendar,
    /// The town writes a comment instead of hours ("sur rendez-vous").
    Comment(String),
    /// The town itself writes "unknown".
    Declared,
}

/// The hours of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHours {
    /// The day.
    pub date: NaiveDate,
    /// When it is open, in order; a range past midnight belongs to the day on which it starts.
    pub intervals: Vec<TimeRange>,
    /// Where set, `intervals` is not the whole truth.
    pub uncertain: Option<Uncertain>,
    /// What the town says along with the hours ("sur rendez-vous").
    pub comments: Vec<String>,
    /// The public holiday of that day, whether or not the hours depend on it.
    pub holiday: Option<PublicHoliday>,
    /// The exceptional closure of that day.
    pub closure: Option<Closure>,
}

/// Whether a place is open at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningState {
    /// Open.
    Open {
        /// Until when; `None` where no end is in sight.
        until: Option<DateTime<Tz>>,
    },
    /// Closed.
    Closed {
        /// When it opens next; `None` where no certain opening is in sight.
        opens: Option<DateTime<Tz>>,
        /// What is special about that day, where the reason is not just the hour.
        because: Option<ClosedBecause>,
    },
    /// The town's content does not say.
    Uncertain(Uncertain),
}

/// Why a place is closed on a day on which it would else be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosedBecause {
    /// A public holiday.
    Holiday(PublicHoliday),
    /// An exceptional closure.
    Closure {
        /// Why, in the town's words.
        reason: Option<String>,
        /// Last day closed.
        until: NaiveDate,
    },
}

/// Consecutive weekdays of equal hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekdayHours {
    /// First weekday of the group.
    pub first: Weekday,
    /// Last weekday of the group; the first where it is alone.
    pub last: Weekday,
    /// When it is open on each of them; empty where it is closed.
    pub intervals: Vec<TimeRange>,
    /// Where set, `intervals` is not the whole truth.
    pub uncertain: Option<Uncertain>,
    /// What the town says along with the hours.
    pub comments: Vec<String>,
}

/// A week as it usually goes, and the days of that week on which it goes otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekPattern {
    /// Monday first.
    pub regular: Vec<WeekdayHours>,
    /// The days whose hours differ, by a public holiday or a closure.
    pub exceptions: Vec<DayHours>,
}

/// The hours of a place, ready to be asked.
#[derive(Debug, Clone)]
pub struct OpeningHours {
    calendar: TownCalendar,
    closures: Vec<Closure>,
    term: Expression,
    /// The same hours as they are in school holidays, where these matter.
    school_holidays: Option<Expression>,
}

impl OpeningHours {
    /// Reads an OpenStreetMap `opening_hours` expression. `PH off` counts wherever it stands.
    ///
    /// # Errors
    /// When the expression is malformed, or says something whose hours cannot be known from it.
    pub fn parse(
        expression: &str,
        closures: &[Closure],
        calendar: &TownCalendar,
    ) -> Result<Self, OpeningHoursError> {
        let variants = school_variants(expression)?;
        let public = public_context(calendar);
        let term = Expression::parse(&variants.term, expression, &public)?;
        let school_holidays = match variants.holidays {
            Some(text) => Some(Expression::parse(&text, expression, &public)?),
            None => None,
        };
        Ok(Self {
            calendar: *calendar,
            closures: closures.to_vec(),
            term,
            school_holidays,
        })
    }

    /// The hours of `date`.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> DayHours {
        let closure = self.closures.iter().find(|c| c.covers(date)).cloned();
        let evaluation = match closure {
            Some(_) => Evaluation {
                intervals: Vec::new(),
                uncertain: None,
                comments: Vec::new(),
            },
            None => self.evaluate(date, Holidays::Observed),
        };
        DayHours {
            date,
            intervals: evaluation.intervals,
            uncertain: evaluation.uncertain,
            comments: evaluation.comments,
            holiday: public_holiday(self.calendar.region, date),
            closure,
        }
    }

    /// Whether it is open at `at`.
    #[must_use]
    pub fn state(&self, at: DateTime<Tz>) -> OpeningState {
        let today = at.with_timezone(&self.calendar.timezone).date_naive();
        let mut not_over = self
            .openings(today.pred_opt().unwrap_or(today))
            .filter(|&(_, end)| at < end);
        if let Some((start, end)) = not_over.next()
            && start <= at
        {
            return OpeningState::Open {
                until: self.real_end(end, at),
            };
        }
        let day = self.day(today);
        if let Some(uncertain) = day.uncertain.clone() {
            return OpeningState::Uncertain(uncertain);
        }
        OpeningState::Closed {
            opens: self.next_opening(at),
            because: self.why_closed(&day),
        }
    }

    /// The first certain opening after `after`; while it is open, the one that follows.
    #[must_use]
    pub fn next_opening(&self, after: DateTime<Tz>) -> Option<DateTime<Tz>> {
        let today = after.with_timezone(&self.calendar.timezone).date_naive();
        let mut previous_end = None;
        for (start, end) in self.openings(today.pred_opt()?) {
            // Touching intervals are one opening.
            if start > after && previous_end.is_none_or(|previous| previous < start) {
                return Some(start);
            }
            previous_end = previous_end.max(Some(end));
        }
        None
    }

    /// The regular week as it is over the seven days from `from`; hours that depend on the season or on school
    /// holidays are those of these days.
    #[must_use]
    pub fn week_pattern(&self, from: NaiveDate) -> WeekPattern {
        let dates = || from.iter_days().take(7);
        let mut regular: Vec<_> = dates()
            .map(|date| (date.weekday(), self.evaluate(date, Holidays::Ignored)))
            .collect();
        let exceptions = dates()
            .map(|date| self.day(date))
            .filter(|day| {
                let usual = regular.iter().find(|(weekday, _)| *weekday == day.date.weekday());
                day.closure.is_some() || usual.is_some_and(|(_, usual)| usual.intervals != day.intervals)
            })
            .collect();
        regular.sort_by_key(|(weekday, _)| weekday.num_days_from_monday());
        WeekPattern {
            regular: grouped(regular),
            exceptions,
        }
    }

    fn evaluate(&self, date: NaiveDate, holidays: Holidays) -> Evaluation {
        let term = self.term.evaluate(date, holidays);
        let Some(expression) = &self.school_holidays else {
            return term;
        };
        let holiday = expression.evaluate(date, holidays);
        match school_holidays(self.calendar.zone, date) {
            SchoolCalendar::Term => term,
            SchoolCalendar::Holiday(_) => holiday,
            SchoolCalendar::Unknown if term == holiday => term,
            SchoolCalendar::Unknown => Evaluation {
                intervals: Vec::new(),
                uncertain: Some(Uncertain::SchoolCalendar),
                comments: Vec::new(),
            },
        }
    }

    /// Every opening as instants, from `from` to the horizon, in order of their starts.
    fn openings(&self, from: NaiveDate) -> impl Iterator<Item = (DateTime<Tz>, DateTime<Tz>)> {
        let timezone = self.calendar.timezone;
        let until = from.checked_add_days(Days::new(HORIZON_DAYS)).unwrap_or(from);
        from.iter_days()
            .take_while(move |date| *date <= until)
            .flat_map(move |date| {
                let next = date.succ_opt().unwrap_or(date);
                self.day(date).intervals.into_iter().map(move |(start, end)| {
                    let last_day = if end <= start { next } else { date };
                    (
                        first_instant(timezone, date.and_time(start)),
                        last_instant(timezone, last_day.and_time(end)),
                    )
                })
            })
    }

    /// Follows touching and overlapping intervals from `end`.
    fn real_end(&self, mut end: DateTime<Tz>, at: DateTime<Tz>) -> Option<DateTime<Tz>> {
        let horizon = at + TimeDelta::days(i64::try_from(HORIZON_DAYS).unwrap_or(i64::MAX) - 2);
        let today = at.with_timezone(&self.calendar.timezone).date_naive();
        for (start, next_end) in self.openings(today.pred_opt()?) {
            if start > end {
                break;
            }
            end = end.max(next_end);
        }
        (end < horizon).then_some(end)
    }

    fn why_closed(&self, day: &DayHours) -> Option<ClosedBecause> {
        if let Some(closure) = &day.closure {
            return Some(ClosedBecause::Closure {
                reason: closure.reason.clone(),
                until: self.end_of(closure),
            });
        }
        let holiday = day.holiday?;
        let usual = self.evaluate(day.date, Holidays::Ignored);
        (usual.intervals != day.intervals).then_some(ClosedBecause::Holiday(holiday))
    }

    /// Closures that follow each other without a gap are one to a resident.
    fn end_of(&self, closure: &Closure) -> NaiveDate {
        let mut until = closure.to;
        while let Some(next) = self
            .closures
            .iter()
            .find(|c| c.to > until && until.succ_opt().is_some_and(|day| c.covers(day)))
        {
            until = next.to;
        }
        until
    }
}

fn grouped(days: Vec<(Weekday, Evaluation)>) -> Vec<WeekdayHours> {
    let mut groups: Vec<WeekdayHours> = Vec::new();
    for (weekday, hours) in days {
        match groups.last_mut() {
            Some(group)
                if group.intervals == hours.intervals
                    && group.uncertain == hours.uncertain
                    && group.comments == hours.comments =>
            {
                group.last = weekday;
            }
            _ => groups.push(WeekdayHours {
                first: weekday,
                last: weekday,
                intervals: hours.intervals,
                uncertain: hours.uncertain,
                comments: hours.comments,
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests;
