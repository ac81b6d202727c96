//! Answers and their verdicts.

use crate::statement::Statement;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an answer amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The validated content answers.
    Answered,
    /// It answers part of what was asked.
    Partial,
    /// A short question back is needed.
    Clarify,
    /// What was known is out of date.
    Outdated,
    /// Another body is competent.
    Elsewhere,
    /// The validated content does not answer.
    Unknown,
    /// Someone may be in danger: emergency numbers first.
    Emergency,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 7] = [
        Self::Answered,
        Self::Partial,
        Self::Clarify,
        Self::Outdated,
        Self::Elsewhere,
        Self::Unknown,
        Self::Emergency,
    ];

    /// Its name on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Partial => "partial",
            Self::Clarify => "clarify",
            Self::Outdated => "outdated",
            Self::Elsewhere => "elsewhere",
            Self::Unknown => "unknown",
            Self::Emergency => "emergency",
        }
    }

    /// The verdict of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == name)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What Parvis answers to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What it amounts to.
    pub verdict: Verdict,
    /// What is said, in order.
    pub statements: Vec<Statement>,
    /// The calibrated probability, 0 to 1, that the content holds the answer and that this is it.
    pub confidence: f32,
}
