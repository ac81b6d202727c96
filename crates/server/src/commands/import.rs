//! `parvis import`: files or a website into drafts, or into publications where the source is trusted.

use super::{catch_up, open, site};
use crate::cli;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::fetch;
use crate::terminal::{note, plain, progress, say};
use anyhow::{Context as _, Result};
use assistant::{Assistant, Context, Import, ImportReport, Scope, read_path};
use domain::clock::Clock;
use domain::life::Person;
use domain::site::Site;
use std::path::Path;
use std::process::ExitCode;
use url::Url;

/// The exit status where some files were refused, and the others were loaded.
const SOME_REFUSED: u8 = 2;

pub(super) async fn run(import: cli::Import, config: &Config) -> Result<ExitCode> {
    let author = Person::new(&import.author)?;
    let trusted_by = import.trusted_by.as_deref().map(Person::new).transpose()?;
    let data_dir = DataDir::open(&config.server.data_dir)?;
    let assistant = open(config, &data_dir).await?;
    let site = site(&assistant, import.site.as_deref()).await?;
    let target = Import {
        collection: import.collection.unwrap_or_else(|| site.key.clone()),
        source: import.source.unwrap_or_else(|| site.settings.name.clone()),
        scope: if import.shared { Scope::Shared } else { Scope::Site },
        site: site.key.clone(),
        author,
        trusted_by,
        now: Clock::System.now(),
    };
    let report = match web_address(&import.from) {
        Some(sitemap) => from_sitemap(&assistant, &target, &site, (config, &data_dir), sitemap).await?,
        None => from_path(&assistant, &target, &site, &import.from).await?,
    };
    if report.published > 0 {
        catch_up(&assistant, &data_dir).await?;
    }
    assistant.close().await;
    tell(&report)
}

async fn from_path(assistant: &Assistant, target: &Import, site: &Site, path: &str) -> Result<ImportReport> {
    let context = Context {
        timezone: site.settings.calendar.timezone,
        base_url: None,
    };
    let documents = read_path(Path::new(path), &context)?;
    let bar = progress(0, "reading");
    let report = assistant.import(target, documents, |done| {
        bar.set_length(bar.length().unwrap_or(0).max(done.saved as u64));
        bar.set_position(done.saved as u64);
    });
    let report = report.await.with_context(|| format!("importing {path}"))?;
    bar.finish_and_clear();
    Ok(report)
}

async fn from_sitemap(
    assistant: &Assistant,
    target: &Import,
    site: &Site,
    (config, data_dir): (&Config, &DataDir),
    sitemap: Url,
) -> Result<ImportReport> {
    let context = Context {
        timezone: site.settings.calendar.timezone,
        base_url: Some(sitemap.clone()),
    };
    let bar = progress(0, "fetching");
    let mut website =
        fetch::Website::open(&sitemap, &config.egress, data_dir.join("fetch-cache.json")).await?;
    let pages = website
        .pages(|done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        })
        .await?;
    bar.finish_and_clear();
    let documents = pages
        .read
        .iter()
        .flat_map(|page| assistant::read_bytes(page.format, &page.url, &page.body, &context));
    let mut report = assistant
        .import(target, documents, |_| {})
        .await
        .with_context(|| format!("importing {sitemap}"))?;
    report.unchanged += pages.unchanged;
    report.refused.extend(pages.refused);
    // What was fetched is remembered only now that it is saved: a crash before fetches it again.
    website.remember()?;
    Ok(report)
}

fn tell(report: &ImportReport) -> Result<ExitCode> {
    for refused in &report.refused {
        note(format!("refused: {}", plain(refused)));
    }
    let ImportReport {
        drafts,
        published,
        unchanged,
        refused,
    } = report;
    say(format!(
        "{drafts} drafts, {published} published, {unchanged} unchanged, {} refused",
        refused.len()
    ))?;
    if *drafts > 0 {
        say(
            "Nobody's draft answers: another person reads them with `parvis review list --state draft` and `parvis review diff ID`, then approves and publishes them.",
        )?;
    }
    Ok(if refused.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(SOME_REFUSED)
    })
}

fn web_address(from: &str) -> Option<Url> {
    Url::parse(from)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}
