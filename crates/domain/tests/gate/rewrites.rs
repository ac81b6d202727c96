//! Rewrites by hand, faithful and subtly wrong ones. A third of them, told by their hash, was not read while the tables
//! were written: it says what to expect of words that nobody has seen.

use crate::town;
use domain::gate::{Blocked, Evidence};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A rewrite of an extract.
#[derive(Debug, Deserialize)]
pub(crate) struct Rewrite {
    page: String,
    pub(crate) extract: String,
    pub(crate) rewrite: String,
    kind: String,
}

impl Rewrite {
    /// Whether the rewrite was kept unread.
    pub(crate) fn is_locked(&self) -> bool {
        let digest = Sha256::digest(self.rewrite.as_bytes());
        digest.iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3 == 0
    }

    fn is_blocked(&self) -> bool {
        self.check().is_err()
    }

    fn check(&self) -> Result<(), Blocked> {
        Evidence::new(&[&self.extract], &[&self.title()]).check(&self.rewrite)
    }

    /// The title of its page.
    pub(crate) fn title(&self) -> String {
        town::title(&self.page)
    }
}

fn read(lines: &str) -> Vec<Rewrite> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn faithful() -> Vec<Rewrite> {
    read(include_str!("faithful.jsonl"))
}

fn unfaithful() -> Vec<Rewrite> {
    read(include_str!("unfaithful.jsonl"))
}

/// Prints, by kind and by reason, how many of `rows` are blocked, and gives their number.
fn blocked(title: &str, rows: &[&Rewrite]) -> usize {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let kind = kinds.entry(&row.kind).or_default();
        kind.0 += usize::from(row.is_blocked());
        kind.1 += 1;
    }
    let blocked = kinds.values().map(|kind| kind.0).sum();
    println!("{title}: {blocked} of {} blocked", rows.len());
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for why in rows.iter().filter_map(|row| row.check().err()) {
        let reason = format!("{why:?}")
            .split('(')
            .next()
            .unwrap_or_default()
            .to_owned();
        *reasons.entry(reason).or_default() += 1;
    }
    println!("  {reasons:?}");
    for (kind, (blocked, all)) in kinds {
        println!("  {kind:<14} {blocked:>3} of {all:>3}");
    }
    blocked
}

/// How many faithful rewrites may be blocked. The aim is one in twenty. Of those that nobody read while the tables were
/// written, half are blocked: the extract is shown in their place. It only falls, but rose by five when every word had to be
/// the extract's, and near those that it stands beside.
const FAITHFUL_BLOCKED: usize = 190;

/// How many wrong rewrites must be blocked; it only rises.
const WRONG_BLOCKED: usize = 244;

#[test]
fn faithful_rewrites_pass_two_times_in_three() {
    let rows = faithful();
    let (locked, open): (Vec<&Rewrite>, Vec<&Rewrite>) = rows.iter().partition(|row| row.is_locked());
    let all = blocked("faithful, open", &open) + blocked("faithful, locked", &locked);
    assert!(
        all <= FAITHFUL_BLOCKED,
        "{all} of {} faithful rewrites are blocked",
        rows.len()
    );
}

#[test]
fn wrong_rewrites_are_blocked() {
    let rows = unfaithful();
    let (locked, open): (Vec<&Rewrite>, Vec<&Rewrite>) = rows.iter().partition(|row| row.is_locked());
    let all = blocked("unfaithful, open", &open) + blocked("unfaithful, locked", &locked);
    assert!(
        all >= WRONG_BLOCKED,
        "{all} of {} wrong rewrites are blocked",
        rows.len()
    );
}

/// The same of a second set, by a writer who did not know the rules. Of its wrong ones 699 of 736 were blocked before the
/// rules' writer had read them; of its faithful ones none was read, and their number decided between rules.
const SECOND_FAITHFUL_BLOCKED: usize = 290;
const SECOND_WRONG_BLOCKED: usize = 720;

#[test]
fn wrong_rewrites_by_who_did_not_know_the_rules_are_blocked_and_half_of_the_faithful_ones_pass() {
    let (faithful, wrong) = (
        read(include_str!("second_faithful.jsonl")),
        read(include_str!("second_unfaithful.jsonl")),
    );
    let all = |title: &str, rows: &[Rewrite]| blocked(title, &rows.iter().collect::<Vec<_>>());
    assert!(all("a second set, faithful", &faithful) <= SECOND_FAITHFUL_BLOCKED);
    assert!(all("a second set, unfaithful", &wrong) >= SECOND_WRONG_BLOCKED);
}

#[test]
fn wordings_that_say_the_same_pass_and_others_do_not() {
    let pairs = include_str!("wordings.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for pair in pairs {
        let [same, extract, words] = pair.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not a pair: {pair}");
        };
        let checked = Evidence::new(&[extract], &[]).check(words);
        if checked.is_ok() != (same == "=") {
            wrong.push(format!("{same} {extract}\n  {words}\n  {checked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `cargo test -p domain --test gate -- --ignored --nocapture open_rows`: for tuning.
#[test]
#[ignore = "prints the open rows that go wrong, for tuning"]
fn open_rows_that_go_wrong() {
    for row in faithful().iter().filter(|row| !row.is_locked()) {
        if let Err(why) = row.check() {
            println!("FAITHFUL {why:?}\n  E {}\n  R {}", row.extract, row.rewrite);
        }
    }
    for row in unfaithful()
        .iter()
        .filter(|row| !row.is_locked() && !row.is_blocked())
    {
        println!("UNFAITHFUL\n  E {}\n  R {}", row.extract, row.rewrite);
    }
}
