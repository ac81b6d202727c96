//! Time expressions as residents write them, at fixed instants.

use super::*;
use crate::calendar::{HolidayRegion, SchoolZone, french};
use chrono::{Datelike, TimeZone};
use proptest::prelude::*;

pub(super) const TOWN: TownCalendar = TownCalendar {
    timezone: Tz::Europe__Paris,
    region: HolidayRegion::Metropole,
    zone: SchoolZone::B,
};

pub(super) fn at(local: &str) -> DateTime<Tz> {
    Tz::Europe__Paris
        .from_local_datetime(&local.parse().unwrap())
        .earliest()
        .unwrap()
}

/// "03-19", "03-19..03-21" (last day included), "03-18T18:00" (a minute), "03-18T18:00..03-19T00:00"; with the
/// year where it is not 2026.
pub(super) fn brief(found: &TimeExpression) -> String {
    let day = |d: NaiveDate| {
        if d.year() == 2026 {
            d.format("%m-%d").to_string()
        } else {
            d.to_string()
        }
    };
    let Period { start, end } = found.period;
    let when = |i: NaiveDateTime| format!("{}T{}", day(i.date()), i.format("%H:%M"));
    let midnight = |i: NaiveDateTime| i.time() == NaiveTime::MIN;
    let range = if midnight(start) && midnight(end) && found.grain != Grain::Instant {
        let last = end.date().pred_opt().unwrap();
        if last == start.date() {
            day(last)
        } else {
            format!("{}..{}", day(start.date()), day(last))
        }
    } else if found.grain == Grain::Instant {
        when(start)
    } else {
        format!("{}..{}", when(start), when(end))
    };
    format!("{range} {:?}", found.grain)
}

fn read(text: &str, now: &str) -> String {
    find(text, at(now), &TOWN)
        .iter()
        .map(brief)
        .collect::<Vec<_>>()
        .join(" | ")
}
/// What is meant on Wednesday 18 March 2026 at a quarter past ten.
const ON_WEDNESDAY: [(&str, &str); 244] = [
    ("maintenant", "03-18T10:15 Instant"),
    ("c'est ouvert maintenant ?", "03-18T10:15 Instant"),
    ("la piscine est ouverte mtn", "03-18T10:15 Instant"),
    ("en ce moment", "03-18T10:15 Instant"),
    ("open now?", "03-18T10:15 Instant"),
    ("aujourd'hui", "03-18 Day"),
    ("aujourd’hui", "03-18 Day"),
    ("ouvert auj ?", "03-18 Day"),
    ("ajd", "03-18 Day"),
    ("AUJOURD'HUI", "03-18 Day"),
    ("today", "03-18 Day"),
    ("demain", "03-19 Day"),
    ("Demain ?", "03-19 Day"),
    ("dem1", "03-19 Day"),
    ("ouvert 2m1 ?", "03-19 Day"),
    ("tomorrow", "03-19 Day"),
    ("après-demain", "03-20 Day"),
    ("apres demain", "03-20 Day"),
    ("hier", "03-17 Day"),
    ("avant-hier", "03-16 Day"),
    ("ce matin", "03-18T06:00..03-18T12:00 PartOfDay"),
    ("ce midi", "03-18T12:00..03-18T14:00 PartOfDay"),
    ("cet après-midi", "03-18T12:00..03-18T18:00 PartOfDay"),
    ("cet aprem", "03-18T12:00..03-18T18:00 PartOfDay"),
    ("cet apres midi", "03-18T12:00..03-18T18:00 PartOfDay"),
    ("ce soir", "03-18T18:00..03-19T00:00 PartOfDay"),
    ("c soir", "03-18T18:00..03-19T00:00 PartOfDay"),
    ("tonight", "03-18T18:00..03-19T00:00 PartOfDay"),
    ("cette nuit", "03-18T22:00..03-19T06:00 PartOfDay"),
    ("demain matin", "03-19T06:00..03-19T12:00 PartOfDay"),
    ("demain soir", "03-19T18:00..03-20T00:00 PartOfDay"),
    ("demain après-midi", "03-19T12:00..03-19T18:00 PartOfDay"),
    ("demain aprem", "03-19T12:00..03-19T18:00 PartOfDay"),
    ("dem1 matin", "03-19T06:00..03-19T12:00 PartOfDay"),
    ("2m1 soir", "03-19T18:00..03-20T00:00 PartOfDay"),
    ("demain midi", "03-19T12:00..03-19T14:00 PartOfDay"),
    ("demain à 18h", "03-19T18:00 Instant"),
    ("demain à 9 h 30", "03-19T09:30 Instant"),
    ("demain 14h", "03-19T14:00 Instant"),
    ("demain soir à 8h", "03-19T20:00 Instant"),
    (
        "demain soir à partir de 19 h",
        "03-19T19:00..03-20T00:00 PartOfDay",
    ),
    ("demain après 17 h", "03-19T17:00..03-20T00:00 PartOfDay"),
    ("demain entre 12h et 14h", "03-19T12:00..03-19T14:00 PartOfDay"),
    ("hier soir", "03-17T18:00..03-18T00:00 PartOfDay"),
    ("lundi", "03-23 Day"),
    ("mercredi", "03-18 Day"),
    ("mercredi matin", "03-18T06:00..03-18T12:00 PartOfDay"),
    ("samedi", "03-21 Day"),
    ("samedi ?", "03-21 Day"),
    ("ce samedi", "03-21 Day"),
    ("samedi prochain", "03-21 Day"),
    ("mercredi prochain", "03-25 Day"),
    ("samedi matin", "03-21T06:00..03-21T12:00 PartOfDay"),
    ("samedi après-midi", "03-21T12:00..03-21T18:00 PartOfDay"),
    ("samedi à 10h", "03-21T10:00 Instant"),
    ("vendredi soir", "03-20T18:00..03-21T00:00 PartOfDay"),
    ("samedi dernier", "03-14 Day"),
    ("samedi en huit", "03-28 Day"),
    ("dimanche qui vient", "03-22 Day"),
    ("next saturday", "03-21 Day"),
    ("on saturday", "03-21 Day"),
    ("saturday morning", "03-21T06:00..03-21T12:00 PartOfDay"),
    ("le samedi", "03-21 Weekday"),
    ("ouvert le samedi ?", "03-21 Weekday"),
    ("les samedis", "03-21 Weekday"),
    ("tous les samedis", "03-21 Weekday"),
    ("chaque samedi", "03-21 Weekday"),
    ("le samedi matin", "03-21T06:00..03-21T12:00 Weekday"),
    ("le dimanche", "03-22 Weekday"),
    ("le mercredi après-midi", "03-18T12:00..03-18T18:00 Weekday"),
    ("on saturdays", "03-21 Weekday"),
    ("le samedi à 10h", "03-21T10:00..03-21T10:01 Weekday"),
    ("ce week-end", "03-21..03-22 Weekend"),
    ("ce weekend", "03-21..03-22 Weekend"),
    ("ce we", "03-21..03-22 Weekend"),
    ("ce WE", "03-21..03-22 Weekend"),
    ("ce wk", "03-21..03-22 Weekend"),
    ("le week-end prochain", "03-21..03-22 Weekend"),
    ("we prochain", "03-21..03-22 Weekend"),
    ("le week-end dernier", "03-14..03-15 Weekend"),
    ("le week-end", "03-21..03-22 Weekday"),
    ("les week-ends", "03-21..03-22 Weekday"),
    ("this weekend", "03-21..03-22 Weekend"),
    ("next weekend", "03-21..03-22 Weekend"),
    ("cette semaine", "03-16..03-22 Week"),
    ("la semaine prochaine", "03-23..03-29 Week"),
    ("semaine prochaine", "03-23..03-29 Week"),
    ("la semaine dernière", "03-09..03-15 Week"),
    ("next week", "03-23..03-29 Week"),
    ("en semaine", "03-16..03-20 Weekday"),
    ("la semaine du 6 avril", "04-06..04-12 Week"),
    ("ce mois-ci", "03-01..03-31 Month"),
    ("ce mois", "03-01..03-31 Month"),
    ("le mois prochain", "04-01..04-30 Month"),
    ("le mois dernier", "02-01..02-28 Month"),
    ("cette année", "01-01..12-31 Year"),
    ("l'année prochaine", "2027-01-01..2027-12-31 Year"),
    ("en 2027", "2027-01-01..2027-12-31 Year"),
    ("en août", "08-01..08-31 Month"),
    ("en mars", "03-01..03-31 Month"),
    ("en février", "2027-02-01..2027-02-28 Month"),
    ("au mois de mai", "05-01..05-31 Month"),
    ("août 2027", "2027-08-01..2027-08-31 Month"),
    ("in august", "08-01..08-31 Month"),
    ("fin mars", "03-21..03-31 Month"),
    ("début avril", "04-01..04-10 Month"),
    ("mi-mai", "05-11..05-20 Month"),
    ("fin du mois", "03-21..03-31 Month"),
    ("cet été", "06-21..09-20 Month"),
    ("cet hiver", "2025-12-21..03-20 Month"),
    ("le 14 juillet", "07-14 Day"),
    ("14 juillet", "07-14 Day"),
    ("14 juillet 2027", "2027-07-14 Day"),
    ("14/07", "07-14 Day"),
    ("le 14/07", "07-14 Day"),
    ("14/07/2027", "2027-07-14 Day"),
    ("le 1er mai", "05-01 Day"),
    ("le premier mai", "05-01 Day"),
    ("1 mai", "05-01 Day"),
    ("lundi 23 mars", "03-23 Day"),
    ("lundi 23", "03-23 Day"),
    ("le samedi 21 mars", "03-21 Day"),
    ("samedi 21 mars 2026 à 14h30", "03-21T14:30 Instant"),
    ("le 18 mars", "03-18 Day"),
    ("le 17 mars", "2027-03-17 Day"),
    ("le 29 février", "2028-02-29 Day"),
    ("2026-04-05", "04-05 Day"),
    ("July 14", "07-14 Day"),
    ("14th july 2027", "2027-07-14 Day"),
    ("le 3 févr.", "2027-02-03 Day"),
    ("le quatorze juillet", "07-14 Day"),
    ("du 12 au 15 avril", "04-12..04-15 Week"),
    ("du 12 avril au 3 mai", "04-12..05-03 Week"),
    ("du 20 décembre au 3 janvier", "12-20..2027-01-03 Week"),
    ("du 12/04 au 15/04", "04-12..04-15 Week"),
    ("du lundi 13 au vendredi 17 avril", "04-13..04-17 Week"),
    ("entre le 12 et le 15 avril", "04-12..04-15 Week"),
    ("du lundi au vendredi", "03-16..03-20 Weekday"),
    ("entre lundi et mercredi", "03-16..03-18 Week"),
    ("from monday to friday", "03-16..03-20 Weekday"),
    ("dans 3 jours", "03-21 Day"),
    ("dans trois jours", "03-21 Day"),
    ("dans une semaine", "03-25 Day"),
    ("dans 15 jours", "04-02 Day"),
    ("dans deux heures", "03-18T12:15 Instant"),
    ("dans 2h", "03-18T12:15 Instant"),
    ("dans 30 minutes", "03-18T10:45 Instant"),
    ("dans une demi-heure", "03-18T10:45 Instant"),
    ("dans un mois", "04-18 Day"),
    ("dans un an", "2027-03-18 Day"),
    ("in 3 days", "03-21 Day"),
    ("il y a 2 jours", "03-16 Day"),
    ("d'ici vendredi", "03-18T10:15..03-21T00:00 Day"),
    ("d'ici la fin du mois", "03-18T10:15..04-01T00:00 Month"),
    ("d'ici demain", "03-18T10:15..03-20T00:00 Day"),
    ("jusqu'à demain", "03-18T10:15..03-20T00:00 Day"),
    ("jusqu'au 15 avril", "03-18T10:15..04-16T00:00 Day"),
    ("avant vendredi", "03-18T10:15..03-20T00:00 Day"),
    ("avant le 15 avril", "03-18T10:15..04-15T00:00 Day"),
    ("d'ici 3 jours", "03-18T10:15..03-22T00:00 Day"),
    ("à 18h", "03-18T18:00 Instant"),
    ("à 18 h 30", "03-18T18:30 Instant"),
    ("18h30", "03-18T18:30 Instant"),
    ("vers 19h", "03-18T19:00 Instant"),
    ("à 9h", "03-19T09:00 Instant"),
    ("à midi", "03-18T12:00 Instant"),
    ("midi", "03-18T12:00 Instant"),
    ("minuit", "03-19T00:00 Instant"),
    ("après 17 h", "03-18T17:00..03-19T00:00 PartOfDay"),
    ("avant 9 h 30", "03-19T00:00..03-19T09:30 PartOfDay"),
    ("avant 12h", "03-18T00:00..03-18T12:00 PartOfDay"),
    ("entre 12h et 14h", "03-18T12:00..03-18T14:00 PartOfDay"),
    ("entre midi et deux", "03-18T12:00..03-18T14:00 PartOfDay"),
    ("de 14h à 16h", "03-18T14:00..03-18T16:00 PartOfDay"),
    ("à partir de 14h", "03-18T14:00..03-19T00:00 PartOfDay"),
    ("jusqu'à 20h", "03-18T00:00..03-18T20:00 PartOfDay"),
    ("à dix-huit heures", "03-18T18:00 Instant"),
    ("à 18h demain", "03-19T18:00 Instant"),
    ("à 10h samedi", "03-21T10:00 Instant"),
    ("at 6pm", "03-18T18:00 Instant"),
    ("at 6:30 pm", "03-18T18:30 Instant"),
    ("Noël", "12-25 Day"),
    ("à Noël", "12-25 Day"),
    ("noel", "12-25 Day"),
    ("le 25 décembre", "12-25 Day"),
    ("jour de l'an", "2027-01-01 Day"),
    ("le jour de l'an", "2027-01-01 Day"),
    ("Pâques", "04-05 Day"),
    ("lundi de Pâques", "04-06 Day"),
    ("le lundi de paques", "04-06 Day"),
    ("à l'Ascension", "05-14 Day"),
    ("l'Ascension", "05-14 Day"),
    ("lundi de Pentecôte", "05-25 Day"),
    ("la Toussaint", "11-01 Day"),
    ("11 novembre", "11-11 Day"),
    ("le 11 novembre", "11-11 Day"),
    ("fête nationale", "07-14 Day"),
    ("Christmas", "12-25 Day"),
    ("jours fériés", "04-06 Weekday"),
    ("ouvert les jours fériés ?", "04-06 Weekday"),
    ("vendredi saint", "04-03 Day"),
    ("Noël 2027", "2027-12-25 Day"),
    ("pendant les vacances", "04-11..04-26 SchoolHoliday"),
    ("pendant les vacances scolaires", "04-11..04-26 SchoolHoliday"),
    ("vacances de printemps", "04-11..04-26 SchoolHoliday"),
    ("pendant les vacances de Pâques", "04-11..04-26 SchoolHoliday"),
    ("vacances d'été", "07-04..08-31 SchoolHoliday"),
    ("vacances de la Toussaint", "10-17..11-01 SchoolHoliday"),
    ("vacances de Noël", "12-19..2027-01-03 SchoolHoliday"),
    ("grandes vacances", "07-04..08-31 SchoolHoliday"),
    ("vacances d'hiver", "2027-02-20..2027-03-07 SchoolHoliday"),
    ("vacances de février", "2027-02-20..2027-03-07 SchoolHoliday"),
    ("hors vacances scolaires", ""),
    ("tous les jours", "03-18..03-24 Weekday"),
    ("le matin", "03-18T06:00..03-18T12:00 Weekday"),
    ("le midi", "03-18T12:00..03-18T14:00 Weekday"),
    ("ce soir à 20h", "03-18T20:00 Instant"),
    ("ce soir après 18h", "03-18T18:00..03-19T00:00 PartOfDay"),
    ("cet après-midi à 3h", "03-18T15:00 Instant"),
    ("les prochains jours", "03-18..03-24 Week"),
    ("c'était ouvert lundi ?", "03-16 Day"),
    ("la mairie était fermée le 11 novembre ?", "2025-11-11 Day"),
    ("avez-vous été ouverts samedi", "03-14 Day"),
    ("rue du 11 novembre", ""),
    ("place du 8 mai 1945", ""),
    ("marché de Noël", ""),
    ("24h/24", ""),
    ("une place de stationnement pendant 2h", ""),
    ("7j/7", "03-18..03-24 Weekday"),
    ("carte valable 10 ans", ""),
    ("pour les 3-6 ans", ""),
    ("je veux 2 rendez-vous", ""),
    ("F1234", ""),
    ("le 15", ""),
    ("01 23 45 67 89", ""),
    (
        "la mairie est-elle ouverte samedi matin ou lundi ?",
        "03-21T06:00..03-21T12:00 PartOfDay | 03-23 Day",
    ),
    (
        "bibliotheque ouverte le mercredi et le samedi ?",
        "03-18 Weekday | 03-21 Weekday",
    ),
    (
        "quel bus ce soir et demain matin",
        "03-18T18:00..03-19T00:00 PartOfDay | 03-19T06:00..03-19T12:00 PartOfDay",
    ),
    ("d'ici 2 heures", "03-18T10:15..03-18T12:16 PartOfDay"),
    ("pour sept personnes", ""),
    ("en septembre", "09-01..09-30 Month"),
    ("la veille de noel", "12-24 Day"),
    ("entre 12h et 14h le samedi", "03-21T12:00..03-21T14:00 Weekday"),
    ("à 9h le 21 mars", "03-21T09:00 Instant"),
];

#[test]
fn what_residents_write_is_understood() {
    let wrong: Vec<_> = ON_WEDNESDAY
        .iter()
        .map(|(text, expected)| (text, expected, read(text, "2026-03-18T10:15:00")))
        .filter(|(_, expected, got)| *expected != got)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn capitals_and_accents_do_not_matter() {
    for (text, expected) in ON_WEDNESDAY {
        assert_eq!(
            read(&text.to_uppercase(), "2026-03-18T10:15:00"),
            expected,
            "{text} in capitals"
        );
        let plain = crate::fold::fold(text);
        assert_eq!(read(&plain, "2026-03-18T10:15:00"), expected, "{plain}");
    }
}

#[test]
fn the_moment_decides() {
    for (text, now, expected) in [
        ("ce week-end", "2026-03-21T09:00:00", "03-21..03-22 Weekend"),
        ("ce week-end", "2026-03-22T09:00:00", "03-21..03-22 Weekend"),
        (
            "le week-end prochain",
            "2026-03-22T09:00:00",
            "03-28..03-29 Weekend",
        ),
        ("samedi prochain", "2026-03-21T09:00:00", "03-28 Day"),
        ("samedi", "2026-03-21T09:00:00", "03-21 Day"),
        (
            "cette nuit",
            "2026-03-21T02:00:00",
            "03-20T22:00..03-21T06:00 PartOfDay",
        ),
        ("demain", "2026-12-31T23:59:00", "2027-01-01 Day"),
        ("le 1er janvier", "2026-12-31T12:00:00", "2027-01-01 Day"),
        (
            "ce soir",
            "2026-12-31T12:00:00",
            "12-31T18:00..2027-01-01T00:00 PartOfDay",
        ),
        (
            "la semaine prochaine",
            "2026-12-30T12:00:00",
            "2027-01-04..2027-01-10 Week",
        ),
        (
            "du 20 décembre au 3 janvier",
            "2026-12-25T12:00:00",
            "12-20..2027-01-03 Week",
        ),
        (
            "en janvier",
            "2026-12-30T12:00:00",
            "2027-01-01..2027-01-31 Month",
        ),
        (
            "le mois prochain",
            "2026-12-30T12:00:00",
            "2027-01-01..2027-01-31 Month",
        ),
        ("dans un mois", "2026-01-31T12:00:00", "02-28 Day"),
        ("dans 2 heures", "2026-03-28T23:30:00", "03-29T01:30 Instant"),
        ("demain", "2026-03-28T23:30:00", "03-29 Day"),
        ("maintenant", "2026-10-25T02:30:00", "10-25T02:30 Instant"),
        (
            "vacances de Noël",
            "2026-12-28T12:00:00",
            "12-19..2027-01-03 SchoolHoliday",
        ),
        ("pendant les vacances", "2028-01-10T12:00:00", ""),
        ("vacances d'été 2029", "2026-03-18T10:15:00", ""),
        ("cet hiver", "2026-12-25T12:00:00", "12-21..2027-03-20 Month"),
    ] {
        assert_eq!(read(text, now), expected, "{text} at {now}");
    }
}

#[test]
fn the_town_zone_decides_which_day_it_is() {
    let late = at("2026-03-18T23:30:00").with_timezone(&Tz::America__Guadeloupe);
    assert_eq!(
        find("demain", late, &TOWN).first().map(brief).as_deref(),
        Some("03-19 Day")
    );
    let island = TownCalendar {
        timezone: Tz::America__Guadeloupe,
        region: HolidayRegion::Guadeloupe,
        zone: SchoolZone::Other,
    };
    let early = at("2026-03-18T02:00:00");
    assert_eq!(
        find("aujourd'hui", early, &island).first().map(brief).as_deref(),
        Some("03-17 Day")
    );
    assert_eq!(find("vacances de printemps", early, &island), []);
}

#[test]
fn the_span_is_the_words() {
    let text = "L’été, la piscine ouvre-t-elle après‑demain à 9 h ?";
    let found = find(text, at("2026-03-18T10:15:00"), &TOWN);
    let words: Vec<_> = found.iter().map(|e| &text[e.span.start..e.span.end]).collect();
    assert_eq!(words, ["L’été", "après‑demain à 9 h"]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".{0,60}", minutes in 0i64..2_000_000) {
        check_shape(&text, minutes);
    }

    #[test]
    fn any_words_are_read_without_panic(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..12), minutes in 0i64..2_000_000,
    ) {
        check_shape(&words.join(" "), minutes);
    }

    #[test]
    fn a_date_said_in_french_is_found_again(days in 0i64..1_500, wording in 0usize..6) {
        let date = NaiveDate::from_ymd_opt(2026, 3, 18).unwrap() + chrono::TimeDelta::days(days);
        let text = match wording {
            0 => format!("est-ce ouvert le {} ?", french::date_long(date)),
            1 => format!("{} {}", french::day_month(date), date.year()),
            2 => format!("le {}", date.format("%d/%m/%Y")),
            3 => format!("ouvert {date} ?"),
            4 => format!("dans {days} jours"),
            _ => format!("horaires du {}", french::date_long(date)).to_uppercase(),
        };
        let found = find(&text, at("2026-03-18T10:15:00"), &TOWN);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].period, Period::days(date, date).unwrap(), "{}", text);
        prop_assert_eq!(found[0].grain, Grain::Day);
    }

    #[test]
    fn a_date_without_year_is_within_the_year_that_follows(days in 0i64..365) {
        let date = NaiveDate::from_ymd_opt(2026, 3, 18).unwrap() + chrono::TimeDelta::days(days);
        let found = find(&french::date_day(date), at("2026-03-18T10:15:00"), &TOWN);
        prop_assert_eq!(found[0].period, Period::days(date, date).unwrap());
    }
}

const WORDS: [&str; 48] = [
    "le",
    "du",
    "au",
    "de",
    "à",
    "demain",
    "samedi",
    "12",
    "31",
    "février",
    "2027",
    "h",
    "30",
    "midi",
    "dans",
    "jours",
    "semaine",
    "prochaine",
    "ce",
    "soir",
    "we",
    "vacances",
    "d'",
    "ici",
    "jusqu'à",
    "avant",
    "99999",
    "2",
    "m",
    "1",
    "mois",
    "fin",
    "en",
    "mars",
    "/",
    "07",
    "entre",
    "et",
    "il y a",
    "ans",
    "Noël",
    "l'",
    "matin",
    "heures",
    "dernier",
    "9999",
    "minuit",
    "-",
];

fn check_shape(text: &str, minutes: i64) {
    let now = at("2026-01-01T00:00:00") + chrono::TimeDelta::minutes(minutes);
    let mut end = 0;
    for found in find(text, now, &TOWN) {
        assert!(found.span.start >= end && !found.span.is_empty());
        assert!(text.get(found.span.start..found.span.end).is_some());
        assert!(found.period.start < found.period.end, "{text}: {found:?}");
        end = found.span.end;
    }
}
