//! What binds a sentence: in both of two languages, or in none.

use super::Mistranslated;
use super::facts::Standing;
use super::lexicon::{Lexicon, MARKS, Pattern};
use super::token::Token;
use crate::language::Language;

/// Marks of which the one is the contrary of the other: what may mean one says nothing where the other is meant.
const CONTRARIES: [(&str, &str); 5] = [
    ("until", "starting"),
    ("before", "after"),
    ("less", "more"),
    ("free", "paying"),
    ("open", "closed"),
];
/// Marks that come in the same order in both languages where there are several: "closed on Monday, open on Tuesday".
const IN_ORDER: [&[&str]; 9] = [
    &["until", "starting"],
    &["before", "after"],
    &["less", "more"],
    &["free", "paying"],
    &["open", "closed"],
    &["must", "allowed", "forbidden"],
    &["child", "adult"],
    &["per_hour", "per_day", "per_week", "per_month", "per_year"],
    &["in_the_morning", "in_the_afternoon", "late"],
];

/// A text in which marks are looked for.
pub(super) struct Text<'a> {
    pub(super) tokens: &'a [Token],
    /// Which tokens are of facts, and bind nothing.
    pub(super) taken: &'a [Standing],
    pub(super) language: Language,
}

/// A mark that stands in a text.
struct Found {
    /// None for an idiom, which is no mark.
    mark: Option<&'static str>,
    from: usize,
    to: usize,
    ambiguous: bool,
}

/// Whether what binds a sentence is in both or in none.
pub(super) fn check(said: &Text<'_>, held: &Text<'_>) -> Result<(), Mistranslated> {
    let (words, extract) = (Marks::of(said), Marks::of(held));
    for mark in MARKS {
        let lost = extract.asks(mark) && !words.may(mark);
        // "Ne … que" is how French says it too.
        let is_said = extract.may(mark) || mark == "only" && restricts(held);
        let added = words.asks(mark) && !is_said;
        if lost || added {
            return Err(Mistranslated::Mark(mark));
        }
    }
    for (one, other) in CONTRARIES
        .iter()
        .flat_map(|(one, other)| [(*one, *other), (*other, *one)])
    {
        let turned = extract.asks(one) && !extract.may(other) && words.may(other) && !words.asks(one);
        if turned {
            return Err(Mistranslated::Mark(one));
        }
    }
    for group in IN_ORDER {
        let (ours, theirs) = (words.order(group), extract.order(group));
        if ours.len() == theirs.len() && ours.len() > 1 && ours != theirs {
            return Err(Mistranslated::Mark(theirs[0]));
        }
    }
    if restricts(held) && !words.may("only") {
        return Err(Mistranslated::Mark("only"));
    }
    if words.count("not") < denials(held) || words.count("not") > extract.count("not") {
        return Err(Mistranslated::Mark("not"));
    }
    Ok(())
}

/// Whether a word that may say a bound says it: it stands before a fact that is no end of a range, or behind it in Chinese.
fn is_beside(text: &Text<'_>, mark: Option<&str>, pattern: &Pattern, from: usize, to: usize) -> bool {
    let binds = matches!(
        mark,
        Some("until" | "starting" | "before" | "after" | "less" | "more" | "about")
    );
    let lexicon = Lexicon::of(text.language);
    let is_one = lexicon
        .table("beside")
        .iter()
        .any(|beside| beside.ends(text.tokens, from) == Some(to));
    let is_fact = |at: usize| text.taken.get(at) == Some(&Standing::Fact);
    let behind = text.language == Language::Chinese && from > 0 && is_fact(from - 1);
    let before = text.language != Language::Chinese && (is_fact(to) || is_fact(to + 1));
    binds && is_one && pattern.ambiguous && (before || behind)
}

/// How often a French text denies: "ne … que" restricts.
fn denials(held: &Text<'_>) -> usize {
    (0..held.tokens.len())
        .filter(|at| held.is(*at, &["ne", "n"]) && !held.is(at + 1, &["°"]) && !held.restricts(*at))
        .count()
}

fn restricts(held: &Text<'_>) -> bool {
    (0..held.tokens.len()).any(|at| held.is(at, &["ne", "n"]) && held.restricts(at))
}

impl Text<'_> {
    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| words.contains(&token.text.as_str()))
    }

    /// Whether the "ne" at `at` belongs to "que" alone.
    fn restricts(&self, at: usize) -> bool {
        let near = at + 1..at + 6;
        let denies = near.clone().any(|next| {
            self.is(
                next,
                &[
                    "pas", "plus", "jamais", "rien", "aucun", "aucune", "personne", "ni",
                ],
            )
        });
        !denies && near.clone().any(|next| self.is(next, &["que", "qu"]))
    }
}

struct Marks(Vec<Found>);

impl Marks {
    /// The marks of a text, without those that are part of an idiom: "no later than" denies nothing.
    fn of(text: &Text<'_>) -> Self {
        let lexicon = Lexicon::of(text.language);
        let names = MARKS
            .iter()
            .map(|mark| (Some(*mark), *mark))
            .chain([(None, "idioms")]);
        let mut found = Vec::new();
        for (mark, table) in names {
            for pattern in lexicon.table(table) {
                for from in 0..text.tokens.len() {
                    let Some(to) = pattern.ends(text.tokens, from) else {
                        continue;
                    };
                    // "Moins de 3 mois" is a fact with its bound.
                    let binds_a_fact = matches!(mark, Some("less" | "more" | "paying"));
                    // "9 in the morning" is how some languages say 9:00.
                    let tells_a_fact = matches!(mark, Some("in_the_morning" | "in_the_afternoon" | "late"));
                    let is_taken = text.taken[from..to]
                        .iter()
                        .any(|standing| *standing != Standing::Free);
                    if binds_a_fact || tells_a_fact || !is_taken {
                        found.push(Found {
                            mark,
                            from,
                            to,
                            ambiguous: (pattern.ambiguous && !is_beside(text, mark, pattern, from, to))
                                || tells_a_fact && is_taken,
                        });
                    }
                }
            }
        }
        let idioms = found.iter().filter(|found| found.mark.is_none());
        let spans: Vec<(usize, usize)> = idioms.map(|idiom| (idiom.from, idiom.to)).collect();
        let is_within = |found: &Found| {
            let longer = |(from, to): &(usize, usize)| {
                *from <= found.from && *to >= found.to && to - from > found.to - found.from
            };
            spans.iter().any(longer)
        };
        found.retain(|found| found.mark.is_some() && !is_within(found));
        found.sort_by_key(|found| found.from);
        Self(found)
    }

    fn all<'m>(&'m self, mark: &'m str) -> impl Iterator<Item = &'m Found> {
        self.0.iter().filter(move |found| found.mark == Some(mark))
    }

    /// Whether it is said for certain.
    fn asks(&self, mark: &str) -> bool {
        self.all(mark).any(|found| !found.ambiguous)
    }

    /// Whether words that may say it are there.
    fn may(&self, mark: &str) -> bool {
        self.all(mark).next().is_some()
    }

    /// In how many places it is said for certain.
    fn count(&self, mark: &str) -> usize {
        let mut places: Vec<usize> = self
            .all(mark)
            .filter(|found| !found.ambiguous)
            .map(|found| found.from)
            .collect();
        places.dedup();
        places.len()
    }

    /// Those of a group that are said for certain, as they come, none of them twice in a row.
    fn order(&self, group: &[&'static str]) -> Vec<&'static str> {
        let of_group = self.0.iter().filter(|found| !found.ambiguous);
        let mut order: Vec<&str> = of_group
            .filter_map(|found| found.mark)
            .filter(|mark| group.contains(mark))
            .collect();
        order.dedup();
        order
    }
}
