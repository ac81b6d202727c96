//! Where "now" comes from: the one place that reads the machine's clock.

use chrono::{DateTime, Utc};

/// The source of instants, handed to whoever needs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same instant: tests, and `--now` on the command line.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The current instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one reader of the machine's clock")]
            Self::System => Utc::now(),
            Self::Fixed(instant) => *instant,
        }
    }
}
