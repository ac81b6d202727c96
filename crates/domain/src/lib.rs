//! The vocabulary of Parvis: what a town validates, and what may be said from it.
//!
//! Pure functions and types: no IO, no async, no SQL, no wire format. The clock is a parameter.

pub mod answer;
pub mod calendar;
pub mod clock;
pub mod document;
pub mod energy;
pub mod facts;
pub mod fold;
pub mod gate;
pub mod ids;
pub mod language;
pub mod life;
pub mod lock;
pub mod opening;
pub mod passage;
pub mod personal_data;
pub mod phrase;
pub mod published;
pub mod recurrence;
pub mod rule;
pub mod sentence;
pub mod site;
pub mod statement;
pub mod text;
pub mod time_expression;
pub mod translation;
