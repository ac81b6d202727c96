//! Mutants of true statements must not pass: none with a changed fact, hardly any other.

use crate::mutation::{self, Class};
use crate::rewrites::faithful;
use crate::town::{self, True};
use domain::gate;
use std::collections::{BTreeMap, HashSet};

/// Whether the mutant is a true row: its heading is another row's, and so is all it says ("Samedi — Heures : 14 h" of "Samedi
/// — Heures : 10 h, 14 h").
fn is_another_row(words: &str, evidence: &[String]) -> bool {
    let Some((heading, cells)) = words.split_once(" — ") else {
        return false;
    };
    evidence.iter().filter_map(|row| row.split_once(" — ")).any(|(other, held)| {
        heading == other && cells.split([' ', ',', ';']).all(|word| held.split([' ', ',', ';']).any(|h| h == word))
    })
}

/// What was made of a class, and what of it passed.
#[derive(Debug, Default)]
struct Tally {
    made: usize,
    passed: Vec<(String, String)>,
}

#[test]
fn no_mutant_with_a_changed_fact_passes_and_hardly_any_other() {
    let rewrites = faithful().into_iter().map(|row| True { title: row.title(), evidence: vec![row.extract], words: row.rewrite });
    let bases: Vec<True> = town::statements().into_iter().chain(rewrites).collect();
    let mut tallies: BTreeMap<Class, Tally> = BTreeMap::new();
    let (mut blocked_bases, mut skipped, mut licensed) = (0, 0, 0);
    let mut seen = HashSet::new();
    for base in &bases {
        let evidence: Vec<&str> = base.evidence.iter().map(String::as_str).collect();
        if gate::check_in_context(&base.words, &evidence, &[&base.title]).is_err() {
            // A mutant of what is blocked anyway would prove nothing.
            blocked_bases += 1;
            continue;
        }
        let joined = evidence.join("\n");
        for mutant in mutation::mutants(&base.words, &joined) {
            if mutant.words == base.words || !seen.insert((mutant.words.clone(), joined.clone())) {
                skipped += 1;
                continue;
            }
            if joined.contains(mutant.words.trim_end_matches('.')) || is_another_row(&mutant.words, &base.evidence) {
                licensed += 1;
                continue;
            }
            let tally = tallies.entry(mutant.class).or_default();
            tally.made += 1;
            if gate::check_in_context(&mutant.words, &evidence, &[&base.title]).is_ok() {
                tally.passed.push((mutant.words, joined.replace('\n', " // ")));
            }
        }
    }
    println!("{} true statements, {blocked_bases} of them blocked and left out", bases.len());
    println!("{skipped} mutants that change nothing or were made before, {licensed} that stand in the evidence: left out");
    let (mut facts, mut others) = ((0, 0), (0, 0));
    for (class, tally) in &tallies {
        println!("  {:<20} {:>6} made, {:>4} passed", format!("{class:?}"), tally.made, tally.passed.len());
        let sum = if class.changes_a_fact() { &mut facts } else { &mut others };
        sum.0 += tally.made;
        sum.1 += tally.passed.len();
        for (words, evidence) in tally.passed.iter().take(400) {
            println!("      PASSED {class:?} {words}\n        OF {evidence}");
        }
    }
    println!("facts changed: {} of {} passed; others: {} of {} passed", facts.1, facts.0, others.1, others.0);
    assert!(facts.0 + others.0 >= 10_000, "too few mutants: {}", facts.0 + others.0);
    assert_eq!(facts.1, 0, "mutants with a changed fact passed");
    assert!(others.1 * 200 < others.0, "{} of {} other mutants passed", others.1, others.0);
}
