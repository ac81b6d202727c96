//! What becomes of a text when the connection does what connections do.

use std::sync::{Arc, Mutex};

use sms::http::{Gateway, submit};
use sms::message::Submission;

use crate::peers::{Answer, Seen, Server, client, free_ports};
use crate::support::{gateway, outbound};

fn to(port: u16) -> Gateway {
    let toml = format!(
        "driver = \"generic\"\n[inbound]\nformat = \"json\"\nauthentication.source_addresses = [\"::/0\"]\n\
         fields = {{ from = \"from\", to = \"to\", text = \"text\" }}\n[outbound]\n\
         url = \"http://127.0.0.1:{port}/send\"\nform = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n\
         [outbound.response]\nid = \"id\"\n"
    );
    gateway(&toml, &[]).expect("a configuration that works")
}

async fn submitted(answer: impl Fn(Seen) -> Answer + Send + Sync + 'static) -> Submission {
    let server = Server::start(([127, 0, 0, 1], 0).into(), answer).await;
    submit(&client(), &to(server.address.port()), &outbound("été")).await
}

#[tokio::test]
async fn an_answer_is_the_outcome() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let submission = submitted(move |request| {
        record
            .lock()
            .unwrap()
            .push((request.method.to_string(), request.path_and_query, request.body));
        Answer::Say("200 OK", "", "{\"id\":\"theirs-1\"}".to_owned())
    });
    assert_eq!(
        submission.await,
        Submission::Accepted {
            id: Some("theirs-1".into())
        }
    );
    let body = b"text=%C3%A9t%C3%A9&to=%2B33612345678".to_vec();
    assert_eq!(*seen.lock().unwrap(), [("POST".into(), "/send".into(), body)]);
}

#[tokio::test]
async fn a_gateway_that_is_not_there_was_given_nothing() {
    let [port] = free_ports();
    let submission = submit(&client(), &to(port), &outbound("été")).await;
    let Submission::Deferred { detail, .. } = submission else {
        panic!("{submission:?}");
    };
    assert_eq!(detail, "the gateway cannot be reached");
}

#[tokio::test]
async fn a_connection_lost_after_the_request_leaves_its_fate_open_and_is_not_tried_again() {
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    let submission = submitted(move |_| {
        *counted.lock().unwrap() += 1;
        Answer::Hang
    });
    let submission = submission.await;
    assert!(
        matches!(&submission, Submission::Ambiguous { detail } if !detail.contains("127.0.0.1")),
        "{submission:?}"
    );
    assert_eq!(*count.lock().unwrap(), 1);
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_its_fate_open() {
    let submission = submitted(|_| Answer::Wait).await;
    assert!(
        matches!(&submission, Submission::Ambiguous { detail } if detail.contains("in time")),
        "{submission:?}"
    );
}

#[tokio::test]
async fn an_answer_cut_short_leaves_its_fate_open() {
    // The head announces more than comes.
    let submission = submitted(|_| Answer::Say("200 OK", "Content-Length: 900\r\nX-Rest: ", "{}".to_owned()));
    let submission = submission.await;
    assert!(
        matches!(submission, Submission::Ambiguous { .. }),
        "{submission:?}"
    );
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let elsewhere = Server::start(([127, 0, 0, 1], 0).into(), |_| panic!("nothing may come here")).await;
    let location: &'static str = format!("Location: http://{}/\r\n", elsewhere.address).leak();
    let submission = submitted(move |_| Answer::Say("307 Temporary Redirect", location, String::new())).await;
    assert!(
        matches!(&submission, Submission::Deferred { detail, .. } if detail.contains("307")),
        "{submission:?}"
    );
}

#[tokio::test]
async fn an_endless_answer_is_read_up_to_a_limit() {
    // A gigabyte is announced; the connection stays open after the first megabyte.
    let headers = "Content-Length: 1000000000\r\nX-Rest: ";
    let body = || format!("{{\"id\":1}}{}", " ".repeat(1 << 20));
    let submission = submitted(move |_| Answer::Say("200 OK", headers, body())).await;
    assert!(
        matches!(submission, Submission::Accepted { .. }),
        "{submission:?}"
    );
}
