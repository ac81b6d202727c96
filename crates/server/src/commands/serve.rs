//! `parvis serve`: the sites of the configuration, until told to stop.

use super::{open, with_models};
use crate::cli;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::http::{self, App};
use crate::sms::Gateways;
use crate::sms::phone::Phone;
use crate::terminal::say;
use anyhow::{Context, Result, anyhow, bail};
use assistant::Assistant;
use domain::clock::Clock;
use domain::site::Site;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use url::Url;

pub(super) async fn run(serve: &cli::Serve, mut config: Config) -> Result<ExitCode> {
    config.server.listen = serve.listen.unwrap_or(config.server.listen);
    let listener = listen(config.server.listen).await?;
    let data_dir = DataDir::open(&config.server.data_dir)?;
    let _serving = data_dir.lock()?;
    let assistant = with_models(open(&config, &data_dir).await?, &config)?;
    if sites(&config, &assistant).await?.is_empty() {
        bail!(
            "there is no site to serve; describe one under [[site]] in a parvis.toml and give it with --config"
        );
    }
    let service = Service {
        config: &config,
        assistant,
        clock: Clock::System,
        phone_to: None,
    };
    until_stopped(listener, service, |_| {}).await?;
    Ok(ExitCode::SUCCESS)
}

/// A listener, or what to do where the port is taken.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => anyhow!(
                "port {} is in use; try --listen {}:0",
                address.port(),
                address.ip()
            ),
            _ => anyhow!("listening on {address}: {error}; try another --listen"),
        })
}

/// What is served.
pub(super) struct Service<'a> {
    pub(super) config: &'a Config,
    pub(super) assistant: Assistant,
    pub(super) clock: Clock,
    /// The site that a telephone among the pages writes to, as in the demo.
    pub(super) phone_to: Option<Site>,
}

/// Serves until SIGINT or SIGTERM, then finishes what is under way and closes the store. `ready` is told the address
/// once questions are answered.
pub(super) async fn until_stopped(
    listener: TcpListener,
    service: Service<'_>,
    ready: impl FnOnce(&str),
) -> Result<()> {
    let Service {
        config,
        assistant,
        clock,
        phone_to,
    } = service;
    let address = format!(
        "http://{}",
        listener.local_addr().context("reading the listener's address")?
    );
    let mut interrupts = signal(SignalKind::interrupt()).context("waiting for SIGINT")?;
    let mut terminations = signal(SignalKind::terminate()).context("waiting for SIGTERM")?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupts.recv() => {}
            _ = terminations.recv() => {}
        }
        tracing::info!("stopping: answers under way are finished");
        // Everyone who would listen has ended where this fails.
        let _told = stop.send(true);
    });
    let sites = sites(config, &assistant).await?;
    let sms = Gateways::new(config, assistant.clone(), &sites, clock)?.map(Arc::new);
    let phone = phone_to.map(|site| {
        let public_url = config.server.public_url.clone();
        let public_url = public_url.map_or_else(|| Url::parse(&address), Ok)?;
        Phone::new(assistant.clone(), clock, (site, None), public_url)
    });
    let app = App::new(config, assistant.clone(), sites, clock, sms.clone());
    let app = Arc::new(app.with_phone(phone.transpose()?).until(stopped.clone()));
    let stopping = until_true(stopped.clone());
    let grace = Duration::from_secs(config.server.shutdown_seconds);
    let serving = tokio::spawn(http::serve(listener, app, stopping, grace));
    if !assistant.ready() {
        // Health checks are answered meanwhile; questions are asked to come back.
        assistant.catch_up().await.context("building the index")?;
    }
    let working = tokio::spawn({
        let (assistant, stopped) = (assistant.clone(), stopped.clone());
        async move { assistant.work(clock, stopped).await }
    });
    let messaging = sms.map(|sms| sms.start(&stopped, grace)).transpose()?;
    say(format!("listening on {address}"))?;
    ready(&address);
    serving.await.context("serving")?.context("serving")?;
    if let Some(messaging) = messaging {
        messaging.end(stopped, grace).await;
    }
    working.await.context("stopping the background work")?;
    assistant.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The sites of the configuration; where it names none, those that the store holds.
async fn sites(config: &Config, assistant: &Assistant) -> Result<Vec<Site>> {
    let mut sites = assistant.sites().await.context("reading the sites")?;
    if !config.sites.is_empty() {
        sites.retain(|site| config.sites.iter().any(|entry| entry.key == site.key));
    }
    Ok(sites)
}

async fn until_true(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone can ask for nothing any more: stop too.
    let _stopped = stopped.wait_for(|stop| *stop).await;
}
