//! What is remembered of a conversation, and what residents think of its answers.

use crate::reply::{Reply, Spoken};
use crate::{Assistant, Error, FeedbackError};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::ids::RevisionId;
use domain::personal_data;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use store::{ConversationCode, Opinion, Purged, Snapshot, StoreError, StoredTurn, TurnId};

/// What the next question may lean on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Topic {
    /// The documents spoken of, by their rows, the main one first.
    pub documents: Vec<i64>,
    /// What was asked, with what it leant on itself, personal data redacted.
    pub question: String,
    /// Whether it was asked back what is meant, so that what comes next completes the question.
    #[serde(default)]
    pub asked_back: bool,
}

/// A turn as it is kept, sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub reply: Reply,
    /// What there was to say beyond the channel's budget; empty where it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub whole: Vec<Spoken>,
    pub topic: Topic,
}

impl Kept {
    /// What a stored turn holds; none where an earlier version wrote it otherwise.
    pub(crate) fn of(turn: &StoredTurn) -> Option<Self> {
        serde_json::from_str(&turn.answer).ok()
    }

    /// Whether everything that it says may still be quoted.
    pub(crate) async fn still_true(
        &self,
        snapshot: &mut Snapshot,
        at: &DateTime<Tz>,
    ) -> Result<bool, StoreError> {
        let said = self.reply.statements.iter().chain(&self.whole);
        let cited: HashSet<i64> = said
            .flat_map(|statement| &statement.sources)
            .map(|source| source.revision)
            .collect();
        let revisions: Vec<_> = cited.into_iter().map(RevisionId).collect();
        Ok(snapshot.published(&revisions, at).await?.len() == revisions.len())
    }
}

/// Why an answer did not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is wrong.
    Wrong,
    /// Something is missing.
    Incomplete,
    /// It is out of date.
    Outdated,
    /// It is hard to understand.
    Unclear,
    /// Something else.
    Other,
}

/// What a resident thinks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    /// It helped.
    Helpful,
    /// It did not.
    NotHelpful {
        /// Why, if they say.
        reason: Option<Reason>,
        /// In their words, if they say.
        comment: Option<String>,
    },
}

#[derive(Serialize)]
struct KeptReason {
    reason: Option<Reason>,
    comment: Option<String>,
}

impl Assistant {
    /// Keeps what a resident thinks of an answer, personal data redacted.
    ///
    /// # Errors
    /// When the answer is unknown or forgotten, or the database does not answer.
    pub async fn feedback(
        &self,
        answer: &str,
        feedback: Feedback,
        now: DateTime<Utc>,
    ) -> Result<(), FeedbackError> {
        let answer = TurnId::parse(answer).map_err(|_| FeedbackError::UnknownAnswer)?;
        let feedback = match feedback {
            Feedback::Helpful => store::Feedback {
                opinion: Opinion::Helpful,
                reason: None,
            },
            Feedback::NotHelpful { reason, comment } => {
                let comment = comment.map(|comment| personal_data::redact(&comment).text);
                let kept = KeptReason { reason, comment };
                let reason = serde_json::to_string(&kept).ok();
                store::Feedback {
                    opinion: Opinion::NotHelpful,
                    reason,
                }
            }
        };
        match self.store.give_feedback(answer, feedback, now).await {
            Ok(()) => Ok(()),
            Err(StoreError::NotFound { .. }) => Err(FeedbackError::UnknownAnswer),
            Err(error) => Err(FeedbackError::Failed(error.into())),
        }
    }

    /// Deletes a conversation; `false` where there is none of that code.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delete_conversation(&self, code: &str) -> Result<bool, Error> {
        let Ok(code) = ConversationCode::parse(code) else {
            return Ok(false);
        };
        Ok(self.store.delete_conversation(&code).await? > 0)
    }

    /// Deletes what has expired, and erases the keys of periods that are over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn purge(&self, now: DateTime<Utc>) -> Result<Purged, Error> {
        Ok(self.store.purge(now).await?)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Ask, Channel, IndexPlace, Setup, Target};
    use chrono_tz::Europe::Paris;
    use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
    use domain::site::SiteSettings;

    pub(crate) fn now() -> DateTime<Utc> {
        "2026-03-18T09:15:00Z".parse().unwrap()
    }

    pub(crate) async fn town() -> Assistant {
        let setup = Setup {
            store: Target::SqliteMemory,
            index: IndexPlace::Memory,
            installation_key: [7; 32],
        };
        let assistant = Assistant::open(setup).await.unwrap();
        let settings = SiteSettings {
            name: "Moulin".into(),
            calendar: TownCalendar {
                timezone: Paris,
                region: HolidayRegion::Metropole,
                zone: SchoolZone::B,
            },
            languages: vec!["fr".into()],
            origins: vec![],
            default_counter: None,
            web_retention_days: 30,
        };
        assistant.ensure_site("moulin", settings).await.unwrap();
        assistant
    }

    fn ask(question: &str, channel: Channel) -> Ask {
        Ask {
            site: "moulin".into(),
            question: question.into(),
            conversation: None,
            channel,
            budget: None,
            language: None,
            easy_to_read: false,
            idempotency_key: None,
            now: now(),
        }
    }

    async fn kept(town: &Assistant, reply: &Reply) -> Vec<store::StoredTurn> {
        let code = ConversationCode::parse(&reply.conversation).unwrap();
        town.store.turns(&code, 10, now()).await.unwrap()
    }

    // A search of the database's bytes would not tell: what is kept is sealed.
    #[tokio::test]
    async fn what_is_kept_of_a_turn_holds_no_personal_data_even_once_it_is_opened() {
        let town = town().await;
        let question = "Je suis Madame Zibrowicz, au 06 98 71 23 41, où est la mairie ?";
        let reply = town.ask(ask(question, Channel::Web)).await.unwrap();
        let comment = Some("Écrivez à zibro@kanar.example".to_owned());
        let feedback = Feedback::NotHelpful {
            reason: None,
            comment,
        };
        town.feedback(&reply.id, feedback, now()).await.unwrap();
        let turns = kept(&town, &reply).await;
        assert_eq!(
            turns[0].question,
            "Je suis Madame [nom], au [téléphone], où est la mairie ?"
        );
        let reason = turns[0].feedback.as_ref().unwrap().reason.as_ref().unwrap();
        assert!(reason.contains("[e-mail]"), "{reason}");
        for kept in [&turns[0].answer, reason] {
            let canary = ["Zibro", "zibro", "98 71"]
                .into_iter()
                .find(|words| kept.contains(words));
            assert_eq!(canary, None, "{kept}");
        }
    }

    #[tokio::test]
    async fn nothing_is_kept_of_an_exam() {
        let town = town().await;
        let reply = town.ask(ask("Où est la mairie ?", Channel::Exam)).await.unwrap();
        assert!(kept(&town, &reply).await.is_empty());
        let reply = town.ask(ask("Où est la mairie ?", Channel::Web)).await.unwrap();
        assert_eq!(kept(&town, &reply).await.len(), 1);
    }
}
