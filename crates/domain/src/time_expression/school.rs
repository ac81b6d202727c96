//! School holidays: "pendant les vacances", "vacances de printemps", "hors vacances scolaires".

use super::reader::{Reader, Reading};
use super::{Grain, Period};
use crate::calendar::{SchoolCalendar, SchoolHoliday, next_school_holiday, school_holidays};
use crate::facts::date;
use chrono::{Datelike, NaiveDate};

impl Reader<'_> {
    pub(super) fn school_holiday(&self, at: usize) -> Option<Reading> {
        // "Hors vacances scolaires" is the contrary of a holiday, and no period of its own.
        if let Some(next) = self.tokens.any(
            at,
            &[
                "hors vacances",
                "hors des vacances",
                "hors periode de vacances",
                "en dehors des vacances",
            ],
        ) {
            return Some(Reading::unknown(
                self.tokens.any(next, &["scolaires", "scolaire"]).unwrap_or(next),
            ));
        }
        let start = self
            .tokens
            .any(
                at,
                &[
                    "pendant les",
                    "durant les",
                    "pdt les",
                    "aux",
                    "les",
                    "ces",
                    "des",
                    "prochaines",
                    "les prochaines",
                    "petites",
                    "pendant les petites",
                    "les petites",
                ],
            )
            .unwrap_or(at);
        let (holiday, next) = match self
            .tokens
            .any(start, &["grandes vacances", "grande vacance", "summer holidays"])
        {
            Some(next) => (Some(SchoolHoliday::Summer), next),
            None => self.named_school_holiday(start)?,
        };
        let next = self
            .tokens
            .any(next, &["scolaires", "prochaines"])
            .unwrap_or(next);
        let (year, next) =
            date::year(&self.tokens, next).map_or((None, next), |(year, next)| (Some(year), next));
        let from = match year {
            Some(year) => NaiveDate::from_ymd_opt(year, 1, 1)?,
            None => self.today,
        };
        // A year that the table does not reach must not be answered by another.
        let found = next_school_holiday(self.calendar.zone, from, holiday)
            .filter(|p| year.is_none_or(|year| p.start.year() == year || p.end.year() == year))
            .filter(|p| year.is_some() || self.is_near(p.start));
        Some(
            match found.and_then(|p| Period::days(p.start, p.end.pred_opt()?)) {
                Some(period) => Reading::new(period, Grain::SchoolHoliday, next),
                None => Reading::unknown(next),
            },
        )
    }

    /// Whether the table reaches back to today, so that no holiday in between is missing from it.
    fn is_near(&self, start: NaiveDate) -> bool {
        start <= self.today || school_holidays(self.calendar.zone, self.today) != SchoolCalendar::Unknown
    }

    fn named_school_holiday(&self, at: usize) -> Option<(Option<SchoolHoliday>, usize)> {
        let next = self.tokens.any(
            at,
            &[
                "vacances scolaires",
                "vacances",
                "conges scolaires",
                "vacance",
                "school holidays",
            ],
        )?;
        const NAMED: [(&[&str], SchoolHoliday); 5] = [
            (
                &[
                    "de la toussaint",
                    "de toussaint",
                    "toussaint",
                    "d automne",
                    "d octobre",
                ],
                SchoolHoliday::AllSaints,
            ),
            (&["de noel", "noel", "de fin d annee"], SchoolHoliday::Christmas),
            (
                &["d hiver", "de fevrier", "hiver", "de ski"],
                SchoolHoliday::Winter,
            ),
            (
                &[
                    "de printemps",
                    "de paques",
                    "d avril",
                    "printemps",
                    "paques",
                    "du printemps",
                ],
                SchoolHoliday::Spring,
            ),
            (
                &["d ete", "ete", "estivales", "de l ete", "de juillet", "d aout"],
                SchoolHoliday::Summer,
            ),
        ];
        let named = NAMED
            .iter()
            .filter_map(|(names, holiday)| Some((*holiday, self.tokens.any(next, names)?)));
        Some(
            named
                .max_by_key(|(_, end)| *end)
                .map_or((None, next), |(holiday, end)| (Some(holiday), end)),
        )
    }
}
