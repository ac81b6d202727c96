//! Extracts in the resident's language: each is translated, and translated back without sight of it, before it is shown.

use super::Model;
use domain::language::Language;
use domain::lock::Lock;
use domain::published::Quote;
use domain::statement::{Layout, Role, Statement, Translated};
use domain::translation::TranslationLock;
use generation::{Failed, Limits, Pace, Prompt};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

/// What the model is told to do with an extract, and with its translation.
const INSTRUCTIONS: &str = include_str!("../../prompts/translation.txt");
const BACK: &str = include_str!("../../prompts/translation_back.txt");
/// How much longer than an extract its translation may be, in bytes: two for a letter of many scripts.
const LONGER: usize = 4;
/// And what a short one may be longer besides.
const MARGIN: usize = 160;

/// The translations of the extracts of an answer, one after the other, so that the first one stands soon.
pub(super) struct Translation {
    model: Arc<Model>,
    language: Language,
    until: Instant,
    paces: Vec<Pace>,
    /// Extracts with their headings, which are not translated yet.
    waiting: VecDeque<Vec<Quote>>,
    headings: Vec<Heading>,
    /// Proven, and to be shown next.
    ready: VecDeque<Statement>,
}

/// A heading that conditions extracts.
struct Heading {
    quote: Quote,
    /// Its translation, where it is proven.
    translated: Option<Statement>,
    is_shown: bool,
}

impl Translation {
    pub(super) fn new(model: Arc<Model>, language: Language, extracts: &[Vec<Quote>]) -> Self {
        Self {
            until: Instant::now() + model.whole,
            model,
            language,
            paces: Vec::new(),
            waiting: extracts.iter().cloned().collect(),
            headings: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    /// How fast the words of each answer of the model's came so far.
    pub(super) fn paces(&self) -> Vec<Pace> {
        self.paces.clone()
    }

    /// The next translation of an extract, or of a heading before it, or none where the extract's is not proven; `None` after
    /// the last one.
    ///
    /// # Errors
    /// When the model fails, or all of them take too long.
    pub(super) async fn next(&mut self) -> Option<Result<Option<Statement>, Failed>> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(Ok(Some(ready)));
        }
        let mut extract = self.waiting.pop_front()?;
        let quote = extract.pop()?;
        Some(match self.under(&extract, quote).await {
            Ok(true) => Ok(self.ready.pop_front()),
            Ok(false) => Ok(None),
            Err(failed) => Err(failed),
        })
    }

    /// Whether an extract and the headings that condition it are proven, and so ready.
    async fn under(&mut self, headings: &[Quote], quote: Quote) -> Result<bool, Failed> {
        let mut needed = Vec::new();
        for heading in headings {
            let at = self.heading(heading).await?;
            if self.headings[at].translated.is_none() {
                return Ok(false);
            }
            needed.push(at);
        }
        let Some(translated) = self.translated(quote).await? else {
            return Ok(false);
        };
        for at in needed {
            let heading = &mut self.headings[at];
            if !std::mem::replace(&mut heading.is_shown, true) {
                self.ready.extend(heading.translated.clone());
            }
        }
        self.ready.push_back(translated);
        Ok(true)
    }

    /// The place of a heading among those that were translated.
    async fn heading(&mut self, quote: &Quote) -> Result<usize, Failed> {
        if let Some(known) = self.headings.iter().position(|heading| heading.quote == *quote) {
            return Ok(known);
        }
        let translated = self.translated(quote.clone()).await?;
        let set = |statement: Statement| statement.with_role(Role::Condition).with_layout(Layout::Heading);
        self.headings.push(Heading {
            quote: quote.clone(),
            translated: translated.map(set),
            is_shown: false,
        });
        Ok(self.headings.len() - 1)
    }

    async fn translated(&mut self, quote: Quote) -> Result<Option<Statement>, Failed> {
        let language = self.language;
        let longest = quote.text().len() * LONGER + MARGIN;
        let material = format!(
            "Langue : {} ({})\nTexte : {}\n",
            language.own_name(),
            language.tag(),
            quote.text()
        );
        let is_locked = self.model.generator.is_locked();
        let lock =
            is_locked.then(|| Arc::new(Lock::Translation(TranslationLock::new(quote.text(), language))));
        let Some(words) = self.written(INSTRUCTIONS, material, lock, longest).await? else {
            return Ok(None);
        };
        // What states other facts needs no translation back.
        let Ok(translated) = Translated::new(words, language, quote) else {
            return Ok(None);
        };
        let material = format!("Texte : {}\n", translated.words());
        let Some(back) = self.written(BACK, material, None, longest).await? else {
            return Ok(None);
        };
        Ok(Statement::translated(translated, &back).ok())
    }

    /// What the model writes of `material`, on one line; none where it is longer than `longest` bytes, or than its most tokens.
    async fn written(
        &mut self,
        instructions: &str,
        material: String,
        lock: Option<Arc<Lock>>,
        longest: usize,
    ) -> Result<Option<String>, Failed> {
        let left = self.until.saturating_duration_since(Instant::now());
        let prompt = Prompt {
            instructions: instructions.to_owned(),
            material,
            lock,
        };
        let limits = Limits {
            tokens: self.model.tokens,
            silence: self.model.silence,
            whole: left,
        };
        let mut words = self.model.generator.words(prompt, limits);
        let mut text = String::new();
        while let Some(piece) = words.next().await {
            match piece {
                Ok(piece) => text.push_str(&piece),
                // That it had more to say of one extract tells nothing of the others.
                Err(Failed::Unfinished { .. }) => return Ok(None),
                Err(failed) => return Err(failed),
            }
            if text.len() > longest {
                return Ok(None);
            }
        }
        self.paces.push(words.pace());
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Some(lines.collect::<Vec<_>>().join(" ")))
    }
}
