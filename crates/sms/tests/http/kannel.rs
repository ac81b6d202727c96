//! Kannel itself: bearerbox and smsbox with the fake SMSC, driven by `fakesmsc`.

use std::fs;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use sms::http::{Gateway, Webhook, submit};
use sms::message::{About, Concatenation, Inbound, Incoming, Receipt, ReceiptState, Submission};
use tempfile::TempDir;

use crate::peers::kannel::{self as peer, Program};
use crate::peers::{Answer, Seen, Server, client, eventually, free_ports};
use crate::support::{gateway, outbound};

/// Kannel with a webhook's place on the loopback.
struct Kannel {
    folder: TempDir,
    running: peer::Kannel,
    webhook_port: u16,
}

impl Kannel {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let [webhook_port] = free_ports();
        let running = peer::Kannel::start(folder.path(), webhook_port, "").expect("Kannel");
        Self {
            folder,
            running,
            webhook_port,
        }
    }

    fn gateway(&self, more: &str) -> Arc<Gateway> {
        let toml = format!(
            "driver = \"kannel\"\nsendsms_url = \"http://127.0.0.1:{}/cgi-bin/sendsms\"\nusername = \"parvis\"\n\
             password = \"password\"\nwebhook_url = \"http://127.0.0.1:{}/sms/kannel\"\ntoken = \"token\"\n\
             numbers = \"without_plus\"\nsource_addresses = [\"127.0.0.1\"]\n{more}",
            self.running.sendsms_port, self.webhook_port
        );
        let secrets = [("password", "secret"), ("token", "jeton")];
        Arc::new(gateway(&toml, &secrets).expect("a configuration that works"))
    }

    fn webhook(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.webhook_port).into()
    }

    /// A telephone that sends one message and shows what it gets; what it shows goes into the file given back.
    fn telephone(&self, message: &str) -> (Program, std::path::PathBuf) {
        let shown = self.folder.path().join(format!("telephone-{}", message.len()));
        let file = fs::File::create(&shown).expect("a file");
        let mut command = peer::fakesmsc(self.running.smsc_port);
        command
            .args(["-i", "0.1", "-m", "1", message])
            .stdout(file.try_clone().expect("a file"))
            .stderr(file);
        (Program::start(&mut command).expect("fakesmsc"), shown)
    }
}

/// What came in, and how often each was tried.
#[derive(Default)]
struct Journal {
    tries: Vec<Option<String>>,
    messages: Vec<Inbound>,
    receipts: Vec<Receipt>,
}

/// Answers as a server would, after as many failures as told.
fn server(
    gateway: Arc<Gateway>,
    journal: Arc<Mutex<Journal>>,
    failures: usize,
) -> impl Fn(Seen) -> Answer + Send + Sync {
    move |seen| {
        let parsed = gateway.receive(&Webhook {
            method: &seen.method,
            path_and_query: &seen.path_and_query,
            headers: &seen.headers,
            body: &seen.body,
            peer: [127, 0, 0, 1].into(),
            now: chrono::DateTime::UNIX_EPOCH,
        });
        let parsed = parsed.expect("a webhook of Kannel's");
        let mut journal = journal.lock().unwrap();
        for incoming in parsed.incoming {
            match incoming {
                Incoming::Receipt(receipt) => journal.receipts.push(receipt),
                Incoming::Taken { .. } => panic!("webhooks answer no submission"),
                Incoming::Message(message) => {
                    journal.tries.push(message.id.clone());
                    match journal.tries.len() {
                        // Down in two ways: an error, and a process killed while it works.
                        tries if tries <= failures && tries % 2 == 1 => {
                            return Answer::Say("500 Internal Server Error", "", String::new());
                        }
                        tries if tries <= failures => return Answer::Hang,
                        _ => journal.messages.push(message),
                    }
                }
            }
        }
        Answer::Say("200 OK", "Content-Type: text/plain\r\n", String::new())
    }
}

#[tokio::test]
async fn a_question_sent_while_we_are_down_comes_again_under_its_id_and_its_answer_reaches_the_telephone() {
    let kannel = Kannel::start();
    let gateway = kannel.gateway("");
    // Nobody listens yet when the telephone sends.
    let (_telephone, shown) = kannel.telephone("33612345678 36555 text piscine été ?");
    eventually("message sent by fakesmsc", || {
        fs::read_to_string(&shown)
            .ok()
            .filter(|text| text.contains("sent message 1"))
    })
    .await;
    let journal = Arc::new(Mutex::new(Journal::default()));
    let _server = Server::start(
        kannel.webhook(),
        server(Arc::clone(&gateway), Arc::clone(&journal), 2),
    )
    .await;
    let question = eventually("question", || journal.lock().unwrap().messages.first().cloned()).await;
    assert_eq!(question.from.as_str(), "+33612345678");
    assert_eq!(question.to.as_str(), "36555");
    assert_eq!(question.text, "piscine été ?");
    assert!(question.id.is_some());
    assert_eq!(journal.lock().unwrap().tries, vec![question.id.clone(); 3]);

    let mut reply = outbound("Ouverte jusqu’à 18 h : 3 € l’entrée [fermée en août]");
    reply.from = question.to.clone();
    reply.to = question.from.clone();
    assert_eq!(
        submit(&client(), &gateway, &reply).await,
        Submission::Accepted { id: None }
    );
    let delivered = eventually("answer on the telephone", || {
        let text = fs::read_to_string(&shown).ok()?;
        Some(text.lines().find(|line| line.contains("Got message"))?.to_owned())
    })
    .await;
    assert!(
        delivered.contains("<36555 +33612345678 text Ouverte jusqu'à 18 h : 3 € l'entrée [fermée en aout]>"),
        "{delivered}"
    );
    let states: Vec<_> = eventually("receipts", || {
        let journal = journal.lock().unwrap();
        (journal.receipts.len() == 2).then(|| journal.receipts.iter().map(|it| it.state).collect())
    })
    .await;
    assert_eq!(states, [ReceiptState::Accepted, ReceiptState::Delivered]);
    let ours = About::Ours(reply.id.clone());
    assert!(journal.lock().unwrap().receipts.iter().all(|it| it.about == ours));
}

#[tokio::test]
async fn other_scripts_and_parts_of_long_messages_come_and_go() {
    let kannel = Kannel::start();
    let gateway = kannel.gateway("sendsms_method = \"get\"");
    let journal = Arc::new(Mutex::new(Journal::default()));
    let _server = Server::start(
        kannel.webhook(),
        server(Arc::clone(&gateway), Arc::clone(&journal), 0),
    )
    .await;
    let first = |journal: &Mutex<Journal>| journal.lock().unwrap().messages.pop();
    {
        let (_telephone, _) =
            kannel.telephone("33612345678 36555 udh-text %05%00%03%07%02%01 premier morceau");
        let part = eventually("part", || first(&journal)).await;
        assert_eq!(part.concatenation, Concatenation::new(7, 2, 1));
        assert_eq!(part.text, "premier morceau");
    }
    let (_telephone, shown) = kannel.telephone("33612345678 36555 ucs2 %04%1F%00%e9%D8%3D%DE%00");
    assert_eq!(eventually("message", || first(&journal)).await.text, "Пé😀");
    assert_eq!(
        submit(&client(), &gateway, &outbound("Привет 😀")).await,
        Submission::Accepted { id: None }
    );
    let delivered = eventually("answer on the telephone", || {
        let text = fs::read_to_string(&shown).ok()?;
        Some(text.lines().find(|line| line.contains("Got message"))?.to_owned())
    })
    .await;
    let units: String = "Привет 😀"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .map(|b| format!("%{b:02X}"))
        .collect();
    let plain =
        |text: &str| percent_encoding::percent_decode_str(&text.replace('+', " ")).collect::<Vec<u8>>();
    let (_, text) = delivered
        .trim_end_matches('>')
        .rsplit_once("ucs-2 ")
        .expect("UCS-2");
    assert_eq!(plain(text), plain(&units));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_the_text_can_go_later() {
    let kannel = Kannel::start();
    let toml = format!(
        "driver = \"kannel\"\nsendsms_url = \"http://127.0.0.1:{}/cgi-bin/sendsms\"\nusername = \"parvis\"\n\
         password = \"token\"\nwebhook_url = \"http://127.0.0.1:9/sms/kannel\"\ntoken = \"token\"",
        kannel.running.sendsms_port
    );
    let gateway = gateway(&toml, &[("token", "jeton")]).expect("a configuration that works");
    let submission = submit(&client(), &gateway, &outbound("a")).await;
    assert!(
        matches!(&submission, Submission::Deferred { detail, .. } if detail.contains("403")),
        "{submission:?}"
    );
}
