//! `parvis purge`: what has expired goes now.

use super::open_existing;
use crate::config::Config;
use crate::terminal::say;
use anyhow::{Context, Result};
use domain::clock::Clock;
use std::process::ExitCode;

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let (assistant, _) = open_existing(config).await?;
    let purged = assistant
        .purge(Clock::System.now())
        .await
        .context("deleting what has expired")?;
    say(format!(
        "deleted {} conversations with {} questions, and the keys of {} periods",
        purged.conversations, purged.turns, purged.keys
    ))?;
    assistant.close().await;
    Ok(ExitCode::SUCCESS)
}
