//! Scenes of the story: what residents ask, kept sealed and not for long.

use crate::town::{at, now, town};
use chrono::{DateTime, TimeDelta, Utc};
use domain::answer::Verdict;
use domain::energy::{Energy, Measured, Method};
use domain::ids::SiteId;
use store::{
    Answers, ConversationCode, Feedback, IdempotencyKey, ModelShare, NewTurn, Opinion, Store, StoreError,
    TurnId,
};

/// Words that must never lie readable in a file.
pub(crate) const CANARY: &str = "canari-zinzolin";

pub(crate) fn turn(site: SiteId, number: u128) -> NewTurn {
    NewTurn {
        id: TurnId::new(number.to_be_bytes()),
        site,
        conversation: ConversationCode::new([7; 16]),
        channel: "web".into(),
        language: "fr".into(),
        question: format!("question {number} {CANARY}"),
        answer: format!("{{\"answer\":\"{CANARY}\"}}"),
        verdict: "answered".into(),
        confidence: 0.5,
        idempotency_key: None,
        energy: None,
        at: at(10),
        expires_at: now() + TimeDelta::days(30),
    }
}

pub(crate) async fn a_conversation_is_read_with_its_code_until_it_expires(store: &Store) {
    let site = town(store, "conversation").await.site;
    let code = ConversationCode::new([1; 16]);
    assert_eq!(ConversationCode::parse(&code.reveal()), Ok(code.clone()));
    assert!(ConversationCode::parse("+0000000000000000000000000000001").is_err());
    assert_eq!(format!("{code:?}"), "ConversationCode(…)");
    for number in 1..=3 {
        let expires_at = now() + TimeDelta::hours(number);
        let number = number.unsigned_abs().into();
        store
            .record_turn(NewTurn {
                conversation: code.clone(),
                expires_at,
                ..turn(site, number)
            })
            .await
            .unwrap();
    }
    let questions = async |code: &ConversationCode, limit, now: DateTime<Utc>| {
        let turns = store.turns(code, limit, now).await.unwrap();
        turns.into_iter().map(|turn| turn.question).collect::<Vec<_>>()
    };
    let q = |number: u32| format!("question {number} {CANARY}");
    assert_eq!(
        questions(&code, 2, now()).await,
        [q(2), q(3)],
        "the newest come last"
    );
    assert_eq!(questions(&code, 9, now() + TimeDelta::hours(2)).await, [q(3)]);
    assert_eq!(
        questions(&ConversationCode::new([2; 16]), 9, now()).await,
        [""; 0]
    );
    let kept = store.turns(&code, 1, now()).await.unwrap().remove(0);
    assert_eq!(
        (kept.confidence, kept.verdict.as_str(), kept.at),
        (0.5, "answered", now())
    );
    assert_eq!(kept.answer, format!("{{\"answer\":\"{CANARY}\"}}"));

    let elsewhere = town(store, "autreville").await.site;
    let stolen = store
        .record_turn(NewTurn {
            conversation: code.clone(),
            ..turn(elsewhere, 4)
        })
        .await;
    assert!(
        matches!(stolen, Err(StoreError::NotFound { .. })),
        "a code opens nothing on another site"
    );
}

pub(crate) async fn a_turn_is_found_by_its_idempotency_key_and_never_recorded_twice(store: &Store) {
    let site = town(store, "idempotency").await.site;
    let key = IdempotencyKey::new("client-key");
    let once = NewTurn {
        conversation: ConversationCode::new([10; 16]),
        idempotency_key: Some(key.clone()),
        ..turn(site, 10)
    };
    store.record_turn(once.clone()).await.unwrap();
    let twice = NewTurn {
        id: TurnId::new([11; 16]),
        ..once
    };
    assert!(matches!(
        store.record_turn(twice).await,
        Err(StoreError::Conflict { .. })
    ));
    let found = store
        .answer_by_idempotency_key(site, &key, now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, TurnId::new(10_u128.to_be_bytes()));
    let later = now() + TimeDelta::days(31);
    assert_eq!(
        store.answer_by_idempotency_key(site, &key, later).await.unwrap(),
        None
    );
    let elsewhere = town(store, "autreville").await.site;
    assert_eq!(
        store
            .answer_by_idempotency_key(elsewhere, &key, now())
            .await
            .unwrap(),
        None
    );
}

pub(crate) async fn feedback_is_kept_with_its_turn(store: &Store) {
    let site = town(store, "feedback").await.site;
    let code = ConversationCode::new([20; 16]);
    let asked = NewTurn {
        conversation: code.clone(),
        ..turn(site, 20)
    };
    let id = asked.id;
    store.record_turn(asked).await.unwrap();
    let first = Feedback {
        opinion: Opinion::NotHelpful,
        reason: Some(format!("faux : {CANARY}")),
    };
    store.give_feedback(id, first.clone(), now()).await.unwrap();
    assert_eq!(
        store.turns(&code, 1, now()).await.unwrap()[0].feedback,
        Some(first.clone())
    );
    let second = Feedback {
        opinion: Opinion::Helpful,
        reason: None,
    };
    store.give_feedback(id, second.clone(), now()).await.unwrap();
    assert_eq!(
        store.turns(&code, 1, now()).await.unwrap()[0].feedback,
        Some(second)
    );
    let late = store
        .give_feedback(id, first.clone(), now() + TimeDelta::days(31))
        .await;
    assert!(matches!(late, Err(StoreError::NotFound { .. })));
    let unknown = store.give_feedback(TurnId::new([9; 16]), first, now()).await;
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })));
}

pub(crate) async fn an_answer_that_says_more_takes_the_place_of_its_own_turns_answer_alone(store: &Store) {
    let site = town(store, "more").await.site;
    let code = ConversationCode::new([30; 16]);
    let asked = NewTurn {
        conversation: code.clone(),
        ..turn(site, 30)
    };
    let (id, expires_at) = (asked.id, asked.expires_at);
    store.record_turn(asked.clone()).await.unwrap();
    let more = format!("{{\"answer\":\"{CANARY} et plus\"}}");
    store
        .replace_answer(id, site, expires_at, more.clone())
        .await
        .unwrap();
    let kept = store.turns(&code, 1, now()).await.unwrap().remove(0);
    assert_eq!((kept.answer, kept.question), (more.clone(), asked.question));
    assert_eq!(kept.expires_at, expires_at);
    let gone = |outcome| matches!(outcome, Err(StoreError::NotFound { .. }));
    let unknown = TurnId::new([9; 16]);
    assert!(gone(
        store
            .replace_answer(unknown, site, expires_at, more.clone())
            .await
    ));
    let later = expires_at + TimeDelta::days(70);
    assert!(
        gone(store.replace_answer(id, site, later, more.clone()).await),
        "no key is made for it"
    );
    store.delete_conversation(&code).await.unwrap();
    assert!(gone(store.replace_answer(id, site, expires_at, more).await));
}

pub(crate) async fn a_deleted_conversation_is_gone(store: &Store) {
    let site = town(store, "deletion").await.site;
    let code = ConversationCode::new([40; 16]);
    for number in [40, 41] {
        store
            .record_turn(NewTurn {
                conversation: code.clone(),
                ..turn(site, number)
            })
            .await
            .unwrap();
    }
    assert_eq!(store.delete_conversation(&code).await.unwrap(), 2);
    assert!(store.turns(&code, 9, now()).await.unwrap().is_empty());
    assert_eq!(store.delete_conversation(&code).await.unwrap(), 0);
}

pub(crate) async fn among_two_hundred_writers_the_failing_one_fails_alone(store: &Store) {
    let site = town(store, "crowd").await.site;
    let code = |number: u128| ConversationCode::new((5000 + number).to_be_bytes());
    let writes = (0..200_u128).map(|number| {
        // The hundredth takes the name of the first.
        let name = if number == 100 { 1000 } else { 1000 + number };
        let turn = NewTurn {
            conversation: code(number),
            ..turn(site, name)
        };
        let store = store.clone();
        tokio::spawn(async move { store.record_turn(turn).await })
    });
    let results = futures::future::try_join_all(writes.collect::<Vec<_>>())
        .await
        .unwrap();
    let failed: Vec<_> = results
        .iter()
        .enumerate()
        .filter(|(_, result)| result.is_err())
        .collect();
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert!(matches!(failed[0], (0 | 100, Err(StoreError::Conflict { .. }))));
    for number in 0..200 {
        let kept = store.turns(&code(number), 1, now()).await.unwrap().len();
        assert_eq!(
            kept,
            usize::from(failed[0].0 as u128 != number),
            "writer {number}"
        );
    }
}

pub(crate) async fn a_purge_deletes_what_expired_and_erases_its_keys(store: &Store) {
    let site = town(store, "purge").await.site;
    let code = ConversationCode::new([50; 16]);
    let expires_at = now() + TimeDelta::days(400);
    store
        .record_turn(NewTurn {
            conversation: code.clone(),
            expires_at,
            ..turn(site, 50)
        })
        .await
        .unwrap();
    let later = now() + TimeDelta::days(45);
    let purged = store.purge(later).await.unwrap();
    assert!(
        purged.turns > 200 && purged.conversations > 200 && purged.keys >= 5,
        "{purged:?}"
    );
    assert_eq!(
        store.turns(&code, 9, later).await.unwrap().len(),
        1,
        "what has not expired stays"
    );
    let again = store.purge(later).await.unwrap();
    assert_eq!((again.turns, again.conversations, again.keys), (0, 0, 0));
    let last = store.purge(now() + TimeDelta::days(410)).await.unwrap();
    assert_eq!((last.turns, last.conversations, last.keys), (1, 1, 1));
}

pub(crate) async fn answers_are_counted_by_how_they_ended_and_what_they_took(store: &Store) {
    let site = town(store, "figures").await.site;
    let measured = |microjoules| {
        Some(Measured {
            energy: Energy::of_microjoules(microjoules),
            method: Method::Rapl,
        })
    };
    let asked = |number: u128| NewTurn {
        conversation: ConversationCode::new([60; 16]),
        energy: measured(700),
        ..turn(site, number)
    };
    for new in [
        asked(600),
        asked(601),
        NewTurn {
            verdict: "unknown".into(),
            energy: None,
            channel: "sms".into(),
            ..asked(602)
        },
        // Too old, not a resident's, and another town's.
        NewTurn {
            at: at(9),
            ..asked(603)
        },
        NewTurn {
            channel: "cli".into(),
            ..asked(604)
        },
        NewTurn {
            site: town(store, "autres-figures").await.site,
            conversation: ConversationCode::new([61; 16]),
            ..asked(605)
        },
    ] {
        store.record_turn(new).await.unwrap();
    }
    let share = ModelShare {
        shown: 2,
        dropped: 3,
        energy: measured(40_000_000_000),
    };
    for turn in [601, 999_601] {
        let turn = TurnId::new(u128::to_be_bytes(turn));
        store.record_model(turn, site, share).await.unwrap();
    }
    let answers = |verdict, by_model, energy: Option<u64>| Answers {
        verdict,
        by_model,
        method: energy.map(|_| Method::Rapl),
        count: 1,
        energy: Energy::of_microjoules(energy.unwrap_or_default()),
        shown: 0,
        dropped: 0,
    };
    assert_eq!(
        store.answers_since(site, at(10).to_utc()).await.unwrap(),
        [
            answers(Verdict::Answered, false, Some(700)),
            Answers {
                shown: 2,
                dropped: 3,
                ..answers(Verdict::Answered, true, Some(40_000_000_000))
            },
            answers(Verdict::Unknown, false, None),
        ]
    );
}
