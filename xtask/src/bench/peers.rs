//! Search engines of other makers on the same questions, in the same run: `bench/peers`, in a virtual environment of ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use serde_json::Value;

use super::figure;
use crate::{process, tools};

/// Prints their figures beside ours.
pub(super) fn run(root: &Path, questions: &str, corpus: &str) -> anyhow::Result<()> {
    let mut asking = Command::new(python(root)?);
    asking
        .arg(root.join("bench/peers/peers.py"))
        .args([corpus, questions]);
    let printed = process::output(&mut asking)?;
    for line in printed.lines() {
        let figures: Value = serde_json::from_str(line).with_context(|| format!("a peer said {line:?}"))?;
        let engine = figures["engine"].as_str().context("a peer without a name")?;
        for (name, decimals) in [("R@1", 4), ("R@5", 4), ("median_ms", 2)] {
            let value = figures[name]
                .as_f64()
                .with_context(|| format!("{engine} tells no {name}"))?;
            figure(&format!("{engine} {name}"), &format!("{value:.decimals$}"), "");
        }
    }
    Ok(())
}

/// The Python of the environment, made anew whenever its requirements change.
fn python(root: &Path) -> anyhow::Result<PathBuf> {
    let requirements = root.join("bench/peers/requirements.txt");
    let wanted =
        std::fs::read(&requirements).with_context(|| format!("reading {}", requirements.display()))?;
    let environment = tools::cache(root).join("peers");
    let (stamp, python) = (environment.join("requirements"), environment.join("bin/python"));
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("installing the peers (once)");
    let mut making = Command::new("python3");
    making.args(["-m", "venv", "--clear"]).arg(&environment);
    process::output(&mut making).context("making a virtual environment; is python3-venv installed?")?;
    let mut installing = Command::new(&python);
    installing
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&requirements);
    process::output(&mut installing).context("installing the peers")?;
    std::fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(python)
}
