//! Learning the vectors that ship with the program again, from the archive of fiches.

use crate::{fiches, process};
use anyhow::ensure;
use std::path::Path;
use std::process::Command;

const VECTORS: &str = "crates/retrieval/data/meaning.bin";

/// Learns them anew; the same fiches give the same file.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let scratch = root.join("target/train");
    fiches::run(&scratch)?;
    let mut learn = Command::new("cargo");
    learn
        .current_dir(root)
        .args(["run", "--release", "--package", "training", "--"]);
    let outcome = process::run(learn.arg(scratch.join("vdd.zip")).arg(root.join(VECTORS)))?;
    ensure!(
        outcome.ok,
        "learning vectors failed; {VECTORS} may be incomplete: restore it"
    );
    Ok(())
}
