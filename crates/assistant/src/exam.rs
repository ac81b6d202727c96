//! The exam: questions with the documents that must answer them, or that must be refused, and the marks.

mod model;
mod readability;

pub use model::{ModelMarks, Wish};

use crate::ask::{Answered, Ask, Channel};
use crate::read::Observed;
use crate::understand::fold;
use crate::{
    AskError, Assistant, Error, Import, IndexPlace, Meter, Opinions, Scope, SecondOpinion, Setup, Target,
};
use chrono::{DateTime, Utc};
use domain::answer::Verdict;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::document::Draft;
use domain::life::{InvalidPerson, Person};
use domain::site::SiteSettings;
use domain::statement::Role;
use ingest::Refused;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

/// The budget of one SMS answer, printed beside the exam's own.
const ONE_SMS_ANSWER: usize = 306;
/// The site that a corpus is examined in.
const EXAM_SITE: &str = "exam";

/// A question of an exam.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// Its name.
    pub qid: String,
    /// The question.
    pub query: String,
    /// The documents any of which answers; empty where it must be refused.
    #[serde(default)]
    pub gold: Vec<String>,
    /// Words that the composed answer must hold.
    pub answer: Option<String>,
    /// The verdict that is expected.
    pub verdict: Option<Verdict>,
    /// Words that what is said must hold, besides.
    pub contains: Option<String>,
    /// The question of the same conversation that it follows.
    pub after: Option<String>,
}

/// What one question got.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The question's name.
    pub qid: String,
    /// Documents, best first.
    pub ranked: Vec<String>,
    /// The confidence of the answer.
    pub score: f32,
    /// The composed answer.
    pub excerpt: String,
    /// Whether no answer was given.
    pub abstain: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// The documents that the answer rests on.
    #[serde(skip)]
    pub cited: Vec<String>,
    /// All that was said.
    #[serde(skip)]
    pub said: String,
    #[serde(skip)]
    milliseconds: f64,
    #[serde(skip)]
    in_one_sms: Option<bool>,
}

/// The marks of an exam; a mark is missing where no question asks for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marks {
    /// Shares of the answerable questions with a gold document among the first so many, and the mean reciprocal rank.
    #[serde(rename = "R@1")]
    pub recall_1: Option<f64>,
    /// See `R@1`.
    #[serde(rename = "R@3")]
    pub recall_3: Option<f64>,
    /// See `R@1`.
    #[serde(rename = "R@5")]
    pub recall_5: Option<f64>,
    /// See `R@1`.
    #[serde(rename = "R@10")]
    pub recall_10: Option<f64>,
    /// Mean reciprocal rank within the first ten.
    #[serde(rename = "MRR@10")]
    pub mrr_10: Option<f64>,
    /// Share of the rows with an answer span whose composed answer holds it.
    pub span_in_answer: Option<f64>,
    /// The same within one SMS answer (306 characters).
    pub span_in_answer_306: Option<f64>,
    /// Share of the answerable questions that were given an answer.
    pub answered: Option<f64>,
    /// Share of the answers given that rest on a gold document.
    pub precision: Option<f64>,
    /// Share of the unanswerable questions that were refused.
    pub refused: Option<f64>,
    /// Area under the ROC curve of the confidence, answerable against unanswerable.
    pub auroc: Option<f64>,
    /// Share of the questions with an expected verdict that got it.
    pub verdicts: Option<f64>,
    /// Calibration: for each tenth of confidence, questions, mean confidence, share of right answers.
    pub reliability: Vec<Bin>,
    /// Time a question.
    pub ms_per_question: Milliseconds,
    /// What became of second opinions, where these are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_opinions: Option<Opinions>,
    /// How many questions.
    pub questions: usize,
    /// How many documents.
    pub documents: usize,
    /// How long importing and indexing took.
    pub index_seconds: f64,
}

/// A tenth of the confidence scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Questions whose confidence falls in it.
    pub questions: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them whose best document is a gold one.
    pub right: f64,
}

/// A distribution of times, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Milliseconds {
    /// The middle one.
    pub median: f64,
    /// The one that 99 in 100 stay under.
    pub p99: f64,
}

impl Milliseconds {
    fn of(times: impl Iterator<Item = f64>) -> Self {
        let mut times: Vec<f64> = times.collect();
        times.sort_by(f64::total_cmp);
        let percentile = |share: f64| {
            let at = ((times.len() as f64 * share) as usize).min(times.len().max(1) - 1);
            times.get(at).copied().unwrap_or_default()
        };
        Self {
            median: percentile(0.5),
            p99: percentile(0.99),
        }
    }
}

/// An exam that could not be held.
#[derive(Debug, thiserror::Error)]
pub enum ExamError {
    /// A line of the questions that is not one.
    #[error("{file}, line {line}: {cause}; a question is a JSON object with \"qid\", \"query\" and \"gold\"")]
    Question {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        cause: serde_json::Error,
    },
    /// A question that follows one that is not there, or comes later.
    #[error("question {qid:?} follows {after:?}, which does not stand before it")]
    After {
        /// The question.
        qid: String,
        /// The one that is missing.
        after: String,
    },
    /// A document of the corpus that cannot be read.
    #[error(transparent)]
    Corpus(#[from] Refused),
    /// A question that got an error.
    #[error("question {qid:?}: {cause}")]
    Ask {
        /// The question.
        qid: String,
        /// The error.
        cause: AskError,
    },
    /// A use case that failed.
    #[error(transparent)]
    Failed(#[from] Error),
    /// A name in our own set-up.
    #[error(transparent)]
    Person(#[from] InvalidPerson),
}

/// An exam to be held.
#[derive(Debug)]
pub struct Exam {
    assistant: Assistant,
    site: String,
    documents: usize,
    index_seconds: f64,
}

impl Question {
    /// Reads questions, a JSON object a line; empty lines are passed over.
    ///
    /// # Errors
    /// When a line is no question.
    pub fn read_all(file: &str, text: &str) -> Result<Vec<Self>, ExamError> {
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(index, line)| {
                let error = |cause| ExamError::Question {
                    file: file.to_owned(),
                    line: index + 1,
                    cause,
                };
                serde_json::from_str(line).map_err(error)
            })
            .collect()
    }
}

impl Exam {
    /// Examines a site as it is.
    #[must_use]
    pub fn of_site(assistant: Assistant, site: &str, documents: usize) -> Self {
        Self {
            assistant,
            site: site.to_owned(),
            documents,
            index_seconds: 0.0,
        }
    }

    /// Makes a site in memory of a corpus, and examines it.
    ///
    /// # Errors
    /// When a document cannot be read, or the site cannot be made.
    pub async fn of_corpus(
        documents: impl Iterator<Item = Result<Draft, Refused>>,
        now: DateTime<Utc>,
        progress: impl FnMut(crate::Progress),
    ) -> Result<Self, ExamError> {
        let started = Instant::now();
        let setup = Setup {
            store: Target::SqliteMemory,
            index: IndexPlace::Memory,
            installation_key: [0; 32],
        };
        let assistant = Assistant::open(setup).await?;
        assistant.ensure_site(EXAM_SITE, exam_settings()).await?;
        let examiner = Person::new("exam")?;
        let import = Import {
            site: EXAM_SITE.to_owned(),
            scope: Scope::Site,
            collection: EXAM_SITE.to_owned(),
            source: EXAM_SITE.to_owned(),
            author: examiner.clone(),
            trusted_by: Some(examiner),
            now,
        };
        // The first document that cannot be read ends the exam: its marks would be those of another corpus.
        let mut refused = None;
        let readable = documents.map_while(|document| match document {
            Ok(draft) => Some(Ok(draft)),
            Err(error) => {
                refused = Some(error);
                None
            }
        });
        let report = assistant.import(&import, readable, progress).await?;
        if let Some(refused) = refused {
            return Err(refused.into());
        }
        assistant.catch_up().await?;
        let documents = report.published;
        Ok(Self {
            assistant,
            site: EXAM_SITE.to_owned(),
            documents,
            index_seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// The same exam with a meter for the energy of its answers.
    #[must_use]
    pub fn with_meter(self, meter: Meter) -> Self {
        Self {
            assistant: self.assistant.with_meter(meter),
            ..self
        }
    }

    /// The same exam with a second opinion on which document answers best.
    #[must_use]
    pub fn with_second_opinion(self, opinion: SecondOpinion) -> Self {
        Self {
            assistant: self.assistant.with_second_opinion(opinion),
            ..self
        }
    }

    /// What reading sees of a document that search finds for a question, to learn its weights from; nothing where it is
    /// not found.
    ///
    /// # Errors
    /// When the index or the database does not answer.
    pub async fn observe(
        &self,
        question: &str,
        document: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<Observed>, AskError> {
        let observing = self.assistant.observe(&self.site, question, document, now);
        observing.await
    }

    /// Asks every question, with answers of at most `budget` characters; `progress` hears of each.
    ///
    /// # Errors
    /// When a question gets an error instead of an answer.
    pub async fn hold(
        &self,
        questions: &[Question],
        budget: usize,
        now: DateTime<Utc>,
        mut progress: impl FnMut(),
    ) -> Result<(Marks, Vec<Row>), ExamError> {
        let followed: HashSet<&str> = questions
            .iter()
            .filter_map(|question| question.after.as_deref())
            .collect();
        let mut conversations: HashMap<&str, String> = HashMap::new();
        let mut rows = Vec::with_capacity(questions.len());
        for question in questions {
            let conversation = match &question.after {
                None => None,
                Some(after) => {
                    Some(
                        conversations
                            .get(after.as_str())
                            .cloned()
                            .ok_or_else(|| ExamError::After {
                                qid: question.qid.clone(),
                                after: after.clone(),
                            })?,
                    )
                }
            };
            let in_conversation = conversation.is_some() || followed.contains(question.qid.as_str());
            let ask = Ask {
                site: self.site.clone(),
                question: question.query.clone(),
                conversation,
                channel: if in_conversation {
                    Channel::CommandLine
                } else {
                    Channel::Exam
                },
                budget: Some(budget),
                language: None,
                easy_to_read: false,
                idempotency_key: None,
                now,
            };
            let started = Instant::now();
            let answered = self.ask(question, ask.clone()).await?;
            let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
            if in_conversation {
                conversations.insert(&question.qid, answered.reply.conversation.clone());
            }
            let mut row = row(question, answered, milliseconds);
            if let Some(span) = &question.answer {
                let short = Ask {
                    budget: Some(ONE_SMS_ANSWER),
                    channel: Channel::Exam,
                    conversation: None,
                    ..ask
                };
                row.in_one_sms = Some(holds(&composed(&self.ask(question, short).await?), span));
            }
            rows.push(row);
            progress();
        }
        for code in conversations.values() {
            self.assistant.delete_conversation(code).await?;
        }
        Ok((self.marks(questions, &rows), rows))
    }

    async fn ask(&self, question: &Question, ask: Ask) -> Result<Answered, ExamError> {
        let answered = self.assistant.answer(ask).await;
        answered.map_err(|cause| ExamError::Ask {
            qid: question.qid.clone(),
            cause,
        })
    }

    fn marks(&self, questions: &[Question], rows: &[Row]) -> Marks {
        let both = || questions.iter().zip(rows);
        let answerable = || both().filter(|(question, _)| !question.gold.is_empty());
        let rank =
            |question: &Question, row: &Row| row.ranked.iter().position(|id| question.gold.contains(id));
        let recall =
            |depth| share(answerable().map(|(q, row)| rank(q, row).is_some_and(|rank| rank < depth)));
        let reciprocal = answerable().map(|(q, row)| {
            rank(q, row)
                .filter(|rank| *rank < 10)
                .map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0))
        });
        let spans = || both().filter_map(|(q, row)| Some((row, q.answer.as_ref()?)));
        let given = both().filter(|(_, row)| !row.abstain);
        Marks {
            recall_1: recall(1),
            recall_3: recall(3),
            recall_5: recall(5),
            recall_10: recall(10),
            mrr_10: mean(reciprocal),
            span_in_answer: share(spans().map(|(row, span)| holds(&row.excerpt, span))),
            span_in_answer_306: share(spans().filter_map(|(row, _)| row.in_one_sms)),
            answered: share(answerable().map(|(_, row)| !row.abstain)),
            precision: share(given.map(|(q, row)| row.cited.iter().any(|id| q.gold.contains(id)))),
            refused: share(
                both()
                    .filter(|(q, _)| q.gold.is_empty())
                    .map(|(_, row)| row.abstain),
            ),
            auroc: auroc(questions, rows),
            verdicts: share(both().filter_map(|(q, row)| Some(row.verdict == q.verdict?))),
            reliability: reliability(both().map(|(q, row)| (f64::from(row.score), rank(q, row) == Some(0)))),
            ms_per_question: Milliseconds::of(rows.iter().map(|row| row.milliseconds)),
            second_opinions: self.assistant.second_opinions(),
            questions: questions.len(),
            documents: self.documents,
            index_seconds: self.index_seconds,
        }
    }
}

fn exam_settings() -> SiteSettings {
    SiteSettings {
        name: EXAM_SITE.to_owned(),
        calendar: TownCalendar {
            timezone: chrono_tz::Europe::Paris,
            region: HolidayRegion::Metropole,
            zone: SchoolZone::B,
        },
        languages: vec!["fr".to_owned()],
        origins: Vec::new(),
        default_counter: None,
        web_retention_days: 1,
    }
}

fn row(question: &Question, answered: Answered, milliseconds: f64) -> Row {
    let excerpt = composed(&answered);
    let reply = answered.reply;
    let answering = reply
        .statements
        .iter()
        .filter(|statement| statement.role == Role::Answer);
    let mut cited: Vec<String> = answering
        .flat_map(|statement| &statement.sources)
        .map(|source| source.document.clone())
        .collect();
    cited.dedup();
    let gives = matches!(
        reply.verdict,
        Verdict::Answered | Verdict::Partial | Verdict::Elsewhere
    );
    let abstain = !gives || cited.is_empty();
    Row {
        qid: question.qid.clone(),
        ranked: answered.ranked.iter().map(|id| id.as_str().to_owned()).collect(),
        // Who says whose it is, and quotes nothing, says that the content does not hold it.
        score: if abstain && gives { 0.0 } else { reply.confidence },
        abstain,
        verdict: reply.verdict,
        said: reply.text(),
        excerpt,
        cited,
        milliseconds,
        in_one_sms: None,
    }
}

/// What the answer says of the subject, without the counter and our own words about it.
fn composed(answered: &Answered) -> String {
    let said = answered.reply.statements.iter();
    let said =
        said.filter(|statement| matches!(statement.role, Role::Answer | Role::Condition | Role::Notice));
    said.map(|statement| statement.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether `text` holds `span`, case, accents and punctuation aside.
fn holds(text: &str, span: &str) -> bool {
    let bare = |text: &str| {
        let folded = fold(text);
        let words: Vec<_> = folded
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        words.join(" ")
    };
    bare(text).contains(&bare(span))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

fn share(values: impl Iterator<Item = bool>) -> Option<f64> {
    mean(values.map(f64::from))
}

/// The probability that an answerable question is surer than an unanswerable one (Mann-Whitney).
fn auroc(questions: &[Question], rows: &[Row]) -> Option<f64> {
    let mut scored: Vec<(f32, bool)> = questions
        .iter()
        .zip(rows)
        .map(|(question, row)| (row.score, !question.gold.is_empty()))
        .collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = scored.iter().filter(|(_, answerable)| *answerable).count() as f64;
    let negatives = scored.len() as f64 - positives;
    let mut ranks = 0.0;
    let mut start = 0;
    while start < scored.len() {
        let end = start
            + scored[start..]
                .iter()
                .take_while(|(score, _)| *score == scored[start].0)
                .count();
        let tied = scored[start..end]
            .iter()
            .filter(|(_, answerable)| *answerable)
            .count() as f64;
        ranks += tied * (start + end + 1) as f64 / 2.0;
        start = end;
    }
    (positives > 0.0 && negatives > 0.0)
        .then(|| (ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

fn reliability(scored: impl Iterator<Item = (f64, bool)>) -> Vec<Bin> {
    let mut bins: BTreeMap<usize, Vec<(f64, bool)>> = BTreeMap::new();
    for (score, right) in scored {
        bins.entry(((score * 10.0) as usize).min(9))
            .or_default()
            .push((score, right));
    }
    bins.into_values()
        .map(|bin| Bin {
            questions: bin.len(),
            confidence: mean(bin.iter().map(|(score, _)| *score)).unwrap_or_default(),
            right: share(bin.iter().map(|(_, right)| *right)).unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_held_whatever_its_accents_and_punctuation() {
        assert!(holds("Le tarif est de 2,50\u{202f}€ (réduit).", "2,50 € réduit"));
        assert!(!holds("Le tarif est de 3 €.", "2 €"));
    }

    fn asked(gold: &[&str], score: f32) -> (Question, Row) {
        let gold: Vec<String> = gold.iter().map(|id| (*id).to_owned()).collect();
        let question = Question {
            qid: "q".into(),
            query: "?".into(),
            gold,
            answer: None,
            verdict: None,
            contains: None,
            after: None,
        };
        let row = Row {
            qid: "q".into(),
            ranked: vec![],
            score,
            excerpt: String::new(),
            abstain: true,
            verdict: Verdict::Unknown,
            cited: vec![],
            said: String::new(),
            milliseconds: 0.0,
            in_one_sms: None,
        };
        (question, row)
    }

    #[test]
    fn auroc_is_one_when_confidence_tells_and_a_half_when_it_does_not() {
        let mark = |scores: &[(&[&str], f32)]| {
            let (questions, rows): (Vec<_>, Vec<_>) =
                scores.iter().map(|(gold, score)| asked(gold, *score)).unzip();
            auroc(&questions, &rows)
        };
        assert_eq!(mark(&[(&["a"], 0.9), (&[], 0.1)]), Some(1.0));
        assert_eq!(mark(&[(&["a"], 0.5), (&[], 0.5)]), Some(0.5));
        assert_eq!(mark(&[(&["a"], 0.5)]), None);
    }
}
