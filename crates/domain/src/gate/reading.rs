//! A text as the gate compares it: facts, binding expressions and words, each in its clause and sentence.

use super::lexicon::LEXICON;
use super::mark::Mark;
use super::stem::stem;
use crate::facts::{FactKind, Normal};
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// What two items that say the same have in common.
pub(super) type Key = u64;

/// Facts that could be taken for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Clock,
    Weekday,
    Date,
    Duration,
    Amount,
    Phone,
    Email,
    Url,
    Address,
    Number,
    Ordinal,
    Name,
    Opening,
    PartOfDay,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// A number, an hour, a name; `bounds` are the expressions that bind it.
    Fact {
        kind: FactKind,
        normal: Normal,
        bounds: Vec<Mark>,
    },
    /// A binding expression.
    Mark(Mark),
    /// A word that says something.
    Word {
        generic: bool,
        critical: bool,
        part_of_day: bool,
        audience: bool,
        condition: bool,
        /// It names the town or one of its services.
        town: bool,
        /// It asks something of people: "justificatif", "signer".
        requires: bool,
        /// It leaves something to people: "proposer", "louer".
        offers: bool,
        /// It is of children: "école", "cantine".
        young: bool,
    },
}

/// A fact, a binding expression or a word.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) what: What,
    /// As written, for telling people.
    pub(super) written: String,
    pub(super) keys: Vec<Key>,
    pub(super) sentence: usize,
    /// Its clause, numbered through the text.
    pub(super) clause: usize,
    /// Its first token.
    pub(super) at: usize,
    /// Past its last token.
    pub(super) end: usize,
}

impl Item {
    pub(super) fn mark(&self) -> Option<Mark> {
        match self.what {
            What::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether it tells its clause from another: a fact or a word that is not generic.
    pub(super) fn tells(&self) -> bool {
        match self.what {
            What::Fact { .. } => true,
            What::Word { generic, .. } => !generic,
            What::Mark(_) => false,
        }
    }

    pub(super) fn is_of_the_town(&self) -> bool {
        matches!(self.what, What::Word { town: true, .. })
    }

    pub(super) fn family(&self) -> Option<Family> {
        match &self.what {
            What::Fact { kind, .. } => Some(match kind {
                FactKind::Clock => Family::Clock,
                FactKind::Weekday => Family::Weekday,
                FactKind::Date | FactKind::Month => Family::Date,
                FactKind::Duration | FactKind::Age => Family::Duration,
                FactKind::Amount | FactKind::Percentage => Family::Amount,
                FactKind::Phone => Family::Phone,
                FactKind::Email => Family::Email,
                FactKind::Url => Family::Url,
                FactKind::Address => Family::Address,
                FactKind::Number => Family::Number,
                FactKind::Ordinal => Family::Ordinal,
                FactKind::Name => Family::Name,
            }),
            What::Mark(Mark::Free | Mark::Charged) => Some(Family::Amount),
            What::Mark(Mark::Open | Mark::Closed) => Some(Family::Opening),
            What::Word {
                part_of_day: true, ..
            } => Some(Family::PartOfDay),
            _ => None,
        }
    }
}

/// A word or a fact of a sentence, for comparing sentences word by word.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) keys: Vec<Key>,
    pub(super) sentence: usize,
    /// Whether it is a fact or a word that says something by itself.
    pub(super) tells: bool,
    /// The fact that it is.
    pub(super) fact: Option<FactKind>,
    /// What it does by itself: "peut", "interdit", "ouvert".
    pub(super) mark: Option<Mark>,
    /// Whether it is the label of a table's row.
    pub(super) label: bool,
}

impl Unit {
    pub(super) fn new(keys: Vec<Key>, sentence: usize) -> Self {
        Self {
            keys,
            sentence,
            tells: false,
            fact: None,
            mark: None,
            label: false,
        }
    }
}

/// A text as the gate compares it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) items: Vec<Item>,
    /// By sentence: the keys of the heading that it stands under ("Adulte — …", "Prix : …").
    pub(super) headings: Vec<Vec<Key>>,
    /// By sentence: which whole sentence it is of; a semicolon ends none.
    pub(super) wholes: Vec<usize>,
    /// The text.
    pub(super) raw: String,
    /// How many sentences are the text's own; the context's come after them.
    pub(super) own: usize,
    /// Where the context begins in `raw`.
    pub(super) own_end: usize,
    /// By sentence: whether it asks.
    pub(super) asks: Vec<bool>,
    /// By sentence: whether it begins with an order ("Appelez", "N'approchez pas").
    pub(super) orders: Vec<usize>,
    /// By sentence: how often it says what "vous" do ("vous signez").
    pub(super) told: Vec<usize>,
    /// How many "ne" deny nothing: "pas" has been left out.
    pub(super) halves: usize,
    /// The tokens' folded words, signs included.
    pub(super) tokens: Vec<String>,
    /// All keys of the items.
    pub(super) keys: HashSet<Key>,
    /// Each word but the lightest, and each fact, with its sentence: for comparing sentences word by word.
    pub(super) sequence: Vec<Unit>,
    /// Clauses that "et", "ou", "ni" begin.
    pub(super) joined: HashSet<usize>,
}

impl Reading {
    /// The items of a sentence.
    pub(super) fn sentence(&self, sentence: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.sentence == sentence)
    }

    /// The place of the first token behind the sentences before this one, as far as these tell something.
    pub(super) fn start_of(&self, sentence: usize) -> usize {
        let before = self.items.iter().filter(|item| item.sentence < sentence);
        before.map(|item| item.end).max().unwrap_or_default()
    }

    /// The place of the first token behind what a sentence tells; 0 where it tells nothing.
    pub(super) fn end_of(&self, sentence: usize) -> usize {
        let items = self.sentence(sentence);
        items.map(|item| item.end).max().unwrap_or_default()
    }

    /// The words and facts of a sentence, in order.
    pub(super) fn sequence(&self, sentence: usize) -> Vec<&Unit> {
        self.sequence
            .iter()
            .filter(|unit| unit.sentence == sentence)
            .collect()
    }

    /// The beginning of a sentence, for telling people.
    pub(super) fn written(&self, sentence: usize) -> String {
        let items: Vec<&str> = self
            .sentence(sentence)
            .take(6)
            .map(|item| item.written.as_str())
            .collect();
        items.join(" … ")
    }

    pub(super) fn sentences(&self) -> usize {
        self.headings.len()
    }
}

/// A fact's key, without its bounds.
pub(super) fn fact_key(normal: &Normal) -> Key {
    hashed(&match normal {
        Normal::Duration { count, unit, .. } => format!("{count:?} {unit:?}"),
        Normal::Amount { cents, .. } => format!("{cents} cents"),
        other => format!("{other:?}"),
    })
}

pub(super) fn hashed(text: &str) -> Key {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The key of a binding expression.
pub(super) fn mark_key(mark: Mark) -> Key {
    hashed(&format!("{mark:?}"))
}

/// The key of a word as such.
pub(super) fn word_key(word: &str) -> Key {
    hashed(&format!("as such {word}"))
}

pub(super) fn word_keys(word: &str) -> Vec<Key> {
    let stem = if word.contains('_') {
        word.to_owned()
    } else {
        stem(word)
    };
    let mut keys = vec![hashed(&stem)];
    if let Some(standing) = LEXICON.standing(&stem) {
        keys.extend(standing.sets.iter().map(|set| hashed(&format!("set {set}"))));
    }
    // An expression holds its words.
    for part in word
        .split('_')
        .filter(|part| word.contains('_') && !LEXICON.is_stop(part))
    {
        keys.extend(word_keys(part));
    }
    keys
}
