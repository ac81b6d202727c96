//! The gateways of the configuration, and the work that each of them takes: to receive, to send, to end well.

use super::entries::{Driver, GammuEntry, GatewayEntry};
use super::send::Submit;
use super::{Channel, Line, Takes};
use crate::config::Config;
use anyhow::{Context, Result};
use assistant::Assistant;
use domain::clock::Clock;
use domain::site::Site;
use futures::FutureExt;
use sms::gammu;
use sms::message::{Address, Incoming, Outbound, Submission};
use sms::smpp::{Deliveries, Session, Status};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

/// How many messages are answered at the same time.
const ANSWERED_AT_ONCE: usize = 4;
/// How many deliveries are stored in one transaction, at most.
const STORED_AT_ONCE: usize = 50;
/// How long a connection to an HTTP gateway may take.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// How long one request to it may take.
const REQUEST_TIME: Duration = Duration::from_secs(20);
/// How long a piece may wait for its turn in a session: long before it would be taken for lost.
const WAITS_AT_MOST: Duration = Duration::from_secs(20);
/// How many requests to it may be under way at once.
const REQUESTS_AT_ONCE: u32 = 10;
/// How many files are written for gammu-smsd at once.
const FILES_AT_ONCE: u32 = 10;
/// How often the folders of gammu-smsd are read.
const LOOK: Duration = Duration::from_secs(2);
/// How long nothing was written to a message before it is read there.
const SETTLED: Duration = Duration::from_secs(3);
/// How long a worker rests that could not store or that a defect ended.
const REST: Duration = Duration::from_secs(1);

/// The channel with its gateways.
pub(crate) struct Gateways {
    /// What they bring to, and take from.
    pub(crate) channel: Arc<Channel>,
    gateways: Vec<Gateway>,
}

struct Gateway {
    name: String,
    way: Way,
}

enum Way {
    Http(Arc<Http>),
    Smpp(Box<Smpp>),
    Gammu(Arc<Gammu>),
}

struct Http {
    driver: sms::http::Gateway,
    client: reqwest::Client,
}

struct Smpp {
    config: sms::smpp::Config,
    /// Once it works.
    session: OnceLock<Session>,
}

struct Gammu {
    own: Address,
    folders: GammuEntry,
    /// Where files go that hold no message, so that they are not read for ever.
    unreadable: PathBuf,
    clock: Clock,
}

impl Submit for Http {
    fn at_once(&self) -> u32 {
        REQUESTS_AT_ONCE
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        sms::http::submit(&self.client, &self.driver, &piece).await
    }
}

impl Submit for Session {
    fn at_once(&self) -> u32 {
        u32::try_from(self.most_at_once(WAITS_AT_MOST)).unwrap_or(u32::MAX)
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        Session::submit(self, piece).await
    }
}

impl Submit for Arc<Gammu> {
    fn at_once(&self) -> u32 {
        FILES_AT_ONCE
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        let gammu = Self::clone(self);
        let writing = move || gammu::write_outbox(&gammu.folders.outbox, &piece, gammu.clock.now());
        match tokio::task::spawn_blocking(writing).await {
            Ok(Ok(_file)) => Submission::Accepted { id: None },
            Ok(Err(error @ (gammu::FilesError::Id | gammu::FilesError::Recipient))) => Submission::Refused {
                detail: error.to_string(),
            },
            Ok(Err(error @ gammu::FilesError::Unsynced { .. })) => Submission::Ambiguous {
                detail: error.to_string(),
            },
            // Written again under the same name, it is one message as long as smsd has not taken it.
            Ok(Err(error)) => Submission::Deferred {
                after: None,
                detail: error.to_string(),
            },
            Err(_) => Submission::Ambiguous {
                detail: "writing it ended unexpectedly".to_owned(),
            },
        }
    }
}

impl Gateways {
    /// The gateways of the configuration with the sites that have numbers; none where there is no gateway.
    ///
    /// # Errors
    /// When a secret is missing, or a gateway's settings cannot work.
    pub(crate) fn new(
        config: &Config,
        assistant: Assistant,
        sites: &[Site],
        clock: Clock,
    ) -> Result<Option<Self>> {
        if config.gateways.is_empty() {
            return Ok(None);
        }
        let gateways = config
            .gateways
            .iter()
            .map(|entry| {
                let preparing = || format!("preparing the gateway {:?}", entry.name);
                Gateway::new(entry, clock).with_context(preparing)
            })
            .collect::<Result<Vec<_>>>()?;
        let lines = config.sites.iter().filter_map(|entry| {
            let settings = entry.sms.clone()?;
            let site = sites.iter().find(|site| site.key == entry.key)?.clone();
            let gateway = gateways.iter().find(|it| it.name == settings.gateway)?;
            Some(Line {
                site,
                settings,
                takes: gateway.takes(),
                public_url: public_url(config.server.public_url.as_ref(), &entry.hosts),
            })
        });
        let channel = Channel::new(assistant, clock, lines.collect());
        Ok(Some(Self {
            channel: Arc::new(channel),
            gateways,
        }))
    }

    /// What reads the webhooks of a gateway, and its name; none where it has no webhooks.
    pub(crate) fn webhooks(&self, name: &str) -> Option<(&str, &sms::http::Gateway)> {
        let gateway = self.gateways.iter().find(|it| it.name == name)?;
        match &gateway.way {
            Way::Http(http) => Some((&gateway.name, &http.driver)),
            Way::Smpp(_) | Way::Gammu(_) => None,
        }
    }

    /// How the SMPP sessions stand, by the names of their gateways.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = (&str, Status)> {
        self.gateways.iter().filter_map(|gateway| match &gateway.way {
            Way::Smpp(smpp) => Some((gateway.name.as_str(), smpp.session.get()?.status())),
            Way::Http(_) | Way::Gammu(_) => None,
        })
    }

    /// Starts to answer and to send, until told to stop, then for at most `grace` what is under way.
    ///
    /// # Errors
    /// When an SMPP account's settings cannot work.
    pub(crate) fn start(&self, stop: &watch::Receiver<bool>, grace: Duration) -> Result<Working> {
        let mut working = JoinSet::new();
        for gateway in &self.gateways {
            let (channel, name, stop) = (self.channel.clone(), gateway.name.clone(), stop.clone());
            match &gateway.way {
                Way::Http(http) => {
                    let http = http.clone();
                    working.spawn(async move { send(&channel, &name, &*http, &stop).await });
                }
                Way::Smpp(smpp) => {
                    let starting = || format!("starting the SMPP session of the gateway {name:?}");
                    let (session, deliveries) = Session::start(smpp.config.clone()).with_context(starting)?;
                    let session = smpp.session.get_or_init(|| session).clone();
                    working.spawn(async move {
                        let sending = async {
                            tokio::select! {
                                () = send(&channel, &name, &session, &stop) => {}
                                () = after(&stop, grace) => {}
                            }
                            session.close().await;
                        };
                        // What comes until the end is stored: a late response is brought only once.
                        tokio::join!(sending, receive(&channel, &name, deliveries));
                    });
                }
                Way::Gammu(gammu) => {
                    let gammu = gammu.clone();
                    working.spawn(async move {
                        let looking = look(&channel, &name, &gammu, &stop);
                        tokio::join!(looking, send(&channel, &name, &gammu, &stop));
                    });
                }
            }
        }
        for _ in 0..ANSWERED_AT_ONCE {
            let (channel, stop) = (self.channel.clone(), stop.clone());
            working.spawn(async move { kept_up(|| channel.answer(stop.clone())).await });
        }
        Ok(Working(working))
    }
}

/// The workers of all gateways.
pub(crate) struct Working(JoinSet<()>);

impl Working {
    /// Waits for the end of all, or of `grace` after the signal to stop.
    pub(crate) async fn end(mut self, stop: watch::Receiver<bool>, grace: Duration) {
        let all = async { while self.0.join_next().await.is_some() {} };
        // A session is given its own time to unbind beyond the grace.
        let too_long = after(&stop, grace + sms::smpp::Timing::default().close + REST);
        tokio::select! {
            () = all => {}
            () = too_long => tracing::warn!("some SMS took longer than server.shutdown_seconds and were cut"),
        }
    }
}

impl Gateway {
    fn new(entry: &GatewayEntry, clock: Clock) -> Result<Self> {
        let secrets = entry.secrets()?;
        let way = match &entry.driver {
            Driver::Http(configuration) => {
                let secrets = secrets.into_iter().collect();
                // Another call may have installed it already, which is as good.
                let _installed = rustls::crypto::ring::default_provider().install_default();
                Way::Http(Arc::new(Http {
                    driver: sms::http::Gateway::new((**configuration).clone(), &secrets)?,
                    client: sms::http::client(CONNECT_TIME, REQUEST_TIME)
                        .context("preparing to connect; this machine may lack root certificates (package ca-certificates)")?,
                }))
            }
            Driver::Smpp(smpp) => Way::Smpp(Box::new(Smpp {
                config: smpp.configuration(&secrets)?,
                session: OnceLock::new(),
            })),
            Driver::Gammu(folders) => Way::Gammu(Arc::new(Gammu {
                own: Address::parse(&folders.number).context("reading its number")?,
                folders: folders.clone(),
                unreadable: folders.inbox.join("unreadable"),
                clock,
            })),
        };
        Ok(Self {
            name: entry.name.clone(),
            way,
        })
    }

    fn takes(&self) -> Takes {
        match self.way {
            Way::Smpp(_) => Takes::Segments,
            Way::Http(_) | Way::Gammu(_) => Takes::WholeTexts,
        }
    }
}

/// The address of a site's pages: the server's, at the site's own host where it has one.
fn public_url(server: Option<&Url>, hosts: &[String]) -> Option<Url> {
    let mut url = server?.clone();
    let is_its_own = |host: &String| url.host_str().is_some_and(|of_server| of_server == host);
    if let Some(host) = hosts.first()
        && !hosts.iter().any(is_its_own)
    {
        // Rather no link than one that leads nowhere.
        url.set_host(Some(host)).ok()?;
    }
    Some(url)
}

/// Sends what is queued, until told to stop.
async fn send(channel: &Channel, name: &str, through: &impl Submit, stop: &watch::Receiver<bool>) {
    kept_up(|| channel.send(name, through, stop.clone())).await;
}

/// Stores what an SMSC delivers, and acknowledges what is stored, until the session ends.
async fn receive(channel: &Channel, name: &str, mut deliveries: Deliveries) {
    let mut unstored = Vec::new();
    while let Some(first) = deliveries.next().await {
        let mut incoming = std::mem::take(&mut unstored);
        incoming.push(first.incoming);
        let mut acknowledgements = vec![first.acknowledgement];
        while incoming.len() < STORED_AT_ONCE
            && let Some(Some(next)) = deliveries.next().now_or_never()
        {
            incoming.push(next.incoming);
            acknowledgements.push(next.acknowledgement);
        }
        // Nobody brings these again.
        let late = incoming.iter().filter(|it| matches!(it, Incoming::Taken { .. }));
        let late: Vec<Incoming> = late.cloned().collect();
        if stored(channel, name, incoming).await {
            for acknowledgement in acknowledgements {
                acknowledgement.stored();
            }
        } else {
            unstored = late;
            // Dropped, they ask for the deliveries again.
            drop(acknowledgements);
            tokio::time::sleep(REST).await;
        }
    }
}

/// Whether what came in is stored.
async fn stored(channel: &Channel, name: &str, incoming: Vec<Incoming>) -> bool {
    match AssertUnwindSafe(channel.receive(name, incoming))
        .catch_unwind()
        .await
    {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::error!(gateway = name, %error, "the gateway is asked to bring it again");
            false
        }
        Err(_panic) => false,
    }
}

/// Reads the folders of gammu-smsd again and again, until told to stop.
async fn look(channel: &Channel, name: &str, gammu: &Arc<Gammu>, stop: &watch::Receiver<bool>) {
    let mut stop = stop.clone();
    while !*stop.borrow() {
        let read = {
            let gammu = gammu.clone();
            tokio::task::spawn_blocking(move || gammu.read()).await
        };
        match read {
            Ok(Ok((messages, results))) => {
                for message in messages {
                    let incoming = vec![Incoming::Message(message.inbound.clone())];
                    if stored(channel, name, incoming).await {
                        done(name, message.remove());
                    }
                }
                for result in results {
                    let incoming = vec![Incoming::Receipt(result.receipt.clone())];
                    if stored(channel, name, incoming).await {
                        done(name, result.remove());
                    }
                }
            }
            Ok(Err(error)) => tracing::error!(gateway = name, %error, "trying again"),
            Err(_panic) => {}
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

fn done(name: &str, removed: Result<(), gammu::FilesError>) {
    if let Err(error) = removed {
        tracing::error!(gateway = name, %error, "it is read again, and known again");
    }
}

impl Gammu {
    fn read(&self) -> Result<(Vec<gammu::Received>, Vec<gammu::Finished>), gammu::FilesError> {
        let settled = SystemTime::from(self.clock.now()) - SETTLED;
        let inbox = gammu::read_inbox(&self.folders.inbox, &self.own, settled)?;
        let failed = |source| gammu::FilesError::Write { source };
        if !inbox.unusable.is_empty() {
            tracing::warn!(
                files = inbox.unusable.len(),
                "files in gammu-smsd's inbox hold no message; they are moved to its folder \"unreadable\""
            );
            std::fs::create_dir_all(&self.unreadable).map_err(failed)?;
        }
        for file in &inbox.unusable {
            if let Some(name) = file.file_name() {
                std::fs::rename(file, self.unreadable.join(name)).map_err(failed)?;
            }
        }
        let results = gammu::results(&self.folders.sent, &self.folders.error)?;
        Ok((inbox.messages, results))
    }
}

/// A worker that a defect ends starts again: the others' messages go on.
async fn kept_up<F: Future<Output = ()>>(work: impl Fn() -> F) {
    while AssertUnwindSafe(work()).catch_unwind().await.is_err() {
        tokio::time::sleep(REST).await;
    }
}

/// Ends `grace` after the signal to stop.
async fn after(stop: &watch::Receiver<bool>, grace: Duration) {
    let mut stop = stop.clone();
    // A sender that is gone can ask for nothing any more: stop too.
    stop.wait_for(|stop| *stop).await.ok();
    tokio::time::sleep(grace).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_with_the_sites_own_host_where_it_has_one() {
        let server = Url::parse("https://parvis.agglo.example:8443/").unwrap();
        let of = |hosts: &[&str]| {
            let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
            public_url(Some(&server), &hosts).map(|url| url.to_string())
        };
        assert_eq!(of(&[]).as_deref(), Some("https://parvis.agglo.example:8443/"));
        let own = of(&["parvis.moulin.example", "autre.moulin.example"]);
        assert_eq!(own.as_deref(), Some("https://parvis.moulin.example:8443/"));
        let among = of(&["parvis.moulin.example", "parvis.agglo.example"]);
        assert_eq!(among.as_deref(), Some("https://parvis.agglo.example:8443/"));
        assert_eq!(of(&["un hôte impossible"]), None);
        assert_eq!(public_url(None, &["parvis.moulin.example".to_owned()]), None);
    }
}
