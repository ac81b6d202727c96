//! Reading a question within its conversation, and searching for what it asks.

use super::OpenSite;
use crate::conversation::Topic;
use crate::directory::{Directory, Mention};
use crate::follow_up::{self, Bearing};
use crate::route::ANSWERS;
use crate::understand::{FollowUp, Understood, understand};
use crate::{AskError, Assistant, Error};
use chrono::DateTime;
use chrono_tz::Tz;
use domain::ids::{CollectionId, DocumentId};
use domain::language::Language;
use retrieval::{Query, Ranking};
use std::sync::Arc;
use store::Snapshot;

/// How many documents are ranked.
pub(crate) const RANKED: usize = 10;

/// A question, read within its conversation, with what search found for it.
pub(super) struct Reading {
    /// The question.
    pub understood: Understood,
    /// The places that it names.
    pub mentions: Vec<Mention>,
    /// What was asked before, without what the question replaces, where it leans on that.
    pub previous: Option<Understood>,
    /// What was asked before, where the question answers what we asked back.
    pub completed: Option<String>,
    /// Whether it is about what was spoken of.
    pub leans: bool,
    /// What search found.
    pub ranking: Ranking,
}

/// What a question is read with.
pub(super) struct Setting<'a> {
    pub site: &'a OpenSite,
    pub directory: &'a Directory,
    pub topic: Option<&'a Topic>,
    pub at: &'a DateTime<Tz>,
}

impl Setting<'_> {
    /// The document that was spoken of.
    fn spoken_of(&self) -> Option<DocumentId> {
        let first = self.topic?.documents.first()?;
        Some(DocumentId(*first))
    }
}

impl Assistant {
    /// Reads a question, and searches for it.
    pub(super) async fn read(
        &self,
        question: &str,
        setting: &Setting<'_>,
        snapshot: &mut Snapshot,
    ) -> Result<Reading, AskError> {
        let (mut understood, completed) = self.complete(question, setting);
        let mut mentions = self.mentions(setting.directory, &understood);
        let carried = self.carried(&mut understood, &mentions, setting);
        let (leant, alone) = match carried.as_ref().filter(|_| mentions.is_empty()) {
            Some(carried) => self.lean(carried, &understood, setting, snapshot).await?,
            None => (None, None),
        };
        let leans = leant.is_some();
        let bare = understood.asked.is_empty();
        let previous = carried.filter(|_| leans || !mentions.is_empty() && understood.is_bare());
        match &previous {
            Some(previous) => follow_up::inherit(&mut understood, previous, &mentions),
            None => understood.follow_up = FollowUp::No,
        }
        let ranking = match (leant, previous.as_ref().filter(|_| bare), alone) {
            (Some(leant), _, _) => leant,
            (None, Some(previous), _) => self.search_both(previous, &understood, setting).await?,
            (None, None, Some(alone)) => alone,
            (None, None, None) => self.search(understood.text.clone(), setting).await?,
        };
        // A correction is believed where it leads somewhere; what was refused as it was written stays refused.
        let believed = ranking
            .hits
            .first()
            .is_some_and(|best| best.confidence >= ANSWERS);
        let clear = leans
            || understood.small_talk.is_some()
            || understood.refusal.is_some()
            || !understood.times.is_empty()
            || !mentions.is_empty();
        // The words of other languages are no errors.
        let in_french = understood.language == Language::French;
        if let Some(corrected) = ranking
            .correction
            .as_ref()
            .filter(|_| believed && !clear && in_french)
        {
            understood = Understood {
                follow_up: understood.follow_up,
                ..self.understood(corrected, setting)
            };
            mentions = self.mentions(setting.directory, &understood);
        }
        Ok(Reading {
            understood,
            mentions,
            previous,
            completed,
            leans,
            ranking,
        })
    }

    fn understood(&self, text: &str, setting: &Setting<'_>) -> Understood {
        let calendar = &setting.site.site.settings.calendar;
        understand(&self.inner.lexicon, text, *setting.at, calendar)
    }

    /// The question, with the one that it completes where it answers what we asked back.
    fn complete(&self, question: &str, setting: &Setting<'_>) -> (Understood, Option<String>) {
        let understood = self.understood(question, setting);
        let Some(topic) = setting
            .topic
            .filter(|topic| topic.asked_back && understood.completes())
        else {
            return (understood, None);
        };
        let whole = self.understood(&format!("{} {question}", topic.question), setting);
        let whole = Understood {
            follow_up: FollowUp::No,
            ..whole
        };
        (whole, Some(topic.question.clone()))
    }

    /// What the conversation hands to the question.
    fn carried(
        &self,
        question: &mut Understood,
        mentions: &[Mention],
        setting: &Setting<'_>,
    ) -> Option<Understood> {
        let topic = setting.topic.filter(|topic| !topic.question.is_empty())?;
        if question.follow_up == FollowUp::No {
            return None;
        }
        let before = self.understood(&topic.question, setting);
        if let Some(dated) = follow_up::dated(&before, question) {
            *question = Understood {
                follow_up: FollowUp::Yes,
                ..self.understood(&dated, setting)
            };
        }
        if follow_up::street(&before).is_some() && follow_up::names_only_a_street(question) {
            question.follow_up = FollowUp::Yes;
        }
        let text = follow_up::carried(&before, question, mentions, setting.directory);
        let mut carried = self.understood(&text, setting);
        carried.asked = before.asked;
        // What replaces a time may still be a part of its day.
        if !question.times.is_empty() {
            carried.times = before.times;
        }
        Some(carried)
    }

    /// What search finds for the question together with what was asked before, where it leans on that; and what it finds
    /// for the question alone, where that had to be known to tell.
    async fn lean(
        &self,
        carried: &Understood,
        question: &Understood,
        setting: &Setting<'_>,
        snapshot: &mut Snapshot,
    ) -> Result<(Option<Ranking>, Option<Ranking>), AskError> {
        let spoken_of = setting.spoken_of();
        let subject = snapshot
            .published_documents(spoken_of.as_slice(), setting.at)
            .await?;
        let bearing = Bearing::of(subject.first(), question);
        if question.follow_up == FollowUp::Short && bearing != Bearing::Whole {
            return Ok((None, None));
        }
        let together = self.search_both(carried, question, setting).await?;
        let alone = match question.follow_up {
            FollowUp::Maybe => Some(self.search(question.text.clone(), setting).await?),
            FollowUp::No | FollowUp::Short | FollowUp::Yes => None,
        };
        let rival = alone
            .as_ref()
            .and_then(|alone| alone.hits.first())
            .filter(|best| Some(best.document) != spoken_of)
            .map_or(0.0, |best| best.confidence);
        let found = together.hits.first().map(|best| best.document) == spoken_of;
        let leans = follow_up::leans(question, bearing, found, rival);
        Ok((leans.then_some(together), alone))
    }

    /// The places that a question names, or the body that it calls by its name.
    fn mentions(&self, directory: &Directory, question: &Understood) -> Vec<Mention> {
        let mut mentions = directory.mentions(&question.words);
        if mentions.is_empty()
            && let Some((body, words)) = self.inner.competences.named(&question.words)
            && let Some(place) = directory.body(body.level.as_deref(), &body.names)
        {
            let places = vec![Arc::clone(place)];
            mentions.push(Mention { words, places });
        }
        mentions
    }

    async fn search_both(
        &self,
        before: &Understood,
        question: &Understood,
        setting: &Setting<'_>,
    ) -> Result<Ranking, AskError> {
        let text = format!("{} {}", before.text, question.text);
        self.search(text, setting).await
    }

    async fn search(&self, text: String, setting: &Setting<'_>) -> Result<Ranking, AskError> {
        let index = self.inner.indexes.current().ok_or(AskError::NotReady)?;
        let collections: Vec<CollectionId> = setting.site.collections.clone();
        let searching =
            tokio::task::spawn_blocking(move || index.search(&Query::new(text), &collections, RANKED));
        Ok(searching.await.map_err(|_| Error::Interrupted("searching"))??)
    }
}
