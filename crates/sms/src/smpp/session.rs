//! The session as its user sees it, and the task that keeps it bound.

use std::future::Future;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep};

use super::connect::{Connector, Role, Trouble};
use super::link::{Ended, Link};
use super::pace::Pace;
use super::window::Reply;
use super::{BadConfig, Bind, Config};
use crate::message::{Incoming, Outbound, Submission};

/// A session with an SMSC, kept in the background until it is closed or its last handle is dropped.
#[derive(Clone, Debug)]
pub struct Session {
    jobs: mpsc::Sender<Job>,
    close: watch::Sender<bool>,
    status: watch::Receiver<Status>,
    rate: Option<NonZeroU32>,
}

/// What comes in.
#[derive(Debug)]
pub struct Deliveries(mpsc::Receiver<Delivery>);

/// A message or a receipt, which the SMSC keeps until it is acknowledged.
#[derive(Debug)]
pub struct Delivery {
    /// What came.
    pub incoming: Incoming,
    /// The answer that the SMSC waits for.
    pub acknowledgement: Acknowledgement,
}

/// The answer to a delivery. Dropped without [`Acknowledgement::stored`], it asks the SMSC to deliver again later.
#[derive(Debug)]
pub struct Acknowledgement {
    pub(crate) answer: Option<Answer>,
    pub(crate) answers: mpsc::UnboundedSender<Answer>,
}

/// Which delivery is answered, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) command: u32,
    pub(crate) sequence: u32,
    pub(crate) stored: bool,
}

/// A piece to submit.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) piece: Outbound,
    pub(crate) reply: Reply,
}

/// How a session stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Since when it can submit.
    pub sending_since: Option<Instant>,
    /// Since when it can receive.
    pub receiving_since: Option<Instant>,
    /// How many submissions wait for their response.
    pub window_used: usize,
    /// Why it was last not bound; none once it is bound again.
    pub trouble: Option<String>,
    /// Whether it ended.
    pub closed: bool,
    /// What happened since it started.
    pub counters: Counters,
}

impl Status {
    /// Whether it can both submit and receive.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.sending_since.is_some() && self.receiving_since.is_some()
    }
}

/// What happened since a session started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Successful binds.
    pub binds: u64,
    /// Submissions that left.
    pub submitted: u64,
    /// Submissions that the SMSC took.
    pub accepted: u64,
    /// Submissions refused for being too fast.
    pub throttled: u64,
    /// Submissions that it refused.
    pub refused: u64,
    /// Submissions whose outcome is unknown.
    pub ambiguous: u64,
    /// Responses that came after their time.
    pub late: u64,
    /// Deliveries stored and acknowledged.
    pub stored: u64,
    /// Deliveries that the SMSC was asked to deliver again.
    pub put_off: u64,
    /// Deliveries refused because they could not be read.
    pub unreadable: u64,
}

impl Session {
    /// Starts a session on the current Tokio runtime.
    ///
    /// # Errors
    /// When the configuration cannot be right. An SMSC that cannot be reached is no error: it is tried again.
    pub fn start(config: Config) -> Result<(Self, Deliveries), BadConfig> {
        let (jobs, queued) = mpsc::channel(config.window.get());
        // Besides deliveries, late responses, which nobody brings again.
        let (deliveries, incoming) = mpsc::channel(config.inbound.get() + config.window.get());
        let (close, closing) = watch::channel(false);
        let (status, shown) = watch::channel(Status::default());
        let rate = config.rate;
        let pace = Pace::new(rate, Instant::now());
        let shared = Arc::new(Shared {
            connector: Connector::new(config)?,
            deliveries,
            closing,
            status,
        });
        tokio::spawn(keep(shared, Jobs { queued, pace }));
        let session = Self {
            jobs,
            close,
            status: shown,
            rate,
        };
        Ok((session, Deliveries(incoming)))
    }

    /// How many pieces may be given to [`Session::submit`] at once, so that none waits longer than `wait` for its turn:
    /// the window, or what the rate lets through in that time; at least one.
    #[must_use]
    pub fn most_at_once(&self, wait: Duration) -> usize {
        let window = self.jobs.max_capacity();
        let Some(rate) = self.rate else { return window };
        let paced = u64::from(rate.get()).saturating_mul(wait.as_secs()).max(1);
        window.min(usize::try_from(paced).unwrap_or(usize::MAX))
    }

    /// Submits a piece: waits for its turn, then for the response.
    ///
    /// While the session is not bound, the piece is deferred at once. Dropping the future before it ends leaves the
    /// outcome unknown.
    pub async fn submit(&self, piece: Outbound) -> Submission {
        let (reply, outcome) = oneshot::channel();
        if self.jobs.send(Job { piece, reply }).await.is_err() {
            return closed();
        }
        outcome.await.unwrap_or_else(|_| Submission::Ambiguous {
            detail: "the SMPP session ended unexpectedly".to_owned(),
        })
    }

    /// How it stands now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// Waits until it stands as asked, or has ended.
    pub async fn until(&self, condition: impl FnMut(&Status) -> bool) -> Status {
        let mut status = self.status.clone();
        let mut condition = condition;
        let reached = status.wait_for(|status| status.closed || condition(status)).await;
        match reached {
            Ok(status) => status.clone(),
            Err(_) => self.status(),
        }
    }

    /// Ends it: nothing more is taken, what is in flight is given its time, then it unbinds.
    pub async fn close(&self) {
        self.close.send_replace(true);
        self.until(|_| false).await;
    }
}

impl Deliveries {
    /// The next; none once the session has ended.
    pub async fn next(&mut self) -> Option<Delivery> {
        self.0.recv().await
    }
}

impl Acknowledgement {
    /// Tells the SMSC that it may forget the delivery, because it is stored here.
    pub fn stored(mut self) {
        self.answer(true);
    }

    fn answer(&mut self, stored: bool) {
        if let Some(answer) = self.answer.take() {
            // The connection may be gone: then the SMSC delivers again anyway.
            self.answers.send(Answer { stored, ..answer }).ok();
        }
    }
}

impl Drop for Acknowledgement {
    fn drop(&mut self) {
        self.answer(false);
    }
}

/// What the connections of a session share.
pub(crate) struct Shared {
    pub(crate) connector: Connector,
    pub(crate) deliveries: mpsc::Sender<Delivery>,
    pub(crate) closing: watch::Receiver<bool>,
    pub(crate) status: watch::Sender<Status>,
}

impl Shared {
    pub(crate) fn config(&self) -> &Config {
        &self.connector.config
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Counters)) {
        self.status.send_modify(|status| change(&mut status.counters));
    }

    pub(crate) async fn closed(&self) {
        let mut closing = self.closing.clone();
        // An error means that all handles are gone, which closes as well.
        closing.wait_for(|closing| *closing).await.ok();
    }

    fn is_closing(&self) -> bool {
        *self.closing.borrow() || self.closing.has_changed().is_err()
    }

    fn set_bound(&self, role: Role, since: Option<Instant>) {
        self.status.send_modify(|status| {
            if role.sends() {
                status.sending_since = since;
                status.window_used = 0;
            }
            if role.receives() {
                status.receiving_since = since;
            }
            if since.is_some() {
                status.counters.binds += 1;
                status.trouble = None;
            }
        });
    }

    fn set_trouble(&self, trouble: &Trouble) {
        tracing::warn!(%trouble, "SMPP");
        self.status
            .send_modify(|status| status.trouble = Some(trouble.to_string()));
    }
}

/// What is to be submitted, and when.
pub(crate) struct Jobs {
    pub(crate) queued: mpsc::Receiver<Job>,
    pub(crate) pace: Pace,
}

/// Keeps the session bound until it is closed.
async fn keep(shared: Arc<Shared>, mut jobs: Jobs) {
    let mut failures = Failures::default();
    match shared.config().bind {
        Bind::Transceiver => keep_bound(&shared, Role::Transceiver, Some(&mut jobs), &mut failures).await,
        Bind::Separate => keep_separate(&shared, &mut jobs, &mut failures).await,
        Bind::Automatic => {
            while !shared.is_closing() {
                keep_bound(&shared, Role::Transceiver, Some(&mut jobs), &mut failures).await;
                if !shared.is_closing() {
                    keep_separate(&shared, &mut jobs, &mut failures).await;
                }
            }
        }
    }
    jobs.queued.close();
    while let Some(job) = jobs.queued.recv().await {
        job.reply.send(closed()).ok();
    }
    shared.status.send_modify(|status| status.closed = true);
}

/// Keeps two connections; ends with the transmitter.
async fn keep_separate(shared: &Shared, jobs: &mut Jobs, failures: &mut Failures) {
    let mut failures_to_receive = Failures::default();
    let receiver = keep_bound(shared, Role::Receiver, None, &mut failures_to_receive);
    let transmitter = keep_bound(shared, Role::Transmitter, Some(jobs), failures);
    tokio::pin!(receiver);
    tokio::pin!(transmitter);
    let receiver_ended = tokio::select! {
        () = &mut transmitter => false,
        () = &mut receiver => true,
    };
    if receiver_ended {
        transmitter.await;
    } else if shared.is_closing() {
        receiver.await;
    } else {
        shared.set_bound(Role::Receiver, None);
    }
}

/// Keeps one connection, binding again when it ends. Returns when the session closes, or when other binds should be
/// tried.
async fn keep_bound(shared: &Shared, role: Role, mut jobs: Option<&mut Jobs>, failures: &mut Failures) {
    let may_change = shared.config().bind == Bind::Automatic && role != Role::Receiver;
    let mut has_worked = false;
    while !shared.is_closing() {
        let bound = meanwhile(shared, &mut jobs, shared.connector.bind(role)).await;
        let mut other_binds = false;
        match bound {
            None => return,
            Some(Ok(bound)) => {
                has_worked = true;
                shared.set_bound(role, Some(Instant::now()));
                tracing::info!(?role, "SMPP bound");
                let ended = Link::new(shared, bound).run(jobs.as_deref_mut(), failures).await;
                shared.set_bound(role, None);
                match ended {
                    Ended::Closed => return,
                    Ended::Unbound => tracing::info!(?role, "SMPP unbound by the SMSC"),
                    Ended::Lost(trouble) => shared.set_trouble(&trouble),
                }
            }
            Some(Err(trouble)) => {
                other_binds = may_change && !has_worked && trouble.leads_to_other_binds(role);
                shared.set_trouble(&trouble);
            }
        }
        if other_binds && role == Role::Transceiver {
            return;
        }
        let wait = failures.next_wait(shared.config());
        if meanwhile(shared, &mut jobs, sleep(wait)).await.is_none() || other_binds {
            return;
        }
    }
}

/// Waits for something while not bound, deferring what is to be submitted; none when the session closes first.
async fn meanwhile<T>(
    shared: &Shared,
    jobs: &mut Option<&mut Jobs>,
    wait: impl Future<Output = T>,
) -> Option<T> {
    tokio::pin!(wait);
    loop {
        tokio::select! {
            done = &mut wait => return Some(done),
            () = shared.closed() => return None,
            Some(job) = next_job(jobs) => {
                let after = Some(shared.config().timing.reconnect);
                let detail = "not connected to the SMSC".to_owned();
                job.reply.send(Submission::Deferred { after, detail }).ok();
            }
        }
    }
}

/// The next piece to submit; never for a receiver.
async fn next_job(jobs: &mut Option<&mut Jobs>) -> Option<Job> {
    match jobs {
        Some(jobs) => jobs.queued.recv().await,
        None => std::future::pending().await,
    }
}

fn closed() -> Submission {
    Submission::Deferred {
        after: None,
        detail: "the SMPP session is closed".to_owned(),
    }
}

/// How often in a row no connection held.
#[derive(Debug, Default)]
pub(crate) struct Failures(u32);

impl Failures {
    /// A connection has proved that it works.
    pub(crate) fn forget(&mut self) {
        self.0 = 0;
    }

    /// Doubled each time, less a random part of up to a half, so that a thousand clients of one SMSC do not come back
    /// at once.
    fn next_wait(&mut self, config: &Config) -> Duration {
        let timing = &config.timing;
        let doubled = timing.reconnect.saturating_mul(2_u32.saturating_pow(self.0));
        self.0 = self.0.saturating_add(1);
        let random = f64::from(getrandom::u32().unwrap_or(u32::MAX)) / f64::from(u32::MAX);
        doubled.min(timing.reconnect_most).mul_f64(0.5 + random / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smpp::Password;

    #[test]
    fn waits_double_up_to_the_longest_and_differ() {
        let config = Config::new("localhost", 2775, "us", Password::new("secret".into()));
        let mut failures = Failures::default();
        for most in [1.0_f64, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0] {
            let wait = failures.next_wait(&config).as_secs_f64();
            assert!((most / 2.0..=most).contains(&wait), "{wait} of {most}");
        }
        let waits: Vec<_> = (0..20).map(|_| failures.next_wait(&config)).collect();
        assert!(waits.iter().any(|wait| *wait != waits[0]));
    }
}
