//! The store's story, told on SQLite and on PostgreSQL, and what it must survive.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its child process speaks on its output"
)]

mod conversations;
mod durability;
mod files;
mod jobs;
mod postgres;
mod revisions;
mod town;

use postgres::Cluster;
use store::{Store, Target};
use town::KEY;

// One story for both databases: what one of them does otherwise shows here.
async fn tell(target: &Target) {
    let store = Store::open(target, KEY).await.unwrap();
    revisions::sites_answer_from_their_own_and_from_shared_collections(&store).await;
    revisions::a_draft_answers_only_once_another_person_has_published_it(&store).await;
    revisions::a_snapshot_keeps_its_state_and_the_next_read_sees_the_retraction(&store).await;
    revisions::an_import_makes_revisions_only_of_what_changed(&store).await;
    revisions::a_trusted_source_publishes_by_itself_and_the_audit_says_so(&store).await;
    revisions::only_valid_revisions_answer_and_expired_ones_give_their_title(&store).await;
    revisions::reviewers_find_revisions_by_what_they_know(&store).await;
    revisions::the_publication_log_gives_the_latest_of_each_document_in_order(&store).await;
    jobs::a_job_is_done_once_and_again_when_its_worker_dies(&store).await;
    jobs::a_job_that_keeps_failing_is_tried_later_and_later_then_dead(&store).await;
    conversations::a_conversation_is_read_with_its_code_until_it_expires(&store).await;
    conversations::a_turn_is_found_by_its_idempotency_key_and_never_recorded_twice(&store).await;
    conversations::feedback_is_kept_with_its_turn(&store).await;
    conversations::a_deleted_conversation_is_gone(&store).await;
    conversations::among_two_hundred_writers_the_failing_one_fails_alone(&store).await;
    conversations::a_purge_deletes_what_expired_and_erases_its_keys(&store).await;
    let node = Store::open(target, KEY).await.unwrap();
    jobs::two_nodes_share_jobs_without_doing_one_twice(&store, &node).await;
    revisions::two_nodes_write_without_losing_a_change(&store, &node).await;
    node.close().await;
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    store.close().await;
    assert_eq!(store.sites().await.unwrap_err(), store::StoreError::Closed);

    let again = Store::open(target, KEY).await.unwrap();
    assert!(
        again.site_by_key("clairvigny").await.unwrap().is_some(),
        "opening again keeps the data"
    );
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_holds_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    tell(&Target::SqliteFile(folder.path().join("ville & été?.db"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_holds_on_postgresql() {
    let cluster = Cluster::start();
    tell(&Target::Postgres(cluster.url())).await;
    assert!(
        !files::holding(&cluster.data(), b"clairvigny").is_empty(),
        "the search finds what is readable"
    );
    let found = files::holding(&cluster.data(), conversations::CANARY.as_bytes());
    assert_eq!(
        found,
        Vec::<std::path::PathBuf>::new(),
        "a resident's words lie readable in the cluster"
    );
}
