//! How many questions each day brought, by channel and verdict: numbers, no words.

use crate::conversation::NewTurn;
use crate::error::{corrupt, during};
use crate::{Store, StoreError};
use chrono::NaiveDate;
use domain::ids::SiteId;
use sqlx::AnyConnection;

/// The questions of one day, channel and verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyCount {
    /// The day, in the site's time zone.
    pub day: NaiveDate,
    /// By which channel.
    pub channel: String,
    /// The verdict's name.
    pub verdict: String,
    /// How many.
    pub questions: u64,
}

impl Store {
    /// A site's counts from one day to another, both included.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn daily_counts(
        &self,
        site: SiteId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DailyCount>, StoreError> {
        let doing = "reading the daily counts";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
            "SELECT day, channel, verdict, questions FROM daily_counts
             WHERE site = $1 AND day >= $2 AND day <= $3 ORDER BY day, channel, verdict",
        )
        .bind(site.0)
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        rows.into_iter()
            .map(|(day, channel, verdict, questions)| {
                Ok(DailyCount {
                    day: day.parse().map_err(|e| corrupt(doing, "a day", &e))?,
                    channel,
                    verdict,
                    questions: questions.unsigned_abs(),
                })
            })
            .collect()
    }
}

/// Counts a turn on its day.
pub(crate) async fn count(connection: &mut AnyConnection, turn: &NewTurn) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO daily_counts (site, day, channel, verdict, questions) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (site, day, channel, verdict) DO UPDATE SET questions = daily_counts.questions + 1",
    )
    .bind(turn.site.0)
    .bind(turn.at.date_naive().to_string())
    .bind(turn.channel.clone())
    .bind(turn.verdict.clone())
    .execute(connection)
    .await
    .map_err(during("counting a question"))?;
    Ok(())
}
