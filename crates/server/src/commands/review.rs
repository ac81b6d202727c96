//! `parvis review`: a person other than the author reads, approves, publishes, retracts.

use super::{catch_up, open_existing};
use crate::cli::{Chosen, Ending, Filter, Review, Step};
use crate::config::Config;
use crate::terminal::{confirm, note, plain, say};
use anyhow::{Context, Result, anyhow, bail};
use assistant::{Assistant, DiffLine, RevisionFilter, RevisionSummary};
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
        Review::Approve(step) => take(&assistant, step, &Transition::Approve, State::Draft).await,
        Review::Publish(step) => take(&assistant, step, &Transition::Publish, State::Approved).await,
        Review::Reject(ending) => {
            end(
                &assistant,
                &ending,
                Transition::Reject {
                    why: ending.why.clone(),
                },
            )
            .await
        }
        Review::Retract(ending) => {
            end(
                &assistant,
                &ending,
                Transition::Retire {
                    why: ending.why.clone(),
                },
            )
            .await
        }
    }?;
    catch_up(&assistant, &data_dir).await?;
    assistant.close().await;
    Ok(code)
}

async fn list(assistant: &Assistant, filter: &Filter, json: bool) -> Result<ExitCode> {
    let revisions = find(assistant, filter, None).await?;
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
    for id in ids(assistant, chosen, None).await? {
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

async fn take(assistant: &Assistant, step: Step, transition: &Transition, from: State) -> Result<ExitCode> {
    let person = Person::new(&step.person)?;
    let ids = ids(assistant, &step.chosen, Some(from)).await?;
    if step.chosen.all {
        for revision in find(assistant, &step.chosen.filter, Some(from)).await? {
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

async fn end(assistant: &Assistant, ending: &Ending, transition: Transition) -> Result<ExitCode> {
    let ids: Vec<_> = ending.ids.iter().copied().map(RevisionId).collect();
    apply(assistant, &ids, &transition, &Person::new(&ending.person)?).await
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

async fn ids(assistant: &Assistant, chosen: &Chosen, from: Option<State>) -> Result<Vec<RevisionId>> {
    if !chosen.all {
        return Ok(chosen.ids.iter().copied().map(RevisionId).collect());
    }
    let found = find(assistant, &chosen.filter, from).await?;
    if found.is_empty() {
        bail!("no revision is like that; see `parvis review list`");
    }
    Ok(found.into_iter().map(|revision| revision.id).collect())
}

async fn find(assistant: &Assistant, filter: &Filter, from: Option<State>) -> Result<Vec<RevisionSummary>> {
    let unknown = |name: &str| {
        anyhow!("{name:?} is not a state: draft, submitted, approved, published, retired, rejected")
    };
    let given = filter
        .state
        .as_deref()
        .map(|name| State::parse(name).ok_or_else(|| unknown(name)))
        .transpose()?;
    let wanted = RevisionFilter {
        states: given.or(from).into_iter().collect(),
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
