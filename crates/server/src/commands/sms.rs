//! `parvis sms simulate`: a telephone in the terminal, on the channel that real gateways use.

use super::{clock, open_existing, site, with_second_opinion};
use crate::cli;
use crate::config::Config;
use crate::sms::phone::{self, Exchange, Phone};
use crate::terminal::{plain, say};
use ::sms::message::Address;
use anyhow::{Context, Result, bail};
use assistant::Assistant;
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use url::Url;

pub(super) async fn simulate(simulate: cli::Simulate, config: &Config) -> Result<ExitCode> {
    if config.database.url.is_some() {
        bail!(
            "other servers may answer from that database; simulate on a data directory, without database.url"
        );
    }
    let from =
        Address::parse(&simulate.from).with_context(|| format!("reading --from {:?}", simulate.from))?;
    let (assistant, data_dir) = open_existing(config).await?;
    let assistant = with_second_opinion(assistant, config)?;
    // A server would answer through its own gateways.
    let _lock = data_dir.lock()?;
    no_other_waits(&assistant).await?;
    let site = site(&assistant, simulate.site.as_deref()).await?;
    assistant
        .catch_up()
        .await
        .context("bringing the index up to date")?;
    let entry = config.sites.iter().find(|entry| entry.key == site.key);
    let settings = entry.and_then(|entry| entry.sms.clone());
    let public_url = match &config.server.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{}", config.server.listen)).context("making an address")?,
    };
    let mut phone = Phone::new(
        assistant.clone(),
        clock(simulate.now),
        (site, settings),
        public_url,
    )?;
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
        let exchange = phone.send(&from, text).await?;
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
        .filter(|(gateway, _)| *gateway != phone::GATEWAY)
        .map(|(_, queue)| queue.inbox)
        .sum();
    if waiting > 0 {
        bail!(
            "{waiting} messages of residents wait for their answers here; let `parvis serve` answer them first"
        );
    }
    Ok(())
}

fn show(exchange: &Exchange, asked: bool) -> Result<()> {
    if !asked {
        say(format!("> {}", plain(&exchange.message)))?;
    }
    for answer in &exchange.answers {
        let total = answer.segments.len();
        for (at, segment) in (1..).zip(&answer.segments) {
            say(plain(segment.text.trim_end()))?;
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
