//! What answers take of energy: the machine's own counters where they can be read, else processor time at a stated power.
//!
//! Answers that run side by side share: what the counters gain between two events (an answer begins, ends or is
//! asked for its share) is divided by the answers in flight. So the shares of all answers together are what was counted
//! while there was any, and nothing of what an idle machine takes between them.

mod graphics;
mod rapl;

use domain::energy::{Energy, Measured, Method};
use graphics::Graphics;
use rapl::Rapl;
use rustix::time::{ClockId, clock_gettime};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where counters are looked for, and what stands in for them.
#[derive(Debug, Clone, PartialEq)]
pub struct MeterSettings {
    /// The folder of Linux's power capping framework, which holds the processor's counters.
    pub rapl: PathBuf,
    /// The file of NVIDIA's management library; none for the one that comes with its driver.
    pub nvml: Option<PathBuf>,
    /// The power of a busy core in watts, where the processor has no counter that may be read.
    pub watts_per_core: f64,
}

/// Counts energy and shares it among answers. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Meter {
    method: Method,
    state: Arc<Mutex<State>>,
}

/// The share of one answer, from its beginning until this is dropped.
#[derive(Debug)]
pub struct Measuring {
    meter: Meter,
    /// The share of an answer that had run since the meter was made, when this one began.
    began: f64,
}

#[derive(Debug)]
struct State {
    processor: Processor,
    graphics: Option<Graphics>,
    /// What the counters said last, in microjoules.
    last: f64,
    in_flight: usize,
    /// What an answer would have got that ran all the time, in microjoules.
    share: f64,
    /// What all answers together got, in microjoules.
    given: f64,
}

#[derive(Debug)]
enum Processor {
    Counter(Rapl),
    /// Watts of a busy core.
    Time(f64),
}

impl Processor {
    /// Microjoules since some instant.
    fn read(&mut self) -> f64 {
        match self {
            Self::Counter(rapl) => rapl.read() as f64,
            Self::Time(watts) => {
                let time = clock_gettime(ClockId::ProcessCPUTime);
                (time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3) * *watts
            }
        }
    }
}

impl Meter {
    /// Finds what can be read.
    #[must_use]
    pub fn new(settings: &MeterSettings) -> Self {
        let processor = match Rapl::find(&settings.rapl) {
            Some(rapl) => Processor::Counter(rapl),
            None => Processor::Time(settings.watts_per_core),
        };
        let graphics = Graphics::find(settings.nvml.as_deref());
        let method = match (&processor, &graphics) {
            (Processor::Counter(_), None) => Method::Rapl,
            (Processor::Counter(_), Some(_)) => Method::RaplNvml,
            (Processor::Time(_), None) => Method::ProcessorTime,
            (Processor::Time(_), Some(_)) => Method::ProcessorTimeNvml,
        };
        let state = State {
            processor,
            graphics,
            last: 0.0,
            in_flight: 0,
            share: 0.0,
            given: 0.0,
        };
        Self {
            method,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// How energy is found here.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// What all answers took, since the meter was made.
    #[must_use]
    pub fn total(&self) -> Measured {
        let mut state = self.state();
        state.count();
        self.measured(state.given)
    }

    /// An answer begins.
    #[must_use]
    pub fn begin(&self) -> Measuring {
        let mut state = self.state();
        state.count();
        state.in_flight += 1;
        Measuring {
            meter: self.clone(),
            began: state.share,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn measured(&self, microjoules: f64) -> Measured {
        Measured {
            energy: Energy::of_microjoules(microjoules.round().max(0.0) as u64),
            method: self.method,
        }
    }
}

impl State {
    /// Shares what the counters gained among the answers in flight.
    fn count(&mut self) {
        let graphics = self.graphics.as_mut().map_or(0.0, Graphics::read);
        let now = self.processor.read() + graphics;
        if self.in_flight > 0 {
            let gained = (now - self.last).max(0.0);
            self.share += gained / self.in_flight as f64;
            self.given += gained;
        }
        self.last = now;
    }
}

impl Measuring {
    /// What the answer has taken so far.
    #[must_use]
    pub fn so_far(&self) -> Measured {
        let mut state = self.meter.state();
        state.count();
        self.meter.measured(state.share - self.began)
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        let mut state = self.meter.state();
        state.count();
        state.in_flight -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::rapl::tests::Packages;
    use proptest::prelude::*;

    fn meter(packages: &Packages) -> Meter {
        Meter::new(&MeterSettings {
            rapl: packages.folder().to_owned(),
            nvml: Some("/nowhere/libnvidia-ml.so".into()),
            watts_per_core: 12.0,
        })
    }

    fn microjoules(measured: Measured) -> u64 {
        measured.energy.microjoules()
    }

    #[test]
    fn answers_side_by_side_share_and_an_idle_machine_counts_for_nobody() {
        let mut packages = Packages::new(&[1_000_000]);
        let meter = meter(&packages);
        packages.gain(0, 500);
        let first = meter.begin();
        packages.gain(0, 100);
        let second = meter.begin();
        packages.gain(0, 60);
        assert_eq!(microjoules(first.so_far()), 130);
        drop(first);
        packages.gain(0, 7);
        assert_eq!(microjoules(second.so_far()), 37);
        drop(second);
        packages.gain(0, 900);
        assert_eq!(microjoules(meter.total()), 167);
        assert_eq!(meter.method(), Method::Rapl);
    }

    #[test]
    fn without_a_counter_the_time_of_this_program_counts_and_waiting_takes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settings = |watts_per_core| MeterSettings {
            rapl: folder.path().join("none"),
            nvml: Some("/nowhere/libnvidia-ml.so".into()),
            watts_per_core,
        };
        let working = Meter::new(&settings(10.0)).begin();
        let without_power = Meter::new(&settings(0.0)).begin();
        let mut sum = 0_u64;
        while microjoules(working.so_far()) < 1_000 {
            sum = std::hint::black_box(sum.wrapping_mul(31).wrapping_add(7));
        }
        assert_eq!(working.so_far().method, Method::ProcessorTime);
        assert_eq!(microjoules(without_power.so_far()), 0);
    }

    #[derive(Debug, Clone)]
    enum Event {
        Gain(u64),
        Begin,
        End(prop::sample::Index),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            (0_u64..5_000).prop_map(Event::Gain),
            Just(Event::Begin),
            any::<prop::sample::Index>().prop_map(Event::End),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_shares_of_all_answers_are_what_was_counted_while_there_was_any(
            events in prop::collection::vec(event(), 0..40),
        ) {
            let mut packages = Packages::new(&[10_000]);
            let meter = meter(&packages);
            let (mut counted, mut shares, mut ended) = (0, 0, 0);
            let mut answers: Vec<Measuring> = Vec::new();
            for event in events {
                match event {
                    Event::Gain(gained) => {
                        packages.gain(0, gained);
                        // Read each time: more than the counter's range would be lost.
                        let _total = meter.total();
                        counted += if answers.is_empty() { 0 } else { gained };
                    }
                    Event::Begin => answers.push(meter.begin()),
                    Event::End(_) if answers.is_empty() => {}
                    Event::End(which) => {
                        let answer = answers.swap_remove(which.index(answers.len()));
                        shares += microjoules(answer.so_far());
                        ended += 1;
                    }
                }
            }
            for answer in &answers {
                shares += microjoules(answer.so_far());
            }
            let rounded = ended + answers.len() as u64;
            prop_assert!(shares.abs_diff(counted) <= rounded, "{shares} of {counted}");
            prop_assert!(microjoules(meter.total()).abs_diff(counted) <= 1);
        }
    }
}
