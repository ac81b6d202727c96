//! The job queue: slow work, enqueued in the transaction that causes it, retried until done or dead.

use crate::error::{corrupt, during, json, parse};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use std::fmt;

/// Work to do later. Doing it twice must do no harm: a worker may die after the work and before saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Bring the index up to the last publication.
    IndexPublications,
    /// Delete what has expired.
    Purge,
}

/// A job that this worker holds until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedJob {
    /// What to do.
    pub job: Job,
    /// How many times it was begun, this one included.
    pub attempt: u32,
    id: i64,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its time and a worker.
    Queued,
    /// A worker holds it.
    Running,
    /// It failed too often; nobody tries it again.
    Dead,
}

/// A job as an operator sees it; one that was done is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStatus {
    /// What to do.
    pub job: Job,
    /// Where it stands.
    pub state: JobState,
    /// When it may be begun.
    pub run_at: DateTime<Utc>,
    /// How many times it was begun.
    pub attempts: u32,
    /// Why it failed last.
    pub last_error: Option<String>,
}

const ATTEMPTS: i64 = 10;
const LONGEST_BACKOFF_S: i64 = 3600;

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IndexPublications => "indexing",
            Self::Purge => "purge",
        })
    }
}

impl JobState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Dead => "dead",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Dead]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

impl Store {
    /// Queues a job; one of its kind that waits already is enough, at the earlier of the two times.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn enqueue(&self, job: Job, run_at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(Durability::Full, move |connection| {
            Box::pin(enqueue(connection, job, run_at))
        })
        .await
    }

    /// Takes a job that is due, or whose worker let its lease run out, until `now + lease`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedJob>, StoreError> {
        let doing = "claiming a job";
        // Most looks find nothing: they need not disturb the writer.
        let mut reader = self.reader(doing).await?;
        let due: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM jobs WHERE (state = 'queued' AND run_at <= $1)
             OR (state = 'running' AND lease_until <= $1) LIMIT 1",
        )
        .bind(millis(now))
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(doing))?;
        drop(reader);
        if due.is_none() {
            return Ok(None);
        }
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE jobs SET state = 'dead', last_error = 'its worker died'
                     WHERE state = 'running' AND lease_until <= $1 AND attempts >= $2",
                )
                .bind(millis(now))
                .bind(ATTEMPTS)
                .execute(&mut *connection)
                .await
                .map_err(during(doing))?;
                // The outer condition holds again once PostgreSQL has waited for another node's claim.
                let claimed: Option<(i64, String, i64)> = sqlx::query_as(
                    "UPDATE jobs SET state = 'running', lease_until = $2, attempts = attempts + 1
                     WHERE id = (SELECT id FROM jobs WHERE (state = 'queued' AND run_at <= $1)
                                 OR (state = 'running' AND lease_until <= $1) ORDER BY run_at, id LIMIT 1)
                     AND ((state = 'queued' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))
                     RETURNING id, job, attempts",
                )
                .bind(millis(now))
                .bind(millis(now + lease))
                .fetch_optional(connection)
                .await
                .map_err(during(doing))?;
                claimed
                    .map(|(id, job, attempts)| {
                        let job = parse(&job, doing, "a job")?;
                        Ok(ClaimedJob {
                            job,
                            attempt: attempt(attempts),
                            id,
                        })
                    })
                    .transpose()
            })
        })
        .await
    }

    /// Takes a finished job off the queue, and the dead ones of its kind, whose work it did. A worker whose lease ran
    /// out finishes nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn complete(&self, job: &ClaimedJob) -> Result<(), StoreError> {
        let doing = "completing a job";
        let (id, attempt) = (job.id, i64::from(job.attempt));
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                let done: Option<(String,)> = sqlx::query_as(
                    "DELETE FROM jobs WHERE id = $1 AND attempts = $2 AND state = 'running' RETURNING dedup",
                )
                .bind(id)
                .bind(attempt)
                .fetch_optional(&mut *connection)
                .await
                .map_err(during(doing))?;
                if let Some((dedup,)) = done {
                    sqlx::query("DELETE FROM jobs WHERE dedup = $1 AND state = 'dead'")
                        .bind(dedup)
                        .execute(connection)
                        .await
                        .map_err(during(doing))?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Puts a failed job back, to be tried again later and later; after ten times it is dead.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fail(&self, job: &ClaimedJob, error: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let doing = "putting a failed job back";
        let (id, attempt, error) = (job.id, i64::from(job.attempt), error.to_owned());
        let backoff_s = 1_i64
            .checked_shl(job.attempt - 1)
            .map_or(LONGEST_BACKOFF_S, |s| s.min(LONGEST_BACKOFF_S));
        let run_at = millis(now + TimeDelta::seconds(backoff_s));
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                // Another one of its kind was queued meanwhile: it does the work of both.
                let replaced = sqlx::query(
                    "DELETE FROM jobs WHERE id = $1 AND attempts = $2 AND state = 'running' AND EXISTS
                     (SELECT 1 FROM jobs other WHERE other.dedup = jobs.dedup AND other.state = 'queued')",
                )
                .bind(id)
                .bind(attempt)
                .execute(&mut *connection)
                .await
                .map_err(during(doing))?;
                if replaced.rows_affected() > 0 {
                    return Ok(());
                }
                let state = if attempt >= ATTEMPTS {
                    JobState::Dead
                } else {
                    JobState::Queued
                };
                sqlx::query(
                    "UPDATE jobs SET state = $3, run_at = $4, lease_until = NULL, last_error = $5
                     WHERE id = $1 AND attempts = $2 AND state = 'running'",
                )
                .bind(id)
                .bind(attempt)
                .bind(state.as_str())
                .bind(run_at)
                .bind(error)
                .execute(connection)
                .await
                .map_err(during(doing))?;
                Ok(())
            })
        })
        .await
    }

    /// The jobs that are not done, or those of one state.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn jobs(&self, state: Option<JobState>) -> Result<Vec<JobStatus>, StoreError> {
        let doing = "reading the jobs";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<(String, String, i64, i64, Option<String>)> = sqlx::query_as(
            "SELECT job, state, run_at, attempts, last_error FROM jobs
             WHERE $1 = '' OR state = $1 ORDER BY run_at, id",
        )
        .bind(state.map_or("", JobState::as_str))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        rows.into_iter()
            .map(|(job, state, run_at, attempts, last_error)| {
                Ok(JobStatus {
                    job: parse(&job, doing, "a job")?,
                    state: JobState::parse(&state).ok_or_else(|| corrupt(doing, "a job's state", &state))?,
                    run_at: instant(run_at)?,
                    attempts: attempt(attempts),
                    last_error,
                })
            })
            .collect()
    }
}

/// Queues a job inside the write that causes it.
pub(crate) async fn enqueue(
    connection: &mut AnyConnection,
    job: Job,
    run_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let doing = "queueing a job";
    let job = json(&job, doing)?;
    sqlx::query(
        "INSERT INTO jobs (job, dedup, state, run_at, attempts) VALUES ($1, $1, 'queued', $2, 0)
         ON CONFLICT (dedup) WHERE state = 'queued'
         DO UPDATE SET run_at = CASE WHEN excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END",
    )
    .bind(job)
    .bind(millis(run_at))
    .execute(connection)
    .await
    .map_err(during(doing))?;
    Ok(())
}

fn attempt(attempts: i64) -> u32 {
    u32::try_from(attempts).unwrap_or(u32::MAX)
}
