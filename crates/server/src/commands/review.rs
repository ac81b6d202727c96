//! `parvis review`: a person other than the author reads, approves, publishes, retracts; and who did what.

use super::{catch_up, open_existing};
use crate::cli::{Chosen, Ending, Filter, Review, Step};
use crate::config::Config;
use crate::terminal::{confirm, note, plain, say};
use anyhow::{Context, Result, anyhow, bail};
use assistant::{Assistant, AuditEntry, DiffLine, RevisionFilter, RevisionSummary};
use chrono::SecondsFormat;
use domain::clock::Clock;
use domain::ids::RevisionId;
use domain::life::{Person, State, Transition};
use serde_json::json;
use std::process::ExitCode;

/// How many unchanged lines are shown around a change.
const AROUND: usize = 2;

pub(super) async fn run(review: Review, config: &Config) -> Result<ExitCode> {
    let (assistant, data_dir) = open_existing(config).await?;
    let code = match review {
        Review::List { filter, json } => list(&assistant, &filter, json).await,
        Review::Diff(chosen) => diff(&assistant, &chosen).await,
        Review::Approve(step) => take(&assistant, step, &Transition::Approve).await,
        Review::Publish(step) => take(&assistant, step, &Transition::Publish).await,
        Review::Reject(Ending { step, why }) => take(&assistant, step, &Transition::Reject { why }).await,
        Review::Retract(Ending { step, why }) => take(&assistant, step, &Transition::Retire { why }).await,
        Review::Log { source, limit } => log(&assistant, source.as_deref(), limit).await,
        Review::Distrust { source, person } => distrust(&assistant, &source, &person).await,
    }?;
    catch_up(&assistant, &data_dir).await?;
    assistant.close().await;
    Ok(code)
}

async fn list(assistant: &Assistant, filter: &Filter, json: bool) -> Result<ExitCode> {
    let revisions = find(assistant, filter, &[]).await?;
    for revision in &revisions {
        let author = revision.life.author();
        say(if json {
            json!({
                "id": revision.id, "document": revision.external_id, "title": revision.title, "source": revision.source,
                "kind": revision.kind, "state": revision.life.state(), "author": author.by, "since": author.at,
            })
            .to_string()
        } else {
            row(revision)
        })?;
    }
    if revisions.is_empty() && !json {
        note("no revision is like that");
    }
    Ok(ExitCode::SUCCESS)
}

async fn diff(assistant: &Assistant, chosen: &Chosen) -> Result<ExitCode> {
    for id in ids(assistant, chosen, &[]).await? {
        let diff = assistant.diff(id).await?;
        let against = match diff.published {
            Some(published) => format!("against revision {published}, which is published"),
            None => "nothing of it is published".to_owned(),
        };
        say(format!(
            "=== {} {} ({}; {against})",
            diff.revision,
            plain(&diff.title),
            diff.state
        ))?;
        let changed = |line: &DiffLine| !matches!(line, DiffLine::Same(_));
        for (at, line) in diff.lines.iter().enumerate() {
            let from = at.saturating_sub(AROUND);
            let to = (at + AROUND + 1).min(diff.lines.len());
            if diff.lines[from..to].iter().any(changed) {
                say(match line {
                    DiffLine::Same(text) => format!("  {}", plain(text)),
                    DiffLine::Removed(text) => format!("- {}", plain(text)),
                    DiffLine::Added(text) => format!("+ {}", plain(text)),
                })?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn take(assistant: &Assistant, step: Step, transition: &Transition) -> Result<ExitCode> {
    let person = Person::new(&step.person)?;
    let from = transition.from_states();
    let ids = ids(assistant, &step.chosen, from).await?;
    if step.chosen.all {
        for revision in find(assistant, &step.chosen.filter, from).await? {
            say(row(&revision))?;
        }
        let question = format!("{} revisions, as {person}?", ids.len());
        let go_on = step.yes || confirm(&question).ok_or_else(|| anyhow!("without a terminal, say --yes"))?;
        if !go_on {
            bail!("nothing was done");
        }
    }
    apply(assistant, &ids, transition, &person).await
}

async fn apply(
    assistant: &Assistant,
    ids: &[RevisionId],
    transition: &Transition,
    by: &Person,
) -> Result<ExitCode> {
    for id in ids {
        let doing = || format!("revision {id}");
        let life = assistant
            .transition(*id, transition, by, Clock::System.now())
            .await
            .with_context(doing)?;
        say(format!("revision {id} is {}", life.state()))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn ids(assistant: &Assistant, chosen: &Chosen, from: &[State]) -> Result<Vec<RevisionId>> {
    if !chosen.all {
        return Ok(chosen.ids.iter().copied().map(RevisionId).collect());
    }
    let found = find(assistant, &chosen.filter, from).await?;
    if found.is_empty() {
        bail!("no revision is like that; see `parvis review list`");
    }
    Ok(found.into_iter().map(|revision| revision.id).collect())
}

/// The revisions that the filter lets through; where it names no state, those in one of `from`, or in any.
async fn find(assistant: &Assistant, filter: &Filter, from: &[State]) -> Result<Vec<RevisionSummary>> {
    let unknown = |name: &str| {
        anyhow!("{name:?} is not a state: draft, submitted, approved, published, retired, rejected")
    };
    let given = filter
        .state
        .as_deref()
        .map(|name| State::parse(name).ok_or_else(|| unknown(name)))
        .transpose()?;
    let wanted = RevisionFilter {
        states: given.map_or_else(|| from.to_vec(), |state| vec![state]),
        title_contains: filter.matching.clone().unwrap_or_default(),
        ..RevisionFilter::default()
    };
    let mut found = assistant.revisions(&wanted).await?;
    found.retain(|revision| {
        filter
            .source
            .as_ref()
            .is_none_or(|source| *source == revision.source)
    });
    Ok(found)
}

async fn log(assistant: &Assistant, source: Option<&str>, limit: u32) -> Result<ExitCode> {
    let entries = assistant.audit(source, limit).await?;
    for entry in &entries {
        say(line(entry))?;
    }
    if entries.is_empty() {
        note("nothing was done yet, or there is no source of that name");
    }
    Ok(ExitCode::SUCCESS)
}

async fn distrust(assistant: &Assistant, source: &str, person: &str) -> Result<ExitCode> {
    assistant
        .distrust(source, &Person::new(person)?, Clock::System.now())
        .await?;
    say(format!(
        "{} no longer publishes by itself: what it brings from now on are drafts. What it published stays; `parvis review retract --all --source` takes it back.",
        plain(source)
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A line of the audit trail: when, who, what, to what, why.
fn line(entry: &AuditEntry) -> String {
    let when = entry.act.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut line = format!("{when}  {}  {}", entry.act.by, entry.action);
    if let Some((revision, title)) = &entry.revision {
        line += &format!("  {revision} {}", plain(title));
    }
    line += &format!("  ({})", plain(&entry.source));
    if !entry.detail.is_empty() {
        line += &format!("  {}", plain(&entry.detail));
    }
    line
}

fn row(revision: &RevisionSummary) -> String {
    let author = revision.life.author();
    format!(
        "{:>6}  {:<9}  {}  {}  ({}, {})",
        revision.id.0,
        revision.life.state().as_str(),
        author.at.date_naive(),
        plain(&revision.title),
        plain(&revision.source),
        author.by
    )
}
