//! Models that give numbers, in this process, against llama.cpp's own server and against the mathematics by numpy.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

mod peers;

use generation::{
    Embedder, Failed, NotLoaded, Reranker, ScoringFile, ScoringKind, ScoringModel, ScoringServer, Vector,
};
use peers::{LlamaServer, python, script, written};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::time::Instant;

/// As far as two computations of one cosine, or of one score, may lie apart.
const APART: f32 = 1e-3;

const TEXTS: [&str; 6] = [
    "The swimming pool opens at 9.",
    "The market is on saturday morning; it is held indoors in winter.",
    "A library card is free.",
    "où est la mairie ?",
    "9",
    "A text that is much longer than the others, so that it is seen whether each of them is read whole, from its first \
     letter to the last one, and by nobody but itself: (x - y).",
];

fn texts() -> Vec<String> {
    TEXTS.map(str::to_owned).to_vec()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

fn file(path: &Path, kind: ScoringKind) -> ScoringFile {
    ScoringFile {
        path: path.to_owned(),
        kind,
        threads: Some(1),
        gpu_layers: 0,
    }
}

fn load(path: &Path, kind: ScoringKind) -> ScoringModel {
    ScoringModel::load(&file(path, kind)).unwrap()
}

fn embedder(path: &Path) -> Embedder {
    Embedder::InProcess(load(path, ScoringKind::Embeddings))
}

fn tiny(folder: &Path, kind: &str) -> PathBuf {
    written("tiny_bert.py", &folder.join(format!("{kind}.gguf")), &[kind])
}

/// The cosine of each with each.
fn cosines(vectors: &[Vector]) -> Vec<f32> {
    let each = |a: &Vector| vectors.iter().map(|b| a.cosine(b).unwrap()).collect::<Vec<_>>();
    vectors.iter().flat_map(each).collect()
}

fn assert_same(ours: &[f32], theirs: &[f32]) {
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < APART, "{ours} {theirs}");
    }
}

#[tokio::test]
async fn vectors_are_those_of_llama_cpps_own_server() {
    let folder = tempfile::tempdir().unwrap();
    let model = tiny(folder.path(), "embeddings");
    let llama = LlamaServer::start(&model, "embeddings");
    let server = Embedder::Server(ScoringServer::new(llama.endpoint()).unwrap());
    let theirs = server.vectors(&texts(), soon()).await.unwrap();
    let ours = embedder(&model).vectors(&texts(), soon()).await.unwrap();
    let same: Vec<_> = ours
        .iter()
        .zip(&theirs)
        .map(|(a, b)| a.cosine(b).unwrap())
        .collect();
    assert_same(&same, &[1.0; TEXTS.len()]);
    assert_same(&cosines(&ours), &cosines(&theirs));
    assert!(
        cosines(&ours).iter().any(|cosine| *cosine < 0.9),
        "they tell texts apart"
    );
}

#[tokio::test]
async fn scores_are_those_of_llama_cpps_own_server_with_and_without_a_template() {
    for kind in ["reranker", "templated-reranker"] {
        let folder = tempfile::tempdir().unwrap();
        let model = tiny(folder.path(), kind);
        let llama = LlamaServer::start(&model, "reranker");
        let server = Reranker::Server(ScoringServer::new(llama.endpoint()).unwrap());
        let reranker = Reranker::InProcess(load(&model, ScoringKind::Reranker));
        for question in ["When does the pool open?", "x"] {
            let theirs = server.scores(question, &texts(), soon()).await.unwrap();
            let ours = reranker.scores(question, &texts(), soon()).await.unwrap();
            let differ = theirs.iter().any(|score| (score - theirs[0]).abs() > 0.1);
            assert!(differ, "they tell passages apart: {theirs:?}");
            assert_same(&ours, &theirs);
        }
    }
}

#[tokio::test]
async fn minilm_gives_the_cosines_that_its_mathematics_gives() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("minilm.gguf");
    let sentences = [
        "The library card is free.",
        "How much does a library card cost?",
        "Children under twelve swim for half the price.",
        "The swimming pool is closed on public holidays.",
        "When does the pool open on Sundays?",
        "You need a passport photo, less than six months old.",
        "Which documents do I need to renew my identity card?",
        "The street market's stalls are set up before 7:30 a.m.",
        "La mairie est ouverte du lundi au vendredi, de 8 h 30 à 17 h.",
        "Waste is collected on Tuesdays & Fridays; glass isn't.",
    ];
    let mut reference = Command::new(python());
    reference.arg(script("minilm.py")).arg(&model);
    let mut reference = reference
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    reference
        .stdin
        .take()
        .unwrap()
        .write_all(sentences.join("\n").as_bytes())
        .unwrap();
    let output = reference.wait_with_output().unwrap();
    assert!(output.status.success(), "cargo xtask test installs what it needs");
    let theirs: Vec<Vec<f32>> = serde_json::from_slice(&output.stdout).unwrap();
    let each = |a: &Vec<f32>| {
        let with = |b: &Vec<f32>| a.iter().zip(b).map(|(a, b)| a * b).sum();
        theirs.iter().map(with).collect::<Vec<f32>>()
    };
    let theirs: Vec<f32> = theirs.iter().flat_map(each).collect();
    let sentences = sentences.map(str::to_owned);
    let ours = embedder(&model).vectors(&sentences, soon()).await.unwrap();
    assert_same(&cosines(&ours), &theirs);
    let near = |a: usize, b: usize| ours[a].cosine(&ours[b]).unwrap();
    assert!(near(0, 1) > near(0, 4) && near(3, 4) > near(3, 6) && near(5, 6) > near(5, 2));
}

#[tokio::test]
async fn a_text_that_is_too_long_is_read_up_to_its_room_and_those_after_it_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let embedder = embedder(&tiny(folder.path(), "embeddings"));
    let alone = embedder.vectors(&texts()[..1], soon()).await.unwrap();
    let long = ["mot ".repeat(2_000), texts()[0].clone(), String::new()];
    let vectors = embedder.vectors(&long, soon()).await.unwrap();
    assert!(vectors[1].cosine(&alone[0]).unwrap() > 1.0 - APART);
    let reranker = Reranker::InProcess(load(&tiny(folder.path(), "reranker"), ScoringKind::Reranker));
    let question = "mot ".repeat(2_000);
    let scores = reranker.scores(&question, &long, soon()).await.unwrap();
    assert_eq!(scores.len(), 3);
}

#[tokio::test]
async fn who_cannot_wait_is_told_so_and_the_next_one_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let embedder = embedder(&tiny(folder.path(), "embeddings"));
    let late = embedder.vectors(&texts(), Instant::now()).await;
    assert!(matches!(late, Err(Failed::TooSlow { .. })), "{late:?}");
    let texts = texts();
    let (first, second) = tokio::join!(
        embedder.vectors(&texts[..1], soon()),
        embedder.vectors(&texts[1..2], soon())
    );
    let whole = embedder.vectors(&texts[..2], soon()).await.unwrap();
    assert_eq!(whole, [first.unwrap(), second.unwrap()].concat());
}

#[test]
fn a_file_of_another_kind_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let [embeddings, reranker] = ["embeddings", "reranker"].map(|kind| tiny(folder.path(), kind));
    let words = written("tiny_model.py", &folder.path().join("words.gguf"), &[]);
    for (path, kind) in [
        (&embeddings, ScoringKind::Reranker),
        (&reranker, ScoringKind::Embeddings),
        (&words, ScoringKind::Embeddings),
        (&words, ScoringKind::Reranker),
    ] {
        let refused = ScoringModel::load(&file(path, kind)).unwrap_err();
        assert!(matches!(refused, NotLoaded::OtherKind { .. }), "{refused}");
    }
    let missing = ScoringModel::load(&file(&folder.path().join("none"), ScoringKind::Reranker)).unwrap_err();
    assert!(matches!(missing, NotLoaded::Unreadable { .. }), "{missing}");
}
