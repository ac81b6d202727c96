//! Search engines of other makers on the same questions, in the same run: `bench/peers`, in a virtual environment of ours.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use serde_json::Value;

use super::figure;
use crate::{process, tools};

/// Prints their figures beside ours.
pub(super) fn run(root: &Path, questions: &str, corpus: &str) -> anyhow::Result<()> {
    let environment = tools::cache(root).join("peers");
    let python = tools::python_packages(&root.join("bench/peers/requirements.txt"), &environment, &[])?;
    let mut asking = Command::new(python);
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
