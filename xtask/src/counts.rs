//! Reading how many tests ran from what their runners print.

use crate::report::Report;

/// Adds up the closing lines of `cargo test`, and names the tests that failed.
pub(crate) fn libtest(lines: &[String]) -> Report {
    let mut report = Report::default();
    for line in lines {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            let failed = before(rest, "failed");
            report.ran += before(rest, "passed") + failed;
            report.failed += failed;
            report.ignored += before(rest, "ignored");
        } else if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.strip_suffix(" ... FAILED"))
        {
            report.notes.push(format!("failed: {name}"));
        }
    }
    report
}

/// The number written before `word` in a line such as `ok. 12 passed; 0 failed; 1 ignored`.
fn before(line: &str, word: &str) -> u64 {
    line.split([';', '.'])
        .filter_map(|part| part.trim().strip_suffix(word))
        .find_map(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

/// Reads the closing lines of node's test runner, of its `spec` and its `tap` reporter.
pub(crate) fn node(lines: &[String]) -> Report {
    let mut report = Report::default();
    for line in lines {
        let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else {
            continue;
        };
        let Some((word, number)) = rest.split_once(' ') else {
            continue;
        };
        let Ok(number) = number.trim().parse::<u64>() else {
            continue;
        };
        match word {
            "pass" => report.ran += number,
            "fail" | "cancelled" => {
                report.ran += number;
                report.failed += number;
            }
            "skipped" | "todo" => report.ignored += number,
            _ => {}
        }
    }
    report
}

/// Reads the closing line of `cargo deny`: `bans ok, licenses FAILED, sources ok`.
pub(crate) fn deny(lines: &[String]) -> Report {
    let mut report = Report::default();
    let verdicts = |line: &str| -> Option<Vec<(String, bool)>> {
        line.split(", ")
            .map(|part| match part.split_once(' ') {
                Some((check, "ok")) => Some((check.to_owned(), true)),
                Some((check, "FAILED")) => Some((check.to_owned(), false)),
                _ => None,
            })
            .collect()
    };
    for (check, ok) in lines
        .iter()
        .rev()
        .find_map(|line| verdicts(line))
        .unwrap_or_default()
    {
        report.ran += 1;
        if !ok {
            report.failed += 1;
            report.notes.push(format!("cargo deny check {check}: see above"));
        }
    }
    report
}

/// How many inputs a libFuzzer target tried, from its last line that says so.
pub(crate) fn executions(lines: &[String]) -> u64 {
    lines
        .iter()
        .rev()
        .find_map(|line| libfuzzer_count(line))
        .unwrap_or(0)
}

fn libfuzzer_count(line: &str) -> Option<u64> {
    if let Some(rest) = line.strip_prefix("stat::number_of_executed_units:") {
        return rest.trim().parse().ok();
    }
    if let Some(rest) = line.strip_prefix("Done ") {
        return rest.split(' ').next()?.parse().ok();
    }
    line.strip_prefix('#')?
        .split(['\t', ' '])
        .next()?
        .trim_end_matches(':')
        .parse()
        .ok()
}

/// Where libFuzzer wrote the input that crashed the target.
pub(crate) fn crash_input(lines: &[String]) -> Option<&str> {
    lines.iter().find_map(|line| {
        line.split_once("Test unit written to ")
            .map(|(_, path)| path.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn cargo_test_is_added_up_over_its_binaries() {
        let report = libtest(&lines(
            "test life::a_draft_answers_nobody ... ok\n\
             test spans::an_excerpt_equals_its_slice ... FAILED\n\
             test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ));
        assert_eq!((report.ran, report.failed, report.ignored), (15, 1, 2));
        assert_eq!(report.notes, ["failed: spans::an_excerpt_equals_its_slice"]);
    }

    #[test]
    fn node_is_read_from_both_reporters() {
        let spec = node(&lines(
            "✔ asks\nℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1",
        ));
        assert_eq!((spec.ran, spec.failed, spec.ignored), (4, 1, 1));
        let tap = node(&lines(
            "ok 1 - asks\n# tests 2\n# pass 2\n# fail 0\n# duration_ms 9.1",
        ));
        assert_eq!((tap.ran, tap.failed, tap.ignored), (2, 0, 0));
    }

    #[test]
    fn each_check_of_cargo_deny_counts() {
        let report = deny(&lines(
            "warning[duplicate]: found 2\n\nbans ok, licenses FAILED, sources ok",
        ));
        assert_eq!((report.ran, report.failed), (3, 1));
        assert_eq!(report.notes, ["cargo deny check licenses: see above"]);
        assert_eq!(deny(&lines("error: no such file")).ran, 0);
    }

    #[test]
    fn libfuzzer_says_how_much_it_tried_and_where_it_crashed() {
        let done = lines("#4096\tpulse  cov: 12 ft: 13\nDone 70211 runs in 11 second(s)");
        assert_eq!(executions(&done), 70_211);
        let crashed = lines(
            "#512\tNEW    cov: 2\nartifact_prefix='./'; Test unit written to artifacts/crash-0a\n\
             stat::number_of_executed_units: 600",
        );
        assert_eq!(executions(&crashed), 600);
        assert_eq!(crash_input(&crashed), Some("artifacts/crash-0a"));
        assert_eq!(executions(&lines("error: could not compile")), 0);
    }
}
