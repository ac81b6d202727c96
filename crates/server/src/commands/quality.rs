//! `parvis quality`: the figures of /qualite, for the staff of a town.

use super::{clock, open_existing, site};
use crate::cli;
use crate::config::Config;
use crate::terminal::say;
use anyhow::{Context, Result};
use assistant::Taken;
use std::process::ExitCode;

pub(super) async fn run(args: cli::Quality, config: &Config) -> Result<ExitCode> {
    let (assistant, _) = open_existing(config).await?;
    let site = site(&assistant, args.site.as_deref()).await?;
    let quality = assistant
        .quality(&site, clock(args.now).now())
        .await
        .context("counting answers")?;
    assistant.close().await;
    if args.json {
        say(serde_json::to_string(&quality)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let line = |name: &str, figure: String| say(format!("{name:<20} {figure:>12}"));
    line("days", quality.days.to_string())?;
    for (verdict, count) in &quality.verdicts {
        line(verdict.as_str(), count.to_string())?;
    }
    for (name, count) in [
        ("given_to_model", quality.given_to_model),
        ("shown", quality.shown),
        ("dropped", quality.dropped),
    ] {
        line(name, count.to_string())?;
    }
    let energies = |name: &str, all: &[Taken]| -> Result<()> {
        for taken in all {
            let (mean, answers, method) = (taken.watt_hours_per_answer(), taken.answers, taken.method);
            line(name, format!("{mean:.6} Wh, mean of {answers} by {method}"))?;
        }
        Ok(())
    };
    energies("extracts", &quality.energy_of_extracts)?;
    energies("with_model", &quality.energy_with_model)?;
    Ok(ExitCode::SUCCESS)
}
