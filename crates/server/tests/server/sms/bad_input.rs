//! What goes wrong around us: a full disk, floods, what is no message. Nothing is lost, and the others are answered.

use super::http::by_kannel;
use super::peers::{Kannel, Smsc, free_ports};
use super::smpp::{by_smpp, deliver};
use super::{metric, serve, serving};
use crate::support::{Installation, PATIENCE, Server, wait_until};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

const QUESTION: &str = "la carte de bibliotheque est gratuite ?";
/// As SMPP names them.
const ENQUIRE_LINK: u32 = 0x15;
const DELIVER: u32 = 0x05;
const SUBMIT: u32 = 0x04;
const RESPONSE: u32 = 0x8000_0000;

/// Serves so that a file at its limit is an error, as a full disk is, and not the end of the process.
fn serve_with_limits(installation: &Installation, port: u16) -> Server {
    let plain = serving(installation, port);
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(plain.get_program())
        .args(plain.get_args())
        .envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Server::start(&mut command, installation.path("log"), None)
}

/// Lets the process write files up to a size only.
fn limit_files(server: &Server, size: &str) {
    let status = Command::new("prlimit")
        .args([
            "--pid",
            &server.id().to_string(),
            &format!("--fsize={size}:unlimited"),
        ])
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn what_kannel_brings_to_a_full_disk_is_refused_and_answered_once_when_it_is_brought_again() {
    let [port] = free_ports();
    let kannel = Kannel::start(port);
    let installation = by_kannel("", kannel.sendsms_port, port);
    let server = serve_with_limits(&installation, port);
    limit_files(&server, "4096");
    let telephone = kannel.telephone(&format!("33612345678 36555 text {QUESTION}"));
    wait_until("message refused, and again", || {
        metric(&server, "parvis_sms_total{fate=\"webhook_not_stored\"}") >= 2
    });
    let another = server.get("/sms/kannel?token=jeton&id=1&from=33687654321&to=36555&text=ouvert");
    assert_eq!((another.status, another.header("retry-after")), (503, "1"));
    assert_eq!(metric(&server, "parvis_sms_total{fate=\"received\"}"), 0);

    limit_files(&server, "unlimited");
    wait_until("answer on the telephone", || !telephone.got().is_empty());
    wait_until("the end of its work", || {
        let queues = ["inbox", "queued", "submitting"].map(|queue| {
            let name = format!("parvis_sms_waiting{{gateway=\"kannel\",queue=\"{queue}\"}}");
            metric(&server, &name)
        });
        queues == [0, 0, 0]
    });
    // fakesmsc takes each further line of a text for a message, of nobody.
    let got = telephone.got();
    let messages: Vec<_> = got.iter().filter(|line| line.contains("<36555 ")).collect();
    assert!(
        messages.len() == 1 && messages[0].contains("est gratuite"),
        "{got:?}"
    );
    server.stop();
}

#[test]
fn what_an_smsc_brings_to_a_full_disk_is_asked_for_again() {
    let mut smsc = Smsc::start(&json!({}));
    let installation = by_smpp(smsc.port, "");
    let server = serve_with_limits(&installation, 0);
    smsc.next("bind");
    limit_files(&server, "4096");
    smsc.order(&deliver("33612345678", QUESTION, 1));
    let temporary = 0x64;
    assert_eq!(smsc.next("answer")["status"], temporary);
    limit_files(&server, "unlimited");
    smsc.order(&deliver("33612345678", QUESTION, 2));
    assert_eq!(smsc.next("answer")["status"], 0);
    assert!(
        smsc.next("submit")["text"]
            .as_str()
            .unwrap()
            .contains("est gratuite")
    );
    server.stop();
}

#[test]
fn who_floods_is_answered_up_to_the_cap_and_all_is_acknowledged() {
    const FLOOD: u64 = 300;
    let mut smsc = Smsc::start(&json!({}));
    let installation = by_smpp(smsc.port, "");
    let server = serve(&installation, 0);
    smsc.next("bind");
    for mark in 0..FLOOD {
        smsc.order(&deliver("33611111111", &format!("{QUESTION} {mark}"), mark));
    }
    smsc.order(&deliver("33622222222", QUESTION, FLOOD));
    let (mut acknowledged, mut to_flooder, mut to_other) = (0, 0, 0);
    while acknowledged <= FLOOD || to_other == 0 {
        let event = smsc.events.recv_timeout(PATIENCE).unwrap();
        match event["event"].as_str().unwrap() {
            "answer" => {
                assert_eq!(event["status"], 0, "{event}");
                acknowledged += 1;
            }
            "submit" if event["to"][2] == "33622222222" => to_other += 1,
            "submit" => to_flooder += 1,
            _ => {}
        }
    }
    let turned_away = metric(&server, "parvis_sms_total{fate=\"turned_away\"}");
    let received = metric(&server, "parvis_sms_total{fate=\"received\"}");
    assert_eq!(turned_away + received, FLOOD + 1);
    assert!(turned_away > 0, "nothing was turned away");
    // Twenty in an hour, and once that it was too many.
    assert!(to_flooder <= 21, "{to_flooder} answers to who floods");
    server.stop();
}

/// An SMSC of our own that the process binds to.
struct Flooder {
    stream: TcpStream,
}

impl Flooder {
    fn bound(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut flooder = Self { stream };
        let (command, sequence, _) = read_pdu(&mut flooder.stream);
        flooder
            .stream
            .write_all(&pdu(command | RESPONSE, sequence, b"flooder\0"))
            .unwrap();
        flooder
    }

    /// Sends all of them so many times, and reads the answers until the last.
    fn send(&mut self, pdus: &[Vec<u8>], times: u32) {
        let mut answers = self.stream.try_clone().unwrap();
        let reading = std::thread::spawn(
            move || {
                while read_pdu(&mut answers).0 != ENQUIRE_LINK | RESPONSE {}
            },
        );
        for _ in 0..times {
            for pdu in pdus {
                self.stream.write_all(pdu).unwrap();
            }
        }
        self.stream.write_all(&pdu(ENQUIRE_LINK, 7, b"")).unwrap();
        reading.join().unwrap();
    }
}

fn pdu(command: u32, sequence: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(16 + body.len()).unwrap();
    let header = [length, command, 0, sequence].map(u32::to_be_bytes).concat();
    [header.as_slice(), body].concat()
}

/// The command, sequence and body of the next PDU.
fn read_pdu(stream: &mut TcpStream) -> (u32, u32, Vec<u8>) {
    let mut header = [0; 16];
    stream.read_exact(&mut header).unwrap();
    let field = |at: usize| u32::from_be_bytes(header[at..at + 4].try_into().unwrap());
    let mut body = vec![0; usize::try_from(field(0)).unwrap() - 16];
    stream.read_exact(&mut body).unwrap();
    (field(4), field(12), body)
}

/// The body of a `deliver_sm` of a telephone up to its message.
fn delivery(esm_class: u8, message: &[u8]) -> Vec<u8> {
    let length = u8::try_from(message.len()).unwrap();
    let addresses = b"\0\x01\x0133612345678\0\x03\x0036555\0";
    [
        addresses.as_slice(),
        &[esm_class, 0, 0, 0, 0, 0, 0, 0, 0, length],
        message,
    ]
    .concat()
}

fn resident_memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn malformed_pdus_without_end_fill_no_memory_and_the_message_behind_them_is_answered() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let installation = by_smpp(listener.local_addr().unwrap().port(), "");
    let server = serve(&installation, 0);
    let mut flooder = Flooder::bound(&listener);
    // A receipt of nothing, nearly as long as a PDU may be.
    let mut long = delivery(0x04, b"");
    long.extend([0x04, 0x24, 0xF0, 0x00]);
    long.resize(long.len() + 0xF000, b'a');
    let broken = [
        pdu(DELIVER, 2, &long),
        pdu(DELIVER, 3, &delivery(0x40, b"\x09\0un secret")),
        pdu(DELIVER, 4, &delivery(0x04, b"no receipt")),
        pdu(DELIVER, 5, b"\0\x01\x0133612345678\0"),
        pdu(0x0001_0203, 6, &[0xAA; 10_000]),
    ];
    flooder.send(&broken, 200);
    let before = resident_memory(&server);
    // Some 145 MB.
    flooder.send(&broken, 2_000);
    let grown = resident_memory(&server).saturating_sub(before);
    assert!(grown < 32 * 1024 * 1024, "{grown} octets were kept");
    assert_eq!(
        metric(&server, "parvis_sms_total{fate=\"received\"}"),
        0,
        "none of it is a message"
    );

    let question = pdu(DELIVER, 8, &delivery(0, QUESTION.as_bytes()));
    flooder.stream.write_all(&question).unwrap();
    let answer = loop {
        let (command, sequence, body) = read_pdu(&mut flooder.stream);
        match command {
            SUBMIT => break body,
            ENQUIRE_LINK => flooder
                .stream
                .write_all(&pdu(command | RESPONSE, sequence, b""))
                .unwrap(),
            _ => {}
        }
    };
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(
        answer.contains("33612345678") && answer.contains("est gratuite"),
        "{answer}"
    );
    let log = server.log();
    assert!(!log.contains("612345678") && !log.contains("un secret"), "{log}");
}
