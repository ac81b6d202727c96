//! The gate's word tables, read once from `crates/domain/data/gate`.

use super::stem::stem;
use crate::facts::token::{TokenKind, Tokens};
use crate::fold::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an expression does to the sentence it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Free,
    Paid,
    Open,
    Closed,
    Included,
    Excluded,
    Extra,
    Discount,
    Full,
    Urgent,
    Cancelled,
    Begins,
    Ends,
    Rise,
    Fall,
    Neg,
    None,
    Never,
    Forbidden,
    Optional,
    Only,
    Except,
    Even,
    Cond,
    Wish,
    May,
    Must,
    All,
    Some,
    Once,
    Approx,
    Usually,
    Always,
    Now,
    First,
    Then,
    Until,
    Latest,
    Earliest,
    From,
    Before,
    After,
    Max,
    Min,
    Within,
    Under,
    Over,
    Otherwise,
    Charged,
    AllHours,
    Unable,
    Banned,
    During,
    For,
    Each,
    Per,
    Have,
}

impl Mark {
    const NAMES: [(&'static str, Self); 57] = [
        ("Free", Self::Free),
        ("Paid", Self::Paid),
        ("Open", Self::Open),
        ("Closed", Self::Closed),
        ("Included", Self::Included),
        ("Excluded", Self::Excluded),
        ("Extra", Self::Extra),
        ("Discount", Self::Discount),
        ("Full", Self::Full),
        ("Urgent", Self::Urgent),
        ("Cancelled", Self::Cancelled),
        ("Begins", Self::Begins),
        ("Ends", Self::Ends),
        ("Rise", Self::Rise),
        ("Fall", Self::Fall),
        ("Neg", Self::Neg),
        ("None", Self::None),
        ("Never", Self::Never),
        ("Forbidden", Self::Forbidden),
        ("Optional", Self::Optional),
        ("Only", Self::Only),
        ("Except", Self::Except),
        ("Even", Self::Even),
        ("Cond", Self::Cond),
        ("Wish", Self::Wish),
        ("May", Self::May),
        ("Must", Self::Must),
        ("All", Self::All),
        ("Some", Self::Some),
        ("Once", Self::Once),
        ("Approx", Self::Approx),
        ("Usually", Self::Usually),
        ("Always", Self::Always),
        ("Now", Self::Now),
        ("First", Self::First),
        ("Then", Self::Then),
        ("Until", Self::Until),
        ("Latest", Self::Latest),
        ("Earliest", Self::Earliest),
        ("From", Self::From),
        ("Before", Self::Before),
        ("After", Self::After),
        ("Max", Self::Max),
        ("Min", Self::Min),
        ("Within", Self::Within),
        ("Under", Self::Under),
        ("Over", Self::Over),
        ("Otherwise", Self::Otherwise),
        ("Unable", Self::Unable),
        ("Banned", Self::Banned),
        ("During", Self::During),
        ("For", Self::For),
        ("Charged", Self::Charged),
        ("AllHours", Self::AllHours),
        ("Each", Self::Each),
        ("Per", Self::Per),
        ("Have", Self::Have),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, mark)| *mark)
    }
}

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It binds or turns its sentence.
    Mark(Mark),
    /// It is read as one word of these sets of synonyms.
    Word(String),
    /// A way of speaking that only the town may have, with its name.
    Speech(String),
}

/// The words of a text as expressions are looked for in them: signs are empty, but for the apostrophes and hyphens that
/// join words, which are left to [`Phrase::places`] to step over.
pub(super) fn words_of_tokens<'t>(tokens: &'t Tokens<'t>) -> Vec<&'t str> {
    (0..tokens.len())
        .map(|at| match (tokens.kind(at), tokens.norm(at)) {
            (Some(TokenKind::Sign), joint @ ("'" | "-")) if tokens.is_glued(at) && tokens.is_glued(at + 1) => joint,
            (Some(TokenKind::Sign), _) => "",
            // Accents alone tell "dès" from "des".
            (Some(TokenKind::Word), "des") if tokens.get(at).is_some_and(|t| t.raw.to_lowercase() == FROM) => FROM,
            (_, word) => word,
        })
        .collect()
}

/// The one word that is compared with its accent.
const FROM: &str = "dès";

/// One word of an expression.
#[derive(Debug, Clone)]
enum Part {
    Word(String),
    Beginning(String),
    Gap,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Word(w) => w == word || (w == "ne" && word == "n"),
            Self::Beginning(start) => word.starts_with(start.as_str()),
            Self::Gap => false,
        }
    }
}

/// An expression and its meaning.
#[derive(Debug)]
struct Phrase {
    parts: Vec<Part>,
    meaning: Meaning,
    /// How many of its parts are words: longer expressions win.
    weight: usize,
}

/// How many words a gap may hold.
const GAP: usize = 4;

/// Words that no gap holds: they would be read as another negation's.
const CLOSES_A_GAP: [&str; 12] = [
    "ne", "n", "pas", "plus", "jamais", "que", "qu", "rien", "ni", "si", "sauf", "mais",
];

impl Phrase {
    fn new(expression: &str, meaning: Meaning) -> Option<Self> {
        let folded = fold(expression);
        let part = |word: &str| match word.strip_suffix('*') {
            _ if word == ".." => Part::Gap,
            Some(start) => Part::Beginning(start.to_owned()),
            None if word == "des" && expression.contains(FROM) => Part::Word(FROM.to_owned()),
            None => Part::Word(word.to_owned()),
        };
        let parts: Vec<Part> = folded
            .split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c == '\'')
            .filter(|word| !word.is_empty())
            .map(part)
            .collect();
        let weight = parts.iter().filter(|part| !matches!(part, Part::Gap)).count();
        (weight > 0).then_some(Self {
            parts,
            meaning,
            weight,
        })
    }

    /// The places of its words in `words` (signs are empty words), from `at`.
    fn places(&self, words: &[&str], at: usize) -> Option<Vec<usize>> {
        let mut places = Vec::with_capacity(self.weight);
        let mut next = at;
        let mut gap = false;
        for part in &self.parts {
            if matches!(part, Part::Gap) {
                gap = true;
                continue;
            }
            let mut skipped = 0;
            loop {
                let word = *words.get(next)?;
                if matches!(word, "'" | "-") && next > at {
                    next += 1;
                    continue;
                }
                if part.fits(word) {
                    break;
                }
                let passes = gap && skipped < GAP && !word.is_empty() && !CLOSES_A_GAP.contains(&word);
                if !passes {
                    return None;
                }
                skipped += 1;
                next += 1;
            }
            places.push(next);
            next += 1;
            gap = false;
        }
        Some(places)
    }
}

/// A word's standing in the tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The sets of synonyms it is in.
    pub(super) sets: Vec<u16>,
    /// Plain speech adds it without saying more.
    pub(super) generic: bool,
    /// It changes whom, when or how much.
    pub(super) critical: bool,
    /// It says for whom.
    pub(super) audience: bool,
    /// It is a condition by itself.
    pub(super) condition: bool,
}

/// The tables.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
    speech: HashMap<String, Vec<Phrase>>,
    exchanges: HashMap<Mark, Vec<Mark>>,
    stop: HashSet<String>,
    generic: HashSet<String>,
    audience: HashSet<String>,
    critical: HashSet<String>,
    standings: HashMap<String, Standing>,
}

/// The tables that ship.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self::default();
        for (name, expression) in coded(include_str!("../../data/gate/marks.txt")) {
            if let Some(mark) = Mark::named(name) {
                add(&mut lexicon.phrases, Phrase::new(expression, Meaning::Mark(mark)));
            }
        }
        for (name, expression) in coded(include_str!("../../data/gate/speech.txt")) {
            add(
                &mut lexicon.speech,
                Phrase::new(expression, Meaning::Speech(name.to_owned())),
            );
        }
        for line in lines(include_str!("../../data/gate/exchanges.txt")) {
            let mut marks = line.split([':', ' ']).filter_map(Mark::named);
            if let Some(first) = marks.next() {
                for other in marks {
                    lexicon.exchanges.entry(first).or_default().push(other);
                }
            }
        }
        lexicon.stop = words_of(include_str!("../../data/gate/stop.txt")).collect();
        for word in words_of(include_str!("../../data/gate/generic.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.generic.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).generic = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/critical.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.critical.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).critical = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/audience.txt")) {
            match word.strip_prefix('=') {
                Some(exact) => {
                    lexicon.audience.insert(exact.to_owned());
                }
                None => lexicon.standing_of(&word).audience = true,
            }
        }
        for word in words_of(include_str!("../../data/gate/conditions.txt")) {
            lexicon.standing_of(&word.replace('-', "_")).condition = true;
        }
        for (set, line) in (0u16..).zip(lines(include_str!("../../data/gate/synonyms.txt"))) {
            for word in line.split_whitespace() {
                lexicon.add_synonym(word, set);
            }
        }
        lexicon
    }

    fn add_synonym(&mut self, word: &str, set: u16) {
        self.standing_of(&fold(word)).sets.push(set);
    }

    /// The standing of a folded word; an expression is looked for from now on.
    fn standing_of(&mut self, folded: &str) -> &mut Standing {
        if !folded.contains('_') {
            return self.standings.entry(stem(folded)).or_default();
        }
        if !self.standings.contains_key(folded) {
            let meaning = Meaning::Word(folded.to_owned());
            add(&mut self.phrases, Phrase::new(folded, meaning));
        }
        self.standings.entry(folded.to_owned()).or_default()
    }

    /// The weightiest expression at `at` and the places of its words.
    pub(super) fn expression(&self, words: &[&str], at: usize) -> Option<(&Meaning, Vec<usize>)> {
        weightiest(&self.phrases, words, at)
    }

    /// The way of speaking at `at` that only the town may have.
    pub(super) fn speech(&self, words: &[&str], at: usize) -> Option<Vec<usize>> {
        weightiest(&self.speech, words, at).map(|(_, places)| places)
    }

    /// What may stand for `mark` in other words.
    pub(super) fn exchanges(&self, mark: Mark) -> &[Mark] {
        self.exchanges.get(&mark).map_or(&[], Vec::as_slice)
    }

    /// Whether a word says nothing by itself.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Whether this very form is generic, whatever its stem.
    pub(super) fn is_generic_form(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// Whether this very form changes whom, when or how much, whatever its stem.
    pub(super) fn is_critical_form(&self, word: &str) -> bool {
        self.critical.contains(word)
    }

    /// Whether this very form says for whom, whatever its stem.
    pub(super) fn is_audience_form(&self, word: &str) -> bool {
        self.audience.contains(word)
    }

    /// The standing of a word by its stem, or of an expression read as one word.
    pub(super) fn standing(&self, stem: &str) -> Option<&Standing> {
        self.standings.get(stem)
    }
}

/// Expressions by the beginning that all words of their first part share.
fn key(word: &str) -> String {
    word.chars().take(2).collect()
}

fn add(phrases: &mut HashMap<String, Vec<Phrase>>, phrase: Option<Phrase>) {
    let Some(phrase) = phrase else {
        return;
    };
    let first = match phrase.parts.first() {
        Some(Part::Word(word) | Part::Beginning(word)) => word.clone(),
        _ => return,
    };
    phrases
        .entry(if first == "ne" { "n".to_owned() } else { key(&first) })
        .or_default()
        .push(phrase);
}

fn weightiest<'l>(
    phrases: &'l HashMap<String, Vec<Phrase>>,
    words: &[&str],
    at: usize,
) -> Option<(&'l Meaning, Vec<usize>)> {
    let word = *words.get(at)?;
    let key = if word == "ne" { "n".to_owned() } else { key(word) };
    let fitting = phrases
        .get(&key)?
        .iter()
        .filter_map(|phrase| Some((phrase, phrase.places(words, at)?)));
    let (phrase, places) = fitting.max_by_key(|(phrase, _)| phrase.weight)?;
    Some((&phrase.meaning, places))
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words_of(table: &'static str) -> impl Iterator<Item = String> {
    lines(table).flat_map(str::split_whitespace).map(fold)
}

fn coded(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table)
        .filter_map(|line| line.split_once('='))
        .flat_map(|(name, expressions)| expressions.split('|').map(move |e| (name.trim(), e.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_tables_is_known() {
        for (name, expression) in coded(include_str!("../../data/gate/marks.txt")) {
            assert!(Mark::named(name).is_some(), "{name}");
            assert!(
                Phrase::new(expression, Meaning::Word(String::new())).is_some(),
                "{expression}"
            );
        }
    }

    #[test]
    fn the_longer_expression_wins_and_a_gap_stops_at_another_negation() {
        let mark = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            LEXICON.expression(&words, 0).map(|(meaning, _)| meaning.clone())
        };
        assert_eq!(mark("ne vous coute rien"), Some(Meaning::Mark(Mark::Free)));
        assert_eq!(mark("ne peut plus inscrire"), Some(Meaning::Mark(Mark::Forbidden)));
        assert_eq!(
            mark("n est pas obligatoire"),
            Some(Meaning::Mark(Mark::Optional))
        );
        assert_eq!(mark("n accueille que des enfants"), Some(Meaning::Mark(Mark::Only)));
        assert_eq!(mark("ne dit pas que c est gratuit"), Some(Meaning::Mark(Mark::Neg)));
    }
}
