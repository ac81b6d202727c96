//! Kannel's `drive_smpp`, an SMSC in C: it knows no transceiver, gives no message ids, and ends when a client leaves.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sms::message::{Incoming, Submission};
use sms::smpp::{Session, Status};

use crate::support::{config, piece, soon};

const PROGRAM: &str = "/usr/lib/kannel/test/drive_smpp";

/// How many messages it delivers to a receiver.
const MESSAGES: usize = 5;

/// A running `drive_smpp`. Its process ends with it.
struct DriveSmpp(Child);

impl DriveSmpp {
    fn start(port: u16) -> Self {
        let child = Command::new(PROGRAM)
            .args(["-v", "4", "-m", &MESSAGES.to_string(), "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("drive_smpp is missing: apt-get install kannel-extras");
        Self(child)
    }

    /// Waits until it ends of itself.
    async fn ended(mut self) {
        soon("its end", tokio::task::spawn_blocking(move || self.0.wait()))
            .await
            .expect("its end")
            .expect("its end");
    }
}

impl Drop for DriveSmpp {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
async fn an_smsc_in_c_that_ignores_transceivers_is_bound_twice_and_its_empty_ids_are_none() {
    // It gives up when nothing listens on this port, which it cannot be told otherwise; whatever listens will do.
    let _bearerbox = TcpListener::bind("127.0.0.1:13001");
    // Free a moment ago: it cannot be asked to choose.
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port();
    let first = DriveSmpp::start(port);
    let mut config = config(port);
    config.timing.connect = Duration::from_millis(500);
    // One that is ending still takes connections, and answers nothing on them.
    config.timing.enquire = Duration::from_millis(500);
    let (session, mut deliveries) = Session::start(config).expect("a session");
    let silent = session.until(|status| {
        let trouble = status.trouble.as_ref();
        trouble.is_some_and(|trouble| trouble.contains("the bind of a transceiver"))
    });
    soon("no answer to a transceiver", silent).await;
    first.ended().await;
    let _second = DriveSmpp::start(port);
    soon("bound", session.until(Status::is_bound)).await;
    assert!(session.status().is_bound());
    for number in 1..=MESSAGES {
        let delivery = soon("a delivery", deliveries.next()).await.expect("a delivery");
        delivery.acknowledgement.stored();
        let Incoming::Message(message) = delivery.incoming else {
            panic!("a message");
        };
        assert_eq!(message.text, number.to_string());
        assert_eq!((message.from.as_str(), message.to.as_str()), ("456", "123"));
    }
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    assert_eq!(outcome, Submission::Accepted { id: None });
    soon("closed", session.close()).await;
}
