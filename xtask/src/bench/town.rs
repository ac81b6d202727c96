//! A `parvis serve` on this machine, started for a benchmark and ended with it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::{Bench, machine};
use crate::http::Connection;
use crate::process;

/// A running server.
pub(super) struct Town {
    child: Child,
    pub(super) address: String,
    /// From its start to its first ready answer.
    pub(super) ready_after: Duration,
}

impl Town {
    /// Starts a server and waits until it is ready.
    pub(super) fn start(bench: &Bench) -> anyhow::Result<Self> {
        Self::start_with(bench, &bench.config)
    }

    /// The same with a configuration of its own.
    pub(super) fn start_with(bench: &Bench, config: &Path) -> anyhow::Result<Self> {
        Self::start_at(bench, config, "127.0.0.1:0")
    }

    /// The same where it is expected to listen.
    pub(super) fn start_at(bench: &Bench, config: &Path, listen: &str) -> anyhow::Result<Self> {
        let start = Instant::now();
        let mut child = Command::new(&bench.parvis)
            .args(["serve", "--listen", listen, "--data-dir"])
            .arg(&bench.data)
            .arg("--config")
            .arg(config)
            .env("PARVIS_BENCH_PASSWORD", "secret")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting parvis serve")?;
        let stdout = child.stdout.take().context("parvis serve has no output")?;
        let mut town = Self {
            child,
            address: String::new(),
            ready_after: Duration::ZERO,
        };
        let mut lines = BufReader::new(stdout).lines();
        town.address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once("listening on http://")
                    .map(|(_, at)| at.trim().to_owned())
            })
            .context("parvis serve ended without saying where it listens")?;
        // Read to the end, or the server would stop at a full pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        town.wait_until_ready(start + Duration::from_secs(60))?;
        town.ready_after = start.elapsed();
        Ok(town)
    }

    fn wait_until_ready(&self, deadline: Instant) -> anyhow::Result<()> {
        while Instant::now() < deadline {
            let ready =
                Connection::open(&self.address).and_then(|mut connection| connection.get("/health/ready"));
            if ready.is_ok_and(|response| response.status == 200) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        anyhow::bail!("parvis serve was not ready after a minute")
    }

    pub(super) fn memory(&self) -> u64 {
        machine::memory(self.child.id()).unwrap_or(0)
    }
}

impl Drop for Town {
    /// Asks it to stop, as the service manager of a town would, and insists after ten seconds.
    fn drop(&mut self) {
        process::succeeds(Command::new("kill").args(["-TERM", &self.child.id().to_string()]));
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        process::end_family(&mut self.child);
    }
}
