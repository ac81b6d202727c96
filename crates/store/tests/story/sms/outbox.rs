//! Scenes of the story: answers kept whole, sent piece by piece, and in doubt at most once.

use super::{
    LEASE, ZOE, accepted, ambiguous, begin, claim, claimed, ids, outbound, queue, reply, settle, sms,
    sms_turn, state, states, t, take,
};
use crate::conversations::CANARY;
use crate::town::{at, now};
use std::collections::BTreeSet;
use store::{
    NewLink, NewOutbound, PieceState, Place, Policy, Received, Reply, Resolved, Rest, SenderChange,
    SenderState, Settled, Store, StoreError,
};

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
