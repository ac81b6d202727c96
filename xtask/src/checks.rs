//! The test command: each kind of check in turn, all of them even when one fails, and a closing table.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use clap::ValueEnum;

use crate::process;
use crate::report::{Report, Row, table};
use crate::tools::{self, Build};
use crate::{counts, fuzz, tidy};

/// A kind of check.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Kind {
    Format,
    Tidy,
    Deny,
    Machete,
    Clippy,
    Unit,
    Models,
    Doc,
    Fuzz,
    Browser,
}

const FUZZ_SECONDS: u64 = 10;

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Format => "formatting",
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Machete => "machete",
            Self::Clippy => "clippy",
            Self::Unit => "tests",
            Self::Models => "models",
            Self::Doc => "doc tests",
            Self::Fuzz => "fuzz",
            Self::Browser => "browser",
        }
    }

    fn check(self, root: &Path) -> anyhow::Result<Report> {
        match self {
            Self::Format => formatting(root),
            Self::Tidy => tidy::run(root),
            Self::Deny => deny(root),
            Self::Machete => machete(root),
            Self::Clippy => clippy(root),
            Self::Unit => unit(root),
            Self::Models => models(root),
            Self::Doc => doc(root),
            Self::Fuzz => fuzz::run(root, None, FUZZ_SECONDS),
            Self::Browser => browser(root),
        }
    }
}

/// Runs the kinds asked for, or all of them; true when nothing failed.
pub(crate) fn run(root: &Path, only: &[Kind]) -> anyhow::Result<bool> {
    let (chosen, left_out): (Vec<Kind>, Vec<Kind>) = Kind::value_variants()
        .iter()
        .partition(|kind| only.is_empty() || only.contains(kind));
    let mut rows = Vec::new();
    for kind in chosen {
        println!("\n==> {}", kind.name());
        let start = Instant::now();
        let report = kind
            .check(root)
            .unwrap_or_else(|error| Report::could_not_run(format!("{error:#}")));
        rows.push(Row {
            kind: kind.name(),
            report,
            took: start.elapsed(),
        });
    }
    println!();
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|kind| kind.name()).collect();
        println!("left out, as asked: {}", names.join(", "));
    }
    println!("{}", table(&rows));
    Ok(rows.iter().all(|row| row.report.failed == 0))
}

fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(arguments);
    command
}

fn formatting(root: &Path) -> anyhow::Result<Report> {
    let mut ok = process::run(&mut cargo(root, &["fmt", "--all", "--check"]))?.ok;
    if root.join(fuzz::MANIFEST).is_file() {
        ok &= process::run(&mut cargo(
            root,
            &["fmt", "--manifest-path", fuzz::MANIFEST, "--check"],
        ))?
        .ok;
    }
    Ok(Report::single(ok, "run `cargo fmt --all`"))
}

fn clippy(root: &Path) -> anyhow::Result<Report> {
    let outcome = process::run(&mut cargo(
        root,
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    ))?;
    Ok(Report::single(outcome.ok, "warnings are errors: see above"))
}

fn deny(root: &Path) -> anyhow::Result<Report> {
    let program = match tools::cargo_tool(root, &tools::DENY) {
        Ok(program) => program,
        Err(missing) => return Ok(Report::could_not_run(missing)),
    };
    let checks = ["check", "bans", "licenses", "sources"];
    let outcome = process::run(Command::new(&program).current_dir(root).args(checks))?;
    let mut report = counts::deny(&outcome.lines).with_exit(outcome.ok, "cargo deny did not run to its end");
    let advisories = process::run(
        Command::new(&program)
            .current_dir(root)
            .args(["check", "advisories"]),
    )?;
    if advisories
        .lines
        .iter()
        .any(|line| line.contains("failed to fetch advisory database"))
    {
        return Ok(report.note("advisories were not checked: their database cannot be reached from here"));
    }
    let advisories =
        counts::deny(&advisories.lines).with_exit(advisories.ok, "advisories could not be checked");
    report.add(advisories);
    Ok(report)
}

fn machete(root: &Path) -> anyhow::Result<Report> {
    let program = match tools::cargo_tool(root, &tools::MACHETE) {
        Ok(program) => program,
        Err(missing) => return Ok(Report::could_not_run(missing)),
    };
    let outcome = process::run(Command::new(program).current_dir(root).args(["crates", "xtask"]))?;
    Ok(Report::single(
        outcome.ok,
        "take the unused dependencies out of the manifests named above",
    ))
}

fn unit(root: &Path) -> anyhow::Result<Report> {
    let peers = [
        tools::postgres().map(drop),
        tools::sms_peers(root),
        tools::model_peers(root),
    ];
    // The binary too, with the features of its tests: the browser then finds it built.
    let built = process::run(&mut cargo(root, &["build", "--workspace", "--all-targets"]))?.ok;
    if !built {
        return Ok(Report::could_not_run("the workspace does not build: see above"));
    }
    let outcome = process::run(&mut cargo(
        root,
        &["test", "--workspace", "--all-targets", "--no-fail-fast"],
    ))?;
    let mut report = counts::libtest(&outcome.lines).with_exit(outcome.ok, "a test binary did not end well");
    for missing in peers.into_iter().filter_map(Result::err) {
        report.failed += 1;
        report.notes.push(missing);
    }
    if report.ran == 0 && report.failed == 0 {
        return Ok(Report::could_not_run("no test ran"));
    }
    Ok(report)
}

/// What is built with llama.cpp: minutes where nothing of it is cached.
fn models(root: &Path) -> anyhow::Result<Report> {
    let needed = tools::program(&["cmake"], "cmake")
        .map(drop)
        .and_then(|()| tools::libclang())
        .and_then(|()| tools::model_peers(root));
    if let Err(missing) = needed {
        return Ok(Report::could_not_run(missing));
    }
    let features = ["--features", "generation/llama,server/llama"];
    let mut linting = cargo(
        root,
        &["clippy", "-p", "generation", "-p", "server", "--all-targets"],
    );
    if !process::run(linting.args(features).args(["--", "-D", "warnings"]))?.ok {
        return Ok(Report::single(false, "warnings are errors: see above"));
    }
    let mut report = Report::default();
    for tests in [
        &["-p", "generation", "--features", "llama"][..],
        &[
            "-p",
            "server",
            "--features",
            "llama",
            "--test",
            "server",
            "--",
            "a_models_file",
            "each_candidate_for_the_model",
        ],
    ] {
        let outcome = process::run(cargo(root, &["test"]).args(tests))?;
        let ran = counts::libtest(&outcome.lines);
        report.add(ran.with_exit(outcome.ok, "a test binary did not end well"));
    }
    if report.ran == 0 && report.failed == 0 {
        return Ok(Report::could_not_run("no test ran"));
    }
    Ok(report)
}

fn doc(root: &Path) -> anyhow::Result<Report> {
    let outcome = process::run(&mut cargo(
        root,
        &["test", "--workspace", "--doc", "--no-fail-fast"],
    ))?;
    Ok(counts::libtest(&outcome.lines).with_exit(outcome.ok, "the doc tests did not build or run"))
}

fn browser(root: &Path) -> anyhow::Result<Report> {
    let folder = root.join("tests/browser");
    let files = match test_files(&folder) {
        Ok(files) if !files.is_empty() => files,
        Ok(_) => {
            return Ok(Report::could_not_run(
                "tests/browser holds no *.test.js or *.test.mjs",
            ));
        }
        Err(error) => return Ok(Report::could_not_run(format!("reading tests/browser: {error}"))),
    };
    let (node, chromium) = match browser_programs(&folder) {
        Ok(programs) => programs,
        Err(missing) => return Ok(Report::could_not_run(missing)),
    };
    let build = Build::of(root)?;
    if !process::run(&mut cargo(root, &["build", "--workspace", "--all-targets"]))?.ok {
        return Ok(Report::could_not_run("parvis does not build: see above"));
    }
    let mut command = Command::new(node);
    command
        .current_dir(root)
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(files)
        .env("PARVIS_BIN", build.target_folder.join("debug/parvis"))
        .env("PARVIS_CHROMIUM", chromium);
    let outcome = process::run(&mut command)?;
    let report = counts::node(&outcome.lines).with_exit(outcome.ok, "node's test runner failed: see above");
    if report.ran == 0 && report.failed == 0 {
        return Ok(Report::could_not_run("node ran no test"));
    }
    Ok(report)
}

fn browser_programs(folder: &Path) -> Result<(std::path::PathBuf, std::path::PathBuf), String> {
    let node = tools::program(&["node"], "nodejs")?;
    let chromium = tools::program(&["chromium", "chromium-browser", "google-chrome"], "chromium")?;
    tools::npm_packages(folder)?;
    Ok((node, chromium))
}

/// The test files by name, because what `node --test FOLDER` means differs between node's versions.
fn test_files(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".test.js") || name.ends_with(".test.mjs")
        })
        .collect();
    files.sort();
    Ok(files)
}
