//! A model's second opinion on search: it may choose another page, and nothing else.

use crate::support::{Installation, Server, assert_success};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;

const BICYCLE: &str = "Y a-t-il une aide pour acheter un vélo électrique neuf ?";
/// The title of what search ranks first for it, and of what the models of these tests prefer.
const FIRST: &str = "Vélo électrique neuf";
const PREFERRED: &str = "Garer un vélo électrique neuf";

const PAGES: [(&str, &str, &str); 5] = [
    (
        "acheter",
        FIRST,
        "L’aide de Moulin pour acheter un vélo électrique neuf est de 100 € par foyer.",
    ),
    (
        "garer",
        PREFERRED,
        "Une aide est donnée pour acheter un vélo électrique neuf, ou pour le garer à la gare.",
    ),
    (
        "louer",
        "Location de vélo",
        "Les étudiants louent un vélo au mois.",
    ),
    (
        "apprendre",
        "École du vélo",
        "Les adultes apprennent le vélo le samedi.",
    ),
    (
        "carte",
        "Pistes de vélo",
        "La carte des pistes de vélo est à la mairie.",
    ),
];

const WORKSHOP: &str = "---\nid: atelier\nkind: place\ntitle: Atelier du vélo\nplace:\n  address: 1 rue du Lavoir\n  \
                        opening_hours: \"Mo-Sa 09:00-12:00\"\n---\n# Atelier du vélo\n\nOn répare un vélo à l’atelier.\n";

/// Where the model's time is not the subject.
const PATIENT: &str = "milliseconds = 60000";

type Behave = Arc<dyn Fn(&str, &Value) -> Option<String> + Send + Sync>;

/// A server of ours that scores passages and embeds texts; where it has nothing to say, it says nothing for ever.
struct ScoringServer {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Value>>>,
    _runtime: Runtime,
}

#[derive(Clone)]
struct Shared {
    behave: Behave,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl ScoringServer {
    fn start(behave: impl Fn(&str, &Value) -> Option<String> + Send + Sync + 'static) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let shared = Shared {
            behave: Arc::new(behave),
            requests: Arc::clone(&requests),
        };
        let router = axum::Router::new()
            .route("/v1/{path}", axum::routing::post(answer))
            .with_state(shared);
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            requests,
            _runtime: runtime,
        }
    }

    fn settings(&self, kind: &str, more: &str) -> String {
        let address = self.address;
        format!("[second_opinion]\n{kind} = \"http://{address}/v1\"\nname = \"tiny\"\n{more}\n")
    }

    fn requests(&self) -> Vec<Value> {
        self.requests.lock().unwrap().clone()
    }
}

async fn answer(
    State(shared): State<Shared>,
    axum::extract::Path(path): axum::extract::Path<String>,
    Json(request): Json<Value>,
) -> Response {
    shared.requests.lock().unwrap().push(request.clone());
    match (shared.behave)(&path, &request) {
        Some(body) => ([("content-type", "application/json")], body).into_response(),
        None => std::future::pending().await,
    }
}

fn texts<'v>(request: &'v Value, field: &str) -> Vec<&'v str> {
    let texts = request[field].as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap()).collect()
}

/// Scores of a re-ranker that prefers one page, and likes the one that search ranks first least of all.
fn preferring(path: &str, request: &Value) -> Option<String> {
    assert_eq!(path, "rerank");
    let score = |text: &str| match text {
        text if text.starts_with(PREFERRED) => 9.0,
        text if text.starts_with(FIRST) => -9.0,
        _ => 0.0,
    };
    let documents = texts(request, "documents");
    let result = |(index, text): (usize, &&str)| json!({ "index": index, "relevance_score": score(text) });
    let results: Vec<_> = documents.iter().enumerate().map(result).collect();
    Some(json!({ "results": results }).to_string())
}

/// Vectors of an embedding model with the same preferences.
fn embedding(path: &str, request: &Value) -> Option<String> {
    assert_eq!(path, "embeddings");
    let vector = |text: &str| match text {
        text if text.starts_with(PREFERRED) || text == BICYCLE => [1.0, 0.0],
        text if text.starts_with(FIRST) => [-1.0, 0.0],
        _ => [0.0, 1.0],
    };
    let input = texts(request, "input");
    let one = |(index, text): (usize, &&str)| json!({ "index": index, "embedding": vector(text) });
    let data: Vec<_> = input.iter().enumerate().map(one).collect();
    Some(json!({ "data": data }).to_string())
}

/// The town with five pages on bicycles, and a place.
fn town(settings: &str) -> Installation {
    let installation = Installation::new(settings);
    let content = installation.path("bicycles");
    std::fs::create_dir(&content).unwrap();
    for (id, title, text) in PAGES {
        let page = format!("---\nid: {id}\ntitle: {title}\n---\n# {title}\n\n{text}\n");
        std::fs::write(content.join(format!("{id}.md")), page).unwrap();
    }
    std::fs::write(content.join("atelier.md"), WORKSHOP).unwrap();
    let mut import = installation.command();
    import.args(["import", "--site", "moulin", "--as", "Ana", "--trusted-by", "Bob"]);
    assert_success(&import.arg(&content).output().unwrap());
    installation
}

fn ask(server: &Server, question: &str) -> Value {
    server
        .ask(&json!({ "site": "moulin", "question": question }))
        .send()
        .json()
}

/// The page that an answer quotes first.
fn quoted(answer: &Value) -> String {
    let statements = answer["statements"].as_array().unwrap().iter();
    let mut quoted = statements.filter(|statement| statement["kind"] == "quoted");
    let document = &quoted.next().unwrap()["sources"][0]["document"];
    document.as_str().unwrap().to_owned()
}

fn confidence(answer: &Value) -> f64 {
    answer["confidence"].as_f64().unwrap()
}

#[test]
fn a_re_ranker_may_choose_another_page_and_its_death_leaves_that_of_search() {
    let model = ScoringServer::start(preferring);
    let server = town(&model.settings("reranker", PATIENT)).serve();
    let with = ask(&server, BICYCLE);
    assert_eq!(quoted(&with), "garer");
    let metrics = server.get("/metrics").text();
    for line in ["asked\"} 1", "given\"} 1", "followed\"} 1"] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    drop(model);
    let without = ask(&server, BICYCLE);
    assert_eq!(quoted(&without), "acheter");
    assert!(confidence(&with) <= confidence(&without), "{with} {without}");
    let metrics = server.get("/metrics").text();
    assert!(
        metrics.contains("asked\"} 2") && metrics.contains("given\"} 1"),
        "{metrics}"
    );
    assert!(
        server.log().contains("no second opinion on search"),
        "{}",
        server.log()
    );
    assert!(!server.log().contains("vélo"), "{}", server.log());
}

#[test]
fn it_is_shown_titles_and_passages_and_the_question_without_personal_data() {
    let model = ScoringServer::start(preferring);
    let server = town(&model.settings("reranker", PATIENT)).serve();
    ask(&server, &format!("{BICYCLE} Mon numéro est le 06 12 34 56 78"));
    let requests = model.requests();
    assert_eq!(requests.len(), 1);
    let query = requests[0]["query"].as_str().unwrap();
    assert!(query.contains("vélo") && !query.contains("34 56"), "{query}");
    let documents = texts(&requests[0], "documents");
    assert!(
        documents.contains(&format!("{FIRST}\n{}", PAGES[0].2).as_str()),
        "{documents:?}"
    );
}

#[test]
fn whatever_a_re_ranker_does_the_page_of_search_stands() {
    let count = |request: &Value| texts(request, "documents").len();
    let scores = |count: usize, score: &str| {
        let result = |index: usize| format!("{{\"index\":{index},\"relevance_score\":{score}}}");
        let results: Vec<_> = (0..count).map(result).collect();
        format!("{{\"results\":[{}]}}", results.join(","))
    };
    let behaviours: [Behave; 7] = [
        Arc::new(|_, _| None),
        Arc::new(|_, _| Some("<html>".to_owned())),
        Arc::new(|_, _| Some("{\"results\":[]}".to_owned())),
        Arc::new(move |_, request| Some(scores(count(request) - 1, "9"))),
        Arc::new(move |_, request| Some(scores(count(request) + 1, "9"))),
        Arc::new(move |_, request| Some(scores(count(request), "NaN"))),
        // Of one mind about all of them.
        Arc::new(move |_, request| Some(scores(count(request), "0.5"))),
    ];
    for behave in behaviours {
        let model = ScoringServer::start(move |path, request| behave(path, request));
        let server = town(&model.settings("reranker", "milliseconds = 300")).serve();
        assert_eq!(quoted(&ask(&server, BICYCLE)), "acheter");
        assert_eq!(model.requests().len(), 1);
    }
}

#[test]
fn who_is_refused_greeted_or_told_a_fact_waits_for_no_model() {
    let model = ScoringServer::start(|_, _| None);
    let server = town(&model.settings("reranker", "milliseconds = 600000")).serve();
    for (question, verdict) in [
        ("Bonjour", "answered"),
        ("Mon père ne respire plus", "emergency"),
        ("Quel temps fera-t-il demain ?", "unknown"),
        ("À quelle heure ouvre l’atelier du vélo ?", "answered"),
        ("Comment élever des autruches en Patagonie ?", "unknown"),
    ] {
        assert_eq!(ask(&server, question)["verdict"], verdict, "{question}");
    }
    assert_eq!(model.requests(), [json!(null); 0]);
}

#[test]
fn a_name_that_the_preferred_page_does_not_hold_keeps_it_from_answering() {
    let model = ScoringServer::start(preferring);
    let server = town(&model.settings("reranker", PATIENT)).serve();
    // Search's first page holds the name; the other one, sure as it is, does not.
    let answer = ask(
        &server,
        "Y a-t-il une aide donnée par Moulin pour acheter un vélo électrique neuf ?",
    );
    assert_eq!(quoted(&answer), "acheter");
    assert_eq!(model.requests().len(), 1);
}

#[test]
fn a_page_that_search_is_far_surer_of_stays() {
    let model = ScoringServer::start(preferring);
    let server = town(&model.settings("reranker", PATIENT)).serve();
    let answer = ask(
        &server,
        "Combien d’euros d’aide par foyer pour acheter un vélo électrique neuf ?",
    );
    assert_eq!(quoted(&answer), "acheter");
    assert_eq!(model.requests().len(), 1);
}

#[test]
fn an_embedding_model_is_shown_each_passage_once_even_where_it_was_late_for_some() {
    let asked = AtomicUsize::new(0);
    let model = ScoringServer::start(move |path, request| {
        // The question, then a passage, then another one: late at first.
        match asked.fetch_add(1, Ordering::SeqCst) {
            2 => None,
            _ => embedding(path, request),
        }
    });
    let server = town(&model.settings("embeddings", "milliseconds = 3000")).serve();
    assert_eq!(quoted(&ask(&server, BICYCLE)), "acheter");
    assert_eq!(quoted(&ask(&server, BICYCLE)), "garer");
    assert_eq!(quoted(&ask(&server, BICYCLE)), "garer");
    let requests = model.requests();
    let mut passages: Vec<_> = requests
        .iter()
        .flat_map(|request| texts(request, "input"))
        .collect();
    let late = passages.remove(2);
    let asked = passages.iter().filter(|text| **text == BICYCLE).count();
    assert_eq!(
        (asked, passages.last()),
        (3, Some(&BICYCLE)),
        "nothing but the question at last"
    );
    passages.retain(|text| *text != BICYCLE);
    assert!(passages.contains(&late));
    let all = passages.len();
    passages.sort_unstable();
    passages.dedup();
    assert_eq!(passages.len(), all);
}

#[cfg(feature = "llama")]
#[test]
fn a_models_file_gives_it_in_this_process() {
    let folder = tempfile::tempdir().unwrap();
    let peers = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../generation/tests/peers");
    for kind in ["embeddings", "reranker"] {
        let file = folder.path().join(kind);
        let mut writing = std::process::Command::new(peers.join(".venv/bin/python"));
        let written = writing
            .arg(peers.join("tiny_bert.py"))
            .arg(&file)
            .arg(kind)
            .status();
        assert!(
            written
                .expect("cargo xtask test installs what it needs")
                .success()
        );
        let file = file.display();
        let server = town(&format!("[second_opinion]\n{kind} = \"{file}\"\n{PATIENT}\n")).serve();
        assert_eq!(ask(&server, BICYCLE)["verdict"], "answered");
        let metrics = server.get("/metrics").text();
        assert!(metrics.contains("given\"} 1"), "{metrics}");
    }
}

#[test]
fn an_exam_is_held_with_it_and_says_what_became_of_it() {
    let model = ScoringServer::start(preferring);
    let marks = |settings: &str, more: &[&str]| {
        let installation = town(settings);
        let questions = installation.path("questions.jsonl");
        let row = json!({ "qid": "a", "query": BICYCLE, "gold": ["garer"] });
        std::fs::write(&questions, format!("{row}\n")).unwrap();
        let mut exam = installation.command();
        exam.args(["exam", "--site", "moulin", "--json", "--questions"])
            .arg(&questions)
            .args(more);
        let output = exam.output().unwrap();
        assert_success(&output);
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let settings = model.settings("reranker", PATIENT);
    let (with, without) = (marks(&settings, &[]), marks("", &[]));
    assert_eq!(
        marks(&settings, &["--without", "second-opinion"])["R@1"],
        without["R@1"]
    );
    assert_eq!((&with["R@1"], &without["R@1"]), (&json!(1.0), &json!(0.0)));
    assert_eq!(
        with["second_opinions"],
        json!({ "asked": 1, "given": 1, "followed": 1 })
    );
    assert_eq!(without["second_opinions"], Value::Null);
}

#[test]
fn settings_that_make_no_sense_are_refused_with_what_to_do() {
    for (settings, wanted) in [
        (
            "reranker = \"a.gguf\"\nembeddings = \"b.gguf\"",
            "take one of them",
        ),
        ("reranker = \"http://127.0.0.1:1/v1\"", "second_opinion.name"),
        (
            "embeddings = \"http://a:b@127.0.0.1:1/v1\"\nname = \"x\"",
            "second_opinion.key_env",
        ),
        ("milliseconds = 0", "at least 1"),
    ] {
        let installation = Installation::new(&format!("[second_opinion]\n{settings}\n"));
        let refused = installation.command().args(["serve"]).output().unwrap();
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(!refused.status.success() && said.contains(wanted), "{said}");
    }
}
