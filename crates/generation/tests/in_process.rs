//! A model in this process, against llama.cpp's own server on the same file.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

mod peers;
mod support;

use domain::facts;
use domain::language::Language;
use domain::lock::{FactLock, Lock};
use domain::translation::TranslationLock;
use generation::{Failed, Generator, InProcess, Limits, ModelFile, NotLoaded, Prompt, Server, Words};
use peers::LlamaServer;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use support::{limits, prompt, said, tiny_model, tiny_model_of};

fn file(path: &Path, at_once: usize) -> ModelFile {
    ModelFile {
        path: path.to_owned(),
        at_once,
        context: 512,
        threads: Some(1),
        gpu_layers: 0,
    }
}

fn load(path: &Path, at_once: usize) -> Generator {
    Generator::InProcess(InProcess::load(&file(path, at_once)).unwrap())
}

fn about(material: &str) -> Prompt {
    Prompt {
        material: material.to_owned(),
        ..prompt()
    }
}

/// All that was said by a model that has always more to say.
async fn text(words: Words) -> String {
    let (text, failed) = said(words).await;
    assert!(
        !text.is_empty() && matches!(failed, None | Some(Failed::Unfinished { .. })),
        "{failed:?}"
    );
    text
}

const MATERIALS: [&str; 6] = [
    "La piscine ouvre à 9 h.",
    "Le marché a lieu le samedi.",
    "La carte est gratuite.",
    "Où est la mairie ?",
    "Écrivez-nous !",
    "9",
];

#[tokio::test]
async fn it_says_what_llama_cpps_own_server_says_alone_and_several_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let model = tiny_model(folder.path());
    let llama = LlamaServer::start(&model, "words");
    let server = Generator::Server(Server::new(vec![llama.endpoint()], 1).unwrap());
    let (alone, several) = (load(&model, 1), load(&model, 3));
    let mut expected = Vec::new();
    for material in MATERIALS {
        let theirs = text(server.words(about(material), limits())).await;
        let ours = text(alone.words(about(material), limits())).await;
        // Their server keeps back at the end what may be the beginning of a letter.
        let kept_back = ours.strip_prefix(&theirs);
        assert!(
            kept_back.is_some_and(|rest| rest.chars().count() < 4),
            "{ours:?} {theirs:?}"
        );
        expected.push(ours);
    }
    assert!(expected.iter().any(|other| *other != expected[0]), "{expected:?}");
    // More than there are places: the last ones wait for one.
    let begun = MATERIALS.map(|material| several.words(about(material), limits()));
    for (words, expected) in begun.into_iter().zip(expected) {
        assert_eq!(text(words).await, expected);
    }
}

/// Random weights write anything: under the lock, no line of theirs that is whole states what its extract does not.
#[tokio::test]
async fn under_the_lock_random_weights_state_nothing_but_the_facts_of_the_extracts() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 4);
    let long = Limits {
        tokens: 120,
        ..limits()
    };
    let lock = Arc::new(Lock::Lines(FactLock::new(MATERIALS)));
    let locked = |material: &String| Prompt {
        lock: Some(Arc::clone(&lock)),
        ..about(material)
    };
    let (mut lines, mut letters) = (0, 0);
    let materials: Vec<String> = (0..24).map(|n| format!("{} {n}", MATERIALS[n % 6])).collect();
    for materials in materials.chunks(4) {
        let begun: Vec<Words> = materials
            .iter()
            .map(|material| generator.words(locked(material), long))
            .collect();
        for words in begun {
            let (text, failed) = said(words).await;
            assert!(
                matches!(failed, None | Some(Failed::Unfinished { .. })),
                "{failed:?}"
            );
            letters += text.len();
            // What had more to say than it might lacks the end of its last line.
            let unfinished = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
            let whole = if failed.is_none() { &text } else { unfinished };
            for line in whole.lines() {
                assert!(lock.at(line).may_end(), "{line:?}");
                let held = facts::normal_forms(&MATERIALS.join("\n"));
                let body = line.split('[').next().unwrap_or_default();
                let foreign = facts::normal_forms(body);
                let foreign: Vec<_> = foreign.iter().filter(|fact| !held.contains(fact)).collect();
                assert!(foreign.is_empty(), "{line:?}: {foreign:?}");
                lines += 1;
            }
        }
    }
    println!("{letters} bytes, {lines} whole lines");
    assert!(letters > 1_000, "{letters}");
}

#[tokio::test]
async fn under_the_lock_of_a_translation_random_weights_write_no_figure_but_those_of_the_extract() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 1);
    let extract = "Le mardi, 12 livres pour 4 semaines, 25 €.";
    let lock = TranslationLock::new(extract, Language::English);
    let lock = Arc::new(Lock::Translation(lock));
    let mut letters = 0;
    for number in 0..20 {
        let locked = Prompt {
            lock: Some(Arc::clone(&lock)),
            ..about(&format!("demande {number}"))
        };
        let (written, _) = said(generator.words(locked, limits())).await;
        letters += written.chars().filter(|letter| letter.is_alphabetic()).count();
        let mut runs: Vec<&str> = written
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|run| !run.is_empty())
            .collect();
        if written.ends_with(|letter: char| letter.is_ascii_digit()) {
            // It was stopped in the middle of it.
            runs.pop();
        }
        for run in runs {
            assert!(["12", "4", "25", "00"].contains(&run), "{written:?}");
        }
    }
    assert!(letters > 40, "{letters}");
}

#[tokio::test]
async fn other_instructions_give_other_words_and_each_the_same_ones_again_however_many_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 1);
    // More of them than are remembered, and more than there is room for.
    let ask = async |number: usize| {
        let instructions = format!("Traduis mot à mot {}", "en entier ".repeat(number * 2));
        let prompt = Prompt {
            instructions,
            ..prompt()
        };
        text(generator.words(prompt, limits())).await
    };
    let mut first = Vec::new();
    for number in 0..8 {
        first.push(ask(number).await);
    }
    let different: HashSet<&String> = first.iter().collect();
    assert_eq!(different.len(), first.len());
    for number in [7, 0, 1, 0, 5, 6, 7, 3, 2, 2, 4] {
        // Where keys lie in the cache changes how they are rounded, and of random weights two tokens are nearly equal: the
        // words may part after some.
        let beginning = |text: &str| text.chars().take(4).collect::<String>();
        assert_eq!(
            beginning(&ask(number).await),
            beginning(&first[number]),
            "{number}"
        );
    }
}

#[tokio::test]
async fn who_leaves_stops_the_model_and_frees_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 1);
    let long = Limits {
        tokens: 400,
        ..limits()
    };
    for _ in 0..20 {
        let mut words = generator.words(about("x"), long);
        assert!(words.next().await.unwrap().is_ok());
    }
    text(generator.words(prompt(), limits())).await;
}

#[tokio::test]
async fn a_prompt_that_is_longer_than_its_room_fails_and_the_next_one_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 1);
    let (said_of_it, failed) = said(generator.words(about(&"mot ".repeat(200)), limits())).await;
    assert_eq!(said_of_it, "");
    assert!(matches!(failed, Some(Failed::Cut { .. })), "{failed:?}");
    text(generator.words(prompt(), limits())).await;
}

#[test]
fn the_cache_is_reckoned_with_the_heads_that_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let cache = |model: &Path| InProcess::load(&file(model, 1)).unwrap().memory().cache;
    // Keys and values of 2 layers and 4 heads of so many numbers of 2 bytes, for 512 tokens of the answer and as many shared.
    let of_heads = |width: u64| 2 * 2 * 4 * width * 2 * 2 * 512;
    assert_eq!(cache(&tiny_model(folder.path())), of_heads(16));
    assert_eq!(cache(&tiny_model_of(folder.path(), &["wide"])), of_heads(32));
}

#[tokio::test]
async fn whoever_finds_no_free_place_in_time_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let generator = load(&tiny_model(folder.path()), 1);
    let long = Limits {
        tokens: 400,
        ..limits()
    };
    let mut first = generator.words(prompt(), long);
    assert!(first.next().await.unwrap().is_ok());
    let none = Limits {
        whole: Duration::ZERO,
        ..limits()
    };
    let waiting = said(generator.words(prompt(), none)).await;
    assert_eq!(waiting, (String::new(), Some(Failed::Busy)));
}

#[test]
fn what_is_no_model_or_does_not_fit_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let missing = InProcess::load(&file(&folder.path().join("none.gguf"), 1)).unwrap_err();
    assert!(matches!(missing, NotLoaded::Unreadable { .. }), "{missing}");
    let text = folder.path().join("text.gguf");
    std::fs::write(&text, "GGUF? no").unwrap();
    let unreadable = InProcess::load(&file(&text, 1)).unwrap_err();
    assert!(matches!(unreadable, NotLoaded::Unreadable { .. }), "{unreadable}");
    let model = tiny_model(folder.path());
    let whole = std::fs::read(&model).unwrap();
    let cut = folder.path().join("cut.gguf");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(
        InProcess::load(&file(&cut, 1)).unwrap_err(),
        NotLoaded::Unreadable { .. }
    ));
    let huge = ModelFile {
        context: 2_000_000_000,
        ..file(&model, 64)
    };
    let NotLoaded::TooLarge { needed, cache, .. } = InProcess::load(&huge).unwrap_err() else {
        panic!("a context of billions of tokens fits nowhere");
    };
    assert!(needed > 1_000_000 && cache > 1_000_000);
}
