//! Hours of the clock as they are written: "9 h 30", "9:30", "neuf heures trente", "midi", "6 pm".

use super::number;
use super::token::{TokenKind, Tokens};
use chrono::NaiveTime;

/// How sure it is that an hour of the clock is meant, not a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockForm {
    /// "9 h 30", "midi", "9:30", "6 pm".
    Certain,
    /// "9 h", "neuf heures": the words before decide.
    WholeHours,
}

/// An hour at `at`. "24 h" is midnight.
pub(crate) fn clock(tokens: &Tokens<'_>, at: usize) -> Option<(NaiveTime, ClockForm, usize)> {
    named(tokens, at).or_else(|| written(tokens, at))
}

fn named(tokens: &Tokens<'_>, at: usize) -> Option<(NaiveTime, ClockForm, usize)> {
    let (hour, next) = match tokens.norm(at) {
        "midi" | "noon" => (12, at + 1),
        "minuit" | "midnight" => (0, at + 1),
        _ => return None,
    };
    let (minute, next) = spoken_minutes(tokens, next).unwrap_or((0, next));
    time(hour, minute).map(|time| (time, ClockForm::Certain, next))
}

fn written(tokens: &Tokens<'_>, at: usize) -> Option<(NaiveTime, ClockForm, usize)> {
    let in_figures = tokens.value(at, 2);
    if let Some(hour) = in_figures {
        if let Some(found) = with_colon(tokens, at, hour) {
            return Some(found);
        }
        if let Some((hour, next)) = half_day(tokens, at + 1, hour) {
            return time(hour, 0).map(|time| (time, ClockForm::Certain, next));
        }
    }
    let (hour, next) = match in_figures {
        Some(hour) => (hour, at + 1),
        None => number::words(tokens, at).and_then(|(hour, next)| Some((u32::try_from(hour).ok()?, next)))?,
    };
    if hour > 24 {
        return None;
    }
    let next = match tokens.norm(next) {
        "h" | "hr" | "hrs" if in_figures.is_some() => next + 1,
        "heure" | "heures" => next + 1,
        _ => return None,
    };
    let (minute, next, form) = match minutes(tokens, next) {
        Some((minute, next)) => (minute, next, ClockForm::Certain),
        None => (0, next, ClockForm::WholeHours),
    };
    match part_of_day(tokens, next, hour) {
        Some((hour, next)) => time(hour, minute).map(|time| (time, ClockForm::Certain, next)),
        None => time(hour, minute).map(|time| (time, form, next)),
    }
}

fn with_colon(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(NaiveTime, ClockForm, usize)> {
    let glued = |at: usize| tokens.is_glued(at);
    if tokens.norm(at + 1) != ":" || !glued(at + 1) || !glued(at + 2) || tokens.norm(at + 2).len() != 2 {
        return None;
    }
    let minute = tokens.value(at + 2, 2)?;
    let mut next = at + 3;
    let seconds =
        tokens.norm(next) == ":" && glued(next) && glued(next + 1) && tokens.norm(next + 1).len() == 2;
    if seconds && tokens.value(next + 1, 2).is_some() {
        next += 2;
    }
    let (hour, next) = half_day(tokens, next, hour).unwrap_or((hour, next));
    time(hour, minute).map(|time| (time, ClockForm::Certain, next))
}

fn half_day(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(u32, usize)> {
    let afternoon = match tokens.norm(at) {
        "am" => false,
        "pm" => true,
        _ => return None,
    };
    (1..=12)
        .contains(&hour)
        .then_some((hour % 12 + if afternoon { 12 } else { 0 }, at + 1))
}

fn minutes(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if tokens.norm(at).len() == 2
        && let Some(minute) = tokens.value(at, 2).filter(|minute| *minute < 60)
        && !starts_another_number(tokens, at)
    {
        let next = tokens.any(at + 1, &["min", "mn", "minutes"]).unwrap_or(at + 1);
        return Some((minute, next));
    }
    spoken_minutes(tokens, at)
}

/// "à 18 h 12 rue …" aside, figures after the hour are minutes unless they begin an hour or a date themselves.
fn starts_another_number(tokens: &Tokens<'_>, at: usize) -> bool {
    !tokens.is_glued(at)
        && tokens.kind(at + 1) == Some(TokenKind::Word)
        && matches!(tokens.norm(at + 1), "h" | "heures")
        || (tokens.is_glued(at + 1) && matches!(tokens.norm(at + 1), "/" | ":" | "h"))
}

fn spoken_minutes(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(next) = tokens.any(at, &["et demie", "et demi"]) {
        return Some((30, next));
    }
    if let Some(next) = tokens.any(at, &["et quart", "un quart"]) {
        return Some((15, next));
    }
    let (minute, next) = number::words(tokens, at)?;
    let minute = u32::try_from(minute).ok()?;
    let another_hour = matches!(tokens.norm(next), "h" | "heure" | "heures" | "euros" | "jours");
    ((5..60).contains(&minute) && !another_hour).then_some((minute, next))
}

fn part_of_day(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(u32, usize)> {
    if let Some(next) = tokens.any(at, &["du matin", "du mat"]) {
        return Some((hour, next));
    }
    let next = tokens.any(at, &["du soir", "de l apres midi", "de l aprem"])?;
    Some((if hour < 12 { hour + 12 } else { hour }, next))
}

fn time(hour: u32, minute: u32) -> Option<NaiveTime> {
    match (hour, minute) {
        (24, 0) => Some(NaiveTime::MIN),
        _ => NaiveTime::from_hms_opt(hour, minute, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let tokens = Tokens::new(text);
        clock(&tokens, 0)
            .filter(|found| found.2 == tokens.len())
            .map(|(time, _, _)| time.format("%H:%M").to_string())
    }

    #[test]
    fn every_way_of_writing_an_hour_is_read() {
        for (text, expected) in [
            ("9 h 30", "09:30"),
            ("9h30", "09:30"),
            ("9H30", "09:30"),
            ("9\u{202f}h\u{202f}30", "09:30"),
            ("09:30", "09:30"),
            ("9:30 pm", "21:30"),
            ("12 am", "00:00"),
            ("6pm", "18:00"),
            ("neuf heures trente", "09:30"),
            ("9 heures et demie", "09:30"),
            ("9 heures et quart", "09:15"),
            ("dix-huit heures", "18:00"),
            ("midi", "12:00"),
            ("midi et demi", "12:30"),
            ("minuit", "00:00"),
            ("24 h", "00:00"),
            ("8 h du soir", "20:00"),
            ("3 heures de l'après-midi", "15:00"),
            ("6h du mat", "06:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["25 h", "9 h 75", "9", "heures", "9:5", "48 heures"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
