//! Days by their place in a month: "le premier samedi du mois", "le dernier dimanche d'août", "le 5 du mois prochain".

use super::period::shift_months;
use super::reader::{Reader, Reading, on_or_after, on_or_before};
use super::{Grain, Period};
use crate::facts::date;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Which of the days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// The n-th, the first being 0.
    Nth(u64),
    Last,
    /// Any of them: "un dimanche de juillet".
    Any,
}

/// Which month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    /// This one and those that follow.
    Each,
    /// The one that begins on that day.
    Of(NaiveDate),
    /// That one, of the year that suits.
    Named(u32),
}

const RANKS: [(&[&str], Rank); 5] = [
    (&["premier", "premiers", "1 er", "1 ers"], Rank::Nth(0)),
    (
        &["deuxieme", "deuxiemes", "second", "2 e", "2 eme", "2 nd"],
        Rank::Nth(1),
    ),
    (&["troisieme", "troisiemes", "3 e", "3 eme"], Rank::Nth(2)),
    (&["quatrieme", "quatriemes", "4 e", "4 eme"], Rank::Nth(3)),
    (&["dernier", "derniers"], Rank::Last),
];

impl Reader<'_> {
    /// "Le premier samedi du mois", "un mercredi d'avril".
    pub(super) fn weekday_of_month(&self, at: usize) -> Option<Reading> {
        let article = self.tokens.any(at, &["le", "les", "chaque", "tous les"]);
        let start = article.unwrap_or(at);
        let ranked = RANKS
            .iter()
            .find_map(|(names, rank)| Some((*rank, self.tokens.any(start, names)?)));
        let (rank, next) = match ranked {
            Some(ranked) => ranked,
            None => (Rank::Any, self.tokens.word(at, "un")?),
        };
        let (weekday, next) = date::weekday(&self.tokens, next)?;
        let (month, next) = self.month_after_day(next)?;
        let day = self.first_month_with(month, |first| day_in_month(first, weekday, rank, self.today))?;
        let grain = match (month, rank) {
            (Month::Each, _) | (_, Rank::Any) => Grain::Weekday,
            _ => Grain::Day,
        };
        if let Some(Reading {
            meaning: Some((period, _)),
            next,
        }) = self.hours_of(day, next)
        {
            return Some(Reading::new(period, Grain::PartOfDay, next));
        }
        Some(Reading::new(Period::days(day, day)?, grain, next))
    }

    /// "Le 5 du mois", "le 20 du mois prochain", "le 25 de ce mois".
    pub(super) fn number_of_month(&self, at: usize) -> Option<Reading> {
        let start = self.tokens.any(at, &["le", "au"])?;
        let (number, next) = date::day_of_month(&self.tokens, start)?;
        let (month, next) = self
            .month_after_day(next)
            .filter(|(month, _)| !matches!(month, Month::Named(_)))?;
        let day = self.first_month_with(month, |first| {
            first.with_day(number).filter(|day| *day >= self.today)
        })?;
        Some(Reading::new(Period::days(day, day)?, Grain::Day, next))
    }

    fn month_after_day(&self, at: usize) -> Option<(Month, usize)> {
        let first = self.today.with_day(1)?;
        if let Some(next) = self.tokens.any(at, &["du mois prochain", "du prochain mois"]) {
            return Some((Month::Of(shift_months(first, 1)?), next));
        }
        let start = self
            .tokens
            .any(at, &["du mois de", "du mois d", "de", "d", "en"])
            .map(|next| self.tokens.past_joints(next));
        if let Some((month, next)) = start.and_then(|start| date::month(&self.tokens, start)) {
            if let Some((year, next)) = date::year(&self.tokens, next) {
                return Some((Month::Of(NaiveDate::from_ymd_opt(year, month, 1)?), next));
            }
            return Some((Month::Named(month), next));
        }
        if let Some(next) = self.tokens.any(at, &["de ce mois", "de ce mois ci"]) {
            return Some((Month::Of(first), next));
        }
        let next = self
            .tokens
            .any(at, &["du mois", "de chaque mois", "de tous les mois"])?;
        Some((Month::Each, next))
    }

    /// What `day` finds in the first month that will do.
    fn first_month_with(
        &self,
        month: Month,
        day: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let this_month = self.today.with_day(1)?;
        match month {
            Month::Of(first) => day(first),
            Month::Each => (0..3)
                .filter_map(|shift| shift_months(this_month, shift))
                .filter_map(day)
                .find(|day| *day >= self.today),
            Month::Named(month) => (0..24)
                .filter_map(|shift| shift_months(this_month, shift))
                .filter(|first| first.month() == month)
                .filter_map(day)
                .find(|day| *day >= self.today),
        }
    }
}

fn day_in_month(first: NaiveDate, weekday: Weekday, rank: Rank, today: NaiveDate) -> Option<NaiveDate> {
    let day = match rank {
        Rank::Nth(weeks) => on_or_after(first, weekday)?.checked_add_days(Days::new(7 * weeks))?,
        Rank::Last => on_or_before(shift_months(first, 1)?.pred_opt()?, weekday)?,
        Rank::Any => on_or_after(first.max(today), weekday)?,
    };
    (day.month() == first.month()).then_some(day)
}
