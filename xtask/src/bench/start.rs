//! How soon the program is ready on an existing index, and what it holds when nobody asks.

use std::time::Duration;

use super::town::Town;
use super::{Bench, figure, megabytes, milliseconds, quantile};

const STARTS: usize = 20;

pub(super) fn run(bench: &Bench) -> anyhow::Result<()> {
    bench.published()?;
    println!("start ({STARTS} times)");
    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..STARTS {
        let town = Town::start(bench)?;
        times.push(town.ready_after);
        if times.len() == STARTS {
            std::thread::sleep(Duration::from_secs(2));
            memory = town.memory();
        }
    }
    times.sort_unstable();
    figure(
        "started and ready, median",
        &milliseconds(quantile(&times, 0.5)),
        "under 300 ms",
    );
    figure(
        "started and ready, slowest",
        &milliseconds(quantile(&times, 1.0)),
        "under 300 ms",
    );
    figure("idle memory", &megabytes(memory), "under 150 MB");
    Ok(())
}
