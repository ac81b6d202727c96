//! What words mean in French public life: acronyms, synonyms, families, text-message shorthand.

use crate::analysis::{fold, stem, stems, words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an acronym is worth beside its words, and the other way round.
const ACRONYM_WORTH: f32 = 0.9;
/// What a synonym is worth beside the question's own word.
const SYNONYM_WORTH: f32 = 0.6;

/// The lexicon that ships with the program.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// Other words for what a question says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expansion {
    /// Their stems: all of them, as one expression.
    pub(crate) stems: Vec<String>,
    /// How much a match of them is worth beside a match of the question's own words.
    pub(crate) weight: f32,
}

#[derive(Debug)]
struct Entry {
    key: Vec<String>,
    expansions: Vec<Expansion>,
}

/// Acronyms, synonyms, families and shorthand, by stem.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
    families: HashMap<String, Vec<String>>,
    shorthand: HashMap<&'static str, Vec<&'static str>>,
    known: HashSet<String>,
}

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self {
            entries: HashMap::new(),
            families: HashMap::new(),
            shorthand: HashMap::new(),
            known: HashSet::new(),
        };
        for line in lines(include_str!("../data/acronyms.txt")) {
            if let Some((short, long)) = line.split_once(" = ") {
                lexicon.add(short, long, ACRONYM_WORTH);
                lexicon.add(long, short, ACRONYM_WORTH);
            }
        }
        for line in lines(include_str!("../data/synonyms.txt")) {
            let one_way: Vec<_> = line.split(" > ").collect();
            if let [from, to] = one_way[..] {
                lexicon.add(from, to, SYNONYM_WORTH);
                continue;
            }
            let group: Vec<_> = line.split(" = ").collect();
            for (from, to) in group
                .iter()
                .flat_map(|from| group.iter().map(move |to| (from, to)))
            {
                if from != to {
                    lexicon.add(from, to, SYNONYM_WORTH);
                }
            }
        }
        for line in lines(include_str!("../data/families.txt")) {
            let mut family: Vec<_> = line.split_whitespace().map(|word| stem(&fold(word))).collect();
            family.sort();
            family.dedup();
            for member in &family {
                let others = lexicon.families.entry(member.clone()).or_default();
                others.extend(family.iter().filter(|other| *other != member).cloned());
            }
            lexicon
                .known
                .extend(words(line).into_iter().map(|word| word.folded));
        }
        for line in lines(include_str!("../data/shorthand.txt")) {
            let mut parts = line.split_whitespace();
            if let Some(short) = parts.next() {
                lexicon.shorthand.insert(short, parts.collect());
            }
        }
        lexicon
    }

    fn add(&mut self, from: &str, to: &str, weight: f32) {
        self.known
            .extend(words(from).into_iter().chain(words(to)).map(|word| word.folded));
        let (key, into) = (stems(from), stems(to));
        let Some(first) = key.first().cloned() else { return };
        if into.is_empty() || into == key {
            return;
        }
        let entries = self.entries.entry(first).or_default();
        let expansion = Expansion { stems: into, weight };
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) if entry.expansions.iter().any(|held| held.stems == expansion.stems) => {}
            Some(entry) => entry.expansions.push(expansion),
            None => {
                entries.push(Entry {
                    key,
                    expansions: vec![expansion],
                });
                entries.sort_by_key(|entry| std::cmp::Reverse(entry.key.len()));
            }
        }
    }

    /// The expressions that start the stems, longest first: how many stems each takes, and what else it may be called.
    pub(crate) fn expressions<'a>(
        &'a self,
        stems: &'a [&str],
    ) -> impl Iterator<Item = (usize, &'a [Expansion])> {
        stems
            .first()
            .and_then(|first| self.entries.get(*first))
            .into_iter()
            .flatten()
            .filter(move |entry| {
                stems.len() >= entry.key.len() && entry.key.iter().zip(stems).all(|(a, b)| a == b)
            })
            .map(|entry| (entry.key.len(), entry.expansions.as_slice()))
    }

    /// Stems of the same family that no rule finds.
    pub(crate) fn family(&self, stem: &str) -> &[String] {
        self.families.get(stem).map_or(&[], Vec::as_slice)
    }

    /// What a piece of text-message shorthand stands for.
    pub(crate) fn shorthand(&self, folded: &str) -> Option<&[&'static str]> {
        self.shorthand.get(folded).map(Vec::as_slice)
    }

    /// Whether it is a word that the lexicon knows: never taken for a misspelling.
    pub(crate) fn knows(&self, folded: &str) -> bool {
        self.known.contains(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_files_says_something() {
        for (data, separators) in [
            (include_str!("../data/acronyms.txt"), &[" = "][..]),
            (include_str!("../data/synonyms.txt"), &[" = ", " > "][..]),
            (include_str!("../data/shorthand.txt"), &[" "][..]),
        ] {
            for line in lines(data) {
                assert!(
                    separators.iter().any(|separator| line.contains(separator)),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn an_expression_is_found_where_it_starts_and_expands_both_ways() {
        let stems = stems("carte nationale d'identité");
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        let expanded: Vec<_> = LEXICON
            .expressions(&stems)
            .flat_map(|(taken, others)| others.iter().map(move |o| (taken, o)))
            .collect();
        assert!(
            expanded
                .iter()
                .any(|(taken, other)| *taken == 3 && other.stems == ["cni"])
        );
        let acronym = stem("cni");
        assert!(
            LEXICON
                .expressions(&[acronym.as_str()])
                .any(|(_, others)| others.iter().any(|other| other.stems.len() == 3))
        );
    }
}
