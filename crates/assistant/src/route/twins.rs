//! Pages that say the same of two districts or schools: the one that the question names, or which is asked back.

use super::{Case, Evidence, Routed, holds};
use crate::understand::{Word, words};
use domain::answer::Verdict;
use domain::phrase::Phrase;
use domain::published::PublishedRevision;
use domain::statement::{Role, Statement};
use std::sync::Arc;

/// The least share of the best score at which a page is found as well as the best one.
const AS_GOOD: f32 = 0.7;

/// Pages whose titles are the same but for one word.
#[derive(Debug)]
pub(super) enum Twins {
    /// The best one holds more of the question than the others: it is meant.
    Told,
    /// Nothing in the question tells them apart.
    Alike(Vec<Arc<PublishedRevision>>),
}

impl Case<'_> {
    /// The twins of the best page found; `None` where it has none.
    pub(super) fn twins(&self) -> Option<Twins> {
        let best = self.evidence.first()?;
        let title = words(&best.revision.content().title);
        let is_twin = |other: &&Evidence| {
            other.hit.score >= AS_GOOD * best.hit.score
                && own_word(&title, &words(&other.revision.content().title)).is_some()
        };
        let twins: Vec<_> = self.evidence.iter().skip(1).filter(is_twin).collect();
        let first = twins.first()?;
        // Whole pages are read for their words only where there are twins, which few have.
        let held = self.held(best);
        if held == 0 || held * 2 < self.question.topic.len() || self.names_a_stranger() {
            return None;
        }
        let other_title = words(&first.revision.content().title);
        let named = own_word(&title, &other_title)
            .is_some_and(|own| self.question.words.iter().any(|word| word.folded == own.folded));
        if named {
            return Some(Twins::Told);
        }
        let twins: Vec<_> = twins.into_iter().map(|twin| (twin, self.held(twin))).collect();
        if twins.iter().all(|(_, of_twin)| *of_twin < held) {
            return Some(Twins::Told);
        }
        let alike = twins.into_iter().filter(|(_, of_twin)| *of_twin == held);
        let pages = std::iter::once(best).chain(alike.map(|(twin, _)| twin));
        let pages: Vec<_> = pages.map(|found| Arc::clone(&found.revision)).collect();
        (pages.len() > 1).then_some(Twins::Alike(pages))
    }

    /// Asks back which of them is meant.
    pub(super) fn which_of(pages: &[Arc<PublishedRevision>]) -> Routed {
        let choices = pages.iter().map(|page| page.content().title.clone()).collect();
        let clarify = vec![Statement::fixed(Phrase::ClarifyQuestion, Role::Answer)];
        Routed {
            choices,
            ..Routed::new(Verdict::Clarify, 1.0, clarify).about(pages.iter().cloned())
        }
    }

    /// How many of the words that the question is about a document holds.
    fn held(&self, found: &Evidence) -> usize {
        let content = found.revision.content();
        let text = format!(
            "{}\n{}\n{}\n{}",
            content.title,
            content.keywords.join("\n"),
            content.questions.join("\n"),
            content.text.as_str()
        );
        let held = words(&text);
        self.question
            .topic_words()
            .filter(|asked| holds(&held, asked))
            .count()
    }
}

/// The one word of a title of three and more that the other one has not.
fn own_word<'t>(title: &'t [Word], other: &[Word]) -> Option<&'t Word> {
    if title.len() != other.len() || title.len() < 3 {
        return None;
    }
    let pairs = title.iter().zip(other);
    let mut own = pairs.filter(|(own, other)| own.folded != other.folded);
    let (word, _) = own.next()?;
    own.next().is_none().then_some(word)
}
