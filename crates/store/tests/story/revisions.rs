//! Scenes of the story: sites, imports, review, publication, reading for answers.

use crate::town::{ana, at, bob, draft, name, now, quotable, settings, text, town};
use chrono::NaiveDate;
use domain::document::{DocumentKind, Validity};
use domain::ids::Sequence;
use domain::life::{State, Transition, TransitionError};
use domain::published::PublishedRevision;
use store::{Job, JobState, Outcome, RevisionFilter, Store, StoreError};

pub(crate) async fn sites_answer_from_their_own_and_from_shared_collections(store: &Store) {
    let clairvigny = town(store, "clairvigny").await;
    let other = town(store, "autreville").await;
    let shared = store.ensure_collection("fiches", None).await.unwrap();
    assert_eq!(store.ensure_collection("fiches", None).await.unwrap(), shared);
    store.subscribe(clairvigny.site, shared).await.unwrap();
    store.subscribe(clairvigny.site, shared).await.unwrap();
    assert_eq!(
        store.collections_of(clairvigny.site).await.unwrap(),
        [clairvigny.collection, shared]
    );
    assert_eq!(
        store.collections_of(other.site).await.unwrap(),
        [other.collection]
    );

    let renamed = store
        .ensure_site("clairvigny", settings("Ville de Clairvigny"))
        .await
        .unwrap();
    assert_eq!(renamed.id, clairvigny.site);
    assert_eq!(store.site_by_key("clairvigny").await.unwrap(), Some(renamed));
    assert_eq!(store.site_by_key("ailleurs").await.unwrap(), None);
    assert_eq!(store.sites().await.unwrap().len(), 2);
}

pub(crate) async fn a_draft_answers_only_once_another_person_has_published_it(store: &Store) {
    let town = town(store, "review").await;
    let saved = town
        .import(store, draft("piscine", "La piscine ouvre à 9 h."))
        .await;
    assert_eq!(saved.outcome, Outcome::Draft);
    assert_eq!(quotable(store, saved).await, None);

    let own = store
        .transition(saved.revision, &Transition::Approve, &ana(), now())
        .await
        .unwrap_err();
    assert!(
        matches!(own, StoreError::Transition(TransitionError::OwnWork { .. })),
        "{own}"
    );
    let early = store
        .transition(saved.revision, &Transition::Publish, &bob(), now())
        .await
        .unwrap_err();
    assert!(
        matches!(early, StoreError::Transition(TransitionError::NotFromHere { .. })),
        "{early}"
    );
    store
        .transition(saved.revision, &Transition::Approve, &bob(), now())
        .await
        .unwrap();
    assert_eq!(quotable(store, saved).await, None);
    let before = store.last_sequence().await.unwrap();
    let life = store
        .transition(saved.revision, &Transition::Publish, &bob(), now())
        .await
        .unwrap();
    assert_eq!(life.state(), State::Published);
    assert_eq!(
        quotable(store, saved).await.as_deref(),
        Some("La piscine ouvre à 9 h.")
    );
    assert_eq!(store.last_sequence().await.unwrap(), Sequence(before.0 + 1));
    let queued = store.jobs(Some(JobState::Queued)).await.unwrap();
    assert!(queued.iter().any(|job| job.job == Job::IndexPublications));

    let trail = store.audit(None, 3).await.unwrap();
    assert_eq!(
        trail[0].revision,
        Some((saved.revision, "Page piscine".to_owned()))
    );
    let actions: Vec<_> = trail
        .iter()
        .map(|entry| (entry.action.as_str(), entry.act.by.as_str()))
        .collect();
    assert_eq!(
        actions,
        [("published", "Bob"), ("approved", "Bob"), ("draft", "Ana")]
    );
    let missing = store
        .transition(
            domain::ids::RevisionId(999_999),
            &Transition::Submit,
            &bob(),
            now(),
        )
        .await;
    assert!(matches!(missing, Err(StoreError::NotFound { .. })));
}

pub(crate) async fn a_snapshot_keeps_its_state_and_the_next_read_sees_the_retraction(store: &Store) {
    let town = town(store, "snapshot").await;
    let saved = town
        .publish(store, draft("marché", "Le marché a lieu le samedi."))
        .await;
    let mut snapshot = store.snapshot().await.unwrap();
    let retire = Transition::Retire {
        why: "déplacé".into(),
    };
    store
        .transition(saved.revision, &retire, &ana(), now())
        .await
        .unwrap();
    assert_eq!(quotable(store, saved).await, None);
    let seen = snapshot.published(&[saved.revision], &at(10)).await.unwrap();
    assert_eq!(seen.len(), 1, "a snapshot does not change under an answer");
    drop(snapshot);
    let mut snapshot = store.snapshot().await.unwrap();
    assert!(
        snapshot
            .published(&[saved.revision], &at(10))
            .await
            .unwrap()
            .is_empty()
    );
    let unchanged = town
        .import(store, draft("marché", "Le marché a lieu le samedi."))
        .await;
    assert_eq!(
        unchanged.outcome,
        Outcome::Unchanged,
        "what a person retired does not come back by itself"
    );
}

pub(crate) async fn an_import_makes_revisions_only_of_what_changed(store: &Store) {
    let town = town(store, "import").await;
    let first = town.import(store, draft("tri", "Bac jaune le lundi.")).await;
    let again = town.import(store, draft("tri", "Bac jaune le lundi.")).await;
    assert_eq!(
        (again.revision, again.outcome),
        (first.revision, Outcome::Unchanged)
    );
    let newer = town.import(store, draft("tri", "Bac jaune le mardi.")).await;
    assert_eq!((newer.document, newer.outcome), (first.document, Outcome::Draft));
    let record = store.revision(first.revision).await.unwrap();
    assert_eq!(
        record.life.state(),
        State::Rejected,
        "the newer draft supersedes the older"
    );
    assert!(matches!(
        record.life,
        domain::life::Life::Rejected { rejected, .. } if rejected.why == "superseded by a newer import"
    ));

    for transition in [Transition::Approve, Transition::Publish] {
        store
            .transition(newer.revision, &transition, &bob(), now())
            .await
            .unwrap();
    }
    let third = town.publish(store, draft("tri", "Bac jaune le mercredi.")).await;
    assert_eq!(
        quotable(store, third).await.as_deref(),
        Some("Bac jaune le mercredi.")
    );
    assert_eq!(
        store.revision(newer.revision).await.unwrap().life.state(),
        State::Retired
    );
    let published = store
        .published_revision_of(first.document)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(published.id, third.revision);

    let mut moved = draft("tri", "Bac jaune le mercredi.");
    moved.kind = DocumentKind::Procedure;
    assert_eq!(
        town.import(store, moved).await.outcome,
        Outcome::Draft,
        "another kind is a change"
    );
    let mut broken = draft("tri", "Bac");
    broken.content.blocks[0].span.end = 99;
    let refused = store
        .save_drafts(town.source, &ana(), vec![draft("neuf", "Neuf"), broken], now())
        .await;
    assert!(matches!(refused, Err(StoreError::Content(_))));
    let filter = RevisionFilter {
        collections: vec![town.collection],
        ..RevisionFilter::default()
    };
    let ids: Vec<_> = store
        .revisions(&filter)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.external_id)
        .collect();
    assert!(
        !ids.contains(&name("neuf")),
        "an import is saved whole or not at all"
    );
}

pub(crate) async fn a_trusted_source_publishes_by_itself_and_the_audit_says_so(store: &Store) {
    let town = town(store, "trust").await;
    let waiting = town
        .import(store, draft("F1", "Carte d'identité : gratuite."))
        .await;
    store.declare_trusted(town.source, &bob(), now()).await.unwrap();
    let source = store
        .sources()
        .await
        .unwrap()
        .into_iter()
        .find(|source| source.id == town.source)
        .unwrap();
    assert_eq!(source.trust.unwrap().by, bob());
    let published = town
        .import(store, draft("F1", "Carte d'identité : gratuite."))
        .await;
    assert_eq!(published.outcome, Outcome::Published);
    assert_ne!(published.revision, waiting.revision);
    assert_eq!(
        town.import(store, draft("F1", "Carte d'identité : gratuite."))
            .await
            .outcome,
        Outcome::Unchanged
    );
    let newer = town
        .import(store, draft("F1", "Carte d'identité : 25 euros."))
        .await;
    assert_eq!(
        quotable(store, newer).await.as_deref(),
        Some("Carte d'identité : 25 euros.")
    );
    assert_eq!(
        store.revision(published.revision).await.unwrap().life.state(),
        State::Retired
    );
    let trail = store.audit(Some("Mairie"), 1).await.unwrap();
    assert_eq!(trail[0].action, "published");
    assert_eq!(trail[0].detail, "from a source that Bob declared trusted");

    store.withdraw_trust(town.source, &ana(), now()).await.unwrap();
    assert_eq!(
        town.import(store, draft("F1", "Carte d'identité : 30 euros."))
            .await
            .outcome,
        Outcome::Draft
    );
    let trail = store.audit(Some("Mairie"), 3).await.unwrap();
    let actions: Vec<_> = trail
        .iter()
        .map(|entry| (entry.action.as_str(), entry.revision.is_some()))
        .collect();
    assert_eq!(
        actions,
        [("draft", true), ("trust withdrawn", false), ("published", true)]
    );
    assert!(trail.iter().all(|entry| entry.source == "Mairie"));
    assert_eq!(store.audit(Some("Nobody"), 3).await.unwrap(), []);
    let nowhere = store
        .declare_trusted(domain::ids::SourceId(999_999), &bob(), now())
        .await;
    assert!(matches!(nowhere, Err(StoreError::NotFound { .. })));
}

pub(crate) async fn only_valid_revisions_answer_and_expired_ones_give_their_title(store: &Store) {
    let town = town(store, "validity").await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
    let valid = |id: &str, from, until| {
        let mut draft = draft(id, &format!("Texte de {id}."));
        draft.kind = DocumentKind::Place;
        draft.content.validity = Validity {
            from,
            until,
            review_by: None,
        };
        draft
    };
    let past = town.publish(store, valid("past", None, day(17))).await;
    let present = town.publish(store, valid("present", day(18), day(18))).await;
    let future = town.publish(store, valid("future", day(19), None)).await;
    let all = [future, past, present];
    let mut snapshot = store.snapshot().await.unwrap();
    let revisions = all.map(|saved| saved.revision);
    let found = snapshot.published(&revisions, &at(10)).await.unwrap();
    assert_eq!(found.iter().map(text).collect::<Vec<_>>(), ["Texte de present."]);
    let found = snapshot
        .published_of_kind(&[town.collection], &[DocumentKind::Place], &at(10))
        .await
        .unwrap();
    assert_eq!(
        found.iter().map(PublishedRevision::id).collect::<Vec<_>>(),
        [present.revision]
    );
    assert!(
        snapshot
            .published_of_kind(&[town.collection], &[DocumentKind::Event], &at(10))
            .await
            .unwrap()
            .is_empty()
    );
    let expired = snapshot.expired(&[town.collection], &at(10)).await.unwrap();
    assert_eq!(expired.len(), 1);
    assert_eq!(
        (expired[0].document, expired[0].title.as_str()),
        (past.document, "Page past")
    );
    assert_eq!(Some(expired[0].valid_until), day(17));
    let page = snapshot.page(town.site, &name("present"), &at(10)).await.unwrap();
    assert_eq!(page.map(|revision| revision.id()), Some(present.revision));
    assert_eq!(
        snapshot.page(town.site, &name("past"), &at(10)).await.unwrap(),
        None
    );
    let elsewhere = store.site_by_key("autreville").await.unwrap().unwrap().id;
    assert_eq!(
        snapshot.page(elsewhere, &name("present"), &at(10)).await.unwrap(),
        None
    );
    assert_eq!(
        snapshot.records_to_index(&revisions).await.unwrap().len(),
        3,
        "the index knows tomorrow's pages"
    );
}

pub(crate) async fn reviewers_find_revisions_by_what_they_know(store: &Store) {
    let town = town(store, "filter").await;
    let mut summer = draft("ete_2026", "Les 100 % de l'été.");
    summer.content.title = "ÉTÉ : 100 % plage".into();
    town.import(store, summer).await;
    town.publish(store, draft("ete-2025", "L'an passé.")).await;
    let base = RevisionFilter {
        collections: vec![town.collection],
        ..RevisionFilter::default()
    };
    let found = async |filter: RevisionFilter| {
        let found = store.revisions(&filter).await.unwrap();
        found
            .into_iter()
            .map(|r| r.external_id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(base.clone()).await, ["ete_2026", "ete-2025"]);
    assert_eq!(
        found(RevisionFilter {
            limit: 1,
            ..base.clone()
        })
        .await,
        ["ete_2026"]
    );
    assert_eq!(
        found(RevisionFilter {
            states: vec![State::Published],
            ..base.clone()
        })
        .await,
        ["ete-2025"]
    );
    let states = vec![State::Draft, State::Submitted, State::Approved];
    assert_eq!(
        found(RevisionFilter {
            states,
            ..base.clone()
        })
        .await,
        ["ete_2026"]
    );
    assert_eq!(
        found(RevisionFilter {
            title_contains: "été : 100 %".into(),
            ..base.clone()
        })
        .await,
        ["ete_2026"]
    );
    assert_eq!(
        found(RevisionFilter {
            title_contains: "0_%".into(),
            ..base.clone()
        })
        .await,
        [""; 0]
    );
    assert_eq!(
        found(RevisionFilter {
            external_id_prefix: "ete_".into(),
            ..base.clone()
        })
        .await,
        ["ete_2026"]
    );
    assert_eq!(
        found(RevisionFilter {
            external_id_prefix: "ETE".into(),
            ..base.clone()
        })
        .await,
        [""; 0]
    );
    assert_eq!(
        found(RevisionFilter {
            source: Some(town.source),
            ..base.clone()
        })
        .await
        .len(),
        2
    );
    let elsewhere = store.ensure_source(town.collection, "Agence").await.unwrap();
    assert_eq!(
        found(RevisionFilter {
            source: Some(elsewhere),
            ..base
        })
        .await,
        [""; 0]
    );
}

pub(crate) async fn the_publication_log_gives_the_latest_of_each_document_in_order(store: &Store) {
    let town = town(store, "log").await;
    let start = store.last_sequence().await.unwrap();
    let one = town.publish(store, draft("1", "un")).await;
    let two = town.publish(store, draft("2", "deux")).await;
    let newer = town.publish(store, draft("1", "un bis")).await;
    store
        .transition(
            two.revision,
            &Transition::Retire { why: "fini".into() },
            &bob(),
            now(),
        )
        .await
        .unwrap();
    let log = store.publications_after(start, 10).await.unwrap();
    let entries: Vec<_> = log
        .iter()
        .map(|p| (p.sequence.0 - start.0, p.document, p.revision))
        .collect();
    assert_eq!(
        entries,
        [(3, one.document, Some(newer.revision)), (4, two.document, None)]
    );
    assert!(
        log.iter()
            .all(|publication| publication.collection == town.collection)
    );
    assert_eq!(store.publications_after(start, 1).await.unwrap().len(), 1);

    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.sequence(), Sequence(start.0 + 4));
}

pub(crate) async fn two_nodes_write_without_losing_a_change(one: &Store, other: &Store) {
    let town = town(one, "nodes").await;
    let reviewer = bob();
    let start = one.last_sequence().await.unwrap();
    for round in 0..20 {
        let saved = town.import(one, draft(&format!("{round}"), "Un texte.")).await;
        let reject = Transition::Reject { why: "faux".into() };
        let (approved, rejected) = tokio::join!(
            one.transition(saved.revision, &Transition::Approve, &reviewer, now()),
            other.transition(saved.revision, &reject, &reviewer, now()),
        );
        // An approved revision may be rejected; a rejected one never approved.
        let state = one.revision(saved.revision).await.unwrap().life.state();
        match (approved, rejected) {
            (_, Ok(_)) => assert_eq!(state, State::Rejected, "round {round}"),
            (Ok(_), Err(StoreError::Conflict { .. })) => assert_eq!(state, State::Approved, "round {round}"),
            lost => panic!("round {round}: {lost:?}"),
        }
    }
    let (mine, theirs) = (
        (0..20)
            .map(|n| draft(&format!("a{n}"), "Un texte."))
            .collect::<Vec<_>>(),
        (0..20)
            .map(|n| draft(&format!("b{n}"), "Un texte."))
            .collect::<Vec<_>>(),
    );
    one.declare_trusted(town.source, &reviewer, now()).await.unwrap();
    let ana = ana();
    let (mine, theirs) = tokio::join!(
        one.save_drafts(town.source, &ana, mine, now()),
        other.save_drafts(town.source, &reviewer, theirs, now()),
    );
    assert_eq!((mine.unwrap().len(), theirs.unwrap().len()), (20, 20));
    let log = other.publications_after(start, 100).await.unwrap();
    let sequences: Vec<_> = log
        .iter()
        .map(|publication| publication.sequence.0 - start.0)
        .collect();
    assert_eq!(
        sequences,
        (1..=40).collect::<Vec<_>>(),
        "no sequence is skipped or used twice"
    );
}
