//! A model's words on the extracts of an answer: asked for once these are shown, and shown themselves only when proven.

mod line;
mod translation;

use crate::ask::{Ask, Worded};
use crate::energy::Measuring;
use crate::reply::{Kind, Spoken, spoken};
use crate::speak::Speaker;
use crate::{Assistant, Error};
use chrono::{DateTime, Utc};
use domain::energy::Measured;
use domain::fold::fold;
use domain::ids::RevisionId;
use domain::language::Language;
use domain::lock::{FactLock, Lock};
use domain::phrase::Phrase;
use domain::published::Quote;
use domain::statement::{Proof, Role, Statement};
use generation::{Failed, Generator, Limits, Pace, Prompt, Words};
use line::Line;
use std::collections::{HashSet, VecDeque};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use translation::Translation;

/// What a model is told, the same for all questions.
const PLAIN_WORDS: &str = include_str!("../prompts/plain_words.txt");
const EASY_TO_READ: &str = include_str!("../prompts/easy_to_read.txt");
/// The most extracts that a model is shown.
const MOST_EXTRACTS: usize = 12;
/// A longer line is no sentence.
const LONGEST_LINE: usize = 600;

/// A model, and what it may be asked.
#[derive(Debug)]
pub struct Model {
    /// Where words come from.
    pub generator: Generator,
    /// The most tokens of an answer.
    pub tokens: u32,
    /// The longest silence of the model.
    pub silence: Duration,
    /// The longest time that it may take for an answer.
    pub whole: Duration,
    /// Whether extracts are said again in plain words.
    pub plain_words: bool,
    /// Whether who wishes for it gets them in very simple words instead.
    pub easy_to_read: bool,
    /// Whether who is answered in another language gets them translated.
    pub translations: bool,
    /// How long a question that found nothing waits for other wordings to search for; none: it does not.
    pub other_wordings: Option<Duration>,
}

/// What a model is to do with the extracts of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Say them in plain words.
    PlainWords,
    /// Say them in very simple ones, as rules for easy-to-read texts ask: an idea a sentence, short, the commonest words.
    EasyToRead,
    /// Translate them.
    Translation(Language),
}

impl Purpose {
    /// What introduces its sentences.
    fn lead(self) -> Phrase {
        match self {
            Self::PlainWords => Phrase::InPlainWords,
            Self::EasyToRead => Phrase::EasyToRead,
            Self::Translation(_) => Phrase::MachineTranslation,
        }
    }

    /// The most of its sentences that are shown.
    fn most(self) -> usize {
        match self {
            Self::PlainWords => 6,
            // A sentence says one thing alone.
            Self::EasyToRead => 12,
            // With their headings.
            Self::Translation(_) => 2 * MOST_EXTRACTS,
        }
    }
}

impl Model {
    /// What it is to do with the extracts of the answer to `ask`, which is given in `language`.
    pub(crate) fn purpose(&self, ask: &Ask, language: Language) -> Option<Purpose> {
        if language != Language::French {
            return self.translations.then_some(Purpose::Translation(language));
        }
        if ask.easy_to_read && self.easy_to_read {
            return Some(Purpose::EasyToRead);
        }
        self.plain_words.then_some(Purpose::PlainWords)
    }
}

/// What became of a model's sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Shown.
    pub shown: usize,
    /// Dropped: not proven.
    pub dropped: usize,
    /// Left out: what they say is shown already.
    pub repeated: usize,
}

/// The words of a model on the extracts of one answer. Dropping it stops the model.
pub struct Rewording {
    assistant: Assistant,
    worded: Worded,
    /// Each extract that the model was shown, with the headings that condition it.
    extracts: Vec<Vec<Quote>>,
    writing: Writing,
    ready: VecDeque<Spoken>,
    /// All that was shown.
    said: Vec<Spoken>,
    tally: Tally,
    failed: Option<Failed>,
    ended: bool,
    /// Whether it was told that a translation is incomplete, or need not be.
    is_told_incomplete: bool,
    measuring: Option<Measuring>,
}

/// How a model's sentences come.
enum Writing {
    /// All in one answer of the model's, each on a line with the numbers of its extracts.
    Lines {
        words: Words,
        /// What came of the line that is being written.
        begun: String,
    },
    /// An extract after the other.
    Translation(Translation),
}

impl std::fmt::Debug for Rewording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rewording")
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}

impl Rewording {
    /// Asks the model of `assistant`, where it has one and the answer holds extracts to say again.
    pub(crate) fn begin(assistant: &Assistant, worded: Worded, measuring: Option<Measuring>) -> Option<Self> {
        let model = assistant.model.as_ref()?;
        let extracts: Vec<_> = worded.grounds.iter().take(MOST_EXTRACTS).cloned().collect();
        if extracts.is_empty() {
            return None;
        }
        let writing = match worded.purpose {
            Purpose::PlainWords => lines(model, PLAIN_WORDS, &worded, &extracts),
            Purpose::EasyToRead => lines(model, EASY_TO_READ, &worded, &extracts),
            Purpose::Translation(language) => {
                Writing::Translation(Translation::new(model.clone(), language, &extracts))
            }
        };
        Some(Self {
            assistant: assistant.clone(),
            worded,
            extracts,
            writing,
            ready: VecDeque::new(),
            said: Vec::new(),
            tally: Tally::default(),
            failed: None,
            ended: false,
            is_told_incomplete: false,
            measuring,
        })
    }

    /// The next statement that is proven, by what is published `now`; `None` once the model has ended, or failed, or may say no more.
    pub async fn next(&mut self, now: impl Fn() -> DateTime<Utc>) -> Option<Spoken> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                self.said.push(ready.clone());
                return Some(ready);
            }
            if self.ended || self.tally.shown >= self.worded.purpose.most() {
                // What says nothing of a condition must not look whole.
                let is_told = std::mem::replace(&mut self.is_told_incomplete, true);
                if is_told || !self.is_incomplete_translation() {
                    return None;
                }
                let notice = Statement::fixed(Phrase::TranslationIncomplete, Role::Notice);
                self.ready.push_back(self.spoken(&notice));
                continue;
            }
            match self.written().await {
                Some(Some(proven)) => self.show(proven, now()).await,
                Some(None) => self.tally.dropped += 1,
                None => {}
            }
        }
    }

    /// Waits for the model's next sentence, or for more of one; `Some(None)` is one that is not proven.
    async fn written(&mut self) -> Option<Option<Statement>> {
        match &mut self.writing {
            Writing::Lines { words, begun } => {
                let line = match whole_line(words, begun).await {
                    Heard::Line(line) => line,
                    Heard::More => return None,
                    Heard::End(line, failed) => {
                        self.ended = true;
                        self.failed = failed;
                        line
                    }
                };
                (!line.trim().is_empty()).then(|| proven(&line, &self.extracts))
            }
            Writing::Translation(translation) => match translation.next().await {
                Some(Ok(translated)) => Some(translated),
                Some(Err(failed)) => {
                    self.failed = Some(failed);
                    self.ended = true;
                    None
                }
                None => {
                    self.ended = true;
                    None
                }
            },
        }
    }

    /// Whether some of the extracts are translated and some are not.
    fn is_incomplete_translation(&self) -> bool {
        let is_translation = matches!(self.worded.purpose, Purpose::Translation(_));
        let is_whole = self.tally.dropped == 0 && self.failed.is_none() && self.ended;
        is_translation && self.tally.shown > 0 && !is_whole
    }

    /// What became of the model's sentences so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Why the model stopped before it had ended, where it did.
    #[must_use]
    pub fn failure(&self) -> Option<&Failed> {
        self.failed.as_ref()
    }

    /// How fast its words came so far, answer by answer of the model's.
    #[must_use]
    pub fn paces(&self) -> Vec<Pace> {
        match &self.writing {
            Writing::Lines { words, .. } => vec![words.pace()],
            Writing::Translation(translation) => translation.paces(),
        }
    }

    /// What the whole answer has taken so far, its extracts included; none where there is no meter.
    #[must_use]
    pub fn energy(&self) -> Option<Measured> {
        self.measuring.as_ref().map(Measuring::so_far)
    }

    /// Keeps what was shown with the turn, so that the answer is the same when it is read again, and what it took.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep(self) -> Result<(), Error> {
        let (turn, site) = (self.worded.turn, self.worded.site);
        let share = store::ModelShare {
            shown: self.tally.shown as u64,
            dropped: self.tally.dropped as u64,
            energy: self.energy(),
        };
        self.assistant.store.record_model(turn, site, share).await?;
        if self.said.is_empty() {
            return Ok(());
        }
        let mut kept = self.worded.kept;
        kept.reply.statements.extend(self.said);
        let answer = serde_json::to_string(&kept).map_err(|error| Error::Unwritable(error.to_string()))?;
        let store = &self.assistant.store;
        match store
            .replace_answer(turn, site, kept.reply.expires_at, answer)
            .await
        {
            // The conversation was deleted meanwhile, or could not be kept in the first place.
            Err(StoreError::NotFound { .. }) => Ok(()),
            outcome => Ok(outcome?),
        }
    }

    /// Shows what is proven, if it is new and what proves it is still published.
    async fn show(&mut self, proven: Statement, now: DateTime<Utc>) {
        if self.is_said(&proven) {
            self.tally.repeated += 1;
            return;
        }
        if !self.still_published(&proven, now).await {
            self.ended = true;
            return;
        }
        if self.tally.shown == 0 {
            let lead = self.spoken(&Statement::fixed(self.worded.purpose.lead(), Role::Lead));
            self.ready.push_back(lead);
        }
        self.tally.shown += 1;
        let proven = self.spoken(&proven);
        self.ready.push_back(proven);
    }

    /// Whether an extract, the question, or an earlier sentence of the model says just that.
    fn is_said(&self, statement: &Statement) -> bool {
        let words = match statement.proof() {
            Proof::Reworded(reworded) => plain(reworded.words()),
            Proof::Translated(translated) => plain(translated.words()),
            Proof::Quoted(_) | Proof::Computed(_) | Proof::Fixed(_) => return true,
        };
        let quoted = self
            .extracts
            .iter()
            .flatten()
            .any(|quote| plain(quote.text()).contains(&words));
        // A model that goes on with what it was given writes "Question :" too.
        let without_label = words.strip_prefix("question ").unwrap_or(&words);
        let asked = plain(&self.worded.question).contains(without_label);
        let said = self.said.iter().filter(|said| said.kind != Kind::Fixed);
        quoted || asked || said.into_iter().any(|said| plain(&said.text) == words)
    }

    async fn still_published(&self, statement: &Statement, now: DateTime<Utc>) -> bool {
        let cited: HashSet<RevisionId> = statement
            .citations()
            .into_iter()
            .map(|citation| citation.revision)
            .collect();
        let cited: Vec<RevisionId> = cited.into_iter().collect();
        let Ok(mut snapshot) = self.assistant.store.snapshot().await else {
            return false;
        };
        let now = now.with_timezone(&self.worded.at.timezone());
        let published = snapshot.published(&cited, &now).await;
        published.is_ok_and(|published| published.len() == cited.len())
    }

    fn spoken(&self, statement: &Statement) -> Spoken {
        let language = self.worded.kept.reply.language;
        let speaker = Speaker::new(&self.assistant.inner.texts, language);
        spoken(statement, &speaker, language, self.worded.at.timezone())
    }
}

/// Asks the model for sentences on all extracts.
fn lines(model: &Model, instructions: &str, worded: &Worded, extracts: &[Vec<Quote>]) -> Writing {
    let prompt = Prompt {
        instructions: instructions.to_owned(),
        material: material(&worded.question, extracts),
        lock: model
            .generator
            .is_locked()
            .then(|| Arc::new(Lock::Lines(lock(extracts)))),
    };
    let limits = Limits {
        tokens: model.tokens,
        silence: model.silence,
        whole: model.whole,
    };
    Writing::Lines {
        words: model.generator.words(prompt, limits),
        begun: String::new(),
    }
}

/// What came of a model's lines.
enum Heard {
    /// A whole line.
    Line(String),
    /// More of one.
    More,
    /// The last line, and why nothing follows, where the model failed.
    End(String, Option<Failed>),
}

async fn whole_line(words: &mut Words, begun: &mut String) -> Heard {
    if let Some((line, rest)) = begun.split_once('\n') {
        let line = line.to_owned();
        *begun = rest.to_owned();
        return Heard::Line(line);
    }
    if begun.len() > LONGEST_LINE {
        return Heard::End(std::mem::take(begun), None);
    }
    match words.next().await {
        Some(Ok(piece)) => {
            begun.push_str(&piece);
            Heard::More
        }
        // What a failed model had begun to write may lack its end.
        Some(Err(failed)) => Heard::End(String::new(), Some(failed)),
        None => Heard::End(std::mem::take(begun), None),
    }
}

/// What a line says, if the extracts that it names prove it.
fn proven(line: &str, extracts: &[Vec<Quote>]) -> Option<Statement> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let line = Line::read(line)?;
    let mut evidence = Vec::new();
    for number in &line.extracts {
        evidence.extend(extracts.get(number.checked_sub(1)?)?.iter().cloned());
    }
    Statement::reworded(&line.words, evidence).ok()
}

/// What the model may write of facts: those of the extracts, and of the titles of their pages.
fn lock(extracts: &[Vec<Quote>]) -> FactLock {
    let held: Vec<String> = extracts
        .iter()
        .map(|extract| {
            let titles = extract.iter().map(|quote| quote.citation().title.as_str());
            let held: Vec<&str> = extract.iter().map(Quote::text).chain(titles).collect();
            held.join("\n")
        })
        .collect();
    FactLock::new(held.iter().map(String::as_str))
}

fn material(question: &str, extracts: &[Vec<Quote>]) -> String {
    let mut material = format!("Question : {question}\n\nExtraits :\n");
    for (number, extract) in (1..).zip(extracts) {
        let words: Vec<&str> = extract.iter().map(Quote::text).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(material, "[{number}] {}", words.join(" — "));
    }
    material
}

/// Words alone, for telling whether two sentences are the same.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
