//! What answers took of energy, and what a model had of them: figures beside the turns, without words.

use crate::error::{corrupt, during};
use crate::writer::Durability;
use crate::{Store, StoreError, TurnId, millis};
use chrono::{DateTime, Utc};
use domain::answer::Verdict;
use domain::energy::{Energy, Measured, Method};
use domain::ids::SiteId;

/// What a model had of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelShare {
    /// Its sentences that were shown.
    pub shown: u64,
    /// Its sentences that were dropped.
    pub dropped: u64,
    /// What the whole answer took, its extracts included; none where that was not measured.
    pub energy: Option<Measured>,
}

/// Answers that ended alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// How they ended.
    pub verdict: Verdict,
    /// Whether a model was asked for words on them.
    pub by_model: bool,
    /// How their energy was found; none where it was not measured.
    pub method: Option<Method>,
    /// How many.
    pub count: u64,
    /// What they took together.
    pub energy: Energy,
    /// The model's sentences that were shown.
    pub shown: u64,
    /// The model's sentences that were dropped.
    pub dropped: u64,
}

type Row = (String, i64, Option<String>, i64, i64, i64, i64);

const COUNTING: &str = "counting answers";

impl Store {
    /// Notes what a model had of an answer. A turn that is gone, or was never kept, takes no note.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn record_model(
        &self,
        turn: TurnId,
        site: SiteId,
        share: ModelShare,
    ) -> Result<(), StoreError> {
        self.write(Durability::Relaxed, move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE turns SET by_model = 1, model_shown = $1, model_dropped = $2,
                     energy_uj = $3, energy_method = $4 WHERE id = $5 AND site = $6",
                )
                .bind(signed(share.shown))
                .bind(signed(share.dropped))
                .bind(share.energy.map(|measured| signed(measured.energy.microjoules())))
                .bind(share.energy.map(|measured| measured.method.as_str()))
                .bind(turn.to_string())
                .bind(site.0)
                .execute(connection)
                .await
                .map_err(during("noting what a model had of an answer"))?;
                Ok(())
            })
        })
        .await
    }

    /// The answers to residents of a site, by web and by SMS, since an instant: those whose turns are still kept.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn answers_since(
        &self,
        site: SiteId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Answers>, StoreError> {
        let mut reader = self.reader(COUNTING).await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT verdict, by_model, energy_method, COUNT(*),
             CAST(SUM(COALESCE(energy_uj, 0)) AS BIGINT), CAST(SUM(model_shown) AS BIGINT),
             CAST(SUM(model_dropped) AS BIGINT) FROM turns
             WHERE site = $1 AND at >= $2 AND channel IN ('web', 'sms')
             GROUP BY verdict, by_model, energy_method ORDER BY verdict, by_model, energy_method",
        )
        .bind(site.0)
        .bind(millis(since))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(COUNTING))?;
        rows.into_iter().map(answers).collect()
    }
}

fn answers((verdict, by_model, method, count, energy, shown, dropped): Row) -> Result<Answers, StoreError> {
    let method = match &method {
        None => None,
        Some(name) => {
            Some(Method::parse(name).ok_or_else(|| corrupt(COUNTING, "a method of measuring", name))?)
        }
    };
    Ok(Answers {
        verdict: Verdict::parse(&verdict).ok_or_else(|| corrupt(COUNTING, "a verdict", &verdict))?,
        by_model: by_model != 0,
        method,
        count: count.unsigned_abs(),
        energy: Energy::of_microjoules(energy.unsigned_abs()),
        shown: shown.unsigned_abs(),
        dropped: dropped.unsigned_abs(),
    })
}

/// As the databases keep it; what does not fit, the largest.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
