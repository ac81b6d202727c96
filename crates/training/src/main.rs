//! Learns what ships with the program, from the State's fiches and content of our own: the same files each time.
#![expect(clippy::print_stderr, reason = "a command of the terminal speaks there")]

mod confidence;
mod fiches;
mod index;
mod questions;
mod random;
mod vectors;

use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Learns the vectors of meaning and the weights of confidence")]
struct Options {
    /// What to learn: the weights of confidence hold for the vectors that the program was built with
    #[arg(value_enum)]
    what: What,
    /// The archive that `cargo xtask fiches` writes
    fiches: PathBuf,
    /// File to write
    out: PathBuf,
    /// Write also what the weights of confidence were learned from, a line an example
    #[arg(long)]
    examples: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Vectors of meaning
    Meaning,
    /// Weights of confidence
    Confidence,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let fiches = fiches::read(&options.fiches)?;
    let file = match options.what {
        What::Meaning => vectors::learn(&fiches, |round, loss| eprintln!("round {round}: loss {loss:.4}")),
        What::Confidence => {
            let mut examples = Vec::new();
            for set in questions::sets(&fiches) {
                examples.extend(confidence::examples(&set)?);
                eprintln!("{}: {} examples so far", set.name, examples.len());
            }
            if let Some(path) = &options.examples {
                let lines = examples
                    .iter()
                    .map(|example| format!("{} {} {:?}\n", example.kind, example.right, example.seen));
                std::fs::write(path, lines.collect::<String>())
                    .with_context(|| format!("writing {}", path.display()))?;
            }
            confidence::learn(&examples).into_bytes()
        }
    };
    std::fs::write(&options.out, file).with_context(|| format!("writing {}", options.out.display()))
}
