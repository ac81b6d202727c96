//! Benchmarks of the release build on this machine; figures are printed, never asserted.

mod import;
mod machine;
mod model;
mod peers;
mod questions;
mod sets;
mod sms;
mod start;
mod town;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::tools::Build;
use crate::{fiches, process};

#[derive(Args)]
pub(crate) struct Options {
    /// Which benchmarks; import, questions and start when left out
    names: Vec<Name>,
    /// A question set for `sets`: QUESTIONS.jsonl, or QUESTIONS.jsonl:CORPUS.jsonl; may be given several times
    #[arg(long = "set", value_name = "QUESTIONS[:CORPUS]")]
    sets: Vec<sets::QuestionSet>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Name {
    /// Import, publish and index the State's fiches
    Import,
    /// Ask over HTTP, one at a time and from 64 clients
    Questions,
    /// Start on an existing index
    Start,
    /// Answer SMS that an SMSC delivers
    Sms,
    /// Run a model in the process, beside llama.cpp's own server
    Model,
    /// Examine the question sets given by --set, beside engines of other makers
    Sets,
}

/// What the benchmarks share.
struct Bench {
    /// The repository.
    root: PathBuf,
    parvis: PathBuf,
    /// The fiches, one zip of XML.
    corpus: PathBuf,
    /// The data directory in which they are published.
    data: PathBuf,
    /// The configuration that takes the limits away.
    config: PathBuf,
}

/// Answers are measured, not the limits that protect a town.
const LIMITS: &str = "[limits]\nquestions_per_minute = 0\nconcurrent = 0\n\n";
/// The one town of the benchmarks.
const SITE: &str = "[log]\nlevel = \"error\"\n\n[[site]]\nkey = \"bench\"\nname = \"Bench\"\n";

pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let default = [Name::Import, Name::Questions, Name::Start];
    let mut names: &[Name] = if options.names.is_empty() {
        &default
    } else {
        &options.names
    };
    if options.names.is_empty() && !options.sets.is_empty() {
        names = &[Name::Sets];
    }
    println!("{}", machine::description());
    if names == [Name::Model] {
        return model::run(root);
    }
    let bench = Bench::prepare(root)?;
    for name in names {
        match name {
            Name::Import => import::run(&bench)?,
            Name::Questions => questions::run(&bench)?,
            Name::Start => start::run(&bench)?,
            Name::Sms => sms::run(&bench)?,
            Name::Model => model::run(root)?,
            Name::Sets => sets::run(&bench, &options.sets)?,
        }
    }
    Ok(())
}

impl Bench {
    fn prepare(root: &Path) -> anyhow::Result<Self> {
        let mut build = Command::new("cargo");
        build
            .current_dir(root)
            .args(["build", "--release", "--package", "server", "--bin", "parvis"]);
        anyhow::ensure!(
            process::run(&mut build)?.ok,
            "the release build failed: see above"
        );
        let target = Build::of(root)?.target_folder;
        let folder = target.join("bench-data");
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let config = folder.join("parvis.toml");
        std::fs::write(&config, format!("{LIMITS}{SITE}"))
            .with_context(|| format!("writing {}", config.display()))?;
        Ok(Self {
            root: root.to_owned(),
            parvis: target.join("release/parvis"),
            corpus: folder.join("vdd.zip"),
            data: folder.join("town"),
            config,
        })
    }

    /// The fiches, fetched once.
    fn corpus(&self) -> anyhow::Result<&Path> {
        if !self.corpus.is_file() {
            println!("fetching the State's fiches (once)");
            let folder = self.corpus.parent().context("the corpus has no folder")?;
            // Written aside first, so that an interrupted fetch is not taken for a corpus.
            let aside = folder.join("fetching");
            fiches::run(&aside)?;
            std::fs::rename(aside.join("vdd.zip"), &self.corpus)
                .context("putting the corpus in its place")?;
        }
        Ok(&self.corpus)
    }

    /// The published fiches, imported if they are not there yet.
    fn published(&self) -> anyhow::Result<&Path> {
        if !self.data.is_dir() {
            import::run(self)?;
        }
        Ok(&self.data)
    }
}

/// One line of figures: what, how much, what is wanted.
fn figure(what: &str, measured: &str, wanted: &str) {
    let wanted = if wanted.is_empty() {
        String::new()
    } else {
        format!("(wanted: {wanted})")
    };
    println!("  {what:<44} {measured:>14}  {wanted}");
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1000.0)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

/// The value under which `share` of the sorted durations lie.
fn quantile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let sorted: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(quantile(&sorted, 0.0), Duration::from_millis(1));
        assert_eq!(quantile(&sorted, 0.99), Duration::from_millis(99));
        assert_eq!(quantile(&sorted, 1.0), Duration::from_millis(100));
        assert_eq!(quantile(&[], 0.5), Duration::ZERO);
    }
}
