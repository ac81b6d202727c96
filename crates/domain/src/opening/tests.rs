//! Opening hours against a real calendar.

use super::*;
use crate::calendar::{HolidayRegion, SchoolZone, french};
use chrono::TimeZone;
use proptest::prelude::*;

const TOWN: TownCalendar = TownCalendar {
    timezone: Tz::Europe__Paris,
    region: HolidayRegion::Metropole,
    zone: SchoolZone::B,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn hours(expression: &str) -> OpeningHours {
    OpeningHours::parse(expression, &[], &TOWN).unwrap()
}

fn closed_on(expression: &str, closures: &[&str]) -> OpeningHours {
    let closures: Vec<Closure> = closures.iter().map(|c| c.parse().unwrap()).collect();
    OpeningHours::parse(expression, &closures, &TOWN).unwrap()
}

fn instant(text: &str) -> DateTime<Tz> {
    Tz::Europe__Paris
        .from_local_datetime(&text.parse().unwrap())
        .earliest()
        .unwrap()
}

fn spoken(hours: &OpeningHours, date: &str) -> String {
    french::time_ranges(&hours.day(day(date)).intervals).replace('\u{202f}', " ")
}

fn until(hours: &OpeningHours, at: &str) -> Option<String> {
    match hours.state(instant(at)) {
        OpeningState::Open { until } => Some(until.map_or("always".into(), |u| u.to_rfc3339())),
        _ => None,
    }
}

fn opens(hours: &OpeningHours, at: &str) -> Option<String> {
    match hours.state(instant(at)) {
        OpeningState::Closed { opens, .. } => Some(opens.map_or("never".into(), |o| o.to_rfc3339())),
        _ => None,
    }
}

const TOWN_HALL: &str = "Mo-Fr 09:00-12:30,13:30-17:00; Sa 09:00-12:00; PH off";

#[test]
fn a_weekday_has_its_hours() {
    let hours = hours(TOWN_HALL);
    assert_eq!(
        spoken(&hours, "2026-03-18"),
        "de 9 h à 12 h 30 et de 13 h 30 à 17 h"
    );
    assert_eq!(spoken(&hours, "2026-03-21"), "de 9 h à 12 h");
    assert_eq!(spoken(&hours, "2026-03-22"), "");
    assert_eq!(
        until(&hours, "2026-03-18T10:15:00").unwrap(),
        "2026-03-18T12:30:00+01:00"
    );
    assert_eq!(
        opens(&hours, "2026-03-18T12:30:00").unwrap(),
        "2026-03-18T13:30:00+01:00"
    );
    assert_eq!(
        opens(&hours, "2026-03-21T12:00:00").unwrap(),
        "2026-03-23T09:00:00+01:00"
    );
}

#[test]
fn a_public_holiday_closes_wherever_ph_off_stands() {
    for expression in [TOWN_HALL, "PH off; Mo-Fr 09:00-12:30,13:30-17:00; Sa 09:00-12:00"] {
        let hours = hours(expression);
        let easter_monday = hours.day(day("2026-04-06"));
        assert_eq!(easter_monday.intervals, []);
        assert_eq!(easter_monday.holiday, Some(PublicHoliday::EasterMonday));
        assert_eq!(
            hours.state(instant("2026-04-06T10:00:00")),
            OpeningState::Closed {
                opens: Some(instant("2026-04-07T09:00:00")),
                because: Some(ClosedBecause::Holiday(PublicHoliday::EasterMonday)),
            }
        );
    }
}

#[test]
fn just_after_midnight_the_day_is_the_towns_own() {
    let easter_monday = hours(TOWN_HALL).state(instant("2026-04-06T00:30:00"));
    assert!(matches!(
        easter_monday,
        OpeningState::Closed {
            because: Some(ClosedBecause::Holiday(PublicHoliday::EasterMonday)),
            ..
        }
    ));
    let day_after = hours(TOWN_HALL).state(instant("2026-04-07T00:30:00"));
    assert!(matches!(day_after, OpeningState::Closed { because: None, .. }));
}

#[test]
fn a_holiday_that_the_hours_ignore_is_named_and_no_reason() {
    let hours = hours("Mo-Fr 09:00-17:00");
    assert_eq!(spoken(&hours, "2026-05-01"), "de 9 h à 17 h");
    assert_eq!(
        hours.day(day("2026-05-01")).holiday,
        Some(PublicHoliday::LabourDay)
    );
    assert!(matches!(
        hours.state(instant("2026-05-01T20:00:00")),
        OpeningState::Closed { because: None, .. }
    ));
}

#[test]
fn an_exceptional_closure_closes_and_gives_its_reason() {
    let hours = closed_on(
        "Mo-Su 10:00-19:00",
        &["2026-12-24/2026-12-27 vidange", "2026-12-28"],
    );
    assert_eq!(
        hours.state(instant("2026-12-25T11:00:00")),
        OpeningState::Closed {
            opens: Some(instant("2026-12-29T10:00:00")),
            because: Some(ClosedBecause::Closure {
                reason: Some("vidange".into()),
                until: day("2026-12-28")
            }),
        }
    );
    assert_eq!(
        opens(&hours, "2026-12-23T19:00:00").unwrap(),
        "2026-12-29T10:00:00+01:00"
    );
}

#[test]
fn a_closure_is_read_from_its_field() {
    let closure: Closure = "2026-12-24/2027-01-02 vidange annuelle".parse().unwrap();
    assert_eq!((closure.from, closure.to), (day("2026-12-24"), day("2027-01-02")));
    assert_eq!(closure.reason.as_deref(), Some("vidange annuelle"));
    assert_eq!("2026-12-24".parse::<Closure>().unwrap().to, day("2026-12-24"));
    for wrong in ["", "Noël", "2027-01-02/2026-12-24", "2026-02-30", "24/12/2026"] {
        assert!(wrong.parse::<Closure>().is_err(), "{wrong}");
    }
}

#[test]
fn a_season_limits_the_hours() {
    let hours = hours("Jun 15-Aug 31 Mo-Su 10:00-19:00");
    assert_eq!(spoken(&hours, "2026-06-14"), "");
    assert_eq!(spoken(&hours, "2026-06-15"), "de 10 h à 19 h");
    assert_eq!(
        opens(&hours, "2026-09-01T00:00:00").unwrap(),
        "2027-06-15T10:00:00+02:00"
    );
}

#[test]
fn always_open_has_no_end() {
    let hours = hours("24/7");
    assert_eq!(until(&hours, "2026-03-18T10:15:00").unwrap(), "always");
    assert_eq!(spoken(&hours, "2026-03-18"), "24 h sur 24");
    assert_eq!(
        until(&closed_on("24/7", &["2026-03-20"]), "2026-03-18T10:15:00").unwrap(),
        "2026-03-20T00:00:00+01:00"
    );
}

#[test]
fn never_open_never_opens() {
    assert_eq!(opens(&hours("off"), "2026-03-18T10:15:00").unwrap(), "never");
}

#[test]
fn an_evening_past_midnight_belongs_to_its_first_day() {
    let hours = hours("Th,Fr 20:00-02:00; Su 10:00-24:00");
    assert_eq!(spoken(&hours, "2026-03-19"), "de 20 h à 2 h");
    assert_eq!(spoken(&hours, "2026-03-20"), "de 20 h à 2 h");
    assert_eq!(spoken(&hours, "2026-03-21"), "");
    assert_eq!(spoken(&hours, "2026-03-22"), "de 10 h à minuit");
    assert_eq!(
        until(&hours, "2026-03-21T01:30:00").unwrap(),
        "2026-03-21T02:00:00+01:00"
    );
    assert_eq!(
        opens(&hours, "2026-03-21T02:00:00").unwrap(),
        "2026-03-22T10:00:00+01:00"
    );
}

#[test]
fn touching_hours_are_one_opening() {
    let hours = hours("Mo 08:00-24:00; Tu 00:00-24:00; We 00:00-15:00");
    assert_eq!(
        until(&hours, "2026-03-16T09:00:00").unwrap(),
        "2026-03-18T15:00:00+01:00"
    );
    assert_eq!(
        hours.next_opening(instant("2026-03-16T09:00:00")),
        Some(instant("2026-03-23T08:00:00"))
    );
}

#[test]
fn clock_changes_shift_instants_not_hours() {
    let hours = hours("Mo-Su 01:00-09:00");
    assert_eq!(
        until(&hours, "2026-03-29T01:30:00").unwrap(),
        "2026-03-29T09:00:00+02:00"
    );
    assert_eq!(
        opens(&hours, "2026-03-28T12:00:00").unwrap(),
        "2026-03-29T01:00:00+01:00"
    );
    assert_eq!(
        until(&hours, "2026-10-25T01:30:00").unwrap(),
        "2026-10-25T09:00:00+01:00"
    );
    let skipped = super::OpeningHours::parse("Su 02:30-09:00", &[], &TOWN).unwrap();
    assert_eq!(
        opens(&skipped, "2026-03-29T01:59:00").unwrap(),
        "2026-03-29T03:00:00+02:00"
    );
}

#[test]
fn school_holidays_follow_the_zone_and_both_conditions_hold() {
    let hours = hours("Mo-Fr 12:00-14:00; SH Mo-Fr 10:00-18:00; Sa 10:00-18:00");
    assert_eq!(spoken(&hours, "2026-04-10"), "de 12 h à 14 h");
    assert_eq!(spoken(&hours, "2026-04-14"), "de 10 h à 18 h");
    assert_eq!(spoken(&hours, "2026-04-12"), "", "a Sunday of the holidays");
    let alone = super::OpeningHours::parse("SH 10:00-18:00", &[], &TOWN).unwrap();
    assert_eq!(spoken(&alone, "2026-04-12"), "de 10 h à 18 h");
    assert_eq!(spoken(&alone, "2026-04-10"), "");
}

#[test]
fn an_unknown_school_calendar_is_said_only_where_it_matters() {
    let hours = hours("Mo-Fr 12:00-14:00; SH Mo-Fr 10:00-18:00; Sa 10:00-18:00");
    assert_eq!(
        hours.day(day("2028-02-15")).uncertain,
        Some(Uncertain::SchoolCalendar)
    );
    assert_eq!(
        hours.state(instant("2028-02-15T11:00:00")),
        OpeningState::Uncertain(Uncertain::SchoolCalendar)
    );
    assert_eq!(
        spoken(&hours, "2028-02-19"),
        "de 10 h à 18 h",
        "Saturday is the same in both"
    );
}

#[test]
fn a_comment_is_kept_and_alone_it_is_no_opening() {
    let with_hours = hours(r#"Mo-Fr 09:00-12:00 "sur rendez-vous SH Mo""#);
    assert_eq!(
        with_hours.day(day("2026-03-18")).comments,
        ["sur rendez-vous SH Mo"]
    );
    let alone = hours(r#"Mo-Fr "sur rendez-vous""#);
    assert_eq!(
        alone.state(instant("2026-03-18T11:00:00")),
        OpeningState::Uncertain(Uncertain::Comment("sur rendez-vous".into()))
    );
    assert_eq!(
        hours("We 14:00-17:00 unknown").day(day("2026-03-18")).uncertain,
        Some(Uncertain::Declared)
    );
}

#[test]
fn hours_that_cannot_be_known_are_refused_with_their_reason() {
    type Check = fn(&OpeningHoursError) -> bool;
    let cases: [(&str, Check); 7] = [
        ("Mo-Fr 10:00-sunset", |e| {
            matches!(e, OpeningHoursError::SolarTime(_))
        }),
        ("Mo-Fr 10:00+", |e| matches!(e, OpeningHoursError::OpenEnd(_))),
        ("Mo-Fr 10:00-16:00/01:30", |e| {
            matches!(e, OpeningHoursError::Repetition(_))
        }),
        ("PH Mo-Fr 10:00-16:00", |e| {
            matches!(e, OpeningHoursError::AmbiguousHoliday(_))
        }),
        ("Mo-Fr SH 10:00-16:00", |e| {
            matches!(e, OpeningHoursError::AmbiguousHoliday(_))
        }),
        ("Lu-Ve 9h-12h", |e| matches!(e, OpeningHoursError::Syntax { .. })),
        ("", |e| matches!(e, OpeningHoursError::Syntax { .. })),
    ];
    for (expression, expected) in cases {
        let error = OpeningHours::parse(expression, &[], &TOWN).unwrap_err();
        assert!(expected(&error), "{expression}: {error}");
    }
}

#[test]
fn the_week_is_grouped_and_its_exceptions_stand_apart() {
    let hours = closed_on(TOWN_HALL, &["2026-04-10 inventaire"]);
    let pattern = hours.week_pattern(day("2026-04-04"));
    let groups: Vec<_> = pattern
        .regular
        .iter()
        .map(|g| (g.first, g.last, g.intervals.len()))
        .collect();
    assert_eq!(
        groups,
        [
            (Weekday::Mon, Weekday::Fri, 2),
            (Weekday::Sat, Weekday::Sat, 1),
            (Weekday::Sun, Weekday::Sun, 0)
        ]
    );
    let exceptions: Vec<_> = pattern.exceptions.iter().map(|d| d.date).collect();
    assert_eq!(exceptions, [day("2026-04-06"), day("2026-04-10")]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        let _ = OpeningHours::parse(&text, &[], &TOWN);
    }

    #[test]
    fn the_state_agrees_with_the_day(
        open in 0u32..23, length in 1u32..12, offset in 0i64..525_600, first in 0usize..7,
    ) {
        const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        let close = (open + length).min(24);
        let hours = hours(&format!("{}-Su {open:02}:00-{close:02}:00; PH off", DAYS[first]));
        let at = instant("2026-01-01T00:00:00") + TimeDelta::minutes(offset);
        let local = at.naive_local();
        let expected = hours.day(local.date()).intervals.iter().any(|&(start, end)| {
            start <= local.time() && (local.time() < end || end == NaiveTime::MIN)
        });
        match hours.state(at) {
            OpeningState::Open { until } => {
                prop_assert!(expected);
                prop_assert!(until.is_none_or(|u| u > at));
            }
            OpeningState::Closed { opens, .. } => {
                prop_assert!(!expected);
                prop_assert!(opens.is_some_and(|o| o > at));
                prop_assert_eq!(opens, hours.next_opening(at));
            }
            OpeningState::Uncertain(_) => prop_assert!(false),
        }
    }
}
