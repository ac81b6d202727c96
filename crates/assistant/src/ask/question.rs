//! What is asked, and how it came in.

use crate::AskError;
use chrono::{DateTime, Utc};
use domain::language::Language;

/// The longest question, in characters.
const LONGEST_QUESTION: usize = 1_000;

/// How a question came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// The website.
    Web,
    /// A text message.
    Sms,
    /// The command line.
    CommandLine,
    /// An exam: nothing is kept.
    Exam,
}

impl Channel {
    /// Its name in the database.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Sms => "sms",
            Self::CommandLine => "cli",
            Self::Exam => "exam",
        }
    }
}

/// A question.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The site's key.
    pub site: String,
    /// The question, as the resident wrote it.
    pub question: String,
    /// The code of the conversation that it goes on.
    pub conversation: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// The most characters of the answer; none for no limit.
    pub budget: Option<usize>,
    /// The language to answer in; none to follow the question.
    pub language: Option<Language>,
    /// Whether its extracts are wished for in very simple words, where the town has a model for that.
    pub easy_to_read: bool,
    /// Names this request, so that sending it twice asks once.
    pub idempotency_key: Option<String>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// A question without the space around it.
pub(super) fn checked(question: &str) -> Result<&str, AskError> {
    let question = question.trim();
    if !question.chars().any(char::is_alphanumeric) {
        return Err(AskError::Empty);
    }
    if question.chars().count() > LONGEST_QUESTION {
        return Err(AskError::TooLong {
            most: LONGEST_QUESTION,
        });
    }
    Ok(question)
}
