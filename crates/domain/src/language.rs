//! The languages that residents are understood and answered in, and how each writes dates and hours.

use crate::calendar::wording::{self, Wording};
use crate::calendar::{english, french};
use crate::site::Site;
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// A language that Parvis speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French, the language of the pages.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Portuguese.
    #[serde(rename = "pt")]
    Portuguese,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Italian.
    #[serde(rename = "it")]
    Italian,
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Ukrainian.
    #[serde(rename = "uk")]
    Ukrainian,
    /// Chinese, in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Every language, in the order of their declaration.
    pub const ALL: [Self; 9] = [
        Self::French,
        Self::English,
        Self::Spanish,
        Self::Portuguese,
        Self::German,
        Self::Italian,
        Self::Arabic,
        Self::Ukrainian,
        Self::Chinese,
    ];

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::German => "de",
            Self::Italian => "it",
            Self::Arabic => "ar",
            Self::Ukrainian => "uk",
            Self::Chinese => "zh",
        }
    }

    /// What those who speak it call it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::German => "Deutsch",
            Self::Italian => "Italiano",
            Self::Arabic => "العربية",
            Self::Ukrainian => "Українська",
            Self::Chinese => "中文",
        }
    }

    /// Which way it is written, as HTML's `dir` says it.
    #[must_use]
    pub fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            _ => "ltr",
        }
    }

    /// The language of a tag such as "en" or "en-GB", whatever its region.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Whether a site speaks it.
    #[must_use]
    pub fn is_spoken_by(self, site: &Site) -> bool {
        site.settings.languages.iter().any(|tag| tag == self.tag())
    }

    /// The first language of a site.
    #[must_use]
    pub fn first_of(site: &Site) -> Self {
        let first = site.settings.languages.first();
        first.and_then(|tag| Self::parse(tag)).unwrap_or(Self::French)
    }

    /// The language to answer in on a site: the question's where the site speaks it, else English where it speaks
    /// that, else its first.
    #[must_use]
    pub fn of_answer(self, site: &Site) -> Self {
        [self, Self::English]
            .into_iter()
            .find(|language| language.is_spoken_by(site))
            .unwrap_or_else(|| Self::first_of(site))
    }

    fn writing(self) -> Writing {
        match self {
            Self::French => Writing::French,
            Self::English => Writing::English,
            Self::Spanish => Writing::Worded(&wording::SPANISH),
            Self::Portuguese => Writing::Worded(&wording::PORTUGUESE),
            Self::German => Writing::Worded(&wording::GERMAN),
            Self::Italian => Writing::Worded(&wording::ITALIAN),
            Self::Arabic => Writing::Worded(&wording::ARABIC),
            Self::Ukrainian => Writing::Worded(&wording::UKRAINIAN),
            Self::Chinese => Writing::Worded(&wording::CHINESE),
        }
    }

    /// "18 March 2026".
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        match self.writing() {
            Writing::French => format!("{} {}", french::day_month(date), date.year()),
            Writing::English => format!("{} {}", english::day_month(date), date.year()),
            Writing::Worded(wording) => wording.date(date),
        }
    }

    /// "Wednesday 18 March".
    pub fn date_day(self, date: NaiveDate) -> String {
        match self.writing() {
            Writing::French => french::date_day(date),
            Writing::English => english::date_day(date),
            Writing::Worded(wording) => wording.date_day(date),
        }
    }

    /// "Wednesday".
    pub fn weekday(self, day: Weekday) -> &'static str {
        match self.writing() {
            Writing::French => french::weekday(day),
            Writing::English => english::weekday(day),
            Writing::Worded(wording) => wording.weekday(day),
        }
    }

    /// "9:30 am".
    pub fn time(self, time: NaiveTime) -> String {
        match self.writing() {
            Writing::French => french::time(time),
            Writing::English => english::time(time),
            Writing::Worded(wording) => wording.time(time),
        }
    }

    /// "from 9 am to noon and from 2 pm to 5 pm".
    pub fn time_ranges(self, ranges: &[(NaiveTime, NaiveTime)]) -> String {
        match self.writing() {
            Writing::French => french::time_ranges(ranges),
            Writing::English => english::time_ranges(ranges),
            Writing::Worded(wording) => wording.time_ranges(ranges),
        }
    }

    /// What parts the members of a list whose members hold commas.
    pub fn semicolon(self) -> &'static str {
        match self {
            Self::French => "\u{202f}; ",
            Self::Arabic => "؛ ",
            Self::Chinese => "；",
            _ => "; ",
        }
    }
}

/// French and English have rules of their own.
enum Writing {
    French,
    English,
    Worded(&'static Wording),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_dates_and_hours_in_its_own_way() {
        let day: NaiveDate = "2026-03-18".parse().unwrap();
        let at = |text: &str| text.parse::<NaiveTime>().unwrap();
        let hours = [(at("09:00:00"), at("12:30:00")), (at("13:30:00"), at("17:00:00"))];
        for (language, date, ranges) in [
            (
                Language::Spanish,
                "miércoles 18 de marzo",
                "de 9:00 a 12:30 y de 13:30 a 17:00",
            ),
            (
                Language::Portuguese,
                "quarta-feira, 18 de março",
                "das 9:00 às 12:30 e das 13:30 às 17:00",
            ),
            (
                Language::German,
                "Mittwoch, 18. März",
                "von 9:00 bis 12:30 Uhr und von 13:30 bis 17:00 Uhr",
            ),
            (
                Language::Italian,
                "mercoledì 18 marzo",
                "dalle 9:00 alle 12:30 e dalle 13:30 alle 17:00",
            ),
            (
                Language::Arabic,
                "الأربعاء 18 مارس",
                "من 9:00 إلى 12:30 ومن 13:30 إلى 17:00",
            ),
            (
                Language::Ukrainian,
                "середа, 18 березня",
                "з 9:00 до 12:30 та з 13:30 до 17:00",
            ),
            (Language::Chinese, "3月18日星期三", "9:00至12:30和13:30至17:00"),
        ] {
            assert_eq!(language.date_day(day), date);
            assert_eq!(language.time_ranges(&hours), ranges);
        }
        assert_eq!(
            Language::Italian.date("2026-05-01".parse().unwrap()),
            "1º maggio 2026"
        );
        assert_eq!(Language::Chinese.date(day), "2026年3月18日");
    }

    #[test]
    fn a_language_that_a_site_does_not_speak_is_answered_in_english_else_in_the_first() {
        use crate::calendar::{HolidayRegion, SchoolZone, TownCalendar};
        use crate::ids::SiteId;
        use crate::site::SiteSettings;
        let site = |languages: &[&str]| Site {
            id: SiteId(1),
            key: "ville".to_owned(),
            settings: SiteSettings {
                name: "Ville".to_owned(),
                calendar: TownCalendar {
                    timezone: chrono_tz::Europe::Paris,
                    region: HolidayRegion::Metropole,
                    zone: SchoolZone::B,
                },
                languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
                origins: Vec::new(),
                default_counter: None,
                web_retention_days: 1,
            },
        };
        let asked = Language::Ukrainian;
        assert_eq!(asked.of_answer(&site(&["fr", "en", "uk"])), asked);
        assert_eq!(asked.of_answer(&site(&["fr", "en"])), Language::English);
        assert_eq!(asked.of_answer(&site(&["fr", "de"])), Language::French);
        assert_eq!(Language::French.of_answer(&site(&["fr", "en"])), Language::French);
    }

    #[test]
    fn each_language_stands_at_its_own_place_among_all() {
        for (at, language) in Language::ALL.into_iter().enumerate() {
            assert_eq!(language as usize, at);
        }
    }

    #[test]
    fn a_tag_is_read_whatever_its_region() {
        assert_eq!(Language::parse("zh-Hans-CN"), Some(Language::Chinese));
        assert_eq!(Language::parse("EN_gb"), Some(Language::English));
        assert_eq!(Language::parse("frp"), None);
        assert_eq!(Language::parse(""), None);
    }
}
