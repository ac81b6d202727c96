//! The energy counter of NVIDIA's graphics cards, by the management library that comes with their driver (NVML).
//!
//! `nvmlDeviceGetTotalEnergyConsumption` counts a card's millijoules since the driver was loaded (Volta and later). The
//! library is looked for when the program runs: a machine without a card needs nothing of it.

use nvml_wrapper::Nvml;
use std::path::Path;
use std::time::{Duration, Instant};

/// Cards renew their counter some ten to fifty times a second, and asking them takes longer than an answer from
/// extracts: they are asked no more often than they know something new.
const RENEWED: Duration = Duration::from_millis(20);
const MICROJOULES_OF_A_MILLIJOULE: f64 = 1_000.0;

/// The cards of a machine.
#[derive(Debug)]
pub(super) struct Graphics {
    nvml: Nvml,
    /// The numbers of those that have a counter.
    cards: Vec<u32>,
    read_at: Instant,
    /// Microjoules.
    last: f64,
}

impl Graphics {
    /// The cards that have a counter; none where there is none. `library` names the library's file, none for the driver's.
    pub(super) fn find(library: Option<&Path>) -> Option<Self> {
        let nvml = match library {
            Some(library) => Nvml::builder().lib_path(library.as_os_str()).init(),
            None => Nvml::init(),
        };
        let nvml = nvml.ok()?;
        let count = nvml.device_count().ok()?;
        let cards: Vec<u32> = (0..count)
            .filter(|card| counted(&nvml, *card).is_some())
            .collect();
        if cards.is_empty() {
            return None;
        }
        let last = total(&nvml, &cards)?;
        let read_at = Instant::now();
        Some(Self {
            nvml,
            cards,
            read_at,
            last,
        })
    }

    /// Microjoules since some instant; what was known last where a card does not answer any more.
    pub(super) fn read(&mut self) -> f64 {
        if self.read_at.elapsed() >= RENEWED {
            self.read_at = Instant::now();
            self.last = total(&self.nvml, &self.cards).unwrap_or(self.last);
        }
        self.last
    }
}

/// Millijoules of a card.
fn counted(nvml: &Nvml, card: u32) -> Option<u64> {
    nvml.device_by_index(card).ok()?.total_energy_consumption().ok()
}

/// Microjoules of all of them.
fn total(nvml: &Nvml, cards: &[u32]) -> Option<f64> {
    let millijoules: Option<u64> = cards.iter().map(|card| counted(nvml, *card)).sum();
    millijoules.map(|millijoules| millijoules as f64 * MICROJOULES_OF_A_MILLIJOULE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::process::Command;

    /// A library of two cards, of which only the second one has a counter: it counts 5 mJ at each question.
    const LIBRARY: &str = "
        int nvmlInit_v2(void) { return 0; }
        int nvmlShutdown(void) { return 0; }
        int nvmlSystemGetDriverVersion(char *version, unsigned length) { version[0] = 0; return 0; }
        int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **card) { *card = (void *)(1L + index); return 0; }
        int nvmlDeviceGetTotalEnergyConsumption(void *card, unsigned long long *total) {
            static unsigned long long counted = 1000;
            if (card != (void *)2L) return 3; /* not supported */
            *total = counted += 5;
            return 0;
        }";

    fn library(folder: &Path) -> PathBuf {
        let (source, library) = (folder.join("nvml.c"), folder.join("libnvml.so"));
        std::fs::write(&source, LIBRARY).unwrap();
        let mut compiling = Command::new("cc");
        let compiled = compiling
            .args(["-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(&source)
            .status();
        assert!(
            compiled
                .expect("a C compiler, which SQLite's build needs too")
                .success()
        );
        library
    }

    #[test]
    fn the_cards_that_have_a_counter_are_counted_in_microjoules_and_not_asked_too_often() {
        let folder = tempfile::tempdir().unwrap();
        let mut graphics = Graphics::find(Some(&library(folder.path()))).unwrap();
        assert_eq!(graphics.cards, [1]);
        let found = graphics.last;
        assert!(found > 1_000_000.0 && found < 1_100_000.0, "{found}");
        graphics.read_at = Instant::now() + RENEWED;
        assert!((graphics.read() - found).abs() < 0.5, "asked again at once");
        graphics.read_at = Instant::now().checked_sub(RENEWED).unwrap();
        assert!((graphics.read() - found - 5_000.0).abs() < 0.5);
    }

    #[test]
    fn a_machine_without_the_library_has_no_cards() {
        assert!(Graphics::find(Some(Path::new("/nowhere/libnvidia-ml.so"))).is_none());
    }
}
