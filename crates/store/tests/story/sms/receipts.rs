//! Scenes of the story: what a gateway tells of pieces that it took.

use super::{
    ALI, accepted, ambiguous, begin, claimed, ours, outbound, queue, receipt, reply, settle, sms, states, t,
    take, theirs,
};
use crate::town::{at, now};
use store::{NewOutbound, PieceState, Policy, ReceiptMatch, ReceiptState, Store};

pub(crate) async fn whatever_says_that_a_piece_was_taken_keeps_it_from_being_sent_again(store: &Store) {
    let site = begin(store, "proof").await;
    for (id, says, expected) in [
        ("final", Some(ReceiptState::Delivered), PieceState::Delivered),
        ("failed", Some(ReceiptState::Undelivered), PieceState::Undelivered),
        ("underway", Some(ReceiptState::Underway), PieceState::Submitted),
        ("response", None, PieceState::Submitted),
    ] {
        queue(store, site, id, 1).await;
        let pieces = take(store, id, now()).await;
        settle(store, &pieces[0], ambiguous()).await;
        store
            .resolve_ambiguous(id, t(60), Policy::SendOnce)
            .await
            .unwrap();
        assert_eq!(states(store, id).await, [PieceState::Queued]);
        match says {
            Some(says) => {
                let matched = receipt(store, id, ours(&pieces[0].id), says).await;
                assert_eq!(matched, ReceiptMatch::Matched);
            }
            None => {
                settle(store, &pieces[0], accepted("late")).await;
            }
        }
        assert_eq!(states(store, id).await, [expected]);
        assert!(take(store, id, t(60)).await.is_empty(), "{id}");
    }
}

pub(crate) async fn receipts_find_their_piece_even_before_its_response(store: &Store) {
    let site = begin(store, "receipts").await;
    queue(store, site, "r", 3).await;
    assert_eq!(
        receipt(store, "r", ours("r-3"), ReceiptState::Delivered).await,
        ReceiptMatch::Unknown,
        "it was not submitted"
    );
    let pieces = take(store, "r", now()).await;
    assert_eq!(
        settle(store, &pieces[0], accepted("A1")).await,
        PieceState::Submitted
    );
    use ReceiptState::{Delivered, Underway};
    assert_eq!(
        receipt(store, "elsewhere", theirs("A1"), Delivered).await,
        ReceiptMatch::Parked,
        "another gateway's"
    );
    assert_eq!(
        receipt(store, "r", theirs("A1"), Underway).await,
        ReceiptMatch::Matched
    );
    assert_eq!(states(store, "r").await[0], PieceState::Submitted);
    assert_eq!(
        receipt(store, "r", theirs("A1"), Delivered).await,
        ReceiptMatch::Matched
    );
    assert_eq!(
        receipt(store, "r", theirs("A1"), Delivered).await,
        ReceiptMatch::Duplicate
    );
    assert_eq!(states(store, "r").await[0], PieceState::Delivered);

    // The second one's come first, and twice; another gateway's bear the same name.
    for (gateway, says, expected) in [
        ("r", Underway, ReceiptMatch::Parked),
        ("r", Delivered, ReceiptMatch::Parked),
        ("r", Delivered, ReceiptMatch::Duplicate),
        ("r", Underway, ReceiptMatch::Duplicate),
        ("elsewhere", ReceiptState::Undelivered, ReceiptMatch::Parked),
    ] {
        assert_eq!(receipt(store, gateway, theirs("A2"), says).await, expected);
    }
    assert_eq!(
        settle(store, &pieces[1], accepted("A2")).await,
        PieceState::Delivered
    );

    assert_eq!(
        receipt(store, "elsewhere", ours("r-3"), Delivered).await,
        ReceiptMatch::Unknown
    );
    assert_eq!(
        receipt(store, "r", ours("r-4"), Delivered).await,
        ReceiptMatch::Unknown
    );
    assert_eq!(
        receipt(store, "r", ours("r-3"), Delivered).await,
        ReceiptMatch::Matched
    );
    assert_eq!(
        settle(store, &pieces[2], accepted("")).await,
        PieceState::Delivered
    );
    assert_eq!(
        settle(store, &pieces[2], ambiguous()).await,
        PieceState::Delivered,
        "its end is known"
    );

    // A gateway that names nothing.
    queue(store, site, "nameless", 1).await;
    let pieces = take(store, "nameless", now()).await;
    assert_eq!(
        settle(store, &pieces[0], accepted("")).await,
        PieceState::Submitted
    );
    assert_eq!(
        receipt(store, "nameless", theirs(""), Delivered).await,
        ReceiptMatch::Parked
    );

    // A name that the gateway uses again means the last piece.
    let reused = NewOutbound {
        gateway: "r".into(),
        ..outbound("reused", 1)
    };
    let message = claimed(store, sms(site, ALI, "une question")).await;
    store
        .answer_inbound(&message, reply(reused), at(10))
        .await
        .unwrap();
    let pieces = take(store, "r", now()).await;
    settle(store, &pieces[0], accepted("A1")).await;
    assert_eq!(
        receipt(store, "r", theirs("A1"), Delivered).await,
        ReceiptMatch::Matched
    );
    assert_eq!(states(store, "reused").await, [PieceState::Delivered]);
}
