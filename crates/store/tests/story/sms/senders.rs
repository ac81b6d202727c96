//! Scenes of the story: what is counted of those who write, and how they are forgotten.

use super::{
    ALI, EVE, LEASE, ZOE, accepted, ambiguous, begin, claim, claimed, drop_it, outbound, queue, receipt,
    receive, receive_new, reply, settle, sms, sms_turn, state, states, t, take, theirs,
};
use crate::conversations::CANARY;
use crate::town::{at, now, town};
use chrono::TimeDelta;
use store::{
    NewInbound, NewLink, PieceState, ReceiptMatch, ReceiptState, Received, Reply, SenderChange, Settled,
    Store,
};

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
