//! The facts of an extract in the words of another language: all of them, in their order, and no others.

use super::Mistranslated;
use super::lexicon::{Lexicon, Pattern};
use super::rendering;
use super::token::{Kind, Token};
use crate::facts::{self, Fact, FactKind, Normal, PartialDate};
use crate::language::Language;
use std::collections::{HashMap, HashSet, VecDeque};
use std::mem::{Discriminant, discriminant};

/// What a number may not be followed by unless that is part of the fact.
const UNITS: [&str; 13] = [
    "minute", "hour", "day", "week", "month", "year", "euro", "percent", "currency", "morning", "evening",
    "hours", "half",
];
/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing is to come.
    Whole,
    /// Its last word may become a longer one.
    InWord,
    /// Another word may come.
    BetweenWords,
}

/// The facts of an extract, with their ways of writing in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    extract: String,
    language: Language,
    facts: Vec<(Fact, Vec<Pattern>)>,
    /// Words that may be names, and that a translation may leave out.
    optional: HashSet<usize>,
}

impl Facts {
    pub(super) fn of(extract: &str, language: Language) -> Self {
        let lexicon = Lexicon::of(language);
        let beginnings = beginnings(extract);
        let mut held = Self {
            extract: extract.to_owned(),
            language,
            facts: Vec::new(),
            optional: HashSet::new(),
        };
        for fact in dated(facts::find(extract), extract) {
            // "Gratuit" is a mark.
            if matches!(fact.normal, Normal::Amount { cents: 0, .. }) && !held.written(&fact).contains('0') {
                continue;
            }
            let at = held.facts.len();
            let written = extract.get(fact.span.start..fact.span.end).unwrap_or_default();
            if fact.kind == FactKind::Name {
                // A word that begins a line is no name for sure.
                let is_word = !written.contains([' ', '-', '\u{2011}', '’', '\'']);
                let is_sure = !(is_word && beginnings.contains(&fact.span.start)) || is_acronym(written);
                if !is_sure {
                    held.optional.insert(at);
                }
            }
            let ways = rendering::ways(&fact, written, lexicon);
            held.facts.push((fact, ways));
        }
        held.let_ranges_name_their_month_once();
        held
    }

    fn let_ranges_name_their_month_once(&mut self) {
        let dates = self
            .facts
            .iter()
            .enumerate()
            .filter_map(|(at, (fact, _))| match fact.normal {
                Normal::Date(date) => Some((at, date)),
                _ => None,
            });
        let dates: Vec<_> = dates.collect();
        for pair in dates.windows(2) {
            if let [(first, from), (last, to)] = pair
                && (from.month, from.year) == (to.month, to.year)
            {
                self.facts[*first].1.extend(rendering::day_alone(from.day));
                self.facts[*last].1.extend(rendering::day_alone(to.day));
            }
        }
    }

    fn written(&self, fact: &Fact) -> &str {
        self.extract
            .get(fact.span.start..fact.span.end)
            .unwrap_or_default()
    }

    /// Finds them all in `said`, where nothing else may be a fact; gives which tokens are theirs.
    ///
    /// # Errors
    /// The first fact that is not the extract's, or is not in its order, or is not there.
    pub(super) fn all_in(&self, said: &[Token]) -> Result<Vec<bool>, Mistranslated> {
        let walk = self.walk(said, End::Whole)?;
        let is_unnamed = |at: &usize| {
            let fact = &self.facts[*at].0;
            fact.kind == FactKind::Name && !self.optional.contains(at) && !walk.named.contains(&fact.normal)
        };
        let lost = walk.waiting.values().filter_map(VecDeque::front).min().copied();
        match lost.or_else(|| (0..self.facts.len()).find(is_unnamed)) {
            Some(lost) => Err(Mistranslated::Lost(self.written(&self.facts[lost].0).to_owned())),
            None => Ok(walk.consumed),
        }
    }

    /// Whether the facts of `said`, to which more may still be added, are theirs, in their order.
    pub(super) fn may_become(&self, said: &[Token], end: End) -> bool {
        self.walk(said, end).is_ok()
    }

    fn walk(&self, said: &[Token], ends: End) -> Result<Walk, Mistranslated> {
        let lexicon = Lexicon::of(self.language);
        let mut walk = Walk::new(&self.facts, said.len());
        let mut at = 0;
        while let Some(token) = said.get(at) {
            if ends != End::Whole && self.is_begun(said, at, ends, &walk) {
                return Ok(walk);
            }
            let Some((end, facts)) = self.longest(said, at, lexicon) else {
                // The last word may become a longer one.
                let is_word = ends == End::InWord && at + 1 == said.len() && token.kind == Kind::Word;
                if !is_word && is_fact(said, at, lexicon) {
                    return Err(Mistranslated::Fact(token.text.clone()));
                }
                at += 1;
                continue;
            };
            let is_next = |fact: &usize| walk.is_next(&self.facts, *fact);
            let is_name = |fact: &usize| self.facts[*fact].0.kind == FactKind::Name;
            let fact = facts.iter().copied().find(is_next);
            match fact.or_else(|| facts.iter().copied().find(is_name)) {
                Some(fact) => walk.pass(&self.facts[fact].0),
                None => return Err(Mistranslated::Fact(text(said, at, end))),
            }
            walk.consumed[at..end].fill(true);
            at = end;
        }
        Ok(walk)
    }

    /// Whether what stands from `at` to the end is the beginning of a fact that comes next, or of a name.
    fn is_begun(&self, said: &[Token], at: usize, ends: End, walk: &Walk) -> bool {
        let in_word = ends == End::InWord;
        self.facts.iter().enumerate().any(|(fact, (_, ways))| {
            let may_come = self.facts[fact].0.kind == FactKind::Name || walk.is_next(&self.facts, fact);
            may_come && ways.iter().any(|way| way.is_begun(said, at, in_word))
        })
    }

    /// The longest way of writing a fact that stands at `at`, with its end and whose facts' it is.
    fn longest(&self, said: &[Token], at: usize, lexicon: &Lexicon) -> Option<(usize, Vec<usize>)> {
        let ends = self.facts.iter().enumerate().flat_map(|(fact, (_, ways))| {
            let ends = ways.iter().filter_map(|way| way.ends(said, at));
            ends.map(move |end| (end, fact))
        });
        let ends: Vec<(usize, usize)> = ends
            .filter(|(end, _)| is_whole(said, at, *end, lexicon))
            .collect();
        let longest = ends.iter().map(|(end, _)| *end).max()?;
        let of = ends.iter().filter(|(end, _)| *end == longest);
        Some((longest, of.map(|(_, fact)| *fact).collect()))
    }
}

/// How far a text has come through the facts.
struct Walk {
    /// Of each kind, those that are still to come, in order; names come in any order, and as often as they like.
    waiting: HashMap<Discriminant<Normal>, VecDeque<usize>>,
    named: HashSet<Normal>,
    /// Which tokens are of facts.
    consumed: Vec<bool>,
}

impl Walk {
    fn new(facts: &[(Fact, Vec<Pattern>)], tokens: usize) -> Self {
        let mut waiting: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (at, (fact, _)) in facts.iter().enumerate() {
            if fact.kind != FactKind::Name {
                waiting
                    .entry(discriminant(&fact.normal))
                    .or_default()
                    .push_back(at);
            }
        }
        Self {
            waiting,
            named: HashSet::new(),
            consumed: vec![false; tokens],
        }
    }

    fn is_next(&self, facts: &[(Fact, Vec<Pattern>)], fact: usize) -> bool {
        let normal = &facts[fact].0.normal;
        let first = self.waiting.get(&discriminant(normal)).and_then(VecDeque::front);
        first.is_some_and(|first| facts[*first].0.normal == *normal)
    }

    fn pass(&mut self, fact: &Fact) {
        match self.waiting.get_mut(&discriminant(&fact.normal)) {
            Some(waiting) if fact.kind != FactKind::Name => drop(waiting.pop_front()),
            _ => drop(self.named.insert(fact.normal.clone())),
        }
    }
}

/// The facts, of which a first day is a date where its month stands behind the last day: "du 1er au 15 août".
fn dated(mut facts: Vec<Fact>, extract: &str) -> Vec<Fact> {
    for at in 1..facts.len() {
        let Normal::Date(last) = facts[at].normal else {
            continue;
        };
        let day = match facts[at - 1].normal {
            Normal::Ordinal(day) => day,
            Normal::Number(day) => day.whole().unwrap_or_default(),
            _ => continue,
        };
        let between = extract
            .get(facts[at - 1].span.end..facts[at].span.start)
            .unwrap_or_default();
        let is_range = matches!(between.trim(), "au" | "et" | "à" | "-" | "–" | "ou");
        if let Some(day) = u32::try_from(day)
            .ok()
            .filter(|day| is_range && (1..=31).contains(day))
        {
            facts[at - 1].kind = FactKind::Date;
            facts[at - 1].normal = Normal::Date(PartialDate { day, ..last });
        }
    }
    facts
}

fn text(said: &[Token], from: usize, to: usize) -> String {
    let texts: Vec<&str> = said[from..to].iter().map(|token| token.text.as_str()).collect();
    texts.join(" ")
}

fn is_acronym(written: &str) -> bool {
    written.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// Where sentences, lines and what follows a colon or a dash begin in `extract`, in bytes.
fn beginnings(extract: &str) -> HashSet<usize> {
    let mut begins = true;
    let mut found = HashSet::new();
    for (at, letter) in extract.char_indices() {
        match letter {
            '.' | '!' | '?' | ':' | ';' | '…' | '—' | '–' | '-' | '•' | '\n' | '«' | '(' => {
                begins = true;
            }
            letter if letter.is_alphanumeric() => {
                if begins {
                    found.insert(at);
                }
                begins = false;
            }
            _ => {}
        }
    }
    found
}

/// Whether a way that stands at `from..to` is no part of a longer number, and no unit follows that would make it another fact.
fn is_whole(said: &[Token], from: usize, to: usize, lexicon: &Lexicon) -> bool {
    let is_digits = |at: usize| said.get(at).is_some_and(|token| token.kind == Kind::Digits);
    let is_joint = |at: usize| {
        let token = said.get(at);
        token.is_some_and(|token| token.glued && matches!(token.text.as_str(), "." | "," | ":" | "/" | "'"))
    };
    let is_glued = |at: usize| said.get(at).is_some_and(|token| token.glued);
    if is_digits(from) && from >= 2 && is_glued(from) && is_joint(from - 1) && is_digits(from - 2) {
        return false;
    }
    if !is_digits(to - 1) {
        return true;
    }
    if is_joint(to) && is_digits(to + 1) && is_glued(to + 1) {
        return false;
    }
    let latin = |at: usize| {
        said.get(at)
            .is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let hyphen = usize::from(said.get(to).is_some_and(|token| token.text == "-"));
    !(is_glued(to) && latin(to)) && lexicon.longest(&UNITS, said, to + hyphen).is_none()
}

/// Whether the token at `at`, which no fact of the extract's explains, is part of a fact.
fn is_fact(said: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &said[at];
    if token.kind == Kind::Digits || matches!(token.text.as_str(), "@" | "http" | "https" | "www") {
        return true;
    }
    // English "May" and "may".
    let is_meant = |pattern: &&Pattern| !pattern.ambiguous || (token.capital && !token.begins);
    let mut meant = lexicon.facts().iter().filter(is_meant);
    meant.any(|pattern| pattern.ends(said, at).is_some())
}
