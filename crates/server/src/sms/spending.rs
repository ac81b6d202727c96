//! What a town spends on SMS: the segments of a day and of a month, and how many they may be.

use super::SmsSettings;
use assistant::Assistant;
use chrono::{DateTime, Datelike, Utc};
use domain::site::Site;

/// What a site queued in a period of its time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spending {
    /// The site's key.
    pub(crate) site: String,
    /// "day" or "month".
    pub(crate) period: &'static str,
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
) -> Result<[Spending; 2], assistant::Error> {
    let today = now.with_timezone(&site.settings.calendar.timezone).date_naive();
    let first = today.with_day(1).unwrap_or(today);
    let spending = async |period, from, limit: u64| -> Result<Spending, assistant::Error> {
        Ok(Spending {
            site: site.key.clone(),
            period,
            sent: assistant.sms_segments(site.id, from, today).await?,
            limit: (limit > 0).then_some(limit),
        })
    };
    Ok([
        spending("day", today, settings.segments_per_day).await?,
        spending("month", first, settings.segments_per_month).await?,
    ])
}
