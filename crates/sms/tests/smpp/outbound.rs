//! Submitting: what arrives, how fast, and what becomes of what is refused or not answered.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::{Duration, Instant};

use serde_json::json;
use sms::message::{Concatenation, Incoming, Outbound, Submission};
use sms::smpp::{Coding, Session};

use crate::npm::Smsc;
use crate::support::{address, piece, soon};

/// Submits as many pieces at once and gives their outcomes.
async fn submit_all(session: &Session, count: usize) -> Vec<Submission> {
    let tasks: Vec<_> = (0..count)
        .map(|number| {
            let session = session.clone();
            tokio::spawn(async move { session.submit(piece(&number.to_string())).await })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(soon("an outcome", task).await.expect("an outcome"));
    }
    outcomes
}

fn window(size: usize) -> NonZeroUsize {
    NonZeroUsize::new(size).expect("a window")
}

#[tokio::test]
async fn text_arrives_as_it_was_written_in_gsm_latin_or_ucs2() {
    for (coding, text, data_coding) in [
        (Coding::Default, "Piscine : 9 h-12 h, 3 € à l'été [bassin]", 0),
        (Coding::Latin1, "Fermé le 1er août, ça rouvre après", 3),
        (Coding::Default, "Открыто 😀 до 18:00", 8),
        (Coding::Ascii, "ouvert", 1),
    ] {
        let (mut smsc, session, _deliveries) = Smsc::bound(json!({}), |config| config.coding = coding).await;
        let outcome = soon("a response", session.submit(piece(text))).await;
        assert_eq!(
            outcome,
            Submission::Accepted {
                id: Some("6699".into())
            }
        );
        let submit = smsc.next("submit").await;
        assert_eq!(submit["text"], text);
        assert_eq!(submit["data_coding"], data_coding);
        assert_eq!(submit["from"], json!([3, 0, "36555"]));
        assert_eq!(submit["to"], json!([1, 1, "33612345678"]));
        assert_eq!(submit["validity_minutes"], 60);
        assert_eq!(submit["registered_delivery"], 1);
    }
}

#[tokio::test]
async fn parts_carry_their_header_and_whole_texts_a_payload() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "ids": "empty" }), |_| {}).await;
    for (reference, header) in [(0x2a, "00032a0302"), (0x1234, "080412340302")] {
        let part = Outbound {
            concatenation: Concatenation::new(reference, 3, 2),
            ..piece("deuxième partie")
        };
        let outcome = soon("a response", session.submit(part)).await;
        assert_eq!(outcome, Submission::Accepted { id: None });
        let submit = smsc.next("submit").await;
        assert_eq!(submit["text"], "deuxième partie");
        assert_eq!(submit["udh"], json!([header]));
        assert_eq!(submit["esm_class"], 0x40);
    }
    let long = "Une réponse entière. ".repeat(20);
    soon("a response", session.submit(piece(&long))).await;
    assert_eq!(smsc.next("submit").await["text"], long);
}

#[tokio::test]
async fn what_is_refused_for_being_too_fast_is_deferred_and_taken_when_given_again() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "throttle": 3 }), |config| {
        config.window = window(2);
    })
    .await;
    let begun = Instant::now();
    for outcome in submit_all(&session, 2).await {
        let Submission::Deferred { after, detail } = outcome else {
            panic!("{outcome:?}");
        };
        assert!(after.is_some_and(|after| after >= Duration::from_millis(100)));
        assert!(detail.contains("ESME_RTHROTTLED"), "{detail}");
    }
    let mut pauses = 0;
    while !matches!(session.submit(piece("encore")).await, Submission::Accepted { .. }) {
        pauses += 1;
    }
    // The session itself holds back: nothing here waits.
    assert!(
        begun.elapsed() >= Duration::from_millis(300),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!((pauses, session.status().counters.throttled), (1, 3));
    for status in [0x14, 0x08] {
        smsc.set(&json!({ "status": status })).await;
        let outcome = soon("a response", session.submit(piece("encore"))).await;
        assert!(matches!(outcome, Submission::Deferred { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn what_would_never_be_taken_is_refused() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "status": 0x0B }), |_| {}).await;
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    let detail = "ESME_RINVDSTADR".to_owned();
    assert_eq!(outcome, Submission::Refused { detail });
    smsc.set(&json!({ "status": 0x0401 })).await;
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    let detail = "command_status 0x00000401".to_owned();
    assert_eq!(outcome, Submission::Refused { detail });
    let unsendable = Outbound {
        from: address("Médiathèq"),
        ..piece("ouvert")
    };
    let outcome = soon("a refusal", session.submit(unsendable)).await;
    assert!(matches!(outcome, Submission::Refused { .. }), "{outcome:?}");
}

#[tokio::test]
async fn without_a_response_at_most_one_window_is_ambiguous_before_the_link_is_made_again() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "status": null }), |config| {
        config.window = window(3);
        config.timing.response = Duration::from_millis(200);
    })
    .await;
    let outcomes = submit_all(&session, 3).await;
    for outcome in outcomes {
        assert!(matches!(outcome, Submission::Ambiguous { .. }), "{outcome:?}");
    }
    let stuck = session.until(|status| status.counters.binds == 2);
    let status = soon("bound again", stuck).await;
    assert_eq!((status.counters.ambiguous, status.counters.submitted), (3, 3));
    smsc.set(&json!({ "status": 0 })).await;
    let outcome = soon("a response", session.submit(piece("ouvert"))).await;
    assert!(matches!(outcome, Submission::Accepted { .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_late_response_gives_its_place_back_and_tells_that_the_piece_was_taken() {
    let (_smsc, session, mut deliveries) = Smsc::bound(json!({ "delay": 300 }), |config| {
        config.window = window(2);
        config.timing.response = Duration::from_millis(100);
    })
    .await;
    let outcome = soon("an outcome", session.submit(piece("lente"))).await;
    assert!(matches!(outcome, Submission::Ambiguous { .. }), "{outcome:?}");
    assert_eq!(session.status().window_used, 1);
    let late = session.until(|status| status.counters.late == 1 && status.window_used == 0);
    let status = soon("the late response", late).await;
    assert_eq!(status.counters.binds, 1);
    let told = soon("what it says", deliveries.next()).await.expect("a delivery");
    let taken = Incoming::Taken {
        ours: "piece".into(),
        theirs: Some("6699".into()),
    };
    assert_eq!(told.incoming, taken);
}

#[tokio::test]
async fn the_window_is_filled_and_never_exceeded() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "delay": 20, "tell": false }), |config| {
        config.window = window(5);
    })
    .await;
    let outcomes = submit_all(&session, 40).await;
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Submission::Accepted { .. }))
    );
    smsc.order(&json!({ "count": true }));
    let count = smsc.next("count").await;
    assert_eq!(
        (&count["submits"], &count["mostInFlight"]),
        (&json!(40), &json!(5))
    );
}

#[tokio::test]
async fn the_rate_of_the_contract_is_kept() {
    let (_smsc, session, _deliveries) = Smsc::bound(json!({ "tell": false }), |config| {
        config.rate = NonZeroU32::new(50);
        config.window = window(50);
    })
    .await;
    let begun = Instant::now();
    let outcomes = submit_all(&session, 26).await;
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Submission::Accepted { .. }))
    );
    // The first leaves at once, the 26th half a second later, less the slack of a timer.
    assert!(
        begun.elapsed() >= Duration::from_millis(490),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_submission_that_nobody_waits_for_any_more_is_not_sent() {
    let (mut smsc, session, _deliveries) = Smsc::bound(json!({ "delay": 100 }), |config| {
        config.window = window(1);
    })
    .await;
    let first = tokio::spawn({
        let session = session.clone();
        async move { session.submit(piece("première")).await }
    });
    smsc.next("submit").await;
    {
        let mut given_up = std::pin::pin!(session.submit(piece("abandonnée")));
        let polled =
            std::future::poll_fn(|context| std::task::Poll::Ready(given_up.as_mut().poll(context))).await;
        assert!(polled.is_pending());
    }
    first.await.expect("an outcome");
    soon("a response", session.submit(piece("troisième"))).await;
    assert_eq!(smsc.next("submit").await["text"], "troisième");
}
