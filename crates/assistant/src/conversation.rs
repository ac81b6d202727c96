//! What is remembered of a conversation, and what residents think of its answers.

use crate::reply::{Reply, Spoken};
use crate::{Assistant, Error, FeedbackError};
use chrono::{DateTime, Utc};
use domain::personal_data;
use serde::{Deserialize, Serialize};
use store::{ConversationCode, Opinion, Purged, StoreError, TurnId};

/// What the next question may lean on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Topic {
    /// The documents spoken of, by their rows, the main one first.
    pub documents: Vec<i64>,
    /// What was asked, with what it leant on itself, personal data redacted.
    pub question: String,
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
