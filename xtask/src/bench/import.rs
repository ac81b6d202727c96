//! Import, publication and index of the State's fiches into a fresh data directory.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::{Bench, figure, machine, megabytes};

pub(super) fn run(bench: &Bench) -> anyhow::Result<()> {
    let corpus = bench.corpus()?;
    if bench.data.exists() {
        std::fs::remove_dir_all(&bench.data).with_context(|| format!("emptying {}", bench.data.display()))?;
    }
    println!("import");
    let start = Instant::now();
    let mut child = Command::new(&bench.parvis)
        .arg("import")
        .arg(corpus)
        .arg("--data-dir")
        .arg(&bench.data)
        .arg("--config")
        .arg(&bench.config)
        .args([
            "--source",
            "Service-public",
            "--trusted-by",
            "Banc d'essai",
            "--as",
            "Banc d'essai",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("starting parvis import")?;
    let mut peak = 0;
    let status = loop {
        peak = machine::peak_memory(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().context("waiting for parvis import")? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let took = start.elapsed();
    anyhow::ensure!(status.success(), "parvis import failed ({status})");
    figure(
        "import + publish + index",
        &format!("{:.1} s", took.as_secs_f64()),
        "under 60 s",
    );
    figure("peak memory", &megabytes(peak), "under 600 MB");
    figure(
        "index on disk",
        &megabytes(machine::folder_size(&bench.data.join("index"))),
        "under 150 MB",
    );
    figure(
        "whole data directory",
        &megabytes(machine::folder_size(&bench.data)),
        "",
    );
    Ok(())
}
