//! Cuts a text into the items of its [`Reading`].

use super::expression::{Meaning, words_of_tokens};
use super::lexicon::LEXICON;
use super::mark::Mark;
use super::reading::{Item, Key, Reading, Unit, What, fact_key, hashed, mark_key, word_keys};
use super::stem::stem;
use crate::facts::token::{TokenKind, Tokens};
use crate::facts::{self, FactKind, Normal};
use crate::sentence;
use chrono::NaiveTime;
use std::collections::HashSet;

/// Quantities that the facts write in another way.
const FRACTIONS: [(&str, &str); 14] = [
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
];

/// What something is done by, not counted by.
const MEANS: [&str; 14] = [
    "carte",
    "cheque",
    "courriel",
    "courrier",
    "telephone",
    "ecrit",
    "sms",
    "mail",
    "internet",
    "virement",
    "prelevement",
    "voie",
    "exemple",
    "personne",
];

/// Words that come and go without a change of meaning.
const LIGHTEST: [&str; 36] = [
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "a", "en", "y", "ce", "cet",
    "cette", "ces", "c", "il", "elle", "on", "ils", "elles", "se", "s", "est", "sont", "ont", "qui", "que",
    "qu", "sa", "son", "ses",
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
            raw: text.to_owned(),
            asks: vec![false],
            orders: vec![0],
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
            Normal::Duration {
                unit: facts::Unit::Day,
                ..
            } => keys.extend(word_keys(self.tokens.norm(end.saturating_sub(1)))),
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

    fn in_sequence(&mut self, at: usize) {
        let norm = self.tokens.norm(at);
        if LIGHTEST.contains(&norm) {
            return;
        }
        let mark = match LEXICON.expression(&self.words, at) {
            Some((Meaning::Mark(mark), places)) => Some((*mark, places.len() == 1)),
            _ => None,
        };
        let alone = mark.filter(|(_, alone)| *alone).map(|(mark, _)| mark);
        let mut keys = word_keys(norm);
        keys.extend(alone.map(mark_key));
        let standing = LEXICON.standing(&stem(norm));
        let generic =
            LEXICON.is_generic_form(norm) || standing.is_some_and(|word| word.generic && !word.critical);
        let tells = !generic && mark.is_none() && !LEXICON.is_stop(norm);
        let modal = alone.filter(|mark| matches!(mark, Mark::May | Mark::Must));
        self.reading.sequence.push(Unit {
            tells,
            modal,
            ..Unit::new(keys, self.sentence)
        });
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
        self.reading.asks.push(false);
        self.reading.orders.push(0);
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

    fn word(&mut self, at: usize) {
        let first = !self.begun;
        if first {
            self.start = at;
        }
        self.begun = true;
        let found = LEXICON
            .expression(&self.words, at)
            .filter(|(meaning, places)| self.may_take(meaning, places))
            .map(|(meaning, places)| (meaning.clone(), places));
        let norm = self.tokens.norm(at);
        let listed = found.as_ref().is_some_and(|(_, places)| places.len() > 1);
        if matches!(norm, "sans")
            || !listed
                && matches!(
                    norm,
                    "et" | "ou" | "mais" | "puis" | "sinon" | "ni" | "car" | "sauf"
                )
        {
            self.clause += 1;
            if matches!(norm, "et" | "ou" | "ni") {
                self.reading.joined.insert(self.clause);
            }
        }
        self.order(at, first);
        match found {
            Some((meaning, places)) => {
                for place in &places {
                    self.taken[*place] = true;
                }
                let contiguous = places.windows(2).all(|pair| self.adjoin(pair[0], pair[1]));
                let bounds = matches!(meaning, Meaning::Mark(Mark::Under | Mark::Max | Mark::Min));
                let end = if contiguous || bounds {
                    places.last().map_or(at, |last| last + 1)
                } else {
                    at + 1
                };
                match meaning {
                    Meaning::Mark(mark) => {
                        self.clause += usize::from(begins_clause(mark));
                        let mut keys = vec![mark_key(mark)];
                        // "Gardé pour" is a word of its family too.
                        for place in places
                            .iter()
                            .filter(|place| !LEXICON.is_stop(self.tokens.norm(**place)))
                        {
                            keys.extend(word_keys(self.tokens.norm(*place)));
                        }
                        self.push(at, end, What::Mark(mark), keys);
                    }
                    Meaning::Word(word) => self.content(at, end, &word, word_keys(&word)),
                    Meaning::Speech(_) => {}
                }
            }
            None if norm == "plus"
                && self.of_facts.get(at + 1) == Some(&true)
                && self.tokens.norm_before(at) == "," =>
            {
                self.push(at, at + 1, What::Mark(Mark::Extra), vec![mark_key(Mark::Extra)]);
            }
            None if norm == "par" => self.per(at),
            None if LEXICON.is_stop(norm) => {}
            None if !first && self.is_capitalised(at) => {
                let normal = Normal::Name(norm.to_owned());
                let mut keys = vec![fact_key(&normal)];
                keys.extend(word_keys(norm));
                self.push(
                    at,
                    at + 1,
                    What::Fact {
                        kind: FactKind::Name,
                        normal,
                        bounds: Vec::new(),
                    },
                    keys,
                );
            }
            None => self.content(at, at + 1, &stem(norm), word_keys(norm)),
        }
    }

    /// "Par an", "par personne": what something is counted by.
    fn per(&mut self, at: usize) {
        let of = self.tokens.norm(at + 1);
        if self.tokens.kind(at + 1) == Some(TokenKind::Word) && !LEXICON.is_stop(of) && !MEANS.contains(&of) {
            let keys = word_keys(of)
                .iter()
                .map(|key| hashed(&format!("per {key}")))
                .collect();
            self.push(at, at + 1, What::Mark(Mark::Per), keys);
        }
    }

    /// An expression takes no word of a fact ("de plus" in "de plus de 100 ans"), but to bound it ("pas plus de 4 jours").
    fn may_take(&self, meaning: &Meaning, places: &[usize]) -> bool {
        let bounds = matches!(meaning, Meaning::Mark(Mark::Max | Mark::Min | Mark::Within));
        let column = matches!(meaning, Meaning::Mark(Mark::Cond))
            && places
                .last()
                .is_some_and(|last| self.tokens.norm(last + 1) == ":");
        !column
            && places
                .iter()
                .all(|place| !self.taken[*place] && (bounds || !self.of_facts[*place]))
    }

    /// "(État)" is a name; what follows a colon or a dash begins something.
    fn is_capitalised(&self, at: usize) -> bool {
        let raw = self.tokens.get(at).map_or("", |token| token.raw);
        raw.chars().next().is_some_and(char::is_uppercase)
            && !matches!(self.tokens.norm_before(at), ":" | "-" | "«")
    }

    fn adjoin(&self, one: usize, other: usize) -> bool {
        (one + 1..other).all(|between| matches!(self.tokens.norm(between), "'" | "-"))
    }

    fn content(&mut self, at: usize, end: usize, standing: &str, keys: Vec<Key>) {
        let standing = LEXICON.standing(standing).cloned().unwrap_or_default();
        let form = LEXICON.is_generic_form(self.tokens.norm(at));
        let audience = !form && (standing.audience || LEXICON.is_audience_form(self.tokens.norm(at)));
        let critical =
            !form && (standing.critical || audience || LEXICON.is_critical_form(self.tokens.norm(at)));
        let what = What::Word {
            generic: form || standing.generic && !critical,
            critical,
            audience,
            condition: standing.condition,
            part_of_day: matches!(
                self.tokens.norm(at),
                "matin" | "matins" | "soir" | "soirs" | "nuit" | "nuits" | "midi"
            ),
        };
        self.push(at, end, what, keys);
    }

    /// Counts "Appelez …", "N'approchez pas …", ": appelez …" as orders.
    fn order(&mut self, at: usize, first: bool) {
        let norm = self.tokens.norm(at);
        let before = self.tokens.norm_before(at);
        let to_do = ["er", "ir", "re"]
            .iter()
            .any(|ending| self.tokens.norm(at + 1).ends_with(ending));
        if norm == "a" && matches!(before, "est" | "sont") && to_do {
            self.reading.orders[self.sentence] += 1;
        }
        let opens = first
            || matches!(
                before,
                ":" | ","
                    | "("
                    | "et"
                    | "ou"
                    | "puis"
                    | "mais"
                    | "ne"
                    | "n"
                    | "'"
                    | "d"
                    | "abord"
                    | "aussi"
                    | "alors"
            );
        if opens && norm.len() > 4 && norm.ends_with("ez") && !matches!(norm, "avez" | "chez" | "assez") {
            let vous = (at.saturating_sub(3)..at).any(|i| self.tokens.norm(i) == "vous");
            let asked = self.tokens.norm(at + 2) == "vous" && self.tokens.norm(at + 1) == "-";
            if !vous && !asked {
                self.reading.orders[self.sentence] += 1;
            }
        }
    }

    fn finish(mut self) -> Reading {
        if self.reading.own == 0 {
            self.reading.own = self.reading.headings.len();
        }
        super::bounds::attach(&mut self.reading);
        self.reading
    }
}

/// Whether an expression opens a clause of its own: a condition.
fn begins_clause(mark: Mark) -> bool {
    matches!(mark, Mark::Cond | Mark::Wish | Mark::Otherwise | Mark::Except)
}
