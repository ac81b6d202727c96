//! Dates and hours in the languages whose ways of writing them differ by words and order alone.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

/// How a language writes dates and hours. In the patterns, `{…}` stands for what is filled in.
#[derive(Debug)]
pub struct Wording {
    /// Monday first.
    weekdays: [&'static str; 7],
    /// January first, in the form that stands beside a day.
    months: [&'static str; 12],
    /// The first day of a month.
    first: &'static str,
    day_month: &'static str,
    with_year: &'static str,
    with_weekday: &'static str,
    range: &'static str,
    /// Between two ranges, and before the last one.
    joint: &'static str,
    last_joint: &'static str,
    /// An end at midnight.
    midnight: &'static str,
    /// A range that ends where it starts.
    around_the_clock: &'static str,
}

impl Wording {
    /// The name of a weekday.
    #[must_use]
    pub fn weekday(&self, day: Weekday) -> &'static str {
        let index = day.num_days_from_monday() as usize;
        self.weekdays.get(index).copied().unwrap_or_default()
    }

    fn day_month(&self, date: NaiveDate) -> String {
        let day = match date.day() {
            1 => self.first.to_owned(),
            day => day.to_string(),
        };
        let month = self
            .months
            .get(date.month0() as usize)
            .copied()
            .unwrap_or_default();
        self.day_month.replace("{day}", &day).replace("{month}", month)
    }

    /// The date with its year.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        let with_year = self.with_year.replace("{year}", &date.year().to_string());
        with_year.replace("{date}", &self.day_month(date))
    }

    /// The date with its weekday.
    #[must_use]
    pub fn date_day(&self, date: NaiveDate) -> String {
        let with_weekday = self
            .with_weekday
            .replace("{weekday}", self.weekday(date.weekday()));
        with_weekday.replace("{date}", &self.day_month(date))
    }

    /// "9:30".
    #[must_use]
    pub fn time(&self, time: NaiveTime) -> String {
        format!("{}:{:02}", time.hour(), time.minute())
    }

    /// The ranges, enumerated; no range at all gives an empty text.
    #[must_use]
    pub fn time_ranges(&self, ranges: &[(NaiveTime, NaiveTime)]) -> String {
        let parts: Vec<_> = ranges.iter().map(|range| self.time_range(*range)).collect();
        match parts.split_last() {
            None => String::new(),
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{}{}{last}", before.join(self.joint), self.last_joint),
        }
    }

    fn time_range(&self, (start, end): (NaiveTime, NaiveTime)) -> String {
        if start == end {
            return self.around_the_clock.to_owned();
        }
        let end = match end {
            NaiveTime::MIN => self.midnight.to_owned(),
            end => self.time(end),
        };
        self.range
            .replace("{start}", &self.time(start))
            .replace("{end}", &end)
    }
}

/// Spanish.
pub static SPANISH: Wording = Wording {
    weekdays: [
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
    ],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    first: "1",
    day_month: "{day} de {month}",
    with_year: "{date} de {year}",
    with_weekday: "{weekday} {date}",
    range: "de {start} a {end}",
    joint: ", ",
    last_joint: " y ",
    midnight: "medianoche",
    around_the_clock: "las 24 horas",
};

/// Portuguese.
pub static PORTUGUESE: Wording = Wording {
    weekdays: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ],
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    first: "1",
    day_month: "{day} de {month}",
    with_year: "{date} de {year}",
    with_weekday: "{weekday}, {date}",
    range: "das {start} às {end}",
    joint: ", ",
    last_joint: " e ",
    midnight: "24:00",
    around_the_clock: "24 horas por dia",
};

/// German.
pub static GERMAN: Wording = Wording {
    weekdays: [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    first: "1",
    day_month: "{day}. {month}",
    with_year: "{date} {year}",
    with_weekday: "{weekday}, {date}",
    range: "von {start} bis {end} Uhr",
    joint: ", ",
    last_joint: " und ",
    midnight: "24:00",
    around_the_clock: "rund um die Uhr",
};

/// Italian.
pub static ITALIAN: Wording = Wording {
    weekdays: [
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
    ],
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    first: "1º",
    day_month: "{day} {month}",
    with_year: "{date} {year}",
    with_weekday: "{weekday} {date}",
    range: "dalle {start} alle {end}",
    joint: ", ",
    last_joint: " e ",
    midnight: "24:00",
    around_the_clock: "24 ore su 24",
};

/// Arabic, with the names of months of Morocco, Egypt and the Gulf.
pub static ARABIC: Wording = Wording {
    weekdays: [
        "الاثنين",
        "الثلاثاء",
        "الأربعاء",
        "الخميس",
        "الجمعة",
        "السبت",
        "الأحد",
    ],
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    first: "1",
    day_month: "{day} {month}",
    with_year: "{date} {year}",
    with_weekday: "{weekday} {date}",
    range: "من {start} إلى {end}",
    joint: "، ",
    last_joint: " و",
    midnight: "منتصف الليل",
    around_the_clock: "على مدار الساعة",
};

/// Ukrainian.
pub static UKRAINIAN: Wording = Wording {
    weekdays: [
        "понеділок",
        "вівторок",
        "середа",
        "четвер",
        "п’ятниця",
        "субота",
        "неділя",
    ],
    months: [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    first: "1",
    day_month: "{day} {month}",
    with_year: "{date} {year} року",
    with_weekday: "{weekday}, {date}",
    range: "з {start} до {end}",
    joint: ", ",
    last_joint: " та ",
    midnight: "24:00",
    around_the_clock: "цілодобово",
};

/// Chinese, in simplified characters.
pub static CHINESE: Wording = Wording {
    weekdays: [
        "星期一",
        "星期二",
        "星期三",
        "星期四",
        "星期五",
        "星期六",
        "星期日",
    ],
    months: [
        "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月",
    ],
    first: "1",
    day_month: "{month}{day}日",
    with_year: "{year}年{date}",
    with_weekday: "{date}{weekday}",
    range: "{start}至{end}",
    joint: "、",
    last_joint: "和",
    midnight: "24:00",
    around_the_clock: "24小时",
};
