//! The fact lock: which letters a model may write next, so that it states no fact but those of its extracts.
//!
//! Ordinary words are free. Whatever states a fact (figures and numbers in words, hours, dates, amounts, phones, addresses, names,
//! words that are facts by themselves such as "gratuit") may be written only as it stands in an extract, or in another writing of
//! the same value, and whole: a beginning is let through only where the whole would be. A line ends with the numbers of the
//! extracts that hold all its facts. It is asked before each token of a model that runs in this process; the gate
//! ([`crate::gate`]) still judges what is written.

mod claim;
mod marker;
mod rendering;
mod spelling;

use crate::fold::fold;
use crate::translation::TranslationLock;
use claim::{Claim, Read};
use marker::Markers;
use spelling::Stranger;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The most extracts of a question.
const MOST_EXTRACTS: usize = 64;
/// A fact is not written in more bytes.
const LONGEST_FACT: usize = 160;
/// Letters and signs of French that are more than one byte: a model may write the bytes of one in two tokens.
const LETTERS: &str = "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒ’«»–—…\u{a0}\u{202f}€°²";

/// What a model may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// French lines on the extracts of a question.
    Lines(FactLock),
    /// A translation of an extract.
    Translation(TranslationLock),
}

impl Lock {
    /// Where a line has come to.
    #[must_use]
    pub fn at(&self, line: &str) -> Next<'_> {
        match self {
            Self::Lines(lock) => Next::Lines(lock.at(line)),
            Self::Translation(lock) => Next::Translation(lock, line.to_owned()),
        }
    }
}

/// What may come next.
#[derive(Debug)]
pub enum Next<'l> {
    /// In a French line.
    Lines(Place<'l>),
    /// Behind what is written of a translation.
    Translation(&'l TranslationLock, String),
}

impl Next<'_> {
    /// Whether `letters` may come next, of which `begun` are the first bytes of one more.
    #[must_use]
    pub fn allows(&self, letters: &str, begun: &[u8]) -> bool {
        match self {
            Self::Lines(place) => place.allows(letters, begun),
            Self::Translation(lock, line) => lock.allows(line, letters),
        }
    }

    /// Whether the line may end here.
    #[must_use]
    pub fn may_end(&self) -> bool {
        match self {
            Self::Lines(place) => place.may_end(),
            Self::Translation(lock, line) => lock.may_end(line),
        }
    }
}

/// What the extracts of a question allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLock {
    /// Each claim of the extracts, with a bit for each extract that makes it.
    claims: HashMap<Claim, u64>,
    /// Ways of writing the facts of the extracts, sorted: what a fact that is being written may become.
    renderings: Vec<String>,
    /// All words of the extracts, folded.
    words: HashSet<String>,
    /// All runs between spaces of the extracts, as written.
    chunks: HashSet<String>,
    /// How many extracts there are.
    extracts: usize,
}

impl FactLock {
    /// The lock of these extracts, numbered from 1 in this order. Extracts after the 64th license nothing.
    pub fn new<'t>(extracts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut lock = Self {
            claims: HashMap::new(),
            renderings: Vec::new(),
            words: HashSet::new(),
            chunks: HashSet::new(),
            extracts: 0,
        };
        let mut renderings = BTreeSet::new();
        for (number, extract) in extracts.into_iter().take(MOST_EXTRACTS).enumerate() {
            let extract = spelling::normalised(extract);
            let read = Read::new(&extract);
            for claim in claim::licensed(&read) {
                *lock.claims.entry(claim).or_default() |= 1 << number;
            }
            renderings.extend(rendering::of(&read));
            lock.words.extend(spelling::words(&read.tokens));
            lock.chunks.extend(
                extract
                    .split_whitespace()
                    .map(|chunk| spelling::core(chunk).to_owned()),
            );
            lock.extracts = number + 1;
        }
        lock.renderings = renderings.into_iter().collect();
        let theirs = spelling::claiming_starters()
            .iter()
            .filter(|word| lock.makers(&Read::new(word)).is_some());
        let theirs: Vec<String> = theirs.map(|word| (*word).to_owned()).collect();
        lock.words.extend(theirs);
        lock
    }

    /// Where a line has come to.
    #[must_use]
    pub fn at(&self, line: &str) -> Place<'_> {
        let line = spelling::normalised(line);
        let inside = !line.contains('[') && !self.is_true_so_far(&line);
        let left = inside.then(|| self.begun_facts(&line).map(str::to_owned).collect());
        Place {
            lock: self,
            line,
            left,
        }
    }

    /// Of each claim of `text`, the extracts that make it; `None` where one is not theirs. The last word of `text` is whole.
    fn made_by(&self, text: &str) -> Option<Vec<u64>> {
        let read = Read::new(text);
        let made_by = self.makers(&read)?;
        self.writes_only_what_is_known(&read, false).then_some(made_by)
    }

    fn makers(&self, read: &Read<'_>) -> Option<Vec<u64>> {
        let claims = read.claims()?;
        claims
            .iter()
            .map(|claim| self.claims.get(claim).copied())
            .collect()
    }

    /// Whether `text`, to which letters may still be added, states the extracts' facts alone, whole.
    fn is_true_so_far(&self, text: &str) -> bool {
        let read = Read::new(text);
        let licensed = self.makers(&read).is_some()
            || self.begins_other_words(spelling::last_word(text))
                && self.makers(&Read::new(&format!("{text}zz"))).is_some();
        licensed && self.writes_only_what_is_known(&read, true)
    }

    /// Whether a word that is a fact by itself may become another one: a capitalised one only a word that begins sentences.
    fn begins_other_words(&self, word: &str) -> bool {
        let folded = fold(word);
        let longer = |known: &String| known.len() > folded.len() && known.starts_with(&folded);
        spelling::begins_other_words(word)
            && (!word.starts_with(char::is_uppercase)
                || spelling::begins_a_starter(&folded)
                || self.words.iter().any(longer))
    }

    /// Capitals, signs and figures that are no facts by the rules of [`crate::facts`] must be the extracts' own.
    fn writes_only_what_is_known(&self, read: &Read<'_>, unfinished: bool) -> bool {
        let known = |stranger: Stranger<'_>| match stranger {
            Stranger::Beginning { word, unfinished } => {
                spelling::is_starter(&word, unfinished)
                    || self.words.contains(&word)
                    || unfinished && self.words.iter().any(|known| known.starts_with(&word))
            }
            Stranger::Chunk(chunk) => self.chunks.contains(chunk),
        };
        spelling::strangers(read, unfinished).into_iter().all(known)
    }

    /// The facts of the extracts that the end of `text` begins and that would be true as a whole there: what is left of them.
    fn begun_facts<'l>(&'l self, text: &'l str) -> impl Iterator<Item = &'l str> {
        spelling::word_starts(text, LONGEST_FACT).flat_map(move |start| {
            let (before, begun) = text.split_at(start);
            let from = self.renderings.partition_point(|whole| whole.as_str() < begun);
            let wholes = self.renderings.iter().skip(from);
            wholes
                .take_while(move |whole| whole.starts_with(begun))
                .filter(move |whole| self.made_by(&format!("{before}{whole}")).is_some())
                .map(move |whole| &whole[begun.len()..])
        })
    }

    /// Whether a sentence may have come to `body`.
    fn may_stand(&self, body: &str) -> bool {
        self.is_true_so_far(body) || self.begun_facts(body).next().is_some()
    }

    fn may_be_written(&self, line: &str) -> bool {
        let Some((body, markers)) = line.split_once('[') else {
            return self.may_stand(line);
        };
        let Some(made_by) = self.whole(body) else {
            return false;
        };
        Markers::new(&made_by, self.extracts).may_begin_with(&format!("[{markers}"))
    }

    fn may_end(&self, line: &str) -> bool {
        if line.trim().is_empty() {
            return true;
        }
        let Some((body, markers)) = line.split_once('[') else {
            return false;
        };
        let made_by = self.whole(body);
        made_by.is_some_and(|made_by| Markers::new(&made_by, self.extracts).are(&format!("[{markers}")))
    }

    /// What a sentence claims, where it has a word and is all theirs.
    fn whole(&self, body: &str) -> Option<Vec<u64>> {
        let made_by = self.made_by(body.trim_end())?;
        body.chars().any(char::is_alphabetic).then_some(made_by)
    }
}

/// A line that is being written, and what may come next.
#[derive(Debug)]
pub struct Place<'l> {
    lock: &'l FactLock,
    line: String,
    /// In the middle of a fact: what may be left of it.
    left: Option<Vec<String>>,
}

impl Place<'_> {
    /// Whether `letters` may come next, of which `begun` are the first bytes of one more.
    #[must_use]
    pub fn allows(&self, letters: &str, begun: &[u8]) -> bool {
        if begun.is_empty() {
            return self.takes(letters);
        }
        LETTERS.chars().any(|letter| {
            let mut bytes = [0; 4];
            let whole = letter.encode_utf8(&mut bytes);
            whole.as_bytes().starts_with(begun) && self.takes(&format!("{letters}{whole}"))
        })
    }

    /// Whether the line may end here: it is empty, or names extracts that hold all that it states.
    #[must_use]
    pub fn may_end(&self) -> bool {
        self.lock.may_end(&self.line)
    }

    fn takes(&self, letters: &str) -> bool {
        let letters = spelling::normalised(letters);
        let goes_on = |left: &String| left.starts_with(&letters) || letters.starts_with(left.as_str());
        if self.left.as_ref().is_some_and(|left| !left.iter().any(goes_on)) {
            return false;
        }
        let text = format!("{}{letters}", self.line);
        let mut lines = text.split('\n');
        let Some(last) = lines.next_back() else {
            return true;
        };
        lines.all(|line| self.lock.may_end(line)) && self.lock.may_be_written(last)
    }
}

#[cfg(test)]
mod tests;
