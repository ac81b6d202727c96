//! Scenes of the story: gateways that write the name of a piece in two ways.

use super::{outbound, reply, sms, t};
use crate::town::{at, now, town};
use chrono::TimeDelta;
use store::{About, PieceReceipt, PieceState, ReceiptMatch, ReceiptState, Settled, Store};

const ZOE: &str = "+33600000001";

fn forms(name: &str) -> Vec<String> {
    let otherwise = match name {
        "255" => "ff",
        "256" => "100",
        _ => "nothing",
    };
    vec![name.to_owned(), otherwise.to_owned()]
}

/// Two pieces that the gateway accepted under "ff" and "255", and the receipts of "255" and "256".
pub(crate) async fn a_receipt_under_another_form_of_its_name_is_matched_once_the_same_form_had_its_time(
    store: &Store,
) {
    let site = town(store, "forms").await.site;
    store.receive_sms(vec![sms(site, ZOE, "question")]).await.unwrap();
    let wait = TimeDelta::seconds(20);
    let message = store.claim_inbound(now(), wait, wait).await.unwrap();
    let message = message.expect("a message that waits");
    store
        .answer_inbound(&message, reply(outbound("forms", 2)), at(10))
        .await
        .unwrap();
    let pieces = store
        .claim_pieces("forms", now(), 2, TimeDelta::seconds(60))
        .await
        .unwrap()
        .pieces;
    let accept = async |piece: usize, name: &str| {
        let settled = Settled::Accepted {
            their_id: Some(name.to_owned()),
        };
        let piece = &pieces[piece];
        let settling = store.settle_piece(&piece.id, piece.attempt, settled, now());
        settling.await.unwrap()
    };
    accept(0, "ff").await;
    for name in ["255", "256"] {
        let receipt = PieceReceipt {
            gateway: "forms".into(),
            about: About::Theirs(name.into()),
            state: ReceiptState::Delivered,
            detail: None,
        };
        let matched = store.receipt(receipt, t(5)).await.unwrap();
        assert_eq!(matched, ReceiptMatch::Parked);
    }
    let states = async || {
        let pieces = store.pieces_of("forms").await.unwrap();
        pieces.into_iter().map(|(_, state)| state).collect::<Vec<_>>()
    };
    let look = async |after, until| {
        let looking = store.match_parked("forms", (after, until), forms);
        looking.await.unwrap()
    };
    assert_eq!(look(t(0), t(4)).await, 0, "too early");
    // It was the other's, whose response came late: its own form goes first.
    assert_eq!(accept(1, "255").await, PieceState::Delivered);
    assert_eq!(states().await, [PieceState::Submitted, PieceState::Delivered]);
    assert_eq!(look(t(0), t(5)).await, 0, "256 is no form of ff");

    let receipt = PieceReceipt {
        gateway: "forms".into(),
        about: About::Theirs("255".into()),
        state: ReceiptState::Undelivered,
        detail: Some("27".into()),
    };
    assert_eq!(
        store.receipt(receipt, t(6)).await.unwrap(),
        ReceiptMatch::Duplicate,
        "the same form, again"
    );
}

/// A piece that the gateway accepted in hexadecimal and tells of in decimal.
pub(crate) async fn a_receipt_in_decimal_finds_the_piece_accepted_in_hexadecimal(store: &Store) {
    let site = town(store, "decimal").await.site;
    store.receive_sms(vec![sms(site, ZOE, "question")]).await.unwrap();
    let wait = TimeDelta::seconds(20);
    let message = store.claim_inbound(now(), wait, wait).await.unwrap();
    let message = message.expect("a message that waits");
    store
        .answer_inbound(&message, reply(outbound("decimal", 1)), at(10))
        .await
        .unwrap();
    let claimed = store.claim_pieces("decimal", now(), 1, wait).await.unwrap();
    let piece = &claimed.pieces[0];
    let settled = Settled::Accepted {
        their_id: Some("ff".into()),
    };
    store
        .settle_piece(&piece.id, piece.attempt, settled, now())
        .await
        .unwrap();
    let receipt = PieceReceipt {
        gateway: "decimal".into(),
        about: About::Theirs("255".into()),
        state: ReceiptState::Undelivered,
        detail: Some("27".into()),
    };
    assert_eq!(
        store.receipt(receipt.clone(), t(5)).await.unwrap(),
        ReceiptMatch::Parked
    );
    let looking = store.match_parked("decimal", (t(5), t(65)), forms);
    assert_eq!(looking.await.unwrap(), 0, "looked at before");
    let looking = store.match_parked("decimal", (t(0), t(65)), forms);
    assert_eq!(looking.await.unwrap(), 1);
    let pieces = store.pieces_of("decimal").await.unwrap();
    assert_eq!(pieces[0].1, PieceState::Undelivered);
    let looking = store.match_parked("decimal", (t(0), t(65)), forms);
    assert_eq!(looking.await.unwrap(), 0, "it is parked no more");
}
