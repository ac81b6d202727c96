//! What the file must survive, refuse, and never show.

use crate::conversations::{CANARY, turn};
use crate::files::holding;
use crate::town::{KEY, at, draft, now, town};
use chrono::TimeDelta;
use sqlx::Connection;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use store::{ConversationCode, Feedback, NewTurn, Opinion, Store, StoreError, Target};

const CHILD: &str = "PARVIS_STORE_TEST_CHILD";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_killed_process() {
    if let Some(path) = std::env::var_os(CHILD) {
        return write_and_wait_to_be_killed(Path::new(&path)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "durability::what_was_acknowledged_survives_a_killed_process",
            "--nocapture",
        ])
        .env(CHILD, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(
        lines
            .map_while(Result::ok)
            .any(|line| line.ends_with("acknowledged")),
        "the child died early"
    );
    child.kill().unwrap();
    child.wait().unwrap();

    let store = Store::open(&Target::SqliteFile(path), KEY).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let kept = store
        .turns(&ConversationCode::new([7; 16]), 100, now())
        .await
        .unwrap();
    assert_eq!(kept.len(), 50);
    let site = store.site_by_key("killed").await.unwrap().unwrap().id;
    let mut snapshot = store.snapshot().await.unwrap();
    assert!(
        snapshot
            .page(site, &crate::town::name("page"), &at(10))
            .await
            .unwrap()
            .is_some()
    );
}

async fn write_and_wait_to_be_killed(path: &Path) {
    let store = Store::open(&Target::SqliteFile(path.to_owned()), KEY)
        .await
        .unwrap();
    let town = town(&store, "killed").await;
    town.publish(&store, draft("page", "Un texte.")).await;
    for number in 0..50 {
        store.record_turn(turn(town.site, number)).await.unwrap();
    }
    println!("acknowledged");
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_residents_words_lie_readable_in_no_file_and_their_key_not_beyond_its_period() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = Store::open(&Target::SqliteFile(path.clone()), KEY).await.unwrap();
    let site = town(&store, "canary").await.site;
    let code = ConversationCode::new(*b"conversationcode");
    for number in 0..200 {
        let asked = NewTurn {
            conversation: code.clone(),
            channel: "visible-channel".into(),
            ..turn(site, number)
        };
        let id = asked.id;
        store.record_turn(asked).await.unwrap();
        let reason = Some(format!("parce que {CANARY}"));
        store
            .give_feedback(
                id,
                Feedback {
                    opinion: Opinion::Helpful,
                    reason,
                },
                now(),
            )
            .await
            .unwrap();
    }
    let (wrapped, sealed) = secrets(&path).await;
    let everywhere = |needle: &[u8]| holding(folder.path(), needle).len();
    assert!(
        everywhere(b"visible-channel") > 0,
        "the search finds what is readable"
    );
    assert!(
        everywhere(&wrapped) > 0 && everywhere(&sealed) > 0,
        "the log is not folded yet"
    );
    assert_eq!(everywhere(CANARY.as_bytes()), 0);
    assert_eq!(everywhere(b"conversationcode"), 0);
    assert_eq!(everywhere(code.reveal().as_bytes()), 0);

    store.purge(now() + TimeDelta::days(45)).await.unwrap();
    assert_eq!(everywhere(CANARY.as_bytes()), 0);
    assert_eq!(everywhere(&wrapped), 0, "the key is still in a file");
    assert_eq!(everywhere(&sealed), 0, "the deleted text is still in a file");
    store.close().await;
    assert_eq!(everywhere(&wrapped) + everywhere(&sealed), 0);
}

async fn secrets(path: &Path) -> (Vec<u8>, Vec<u8>) {
    let mut connection = connect(path).await;
    let (wrapped,) = sqlx::query_as("SELECT wrapped FROM transcript_keys")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let (sealed,) = sqlx::query_as("SELECT sealed_question FROM turns")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    (wrapped, sealed)
}

async fn connect(path: &Path) -> sqlx::SqliteConnection {
    sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display()))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_whose_key_was_erased_cannot_be_read_even_from_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let store = Store::open(&Target::SqliteFile(path.clone()), KEY).await.unwrap();
    let site = town(&store, "erased").await.site;
    store.record_turn(turn(site, 1)).await.unwrap();
    let code = ConversationCode::new([7; 16]);
    assert_eq!(store.turns(&code, 1, now()).await.unwrap().len(), 1);
    let mut connection = connect(&path).await;
    sqlx::query("DELETE FROM transcript_keys")
        .execute(&mut connection)
        .await
        .unwrap();
    assert!(store.turns(&code, 1, now()).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_installations_key_opens_no_transcript() {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::SqliteFile(folder.path().join("town.db"));
    let store = Store::open(&target, KEY).await.unwrap();
    let site = town(&store, "key").await.site;
    store.record_turn(turn(site, 1)).await.unwrap();
    store.close().await;
    let store = Store::open(&target, [1; 32]).await.unwrap();
    let opened = store.turns(&ConversationCode::new([7; 16]), 1, now()).await;
    assert_eq!(opened.unwrap_err(), StoreError::WrongKey);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let target = Target::SqliteFile(path.clone());
    Store::open(&target, KEY).await.unwrap().close().await;
    let mut connection = connect(&path).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
         VALUES (99, 'to come', '2030-01-01', TRUE, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let error = Store::open(&target, KEY).await.unwrap_err();
    assert_eq!(error, StoreError::Newer { version: 99 });
    assert!(error.to_string().contains("newer version"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_database_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Madame, Monsieur, ".repeat(100)).unwrap();
    let error = Store::open(&Target::SqliteFile(path), KEY).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    let missing = Target::SqliteFile(folder.path().join("no/such/folder/town.db"));
    let error = Store::open(&missing, KEY).await.unwrap_err();
    assert!(error.to_string().contains("no/such/folder/town.db"), "{error}");
    let error = Store::open(&Target::Postgres("postgres://localhost:1/none".into()), KEY)
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disposable_database_works_alike_and_leaves_nothing() {
    let store = Store::open(&Target::SqliteMemory, KEY).await.unwrap();
    let town = town(&store, "exam").await;
    let mut snapshot = store.snapshot().await.unwrap();
    let saved = town.publish(&store, draft("page", "Un texte.")).await;
    assert!(
        snapshot
            .published(&[saved.revision], &at(10))
            .await
            .unwrap()
            .is_empty()
    );
    drop(snapshot);
    assert!(crate::town::quotable(&store, saved).await.is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_own_user_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Target::SqliteFile(folder.path().join("town.db")), KEY)
        .await
        .unwrap();
    town(&store, "private").await;
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert!(files.len() >= 2, "the file and its log");
    for file in files {
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{:?}",
            file.path()
        );
    }
}
