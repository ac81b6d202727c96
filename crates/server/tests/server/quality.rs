//! `/qualite`: figures of what was answered, and what answers took of energy.

use crate::model::{Behaviour, FAITHFUL, LIBRARY, ModelServer};
use crate::support::{Installation, Server};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const UNKNOWN: &str = "Quel temps fera-t-il demain ?";

/// The figure that the page gives for what it calls `term`.
fn figure(page: &str, term: &str) -> String {
    let (_, after) = page
        .split_once(&format!("<dt>{term}</dt><dd>"))
        .unwrap_or_else(|| panic!("no {term:?} in {page}"));
    after.split('<').next().unwrap().replace('\u{a0}', " ")
}

fn quality(server: &Server, host: &str) -> String {
    let response = server.request("GET", "/qualite").header("Host", host).send();
    assert_eq!(response.status, 200);
    response.text()
}

fn ask(server: &Server, question: &str, accept: &str) {
    let asked = server.ask(&json!({ "site": "moulin", "question": question }));
    assert_eq!(asked.header("Accept", accept).send().status, 200);
}

/// A machine whose only counter says `microjoules`.
fn counter(folder: &Path, microjoules: u64) -> PathBuf {
    let package = folder.join("powercap/intel-rapl:0");
    std::fs::create_dir_all(&package).unwrap();
    for (file, text) in [
        ("name", "package-0".to_owned()),
        ("max_energy_range_uj", "262143328850".to_owned()),
        ("energy_uj", microjoules.to_string()),
    ] {
        std::fs::write(package.join(file), text).unwrap();
    }
    folder.join("powercap")
}

#[test]
fn what_answers_took_is_shown_with_and_without_a_model_and_with_its_method() {
    let folder = tempfile::tempdir().unwrap();
    // The counter begins again while the model writes: a watt-hour, 3.6 thousand million microjoules.
    let rapl = counter(folder.path(), 262_143_328_850 - 1_000_000_000);
    let of_counter = folder.path().to_owned();
    let gain = move || drop(counter(&of_counter, 2_600_000_000));
    let lie = "La carte de bibliothèque coûte 5 €. [1]\n";
    let model = ModelServer::start(Behaviour::SaysInTwo(FAITHFUL, Arc::new(gain), lie));
    let settings = format!("{}[energy]\nrapl = {rapl:?}\n", model.settings());
    let installation = Installation::new(&settings);
    let server = installation.serve();
    let page = quality(&server, "moulin.example");
    assert_eq!(figure(&page, "Questions posées"), "0");
    assert_eq!(figure(&page, "Réponse faite d’extraits"), "Pas mesurée");
    assert_eq!(figure(&page, "Réponse redite par le modèle"), "Pas mesurée");
    assert!(page.contains("Le modèle tiny redit"), "{page}");

    ask(&server, LIBRARY, "text/event-stream");
    ask(&server, LIBRARY, "application/json");
    ask(&server, UNKNOWN, "application/json");
    let page = quality(&server, "moulin.example");
    for (term, expected) in [
        ("Questions posées", "3"),
        ("Réponses tirées de pages validées", "2"),
        ("Sans réponse dans les pages validées", "1"),
        ("Réponses qui lui ont été données à redire", "1"),
        ("Phrases montrées", "1"),
        ("Phrases écartées, faute de preuve", "1"),
        ("Réponse faite d’extraits", "0,0 µWh (moyenne de 2)"),
        ("Réponse redite par le modèle", "1,0 Wh (moyenne de 1)"),
    ] {
        assert_eq!(figure(&page, term), expected, "{term}");
    }
    assert!(page.contains("Des compteurs du processeur"), "{page}");
    assert!(
        !page.contains("n’est pas comptée ici"),
        "the model's server is on this machine: {page}"
    );
    assert!(
        !page.contains("bibliothèque ?") && !page.contains("demain"),
        "{page}"
    );
    let metrics = server.get("/metrics").text();
    assert!(
        metrics.contains("parvis_answers_energy_joules_total{method=\"rapl\"} 3600\n"),
        "{metrics}"
    );
    let figures = installation
        .command()
        .args(["quality", "--site", "moulin", "--json"])
        .output()
        .unwrap();
    let figures: Value = serde_json::from_slice(&figures.stdout).unwrap();
    assert_eq!(
        figures["energy_with_model"],
        json!([{ "method": "rapl", "answers": 1, "microjoules": 3_600_000_000_u64 }]),
        "staff read the same: {figures}"
    );
    let elsewhere = quality(&server, "lavoir.example");
    assert_eq!(
        figure(&elsewhere, "Questions posées"),
        "0",
        "another town's answers"
    );
}

#[test]
fn without_a_counter_the_stated_power_is_named_and_a_model_elsewhere_is_said_not_to_count() {
    let model = ModelServer::saying(FAITHFUL);
    let settings = format!(
        "{}[energy]\nrapl = \"nowhere\"\nwatts_per_core = 7.5\n",
        model.settings()
    );
    let server = Installation::new(&settings).serve();
    ask(&server, LIBRARY, "text/event-stream");
    ask(&server, UNKNOWN, "application/json");
    let page = quality(&server, "moulin.example");
    for kind in ["Réponse faite d’extraits", "Réponse redite par le modèle"] {
        let energy = figure(&page, kind);
        assert!(
            energy.ends_with("Wh (moyenne de 1)") && !energy.starts_with("0,0 "),
            "{energy}"
        );
    }
    assert!(page.contains("7,5\u{a0}W par cœur"), "{page}");
    assert!(page.contains("n’est pas comptée ici"), "{page}");
}

#[test]
fn a_town_without_a_model_says_so_and_one_whose_model_only_helps_to_search_too() {
    let model = ModelServer::saying("");
    let searching = format!(
        "{}plain_words = false\neasy_to_read = false\nother_wordings_seconds = 1\n",
        model.settings()
    );
    let page = quality(&Installation::new(&searching).serve(), "moulin.example");
    assert!(
        page.contains("Le modèle tiny propose") && !page.contains("Phrases montrées"),
        "{page}"
    );
    let server = Installation::new("").serve();
    let page = quality(&server, "moulin.example");
    assert!(
        page.contains("Aucun modèle de langage") && !page.contains("Phrases montrées"),
        "{page}"
    );
}
