//! What every reading of a time expression needs, and the choice between readings.

use super::{Grain, Period, spelling};
use crate::calendar::TownCalendar;
use crate::facts::date::{self, PartialDate};
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

/// Streets and buildings that are called after a day.
const NAMED_AFTER_DAYS: [&str; 32] = [
    "rue",
    "place",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "allee",
    "quai",
    "square",
    "cours",
    "impasse",
    "esplanade",
    "pont",
    "stade",
    "salle",
    "ecole",
    "parking",
    "chemin",
    "college",
    "lycee",
    "gymnase",
    "residence",
    "point",
    "passage",
    "route",
    "cite",
    "arret",
    "station",
    "caserne",
    "groupe",
    "immeuble",
    "carrefour",
];

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
        let mut tokens = Tokens::new(text);
        spelling::put_right(&mut tokens);
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
            self.weekday_of_month(at),
            self.number_of_month(at),
            self.habit(at),
            self.night_between(at),
            self.day_and_hour(at),
            self.afternoon(at),
            self.hour_and_day(at),
            self.part_of_today(at),
        ];
        // The first of equally long readings wins.
        let longest = readings
            .into_iter()
            .flatten()
            .rev()
            .max_by_key(|reading| reading.next)?;
        Some(if self.names_a_street(at, &longest) {
            Reading::unknown(longest.next)
        } else {
            longest
        })
    }

    /// "Rue du 11 novembre", "place du 8 mai 1945", "arrêt 8 mai".
    fn names_a_street(&self, at: usize, reading: &Reading) -> bool {
        let one_day = matches!(reading.meaning, Some((_, Grain::Day)));
        let names_a_month = || (at..reading.next).any(|at| date::month(&self.tokens, at).is_some());
        if !one_day || !names_a_month() {
            return false;
        }
        let article = at
            .checked_sub(1)
            .filter(|before| self.tokens.norm(*before) == "du");
        // The expression may itself start with "du".
        let article = article.or_else(|| (self.tokens.norm(at) == "du").then_some(at));
        match article {
            Some(article) => NAMED_AFTER_DAYS.contains(&self.tokens.norm_before(article)),
            None => ["arret", "station", "rue", "avenue"].contains(&self.tokens.norm_before(at)),
        }
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
