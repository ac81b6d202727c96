//! Starting, stopping, crashing, and the commands around a server.

use crate::support::{Installation, Response, Server, assert_success, wait_until};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::process::{Command, Output};

const QUESTION: &str = "La carte de bibliothèque est-elle gratuite ?";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_stop_finishes_the_answers_under_way() {
    let installation = Installation::new("");
    let mut server = installation.serve();
    let request = server
        .ask(&json!({ "site": "moulin", "question": QUESTION }))
        .header("Accept", "text/event-stream");
    let mut stream = request.begin(10);
    wait_until("a request under way", || {
        server
            .get("/metrics")
            .text()
            .lines()
            .any(|line| line == "parvis_requests_under_way 2")
    });
    server.signal("-TERM");
    wait_until("a closed door", || TcpStream::connect(server.address).is_err());
    stream.write_all(request.rest(10)).unwrap();
    let answer = Response::read(stream);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.events().last().unwrap().0, "verdict");
    assert!(server.wait().success());
    // The store was closed: nothing waits in the write-ahead log.
    let wal = installation.data().join("parvis.db-wal");
    assert!(std::fs::metadata(wal).map_or(0, |file| file.len()) == 0);
}

#[test]
fn two_servers_do_not_share_a_data_directory() {
    let installation = Installation::new("");
    let server = installation.serve();
    let second = installation
        .command()
        .args(["serve", "--listen", "127.0.0.1:0"])
        .output()
        .unwrap();
    assert!(!second.status.success());
    assert!(
        said(&second).contains("another parvis already serves from"),
        "{}",
        said(&second)
    );
    assert_eq!(server.get("/health/ready").status, 200);
}

#[test]
fn a_port_in_use_is_said_with_what_to_try() {
    let (first, second) = (Installation::new(""), Installation::new(""));
    let server = first.serve();
    let listen = server.address.to_string();
    let refused = second
        .command()
        .args(["serve", "--listen", &listen])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let hint = format!(
        "port {} is in use; try --listen 127.0.0.1:0",
        server.address.port()
    );
    assert!(said(&refused).contains(&hint), "{}", said(&refused));
}

#[test]
fn a_restart_keeps_conversations() {
    let installation = Installation::new("");
    let server = installation.serve();
    let first = server
        .ask(&json!({ "site": "moulin", "question": QUESTION }))
        .send()
        .json();
    server.stop();
    let server = installation.serve();
    let again = json!({ "site": "moulin", "question": "Et pour dix livres ?", "conversation": first["conversation"] });
    let second = server.ask(&again).send();
    assert_eq!(second.status, 200, "{}", second.text());
    assert_eq!(second.json()["conversation"], first["conversation"]);
}

#[test]
fn a_retraction_from_the_command_line_reaches_the_running_server() {
    let installation = Installation::new("");
    let server = installation.serve();
    let ask = || {
        server
            .ask(&json!({ "site": "moulin", "question": QUESTION }))
            .send()
            .json()
    };
    assert!(ask().to_string().contains("gratuite pour tous"));
    let listed = installation
        .command()
        .args(["review", "list", "--match", "biblio", "--json"])
        .output()
        .unwrap();
    assert_success(&listed);
    let row: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = row["id"].to_string();
    let retract = [
        "review",
        "retract",
        &id,
        "--why",
        "Payante depuis lundi",
        "--as",
        "Bob",
    ];
    assert_success(&installation.command().args(retract).output().unwrap());
    // Not one second later: what is quoted is read from the store at each answer.
    assert!(!ask().to_string().contains("gratuite pour tous"));
}

#[test]
fn drafts_do_not_answer_and_their_author_cannot_publish_them() {
    let installation = Installation::new("");
    let page = installation.path("marche.md");
    std::fs::write(&page, "---\nid: marche\ntitle: Marché\n---\n# Marché\n\nLe marché se tient le jeudi matin sur la place du Moulin.\n").unwrap();
    let imported = installation
        .command()
        .args([
            "import", "--site", "moulin", "--source", "Commerce", "--as", "Ana",
        ])
        .arg(&page)
        .output()
        .unwrap();
    assert_success(&imported);
    assert!(said(&imported).contains("1 drafts"), "{}", said(&imported));
    let ask = || {
        installation
            .command()
            .args(["ask", "--site", "moulin", "Quand se tient le marché ?"])
            .output()
            .unwrap()
    };
    assert!(!said(&ask()).contains("jeudi matin"));
    let review = |args: &[&str]| installation.command().arg("review").args(args).output().unwrap();
    let approve = ["approve", "--all", "--source", "Commerce", "--yes", "--as"];
    let own = review(&[&approve[..], &["ana"]].concat());
    assert!(
        !own.status.success() && said(&own).contains("another person must"),
        "{}",
        said(&own)
    );
    let diff = review(&["diff", "--all", "--source", "Commerce"]);
    assert!(said(&diff).contains("+ Le marché se tient"), "{}", said(&diff));
    assert_success(&review(&[&approve[..], &["Bob"]].concat()));
    assert_success(&review(&[
        "publish", "--all", "--source", "Commerce", "--yes", "--as", "Bob",
    ]));
    assert!(said(&ask()).contains("jeudi matin"), "{}", said(&ask()));
}

#[test]
fn the_exit_status_tells_whether_the_content_answers() {
    let installation = Installation::new("");
    let ask = |question: &str| {
        installation
            .command()
            .args(["ask", "--site", "moulin", question])
            .output()
            .unwrap()
    };
    let answered = ask(QUESTION);
    assert_eq!(answered.status.code(), Some(0), "{}", said(&answered));
    assert!(
        said(&answered).contains("[1] Carte de bibliothèque"),
        "{}",
        said(&answered)
    );
    assert_eq!(
        ask("Quel est le prix du kérosène sur la planète Mars ?")
            .status
            .code(),
        Some(3)
    );
    let json = installation
        .command()
        .args(["ask", "--site", "moulin", "--json", QUESTION])
        .output()
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(answer["verdict"], "answered");
    let nothing = Installation::empty()
        .command()
        .args(["ask", QUESTION])
        .output()
        .unwrap();
    assert_eq!(nothing.status.code(), Some(1));
    assert!(said(&nothing).contains("parvis demo"), "{}", said(&nothing));
}

#[test]
fn refused_files_are_listed_and_the_others_load() {
    let installation = Installation::new("");
    let folder = installation.path("mixed");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        folder.join("good.md"),
        "# Parc\n\nLe parc du Moulin ouvre tous les jours de huit heures à vingt heures.\n",
    )
    .unwrap();
    std::fs::write(
        folder.join("bad.md"),
        "---\nid: [\n---\n# Titre\n\nDu texte qui ne sera pas lu, faute d’en-tête.\n",
    )
    .unwrap();
    let imported = installation
        .command()
        .args(["import", "--site", "moulin", "--source", "Parcs", "--as", "Ana"])
        .arg(&folder)
        .output()
        .unwrap();
    assert_eq!(imported.status.code(), Some(2), "{}", said(&imported));
    assert!(
        said(&imported).contains("refused: bad.md") && said(&imported).contains("1 drafts"),
        "{}",
        said(&imported)
    );
}

fn demo(data: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.args([
        "demo",
        "--no-open",
        "--listen",
        "127.0.0.1:0",
        "--now",
        "2026-03-18T10:15:00+01:00",
        "--data-dir",
    ]);
    command.arg(data);
    command
}

#[test]
fn a_demo_killed_while_it_loads_loads_to_its_end_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let mut first = demo(&data)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the load to begin", || {
        data.join("demo.json").exists() || first.try_wait().unwrap().is_some()
    });
    first.kill().unwrap();
    first.wait().unwrap();
    let server = Server::start(&mut demo(&data), folder.path().join("log"), None);
    let answer = server
        .ask(&json!({ "question": "Quel est le numéro de téléphone de la mairie ?" }))
        .send()
        .json();
    assert_eq!(answer["verdict"], "answered", "{answer}");
    server.stop();
    let kept = std::fs::read_to_string(data.join("demo.json")).unwrap();
    assert!(kept.contains("\"first_day\":\"2026-03-18\""));
    let server = Server::start(&mut demo(&data), folder.path().join("log"), None);
    assert_eq!(server.get("/health/ready").status, 200);
    server.stop();
    assert_eq!(std::fs::read_to_string(data.join("demo.json")).unwrap(), kept);
}

#[test]
fn while_nothing_can_be_written_questions_are_answered_all_the_same() {
    let installation = Installation::new("");
    // A file that may not grow any more stands for a full disk; its signal would end the process.
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_parvis"))
        .args(installation.command().get_args())
        .args(["serve", "--listen", "127.0.0.1:0"]);
    let server = Server::start(&mut command, installation.path("log"), None);
    let ask = || {
        server
            .ask(&json!({ "site": "moulin", "question": QUESTION }))
            .send()
    };
    assert_eq!(ask().status, 200);
    let limited = Command::new("prlimit")
        .args(["--pid", &server.id().to_string(), "--fsize=1:"])
        .status()
        .unwrap();
    assert!(limited.success());
    let answer = ask();
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["verdict"], "answered");
    let freed = Command::new("prlimit")
        .args(["--pid", &server.id().to_string(), "--fsize=unlimited:"])
        .status()
        .unwrap();
    assert!(freed.success());
    wait_until("kept again", || {
        let answer = ask().json();
        let opinion = json!({ "helpful": true });
        let at = format!("/api/v1/answers/{}/feedback", answer["id"].as_str().unwrap());
        server.request("POST", &at).json(&opinion).send().status < 300
    });
    server.stop();
}
