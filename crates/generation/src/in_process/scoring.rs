//! A model in this process that gives numbers for texts: vectors of their meaning, or how well a passage answers.
//!
//! One text at a time, so that its numbers do not depend on what stands beside it, and so that who leaves is soon noticed.

use super::{NotLoaded, backend, context, memory, open, thread_count, unreadable};
use crate::{Failed, Limit};
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::{LlamaContextParams, LlamaPoolingType};
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::mpsc as jobs;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

/// The most tokens of a text, or of a question and a passage together; what is longer is read up to there.
const ROOM: u32 = 512;

/// What a model gives for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoringKind {
    /// A vector of its meaning.
    Embeddings,
    /// How well a passage answers a question.
    Reranker,
}

impl ScoringKind {
    fn name(self) -> &'static str {
        match self {
            Self::Embeddings => "an embedding model",
            Self::Reranker => "a re-ranker",
        }
    }

    /// How its last layer becomes numbers, where a file of this kind says so.
    fn pooling(self, named: u32) -> Option<LlamaPoolingType> {
        let pooling = LlamaPoolingType::from(i32::try_from(named).ok()?);
        match (self, pooling) {
            (Self::Embeddings, LlamaPoolingType::Mean | LlamaPoolingType::Cls | LlamaPoolingType::Last)
            | (Self::Reranker, LlamaPoolingType::Rank) => Some(pooling),
            _ => None,
        }
    }
}

/// The file of such a model, and what it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoringFile {
    /// The GGUF file.
    pub path: PathBuf,
    /// What it is to give.
    pub kind: ScoringKind,
    /// Threads of the processor; none for as many as it has cores.
    pub threads: Option<usize>,
    /// Layers that a graphics card takes, where llama.cpp was built for one.
    pub gpu_layers: u32,
}

/// What numbers are asked for.
#[derive(Debug)]
pub(crate) enum Text {
    Alone(String),
    /// A question, and a passage that may answer it.
    Pair(String, String),
}

struct Job {
    texts: Vec<Text>,
    told: oneshot::Sender<Vec<Vec<f32>>>,
}

/// A model that gives numbers in this process until it is dropped.
#[derive(Debug)]
pub struct ScoringModel {
    name: String,
    jobs: jobs::Sender<Job>,
}

impl ScoringModel {
    /// Loads a model; returns once it is ready.
    ///
    /// # Errors
    /// When the file is no model of that kind that can be used here, or does not fit into the memory that is free.
    pub fn load(file: &ScoringFile) -> Result<Self, NotLoaded> {
        let (sender, waiting) = jobs::channel();
        let (ready, is_ready) = jobs::channel();
        let theirs = file.clone();
        let no_thread = || NotLoaded::NoThread {
            path: file.path.clone(),
        };
        std::thread::Builder::new()
            .name("scoring".into())
            .spawn(move || run(&theirs, &ready, &waiting))
            .map_err(|_| no_thread())?;
        is_ready.recv().map_err(|_| no_thread())??;
        Ok(Self {
            name: file.path.display().to_string(),
            jobs: sender,
        })
    }

    /// The numbers of each text. Whoever drops this stops the model.
    pub(crate) async fn numbers(&self, texts: Vec<Text>, until: Instant) -> Result<Vec<Vec<f32>>, Failed> {
        let (told, telling) = oneshot::channel();
        // A thread that died takes no job, and its channel is closed.
        let _taken = self.jobs.send(Job { texts, told });
        let endpoint = || self.name.clone();
        match timeout_at(until, telling).await {
            Ok(Ok(numbers)) => Ok(numbers),
            Ok(Err(_)) => Err(Failed::Cut { endpoint: endpoint() }),
            Err(_) => Err(Failed::TooSlow {
                endpoint: endpoint(),
                limit: Limit::Whole,
            }),
        }
    }

    pub(crate) fn garbled(&self, cause: &'static str) -> Failed {
        Failed::Garbled {
            endpoint: self.name.clone(),
            cause,
        }
    }
}

/// The thread of a model: loads it, says so, gives numbers until nobody can ask any more.
fn run(file: &ScoringFile, ready: &jobs::Sender<Result<(), NotLoaded>>, waiting: &jobs::Receiver<Job>) {
    let loaded =
        backend(&file.path).and_then(|backend| Ok((backend, open(backend, &file.path, file.gpu_layers)?)));
    let (backend, (model, size)) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return drop(ready.send(Err(error))),
    };
    let made = parameters(&model, size, file).and_then(|parameters| {
        let room = parameters.n_ctx().map_or(0, NonZeroU32::get);
        let context = context(&model, backend, parameters);
        let context = context.map_err(|error| unreadable(&file.path, &error))?;
        Ok((context, room))
    });
    let (context, room) = match made {
        Ok(made) => made,
        Err(error) => return drop(ready.send(Err(error))),
    };
    let mut scoring = Scoring {
        around: Around::of(&model),
        model: &model,
        context,
        room: room as usize,
    };
    if ready.send(Ok(())).is_err() {
        return;
    }
    while let Ok(job) = waiting.recv() {
        if let Some(numbers) = scoring.numbers(&job) {
            // Who left is told nothing.
            let _unheard = job.told.send(numbers);
        }
    }
}

fn parameters(model: &LlamaModel, size: u64, file: &ScoringFile) -> Result<LlamaContextParams, NotLoaded> {
    // Positions that a model has not learned end the process in llama.cpp.
    let room = ROOM.min(model.n_ctx_train());
    memory::check(model, size, &file.path, u64::from(room))?;
    let architecture = model.meta_val_str("general.architecture").unwrap_or_default();
    let named = model.meta_val_str(&format!("{architecture}.pooling_type")).ok();
    let pooling = named.and_then(|named| file.kind.pooling(named.parse().ok()?));
    let pooling = pooling.ok_or_else(|| NotLoaded::OtherKind {
        path: file.path.clone(),
        wanted: file.kind.name(),
    })?;
    let threads = thread_count(file.threads);
    // What reads both ways sees a text whole or not at all.
    Ok(LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(room))
        .with_n_batch(room)
        .with_n_ubatch(room)
        .with_n_seq_max(1)
        .with_embeddings(true)
        .with_pooling_type(pooling)
        .with_n_threads(threads)
        .with_n_threads_batch(threads))
}

struct Scoring<'m> {
    model: &'m LlamaModel,
    context: LlamaContext<'m>,
    around: Around,
    /// The most tokens of a text.
    room: usize,
}

impl Scoring<'_> {
    /// The numbers of each text; `None` where llama.cpp fails, or nobody waits for them any more.
    fn numbers(&mut self, job: &Job) -> Option<Vec<Vec<f32>>> {
        let texts = job.texts.iter();
        texts
            .map(|text| {
                if job.told.is_closed() {
                    None
                } else {
                    self.of_text(text)
                }
            })
            .collect()
    }

    fn of_text(&mut self, text: &Text) -> Option<Vec<f32>> {
        let tokens = match text {
            Text::Alone(text) => self.alone(text),
            Text::Pair(question, passage) => self.around.pair(self.model, question, passage, self.room),
        };
        if tokens.is_empty() || tokens.len() > self.room {
            return None;
        }
        let mut batch = LlamaBatch::new(tokens.len(), 1);
        batch.add_sequence(&tokens, 0, true).ok()?;
        self.context.clear_kv_cache();
        self.context.decode(&mut batch).ok()?;
        self.context.embeddings_seq_ith(0).ok().map(<[f32]>::to_vec)
    }

    /// A text's tokens, of which the last one, by which models know the end, stays when it is cut.
    fn alone(&self, text: &str) -> Vec<LlamaToken> {
        let mut tokens = self.model.vocab().tokenize(text.as_bytes(), true, false);
        if tokens.len() > self.room {
            let last = tokens.pop();
            tokens.truncate(self.room - 1);
            tokens.extend(last);
        }
        tokens
    }
}

/// What stands before, between and after a question and a passage.
struct Around([Vec<LlamaToken>; 3]);

impl Around {
    /// What the file says ("rerank", with `{query}` and `{document}` in this order), else what llama.cpp writes without it.
    fn of(model: &LlamaModel) -> Self {
        let vocabulary = model.vocab();
        let template = model.meta_val_str("tokenizer.chat_template.rerank").ok();
        let parts = template.as_deref().and_then(|template| {
            let (before, rest) = template.split_once("{query}")?;
            let (between, after) = rest.split_once("{document}")?;
            Some([before, between, after])
        });
        if let Some(parts) = parts {
            return Self(parts.map(|part| vocabulary.tokenize(part.as_bytes(), false, true)));
        }
        let token = |wanted: bool, token: LlamaToken| wanted.then_some(token);
        let end = if vocabulary.eos().0 < 0 {
            vocabulary.sep()
        } else {
            vocabulary.eos()
        };
        let begin = token(vocabulary.should_add_bos(), vocabulary.bos());
        let end = token(vocabulary.should_add_eos(), end);
        let between = token(vocabulary.should_add_sep(), vocabulary.sep());
        Self([
            begin.into_iter().collect(),
            end.into_iter().chain(between).collect(),
            end.into_iter().collect(),
        ])
    }

    /// The question takes half of the room at most. Whatever the texts hold, they give no control tokens.
    fn pair(&self, model: &LlamaModel, question: &str, passage: &str, room: usize) -> Vec<LlamaToken> {
        let tokens = |text: &str, most: usize| {
            let mut tokens = model.vocab().tokenize(text.as_bytes(), false, false);
            tokens.truncate(most);
            tokens
        };
        let [before, between, after] = &self.0;
        let around = before.len() + between.len() + after.len();
        let question = tokens(question, room / 2);
        let passage = tokens(passage, room.saturating_sub(around + question.len()));
        [before, &question, between, &passage, after]
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }
}
