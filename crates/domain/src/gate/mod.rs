//! The gate: whether a model's words say of the evidence what it says, no more and no less of what they keep.
//!
//! In doubt it blocks, and the extract itself is shown. It compares words, not meanings, by the tables in
//! `crates/domain/data/gate`:
//! - [`reader`] cuts both texts into facts, binding expressions and words ([`reading`]); [`bounds`] binds facts;
//! - [`held`]: every fact stands in the evidence, bound as there; [`attachment`]: it is said of the same subject ([`groups`]);
//! - [`support`]: the words are the evidence's, and of which of its sentences; [`verbatim`]: a sentence that is nearly one of
//!   the evidence is not turned;
//! - [`binding`], [`modality`], [`negation`], [`polarity`], [`conditions`]: what binds, denies or conditions is neither lost nor added;
//! - [`speech`]: no orders, promises or markup but the town's own, and no fragments.

mod attachment;
mod binding;
mod bounds;
mod conditions;
mod expression;
mod groups;
mod held;
mod lexicon;
mod mark;
mod modality;
mod negation;
mod polarity;
mod reader;
mod reading;
mod speech;
mod stem;
mod support;
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

/// Checks that `words` may be shown for `evidence`, the extracts that they cite.
///
/// # Errors
/// The first thing found that the evidence does not bear out.
pub fn check(words: &str, evidence: &[&str]) -> Result<(), Blocked> {
    check_in_context(words, evidence, &[])
}

/// Checks that `words` may be shown for `evidence`, whose page is titled as `context` says: the words may name what the
/// title names, and the title binds nothing.
///
/// # Errors
/// As [`check`].
pub fn check_in_context(words: &str, evidence: &[&str], context: &[&str]) -> Result<(), Blocked> {
    let evidence = evidence.join("\n");
    if words.trim().is_empty() {
        return Err(Blocked::Empty);
    }
    speech::check(words, &evidence)?;
    if is_quoted(words, &evidence) {
        return Ok(());
    }
    speech::whole(words)?;
    let said = Reading::new(words, "");
    let held = Reading::new(&evidence, &context.join("\n"));
    attachment::check(&said, &held)?;
    support::check(&said, &held)?;
    verbatim::check(&said, &held)?;
    let used = support::used(&said, &held);
    binding::check(&said, &held, &used)
}

/// Checks that `words`, which are to say just what `evidence` says, do: they pass as [`check_in_context`] has it, and leave
/// nothing out as far as words alone tell; or they are its words but for articles.
///
/// # Errors
/// As [`check`], or what of the evidence the words do not hold.
pub fn check_same(words: &str, evidence: &str, context: &str) -> Result<(), Blocked> {
    if without_articles(words) == without_articles(evidence) {
        return Ok(());
    }
    check_in_context(words, &[evidence], &[context])?;
    support::check(&Reading::new(evidence, ""), &Reading::new(words, ""))
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
