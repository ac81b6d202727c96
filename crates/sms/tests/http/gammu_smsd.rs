//! gammu-smsd itself, with its dummy telephone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use sms::gammu::{read_inbox, results, write_outbox};
use sms::message::{About, ReceiptState};

use crate::peers::eventually;
use crate::peers::kannel::Program;
use crate::support::{address, outbound};

const FOLDERS: [&str; 5] = ["phone", "inbox", "outbox", "sent", "error"];

fn configuration(at: &Path, format: &str) -> String {
    let at = at.display();
    format!(
        "[gammu]\nmodel = dummy\nconnection = none\nport = {at}/phone\ndevice = {at}/phone\n\n[smsd]\nservice = files\n\
         inboxpath = {at}/inbox/\noutboxpath = {at}/outbox/\nsentsmspath = {at}/sent/\nerrorsmspath = {at}/error/\n\
         inboxformat = {format}\ncommtimeout = 1\nsendtimeout = 1\nreceivefrequency = 1\nloopsleep = 1\n\
         checksecurity = 0\ncheckbattery = 0\nchecksignal = 0\nchecknetwork = 0\nstatusfrequency = 0\n\
         multiparttimeout = 5\n"
    )
}

async fn exchange(format: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    FOLDERS
        .iter()
        .for_each(|name| fs::create_dir(at(name)).expect("a folder"));
    fs::write(at("gammurc"), configuration(folder.path(), format)).expect("a configuration");
    let command = |program: &str| {
        let mut command = Command::new(program);
        command
            .arg("-c")
            .arg(at("gammurc"))
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let long = "une longue question ".repeat(14);
    let texts = ["été à la piscine ?", "Привет", long.trim()];
    for text in texts {
        let mut save = command("gammu");
        save.args([
            "savesms",
            "TEXT",
            "-folder",
            "1",
            "-sender",
            "+33612345678",
            "-autolen",
            "400",
        ]);
        if text == "Привет" {
            save.arg("-unicode");
        }
        let saved = save.args(["-text", text]).status().expect("gammu is installed");
        assert!(saved.success());
    }
    let file = write_outbox(
        &at("outbox"),
        &outbound("Ouvert jusqu’à 18 h : 3 €"),
        chrono::DateTime::UNIX_EPOCH,
    );
    let file = file.expect("a file");
    let _smsd = Program::start(&mut command("gammu-smsd")).expect("gammu-smsd");

    let own = address("+33600000000");
    let inbox = eventually("three messages", || {
        // What is a second old is whole.
        let settled = SystemTime::UNIX_EPOCH + (file_time(&at("inbox"))? - Duration::from_secs(1));
        let inbox = read_inbox(&at("inbox"), &own, settled).expect("an inbox");
        (inbox.messages.len() == 3).then_some(inbox)
    })
    .await;
    let mut read: Vec<_> = inbox.messages.iter().map(|it| it.inbound.text.trim()).collect();
    read.sort_unstable();
    let mut expected = texts;
    expected.sort_unstable();
    assert_eq!(read, expected);
    assert!(
        inbox
            .messages
            .iter()
            .all(|it| it.inbound.from == address("+33612345678"))
    );
    assert!(inbox.unusable.is_empty());
    inbox
        .messages
        .iter()
        .for_each(|it| it.remove().expect("a removal"));

    let finished = eventually("result", || {
        results(&at("sent"), &at("error"))
            .expect("results")
            .into_iter()
            .next()
    })
    .await;
    assert_eq!(finished.receipt.about, About::Ours("piece-1".into()));
    assert_eq!(finished.receipt.state, ReceiptState::Accepted);
    assert!(!file.exists());
    finished.remove().expect("a removal");
    assert!(results(&at("sent"), &at("error")).expect("results").is_empty());
}

/// The clock of the folder's file system, from a file written now.
fn file_time(folder: &Path) -> Option<Duration> {
    let probe = folder.join(".probe");
    fs::write(&probe, "").ok()?;
    let modified = probe.metadata().ok()?.modified().ok()?;
    fs::remove_file(probe).ok()?;
    modified.duration_since(SystemTime::UNIX_EPOCH).ok()
}

#[tokio::test]
async fn smsd_gives_and_takes_messages_in_utf_16() {
    exchange("unicode").await;
}

#[tokio::test]
async fn smsd_gives_and_takes_messages_in_its_locale() {
    exchange("standard").await;
}
