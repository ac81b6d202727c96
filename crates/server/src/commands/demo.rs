//! `parvis demo`: a complete town in one command.

use super::{clock, open, serve, with_models};
use crate::cli;
use crate::config::{Config, is_origin};
use crate::data_dir::DataDir;
use crate::demo;
use crate::terminal::note;
use anyhow::{Result, bail};
use std::process::ExitCode;

pub(super) async fn run(args: cli::Demo, mut config: Config) -> Result<ExitCode> {
    if let Some(wrong) = args.allow_origin.iter().find(|origin| !is_origin(origin)) {
        bail!("--allow-origin {wrong}: give an origin like http://localhost:3000, without a path");
    }
    // The demo is one town of its own, whatever else the configuration hosts.
    config.sites.clear();
    config.gateways.clear();
    config.database.url = None;
    if args.model.is_some() {
        config.model.file = args.model;
    }
    config.server.listen = args.listen.unwrap_or(config.server.listen);
    let listener = serve::listen(config.server.listen).await?;
    let data_dir = DataDir::open(&config.server.data_dir)?;
    let _serving = data_dir.lock()?;
    if args.fresh {
        demo::clear(&data_dir)?;
    }
    let clock = clock(args.now);
    let assistant = with_models(open(&config, &data_dir).await?, &config)?;
    let site = assistant
        .ensure_site(demo::SITE, demo::settings(args.allow_origin)?)
        .await?;
    demo::load(&assistant, &data_dir, clock.now()).await?;
    let show = !args.no_open && has_display();
    let service = serve::Service {
        config: &config,
        assistant,
        clock,
        phone_to: Some(site),
    };
    serve::until_stopped(listener, service, |address| {
        if show && let Err(error) = webbrowser::open(address) {
            note(format!("no browser opened ({error}); open {address} yourself"));
        }
    })
    .await?;
    Ok(ExitCode::SUCCESS)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
