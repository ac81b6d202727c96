//! What every reading of a time expression needs, and the choice between readings.

use super::{Grain, Period};
use crate::calendar::TownCalendar;
use crate::facts::date::PartialDate;
use crate::facts::token::Tokens;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::Tz;

/// The text, and the moment and town in which it is said.
pub(super) struct Reader<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) now: NaiveDateTime,
    pub(super) today: NaiveDate,
    pub(super) calendar: &'t TownCalendar,
    tense: Tense,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    PresentOrFuture,
}

/// What some tokens mean, and the first token after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// `None` where the words speak of a time that the calendar does not know.
    pub(super) meaning: Option<(Period, Grain)>,
    pub(super) next: usize,
}

impl Reading {
    pub(super) fn new(period: Period, grain: Grain, next: usize) -> Self {
        Self {
            meaning: Some((period, grain)),
            next,
        }
    }

    pub(super) fn unknown(next: usize) -> Self {
        Self { meaning: None, next }
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, now: DateTime<Tz>, calendar: &'t TownCalendar) -> Self {
        let tokens = Tokens::new(text);
        let now = now.with_timezone(&calendar.timezone).naive_local();
        let tense = tense(&tokens);
        Self {
            tokens,
            now,
            today: now.date(),
            calendar,
            tense,
        }
    }

    /// The longest reading that starts at `at`.
    pub(super) fn expression(&self, at: usize) -> Option<Reading> {
        let readings = [
            self.instant(at),
            self.range(at),
            self.until(at),
            self.distance(at),
            self.school_holiday(at),
            self.week(at),
            self.weekend(at),
            self.month(at),
            self.year(at),
            self.habit(at),
            self.day_and_hour(at),
            self.hour_and_day(at),
            self.part_of_today(at),
        ];
        // The first of equally long readings wins.
        let longest = readings
            .into_iter()
            .flatten()
            .rev()
            .max_by_key(|reading| reading.next)?;
        Some(if self.names_a_street(at) {
            Reading::unknown(longest.next)
        } else {
            longest
        })
    }

    /// "Rue du 11 novembre", "place du 8 mai 1945".
    fn names_a_street(&self, at: usize) -> bool {
        let article = at
            .checked_sub(1)
            .filter(|before| self.tokens.norm(*before) == "du");
        // The expression may itself start with "du".
        let article = article.or_else(|| (self.tokens.norm(at) == "du").then_some(at));
        article.and_then(|a| a.checked_sub(1)).is_some_and(|way| {
            matches!(
                self.tokens.norm(way),
                "rue"
                    | "place"
                    | "avenue"
                    | "av"
                    | "boulevard"
                    | "bd"
                    | "allee"
                    | "quai"
                    | "square"
                    | "cours"
                    | "impasse"
                    | "esplanade"
                    | "pont"
                    | "stade"
                    | "salle"
                    | "ecole"
                    | "parking"
                    | "chemin"
            )
        })
    }

    /// The year that a date without one has.
    pub(super) fn resolve(&self, date: PartialDate) -> Option<NaiveDate> {
        if let Some(year) = date.year {
            return NaiveDate::from_ymd_opt(year, date.month, date.day);
        }
        let this_year = self.today.year();
        let in_year = |year: i32| NaiveDate::from_ymd_opt(year, date.month, date.day);
        // 29 February can be eight years away.
        match self.tense {
            Tense::PresentOrFuture => (this_year..=this_year + 8)
                .filter_map(in_year)
                .find(|d| *d >= self.today),
            Tense::Past => (this_year - 8..=this_year)
                .rev()
                .filter_map(in_year)
                .find(|d| *d <= self.today),
        }
    }

    /// The nearest such weekday, today included.
    pub(super) fn nearest(&self, weekday: Weekday) -> Option<NaiveDate> {
        match self.tense {
            Tense::PresentOrFuture => on_or_after(self.today, weekday),
            Tense::Past => on_or_before(self.today, weekday),
        }
    }

    pub(super) fn is_past(&self) -> bool {
        self.tense == Tense::Past
    }

    /// Monday of this week.
    pub(super) fn monday(&self) -> Option<NaiveDate> {
        on_or_before(self.today, Weekday::Mon)
    }
}

pub(super) fn on_or_after(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    date.checked_add_days(Days::new(u64::from(weekday.days_since(date.weekday()))))
}

pub(super) fn on_or_before(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(date.weekday().days_since(weekday))))
}

fn tense(tokens: &Tokens<'_>) -> Tense {
    let past = (0..tokens.len()).any(|at| {
        matches!(
            tokens.norm(at),
            "etait" | "etaient" | "etiez" | "avait" | "avaient" | "aviez" | "was" | "were" | "did"
        ) || tokens
            .any(
                at,
                &[
                    "a ete",
                    "ont ete",
                    "avez ete",
                    "avez vous ete",
                    "a eu lieu",
                    "j ai vu",
                    "etes passe",
                    "sont passes",
                ],
            )
            .is_some()
    });
    if past { Tense::Past } else { Tense::PresentOrFuture }
}
