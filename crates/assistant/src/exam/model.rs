//! The exam of a language model: what becomes of its sentences on the answers to a town's own questions.

use super::{Exam, ExamError, Milliseconds, Question};
use crate::ask::{Ask, Channel};
use crate::reply::Kind;
use crate::reword::{Model, Tally};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::time::Instant;

/// The marks of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelMarks {
    /// Answers that hold extracts, and were given to the model.
    pub given: usize,
    /// Those to which it added a sentence that was proven.
    pub reworded: usize,
    /// Its sentences that were proven, and shown.
    pub shown: usize,
    /// Its sentences that were dropped: not proven.
    pub dropped: usize,
    /// Its sentences that were left out: an extract says just that.
    pub repeated: usize,
    /// Time to its first proven sentence, of the answers that got one.
    pub ms_to_first: Milliseconds,
    /// Time until it had ended.
    pub ms_to_end: Milliseconds,
}

/// What one answer got from the model.
struct Said {
    tally: Tally,
    first: Option<f64>,
    end: f64,
}

impl Exam {
    /// The same exam with a model.
    #[must_use]
    pub fn with_model(self, model: Model) -> Self {
        Self {
            assistant: self.assistant.with_model(model),
            ..self
        }
    }

    /// Lets the model say the answers to `questions` again, one at a time, those that follow another one left out; nothing is kept.
    ///
    /// # Errors
    /// When a question gets an error instead of an answer.
    pub async fn hold_for_model(
        &self,
        questions: &[Question],
        now: DateTime<Utc>,
        mut progress: impl FnMut(),
    ) -> Result<ModelMarks, ExamError> {
        let mut said = Vec::new();
        for question in questions {
            if question.after.is_none() {
                said.extend(self.let_it_say(question, now).await?);
            }
            progress();
        }
        let count = |of: fn(&Tally) -> usize| said.iter().map(|said| of(&said.tally)).sum();
        Ok(ModelMarks {
            given: said.len(),
            reworded: said.iter().filter(|said| said.tally.shown > 0).count(),
            shown: count(|tally| tally.shown),
            dropped: count(|tally| tally.dropped),
            repeated: count(|tally| tally.repeated),
            ms_to_first: Milliseconds::of(said.iter().filter_map(|said| said.first)),
            ms_to_end: Milliseconds::of(said.iter().map(|said| said.end)),
        })
    }

    async fn let_it_say(&self, question: &Question, now: DateTime<Utc>) -> Result<Option<Said>, ExamError> {
        let ask = Ask {
            site: self.site.clone(),
            question: question.query.clone(),
            conversation: None,
            channel: Channel::Exam,
            budget: None,
            language: None,
            idempotency_key: None,
            now,
        };
        let asked = self.assistant.ask_and_reword(ask).await;
        let (_, rewording) = asked.map_err(|cause| ExamError::Ask {
            qid: question.qid.clone(),
            cause,
        })?;
        let Some(mut rewording) = rewording else {
            return Ok(None);
        };
        let began = Instant::now();
        let milliseconds = || began.elapsed().as_secs_f64() * 1_000.0;
        let mut first = None;
        while let Some(statement) = rewording.next(|| now).await {
            if statement.kind == Kind::Reworded {
                first.get_or_insert_with(milliseconds);
            }
        }
        Ok(Some(Said {
            tally: rewording.tally(),
            first,
            end: milliseconds(),
        }))
    }
}
