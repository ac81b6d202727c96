//! By the folders of gammu-smsd, with its dummy telephone.

use super::peers::{Program, free_ports};
use super::{serve, town};
use crate::support::{assert_success, wait_until};
use std::path::Path;
use std::process::{Command, Stdio};

const FOLDERS: [&str; 5] = ["phone", "inbox", "outbox", "sent", "error"];

/// What lies in a folder, with what it says.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let files = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file());
    // smsd may take a file between its listing and its reading.
    files
        .filter_map(|path| std::fs::read(path).ok())
        .map(|octets| {
            let units = octets.chunks_exact(2).skip(1);
            let units: Vec<u16> = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        })
        .collect()
}

#[test]
fn a_question_in_the_inbox_of_a_modem_gets_its_answer_sent() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in FOLDERS {
        std::fs::create_dir(at(name)).unwrap();
    }
    let here = folder.path().display();
    std::fs::write(
        at("gammurc"),
        format!(
            "[gammu]\nmodel = dummy\nconnection = none\nport = {here}/phone\ndevice = {here}/phone\n\n\
             [smsd]\nservice = files\ninboxpath = {here}/inbox/\noutboxpath = {here}/outbox/\n\
             sentsmspath = {here}/sent/\nerrorsmspath = {here}/error/\ninboxformat = unicode\ncommtimeout = 1\n\
             sendtimeout = 1\nreceivefrequency = 1\nloopsleep = 1\nchecksecurity = 0\ncheckbattery = 0\n\
             checksignal = 0\nchecknetwork = 0\nstatusfrequency = 0\nmultiparttimeout = 5\n"
        ),
    )
    .unwrap();
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
    let save = [
        "savesms",
        "TEXT",
        "-folder",
        "1",
        "-sender",
        "+33612345678",
        "-text",
    ];
    let mut saving = command("gammu");
    saving.args(save).arg("la carte de bibliotheque est gratuite ?");
    assert_success(&saving.output().unwrap());
    std::fs::write(at("inbox").join("notes.txt"), "no message").unwrap();
    let installation = town(
        "",
        &format!(
            "driver = \"gammu\"\nnumber = \"36555\"\ninbox = \"{here}/inbox\"\noutbox = \"{here}/outbox\"\n\
             sent = \"{here}/sent\"\nerror = \"{here}/error\""
        ),
    );
    let [port] = free_ports();
    let server = serve(&installation, port);
    let _smsd = Program::start(&mut command("gammu-smsd")).unwrap();
    let mut sent = Vec::new();
    wait_until("answer sent by the modem", || {
        sent = files(&at("sent"));
        !sent.is_empty()
    });
    assert!(
        sent[0].starts_with("La carte de bibliothèque est gratuite pour tous"),
        "{sent:?}"
    );
    wait_until("end of what is settled", || {
        ["inbox", "outbox", "sent", "error"]
            .iter()
            .all(|name| files(&at(name)).is_empty())
    });
    assert!(at("inbox").join("unreadable/notes.txt").exists());
    assert!(!server.log().contains("612345678"), "{}", server.log());
    server.stop();
}
