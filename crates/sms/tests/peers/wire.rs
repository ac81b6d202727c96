//! The wire between `fakesmsc` and Kannel's bearerbox, listened to: who asks, who is answered, and when. Shared by the
//! tests of the crate `server` and by the benchmark, which include this file by its path.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

/// The town's number.
pub(crate) const TOWN: &str = "36555";

/// So many digits, the country's included, has the shortest number of a telephone.
const TELEPHONE: usize = 11;

/// What passed.
pub(crate) enum Passed {
    /// A message of a telephone, by its number.
    Question(String),
    /// An SMS to a telephone, by its number, with its text as Kannel writes it.
    Answer(String, String),
}

/// Telephones are let speak one message at a time; what they get passes as it comes.
pub(crate) struct Wire {
    /// Where `fakesmsc` connects, once.
    pub(crate) port: u16,
    /// What passed, and when.
    pub(crate) passed: Receiver<(Instant, Passed)>,
    turns: Sender<()>,
}

impl Wire {
    /// One to the port of a bearerbox.
    pub(crate) fn to(bearerbox: u16) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (turns, turn) = channel();
        let (told, passed) = channel();
        thread::spawn(move || -> io::Result<()> {
            let (phones, _) = listener.accept()?;
            let kannel = TcpStream::connect(("127.0.0.1", bearerbox))?;
            let (from_kannel, to_phones, tell) = (kannel.try_clone()?, phones.try_clone()?, told.clone());
            let hanging_up = kannel.try_clone()?;
            thread::spawn(move || answers(from_kannel, to_phones, &tell));
            let ended = questions(phones, kannel, &turn, &told);
            // Kannel hears one fakesmsc at a time: the next waits for the end of this connection.
            hanging_up.shutdown(Shutdown::Both).and(ended)
        });
        Ok(Self { port, passed, turns })
    }

    /// Lets so many more messages of telephones pass.
    pub(crate) fn let_pass(&self, messages: usize) {
        for _ in 0..messages {
            // Nobody is left to speak once fakesmsc has ended.
            self.turns.send(()).ok();
        }
    }
}

fn questions(
    phones: TcpStream,
    mut kannel: TcpStream,
    turn: &Receiver<()>,
    told: &Sender<(Instant, Passed)>,
) -> io::Result<()> {
    let mut seen = HashSet::new();
    for line in BufReader::new(phones).lines() {
        let line = line?;
        let number = line.split(' ').next().unwrap_or_default().to_owned();
        // fakesmsc draws the numbers: each telephone is to ask once, and a short code would not be answered.
        if number.len() < TELEPHONE || !seen.insert(number.clone()) {
            continue;
        }
        if turn.recv().is_err() {
            break;
        }
        // Told first: the answer may be quick.
        told.send((Instant::now(), Passed::Question(number))).ok();
        kannel.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(())
}

fn answers(kannel: TcpStream, mut phones: TcpStream, told: &Sender<(Instant, Passed)>) -> io::Result<()> {
    for line in BufReader::new(kannel).lines() {
        let line = line?;
        let words: Vec<_> = line.splitn(4, ' ').collect();
        // A text of several lines goes on without sender and recipient.
        if let [TOWN, to, _, text] = words.as_slice() {
            let answer = Passed::Answer(to.trim_start_matches('+').to_owned(), (*text).to_owned());
            told.send((Instant::now(), answer)).ok();
        }
        phones.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(())
}
