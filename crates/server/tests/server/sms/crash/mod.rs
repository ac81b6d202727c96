//! Killed at random moments under load: what was acknowledged is answered once, save what is in doubt, and that is counted.
//!
//! `PARVIS_CRASH_KILLS` sets how often, `PARVIS_CRASH_SEED` repeats the moments of an earlier run.

mod by_kannel;
mod by_smpp;

use super::{metric, serve};
use crate::support::{Installation, Server};
use assistant::{Assistant, IndexPlace, Setup, Target};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How often, where the environment does not say.
const KILLS: u64 = 20;
/// The first process lives until it has given so many answers; no later one lives longer, on any machine.
const FIRST_ANSWERS: usize = 40;
/// So many questions wait for their answers at any moment: each kill finds some of them.
const WAITING: u64 = 30;
/// So many questions a killed process was answering: the next takes them again after ten seconds.
const HELD: u64 = 4;
/// So many kills may fall into ten seconds.
const KILLS_IN_TEN_SECONDS: u64 = 20;
/// How long one look at what happens may take.
const LOOK: Duration = Duration::from_millis(20);
/// A message that a worker died with is taken again after ten seconds, and what was left behind is to be answered.
const END: Duration = Duration::from_secs(300);
/// A gateway brings again within a second what was not acknowledged: when nothing happens for so long, nothing will.
const QUIET: Duration = Duration::from_secs(4);

const QUESTION: &str = "la carte de bibliotheque est gratuite ?";

/// Who brings questions and takes answers.
trait Peer {
    const NAME: &str;
    /// So many submissions may be without a response at any moment.
    const WINDOW: u64;

    /// Brings up to so many more questions, and takes note of what happens for a while.
    fn go_on(&mut self, more: u64, until: Instant);
    /// The process was killed.
    fn killed(&mut self);
    /// How many questions it brought.
    fn asked(&self) -> u64;
    /// How many of them are not acknowledged, as far as it knows.
    fn unacknowledged(&self) -> u64;
    /// What each telephone got.
    fn answers(&self) -> &BTreeMap<String, Vec<String>>;

    /// How many telephones have no answer.
    fn missing(&self) -> u64 {
        self.asked() - u64::try_from(self.answers().len()).unwrap()
    }
}

/// The moments of the kills.
struct Moments(u64);

impl Moments {
    /// As a share of the longest life.
    fn next(&mut self) -> f64 {
        // SplitMix64: any seed will do, and the same one gives the same moments.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|error| panic!("{name}={value}: {error}")),
    )
}

/// The outbox's pieces in doubt; read while no process runs, so that all of them are.
fn in_doubt(installation: &Installation) -> u64 {
    let key = std::fs::read(installation.data().join("installation.key")).unwrap();
    let setup = Setup {
        store: Target::SqliteFile(installation.data().join("parvis.db")),
        index: IndexPlace::Memory,
        installation_key: key.try_into().unwrap(),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let assistant = Assistant::open(setup).await.unwrap();
        let queues = assistant.sms_queues().await.unwrap();
        assistant.close().await;
        queues
            .values()
            .map(|depth| depth.submitting + depth.ambiguous)
            .sum()
    })
}

/// What the log says of pieces whose doubt was ended without a receipt: sent again, given up.
fn resolved(log: &str) -> (u64, u64) {
    let sum = |name: &str| {
        let told = log.split(name).skip(1);
        told.map(|after| {
            let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            digits[..end].parse::<u64>().unwrap()
        })
        .sum()
    };
    (sum("sent_again"), sum("given_up"))
}

fn waiting(server: &Server) -> u64 {
    ["inbox", "queued"]
        .map(|queue| {
            let name = format!("parvis_sms_waiting{{gateway=\"kannel\",queue=\"{queue}\"}}");
            metric(server, &name)
        })
        .iter()
        .sum()
}

/// What the kills left.
#[derive(Default)]
struct Doubts {
    /// How many submissions each kill left without a response, as they add up.
    made: u64,
    /// The most that one kill left.
    most: u64,
    /// How many are in doubt now.
    open: u64,
    sent_again: u64,
    given_up: u64,
}

impl Doubts {
    /// Counts again, after a kill or at the end.
    fn count(&mut self, installation: &Installation, log: &str) {
        let (sent_again, given_up) = resolved(log);
        let open = in_doubt(installation);
        // Who was in doubt and is no more was sent again, given up, or a receipt told.
        let ended = (sent_again + given_up) - (self.sent_again + self.given_up);
        let new = (open + ended).saturating_sub(self.open);
        (self.open, self.sent_again, self.given_up) = (open, sent_again, given_up);
        self.made += new;
        self.most = self.most.max(new);
    }
}

/// Kills again and again, lets what is left be answered, and looks at what the peer saw.
#[expect(
    clippy::print_stderr,
    reason = "what a run counted is printed, and how to repeat it"
)]
fn killed_again_and_again<P: Peer>(peer: &mut P, installation: &Installation, port: u16) {
    let kills = setting("PARVIS_CRASH_KILLS").unwrap_or(KILLS);
    let seed = setting("PARVIS_CRASH_SEED").unwrap_or_else(|| getrandom::u64().unwrap());
    eprintln!("{}: PARVIS_CRASH_KILLS={kills} PARVIS_CRASH_SEED={seed}", P::NAME);
    let (mut moments, mut doubts) = (Moments(seed), Doubts::default());
    let mut longest_life: Option<Duration> = None;
    for kill in 0..kills {
        let held = HELD * kill.min(KILLS_IN_TEN_SECONDS);
        let mut server = serve(installation, port);
        let began = Instant::now();
        let life = longest_life.map(|longest| longest.mul_f64(moments.next()));
        let lives = |peer: &P| match life {
            Some(life) => began.elapsed() < life,
            None => peer.answers().len() < FIRST_ANSWERS && began.elapsed() < END,
        };
        while lives(peer) {
            let more = (WAITING + held + doubts.open).saturating_sub(peer.missing());
            let look = life.map_or(LOOK, |life| life.saturating_sub(began.elapsed()).min(LOOK));
            peer.go_on(more, Instant::now() + look);
        }
        let longest = longest_life.get_or_insert(began.elapsed());
        assert!(*longest < END, "too few answers: {}", server.log());
        server.signal("-KILL");
        server.wait();
        peer.killed();
        doubts.count(installation, &server.log());
    }
    let by_then = peer.asked() - peer.missing();
    let server = serve(installation, port);
    let log = rest_answered(peer, server);
    doubts.count(installation, &log);

    let (asked, missing) = (peer.asked(), peer.missing());
    let (once, more): (Vec<_>, Vec<_>) = peer.answers().iter().partition(|(_, got)| got.len() == 1);
    let twice = u64::try_from(more.len()).unwrap();
    eprintln!(
        "{}: {kills} kills in lives of up to {longest_life:?}, {asked} questions, {by_then} answered before the last kill; {} answered once, \
         {twice} twice, {missing} not; {} submissions without a response, {} at most by one kill; of them {} in doubt, \
         {} sent again, {} given up",
        P::NAME,
        once.len(),
        doubts.made,
        doubts.most,
        doubts.open,
        doubts.sent_again,
        doubts.given_up
    );
    let first = u64::try_from(FIRST_ANSWERS).unwrap();
    assert!(by_then >= first + kills, "there was too little load");
    assert!(
        doubts.most <= P::WINDOW,
        "more than a window in doubt after one kill"
    );
    assert!(missing <= doubts.open + doubts.given_up, "acknowledged and lost");
    assert!(twice <= doubts.sent_again, "answered twice: {more:?}");
    assert!(
        more.iter().all(|(_, got)| got.len() == 2),
        "answered thrice: {more:?}"
    );
}

/// Lets a process that lives on answer what is left, and stops it; gives its log.
fn rest_answered(peer: &mut impl Peer, mut server: Server) -> String {
    let began = Instant::now();
    let mut last = (Instant::now(), (0, 0, 0));
    loop {
        peer.go_on(0, Instant::now() + LOOK);
        let now = (peer.unacknowledged(), waiting(&server), peer.missing());
        if now != last.1 {
            last = (Instant::now(), now);
        }
        // Some answers may never be seen: their submissions are in doubt.
        if matches!(now, (0, 0, missing) if missing == 0 || last.0.elapsed() > QUIET) {
            server.signal("-TERM");
            assert!(server.wait().success());
            return server.log();
        }
        assert!(
            began.elapsed() < END,
            "not acknowledged, waiting, without an answer: {now:?}; {}; the log ends with {}",
            server.get("/metrics").text(),
            server.log().lines().rev().take(20).collect::<Vec<_>>().join("\n")
        );
    }
}
