//! Binding, keeping bound, and unbinding.

use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::json;
use sms::message::Submission;
use sms::smpp::{Bind, Session, Status, Tls, Trust};

use crate::npm::Smsc;
use crate::support::{PASSWORD, config, piece, soon};

#[tokio::test]
async fn a_transceiver_is_bound_with_the_account_and_version_of_the_standard() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |_| {}).await;
    let bind = smsc.next("bind").await;
    assert_eq!(bind["command"], "bind_transceiver");
    assert_eq!(bind["system_id"], "parvis");
    assert_eq!(bind["password"], PASSWORD);
    assert_eq!(bind["interface_version"], 0x34);
    let status = session.status();
    assert!(status.is_bound() && status.trouble.is_none());
    assert_eq!(status.counters.binds, 1);
}

#[tokio::test]
async fn a_refused_transceiver_leads_to_a_transmitter_and_a_receiver() {
    let refusing = json!({ "bind": { "bind_transceiver": 0x0D } });
    let (mut smsc, session, mut deliveries) = Smsc::bound(refusing, |_| {}).await;
    let mut binds = Vec::new();
    for _ in 0..3 {
        binds.push(smsc.next("bind").await["command"].clone());
    }
    binds[1..].sort_by_key(ToString::to_string);
    assert_eq!(binds, ["bind_transceiver", "bind_receiver", "bind_transmitter"]);
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
    smsc.order(
        &json!({ "deliver": { "source_addr": "33612345678", "destination_addr": "36555",
        "short_message": { "message": "piscine ?" } } }),
    );
    soon("a delivery", deliveries.next())
        .await
        .expect("a delivery")
        .acknowledgement
        .stored();
    assert_eq!(smsc.next("answer").await["status"], 0);
    soon("closed", session.close()).await;
    smsc.next("unbind").await;
    smsc.next("unbind").await;
}

#[tokio::test]
async fn where_two_binds_are_refused_too_a_transceiver_is_asked_for_again() {
    let refusing =
        json!({ "bind": { "bind_transceiver": 0x08, "bind_transmitter": 0x0D, "bind_receiver": 0x0D } });
    let mut smsc = Smsc::start(refusing).await;
    let (session, _deliveries) = Session::start(config(smsc.port)).expect("a session");
    while smsc.next("bind").await["command"] != "bind_transmitter" {}
    smsc.set(&json!({ "bind": { "bind_transmitter": 0x0D } })).await;
    let status = soon("bound", session.until(Status::is_bound)).await;
    assert!(status.is_bound());
}

#[tokio::test]
async fn separate_binds_never_ask_for_a_transceiver() {
    let (mut smsc, _session, _deliveries) =
        Smsc::bound(json!({}), |config| config.bind = Bind::Separate).await;
    for _ in 0..2 {
        assert_ne!(smsc.next("bind").await["command"], "bind_transceiver");
    }
}

#[tokio::test]
async fn a_wrong_password_is_said_without_the_password_and_tried_again() {
    let mut smsc = Smsc::start(json!({ "bind": { "bind_transceiver": 0x0E } })).await;
    let (session, _deliveries) = Session::start(config(smsc.port)).expect("a session");
    let status = soon("refused", session.until(|status| status.trouble.is_some())).await;
    let trouble = status.trouble.expect("a trouble");
    assert!(trouble.contains("ESME_RINVPASWD"), "{trouble}");
    let shown = format!("{trouble} {session:?} {:?}", config(smsc.port));
    assert!(!shown.contains(PASSWORD), "{shown}");
    smsc.set(&json!({ "bind": {} })).await;
    let status = soon("bound", session.until(Status::is_bound)).await;
    assert!(status.trouble.is_none());
}

#[tokio::test]
async fn tls_is_spoken_and_the_certificate_is_checked() {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["smsc.example".to_owned()]).expect("a certificate");
    let other = generate_simple_self_signed(["smsc.example".to_owned()]).expect("a certificate");
    let tls = |pem: String| {
        Some(Tls {
            server_name: Some("smsc.example".into()),
            trust: Trust::Pem(pem.into_bytes()),
        })
    };
    let settings = json!({ "tls": { "key": signing_key.serialize_pem(), "cert": cert.pem() } });
    let (mut smsc, session, _deliveries) = Smsc::bound(settings, |config| config.tls = tls(cert.pem())).await;
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
    assert_eq!(smsc.next("submit").await["text"], "ouvert");

    let mut distrustful = config(smsc.port);
    distrustful.tls = tls(other.cert.pem());
    let (session, _deliveries) = Session::start(distrustful).expect("a session");
    let status = soon("refused", session.until(|status| status.trouble.is_some())).await;
    let trouble = status.trouble.expect("a trouble");
    assert!(
        trouble.contains("TLS") && trouble.contains("certificate"),
        "{trouble}"
    );
    assert_eq!(status.counters.binds, 0);
}

#[tokio::test]
async fn closing_waits_for_what_is_in_flight_and_unbinds() {
    let (mut smsc, session, mut deliveries) = Smsc::bound(json!({ "delay": 200 }), |_| {}).await;
    let submitting = tokio::spawn({
        let session = session.clone();
        async move { session.submit(piece("ouvert")).await }
    });
    smsc.next("submit").await;
    soon("closed", session.close()).await;
    let outcome = submitting.await.expect("an outcome");
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
    smsc.next("unbind").await;
    smsc.next("closed").await;
    assert!(session.status().closed && deliveries.next().await.is_none());
    let after = session.submit(piece("trop tard")).await;
    assert!(matches!(after, Submission::Deferred { .. }), "{after:?}");
}

#[tokio::test]
async fn dropping_the_last_handle_closes_the_session() {
    let (mut smsc, session, deliveries) = Smsc::bound(json!({}), |_| {}).await;
    drop((session, deliveries));
    smsc.next("unbind").await;
    smsc.next("closed").await;
}

#[tokio::test]
async fn the_unbind_of_the_smsc_is_answered_and_the_session_binds_again() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |_| {}).await;
    smsc.order(&json!({ "unbind": true }));
    smsc.next("unbind_resp").await;
    smsc.next("closed").await;
    let status = soon("bound again", session.until(|status| status.counters.binds == 2)).await;
    assert!(status.is_bound());
}

#[tokio::test]
async fn a_dropped_connection_leaves_what_was_in_flight_ambiguous_and_is_made_again() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "status": null }), |_| {}).await;
    let submitting = tokio::spawn({
        let session = session.clone();
        async move { session.submit(piece("ouvert")).await }
    });
    smsc.next("submit").await;
    smsc.order(&json!({ "set": { "status": 0 }, "drop": true }));
    let outcome = soon("an outcome", submitting).await.expect("an outcome");
    assert!(matches!(outcome, Submission::Ambiguous { .. }), "{outcome:?}");
    soon("bound again", session.until(|status| status.counters.binds == 2)).await;
    let outcome = soon("a response", session.submit(piece("encore"))).await;
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
    assert_eq!(session.status().counters.ambiguous, 1);
}

#[tokio::test]
async fn links_are_enquired_both_ways_and_a_silent_smsc_is_left() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |config| {
        config.timing.enquire = Duration::from_millis(100);
    })
    .await;
    smsc.next("enquire_link").await;
    smsc.order(&json!({ "enquire": true }));
    smsc.next("alive").await;
    smsc.next("enquire_link").await;
    assert_eq!(session.status().counters.binds, 1);
    smsc.set(&json!({ "answer_enquire_link": false })).await;
    let status = soon("left", session.until(|status| status.trouble.is_some())).await;
    assert!(
        status
            .trouble
            .is_some_and(|trouble| trouble.contains("enquire_link"))
    );
    soon("bound again", session.until(|status| status.counters.binds > 1)).await;
}

#[tokio::test]
async fn without_an_smsc_pieces_are_deferred_at_once() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    drop(listener);
    let (session, _deliveries) = Session::start(config(port)).expect("a session");
    let outcome = soon("deferred", session.submit(piece("ouvert"))).await;
    assert!(
        matches!(outcome, Submission::Deferred { after: Some(_), .. }),
        "{outcome:?}"
    );
    let status = soon("said", session.until(|status| status.trouble.is_some())).await;
    assert!(
        status
            .trouble
            .is_some_and(|trouble| trouble.contains("connecting to the SMSC"))
    );
    soon("closed", session.close()).await;
}

#[test]
fn an_account_that_no_bind_can_carry_is_refused_before_connecting() {
    let mut long = config(1);
    long.system_id = "a-name-of-more-than-fifteen".into();
    let mut broken = config(1);
    broken.tls = Some(Tls {
        server_name: None,
        trust: Trust::Pem(b"nothing".to_vec()),
    });
    for (config, part) in [(long, "system_id"), (broken, "certificate")] {
        let error = Session::start(config).expect_err("refused").to_string();
        assert!(error.contains(part), "{error}");
    }
}
