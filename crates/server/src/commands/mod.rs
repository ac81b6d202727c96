//! The commands, one file each, and what they share: the configuration, the data directory, the sites.

mod ask;
mod check;
mod demo;
mod exam;
mod import;
mod purge;
mod quality;
mod review;
mod serve;
mod sms;

use crate::cli::{self, Cli, Command, Global};
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::logging;
use anyhow::{Context, Result, anyhow, bail};
use assistant::{Assistant, IndexPlace, Setup, Target};
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::site::Site;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Blocking work (SQLite, index files) waits on threads of its own; these two only hand it over.
const WORKER_THREADS: usize = 2;
const DATABASE: &str = "parvis.db";

/// Runs the command.
///
/// # Errors
/// Whatever stopped it, for the person who typed it.
pub(crate) fn run(cli: Cli) -> Result<ExitCode> {
    let mut config = Config::load(cli.global.config.as_deref())?;
    // A command's own output is not mixed with news of how it came about; servers tell what they do.
    let serving = matches!(cli.command, Command::Serve(_) | Command::Demo(_));
    let louder = |times: u8| i8::try_from(times).unwrap_or(i8::MAX);
    logging::start(
        &config.log,
        louder(cli.global.verbose) - louder(cli.global.quiet) - i8::from(!serving),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKER_THREADS)
        .enable_all()
        .build()
        .context("starting the program's threads")?;
    match cli.command {
        Command::Demo(demo) => {
            config.server.data_dir = cli
                .global
                .data_dir
                .unwrap_or_else(|| config.server.data_dir.join("demo"));
            runtime.block_on(demo::run(demo, config))
        }
        Command::Serve(serve) => {
            settle_data_dir(&mut config, &cli.global);
            runtime.block_on(serve::run(&serve, config))
        }
        Command::Ask(ask) => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(ask::run(ask, &config))
        }
        Command::Import(import) => {
            settle_data_dir(&mut config, &cli.global);
            runtime.block_on(import::run(import, &config))
        }
        Command::Review(review) => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(review::run(review, &config))
        }
        Command::Exam(exam) => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(exam::run(exam, &config))
        }
        Command::Quality(quality) => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(quality::run(quality, &config))
        }
        Command::Sms(cli::Sms::Simulate(simulate)) => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(sms::simulate(simulate, &config))
        }
        Command::Check => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(check::run(&config))
        }
        Command::Purge => {
            find_data_dir(&mut config, &cli.global);
            runtime.block_on(purge::run(&config))
        }
    }
}

fn settle_data_dir(config: &mut Config, global: &Global) {
    if let Some(given) = &global.data_dir {
        config.server.data_dir.clone_from(given);
    }
}

/// Where nothing was chosen and only the demo was started, the demo's data is meant.
fn find_data_dir(config: &mut Config, global: &Global) {
    settle_data_dir(config, global);
    let demo = config.server.data_dir.join("demo");
    let chosen = global.data_dir.is_some() || global.config.is_some();
    if !chosen && !config.server.data_dir.join(DATABASE).exists() && demo.join(DATABASE).exists() {
        config.server.data_dir = demo;
    }
}

/// The clock of a command that may be given its instant.
fn clock(now: Option<DateTime<Utc>>) -> Clock {
    now.map_or(Clock::System, Clock::Fixed)
}

/// Opens the installation in a data directory, with the sites of the configuration.
async fn open(config: &Config, data_dir: &DataDir) -> Result<Assistant> {
    let store = match &config.database.url {
        Some(url) => Target::Postgres(url.clone()),
        None => Target::SqliteFile(data_dir.join(DATABASE)),
    };
    let index = IndexPlace::Directory(data_dir.join("index"));
    let setup = Setup {
        store,
        index,
        installation_key: data_dir.installation_key()?,
    };
    let opening = || format!("opening the installation in {}", data_dir.path().display());
    let assistant = Assistant::open(setup).await.with_context(opening)?;
    for entry in &config.sites {
        let doing = || format!("setting up the site {}", entry.key);
        assistant
            .ensure_site(&entry.key, entry.settings()?)
            .await
            .with_context(doing)?;
    }
    Ok(assistant)
}

/// The same with the second opinion of the configuration, for what ranks documents.
fn with_second_opinion(assistant: Assistant, config: &Config) -> Result<Assistant> {
    Ok(match config.second_opinion.opinion()? {
        Some(opinion) => assistant.with_second_opinion(opinion),
        None => assistant,
    })
}

/// The same with all models of the configuration and a meter, for what answers residents.
fn with_models(assistant: Assistant, config: &Config) -> Result<Assistant> {
    let assistant = with_second_opinion(assistant, config)?.with_meter(config.energy.meter());
    Ok(match config.model.model()? {
        Some(model) => assistant.with_model(model),
        None => assistant,
    })
}

/// Opens an installation that was made before: asking or reviewing makes none.
async fn open_existing(config: &Config) -> Result<(Assistant, DataDir)> {
    let path: &Path = &config.server.data_dir;
    let made: PathBuf = path.join(DATABASE);
    if config.database.url.is_none() && !made.exists() {
        bail!(
            "nothing is loaded in {}; run `parvis demo`, or `parvis import` with your own content",
            path.display()
        );
    }
    let data_dir = DataDir::open(path)?;
    Ok((open(config, &data_dir).await?, data_dir))
}

/// Brings the index up to date, unless a server that is running from the same directory does it.
async fn catch_up(assistant: &Assistant, data_dir: &DataDir) -> Result<()> {
    match data_dir.lock() {
        Ok(_lock) => {
            assistant
                .catch_up()
                .await
                .context("bringing the index up to date")?;
        }
        Err(crate::data_dir::DataDirError::InUse(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The site that a command is for.
async fn site(assistant: &Assistant, key: Option<&str>) -> Result<Site> {
    let mut sites = assistant.sites().await?;
    let keys = sites
        .iter()
        .map(|site| site.key.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    match (key, sites.len()) {
        (_, 0) => bail!(
            "there is no site yet; describe one under [[site]] in a parvis.toml and give it with --config"
        ),
        (Some(key), _) => {
            let found = sites.iter().position(|site| site.key == key);
            found
                .map(|at| sites.swap_remove(at))
                .ok_or_else(|| anyhow!("there is no site {key:?}; there is {keys}"))
        }
        (None, 1) => Ok(sites.swap_remove(0)),
        (None, _) => bail!("say which site with --site: {keys}"),
    }
}
