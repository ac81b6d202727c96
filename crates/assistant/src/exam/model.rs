//! The exam of a language model: what becomes of its sentences on the answers to a town's own questions.

use super::readability::reading_ease;
use super::{Exam, ExamError, Milliseconds, Question, mean, row, share};
use crate::Assistant;
use crate::ask::{Ask, Channel};
use crate::energy::Measuring;
use crate::reply::Kind;
use crate::reword::{Model, Tally};
use chrono::{DateTime, Utc};
use domain::energy::{Measured, Method};
use domain::language::Language;
use generation::Pace;
use serde::Serialize;
use std::time::Instant;

/// The marks of a model; a mark is missing where nothing tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelMarks {
    /// Share of the answerable questions that were given an answer.
    pub answered: Option<f64>,
    /// Share of the unanswerable questions that were refused.
    pub refused: Option<f64>,
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
    /// Share of its sentences that were proven.
    pub proven: Option<f64>,
    /// How plain the sentences that were shown read, by Kandel and Moles (1958): higher is plainer.
    pub reading_ease: Option<f64>,
    /// The same of the extracts of these answers.
    pub reading_ease_of_extracts: Option<f64>,
    /// Time to its first proven sentence, of the answers that got one.
    pub ms_to_first: Milliseconds,
    /// Time until it had ended.
    pub ms_to_end: Milliseconds,
    /// Tokens a second while it writes, reading its prompt left out; of a server, events of its stream.
    pub tokens_per_second: Option<f64>,
    /// Watt-hours of an answer that was given to the model, its extracts included: the mean.
    pub watt_hours: Option<f64>,
    /// Watt-hours of an answer until its extracts stand: the mean.
    pub watt_hours_of_extracts: Option<f64>,
    /// How energy was found.
    pub energy_method: Option<Method>,
}

/// What answers are wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Extracts in very simple words.
    pub easy_to_read: bool,
    /// Another language than the question's: extracts translated into it.
    pub language: Option<Language>,
}

/// What one question got.
struct Got {
    answerable: bool,
    abstained: bool,
    extracts_energy: Option<Measured>,
    said: Option<Said>,
}

/// What an answer got from the model.
struct Said {
    tally: Tally,
    first: Option<f64>,
    end: f64,
    paces: Vec<Pace>,
    energy: Option<Measured>,
    extracts: Vec<String>,
    sentences: Vec<String>,
}

impl Exam {
    /// Lets a model say the answers to `questions` again, as `wish` says, one at a time, those that follow another one left
    /// out; nothing is kept.
    ///
    /// # Errors
    /// When a question gets an error instead of an answer.
    pub async fn hold_for_model(
        &self,
        model: Model,
        wish: Wish,
        questions: &[Question],
        now: DateTime<Utc>,
        mut progress: impl FnMut(),
    ) -> Result<ModelMarks, ExamError> {
        let model = Model {
            easy_to_read: model.easy_to_read || wish.easy_to_read,
            translations: model.translations || wish.language.is_some(),
            ..model
        };
        let assistant = self.assistant.clone().with_model(model);
        let mut got = Vec::new();
        for question in questions {
            if question.after.is_none() {
                got.push(self.let_it_say(&assistant, wish, question, now).await?);
            }
            progress();
        }
        let marks = marks(&got);
        Ok(match wish.language {
            None | Some(Language::French) => marks,
            // The measure is of French.
            Some(_) => ModelMarks {
                reading_ease: None,
                ..marks
            },
        })
    }

    async fn let_it_say(
        &self,
        assistant: &Assistant,
        wish: Wish,
        question: &Question,
        now: DateTime<Utc>,
    ) -> Result<Got, ExamError> {
        let ask = Ask {
            site: self.site.clone(),
            question: question.query.clone(),
            conversation: None,
            channel: Channel::Exam,
            budget: None,
            language: wish.language,
            easy_to_read: wish.easy_to_read,
            idempotency_key: None,
            now,
        };
        let answered = assistant.answer(ask).await;
        let mut answered = answered.map_err(|cause| ExamError::Ask {
            qid: question.qid.clone(),
            cause,
        })?;
        let extracts_energy = answered.measuring.as_ref().map(Measuring::so_far);
        let quoted = answered.reply.statements.iter();
        let quoted = quoted.filter(|statement| statement.kind == Kind::Quoted);
        let extracts = quoted.map(|statement| statement.text.clone()).collect();
        let rewording = answered.reword(assistant);
        let mut got = Got {
            answerable: !question.gold.is_empty(),
            abstained: row(question, answered, 0.0).abstain,
            extracts_energy,
            said: None,
        };
        let Some(mut rewording) = rewording else {
            return Ok(got);
        };
        let began = Instant::now();
        let milliseconds = || began.elapsed().as_secs_f64() * 1_000.0;
        let (mut first, mut sentences) = (None, Vec::new());
        while let Some(statement) = rewording.next(|| now).await {
            if statement.kind != Kind::Fixed {
                first.get_or_insert_with(milliseconds);
                sentences.push(statement.text);
            }
        }
        got.said = Some(Said {
            tally: rewording.tally(),
            first,
            end: milliseconds(),
            paces: rewording.paces(),
            energy: rewording.energy(),
            extracts,
            sentences,
        });
        Ok(got)
    }
}

fn marks(got: &[Got]) -> ModelMarks {
    let said: Vec<&Said> = got.iter().filter_map(|got| got.said.as_ref()).collect();
    let count = |of: fn(&Tally) -> usize| said.iter().map(|said| of(&said.tally)).sum();
    let (shown, dropped, repeated) = (
        count(|tally| tally.shown),
        count(|tally| tally.dropped),
        count(|tally| tally.repeated),
    );
    let reworded: Vec<&&Said> = said.iter().filter(|said| said.tally.shown > 0).collect();
    let ease = |texts: fn(&Said) -> &[String]| {
        let texts = reworded.iter().flat_map(|said| texts(said));
        reading_ease(texts.map(String::as_str))
    };
    let watt_hours = |measured: &Measured| measured.energy.watt_hours();
    ModelMarks {
        answered: share(got.iter().filter(|got| got.answerable).map(|got| !got.abstained)),
        refused: share(got.iter().filter(|got| !got.answerable).map(|got| got.abstained)),
        given: said.len(),
        reworded: reworded.len(),
        shown,
        dropped,
        repeated,
        proven: part_of(shown + repeated, shown + repeated + dropped),
        reading_ease: ease(|said| &said.sentences),
        reading_ease_of_extracts: ease(|said| &said.extracts),
        ms_to_first: Milliseconds::of(said.iter().filter_map(|said| said.first)),
        ms_to_end: Milliseconds::of(said.iter().map(|said| said.end)),
        tokens_per_second: Pace::per_second(said.iter().flat_map(|said| &said.paces)),
        watt_hours: mean(
            said.iter()
                .filter_map(|said| said.energy.as_ref().map(watt_hours)),
        ),
        watt_hours_of_extracts: mean(
            got.iter()
                .filter_map(|got| got.extracts_energy.as_ref().map(watt_hours)),
        ),
        energy_method: got.iter().find_map(|got| Some(got.extracts_energy?.method)),
    }
}

fn part_of(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
