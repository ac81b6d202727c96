//! Single days: "demain", "samedi prochain", "lundi 23 mars", "14/07", "Noël"; and ranges of days.

use super::reader::{Reader, Reading, on_or_after, on_or_before};
use super::{Grain, Period};
use crate::calendar::easter;
use crate::facts::date::{self, PartialDate};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// After a weekday: the next one, today excluded.
pub(super) const NEXT: [&str; 7] = [
    "prochain",
    "prochaine",
    "pro",
    "suivant",
    "suivante",
    "qui vient",
    "qui arrive",
];
/// After a weekday: the last one, today excluded.
pub(super) const LAST: [&str; 4] = ["dernier", "derniere", "passe", "passee"];

const TODAY: [&str; 13] = [
    "aujourd hui",
    "aujourdhui",
    "aujourd ui",
    "aujourdui",
    "ojourd hui",
    "ojd",
    "ajd",
    "ajdh",
    "auj",
    "aujd",
    "ce jour",
    "today",
    "dans la journee",
];
const TOMORROW: [&str; 8] = [
    "demain", "dem 1", "2 m 1", "2 main", "dmain", "demin", "tomorrow", "tmrw",
];
const AFTER_TOMORROW: [&str; 5] = [
    "apres demain",
    "apres dem 1",
    "apres 2 m 1",
    "apres dmain",
    "day after tomorrow",
];
const YESTERDAY: [&str; 3] = ["hier", "yesterday", "yest"];

impl Reader<'_> {
    /// One day at `at`, article included.
    pub(super) fn day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let inner = self.tokens.any(at, &["le", "ce", "cette", "cet", "on", "this"]);
        let with_article = inner.and_then(|next| {
            self.bare_day(next)
                .filter(|(_, end)| self.is_one_day(at, next, *end))
        });
        with_article.or_else(|| self.bare_day(at))
    }

    /// "Le samedi" alone is a habit, "ce samedi" and "le samedi 21" are days.
    fn is_one_day(&self, article: usize, start: usize, end: usize) -> bool {
        let alone = date::weekday(&self.tokens, start).is_some_and(|(_, next)| next == end);
        !(alone && self.tokens.norm(article) == "le")
    }

    fn bare_day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let candidates = [
            self.relative_day(at),
            self.written_date(at),
            self.weekday_day(at),
            self.named_day(at),
            self.listed_date(at),
            self.beside_a_day(at),
        ];
        candidates.into_iter().flatten().max_by_key(|(_, next)| *next)
    }

    fn relative_day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let shift = |phrases: &[&str], days: i64| {
            let next = self.tokens.any(at, phrases)?;
            // "2 m 1" is shorthand only when it is one word.
            let shorthand_is_glued = (at + 1..next).all(|i| self.tokens.is_glued(i));
            if self.tokens.value(at, 1).is_some() && !shorthand_is_glued {
                return None;
            }
            Some((
                self.today.checked_add_signed(chrono::TimeDelta::days(days))?,
                next,
            ))
        };
        shift(&TODAY, 0)
            .or_else(|| shift(&TOMORROW, 1))
            .or_else(|| shift(&AFTER_TOMORROW, 2))
            .or_else(|| shift(&YESTERDAY, -1))
            .or_else(|| shift(&["avant hier"], -2))
    }

    fn written_date(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let after_weekday = date::weekday(&self.tokens, at).map(|(_, next)| next);
        let start = after_weekday.map_or(at, |next| self.tokens.any(next, &["le", ","]).unwrap_or(next));
        let (written, next) = date::date(&self.tokens, start)?;
        Some((self.resolve(written)?, next))
    }

    /// The 3 of "les 3 et 4 avril".
    fn listed_date(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let (day, end) = date::day_of_month(&self.tokens, at)?;
        let next = self
            .tokens
            .any(end, &["et", "et le", "ou", "ou le", ",", ", le"])?;
        let (other, _) = date::date(&self.tokens, next)?;
        Some((self.resolve(PartialDate { day, ..other })?, end))
    }

    /// "La veille du 14 juillet", "le lendemain de Noël".
    fn beside_a_day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let before = self.tokens.any(at, &["la veille", "veille"]);
        let after = self.tokens.any(at, &["le lendemain", "lendemain"]);
        let next = self
            .tokens
            .any(before.or(after)?, &["de", "du", "d", "de l", "de la"])?;
        let next = self.tokens.past_joints(next);
        let (day, next) = self.written_date(next).or_else(|| self.named_day(next))?;
        let day = if before.is_some() {
            day.pred_opt()
        } else {
            day.succ_opt()
        };
        Some((day?, next))
    }

    fn weekday_day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        if let Some(next) = self
            .tokens
            .any(at, &["next", "last", "prochain", "prochaine", "dernier"])
        {
            let (weekday, end) = date::weekday(&self.tokens, next)?;
            let day = if ["next", "prochain", "prochaine"].contains(&self.tokens.norm(at)) {
                self.after_today(weekday)
            } else {
                self.before_today(weekday)
            };
            return Some((day?, end));
        }
        let (weekday, next) = date::weekday(&self.tokens, at)?;
        if self.tokens.norm(at).ends_with('s') {
            return None;
        }
        if let Some(end) = self.tokens.any(next, &["en huit"]) {
            return Some((self.after_today(weekday)?.checked_add_days(Days::new(7))?, end));
        }
        if let Some(end) = self.tokens.any(next, &NEXT) {
            return Some((self.after_today(weekday)?, end));
        }
        if let Some(end) = self.tokens.any(next, &LAST) {
            return Some((self.before_today(weekday)?, end));
        }
        if let Some((monday, end)) = self
            .tokens
            .any(next, &["de", "of"])
            .and_then(|next| self.monday_of_week(next))
        {
            return Some((on_or_after(monday, weekday)?, end));
        }
        if let Some(found) = self.numbered_weekday(weekday, next) {
            return Some(found);
        }
        Some((self.nearest(weekday)?, next))
    }

    /// "Lundi 23": the first such day on or after today.
    fn numbered_weekday(&self, weekday: Weekday, at: usize) -> Option<(NaiveDate, usize)> {
        let number = self.tokens.value(at, 2)?;
        let (_, next) = date::day_of_month(&self.tokens, at)?;
        let unit = matches!(
            self.tokens.norm(next),
            "h" | "heures" | "heure" | ":" | "/" | "." | "euros" | "rue"
        );
        if unit && (self.tokens.norm(next) != "." || self.tokens.is_glued(next + 1)) {
            return None;
        }
        let mut days = self.today.iter_days().take(366);
        days.find(|day| day.day() == number && day.weekday() == weekday)
            .map(|day| (day, next))
    }

    fn after_today(&self, weekday: Weekday) -> Option<NaiveDate> {
        on_or_after(self.today.succ_opt()?, weekday)
    }

    fn before_today(&self, weekday: Weekday) -> Option<NaiveDate> {
        on_or_before(self.today.pred_opt()?, weekday)
    }

    fn named_day(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let after_article = self.tokens.any(
            at,
            &[
                "l",
                "la",
                "le",
                "le jour de",
                "jour de",
                "le jour de l",
                "jour de l",
            ],
        );
        let start = after_article.map_or(at, |next| self.tokens.past_joints(next));
        let feast_at = |from| {
            let named = FEASTS
                .iter()
                .filter_map(|(names, day)| Some((*day, self.tokens.any(from, names)?)));
            named.max_by_key(|(_, next)| *next)
        };
        let (day, next) = feast_at(at).or_else(|| feast_at(start))?;
        // "Marché de Noël", "père Noël": a thing, not a day.
        let of_a_day = at.checked_sub(1).is_some_and(|of| {
            matches!(
                self.tokens.norm_before(of),
                "end" | "weekend" | "we" | "pont" | "veille" | "lendemain"
            )
        });
        if start == at && !of_a_day && matches!(self.tokens.norm_before(at), "de" | "pere" | "saint") {
            return None;
        }
        let (year, next) =
            date::year(&self.tokens, next).map_or((None, next), |(year, next)| (Some(year), next));
        let date = match day {
            Feast::Fixed(month, day) => self.resolve(PartialDate { year, month, day })?,
            Feast::FromEaster(offset) => self.easter_feast(year, offset)?,
        };
        Some((date, next))
    }

    fn easter_feast(&self, year: Option<i32>, offset: i64) -> Option<NaiveDate> {
        let in_year = |year| easter(year)?.checked_add_signed(chrono::TimeDelta::days(offset));
        let this_year = self.today.year();
        match year {
            Some(year) => in_year(year),
            None if self.is_past() => [this_year, this_year - 1]
                .into_iter()
                .filter_map(in_year)
                .find(|d| *d <= self.today),
            None => [this_year, this_year + 1]
                .into_iter()
                .filter_map(in_year)
                .find(|d| *d >= self.today),
        }
    }

    /// "Du 12 au 15 avril", "entre lundi et mercredi", "du lundi au vendredi".
    pub(super) fn range(&self, at: usize) -> Option<Reading> {
        let lead = self
            .tokens
            .any(at, &["du", "de", "entre", "entre le", "from", "between"]);
        let Some(start) = lead else {
            // "Lundi au vendredi".
            let (_, next) = date::weekday(&self.tokens, at)?;
            self.tokens.any(next, &["au", "-"])?;
            return self.range_of_weekdays(at);
        };
        self.range_of_weekdays(start)
            .or_else(|| self.range_of_days(start))
            .or_else(|| self.range_of_numbers(at))
    }

    /// "Du 3 au 7", of the month that comes.
    fn range_of_numbers(&self, at: usize) -> Option<Reading> {
        let start = self.tokens.word(at, "du")?;
        let (first, next) = date::day_of_month(&self.tokens, start)?;
        let (last, next) = date::day_of_month(&self.tokens, self.tokens.word(next, "au")?)?;
        let unit = [
            "h", "heures", "ans", "euros", "€", "%", "km", "kg", "rue", "mois", "m", "-",
        ];
        if unit.contains(&self.tokens.norm(next)) {
            return None;
        }
        let numbered = |from: NaiveDate, number| from.iter_days().take(62).find(|day| day.day() == number);
        let first = numbered(self.today, first)?;
        let last = numbered(first, last)?;
        Some(Reading::new(Period::days(first, last)?, Grain::Week, next))
    }

    fn range_of_weekdays(&self, at: usize) -> Option<Reading> {
        let (first, next) = date::weekday(&self.tokens, at)?;
        let next = self
            .tokens
            .any(next, &JOINERS)
            .or_else(|| self.tokens.word(next, "-"))?;
        let (last, next) = date::weekday(&self.tokens, next)?;
        if date::day_of_month(&self.tokens, next).is_some() && self.range_of_days(at).is_some() {
            return None;
        }
        let end = on_or_after(self.today, last)?;
        let start = on_or_before(end, first)?;
        let habit = !matches!(self.tokens.norm_before(at), "de" | "entre" | "le" | "between");
        let grain = if habit { Grain::Weekday } else { Grain::Week };
        Some(Reading::new(Period::days(start, end)?, grain, next))
    }

    fn range_of_days(&self, at: usize) -> Option<Reading> {
        let from_weekday = date::weekday(&self.tokens, at).map_or(at, |(_, next)| next);
        let whole = self.day(at).map(|(_, next)| next);
        let first = date::date(&self.tokens, from_weekday);
        let (partial, next) = match first {
            Some((date, next)) => (First::Date(date), next),
            None => match date::day_of_month(&self.tokens, from_weekday) {
                Some((day, next)) => (First::DayOfMonth(day), next),
                None => (First::Day(self.day(at)?.0), whole?),
            },
        };
        let next = self.tokens.any(next, &JOINERS)?;
        let (last, next) = self.day(next)?;
        let first = match partial {
            First::Day(day) => day,
            First::Date(date) => before_or_on(last, date)?,
            First::DayOfMonth(day) => day_before_or_on(last, day)?,
        };
        Some(Reading::new(Period::days(first, last)?, Grain::Week, next))
    }
}

enum First {
    Day(NaiveDate),
    Date(PartialDate),
    DayOfMonth(u32),
}

const JOINERS: [&str; 8] = ["au", "a", "et", "et le", "et au", "jusqu au", "to", "and"];

/// The last such date on or before `last`.
fn before_or_on(last: NaiveDate, date: PartialDate) -> Option<NaiveDate> {
    match date.year {
        Some(year) => NaiveDate::from_ymd_opt(year, date.month, date.day),
        None => (last.year() - 8..=last.year())
            .rev()
            .filter_map(|year| NaiveDate::from_ymd_opt(year, date.month, date.day))
            .find(|d| *d <= last),
    }
}

/// The last such day of a month on or before `last`.
fn day_before_or_on(last: NaiveDate, day: u32) -> Option<NaiveDate> {
    let mut date = last;
    for _ in 0..62 {
        if date.day() == day {
            return Some(date);
        }
        date = date.pred_opt()?;
    }
    None
}

#[derive(Debug, Clone, Copy)]
enum Feast {
    Fixed(u32, u32),
    FromEaster(i64),
}

const FEASTS: [(&[&str], Feast); 21] = [
    (&["noel", "christmas", "christmas day"], Feast::Fixed(12, 25)),
    (
        &["veille de noel", "reveillon de noel", "christmas eve"],
        Feast::Fixed(12, 24),
    ),
    (
        &[
            "jour de l an",
            "premier de l an",
            "1 er de l an",
            "nouvel an",
            "new year s day",
            "new year",
        ],
        Feast::Fixed(1, 1),
    ),
    (
        &[
            "saint sylvestre",
            "st sylvestre",
            "reveillon du nouvel an",
            "reveillon du jour de l an",
        ],
        Feast::Fixed(12, 31),
    ),
    (&["epiphanie"], Feast::Fixed(1, 6)),
    (&["chandeleur"], Feast::Fixed(2, 2)),
    (&["saint valentin", "st valentin"], Feast::Fixed(2, 14)),
    (&["mardi gras"], Feast::FromEaster(-47)),
    (&["vendredi saint", "good friday"], Feast::FromEaster(-2)),
    (
        &["paques", "dimanche de paques", "easter", "easter sunday"],
        Feast::FromEaster(0),
    ),
    (&["lundi de paques", "easter monday"], Feast::FromEaster(1)),
    (&["fete du travail", "labour day"], Feast::Fixed(5, 1)),
    (&["ascension", "jeudi de l ascension"], Feast::FromEaster(39)),
    (&["pentecote", "dimanche de pentecote"], Feast::FromEaster(49)),
    (&["lundi de pentecote", "whit monday"], Feast::FromEaster(50)),
    (&["fete de la musique"], Feast::Fixed(6, 21)),
    (&["fete nationale", "bastille day"], Feast::Fixed(7, 14)),
    (&["assomption"], Feast::Fixed(8, 15)),
    (&["halloween"], Feast::Fixed(10, 31)),
    (&["toussaint"], Feast::Fixed(11, 1)),
    (&["armistice"], Feast::Fixed(11, 11)),
];
