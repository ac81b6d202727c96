//! Deadlines and distances: "d'ici vendredi", "avant Noël", "dans 3 jours", "il y a une semaine".

use super::period::{Which, month_reading, shift_months};
use super::reader::{Reader, Reading};
use super::{Grain, Period};
use crate::facts::number;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};

impl Reader<'_> {
    /// "D'ici vendredi", "jusqu'au 15 avril", "avant Noël".
    pub(super) fn until(&self, at: usize) -> Option<Reading> {
        let through = self.tokens.any(
            at,
            &[
                "d ici", "d ici a", "d ici au", "d ici la", "jusqu a", "jusqu au", "jusqua", "jusqu en",
                "until", "by",
            ],
        );
        let (start, included) = match through {
            Some(start) => (start, true),
            None => (
                self.tokens
                    .any(at, &["avant", "avant le", "avant la", "before"])?,
                false,
            ),
        };
        // The shortest lead keeps an article that belongs to what follows.
        let lead = |phrases: &[&str]| phrases.iter().filter_map(|p| self.tokens.phrase(at, p)).min();
        let shortest = lead(&[
            "d ici", "jusqu a", "jusqu au", "jusqua", "jusqu en", "until", "by", "avant", "before",
        ])
        .unwrap_or(start);
        let inner = [start, shortest].into_iter().find_map(|from| {
            [
                self.day_and_hour(from),
                self.week(from),
                self.weekend(from),
                self.month(from),
                self.year(from),
                self.end_of(from),
                self.school_holiday(from),
            ]
            .into_iter()
            .flatten()
            .max_by_key(|reading| reading.next)
        })?;
        let (period, grain) = inner.meaning?;
        // "Avant la fin du mois" is before its end.
        let end_named = (at..inner.next).any(|at| self.tokens.norm(at) == "fin");
        let end = if included || end_named {
            period.end
        } else {
            period.start
        };
        Some(Reading::new(Period::between(self.now, end)?, grain, inner.next))
    }

    /// "La fin de la semaine", "la fin de l'année".
    fn end_of(&self, at: usize) -> Option<Reading> {
        let next = self.tokens.any(at, &["la fin", "fin"])?;
        if let Some(next) = self.tokens.any(next, &["de la semaine", "de semaine"]) {
            let monday = self.monday()?;
            return Some(Reading::new(
                Period::days(monday, monday.checked_add_days(Days::new(6))?)?,
                Grain::Week,
                next,
            ));
        }
        if let Some(next) = self.tokens.any(next, &["du mois", "de ce mois"]) {
            return month_reading(self.today.with_day(1)?, next);
        }
        let next = self
            .tokens
            .any(next, &["de l annee", "d annee", "de cette annee"])?;
        let last = NaiveDate::from_ymd_opt(self.today.year(), 12, 31)?;
        Some(Reading::new(Period::days(self.today, last)?, Grain::Year, next))
    }

    /// "Dans 3 jours", "dans deux heures", "il y a une semaine", "in 3 days".
    pub(super) fn distance(&self, at: usize) -> Option<Reading> {
        if let Some(next) = self.tokens.any(at, &["dans", "in", "d ici"]) {
            let reading = self.shifted(next, Which::Next)?;
            if self.tokens.norm(at) != "d" {
                return Some(reading);
            }
            let (period, grain) = reading.meaning?;
            let grain = if grain == Grain::Instant {
                Grain::PartOfDay
            } else {
                grain
            };
            return Some(Reading::new(
                Period::between(self.now, period.end)?,
                grain,
                reading.next,
            ));
        }
        let next = self.tokens.any(at, &["il y a", "y a", "depuis"])?;
        self.shifted(next, Which::Last)
    }

    /// Now, moved by the duration at `at`.
    fn shifted(&self, at: usize, direction: Which) -> Option<Reading> {
        let (count, next) = match self.tokens.value(at, 4) {
            Some(count) => (i64::from(count), at + 1),
            None => number::words(&self.tokens, at)
                .or_else(|| self.tokens.any(at, &["a", "an", "one"]).map(|next| (1, next)))
                .and_then(|(count, next)| Some((i64::try_from(count).ok()?, next)))?,
        };
        let count = count * direction.offset();
        if let Some((minutes, end)) = self.minutes(next) {
            let moment = self
                .now
                .checked_add_signed(TimeDelta::try_minutes(count.checked_mul(minutes)?)?)?;
            let end_of_minute = moment.checked_add_signed(TimeDelta::minutes(1))?;
            return Some(Reading::new(
                Period::between(moment, end_of_minute)?,
                Grain::Instant,
                end,
            ));
        }
        let (day, end) = match self.tokens.norm(next) {
            "jour" | "jours" | "j" | "day" | "days" => (
                self.today.checked_add_signed(TimeDelta::try_days(count)?)?,
                next + 1,
            ),
            "semaine" | "semaines" | "sem" | "week" | "weeks" => (
                self.today.checked_add_signed(TimeDelta::try_weeks(count)?)?,
                next + 1,
            ),
            "mois" | "month" | "months" => (shift_months(self.today, count)?, next + 1),
            "an" | "ans" | "annee" | "annees" | "year" | "years" => {
                (shift_months(self.today, count.checked_mul(12)?)?, next + 1)
            }
            _ => return None,
        };
        let end = self.tokens.word(end, "ago").unwrap_or(end);
        if let Some(reading) = self.hours_of(day, end) {
            return Some(reading);
        }
        Some(Reading::new(Period::days(day, day)?, Grain::Day, end))
    }

    fn minutes(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(next) = self.tokens.any(at, &["demi heure", "demie heure"]) {
            return Some((30, next));
        }
        if let Some(next) = self.tokens.any(at, &["quart d heure", "quarts d heure"]) {
            return Some((15, next));
        }
        match self.tokens.norm(at) {
            "minute" | "minutes" | "min" | "mn" => Some((1, at + 1)),
            "heure" | "heures" | "h" | "hour" | "hours" => Some((60, at + 1)),
            _ => None,
        }
    }
}
