//! The words that an index holds, and the spelling of those that it does not.

use crate::analysis::{fold, is_stop, root};
use crate::lexicon::LEXICON;
use crate::sound::sound;
use std::collections::HashMap;
use std::sync::Arc;

/// One word of the texts.
#[derive(Debug)]
struct Known {
    folded: Box<str>,
    surface: Box<str>,
    documents: u32,
    letters: u64,
    sound: u64,
}

/// The words and stems of one segment; segments never change.
#[derive(Debug, Default)]
pub(crate) struct SegmentVocabulary {
    /// Sorted by folded form.
    words: Vec<Known>,
    roots: HashMap<Box<str>, Vec<Box<str>>>,
}

impl SegmentVocabulary {
    /// Gathers words, each with the number of documents that hold it, and stems.
    pub(crate) fn new(
        words: impl IntoIterator<Item = (String, u32)>,
        stems: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut known: Vec<Known> = words
            .into_iter()
            .map(|(surface, documents)| {
                let folded = fold(&surface);
                Known {
                    letters: letters(&folded),
                    sound: sound(&folded),
                    folded: folded.into(),
                    surface: surface.into(),
                    documents,
                }
            })
            .collect();
        // The most frequent spelling of a word stands for it.
        known.sort_by(|a, b| a.folded.cmp(&b.folded).then(b.documents.cmp(&a.documents)));
        known.dedup_by(|later, first| {
            let same = later.folded == first.folded;
            if same {
                first.documents += later.documents;
            }
            same
        });
        let mut roots: HashMap<Box<str>, Vec<Box<str>>> = HashMap::new();
        for stem in stems {
            roots.entry(root(&stem).into()).or_default().push(stem.into());
        }
        for family in roots.values_mut() {
            family.sort();
            family.dedup();
        }
        roots.retain(|_, family| !family.is_empty());
        Self { words: known, roots }
    }

    fn find(&self, folded: &str) -> Option<&Known> {
        let at = self
            .words
            .binary_search_by(|known| known.folded.as_ref().cmp(folded))
            .ok()?;
        self.words.get(at)
    }
}

/// The vocabulary of a whole index.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    segments: Vec<Arc<SegmentVocabulary>>,
}

/// What a misspelled word may be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Correction {
    /// Its words as the texts spell them: several where two words were glued.
    pub(crate) words: Vec<String>,
    /// How far it is from what was written: 1 is one mistake.
    pub(crate) cost: f32,
}

/// Shorter words are left as they are: too many words are one mistake away.
const SHORTEST: usize = 3;
const LONGEST: usize = 30;

impl Vocabulary {
    pub(crate) fn new(segments: Vec<Arc<SegmentVocabulary>>) -> Self {
        Self { segments }
    }

    /// In how many documents the folded word stands.
    fn frequency(&self, folded: &str) -> u32 {
        self.segments
            .iter()
            .filter_map(|segment| segment.find(folded))
            .map(|known| known.documents)
            .sum()
    }

    /// Whether the folded word is one of the texts', of the lexicon's or a stop word.
    pub(crate) fn knows(&self, folded: &str) -> bool {
        is_stop(folded)
            || LEXICON.knows(folded)
            || self.segments.iter().any(|segment| segment.find(folded).is_some())
    }

    /// Stems of the texts that share the stem's root, itself left out.
    pub(crate) fn variants(&self, stem: &str) -> Vec<&str> {
        let root = root(stem);
        let mut variants: Vec<&str> = self
            .segments
            .iter()
            .filter_map(|segment| segment.roots.get(root))
            .flatten()
            .map(AsRef::as_ref)
            .filter(|variant| *variant != stem)
            .collect();
        variants.sort_unstable();
        variants.dedup();
        variants
    }

    /// The likeliest spelling of a folded word; `None` for a known word, and where nothing is near enough.
    pub(crate) fn correct(&self, folded: &str) -> Option<Correction> {
        if !(SHORTEST..=LONGEST).contains(&folded.len())
            || !folded.bytes().all(|b| b.is_ascii_lowercase())
            || self.knows(folded)
        {
            return None;
        }
        let mut best: Option<(f32, &Known, f32)> = None;
        let (bag, heard) = (letters(folded), sound(folded));
        let reach = if folded.len() < 4 {
            0
        } else if folded.len() < 8 {
            1
        } else {
            2
        };
        for known in self.segments.iter().flat_map(|segment| &segment.words) {
            let same_sound = known.sound == heard;
            let apart = known.folded.len().abs_diff(folded.len());
            if !same_sound && (apart > reach || (known.letters ^ bag).count_ones() as usize > 2 * reach) {
                continue;
            }
            if known.folded.len() < SHORTEST || apart > 3 {
                continue;
            }
            let limit = if same_sound { 3 } else { reach };
            let Some(mistakes) = mistakes(folded.as_bytes(), known.folded.as_bytes(), limit as f32) else {
                continue;
            };
            let cost = if same_sound { mistakes.min(0.7) } else { mistakes };
            let first = if known.folded.as_bytes().first() == folded.as_bytes().first() {
                0.0
            } else {
                0.4
            };
            let rank = cost + first - 0.12 * (1.0 + known.documents as f32).ln();
            if best.is_none_or(|(held, _, _)| rank < held) {
                best = Some((rank, known, cost));
            }
        }
        let one = best.map(|(rank, known, cost)| {
            (
                rank,
                Correction {
                    words: vec![known.surface.to_string()],
                    cost,
                },
            )
        });
        let glued = self.split(folded);
        match (one, glued) {
            (Some((rank, _)), Some((other, split))) if other < rank => Some(split),
            (Some((_, correction)), _) | (None, Some((_, correction))) => Some(correction),
            (None, None) => None,
        }
    }

    /// The words that were glued into one: little words before one word of the texts, or two words of the texts.
    fn split(&self, folded: &str) -> Option<(f32, Correction)> {
        let little = |part: &str| {
            is_stop(part)
                && (part.len() > 1 || matches!(part, "l" | "d" | "j" | "n" | "s" | "m" | "t" | "c" | "a"))
        };
        let mut found: Vec<Vec<&str>> = Vec::new();
        for at in 1..folded.len() {
            let (head, tail) = folded.split_at(at);
            let word = |part: &str| part.len() >= 3 && !is_stop(part) && self.frequency(part) > 0;
            if (little(head) && word(tail))
                || (word(head) && word(tail) && head.len() >= 4 && tail.len() >= 4)
            {
                found.push(vec![head, tail]);
            }
            if little(head) {
                for next in 1..tail.len() {
                    let (middle, last) = tail.split_at(next);
                    if little(middle) && word(last) && last.len() >= 4 {
                        found.push(vec![head, middle, last]);
                    }
                }
            }
        }
        let rank = |parts: &Vec<&str>| {
            let rarest = parts
                .iter()
                .filter(|part| !is_stop(part))
                .map(|part| self.frequency(part))
                .min()
                .unwrap_or(0);
            0.7 + 0.25 * (parts.len() - 2) as f32 - 0.12 * (1.0 + rarest as f32).ln()
        };
        let (rank, parts) = found
            .into_iter()
            .map(|parts| (rank(&parts), parts))
            .min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        Some((
            rank,
            Correction {
                words: parts.into_iter().map(|part| self.spelled(part)).collect(),
                cost: 0.8,
            },
        ))
    }

    /// A folded word with the accents that the texts give it.
    fn spelled(&self, folded: &str) -> String {
        let best = self
            .segments
            .iter()
            .filter_map(|segment| segment.find(folded))
            .max_by_key(|known| known.documents);
        best.map_or_else(|| folded.to_owned(), |known| known.surface.to_string())
    }
}

/// Which letters a word holds, once or twice: two words d mistakes apart differ in at most 2d bits.
fn letters(folded: &str) -> u64 {
    let mut bag = 0u64;
    for b in folded.bytes().filter(u8::is_ascii_lowercase) {
        let once = 1u64 << (b - b'a');
        bag |= if bag & once == 0 { once } else { once << 26 };
    }
    bag
}

/// The mistakes between what was written and a word: insertion, deletion, substitution, two letters exchanged; a doubled
/// letter counts half. `None` above the limit.
fn mistakes(written: &[u8], word: &[u8], limit: f32) -> Option<f32> {
    const WIDTH: usize = LONGEST + 4;
    if word.len() >= WIDTH || written.len() >= WIDTH {
        return None;
    }
    let mut rows = [[0f32; WIDTH]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j as f32;
    }
    for i in 1..=written.len() {
        let (now, before, earlier) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as f32;
        let mut least = rows[now][0];
        for j in 1..=word.len() {
            let (a, b) = (written[i - 1], word[j - 1]);
            let doubled_here = i > 1 && written[i - 2] == a;
            let doubled_there = j > 1 && word[j - 2] == b;
            let mut cost = rows[before][j - 1] + if a == b { 0.0 } else { 1.0 };
            cost = cost.min(rows[before][j] + if doubled_here { 0.5 } else { 1.0 });
            cost = cost.min(rows[now][j - 1] + if doubled_there { 0.5 } else { 1.0 });
            if i > 1 && j > 1 && a == word[j - 2] && written[i - 2] == b && a != b {
                cost = cost.min(rows[earlier][j - 2] + 0.8);
            }
            rows[now][j] = cost;
            least = least.min(cost);
        }
        if least > limit {
            return None;
        }
    }
    let total = rows[written.len() % 3][word.len()];
    (total <= limit).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::stem;
    use proptest::prelude::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let counted = words.iter().map(|word| ((*word).to_owned(), 3));
        let stems = words.iter().map(|word| stem(&fold(word)));
        Vocabulary::new(vec![Arc::new(SegmentVocabulary::new(counted, stems))])
    }

    fn corrected(vocabulary: &Vocabulary, written: &str) -> Option<String> {
        vocabulary
            .correct(written)
            .map(|correction| correction.words.join(" "))
    }

    #[test]
    fn the_usual_mistakes_are_corrected_with_the_texts_accents() {
        let texts = vocabulary(&[
            "naturalisation",
            "hébergement",
            "quittance",
            "jardinier",
            "enfant",
            "guichet",
        ]);
        for (written, meant) in [
            ("naturalisaiton", "naturalisation"),
            ("naturalization", "naturalisation"),
            ("ebergement", "hébergement"),
            ("quitance", "quittance"),
            ("kitance", "quittance"),
            ("jardinnier", "jardinier"),
            ("dunenfant", "d un enfant"),
            ("guichett", "guichet"),
        ] {
            assert_eq!(corrected(&texts, written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn a_more_frequent_word_wins_among_equally_near_ones() {
        let words = [("guichet".to_owned(), 50), ("guichot".to_owned(), 1)];
        let texts = Vocabulary::new(vec![Arc::new(SegmentVocabulary::new(words, []))]);
        assert_eq!(corrected(&texts, "guichat").as_deref(), Some("guichet"));
    }

    #[test]
    fn words_of_the_lexicon_numbers_and_far_words_are_left_as_they_are() {
        let texts = vocabulary(&["guichet"]);
        for written in ["poubelle", "cpam", "comment", "12345", "xylophone", "ab"] {
            assert_eq!(corrected(&texts, written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_known_word_is_never_corrected(words in prop::collection::vec("[a-zéè]{3,14}", 1..30)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let texts = vocabulary(&words);
            for word in words {
                prop_assert_eq!(texts.correct(&fold(word)), None);
            }
        }

        #[test]
        fn any_word_can_be_asked_about(written in any::<String>()) {
            let texts = vocabulary(&["guichet", "hébergement"]);
            if let Some(correction) = texts.correct(&written) {
                prop_assert!(!correction.words.is_empty() && correction.cost <= 3.0);
            }
        }
    }
}
