//! Public holidays of France, computed: Code du travail L3133-1, L3422-2 (overseas), L3134-13 (Alsace-Moselle).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Which law sets the public holidays of a town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayRegion {
    /// Metropolitan France but Alsace-Moselle.
    Metropole,
    /// Bas-Rhin, Haut-Rhin and Moselle. Good Friday is a holiday only in communes with a Protestant or mixed
    /// church, which is nearly all of them: a commune without one is a `Metropole` with a closure on 26 December.
    AlsaceMoselle,
    /// Guadeloupe.
    Guadeloupe,
    /// Martinique.
    Martinique,
    /// French Guiana.
    Guyane,
    /// La Réunion.
    Reunion,
    /// Mayotte.
    Mayotte,
    /// Saint-Barthélemy.
    SaintBarthelemy,
    /// Saint-Martin.
    SaintMartin,
}

impl HolidayRegion {
    /// Every region.
    pub const ALL: [Self; 9] = [
        Self::Metropole,
        Self::AlsaceMoselle,
        Self::Guadeloupe,
        Self::Martinique,
        Self::Guyane,
        Self::Reunion,
        Self::Mayotte,
        Self::SaintBarthelemy,
        Self::SaintMartin,
    ];

    /// Its name in files and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metropole => "metropole",
            Self::AlsaceMoselle => "alsace_moselle",
            Self::Guadeloupe => "guadeloupe",
            Self::Martinique => "martinique",
            Self::Guyane => "guyane",
            Self::Reunion => "reunion",
            Self::Mayotte => "mayotte",
            Self::SaintBarthelemy => "saint_barthelemy",
            Self::SaintMartin => "saint_martin",
        }
    }

    /// The region of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == name)
    }

    /// Month and day on which the abolition of slavery is commemorated there (L3422-2).
    fn abolition_day(self) -> Option<(u32, u32)> {
        match self {
            Self::Metropole | Self::AlsaceMoselle => None,
            Self::Guadeloupe => Some((5, 27)),
            Self::Martinique => Some((5, 22)),
            Self::Guyane => Some((6, 10)),
            Self::Reunion => Some((12, 20)),
            Self::Mayotte => Some((4, 27)),
            Self::SaintBarthelemy => Some((10, 9)),
            Self::SaintMartin => Some((5, 28)),
        }
    }
}

/// A public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicHoliday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter (Alsace-Moselle).
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    Victory1945,
    /// 39 days after Easter.
    Ascension,
    /// 50 days after Easter.
    WhitMonday,
    /// 14 July.
    BastilleDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice,
    /// 25 December.
    Christmas,
    /// 26 December (Alsace-Moselle).
    StStephen,
    /// Overseas; its day depends on the region.
    AbolitionOfSlavery,
}

impl PublicHoliday {
    /// Every public holiday.
    pub const ALL: [Self; 14] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::LabourDay,
        Self::Victory1945,
        Self::Ascension,
        Self::WhitMonday,
        Self::BastilleDay,
        Self::Assumption,
        Self::AllSaints,
        Self::Armistice,
        Self::Christmas,
        Self::StStephen,
        Self::AbolitionOfSlavery,
    ];

    /// Its name in files and as a key of texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewYear => "new_year",
            Self::GoodFriday => "good_friday",
            Self::EasterMonday => "easter_monday",
            Self::LabourDay => "labour_day",
            Self::Victory1945 => "victory1945",
            Self::Ascension => "ascension",
            Self::WhitMonday => "whit_monday",
            Self::BastilleDay => "bastille_day",
            Self::Assumption => "assumption",
            Self::AllSaints => "all_saints",
            Self::Armistice => "armistice",
            Self::Christmas => "christmas",
            Self::StStephen => "st_stephen",
            Self::AbolitionOfSlavery => "abolition_of_slavery",
        }
    }

    /// Its day in `year` for `region`, or `None` where it is no holiday there.
    #[must_use]
    pub fn date(self, region: HolidayRegion, year: i32) -> Option<NaiveDate> {
        let alsatian = region == HolidayRegion::AlsaceMoselle;
        let (month, day) = match self {
            Self::GoodFriday if alsatian => return easter(year)?.checked_sub_days(Days::new(2)),
            Self::EasterMonday => return easter(year)?.checked_add_days(Days::new(1)),
            Self::Ascension => return easter(year)?.checked_add_days(Days::new(39)),
            Self::WhitMonday => return easter(year)?.checked_add_days(Days::new(50)),
            Self::GoodFriday => return None,
            Self::StStephen if !alsatian => return None,
            Self::AbolitionOfSlavery => region.abolition_day()?,
            Self::NewYear => (1, 1),
            Self::LabourDay => (5, 1),
            Self::Victory1945 => (5, 8),
            Self::BastilleDay => (7, 14),
            Self::Assumption => (8, 15),
            Self::AllSaints => (11, 1),
            Self::Armistice => (11, 11),
            Self::Christmas => (12, 25),
            Self::StStephen => (12, 26),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// The public holiday that falls on `date` in `region`. Two may fall on one day (1 May and Ascension in 2008):
/// the fixed one is named.
#[must_use]
pub fn public_holiday(region: HolidayRegion, date: NaiveDate) -> Option<PublicHoliday> {
    let on_that_day = || {
        PublicHoliday::ALL
            .into_iter()
            .filter(|h| h.date(region, date.year()) == Some(date))
    };
    on_that_day()
        .find(|h| !h.is_movable())
        .or_else(|| on_that_day().next())
}

/// The public holidays of `region` in `year`, in no particular order.
pub fn public_holidays(region: HolidayRegion, year: i32) -> impl Iterator<Item = (NaiveDate, PublicHoliday)> {
    PublicHoliday::ALL
        .into_iter()
        .filter_map(move |h| Some((h.date(region, year)?, h)))
}

impl PublicHoliday {
    fn is_movable(self) -> bool {
        matches!(
            self,
            Self::GoodFriday | Self::EasterMonday | Self::Ascension | Self::WhitMonday
        )
    }
}

/// Easter Sunday of `year` in the Gregorian calendar (Meeus, Jones and Butcher), from 1583 on.
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let epact_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - epact_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let from_march = epact + weekday - 7 * late + 114;
    let month = u32::try_from(from_march / 31).ok()?;
    let day = u32::try_from(from_march % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for text in [
            "1818-03-22",
            "1943-04-25",
            "2000-04-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
        ] {
            let date = day(text);
            assert_eq!(easter(date.year()), Some(date));
        }
        for year in 1583..=9999 {
            assert_eq!(easter(year).unwrap().weekday(), Weekday::Sun, "{year}");
        }
    }

    #[test]
    fn metropolitan_france_has_eleven_holidays() {
        let mut days: Vec<_> = public_holidays(HolidayRegion::Metropole, 2026)
            .map(|(d, _)| d.format("%m-%d").to_string())
            .collect();
        days.sort();
        let expected = [
            "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn regions_have_their_own_days() {
        use HolidayRegion as R;
        use PublicHoliday as H;
        for (region, date, holiday) in [
            (R::AlsaceMoselle, "2026-04-03", H::GoodFriday),
            (R::AlsaceMoselle, "2026-12-26", H::StStephen),
            (R::Guadeloupe, "2026-05-27", H::AbolitionOfSlavery),
            (R::Martinique, "2026-05-22", H::AbolitionOfSlavery),
            (R::Guyane, "2026-06-10", H::AbolitionOfSlavery),
            (R::Reunion, "2026-12-20", H::AbolitionOfSlavery),
            (R::Mayotte, "2026-04-27", H::AbolitionOfSlavery),
            (R::SaintBarthelemy, "2026-10-09", H::AbolitionOfSlavery),
            (R::SaintMartin, "2026-05-28", H::AbolitionOfSlavery),
        ] {
            assert_eq!(public_holiday(region, day(date)), Some(holiday), "{region:?}");
            assert_eq!(public_holiday(R::Metropole, day(date)), None, "{date}");
            assert_eq!(HolidayRegion::parse(region.as_str()), Some(region));
            assert_eq!(serde_json::to_value(region).unwrap(), region.as_str());
        }
        for holiday in H::ALL {
            assert_eq!(serde_json::to_value(holiday).unwrap(), holiday.as_str());
        }
    }

    #[test]
    fn a_fixed_holiday_gives_its_name_to_a_day_that_has_two() {
        assert_eq!(
            public_holiday(HolidayRegion::Metropole, day("2008-05-01")),
            Some(PublicHoliday::LabourDay)
        );
    }
}
