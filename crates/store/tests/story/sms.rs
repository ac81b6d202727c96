//! Scenes of the story: SMS that come in, are answered once, and go out piece by piece.

use crate::conversations::{CANARY, turn};
use crate::town::{at, now, town};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SiteId;
use std::collections::BTreeSet;
use store::{
    About, Encoding, InboundMessage, NewInbound, NewLink, NewOutbound, NewPiece, NewTurn, Piece,
    PieceReceipt, PieceState, Place, Policy, ReceiptMatch, ReceiptState, Received, Reply, Resolved, Rest,
    SenderChange, SenderState, Settled, Store, StoreError, TurnId,
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

fn part(message: NewInbound, part: u8, total: u8) -> NewInbound {
    let place = Some(Place {
        reference: 7,
        total,
        part,
    });
    NewInbound { place, ..message }
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

pub(crate) async fn a_message_that_a_gateway_brings_again_is_known(store: &Store) {
    let site = begin(store, "redelivery").await;
    let named = |gateway: &str, id: &str| NewInbound {
        gateway: gateway.into(),
        gateway_id: Some(id.into()),
        ..sms(site, ZOE, "bonjour")
    };
    let twice = vec![named("kannel", "a"), named("kannel", "a")];
    let received = store.receive_sms(twice).await.unwrap();
    assert!(matches!(received[..], [Received::New(_), Received::Known]));
    receive_new(store, named("kannel", "b")).await;
    receive_new(store, named("other", "a")).await;
    while let Some(message) = claim(store, now()).await {
        assert_eq!((message.from.as_str(), message.to.as_str()), (ZOE, "36555"));
        assert_eq!(message.sender, store.sender_hash(site, ZOE));
        drop_it(store, &message).await;
    }
    let days_later = NewInbound {
        at: t(6 * 86_400),
        ..named("kannel", "a")
    };
    assert_eq!(
        receive(store, days_later).await,
        Received::Known,
        "settled or not"
    );
    assert_eq!(claim(store, now()).await, None);
}

pub(crate) async fn without_a_name_the_same_content_is_known_within_its_window(store: &Store) {
    let site = begin(store, "content").await;
    let windowed = |from: &str, seconds| NewInbound {
        once_within: Some(TimeDelta::seconds(60)),
        at: t(seconds),
        ..sms(site, from, "la piscine ?")
    };
    receive_new(store, windowed(ZOE, 0)).await;
    assert_eq!(receive(store, windowed(ZOE, 59)).await, Received::Known);
    receive_new(store, windowed(ALI, 59)).await;
    receive_new(store, windowed(ZOE, 60)).await;
    for _ in 0..2 {
        receive_new(store, sms(site, EVE, "SUITE")).await;
    }
}

pub(crate) async fn the_parts_of_a_message_are_joined_in_their_order(store: &Store) {
    let site = begin(store, "parts").await;
    let question = |number: u8, text: &str| part(sms(site, ZOE, text), number, 3);
    receive_new(store, question(3, "trois")).await;
    receive_new(store, question(1, "un")).await;
    assert_eq!(receive(store, question(1, "un")).await, Received::Known);
    assert_eq!(claim(store, t(19)).await, None, "a part is missing");
    receive_new(store, question(2, "deux")).await;
    let message = claim(store, now()).await.unwrap();
    assert_eq!(message.text, format!("un {CANARY}deux {CANARY}trois {CANARY}"));
    assert!(!message.missing_parts);
    drop_it(store, &message).await;
    assert_eq!(claim(store, t(60)).await, None);
    let again = NewInbound {
        at: t(300),
        once_within: None,
        ..question(2, "deux")
    };
    assert_eq!(
        receive(store, again).await,
        Received::Known,
        "answered with its message"
    );

    // A gateway that names all parts alike.
    let alike = |number| NewInbound {
        gateway_id: Some("same".into()),
        ..part(sms(site, ALI, "long"), number, 2)
    };
    receive_new(store, alike(1)).await;
    receive_new(store, alike(2)).await;
    assert_eq!(receive(store, alike(2)).await, Received::Known);
    assert!(!claim(store, now()).await.unwrap().missing_parts);
}

pub(crate) async fn a_message_whose_parts_do_not_come_is_answered_on_what_came(store: &Store) {
    let site = begin(store, "missing").await;
    let question = |number: u8, text: &str| part(sms(site, ZOE, text), number, 2);
    receive_new(store, question(2, "fin")).await;
    assert_eq!(claim(store, t(19)).await, None);
    let message = claim(store, t(20)).await.unwrap();
    assert!(message.missing_parts);
    assert_eq!(message.text, format!("fin {CANARY}"));
    assert_eq!(receive(store, question(1, "début")).await, Received::Late);
    drop_it(store, &message).await;
    assert_eq!(claim(store, t(60)).await, None, "what comes late begins nothing");

    // A telephone that uses one reference for everything: what was missing will not come.
    let next = |seconds, number, text: &str| NewInbound {
        at: t(seconds),
        ..part(sms(site, EVE, text), number, 2)
    };
    receive_new(store, next(0, 1, "avant")).await;
    receive_new(store, next(5, 1, "après")).await;
    let before = claim(store, t(5)).await.unwrap();
    assert_eq!(
        (before.missing_parts, before.text),
        (true, format!("avant {CANARY}"))
    );
    receive_new(store, next(6, 2, "fin")).await;

    // Long after, the reference is another message's.
    let other = |seconds, number| NewInbound {
        at: t(seconds),
        ..part(sms(site, ALI, "long"), number, 2)
    };
    receive_new(store, other(0, 1)).await;
    let message = loop {
        let message = claim(store, t(20)).await.unwrap();
        drop_it(store, &message).await;
        if message.from == ALI {
            break message;
        }
    };
    assert!(message.missing_parts);
    receive_new(store, other(601, 2)).await;
}

pub(crate) async fn a_part_that_waited_through_an_outage_is_joined_by_the_next(store: &Store) {
    let site = begin(store, "outage").await;
    let question = |seconds, number, text: &str| NewInbound {
        at: t(seconds),
        ..part(sms(site, ZOE, text), number, 2)
    };
    receive_new(store, question(0, 1, "début")).await;
    receive_new(store, question(1200, 2, "fin")).await;
    let message = claim(store, t(1200)).await.unwrap();
    assert_eq!(message.text, format!("début {CANARY}fin {CANARY}"));
    drop_it(store, &message).await;
}

pub(crate) async fn senders_take_turns_and_a_flood_delays_nobody(store: &Store) {
    let site = begin(store, "turns").await;
    let flood = |number: u32| NewInbound {
        backlog: 20,
        ..sms(site, EVE, &format!("{number}"))
    };
    for number in 0..20 {
        receive_new(store, flood(number)).await;
    }
    assert_eq!(receive(store, flood(20)).await, Received::TooMany);
    for from in [ZOE, ALI] {
        receive_new(
            store,
            NewInbound {
                at: t(3),
                ..sms(site, from, "une question")
            },
        )
        .await;
    }
    let mut order = Vec::new();
    for _ in 0..6 {
        let message = claim(store, t(3)).await.unwrap();
        order.push(message.from.clone());
        drop_it(store, &message).await;
    }
    assert_eq!(order, [EVE, EVE, EVE, EVE, ZOE, ALI], "one worker");
    receive_new(store, flood(20)).await;

    receive_new(
        store,
        NewInbound {
            at: t(100),
            ..sms(site, ZOE, "encore")
        },
    )
    .await;
    let first = claim(store, t(100)).await.unwrap();
    let second = claim(store, t(100)).await.unwrap();
    assert_eq!((first.from.as_str(), second.from.as_str()), (EVE, ZOE));
    assert_eq!(first.text, format!("4 {CANARY}"), "a sender's in their order");
    assert_eq!(claim(store, t(100)).await, None, "one at a time for each sender");
}

pub(crate) async fn a_message_whose_worker_died_is_answered_by_the_next_and_only_once(store: &Store) {
    let site = begin(store, "leases").await;
    let dead = claimed(store, sms(site, ZOE, "une question")).await;
    assert_eq!(claim(store, t(29)).await, None);
    let alive = claim(store, t(30)).await.unwrap();
    assert_eq!((alive.id, dead.attempt, alive.attempt), (dead.id, 1, 2));
    assert_eq!(alive.text, dead.text);
    let late = store
        .answer_inbound(&dead, reply(outbound("late", 1)), at(10))
        .await;
    assert!(matches!(late, Err(StoreError::Conflict { .. })), "{late:?}");
    assert!(take(store, "late", now()).await.is_empty());
    store
        .answer_inbound(&alive, reply(outbound("once", 1)), at(10))
        .await
        .unwrap();
    let again = store
        .answer_inbound(&alive, reply(outbound("again", 1)), at(10))
        .await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })), "{again:?}");
    let dropped = store
        .drop_inbound(&alive, "test", SenderChange::None, now())
        .await;
    assert!(matches!(dropped, Err(StoreError::Conflict { .. })), "{dropped:?}");
    assert!(take(store, "again", now()).await.is_empty());
    assert_eq!(take(store, "once", now()).await.len(), 1);
    assert_eq!(claim(store, t(3600)).await, None);
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

pub(crate) async fn an_answer_is_kept_whole_or_not_at_all(store: &Store) {
    let site = begin(store, "answer").await;
    let first = claimed(store, sms(site, ZOE, "une question")).await;
    let asked = sms_turn(store, &first, 7001);
    let (id, code) = (asked.id, asked.conversation.clone());
    let kept = SenderState {
        stopped: true,
        limit_told_at: Some(t(5)),
        last_text: Some(store.text_hash(&first.sender, "une question")),
        repeats: 3,
        rest: Some(Rest {
            turn: id,
            offset: 120,
        }),
        ..state(1)
    };
    let whole = Reply {
        turn: Some(asked),
        outbound: vec![NewOutbound {
            turn: Some(id),
            ..outbound("whole", 2)
        }],
        sender: SenderChange::Keep(kept),
        link: Some(NewLink {
            code: "k7Fq2".into(),
            turn: id,
            expires_at: t(60),
        }),
    };
    store.answer_inbound(&first, whole.clone(), at(10)).await.unwrap();
    assert_eq!(store.turns(&code, 9, now()).await.unwrap().len(), 1);
    assert_eq!(store.turn_by_id(id, now()).await.unwrap().unwrap().channel, "sms");
    assert_eq!(store.sender(&first.sender).await.unwrap(), Some(kept));
    let link = store.link("k7Fq2", now()).await.unwrap().unwrap();
    assert_eq!((link.turn, link.site), (id, site));
    assert_eq!(store.link("k7Fq3", now()).await.unwrap(), None);
    assert_eq!(store.link("k7Fq2", t(60)).await.unwrap(), None, "it has expired");
    let day = at(10).date_naive();
    assert_eq!(store.segments_queued(site, day, day).await.unwrap(), 2);
    let eve = day.pred_opt().unwrap();
    assert_eq!(store.segments_queued(site, eve, eve).await.unwrap(), 0);
    let pieces = take(store, "whole", now()).await;
    assert_eq!(ids(&pieces), ["whole-1", "whole-2"]);
    assert_eq!(
        (pieces[0].turn, pieces[0].to.as_str(), pieces[0].from.as_str()),
        (Some(id), ZOE, "36555")
    );
    assert_eq!(pieces[1].text, format!("réponse 2 {CANARY}"));
    assert_eq!(
        pieces[1].place,
        Some(Place {
            reference: 9,
            total: 2,
            part: 2
        })
    );

    // The last name of the second answer was used before.
    let second = claimed(store, sms(site, ZOE, "une autre")).await;
    let mut torn = whole;
    let asked = sms_turn(store, &second, 7002);
    let torn_id = asked.id;
    torn.turn = Some(asked);
    torn.sender = SenderChange::Keep(state(9));
    torn.link = None;
    torn.outbound[0].pieces[0].id = "whole-0".into();
    let result = store.answer_inbound(&second, torn, at(10)).await;
    assert!(matches!(result, Err(StoreError::Conflict { .. })), "{result:?}");
    assert_eq!(store.turn_by_id(torn_id, now()).await.unwrap(), None);
    assert_eq!(store.sender(&second.sender).await.unwrap(), Some(kept));
    assert!(take(store, "whole", now()).await.is_empty());
    assert_eq!(store.segments_queued(site, day, day).await.unwrap(), 2);
    store
        .answer_inbound(&second, reply(outbound("mended", 1)), at(10))
        .await
        .unwrap();
}

pub(crate) async fn pieces_go_out_oldest_first_and_not_too_late(store: &Store) {
    let site = begin(store, "order").await;
    for id in ["m1", "m2"] {
        let message = claimed(store, sms(site, ZOE, "une question")).await;
        let to_send = NewOutbound {
            gateway: "order".into(),
            ..outbound(id, 2)
        };
        store
            .answer_inbound(&message, reply(to_send), at(10))
            .await
            .unwrap();
    }
    let first = store.claim_pieces("order", now(), 3, LEASE).await.unwrap().pieces;
    assert_eq!(ids(&first), ["m1-1", "m1-2", "m2-1"]);
    assert_eq!(ids(&take(store, "order", now()).await), ["m2-2"]);
    assert!(take(store, "order", now()).await.is_empty(), "each is given once");

    queue(store, site, "stale", 2).await;
    let claimed = store.claim_pieces("stale", t(3600), 1, LEASE).await.unwrap();
    assert_eq!((claimed.pieces.len(), claimed.expired), (0, 2));
    assert_eq!(states(store, "stale").await, [PieceState::Expired; 2]);

    queue(store, site, "busy", 3).await;
    let first = store.claim_pieces("busy", now(), 1, LEASE).await.unwrap().pieces;
    let until = t(10);
    let detail = "throttled".to_owned();
    let deferred = settle(store, &first[0], Settled::Deferred { until, detail }).await;
    assert_eq!(deferred, PieceState::Queued);
    assert!(
        take(store, "busy", t(9)).await.is_empty(),
        "the later parts wait with it"
    );
    let again = take(store, "busy", t(10)).await;
    assert_eq!(ids(&again), ["busy-1", "busy-2", "busy-3"]);
    assert_eq!((again[0].attempt, again[1].attempt), (2, 1));
    let late = Settled::Refused {
        detail: "of the first attempt".into(),
    };
    let unmoved = store.settle_piece("busy-1", 1, late, now()).await.unwrap();
    assert_eq!(unmoved, PieceState::Submitting);

    queue(store, site, "wrong", 3).await;
    let first = store.claim_pieces("wrong", now(), 1, LEASE).await.unwrap().pieces;
    let detail = "no such number".to_owned();
    settle(store, &first[0], Settled::Refused { detail }).await;
    assert_eq!(states(store, "wrong").await, [PieceState::Refused; 3]);
    queue(store, site, "retired", 2).await;
    let first = store
        .claim_pieces("retired", now(), 1, LEASE)
        .await
        .unwrap()
        .pieces;
    let detail = "its page was retired".to_owned();
    settle(store, &first[0], Settled::Withdrawn { detail }).await;
    assert_eq!(states(store, "retired").await, [PieceState::Withdrawn; 2]);
    let unknown = store.settle_piece("nobody", 1, accepted("1"), now()).await;
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })), "{unknown:?}");
}

pub(crate) async fn a_piece_in_doubt_is_sent_once_more_and_never_a_third_time(store: &Store) {
    let site = begin(store, "doubt").await;
    queue(store, site, "died", 1).await;
    take(store, "died", now()).await;
    assert_eq!(
        store.recover_pieces("died", t(29)).await.unwrap(),
        0,
        "its lease lives"
    );
    assert_eq!(
        store.recover_pieces("other", t(30)).await.unwrap(),
        0,
        "another gateway's"
    );
    assert_eq!(store.recover_pieces("died", t(30)).await.unwrap(), 1);
    assert!(
        take(store, "died", t(40)).await.is_empty(),
        "it waits for a receipt"
    );
    let resolve = |seconds, policy| store.resolve_ambiguous("died", t(seconds), policy);
    let nothing = Resolved {
        queued_again: 0,
        given_up: 0,
    };
    assert_eq!(resolve(29, Policy::SendOnce).await.unwrap(), nothing);
    let again = resolve(30, Policy::SendOnce).await.unwrap();
    assert_eq!((again.queued_again, again.given_up), (1, 0));
    let pieces = take(store, "died", t(60)).await;
    assert_eq!((ids(&pieces), pieces[0].attempt), (vec!["died-1"], 2));
    assert_eq!(
        settle(store, &pieces[0], ambiguous()).await,
        PieceState::Ambiguous
    );
    let third = resolve(1000, Policy::SendOnce).await.unwrap();
    assert_eq!((third.queued_again, third.given_up), (0, 1));
    assert_eq!(states(store, "died").await, [PieceState::GivenUp]);

    queue(store, site, "never", 1).await;
    settle(store, &take(store, "never", now()).await[0], ambiguous()).await;
    let given_up = store
        .resolve_ambiguous("never", t(60), Policy::Never)
        .await
        .unwrap();
    assert_eq!((given_up.queued_again, given_up.given_up), (0, 1));
}

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

pub(crate) async fn depths_and_counts_tell_what_waits_and_who_writes_too_much(store: &Store) {
    let site = begin(store, "depths").await;
    for (id, pieces) in [("depth", 3), ("quiet", 1)] {
        queue(store, site, id, pieces).await;
    }
    let pieces = store.claim_pieces("depth", now(), 2, LEASE).await.unwrap().pieces;
    settle(store, &pieces[0], ambiguous()).await;
    for piece in take(store, "quiet", now()).await {
        settle(store, &piece, accepted("1")).await;
    }
    let waiting = NewInbound {
        gateway: "depth".into(),
        ..sms(site, EVE, "attend")
    };
    receive_new(store, waiting.clone()).await;
    receive_new(store, waiting).await;
    let held = claim(store, now()).await.unwrap();
    let depths = store.queue_depths().await.unwrap();
    let depth = depths["depth"];
    assert_eq!(
        (depth.inbox, depth.queued, depth.submitting, depth.ambiguous),
        (2, 1, 1, 1)
    );
    assert!(!depths.contains_key("quiet"), "{depths:?}");

    let sender = store.sender_hash(site, ZOE);
    assert_eq!(store.messages_since(&sender, t(-1)).await.unwrap(), 2);
    assert_eq!(store.messages_since(&sender, now()).await.unwrap(), 0);
    store
        .drop_inbound(&held, "loop", SenderChange::Keep(state(2)), now())
        .await
        .unwrap();
    assert_eq!(store.sender(&held.sender).await.unwrap(), Some(state(2)));
    let dropped = store.dropped_since(site, t(-1)).await.unwrap();
    assert_eq!(dropped, [("loop".to_owned(), 1)]);
}

pub(crate) async fn whoever_asks_is_forgotten(store: &Store) {
    let site = begin(store, "forget").await;
    let first = claimed(store, sms(site, ZOE, "une question")).await;
    let asked = sms_turn(store, &first, 7101);
    let (id, code) = (asked.id, asked.conversation.clone());
    let answer = Reply {
        turn: Some(asked),
        outbound: vec![outbound("forgotten", 3)],
        sender: SenderChange::Keep(state(0)),
        link: Some(NewLink {
            code: "effacer-1".into(),
            turn: id,
            expires_at: t(600),
        }),
    };
    store.answer_inbound(&first, answer, at(10)).await.unwrap();
    let submitted = store
        .claim_pieces("forgotten", now(), 1, LEASE)
        .await
        .unwrap()
        .pieces;
    let neighbour = claimed(store, sms(site, ALI, "une question")).await;
    let asked = sms_turn(store, &neighbour, 7102);
    let neighbour_id = asked.id;
    let answer = Reply {
        turn: Some(asked),
        sender: SenderChange::Keep(state(0)),
        ..Reply::default()
    };
    store.answer_inbound(&neighbour, answer, at(10)).await.unwrap();

    let effacer = claimed(store, sms(site, ZOE, "EFFACER")).await;
    receive_new(store, sms(site, ZOE, "écrit après")).await;
    let confirmation = Reply {
        sender: SenderChange::Forget,
        ..reply(outbound("confirmation", 1))
    };
    store
        .answer_inbound(&effacer, confirmation, at(10))
        .await
        .unwrap();
    assert!(store.turns(&code, 9, now()).await.unwrap().is_empty());
    assert_eq!(store.turn_by_id(id, now()).await.unwrap(), None);
    assert_eq!(store.link("effacer-1", now()).await.unwrap(), None);
    assert_eq!(store.sender(&first.sender).await.unwrap(), None);
    assert_eq!(
        store.messages_since(&first.sender, t(-1)).await.unwrap(),
        3,
        "erasing does not make them fewer"
    );
    assert_eq!(
        states(store, "forgotten").await,
        [PieceState::Submitting],
        "its response is to come"
    );
    let until = now();
    let detail = "throttled".to_owned();
    settle(store, &submitted[0], Settled::Deferred { until, detail }).await;
    assert!(
        take(store, "forgotten", now()).await.is_empty(),
        "it is not sent again"
    );
    assert_eq!(take(store, "confirmation", now()).await.len(), 1);
    let after = claim(store, t(5)).await.unwrap();
    assert_eq!(after.text, format!("écrit après {CANARY}"));
    assert!(store.turn_by_id(neighbour_id, now()).await.unwrap().is_some());
    assert!(store.sender(&neighbour.sender).await.unwrap().is_some());
}

pub(crate) async fn hashes_tell_the_same_sender_on_the_same_site_alone(store: &Store) {
    let (one, other) = (town(store, "here").await.site, town(store, "there").await.site);
    let sender = store.sender_hash(one, ZOE);
    assert_eq!(sender, store.sender_hash(one, ZOE));
    assert_ne!(sender, store.sender_hash(other, ZOE));
    assert_ne!(sender, store.sender_hash(one, ALI));
    let neighbour = store.sender_hash(one, ALI);
    assert_ne!(
        store.text_hash(&sender, "oui"),
        store.text_hash(&neighbour, "oui")
    );
    assert_ne!(store.text_hash(&sender, "oui"), store.text_hash(&sender, "non"));
    let code = store.sms_conversation(&sender, now());
    assert_eq!(code, store.sms_conversation(&sender, now()));
    assert_ne!(code, store.sms_conversation(&sender, t(1)));
    assert_ne!(code, store.sms_conversation(&neighbour, now()));
    assert_eq!(
        format!("{sender:?} {:?}", store.text_hash(&sender, "oui")),
        "SenderHash(…) TextHash(…)"
    );
}

pub(crate) async fn a_purge_forgets_what_nobody_will_ask_for(store: &Store) {
    let site = begin(store, "sms purge").await;
    let named = |days| NewInbound {
        gateway_id: Some("purged".into()),
        at: now() + TimeDelta::days(days),
        ..sms(site, ZOE, "une question")
    };
    receive_new(store, named(0)).await;
    let message = claim(store, now()).await.unwrap();
    let kept = Reply {
        sender: SenderChange::Keep(state(0)),
        ..reply(outbound("purged", 1))
    };
    store.answer_inbound(&message, kept, at(10)).await.unwrap();
    assert_eq!(
        receipt(store, "purged", theirs("p"), ReceiptState::Delivered).await,
        ReceiptMatch::Parked
    );
    // The gateway never looks again: what is too late is erased all the same.
    store.purge(now() + TimeDelta::days(6)).await.unwrap();
    assert_eq!(states(store, "purged").await, [PieceState::Expired]);
    assert_eq!(receive(store, named(6)).await, Received::Known);
    assert_eq!(
        receipt(store, "purged", theirs("p"), ReceiptState::Delivered).await,
        ReceiptMatch::Parked,
        "the first one is gone"
    );
    let purged = store.purge(now() + TimeDelta::days(8)).await.unwrap();
    assert!(purged.sms > 20, "{purged:?}");
    assert!(states(store, "purged").await.is_empty());
    assert!(store.sender(&message.sender).await.unwrap().is_some());
    receive_new(store, named(8)).await;
    let late = claim(store, now() + TimeDelta::days(8)).await.unwrap();
    drop_it(store, &late).await;
    store.purge(now() + TimeDelta::days(31)).await.unwrap();
    assert_eq!(store.sender(&message.sender).await.unwrap(), None);
}

pub(crate) async fn two_nodes_answer_and_send_each_message_once(store: &Store, node: &Store) {
    const MESSAGES: usize = 60;
    let site = begin(store, "nodes").await;
    let messages = (0..MESSAGES).map(|n| sms(site, &format!("+336111{:05}", n % 20), "une question"));
    let received = store.receive_sms(messages.collect()).await.unwrap();
    assert!(received.iter().all(|one| matches!(one, Received::New(_))));
    let worker = |store: Store, name: &'static str| async move {
        let (mut answered, mut sent) = (0, Vec::new());
        // A claim may find that the other node was faster, and nothing else to take.
        let mut idle = 0;
        while idle < 20 {
            idle += 1;
            while let Some(message) = claim(&store, now()).await {
                let to_send = NewOutbound {
                    gateway: "nodes".into(),
                    ..outbound(&format!("{name}-{answered}"), 1)
                };
                store
                    .answer_inbound(&message, reply(to_send), at(10))
                    .await
                    .unwrap();
                (answered, idle) = (answered + 1, 0);
            }
            for piece in take(&store, "nodes", now()).await {
                settle(&store, &piece, accepted(&piece.id)).await;
                sent.push(piece.id);
            }
            tokio::task::yield_now().await;
        }
        (answered, sent)
    };
    let (one, two) = tokio::join!(
        tokio::spawn(worker(store.clone(), "one")),
        tokio::spawn(worker(node.clone(), "two"))
    );
    let ((one, mut sent), (two, others)) = (one.unwrap(), two.unwrap());
    assert_eq!(one + two, MESSAGES);
    sent.extend(others);
    assert_eq!(sent.len(), MESSAGES, "each piece was given to one node");
    assert_eq!(sent.into_iter().collect::<BTreeSet<_>>().len(), MESSAGES);
    assert_eq!(claim(store, t(10)).await, None);
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
