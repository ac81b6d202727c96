//! Who is competent: the body that a question is sent to, by the law or by the town's own documents.

use super::{ANSWERS, Case, Routed};
use crate::competence::Body;
use crate::directory::{self, Competent};
use crate::understand::{Asked, Word};
use domain::answer::Verdict;
use domain::document::{DocumentKind, FieldName};
use domain::phrase::Phrase;
use domain::published::PublishedRevision;
use domain::rule::Rule;
use domain::statement::{Role, Statement};
use domain::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// From this probability on, a page that holds the words tells what is asked, whoever is competent.
const TOLD: f32 = 0.4;
/// What houses are called where residents are helped with what the State and the funds ask of them.
const FRANCE_SERVICES: &str = "France services";

impl Case<'_> {
    /// What is another body's by the law, wherever the town is, unless a page of the town is about it.
    pub(super) fn competence_by_law(&self) -> Option<Routed> {
        let (law, place) = self.law.as_ref()?;
        if self.asks_of_the_body_itself(place)
            || self.a_page_is_about(place)
            || self.names_a_stranger_beside(place)
        {
            return None;
        }
        let body = self.directory.body(law.level.as_deref(), &law.names);
        // The town's own documents know better, where they say more.
        let own = self.own_competence().filter(|own| {
            let same = body.is_some_and(|body| body.document() == own.body.document());
            is_not_the_towns(own.body) && is_of_level(own.body, law) && (same || own.words > place.len())
        });
        match own {
            Some(own) => self.competent_body(own.body, own.subject),
            None => Some(self.sent_to(law, place)),
        }
    }

    /// Who is competent by the law, and whom to reach: the town's document of it, or a house that helps with it.
    /// `place` is where the words stand that it is competent for.
    fn sent_to(&self, law: &Body, place: &Range<usize>) -> Routed {
        let statements = vec![Statement::fixed(law.phrase, Role::Answer)];
        if let Some(body) = self.directory.body(law.level.as_deref(), &law.names) {
            let contact = self.contact_statements(body);
            return self.elsewhere_with_what_a_page_tells(place, statements, contact, Some(body));
        }
        let house = self
            .directory
            .called(FRANCE_SERVICES)
            .filter(|_| law.france_services);
        let mut contact = Vec::new();
        if let Some(house) = house {
            contact.push(Statement::fixed(Phrase::ContactLead, Role::Lead));
            contact.extend(self.contact_statements(house));
        }
        self.elsewhere_with_what_a_page_tells(place, statements, contact, house)
    }

    /// Who is competent, then what the best page says of the matter where it answers, then whom to reach: who has to go
    /// elsewhere still wants to know how it is done. The page must hold the words at `place`: one on what is only near
    /// would say the contrary.
    fn elsewhere_with_what_a_page_tells<'a>(
        &self,
        place: &Range<usize>,
        mut statements: Vec<Statement>,
        contact: Vec<Statement>,
        bodies: impl IntoIterator<Item = &'a Arc<PublishedRevision>>,
    ) -> Routed {
        let page = self.evidence.first().filter(|best| {
            let told_in_words = !matches!(
                best.revision.kind(),
                DocumentKind::Organisation | DocumentKind::Place | DocumentKind::Event
            );
            let held = crate::understand::words(best.revision.content().text.as_str());
            let mut subject = self.question.topic.iter().filter(|index| place.contains(index));
            told_in_words
                && best.hit.confidence >= ANSWERS
                && subject.all(|index| directory::is_held(&self.question.words[*index], &held))
        });
        let between = statements.len();
        statements.extend(contact);
        let told =
            page.and_then(|page| Some((page, self.told_by(&self.read(page), &statements)?.statements)));
        let confidence = told.as_ref().map_or(1.0, |(page, _)| page.hit.confidence);
        statements.splice(between..between, told.into_iter().flat_map(|(_, told)| told));
        Routed::new(Verdict::Elsewhere, confidence, statements).about(bodies.into_iter().cloned())
    }

    /// "L'adresse de la CAF": the body is named, and the town keeps what is asked of it.
    fn asks_of_the_body_itself(&self, place: &Range<usize>) -> bool {
        let named = self
            .mentions
            .iter()
            .any(|mention| mention.words.start <= place.start && place.end <= mention.words.end);
        named && self.asked_of_places().is_some() && !self.asks_of_something_else()
    }

    /// Whether the best page found, one of the town, is called after what the law gives to another body.
    fn a_page_is_about(&self, place: &Range<usize>) -> bool {
        let Some(best) = self.evidence.first() else {
            return false;
        };
        let ours = best.revision.kind() != DocumentKind::Organisation && best.hit.confidence >= ANSWERS;
        let content = best.revision.content();
        let subject = self.question.words.get(place.clone()).unwrap_or_default();
        // What a page says once, it says in passing.
        let is_in = |text: &str, times: usize| {
            let held = crate::understand::words(text);
            let small = |word: &&Word| !directory::SMALL_WORDS.contains(&word.folded.as_str());
            subject
                .iter()
                .filter(small)
                .all(|word| directory::times_held(word, &held) >= times)
        };
        let called = || is_in(&format!("{}\n{}", content.title, content.questions.join("\n")), 1);
        // A level of government that the question names decides, whatever else the page tells.
        let no_level = self.law.as_ref().is_some_and(|(law, _)| law.level.is_none());
        let told = || no_level && best.hit.confidence >= TOLD && is_in(content.text.as_str(), 2);
        ours && (called() || told())
    }

    /// "Qui s'occupe de …": the body, whichever it is.
    pub(super) fn competence_asked(&self) -> Option<Routed> {
        if !self.question.asks(Asked::Competence) {
            return None;
        }
        let own = self.own_competence()?;
        self.competent_body(own.body, own.subject)
    }

    /// Where the town's pages do not answer and another body is competent.
    pub(super) fn elsewhere(&self) -> Option<Routed> {
        let own = self.own_competence()?;
        self.competent_body(own.body, own.subject)
    }

    /// Where nothing names who is competent, and what is asked means what a body is competent for.
    pub(super) fn elsewhere_by_meaning(&self) -> Option<Routed> {
        self.near_body()
            .map(|law| self.sent_to(law, &(0..self.question.words.len())))
    }

    /// The body that the question means, where it names neither a place of the town nor a stranger.
    fn near_body(&self) -> Option<&Body> {
        (self.near)().filter(|_| self.mentions.is_empty() && !self.names_a_stranger())
    }

    pub(super) fn other_competent_body(&self) -> bool {
        // A body that the question only means comes before such a page where the town keeps how to reach it.
        let kept = |law: &Body| self.directory.body(law.level.as_deref(), &law.names).is_some();
        let own = self.own_competence();
        own.map_or_else(
            || self.near_body().is_some_and(kept),
            |own| is_not_the_towns(own.body),
        )
    }

    /// The body that the town's own documents name, unless the town does this very thing itself.
    fn own_competence(&self) -> Option<Competent<'_>> {
        let excepted = |body: &PublishedRevision| {
            let bodies = self.excepted.iter();
            let mut bodies = bodies.filter_map(|law| self.directory.body(law.level.as_deref(), &law.names));
            bodies.any(|excepted| excepted.document() == body.document())
        };
        let own = self.directory.competent(&self.question.words)?;
        (!excepted(own.body)).then_some(own)
    }

    fn competent_body(&self, body: &Arc<PublishedRevision>, span: Span) -> Option<Routed> {
        let competence = self.compute(Rule::Competence(span), body)?;
        let verdict = if is_not_the_towns(body) {
            Verdict::Elsewhere
        } else {
            Verdict::Answered
        };
        let mut statements = vec![competence];
        statements.extend(self.contact_statements(body));
        Some(Routed::new(verdict, 1.0, statements).about([Arc::clone(body)]))
    }
}

pub(super) fn is_not_the_towns(body: &PublishedRevision) -> bool {
    body.content().field(FieldName::Level) != Some("municipal")
}

/// A level of government that the law names decides; elsewhere the town's own documents know better.
fn is_of_level(body: &PublishedRevision, law: &Body) -> bool {
    let level = body.content().field(FieldName::Level);
    law.level.as_deref().is_none_or(|named| level == Some(named))
}
