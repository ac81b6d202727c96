//! Scenes of the story: SMS that come in, are answered once, and go out piece by piece; here what they share.

pub(crate) mod inbox;
pub(crate) mod outbox;
pub(crate) mod receipts;
pub(crate) mod senders;

use crate::conversations::{CANARY, turn};
use crate::town::{at, now, town};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use store::{
    About, Encoding, InboundMessage, NewInbound, NewOutbound, NewPiece, NewTurn, Piece, PieceReceipt,
    PieceState, Place, ReceiptMatch, ReceiptState, Received, Reply, SenderChange, SenderState, Settled,
    Store, TurnId,
};

const ZOE: &str = "+33600000001";
const ALI: &str = "+33600000002";
const EVE: &str = "+33600000003";
const LEASE: TimeDelta = TimeDelta::seconds(30);
const WAIT: TimeDelta = TimeDelta::seconds(20);

/// So many seconds after ten o'clock.
pub(crate) fn t(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

pub(crate) fn sms(site: SiteId, from: &str, text: &str) -> NewInbound {
    NewInbound {
        site,
        gateway: "smsc".into(),
        gateway_id: None,
        from: from.into(),
        to: "36555".into(),
        text: format!("{text} {CANARY}"),
        place: None,
        once_within: None,
        backlog: 100,
        at: now(),
    }
}

async fn receive(store: &Store, message: NewInbound) -> Received {
    let received = store.receive_sms(vec![message]).await.unwrap();
    assert_eq!(received.len(), 1);
    received[0]
}

async fn receive_new(store: &Store, message: NewInbound) {
    let received = receive(store, message).await;
    assert!(matches!(received, Received::New(_)), "{received:?}");
}

async fn claim(store: &Store, at: DateTime<Utc>) -> Option<InboundMessage> {
    store.claim_inbound(at, LEASE, WAIT).await.unwrap()
}

/// A message that waits, claimed.
async fn claimed(store: &Store, message: NewInbound) -> InboundMessage {
    receive_new(store, message).await;
    claim(store, now()).await.expect("a message that waits")
}

async fn drop_it(store: &Store, message: &InboundMessage) {
    store
        .drop_inbound(message, "test", SenderChange::None, now())
        .await
        .unwrap();
}

// Each scene begins with empty queues.
async fn begin(store: &Store, name: &str) -> SiteId {
    let late = t(86_400);
    while let Some(message) = claim(store, late).await {
        drop_it(store, &message).await;
    }
    town(store, name).await.site
}

pub(crate) fn outbound(id: &str, pieces: u8) -> NewOutbound {
    let piece = |part| NewPiece {
        id: format!("{id}-{part}"),
        text: format!("réponse {part} {CANARY}"),
        place: (pieces > 1).then_some(Place {
            reference: 9,
            total: pieces,
            part,
        }),
        segments: 1,
    };
    NewOutbound {
        id: id.into(),
        turn: None,
        gateway: id.into(),
        from: "36555".into(),
        to: ZOE.into(),
        encoding: Encoding::Gsm,
        pieces: (1..=pieces).map(piece).collect(),
        valid_until: t(3600),
    }
}

pub(crate) fn reply(outbound: NewOutbound) -> Reply {
    Reply {
        outbound: vec![outbound],
        ..Reply::default()
    }
}

// Pieces "{id}-1", "{id}-2"… in the queue of a gateway of the same name.
async fn queue(store: &Store, site: SiteId, id: &str, pieces: u8) {
    let message = claimed(store, sms(site, ZOE, "une question")).await;
    store
        .answer_inbound(&message, reply(outbound(id, pieces)), at(10))
        .await
        .unwrap();
}

async fn take(store: &Store, gateway: &str, at: DateTime<Utc>) -> Vec<Piece> {
    store.claim_pieces(gateway, at, 10, LEASE).await.unwrap().pieces
}

fn ids(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().map(|piece| piece.id.as_str()).collect()
}

async fn settle(store: &Store, piece: &Piece, settled: Settled) -> PieceState {
    store
        .settle_piece(&piece.id, piece.attempt, settled, now())
        .await
        .unwrap()
}

fn accepted(their_id: &str) -> Settled {
    Settled::Accepted {
        their_id: Some(their_id.into()),
    }
}

fn ambiguous() -> Settled {
    Settled::Ambiguous {
        detail: "no response".into(),
    }
}

async fn states(store: &Store, message: &str) -> Vec<PieceState> {
    let pieces = store.pieces_of(message).await.unwrap();
    pieces.into_iter().map(|(_, state)| state).collect()
}

async fn receipt(store: &Store, gateway: &str, about: About, state: ReceiptState) -> ReceiptMatch {
    let receipt = PieceReceipt {
        gateway: gateway.into(),
        about,
        state,
        detail: Some("err:000".into()),
    };
    store.receipt(receipt, now()).await.unwrap()
}

fn ours(id: &str) -> About {
    About::Ours(id.into())
}

fn theirs(id: &str) -> About {
    About::Theirs(id.into())
}

fn state(seconds: i64) -> SenderState {
    SenderState {
        conversation_begun_at: now(),
        last_at: t(seconds),
        stopped: false,
        limit_told_at: None,
        last_text: None,
        repeats: 0,
        rest: None,
    }
}

fn sms_turn(store: &Store, message: &InboundMessage, number: u128) -> NewTurn {
    NewTurn {
        conversation: store.sms_conversation(&message.sender, now()),
        channel: "sms".into(),
        ..turn(message.site, number)
    }
}

pub(crate) fn numbered(site: SiteId, number: u32) -> NewInbound {
    NewInbound {
        gateway_id: Some(format!("n{number}")),
        ..sms(site, &format!("+336222{number:05}"), "une question")
    }
}

pub(crate) fn name(number: u32) -> TurnId {
    TurnId::new(u128::from(number).to_be_bytes())
}
