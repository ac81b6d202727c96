//! What a gateway brings: stored first, acknowledged then.

use super::keywords::Keyword;
use super::{Channel, Fate, place};
use assistant::{About, NewInbound, PieceReceipt, ReceiptState, Received};
use chrono::TimeDelta;
use sms::message::{Address, AddressKind, Inbound, Incoming};

/// How long the same words are the same message brought again, where the gateway does not name its messages.
const ONCE_WITHIN: TimeDelta = TimeDelta::minutes(2);
/// How many messages of one sender may wait.
const BACKLOG: u32 = 10;

/// Why nothing may be acknowledged: the gateway has to bring it again.
#[derive(Debug, thiserror::Error)]
#[error("storing what a gateway brought: {0}")]
pub(crate) struct Unstored(#[from] assistant::Error);

impl Channel {
    /// Stores what a gateway brought; it may be acknowledged once this returns.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn receive(&self, gateway: &str, incoming: Vec<Incoming>) -> Result<(), Unstored> {
        let now = self.clock.now();
        let mut messages = Vec::new();
        for incoming in incoming {
            match incoming {
                Incoming::Message(inbound) => messages.extend(self.accepted(gateway, inbound)),
                Incoming::Receipt(receipt) => {
                    let receipt = PieceReceipt {
                        gateway: gateway.to_owned(),
                        about: match receipt.about {
                            sms::message::About::Ours(id) => About::Ours(id),
                            sms::message::About::Theirs(id) => About::Theirs(sms::smpp::normal_id(&id)),
                        },
                        state: state(receipt.state),
                        detail: receipt.error,
                    };
                    self.assistant.sms_receipt(receipt, now).await?;
                }
                Incoming::Taken { ours, theirs } => {
                    let theirs = theirs.map(|id| sms::smpp::normal_id(&id));
                    self.assistant.sms_taken(&ours, theirs, now).await?;
                }
            }
        }
        if !messages.is_empty() {
            for received in self.assistant.receive_sms(messages).await? {
                self.counts.add(match received {
                    Received::New(_) => Fate::Received,
                    Received::Known | Received::Late => Fate::Known,
                    Received::TooMany => Fate::TurnedAway,
                });
            }
        }
        Ok(())
    }

    /// The message to be stored; none for a number that is nobody's, or a sender who cannot or may not be answered.
    fn accepted(&self, gateway: &str, inbound: Inbound) -> Option<NewInbound> {
        let line = self.lines.values().find(|line| {
            let numbers = &line.settings.numbers;
            numbers.iter().any(|number| same_number(number, &inbound.to))
        });
        let Some(line) = line else {
            tracing::warn!(
                gateway,
                "an SMS came for a number that no site has; see site.sms.numbers"
            );
            self.counts.add(Fate::TurnedAway);
            return None;
        };
        if let Some(reason) = self.unanswerable(&inbound.from, &line.settings.countries) {
            // A number without its country is a setting to correct, here or at the gateway.
            if inbound.from.kind() == AddressKind::National {
                tracing::warn!(gateway, reason, "an SMS came that is not answered");
            } else {
                tracing::info!(gateway, reason, "an SMS came that is not answered");
            }
            self.counts.add(Fate::TurnedAway);
            return None;
        }
        // A part is no keyword, whatever its words.
        let is_keyword = inbound.concatenation.is_none() && Keyword::read(&inbound.text).is_some();
        Some(NewInbound {
            site: line.site.id,
            gateway: gateway.to_owned(),
            gateway_id: inbound.id,
            from: inbound.from.as_str().to_owned(),
            to: inbound.to.as_str().to_owned(),
            once_within: (!is_keyword).then_some(ONCE_WITHIN),
            text: inbound.text,
            place: inbound.concatenation.map(place),
            backlog: BACKLOG,
            at: self.clock.now(),
        })
    }

    fn unanswerable(&self, from: &Address, countries: &[String]) -> Option<&'static str> {
        match from.kind() {
            AddressKind::Alphanumeric => Some("a name cannot be answered"),
            AddressKind::ShortCode => Some("short codes are not answered"),
            AddressKind::National => Some("its country is not known"),
            AddressKind::International => {
                let ours = self
                    .lines
                    .values()
                    .flat_map(|line| &line.settings.numbers)
                    .any(|number| same_number(number, from));
                let allowed = countries
                    .iter()
                    .any(|country| from.as_str().starts_with(country.as_str()));
                if ours {
                    Some("our own number")
                } else if allowed {
                    None
                } else {
                    Some("its country is not answered")
                }
            }
        }
    }
}

fn same_number(written: &str, address: &Address) -> bool {
    Address::parse(written).is_ok_and(|written| written == *address)
}

fn state(state: sms::message::ReceiptState) -> ReceiptState {
    use sms::message::ReceiptState as Reported;
    match state {
        Reported::Enroute | Reported::Accepted => ReceiptState::Underway,
        Reported::Delivered => ReceiptState::Delivered,
        Reported::Expired
        | Reported::Deleted
        | Reported::Undeliverable
        | Reported::Rejected
        | Reported::Unknown => ReceiptState::Undelivered,
    }
}
