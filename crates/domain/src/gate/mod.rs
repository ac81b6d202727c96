//! The gate: whether a model's words say of the evidence what it says, no more and no less of what they keep.
//!
//! In doubt it blocks, and the extract itself is shown. It compares words, not meanings, by the tables in
//! `crates/domain/data/gate`:
//! - [`reader`] cuts both texts into facts, binding expressions and words ([`reading`]); [`bounds`] binds facts;
//! - [`held`]: every fact stands in the evidence, bound as there; [`attachment`]: it is said of the same subject ([`groups`]);
//! - [`support`]: the words are the evidence's, and of which of its sentences; [`together`]: no clause mixes two of these;
//!   [`neighbours`]: words side by side stand near each other there; [`agents`]: nobody does what another does; [`choices`]:
//!   "et" is not "ou"; [`ranges`]: nor is it "à"; [`verbatim`]: a sentence that is nearly one of the evidence is not turned;
//! - [`binding`], [`modality`], [`negation`], [`polarity`], [`conditions`]: what binds, denies or conditions is neither lost nor
//!   added; [`supposed`], [`audience`]: conditions and persons come from the same sentence as what is said of them;
//! - [`speech`]: no orders, promises or markup but the town's own, and no fragments.

mod agents;
mod attachment;
mod audience;
mod binding;
mod bounds;
mod choices;
mod conditions;
mod expression;
mod groups;
mod held;
mod lexicon;
mod mark;
mod modality;
mod negation;
mod neighbours;
mod polarity;
mod ranges;
mod reader;
mod reading;
mod speech;
mod stem;
mod support;
mod supposed;
mod together;
mod verbatim;

use crate::fold::fold;
use reading::Reading;

/// Why words may not be shown in the place of their evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// A fact that the evidence does not hold.
    #[error("the evidence does not hold {0:?}: leave it out or quote the evidence instead")]
    Fact(String),
    /// A fact bound in another way: "avant" for "après", "jusqu'à" lost.
    #[error(
        "the evidence binds {0:?} in another way (until, from, at most, before): say it as there or quote it"
    )]
    Bound(String),
    /// A fact said of another subject than in the evidence.
    #[error("the evidence says {0:?} of something else: keep it with its own subject or quote the evidence")]
    Attachment(String),
    /// What binds the evidence is not in the words.
    #[error(
        "the words lose {0:?} of the evidence: keep the condition, negation or bound, or quote the evidence"
    )]
    Lost(String),
    /// What binds the words is not in the evidence.
    #[error("the words add {0:?} to the evidence: leave it out or quote the evidence instead")]
    Added(String),
    /// What the evidence affirms is denied, or the other way round.
    #[error("the evidence says the contrary about {0:?}: say it as there or quote it")]
    Turned(String),
    /// A sentence of the evidence with a word changed or a part left out.
    #[error("{0:?} is the evidence but for a word or two: quote the evidence instead")]
    Altered(String),
    /// Words that the evidence does not support.
    #[error("nothing in the evidence says {0:?}: use its words or quote it instead")]
    Unsupported(String),
    /// A way of speaking that only the town's own sentences may have.
    #[error("only the town may write {0:?}: leave it out or quote the evidence instead")]
    Speech(String),
    /// Words that begin or break off in the middle of a sentence.
    #[error("{0:?} is part of a sentence: write all of it or quote the evidence instead")]
    Fragment(String),
    /// No words at all.
    #[error("there are no words to check: quote the evidence instead")]
    Empty,
}

/// Extracts as the gate compares words with them: read once for all words that cite them.
#[derive(Debug)]
pub struct Evidence {
    text: String,
    reading: Reading,
    joined: Vec<ranges::Pair>,
}

impl Evidence {
    /// Reads `extracts`, of pages that are titled as `titles` say: words may name what a title names, and a title binds
    /// nothing.
    #[must_use]
    pub fn new(extracts: &[&str], titles: &[&str]) -> Self {
        let text = extracts.join("\n");
        Self {
            reading: Reading::new(&text, &titles.join("\n")),
            joined: ranges::pairs(&text),
            text,
        }
    }

    /// Checks that `words` may be shown for these extracts.
    ///
    /// # Errors
    /// The first thing found that the extracts do not bear out.
    pub fn check(&self, words: &str) -> Result<(), Blocked> {
        if words.trim().is_empty() {
            return Err(Blocked::Empty);
        }
        speech::check(words, &self.text)?;
        if is_quoted(words, &self.text) {
            return Ok(());
        }
        speech::whole(words)?;
        let said = Reading::new(words, "");
        ranges::check(words, &self.joined)?;
        attachment::check(&said, &self.reading)?;
        support::check(&said, &self.reading)?;
        together::check(&said, &self.reading)?;
        neighbours::check(&said, &self.reading)?;
        choices::check(&said, &self.reading)?;
        agents::check(&said, &self.reading)?;
        verbatim::check(&said, &self.reading)?;
        let used = support::used(&said, &self.reading);
        binding::check(&said, &self.reading, &used)
    }

    /// Checks that `words` say just what these extracts say: they pass as [`Evidence::check`] has it, and leave nothing out as far
    /// as words alone tell; or they are their words but for articles.
    ///
    /// # Errors
    /// As [`Evidence::check`], or what of the extracts the words do not hold.
    pub fn check_same(&self, words: &str) -> Result<(), Blocked> {
        if without_articles(words) == without_articles(&self.text) {
            return Ok(());
        }
        self.check(words)?;
        // What the titles say need not be said again.
        support::check(&Reading::new(&self.text, ""), &Reading::new(words, ""))
    }
}

fn without_articles(text: &str) -> Vec<String> {
    const ARTICLES: [&str; 10] = ["le", "la", "les", "l", "un", "une", "des", "du", "de", "d"];
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '€' | '%'));
    let words = words.filter(|word| !word.is_empty() && !ARTICLES.contains(word));
    words.map(str::to_owned).collect()
}

/// Whether the words are whole sentences of the evidence: the town's own need no comparison.
fn is_quoted(words: &str, evidence: &str) -> bool {
    let held: Vec<&str> = evidence.lines().flat_map(sentences).collect();
    evidence.contains(words.trim()) && sentences(words).all(|sentence| held.contains(&sentence))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let spans = crate::sentence::split(text).into_iter();
    spans.filter_map(move |span| text.get(span.start..span.end))
}
