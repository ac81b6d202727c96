//! The energy that an answer took, and how it was found.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Add;

/// Joules of a watt-hour.
const JOULES_OF_A_WATT_HOUR: f64 = 3_600.0;

/// An energy, to the microjoule: the unit in which Linux counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Energy {
    microjoules: u64,
}

impl Energy {
    /// So many microjoules.
    #[must_use]
    pub fn of_microjoules(microjoules: u64) -> Self {
        Self { microjoules }
    }

    /// In microjoules.
    #[must_use]
    pub fn microjoules(self) -> u64 {
        self.microjoules
    }

    /// In joules.
    #[must_use]
    pub fn joules(self) -> f64 {
        self.microjoules as f64 / 1e6
    }

    /// In watt-hours.
    #[must_use]
    pub fn watt_hours(self) -> f64 {
        self.joules() / JOULES_OF_A_WATT_HOUR
    }
}

impl Add for Energy {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            microjoules: self.microjoules.saturating_add(other.microjoules),
        }
    }
}

/// How energy is found. Figures of different methods are not compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The counter of the processor's packages (RAPL): all that runs on the machine.
    Rapl,
    /// The same, and the counter of NVIDIA's graphics cards.
    RaplNvml,
    /// The processor time of this program alone, times a stated power of a core.
    ProcessorTime,
    /// The same, and the counter of NVIDIA's graphics cards.
    ProcessorTimeNvml,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [
        Self::Rapl,
        Self::RaplNvml,
        Self::ProcessorTime,
        Self::ProcessorTimeNvml,
    ];

    /// Its name in the database and in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rapl => "rapl",
            Self::RaplNvml => "rapl_nvml",
            Self::ProcessorTime => "processor_time",
            Self::ProcessorTimeNvml => "processor_time_nvml",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }

    /// Whether other programs of the machine are counted too, those that serve a model among them.
    #[must_use]
    pub fn counts_the_whole_machine(self) -> bool {
        matches!(self, Self::Rapl | Self::RaplNvml)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An energy with the method that found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// How much.
    pub energy: Energy,
    /// How it was found.
    pub method: Method,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watt_hour_is_3600_joules() {
        let energy = Energy::of_microjoules(3_600_000_000);
        assert!((energy.joules() - 3_600.0).abs() < 1e-9 && (energy.watt_hours() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_method_is_known_by_its_name() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.as_str()), Some(method));
        }
        assert_eq!(Method::parse("guess"), None);
    }
}
