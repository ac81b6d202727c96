//! What a town decides of its SMS.

use serde::Deserialize;
use std::num::{NonZeroU8, NonZeroU32};

/// `[site.sms]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SmsSettings {
    /// The town's numbers, as residents write to them and as its gateway names them.
    pub(crate) numbers: Vec<String>,
    /// The name of the gateway that answers go through.
    pub(crate) gateway: String,
    /// How many segments an answer may take.
    #[serde(default = "two")]
    pub(crate) segments: NonZeroU8,
    /// After how many minutes without a message a conversation is forgotten.
    #[serde(default = "an_hour")]
    pub(crate) idle_minutes: u32,
    /// After how many minutes an answer is too late to be sent.
    #[serde(default = "half_an_hour")]
    pub(crate) validity_minutes: NonZeroU32,
    /// How many messages of one sender are answered in an hour.
    #[serde(default = "twenty")]
    pub(crate) messages_per_hour: u32,
    /// How many segments may be sent in a day; 0 = no limit.
    #[serde(default = "a_thousand")]
    pub(crate) segments_per_day: u64,
    /// How many in a month; 0 = no limit.
    #[serde(default = "ten_thousand")]
    pub(crate) segments_per_month: u64,
    /// The countries whose numbers are answered, by the beginning of their numbers.
    #[serde(default = "france")]
    pub(crate) countries: Vec<String>,
}

impl SmsSettings {
    /// What a site that decided nothing gets, with its number and its gateway.
    pub(crate) fn new(number: &str, gateway: &str) -> Self {
        Self {
            numbers: vec![number.to_owned()],
            gateway: gateway.to_owned(),
            segments: two(),
            idle_minutes: an_hour(),
            validity_minutes: half_an_hour(),
            messages_per_hour: twenty(),
            segments_per_day: a_thousand(),
            segments_per_month: ten_thousand(),
            countries: france(),
        }
    }
}

fn two() -> NonZeroU8 {
    NonZeroU8::MIN.saturating_add(1)
}

fn an_hour() -> u32 {
    60
}

fn half_an_hour() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(29)
}

fn twenty() -> u32 {
    20
}

fn a_thousand() -> u64 {
    1_000
}

fn ten_thousand() -> u64 {
    10_000
}

/// France and its overseas departments: Réunion and Mayotte, Guadeloupe, Guyane, Martinique.
fn france() -> Vec<String> {
    ["+33", "+262", "+590", "+594", "+596"]
        .map(str::to_owned)
        .to_vec()
}
