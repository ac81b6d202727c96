//! Mutants of true statements must not pass: none with a changed fact, hardly any other.

use crate::mutation::{self, Class};
use crate::rewrites::faithful;
use crate::town::{self, True};
use domain::gate;
use std::collections::{BTreeMap, HashSet};
use std::thread;

/// Whether the mutant is a true row: its heading is another row's, and so is all it says ("Samedi — Heures : 14 h" of "Samedi
/// — Heures : 10 h, 14 h").
fn is_another_row(words: &str, evidence: &[String]) -> bool {
    let Some((heading, cells)) = words.split_once(" — ") else {
        return false;
    };
    evidence
        .iter()
        .filter_map(|row| row.split_once(" — "))
        .any(|(other, held)| {
            heading == other
                && cells
                    .split([' ', ',', ';'])
                    .all(|word| held.split([' ', ',', ';']).any(|h| h == word))
        })
}

/// What was made of a class, and what of it passed.
#[derive(Debug, Default)]
struct Tally {
    made: usize,
    passed: Vec<(String, String)>,
}

/// What all mutants came to.
#[derive(Debug, Default)]
struct Count {
    classes: BTreeMap<Class, Tally>,
    blocked_bases: usize,
    skipped: usize,
    licensed: usize,
}

impl Count {
    fn of(bases: &[True]) -> Self {
        let mut count = Self::default();
        let mut seen = HashSet::new();
        for base in bases {
            count.add(base, &mut seen);
        }
        count
    }

    fn add(&mut self, base: &True, seen: &mut HashSet<(String, String)>) {
        let evidence: Vec<&str> = base.evidence.iter().map(String::as_str).collect();
        let passes = |words: &str| gate::check_in_context(words, &evidence, &[&base.title]).is_ok();
        if !passes(&base.words) {
            // A mutant of what is blocked anyway would prove nothing.
            self.blocked_bases += 1;
            return;
        }
        let joined = evidence.join("\n");
        for mutant in mutation::mutants(&base.words, &joined) {
            if mutant.words == base.words || !seen.insert((mutant.words.clone(), joined.clone())) {
                self.skipped += 1;
            } else if joined.contains(mutant.words.trim_end_matches('.'))
                || is_another_row(&mutant.words, &base.evidence)
            {
                self.licensed += 1;
            } else {
                let tally = self.classes.entry(mutant.class).or_default();
                tally.made += 1;
                if passes(&mutant.words) {
                    tally.passed.push((mutant.words, joined.replace('\n', " // ")));
                }
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        for (class, tally) in other.classes {
            let own = self.classes.entry(class).or_default();
            own.made += tally.made;
            own.passed.extend(tally.passed);
        }
        self.blocked_bases += other.blocked_bases;
        self.skipped += other.skipped;
        self.licensed += other.licensed;
        self
    }

    /// How many were made and how many passed, of those with a changed fact or of the others.
    fn sum(&self, facts: bool) -> (usize, usize) {
        let classes = self
            .classes
            .iter()
            .filter(|(class, _)| class.changes_a_fact() == facts);
        classes.fold((0, 0), |sum, (_, tally)| {
            (sum.0 + tally.made, sum.1 + tally.passed.len())
        })
    }

    fn print(&self, bases: usize) {
        println!(
            "{bases} true statements, {} of them blocked and left out",
            self.blocked_bases
        );
        println!(
            "{} mutants that change nothing or were made before: left out",
            self.skipped
        );
        println!("{} mutants that stand in the evidence: left out", self.licensed);
        for (class, tally) in &self.classes {
            println!(
                "  {:<20} {:>6} made, {:>4} passed",
                format!("{class:?}"),
                tally.made,
                tally.passed.len()
            );
            for (words, evidence) in &tally.passed {
                println!("      PASSED {class:?} {words}\n        OF {evidence}");
            }
        }
        let (facts, others) = (self.sum(true), self.sum(false));
        println!(
            "facts changed: {} of {} passed; others: {} of {} passed",
            facts.1, facts.0, others.1, others.0
        );
    }
}

#[test]
fn no_mutant_with_a_changed_fact_passes_and_hardly_any_other() {
    let rewrites = faithful().into_iter().map(|row| True {
        title: row.title(),
        evidence: vec![row.extract],
        words: row.rewrite,
    });
    let bases: Vec<True> = town::statements().into_iter().chain(rewrites).collect();
    let count = thread::scope(|scope| {
        let parts = bases
            .chunks(bases.len().div_ceil(8))
            .map(|part| scope.spawn(|| Count::of(part)))
            .collect::<Vec<_>>();
        parts
            .into_iter()
            .map(|part| part.join().unwrap())
            .fold(Count::default(), Count::and)
    });
    count.print(bases.len());
    let (facts, others) = (count.sum(true), count.sum(false));
    assert!(
        facts.0 + others.0 >= 10_000,
        "too few mutants: {}",
        facts.0 + others.0
    );
    assert_eq!(facts.1, 0, "mutants with a changed fact passed");
    assert!(
        others.1 * 200 < others.0 * 3,
        "{} of {} other mutants passed",
        others.1,
        others.0
    );
}
