//! Answering one question: the use case that every channel calls.

mod again;
mod other_words;
mod question;
mod reading;
mod replay;
mod site;

pub use question::{Ask, Channel};
pub(crate) use reading::RANKED;
pub(crate) use site::SiteCache;

use crate::conversation::{Kept, Topic};
use crate::directory::Mention;
use crate::energy::{Measuring, Meter};
use crate::reply::{Reply, Spoken, introduce, spoken};
use crate::reword::{Purpose, Rewording};
use crate::route::{ANSWERS, Case, Evidence, Routed};
use crate::speak::Speaker;
use crate::understand::Understood;
use crate::{AskError, Assistant, Error};
use again::Chosen;
use chrono::{DateTime, Days};
use chrono_tz::Tz;
use domain::answer::Verdict;
use domain::ids::{DocumentId, ExternalId, SiteId};
use domain::language::Language;
use domain::personal_data;
use domain::published::{PublishedRevision, Quote};
use domain::site::Site;
use domain::statement::{Proof, Statement};
use question::checked;
use reading::{Reading, Setting};
use replay::Replay;
use retrieval::{Hit, Ranking};
use site::OpenSite;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{ConversationCode, IdempotencyKey, NewTurn, Snapshot, StoreError, TurnId};

/// How many of the documents found are read.
const READ: usize = 3;
/// How much of a conversation a follow-up may lean on, in characters.
const REMEMBERED: usize = 300;
/// How many documents of a conversation are remembered.
const SPOKEN_OF: usize = 4;

/// An answer that is ready to be sent, and the turn in which it is to be kept.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The answer, within the budget.
    pub reply: Reply,
    /// What would be said without a budget; empty where there is none.
    pub whole: Vec<Spoken>,
    pub(crate) turn: NewTurn,
}

/// An answer as it stands before a model may say it in other words.
#[derive(Debug, Clone)]
pub(crate) struct Worded {
    /// What the model is to do with it.
    pub purpose: Purpose,
    /// The question, personal data redacted.
    pub question: String,
    /// Each extract that is shown, behind the headings that it stands under.
    pub grounds: Vec<Vec<Quote>>,
    /// The turn as it is kept.
    pub kept: Kept,
    pub turn: TurnId,
    pub site: SiteId,
    pub at: DateTime<Tz>,
}

/// A reply with what was ranked on the way.
#[derive(Debug)]
pub(crate) struct Answered {
    pub reply: Reply,
    /// The documents that answer best, best first, whether or not they were quoted.
    pub ranked: Vec<ExternalId>,
    /// What a model may say in other words.
    worded: Option<Worded>,
    /// Counts the energy of the answer, where there is a meter.
    pub measuring: Option<Measuring>,
}

impl Answered {
    fn again(reply: Reply, ranked: Vec<ExternalId>) -> Self {
        Self {
            reply,
            ranked,
            worded: None,
            measuring: None,
        }
    }

    /// Lets the model of `assistant` say it in other words, where there is one and something to say again.
    pub(crate) fn reword(&mut self, assistant: &Assistant) -> Option<Rewording> {
        Rewording::begin(assistant, self.worded.take()?, self.measuring.take())
    }
}

impl Assistant {
    /// Answers a question and keeps the turn, personal data redacted, sealed, until it expires.
    ///
    /// # Errors
    /// When there is nothing to answer, the site or conversation is unknown, or something fails on our side.
    pub async fn ask(&self, ask: Ask) -> Result<Reply, AskError> {
        Ok(self.answer(ask).await?.reply)
    }

    /// The same, with a model's words on the extracts of the answer, where there is a model; these come after it.
    ///
    /// # Errors
    /// As [`Assistant::ask`].
    pub async fn ask_and_reword(&self, ask: Ask) -> Result<(Reply, Option<Rewording>), AskError> {
        let mut answered = self.answer(ask).await?;
        let rewording = answered.reword(self);
        Ok((answered.reply, rewording))
    }

    /// Answers a question without keeping anything: for a channel that keeps the turn together with what it sends.
    ///
    /// # Errors
    /// As [`Assistant::ask`].
    pub async fn prepare(&self, ask: &Ask) -> Result<Prepared, AskError> {
        let site = self.open_site(&ask.site).await?;
        Ok(self.work_out(ask, &site, None).await?.prepared)
    }

    pub(crate) async fn answer(&self, ask: Ask) -> Result<Answered, AskError> {
        let redacted = personal_data::redact(checked(&ask.question)?).text;
        let site = self.open_site(&ask.site).await?;
        let at = ask.now.with_timezone(&site.site.settings.calendar.timezone);
        let mut key = ask.idempotency_key.as_deref().map(IdempotencyKey::new);
        if let Some(known) = &key {
            match self.replay(&site, known, &redacted, &at).await? {
                Replay::Never => {}
                Replay::StillTrue(reply) => return Ok(Answered::again(*reply, Vec::new())),
                // What it quoted is no longer published: the question is asked again, under no key.
                Replay::NoLongerTrue => key = None,
            }
        }
        let WorkedOut {
            prepared,
            ranked,
            worded,
            measuring,
        } = self.work_out(&ask, &site, key.clone()).await?;
        if ask.channel == Channel::Exam {
            return Ok(Answered {
                reply: prepared.reply,
                ranked,
                worded,
                measuring,
            });
        }
        match (self.store.record_turn(prepared.turn).await, key) {
            (Ok(()), _) => {}
            // The same request came twice at once, and the other one was first.
            (Err(StoreError::Conflict { .. }), Some(known)) => {
                if let Replay::StillTrue(reply) = self.replay(&site, &known, &redacted, &at).await? {
                    return Ok(Answered::again(*reply, ranked));
                }
            }
            // Who asks is answered: what is lost is the memory of it, for a follow-up or an opinion.
            (Err(error @ (StoreError::Full { .. } | StoreError::Unavailable { .. })), _) => {
                tracing::error!(%error, "an answer is given and not kept");
            }
            (Err(error), _) => return Err(error.into()),
        }
        Ok(Answered {
            reply: prepared.reply,
            ranked,
            worded,
            measuring,
        })
    }

    /// The answer, the turn in which it is to be kept, what was ranked on the way, and what a model may reword.
    async fn work_out(
        &self,
        ask: &Ask,
        site: &OpenSite,
        key: Option<IdempotencyKey>,
    ) -> Result<WorkedOut, AskError> {
        let question = checked(&ask.question)?;
        let measuring = self.meter.as_ref().map(Meter::begin);
        let redacted = personal_data::redact(question).text;
        let at = ask.now.with_timezone(&site.site.settings.calendar.timezone);
        let (code, topic) = self.conversation(ask, site).await?;
        // One connection at a time: whoever holds a snapshot and waits for another waits for the likes of itself.
        let snapshot = self.store.snapshot().await?;
        let mut worked = self
            .route(ask, question, site, topic.as_ref(), snapshot, &at)
            .await?;
        if let Some(found) = self
            .in_other_words(ask, &redacted, site, topic.as_ref(), &worked, &at)
            .await?
        {
            worked = found;
        }
        let next = next_topic(&worked, topic, &redacted);
        let Worked {
            routed,
            whole,
            ranked,
            language,
            ..
        } = worked;
        let expires_at = ask.now + Days::new(u64::from(site.site.settings.web_retention_days));
        let id = TurnId::new(random()?);
        let reply = Reply {
            id: id.to_string(),
            conversation: code.reveal(),
            expires_at,
            verdict: routed.answer.verdict,
            confidence: routed.answer.confidence,
            language,
            statements: self.speak(&routed.answer.statements, language, &at, ask.budget),
            suggestions: routed.choices.clone(),
        };
        let kept = Kept {
            reply,
            whole: self.speak(&whole, language, &at, None),
            topic: next,
        };
        let may_be_reworded = matches!(ask.channel, Channel::Web | Channel::Exam)
            && ask.budget.is_none()
            && matches!(kept.reply.verdict, Verdict::Answered | Verdict::Partial);
        let model = self.model.as_deref().filter(|_| may_be_reworded);
        let worded = model
            .and_then(|model| model.purpose(ask, language))
            .map(|purpose| Worded {
                purpose,
                question: redacted.clone(),
                grounds: routed.grounds,
                kept: kept.clone(),
                turn: id,
                site: site.site.id,
                at,
            });
        let turn = NewTurn {
            id,
            site: site.site.id,
            conversation: code,
            channel: ask.channel.as_str().to_owned(),
            language: language.tag().to_owned(),
            question: redacted,
            answer: serde_json::to_string(&kept).map_err(|error| Error::Unwritable(error.to_string()))?,
            verdict: kept.reply.verdict.as_str().to_owned(),
            confidence: f64::from(kept.reply.confidence),
            idempotency_key: key,
            energy: measuring.as_ref().map(Measuring::so_far),
            at,
            expires_at,
        };
        Ok(WorkedOut {
            prepared: Prepared {
                reply: kept.reply,
                whole: kept.whole,
                turn,
            },
            ranked,
            worded,
            measuring,
        })
    }

    /// The conversation that the question goes on, or a new one.
    async fn conversation(
        &self,
        ask: &Ask,
        site: &OpenSite,
    ) -> Result<(ConversationCode, Option<Topic>), AskError> {
        let Some(code) = &ask.conversation else {
            return Ok((ConversationCode::new(random()?), None));
        };
        let code = ConversationCode::parse(code).map_err(|_| AskError::UnknownConversation)?;
        let turns = self.store.turns(&code, 1, ask.now).await?;
        let of_this_site = turns.last().filter(|turn| turn.site == site.site.id);
        let last = match (of_this_site, ask.channel) {
            (Some(last), _) => last,
            // The code is drawn from the sender: a conversation that was never begun begins now.
            (None, Channel::Sms) if turns.is_empty() => return Ok((code, None)),
            (None, _) => return Err(AskError::UnknownConversation),
        };
        let topic = Kept::of(last).map(|kept| kept.topic);
        Ok((code, topic))
    }

    async fn route(
        &self,
        ask: &Ask,
        question: &str,
        site: &OpenSite,
        topic: Option<&Topic>,
        mut snapshot: Snapshot,
        at: &DateTime<Tz>,
    ) -> Result<Worked, AskError> {
        let calendar = site.site.settings.calendar;
        let directory = self
            .inner
            .directories
            .of(site.site.id, &site.collections, &mut snapshot, at)
            .await?;
        let setting = Setting {
            site,
            directory: &directory,
            topic,
            at,
        };
        let Reading {
            understood,
            mentions,
            previous,
            completed,
            leans,
            ranking,
        } = self.read(question, &setting, &mut snapshot).await?;
        let documents = topic.map(|topic| topic.documents.as_slice()).unwrap_or_default();
        let subject = documents
            .first()
            .filter(|_| leans)
            .map(|document| DocumentId(*document));
        let mut read: Vec<DocumentId> = ranking.hits.iter().take(READ).map(|hit| hit.document).collect();
        read.extend(subject.filter(|subject| !read.contains(subject)));
        let found = snapshot.published_documents(&read, at).await?;
        let best_is_expired = match ranking.hits.first() {
            Some(best)
                if best.confidence >= ANSWERS
                    && found.iter().all(|revision| revision.document() != best.document) =>
            {
                let expired = snapshot.expired(&site.collections, at).await?;
                expired.iter().any(|document| document.document == best.document)
            }
            _ => false,
        };
        let ranked = match ask.channel {
            Channel::Web | Channel::Sms => Vec::new(),
            Channel::CommandLine | Channel::Exam => ranked_ids(&ranking, &found, &mut snapshot, at).await?,
        };
        drop(snapshot);
        let evidence = evidence(found, &ranking);
        let places_spoken_of = documents
            .iter()
            .filter(|_| leans)
            .filter_map(|id| directory.place(DocumentId(*id)))
            .cloned();
        let law = self.inner.competences.of(&understood.words);
        let excepted = self.inner.competences.excepted(&understood.words);
        // Few questions get so far that it matters what they mean.
        let near = || {
            let topic_words: Vec<_> = understood.topic_words().cloned().collect();
            self.inner.competences.nearest(&topic_words)
        };
        let counter = site.site.settings.default_counter.as_ref();
        let language = answer_language(ask, &understood, &site.site);
        let speaker = Speaker::new(&self.inner.texts, language);
        let length = |statement: &Statement| speaker.statement(statement).chars().count();
        let case = Case {
            spoken_of: places_spoken_of.take(1).collect(),
            law,
            excepted,
            near: &near,
            subject,
            counter: counter.and_then(|id| directory.place_named(id.as_str())).cloned(),
            question: &understood,
            previous: previous.as_ref(),
            directory: &directory,
            mentions: mentions.clone(),
            ranking: &ranking,
            evidence,
            best_is_expired,
            at: *at,
            calendar,
            surest: 1.0,
            budget: ask.budget,
            length: &length,
        };
        let first = case.answer();
        let again = self.look_again(&case, &first, site).await;
        let Chosen {
            case,
            mut routed,
            ranked,
        } = Chosen::of(again.as_ref(), case, first, ranked);
        let whole = match ask.channel {
            Channel::Sms => Case { budget: None, ..case }.answer().answer.statements,
            Channel::Web | Channel::CommandLine | Channel::Exam => Vec::new(),
        };
        if language != Language::French && ask.budget.is_none() {
            introduce(&mut routed.answer);
        }
        let ranked = ranked_after(&routed, ranked);
        let before = if leans { documents } else { &[] };
        Ok(Worked {
            spoken_of: spoken_of(&routed, &mentions, before),
            leant_on: previous.map(|previous| previous.text).or(completed),
            routed,
            whole,
            ranked,
            understood,
            language,
        })
    }

    /// Speaks what can still be proven, as far as the budget goes.
    fn speak(
        &self,
        statements: &[Statement],
        language: Language,
        at: &DateTime<Tz>,
        budget: Option<usize>,
    ) -> Vec<Spoken> {
        let speaker = Speaker::new(&self.inner.texts, language);
        let proven = statements.iter().filter(|statement| match statement.proof() {
            Proof::Computed(computed) => computed.verify(),
            Proof::Quoted(_) | Proof::Fixed(_) | Proof::Reworded(_) | Proof::Translated(_) => true,
        });
        let mut used = 0;
        proven
            .map(|statement| spoken(statement, &speaker, language, at.timezone()))
            .take_while(|spoken| {
                used += spoken.text.chars().count() + usize::from(used > 0);
                budget.is_none_or(|budget| used <= budget)
            })
            .collect()
    }
}

/// An answer that is worked out.
struct WorkedOut {
    prepared: Prepared,
    ranked: Vec<ExternalId>,
    worded: Option<Worded>,
    measuring: Option<Measuring>,
}

struct Worked {
    /// What was asked before, without what the question replaces, where it leans on that or completes it.
    leant_on: Option<String>,
    /// The documents that are spoken of, the main one first.
    spoken_of: Vec<i64>,
    routed: Routed,
    /// What would be said without a budget; empty where there is none.
    whole: Vec<Statement>,
    ranked: Vec<ExternalId>,
    understood: Understood,
    /// What the answer is spoken in.
    language: Language,
}

/// The language that was wished for, else the question's where the site speaks it.
fn answer_language(ask: &Ask, understood: &Understood, site: &Site) -> Language {
    ask.language
        .unwrap_or_else(|| understood.language.of_answer(site))
}

/// The names of the documents ranked, those that may be quoted.
async fn ranked_ids(
    ranking: &Ranking,
    found: &[PublishedRevision],
    snapshot: &mut Snapshot,
    at: &DateTime<Tz>,
) -> Result<Vec<ExternalId>, StoreError> {
    let rest: Vec<DocumentId> = ranking.hits.iter().skip(READ).map(|hit| hit.document).collect();
    let rest = snapshot.published_documents(&rest, at).await?;
    Ok(found
        .iter()
        .chain(&rest)
        .map(|revision| revision.external_id().clone())
        .collect())
}

/// Pairs what search found with what may be quoted.
fn evidence(found: Vec<PublishedRevision>, ranking: &Ranking) -> Vec<Evidence> {
    let mut hits: HashMap<DocumentId, &Hit> = ranking.hits.iter().map(|hit| (hit.document, hit)).collect();
    found
        .into_iter()
        .map(|revision| {
            let unranked = || Hit {
                document: revision.document(),
                revision: revision.id(),
                kind: revision.kind(),
                score: 0.0,
                confidence: 0.0,
                passages: Vec::new(),
            };
            let mut hit = hits
                .remove(&revision.document())
                .cloned()
                .unwrap_or_else(unranked);
            if hit.revision != revision.id() {
                // A newer revision than the index knows: its passages are others.
                hit.passages.clear();
            }
            Evidence {
                revision: Arc::new(revision),
                hit,
            }
        })
        .collect()
}

/// What the answer speaks of first, then what search ranked.
fn ranked_after(routed: &Routed, ranked: Vec<ExternalId>) -> Vec<ExternalId> {
    let mut first: Vec<ExternalId> = routed
        .subjects
        .iter()
        .map(|subject| subject.external_id().clone())
        .collect();
    let rest: Vec<_> = ranked.into_iter().filter(|id| !first.contains(id)).collect();
    first.extend(rest);
    first
}

/// The documents that the answer speaks of, the main one first, then the places that the question names, then those
/// that were spoken of `before`.
fn spoken_of(routed: &Routed, mentions: &[Mention], before: &[i64]) -> Vec<i64> {
    let named = mentions.iter().flat_map(|mention| &mention.places);
    let subjects = routed.subjects.iter().chain(named);
    let mut documents: Vec<i64> = subjects.map(|subject| subject.document().0).collect();
    documents.extend(before);
    let mut seen = HashSet::new();
    documents.retain(|document| seen.insert(*document));
    documents.truncate(SPOKEN_OF);
    documents
}

/// What the next question may lean on.
fn next_topic(worked: &Worked, before: Option<Topic>, redacted: &str) -> Topic {
    let small_talk =
        worked.understood.small_talk.is_some() || worked.routed.answer.verdict == Verdict::Emergency;
    if small_talk {
        return before.unwrap_or_default();
    }
    let question = match &worked.leant_on {
        Some(before) => format!("{before} {redacted}"),
        None => redacted.to_owned(),
    };
    let excess = question.chars().count().saturating_sub(REMEMBERED);
    Topic {
        documents: worked.spoken_of.clone(),
        question: question.chars().skip(excess).collect(),
        asked_back: worked.routed.answer.verdict == Verdict::Clarify,
    }
}

/// 128 random bits.
fn random() -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Interrupted("drawing a random number"))?;
    Ok(bytes)
}
