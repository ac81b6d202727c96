//! Extracts in the resident's language: each is translated, and translated back without sight of it, before it is shown.

use super::Model;
use domain::language::Language;
use domain::lock::Lock;
use domain::published::Quote;
use domain::statement::{Statement, Untrue};
use domain::translation::TranslationLock;
use generation::{Failed, Limits, Pace, Prompt};
use std::sync::Arc;
use std::time::Instant;

/// What the model is told to do with an extract, and with its translation.
const INSTRUCTIONS: &str = include_str!("../../prompts/translation.txt");
const BACK: &str = include_str!("../../prompts/translation_back.txt");
/// How much longer than an extract its translation may be, in bytes: two for a letter of many scripts.
const LONGER: usize = 4;

/// The translations of the extracts of an answer, one after the other, so that the first one stands soon.
pub(super) struct Translation {
    model: Arc<Model>,
    language: Language,
    next: usize,
    until: Instant,
    paces: Vec<Pace>,
}

impl Translation {
    pub(super) fn new(model: Arc<Model>, language: Language) -> Self {
        Self {
            until: Instant::now() + model.whole,
            model,
            language,
            next: 0,
            paces: Vec::new(),
        }
    }

    /// How fast the words of each answer of the model's came so far.
    pub(super) fn paces(&self) -> Vec<Pace> {
        self.paces.clone()
    }

    /// The next extract's translation, or why it is none; `None` after the last one.
    ///
    /// # Errors
    /// When the model fails, or all of them take too long.
    pub(super) async fn next(
        &mut self,
        extracts: &[Vec<Quote>],
    ) -> Option<Result<Result<Statement, Untrue>, Failed>> {
        let evidence = extracts.get(self.next)?.clone();
        self.next += 1;
        Some(self.translated(evidence).await)
    }

    async fn translated(&mut self, evidence: Vec<Quote>) -> Result<Result<Statement, Untrue>, Failed> {
        let extract = Statement::to_translate(&evidence);
        let longest = extract.len() * LONGER;
        let language = self.language;
        let material = format!(
            "Langue : {} ({})\nTexte : {extract}\n",
            language.own_name(),
            language.tag()
        );
        let is_locked = self.model.generator.is_locked();
        let lock = is_locked.then(|| Arc::new(Lock::Translation(TranslationLock::new(&extract, language))));
        let words = self.written(INSTRUCTIONS, material, lock, longest).await?;
        // What states other facts needs no translation back.
        if let Err(why) = domain::translation::check(&words, language, &extract) {
            return Ok(Err(why.into()));
        }
        let back = self
            .written(BACK, format!("Texte : {words}\n"), None, longest)
            .await?;
        Ok(Statement::translated(&words, language, &back, evidence))
    }

    /// What the model writes of `material`, on one line; no more than `longest` bytes of it, which is then too long.
    async fn written(
        &mut self,
        instructions: &str,
        material: String,
        lock: Option<Arc<Lock>>,
        longest: usize,
    ) -> Result<String, Failed> {
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
            text.push_str(&piece?);
            if text.len() > longest {
                break;
            }
        }
        self.paces.push(words.pace());
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(lines.collect::<Vec<_>>().join(" "))
    }
}
