//! Kannel with many telephones, while we are killed: it brings again what we did not acknowledge, under the same name.

use super::{Peer, QUESTION, killed_again_and_again};
use crate::sms::http::by_kannel;
use crate::sms::peers::{Kannel, Passed, Telephones};
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::time::Instant;

/// What the telephones know.
struct Residents {
    telephones: Telephones,
    asked: BTreeSet<String>,
    /// Those that were let speak and did not yet.
    called: u64,
    answers: BTreeMap<String, Vec<String>>,
}

impl Residents {
    fn note(&mut self, passed: Passed) {
        match passed {
            Passed::Question(from) => {
                self.asked.insert(from);
                self.called -= 1;
            }
            Passed::Answer(to, text) => {
                assert!(
                    self.asked.contains(&to),
                    "{to} never asked and is answered {text:?}"
                );
                self.answers.entry(to).or_default().push(text);
            }
        }
    }
}

impl Peer for Residents {
    const NAME: &str = "kannel";
    // As many requests to an HTTP gateway as we make at once.
    const WINDOW: u64 = 10;

    fn go_on(&mut self, more: u64, until: Instant) {
        let more = more.saturating_sub(self.called);
        self.called += more;
        self.telephones.wire.let_pass(usize::try_from(more).unwrap());
        let rest = until.saturating_duration_since(Instant::now());
        if let Ok((_, passed)) = self.telephones.wire.passed.recv_timeout(rest) {
            self.note(passed);
            while let Ok((_, passed)) = self.telephones.wire.passed.try_recv() {
                self.note(passed);
            }
        }
    }

    fn killed(&mut self) {}

    fn asked(&self) -> u64 {
        u64::try_from(self.asked.len()).unwrap()
    }

    fn unacknowledged(&self) -> u64 {
        self.called
    }

    fn answers(&self) -> &BTreeMap<String, Vec<String>> {
        &self.answers
    }
}

/// A port below those that the system gives to connections: it stays free while nobody listens there.
fn lasting_port() -> u16 {
    loop {
        let port = 10_000 + getrandom::u32().unwrap() % 20_000;
        let port = u16::try_from(port).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

#[test]
fn killed_again_and_again_under_load_we_answer_each_message_of_kannel_once() {
    let port = lasting_port();
    let kannel = Kannel::start(port);
    let installation = by_kannel("", kannel.sendsms_port, port);
    let mut residents = Residents {
        telephones: kannel.telephones(QUESTION),
        asked: BTreeSet::new(),
        called: 0,
        answers: BTreeMap::new(),
    };
    killed_again_and_again(&mut residents, &installation, port);
}
