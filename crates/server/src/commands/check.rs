//! `parvis check`: whether the database is whole, the index up to date, no job failed, and the model's servers answer.

use super::open_existing;
use crate::config::Config;
use crate::data_dir::{DataDir, DataDirError};
use crate::sms::spending::{self, Spending};
use crate::terminal::{plain, say};
use anyhow::{Context, Result};
use assistant::{Assistant, Checkup, Job, JobState, JobStatus, ModelFailed};
use domain::clock::Clock;
use domain::ids::Sequence;
use std::process::ExitCode;

/// What was found of one part of the installation, with what to do.
struct Finding {
    wrong: bool,
    line: String,
}

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let (assistant, data_dir) = open_existing(config).await?;
    let serving = serving(&data_dir)?;
    let checkup = assistant.check().await.context("checking the installation")?;
    let spent = spent(config, &assistant).await?;
    assistant.close().await;
    let mut findings = database(&checkup.damage);
    findings.push(index(&checkup, serving));
    findings.extend(jobs(&checkup.jobs, serving));
    findings.extend(spent.iter().map(sms));
    match config.model.try_servers().await {
        Ok(servers) => findings.extend(servers.iter().map(|(name, failed)| model(name, failed.as_ref()))),
        Err(error) => findings.push(wrong(format!("model: {error:#}"))),
    }
    for finding in &findings {
        say(&finding.line)?;
    }
    Ok(if findings.iter().any(|finding| finding.wrong) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn right(line: String) -> Finding {
    Finding { wrong: false, line }
}

fn wrong(line: String) -> Finding {
    Finding { wrong: true, line }
}

/// Whether a server works on what waits in this directory.
fn serving(data_dir: &DataDir) -> Result<bool> {
    match data_dir.lock() {
        Ok(_lock) => Ok(false),
        Err(DataDirError::InUse(_)) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn database(damage: &[String]) -> Vec<Finding> {
    if damage.is_empty() {
        return vec![right("database: sound".to_owned())];
    }
    let damaged = |what: &String| wrong(format!("database: {}; restore it from a backup", plain(what)));
    damage.iter().map(damaged).collect()
}

fn index(checkup: &Checkup, serving: bool) -> Finding {
    let published = checkup.published;
    if published == Sequence(0) {
        return right("index: nothing is published yet".to_owned());
    }
    let Some(indexed) = checkup.indexed else {
        return wrong(
            "index: there is none, or it cannot be read; the next start of `parvis serve` builds it, or `parvis review list` does where no server runs"
                .to_owned(),
        );
    };
    if checkup.outdated {
        let state = "index: made by another version of the program; it answers until the next one is built,";
        return if serving {
            right(format!("{state} which the running server does"))
        } else {
            wrong(format!(
                "{state} which `parvis serve` or `parvis review list` does"
            ))
        };
    }
    if indexed == published {
        return right(format!("index: up to date with publication {published}"));
    }
    let state = format!("index: at publication {indexed}, the database at {published}");
    let comes = |job: &JobStatus| job.job == Job::IndexPublications && job.last_error.is_none();
    if serving && checkup.jobs.iter().any(comes) {
        return right(format!("{state}; the running server is at it"));
    }
    wrong(format!(
        "{state}; stop the server if one runs, then `parvis review list` brings the index up to date"
    ))
}

fn jobs(jobs: &[JobStatus], serving: bool) -> Vec<Finding> {
    if jobs.is_empty() {
        return vec![right("jobs: none waits".to_owned())];
    }
    jobs.iter().map(|job| self::job(job, serving)).collect()
}

fn job(job: &JobStatus, serving: bool) -> Finding {
    let name = job.job;
    match (job.state, &job.last_error) {
        (JobState::Dead, error) => wrong(format!(
            "jobs: {name} failed {} times and is given up ({}); mend the cause, the next {name} takes its place",
            job.attempts,
            plain(error.as_deref().unwrap_or("no reason was kept"))
        )),
        (JobState::Queued | JobState::Running, Some(error)) => wrong(format!(
            "jobs: {name} failed {} times ({}); mend the cause, it is tried again at {}",
            job.attempts,
            plain(error),
            job.run_at
        )),
        (JobState::Running, None) => right(format!("jobs: {name} is under way")),
        (JobState::Queued, None) if serving => {
            right(format!("jobs: {name} waits for its time, {}", job.run_at))
        }
        (JobState::Queued, None) => right(format!("jobs: {name} waits for `parvis serve`")),
    }
}

/// What the sites of the configuration sent by SMS of what they may.
async fn spent(config: &Config, assistant: &Assistant) -> Result<Vec<Spending>> {
    let sites = assistant.sites().await.context("reading the sites")?;
    let mut spent = Vec::new();
    for entry in &config.sites {
        let site = sites.iter().find(|site| site.key == entry.key);
        if let (Some(settings), Some(site)) = (&entry.sms, site) {
            let spending = spending::of(assistant, site, settings, Clock::System.now()).await;
            spent.extend(spending.context("reading what was sent by SMS")?);
        }
    }
    Ok(spent)
}

fn sms(spending: &Spending) -> Finding {
    let Spending {
        site,
        period,
        sent,
        limit,
    } = spending;
    let period = period.as_str();
    let Some(limit) = limit else {
        return right(format!("sms: {site} sent {sent} segments this {period}"));
    };
    let line = format!("sms: {site} sent {sent} segments this {period} of the {limit} that it may");
    if spending.is_over() {
        wrong(format!(
            "{line}: only emergencies are answered; raise segments_per_{period} if that is too few"
        ))
    } else {
        right(line)
    }
}

fn model(name: &str, failed: Option<&ModelFailed>) -> Finding {
    match failed {
        None => right(format!("model: {name} answers")),
        Some(failed) => wrong(format!("model: {failed}; until then extracts answer alone")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::spending::Period;
    use chrono::DateTime;

    #[test]
    fn a_budget_is_wrong_once_it_is_spent() {
        let spending = |sent, limit| Spending {
            site: "moulin".into(),
            period: Period::Day,
            sent,
            limit,
        };
        for (sent, limit, bad) in [(9, Some(10), false), (10, Some(10), true), (1_000, None, false)] {
            let found = sms(&spending(sent, limit));
            assert_eq!(found.wrong, bad, "{}", found.line);
            assert!(found.line.contains("moulin") && found.line.contains("day"));
        }
    }

    fn failed(state: JobState, error: Option<&str>) -> JobStatus {
        JobStatus {
            job: Job::IndexPublications,
            state,
            run_at: DateTime::UNIX_EPOCH,
            attempts: 3,
            last_error: error.map(str::to_owned),
        }
    }

    fn checkup(published: i64, indexed: Option<i64>, jobs: Vec<JobStatus>) -> Checkup {
        Checkup {
            damage: Vec::new(),
            published: Sequence(published),
            indexed: indexed.map(Sequence),
            outdated: false,
            jobs,
        }
    }

    #[test]
    fn a_job_that_failed_is_wrong_and_one_that_waits_is_not() {
        for (state, error, bad) in [
            (JobState::Queued, None, false),
            (JobState::Running, None, false),
            (JobState::Queued, Some("disk full"), true),
            (JobState::Dead, Some("disk full"), true),
            (JobState::Dead, None, true),
        ] {
            let found = job(&failed(state, error), true);
            assert_eq!(found.wrong, bad, "{}", found.line);
            assert!(found.line.contains(error.unwrap_or("indexing")), "{}", found.line);
        }
    }

    #[test]
    fn an_index_that_lags_is_wrong_unless_a_running_server_is_about_to_bring_it_up_to_date() {
        let outdated = || Checkup {
            outdated: true,
            ..checkup(3, Some(3), vec![])
        };
        let queued = || vec![failed(JobState::Queued, None)];
        let dead = || vec![failed(JobState::Dead, Some("disk full"))];
        for (checkup, serving, bad) in [
            (checkup(0, None, vec![]), false, false),
            (checkup(3, None, vec![]), true, true),
            (checkup(3, Some(3), queued()), false, false),
            (checkup(3, Some(2), queued()), true, false),
            (checkup(3, Some(2), queued()), false, true),
            (checkup(3, Some(2), dead()), true, true),
            (checkup(3, Some(4), vec![]), true, true),
            (outdated(), true, false),
            (outdated(), false, true),
        ] {
            let found = index(&checkup, serving);
            assert_eq!(found.wrong, bad, "{}", found.line);
        }
    }
}
