//! `[model]`: the town's language model, from the configuration to what the assistant asks.

use anyhow::{Context as _, Result, bail};
use assistant::{Endpoint, Generator, Model, ModelFailed, ModelServer};
use domain::energy::Method;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::{Host, Url};

/// Nobody waits longer for an answer.
const LONGEST_SECONDS: u64 = 3_600;
/// How long a server may take for a word: one that loads its model at the first question takes its time.
const PATIENCE: Duration = Duration::from_secs(30);

/// `[model]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelSettings {
    /// A GGUF file, run in this process; empty: none.
    #[serde(deserialize_with = "crate::config::empty_is_none")]
    pub(crate) file: Option<PathBuf>,
    /// The most tokens of a prompt and its answer, of that file.
    #[cfg_attr(
        not(feature = "llama"),
        expect(dead_code, reason = "for a file, which this build cannot run")
    )]
    context: u32,
    /// Threads for it; 0: as many as there are cores.
    #[cfg_attr(
        not(feature = "llama"),
        expect(dead_code, reason = "for a file, which this build cannot run")
    )]
    threads: usize,
    /// Layers of it for a graphics card.
    #[cfg_attr(
        not(feature = "llama"),
        expect(dead_code, reason = "for a file, which this build cannot run")
    )]
    gpu_layers: u32,
    /// Servers that speak OpenAI's protocol, in the order in which they are asked; none: no model.
    servers: Vec<String>,
    /// The model that is asked for.
    name: String,
    /// The environment variable that holds the key of these servers; empty: none.
    key_env: String,
    /// Questions at the same time.
    at_once: usize,
    /// The most tokens of an answer.
    tokens: u32,
    /// The longest time for an answer.
    seconds: u64,
    /// The longest silence.
    silence_seconds: u64,
    /// Whether extracts are said again in plain words.
    plain_words: bool,
    /// Whether who wishes for it gets them in very simple words instead.
    easy_to_read: bool,
    /// Whether who is answered in another language gets them translated.
    translations: bool,
    /// How long a question that found nothing waits for other wordings to search for; 0: it does not.
    other_wordings_seconds: u64,
}

impl ModelSettings {
    /// What is wrong with them.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.urls()?;
        if self.file.is_some() && !self.servers.is_empty() {
            return Err("model.file and model.servers are both given; take one of them".to_owned());
        }
        if !self.servers.is_empty() && self.name.is_empty() {
            return Err("model.name is empty; write the model's name as its servers call it".to_owned());
        }
        if self.seconds > LONGEST_SECONDS {
            return Err(format!("model.seconds must be at most {LONGEST_SECONDS}"));
        }
        let positive = [
            ("at_once", self.at_once as u64),
            ("tokens", u64::from(self.tokens)),
            ("seconds", self.seconds),
            ("silence_seconds", self.silence_seconds),
        ];
        match positive.iter().find(|(_, value)| *value == 0) {
            Some((key, _)) => Err(format!("model.{key} must be at least 1")),
            None => Ok(()),
        }
    }

    fn urls(&self) -> Result<Vec<Url>, String> {
        let url = |server: &String| server_url("model", "servers", server);
        self.servers.iter().map(url).collect()
    }

    /// The model that they describe, where it is to say anything.
    pub(crate) fn model(&self) -> Result<Option<Model>> {
        if self.is_unused() || (self.file.is_none() && self.servers.is_empty()) {
            return Ok(None);
        }
        let generator = match &self.file {
            Some(file) => self.in_process(file)?,
            None => self.server()?,
        };
        Ok(Some(self.limited(generator)))
    }

    /// Asks each of its servers for a word, all at once; gives where they are, and why one did not answer.
    pub(crate) async fn try_servers(&self) -> Result<Vec<(String, Option<ModelFailed>)>> {
        if self.is_unused() || self.servers.is_empty() {
            return Ok(Vec::new());
        }
        let tried = self.endpoints()?.into_iter().map(|endpoint| async {
            let name = endpoint.to_string();
            let server = ModelServer::new(vec![endpoint], 1).context("preparing to ask the model")?;
            let failed = Generator::Server(server).try_out(PATIENCE).await.err();
            Ok((name, failed))
        });
        futures::future::try_join_all(tried).await
    }

    /// Whether it says extracts again, or only helps to search.
    pub(crate) fn rewords(&self) -> bool {
        self.plain_words || self.easy_to_read || self.translations
    }

    /// Whether residents may wish for very simple words.
    pub(crate) fn is_easy_to_read(&self) -> bool {
        self.easy_to_read
    }

    /// What residents may be told that the model is called; none where there is none, or nothing for it to do.
    pub(crate) fn public_name(&self) -> Option<String> {
        let of_file = |file: &PathBuf| {
            let stem = file.file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        };
        let of_servers = (!self.servers.is_empty()).then(|| self.name.clone());
        let name = self.file.as_ref().map(of_file).or(of_servers);
        name.filter(|_| !self.is_unused())
    }

    /// Whether a meter of that method counts what the model takes.
    pub(crate) fn is_counted_by(&self, method: Method) -> bool {
        let here = |url: &Url| match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        let all_here = || self.urls().is_ok_and(|urls| urls.iter().all(here));
        self.file.is_some() || (method.counts_the_whole_machine() && all_here())
    }

    fn is_unused(&self) -> bool {
        !self.rewords() && self.other_wordings_seconds == 0
    }

    fn limited(&self, generator: Generator) -> Model {
        Model {
            generator,
            tokens: self.tokens,
            silence: Duration::from_secs(self.silence_seconds),
            whole: Duration::from_secs(self.seconds),
            plain_words: self.plain_words,
            easy_to_read: self.easy_to_read,
            translations: self.translations,
            other_wordings: (self.other_wordings_seconds > 0)
                .then(|| Duration::from_secs(self.other_wordings_seconds)),
        }
    }

    /// The model in a file, with these settings, and what it takes of memory.
    #[cfg(feature = "llama")]
    pub(crate) fn candidate(&self, path: &Path) -> Result<(Model, assistant::Memory), assistant::NotLoaded> {
        let loaded = self.load(path)?;
        let memory = loaded.memory();
        let model = Model {
            plain_words: true,
            ..self.limited(Generator::InProcess(loaded))
        };
        Ok((model, memory))
    }

    #[cfg(feature = "llama")]
    fn in_process(&self, path: &Path) -> Result<Generator> {
        Ok(Generator::InProcess(self.load(path)?))
    }

    #[cfg(feature = "llama")]
    fn load(&self, path: &Path) -> Result<assistant::InProcess, assistant::NotLoaded> {
        let file = assistant::ModelFile {
            path: path.to_owned(),
            at_once: self.at_once,
            context: self.context,
            threads: (self.threads > 0).then_some(self.threads),
            gpu_layers: self.gpu_layers,
        };
        assistant::InProcess::load(&file)
    }

    #[cfg(not(feature = "llama"))]
    #[expect(clippy::unused_self, reason = "the other build needs it")]
    fn in_process(&self, path: &Path) -> Result<Generator> {
        Err(built_without(path))
    }

    fn server(&self) -> Result<Generator> {
        let server = ModelServer::new(self.endpoints()?, self.at_once);
        Ok(Generator::Server(server.context("preparing to ask the model")?))
    }

    fn endpoints(&self) -> Result<Vec<Endpoint>> {
        let urls = self.urls().map_err(anyhow::Error::msg)?;
        let key = key("model", &self.key_env)?;
        let endpoint = |url| Endpoint {
            url,
            model: self.name.clone(),
            key: key.clone(),
        };
        Ok(urls.into_iter().map(endpoint).collect())
    }
}

/// The address of a model server that a setting names, free of secrets.
pub(crate) fn server_url(section: &str, setting: &str, server: &str) -> Result<Url, String> {
    let url = Url::parse(server).ok();
    let plain = |url: &Url| {
        let bare = url.username().is_empty() && url.password().is_none();
        bare && url.query().is_none() && url.fragment().is_none()
    };
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && plain(url))
        .ok_or_else(|| {
            format!(
                "{section}.{setting}: {server:?} is not like \"http://127.0.0.1:8081/v1\"; a key goes into {section}.key_env"
            )
        })
}

/// The key of a model server, from the environment variable that a section's `key_env` names.
pub(crate) fn key(section: &str, variable: &str) -> Result<Option<String>> {
    match variable {
        "" => Ok(None),
        name => match std::env::var(name) {
            Ok(key) if !key.is_empty() => Ok(Some(key)),
            _ => bail!("{section}.key_env: the environment variable {name} is not set; set it to the key"),
        },
    }
}

/// What a build without llama.cpp says to whoever names a model's file.
#[cfg(not(feature = "llama"))]
pub(crate) fn built_without(path: &Path) -> anyhow::Error {
    anyhow::anyhow!(
        "this parvis was built without models in its process: to run {}, build it with `cargo build --release --features \
         llama`, or name a server",
        path.display()
    )
}
