//! Cuts a text into the items of its [`Reading`].

mod words;

use super::expression::words_of_tokens;
use super::lexicon::LEXICON;
use super::mark::Mark;
use super::reading::{Item, Key, Reading, Unit, What, fact_key, hashed, mark_key, word_keys};
use crate::facts::token::{TokenKind, Tokens};
use crate::facts::{self, Decimal, FactKind, Normal};
use crate::sentence;
use chrono::NaiveTime;
use std::collections::HashSet;

/// Quantities that the facts write in another way.
const FRACTIONS: [(&str, &str); 27] = [
    ("mètres carrés", "m²"),
    ("mètre carré", "m²"),
    ("mètres cubes", "m³"),
    ("mètre cube", "m³"),
    ("24 heures sur 24", "jour et nuit"),
    ("24 h sur 24", "jour et nuit"),
    ("24 h/24", "jour et nuit"),
    ("24h/24", "jour et nuit"),
    ("trois quarts d’heure", "45 minutes"),
    ("trois quarts d'heure", "45 minutes"),
    ("un quart d’heure", "15 minutes"),
    ("un quart d'heure", "15 minutes"),
    ("une demi-heure", "30 minutes"),
    ("demi-heure", "30 minutes"),
    ("une quinzaine de jours", "15 jours"),
    ("7 jours sur 7", "tous les jours"),
    ("sept jours sur sept", "tous les jours"),
    ("7j/7", "tous les jours"),
    ("une dizaine", "environ 10"),
    ("une douzaine", "environ 12"),
    ("une quinzaine", "environ 15"),
    ("une vingtaine", "environ 20"),
    ("une trentaine", "environ 30"),
    ("une quarantaine", "environ 40"),
    ("une cinquantaine", "environ 50"),
    ("une soixantaine", "environ 60"),
    ("une centaine", "environ 100"),
];

/// "De neuf à onze heures" names two hours.
fn hours_in_ranges(text: &str, facts: &mut [facts::Fact]) {
    for index in 1..facts.len() {
        let (one, other) = (&facts[index - 1], &facts[index]);
        let Normal::Number(count) = &one.normal else {
            continue;
        };
        let joined = text.get(one.span.end..other.span.start).unwrap_or_default();
        let hour = count.whole().and_then(|hour| u32::try_from(hour).ok());
        if other.kind == FactKind::Clock
            && joined.trim() == "à"
            && let Some(time) = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        {
            facts[index - 1].kind = FactKind::Clock;
            facts[index - 1].normal = Normal::Clock(time);
        }
    }
}

/// The keys of the durations that last as long: "deux ans" and "24 mois", "15 jours" and "deux semaines".
fn same_durations(count: Decimal, unit: facts::Unit, bound: facts::Bound) -> Vec<Key> {
    use facts::Unit as U;
    // How many of a shorter one a longer one is, as people count.
    const EQUAL: [(u64, U, u64, U); 6] = [
        (12, U::Month, 1, U::Year),
        (24, U::Hour, 1, U::Day),
        (60, U::Minute, 1, U::Hour),
        (7, U::Day, 1, U::Week),
        (8, U::Day, 1, U::Week),
        (15, U::Day, 2, U::Week),
    ];
    let Some(whole) = count.whole() else {
        return Vec::new();
    };
    let mut keys = Vec::new();
    for (short, of_short, long, of_long) in EQUAL {
        let mut push = |count: u64, unit: U| {
            keys.push(fact_key(&Normal::Duration {
                count: Decimal::from(count),
                unit,
                bound,
            }));
        };
        // "Huit jours", "quinze jours" are idioms of their own.
        let idiom = of_short == U::Day && short != 7;
        if unit == of_short && whole % short == 0 && (!idiom || whole == short) {
            push(whole / short * long, of_long);
        }
        if unit == of_long && whole % long == 0 && (!idiom || whole == long) {
            push(whole / long * short, of_short);
        }
    }
    keys
}

impl Reading {
    /// Reads `text`, with `context` (titles, headings) that supports words and binds nothing.
    pub(super) fn new(text: &str, context: &str) -> Self {
        let mut text = text.to_owned();
        let mut context = context.to_owned();
        for (fraction, minutes) in FRACTIONS {
            if text.contains(fraction) {
                text = text.replace(fraction, minutes);
            }
            if context.contains(fraction) {
                context = context.replace(fraction, minutes);
            }
        }
        let own_end = text.len();
        text.push('\n');
        text.push_str(&context);
        let tokens = Tokens::new(&text);
        let mut facts = facts::find(&text);
        hours_in_ranges(&text, &mut facts);
        let mut reader = Reader::new(&text, &tokens);
        for at in 0..tokens.len() {
            let inside = |fact: &facts::Fact| {
                tokens
                    .get(at)
                    .is_some_and(|t| t.span.start >= fact.span.start && t.span.end <= fact.span.end)
            };
            reader.of_facts[at] = facts.iter().any(inside);
        }
        reader.reading.own_end = own_end;
        let mut next_fact = facts.into_iter().peekable();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if tokens.gap(at).contains('\n') {
                reader.next_line();
            }
            if token.span.start >= own_end && reader.reading.own == 0 {
                reader.reading.own = reader.sentence.max(1);
            }
            while next_fact
                .next_if(|fact| fact.span.end <= token.span.start)
                .is_some()
            {}
            let fact = next_fact.next_if(|fact| fact.span.start <= token.span.start);
            if let Some(fact) = fact {
                let end = (at..tokens.len())
                    .find(|i| tokens.get(*i).is_some_and(|t| t.span.start >= fact.span.end))
                    .unwrap_or(tokens.len());
                reader.fact(at, end, &fact);
                at = end.max(at + 1);
            } else {
                reader.token(at);
                at += 1;
            }
        }
        reader.finish()
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t Tokens<'t>,
    /// The words that expressions are looked for in.
    words: Vec<&'t str>,
    sentence_ends: HashSet<usize>,
    /// Tokens of facts.
    of_facts: Vec<bool>,
    /// What the present row of a table is about: its first cell.
    row: Vec<Key>,
    row_label: Option<Key>,
    /// The first token of the sentence.
    start: usize,
    reading: Reading,
    /// Tokens that an expression has taken.
    taken: Vec<bool>,
    sentence: usize,
    clause: usize,
    /// Whether the sentence has had a word yet.
    begun: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, tokens: &'t Tokens<'t>) -> Self {
        let reading = Reading {
            tokens: (0..tokens.len()).map(|at| tokens.norm(at).to_owned()).collect(),
            headings: vec![Vec::new()],
            wholes: vec![0],
            raw: text.to_owned(),
            asks: vec![false],
            orders: vec![0],
            told: vec![0],
            ..Reading::default()
        };
        Self {
            text,
            tokens,
            words: words_of_tokens(tokens),
            of_facts: vec![false; tokens.len()],
            sentence_ends: sentence::split(text).iter().map(|span| span.end).collect(),
            row: Vec::new(),
            row_label: None,
            start: 0,
            reading,
            taken: vec![false; tokens.len()],
            sentence: 0,
            clause: 0,
            begun: false,
        }
    }

    fn push(&mut self, at: usize, end: usize, what: What, keys: Vec<Key>) {
        let span = self.tokens.span(at, end);
        self.reading.keys.extend(&keys);
        self.reading.items.push(Item {
            what,
            written: self.text.get(span.start..span.end).unwrap_or_default().to_owned(),
            keys,
            sentence: self.sentence,
            clause: self.clause,
            at,
            end,
        });
    }

    fn fact(&mut self, at: usize, end: usize, fact: &facts::Fact) {
        if !self.begun {
            self.start = at;
        }
        self.begun = true;
        let mut in_sequence = vec![hashed(&format!("{:?}", fact.normal))];
        if let Normal::Duration { count, unit, bound } = &fact.normal {
            let same = same_durations(*count, *unit, *bound).into_iter();
            in_sequence.extend(same.chain([fact_key(&fact.normal)]));
        }
        if let Normal::Name(name) = &fact.normal {
            in_sequence.extend(
                name.split(' ')
                    .filter(|word| !LEXICON.is_stop(word))
                    .flat_map(word_keys),
            );
        }
        if matches!(fact.normal, Normal::Amount { cents: 0, .. }) {
            in_sequence.push(mark_key(Mark::Free));
        }
        let tells = fact.kind != FactKind::Name;
        self.reading.sequence.push(Unit {
            tells,
            fact: Some(fact.kind),
            ..Unit::new(in_sequence, self.sentence)
        });
        self.taken[at..end].fill(true);
        let mut keys = vec![fact_key(&fact.normal)];
        match &fact.normal {
            // "Gratuit" is read as the expression that it is.
            Normal::Amount { cents: 0, .. } if self.tokens.kind(at) == Some(TokenKind::Word) => {
                self.push(at, end, What::Mark(Mark::Free), vec![mark_key(Mark::Free)]);
                return;
            }
            Normal::Date(date) if date.year.is_some() => {
                keys.push(fact_key(&Normal::Date(facts::PartialDate {
                    year: None,
                    ..*date
                })));
            }
            Normal::Month { month, year: Some(_) } => {
                keys.push(fact_key(&Normal::Month {
                    month: *month,
                    year: None,
                }));
            }
            Normal::Duration { count, unit, bound } => {
                keys.extend(same_durations(*count, *unit, *bound));
                if *unit == facts::Unit::Day {
                    keys.extend(word_keys(self.tokens.norm(end.saturating_sub(1))));
                }
            }
            Normal::Phone(_) => keys.extend(word_keys("appeler")),
            Normal::Email(_) => keys.extend(word_keys("courriel")),
            Normal::Url(_) => keys.extend(word_keys("internet")),
            Normal::Name(name) => {
                for word in name.split(' ').filter(|word| !LEXICON.is_stop(word)) {
                    keys.extend(word_keys(word));
                }
            }
            _ => {}
        }
        let what = What::Fact {
            kind: fact.kind,
            normal: fact.normal.clone(),
            bounds: Vec::new(),
        };
        self.push(at, end, what, keys);
    }

    fn token(&mut self, at: usize) {
        match self.tokens.kind(at) {
            Some(TokenKind::Sign) => self.sign(at),
            _ => {
                if !self.taken[at] {
                    self.word(at);
                }
                self.in_sequence(at);
            }
        }
    }

    fn sign(&mut self, at: usize) {
        let spaced = !self.tokens.is_glued(at) && !self.tokens.is_glued(at + 1);
        match self.tokens.norm(at) {
            "." if self.ends_sentence(at) => self.next_sentence(false),
            "?" => {
                self.reading.asks[self.sentence] = true;
                self.next_sentence(false);
            }
            "!" | "…" => self.next_sentence(false),
            ";" => self.next_sentence(true),
            "-" if spaced => {
                self.heading();
                let label: Vec<&str> = (self.start..at).map(|i| self.tokens.norm(i)).collect();
                let label = hashed(&format!("row {}", label.join(" ")));
                self.reading.headings[self.sentence].push(label);
                self.label(label);
                self.row.clone_from(&self.reading.headings[self.sentence]);
                self.row_label = Some(label);
            }
            ":" => {
                self.clause += 1;
                self.is_label();
            }
            "," | "(" | ")" => self.clause += 1,
            _ => {}
        }
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let end = self.tokens.span(at, at + 1).end;
        self.sentence_ends.contains(&end)
    }

    /// A semicolon keeps the first cell of a row as what the next sentence is about.
    fn next_sentence(&mut self, in_row: bool) {
        if !in_row {
            self.row.clear();
            self.row_label = None;
        }
        if !self.begun {
            return;
        }
        self.sentence += 1;
        self.clause += 1;
        self.begun = false;
        if in_row && let Some(label) = self.row_label {
            self.label(label);
        }
        self.reading.headings.push(self.row.clone());
        let whole = self.reading.wholes.last().copied().unwrap_or_default();
        self.reading.wholes.push(whole + usize::from(!in_row));
        self.reading.asks.push(false);
        self.reading.orders.push(0);
        self.reading.told.push(0);
    }

    /// "Horaires :" says nothing by itself.
    fn is_label(&mut self) {
        let mut units: Vec<&mut Unit> = self
            .reading
            .sequence
            .iter_mut()
            .filter(|unit| unit.sentence == self.sentence)
            .collect();
        if units.len() <= 2 && units.iter().all(|unit| unit.fact.is_none()) {
            for unit in &mut units {
                unit.tells = false;
            }
        }
    }

    fn label(&mut self, label: Key) {
        self.reading.sequence.push(Unit {
            label: true,
            ..Unit::new(vec![label], self.sentence)
        });
    }

    fn next_line(&mut self) {
        self.next_sentence(false);
        if let Some(heading) = self.reading.headings.last_mut() {
            heading.clear();
        }
    }

    /// What stands before a dash says what the rest of the sentence is about.
    fn heading(&mut self) {
        self.clause += 1;
        let keys: Vec<Key> = self
            .reading
            .sentence(self.sentence)
            .filter(|item| item.tells())
            .flat_map(|item| item.keys.clone())
            .collect();
        self.reading.headings[self.sentence].extend(keys);
    }

    fn finish(mut self) -> Reading {
        if self.reading.own == 0 {
            self.reading.own = self.reading.headings.len();
        }
        super::bounds::attach(&mut self.reading);
        self.reading
    }
}
