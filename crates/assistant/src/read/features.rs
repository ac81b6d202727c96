//! What is seen of a unit: the question's words in and around it, facts of the kind asked for, its place, its form.

use super::Wanted;
use super::unit::Unit;
use domain::published::PublishedRevision;
use domain::text::Span;

/// How many things are seen of a unit.
pub(super) const FEATURES: usize = 14;

/// Their names, in their order.
pub(super) const NAMES: [&str; FEATURES] = [
    "held: words of the question, those that the whole page is about counting less",
    "held by the sentences before and not here",
    "held by the sentence after and neither here nor before",
    "held by the headings above and not here",
    "below a heading that says that what is wanted stands there",
    "a fact of the kind asked for",
    "a fact of the kind asked for, times held",
    "opening: 1 at the beginning of the page, less with each line",
    "opening, where no fact is asked for",
    "opening, where a definition or a yes or no is asked for",
    "the first of the page",
    "begins with yes or no, where it is asked for",
    "says what holds, may or must be, where yes or no is asked for",
    "says what something is, where a definition is asked for",
];

/// How much less a word tells within a document whose title holds it.
const IN_TITLE: f32 = 0.7;
/// How much less a word tells that stands everywhere in the document.
const EVERYWHERE: f32 = 0.6;
/// What the sentence before the one before counts beside it.
const FURTHER: f32 = 0.7;
/// Over how many bytes the opening of a page fades.
const FADES: f32 = 260.0;

const STANCES: [&str; 13] = [
    "oui",
    "non",
    "en principe",
    "tout depend",
    "cela depend",
    "en general",
    "il est possible",
    "il est interdit",
    "vous pouvez",
    "vous devez",
    "vous ne pouvez",
    "c'est possible",
    "sauf",
];
const DEFINING: [&str; 14] = [
    " est un ",
    " est une ",
    " est le ",
    " est la ",
    " est l'",
    " est l’",
    " sont des ",
    " designe",
    " consiste ",
    " correspond ",
    " permet ",
    " sert a ",
    " s'agit d",
    " s’agit d",
];

/// One page and one question.
pub(super) struct Page<'a> {
    revision: &'a PublishedRevision,
    units: &'a [Unit],
    wanted: &'a Wanted<'a>,
    /// The weights of the question's words within this page, as shares.
    within: Vec<f32>,
    nothing: Vec<f32>,
}

impl<'a> Page<'a> {
    pub(super) fn new(revision: &'a PublishedRevision, units: &'a [Unit], wanted: &'a Wanted<'a>) -> Self {
        let title = wanted.relevance.held(&revision.content().title);
        let weights = wanted.relevance.weights();
        let quotable = || units.iter().filter(|unit| !unit.is_heading());
        let count = quotable().count().max(1) as f32;
        let within = weights
            .iter()
            .enumerate()
            .map(|(word, weight)| {
                let everywhere = quotable().filter(|unit| unit.held[word] > 0.0).count() as f32 / count;
                weight * (1.0 - IN_TITLE * title[word]) * (1.0 - EVERYWHERE * everywhere)
            })
            .collect();
        Self {
            revision,
            units,
            wanted,
            within: shares(within),
            nothing: vec![0.0; weights.len()],
        }
    }

    /// What is seen of each unit; nothing of headings, which answer by what stands below them.
    pub(super) fn observe(&self) -> Vec<Option<[f32; FEATURES]>> {
        let begins = self.units.first().map_or(0, |unit| unit.span.start);
        let first = self.units.iter().position(|unit| !unit.is_heading());
        let mut trail: (&[Span], Above) = (&[], self.above(&[]));
        let mut seen = Vec::with_capacity(self.units.len());
        for (at, unit) in self.units.iter().enumerate() {
            if unit.is_heading() {
                seen.push(None);
                continue;
            }
            if trail.0 != unit.trail {
                trail = (&unit.trail, self.above(&unit.trail));
            }
            let opening = (-((unit.span.start - begins) as f32) / FADES).exp();
            seen.push(Some(self.of(at, &trail.1, (opening, first == Some(at)))));
        }
        seen
    }

    fn of(&self, at: usize, above: &Above, (opening, first): (f32, bool)) -> [f32; FEATURES] {
        let unit = &self.units[at];
        let sought = self.wanted.sought;
        let before = self.neighbour(at, at.checked_sub(1));
        let further = match at.checked_sub(2) {
            Some(further) if self.units[further].precedes(&self.units[at - 1]) && !before.is_empty() => {
                self.neighbour(at - 1, Some(further))
            }
            _ => &self.nothing,
        };
        let after = self.neighbour(at, (at + 1 < self.units.len()).then_some(at + 1));
        let (mut held, mut held_before, mut held_after, mut held_above) = (0.0, 0.0, 0.0, 0.0);
        for word in 0..self.within.len() {
            let (within, here) = (self.within[word], unit.held[word]);
            held += within * here;
            let earlier = before[word].max(FURTHER * further[word]);
            held_before += within * (earlier - here).max(0.0);
            held_after += within * (after[word] - here.max(before[word])).max(0.0);
            held_above += within * (above.held[word] - here).max(0.0);
        }
        let text = self.revision.content().text.slice(unit.span).unwrap_or_default();
        let form = Form::of(text, sought.yes_or_no, sought.definition);
        let when = |condition: bool, value: f32| if condition { value } else { 0.0 };
        [
            held,
            held_before,
            held_after,
            held_above,
            when(above.announces, 1.0),
            when(unit.answers, 1.0),
            when(unit.answers, held),
            opening,
            when(sought.is_general(), opening),
            when(sought.yes_or_no || sought.definition, opening),
            when(first, 1.0),
            when(form.yes_or_no, 1.0),
            when(form.stance, 1.0),
            when(form.defines, 1.0),
        ]
    }

    /// What a unit's neighbour holds, where it stands beside it in the text.
    fn neighbour(&self, at: usize, other: Option<usize>) -> &[f32] {
        let beside = other.filter(|other| {
            let (a, b) = (&self.units[at.min(*other)], &self.units[at.max(*other)]);
            a.precedes(b) && !self.units[*other].is_heading()
        });
        beside.map_or(&self.nothing, |other| &self.units[other].held)
    }

    fn above(&self, trail: &[Span]) -> Above {
        let content = self.revision.content();
        let headings: Vec<_> = trail
            .iter()
            .filter_map(|span| content.text.slice(*span))
            .collect();
        Above {
            held: self.wanted.relevance.held(&headings.join("\n")),
            announces: headings
                .iter()
                .any(|heading| self.wanted.sought.announced_by(heading)),
        }
    }
}

/// What the headings above a unit say.
struct Above {
    /// For each word of the question, how well they hold it.
    held: Vec<f32>,
    /// Whether one says that what is wanted stands below.
    announces: bool,
}

/// Weights as shares of their sum.
fn shares(weights: Vec<f32>) -> Vec<f32> {
    let total = weights.iter().sum::<f32>().max(f32::EPSILON);
    weights.into_iter().map(|weight| weight / total).collect()
}

/// How a sentence is put, as far as the question makes it matter.
struct Form {
    yes_or_no: bool,
    stance: bool,
    defines: bool,
}

impl Form {
    fn of(text: &str, yes_or_no: bool, definition: bool) -> Self {
        let folded = if yes_or_no || definition {
            crate::understand::fold(text)
        } else {
            String::new()
        };
        let begins = |with: &str| {
            let rest = folded.strip_prefix(with);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        Self {
            yes_or_no: yes_or_no && ["oui", "non"].iter().any(|word| begins(word)),
            stance: yes_or_no && STANCES.iter().any(|stance| begins(stance)),
            defines: definition && DEFINING.iter().any(|verb| folded.contains(verb)),
        }
    }
}
