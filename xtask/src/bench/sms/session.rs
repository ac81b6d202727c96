//! The SMPP session alone: how fast it submits to an SMSC of another make, and how much of a slow one's window it uses.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use serde_json::Value;

use super::super::{Bench, figure};
use crate::process;

const WINDOW: usize = 50;
const SUBMISSIONS: usize = 50_000;
/// What the slow SMSC waits before it answers.
const DELAY_MS: usize = 50;
const SLOW_SUBMISSIONS: usize = 5_000;

pub(super) fn run(bench: &Bench) -> anyhow::Result<()> {
    let mut build = Command::new("cargo");
    build.current_dir(&bench.root).args([
        "build",
        "--release",
        "--package",
        "sms",
        "--example",
        "submit_rate",
    ]);
    anyhow::ensure!(
        process::run(&mut build)?.ok,
        "the release build failed: see above"
    );
    println!("sms, the SMPP session alone (the SMSC of the npm package smpp, window {WINDOW})");
    let ours = || Command::new(bench.parvis.with_file_name("examples/submit_rate"));
    let quick = rate(bench, 0, ours(), SUBMISSIONS)?;
    figure("submissions a second", &format!("{quick:.0}"), "at least 10,000");
    let client = || {
        let mut client = Command::new("node");
        client
            .current_dir(bench.root.join("crates/sms/tests/peers"))
            .arg("client.mjs");
        client
    };
    let theirs = rate(bench, 0, client(), SUBMISSIONS)?;
    figure(
        "the npm package's own client, the same SMSC",
        &format!("{theirs:.0}"),
        "",
    );
    figure("ours to theirs", &format!("{:.2}", quick / theirs), "");
    let slow = rate(bench, DELAY_MS, ours(), SLOW_SUBMISSIONS)?;
    let most = WINDOW as f64 / (DELAY_MS as f64 / 1000.0);
    figure(
        &format!("of window/RTT, answers after {DELAY_MS} ms"),
        &format!("{:.0} %", slow / most * 100.0),
        "at least 90 %",
    );
    let slow = rate(bench, DELAY_MS, client(), SLOW_SUBMISSIONS)?;
    figure(
        "the same, the npm package's own client",
        &format!("{:.0} %", slow / most * 100.0),
        "",
    );
    Ok(())
}

/// How many submissions a second a client makes to an SMSC that waits before its answers.
fn rate(bench: &Bench, delay_ms: usize, mut client: Command, count: usize) -> anyhow::Result<f64> {
    let settings = serde_json::json!({ "tell": false, "delay": delay_ms });
    let mut smsc = Command::new("node")
        .current_dir(bench.root.join("crates/sms/tests/peers"))
        .args(["smsc.mjs", &settings.to_string()])
        // It ends when its input does.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting the SMSC; is node installed?")?;
    let measured = port(&mut smsc).and_then(|port| {
        let output = client
            .args([port.to_string(), WINDOW.to_string(), count.to_string()])
            .output()
            .with_context(|| format!("running {client:?}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let seconds: Result<f64, _> = said.trim().parse();
        seconds.with_context(|| format!("{client:?}: {said}{}", String::from_utf8_lossy(&output.stderr)))
    });
    process::end_family(&mut smsc);
    Ok(count as f64 / measured?)
}

/// Where the SMSC listens.
fn port(smsc: &mut Child) -> anyhow::Result<u64> {
    let output = smsc.stdout.take().context("the SMSC has no output")?;
    let mut line = String::new();
    let mut output = BufReader::new(output);
    output.read_line(&mut line).context("hearing the SMSC")?;
    // Read to the end, or it would stop at a full pipe.
    std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(drop));
    let told: Value = serde_json::from_str(&line).with_context(|| format!("the SMSC said {line:?}"))?;
    told["port"].as_u64().context("the SMSC tells no port")
}
