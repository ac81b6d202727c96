//! What goes over the wire, version 1 of the interface.

use assistant::{Kind, Reply, Source, Spoken};
use domain::answer::Verdict;
use domain::statement::{Layout, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionBody {
    /// The site's key; without it, the site at the request's host.
    #[schema(example = "clairvigny")]
    pub(crate) site: Option<String>,
    /// 1 to 1000 characters.
    #[schema(min_length = 1, max_length = 1000, example = "Quand ouvre la piscine ?")]
    pub(crate) question: String,
    /// The code of the conversation that the question goes on with.
    pub(crate) conversation: Option<String>,
    /// The language of the phrases around the extracts; without it, the question's own.
    pub(crate) language: Option<WireLanguage>,
    /// Whether a model is to say the extracts in very simple words, where `easy_to_read` of the site says that it can.
    #[serde(default)]
    pub(crate) easy_to_read: bool,
}

/// A language that residents are spoken to in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub(crate) enum WireLanguage {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Portuguese.
    #[serde(rename = "pt")]
    Portuguese,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Italian.
    #[serde(rename = "it")]
    Italian,
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Ukrainian.
    #[serde(rename = "uk")]
    Ukrainian,
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerBody {
    #[serde(flatten)]
    start: StartEvent,
    #[serde(flatten)]
    verdict: VerdictEvent,
    /// What is said, in order.
    statements: Vec<StatementBody>,
}

/// The first event of a stream.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StartEvent {
    /// The answer's id, for feedback.
    id: String,
    /// The conversation's code: whoever holds it can go on with it, and delete it.
    conversation: String,
    /// When the conversation is deleted by itself, RFC 3339.
    #[schema(format = DateTime)]
    expires_at: String,
    /// The language of the phrases around the extracts.
    language: WireLanguage,
}

/// What an answer amounts to: the last event of a stream.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerdictEvent {
    /// What the answer amounts to.
    verdict: WireVerdict,
    /// The calibrated probability that this is the answer.
    #[schema(minimum = 0, maximum = 1)]
    confidence: f32,
    /// Questions to go on with.
    suggestions: Vec<String>,
}

/// Something said, with its proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementBody {
    role: WireRole,
    kind: WireKind,
    layout: WireLayout,
    /// What is said; steps are numbered by who shows them.
    text: String,
    /// The language of the text.
    #[schema(example = "fr")]
    language: String,
    /// Where it stands.
    sources: Vec<SourceBody>,
}

/// A page that a statement comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceBody {
    /// The page's title.
    title: String,
    /// The page, with a text fragment that highlights the quote; relative to this server where it begins with "/".
    url: String,
    /// Who vouches for it.
    publisher: String,
    /// The day on which it was approved.
    #[schema(format = Date)]
    approved_on: String,
    /// That day, as the answer's language writes it.
    approved_on_text: String,
    /// Whether it comes from a source declared trusted rather than from a review.
    trusted: bool,
    /// The document's name within its source.
    document: String,
}

macro_rules! wire {
    ($(#[$doc:meta])* $name:ident from $theirs:ty { $($(#[$member_doc:meta])* $member:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name { $($(#[$member_doc])* $member),+ }

        impl From<$theirs> for $name {
            fn from(value: $theirs) -> Self {
                match value { $(<$theirs>::$member => Self::$member),+ }
            }
        }
    };
}

wire! {
    /// What an answer amounts to.
    WireVerdict from Verdict { Answered, Partial, Clarify, Outdated, Elsewhere, Unknown, Emergency }
}

wire! {
    /// What a statement is for: `lead` introduces what follows, `condition` is a situation or heading that
    /// conditions what follows, `contact` is the counter to turn to, `notice` something to know besides.
    WireRole from Role { Lead, Answer, Condition, Notice, Contact }
}

wire! {
    /// A statement's proof: an exact extract, a computation on fields, a phrase of ours, a model's checked words, or a
    /// model's translation, whose facts were checked.
    WireKind from Kind { Quoted, Computed, Fixed, Reworded, Translated }
}

wire! {
    /// How a statement is set.
    WireLayout from Layout { Paragraph, Item, Step, Row, Heading }
}

impl From<WireLanguage> for assistant::Language {
    fn from(language: WireLanguage) -> Self {
        match language {
            WireLanguage::French => Self::French,
            WireLanguage::English => Self::English,
            WireLanguage::Spanish => Self::Spanish,
            WireLanguage::Portuguese => Self::Portuguese,
            WireLanguage::German => Self::German,
            WireLanguage::Italian => Self::Italian,
            WireLanguage::Arabic => Self::Arabic,
            WireLanguage::Ukrainian => Self::Ukrainian,
            WireLanguage::Chinese => Self::Chinese,
        }
    }
}

impl From<assistant::Language> for WireLanguage {
    fn from(language: assistant::Language) -> Self {
        match language {
            assistant::Language::French => Self::French,
            assistant::Language::English => Self::English,
            assistant::Language::Spanish => Self::Spanish,
            assistant::Language::Portuguese => Self::Portuguese,
            assistant::Language::German => Self::German,
            assistant::Language::Italian => Self::Italian,
            assistant::Language::Arabic => Self::Arabic,
            assistant::Language::Ukrainian => Self::Ukrainian,
            assistant::Language::Chinese => Self::Chinese,
        }
    }
}

/// The parts of a reply to a question on `site`, in the order in which a stream tells them.
pub(crate) fn parts(site: &str, reply: Reply) -> (StartEvent, Vec<StatementBody>, VerdictEvent) {
    let language = reply.language;
    let statements = reply
        .statements
        .into_iter()
        .map(|spoken| statement(site, spoken, language))
        .collect();
    let start = StartEvent {
        id: reply.id,
        conversation: reply.conversation,
        expires_at: reply
            .expires_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        language: language.into(),
    };
    let verdict = VerdictEvent {
        verdict: reply.verdict.into(),
        confidence: reply.confidence,
        suggestions: reply.suggestions,
    };
    (start, statements, verdict)
}

/// A whole reply.
pub(crate) fn answer(site: &str, reply: Reply) -> AnswerBody {
    let (start, statements, verdict) = parts(site, reply);
    AnswerBody {
        start,
        verdict,
        statements,
    }
}

/// One statement of an answer on `site`.
pub(crate) fn statement(site: &str, spoken: Spoken, language: assistant::Language) -> StatementBody {
    StatementBody {
        role: spoken.role.into(),
        kind: spoken.kind.into(),
        layout: spoken.layout.into(),
        text: spoken.text,
        language: spoken.language,
        sources: spoken
            .sources
            .into_iter()
            .map(|source| self::source(site, source, language))
            .collect(),
    }
}

fn source(site: &str, source: Source, language: assistant::Language) -> SourceBody {
    SourceBody {
        url: crate::links::to(site, &source),
        approved_on_text: crate::links::day(source.approved_on, language),
        approved_on: source.approved_on.to_string(),
        title: source.title,
        publisher: source.publisher,
        trusted: source.trusted,
        document: source.document,
    }
}
