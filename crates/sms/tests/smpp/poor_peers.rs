//! SMSCs that send what they should not, and those that are none.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;
use sms::message::Submission;
use sms::smpp::{Bind, Config, Deliveries, Session, Status};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::npm::Smsc;
use crate::support::{config, piece, soon};

/// A listener and a session that comes to it.
async fn listener(adjust: impl FnOnce(&mut Config)) -> (TcpListener, Session, Deliveries) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut config = config(listener.local_addr().expect("a port").port());
    config.bind = Bind::Transceiver;
    adjust(&mut config);
    let (session, deliveries) = Session::start(config).expect("a session");
    (listener, session, deliveries)
}

/// The next connection, bound by hand.
async fn bound(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = soon("a connection", listener.accept())
        .await
        .expect("a connection");
    let mut bind = [0; 1024];
    let length = soon("a bind", stream.read(&mut bind)).await.expect("a bind");
    assert!(length > 16);
    let answer = pdu(0x8000_0009, 1, b"poor\0");
    stream.write_all(&answer).await.expect("an answer");
    stream
}

fn pdu(command: u32, sequence: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(16 + body.len()).expect("a length");
    let header = [length, command, 0, sequence].map(u32::to_be_bytes).concat();
    [header.as_slice(), body].concat()
}

#[tokio::test]
async fn unknown_commands_are_answered_with_generic_nack_and_the_link_stays() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |_| {}).await;
    for command in [0x0000_0F00, 0x21, 0x0001_0200] {
        smsc.order(&json!({ "raw": hex(&pdu(command, 77, b"whatever")) }));
        let nack = smsc.next("generic_nack").await;
        assert_eq!((&nack["status"], &nack["sequence"]), (&json!(3), &json!(77)));
    }
    // Answers to nothing are passed over.
    smsc.order(&json!({ "raw": hex(&pdu(0x8000_0004, 99, b"id\0")) }));
    smsc.order(&json!({ "raw": hex(&pdu(0x8000_0000, 0, b"")) }));
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
    assert_eq!(session.status().counters.binds, 1);
}

#[tokio::test]
async fn deliveries_that_cannot_be_read_are_refused_for_good_and_the_link_stays() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |_| {}).await;
    let cut = b"\0\x01\x0133612345678\0\x01".as_slice();
    let broken_header = b"\0\x01\x0133612345678\0\x03\x0036555\0\x40\0\0\0\0\0\0\x08\0\x02\x09\0".as_slice();
    let receipt_of_nothing = b"\0\x01\x0133612345678\0\x03\x0036555\0\x04\0\0\0\0\0\0\0\0\x02hi".as_slice();
    let text_cut = b"\0\x01\x0133612345678\0\x03\x0036555\0\0\0\0\0\0\0\0\0\0\xffhi".as_slice();
    for (number, body) in [cut, broken_header, receipt_of_nothing, text_cut, b""]
        .into_iter()
        .enumerate()
    {
        let sequence = 500 + u32::try_from(number).expect("few");
        smsc.order(&json!({ "raw": hex(&pdu(5, sequence, body)) }));
        let answer = smsc.next("deliver_sm_resp").await;
        assert_eq!(
            (&answer["status"], &answer["sequence"]),
            (&json!(0x65), &json!(sequence))
        );
    }
    let status = session.status();
    assert_eq!((status.counters.unreadable, status.counters.binds), (5, 1));
}

#[tokio::test]
async fn a_length_that_no_pdu_has_is_answered_and_the_link_made_again() {
    for length in [0_u32, 15, 1_000_000, u32::MAX] {
        let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |_| {}).await;
        let mut broken = pdu(0x15, 41, b"");
        broken[..4].copy_from_slice(&length.to_be_bytes());
        smsc.order(&json!({ "raw": hex(&broken) }));
        let nack = smsc.next("generic_nack").await;
        assert_eq!((&nack["status"], &nack["sequence"]), (&json!(2), &json!(41)));
        let again = session.until(|status| status.counters.binds == 2);
        assert!(soon("bound again", again).await.is_bound());
    }
}

#[tokio::test]
async fn what_is_no_smsc_is_named_so_and_tried_again() {
    let (listener, session, _deliveries) = listener(|_| {}).await;
    for _ in 0..2 {
        let (mut stream, _) = soon("a connection", listener.accept())
            .await
            .expect("a connection");
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .expect("an answer");
        let said = session.until(|status| status.trouble.as_ref().is_some_and(|t| t.contains("not SMPP")));
        soon("said", said).await;
    }
    // A real one comes at last.
    let _stream = bound(&listener).await;
    let status = soon("bound", session.until(Status::is_bound)).await;
    assert!(status.trouble.is_none());
}

#[tokio::test]
async fn a_peer_that_asks_without_listening_fills_no_memory() {
    let (listener, session, _deliveries) = listener(|_| {}).await;
    let mut stream = bound(&listener).await;
    let questions = pdu(0x15, 1, b"").repeat(4096);
    let mut sent = 0;
    // The session stops reading once its answers are not read, so that writing to it stalls.
    while let Ok(written) = tokio::time::timeout(Duration::from_secs(1), stream.write_all(&questions)).await {
        written.expect("the connection stays");
        sent += questions.len();
        assert!(sent < 64 * 1024 * 1024, "{sent} octets were taken in");
    }
    drop(stream);
    let _again = bound(&listener).await;
    soon("bound again", session.until(|status| status.counters.binds == 2)).await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Frames with random commands and bodies, after a right bind: the session survives them all.
    #[test]
    fn no_pdus_stop_a_session(
        pdus in prop::collection::vec(
            (
                prop_oneof![
                    Just(5), Just(0x103), Just(0x15), Just(0x8000_0004), Just(0x8000_0000), Just(0x8000_0015), any::<u32>(),
                ],
                0..100_u32,
                prop::collection::vec(any::<u8>(), 0..80),
            ),
            1..30,
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let (listener, session, _deliveries) = listener(|config| config.timing.close = Duration::ZERO).await;
            let mut stream = bound(&listener).await;
            for (command, sequence, body) in pdus {
                // An unbind ends the session in good order, which is not the question here.
                if command != 6 {
                    stream.write_all(&pdu(command, sequence, &body)).await.expect("the connection stays");
                }
            }
            // Its answer to a last question tells that all others were read.
            stream.write_all(&pdu(0x15, 0x1234_5678, b"")).await.expect("the connection stays");
            let mut answers = Vec::new();
            while !answers.ends_with(&pdu(0x8000_0015, 0x1234_5678, b"")) {
                let read = soon("an answer", stream.read_buf(&mut answers)).await.expect("an answer");
                assert!(read > 0, "the session left");
            }
            assert_eq!(session.status().counters.binds, 1);
        });
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
