//! Running a command: its output is shown as it comes and kept for counting, and it may not run for ever.

use std::io::{BufRead, BufReader, IsTerminal as _, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// What a command printed and how it ended.
pub(crate) struct Outcome {
    pub(crate) ok: bool,
    pub(crate) lines: Vec<String>,
}

/// Longer than any step takes; a test that hangs is ended rather than waited for.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<Outcome> {
    run_within(command, LIMIT)
}

/// Runs a command and ends it, with everything it started, after `limit`.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> anyhow::Result<Outcome> {
    let name = command.get_program().to_string_lossy().into_owned();
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {name}: is it installed and on PATH?"))?;
    let (sender, receiver) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        forward(stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        forward(stderr, sender);
    }
    let deadline = Instant::now() + limit;
    let mut lines = Vec::new();
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                println!("{line}");
                lines.push(line);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                end_family(&mut child);
                let line = format!("{name} was ended: it ran for more than {} s", limit.as_secs());
                println!("{line}");
                lines.push(line);
                return Ok(Outcome { ok: false, lines });
            }
        }
    }
    let status = child.wait().with_context(|| format!("waiting for {name}"))?;
    Ok(Outcome {
        ok: status.success(),
        lines,
    })
}

/// Whether a command runs and succeeds; its output is thrown away.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a command prints on its standard output, trimmed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting {name}: is it installed and on PATH?"))?;
    anyhow::ensure!(output.status.success(), "{name} failed ({})", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn forward(stream: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            let line = String::from_utf8_lossy(&bytes)
                .trim_end_matches(['\n', '\r'])
                .to_owned();
            bytes.clear();
            if sender.send(line).is_err() {
                break;
            }
        }
        std::io::stdout().flush().ok();
    });
}

/// Ends a child and its descendants: a hung test would outlive the cargo that started it.
pub(crate) fn end_family(child: &mut Child) {
    let mut family = vec![child.id()];
    let mut next = 0;
    while let Some(&pid) = family.get(next) {
        family.extend(children(pid));
        next += 1;
    }
    let mut kill = Command::new("kill");
    kill.arg("-9").args(family.iter().map(u32::to_string));
    if !succeeds(&mut kill) {
        child.kill().ok();
    }
    child.wait().ok();
}

fn children(pid: u32) -> Vec<u32> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return Vec::new();
    };
    tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| {
            list.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_both_streams_is_kept() {
        let outcome = run(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"])).unwrap();
        let mut lines = outcome.lines;
        lines.sort();
        assert_eq!(lines, ["one", "two"]);
        assert!(!outcome.ok);
    }

    #[test]
    fn a_command_that_hangs_is_ended_with_what_it_started() {
        let marker = format!("{}.5", 86_000 + std::process::id() % 1000);
        let script = format!("sleep {marker} & sleep {marker}");
        let outcome = run_within(
            Command::new("sh").args(["-c", &script]),
            Duration::from_millis(300),
        )
        .unwrap();
        assert!(!outcome.ok);
        assert!(
            outcome
                .lines
                .last()
                .is_some_and(|line| line.contains("was ended"))
        );
        // A killed process takes a moment to be gone.
        let deadline = Instant::now() + Duration::from_secs(5);
        while is_running(&marker) {
            assert!(Instant::now() < deadline, "a descendant outlived the command");
            std::thread::yield_now();
        }
    }

    fn is_running(argument: &str) -> bool {
        std::fs::read_dir("/proc").unwrap().flatten().any(|entry| {
            let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            command
                .split(|byte| *byte == 0)
                .any(|part| part == argument.as_bytes())
        })
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("parvis-no-such-program")).err().unwrap();
        assert!(format!("{error:#}").contains("parvis-no-such-program"));
    }
}
