//! What SMS survive: killed processes, dropped futures, and eyes on the file.

use crate::conversations::{CANARY, turn};
use crate::files::holding;
use crate::sms::{name, numbered, outbound, reply, sms, t};
use crate::town::{KEY, at, now, town};
use chrono::TimeDelta;
use sqlx::Connection;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::task::{Context, Poll, Waker};
use store::{
    About, ConversationCode, NewLink, NewOutbound, NewTurn, PieceReceipt, PieceState, Policy, ReceiptMatch,
    ReceiptState, Received, Reply, Settled, Store, Target,
};

const CHILD: &str = "PARVIS_STORE_TEST_SMS_CHILD";
const LEASE: TimeDelta = TimeDelta::seconds(30);
const NUMBER: &str = "+33699887766";

async fn open(path: &Path) -> Store {
    Store::open(&Target::SqliteFile(path.to_owned()), KEY)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_at_any_moment_loses_nothing_and_sends_nothing_twice() {
    if let Some(path) = std::env::var_os(CHILD) {
        return answer_until_killed(Path::new(&path)).await;
    }
    for lines in [1, 40, 113, 250, 437] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("town.db");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "sms_crash::a_process_killed_at_any_moment_loses_nothing_and_sends_nothing_twice",
                "--nocapture",
            ])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("sms ").map(str::to_owned));
        let mut told: Vec<String> = said.by_ref().take(lines).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        told.extend(said);
        check_what_was_told(&open(&path).await, &told).await;
    }
}

// The peer's view: what was acknowledged to it, and what it was sent.
async fn check_what_was_told(store: &Store, told: &[String]) {
    let count = |what: &str| told.iter().filter(|line| line.starts_with(what)).count();
    let (acknowledged, submitted) = (count("acknowledged"), count("submitted"));
    assert!(acknowledged > 0, "{told:?}");
    let site = store.site_by_key("killed").await.unwrap().unwrap().id;
    for number in (0..acknowledged).map(|n| u32::try_from(n).unwrap()) {
        let again = store.receive_sms(vec![numbered(site, number)]).await.unwrap();
        assert_eq!(again, [Received::Known], "message {number} was lost");
    }
    // The next process answers what was not answered; what it sends was never submitted before.
    while let Some(message) = store.claim_inbound(t(60), LEASE, LEASE).await.unwrap() {
        let to_send = NewOutbound {
            gateway: "peer".into(),
            ..outbound(&format!("{}{}", "after", message.from), 1)
        };
        store
            .answer_inbound(&message, reply(to_send), at(10))
            .await
            .unwrap();
    }
    let in_doubt = store.recover_pieces("peer", t(60)).await.unwrap();
    assert!(in_doubt <= 5, "{in_doubt} in doubt, more than one window");
    let given = store.claim_pieces("peer", t(60), 10_000, LEASE).await.unwrap();
    for piece in &given.pieces {
        let line = format!("submitted {}", piece.id);
        assert!(!told.contains(&line), "{line} and again");
    }
    let sent = submitted + given.pieces.len() + usize::try_from(in_doubt).unwrap();
    assert!(
        sent >= acknowledged,
        "{acknowledged} acknowledged, {sent} sent or in doubt"
    );
    let depths = store.queue_depths().await.unwrap();
    assert_eq!(depths.get("smsc"), None, "nothing waits unanswered");
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

async fn answer_until_killed(path: &Path) {
    let store = open(path).await;
    let site = town(&store, "killed").await.site;
    for number in 0.. {
        store.receive_sms(vec![numbered(site, number)]).await.unwrap();
        println!("sms acknowledged {number}");
        let Some(message) = store.claim_inbound(now(), LEASE, LEASE).await.unwrap() else {
            continue;
        };
        let asked = NewTurn {
            id: name(number),
            ..turn(site, 0)
        };
        let answer = Reply {
            turn: Some(asked),
            ..reply(NewOutbound {
                gateway: "peer".into(),
                ..outbound(&format!("m{number}"), 1)
            })
        };
        store.answer_inbound(&message, answer, at(10)).await.unwrap();
        for piece in store.claim_pieces("peer", now(), 5, LEASE).await.unwrap().pieces {
            println!("sms submitted {}", piece.id);
            let settled = Settled::Accepted {
                their_id: Some(piece.id.clone()),
            };
            store
                .settle_piece(&piece.id, piece.attempt, settled, now())
                .await
                .unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_leaves_whole_answers_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = open(&path).await;
    let site = town(&store, "dropped").await.site;
    for number in 0..20_u32 {
        store.receive_sms(vec![numbered(site, number)]).await.unwrap();
        let message = store.claim_inbound(now(), LEASE, LEASE).await.unwrap().unwrap();
        let asked = NewTurn {
            id: name(number),
            ..turn(site, 0)
        };
        let answer = Reply {
            turn: Some(asked),
            ..reply(outbound(&format!("m{number}"), 2))
        };
        let mut answering = Box::pin(store.answer_inbound(&message, answer, at(10)));
        // Asked once or never, then forgotten.
        if number % 2 == 0 {
            let polled = answering.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(polled, Poll::Pending);
        }
    }
    store.close().await;
    drop(store);
    let store = open(&path).await;
    let mut waiting = 0;
    while let Some(message) = store.claim_inbound(t(60), LEASE, LEASE).await.unwrap() {
        assert_eq!(message.attempt, 2);
        waiting += 1;
        store
            .drop_inbound(&message, "test", store::SenderChange::None, now())
            .await
            .unwrap();
    }
    assert_eq!(waiting, 10);
    for number in 0..20 {
        let answered = store.turn_by_id(name(number), now()).await.unwrap().is_some();
        let pieces = store.pieces_of(&format!("m{number}")).await.unwrap().len();
        assert_eq!(
            (answered, pieces),
            if number % 2 == 0 { (true, 2) } else { (false, 0) }
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_being_submitted_when_the_process_ended_is_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = open(&path).await;
    let site = town(&store, "ended").await.site;
    store.receive_sms(vec![numbered(site, 1)]).await.unwrap();
    let message = store.claim_inbound(now(), LEASE, LEASE).await.unwrap().unwrap();
    store
        .answer_inbound(&message, reply(outbound("peer", 3)), at(10))
        .await
        .unwrap();
    let pieces = store.claim_pieces("peer", now(), 2, LEASE).await.unwrap().pieces;
    let settled = Settled::Accepted { their_id: None };
    store
        .settle_piece(&pieces[0].id, 1, settled, now())
        .await
        .unwrap();
    drop(store);
    let store = open(&path).await;
    assert_eq!(store.recover_pieces("peer", t(60)).await.unwrap(), 1);
    let states: Vec<_> = store.pieces_of("peer").await.unwrap();
    let states: Vec<_> = states.into_iter().map(|(_, state)| state).collect();
    assert_eq!(
        states,
        [PieceState::Submitted, PieceState::Ambiguous, PieceState::Queued]
    );
    let resolved = store
        .resolve_ambiguous("peer", t(60), Policy::SendOnce)
        .await
        .unwrap();
    assert_eq!((resolved.queued_again, resolved.given_up), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_words_lie_readable_in_no_file_and_sealed_only_while_they_serve() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = open(&path).await;
    let site = town(&store, "canary").await.site;
    let code = "lien-zinzolin";
    for number in 0..50_u32 {
        let mut question = sms(site, NUMBER, "où est la piscine");
        question.gateway = "visible-gateway".into();
        store.receive_sms(vec![question]).await.unwrap();
        let message = store.claim_inbound(now(), LEASE, LEASE).await.unwrap().unwrap();
        assert_eq!(message.from, NUMBER);
        let asked = NewTurn {
            id: name(number),
            conversation: ConversationCode::new([7; 16]),
            ..turn(site, 0)
        };
        let answer = Reply {
            link: Some(NewLink {
                code: format!("{code}{number}"),
                turn: asked.id,
                expires_at: t(600),
            }),
            turn: Some(asked),
            ..reply(NewOutbound {
                to: NUMBER.into(),
                ..outbound(&format!("m{number}"), 1)
            })
        };
        store.answer_inbound(&message, answer, at(10)).await.unwrap();
    }
    assert_eq!(
        sealed(&path).await,
        (0, 0, 50),
        "the inbox is erased, the outbox waits"
    );
    let everywhere = |needle: &str| holding(folder.path(), needle.as_bytes()).len();
    assert!(
        everywhere("visible-gateway") > 0,
        "the search finds what is readable"
    );
    let secrets = [NUMBER, NUMBER.trim_start_matches('+'), CANARY, code];
    for secret in secrets {
        assert_eq!(everywhere(secret), 0, "{secret}");
    }
    for number in 0..50 {
        let gateway = format!("m{number}");
        let pieces = store
            .claim_pieces(&gateway, now(), 9, LEASE)
            .await
            .unwrap()
            .pieces;
        let settled = Settled::Accepted { their_id: None };
        store
            .settle_piece(&pieces[0].id, 1, settled, now())
            .await
            .unwrap();
    }
    assert_eq!(sealed(&path).await, (0, 0, 0));
    store.close().await;
    for secret in secrets {
        assert_eq!(everywhere(secret), 0, "{secret}");
    }
}

// How many numbers and texts of the inbox, and pieces of the outbox, are still sealed rather than erased.
async fn sealed(path: &Path) -> (i64, i64, i64) {
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display()))
        .await
        .unwrap();
    sqlx::query_as(
        "SELECT (SELECT COUNT(sealed_from) FROM sms_inbox), (SELECT COUNT(sealed_text) FROM sms_inbox_parts),
         (SELECT COUNT(*) FROM sms_outbox WHERE sealed_to IS NOT NULL OR sealed_text IS NOT NULL)",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_pieces_that_nobody_knows_fill_no_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = open(&path).await;
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display()))
        .await
        .unwrap();
    sqlx::query(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         INSERT INTO sms_parked_receipts (gateway, their_id, state, at) SELECT 'peer', i, 'delivered', 0 FROM n",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let receipt = |gateway: &str| PieceReceipt {
        gateway: gateway.into(),
        about: About::Theirs("one more".into()),
        state: ReceiptState::Delivered,
        detail: None,
    };
    for (gateway, expected) in [
        ("quiet", vec![("peer", 10_000, 1), ("quiet", 1, 10_001)]),
        ("peer", vec![("peer", 10_000, 2), ("quiet", 1, 10_001)]),
    ] {
        let kept = store.receipt(receipt(gateway), now()).await.unwrap();
        assert_eq!(kept, ReceiptMatch::Parked);
        let parked: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT gateway, COUNT(*), MIN(position) FROM sms_parked_receipts GROUP BY gateway ORDER BY gateway",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let parked: Vec<_> = parked
            .iter()
            .map(|(gateway, count, oldest)| (gateway.as_str(), *count, *oldest))
            .collect();
        assert_eq!(parked, expected, "a gateway's oldest make room for its own alone");
    }
}
