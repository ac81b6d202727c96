//! Whether words in another language state the facts of a French extract, all of them and no others, bound as there.
//!
//! Facts are locked: each of the extract's stands in the words, in a way of writing that the tables of the language license
//! ([`rendering`]), kind by kind in the same order, and no other figure, number in words, day, month, amount, address
//! or name does. What binds a sentence (not, only, except, until, free, must…) is in both or in none ([`lexicon`]). What is
//! left, the plain words, no table can tell: that is what a translation back and the [gate](crate::gate) are for.

mod lexicon;
mod rendering;
mod token;

use crate::facts::{self, Fact, FactKind, Normal, PartialDate};
use crate::language::Language;
use lexicon::{Lexicon, MARKS, Pattern};
use std::collections::{HashMap, HashSet, VecDeque};
use std::mem::{Discriminant, discriminant};
use token::{Kind, Token, is_han, tokens};

/// What a number may not be followed by unless that is part of the fact.
const UNITS: [&str; 13] = [
    "minute", "hour", "day", "week", "month", "year", "euro", "percent", "currency", "morning", "evening",
    "hours", "half",
];
/// Facts by themselves, besides days, months and numbers in words.
const FACTS: [&str; 7] = [
    "half",
    "noon",
    "midnight",
    "euro",
    "percent",
    "currency",
    "beside_figures",
];
/// The numbers in words that the tables may hold.
const NUMBERS: std::ops::RangeInclusive<u32> = 2..=20;
const TENS: [u32; 10] = [30, 40, 50, 60, 70, 80, 90, 100, 1_000, 10_000];
/// What only markup, a question or an address holds.
const NOT_SAID: [char; 14] = [
    '[', ']', '<', '>', '`', '*', '#', '|', '{', '}', '?', '？', '؟', '@',
];

/// Why words may not be shown as a translation of their extract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistranslated {
    /// A fact that the extract does not hold, or holds elsewhere.
    #[error(
        "the extract does not hold {0:?} there: keep its facts in their order, or leave the translation out"
    )]
    Fact(String),
    /// A fact of the extract that the words do not hold.
    #[error("the words lack {0:?} of the extract: keep all its facts, or leave the translation out")]
    Lost(String),
    /// A name that the extract does not hold.
    #[error(
        "the extract does not name {0:?}: keep its names as they are written, or leave the translation out"
    )]
    Name(String),
    /// What binds a sentence is in one of the two alone.
    #[error(
        "{0:?} is said in one of the two languages alone: keep what binds the extract, or leave the translation out"
    )]
    Mark(&'static str),
    /// A sign that no plain sentence holds.
    #[error("{0:?} is no part of a plain sentence: leave the translation out")]
    Sign(char),
    /// No words, words in another script, or far more than the extract says.
    #[error("these words are no translation of the extract: leave them out")]
    Other,
}

/// Checks that `words` state in `language` the facts of the French `extract`, bound as there.
///
/// # Errors
/// The first thing found that is not so.
pub fn check(words: &str, language: Language, extract: &str) -> Result<(), Mistranslated> {
    if language == Language::French {
        return Err(Mistranslated::Other);
    }
    if let Some(sign) = words
        .chars()
        .find(|sign| NOT_SAID.contains(sign) && !extract.contains(*sign))
    {
        return Err(Mistranslated::Sign(sign));
    }
    let lexicon = Lexicon::of(language);
    let (said, held) = (tokens(words), tokens(extract));
    is_comparable(&said, &held, language, lexicon)?;
    let consumed = Facts::of(extract, lexicon).consume(&said, lexicon)?;
    names(&said, &held, &consumed, language)?;
    marks(&said, &held, lexicon)
}

/// Whether the words are in the script of their language, and not far longer than the extract.
fn is_comparable(
    said: &[Token],
    held: &[Token],
    language: Language,
    lexicon: &Lexicon,
) -> Result<(), Mistranslated> {
    let letters = |tokens: &[Token]| {
        let words = tokens.iter().filter(|token| token.kind == Kind::Word);
        words.map(|token| token.text.chars().count()).sum::<usize>()
    };
    let in_script = said.iter().filter(|token| {
        let first = token.text.chars().next().unwrap_or_default();
        match language {
            Language::Arabic => ('\u{600}'..='\u{6ff}').contains(&first),
            Language::Ukrainian => ('\u{400}'..='\u{4ff}').contains(&first),
            Language::Chinese => is_han(first),
            _ => first.is_alphabetic(),
        }
    });
    let longest = match language {
        // A character says what four letters say.
        Language::Chinese => letters(held) + 10,
        _ => letters(held) * 2 + 40,
    };
    let comparable = in_script.count() > 0
        && letters(said) <= longest
        && sentences(said, lexicon) <= sentences(held, Lexicon::of(Language::French)).max(1);
    comparable.then_some(()).ok_or(Mistranslated::Other)
}

/// How many sentences end here: one more says something more.
fn sentences(tokens: &[Token], lexicon: &Lexicon) -> usize {
    let ends = |at: &usize| match tokens[*at].text.as_str() {
        "。" | "！" => true,
        // "1. bis 15. August".
        "." if *at > 0 && tokens[*at - 1].kind == Kind::Digits => tokens.get(at + 1).is_none_or(|next| {
            let goes_on = !next.capital || lexicon.longest(&rendering::MONTHS, tokens, at + 1).is_some();
            !next.glued && !goes_on
        }),
        "." | "!" | "…" => tokens.get(at + 1).is_none_or(|next| !next.glued),
        _ => false,
    };
    (0..tokens.len()).filter(ends).count()
}

/// The facts of an extract that are still to be found in the words.
struct Facts<'a> {
    extract: &'a str,
    /// Of each kind, in order, by their place in `facts`.
    waiting: HashMap<Discriminant<Normal>, VecDeque<usize>>,
    facts: Vec<(Fact, Vec<Pattern>)>,
    /// Names that the words may leave out, and any of which they may repeat.
    optional: HashSet<usize>,
}

impl<'a> Facts<'a> {
    fn of(extract: &'a str, lexicon: &Lexicon) -> Self {
        let beginnings = beginnings(extract);
        let mut held = Self {
            extract,
            waiting: HashMap::new(),
            facts: Vec::new(),
            optional: HashSet::new(),
        };
        for fact in dated(facts::find(extract), extract) {
            // "Gratuit" is a mark.
            if matches!(fact.normal, Normal::Amount { cents: 0, .. }) && !held.written(&fact).contains('0') {
                continue;
            }
            let at = held.facts.len();
            let written = held.written(&fact);
            if fact.kind == FactKind::Name {
                // A word that begins a line is no name for sure.
                let is_word = !written.contains([' ', '-', '\u{2011}', '’', '\'']);
                let is_sure = !(is_word && beginnings.contains(&fact.span.start)) || is_acronym(written);
                if !is_sure {
                    held.optional.insert(at);
                }
            } else {
                held.waiting
                    .entry(discriminant(&fact.normal))
                    .or_default()
                    .push_back(at);
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

    fn written(&self, fact: &Fact) -> &'a str {
        self.extract
            .get(fact.span.start..fact.span.end)
            .unwrap_or_default()
    }

    /// Finds them all in `said`, where nothing else may be a fact; gives which tokens are theirs.
    fn consume(mut self, said: &[Token], lexicon: &Lexicon) -> Result<Vec<bool>, Mistranslated> {
        let mut consumed = vec![false; said.len()];
        let mut named = HashSet::new();
        let mut at = 0;
        while let Some(token) = said.get(at) {
            let Some((end, facts)) = self.longest(said, at, lexicon) else {
                if is_fact(said, at, lexicon) {
                    return Err(Mistranslated::Fact(token.text.clone()));
                }
                at += 1;
                continue;
            };
            let next = facts.iter().copied().find(|fact| {
                let (fact_here, _) = &self.facts[*fact];
                let waiting = self.waiting.get(&discriminant(&fact_here.normal));
                waiting
                    .and_then(VecDeque::front)
                    .is_some_and(|first| self.facts[*first].0.normal == fact_here.normal)
            });
            let name = facts
                .iter()
                .copied()
                .find(|fact| self.facts[*fact].0.kind == FactKind::Name);
            match (next, name) {
                (Some(fact), _) => {
                    let kind = discriminant(&self.facts[fact].0.normal);
                    self.waiting.entry(kind).or_default().pop_front();
                }
                (None, Some(name)) => {
                    named.insert(self.facts[name].0.normal.clone());
                }
                (None, None) => return Err(Mistranslated::Fact(text(said, at, end))),
            }
            consumed[at..end].fill(true);
            at = end;
        }
        let lost = self.waiting.values().filter_map(VecDeque::front).min().copied();
        let unnamed = (0..self.facts.len()).find(|at| {
            let fact = &self.facts[*at].0;
            fact.kind == FactKind::Name && !self.optional.contains(at) && !named.contains(&fact.normal)
        });
        match lost.or(unnamed) {
            Some(lost) => Err(Mistranslated::Lost(self.written(&self.facts[lost].0).to_owned())),
            None => Ok(consumed),
        }
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
    let numbers = NUMBERS.chain(TENS).map(|number| format!("n{number}"));
    let ranks = (1..=10).map(|rank| format!("o{rank}"));
    let named = rendering::DAYS.iter().chain(&rendering::MONTHS).chain(&FACTS);
    let tables = named.map(|name| (*name).to_owned()).chain(numbers).chain(ranks);
    tables.into_iter().any(|table| {
        lexicon.table(&table).iter().any(|pattern| {
            // English "May" and "may".
            let meant = !pattern.ambiguous || (token.capital && !token.begins);
            meant && pattern.ends(said, at).is_some()
        })
    })
}

/// Whether all names of the words are the extract's, where its language tells names by their letters.
fn names(said: &[Token], held: &[Token], consumed: &[bool], language: Language) -> Result<(), Mistranslated> {
    let held: HashSet<&str> = held.iter().map(|token| token.text.as_str()).collect();
    let known = Lexicon::of(language);
    for (at, token) in said.iter().enumerate() {
        let is_name = match language {
            Language::Arabic | Language::Chinese => {
                token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_alphabetic())
            }
            Language::Ukrainian => {
                let latin = token.text.starts_with(|c: char| c.is_ascii_alphabetic());
                latin || (token.capital && !token.begins)
            }
            // All nouns have a capital.
            Language::German => false,
            _ => token.capital && !token.begins,
        };
        let is_free = consumed[at]
            || held.contains(token.text.as_str())
            || known.longest(&["names", "euro"], said, at).is_some();
        if is_name && !is_free {
            return Err(Mistranslated::Name(token.text.clone()));
        }
    }
    Ok(())
}

/// Whether what binds a sentence is in both or in none.
fn marks(said: &[Token], held: &[Token], lexicon: &Lexicon) -> Result<(), Mistranslated> {
    let french = Lexicon::of(Language::French);
    let (said, held) = (Text::new(said, lexicon), Text::new(held, french));
    for mark in MARKS {
        let (in_words, in_extract) = (said.standing(mark), held.standing(mark));
        let lost = in_extract.is_said && !in_words.may_be_said;
        let added = in_words.is_said && !in_extract.may_be_said;
        if lost || added {
            return Err(Mistranslated::Mark(mark));
        }
    }
    Ok(())
}

/// How a mark stands in a text.
struct Standing {
    is_said: bool,
    /// Whether words that may say it are there.
    may_be_said: bool,
}

/// A text in which marks are looked for.
struct Text<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    /// The tokens of phrases whose "not" denies nothing: "no later than".
    idioms: HashSet<usize>,
}

impl<'a> Text<'a> {
    fn new(tokens: &'a [Token], lexicon: &'a Lexicon) -> Self {
        let idiom = |at: usize| lexicon.longest(&["idioms"], tokens, at).map(|end| at..end);
        Self {
            idioms: (0..tokens.len()).filter_map(idiom).flatten().collect(),
            tokens,
            lexicon,
        }
    }

    fn standing(&self, mark: &str) -> Standing {
        let may_stand = |at: &usize| mark != "not" || !self.idioms.contains(at);
        let stands = |pattern: &Pattern| {
            let mut places = (0..self.tokens.len()).filter(may_stand);
            places.any(|at| pattern.ends(self.tokens, at).is_some())
        };
        let patterns = self.lexicon.table(mark);
        let is_said = patterns
            .iter()
            .any(|pattern| !pattern.ambiguous && stands(pattern));
        Standing {
            is_said,
            may_be_said: is_said || patterns.iter().any(stands),
        }
    }
}

#[cfg(test)]
mod tests;
