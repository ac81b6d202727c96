//! Facts of a text and their normal forms: numbers, hours, dates, amounts, phones, addresses, names.
//!
//! The one place that recognises them, for reading questions, for importers, and for the gate that compares a
//! model's words with their evidence.

pub(crate) mod clock;
pub(crate) mod date;
pub(crate) mod joint;
pub(crate) mod name;
mod network;
pub(crate) mod number;
mod quantity;
pub(crate) mod token;

pub use date::PartialDate;
pub use number::Decimal;

use crate::text::Span;
use chrono::{NaiveTime, Weekday};
use token::Tokens;

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// A number of anything.
    Number,
    /// A rank: "1er", "deuxième".
    Ordinal,
    /// An hour of the clock.
    Clock,
    /// A day of a month.
    Date,
    /// A month, of a year where one is written.
    Month,
    /// A weekday.
    Weekday,
    /// How long.
    Duration,
    /// How old.
    Age,
    /// How much money.
    Amount,
    /// A share of a hundred.
    Percentage,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A street and its number.
    Address,
    /// A name: a run of capitalised words.
    Name,
}

/// A unit of duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Sixty seconds.
    Minute,
    /// Sixty minutes.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// On which side of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Nothing is said of it.
    Exact,
    /// "Moins de".
    Under,
    /// "Plus de".
    Over,
}

/// A fact as a value: equal for "9 h 30" and "neuf heures trente".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Normal {
    /// A number.
    Number(Decimal),
    /// A rank.
    Ordinal(u64),
    /// An hour of the clock; 24 h is midnight.
    Clock(NaiveTime),
    /// A day of a month.
    Date(PartialDate),
    /// A month, 1 to 12.
    Month {
        /// 1 to 12.
        month: u32,
        /// Its year, if written.
        year: Option<i32>,
    },
    /// A weekday, "le lundi" and "les lundis" alike.
    Weekday(Weekday),
    /// A duration or an age.
    Duration {
        /// How many.
        count: Decimal,
        /// Of what.
        unit: Unit,
        /// On which side of it.
        bound: Bound,
    },
    /// Euros, in cents; "gratuit" is none.
    Amount {
        /// Hundredths of a euro.
        cents: u64,
        /// On which side of it.
        bound: Bound,
    },
    /// A percentage.
    Percentage(Decimal),
    /// A phone number with its country ("+33612345678"), or a short one ("3919").
    Phone(String),
    /// An e-mail address in lower case.
    Email(String),
    /// A web address without scheme, "www." and final slash.
    Url(String),
    /// A street number and its street, without capitals and accents.
    Address(String),
    /// A name, without capitals and accents.
    Name(String),
}

/// A fact of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: FactKind,
    /// Its value.
    pub normal: Normal,
}

/// A recognised fact and the first token after it.
type Found = (FactKind, Normal, usize);

/// The facts of `text`, in order, without overlap: of two that share words, the longer; of two ranges of hours or
/// of dates, each end is a fact.
#[must_use]
pub fn find(text: &str) -> Vec<Fact> {
    let tokens = Tokens::new(text);
    let mut facts: Vec<Fact> = network::find(text);
    let mut taken = facts
        .iter()
        .map(|fact| fact.span)
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    let mut others = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        while taken.next_if(|span| span.end <= token.span.start).is_some() {}
        // An e-mail or a web address is a fact as a whole.
        let limit = taken.peek().copied();
        if limit.is_some_and(|span| span.start < token.span.end) {
            at += 1;
            continue;
        }
        let found = fact_at(&tokens, at)
            .filter(|(_, _, next)| limit.is_none_or(|span| tokens.span(at, *next).end <= span.start));
        match found {
            Some((kind, normal, next)) if next > at => {
                others.push(Fact {
                    span: tokens.span(at, next),
                    kind,
                    normal,
                });
                at = next;
            }
            _ => at += 1,
        }
    }
    facts.extend(others);
    facts.sort_by_key(|fact| fact.span);
    facts
}

fn fact_at(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let readings = [
        network::phone(tokens, at),
        name::address(tokens, at),
        quantity::amount(tokens, at),
        quantity::percentage(tokens, at),
        quantity::clock(tokens, at),
        quantity::date(tokens, at),
        quantity::duration(tokens, at),
        quantity::month(tokens, at),
        quantity::weekday(tokens, at),
        name::name(tokens, at),
        quantity::ordinal(tokens, at),
        quantity::number(tokens, at),
    ];
    // The first of equally long readings wins.
    readings
        .into_iter()
        .flatten()
        .rev()
        .max_by_key(|(_, _, next)| *next)
}

/// The normal forms of the facts of `text`, in order.
#[must_use]
pub fn normal_forms(text: &str) -> Vec<Normal> {
    find(text).into_iter().map(|fact| fact.normal).collect()
}

#[cfg(test)]
mod tests;
