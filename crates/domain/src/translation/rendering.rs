//! The ways of writing a fact of a French extract in another language.

use super::lexicon::{Lexicon, Pattern};
use crate::facts::{Fact, FactKind, Normal, PartialDate, Unit};
use crate::fold::fold;
use chrono::{NaiveTime, Timelike, Weekday};

/// The tables of the weekdays, Monday first.
pub(super) const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// The tables of the months, January first.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// What may stand behind the day of a date.
const DAY_ENDINGS: [&str; 11] = ["", "st", "nd", "rd", "th", "º", ".º", "°", ".", "er", "日"];
/// Numbers that are taken for a year.
const YEARS: std::ops::RangeInclusive<u64> = 1900..=2199;

/// The ways of writing the day of a date whose month another date beside it names: "from 1 to 15 August".
pub(super) fn day_alone(day: u32) -> Vec<Pattern> {
    DAY_ENDINGS
        .map(|ending| Pattern::exactly(&format!("{day}{ending}")))
        .into()
}

/// The ways of writing `fact`, which stands in French as `written`.
pub(super) fn ways(fact: &Fact, written: &str, lexicon: &Lexicon) -> Vec<Pattern> {
    let mut ways = match &fact.normal {
        Normal::Number(number) => number.hundredths().map_or_else(Vec::new, |hundredths| {
            let mut ways = decimal(hundredths, lexicon);
            if number.whole().is_some_and(|whole| YEARS.contains(&whole)) {
                ways.extend(with_units(&ways.clone(), lexicon.table("year")));
            }
            ways
        }),
        Normal::Ordinal(rank) => ordinal(*rank, lexicon),
        Normal::Clock(time) => {
            let mut ways = clock(*time, lexicon);
            // "4 heures" is a time or how long.
            if fold(written).contains("heure") && time.minute() == 0 {
                let hours = decimal(u64::from(time.hour()) * 100, lexicon);
                ways.extend(with_units(&hours, lexicon.table("hour")));
            }
            ways
        }
        Normal::Date(day) => date(*day, lexicon),
        Normal::Month { month, year } => month_ways(*month, *year, lexicon),
        Normal::Weekday(day) => weekday(*day, lexicon),
        Normal::Duration { count, unit, .. } => count.hundredths().map_or_else(Vec::new, |hundredths| {
            let numbers = decimal(hundredths, lexicon);
            let units = lexicon.table(unit_table(*unit));
            let mut counted = with_units(&numbers, units);
            if hundredths == 100 {
                // "Less than a year" has no number in many languages.
                counted.extend_from_slice(units);
            }
            match fact.kind {
                // "Dès 3 ans" is "from 3" in many languages.
                FactKind::Age => numbers.into_iter().chain(counted).collect(),
                _ => counted,
            }
        }),
        Normal::Amount { cents, .. } => amount(*cents, lexicon),
        Normal::Percentage(share) => share.hundredths().map_or_else(Vec::new, |hundredths| {
            with_units(&decimal(hundredths, lexicon), lexicon.table("percent"))
        }),
        Normal::Phone(_) | Normal::Email(_) | Normal::Url(_) | Normal::Address(_) | Normal::Name(_) => {
            vec![Pattern::exactly(written)]
        }
    };
    ways.retain(|way| !way.is_empty());
    ways
}

fn unit_table(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

/// Each number before each unit, with or without a hyphen.
fn with_units(numbers: &[Pattern], units: &[Pattern]) -> Vec<Pattern> {
    let hyphen = Pattern::exactly("-");
    let pairs = numbers
        .iter()
        .flat_map(|number| units.iter().map(move |unit| (number, unit)));
    pairs
        .flat_map(|(number, unit)| [number.then(unit), number.then(&hyphen).then(unit)])
        .collect()
}

/// A number of hundredths, with the decimal and grouping signs that are usual somewhere, or in words.
fn decimal(hundredths: u64, lexicon: &Lexicon) -> Vec<Pattern> {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let mut grouped = vec![whole.to_string()];
    if whole >= 1_000 {
        let (thousands, last) = (whole / 1_000, whole % 1_000);
        grouped.extend([" ", ".", ",", "'"].map(|sign| format!("{thousands}{sign}{last:03}")));
    }
    if rest > 0 {
        let short = (rest % 10 == 0).then_some(rest / 10);
        let decimals = std::iter::once(format!("{rest:02}")).chain(short.map(|tenths| tenths.to_string()));
        let decimals: Vec<String> = decimals.collect();
        return grouped
            .iter()
            .flat_map(|whole| decimals.iter().map(move |decimals| (whole, decimals)))
            .flat_map(|(whole, decimals)| [format!("{whole}.{decimals}"), format!("{whole},{decimals}")])
            .map(|way| Pattern::exactly(&way))
            .collect();
    }
    let in_words = lexicon.table(&format!("n{whole}")).iter().cloned();
    grouped
        .iter()
        .map(|way| Pattern::exactly(way))
        .chain(in_words)
        .collect()
}

fn amount(cents: u64, lexicon: &Lexicon) -> Vec<Pattern> {
    let mut numbers = decimal(cents, lexicon);
    if cents.is_multiple_of(100) {
        let whole = cents / 100;
        numbers.extend([format!("{whole}.00"), format!("{whole},00")].map(|way| Pattern::exactly(&way)));
    }
    let euros = lexicon.table("euro");
    let before = numbers
        .iter()
        .flat_map(|number| euros.iter().map(|euro| euro.then(number)));
    let before: Vec<Pattern> = before.collect();
    with_units(&numbers, euros).into_iter().chain(before).collect()
}

fn ordinal(rank: u64, lexicon: &Lexicon) -> Vec<Pattern> {
    let endings = [
        "st", "nd", "rd", "th", "e", "er", "º", "ª", ".", ".º", ".ª", "°", "-й", "-я", "-е",
    ];
    let figures = endings.map(|ending| Pattern::exactly(&format!("{rank}{ending}")));
    let chinese = Pattern::exactly(&format!("第{rank}"));
    let in_words = lexicon.table(&format!("o{rank}")).iter().cloned();
    figures.into_iter().chain([chinese]).chain(in_words).collect()
}

fn weekday(day: Weekday, lexicon: &Lexicon) -> Vec<Pattern> {
    let name = DAYS.get(day.num_days_from_monday() as usize);
    name.map_or_else(Vec::new, |name| lexicon.table(name).to_vec())
}

fn month_names(month: u32, lexicon: &Lexicon) -> Vec<Pattern> {
    let name = MONTHS.get((month as usize).saturating_sub(1));
    name.map_or_else(Vec::new, |name| lexicon.table(name).to_vec())
}

fn month_ways(month: u32, year: Option<i32>, lexicon: &Lexicon) -> Vec<Pattern> {
    let names = month_names(month, lexicon);
    match year {
        None => names,
        Some(year) => names
            .iter()
            .flat_map(|name| with_year(name, year, lexicon))
            .collect(),
    }
}

/// What stands before a year, or after it.
fn with_year(way: &Pattern, year: i32, lexicon: &Lexicon) -> Vec<Pattern> {
    let figures = Pattern::exactly(&year.to_string());
    let joints = ["", "de", ","].map(Pattern::exactly);
    let mut ways: Vec<Pattern> = joints
        .iter()
        .map(|joint| way.then(joint).then(&figures))
        .collect();
    for word in lexicon.table("year") {
        ways.push(way.then(&figures).then(word));
        ways.push(figures.then(word).then(way));
    }
    ways
}

fn date(date: PartialDate, lexicon: &Lexicon) -> Vec<Pattern> {
    let PartialDate { year, month, day } = date;
    let days = day_alone(day);
    let joints = ["", "de", "of", "-е", "-го"].map(Pattern::exactly);
    let mut ways = Vec::new();
    for name in month_names(month, lexicon) {
        for day in &days {
            ways.extend(joints.iter().map(|joint| day.then(joint).then(&name)));
            ways.push(name.then(day));
        }
    }
    if let Some(year) = year {
        ways = ways
            .iter()
            .flat_map(|way| with_year(way, year, lexicon))
            .collect();
        let figures = [
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}/{month}/{year}"),
            format!("{day:02}.{month:02}.{year}"),
            format!("{day}.{month}.{year}"),
            format!("{year}-{month:02}-{day:02}"),
        ];
        ways.extend(figures.map(|way| Pattern::exactly(&way)));
    }
    ways
}

fn clock(time: NaiveTime, lexicon: &Lexicon) -> Vec<Pattern> {
    let (hour, minute) = (time.hour(), time.minute());
    let mut ways = at(hour, minute, lexicon);
    if hour == 0 && minute == 0 {
        ways.extend(at(24, 0, lexicon));
        ways.extend_from_slice(lexicon.table("midnight"));
    }
    if hour == 12 && minute == 0 {
        let figures = Pattern::exactly("12");
        for noon in lexicon.table("noon") {
            ways.extend([noon.clone(), figures.then(noon)]);
        }
    }
    // "2:30 pm": twice twelve hours, and which.
    let half = lexicon.table(if hour < 12 { "morning" } else { "evening" });
    let twelfth = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    let mut clocks = at(twelfth, minute, lexicon);
    clocks.extend(at(hour, minute, lexicon));
    if minute == 0 {
        clocks.push(Pattern::exactly(&twelfth.to_string()));
    }
    for half in half {
        ways.extend(
            clocks
                .iter()
                .flat_map(|clock| [clock.then(half), half.then(clock)]),
        );
    }
    ways
}

/// "9:30", "09:30", "9.30", "9h30", "9 Uhr 30", and what languages write behind.
fn at(hour: u32, minute: u32, lexicon: &Lexicon) -> Vec<Pattern> {
    let hours = lexicon.table("hours");
    let mut ways: Vec<Pattern> = [
        format!("{hour}:{minute:02}"),
        format!("{hour:02}:{minute:02}"),
        format!("{hour}.{minute:02}"),
    ]
    .iter()
    .map(|way| Pattern::exactly(way))
    .collect();
    let followed = ways
        .iter()
        .flat_map(|way| hours.iter().map(|word| way.then(word)));
    let followed: Vec<Pattern> = followed.collect();
    ways.extend(followed);
    let figures = Pattern::exactly(&hour.to_string());
    let minutes = Pattern::exactly(&format!("{minute:02}"));
    for word in hours {
        if minute == 0 {
            ways.push(figures.then(word));
        } else {
            ways.push(figures.then(word).then(&minutes));
            let unit = lexicon.table("minute").iter().chain(lexicon.table("minutes"));
            ways.extend(unit.map(|unit| figures.then(word).then(&minutes).then(unit)));
        }
    }
    ways
}
