//! Extracts in the resident's language: each is translated, and translated back without sight of it, before it is shown.

use super::Model;
use domain::language::Language;
use domain::lock::Lock;
use domain::published::Quote;
use domain::statement::Statement;
use domain::translation::TranslationLock;
use generation::{Failed, Limits, Pace, Prompt};
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

    /// The next extract's translation, none where it is not proven; `None` after the last one.
    ///
    /// # Errors
    /// When the model fails, or all of them take too long.
    pub(super) async fn next(
        &mut self,
        extracts: &[Vec<Quote>],
    ) -> Option<Result<Option<Statement>, Failed>> {
        let evidence = extracts.get(self.next)?.clone();
        self.next += 1;
        Some(match self.translated(evidence).await {
            // That it had more to say of one extract tells nothing of the others.
            Err(Failed::Unfinished { .. }) => Ok(None),
            outcome => outcome,
        })
    }

    async fn translated(&mut self, evidence: Vec<Quote>) -> Result<Option<Statement>, Failed> {
        let extract = Statement::to_translate(&evidence);
        let longest = extract.len() * LONGER + MARGIN;
        let language = self.language;
        let material = format!(
            "Langue : {} ({})\nTexte : {extract}\n",
            language.own_name(),
            language.tag()
        );
        let is_locked = self.model.generator.is_locked();
        let lock = is_locked.then(|| Arc::new(Lock::Translation(TranslationLock::new(&extract, language))));
        let Some(words) = self.written(INSTRUCTIONS, material, lock, longest).await? else {
            return Ok(None);
        };
        // What states other facts needs no translation back.
        if domain::translation::check(&words, language, &extract).is_err() {
            return Ok(None);
        }
        let material = format!("Texte : {words}\n");
        let Some(back) = self.written(BACK, material, None, longest).await? else {
            return Ok(None);
        };
        Ok(Statement::translated(&words, language, &back, evidence).ok())
    }

    /// What the model writes of `material`, on one line; none where it is longer than `longest` bytes.
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
            text.push_str(&piece?);
            if text.len() > longest {
                return Ok(None);
            }
        }
        self.paces.push(words.pace());
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Some(lines.collect::<Vec<_>>().join(" ")))
    }
}
