//! Who brings and takes SMS: Kannel with a telephone, and the npm package `smpp` as an SMSC. All end with their test.

pub(super) mod jasmin;
#[path = "../../../../sms/tests/peers/kannel.rs"]
mod kannel;
#[path = "../../../../sms/tests/peers/wire.rs"]
mod wire;

use crate::support::PATIENCE;
pub(super) use kannel::Program;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, OnceLock};
use tempfile::TempDir;
use wire::TOWN;
pub(super) use wire::{Passed, Wire};

/// Ports that were free a moment ago, all different.
pub(super) fn free_ports<const N: usize>() -> [u16; N] {
    kannel::free_ports().unwrap()
}

/// Kannel's bearerbox and smsbox with the fake SMSC, on the loopback.
pub(super) struct Kannel {
    folder: TempDir,
    running: kannel::Kannel,
    pub(super) sendsms_port: u16,
}

impl Kannel {
    /// One that posts what comes to a port of the loopback.
    pub(super) fn start(webhook_port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = kannel::Kannel::start(folder.path(), webhook_port, "").unwrap();
        Self {
            folder,
            sendsms_port: running.sendsms_port,
            running,
        }
    }

    /// A telephone that sends one message: "sender recipient text words…".
    pub(super) fn telephone(&self, message: &str) -> Telephone {
        let shown = self.folder.path().join(format!("telephone-{}", message.len()));
        let file = File::create(&shown).unwrap();
        let mut command = kannel::fakesmsc(self.running.smsc_port);
        command
            .args(["-i", "0.1", "-m", "1", message])
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        Telephone {
            _program: Program::start(&mut command).unwrap(),
            shown,
        }
    }

    /// Telephones without end that all send the same text, each when it is let speak.
    pub(super) fn telephones(&self, text: &str) -> Telephones {
        let wire = Wire::to(self.running.smsc_port).unwrap();
        let mut command = kannel::fakesmsc(wire.port);
        command
            .args(["-i", "0.005", "-m", "100000", "-z", "1"])
            .arg(format!("336 {TOWN} text {text}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Telephones {
            _program: Program::start(&mut command).unwrap(),
            wire,
        }
    }
}

/// Many residents.
pub(super) struct Telephones {
    pub(super) wire: Wire,
    _program: Program,
}

/// What a resident holds.
pub(super) struct Telephone {
    _program: Program,
    shown: PathBuf,
}

impl Telephone {
    pub(super) fn has_sent(&self) -> bool {
        self.shows().contains("sent message 1")
    }

    /// What it got, one line for each SMS.
    pub(super) fn got(&self) -> Vec<String> {
        let lines = self.shows();
        let got = lines.lines().filter(|line| line.contains("Got message"));
        got.map(str::to_owned).collect()
    }

    /// The text that it puts together of what it got.
    pub(super) fn reads(&self) -> String {
        let parts = self.got().into_iter().map(|line| {
            let text = line
                .split_once(" data ")
                .or_else(|| line.split_once(" text "))
                .map_or("", |(_, text)| text);
            let text = text.trim_end_matches('>');
            if line.contains(" data ") {
                decoded(text)
            } else {
                text.to_owned()
            }
        });
        parts.collect()
    }

    fn shows(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.shown).unwrap()).into_owned()
    }
}

/// What stands behind "+" and "%2F".
fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(plain).unwrap()
}

/// Stands before the server and swallows its first answers, as a network that fails at the wrong moment does.
pub(super) fn swallow_answers(on: u16, server: u16, mut swallowed: usize) -> Arc<Mutex<Vec<String>>> {
    let listener = TcpListener::bind(("127.0.0.1", on)).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = seen.clone();
    // Ends with the process of the tests.
    std::thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            let request = whole_message(&mut client);
            let line = String::from_utf8_lossy(&request);
            told.lock()
                .unwrap()
                .push(line.lines().next().unwrap_or_default().to_owned());
            let Ok(mut server) = TcpStream::connect(("127.0.0.1", server)) else {
                continue;
            };
            let answered = server.write_all(&request).map(|()| whole_message(&mut server));
            if swallowed > 0 {
                swallowed -= 1;
            } else if let Ok(answer) = answered {
                let _gone = client.write_all(&answer);
            }
        }
    });
    seen
}

/// A head and as many bytes as it says follow.
fn whole_message(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = all.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
            if all.len() >= end + 4 + length {
                return all;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return all,
            Ok(read) => all.extend_from_slice(&buffer[..read]),
        }
    }
}

/// The npm package `smpp` as an SMSC; `smsc.mjs` of the crate sms names its settings, orders and events.
pub(super) struct Smsc {
    _program: Program,
    orders: ChildStdin,
    pub(super) events: Receiver<Value>,
    pub(super) port: u16,
}

impl Smsc {
    pub(super) fn start(settings: &Value) -> Self {
        let mut command = Command::new("node");
        command
            .current_dir(prepared())
            .arg("smsc.mjs")
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut program = Program::start(&mut command).unwrap();
        let orders = program.0.stdin.take().unwrap();
        let output = program.0.stdout.take().unwrap();
        let (told, events) = channel();
        // Ends with the SMSC, when its output does.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if told.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        let mut smsc = Self {
            _program: program,
            orders,
            events,
            port: 0,
        };
        smsc.port = smsc.next("listening")["port"]
            .as_u64()
            .unwrap()
            .try_into()
            .unwrap();
        smsc
    }

    pub(super) fn order(&mut self, order: &Value) {
        writeln!(self.orders, "{order}").unwrap();
    }

    /// The next event of that name, others passed over.
    pub(super) fn next(&self, name: &str) -> Value {
        loop {
            let event = self
                .events
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|error| panic!("no {name}: {error}"));
            if event["event"] == name {
                return event;
            }
        }
    }
}

/// The folder of the peers with its packages installed, as its lock file says.
fn prepared() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sms/tests/peers");
        let lock = std::fs::read(folder.join("package-lock.json")).unwrap();
        let stamp = folder.join("node_modules/.parvis-lock");
        if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return folder;
        }
        let installed = Command::new("npm")
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund"])
            .stdout(Stdio::null())
            .status();
        assert!(
            installed.is_ok_and(|status| status.success()),
            "npm packages are missing: npm ci failed in {}",
            folder.display()
        );
        // Without the stamp they are installed again the next time.
        let _stamped = std::fs::write(&stamp, lock);
        folder
    })
}

/// The address of a port of the loopback.
pub(super) fn loopback(port: u16) -> SocketAddr {
    ([127, 0, 0, 1], port).into()
}
