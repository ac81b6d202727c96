//! The facts of an extract in the words of another language: all of them, in their order, and no others.

use super::Mistranslated;
use super::lexicon::{Lexicon, Pattern};
use super::rendering;
use super::token::{Kind, Token, is_han};
use crate::facts::joint::{self, Joined, Joint};
use crate::facts::{self, Fact, FactKind, Normal, PartialDate};
use crate::language::Language;
use std::collections::{HashMap, HashSet, VecDeque};
use std::mem::{Discriminant, discriminant};
use std::ops::Range;

/// What a number may not be followed by unless that is part of the fact.
const UNITS: [&str; 12] = [
    "minute", "hour", "day", "week", "month", "year", "euro", "percent", "currency", "morning", "evening",
    "hours",
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
    /// Two facts of a kind, one after the other.
    pairs: Vec<Pair>,
}

/// Two facts of a kind, and whether the extract says all from the one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    first: usize,
    last: usize,
    is_range: bool,
    /// Whether one of them may leave its month to the other.
    shares_month: bool,
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
            pairs: Vec::new(),
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
        held.pair();
        held
    }

    fn pair(&mut self) {
        let facts: Vec<&Fact> = self.facts.iter().map(|(fact, _)| fact).collect();
        for Joined { first, last, joint } in joint::joined(&self.extract, &facts) {
            let dates = match (&self.facts[first].0.normal, &self.facts[last].0.normal) {
                (Normal::Date(from), Normal::Date(to)) => Some((*from, *to)),
                _ => None,
            };
            let dates = dates.filter(|(from, to)| (from.month, from.year) == (to.month, to.year));
            if let Some((from, to)) = dates {
                self.facts[first].1.extend(rendering::day_alone(from.day));
                self.facts[last].1.extend(rendering::day_alone(to.day));
            }
            self.pairs.push(Pair {
                first,
                last,
                is_range: joint == Joint::Range,
                shares_month: dates.is_some(),
            });
        }
    }

    /// Which tokens of the extract are of facts, ranges as a whole.
    pub(super) fn taken_of(&self, held: &[Token]) -> Vec<Standing> {
        let single = self.facts.iter().filter(|(fact, _)| fact.kind != FactKind::Name);
        let single = single.map(|(fact, _)| (fact.span.start, fact.span.end));
        let ranges = self.pairs.iter().filter(|pair| pair.is_range);
        let ranges = ranges.map(|pair| {
            (
                self.facts[pair.first].0.span.start,
                self.facts[pair.last].0.span.end,
            )
        });
        let ranges: Vec<(usize, usize)> = ranges.collect();
        let single: Vec<(usize, usize)> = single.collect();
        let within = |spans: &[(usize, usize)], token: &Token| {
            spans.iter().any(|(from, to)| (*from..*to).contains(&token.at))
        };
        let standing = |token: &Token| match (within(&ranges, token), within(&single, token)) {
            (true, _) => Standing::Range,
            (false, true) => Standing::Fact,
            (false, false) => Standing::Free,
        };
        held.iter().map(standing).collect()
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
    pub(super) fn all_in(&self, said: &[Token]) -> Result<Vec<Standing>, Mistranslated> {
        let mut walk = self.walk(said, End::Whole)?;
        let is_unnamed = |at: &usize| {
            let fact = &self.facts[*at].0;
            fact.kind == FactKind::Name && !self.optional.contains(at) && !walk.named.contains(&fact.normal)
        };
        let lost = walk.waiting.values().filter_map(VecDeque::front).min().copied();
        match lost.or_else(|| (0..self.facts.len()).find(is_unnamed)) {
            Some(lost) => Err(Mistranslated::Lost(self.written(&self.facts[lost].0).to_owned())),
            None => {
                self.joints(said, &mut walk)?;
                Ok(walk.consumed)
            }
        }
    }

    /// Whether what joins two facts of a kind makes all from the one to the other of them, or two, as in the extract.
    fn joints(&self, said: &[Token], walk: &mut Walk) -> Result<(), Mistranslated> {
        let lexicon = Lexicon::of(self.language);
        for pair in &self.pairs {
            let (Some(first), Some(last)) = (walk.places.get(&pair.first), walk.places.get(&pair.last))
            else {
                continue;
            };
            let gap = first.end..last.start.max(first.end);
            let has = |mut places: Range<usize>, table: &str| {
                places.any(|at| lexicon.longest(&[table], said, at).is_some())
            };
            let (joins, lists) = (has(gap.clone(), "range"), has(gap.clone(), "list"));
            let before = first.start.saturating_sub(2)..first.start;
            let between = has(before, "between") || has(last.end..last.end + 2, "between");
            let is_range = joins && !lists || between;
            let is_alone = |place: &Range<usize>| is_day_alone(&said[place.clone()]);
            let undated = pair.shares_month && is_alone(first) && is_alone(last);
            if undated || pair.is_range && !is_range || !pair.is_range && joins && !lists && gap.len() < 5 {
                return Err(Mistranslated::Fact(text(said, first.start, last.end)));
            }
            if pair.is_range {
                walk.consumed[first.start..last.end].fill(Standing::Range);
            }
        }
        Ok(())
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
                Some(fact) => walk.pass(&self.facts[fact].0, at..end),
                None => return Err(Mistranslated::Fact(text(said, at, end))),
            }
            let kind = fact.map(|fact| self.facts[fact].0.kind);
            walk.consumed[at..end].fill(match kind {
                None | Some(FactKind::Url | FactKind::Email | FactKind::Address | FactKind::Phone) => {
                    Standing::Name
                }
                Some(_) => Standing::Fact,
            });
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

/// What a token of the words is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// No fact.
    Free,
    /// A fact by itself.
    Fact,
    /// A name, or an address.
    Name,
    /// All from a fact to another one.
    Range,
}

/// How far a text has come through the facts.
struct Walk {
    /// Of each kind, those that are still to come, in order; names come in any order, and as often as they like.
    waiting: HashMap<Discriminant<Normal>, VecDeque<usize>>,
    named: HashSet<Normal>,
    /// Where those stand that are no names.
    places: HashMap<usize, Range<usize>>,
    /// Which tokens are of facts.
    consumed: Vec<Standing>,
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
            places: HashMap::new(),
            consumed: vec![Standing::Free; tokens],
        }
    }

    fn is_next(&self, facts: &[(Fact, Vec<Pattern>)], fact: usize) -> bool {
        let normal = &facts[fact].0.normal;
        let first = self.waiting.get(&discriminant(normal)).and_then(VecDeque::front);
        first.is_some_and(|first| facts[*first].0.normal == *normal)
    }

    fn pass(&mut self, fact: &Fact, place: Range<usize>) {
        let waiting = self.waiting.get_mut(&discriminant(&fact.normal));
        match waiting.and_then(VecDeque::pop_front) {
            Some(next) => drop(self.places.insert(next, place)),
            None => drop(self.named.insert(fact.normal.clone())),
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

/// Whether a date is but the number of its day.
fn is_day_alone(said: &[Token]) -> bool {
    let figures = said.iter().filter(|token| token.kind == Kind::Digits).count();
    let is_name =
        |token: &Token| token.kind == Kind::Word && (token.text.chars().count() > 2 || token.text == "月");
    figures == 1 && !said.iter().any(is_name)
}

/// Whether a way that stands at `from..to` is no part of a longer number or address, and no unit follows that would make it
/// another fact.
fn is_whole(said: &[Token], from: usize, to: usize, lexicon: &Lexicon) -> bool {
    let is_digits = |at: usize| said.get(at).is_some_and(|token| token.kind == Kind::Digits);
    let is_glued = |at: usize| said.get(at).is_some_and(|token| token.glued);
    let is_sign = |at: usize, signs: &[&str]| {
        said.get(at)
            .is_some_and(|token| signs.contains(&token.text.as_str()))
    };
    // Chinese writes no spaces.
    let is_letter = |at: usize| {
        said.get(at)
            .is_some_and(|token| token.kind != Kind::Sign && !token.text.starts_with(is_han))
    };
    let is_address = said[from..to]
        .iter()
        .any(|token| matches!(token.text.as_str(), "@" | "www" | "http" | "https"))
        || (from + 1..to)
            .any(|at| is_sign(at, &["."]) && is_glued(at) && is_letter(at - 1) && !is_digits(at - 1));
    let joints: &[&str] = match is_address {
        true => &[".", ",", ":", "/", "'", "@", "_", "-", "\\"],
        false => &[".", ",", ":", "/", "'", "@", "_"],
    };
    let goes_on = is_glued(to) && is_sign(to, joints) && is_glued(to + 1) && is_letter(to + 1);
    let went_before =
        from >= 2 && is_glued(from) && is_sign(from - 1, joints) && is_glued(from - 1) && is_letter(from - 2);
    // "L'12": an apostrophe joins figures alone.
    let is_apostrophe = |sign: usize, beside: usize| is_sign(sign, &["'"]) && !is_digits(beside);
    if goes_on && !is_apostrophe(to, to + 1) || went_before && !is_apostrophe(from - 1, from - 2) {
        return false;
    }
    if is_address
        && (is_glued(to) && (is_letter(to) || is_sign(to, &["/", "@", "_"]))
            || from >= 1 && is_glued(from) && is_letter(from - 1))
    {
        return false;
    }
    if !is_digits(to - 1) {
        return true;
    }
    let latin = |at: usize| {
        said.get(at)
            .is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let hyphen = usize::from(is_sign(to, &["-"]));
    !(is_glued(to) && latin(to)) && lexicon.longest(&UNITS, said, to + hyphen).is_none()
}

/// Whether the token at `at`, which no fact of the extract's explains, is part of a fact.
fn is_fact(said: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &said[at];
    if token.kind == Kind::Digits || matches!(token.text.as_str(), "@" | "http" | "https" | "www") {
        return true;
    }
    let is_next = |after: usize, fits: fn(&Token) -> bool| {
        said.get(at + after).is_some_and(|next| next.glued && fits(next))
    };
    let is_long = |token: &Token| token.kind == Kind::Word && token.text.len() > 1;
    // "Other.example" is an address, "-5" another number than 5.
    let is_address = is_long(token)
        && is_next(1, |next| next.text == ".")
        && is_next(2, |next| next.kind == Kind::Word && next.text.len() > 1);
    let is_minus = token.text == "-" && !token.glued && is_next(1, |next| next.kind == Kind::Digits);
    if is_address || is_minus {
        return true;
    }
    // English "May" and "may".
    let is_meant = |pattern: &&Pattern| !pattern.ambiguous || (token.capital && !token.begins);
    let mut meant = lexicon.facts().iter().filter(is_meant);
    meant.any(|pattern| pattern.ends(said, at).is_some())
}
