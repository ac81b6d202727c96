//! Learning what ships with the program again: the archive of fiches, then the vectors, then the weights that go by them.

use crate::{fiches, process};
use anyhow::ensure;
use std::path::Path;
use std::process::Command;

/// What is learned, in order, and the file it is written to: the later ones are learned with the earlier ones built in.
const LEARNED: [(&str, &str); 2] = [
    ("meaning", "crates/retrieval/data/meaning.bin"),
    ("confidence", "crates/retrieval/data/confidence.txt"),
];

/// Learns everything anew; the same fiches give the same files.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let scratch = root.join("target/train");
    fiches::run(&scratch)?;
    for (what, file) in LEARNED {
        let mut learn = Command::new("cargo");
        learn
            .current_dir(root)
            .args(["run", "--release", "--package", "training", "--", what]);
        let outcome = process::run(learn.arg(scratch.join("vdd.zip")).arg(root.join(file)))?;
        ensure!(
            outcome.ok,
            "learning {what} failed; {file} may be incomplete: restore it"
        );
    }
    Ok(())
}
