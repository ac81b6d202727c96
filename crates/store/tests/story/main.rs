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
mod sms;
mod sms_crash;
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
    conversations::an_answer_that_says_more_takes_the_place_of_its_own_turns_answer_alone(&store).await;
    conversations::answers_are_counted_by_how_they_ended_and_what_they_took(&store).await;
    conversations::a_deleted_conversation_is_gone(&store).await;
    conversations::among_two_hundred_writers_the_failing_one_fails_alone(&store).await;
    conversations::a_purge_deletes_what_expired_and_erases_its_keys(&store).await;
    sms::inbox::a_message_that_a_gateway_brings_again_is_known(&store).await;
    sms::inbox::without_a_name_the_same_content_is_known_within_its_window(&store).await;
    sms::inbox::the_parts_of_a_message_are_joined_in_their_order(&store).await;
    sms::inbox::a_message_whose_parts_do_not_come_is_answered_on_what_came(&store).await;
    sms::inbox::a_part_that_waited_through_an_outage_is_joined_by_the_next(&store).await;
    sms::inbox::of_255_parts_those_that_came_are_answered_and_parts_alone_fill_no_inbox(&store).await;
    sms::inbox::senders_take_turns_and_a_flood_delays_nobody(&store).await;
    sms::inbox::a_message_whose_worker_died_is_answered_by_the_next_and_only_once(&store).await;
    sms::outbox::an_answer_is_kept_whole_or_not_at_all(&store).await;
    sms::outbox::pieces_go_out_oldest_first_and_not_too_late(&store).await;
    sms::outbox::a_piece_in_doubt_is_sent_once_more_and_never_a_third_time(&store).await;
    sms::receipts::whatever_says_that_a_piece_was_taken_keeps_it_from_being_sent_again(&store).await;
    sms::receipts::receipts_find_their_piece_even_before_its_response(&store).await;
    sms::senders::depths_and_counts_tell_what_waits_and_who_writes_too_much(&store).await;
    sms::senders::whoever_asks_is_forgotten(&store).await;
    sms::senders::hashes_tell_the_same_sender_on_the_same_site_alone(&store).await;
    sms::senders::a_purge_forgets_what_nobody_will_ask_for(&store).await;
    let node = Store::open(target, KEY).await.unwrap();
    jobs::two_nodes_share_jobs_without_doing_one_twice(&store, &node).await;
    revisions::two_nodes_write_without_losing_a_change(&store, &node).await;
    sms::outbox::two_nodes_answer_and_send_each_message_once(&store, &node).await;
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
