//! Scenes of the story: messages that come in: known again, joined, in turns, answered by one.

use super::{
    ALI, EVE, ZOE, begin, claim, claimed, drop_it, outbound, receive, receive_new, reply, sms, t, take,
};
use crate::conversations::CANARY;
use crate::town::{at, now};
use chrono::TimeDelta;
use store::{NewInbound, Place, Received, SenderChange, Store, StoreError};

fn part(message: NewInbound, part: u8, total: u8) -> NewInbound {
    let place = Some(Place {
        reference: 7,
        total,
        part,
    });
    NewInbound { place, ..message }
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

pub(crate) async fn of_255_parts_those_that_came_are_answered_and_parts_alone_fill_no_inbox(store: &Store) {
    let site = begin(store, "255 parts").await;
    let (missing, last) = ([100, 200], 255);
    let came = (1..=last).rev().filter(|number| !missing.contains(number));
    let parts = came.map(|number| part(sms(site, ZOE, &format!("[{number}]")), number, last));
    let received = store.receive_sms(parts.collect()).await.unwrap();
    assert!(received.iter().all(|one| matches!(one, Received::New(_))));
    assert_eq!(claim(store, t(19)).await, None, "two parts are missing");
    let message = claim(store, t(20)).await.unwrap();
    assert!(message.missing_parts);
    let expected = (1..=last).filter(|number| !missing.contains(number));
    let expected: String = expected.map(|number| format!("[{number}] {CANARY}")).collect();
    assert_eq!(message.text, expected);
    drop_it(store, &message).await;

    // First parts without end, each of another message.
    let mut new = 0;
    for reference in 0..500 {
        let place = Some(Place {
            reference,
            total: last,
            part: 1,
        });
        let beginning = NewInbound {
            place,
            backlog: 10,
            ..sms(site, EVE, "un début")
        };
        match receive(store, beginning).await {
            Received::New(_) => new += 1,
            received => assert_eq!(received, Received::TooMany),
        }
    }
    assert_eq!(new, 10);
    receive_new(store, sms(site, ALI, "une question")).await;
    assert_eq!(claim(store, now()).await.unwrap().from, ALI);
}
