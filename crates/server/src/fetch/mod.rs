//! The one way out: pages of a website, listed by its sitemap, fetched within a fence and politely.

mod cache;
mod fence;
mod robots;
mod sitemap;

use self::cache::Cache;
use self::fence::{Fence, Outside};
use self::robots::Robots;
use self::sitemap::Sitemap;
use crate::config::Egress;
use anyhow::{Context, Result, anyhow};
use assistant::Format;
use flate2::read::MultiGzDecoder;
use futures::StreamExt;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// The product's name, for robots.txt.
const AGENT: &str = "parvis";
const USER_AGENT: &str = concat!(
    "parvis/",
    env!("CARGO_PKG_VERSION"),
    " (import of a town's own website)"
);
/// The largest page or sitemap, expanded.
const MOST_BYTES: usize = 20 * 1024 * 1024;
const MOST_REDIRECTS: usize = 5;
/// Sitemaps of one import, indexes included.
const MOST_SITEMAPS: usize = 200;
const CONNECT_TIME: Duration = Duration::from_secs(10);
const REQUEST_TIME: Duration = Duration::from_secs(60);

/// A website that is being fetched.
pub(crate) struct Website {
    client: Client,
    fence: Fence,
    sitemap: Url,
    cache: Cache,
    robots: HashMap<String, Robots>,
    pace: Option<Duration>,
    most_pages: usize,
    next: Instant,
}

/// What was fetched.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// Pages to read.
    pub(crate) read: Vec<FetchedPage>,
    /// Pages that have not changed since the last import.
    pub(crate) unchanged: usize,
    /// Pages that were not fetched, and why.
    pub(crate) refused: Vec<String>,
}

/// A page, as it came.
#[derive(Debug)]
pub(crate) struct FetchedPage {
    /// Where it was found in the end.
    pub(crate) url: String,
    /// How to read it.
    pub(crate) format: Format,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
}

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
enum NotFetched {
    #[error(transparent)]
    Outside(#[from] Outside),
    #[error("robots.txt does not allow it")]
    Robots,
    #[error("the server says {0}; take it out of the sitemap, or import it when it answers")]
    Status(StatusCode),
    #[error("it holds more than {MOST_BYTES} bytes; split it, or import the pages one by one")]
    TooLarge,
    #[error("it is {0:?}, which no reader knows; import HTML, Markdown, iCalendar or text")]
    Kind(String),
    #[error("it could not be fetched: {0}")]
    Failed(String),
}

impl Website {
    /// Gets ready to fetch the website of `sitemap`; nothing is fetched yet.
    ///
    /// # Errors
    /// When its host is not known, or this machine has no root certificates.
    pub(crate) async fn open(sitemap: &Url, egress: &Egress, cache: PathBuf) -> Result<Self> {
        let fence = Fence::around(sitemap, &egress.hosts)
            .await
            .with_context(|| format!("finding the host of {sitemap}"))?;
        let pages_per_second = egress.pages_per_second;
        Ok(Self {
            client: client(&fence)?,
            fence,
            sitemap: sitemap.clone(),
            cache: Cache::open(cache),
            robots: HashMap::new(),
            pace: (pages_per_second > 0).then(|| Duration::from_secs(1) / pages_per_second),
            most_pages: egress.pages,
            next: Instant::now(),
        })
    }

    /// Fetches what has changed; `progress` hears how many pages of how many are done.
    ///
    /// # Errors
    /// When the sitemap itself cannot be read. A page that cannot be fetched is reported, and the others are.
    pub(crate) async fn pages(&mut self, mut progress: impl FnMut(usize, usize)) -> Result<Pages> {
        let mut pages = Pages::default();
        let mut urls = self.listed(&mut pages.refused).await?;
        if urls.len() > self.most_pages {
            let over = urls.len() - self.most_pages;
            pages.refused.push(format!(
                "{over} pages more than egress.pages ({}) allows; raise it, or split the sitemap",
                self.most_pages
            ));
            urls.truncate(self.most_pages);
        }
        for (done, url) in urls.iter().enumerate() {
            progress(done, urls.len());
            match self.page(url).await {
                Ok(Some(page)) => pages.read.push(page),
                Ok(None) => pages.unchanged += 1,
                Err(reason) => pages.refused.push(format!("{url}: {reason}")),
            }
        }
        Ok(pages)
    }

    /// Remembers what was fetched, once it is saved.
    ///
    /// # Errors
    /// When the file of marks cannot be written.
    pub(crate) fn remember(&self) -> Result<()> {
        self.cache.save()
    }

    /// The pages that the sitemap lists, each once, through its indexes.
    async fn listed(&mut self, refused: &mut Vec<String>) -> Result<Vec<Url>> {
        let root = self.sitemap.clone();
        let (mut waiting, mut seen, mut pages) = (vec![root.clone()], HashSet::new(), Vec::new());
        let mut known = HashSet::new();
        while let Some(url) = waiting.pop() {
            if !seen.insert(url.clone()) {
                continue;
            }
            if seen.len() > MOST_SITEMAPS {
                refused.push(format!(
                    "more than {MOST_SITEMAPS} sitemaps; import them one by one"
                ));
                break;
            }
            match self.sitemap(&url).await {
                Ok(Sitemap::Index(urls)) => waiting.extend(urls.into_iter().rev()),
                Ok(Sitemap::Pages(urls)) => {
                    pages.extend(urls.into_iter().filter(|url| known.insert(url.clone())));
                }
                Err(error) if url == root => return Err(error.context(format!("reading the sitemap {url}"))),
                Err(error) => refused.push(format!("{url}: {error:#}")),
            }
        }
        Ok(pages)
    }

    async fn sitemap(&mut self, url: &Url) -> Result<Sitemap> {
        let response = self.get(url, HeaderMap::new()).await?;
        let base = response.url().clone();
        let bytes = expand(body(response).await?)?;
        Ok(Sitemap::parse(&bytes, &base)?)
    }

    async fn page(&mut self, url: &Url) -> Result<Option<FetchedPage>, NotFetched> {
        let response = self.get(url, self.cache.conditions(url)).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let format = format_of(&response)?;
        let headers = response.headers().clone();
        let found_at = response.url().to_string();
        let body = body(response).await?;
        self.cache.note(url, &headers);
        Ok(Some(FetchedPage {
            url: found_at,
            format,
            body,
        }))
    }

    async fn get(&mut self, url: &Url, conditions: HeaderMap) -> Result<Response, NotFetched> {
        self.fence.check(url)?;
        let robots = self.robots_of(url).await;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if !robots.allows(path) {
            return Err(NotFetched::Robots);
        }
        self.wait(robots.delay).await;
        let response = self
            .client
            .get(url.clone())
            .headers(conditions)
            .send()
            .await
            .map_err(failed)?;
        match response.status() {
            status if status.is_success() || status == StatusCode::NOT_MODIFIED => Ok(response),
            status => Err(NotFetched::Status(status)),
        }
    }

    /// The rules of a page's host, read once. A host whose rules cannot be had forbids everything, as RFC 9309 says.
    async fn robots_of(&mut self, url: &Url) -> Robots {
        let origin = url.origin().ascii_serialization();
        if let Some(robots) = self.robots.get(&origin) {
            return robots.clone();
        }
        let forbidden = || Robots::parse("User-agent: *\nDisallow: /", AGENT);
        let robots = match url.join("/robots.txt") {
            Err(_) => forbidden(),
            Ok(address) => match self.client.get(address).send().await {
                Ok(response) if response.status().is_success() => match body(response).await {
                    Ok(bytes) => Robots::parse(&String::from_utf8_lossy(&bytes), AGENT),
                    Err(_) => forbidden(),
                },
                Ok(response) if response.status().is_client_error() => Robots::default(),
                Ok(_) | Err(_) => forbidden(),
            },
        };
        self.robots.insert(origin, robots.clone());
        robots
    }

    async fn wait(&mut self, asked: Option<Duration>) {
        let pace = self.pace.max(asked);
        tokio::time::sleep_until(self.next).await;
        self.next = Instant::now() + pace.unwrap_or_default();
    }
}

/// The only HTTP client of the program. It follows no proxy of the environment, which would be a peer that nobody
/// named, and no redirect out of the fence.
fn client(fence: &Fence) -> Result<Client> {
    // Another call may have installed it already, which is as good.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let within = fence.clone();
    Client::builder()
        .user_agent(USER_AGENT)
        .no_proxy()
        .dns_resolver(std::sync::Arc::new(fence.clone()))
        .connect_timeout(CONNECT_TIME)
        .timeout(REQUEST_TIME)
        .redirect(Policy::custom(move |attempt| {
            if attempt.previous().len() > MOST_REDIRECTS {
                return attempt.error(anyhow!("more than {MOST_REDIRECTS} redirects"));
            }
            match within.check(attempt.url()) {
                Ok(()) => attempt.follow(),
                Err(outside) => attempt.error(outside),
            }
        }))
        .build()
        .context("preparing to fetch; this machine may lack root certificates (package ca-certificates)")
}

async fn body(response: Response) -> Result<Vec<u8>, NotFetched> {
    let mut bytes = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(failed)?;
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(NotFetched::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// A sitemap that is kept compressed, expanded.
fn expand(bytes: Vec<u8>) -> Result<Vec<u8>, NotFetched> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut expanded = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    MultiGzDecoder::new(bytes.as_slice())
        .take(most)
        .read_to_end(&mut expanded)
        .map_err(|error| NotFetched::Failed(format!("its gzip is broken: {error}")))?;
    if expanded.len() > MOST_BYTES {
        Err(NotFetched::TooLarge)
    } else {
        Ok(expanded)
    }
}

fn format_of(response: &Response) -> Result<Format, NotFetched> {
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Ok(Format::Html),
        "text/markdown" => Ok(Format::Markdown),
        "text/calendar" => Ok(Format::ICalendar),
        "text/plain" => Ok(Format::PlainText),
        _ => Err(NotFetched::Kind(essence)),
    }
}

/// The whole chain of causes on one line: reqwest's own message stops before the one that helps.
fn failed(error: reqwest::Error) -> NotFetched {
    NotFetched::Failed(format!("{:#}", anyhow::Error::from(error.without_url())))
}
