//! The npm package `smpp` as the operator, while we are killed.

use super::{Peer, QUESTION, killed_again_and_again};
use crate::sms::peers::Smsc;
use crate::sms::smpp::{by_smpp, deliver};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// So many messages wait for their acknowledgement at any moment.
const AT_ONCE: usize = 8;

/// What the SMSC knows.
struct Operator {
    smsc: Smsc,
    bound: bool,
    asked: u64,
    /// By their marks, those not yet acknowledged, and whether they are under way.
    pending: BTreeMap<u64, bool>,
    answers: BTreeMap<String, Vec<String>>,
}

impl Operator {
    fn note(&mut self, event: &Value) {
        match event["event"].as_str().unwrap() {
            "bind" => self.bound = true,
            "closed" => {
                self.bound = false;
                // What was under way is brought again.
                self.pending.values_mut().for_each(|under_way| *under_way = false);
            }
            "answer" => {
                let mark = event["mark"].as_u64().unwrap();
                if event["status"] == 0 {
                    self.pending.remove(&mark);
                } else if let Some(under_way) = self.pending.get_mut(&mark) {
                    *under_way = false;
                }
            }
            "submit" => {
                let to = event["to"][2].as_str().unwrap().to_owned();
                let text = event["text"].as_str().unwrap().to_owned();
                self.answers.entry(to).or_default().push(text);
            }
            _ => {}
        }
    }
}

impl Peer for Operator {
    const NAME: &str = "smpp";
    // The one that the configuration names.
    const WINDOW: u64 = 50;

    fn go_on(&mut self, more: u64, until: Instant) {
        if self.bound {
            let room = AT_ONCE.saturating_sub(self.pending.len());
            let more = more.min(u64::try_from(room).unwrap());
            self.pending
                .extend((self.asked..self.asked + more).map(|mark| (mark, false)));
            self.asked += more;
            for (mark, under_way) in self.pending.iter_mut().filter(|(_, under_way)| !**under_way) {
                *under_way = true;
                let telephone = format!("336{:08}", mark + 1);
                self.smsc.order(&deliver(&telephone, QUESTION, *mark));
            }
        }
        let rest = until.saturating_duration_since(Instant::now());
        if let Ok(event) = self.smsc.events.recv_timeout(rest) {
            self.note(&event);
            while let Ok(event) = self.smsc.events.try_recv() {
                self.note(&event);
            }
        }
    }

    fn killed(&mut self) {
        self.bound = false;
    }

    fn asked(&self) -> u64 {
        self.asked
    }

    fn unacknowledged(&self) -> u64 {
        u64::try_from(self.pending.len()).unwrap()
    }

    fn answers(&self) -> &BTreeMap<String, Vec<String>> {
        &self.answers
    }
}

#[test]
fn killed_again_and_again_under_load_we_answer_each_message_of_an_smsc_once() {
    let smsc = Smsc::start(&json!({ "delay": 5 }));
    let installation = by_smpp(smsc.port, "");
    let mut operator = Operator {
        smsc,
        bound: false,
        asked: 0,
        pending: BTreeMap::new(),
        answers: BTreeMap::new(),
    };
    killed_again_and_again(&mut operator, &installation, 0);
}
