//! Killed under load: what was acknowledged is answered once.

use super::peers::{Smsc, free_ports};
use super::smpp::{by_smpp, deliver};
use super::{metric, serve};
use crate::support::Server;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const KILLS: u64 = 5;
const MESSAGES_EACH: u64 = 40;
const WINDOW: u64 = 50;
/// So many messages wait for their acknowledgement at any moment: each kill finds some of them.
const AT_ONCE: usize = 8;
/// A message that a worker died with is taken again after a minute, and one in doubt is sent again after three.
const END: Duration = Duration::from_secs(100);

/// What the SMSC knows.
#[derive(Default)]
struct Seen {
    /// By their marks: those that it still has to bring.
    pending: BTreeMap<u64, bool>,
    acknowledged: Vec<u64>,
    /// How often each telephone was written to.
    submits: BTreeMap<String, u32>,
    bound: bool,
}

impl Seen {
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
                    self.acknowledged.push(mark);
                } else if let Some(under_way) = self.pending.get_mut(&mark) {
                    *under_way = false;
                }
            }
            "submit" => {
                let to = event["to"][2].as_str().unwrap().to_owned();
                *self.submits.entry(to).or_default() += 1;
            }
            _ => {}
        }
    }

    /// Brings what waits, and takes note of what happens for a moment.
    fn go_on(&mut self, smsc: &mut Smsc) {
        if self.bound {
            let room = AT_ONCE - self.pending.values().filter(|under_way| **under_way).count();
            let waiting = self.pending.iter_mut().filter(|(_, under_way)| !**under_way);
            for (mark, under_way) in waiting.take(room) {
                *under_way = true;
                let question = "la carte de bibliotheque est gratuite ?";
                smsc.order(&deliver(&telephone(*mark), question, *mark));
            }
        }
        if let Ok(event) = smsc.events.recv_timeout(Duration::from_millis(20)) {
            self.note(&event);
            while let Ok(event) = smsc.events.try_recv() {
                self.note(&event);
            }
        }
    }

    fn submitted(&self) -> u64 {
        self.submits.values().map(|times| u64::from(*times)).sum()
    }
}

fn telephone(mark: u64) -> String {
    format!("336{:08}", mark + 1)
}

fn in_doubt(server: &Server) -> u64 {
    ["submitting", "ambiguous"]
        .iter()
        .map(|queue| {
            metric(
                server,
                &format!("parvis_sms_waiting{{gateway=\"kannel\",queue=\"{queue}\"}}"),
            )
        })
        .sum()
}

#[test]
fn killed_again_and_again_under_load_we_answer_each_acknowledged_message_once() {
    let mut smsc = Smsc::start(&json!({ "delay": 5 }));
    let installation = by_smpp(&smsc, "");
    let [port] = free_ports();
    let mut seen = Seen::default();
    for kill in 0..KILLS {
        let mut server = serve(&installation, port);
        seen.pending
            .extend((0..MESSAGES_EACH).map(|at| (kill * MESSAGES_EACH + at, false)));
        // Each time at another moment: after a few answers, or many.
        let until = seen.submitted() + 1 + (kill * 17) % (MESSAGES_EACH - 10);
        let began = Instant::now();
        while seen.submitted() < until {
            assert!(began.elapsed() < END, "too few answers in time: {}", server.log());
            seen.go_on(&mut smsc);
        }
        server.signal("-KILL");
        server.wait();
        seen.bound = false;
    }
    let server = serve(&installation, port);
    let expected = KILLS * MESSAGES_EACH;
    let began = Instant::now();
    let doubtful = loop {
        seen.go_on(&mut smsc);
        let answered = u64::try_from(seen.submits.len()).unwrap();
        let waiting = metric(&server, "parvis_sms_waiting{gateway=\"kannel\",queue=\"inbox\"}")
            + metric(&server, "parvis_sms_waiting{gateway=\"kannel\",queue=\"queued\"}");
        let doubtful = in_doubt(&server);
        if seen.pending.is_empty() && waiting == 0 && answered + doubtful >= expected {
            break doubtful;
        }
        assert!(
            began.elapsed() < END,
            "{answered} of {expected} answered, {doubtful} in doubt, {waiting} waiting: {}",
            server.log()
        );
    };
    let missing = seen
        .acknowledged
        .iter()
        .filter(|mark| !seen.submits.contains_key(&telephone(**mark)))
        .count();
    let doubled = seen.submits.values().filter(|times| **times > 1).count();
    eprintln!(
        "{KILLS} kills, {expected} messages, {} submits; {doubtful} in doubt, {missing} of them not seen, {doubled} doubled",
        seen.submitted()
    );
    assert_eq!(u64::try_from(seen.acknowledged.len()).unwrap(), expected);
    assert!(doubtful <= KILLS * WINDOW);
    assert!(u64::try_from(missing).unwrap() <= doubtful, "{missing} lost");
    assert_eq!(doubled, 0, "answered twice");
    server.stop();
}
