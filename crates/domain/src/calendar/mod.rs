//! A town's calendar: its time zone, public holidays, school holidays, and how dates and hours are written.

pub mod english;
pub mod french;
mod public_holidays;
mod school_holidays;
pub mod wording;

pub use public_holidays::{HolidayRegion, PublicHoliday, easter, public_holiday, public_holidays};
pub use school_holidays::{
    SchoolCalendar, SchoolHoliday, SchoolHolidayPeriod, SchoolZone, next_school_holiday, school_holidays,
};

use chrono::{DateTime, Days, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What decides which day it is in a town, and what is special about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownCalendar {
    /// IANA time zone.
    pub timezone: Tz,
    /// Which law sets its public holidays.
    pub region: HolidayRegion,
    /// Its school zone.
    pub zone: SchoolZone,
}

/// The first instant at which a clock in `timezone` shows `local`; where the clock jumps over it (spring),
/// the instant of the jump's end.
#[must_use]
pub fn first_instant(timezone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    instants(timezone, local).0
}

/// The last instant at which a clock in `timezone` shows `local`: an hour after the first when the clock
/// is set back (autumn).
#[must_use]
pub fn last_instant(timezone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    instants(timezone, local).1
}

fn instants(timezone: Tz, local: NaiveDateTime) -> (DateTime<Tz>, DateTime<Tz>) {
    match timezone.from_local_datetime(&local) {
        LocalResult::Single(instant) => (instant, instant),
        LocalResult::Ambiguous(first, last) => (first, last),
        LocalResult::None => {
            let after = end_of_gap(timezone, local);
            (after, after)
        }
    }
}

/// Gaps are whole quarters of an hour long, at most one day (an island that changed side of the date line).
fn end_of_gap(timezone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    let quarter = TimeDelta::minutes(15);
    let mut later = local;
    let limit = local.checked_add_days(Days::new(2)).unwrap_or(local);
    while later < limit {
        later = next_quarter(later, quarter);
        if let Some(instant) = timezone.from_local_datetime(&later).earliest() {
            return instant;
        }
    }
    timezone.from_utc_datetime(&local)
}

fn next_quarter(local: NaiveDateTime, quarter: TimeDelta) -> NaiveDateTime {
    use chrono::Timelike;
    let past = TimeDelta::seconds(i64::from(local.minute() % 15 * 60 + local.second()));
    local
        .checked_sub_signed(past)
        .and_then(|l| l.checked_add_signed(quarter))
        .unwrap_or(NaiveDateTime::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn local(d: u32, m: u32, h: u32, min: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, m, d)
            .unwrap()
            .and_hms_opt(h, min, 0)
            .unwrap()
    }

    #[test]
    fn an_hour_that_spring_skips_becomes_the_end_of_the_jump() {
        let instant = first_instant(Tz::Europe__Paris, local(29, 3, 2, 30));
        assert_eq!(instant.to_rfc3339(), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn an_hour_that_autumn_repeats_has_two_instants() {
        let (first, last) = instants(Tz::Europe__Paris, local(25, 10, 2, 30));
        assert_eq!(last - first, TimeDelta::hours(1));
    }
}
