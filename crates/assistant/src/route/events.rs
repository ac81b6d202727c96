//! What is on: events of a period, and the next occurrence of the event of a name.

use super::{Case, EVENTS_AHEAD, Routed, beginning};
use crate::understand::{Asked, Word};
use domain::answer::Verdict;
use domain::phrase::Phrase;
use domain::published::PublishedRevision;
use domain::rule::{Computed, Finding, Rule};
use domain::statement::{Layout, Role, Statement};
use std::sync::Arc;

/// How many events of a period are told.
const MOST_EVENTS: usize = 6;

impl Case<'_> {
    /// The event that was spoken of, where a question asks when, where or for how much it is.
    pub(super) fn event_spoken_of(&self) -> Option<Routed> {
        let asks = [Asked::Hours, Asked::Address, Asked::Price].map(|asked| self.question.asks(asked));
        if !self.mentions.is_empty() || !self.question.topic.is_empty() || !asks.contains(&true) {
            return None;
        }
        let subject = self.subject?;
        let event = self
            .directory
            .events
            .iter()
            .find(|event| event.document() == subject)?;
        let now = self.at.naive_local();
        let rule = Rule::Occurrence {
            from: now,
            until: now + EVENTS_AHEAD,
        };
        let statement = self.compute(rule, event)?;
        Some(Routed::new(Verdict::Answered, 1.0, vec![statement]).about([Arc::clone(event)]))
    }

    /// What takes place in the period asked about, or what of that name comes next.
    pub(super) fn events(&self) -> Option<Routed> {
        if !self.question.asks(Asked::Events) {
            return None;
        }
        let now = self.at.naive_local();
        let times = self.times();
        let from = times.first().map_or(now, |time| time.period.start.max(now));
        let until = times.last().map_or(now + EVENTS_AHEAD, |time| time.period.end);
        let rule = Rule::Occurrence { from, until };
        let mut found: Vec<_> = self
            .directory
            .events
            .iter()
            .filter(|event| self.is_about(event))
            .filter_map(|event| Some((Computed::new(rule, event, &self.at, &self.calendar).ok()?, event)))
            .collect();
        // What begins in the period goes before what has been on for days.
        found.sort_by_key(|(computed, _)| match computed.finding() {
            Finding::Occurrence { start, .. } => (*start < from, *start),
            _ => (true, now),
        });
        found.truncate(MOST_EVENTS);
        if found.is_empty() {
            if !self.question.topic.is_empty() {
                return None;
            }
            let mut statements = vec![Statement::fixed(Phrase::NoEvents, Role::Answer)];
            statements.extend(self.counter_statements());
            return Some(Routed::new(Verdict::Unknown, 0.0, statements));
        }
        let subjects: Vec<_> = found.iter().map(|(_, event)| Arc::clone(event)).collect();
        let mut statements = vec![Statement::fixed(Phrase::EventsLead, Role::Lead)];
        statements.extend(
            found
                .into_iter()
                .map(|(computed, _)| Statement::computed(computed, Layout::Item)),
        );
        Some(Routed::new(Verdict::Answered, 1.0, statements).about(subjects))
    }

    /// "C'est quand, le conseil municipal ?": the next occurrence of the event of that name.
    pub(super) fn event_by_name(&self) -> Option<Routed> {
        let when = ["quand", "date", "heure", "jour", "prochain", "prochaine", "when"];
        let asks_when = [Some(self.question), self.previous]
            .into_iter()
            .flatten()
            .flat_map(|question| &question.words)
            .any(|word| when.contains(&word.folded.as_str()));
        if !asks_when || self.question.topic.is_empty() {
            return None;
        }
        let now = self.at.naive_local();
        let rule = Rule::Occurrence {
            from: now,
            until: now + EVENTS_AHEAD,
        };
        let named = |event: &&Arc<PublishedRevision>| {
            let title = crate::understand::words(&event.content().title);
            let in_title = |asked: &Word| title.iter().any(|word| word.folded == asked.folded);
            self.question.topic_words().all(in_title)
        };
        let next = self.directory.events.iter().filter(named).filter_map(|event| {
            let computed = Computed::new(rule, event, &self.at, &self.calendar).ok()?;
            let Finding::Occurrence { start, .. } = computed.finding() else {
                return None;
            };
            Some((*start, computed, event))
        });
        let (_, computed, event) = next.min_by_key(|(start, _, _)| *start)?;
        let statement = Statement::computed(computed, Layout::Paragraph);
        Some(Routed::new(Verdict::Answered, 1.0, vec![statement]).about([Arc::clone(event)]))
    }

    /// Whether an event holds every word that the question is about.
    fn is_about(&self, event: &PublishedRevision) -> bool {
        let content = event.content();
        let text = format!(
            "{}\n{}\n{}",
            content.title,
            content.keywords.join("\n"),
            content.text.as_str()
        );
        let words = crate::understand::words(&text);
        // "Non, vendredi" asks for the same events of another day.
        let carried = self.previous.filter(|_| self.question.topic.is_empty());
        carried.unwrap_or(self.question).topic_words().all(|asked| {
            words
                .iter()
                .any(|word| word.folded.starts_with(beginning(&asked.folded)))
        })
    }
}
