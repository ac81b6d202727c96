//! An OpenStreetMap expression, evaluated day by day with the town's holidays.

use super::{OpeningHoursError, TimeRange, Uncertain};
use crate::calendar::{TownCalendar, public_holidays};
use chrono::{NaiveDate, NaiveTime};
use opening_hours::{Context, ContextHolidays, RuleKind};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleOperator, day::WeekDayRange};
use regex::Regex;
use std::sync::{Arc, LazyLock};

/// Years whose public holidays are told to the expression.
const HOLIDAY_YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

#[derive(Debug, Clone)]
pub(super) struct Expression {
    with_holidays: opening_hours::OpeningHours,
    without_holidays: opening_hours::OpeningHours,
}

/// What an expression says of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evaluation {
    pub(super) intervals: Vec<TimeRange>,
    pub(super) uncertain: Option<Uncertain>,
    pub(super) comments: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holidays {
    Observed,
    Ignored,
}
impl Expression {
    pub(super) fn parse(text: &str, original: &str, public: &Context) -> Result<Self, OpeningHoursError> {
        let short = || original.chars().take(200).collect::<String>();
        let syntax = |e: opening_hours_syntax::Error| OpeningHoursError::Syntax {
            expression: short(),
            reason: e.to_string(),
        };
        let mut rules = opening_hours_syntax::parse(text).map_err(syntax)?;
        for span in rules.rules.iter().flat_map(|rule| &rule.time_selector.spans) {
            check_span(span, short)?;
        }
        put_holiday_closures_last(&mut rules);
        let parsed: opening_hours::OpeningHours = rules.to_string().parse().map_err(syntax)?;
        Ok(Self {
            with_holidays: parsed.clone().with_context(public.clone()),
            without_holidays: parsed,
        })
    }

    pub(super) fn evaluate(&self, date: NaiveDate, holidays: Holidays) -> Evaluation {
        let hours = match holidays {
            Holidays::Observed => &self.with_holidays,
            Holidays::Ignored => &self.without_holidays,
        };
        let mut evaluation = Evaluation {
            intervals: Vec::new(),
            uncertain: None,
            comments: Vec::new(),
        };
        let mut open = Vec::new();
        for range in hours.schedule_at(date) {
            let minutes = (
                range.range.start.mins_from_midnight(),
                range.range.end.mins_from_midnight(),
            );
            let comment = (!range.comment.is_empty()).then(|| range.comment.to_string());
            match (range.kind, comment) {
                // A comment alone is read as the whole day by the parser: the town did not say the hours.
                (RuleKind::Open, Some(comment)) if minutes == (0, DAY) => {
                    evaluation.uncertain = Some(Uncertain::Comment(comment));
                }
                (RuleKind::Unknown, Some(comment)) => {
                    evaluation.uncertain = Some(Uncertain::Comment(comment));
                }
                (RuleKind::Unknown, None) => evaluation.uncertain = Some(Uncertain::Declared),
                (kind, comment) => {
                    evaluation
                        .comments
                        .extend(comment.filter(|c| !evaluation.comments.contains(c)));
                    if kind == RuleKind::Open {
                        open.push(minutes);
                    }
                }
            }
        }
        let before = date
            .pred_opt()
            .map(|d| open_minutes(hours, d))
            .unwrap_or_default();
        let after = date
            .succ_opt()
            .map(|d| open_minutes(hours, d))
            .unwrap_or_default();
        evaluation.intervals = attributed(open, &before, &after);
        evaluation
    }
}

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The latest hour, in minutes, at which a night that began the day before can end.
const NIGHT_END: u16 = 12 * 60;

fn open_minutes(hours: &opening_hours::OpeningHours, date: NaiveDate) -> Vec<(u16, u16)> {
    hours
        .schedule_at(date)
        .into_iter()
        .filter(|range| range.kind == RuleKind::Open)
        .map(|range| {
            (
                range.range.start.mins_from_midnight(),
                range.range.end.mins_from_midnight(),
            )
        })
        .collect()
}

/// Gives the hours after midnight back to the evening that they prolong.
fn attributed(mut open: Vec<(u16, u16)>, before: &[(u16, u16)], after: &[(u16, u16)]) -> Vec<TimeRange> {
    let evening = |day: &[(u16, u16)]| day.last().is_some_and(|&(start, end)| end == DAY && start > 0);
    let night_end = |day: &[(u16, u16)]| match day.first() {
        Some(&(0, end)) if end <= NIGHT_END => Some(end),
        _ => None,
    };
    let prolonged = night_end(after).filter(|_| evening(&open));
    if evening(before) && night_end(&open).is_some() {
        open.remove(0);
    }
    if let (Some(end), Some(last)) = (prolonged, open.last_mut()) {
        last.1 = end;
    }
    open.into_iter()
        .map(|(start, end)| (clock(start), clock(end)))
        .collect()
}

fn clock(minutes: u16) -> NaiveTime {
    let seconds = u32::from(minutes % DAY) * 60;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
}

fn check_span(span: &TimeSpan, expression: impl Fn() -> String) -> Result<(), OpeningHoursError> {
    let solar = |time: &Time| matches!(time, Time::Variable(_));
    if solar(&span.range.start) || solar(&span.range.end) {
        return Err(OpeningHoursError::SolarTime(expression()));
    }
    if span.open_end {
        return Err(OpeningHoursError::OpenEnd(expression()));
    }
    if span.repeats.is_some() {
        return Err(OpeningHoursError::Repetition(expression()));
    }
    Ok(())
}

/// By the letter of the syntax a later rule overrides "PH off", which nobody who writes it means.
fn put_holiday_closures_last(expression: &mut OpeningHoursExpression) {
    if expression
        .rules
        .iter()
        .all(|rule| rule.operator == RuleOperator::Normal)
    {
        expression.rules.sort_by_key(|rule| {
            let days = &rule.day_selector;
            let only_holidays = !days.weekday.is_empty()
                && days
                    .weekday
                    .iter()
                    .all(|day| matches!(day, WeekDayRange::Holiday { .. }));
            rule.kind == RuleKind::Closed && only_holidays
        });
    }
}

pub(super) fn public_context(calendar: &TownCalendar) -> Context {
    // The calendar's own type belongs to a crate that is not named here: an empty one is cloned.
    let mut days = ContextHolidays::default().get_public().clone();
    for (date, _) in HOLIDAY_YEARS.flat_map(|year| public_holidays(calendar.region, year)) {
        days.insert(date);
    }
    Context::default().with_holidays(ContextHolidays::new(Arc::new(days), Arc::default()))
}

/// An expression as it reads in term and, where it speaks of school holidays, as it reads in these.
pub(super) struct SchoolVariants {
    pub(super) term: String,
    pub(super) holidays: Option<String>,
}

static SCHOOL: LazyLock<Option<SchoolPatterns>> = LazyLock::new(SchoolPatterns::new);

struct SchoolPatterns {
    quoted: Regex,
    ambiguous: Regex,
    and_weekdays: Regex,
    word: Regex,
}

impl SchoolPatterns {
    fn new() -> Option<Self> {
        let weekday = "(?:Mo|Tu|We|Th|Fr|Sa|Su)";
        let one = format!(r"{weekday}(?:\s*-\s*{weekday})?(?:\[[^\]]*\])?");
        Some(Self {
            quoted: Regex::new(r#""[^"]*""#).ok()?,
            ambiguous: Regex::new(&format!(r"(?i){weekday}\s+(?:SH|PH)\b|\bPH\s+{weekday}\b")).ok()?,
            and_weekdays: Regex::new(&format!(r"(?i)\bSH\s+({one}(?:\s*,\s*{one})*)")).ok()?,
            word: Regex::new(r"(?i)\bSH\b").ok()?,
        })
    }
}

/// The parser reads "SH Mo-Fr" as school holidays *or* Monday to Friday; OpenStreetMap means both at once. So that
/// neither reading nor an unknown school calendar leads astray, each case has its own expression.
pub(super) fn school_variants(expression: &str) -> Result<SchoolVariants, OpeningHoursError> {
    let whole = SchoolVariants {
        term: expression.to_owned(),
        holidays: None,
    };
    let Some(patterns) = SCHOOL.as_ref() else {
        return Ok(whole);
    };
    let mut term = String::new();
    let mut holidays = String::new();
    let mut done = 0;
    let quotes = patterns.quoted.find_iter(expression).map(|m| m.range());
    for quote in quotes.chain(std::iter::once(expression.len()..expression.len())) {
        let rules = &expression[done..quote.start];
        if patterns.ambiguous.is_match(rules) {
            return Err(OpeningHoursError::AmbiguousHoliday(
                expression.chars().take(200).collect(),
            ));
        }
        // No school calendar is told to the parser, so a lone "SH" never applies.
        term.push_str(&patterns.and_weekdays.replace_all(rules, "SH"));
        let every_day = patterns.and_weekdays.replace_all(rules, "$1");
        holidays.push_str(&patterns.word.replace_all(&every_day, "Mo-Su"));
        term.push_str(&expression[quote.clone()]);
        holidays.push_str(&expression[quote.clone()]);
        done = quote.end;
    }
    let matters = holidays != expression;
    Ok(if matters {
        SchoolVariants {
            term,
            holidays: Some(holidays),
        }
    } else {
        whole
    })
}
