//! Fuzzing the parsers of outside bytes, on the stable compiler: libFuzzer with coverage, without sanitizers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;

use crate::counts;
use crate::process;
use crate::report::Report;
use crate::tools::{self, Build};

/// The fuzz targets are a workspace of their own: their flags would rebuild ours.
pub(crate) const MANIFEST: &str = "fuzz/Cargo.toml";

/// What libFuzzer needs the compiler to insert.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";

/// Fuzzes one target, or each, for that many seconds.
pub(crate) fn run(root: &Path, only: Option<&str>, seconds: u64) -> anyhow::Result<Report> {
    if !root.join(MANIFEST).is_file() {
        return Ok(Report::could_not_run(format!(
            "there are no fuzz targets: {MANIFEST} is missing"
        )));
    }
    let all = targets(&root.join(MANIFEST))?;
    let chosen: Vec<&String> = all
        .iter()
        .filter(|name| only.is_none_or(|only| only == name.as_str()))
        .collect();
    if chosen.is_empty() {
        return Ok(Report::could_not_run(format!(
            "no such fuzz target; there are: {}",
            all.join(", ")
        )));
    }
    if let Err(missing) = tools::program(&["c++", "g++", "clang++"], "g++") {
        return Ok(Report::could_not_run(missing));
    }
    let build = Build::of(root)?;
    let programs = match compile(root, &build)? {
        Some(programs) => programs,
        None => return Ok(Report::could_not_run("the fuzz targets do not build: see above")),
    };
    let mut report = Report::default();
    for name in chosen {
        let campaign = Campaign {
            root,
            build: &build,
            name,
            seconds,
        };
        campaign.run(&programs.join(name), &mut report)?;
    }
    Ok(report)
}

/// Builds every target; the folder of the programs, or none where the build failed.
fn compile(root: &Path, build: &Build) -> anyhow::Result<Option<PathBuf>> {
    let folder = build.target_folder.join("fuzz");
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(root)
        // Naming the target keeps the flags away from build scripts and macros, which would not link with them.
        .args([
            "build",
            "--release",
            "--bins",
            "--manifest-path",
            MANIFEST,
            "--target",
            &build.host,
        ])
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", FLAGS);
    let built = process::run(&mut cargo)?.ok;
    Ok(built.then(|| folder.join(&build.host).join("release")))
}

/// The names under `[[bin]]`.
fn targets(manifest: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        std::fs::read_to_string(manifest).with_context(|| format!("reading {}", manifest.display()))?;
    let manifest: toml::Table = text
        .parse()
        .with_context(|| format!("reading {}", manifest.display()))?;
    let bins = manifest
        .get("bin")
        .and_then(toml::Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    Ok(bins
        .iter()
        .filter_map(|bin| bin.get("name")?.as_str().map(str::to_owned))
        .collect())
}

struct Campaign<'a> {
    root: &'a Path,
    build: &'a Build,
    name: &'a str,
    seconds: u64,
}

impl Campaign<'_> {
    fn run(&self, program: &Path, report: &mut Report) -> anyhow::Result<()> {
        let name = self.name;
        // What this machine found is kept beside the build; the seeds of the repository are only read.
        let found = self.build.target_folder.join("fuzz/corpus").join(name);
        let crashes = self.build.target_folder.join("fuzz/crashes").join(name);
        for folder in [&found, &crashes] {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        let seeds = self.root.join("fuzz/corpus").join(name);
        println!("fuzzing {name} for {} s", self.seconds);
        let mut command = Command::new(program);
        command
            .current_dir(self.root)
            .arg(format!("-max_total_time={}", self.seconds))
            .arg(format!("-artifact_prefix={}/", crashes.display()))
            .args([
                "-print_final_stats=1",
                "-timeout=10",
                "-rss_limit_mb=2048",
                "-verbosity=0",
            ])
            .arg(&found)
            .args(seeds.is_dir().then_some(&seeds));
        let outcome = process::run_within(&mut command, Duration::from_secs(self.seconds + 120))?;
        let executions = counts::executions(&outcome.lines);
        report.ran += 1;
        if let Some(input) = counts::crash_input(&outcome.lines) {
            report.failed += 1;
            report
                .notes
                .push(format!("{name}: crashed; the input is {input}"));
        } else if !outcome.ok || executions == 0 {
            report.failed += 1;
            report
                .notes
                .push(format!("{name}: did not run to its end: see above"));
        } else {
            report
                .notes
                .push(format!("{name}: {executions} inputs in {} s", self.seconds));
        }
        Ok(())
    }
}
