//! How fast a model in the process answers, beside llama.cpp's own server on the same file and threads, and what the fact lock costs.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use super::figure;
use crate::tools::{self, Build};

/// A line of a peer: who, how many residents, milliseconds to the first word of the last one, tokens a second of all.
struct Line {
    who: String,
    residents: String,
    first: f64,
    per_second: f64,
}

pub(super) fn run(root: &Path) -> anyhow::Result<()> {
    tools::model_peers(root).map_err(anyhow::Error::msg)?;
    let target = Build::of(root)?.target_folder;
    let folder = target.join("bench-data");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let model = folder.join("speed.gguf");
    let peers = root.join("crates/generation/tests/peers");
    let python = peers.join(".venv/bin/python");
    output(
        Command::new(&python)
            .arg(peers.join("tiny_model.py"))
            .arg(&model)
            .arg("speed"),
    )?;
    output(Command::new("cargo").current_dir(root).args([
        "build",
        "--release",
        "--package",
        "generation",
        "--features",
        "llama",
        "--example",
        "model_speed",
    ]))?;
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .to_string();
    println!(
        "model (58 million random weights in 8 bits, 32,000 tokens, {threads} threads, 128 tokens an answer, best of 5)"
    );
    let ours = output(
        Command::new(target.join("release/examples/model_speed"))
            .arg(&model)
            .arg(&threads),
    )?;
    let theirs = output(
        Command::new(&python)
            .arg(peers.join("model_speed.py"))
            .arg(&model)
            .arg(&threads),
    )?;
    let lines = ours
        .lines()
        .chain(theirs.lines())
        .map(line)
        .collect::<anyhow::Result<Vec<Line>>>()?;
    for line in &lines {
        let what = format!("{}, {} at once: to the first word", line.who, line.residents);
        figure(&what, &format!("{:.0} ms", line.first), "");
        let what = format!("{}, {} at once: tokens a second", line.who, line.residents);
        figure(&what, &format!("{:.1}", line.per_second), "");
    }
    for residents in ["1", "8"] {
        let of = |who: &str| {
            lines
                .iter()
                .find(|line| line.who == who && line.residents == residents)
        };
        if let (Some(free), Some(theirs)) = (of("free"), of("llama.cpp")) {
            let percent = |ratio: f64| format!("{:.0} %", ratio * 100.0);
            figure(
                &format!("{residents} at once: our tokens a second of theirs"),
                &percent(free.per_second / theirs.per_second),
                "at least 90 %",
            );
            figure(
                &format!("{residents} at once: our time to the first word of theirs"),
                &percent(free.first / theirs.first),
                "at most 110 %",
            );
            for (who, name) in [
                ("locked", "the fact lock"),
                ("translating", "that of a translation"),
            ] {
                let lost = of(who).map(|locked| 1.0 - locked.per_second / free.per_second);
                let lost = lost.map_or_else(|| "not measured".to_owned(), percent);
                figure(
                    &format!("{residents} at once: lost to {name}"),
                    &lost,
                    "under 5 %",
                );
            }
        }
    }
    Ok(())
}

fn line(line: &str) -> anyhow::Result<Line> {
    let words: Vec<&str> = line.split(' ').collect();
    let [who, residents, first, per_second] = words.as_slice() else {
        anyhow::bail!("a peer printed {line:?}");
    };
    Ok(Line {
        who: (*who).to_owned(),
        residents: (*residents).to_owned(),
        first: first.parse()?,
        per_second: per_second.parse()?,
    })
}

/// What a command prints; what it says beside that only where it fails.
fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output()?;
    anyhow::ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}
