//! Routing a question: fixed phrases, facts that the town keeps as fields, then extracts of pages.

mod asked_facts;
mod competence;
mod events;
mod places;
mod twins;

use crate::competence::Body;
use crate::compose;
use crate::directory::{self, Directory, Mention};
use crate::follow_up;
use crate::read::{Reading, Sought, Wanted};
use crate::understand::{Asked, Understood, Word};
use asked_facts::asked_facts;
use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use domain::answer::{Answer, Verdict};
use domain::calendar::TownCalendar;
use domain::document::{DocumentKind, FieldName};
use domain::facts;
use domain::ids::DocumentId;
use domain::phrase::Phrase;
use domain::published::{PublishedRevision, Quote};
use domain::rule::{Computed, Contact, Rule};
use domain::statement::{Layout, Role, Statement};
use places::AskedOfPlaces;
use retrieval::{Hit, Ranking};
use std::ops::Range;
use std::sync::Arc;
use twins::Twins;

/// From this probability on, an extract is given as the answer of a town with few pages.
pub(crate) const ANSWERS: f32 = 0.35;
/// The same where the pages are many: there, each has neighbours that look right.
const ANSWERS_AMONG_MANY: f32 = 0.7;
/// So many pages are few, and so many are many.
const FEW: f32 = 200.0;
const MANY: f32 = 500.0;
/// From this probability on, it is given as what comes closest.
const COMES_CLOSE: f32 = 0.15;
/// From this probability on, a page that the question calls by its name is what it asks for.
const NAMED: f32 = 0.08;
/// From this probability on, the content answers even what sounds like a question that is refused.
pub(crate) const BEYOND_DOUBT: f32 = 0.85;
/// So many letters make a short word.
const SHORT: usize = 3;
/// How far ahead an event is looked for where no time was asked about.
const EVENTS_AHEAD: TimeDelta = TimeDelta::days(400);

/// A found document that may be quoted.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub revision: Arc<PublishedRevision>,
    pub hit: Hit,
}

/// All that an answer is made from.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    /// The question.
    pub question: &'a Understood,
    /// The question that it follows, where it leans on one.
    pub previous: Option<&'a Understood>,
    /// The places that were spoken of.
    pub spoken_of: Vec<Arc<PublishedRevision>>,
    /// The document that was spoken of, where the question leans on it.
    pub subject: Option<DocumentId>,
    /// What the site keeps as fields.
    pub directory: &'a Directory,
    /// The body that is competent for it by the law, with the words that say so.
    pub law: Option<(&'a Body, Range<usize>)>,
    /// The bodies that would be, were it not for something near that a town does itself.
    pub excepted: Vec<&'a Body>,
    /// The body that is competent for what it means, whatever its words.
    pub near: &'a (dyn Fn() -> Option<&'a Body> + Sync),
    /// The places that the question names.
    pub mentions: Vec<Mention>,
    /// The place that residents are sent to.
    pub counter: Option<Arc<PublishedRevision>>,
    /// What search found.
    pub ranking: &'a Ranking,
    /// The found documents that may be quoted, best first.
    pub evidence: Vec<Evidence>,
    /// Whether the best document found is out of date.
    pub best_is_expired: bool,
    /// Now, in the town's time.
    pub at: DateTime<Tz>,
    /// The town's calendar.
    pub calendar: TownCalendar,
    /// How sure an extract may be at most.
    pub surest: f32,
    /// The most characters that may be said.
    pub budget: Option<usize>,
    /// How many characters a statement takes once it is spoken.
    pub length: &'a (dyn Fn(&Statement) -> usize + Sync),
}

/// An answer, with what the next question may lean on.
#[derive(Debug)]
pub(crate) struct Routed {
    pub answer: Answer,
    /// What it speaks of, the main one first.
    pub subjects: Vec<Arc<PublishedRevision>>,
    /// What could be meant, where it asks back.
    pub choices: Vec<String>,
    /// Each extract of a page, behind the headings that it stands under.
    pub grounds: Vec<Vec<Quote>>,
}

/// What a page says to a question.
struct Told {
    statements: Vec<Statement>,
    grounds: Vec<Vec<Quote>>,
}

impl Routed {
    fn new(verdict: Verdict, confidence: f32, statements: Vec<Statement>) -> Self {
        Self {
            answer: Answer {
                verdict,
                statements,
                confidence,
            },
            subjects: Vec::new(),
            choices: Vec::new(),
            grounds: Vec::new(),
        }
    }

    fn about(self, subjects: impl IntoIterator<Item = Arc<PublishedRevision>>) -> Self {
        Self {
            subjects: subjects.into_iter().collect(),
            ..self
        }
    }
}

impl Case<'_> {
    /// Answers.
    pub(crate) fn answer(&self) -> Routed {
        self.emergency()
            .or_else(|| self.small_talk())
            .or_else(|| self.refusal())
            .or_else(|| self.competence_by_law())
            .or_else(|| self.competence_asked())
            .or_else(|| self.event_spoken_of())
            .or_else(|| self.places())
            .or_else(|| self.events())
            .or_else(|| self.event_by_name())
            .or_else(|| self.extract())
            .or_else(|| self.elsewhere())
            .or_else(|| self.elsewhere_by_meaning())
            .or_else(|| self.outdated())
            .unwrap_or_else(|| self.unknown())
    }

    fn emergency(&self) -> Option<Routed> {
        let phrase = self.question.emergency?;
        // These have time to read a page of the town, where there is one: see `extract`.
        let can_wait = matches!(phrase, Phrase::EmergencyShelter | Phrase::EmergencyDeaf);
        if can_wait && self.best_confidence() >= COMES_CLOSE {
            return None;
        }
        Some(Routed::new(
            Verdict::Emergency,
            1.0,
            vec![Statement::fixed(phrase, Role::Answer)],
        ))
    }

    fn best_confidence(&self) -> f32 {
        self.evidence.first().map_or(0.0, |found| found.hit.confidence)
    }

    fn small_talk(&self) -> Option<Routed> {
        let phrase = self.question.small_talk?;
        let verdict = match phrase {
            Phrase::ClarifyQuestion => Verdict::Clarify,
            _ => Verdict::Answered,
        };
        Some(Routed::new(
            verdict,
            1.0,
            vec![Statement::fixed(phrase, Role::Answer)],
        ))
    }

    fn refusal(&self) -> Option<Routed> {
        let phrase = self.question.refusal?;
        let held = self
            .evidence
            .first()
            .is_some_and(|found| found.hit.confidence >= BEYOND_DOUBT);
        if held && phrase != Phrase::OutOfScope {
            return None;
        }
        let mut statements = vec![Statement::fixed(phrase, Role::Answer)];
        if phrase == Phrase::PersonalFile {
            statements.extend(self.counter_statements());
        }
        Some(Routed::new(Verdict::Unknown, 0.0, statements))
    }

    fn extract(&self) -> Option<Routed> {
        let found_nothing = self.best_confidence() < COMES_CLOSE;
        let named = self.only_place_named().filter(|_| found_nothing);
        let spoken_of = self.subject.or(named);
        let subject = spoken_of.and_then(|subject| self.subject_that_tells(subject));
        let twins = self.twins().filter(|_| subject.is_none());
        if let Some(Twins::Alike(pages)) = &twins {
            return Some(Self::which_of(pages));
        }
        let best = subject.or_else(|| self.first_that_may_answer())?;
        let told = subject.is_some() || twins.is_some() || self.title_tells(best) || self.holds_all(best);
        let confidence = if told {
            best.hit.confidence.max(ANSWERS)
        } else {
            best.hit.confidence
        };
        let confidence = confidence.min(self.surest);
        if confidence < COMES_CLOSE || self.names_a_stranger() {
            return None;
        }
        let other_body = is_another_body(&best.revision);
        // A body's card says only how to reach it: it has no neighbours that look right.
        let wanted = if other_body {
            ANSWERS
        } else {
            sure_among(self.ranking.asked_of)
        };
        // What was spoken of is told whatever its neighbours; what is only called so has many of them in a large corpus.
        let sure = (subject.is_some() || confidence >= wanted) && !self.lacks_the_second_thing();
        let verdict = match (sure, other_body) {
            (true, true) => Verdict::Elsewhere,
            (true, false) => Verdict::Answered,
            (false, true) => return None,
            // The body that is competent says more than a page of ours that may only come close.
            (false, false) if self.other_competent_body() => return None,
            (false, false) => Verdict::Partial,
        };
        let mut said: Vec<_> = self
            .question
            .emergency
            .map(|phrase| Statement::fixed(phrase, Role::Notice))
            .into_iter()
            .collect();
        if verdict == Verdict::Partial {
            let reserve = match self.budget {
                None => Phrase::Partial,
                Some(_) => Phrase::PartialBriefly,
            };
            said.push(Statement::fixed(reserve, Role::Lead));
        }
        let of_page = self.told_by(&self.read(best), &said)?;
        said.extend(of_page.statements);
        if verdict == Verdict::Elsewhere {
            said.extend(self.contact_statements(&best.revision));
        }
        Some(Routed {
            grounds: of_page.grounds,
            ..Routed::new(verdict, confidence, said).about([Arc::clone(&best.revision)])
        })
    }

    /// The best document found; the next where that is the card of another body and no sure answer: how a thing is done
    /// stands on a page.
    fn first_that_may_answer(&self) -> Option<&Evidence> {
        let unsure_card =
            |found: &&Evidence| is_another_body(&found.revision) && found.hit.confidence < ANSWERS;
        match self.evidence.first() {
            Some(first) if unsure_card(&first) => self
                .evidence
                .get(1)
                .filter(|next| !unsure_card(next))
                .or(Some(first)),
            first => first,
        }
    }

    /// The document that is spoken of, where it holds what is asked now: a fact of the kind asked for, or its words.
    fn subject_that_tells(&self, subject: DocumentId) -> Option<&Evidence> {
        let found = self
            .evidence
            .iter()
            .find(|found| found.revision.document() == subject)?;
        // A page that answers far better is what is asked for: the prices of the swimming pool have their own.
        let best = self.best_confidence();
        if best >= ANSWERS && found.hit.confidence < best / 2.0 {
            return None;
        }
        let text = found.revision.content().text.as_str();
        let asked = asked_facts(self.question);
        let tells_fact = || facts::find(text).iter().any(|fact| asked.contains(&fact.kind));
        let words = crate::understand::words(text);
        let mut asked_words = self
            .question
            .topic
            .iter()
            .filter(|index| !self.is_in_a_mention(**index));
        let tells_words = asked_words.all(|index| holds(&words, &self.question.words[*index]));
        let tells_papers = || {
            let of_papers = |word: &Word| beginning_of(word, &["piece", "justificatif", "apporte"]);
            self.asks_for_papers() && words.iter().any(of_papers)
        };
        let nothing_asked = asked.is_empty() && self.question.topic.is_empty();
        // "Combien de temps ?" is about what was spoken of, whatever verb follows.
        let tells_words = tells_words || self.question.pronoun;
        let tells = tells_words && !nothing_asked && (asked.is_empty() || tells_fact());
        (tells || tells_papers()).then_some(found)
    }

    /// "Quels papiers ?"
    fn asks_for_papers(&self) -> bool {
        let of_papers = |word: &Word| beginning_of(word, &["papier", "document", "piece", "justificatif"]);
        self.question.pronoun && self.question.words.iter().any(of_papers)
    }

    /// Whether what the question is about is what a page of the town is called, and the page holds what is asked of it.
    fn title_tells(&self, found: &Evidence) -> bool {
        let kind = found.revision.kind();
        let is_page = !matches!(kind, DocumentKind::Organisation | DocumentKind::Event);
        if !is_page || found.hit.confidence < NAMED || self.question.topic.is_empty() {
            return false;
        }
        let content = found.revision.content();
        let called = crate::understand::words(&format!("{}\n{}", content.title, content.keywords.join("\n")));
        // Where something is does not say what it is.
        let street = follow_up::street(self.question);
        let topic: Vec<_> = self
            .question
            .topic_words()
            .filter(|word| street.is_none_or(|street| !street.contains(word.span)))
            .collect();
        let is_called_so = !topic.is_empty() && topic.iter().all(|word| directory::is_held(word, &called));
        let most = self.name_said(found) * 2 >= topic.len().max(1);
        // Whose a thing is, the page says that has it as a keyword.
        let whose = self.question.asks(Asked::Competence)
            && topic.iter().any(|word| directory::is_held(word, &called));
        let asked = asked_facts(self.question);
        let told = || {
            let facts = facts::find(content.text.as_str());
            asked.is_empty() || facts.iter().any(|fact| asked.contains(&fact.kind))
        };
        whose || (is_called_so || most) && told()
    }

    /// Whether the best page found, one of the town, holds all that the question is about, and that is more than a word.
    fn holds_all(&self, found: &Evidence) -> bool {
        let best = self.evidence.first().map(|best| best.hit.document);
        let kind = found.revision.kind();
        let is_page = !matches!(kind, DocumentKind::Organisation | DocumentKind::Event);
        // Short words are the beginning of too many others.
        let long = |word: &&Word| word.folded.len() > SHORT;
        let tells_apart = self.question.topic_words().filter(long).count() > 1;
        let held = || {
            let words = crate::understand::words(found.revision.content().text.as_str());
            self.question.topic_words().all(|word| holds(&words, word))
        };
        // Where pages are many, some page holds any few words.
        let few = sure_among(self.ranking.asked_of) < ANSWERS_AMONG_MANY;
        few && best == Some(found.hit.document) && is_page && tells_apart && held()
    }

    /// How many words of the question are the title of a page, or a keyword of several words.
    fn name_said(&self, found: &Evidence) -> usize {
        let content = found.revision.content();
        // "Légalisation de signature et attestation d'accueil" are two.
        let of_title = content.title.split([',', ':', '(', ')']);
        let of_title = of_title.flat_map(|part| part.split(" et "));
        let names = content.keywords.iter().map(String::as_str).chain(of_title);
        let said = names.map(|name| directory::words_said(name, &self.question.words));
        said.max().unwrap_or_default()
    }

    fn read(&self, found: &Evidence) -> Reading {
        let facts = asked_facts(self.question);
        let mut passages: Vec<u32> = found.hit.passages.iter().map(|passage| passage.ordinal).collect();
        if self.names_only_what_is_done(found) {
            // Its first passages, which every reading holds, say how.
            passages.clear();
        }
        let wanted = Wanted {
            relevance: &self.ranking.relevance,
            sought: &Sought::of(&self.question.text, &self.question.words, &facts),
        };
        Reading::of(&found.revision, &passages, &wanted)
    }

    /// "Carte d'identité": the title of a procedure, and nothing that is asked of it.
    fn names_only_what_is_done(&self, found: &Evidence) -> bool {
        let title = crate::understand::words(&found.revision.content().title);
        let is_procedure = found.revision.kind() == DocumentKind::Procedure;
        let question = self.question;
        let asks_nothing = question.asked.is_empty() && !question.pronoun && asked_facts(question).is_empty();
        let mut topic = question.topic_words();
        is_procedure && asks_nothing && topic.all(|word| directory::is_held(word, &title))
    }

    /// What a document says to the question, in the room that what is said before leaves.
    fn told_by(&self, reading: &Reading, before: &[Statement]) -> Option<Told> {
        let mut statements = self.field_statements(&reading.revision);
        let extract = |beside: &[Statement]| {
            let said = before.iter().chain(beside);
            let spent: usize = said.map(|statement| (self.length)(statement) + 1).sum();
            compose::extract(reading, self.budget.map(|budget| budget.saturating_sub(spent)))
        };
        let mut extracted = extract(&statements);
        if extracted.as_ref().is_some_and(|extracted| extracted.list_is_cut) {
            let list_goes_on = Statement::fixed(Phrase::ListGoesOn, Role::Notice);
            statements.push(list_goes_on.clone());
            extracted = extract(&statements);
            statements.pop();
            if let Some(extracted) = extracted.as_mut().filter(|extracted| extracted.list_is_cut) {
                extracted.statements.push(list_goes_on);
            }
        }
        let mut grounds = Vec::new();
        if let Some(extracted) = extracted {
            statements.extend(extracted.statements);
            grounds = extracted.grounds;
        }
        (!statements.is_empty()).then_some(Told { statements, grounds })
    }

    /// What the found document keeps as fields, where the question asks for it.
    fn field_statements(&self, revision: &Arc<PublishedRevision>) -> Vec<Statement> {
        match revision.kind() {
            DocumentKind::Event => {
                let now = self.at.naive_local();
                let next = Rule::Occurrence {
                    from: now,
                    until: now + EVENTS_AHEAD,
                };
                self.compute(next, revision).into_iter().collect()
            }
            DocumentKind::Place | DocumentKind::Organisation => match self.asked_of_places() {
                Some(AskedOfPlaces::Hours) => self.hours(revision),
                Some(AskedOfPlaces::Contact) => self.contact(revision),
                None => Vec::new(),
            },
            DocumentKind::Page | DocumentKind::Procedure | DocumentKind::Faq | DocumentKind::Notice => {
                Vec::new()
            }
        }
    }

    /// Whether the question names someone or somewhere that the best document does not: "la piscine d'Orléans".
    fn names_a_stranger(&self) -> bool {
        self.names_a_stranger_beside(&(0..0))
    }

    /// The same, but for the words at `known`.
    fn names_a_stranger_beside(&self, known: &Range<usize>) -> bool {
        // The streets of a town are not named on every page.
        let street = follow_up::street(self.question);
        let shouted = !self.question.text.chars().any(char::is_lowercase);
        if shouted {
            return false;
        }
        self.question.words.iter().enumerate().any(|(index, word)| {
            let written = self
                .question
                .text
                .get(word.span.start..word.span.end)
                .unwrap_or_default();
            let capital = written.chars().next().is_some_and(char::is_uppercase);
            let acronym = written.chars().all(char::is_uppercase);
            let in_street = street.is_some_and(|street| street.contains(word.span));
            index > 0 && capital && !acronym && self.is_unmet(word) && !known.contains(&index) && !in_street
        })
    }

    /// Whether two things are asked for and the best document does not hold the second: "un dentiste et un kiné".
    fn lacks_the_second_thing(&self) -> bool {
        let words = &self.question.words;
        // A question that begins with "et" goes on.
        let mut joined = (1..words.len()).filter(|at| words[*at].folded == "et");
        joined.any(|at| words[at + 1..].iter().take(2).any(|word| self.is_unmet(word)))
    }

    /// Whether the best document does not hold a word of the question.
    fn is_unmet(&self, word: &Word) -> bool {
        let unmet = &self.ranking.unmet;
        unmet
            .iter()
            .any(|unmet| crate::understand::fold(unmet) == word.folded)
    }

    fn outdated(&self) -> Option<Routed> {
        if !self.best_is_expired {
            return None;
        }
        let mut statements = vec![Statement::fixed(Phrase::Outdated, Role::Answer)];
        statements.extend(self.counter_statements());
        Some(Routed::new(Verdict::Outdated, 0.0, statements))
    }

    fn unknown(&self) -> Routed {
        let confidence = self.best_confidence();
        let vague = self.question.topic.is_empty();
        let (phrase, verdict) = match vague {
            true => (Phrase::ClarifyQuestion, Verdict::Clarify),
            false => (Phrase::Unknown, Verdict::Unknown),
        };
        let mut statements = vec![Statement::fixed(phrase, Role::Answer)];
        if verdict == Verdict::Unknown {
            statements.extend(self.counter_statements());
        }
        Routed::new(verdict, confidence.min(COMES_CLOSE), statements)
    }

    fn counter_statements(&self) -> Vec<Statement> {
        let Some(counter) = &self.counter else {
            return Vec::new();
        };
        let mut statements = vec![Statement::fixed(Phrase::ContactLead, Role::Lead)];
        statements.extend(self.contact_statements(counter));
        statements
    }

    /// How to reach a counter, and whether it is open now.
    fn contact_statements(&self, place: &Arc<PublishedRevision>) -> Vec<Statement> {
        let rules = [
            Rule::Contact(Contact::Phone),
            Rule::OpenAt(self.at.naive_local()),
            Rule::Contact(Contact::Website),
        ];
        let computed: Vec<_> = rules
            .into_iter()
            .filter_map(|rule| self.compute(rule, place))
            .collect();
        // A web address is for bodies that can be reached in no other way.
        let most = if computed.len() > 2 { 2 } else { computed.len() };
        computed
            .into_iter()
            .take(most)
            .map(|statement| statement.with_role(Role::Contact))
            .collect()
    }

    fn compute(&self, rule: Rule, revision: &Arc<PublishedRevision>) -> Option<Statement> {
        let computed = Computed::new(rule, revision, &self.at, &self.calendar).ok()?;
        Some(Statement::computed(computed, Layout::Paragraph))
    }

    fn field_quote(&self, revision: &PublishedRevision, name: FieldName) -> Option<Statement> {
        let field = revision
            .content()
            .fields
            .iter()
            .find(|field| field.name == name)?;
        Some(Statement::quoted(revision.quote(field.span)?, Layout::Paragraph).with_role(Role::Notice))
    }
}

/// From which probability on an extract is given as the answer, among so many pages.
fn sure_among(pages: usize) -> f32 {
    let many = ((pages as f32 / FEW).ln() / (MANY / FEW).ln()).clamp(0.0, 1.0);
    ANSWERS + many * (ANSWERS_AMONG_MANY - ANSWERS)
}

/// Whether some words hold another, in one of its forms.
pub(crate) fn holds(words: &[Word], asked: &Word) -> bool {
    words
        .iter()
        .any(|word| word.folded.starts_with(beginning(&asked.folded)))
}

/// Whether this is the card of a body that is not the town's.
fn is_another_body(revision: &PublishedRevision) -> bool {
    revision.kind() == DocumentKind::Organisation && competence::is_not_the_towns(revision)
}

/// Whether a word begins like one of these.
fn beginning_of(word: &Word, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| word.folded.starts_with(beginning))
}

/// The beginning of a word, which its other forms share.
fn beginning(word: &str) -> &str {
    word.char_indices().nth(6).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::{Lexicon, understand};
    use chrono::TimeZone;
    use chrono_tz::Europe::Paris;
    use domain::calendar::{HolidayRegion, SchoolZone};
    use domain::ids::{CollectionId, RevisionId};
    use domain::life::{Act, Life, Person};
    use domain::published::RevisionRecord;

    fn published(page: &str, at: &DateTime<Tz>) -> PublishedRevision {
        let context = crate::Context {
            timezone: Paris,
            base_url: None,
        };
        let draft = crate::read_bytes(crate::Format::Markdown, "carte.md", page.as_bytes(), &context)
            .remove(0)
            .unwrap();
        let act = Act {
            by: Person::new("Ana").unwrap(),
            at: at.to_utc(),
        };
        let record = RevisionRecord {
            id: RevisionId(1),
            document: DocumentId(1),
            collection: CollectionId(1),
            external_id: draft.external_id,
            kind: draft.kind,
            source: "Ville".into(),
            life: Life::trusted(act.clone(), act),
            content: draft.content,
        };
        PublishedRevision::admit(record, at).unwrap()
    }

    #[test]
    fn the_more_pages_there_are_the_surer_an_answer_must_be() {
        assert!(sure_among(1) <= ANSWERS && sure_among(200) <= ANSWERS);
        assert!((ANSWERS..ANSWERS_AMONG_MANY).contains(&sure_among(300)));
        assert!(sure_among(300) < sure_among(400));
        assert!(sure_among(500) >= ANSWERS_AMONG_MANY && sure_among(1_000_000) <= ANSWERS_AMONG_MANY);
        assert!(sure_among(0) <= ANSWERS);
    }

    #[test]
    fn what_is_found_is_quoted_only_from_its_confidence_on_and_what_comes_close_is_said_to() {
        let at = Paris.with_ymd_and_hms(2026, 3, 18, 10, 15, 0).unwrap();
        let calendar = TownCalendar {
            timezone: Paris,
            region: HolidayRegion::Metropole,
            zone: SchoolZone::B,
        };
        let question = "Le prêt des livres est-il gratuit ?";
        let understood = understand(&Lexicon::load().unwrap(), question, at, &calendar);
        let revision = Arc::new(published("La carte de bibliothèque est gratuite.", &at));
        for (confidence, surest, verdict, roles) in [
            (0.05, 1.0, Verdict::Unknown, vec![Role::Answer]),
            (COMES_CLOSE - 0.01, 1.0, Verdict::Unknown, vec![Role::Answer]),
            (COMES_CLOSE, 1.0, Verdict::Partial, vec![Role::Lead, Role::Answer]),
            (
                ANSWERS - 0.01,
                1.0,
                Verdict::Partial,
                vec![Role::Lead, Role::Answer],
            ),
            (ANSWERS, 1.0, Verdict::Answered, vec![Role::Answer]),
            (
                0.9,
                ANSWERS - 0.01,
                Verdict::Partial,
                vec![Role::Lead, Role::Answer],
            ),
            (0.9, COMES_CLOSE - 0.01, Verdict::Unknown, vec![Role::Answer]),
        ] {
            let hit = Hit {
                document: revision.document(),
                revision: revision.id(),
                kind: revision.kind(),
                score: 1.0,
                confidence,
                passages: Vec::new(),
            };
            let case = Case {
                question: &understood,
                previous: None,
                spoken_of: Vec::new(),
                subject: None,
                directory: &Directory::default(),
                law: None,
                excepted: Vec::new(),
                near: &|| None,
                mentions: Vec::new(),
                counter: None,
                ranking: &Ranking::default(),
                evidence: vec![Evidence {
                    revision: Arc::clone(&revision),
                    hit,
                }],
                best_is_expired: false,
                at,
                calendar,
                surest,
                budget: None,
                length: &|_| 0,
            };
            let answer = case.answer().answer;
            let said: Vec<_> = answer.statements.iter().map(Statement::role).collect();
            assert_eq!((answer.verdict, said), (verdict, roles), "{confidence} {surest}");
            assert!(verdict == Verdict::Unknown || answer.confidence <= surest);
        }
    }
}
