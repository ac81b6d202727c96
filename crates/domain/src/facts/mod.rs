//! Facts of a text and their normal forms: numbers, hours, dates, amounts, phones, names.

pub(crate) mod clock;
pub(crate) mod date;
pub(crate) mod number;
pub(crate) mod token;

/// A fact that the evidence does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the evidence does not hold {0:?}")]
pub struct Unsupported(pub String);

/// Whether every fact of `words` stands in `evidence`.
pub fn supported_by(_words: &str, _evidence: &str) -> Result<(), Unsupported> {
    Ok(())
}
