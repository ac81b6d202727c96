//! A model in this very process: a GGUF file, run by llama.cpp on a thread of its own.
//!
//! Several residents are answered side by side in one context, a token each a step. What all prompts begin with is computed
//! once, and shared.

mod answering;
mod choice;
mod memory;
mod scoring;

pub(crate) use scoring::Text;
pub use scoring::{ScoringFile, ScoringKind, ScoringModel};

pub use memory::Memory;

use crate::{Failed, Limit, Limits, PLACE, Pace, Prompt, Words};
use answering::{Answering, Job, Told};
use llama_cpp_2::LlamaContextLoadError;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::model::{LlamaChatMessage, LlamaModel};
use llama_cpp_2::token::LlamaToken;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc as threads};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, timeout, timeout_at};

/// The most tokens that llama.cpp works on in one step.
const STEP: u32 = 512;
/// Where the instructions and the material stand in a rendered template: no text holds these.
const PLACES: [char; 2] = ['\u{e000}', '\u{e001}'];

/// A model's file, and what it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    /// The GGUF file.
    pub path: PathBuf,
    /// Questions at the same time.
    pub at_once: usize,
    /// The most tokens of a prompt and its answer.
    pub context: u32,
    /// Threads of the processor; none for as many as it has cores.
    pub threads: Option<usize>,
    /// Layers that a graphics card takes, where llama.cpp was built for one.
    pub gpu_layers: u32,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    /// llama.cpp reads no model there.
    #[error("loading the model {path}: {cause}; it must be a whole GGUF file that this llama.cpp knows")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What happened.
        cause: String,
    },
    /// It has no chat template, or one that is unknown.
    #[error(
        "the model {path} names no chat template that is known; take one that was tuned for instructions"
    )]
    NoTemplate {
        /// The file.
        path: PathBuf,
    },
    /// It is a model of another kind.
    #[error(
        "the model {path} does not say that it is {wanted}: its pooling_type is missing or another one; take one that was \
         trained for this, and converted for llama.cpp with that"
    )]
    OtherKind {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
    },
    /// It does not fit.
    #[error(
        "the model {path} needs {needed} MB of memory ({weights} for its weights, {cache} for what it reads and \
         writes) and {available} are free; take a smaller one, or lower model.at_once or model.context where it writes answers"
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// In all, in millions of bytes.
        needed: u64,
        /// Of its weights.
        weights: u64,
        /// Of what it remembers while it answers.
        cache: u64,
        /// What this machine has to give.
        available: u64,
    },
    /// llama.cpp was built for younger ones (`.cargo/config.toml`).
    #[error(
        "this machine's processor lacks AVX2, FMA or F16C, which the model {path} is run with; name a server of the town's under \
         model.servers"
    )]
    OldProcessor {
        /// The file.
        path: PathBuf,
    },
    /// The thread that would run it could not begin, or died.
    #[error("starting the thread of the model {path} failed")]
    NoThread {
        /// The file.
        path: PathBuf,
    },
}

/// A model that runs in this process until it is dropped.
#[derive(Debug)]
pub struct InProcess {
    name: String,
    memory: Memory,
    places: Arc<Semaphore>,
    jobs: threads::Sender<Job>,
}

impl InProcess {
    /// Loads a model; returns once it is ready to answer.
    ///
    /// # Errors
    /// When the file is no model that can be used here, or does not fit into the memory that is free.
    pub fn load(file: &ModelFile) -> Result<Self, NotLoaded> {
        let (jobs, waiting) = threads::channel();
        let (ready, is_ready) = threads::channel();
        let theirs = file.clone();
        let no_thread = || NotLoaded::NoThread {
            path: file.path.clone(),
        };
        std::thread::Builder::new()
            .name("model".into())
            .spawn(move || run(&theirs, &ready, &waiting))
            .map_err(|_| no_thread())?;
        let memory = is_ready.recv().map_err(|_| no_thread())??;
        Ok(Self {
            name: file.path.display().to_string(),
            memory,
            places: Arc::new(Semaphore::new(file.at_once.max(1))),
            jobs,
        })
    }

    /// What it takes of memory.
    #[must_use]
    pub fn memory(&self) -> Memory {
        self.memory
    }

    /// Asks for words.
    #[must_use]
    pub fn words(&self, prompt: Prompt, limits: Limits) -> Words {
        let (sender, pieces) = mpsc::channel(1);
        let (places, jobs, name) = (Arc::clone(&self.places), self.jobs.clone(), self.name.clone());
        let task = tokio::spawn(async move {
            let Ok(Ok(_place)) = timeout(PLACE, places.acquire()).await else {
                let _unheard = sender.send(Err(Failed::Busy)).await;
                return;
            };
            let (told, telling) = mpsc::unbounded_channel();
            let job = Job {
                prompt,
                tokens: limits.tokens,
                told,
            };
            let listening = Listening {
                name: &name,
                limits,
                telling,
                sender: &sender,
            };
            // A thread that died takes no job, and its channel is closed.
            let _taken = jobs.send(job);
            if let Err(failed) = listening.pass_on().await {
                let _unheard = sender.send(Err(failed)).await;
            }
        });
        Words {
            pieces,
            task: task.abort_handle(),
            pace: Pace::default(),
        }
    }
}

/// An answer that is being written by the thread.
struct Listening<'a> {
    name: &'a str,
    limits: Limits,
    telling: mpsc::UnboundedReceiver<Told>,
    sender: &'a mpsc::Sender<Result<String, Failed>>,
}

impl Listening<'_> {
    /// Passes on its pieces until it ends or takes too long, or nobody listens.
    async fn pass_on(mut self) -> Result<(), Failed> {
        let until = Instant::now() + self.limits.whole;
        let mut silent_until = until;
        loop {
            let at = silent_until.min(until);
            let told = timeout_at(at, self.telling.recv()).await;
            let endpoint = || self.name.to_owned();
            match told {
                Ok(Some(Told::Piece(piece))) => {
                    if self.sender.send(Ok(piece)).await.is_err() {
                        return Ok(());
                    }
                    silent_until = Instant::now() + self.limits.silence;
                }
                Ok(Some(Told::Whole)) => return Ok(()),
                Ok(Some(Told::Unfinished)) => return Err(Failed::Unfinished { endpoint: endpoint() }),
                Ok(None) => return Err(Failed::Cut { endpoint: endpoint() }),
                Err(_) => {
                    let limit = if at == until { Limit::Whole } else { Limit::Silence };
                    return Err(Failed::TooSlow {
                        endpoint: endpoint(),
                        limit,
                    });
                }
            }
        }
    }
}

/// The thread of a model: loads it, says so, answers until nobody can ask any more.
fn run(file: &ModelFile, ready: &threads::Sender<Result<Memory, NotLoaded>>, jobs: &threads::Receiver<Job>) {
    let loaded = backend(&file.path).and_then(|backend| Ok((backend, load(backend, file)?)));
    let (backend, (model, template, memory)) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return drop(ready.send(Err(error))),
    };
    let at_once = u32::try_from(file.at_once.max(1)).unwrap_or(u32::MAX);
    let cells = file.context.saturating_mul(at_once + 1);
    let threads = thread_count(file.threads);
    let parameters = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(cells))
        .with_n_batch(STEP)
        .with_n_ubatch(STEP)
        .with_n_seq_max(at_once.saturating_add(answering::SHARED))
        .with_kv_unified(true)
        .with_n_threads(threads)
        .with_n_threads_batch(threads);
    let context = match context(&model, backend, parameters) {
        Ok(context) => context,
        Err(error) => return drop(ready.send(Err(unreadable(&file.path, &error)))),
    };
    let answering = Answering::new(&model, context, template, file);
    if ready.send(Ok(memory)).is_ok() {
        answering.until_nobody_asks(jobs);
    }
}

/// Whether the processor has the instructions that llama.cpp was built with.
fn is_young_enough() -> bool {
    #[cfg(target_arch = "x86_64")]
    let young = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("f16c")
        && is_x86_feature_detected!("bmi2");
    #[cfg(not(target_arch = "x86_64"))]
    let young = true;
    young
}

/// As many as were asked for, else as there are cores.
fn thread_count(asked: Option<usize>) -> i32 {
    let count = asked.or_else(|| std::thread::available_parallelism().ok().map(usize::from));
    count.and_then(|count| i32::try_from(count).ok()).unwrap_or(1)
}

/// A context of a model, one at a time: llama.cpp may not make two at once.
fn context<'m>(
    model: &'m LlamaModel,
    backend: &LlamaBackend,
    parameters: LlamaContextParams,
) -> Result<LlamaContext<'m>, LlamaContextLoadError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    model.new_context(backend, parameters)
}

/// llama.cpp, started once in a process.
fn backend(path: &Path) -> Result<&'static LlamaBackend, NotLoaded> {
    static BACKEND: OnceLock<Result<LlamaBackend, String>> = OnceLock::new();
    if !is_young_enough() {
        return Err(NotLoaded::OldProcessor {
            path: path.to_owned(),
        });
    }
    let backend = BACKEND.get_or_init(|| {
        let mut backend = LlamaBackend::init().map_err(|error| error.to_string())?;
        // It would write prompts and paths to the standard error.
        backend.void_logs();
        Ok(backend)
    });
    backend.as_ref().map_err(|cause| unreadable(path, cause))
}

fn load(backend: &LlamaBackend, file: &ModelFile) -> Result<(LlamaModel, Template, Memory), NotLoaded> {
    let path = &file.path;
    let (model, size) = open(backend, path, file.gpu_layers)?;
    let tokens = u64::from(file.context).saturating_mul(file.at_once as u64 + 1);
    let memory = memory::check(&model, size, path, tokens)?;
    let template = Template::of(&model).ok_or_else(|| NotLoaded::NoTemplate { path: path.clone() })?;
    Ok((model, template, memory))
}

/// A model, and the bytes of its file. Its weights are mapped, not read: what it needs is known before it takes it.
fn open(backend: &LlamaBackend, path: &Path, gpu_layers: u32) -> Result<(LlamaModel, u64), NotLoaded> {
    let size = std::fs::metadata(path)
        .map_err(|error| unreadable(path, &error))?
        .len();
    let parameters = LlamaModelParams::default().with_n_gpu_layers(gpu_layers);
    let model =
        LlamaModel::load_from_file(backend, path, &parameters).map_err(|error| unreadable(path, &error))?;
    Ok((model, size))
}

fn unreadable(path: &Path, cause: &impl ToString) -> NotLoaded {
    NotLoaded::Unreadable {
        path: path.to_owned(),
        cause: cause.to_string(),
    }
}

/// What a model's chat template writes before, between and after the instructions and the material.
struct Template {
    around: [String; 3],
}

impl Template {
    fn of(model: &LlamaModel) -> Option<Self> {
        let template = model.chat_template(None).ok()?;
        let message =
            |role: &str, place: char| LlamaChatMessage::new(role.to_owned(), place.to_string()).ok();
        let messages = [message("system", PLACES[0])?, message("user", PLACES[1])?];
        let rendered = model.apply_chat_template(&template, &messages, true).ok()?;
        let (before, rest) = rendered.split_once(PLACES[0])?;
        let (between, after) = rest.split_once(PLACES[1])?;
        Some(Self {
            around: [before, between, after].map(str::to_owned),
        })
    }

    /// The tokens of instructions with what stands around them. Whatever the texts hold, they give no control tokens.
    fn instructions(&self, model: &LlamaModel, instructions: &str) -> Vec<LlamaToken> {
        let vocabulary = model.vocab();
        let mut tokens = vocabulary.tokenize(self.around[0].as_bytes(), true, true);
        tokens.extend(vocabulary.tokenize(instructions.as_bytes(), false, false));
        tokens.extend(vocabulary.tokenize(self.around[1].as_bytes(), false, true));
        tokens
    }

    fn material(&self, model: &LlamaModel, material: &str) -> Vec<LlamaToken> {
        let vocabulary = model.vocab();
        let mut tokens = vocabulary.tokenize(material.as_bytes(), false, false);
        tokens.extend(vocabulary.tokenize(self.around[2].as_bytes(), false, true));
        tokens
    }
}
