//! Servers of the town's that speak OpenAI's protocol: llama-server, vLLM, Ollama, TGI.
//!
//! A question is asked of one server. Where that one fails before its first word, the next one is asked; after it never,
//! so that no answer is said twice.

mod scoring;

pub use scoring::ScoringServer;

use crate::events::Events;
use crate::{Failed, Limit, Limits, PLACE, Pace, Prompt, Words};
use reqwest::redirect::Policy;
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;

/// For so long, a server that failed is asked after the others.
const OUT_OF_FAVOUR: Duration = Duration::from_secs(30);
/// A server of the town's own network answers a connection within this.
const CONNECT: Duration = Duration::from_secs(2);
/// How many pieces wait for a reader before the model waits too.
const PIECES: usize = 32;

/// A server of the town's.
#[derive(Clone)]
pub struct Endpoint {
    /// Where its protocol begins: `http://127.0.0.1:8080/v1`.
    pub url: Url,
    /// The model that is asked for.
    pub model: String,
    /// The key that it wants to see.
    pub key: Option<String>,
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A key, or a password in the address, stays out of every log.
        let host = self.url.host_str().unwrap_or_default();
        write!(f, "{host}")?;
        match self.url.port_or_known_default() {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl Endpoint {
    /// A request for what stands at `path` under it.
    fn post(
        &self,
        client: &reqwest::Client,
        path: &[&str],
        body: &serde_json::Value,
    ) -> reqwest::RequestBuilder {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let request = client
            .post(url)
            .header("content-type", "application/json")
            .body(body.to_string());
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }

    // What a server says of its refusal may hold the question, and failures are logged: it is left out.
    fn refused(&self, status: reqwest::StatusCode) -> Failed {
        Failed::Refused {
            endpoint: self.to_string(),
            cause: status.to_string(),
            // What this question alone is refused for, another one may not be.
            own_fault: !matches!(status.as_u16(), 400 | 413 | 422),
        }
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self} ({})", self.model)
    }
}

/// Servers that give the same answers.
#[derive(Debug)]
pub struct Server {
    pool: Arc<Pool>,
}

#[derive(Debug)]
struct Pool {
    client: reqwest::Client,
    members: Vec<Member>,
    places: Semaphore,
    probe: Semaphore,
}

#[derive(Debug)]
struct Member {
    endpoint: Endpoint,
    failed_at: Mutex<Option<Instant>>,
}

impl Server {
    /// Asks `endpoints`, in this order, `at_once` questions at a time at most.
    ///
    /// # Errors
    /// When this machine cannot open connections at all.
    pub fn new(endpoints: Vec<Endpoint>, at_once: usize) -> Result<Self, Failed> {
        let client = client()?;
        let member = |endpoint| Member {
            endpoint,
            failed_at: Mutex::new(None),
        };
        Ok(Self {
            pool: Arc::new(Pool {
                client,
                members: endpoints.into_iter().map(member).collect(),
                places: Semaphore::new(at_once.max(1)),
                probe: Semaphore::new(1),
            }),
        })
    }

    /// Asks for words.
    #[must_use]
    pub fn words(&self, prompt: Prompt, limits: Limits) -> Words {
        let (sender, pieces) = mpsc::channel(PIECES);
        let pool = Arc::clone(&self.pool);
        let task = tokio::spawn(async move {
            if let Err(failed) = pool.answer(&prompt, &limits, &sender).await {
                // Where nobody listens any more, nobody needs to know.
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

impl Pool {
    async fn answer(
        &self,
        prompt: &Prompt,
        limits: &Limits,
        sender: &mpsc::Sender<Result<String, Failed>>,
    ) -> Result<(), Failed> {
        // Where all have just failed, one question at a time finds out whether that is over.
        let _probe = match self.members.iter().all(Member::failed_lately) {
            true => Some(self.probe.try_acquire().map_err(|_| Failed::Busy)?),
            false => None,
        };
        let place = timeout(PLACE, self.places.acquire()).await;
        let Ok(Ok(_place)) = place else {
            return Err(Failed::Busy);
        };
        let until = Instant::now() + limits.whole;
        let mut last = Failed::Busy;
        for member in self.in_favour() {
            let mut asking = Asking {
                endpoint: &member.endpoint,
                limits,
                until,
                sender,
                told: false,
                spoke_at: Instant::now(),
            };
            match asking.ask(&self.client, prompt).await {
                Ok(()) => {
                    if member.favour(None) {
                        tracing::info!(server = %member.endpoint, "a model that had failed answers again");
                    }
                    return Ok(());
                }
                Err(failed) => {
                    if asking.is_fault(&failed) && member.favour(Some(Instant::now())) {
                        tracing::warn!(%failed, "a model failed; it is asked again after the others");
                    }
                    last = failed;
                }
            }
            if asking.told || Instant::now() >= until {
                break;
            }
        }
        Err(last)
    }

    /// The servers, those that failed lately last.
    fn in_favour(&self) -> Vec<&Member> {
        let (failing, well): (Vec<_>, Vec<_>) =
            self.members.iter().partition(|member| member.failed_lately());
        well.into_iter().chain(failing).collect()
    }
}

impl Member {
    fn failed_lately(&self) -> bool {
        let failed_at = self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        failed_at.is_some_and(|at| at.elapsed() < OUT_OF_FAVOUR)
    }

    /// Notes that it failed, or did not; gives whether that is new.
    fn favour(&self, failed: Option<Instant>) -> bool {
        let mut held = self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        let new = held.is_some() != failed.is_some();
        *held = failed;
        new
    }
}

/// One question to one server.
struct Asking<'a> {
    endpoint: &'a Endpoint,
    limits: &'a Limits,
    until: Instant,
    sender: &'a mpsc::Sender<Result<String, Failed>>,
    /// Whether a word was passed on.
    told: bool,
    /// When the last one came.
    spoke_at: Instant,
}

impl Asking<'_> {
    async fn ask(&mut self, client: &reqwest::Client, prompt: &Prompt) -> Result<(), Failed> {
        let body = serde_json::json!({
            "model": self.endpoint.model,
            "messages": [
                { "role": "system", "content": prompt.instructions },
                { "role": "user", "content": prompt.material },
            ],
            "stream": true,
            "temperature": 0,
            "max_tokens": self.limits.tokens,
        });
        let request = self.endpoint.post(client, &["chat", "completions"], &body);
        let request = request.header("accept", "text/event-stream");
        let answer = self.in_time(request.send()).await?;
        let mut answer = answer.map_err(|error| unreachable(&self.name(), &error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(self.endpoint.refused(status));
        }
        let mut events = Events::default();
        loop {
            let chunk = self.in_time(answer.chunk()).await?;
            // A server that dies in the middle breaks the connection.
            let Ok(Some(chunk)) = chunk else {
                return Err(Failed::Cut {
                    endpoint: self.name(),
                });
            };
            let whole = events.push(&chunk);
            for data in whole.map_err(|_| self.garbled("an event without end"))? {
                if self.tell(&data).await? {
                    return Ok(());
                }
            }
        }
    }

    /// Whether a failure is the server's: that of a question that it does not want, or that had much to say, is not.
    fn is_fault(&self, failed: &Failed) -> bool {
        match failed {
            Failed::TooSlow { limit, .. } => *limit == Limit::Silence || !self.told,
            Failed::Refused { own_fault, .. } => *own_fault,
            Failed::Unreachable { .. } | Failed::Garbled { .. } | Failed::Cut { .. } => true,
            Failed::Busy | Failed::Unfinished { .. } => false,
        }
    }

    /// Passes on what an event says; gives whether it was the last one.
    async fn tell(&mut self, data: &str) -> Result<bool, Failed> {
        if data.trim() == "[DONE]" {
            return Ok(true);
        }
        let piece: Piece =
            serde_json::from_str(data).map_err(|_| self.garbled("data that is no piece of one"))?;
        if piece.error.is_some() {
            return Err(Failed::Refused {
                endpoint: self.name(),
                cause: "an error instead of words".to_owned(),
                own_fault: true,
            });
        }
        let Some(choice) = piece.choices.into_iter().next() else {
            return Ok(false);
        };
        let words = choice.delta.content.unwrap_or_default();
        if !words.is_empty() {
            self.told = true;
            self.spoke_at = Instant::now();
            if self.sender.send(Ok(words)).await.is_err() {
                return Ok(true);
            }
        }
        match choice.finish_reason.as_deref() {
            Some("length") => Err(Failed::Unfinished {
                endpoint: self.name(),
            }),
            _ => Ok(false),
        }
    }

    /// Waits no longer than silence and the whole may last.
    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Result<T, Failed> {
        let silent_until = self.told.then(|| self.spoke_at + self.limits.silence);
        let (at, limit) = match silent_until {
            Some(at) if at < self.until => (at, Limit::Silence),
            _ => (self.until, Limit::Whole),
        };
        let waited = timeout_at(at, work).await.ok();
        // What is there already is given without a look at the time: a server that floods us would never be late.
        waited
            .filter(|_| Instant::now() < at)
            .ok_or_else(|| Failed::TooSlow {
                endpoint: self.name(),
                limit,
            })
    }

    fn garbled(&self, cause: &'static str) -> Failed {
        Failed::Garbled {
            endpoint: self.name(),
            cause,
        }
    }

    fn name(&self) -> String {
        self.endpoint.to_string()
    }
}

/// A piece of a streamed answer, of which only the words are read.
#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    choices: Vec<Choice>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Delta {
    content: Option<String>,
}

/// What asks all servers: one address each, no proxy, no second try of its own.
fn client() -> Result<reqwest::Client, Failed> {
    // Another part of the program may have installed it already, which is as good.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .build()
        .map_err(|error| unreachable("no server yet", &error))
}

fn unreachable(endpoint: &str, error: &reqwest::Error) -> Failed {
    let mut cause = error.to_string();
    let mut inner = std::error::Error::source(error);
    while let Some(error) = inner {
        cause = error.to_string();
        inner = error.source();
    }
    Failed::Unreachable {
        endpoint: endpoint.to_owned(),
        cause,
    }
}
