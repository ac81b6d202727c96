//! School holidays from the ministry's calendar; a day that the table does not cover is unknown, never guessed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/school_holidays.csv");

/// The school zone of a town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolZone {
    /// Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers.
    A,
    /// Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg.
    B,
    /// Créteil, Montpellier, Paris, Toulouse, Versailles.
    C,
    /// Corsica and overseas: the rector's own calendar, not in the table, so always unknown.
    Other,
}

impl SchoolZone {
    /// Every zone.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::Other];

    /// Its name in files and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::Other => "other",
        }
    }

    /// The zone of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|zone| zone.as_str() == name.to_lowercase())
    }
}

/// A period without school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolHoliday {
    /// Late October.
    AllSaints,
    /// The end of the year.
    Christmas,
    /// February or March.
    Winter,
    /// April.
    Spring,
    /// The days around Ascension Thursday.
    AscensionBridge,
    /// July and August.
    Summer,
}

impl SchoolHoliday {
    /// Every school holiday.
    pub const ALL: [Self; 6] = [
        Self::AllSaints,
        Self::Christmas,
        Self::Winter,
        Self::Spring,
        Self::AscensionBridge,
        Self::Summer,
    ];

    /// Its name in files and as a key of texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AllSaints => "all_saints",
            Self::Christmas => "christmas",
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::AscensionBridge => "ascension_bridge",
            Self::Summer => "summer",
        }
    }
}

/// What the school calendar says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchoolCalendar {
    /// A day of that holiday.
    Holiday(SchoolHoliday),
    /// Classes are held, week-ends and public holidays apart.
    Term,
    /// The table does not cover that zone or day.
    Unknown,
}

/// One school holiday of one zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolHolidayPeriod {
    /// Which.
    pub holiday: SchoolHoliday,
    /// First day without school.
    pub start: NaiveDate,
    /// Day on which classes resume.
    pub end: NaiveDate,
}

struct Row {
    zones: Vec<SchoolZone>,
    period: SchoolHolidayPeriod,
}

/// First day of the first school year of the table (the return of September 2025).
const COVERED_FROM: NaiveDate = match NaiveDate::from_ymd_opt(2025, 9, 1) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| TABLE.lines().filter_map(parse_row).collect());

fn parse_row(line: &str) -> Option<Row> {
    let mut cells = line.split(',').map(str::trim);
    let zones = cells
        .next()?
        .split(' ')
        .map(SchoolZone::parse)
        .collect::<Option<_>>()?;
    let name = cells.next()?;
    let holiday = SchoolHoliday::ALL.into_iter().find(|h| h.as_str() == name)?;
    let (start, end) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    Some(Row {
        zones,
        period: SchoolHolidayPeriod { holiday, start, end },
    })
}

fn periods(zone: SchoolZone) -> impl Iterator<Item = SchoolHolidayPeriod> {
    ROWS.iter()
        .filter(move |row| row.zones.contains(&zone))
        .map(|row| row.period)
}

/// What the school calendar of `zone` says of `date`.
#[must_use]
pub fn school_holidays(zone: SchoolZone, date: NaiveDate) -> SchoolCalendar {
    let covered_until = periods(zone).map(|p| p.end).max();
    if date < COVERED_FROM || covered_until.is_none_or(|end| end <= date) {
        return SchoolCalendar::Unknown;
    }
    periods(zone)
        .find(|p| p.start <= date && date < p.end)
        .map_or(SchoolCalendar::Term, |p| SchoolCalendar::Holiday(p.holiday))
}

/// The first school holiday of `zone` that ends after `date`, of the kind `holiday` where one is named;
/// the bridge of Ascension is found only by its name.
#[must_use]
pub fn next_school_holiday(
    zone: SchoolZone,
    date: NaiveDate,
    holiday: Option<SchoolHoliday>,
) -> Option<SchoolHolidayPeriod> {
    periods(zone)
        .filter(|p| match holiday {
            Some(wanted) => p.holiday == wanted,
            None => p.holiday != SchoolHoliday::AscensionBridge,
        })
        .filter(|p| date < p.end)
        .min_by_key(|p| p.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(ROWS.len(), lines);
        assert!(ROWS.iter().all(|row| row.period.start < row.period.end));
        for zone in [SchoolZone::A, SchoolZone::B, SchoolZone::C] {
            assert_eq!(
                periods(zone).count(),
                12,
                "two school years of six holidays in zone {zone:?}"
            );
            let mut last = COVERED_FROM;
            for period in periods(zone) {
                assert!(last <= period.start, "{period:?} overlaps the one before");
                last = period.end;
            }
        }
    }

    #[test]
    fn zones_go_on_holiday_one_after_the_other() {
        use SchoolCalendar::{Holiday, Term, Unknown};
        for (zone, date, expected) in [
            (SchoolZone::A, "2026-02-07", Holiday(SchoolHoliday::Winter)),
            (SchoolZone::B, "2026-02-07", Term),
            (SchoolZone::A, "2026-02-23", Term),
            (SchoolZone::C, "2026-05-03", Holiday(SchoolHoliday::Spring)),
            (SchoolZone::C, "2026-05-04", Term),
            (SchoolZone::B, "2026-08-31", Holiday(SchoolHoliday::Summer)),
            (SchoolZone::B, "2026-09-01", Term),
            (SchoolZone::B, "2025-08-31", Unknown),
            (SchoolZone::B, "2027-07-31", Holiday(SchoolHoliday::Summer)),
            (SchoolZone::B, "2027-08-01", Unknown),
            (SchoolZone::Other, "2026-08-01", Unknown),
        ] {
            assert_eq!(
                school_holidays(zone, date.parse().unwrap()),
                expected,
                "{zone:?} {date}"
            );
        }
    }

    #[test]
    fn the_next_holiday_may_be_the_current_one() {
        let spring = next_school_holiday(SchoolZone::A, day("2026-04-10"), None).unwrap();
        assert_eq!(
            (spring.holiday, spring.start),
            (SchoolHoliday::Spring, day("2026-04-04"))
        );
        let summer = next_school_holiday(SchoolZone::A, day("2026-04-20"), None).unwrap();
        assert_eq!(summer.holiday, SchoolHoliday::Summer);
        assert_eq!(
            next_school_holiday(SchoolZone::Other, day("2026-04-10"), None),
            None
        );
    }
}
