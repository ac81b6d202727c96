//! Hours and parts of a day, alone or with their day: "à 18 h", "ce soir", "demain après 17 h".

use super::reader::{Reader, Reading};
use super::{Grain, Period};
use crate::facts::clock::{self, ClockForm};
use crate::facts::date;
use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// What is said of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hours {
    At(NaiveTime),
    From(NaiveTime),
    Until(NaiveTime),
    Between(NaiveTime, NaiveTime),
}

const MORNING: [&str; 8] = [
    "matin", "matins", "matinee", "mat", "mat 1", "matain", "mattin", "morning",
];
const NOON: [&str; 3] = ["midi", "entre midi et deux", "noon"];
const AFTERNOON: [&str; 9] = [
    "apres midi",
    "apres midis",
    "apres midie",
    "apremidi",
    "aprem",
    "aprm",
    "apm",
    "apres m",
    "afternoon",
];
const EVENING: [&str; 5] = ["soir", "soirs", "soiree", "soire", "evening"];
const NIGHT: [&str; 3] = ["nuit", "nuits", "night"];

const NOW: [&str; 22] = [
    "maintenant",
    "mtn",
    "mtnt",
    "mnt",
    "maintenan",
    "tout de suite",
    "en ce moment",
    "en ce moment meme",
    "actuellement",
    "a cette heure",
    "a cette heure ci",
    "a l heure actuelle",
    "a l instant",
    "la maintenant",
    "la mtn",
    "la tout de suite",
    "now",
    "right now",
    "at the moment",
    "currently",
    "immediatement",
    "des maintenant",
];

impl Reader<'_> {
    /// "Maintenant".
    pub(super) fn instant(&self, at: usize) -> Option<Reading> {
        let next = self.tokens.any(at, &NOW)?;
        self.minute(self.now.with_second(0)?.with_nanosecond(0)?, next)
    }

    fn minute(&self, start: chrono::NaiveDateTime, next: usize) -> Option<Reading> {
        let end = start.checked_add_signed(TimeDelta::minutes(1))?;
        Some(Reading::new(Period::between(start, end)?, Grain::Instant, next))
    }

    pub(super) fn part(&self, at: usize) -> Option<(Part, usize)> {
        let parts = [
            (MORNING.as_slice(), Part::Morning),
            (&NOON, Part::Noon),
            (&AFTERNOON, Part::Afternoon),
            (&EVENING, Part::Evening),
            (&NIGHT, Part::Night),
        ];
        let found = parts
            .into_iter()
            .filter_map(|(words, part)| Some((part, self.tokens.any(at, words)?)));
        found.max_by_key(|(_, next)| *next)
    }

    pub(super) fn part_of(&self, day: NaiveDate, part: Part) -> Option<Period> {
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0);
        let next_day = day.succ_opt()?;
        match part {
            Part::Morning => Period::between(day.and_time(hour(6)?), day.and_time(hour(12)?)),
            Part::Noon => Period::between(day.and_time(hour(12)?), day.and_time(hour(14)?)),
            Part::Afternoon => Period::between(day.and_time(hour(12)?), day.and_time(hour(18)?)),
            Part::Evening => Period::between(day.and_time(hour(18)?), next_day.and_time(NaiveTime::MIN)),
            Part::Night => Period::between(day.and_time(hour(22)?), next_day.and_time(hour(6)?)),
        }
    }

    /// A day, then the part of it or the hours: "demain", "samedi matin", "le 14 juillet à partir de 18 h".
    pub(super) fn day_and_hour(&self, at: usize) -> Option<Reading> {
        let (day, next) = self.day(at)?;
        self.hours_of(day, next)
            .or_else(|| Some(Reading::new(Period::days(day, day)?, Grain::Day, next)))
    }

    /// The part or hours of `day` that follow at `at`.
    pub(super) fn hours_of(&self, day: NaiveDate, at: usize) -> Option<Reading> {
        let before_part = self
            .tokens
            .any(
                at,
                &["au", "a la", "le", "dans la", "en", "dans l", "in the", ","],
            )
            .map_or(at, |n| self.tokens.past_joints(n));
        let part = self
            .part(before_part)
            .or_else(|| self.part(self.tokens.past_joints(at)));
        let after_part = part.map_or(at, |(_, next)| next);
        if let Some((hours, next)) = self.hours_after_day(after_part) {
            return self.on(day, later_half(hours, part.map(|(part, _)| part)), next);
        }
        let (part, next) = part?;
        Some(Reading::new(self.part_of(day, part)?, Grain::PartOfDay, next))
    }

    fn hours_after_day(&self, at: usize) -> Option<(Hours, usize)> {
        let at = self.tokens.word(at, ",").unwrap_or(at);
        self.hours(at)
            .or_else(|| self.bare_clock(at).map(|(time, next)| (Hours::At(time), next)))
    }

    /// The clock with its preposition.
    fn hours(&self, at: usize) -> Option<(Hours, usize)> {
        let clock_at = |at: usize| {
            let at = self
                .tokens
                .any(at, &["a", "environ", "vers", "les"])
                .unwrap_or(at);
            self.bare_clock(at)
        };
        // "9 h-12 h", "14 h à 16 h".
        if let Some((start, next)) = self.bare_clock(at)
            && let Some((end, next)) = self.end_of_hours(next)
        {
            return Some((Hours::Between(start, end), next));
        }
        // The hour of "entre 9 et 11 h" that is said once.
        let bare_number = |at: usize| {
            let start = NaiveTime::from_hms_opt(self.tokens.value(at, 2)?, 0, 0)?;
            let next = self.tokens.any(at + 1, &["et", "a", "-"])?;
            clock_at(next).map(|_| (start, at + 1))
        };
        if let Some(next) = self.tokens.any(at, &["entre", "de", "between", "from"])
            && let Some((start, next)) = clock_at(next).or_else(|| bare_number(next))
            && let Some(next) = self
                .tokens
                .any(next, &["et", "a", "jusqu a", "-", "and", "to", "et jusqu a"])
        {
            if let Some((end, next)) = clock_at(next) {
                return Some((Hours::Between(start, end), next));
            }
            // "Entre midi et deux".
            let next = (start.hour() == 12).then(|| self.tokens.any(next, &["deux", "2"]))??;
            return Some((Hours::Between(start, NaiveTime::from_hms_opt(14, 0, 0)?), next));
        }
        if let Some(next) = self.tokens.any(
            at,
            &[
                "apres",
                "a partir de",
                "des",
                "depuis",
                "after",
                "from",
                "passe",
                "plus tard que",
            ],
        ) {
            return clock_at(next).map(|(time, next)| (Hours::From(time), next));
        }
        if let Some(next) = self
            .tokens
            .any(at, &["avant", "jusqu a", "jusque", "jusqua", "before", "until"])
        {
            return clock_at(next).map(|(time, next)| (Hours::Until(time), next));
        }
        let next = self.tokens.any(
            at,
            &["a", "vers", "pour", "sur les", "at", "around", "aux environs de"],
        )?;
        let (time, next) = clock_at(next)?;
        Some(match self.end_of_hours(next) {
            Some((end, next)) => (Hours::Between(time, end), next),
            None => (Hours::At(time), next),
        })
    }

    /// "-12 h", "à 16 h", after an hour.
    fn end_of_hours(&self, at: usize) -> Option<(NaiveTime, usize)> {
        let next = self.tokens.any(at, &["-", "–", "a", "jusqu a"])?;
        self.bare_clock(next)
    }

    /// "Après-midi ?", without a day.
    pub(super) fn afternoon(&self, at: usize) -> Option<Reading> {
        let next = self.tokens.any(at, &AFTERNOON)?;
        let period = self.part_of(self.today, Part::Afternoon)?;
        Some(Reading::new(period, Grain::PartOfDay, next))
    }

    /// "La nuit de samedi à dimanche".
    pub(super) fn night_between(&self, at: usize) -> Option<Reading> {
        let next = self.tokens.any(
            at,
            &[
                "dans la nuit de",
                "dans la nuit du",
                "la nuit de",
                "la nuit du",
                "nuit de",
                "nuit du",
            ],
        )?;
        let (evening, next) = self.day(next)?;
        let morning = self
            .tokens
            .any(next, &["a", "au"])
            .and_then(|next| self.day(next));
        let next = morning.map_or(next, |(_, next)| next);
        Some(Reading::new(
            self.part_of(evening, Part::Night)?,
            Grain::PartOfDay,
            next,
        ))
    }

    fn bare_clock(&self, at: usize) -> Option<(NaiveTime, usize)> {
        let (time, _, next) = clock::clock(&self.tokens, at)?;
        // "24 h/24", "24 h sur 24" say always, "24 h" nothing.
        let always = self
            .tokens
            .any(next, &["/", "sur"])
            .is_some_and(|after| self.tokens.value(after, 2) == Some(24));
        (!always).then_some((time, next))
    }

    fn on(&self, day: NaiveDate, hours: Hours, next: usize) -> Option<Reading> {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
        let tomorrow = day.succ_opt()?;
        let period = match hours {
            Hours::At(time) => return self.minute(day.and_time(time), next),
            Hours::From(time) => Period::between(day.and_time(time), midnight(tomorrow)),
            Hours::Until(time) if time == NaiveTime::MIN => {
                Period::between(midnight(day), midnight(tomorrow))
            }
            Hours::Until(time) => Period::between(midnight(day), day.and_time(time)),
            Hours::Between(start, end) => {
                let last = if end <= start { tomorrow } else { day };
                Period::between(day.and_time(start), last.and_time(end))
            }
        };
        Some(Reading::new(period?, Grain::PartOfDay, next))
    }

    /// Hours without a day, or before it: "à 18 h", "à 9 h demain", "entre 12 h et 14 h le samedi".
    pub(super) fn hour_and_day(&self, at: usize) -> Option<Reading> {
        let (hours, next) = self.hours(at).or_else(|| self.lone_clock(at))?;
        if let Some((day, next)) = self.day(next) {
            return self.on(day, hours, next);
        }
        if let Some((weekday, next)) = self.weekday_habit(next) {
            let (period, _) = self.on(self.nearest(weekday)?, hours, next)?.meaning?;
            return Some(Reading::new(period, Grain::Weekday, next));
        }
        if let Some((part, next)) = self.demonstrative_part(next) {
            return self.on(self.today, later_half(hours, Some(part)), next);
        }
        self.on(self.day_of_hours(hours)?, hours, next)
    }

    /// An hour that is over today is tomorrow's, unless the text is in the past tense.
    fn day_of_hours(&self, hours: Hours) -> Option<NaiveDate> {
        let over = match hours {
            Hours::At(time) | Hours::Until(time) => time <= self.now.time() && !self.is_this_minute(time),
            Hours::From(_) => false,
            Hours::Between(start, end) => start < end && end <= self.now.time(),
        };
        if over && !self.is_past() {
            self.today.succ_opt()
        } else {
            Some(self.today)
        }
    }

    fn is_this_minute(&self, time: NaiveTime) -> bool {
        (time.hour(), time.minute()) == (self.now.hour(), self.now.minute())
    }

    /// A clock without preposition; "2 h" alone is rather a duration.
    fn lone_clock(&self, at: usize) -> Option<(Hours, usize)> {
        let (time, form, _) = clock::clock(&self.tokens, at)?;
        let (_, next) = self.bare_clock(at)?;
        let before = self.tokens.norm_before(at);
        let lasting = matches!(
            before,
            "pendant"
                | "durant"
                | "sous"
                | "en"
                | "dans"
                | "les"
                | "de"
                | "moins"
                | "plus"
                | "toutes"
                | "pour"
                | "delai"
                | "du"
        );
        let usual = (7..=22).contains(&time.hour());
        (form == ClockForm::Certain && before != "du" || usual && !lasting).then_some((Hours::At(time), next))
    }

    /// "Ce soir", "cet après-midi", "tonight", at `at`.
    fn demonstrative_part(&self, at: usize) -> Option<(Part, usize)> {
        if let Some(next) = self.tokens.any(at, &["tonight", "csoir"]) {
            return Some((Part::Evening, next));
        }
        let next = self
            .tokens
            .any(at, &["ce", "cet", "cette", "c", "this", "se", "set", "ct"])?;
        self.part(next)
    }

    pub(super) fn part_of_today(&self, at: usize) -> Option<Reading> {
        let (part, next) = self.demonstrative_part(at)?;
        if let Some((hours, next)) = self.hours_after_day(next) {
            return self.on(self.today, later_half(hours, Some(part)), next);
        }
        // Before dawn, "cette nuit" is the night that is ending.
        let early = part == Part::Night && (self.now.hour() < 6 || self.is_past());
        let day = if early { self.today.pred_opt()? } else { self.today };
        Some(Reading::new(self.part_of(day, part)?, Grain::PartOfDay, next))
    }

    /// "Le samedi", "les samedis", "tous les samedis", "chaque samedi", "saturdays".
    pub(super) fn weekday_habit(&self, at: usize) -> Option<(chrono::Weekday, usize)> {
        let article = self
            .tokens
            .any(at, &["le", "les", "tous les", "chaque", "every", "on", "ts les"]);
        let start = article.unwrap_or(at);
        let (weekday, next) = date::weekday(&self.tokens, start)?;
        let plural = self.tokens.norm(start).ends_with('s');
        let announced = article.is_some() && self.tokens.norm(at) != "on";
        let dated = self.day(at).is_some_and(|(_, end)| end > next);
        ((announced || plural) && !dated).then_some((weekday, next))
    }
}

/// "Demain soir à 8 h" is at 20 h.
fn later_half(hours: Hours, part: Option<Part>) -> Hours {
    if !matches!(part, Some(Part::Afternoon | Part::Evening)) {
        return hours;
    }
    let later = |time: NaiveTime| {
        let (hour, minute) = (time.hour(), time.minute());
        if (1..=11).contains(&hour) {
            NaiveTime::from_hms_opt(hour + 12, minute, 0).unwrap_or(time)
        } else {
            time
        }
    };
    match hours {
        Hours::At(time) => Hours::At(later(time)),
        Hours::From(time) => Hours::From(later(time)),
        Hours::Until(time) => Hours::Until(later(time)),
        Hours::Between(start, end) => Hours::Between(later(start), later(end)),
    }
}
