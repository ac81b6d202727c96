//! Extracts in the resident's language: shown beneath the French ones, with their facts and no others.

use crate::model::{Behaviour, ModelServer};
use crate::support::{Installation, Server, assert_success};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const CARD: &str = "Is the library card free?";
const EXTRACT: &str = "La carte de bibliothèque est gratuite pour tous les habitants de Moulin. Elle permet d’emprunter \
                       dix livres pendant trois semaines.";
const TRANSLATION: &str =
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 weeks.";
const BACK: &str = "La carte de bibliothèque est gratuite pour tous les habitants de Moulin. Elle permet d’emprunter 10 \
                    livres pendant 3 semaines.";

fn translator(
    translation: impl Fn() -> &'static str + Send + Sync + 'static,
    back: &'static str,
) -> ModelServer {
    ModelServer::start(Behaviour::Says(Arc::new(move |material| {
        let is_forward = material.starts_with("Langue : English (en)\nTexte : ");
        if is_forward { translation() } else { back }.to_owned()
    })))
}

fn town(model: &ModelServer) -> Server {
    Installation::new(&format!("{}translations = true\n", model.settings())).serve()
}

fn statements(server: &Server, question: &str) -> Vec<Value> {
    let asked = server.ask(&json!({ "site": "moulin", "question": question, "language": "en" }));
    let events = asked.header("Accept", "text/event-stream").send().events();
    assert_eq!(events.last().unwrap().0, "verdict");
    let statements = events.into_iter().filter(|(name, _)| name == "statement");
    statements.map(|(_, statement)| statement).collect()
}

fn translated(statements: &[Value]) -> Vec<String> {
    let translated = statements
        .iter()
        .filter(|statement| statement["kind"] == "translated");
    translated
        .map(|statement| statement["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_true_translation_stands_beneath_the_french_extract_and_is_said_to_be_a_machines() {
    let model = translator(|| TRANSLATION, BACK);
    let server = town(&model);
    let said = statements(&server, CARD);
    let kinds: Vec<&str> = said
        .iter()
        .map(|statement| statement["kind"].as_str().unwrap())
        .collect();
    let at = kinds.iter().position(|kind| *kind == "translated").unwrap();
    assert!(kinds[..at].contains(&"quoted"), "{kinds:?}");
    assert!(
        said[at - 1]["text"]
            .as_str()
            .unwrap()
            .starts_with("Machine translation")
    );
    assert_eq!(
        (said[at]["text"].as_str(), said[at]["language"].as_str()),
        (Some(TRANSLATION), Some("en"))
    );
    assert_eq!(said[at]["sources"][0]["document"], "bibliotheque");
    // The one who translates back does not see the extract.
    let prompts = model.prompts();
    assert_eq!(prompts[0], format!("Langue : English (en)\nTexte : {EXTRACT}\n"));
    assert_eq!(prompts[1], format!("Texte : {TRANSLATION}\n"));
}

#[test]
fn nobody_is_given_translations_unless_the_town_wants_them_nor_who_is_answered_in_french() {
    let model = translator(|| TRANSLATION, BACK);
    let server = Installation::new(&model.settings()).serve();
    assert!(translated(&statements(&server, CARD)).is_empty());
    assert!(model.prompts().is_empty());
    let server = town(&model);
    let asked =
        server.ask(&json!({ "site": "moulin", "question": "La carte de bibliothèque est-elle gratuite ?" }));
    let events = asked.header("Accept", "text/event-stream").send().events();
    assert!(events.iter().all(|(_, body)| body["kind"] != "translated"));
}

#[test]
fn what_is_translated_in_part_says_so() {
    const PAGE: &str = "---\nid: depot\ntitle: Dépôt de meubles\n---\n# Dépôt de meubles\n\nLe dépôt de meubles est gratuit \
                        pour les habitants.\n\nLe dépôt de meubles est fermé le lundi.\n";
    let says = |closed: &'static str| {
        ModelServer::start(Behaviour::Says(Arc::new(move |material| {
            let pairs = [
                (
                    "Le dépôt de meubles est gratuit pour les habitants.",
                    "The furniture depot is free for residents.",
                ),
                ("Le dépôt de meubles est fermé le lundi.", closed),
            ];
            let text = material.rsplit_once("Texte : ").unwrap().1.trim();
            let other = pairs.iter().find_map(|(french, english)| match text {
                text if text == *french => Some(*english),
                text if text == *english => Some(*french),
                _ => None,
            });
            other.unwrap_or_default().to_owned()
        })))
    };
    for (closed, is_whole) in [
        ("The furniture depot is closed on Mondays.", true),
        ("The furniture depot is closed on Tuesdays.", false),
    ] {
        let model = says(closed);
        let installation = Installation::new(&format!("{}translations = true\n", model.settings()));
        let page = installation.path("depot.md");
        std::fs::write(&page, PAGE).unwrap();
        let mut import = installation.command();
        import
            .args(["import", "--site", "moulin", "--as", "Ana", "--trusted-by", "Bob"])
            .arg(page);
        assert_success(&import.output().unwrap());
        let said = statements(&installation.serve(), "Où est le dépôt de meubles ?");
        assert_eq!(translated(&said).len(), 1 + usize::from(is_whole), "{said:?}");
        let last = said.last().unwrap();
        let warned = last["text"]
            .as_str()
            .unwrap()
            .starts_with("This translation is not complete");
        assert_eq!(warned, !is_whole, "{last}");
    }
}

/// What states another fact, or says another thing by the words that bind it, whatever it is said to mean in French.
const LIES: [&str; 16] = [
    "The library card is free for all residents of Moulin. It lets you borrow twelve books for 3 weeks.",
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 months.",
    "The library card is free for all residents of Moulin. It lets you borrow three books for 10 weeks.",
    "The library card is free for all residents of Lavoir. It lets you borrow ten books for 3 weeks.",
    "The library card is not free for all residents of Moulin. It lets you borrow ten books for 3 weeks.",
    "The library card costs money for all residents of Moulin. It lets you borrow ten books for 3 weeks.",
    "The library card is free only for all residents of Moulin. It lets you borrow ten books for 3 weeks.",
    "The library card is free for children of Moulin. It lets you borrow ten books for 3 weeks.",
    "The library card is free for all residents of Moulin until March. It lets you borrow ten books for 3 weeks.",
    "The library card is free for all residents of Moulin, if they pay. It lets you borrow ten books for 3 weeks.",
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 weeks. Call 02 61 91 00 00.",
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 weeks at www.carte.example.",
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 weeks. Pay now.",
    "The library card is free for all residents of Moulin on Mondays. It lets you borrow ten books for 3 weeks.",
    "The library card is free for all residents of Moulin. It lets you borrow ten books for 3 weeks, says Claire Martin.",
    "Is the library card free for all residents of Moulin? It lets you borrow ten books for 3 weeks.",
];

#[test]
fn of_five_hundred_lies_that_their_liar_swears_to_in_french_none_is_shown() {
    let turn = AtomicUsize::new(0);
    let lie = move || LIES[turn.fetch_add(1, Ordering::Relaxed) % LIES.len()];
    let model = translator(lie, EXTRACT);
    let server = town(&model);
    let shown: BTreeSet<String> = (0..500)
        .flat_map(|_| translated(&statements(&server, CARD)))
        .collect();
    assert_eq!(shown, BTreeSet::new());
    assert_eq!(model.prompts().len(), 500, "none is worth a translation back");
}

#[test]
fn a_translation_that_means_something_else_in_french_is_not_shown() {
    for back in [
        "Le chien est gratuit pour tous les habitants de Moulin. Il permet d’emprunter 10 livres pendant 3 semaines.",
        "La carte de bibliothèque est gratuite pour tous les habitants de Moulin. Elle permet de vendre 10 livres.",
        "La carte de bibliothèque est gratuite pour tous les habitants de Moulin, sauf les enfants.",
        "I cannot translate this.",
        "",
    ] {
        let model = translator(|| TRANSLATION, back);
        let shown = translated(&statements(&town(&model), CARD));
        assert!(shown.is_empty(), "{back}: {shown:?}");
    }
}

#[test]
fn whatever_a_model_does_instead_of_translating_the_extracts_answer() {
    let without = statements(&Installation::new("").serve(), CARD);
    assert!(!without.is_empty());
    for behaviour in [
        Behaviour::Hangs,
        Behaviour::Garbage,
        Behaviour::Dies("The library card is fr"),
        Behaviour::Says(Arc::new(|_| "bla ".repeat(100_000))),
        Behaviour::Says(Arc::new(|_| String::new())),
        Behaviour::Says(Arc::new(|_| EXTRACT.to_owned())),
    ] {
        let model = ModelServer::start(behaviour);
        let settings = format!(
            "{}translations = true\nseconds = 3\nsilence_seconds = 2\n",
            model.settings()
        );
        let server = Installation::new(&settings).serve();
        assert_eq!(statements(&server, CARD), without);
        assert!(!model.prompts().is_empty());
    }
}

#[test]
fn the_exam_tells_what_becomes_of_translations_of_very_simple_words_and_of_other_wordings() {
    let model = translator(|| TRANSLATION, BACK);
    let settings = format!("{}other_wordings_seconds = 20\n", model.settings());
    let installation = Installation::new(&settings);
    let _published = installation.serve();
    let questions = installation.path("questions.jsonl");
    let lines = [
        json!({ "qid": "card", "query": "La carte de bibliothèque est-elle gratuite ?", "gold": ["bibliotheque"] }),
        json!({ "qid": "unheard", "query": "Mon sésame à bouquins, je raque ?" }),
    ];
    std::fs::write(&questions, lines.map(|line| line.to_string()).join("\n")).unwrap();
    let exam = |args: &[&str]| {
        let mut exam = installation.command();
        exam.args(["exam", "--site", "moulin", "--json", "--questions"])
            .arg(&questions)
            .args(args);
        exam.output().unwrap()
    };
    let marks = |args: &[&str]| {
        let output = exam(args);
        assert_success(&output);
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let english = marks(&["--model", "--lang", "en"]);
    assert_eq!(
        (&english["given"], &english["shown"]),
        (&json!(1), &json!(1)),
        "{english}"
    );
    assert_eq!(english["reading_ease"], Value::Null);
    let asked = model.prompts().len();
    marks(&["--model", "--easy-to-read"]);
    let asked_for = |what: &str| {
        let instructions = model.instructions();
        instructions[asked..]
            .iter()
            .filter(|told| told.contains(what))
            .count()
    };
    let counts = || ["une seule idée", "autres façons"].map(asked_for);
    // What is heard in other words only is said in very simple ones too.
    assert_eq!(counts(), [2, 1]);
    marks(&["--model", "--easy-to-read", "--without", "other-wordings"]);
    assert_eq!(counts(), [3, 1]);
    let refused = exam(&["--lang", "en"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--model"));
}
