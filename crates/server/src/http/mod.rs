//! The HTTP channel: what is served where, and until when.

mod answers;
mod assets;
mod body;
pub(crate) mod client;
mod conversations;
mod edge;
mod health;
pub(crate) mod metrics;
mod openapi;
mod origin;
mod pages;
pub(crate) mod problem;
mod questions;
mod sites;
mod sms;
pub(crate) mod wire;

use self::assets::{Asset, Assets};
use self::client::Pace;
use self::metrics::Metrics;
use self::problem::{Code, Problem};
use crate::config::{Config, MetricsReaders, Network};
use crate::sms::Gateways;
use crate::sms::phone::Phone;
use assistant::{Assistant, Meter};
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use domain::clock::Clock;
use domain::site::Site;
use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Semaphore, watch};
use url::Url;

/// What every handler may reach.
pub(crate) struct App {
    assistant: Assistant,
    clock: Clock,
    sites: Vec<Site>,
    hosts: Vec<(String, usize)>,
    public_url: Option<Url>,
    trusted_proxies: Vec<Network>,
    metrics_readers: MetricsReaders,
    body_bytes: usize,
    question_characters: usize,
    request_time: Duration,
    room: Option<Semaphore>,
    pace: Pace,
    metrics: Metrics,
    assets: Assets,
    /// By the key of their site.
    themes: HashMap<String, Asset>,
    /// What brings SMS, where something does.
    sms: Option<Arc<Gateways>>,
    /// The demo's telephone.
    phone: Option<Mutex<Phone>>,
    /// What residents are told of the language model, where there is one.
    model: Option<PublicModel>,
    /// The power that stands in for a counter of the processor.
    watts_per_core: f64,
    /// True once the server is told to stop; none where nobody tells it.
    stopping: Option<watch::Receiver<bool>>,
}

/// What residents are told of a language model.
struct PublicModel {
    name: String,
    /// Whether it says extracts again, or only helps to search.
    rewords: bool,
    /// Whether residents may wish for very simple words.
    easy_to_read: bool,
    /// Whether what it takes of energy is in what is counted.
    is_counted: bool,
}

impl App {
    /// Everything that the handlers need, from the configuration and the sites that the store holds.
    pub(crate) fn new(
        config: &Config,
        assistant: Assistant,
        sites: Vec<Site>,
        clock: Clock,
        sms: Option<Arc<Gateways>>,
    ) -> Self {
        let at = |key: &str| sites.iter().position(|site| site.key == key);
        let entries = config
            .sites
            .iter()
            .filter_map(|entry| Some((entry, at(&entry.key)?)));
        let hosts =
            entries.flat_map(|(entry, at)| entry.hosts.iter().map(move |host| (host.to_lowercase(), at)));
        let themes = config.sites.iter().filter_map(|entry| {
            let sheet = entry.theme.style_sheet()?;
            Some((entry.key.clone(), Asset::style_sheet(sheet)))
        });
        let method = assistant.meter().map(Meter::method);
        let model = config.model.public_name().map(|name| PublicModel {
            name,
            rewords: config.model.rewords(),
            easy_to_read: config.model.is_easy_to_read(),
            is_counted: method.is_some_and(|method| config.model.is_counted_by(method)),
        });
        Self {
            hosts: hosts.collect(),
            assistant,
            clock,
            sites,
            public_url: config.server.public_url.clone(),
            trusted_proxies: config.server.trusted_proxies.clone(),
            metrics_readers: config.server.metrics,
            body_bytes: config.limits.body_bytes,
            question_characters: config.limits.question_characters,
            request_time: Duration::from_secs(config.server.request_seconds.max(1)),
            room: (config.limits.concurrent > 0).then(|| Semaphore::new(config.limits.concurrent)),
            pace: Pace::new(&config.limits),
            metrics: Metrics::default(),
            assets: Assets::new(),
            themes: themes.collect(),
            sms,
            phone: None,
            model,
            watts_per_core: config.energy.watts_per_core,
            stopping: None,
        }
    }

    /// With what tells it to stop: what can be left unsaid then is.
    pub(crate) fn until(self, stopping: watch::Receiver<bool>) -> Self {
        Self {
            stopping: Some(stopping),
            ..self
        }
    }

    /// Waits until the server is told to stop.
    async fn told_to_stop(&self) {
        match self.stopping.clone() {
            Some(mut stopping) => drop(stopping.wait_for(|stop| *stop).await),
            None => std::future::pending().await,
        }
    }

    /// With a telephone that writes to the town.
    pub(crate) fn with_phone(self, phone: Option<Phone>) -> Self {
        Self {
            phone: phone.map(Mutex::new),
            ..self
        }
    }

    /// The site that a request is for: the one it names, else the one at that host, else the only one.
    fn site(&self, key: Option<&str>, headers: &HeaderMap) -> Result<&Site, Problem> {
        let unknown = || Problem::new(Code::UnknownSite);
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            return self.sites.iter().find(|site| site.key == key).ok_or_else(unknown);
        }
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        let name = host
            .rsplit_once(':')
            .map_or(host, |(name, _port)| name)
            .to_lowercase();
        let at_host = self
            .hosts
            .iter()
            .find(|(known, _)| *known == name)
            .and_then(|(_, at)| self.sites.get(*at));
        match (at_host, self.sites.as_slice()) {
            (Some(site), _) | (None, [site]) => Ok(site),
            _ => Err(unknown()),
        }
    }
}

/// Everything that is served.
pub(crate) fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/questions", post(questions::post))
        .route("/answers/{id}/feedback", post(answers::feedback))
        .route("/conversations/{code}", delete(conversations::delete))
        .route("/site/{key}", get(sites::get))
        .route("/openapi.json", get(openapi::get))
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .layer(from_fn_with_state(app.clone(), origin::check));
    Router::new()
        .nest("/api/v1", api)
        .route("/", get(pages::chat::get).post(pages::chat::post))
        .route("/confidentialite", get(pages::notices::privacy))
        .route("/accessibilite", get(pages::notices::accessibility))
        .route("/qualite", get(pages::quality::get))
        .route("/problems/{code}", get(pages::notices::problem))
        .route("/s/{site}/documents/{*id}", get(pages::document::get))
        .route("/widget.js", get(assets::widget))
        .route("/assets/{name}", get(assets::get))
        .route("/s/{site}/theme.css", get(assets::theme))
        .route("/r/{code}", get(pages::sent::get))
        .route("/telephone", get(pages::phone::get).post(pages::phone::post))
        .route("/sms/{gateway}", get(sms::receive).post(sms::receive))
        .layer(from_fn_with_state(app.clone(), edge::guard))
        // A server that is full is alive, and says how full it is.
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::get))
        .fallback(async || Problem::new(Code::NotFound))
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .layer(from_fn_with_state(app.clone(), edge::watch))
        .layer(from_fn(edge::secure))
        .with_state(app)
}

/// Serves until `stop` comes, then until the answers under way are given, for at most `grace`.
///
/// # Errors
/// When the listener fails.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
    grace: Duration,
) -> std::io::Result<()> {
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let signal = async move {
        stop.await;
        // Nobody waits any more only where serving has already failed.
        let _received = stopping.send(());
    };
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(signal);
    let too_long = async move {
        if stopped.await.is_ok() {
            tokio::time::sleep(grace).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        served = serving => served,
        () = too_long => {
            tracing::warn!("some answers took longer than server.shutdown_seconds and were cut");
            Ok(())
        }
    }
}
