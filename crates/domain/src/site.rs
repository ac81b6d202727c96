//! Sites: the towns and bodies that one installation hosts.

use crate::calendar::TownCalendar;
use crate::ids::{ExternalId, SiteId};
use serde::{Deserialize, Serialize};

/// How a site is set up; kept as a whole in its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// What residents call it: "Ville de Clairvigny".
    pub name: String,
    /// Time zone, public-holiday region and school zone.
    pub calendar: TownCalendar,
    /// Languages spoken to residents, the first by default ("fr").
    pub languages: Vec<String>,
    /// Web origins allowed to ask for this site ("<https://www.example.org>").
    pub origins: Vec<String>,
    /// The place that residents are sent to when the town's content does not answer.
    pub default_counter: Option<ExternalId>,
    /// How many days a conversation on the website is kept.
    pub web_retention_days: u16,
}

/// A site of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its row.
    pub id: SiteId,
    /// Its public key in URLs and in the widget's `data-site`: lower-case letters, digits and hyphens.
    pub key: String,
    /// Its set-up.
    pub settings: SiteSettings,
}
