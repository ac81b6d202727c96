//! The index as its users see it: publishing, retracting, searching, reopening.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test fails as its test does"
)]

use domain::document::DocumentKind;
use domain::ids::{CollectionId, DocumentId, RevisionId, Sequence};
use proptest::prelude::*;
use retrieval::{Change, Generations, Index, IndexEntry, Opened, PassageEntry, Query, Ranking};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const TOWN: CollectionId = CollectionId(1);
const STATE: CollectionId = CollectionId(2);

fn entry(document: i64, collection: CollectionId, title: &str, bodies: &[&str]) -> IndexEntry {
    IndexEntry {
        document: DocumentId(document),
        revision: RevisionId(document * 10),
        collection,
        kind: DocumentKind::Page,
        title: title.to_owned(),
        questions: Vec::new(),
        keywords: Vec::new(),
        passages: (0..)
            .zip(bodies)
            .map(|(ordinal, body)| PassageEntry {
                ordinal,
                trail: String::new(),
                body: (*body).to_owned(),
            })
            .collect(),
    }
}

fn town() -> Vec<Change> {
    [
        entry(
            1,
            TOWN,
            "Piscine municipale",
            &[
                "La piscine ouvre du mardi au dimanche.",
                "Le bonnet de bain est obligatoire dans les bassins.",
            ],
        ),
        entry(
            2,
            TOWN,
            "Médiathèque",
            &["Le prêt de livres est gratuit pour les habitants de la commune."],
        ),
        entry(
            3,
            TOWN,
            "Collecte des déchets",
            &["Les ordures ménagères sont ramassées le lundi matin, le tri le jeudi."],
        ),
        entry(
            4,
            TOWN,
            "Inscription à la cantine",
            &["L'inscription de l'enfant se fait avant le 30 juin, en mairie."],
        ),
        entry(
            5,
            STATE,
            "Carte nationale d'identité",
            &["La demande se fait en mairie, avec une photo récente."],
        ),
        entry(
            6,
            STATE,
            "Allocations familiales",
            &["La caisse d'allocations familiales verse l'allocation."],
        ),
    ]
    .map(Change::Put)
    .into()
}

fn index_of(changes: &[Change]) -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(changes, Sequence(1)).unwrap();
    index
}

fn ask(index: &Index, question: &str) -> Ranking {
    index.search(&Query::new(question), &[TOWN, STATE], 10).unwrap()
}

fn first(index: &Index, question: &str) -> Option<i64> {
    ask(index, question).hits.first().map(|hit| hit.document.0)
}

fn ready(opened: Opened) -> Index {
    match opened {
        Opened::Ready(index) => index,
        other => panic!("expected an index, found {other:?}"),
    }
}

#[test]
fn a_question_finds_its_document_and_the_passage_that_answers() {
    let index = index_of(&town());
    let ranking = ask(&index, "Faut-il un bonnet de bain à la piscine ?");
    let hit = &ranking.hits[0];
    assert_eq!(
        (hit.document, hit.revision, hit.kind),
        (DocumentId(1), RevisionId(10), DocumentKind::Page)
    );
    assert_eq!(hit.passages[0].ordinal, 1);
    assert!(ranking.unmet.is_empty());
}

#[test]
fn residents_words_meet_the_administrations() {
    let index = index_of(&town());
    for (question, document) in [
        ("quand passent les poubelles", 3),
        ("la bibliothèque prête-t-elle des livres ?", 2),
        ("inscrire mon fils à la restauration scolaire", 4),
        ("CNI", 5),
        ("c.n.i.", 5),
        ("la C.A.F.", 6),
        ("horaires d'ouverture de la piscine", 1),
    ] {
        assert_eq!(first(&index, question), Some(document), "{question}");
    }
}

#[test]
fn misspelled_glued_and_text_message_words_are_read_as_meant() {
    let index = index_of(&town());
    for (question, document, correction) in [
        ("la pissine", 1, "la piscine"),
        ("psicine", 1, "piscine"),
        ("mediatheqe", 2, "médiathèque"),
        ("lallocation", 6, "l’allocation"),
        ("inscription dunenfant", 4, "inscription d’un enfant"),
    ] {
        let ranking = ask(&index, question);
        assert_eq!(ranking.correction.as_deref(), Some(correction), "{question}");
        assert_eq!(
            ranking.hits.first().map(|hit| hit.document.0),
            Some(document),
            "{question}"
        );
    }
    assert_eq!(ask(&index, "kel jour les poubelles").correction, None);
}

#[test]
fn words_that_the_best_document_lacks_are_reported_as_written() {
    let index = index_of(&town());
    assert_eq!(ask(&index, "La piscine de Vladivostok").unmet, ["vladivostok"]);
    assert_eq!(ask(&index, "Xylographie").unmet, ["xylographie"]);
}

#[test]
fn of_any_document_it_is_known_which_words_it_lacks() {
    let index = index_of(&town());
    let query = Query::new("La piscine de Vladivostok");
    let unmet = |collections: &[CollectionId], document| {
        index.unmet(&query, collections, DocumentId(document)).unwrap()
    };
    assert_eq!(unmet(&[TOWN], 1), ["vladivostok"]);
    assert_eq!(unmet(&[TOWN], 2), ["piscine", "vladivostok"]);
    assert_eq!(unmet(&[STATE], 1), ["piscine", "vladivostok"]);
    assert_eq!(unmet(&[TOWN], 99), ["piscine", "vladivostok"]);
}

#[test]
fn confidence_is_high_for_what_the_town_answers_and_low_for_what_it_does_not() {
    let index = index_of(&town());
    let sure = ask(&index, "inscription à la cantine").hits[0].confidence;
    let unsure = ask(&index, "Qui a inscrit le but de la finale de 1998 ?")
        .hits
        .first()
        .map_or(0.0, |hit| hit.confidence);
    assert!(sure > 0.5 && unsure < 0.5, "{sure} {unsure}");
}

#[test]
fn a_page_for_civil_servants_comes_after_its_twin_unless_the_question_names_them() {
    let body = "Le congé de maternité dure seize semaines pour un premier enfant.";
    let index = index_of(
        &[
            entry(1, TOWN, "Congé maternité dans la fonction publique", &[body]),
            entry(
                2,
                TOWN,
                "Congé maternité d'une salariée du secteur privé",
                &[body],
            ),
        ]
        .map(Change::Put),
    );
    assert_eq!(first(&index, "congé maternité"), Some(2));
    assert_eq!(first(&index, "congé maternité fonctionnaire"), Some(1));
}

#[test]
fn among_pages_that_hold_the_same_words_the_one_that_means_the_same_comes_first() {
    let entries = [
        entry(
            1,
            TOWN,
            "",
            &["Une aide est versée pour la formation des apprentis du mariage."],
        ),
        entry(
            2,
            TOWN,
            "",
            &["Une aide est versée pour la formation des demandeurs d'emploi."],
        ),
    ];
    let index = index_of(&entries.map(Change::Put));
    assert_eq!(first(&index, "aide chômeur"), Some(2));
}

#[test]
fn what_only_the_towns_pages_call_by_a_name_means_what_they_say_of_it() {
    let mut changes = town();
    let named = ["Le Zorglub a un bassin de natation et des cours d'aquagym pour les baigneurs."];
    changes.push(Change::Put(entry(7, TOWN, "Le Zorglub", &named)));
    let index = index_of(&changes);
    let found: Vec<i64> = ask(&index, "zorglub")
        .hits
        .iter()
        .map(|hit| hit.document.0)
        .collect();
    assert_eq!(
        found[..2],
        [7, 1],
        "the page on the pool does not hold the name, and is found by its meaning"
    );
    let hits = ask(&index, "zorglub").hits;
    assert!(
        hits[1].confidence < 0.1,
        "what is found by meaning alone is no sure answer"
    );
}

#[test]
fn words_of_doing_make_no_page_a_sure_answer() {
    let mut changes = town();
    let place = ["Pour obtenir une place, demandez un formulaire au gardien."];
    changes.push(Change::Put(entry(7, TOWN, "Jardins familiaux", &place)));
    let index = index_of(&changes);
    let confidence = |question: &str| ask(&index, question).hits[0].confidence;
    assert!(confidence("obtenir un caveau") < confidence("formulaire caveau"));
}

#[test]
fn no_hit_comes_from_a_collection_that_was_not_asked() {
    let index = index_of(&town());
    let hits = index
        .search(&Query::new("mairie carte d'identité inscription"), &[TOWN], 10)
        .unwrap()
        .hits;
    assert_eq!(hits.iter().map(|hit| hit.document.0).collect::<Vec<_>>(), [4]);
    assert!(
        index
            .search(&Query::new("piscine"), &[], 10)
            .unwrap()
            .hits
            .is_empty()
    );
}

#[test]
fn a_removed_document_is_found_no_more() {
    let index = index_of(&town());
    index
        .apply(&[Change::Remove(DocumentId(1))], Sequence(2))
        .unwrap();
    assert_eq!(first(&index, "bonnet de bain piscine"), None);
    assert_eq!((index.len(), index.last_sequence()), (5, Sequence(2)));
}

#[test]
fn a_new_revision_takes_the_place_of_the_former_one() {
    let index = index_of(&town());
    let mut revised = entry(
        1,
        TOWN,
        "Piscine municipale",
        &["La piscine est fermée pour travaux."],
    );
    revised.revision = RevisionId(11);
    index.apply(&[Change::Put(revised)], Sequence(2)).unwrap();
    let hits = ask(&index, "piscine").hits;
    assert_eq!(hits.iter().map(|hit| hit.revision.0).collect::<Vec<_>>(), [11]);
    assert_eq!(first(&index, "bonnet"), None);
}

#[test]
fn applying_the_same_changes_again_changes_nothing() {
    let index = index_of(&town());
    let before = ask(&index, "inscription en mairie");
    index.apply(&town(), Sequence(1)).unwrap();
    let after = ask(&index, "inscription en mairie");
    let ids = |ranking: &Ranking| ranking.hits.iter().map(|hit| hit.revision).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!((index.len(), index.last_sequence()), (6, Sequence(1)));
}

#[test]
fn an_index_opened_again_ranks_as_before_and_knows_where_to_catch_up() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path()).unwrap();
    index.apply(&town(), Sequence(41)).unwrap();
    index
        .apply(&[Change::Remove(DocumentId(2))], Sequence(42))
        .unwrap();
    let before = ask(&index, "inscription en mairie");
    drop(index);
    let index = ready(Index::open(dir.path()).unwrap());
    assert_eq!(ask(&index, "inscription en mairie"), before);
    assert_eq!((index.len(), index.last_sequence()), (5, Sequence(42)));
    index
        .apply(&[Change::Remove(DocumentId(4))], Sequence(43))
        .unwrap();
    assert_eq!(index.last_sequence(), Sequence(43));
}

#[test]
fn many_small_publications_leave_an_index_that_still_finds_each_document_and_its_passages() {
    let index = Index::in_memory().unwrap();
    for number in 0..40 {
        let word = format!(
            "{}bus",
            char::from(b'a' + number as u8 % 26)
                .to_string()
                .repeat(4 + number as usize / 26)
        );
        let bodies = ["Une ligne.", &format!("Le {word} passe.")];
        index
            .apply(
                &[Change::Put(entry(number, TOWN, "Ligne", &bodies))],
                Sequence(number),
            )
            .unwrap();
        if number % 3 == 0 {
            index
                .apply(&[Change::Remove(DocumentId(number))], Sequence(number))
                .unwrap();
        }
    }
    for number in 0..40 {
        let word = format!(
            "{}bus",
            char::from(b'a' + number as u8 % 26)
                .to_string()
                .repeat(4 + number as usize / 26)
        );
        let hits = ask(&index, &format!("ligne {word}")).hits;
        if number % 3 == 0 {
            assert!(hits.iter().all(|hit| hit.document.0 != number));
        } else {
            assert_eq!(
                (hits[0].document.0, hits[0].passages[0].ordinal),
                (number, 1),
                "{word}"
            );
        }
    }
}

#[test]
fn searches_go_on_while_changes_are_applied_and_see_either_state() {
    let index = index_of(&town());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            let mut searches = 0;
            while !done.load(Ordering::Relaxed) || searches == 0 {
                assert_eq!(first(&index, "piscine municipale"), Some(1));
                searches += 1;
            }
            searches
        });
        for turn in 0..20 {
            let change = Change::Put(entry(1, TOWN, "Piscine municipale", &["La piscine ouvre."]));
            index
                .apply(&[change, Change::Remove(DocumentId(2))], Sequence(turn + 2))
                .unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(searching.join().unwrap() > 0);
    });
}

#[test]
fn an_absent_an_old_and_a_damaged_index_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Index::open(&dir.path().join("none")).unwrap(),
        Opened::Missing
    ));
    assert!(matches!(Index::open(dir.path()).unwrap(), Opened::Missing));
    let index = Index::create(dir.path()).unwrap();
    index.apply(&town(), Sequence(1)).unwrap();
    drop(index);
    let damaged = largest_file(dir.path());
    let intact = std::fs::read(&damaged).unwrap();
    let mut bytes = intact.clone();
    bytes[10] ^= 0xff;
    std::fs::write(&damaged, bytes).unwrap();
    assert!(matches!(Index::open(dir.path()).unwrap(), Opened::Damaged { .. }));
    std::fs::write(&damaged, intact).unwrap();
    std::fs::write(dir.path().join("format"), "parvis-retrieval/0 analysis/1").unwrap();
    match Index::open(dir.path()).unwrap() {
        Opened::OtherFormat { found } => assert_eq!(found, "parvis-retrieval/0 analysis/1"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_index_of_another_analysis_answers_and_says_that_it_is_outdated() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path()).unwrap();
    index.apply(&town(), Sequence(1)).unwrap();
    assert!(!index.is_outdated());
    drop(index);
    assert!(!ready(Index::open(dir.path()).unwrap()).is_outdated());
    let format = dir.path().join("format");
    let today = std::fs::read_to_string(&format).unwrap();
    let layout = today.split(' ').next().unwrap();
    for earlier in [format!("{layout} analysis/0"), layout.to_owned()] {
        std::fs::write(&format, &earlier).unwrap();
        let index = ready(Index::open(dir.path()).unwrap());
        assert!(index.is_outdated(), "{earlier}");
        assert_eq!(first(&index, "bonnet de bain"), Some(1), "{earlier}");
    }
}

#[test]
fn an_index_whose_fields_are_others_is_of_another_format_whatever_it_names() {
    let dir = tempfile::tempdir().unwrap();
    drop(Index::create(&dir.path().join("today")).unwrap());
    let today = std::fs::read(dir.path().join("today/format")).unwrap();
    let foreign = dir.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_i64_field("document", tantivy::schema::INDEXED);
    tantivy::Index::create_in_dir(&foreign, schema.build()).unwrap();
    std::fs::write(foreign.join("format"), today).unwrap();
    assert!(matches!(
        Index::open(&foreign).unwrap(),
        Opened::OtherFormat { .. }
    ));
}

#[test]
fn whatever_file_is_damaged_the_index_is_refused_or_ranks_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path()).unwrap();
    index.apply(&town()[..3], Sequence(1)).unwrap();
    index.apply(&town()[3..], Sequence(2)).unwrap();
    let before = ask(&index, "inscription en mairie");
    drop(index);
    let files: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    let mut refused = 0;
    for file in &files {
        let intact = std::fs::read(file).unwrap();
        for damage in damages(&intact) {
            match &damage {
                Some(bytes) => std::fs::write(file, bytes).unwrap(),
                None => std::fs::remove_file(file).unwrap(),
            }
            match Index::open(dir.path()).unwrap() {
                Opened::Ready(index) => {
                    assert_eq!(ask(&index, "inscription en mairie"), before, "{}", file.display());
                }
                Opened::Damaged { .. } | Opened::OtherFormat { .. } => refused += 1,
                Opened::Missing => panic!("{} is taken for nothing", file.display()),
            }
            std::fs::write(file, &intact).unwrap();
        }
    }
    assert!(refused > files.len(), "{refused} of {} files", files.len());
}

/// What can become of a file: cut in half, emptied, a byte changed here and there, removed.
fn damages(intact: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut damages = vec![None, Some(Vec::new()), Some(intact[..intact.len() / 2].to_vec())];
    for eighth in 0..=8 {
        let mut bytes = intact.to_vec();
        if let Some(byte) = bytes.get_mut((intact.len() * eighth / 8).saturating_sub(1)) {
            *byte ^= 0x55;
            damages.push(Some(bytes));
        }
    }
    damages
}

fn largest_file(dir: &Path) -> std::path::PathBuf {
    let files = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files
        .filter(|file| file.extension().is_some())
        .max_by_key(|file| file.metadata().unwrap().len())
        .unwrap()
}

#[test]
fn a_generation_answers_until_the_next_one_is_promoted() {
    let dir = tempfile::tempdir().unwrap();
    let generations = Generations::new(dir.path().join("site"));
    assert!(matches!(generations.open_newest().unwrap(), Opened::Missing));
    let next = generations.start_next().unwrap();
    next.index().apply(&town(), Sequence(1)).unwrap();
    let answering = next.promote().unwrap();
    let unfinished = generations.start_next().unwrap();
    unfinished.index().apply(&[], Sequence(9)).unwrap();
    drop(unfinished);
    drop(answering);
    let answering = ready(generations.open_newest().unwrap());
    assert_eq!(answering.last_sequence(), Sequence(1));
    let next = generations.start_next().unwrap();
    next.index().apply(&town(), Sequence(2)).unwrap();
    let newest = next.promote().unwrap();
    assert_eq!(
        first(&answering, "piscine"),
        Some(1),
        "the former one answers while it is held"
    );
    drop((answering, newest));
    assert_eq!(
        ready(generations.open_newest().unwrap()).last_sequence(),
        Sequence(2)
    );
    assert_eq!(std::fs::read_dir(dir.path().join("site")).unwrap().count(), 1);
}

#[test]
fn what_a_killed_build_left_is_never_opened_and_is_removed_before_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let generations = Generations::new(dir.path());
    let next = generations.start_next().unwrap();
    next.index().apply(&town(), Sequence(1)).unwrap();
    drop(next.promote().unwrap());
    let killed = generations.start_next().unwrap();
    killed.index().apply(&town()[..2], Sequence(2)).unwrap();
    drop(killed);
    let answering = ready(generations.open_newest().unwrap());
    assert_eq!(answering.last_sequence(), Sequence(1));
    let next = generations.start_next().unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    assert_eq!(next.index().last_sequence(), Sequence(0));
    assert_eq!(first(&answering, "piscine"), Some(1));
}

#[test]
fn a_discarded_generation_takes_no_room_and_the_former_one_stays() {
    let dir = tempfile::tempdir().unwrap();
    let generations = Generations::new(dir.path());
    drop(generations.start_next().unwrap().promote().unwrap());
    let next = generations.start_next().unwrap();
    next.index().apply(&town(), Sequence(1)).unwrap();
    next.discard().unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    assert!(ready(generations.open_newest().unwrap()).is_empty());
}

#[test]
fn another_process_always_finds_an_index_while_generations_follow_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let generations = Generations::new(dir.path());
    let promote = || drop(generations.start_next().unwrap().promote().unwrap());
    promote();
    let done = AtomicBool::new(false);
    let other = Generations::new(dir.path());
    std::thread::scope(|scope| {
        let opening = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                ready(other.open_newest().unwrap());
            }
        });
        for _ in 0..60 {
            promote();
        }
        done.store(true, Ordering::Relaxed);
        opening.join().unwrap();
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_can_be_published_and_any_question_asked(texts in prop::collection::vec("\\PC{0,60}", 1..4), question in "\\PC{0,80}") {
        let bodies: Vec<&str> = texts.iter().map(String::as_str).collect();
        let index = index_of(&[Change::Put(entry(1, TOWN, bodies[0], &bodies))]);
        let ranking = ask(&index, &question);
        for hit in &ranking.hits {
            prop_assert!((0.0..=1.0).contains(&hit.confidence) && hit.score.is_finite());
            prop_assert!(hit.passages.iter().all(|passage| (passage.ordinal as usize) < bodies.len()));
        }
        index.apply(&[Change::Remove(DocumentId(1))], Sequence(2)).unwrap();
        prop_assert!(ask(&index, &question).hits.is_empty());
    }

    #[test]
    fn a_question_made_of_the_texts_words_is_never_corrected(words in prop::collection::vec("[a-zéèà]{3,12}", 1..12)) {
        let body = words.join(" ");
        let index = index_of(&[Change::Put(entry(1, TOWN, "", &[&body]))]);
        prop_assert_eq!(ask(&index, &body).correction, None);
    }
}
