//! How many messages came and what became of them: no numbers of telephones, no words.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Since the program started.
#[derive(Debug, Default)]
pub(crate) struct Counts([AtomicU64; Fate::ALL.len()]);

/// What became of a message, or of what should have been one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Stored, to be answered.
    Received,
    /// Brought again, and known already.
    Known,
    /// Of a sender or to a number that is not answered, or of a sender who floods.
    TurnedAway,
    /// Answered.
    Answered,
    /// Left without an answer: repeated, over a limit, silenced.
    Silent,
    /// A webhook that was not the gateway's, or that could not be read.
    WebhookRefused,
    /// A webhook whose content could not be stored; the gateway brings it again.
    WebhookNotStored,
}

impl Fate {
    const ALL: [Self; 7] = [
        Self::Received,
        Self::Known,
        Self::TurnedAway,
        Self::Answered,
        Self::Silent,
        Self::WebhookRefused,
        Self::WebhookNotStored,
    ];

    /// Its name in the metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Known => "known",
            Self::TurnedAway => "turned_away",
            Self::Answered => "answered",
            Self::Silent => "silent",
            Self::WebhookRefused => "webhook_refused",
            Self::WebhookNotStored => "webhook_not_stored",
        }
    }
}

impl Counts {
    /// One more.
    pub(crate) fn add(&self, fate: Fate) {
        self.0[fate as usize].fetch_add(1, Relaxed);
    }

    /// Each with its count.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Fate, u64)> {
        Fate::ALL
            .into_iter()
            .zip(self.0.iter().map(|count| count.load(Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fate_has_its_own_count() {
        for (at, fate) in Fate::ALL.into_iter().enumerate() {
            assert_eq!(fate as usize, at);
        }
        let counts = Counts::default();
        counts.add(Fate::Silent);
        let told: Vec<_> = counts.all().filter(|(_, count)| *count > 0).collect();
        assert_eq!(told, [(Fate::Silent, 1)]);
    }
}
