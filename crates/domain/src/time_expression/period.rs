//! Longer times: weeks, week-ends, months, years, and what recurs.

use super::day::{LAST, NEXT};
use super::reader::{Reader, Reading, on_or_after};
use super::{Grain, Period};
use crate::calendar::public_holiday;
use crate::facts::date;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

const WEEKEND: [&str; 7] = ["week end", "weekend", "we", "wk", "wkend", "w e", "week ends"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    This,
    Next,
    Last,
}

impl Which {
    pub(super) fn offset(self) -> i64 {
        match self {
            Self::This => 0,
            Self::Next => 1,
            Self::Last => -1,
        }
    }
}

impl Reader<'_> {
    /// "Cette semaine", "la semaine prochaine", "last week", for any of the `names` of a period.
    fn which(&self, at: usize, names: &[&str]) -> Option<(Which, usize)> {
        let english = [
            ("next", Which::Next),
            ("this", Which::This),
            ("last", Which::Last),
        ];
        for (word, which) in english {
            if let Some(next) = self.tokens.word(at, word) {
                return Some((which, self.tokens.any(next, names)?));
            }
        }
        let before_its_name = self
            .tokens
            .any(at, &["le", "la", "l"])
            .map_or(at, |next| self.tokens.past_joints(next));
        let adjectives = [
            (["prochain", "prochaine"], Which::Next),
            (["dernier", "derniere"], Which::Last),
        ];
        for (words, which) in adjectives {
            let named = self.tokens.any(before_its_name, &words);
            if let Some(next) = named.and_then(|next| self.tokens.any(next, names)) {
                return Some((which, next));
            }
        }
        if let Some(next) = self.tokens.any(at, &["ce", "cet", "cette", "c", "se"]) {
            let next = self.tokens.any(next, names)?;
            let end = self
                .tokens
                .any(self.tokens.past_joints(next), &["ci"])
                .unwrap_or(next);
            return match (self.tokens.any(next, &NEXT), self.tokens.any(next, &LAST)) {
                (Some(end), _) => Some((Which::Next, end)),
                (_, Some(end)) => Some((Which::Last, end)),
                _ => Some((Which::This, end)),
            };
        }
        let next = self.tokens.any(before_its_name, names)?;
        if let Some(end) = self.tokens.any(next, &NEXT) {
            return Some((Which::Next, end));
        }
        self.tokens.any(next, &LAST).map(|end| (Which::Last, end))
    }

    pub(super) fn week(&self, at: usize) -> Option<Reading> {
        let week_of = |monday: NaiveDate, next| {
            let sunday = monday.checked_add_days(Days::new(6))?;
            Some(Reading::new(Period::days(monday, sunday)?, Grain::Week, next))
        };
        if let Some((monday, next)) = self.monday_of_week(at) {
            // "La semaine prochaine lundi".
            if let Some((weekday, next)) = date::weekday(&self.tokens, next) {
                let day = on_or_after(monday, weekday)?;
                return self
                    .hours_of(day, next)
                    .or_else(|| Some(Reading::new(Period::days(day, day)?, Grain::Day, next)));
            }
            return week_of(monday, next);
        }
        if let Some(next) = self.tokens.any(at, &["la semaine du", "semaine du"]) {
            let number = || {
                let (number, next) = date::day_of_month(&self.tokens, next)?;
                let mut days = self.today.iter_days().take(31);
                Some((days.find(|day| day.day() == number)?, next))
            };
            let (day, next) = self.day(next).or_else(number)?;
            return week_of(super::reader::on_or_before(day, Weekday::Mon)?, next);
        }
        if let Some(next) = self.tokens.any(at, &["la semaine", "semaine"])
            && let Some(number) = self.tokens.value(next, 2)
        {
            let mut mondays =
                (0..53).filter_map(|weeks| self.monday()?.checked_add_days(Days::new(7 * weeks)));
            let monday = mondays.find(|monday| monday.iso_week().week() == number)?;
            return week_of(monday, next + 1);
        }
        if let Some(next) = self.tokens.any(
            at,
            &["dans la semaine", "courant de semaine", "en cours de semaine"],
        ) {
            return week_of(self.monday()?, next);
        }
        let next = self.tokens.any(
            at,
            &[
                "les prochains jours",
                "ces prochains jours",
                "dans les prochains jours",
                "les jours qui viennent",
                "prochainement",
            ],
        )?;
        let last = self.today.checked_add_days(Days::new(6))?;
        Some(Reading::new(Period::days(self.today, last)?, Grain::Week, next))
    }

    /// Monday of "cette semaine", "la semaine prochaine".
    pub(super) fn monday_of_week(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let (which, next) = self.which(at, &["semaine", "sem", "week"])?;
        let monday = self
            .monday()?
            .checked_add_signed(TimeDelta::weeks(which.offset()))?;
        Some((monday, next))
    }

    /// "Le week-end de Pâques", "le week-end du 28 mars", "le pont de l'Ascension": the days off around that day.
    fn days_off_around(&self, at: usize) -> Option<Reading> {
        let start = self.tokens.any(at, &["le", "ce", "au"]).unwrap_or(at);
        let bridge = self.tokens.any(start, &["pont de", "pont de l", "pont de la"]);
        let weekend = || {
            self.tokens.any(
                self.tokens.any(start, &WEEKEND)?,
                &["du", "de", "de l", "de la", "d"],
            )
        };
        let next = bridge.or_else(weekend)?;
        let (day, next) = self.day(self.tokens.past_joints(next))?;
        let is_off = |day: &NaiveDate| {
            matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                || public_holiday(self.calendar.region, *day).is_some()
        };
        // A Friday after a holiday, and a Monday before one, are bridged.
        let (first, last) = match day.weekday() {
            Weekday::Tue => (day.checked_sub_days(Days::new(3))?, day),
            Weekday::Thu => (day, day.checked_add_days(Days::new(3))?),
            Weekday::Fri if !is_off(&day) => (day.succ_opt()?, day.checked_add_days(Days::new(2))?),
            _ if is_off(&day) => {
                let back = std::iter::successors(Some(day), NaiveDate::pred_opt).take_while(is_off);
                let forth = std::iter::successors(Some(day), NaiveDate::succ_opt).take_while(is_off);
                (back.last()?, forth.last()?)
            }
            _ => return None,
        };
        Some(Reading::new(Period::days(first, last)?, Grain::Weekend, next))
    }

    pub(super) fn weekend(&self, at: usize) -> Option<Reading> {
        let weekend_of = |saturday: NaiveDate, grain, next| {
            Some(Reading::new(
                Period::days(saturday, saturday.succ_opt()?)?,
                grain,
                next,
            ))
        };
        if let Some(around) = self.days_off_around(at) {
            return Some(around);
        }
        let current = match self.today.weekday() {
            Weekday::Sun => self.today.pred_opt()?,
            _ => on_or_after(self.today, Weekday::Sat)?,
        };
        if let Some((which, next)) = self.which(at, &WEEKEND) {
            let saturday = match which {
                Which::This => current,
                // Like "samedi prochain": the first that has not begun.
                Which::Next if current > self.today => current,
                Which::Next => current.checked_add_days(Days::new(7))?,
                Which::Last => current.checked_sub_days(Days::new(7))?,
            };
            return weekend_of(saturday, Grain::Weekend, next);
        }
        if let Some(next) = self
            .tokens
            .any(at, &["le", "les", "le s", "tous les", "chaque"])
            .and_then(|next| self.tokens.any(next, &WEEKEND))
        {
            return weekend_of(current, Grain::Weekday, next);
        }
        // "We" alone is too often English.
        let next = self.tokens.any(at, &["week end", "weekend", "wkend", "wk"])?;
        weekend_of(current, Grain::Weekend, next)
    }

    pub(super) fn month(&self, at: usize) -> Option<Reading> {
        if let Some((which, next)) = self.which(at, &["mois", "month"]) {
            let first = shift_months(self.today.with_day(1)?, which.offset())?;
            return month_reading(first, next);
        }
        let this_month = self
            .tokens
            .any(at, &["dans le mois", "courant du mois", "le mois en cours"]);
        // "Dans le mois de juin" is another.
        if let Some(next) = this_month.filter(|next| !matches!(self.tokens.norm(*next), "de" | "d")) {
            return month_reading(self.today.with_day(1)?, next);
        }
        if let Some((first, last, next)) = self.season(at) {
            return Some(Reading::new(Period::days(first, last)?, Grain::Month, next));
        }
        let announced = self.tokens.any(
            at,
            &[
                "en",
                "au mois de",
                "au mois d",
                "mois de",
                "mois d",
                "courant",
                "pour",
                "in",
                "pendant le mois de",
                "le mois de",
                "le mois d",
                "dans le mois de",
                "dans le mois d",
                "depuis",
                "des",
                "jusqu en",
            ],
        );
        let start = announced.map_or(at, |next| self.tokens.past_joints(next));
        if let Some(found) = self.third_of_month(start) {
            return Some(found);
        }
        let (month, next) = date::month(&self.tokens, start)?;
        let (year, next) =
            date::year(&self.tokens, next).map_or((None, next), |(year, next)| (Some(year), next));
        // "Pour sept personnes": the abbreviation of September is a number too.
        let doubtful = announced.is_none() || self.tokens.norm(start) == "sept";
        if doubtful && year.is_none() {
            return None;
        }
        month_reading(self.first_of(month, year)?, next)
    }

    /// "Début mai", "mi-mai", "fin mai", "fin du mois".
    fn third_of_month(&self, at: usize) -> Option<Reading> {
        let third = match self.tokens.norm(at) {
            "debut" => 0,
            "mi" | "milieu" => 1,
            "fin" => 2,
            _ => return None,
        };
        let after = self.tokens.past_joints(at + 1);
        let named = || {
            let start = self
                .tokens
                .any(after, &["de", "du mois de", "du mois d", "d"])
                .unwrap_or(after);
            let (month, next) = date::month(&self.tokens, self.tokens.past_joints(start))?;
            let year = date::year(&self.tokens, next);
            let first = self.first_of(month, year.map(|(year, _)| year))?;
            Some((first, year.map_or(next, |(_, next)| next)))
        };
        let of_this_month = || {
            let next = self.tokens.any(after, &["du mois", "de mois", "de ce mois"])?;
            Some((self.today.with_day(1)?, next))
        };
        let first = named().or_else(of_this_month)?;
        let (first, next) = first;
        let (from, to) = match third {
            0 => (first, first.with_day(10)?),
            1 => (first.with_day(11)?, first.with_day(20)?),
            _ => (first.with_day(21)?, shift_months(first, 1)?.pred_opt()?),
        };
        Some(Reading::new(Period::days(from, to)?, Grain::Month, next))
    }

    /// The first day of the month that is running or comes next, or of that year.
    fn first_of(&self, month: u32, year: Option<i32>) -> Option<NaiveDate> {
        let this_year = self.today.year();
        let year = year.unwrap_or(
            match (
                self.is_past(),
                month < self.today.month(),
                month > self.today.month(),
            ) {
                (false, true, _) => this_year + 1,
                (true, _, true) => this_year - 1,
                _ => this_year,
            },
        );
        NaiveDate::from_ymd_opt(year, month, 1)
    }

    /// "Cet été", "l'hiver prochain": astronomical seasons, to the day that they usually begin.
    fn season(&self, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
        let start = self.tokens.any(
            at,
            &[
                "cet",
                "cette",
                "ce",
                "en",
                "l",
                "au",
                "pendant l",
                "this",
                "durant l",
            ],
        )?;
        let start = self.tokens.past_joints(start);
        let (month, months) = match self.tokens.norm(start) {
            "printemps" | "spring" => (3, 3),
            "ete" | "summer" => (6, 3),
            "automne" | "autumn" => (9, 3),
            "hiver" | "winter" => (12, 3),
            _ => return None,
        };
        let end = self.tokens.any(start + 1, &NEXT).unwrap_or(start + 1);
        let in_year = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, month, 21)?;
            Some((first, shift_months(first, months)?.pred_opt()?))
        };
        let year = self.today.year();
        let (first, last) = (year - 1..=year + 1)
            .filter_map(in_year)
            .find(|(_, last)| *last >= self.today)?;
        Some((first, last, end))
    }

    pub(super) fn year(&self, at: usize) -> Option<Reading> {
        let whole = |year: i32, next| {
            let (first, last) = (
                NaiveDate::from_ymd_opt(year, 1, 1)?,
                NaiveDate::from_ymd_opt(year, 12, 31)?,
            );
            Some(Reading::new(Period::days(first, last)?, Grain::Year, next))
        };
        if let Some((which, next)) = self.which(at, &["annee", "an", "year"]) {
            return whole(
                self.today
                    .year()
                    .checked_add(i32::try_from(which.offset()).ok()?)?,
                next,
            );
        }
        let start = self.tokens.any(at, &["en", "l annee", "annee", "pour", "in"])?;
        let (year, next) = date::year(&self.tokens, start)?;
        whole(year, next)
    }

    /// What recurs: "le samedi matin", "les jours fériés", "tous les jours", "en semaine", "le matin".
    pub(super) fn habit(&self, at: usize) -> Option<Reading> {
        if let Some((weekday, next)) = self.weekday_habit(at) {
            let day = self.nearest(weekday)?;
            if let Some(Reading {
                meaning: Some((period, _)),
                next,
            }) = self.hours_of(day, next)
            {
                return Some(Reading::new(period, Grain::Weekday, next));
            }
            return Some(Reading::new(Period::days(day, day)?, Grain::Weekday, next));
        }
        if let Some(next) = self.tokens.any(
            at,
            &[
                "jours feries",
                "jour ferie",
                "les jours feries",
                "un jour ferie",
                "les feries",
                "jours ferie",
                "jour feries",
                "public holidays",
                "bank holidays",
                "public holiday",
            ],
        ) {
            let mut days = self.today.iter_days().take(400);
            let day = days.find(|day| public_holiday(self.calendar.region, *day).is_some())?;
            return Some(Reading::new(Period::days(day, day)?, Grain::Weekday, next));
        }
        if let Some(next) = self.tokens.any(
            at,
            &[
                "tous les jours",
                "ts les jours",
                "chaque jour",
                "every day",
                "7 j / 7",
                "7 jours sur 7",
            ],
        ) {
            let last = self.today.checked_add_days(Days::new(6))?;
            return Some(Reading::new(
                Period::days(self.today, last)?,
                Grain::Weekday,
                next,
            ));
        }
        if let Some(next) = self.tokens.any(at, &["en semaine", "la semaine"]) {
            let monday = self.monday()?;
            let mut days = self.today.iter_days().take(7);
            let working = days.find(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))?;
            // "En semaine après 18 h".
            if let Some(hours) = self.hours_of(working, next)
                && let Some((period, _)) = hours.meaning
            {
                return Some(Reading::new(period, Grain::Weekday, hours.next));
            }
            return Some(Reading::new(
                Period::days(monday, monday.checked_add_days(Days::new(4))?)?,
                Grain::Weekday,
                next,
            ));
        }
        let start = self
            .tokens
            .any(at, &["le", "la", "l", "les", "chaque", "tous les", "en"])?;
        let (part, next) = self.part(self.tokens.past_joints(start))?;
        Some(Reading::new(
            self.part_of(self.today, part)?,
            Grain::Weekday,
            next,
        ))
    }
}

pub(super) fn shift_months(date: NaiveDate, count: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    if count < 0 {
        date.checked_sub_months(months)
    } else {
        date.checked_add_months(months)
    }
}

pub(super) fn month_reading(first: NaiveDate, next: usize) -> Option<Reading> {
    let end = shift_months(first, 1)?;
    let period = Period::between(first.and_time(NaiveTime::MIN), end.and_time(NaiveTime::MIN))?;
    Some(Reading::new(period, Grain::Month, next))
}
