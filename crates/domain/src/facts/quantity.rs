//! Amounts, percentages, hours, dates, durations, ranks and plain numbers as facts.

use super::clock::{self as clocks, ClockForm};
use super::number::{self, Decimal};
use super::token::{TokenKind, Tokens};
use super::{Bound, FactKind, Found, Normal, Unit, date as dates};

/// Figures or words; "un" and "une" alone are articles.
fn any_number(tokens: &Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
    number::figures(tokens, at)
        .or_else(|| number::words(tokens, at).map(|(value, next)| (Decimal::from(value), next)))
}

/// "Moins de", "plus de" just before the quantity belong to it.
fn bounded(tokens: &Tokens<'_>, at: usize) -> (Bound, usize) {
    if let Some(next) = tokens.any(
        at,
        &["moins de", "inferieur a", "inferieure a", "under", "less than"],
    ) {
        return (Bound::Under, next);
    }
    match tokens.any(
        at,
        &["plus de", "superieur a", "superieure a", "over", "more than"],
    ) {
        Some(next) => (Bound::Over, next),
        None => (Bound::Exact, at),
    }
}

pub(super) fn amount(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    if let Some(next) = tokens.any(
        at,
        &[
            "gratuit",
            "gratuite",
            "gratuits",
            "gratuites",
            "gratuitement",
            "free of charge",
        ],
    ) {
        return Some((
            FactKind::Amount,
            Normal::Amount {
                cents: 0,
                bound: Bound::Exact,
            },
            next,
        ));
    }
    let (bound, start) = bounded(tokens, at);
    let (cents, next) = euros(tokens, start)?;
    Some((FactKind::Amount, Normal::Amount { cents, bound }, next))
}

fn euros(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    if tokens.norm(at) == "€" {
        let (value, next) = number::figures(tokens, at + 1)?;
        return Some((value.hundredths()?, next));
    }
    let (value, next) = any_number(tokens, at)?;
    if let Some(next) = tokens.any(next, &["centime", "centimes", "cents"]) {
        return Some((value.whole()?, next));
    }
    let after_of = tokens.any(next, &["d"]).map_or(next, |n| tokens.past_joints(n));
    let next = tokens.any(after_of, &["€", "euro", "euros", "eur"])?;
    let cents = value.hundredths()?;
    if let Some(whole) = value.whole() {
        // "12 € 50", "12 euros et 50 centimes".
        if let Some((extra, end)) = extra_cents(tokens, next) {
            return Some((whole.checked_mul(100)?.checked_add(extra)?, end));
        }
    }
    Some((cents, next))
}

fn extra_cents(tokens: &Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let start = tokens.word(at, "et").unwrap_or(at);
    let (value, next) = any_number(tokens, start)?;
    let cents = value.whole().filter(|cents| *cents < 100)?;
    if let Some(end) = tokens.any(next, &["centime", "centimes", "cents"]) {
        return Some((cents, end));
    }
    let two_figures = start == at && tokens.kind(at) == Some(TokenKind::Digits) && tokens.norm(at).len() == 2;
    let in_words = start == at && tokens.kind(at) == Some(TokenKind::Word) && cents >= 10;
    // "12 € 50 personnes" is an amount and a number.
    let alone = tokens.kind(next) != Some(TokenKind::Word)
        || matches!(
            tokens.norm(next),
            "par" | "la" | "le" | "et" | "pour" | "net" | "brut" | "de" | "au" | "en" | "avec"
        );
    ((two_figures || in_words) && alone).then_some((cents, next))
}

pub(super) fn percentage(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (value, next) = any_number(tokens, at)?;
    let next = tokens.any(next, &["%", "pour cent", "pourcent", "percent"])?;
    Some((FactKind::Percentage, Normal::Percentage(value), next))
}

pub(super) fn clock(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (time, form, next) = clocks::clock(tokens, at)?;
    // "Midi" inside "après-midi" is no hour.
    let inside_word = tokens.norm_before(at) == "-" && tokens.is_glued(at);
    if inside_word && tokens.kind(at) == Some(TokenKind::Word)
        || tokens.norm_before(at) == "apres" && tokens.norm(at) == "midi"
    {
        return None;
    }
    (form == ClockForm::Certain || !is_lasting(tokens, at, next)).then_some((
        FactKind::Clock,
        Normal::Clock(time),
        next,
    ))
}

/// Whether "2 heures" says how long: the words around decide, and an hour that no clock shows at work.
fn is_lasting(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let before = tokens.norm_before(at);
    let after = tokens.norm(next);
    let announced = matches!(
        before,
        "pendant"
            | "durant"
            | "dans"
            | "sous"
            | "en"
            | "toutes"
            | "moins"
            | "plus"
            | "maximum"
            | "minimum"
            | "delai"
            | "duree"
            | "environ"
            | "pour"
            | "chaque"
            | "premieres"
            | "premiere"
    );
    let of_a_delay = before == "de"
        && at.checked_sub(2).is_some_and(|b| {
            matches!(
                tokens.norm(b),
                "moins" | "plus" | "delai" | "duree" | "partir" | "limite"
            )
        })
        && at.checked_sub(2).is_some_and(|b| tokens.norm(b) != "partir");
    let followed = matches!(
        after,
        "par"
            | "avant"
            | "apres"
            | "sur"
            | "/"
            | "maximum"
            | "minimum"
            | "gratuites"
            | "gratuite"
            | "consecutives"
    ) || (after == "de" && !matches!(before, "a" | "des" | "vers"));
    let whole_day = tokens.value(at, 2) == Some(24) && !matches!(before, "a" | "-");
    announced || of_a_delay || followed || whole_day
}

pub(super) fn date(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (date, next) = dates::date(tokens, at)?;
    Some((FactKind::Date, Normal::Date(date), next))
}

/// "Mars 2026", "en mars"; "mai" too, but not "sept", which is a number.
pub(super) fn month(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (month, next) = dates::month(tokens, at)?;
    let (year, next) = dates::year(tokens, next).map_or((None, next), |(year, next)| (Some(year), next));
    let abbreviated = tokens.norm(at).len() <= 4
        && !matches!(
            tokens.norm(at),
            "mars" | "mai" | "juin" | "aout" | "june" | "july"
        );
    (!abbreviated || year.is_some()).then_some((FactKind::Month, Normal::Month { month, year }, next))
}

pub(super) fn weekday(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (weekday, next) = dates::weekday(tokens, at)?;
    Some((FactKind::Weekday, Normal::Weekday(weekday), next))
}

/// "Deux mois", "48 heures", "moins de 18 ans".
pub(super) fn duration(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (bound, start) = bounded(tokens, at);
    let (count, next) = any_number(tokens, start)?;
    let working = tokens.any(next, &["demi"]).is_some();
    let (unit, next) = match tokens.norm(next) {
        _ if working => return None,
        "minute" | "minutes" | "min" | "mn" => (Unit::Minute, next + 1),
        "heure" | "heures" | "h" | "hour" | "hours" => (Unit::Hour, next + 1),
        "jour" | "jours" | "day" | "days" => (Unit::Day, next + 1),
        "semaine" | "semaines" | "week" | "weeks" => (Unit::Week, next + 1),
        "mois" | "month" | "months" => (Unit::Month, next + 1),
        "an" | "ans" | "annee" | "annees" | "year" | "years" => (Unit::Year, next + 1),
        _ => return None,
    };
    let before = tokens.norm_before(at);
    let age = unit == Unit::Year
        && (bound != Bound::Exact
            || matches!(before, "age" | "agee" | "ages" | "agees" | "des" | "de" | "a"));
    let kind = if age { FactKind::Age } else { FactKind::Duration };
    Some((kind, Normal::Duration { count, unit, bound }, next))
}

pub(super) fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let (rank, next) = number::ordinal(tokens, at)?;
    Some((FactKind::Ordinal, Normal::Ordinal(rank), next))
}

pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let in_words = tokens.kind(at) == Some(TokenKind::Word);
    if let Some((value, next)) = any_number(tokens, at) {
        let article = in_words && next == at + 1 && value == Decimal::from(1);
        // "Neuf" alone may be an adjective, "six" is not; "cent" and "mille" are numbers.
        return (!article).then_some((FactKind::Number, Normal::Number(value), next));
    }
    // A number too long to compute with still has to be the evidence's own.
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Digits)?;
    Some((FactKind::Number, Normal::Name(token.norm.clone()), at + 1))
}
