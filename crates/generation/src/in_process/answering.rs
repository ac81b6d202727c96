//! Answers side by side: in each step of llama.cpp, the next tokens of all that are being written.

use super::choice::likeliest;
use super::{ModelFile, STEP, Template};
use crate::Prompt;
use domain::lock::Lock;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use std::sync::{Arc, mpsc as threads};
use tokio::sync::mpsc;

/// How many instructions are remembered, each in a sequence of its own before those of the answers: a model that is asked
/// for several things reads none of them twice.
pub(super) const SHARED: u32 = 4;

/// How many tokens are asked about, at a third of a millisecond each, before a translation that nothing may follow ends.
const MOST_ASKED: usize = 512;

/// An answer to be written.
pub(super) struct Job {
    pub(super) prompt: Prompt,
    /// The most tokens of it.
    pub(super) tokens: u32,
    /// Hears each piece, and how the answer ended. Closed without an end, it failed; whoever stops listening stops it.
    pub(super) told: mpsc::UnboundedSender<Told>,
}

/// What is told of an answer.
pub(super) enum Told {
    Piece(String),
    /// It is whole.
    Whole,
    /// It had more to say than it might.
    Unfinished,
}

/// An answer that is being written.
struct Answer {
    told: mpsc::UnboundedSender<Told>,
    /// What the model has not seen yet: the rest of the prompt, then its own last token.
    unseen: Vec<LlamaToken>,
    /// How many tokens it has seen.
    seen: i32,
    /// How many it may still write.
    left: u32,
    /// What it may write.
    lock: Option<Arc<Lock>>,
    /// The line that it writes.
    line: String,
    /// Bytes of a letter that is not whole yet.
    begun: Vec<u8>,
}

/// Instructions that the model has read.
struct Shared {
    instructions: String,
    sequence: i32,
    /// How many tokens they are.
    length: i32,
}

pub(super) struct Answering<'m> {
    model: &'m LlamaModel,
    context: LlamaContext<'m>,
    template: Template,
    /// The bytes of each token; control tokens have none.
    bytes: Vec<Vec<u8>>,
    /// The instructions that are remembered, those asked for last at the end.
    shared: Vec<Shared>,
    /// The most tokens of a prompt and its answer.
    room: usize,
    /// Those that are being written; each has the sequence after the shared one and its place.
    answers: Vec<Option<Answer>>,
}

impl<'m> Answering<'m> {
    pub(super) fn new(
        model: &'m LlamaModel,
        context: LlamaContext<'m>,
        template: Template,
        file: &ModelFile,
    ) -> Self {
        Self {
            bytes: model.tokens(false).map(|(_, bytes)| bytes).collect(),
            model,
            context,
            template,
            shared: Vec::new(),
            room: file.context as usize,
            answers: (0..file.at_once.max(1)).map(|_| None).collect(),
        }
    }

    /// Answers until all that could ask are gone.
    pub(super) fn until_nobody_asks(mut self, jobs: &threads::Receiver<Job>) {
        loop {
            let idle = self.answers.iter().all(Option::is_none);
            if idle {
                match jobs.recv() {
                    Ok(job) => self.begin(job),
                    Err(_) => return,
                }
            }
            while self.answers.iter().any(Option::is_none)
                && let Ok(job) = jobs.try_recv()
            {
                self.begin(job);
            }
            if self.step().is_none() {
                // Whoever listens sees the end without its sign: the answer failed.
                self.answers.iter_mut().for_each(|answer| *answer = None);
                self.context.clear_kv_cache();
                self.shared.clear();
            }
        }
    }

    fn begin(&mut self, job: Job) {
        let Some(place) = self.answers.iter().position(Option::is_none) else {
            return;
        };
        let Some((shared, seen)) = self.share(&job.prompt.instructions) else {
            return;
        };
        let unseen = self.template.material(self.model, &job.prompt.material);
        let length = seen as usize + unseen.len() + job.tokens as usize;
        if length > self.room || job.tokens == 0 {
            return;
        }
        let sequence = sequence(place);
        let made = self
            .context
            .kv_cache_seq_rm(sequence, None, None)
            .and_then(|()| self.context.kv_cache_seq_cp(shared, sequence, None, None));
        if made.is_ok() {
            self.answers[place] = Some(Answer {
                told: job.told,
                unseen,
                seen,
                left: job.tokens,
                lock: job.prompt.lock,
                line: String::new(),
                begun: Vec::new(),
            });
        }
    }

    /// Remembers these instructions; gives their sequence, and how many tokens they are.
    fn share(&mut self, instructions: &str) -> Option<(i32, i32)> {
        let held = self
            .shared
            .iter()
            .position(|shared| shared.instructions == instructions);
        let shared = match held {
            Some(at) => self.shared.remove(at),
            None => self.read(instructions)?,
        };
        let found = (shared.sequence, shared.length);
        self.shared.push(shared);
        Some(found)
    }

    /// Lets the model read instructions, in the room of those that were not asked for the longest where there is no other.
    fn read(&mut self, instructions: &str) -> Option<Shared> {
        let tokens = self.template.instructions(self.model, instructions);
        if tokens.len() >= self.room {
            return None;
        }
        let mut forgotten = None;
        while self.shared.len() >= SHARED as usize || self.shared_tokens() + tokens.len() > self.room {
            let oldest = self.shared.remove(0);
            self.context.kv_cache_seq_rm(oldest.sequence, None, None).ok()?;
            forgotten = Some(oldest.sequence);
        }
        let is_free = |sequence: &i32| self.shared.iter().all(|shared| shared.sequence != *sequence);
        let sequence = forgotten.or_else(|| (0..i32::try_from(SHARED).ok()?).find(is_free))?;
        self.context.kv_cache_seq_rm(sequence, None, None).ok()?;
        let mut seen = 0;
        for part in tokens.chunks(STEP as usize) {
            let mut batch = LlamaBatch::new(part.len(), 1);
            for (position, token) in (seen..).zip(part) {
                batch.add(*token, position, &[sequence], false).ok()?;
            }
            self.context.decode(&mut batch).ok()?;
            seen += i32::try_from(part.len()).ok()?;
        }
        Some(Shared {
            instructions: instructions.to_owned(),
            sequence,
            length: seen,
        })
    }

    fn shared_tokens(&self) -> usize {
        self.shared.iter().map(|shared| shared.length as usize).sum()
    }

    /// One step of all answers; `None` where llama.cpp failed.
    fn step(&mut self) -> Option<()> {
        let mut batch = LlamaBatch::new(STEP as usize, 1);
        // Of each answer that is to go on after this step: its place, and where the batch holds its last token.
        let mut ends = Vec::new();
        for (place, slot) in self.answers.iter_mut().enumerate() {
            let Some(answer) = slot.as_mut().filter(|answer| !answer.told.is_closed()) else {
                *slot = None;
                continue;
            };
            let room = STEP as usize - usize::try_from(batch.n_tokens()).ok()?;
            let part = answer.unseen.len().min(room);
            let whole = part == answer.unseen.len();
            for (at, token) in answer.unseen.drain(..part).enumerate() {
                let last = whole && at + 1 == part;
                batch.add(token, answer.seen, &[sequence(place)], last).ok()?;
                answer.seen += 1;
            }
            if whole && part > 0 {
                ends.push((place, batch.n_tokens() - 1));
            }
        }
        if batch.n_tokens() == 0 {
            return Some(());
        }
        self.context.decode(&mut batch).ok()?;
        for (place, at) in ends {
            let logits = self.context.get_logits_ith(at);
            let Some(answer) = self.answers[place].as_mut() else {
                continue;
            };
            let is_end = |token| self.model.vocab().is_eog(token);
            let token = answer.next(logits, &self.bytes, is_end);
            let ended = token.is_none_or(is_end);
            if let Some(token) = token.filter(|_| !ended) {
                answer.write(token, bytes_of(&self.bytes, token));
            }
            if ended || answer.left == 0 {
                // Where nothing may be written any more, what is begun stays so.
                let end = if token.is_some() && ended {
                    Told::Whole
                } else {
                    Told::Unfinished
                };
                let _unheard = answer.told.send(end);
                self.answers[place] = None;
            }
        }
        Some(())
    }
}

/// The bytes of a token; a control token has none.
fn bytes_of(bytes: &[Vec<u8>], token: LlamaToken) -> &[u8] {
    let at = usize::try_from(token.0).ok();
    at.and_then(|at| bytes.get(at)).map_or(&[], Vec::as_slice)
}

impl Answer {
    /// The next token; none where nothing may follow.
    fn next(
        &self,
        logits: &[f32],
        bytes: &[Vec<u8>],
        is_end: impl Fn(LlamaToken) -> bool,
    ) -> Option<LlamaToken> {
        let Some(lock) = &self.lock else {
            return likeliest(logits, usize::MAX, |_| true);
        };
        let place = lock.at(&self.line);
        let most = match **lock {
            // Something may always follow, be it rare.
            Lock::Lines(_) => usize::MAX,
            Lock::Translation(_) => MOST_ASKED,
        };
        likeliest(logits, most, |token| {
            if is_end(token) {
                return self.begun.is_empty() && place.may_end();
            }
            let bytes = bytes_of(bytes, token);
            let mut all = self.begun.clone();
            all.extend_from_slice(bytes);
            let begun = all.split_off(whole_letters(&all));
            !bytes.is_empty() && place.allows(&String::from_utf8_lossy(&all), &begun)
        })
    }

    fn write(&mut self, token: LlamaToken, bytes: &[u8]) {
        self.unseen.push(token);
        self.left -= 1;
        self.begun.extend_from_slice(bytes);
        let rest = self.begun.split_off(whole_letters(&self.begun));
        let whole = std::mem::replace(&mut self.begun, rest);
        if whole.is_empty() {
            return;
        }
        let piece = String::from_utf8_lossy(&whole).into_owned();
        self.line.push_str(&piece);
        if let Some(end) = self.line.rfind('\n') {
            self.line.drain(..=end);
        }
        // Who stopped listening is noticed at the next step.
        let _unheard = self.told.send(Told::Piece(piece));
    }
}

/// How many of these bytes are whole letters. What is no UTF-8 is whole too, and becomes U+FFFD.
fn whole_letters(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}

fn sequence(place: usize) -> i32 {
    i32::try_from(place + SHARED as usize).unwrap_or(i32::MAX)
}
