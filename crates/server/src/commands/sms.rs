//! `parvis sms simulate`: a telephone in the terminal, on the channel that real gateways use.

use super::{clock, open_existing, site};
use crate::cli;
use crate::config::Config;
use crate::sms::{Channel, Line, MemoryGateway, SmsSettings, Takes};
use crate::terminal::{plain, say};
use ::sms::gsm;
use ::sms::message::{Address, Inbound, Incoming, Outbound};
use anyhow::{Context, Result, anyhow, bail};
use assistant::Assistant;
use domain::site::Site;
use serde::Serialize;
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

/// The gateway's name; none of the configuration may have it, since it is no key.
const GATEWAY: &str = "(simulated)";
/// The number of a town that has none yet: of those that the regulator keeps for fiction.
const TOWN: &str = "+33199001234";

pub(super) async fn simulate(simulate: cli::Simulate, config: &Config) -> Result<ExitCode> {
    if config.database.url.is_some() {
        bail!(
            "other servers may answer from that database; simulate on a data directory, without database.url"
        );
    }
    let from =
        Address::parse(&simulate.from).with_context(|| format!("reading --from {:?}", simulate.from))?;
    let (assistant, data_dir) = open_existing(config).await?;
    // A server would answer through its own gateways.
    let _lock = data_dir.lock()?;
    no_other_waits(&assistant).await?;
    let site = site(&assistant, simulate.site.as_deref()).await?;
    assistant
        .catch_up()
        .await
        .context("bringing the index up to date")?;
    let clock = clock(simulate.now);
    let line = line(config, site)?;
    let to = line
        .settings
        .numbers
        .first()
        .context("reading the town's number")?;
    let to = Address::parse(to).context("reading the town's number")?;
    let public_url = match &config.server.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{}", config.server.listen)).context("making an address")?,
    };
    let channel = Channel::new(assistant.clone(), clock, vec![line], Some(public_url));
    let (gateway, pieces) = MemoryGateway::new();
    let mut phone = Phone {
        channel,
        gateway,
        pieces,
        from,
        to,
    };
    let asked = std::io::stdin().is_terminal();
    loop {
        if asked {
            prompt()?;
        }
        // Nothing else is to be done while the person types.
        let Some(text) = std::io::stdin().lock().lines().next() else {
            break;
        };
        let text = text.context("reading a message")?;
        let exchange = phone.send(text).await?;
        if simulate.json {
            say(serde_json::to_string(&exchange)?)?;
        } else {
            show(&exchange, asked)?;
        }
    }
    assistant.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What residents wrote before is answered through the town's gateway, not through this one.
async fn no_other_waits(assistant: &Assistant) -> Result<()> {
    let queues = assistant.sms_queues().await?;
    let waiting: u64 = queues
        .iter()
        .filter(|(gateway, _)| *gateway != GATEWAY)
        .map(|(_, queue)| queue.inbox)
        .sum();
    if waiting > 0 {
        bail!(
            "{waiting} messages of residents wait for their answers here; let `parvis serve` answer them first"
        );
    }
    Ok(())
}

/// The site's settings, with this gateway in place of its own.
fn line(config: &Config, site: Site) -> Result<Line> {
    let entry = config.sites.iter().find(|entry| entry.key == site.key);
    let settings = match entry.and_then(|entry| entry.sms.clone()) {
        Some(settings) => SmsSettings {
            gateway: GATEWAY.to_owned(),
            ..settings
        },
        None => SmsSettings::new(TOWN, GATEWAY),
    };
    Ok(Line {
        site,
        settings,
        takes: Takes::Segments,
    })
}

struct Phone {
    channel: Channel,
    gateway: MemoryGateway,
    pieces: UnboundedReceiver<Outbound>,
    from: Address,
    to: Address,
}

/// A message, and what the telephone showed afterwards.
#[derive(Debug, Serialize)]
struct Exchange {
    message: String,
    answers: Vec<Answer>,
    /// How many segments the town pays.
    cost: usize,
}

#[derive(Debug, Serialize)]
struct Answer {
    text: String,
    encoding: &'static str,
    segments: Vec<Segment>,
}

#[derive(Debug, Serialize)]
struct Segment {
    text: String,
    /// Septets, or units of sixteen bits.
    units: usize,
    /// How many it may have, beside its header.
    capacity: usize,
}

impl Phone {
    /// Writes to the town, and waits for all that it sends.
    async fn send(&mut self, text: String) -> Result<Exchange> {
        let inbound = Inbound {
            // Without a name, the same words would be the same message brought again.
            id: Some(random_name()?),
            from: self.from.clone(),
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

fn show(exchange: &Exchange, asked: bool) -> Result<()> {
    if !asked {
        say(format!("> {}", plain(&exchange.message)))?;
    }
    for answer in &exchange.answers {
        let total = answer.segments.len();
        for (at, segment) in (1..).zip(&answer.segments) {
            say(plain(&segment.text))?;
            let units = if answer.encoding == "GSM" {
                "septets"
            } else {
                "units"
            };
            say(format!(
                "    [{at}/{total}, {}, {} of {} {units}]",
                answer.encoding, segment.units, segment.capacity
            ))?;
        }
    }
    say(match exchange.cost {
        0 => "    no answer: 0 segments".to_owned(),
        1 => "    1 segment".to_owned(),
        cost => format!("    {cost} segments"),
    })?;
    Ok(())
}

fn prompt() -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(b"> ")?;
    Ok(out.flush()?)
}

fn random_name() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("naming a message: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
