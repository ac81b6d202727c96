//! Words and expressions of a text as items.

use super::super::expression::Meaning;
use super::super::lexicon::LEXICON;
use super::super::mark::Mark;
use super::super::negation;
use super::super::reading::{Family, Key, Unit, What, fact_key, hashed, mark_key, word_keys};
use super::super::stem::stem;
use super::Reader;
use crate::facts::date::weekday;
use crate::facts::token::TokenKind;
use crate::facts::{FactKind, Normal};

/// What something is done by, not counted by.
const MEANS: [&str; 13] = [
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
];

/// Words that come and go without a change of meaning.
const LIGHTEST: [&str; 36] = [
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "a", "en", "y", "ce", "cet",
    "cette", "ces", "c", "il", "elle", "on", "ils", "elles", "se", "s", "est", "sont", "ont", "qui", "que",
    "qu", "sa", "son", "ses",
];

impl Reader<'_> {
    pub(super) fn in_sequence(&mut self, at: usize) {
        let norm = self.tokens.norm(at);
        if LIGHTEST.contains(&norm) {
            return;
        }
        let every_day =
            matches!(norm, "chaque" | "tous") && self.names_a_day(at + 1 + usize::from(norm == "tous"));
        if every_day {
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
        self.reading.sequence.push(Unit {
            tells,
            mark: alone,
            ..Unit::new(keys, self.sentence)
        });
    }

    pub(super) fn word(&mut self, at: usize) {
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
                    // "Le samedi" is each Saturday.
                    Meaning::Mark(Mark::Each | Mark::All) if self.names_a_day(end) => {}
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
            None if matches!(norm, "un" | "une") && self.names_a_day(at + 1) => {
                self.push(at, at + 1, What::Mark(Mark::Some), vec![mark_key(Mark::Some)]);
            }
            None if norm == "par" => self.per(at, at + 1),
            None if matches!(norm, "l" | "la" | "le") && self.follows_a_price(at) => {
                let of = at + 1 + usize::from(self.tokens.norm(at + 1) == "'");
                self.per(at, of);
            }
            None if LEXICON.is_stop(norm) => {
                // "Aucune autorisation n'est donnée", "ni l'eau ni le gaz ne sont coupés".
                let denied = self.reading.sentence(self.sentence).any(negation::denies);
                self.reading.halves += usize::from(matches!(norm, "ne" | "n") && !denied);
            }
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
    fn per(&mut self, at: usize, of: usize) {
        let kind = self.tokens.kind(of);
        let of = self.tokens.norm(of);
        if kind == Some(TokenKind::Word) && !LEXICON.is_stop(of) && !MEANS.contains(&of) {
            let keys = word_keys(of)
                .iter()
                .map(|key| hashed(&format!("per {key}")))
                .collect();
            self.push(at, at + 1, What::Mark(Mark::Per), keys);
        }
    }

    /// Whether a weekday comes next: "chaque samedi", "tous les premiers samedis".
    fn names_a_day(&self, at: usize) -> bool {
        (at..at + 3)
            .take_while(|next| {
                *next == at
                    || matches!(
                        self.tokens.norm(next - 1),
                        "les"
                            | "premier"
                            | "premiers"
                            | "deuxieme"
                            | "deuxiemes"
                            | "troisieme"
                            | "dernier"
                            | "derniers"
                    )
            })
            .any(|next| weekday(self.tokens, next).is_some())
    }

    /// "0,20 € la page", "4 € net de l'heure".
    fn follows_a_price(&self, at: usize) -> bool {
        let Some(last) = self
            .reading
            .items
            .iter()
            .rev()
            .find(|item| item.family().is_some())
        else {
            return false;
        };
        let between = self.reading.tokens.get(last.end..at).unwrap_or_default();
        matches!(last.what, What::Fact { .. })
            && last.family() == Some(Family::Amount)
            && last.sentence == self.sentence
            && between
                .iter()
                .all(|word| matches!(word.as_str(), "de" | "net" | "brut"))
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
        let afternoon = end > at + 1 && self.tokens.norm(at) == "apres";
        let form = LEXICON.is_generic_form(self.tokens.norm(at));
        let audience = !form && (standing.audience || LEXICON.is_audience_form(self.tokens.norm(at)));
        let critical =
            !form && (standing.critical || audience || LEXICON.is_critical_form(self.tokens.norm(at)));
        let what = What::Word {
            generic: form || standing.generic && !critical,
            critical,
            audience,
            condition: standing.condition,
            town: standing.town,
            requires: standing.requires,
            offers: standing.offers,
            young: standing.young,
            part_of_day: matches!(
                self.tokens.norm(at),
                "matin" | "matins" | "soir" | "soirs" | "nuit" | "nuits" | "midi"
            ) || afternoon,
        };
        self.push(at, end, what, keys);
    }

    /// Counts "Appelez …", "N'approchez pas …", ": appelez …" as orders.
    fn order(&mut self, at: usize, first: bool) {
        let norm = self.tokens.norm(at);
        let vous = norm.ends_with("ez") && self.tokens.norm_before(at) == "vous";
        let on = self.tokens.norm_before(at) == "on" && !LEXICON.is_stop(norm);
        if norm.len() > 4 && (vous || on) && !matches!(norm, "avez" | "pouvez" | "voulez" | "devez") {
            self.reading.told[self.sentence] += 1;
        }
        let before = self.tokens.norm_before(at);
        let to_do = ["er", "ir", "re"]
            .iter()
            .any(|ending| self.tokens.norm(at + 1).ends_with(ending));
        if norm == "a" && matches!(before, "est" | "sont") && to_do {
            self.reading.orders[self.sentence] += 1;
        }
        // "Ne les emboîtez pas".
        let denied = matches!(before, "le" | "la" | "les" | "y" | "en")
            && at >= 2
            && matches!(self.tokens.norm(at - 2), "ne" | "n");
        let opens = first
            || denied
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
}

/// Whether an expression opens a clause of its own: a condition.
fn begins_clause(mark: Mark) -> bool {
    matches!(mark, Mark::Cond | Mark::Wish | Mark::Otherwise | Mark::Except)
}
