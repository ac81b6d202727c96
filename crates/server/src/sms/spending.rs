//! What a town spends on SMS: the segments of a day and of a month, and how many they may be.

use super::SmsSettings;
use assistant::Assistant;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::site::Site;

/// What a budget is for, in the site's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Period {
    /// A day.
    Day,
    /// A month.
    Month,
}

impl Period {
    const ALL: [Self; 2] = [Self::Day, Self::Month];

    /// Its name in the metrics, and in the setting `segments_per_…`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    fn first_day(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => today,
            Self::Month => today.with_day(1).unwrap_or(today),
        }
    }

    /// How many segments it may have; none where there is no limit.
    fn limit(self, settings: &SmsSettings) -> Option<u64> {
        let limit = match self {
            Self::Day => settings.segments_per_day,
            Self::Month => settings.segments_per_month,
        };
        (limit > 0).then_some(limit)
    }
}

/// What a site queued in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spending {
    /// The site's key.
    pub(crate) site: String,
    /// The period that today is in.
    pub(crate) period: Period,
    /// Segments.
    pub(crate) sent: u64,
    /// How many they may be; none where there is no limit.
    pub(crate) limit: Option<u64>,
}

impl Spending {
    /// Whether nothing more is answered in this period, save emergencies.
    pub(crate) fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.sent >= limit)
    }
}

/// What a site queued today and this month.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn of(
    assistant: &Assistant,
    site: &Site,
    settings: &SmsSettings,
    now: DateTime<Utc>,
) -> Result<Vec<Spending>, assistant::Error> {
    let mut spending = Vec::with_capacity(Period::ALL.len());
    for period in Period::ALL {
        spending.push(Spending {
            site: site.key.clone(),
            period,
            sent: sent(assistant, site, period, now).await?,
            limit: period.limit(settings),
        });
    }
    Ok(spending)
}

/// Whether a site may queue nothing more now. Asked for each message: only what has a limit is counted.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn is_over(
    assistant: &Assistant,
    site: &Site,
    settings: &SmsSettings,
    now: DateTime<Utc>,
) -> Result<bool, assistant::Error> {
    for period in Period::ALL {
        if let Some(limit) = period.limit(settings)
            && sent(assistant, site, period, now).await? >= limit
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn sent(
    assistant: &Assistant,
    site: &Site,
    period: Period,
    now: DateTime<Utc>,
) -> Result<u64, assistant::Error> {
    let today = now.with_timezone(&site.settings.calendar.timezone).date_naive();
    assistant
        .sms_segments(site.id, period.first_day(today), today)
        .await
}
