//! Messages over SMPP: an SMSC of another make asks, the answers come back durable; how many a second, how soon. Then
//! the session alone, and messages through Kannel.

mod kannel;
mod session;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use serde_json::Value;

use super::town::Town;
use super::{Bench, figure, questions};
use crate::tools;

const BURST: usize = 5_000;
const PACED: usize = 600;
const PER_SECOND: usize = 20;

pub(super) fn run(bench: &Bench) -> anyhow::Result<()> {
    bench.published()?;
    let folder = bench.root.join("crates/sms/tests/peers");
    tools::npm_packages(&folder).map_err(anyhow::Error::msg)?;
    let questions = questions::from_corpus(bench.corpus()?)?;
    println!("sms over smpp (an SMSC of the npm package smpp, on the same cores)");
    let paced = load(bench, &questions, (PACED, PER_SECOND))?;
    let milliseconds =
        |figures: &Value, name| format!("{:.1} ms", figures[name].as_f64().unwrap_or(f64::NAN));
    figure(
        &format!("{PER_SECOND} a second, to the last segment, median"),
        &milliseconds(&paced, "median_ms"),
        "under 40 ms",
    );
    figure("the same, 99th percentile", &milliseconds(&paced, "p99_ms"), "");
    let burst = load(bench, &questions, (BURST, 0))?;
    let complete = burst["complete"].as_f64().unwrap_or(0.0);
    let seconds = burst["seconds"].as_f64().unwrap_or(f64::INFINITY);
    figure(
        &format!("a burst of {BURST}, answered a second"),
        &format!("{:.0}", complete / seconds),
        "at least 150",
    );
    for figures in [&paced, &burst] {
        let told = |name: &str| figures[name].as_u64().unwrap_or(0);
        let lost = told("acknowledged").saturating_sub(told("complete"));
        figure(
            &format!("of {} acknowledged: lost, doubled", told("acknowledged")),
            &format!("{lost}, {}", told("doubled")),
            "0, 0",
        );
    }
    session::run(bench)?;
    kannel::run(bench, &questions)
}

/// The figures of one run with a server of its own.
fn load(bench: &Bench, questions: &[String], (count, per_second): (usize, usize)) -> anyhow::Result<Value> {
    let mut smsc = Command::new("node")
        .current_dir(bench.root.join("crates/sms/tests/peers"))
        .args(["load.mjs", &count.to_string(), &per_second.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting the SMSC; is node installed?")?;
    let figures = measured(bench, &mut smsc, questions);
    // It ends by itself after its figures; a run that failed before leaves it to us.
    smsc.kill().ok();
    smsc.wait().context("waiting for the SMSC")?;
    figures
}

fn measured(bench: &Bench, smsc: &mut Child, questions: &[String]) -> anyhow::Result<Value> {
    let mut asked = smsc.stdin.take().context("the SMSC has no input")?;
    // One segment of any alphabet: the SMSC does not cut.
    let short = questions.iter().filter(|question| question.chars().count() <= 70);
    for question in short.take(5_000) {
        writeln!(asked, "{}", Value::from(question.as_str())).context("giving the SMSC its questions")?;
    }
    drop(asked);
    let mut lines = BufReader::new(smsc.stdout.take().context("the SMSC has no output")?).lines();
    let mut next = || -> anyhow::Result<Value> {
        let line = lines
            .next()
            .context("the SMSC ended without a word")?
            .context("hearing the SMSC")?;
        serde_json::from_str(&line).with_context(|| format!("the SMSC said {line:?}"))
    };
    let port = next()?["port"].as_u64().context("the SMSC tells no port")?;
    let config = bench.data.with_file_name("parvis-sms.toml");
    std::fs::write(&config, configuration(port)).with_context(|| format!("writing {}", config.display()))?;
    let _town = Town::start_with(bench, &config)?;
    next()
}

/// The bench's town with a number; what protects a town's money is taken away.
fn configuration(port: u64) -> String {
    format!(
        "{}\n[site.sms]\nnumbers = [\"+33937000000\"]\ngateway = \"bench\"\nsegments_per_day = 0\n\
         segments_per_month = 0\n\n[[gateway]]\nname = \"bench\"\ndriver = \"smpp\"\nhost = \"127.0.0.1\"\n\
         port = {port}\nsystem_id = \"bench\"\npassword = \"password\"\nwindow = 50\nreceipts = false\n\n\
         [gateway.secrets]\npassword = {{ env = \"PARVIS_BENCH_PASSWORD\" }}\n",
        super::SITE
    )
}
