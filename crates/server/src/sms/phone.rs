//! A telephone without a network: messages through the real channel, for the terminal and the demo's page.

use super::names::random_hex;
use super::{Channel, Line, MemoryGateway, SmsSettings, Takes};
use anyhow::{Context, Result};
use assistant::Assistant;
use domain::clock::Clock;
use domain::site::Site;
use serde::Serialize;
use sms::gsm;
use sms::message::{Address, Inbound, Incoming, Outbound};
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

/// The gateway's name; none of the configuration may have it, since it is no key.
pub(crate) const GATEWAY: &str = "(simulated)";
/// The number of a town that has none yet: of those that the regulator keeps for fiction.
const TOWN: &str = "+33199001234";

/// A telephone that writes to one town, and whose messages reach nobody else.
pub(crate) struct Phone {
    channel: Channel,
    gateway: MemoryGateway,
    pieces: UnboundedReceiver<Outbound>,
    to: Address,
}

/// A message, and what the telephone showed afterwards.
#[derive(Debug, Serialize)]
pub(crate) struct Exchange {
    /// What was written.
    pub(crate) message: String,
    /// What came in return.
    pub(crate) answers: Vec<Answer>,
    /// How many segments the town pays.
    pub(crate) cost: usize,
}

/// A message to the telephone.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// Its text.
    pub(crate) text: String,
    /// How it travels: "GSM" or "UCS-2".
    pub(crate) encoding: &'static str,
    /// What is paid for.
    pub(crate) segments: Vec<Segment>,
}

/// What is paid for once.
#[derive(Debug, Serialize)]
pub(crate) struct Segment {
    /// Its text.
    pub(crate) text: String,
    /// Septets, or units of sixteen bits.
    pub(crate) units: usize,
    /// How many it may have, beside its header.
    pub(crate) capacity: usize,
}

impl Phone {
    /// A telephone that writes to a site as that site decided, or as one that decided nothing.
    ///
    /// # Errors
    /// When the site's number is none.
    pub(crate) fn new(
        assistant: Assistant,
        clock: Clock,
        (site, settings): (Site, Option<SmsSettings>),
        public_url: Url,
    ) -> Result<Self> {
        let settings = match settings {
            Some(settings) => SmsSettings {
                gateway: GATEWAY.to_owned(),
                ..settings
            },
            None => SmsSettings::new(TOWN, GATEWAY),
        };
        let number = settings.numbers.first().map_or(TOWN, String::as_str);
        let to = Address::parse(number).context("reading the town's number")?;
        let line = Line {
            site,
            settings,
            takes: Takes::Segments,
            public_url: Some(public_url),
        };
        let (gateway, pieces) = MemoryGateway::new();
        Ok(Self {
            channel: Channel::new(assistant, clock, vec![line]),
            gateway,
            pieces,
            to,
        })
    }

    /// Writes to the town, and waits for all that it sends.
    ///
    /// # Errors
    /// When the channel cannot work.
    pub(crate) async fn send(&mut self, from: &Address, text: String) -> Result<Exchange> {
        let inbound = Inbound {
            // Without a name, the same words would be the same message brought again.
            id: Some(random_hex::<16>()?),
            from: from.clone(),
            to: self.to.clone(),
            text: text.clone(),
            concatenation: None,
        };
        self.channel
            .receive(GATEWAY, vec![Incoming::Message(inbound)])
            .await?;
        self.channel.answer_waiting().await?;
        self.channel.send_waiting(GATEWAY, &self.gateway).await?;
        let mut messages: Vec<Vec<Outbound>> = Vec::new();
        while let Ok(piece) = self.pieces.try_recv() {
            let follows = piece.concatenation.is_some_and(|place| place.part > 1);
            match messages.last_mut().filter(|_| follows) {
                Some(message) => message.push(piece),
                None => messages.push(vec![piece]),
            }
        }
        let answers: Vec<Answer> = messages.into_iter().map(answer).collect();
        Ok(Exchange {
            message: text,
            cost: answers.iter().map(|answer| answer.segments.len()).sum(),
            answers,
        })
    }
}

fn answer(pieces: Vec<Outbound>) -> Answer {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let encoding = gsm::Text::new(&text).encoding();
    let segments = pieces.into_iter().map(|piece| {
        let header = piece.concatenation.map(gsm::udh::encode).unwrap_or_default();
        Segment {
            units: match encoding {
                gsm::Encoding::Gsm => gsm::Text::new(&piece.text).units(),
                gsm::Encoding::Ucs2 => piece.text.encode_utf16().count(),
            },
            capacity: encoding.capacity(header.len()),
            text: piece.text,
        }
    });
    Answer {
        segments: segments.collect(),
        encoding: match encoding {
            gsm::Encoding::Gsm => "GSM",
            gsm::Encoding::Ucs2 => "UCS-2",
        },
        text,
    }
}
