//! Learns the vectors of meaning that ship with the program, from the State's fiches: the same file each time.
#![expect(clippy::print_stderr, reason = "a command of the terminal speaks there")]

mod fiches;
mod random;
mod vectors;

use anyhow::Context as _;
use clap::Parser;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Learns the vectors of meaning")]
struct Options {
    /// The archive that `cargo xtask fiches` writes
    fiches: PathBuf,
    /// File to write
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let fiches = fiches::read(&options.fiches)?;
    let file = vectors::learn(&fiches, |round, loss| eprintln!("round {round}: loss {loss:.4}"));
    std::fs::write(&options.out, file).with_context(|| format!("writing {}", options.out.display()))
}
