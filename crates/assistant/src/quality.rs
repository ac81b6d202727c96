//! What a site's answers came to, in figures alone: for its staff and for its residents.

use crate::{Assistant, Error};
use chrono::{DateTime, Days, Utc};
use domain::answer::Verdict;
use domain::energy::{Energy, Method};
use domain::site::Site;
use serde::Serialize;
use store::Answers;

/// The longest period that is looked back over, in days.
const LONGEST: u16 = 30;

/// The answers of a period: those whose turns are still kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// How long the period is. No longer than turns are kept.
    pub days: u16,
    /// How many answers ended in each way.
    pub verdicts: Vec<(Verdict, u64)>,
    /// Answers that a model was asked to say again.
    pub given_to_model: u64,
    /// Its sentences that were shown.
    pub shown: u64,
    /// Its sentences that were dropped: not proven.
    pub dropped: u64,
    /// What answers from extracts alone took.
    pub energy_of_extracts: Vec<Taken>,
    /// What answers took that a model was asked to say again, their extracts included.
    pub energy_with_model: Vec<Taken>,
}

/// What answers took whose energy was found in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// How it was found.
    pub method: Method,
    /// How many answers.
    pub answers: u64,
    /// What they took together, in microjoules.
    #[serde(rename = "microjoules")]
    pub energy: Energy,
}

impl Taken {
    /// Watt-hours of an answer, on average.
    #[must_use]
    pub fn watt_hours_per_answer(&self) -> f64 {
        self.energy.watt_hours() / self.answers.max(1) as f64
    }
}

impl Quality {
    fn of(days: u16, groups: &[Answers]) -> Self {
        let count = |verdict| {
            let alike = groups.iter().filter(|group| group.verdict == verdict);
            alike.map(|group| group.count).sum()
        };
        let with_model = || groups.iter().filter(|group| group.by_model);
        Self {
            days,
            verdicts: Verdict::ALL.map(|verdict| (verdict, count(verdict))).to_vec(),
            given_to_model: with_model().map(|group| group.count).sum(),
            shown: with_model().map(|group| group.shown).sum(),
            dropped: with_model().map(|group| group.dropped).sum(),
            energy_of_extracts: taken(groups.iter().filter(|group| !group.by_model)),
            energy_with_model: taken(with_model()),
        }
    }

    /// How many answers ended in one of these ways.
    #[must_use]
    pub fn ended(&self, ways: &[Verdict]) -> u64 {
        let alike = self.verdicts.iter().filter(|(verdict, _)| ways.contains(verdict));
        alike.map(|(_, count)| count).sum()
    }
}

fn taken<'a>(groups: impl Iterator<Item = &'a Answers>) -> Vec<Taken> {
    let mut all: Vec<Taken> = Vec::new();
    for group in groups {
        let Some(method) = group.method else { continue };
        match all.iter_mut().find(|taken| taken.method == method) {
            Some(taken) => {
                taken.answers += group.count;
                taken.energy = taken.energy + group.energy;
            }
            None => all.push(Taken {
                method,
                answers: group.count,
                energy: group.energy,
            }),
        }
    }
    all
}

impl Assistant {
    /// What the answers of a site came to, lately.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn quality(&self, site: &Site, now: DateTime<Utc>) -> Result<Quality, Error> {
        let days = site.settings.web_retention_days.clamp(1, LONGEST);
        let groups = self
            .store
            .answers_since(site.id, now - Days::new(u64::from(days)))
            .await?;
        Ok(Quality::of(days, &groups))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_how_they_ended_and_energies_of_different_methods_are_not_mixed() {
        let group = |verdict, by_model, method, count, microjoules| Answers {
            verdict,
            by_model,
            method,
            count,
            energy: Energy::of_microjoules(microjoules),
            shown: if by_model { 3 } else { 0 },
            dropped: if by_model { 1 } else { 0 },
        };
        let quality = Quality::of(
            30,
            &[
                group(Verdict::Answered, false, Some(Method::Rapl), 2, 10),
                group(Verdict::Answered, false, Some(Method::ProcessorTime), 1, 70),
                group(Verdict::Answered, true, Some(Method::Rapl), 4, 7_200_000_000),
                group(Verdict::Unknown, false, Some(Method::Rapl), 1, 5),
                group(Verdict::Unknown, false, None, 8, 0),
            ],
        );
        assert_eq!(quality.ended(&[Verdict::Answered]), 7);
        assert_eq!(quality.ended(&[Verdict::Unknown, Verdict::Elsewhere]), 9);
        assert_eq!(
            (quality.given_to_model, quality.shown, quality.dropped),
            (4, 3, 1)
        );
        let taken = |method, answers, microjoules| Taken {
            method,
            answers,
            energy: Energy::of_microjoules(microjoules),
        };
        assert_eq!(
            quality.energy_of_extracts,
            [taken(Method::Rapl, 3, 15), taken(Method::ProcessorTime, 1, 70)]
        );
        assert!((quality.energy_with_model[0].watt_hours_per_answer() - 0.5).abs() < 1e-9);
    }
}
