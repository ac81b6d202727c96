//! `parvis ask`: one question, its answer with sources, the verdict last.

use super::{catch_up, clock, open_existing, site, with_second_opinion};
use crate::cli;
use crate::config::Config;
use crate::http::wire;
use crate::links;
use crate::terminal::{plain, say};
use anyhow::{Result, bail};
use assistant::{Ask, AskError, Channel, Language, Reply, Source};
use domain::answer::Verdict;
use domain::statement::{Layout, Role};
use std::process::ExitCode;

/// The exit status where the validated content does not answer.
const NOT_ANSWERED: u8 = 3;

pub(super) async fn run(ask: cli::Ask, config: &Config) -> Result<ExitCode> {
    let (assistant, data_dir) = open_existing(config).await?;
    let assistant = with_second_opinion(assistant, config)?;
    let site = site(&assistant, ask.site.as_deref()).await?;
    catch_up(&assistant, &data_dir).await?;
    let asked = assistant
        .ask(Ask {
            site: site.key.clone(),
            question: ask.question,
            conversation: None,
            channel: Channel::CommandLine,
            budget: ask.budget,
            language: ask.lang.as_deref().and_then(Language::parse),
            easy_to_read: false,
            idempotency_key: None,
            now: clock(ask.now).now(),
        })
        .await;
    let reply = match asked {
        Ok(reply) => reply,
        Err(AskError::NotReady) => bail!("nothing is published yet; see `parvis review list`"),
        Err(error) => return Err(error.into()),
    };
    assistant.close().await;
    let verdict = reply.verdict;
    if ask.json {
        say(serde_json::to_string_pretty(&wire::answer(&site.key, reply))?)?;
    } else {
        show(&site.key, &reply)?;
    }
    Ok(match verdict {
        Verdict::Unknown | Verdict::Outdated => ExitCode::from(NOT_ANSWERED),
        Verdict::Answered | Verdict::Partial | Verdict::Clarify | Verdict::Elsewhere | Verdict::Emergency => {
            ExitCode::SUCCESS
        }
    })
}

fn show(site: &str, reply: &Reply) -> std::io::Result<()> {
    let mut sources: Vec<&Source> = Vec::new();
    let mut step = 0;
    let mut before = None;
    for spoken in &reply.statements {
        step = if spoken.layout == Layout::Step {
            step + 1
        } else {
            0
        };
        let mark = match spoken.layout {
            Layout::Item | Layout::Row => "  • ".to_owned(),
            Layout::Step => format!("  {step}. "),
            Layout::Heading | Layout::Paragraph => String::new(),
        };
        let numbers: String = spoken
            .sources
            .iter()
            .map(|source| number(&mut sources, source))
            .collect();
        let listed = matches!(spoken.layout, Layout::Item | Layout::Row | Layout::Step);
        if before.is_some_and(|layout| layout != spoken.layout || !listed) {
            say("")?;
        }
        let role = if spoken.role == Role::Contact { "→ " } else { "" };
        say(format!("{mark}{role}{}{numbers}", plain(&spoken.text)))?;
        before = Some(spoken.layout);
    }
    if !sources.is_empty() {
        say("")?;
    }
    for (at, source) in (1..).zip(&sources) {
        let day = links::day(source.approved_on, reply.language);
        let trusted = if source.trusted { ", trusted source" } else { "" };
        say(format!(
            "[{at}] {} ({}, {day}{trusted})",
            plain(&source.title),
            plain(&source.publisher)
        ))?;
        say(format!("    {}", plain(&links::to(site, source))))?;
    }
    for suggestion in &reply.suggestions {
        say(format!("? {}", plain(suggestion)))?;
    }
    say("")?;
    say(format!("{} ({:.2})", reply.verdict, reply.confidence))
}

/// The mark of a source behind a statement; each quoted place is listed once.
fn number<'a>(sources: &mut Vec<&'a Source>, source: &'a Source) -> String {
    let known = sources.iter().position(|s| s.document == source.document);
    let at = known.unwrap_or_else(|| {
        sources.push(source);
        sources.len() - 1
    });
    format!(" [{}]", at + 1)
}
