//! The channel of SMS: what a gateway brings is stored, answered by `assistant::ask`, and sent.

mod answer;
mod compose;
mod counts;
mod entries;
mod gateways;
mod keywords;
mod memory;
mod names;
pub(crate) mod phone;
mod receive;
mod send;
mod settings;
pub(crate) mod spending;
#[cfg(test)]
mod tests;

pub(crate) use counts::{Counts, Fate};
pub(crate) use entries::GatewayEntry;
pub(crate) use gateways::Gateways;
use memory::MemoryGateway;
pub(crate) use settings::SmsSettings;
use spending::Spending;

use ::sms::gsm;
use ::sms::message::Concatenation;
use assistant::{Assistant, Encoding, Place};
use chrono::TimeDelta;
use domain::clock::Clock;
use domain::ids::SiteId;
use domain::site::Site;
use std::collections::HashMap;
use tokio::sync::watch;
use url::Url;

/// How long a worker may take to answer one message, before another takes it for dead.
const ANSWERING: TimeDelta = TimeDelta::seconds(10);
/// How long a gateway may take over one piece, with all retries and time-outs, before the piece is in doubt.
const SENDING: TimeDelta = TimeDelta::seconds(60);
/// How long the parts of a message are waited for.
const PARTS_WAIT: TimeDelta = TimeDelta::seconds(60);

/// How a gateway takes a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Segment by segment, as we cut it.
    Segments,
    /// Whole: it cuts it itself.
    WholeTexts,
}

/// A site that is written to.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The site.
    pub(crate) site: Site,
    /// What it decided.
    pub(crate) settings: SmsSettings,
    /// How its gateway takes answers.
    pub(crate) takes: Takes,
    /// The address that its links begin with; without one there are none.
    pub(crate) public_url: Option<Url>,
}

/// A segment's place, as the inbox and the outbox keep it.
fn place(concatenation: Concatenation) -> Place {
    Place {
        reference: concatenation.reference,
        total: concatenation.total,
        part: concatenation.part,
    }
}

/// How a text travels, as the outbox keeps it.
fn encoding(text: &gsm::Text) -> Encoding {
    match text.encoding() {
        gsm::Encoding::Gsm => Encoding::Gsm,
        gsm::Encoding::Ucs2 => Encoding::Ucs2,
    }
}

/// The same, as gateways are told it.
fn travels(encoding: Encoding) -> gsm::Encoding {
    match encoding {
        Encoding::Gsm => gsm::Encoding::Gsm,
        Encoding::Ucs2 => gsm::Encoding::Ucs2,
    }
}

/// The channel, shared by its workers and by whoever brings messages.
pub(crate) struct Channel {
    assistant: Assistant,
    clock: Clock,
    lines: HashMap<SiteId, Line>,
    /// What became of the messages.
    pub(crate) counts: Counts,
}

impl Channel {
    /// The channel of the sites that have numbers.
    pub(crate) fn new(assistant: Assistant, clock: Clock, lines: Vec<Line>) -> Self {
        let lines = lines.into_iter().map(|line| (line.site.id, line)).collect();
        Self {
            assistant,
            clock,
            lines,
            counts: Counts::default(),
        }
    }

    /// What each site sent of what it may.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn spending(&self) -> Result<Vec<Spending>, assistant::Error> {
        let mut spending = Vec::new();
        for line in self.lines.values() {
            spending
                .extend(spending::of(&self.assistant, &line.site, &line.settings, self.clock.now()).await?);
        }
        spending.sort_by(|one, other| (&one.site, one.period).cmp(&(&other.site, other.period)));
        Ok(spending)
    }

    /// Answers what waits now.
    ///
    /// # Errors
    /// When a message cannot be answered; it is claimed again when its lease ends.
    pub(crate) async fn answer_waiting(&self) -> anyhow::Result<()> {
        while self.answer_next().await? {}
        Ok(())
    }

    /// Answers what comes, until told to stop.
    pub(crate) async fn answer(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.answer_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "an SMS could not be answered; it is tried again"),
            }
            tokio::select! {
                () = self.assistant.sms_came() => {}
                // Parts that never come, and what another process stored.
                () = tokio::time::sleep(std::time::Duration::from_millis(500)) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }
}
