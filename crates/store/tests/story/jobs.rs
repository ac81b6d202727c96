//! Scenes of the story: the job queue.

use crate::town::now;
use chrono::TimeDelta;
use store::{Job, JobState, Store};

const LEASE: TimeDelta = TimeDelta::seconds(60);

async fn finish_what_is_queued(store: &Store) {
    while let Some(job) = store.claim(now() + TimeDelta::days(1), LEASE).await.unwrap() {
        store.complete(&job).await.unwrap();
    }
    assert!(store.jobs(None).await.unwrap().is_empty());
}

pub(crate) async fn a_job_is_done_once_and_again_when_its_worker_dies(store: &Store) {
    finish_what_is_queued(store).await;
    store
        .enqueue(Job::Purge, now() + TimeDelta::seconds(5))
        .await
        .unwrap();
    assert_eq!(
        store.claim(now(), LEASE).await.unwrap(),
        None,
        "it is not due yet"
    );
    store.enqueue(Job::Purge, now()).await.unwrap();
    assert_eq!(
        store.jobs(Some(JobState::Queued)).await.unwrap().len(),
        1,
        "one of a kind waits"
    );

    let first = store.claim(now(), LEASE).await.unwrap().unwrap();
    assert_eq!((first.job, first.attempt), (Job::Purge, 1));
    assert_eq!(store.claim(now(), LEASE).await.unwrap(), None, "it is held");
    let second = store.claim(now() + LEASE, LEASE).await.unwrap().unwrap();
    assert_eq!(second.attempt, 2, "the first worker let its lease run out");
    store.complete(&first).await.unwrap();
    assert_eq!(
        store.jobs(Some(JobState::Running)).await.unwrap().len(),
        1,
        "the dead worker finishes nothing"
    );
    store.complete(&second).await.unwrap();
    assert!(store.jobs(None).await.unwrap().is_empty());

    store.enqueue(Job::Purge, now()).await.unwrap();
    store.enqueue(Job::IndexPublications, now()).await.unwrap();
    let claims = (0..8).map(|_| store.claim(now(), LEASE));
    let claimed: Vec<_> = futures::future::try_join_all(claims)
        .await
        .unwrap()
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(
        claimed.len(),
        2,
        "eight workers at once share two jobs: {claimed:?}"
    );
    assert_ne!(claimed[0].job, claimed[1].job);
    finish_what_is_queued_after(store, claimed).await;
}

async fn finish_what_is_queued_after(store: &Store, claimed: Vec<store::ClaimedJob>) {
    for job in &claimed {
        store.complete(job).await.unwrap();
    }
    finish_what_is_queued(store).await;
}

pub(crate) async fn a_job_that_keeps_failing_is_tried_later_and_later_then_dead(store: &Store) {
    store.enqueue(Job::IndexPublications, now()).await.unwrap();
    let mut clock = now();
    let mut waits = Vec::new();
    while let Some(job) = store.claim(clock, LEASE).await.unwrap() {
        store.fail(&job, "index is locked", clock).await.unwrap();
        let status = store.jobs(None).await.unwrap().remove(0);
        assert_eq!(status.last_error.as_deref(), Some("index is locked"));
        waits.push((status.run_at - clock).num_seconds());
        clock = status.run_at;
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    let dead = store.jobs(Some(JobState::Dead)).await.unwrap();
    assert_eq!((dead.len(), dead[0].attempts), (1, 10));

    store.enqueue(Job::IndexPublications, clock).await.unwrap();
    let job = store.claim(clock, LEASE).await.unwrap().unwrap();
    store.enqueue(Job::IndexPublications, clock).await.unwrap();
    store.fail(&job, "again", clock).await.unwrap();
    let queued = store.jobs(Some(JobState::Queued)).await.unwrap();
    assert_eq!(
        (queued.len(), queued[0].attempts),
        (1, 0),
        "the one queued meanwhile does the work of both"
    );

    for _ in 0..10 {
        assert!(store.claim(clock, LEASE).await.unwrap().is_some());
        clock += LEASE;
    }
    assert_eq!(
        store.claim(clock, LEASE).await.unwrap(),
        None,
        "ten workers died of it"
    );
    assert_eq!(store.jobs(Some(JobState::Dead)).await.unwrap().len(), 2);

    store.enqueue(Job::Purge, clock).await.unwrap();
    let purge = store.claim(clock, LEASE).await.unwrap().unwrap();
    store.complete(&purge).await.unwrap();
    assert_eq!(store.jobs(Some(JobState::Dead)).await.unwrap().len(), 2);
    store.enqueue(Job::IndexPublications, clock).await.unwrap();
    let job = store.claim(clock, LEASE).await.unwrap().unwrap();
    store.complete(&job).await.unwrap();
    assert!(
        store.jobs(None).await.unwrap().is_empty(),
        "one that succeeds did the work of the dead ones"
    );
}

pub(crate) async fn two_nodes_share_jobs_without_doing_one_twice(one: &Store, other: &Store) {
    for round in 0..20 {
        let clock = now() + TimeDelta::days(round);
        one.enqueue(Job::Purge, clock).await.unwrap();
        let (mine, theirs) = tokio::join!(one.claim(clock, LEASE), other.claim(clock, LEASE));
        let claimed: Vec<_> = mine.unwrap().into_iter().chain(theirs.unwrap()).collect();
        assert_eq!(claimed.len(), 1, "round {round}");
        one.complete(&claimed[0]).await.unwrap();
    }
}
