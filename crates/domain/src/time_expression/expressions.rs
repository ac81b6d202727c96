//! The expressions of `expressions.tsv`, each with the moment at which it is said and the interval that it means.
//!
//! A third of them is locked: what they are read as is not looked at while the reading is mended.

use super::tests::{TOWN, at, brief};
use super::*;

/// The share of the expressions that must be read as a good clerk would.
const FLOOR: f64 = 0.99;

struct Expression<'a> {
    locked: bool,
    now: &'a str,
    text: &'a str,
    /// As [`brief`] writes it, without the grain; nothing where the words say no time.
    expected: &'a str,
}

fn expressions() -> Vec<Expression<'static>> {
    let row = |line: &'static str| {
        let fields: Vec<_> = line.split('\t').collect();
        let [set, now, text, expected] = fields[..] else {
            panic!("{line:?} has not four fields");
        };
        Expression {
            locked: set == "locked",
            now,
            text,
            expected,
        }
    };
    include_str!("expressions.tsv").lines().map(row).collect()
}

fn read(expression: &Expression<'_>) -> String {
    let intervals = find(expression.text, at(expression.now), &TOWN);
    let intervals = intervals.iter().map(|found| {
        let brief = brief(found);
        brief
            .split_once(' ')
            .map_or(brief.clone(), |(interval, _)| interval.to_owned())
    });
    intervals.collect::<Vec<_>>().join(" | ")
}

#[test]
fn expressions_mean_the_interval_that_a_clerk_would_understand() {
    let all = expressions();
    assert!(all.len() >= 300, "only {} expressions", all.len());
    for locked in [false, true] {
        let set: Vec<_> = all.iter().filter(|row| row.locked == locked).collect();
        let wrong: Vec<_> = set
            .iter()
            .map(|row| (row, read(row)))
            .filter(|(row, read)| row.expected != *read)
            .map(|(row, read)| format!("{} at {}: {read}, expected {}", row.text, row.now, row.expected))
            .collect();
        let share = 1.0 - wrong.len() as f64 / set.len() as f64;
        let name = if locked { "locked" } else { "tuned" };
        println!("{name}: {share:.3} of {} expressions", set.len());
        // What is locked stays unseen until it falls short.
        if !locked {
            println!("{}", wrong.join("\n"));
        }
        assert!(share >= FLOOR, "{name}: {share:.3} of {} expressions", set.len());
    }
}
