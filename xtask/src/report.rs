//! What a kind of check found, and the closing table of the test command.

use std::time::Duration;

/// What one kind of check ran and found.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Report {
    pub(crate) ran: u64,
    pub(crate) failed: u64,
    /// Tests that their runner reported as left out.
    pub(crate) ignored: u64,
    /// One line each: what failed, what was missing, what was counted besides.
    pub(crate) notes: Vec<String>,
}

impl Report {
    /// A kind that is one check.
    pub(crate) fn single(ok: bool, failure: &str) -> Self {
        let notes = if ok { Vec::new() } else { vec![failure.to_owned()] };
        Self {
            ran: 1,
            failed: u64::from(!ok),
            ignored: 0,
            notes,
        }
    }

    /// A kind that could not run: a failure, never a silent pass.
    pub(crate) fn could_not_run(reason: impl Into<String>) -> Self {
        Self {
            ran: 0,
            failed: 1,
            ignored: 0,
            notes: vec![reason.into()],
        }
    }

    /// Counts a runner that failed without a failed test (it did not build, it crashed) as one failure.
    pub(crate) fn with_exit(mut self, ok: bool, failure: &str) -> Self {
        if !ok && self.failed == 0 {
            self.failed = 1;
            self.notes.push(failure.to_owned());
        }
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Counts another part of the same kind.
    pub(crate) fn add(&mut self, other: Self) {
        self.ran += other.ran;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.notes.extend(other.notes);
    }

    /// `12 ran, 0 failed`
    pub(crate) fn summary(&self) -> String {
        let ignored = if self.ignored > 0 {
            format!(", {} left out", self.ignored)
        } else {
            String::new()
        };
        format!("{} ran, {} failed{ignored}", self.ran, self.failed)
    }

    fn passed(&self) -> u64 {
        self.ran.saturating_sub(self.failed)
    }
}

/// One row of the closing table.
pub(crate) struct Row {
    pub(crate) kind: &'static str,
    pub(crate) report: Report,
    pub(crate) took: Duration,
}

/// The closing table; its last line is `N passed, M failed`.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut lines = Vec::new();
    for row in rows {
        let mark = if row.report.failed == 0 { "ok  " } else { "FAIL" };
        let took = row.took.as_secs_f64();
        lines.push(format!(
            "{mark} {:<12} {:<32} {took:>7.1} s",
            format!("{}:", row.kind),
            row.report.summary()
        ));
        lines.extend(row.report.notes.iter().map(|note| format!("       {note}")));
    }
    let total: f64 = rows.iter().map(|row| row.took.as_secs_f64()).sum();
    lines.push(format!("     {:<12} {:<32} {total:>7.1} s", "together:", ""));
    let passed: u64 = rows.iter().map(|row| row.report.passed()).sum();
    let failed: u64 = rows.iter().map(|row| row.report.failed).sum();
    lines.push(String::new());
    lines.push(format!("{passed} passed, {failed} failed"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_adds_up_every_kind() {
        let report = Report {
            ran: 10,
            failed: 2,
            ignored: 1,
            notes: vec!["why".into()],
        };
        let rows = [
            Row {
                kind: "unit",
                report,
                took: Duration::from_secs(3),
            },
            Row {
                kind: "deny",
                report: Report::single(true, ""),
                took: Duration::from_secs(1),
            },
        ];
        let table = table(&rows);
        assert_eq!(table.lines().last(), Some("9 passed, 2 failed"));
        assert!(table.contains("10 ran, 2 failed, 1 left out"));
        assert!(table.contains("why"));
    }

    #[test]
    fn a_kind_that_could_not_run_is_a_failure() {
        let rows = [Row {
            kind: "browser",
            report: Report::could_not_run("no node"),
            took: Duration::default(),
        }];
        assert_eq!(table(&rows).lines().last(), Some("0 passed, 1 failed"));
    }

    #[test]
    fn a_runner_that_stops_without_a_failed_test_is_a_failure() {
        let report = Report {
            ran: 4,
            ..Report::default()
        }
        .with_exit(false, "did not build");
        assert_eq!(report.failed, 1);
        assert_eq!(report.notes, ["did not build"]);
    }
}
