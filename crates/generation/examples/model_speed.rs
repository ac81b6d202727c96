//! `model_speed FILE THREADS`: how fast a model answers in this process, one and eight residents at once, with and without the fact
//! locks; for `cargo xtask bench model`, beside llama.cpp's own server (`tests/peers/model_speed.py`), which is asked the same.

#![expect(clippy::print_stdout, reason = "an example speaks on its output")]

use anyhow::{Context as _, Result, bail};
use domain::language::Language;
use domain::lock::{FactLock, Lock};
use domain::translation::TranslationLock;
use generation::{Failed, Generator, InProcess, Limits, ModelFile, Prompt, Words};
use std::sync::Arc;
use std::time::{Duration, Instant};

const TOKENS: u32 = 128;
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("model_speed FILE THREADS")?;
    let threads: usize = arguments.next().context("model_speed FILE THREADS")?.parse()?;
    let file = ModelFile {
        path: path.into(),
        at_once: 8,
        context: 1024,
        threads: Some(threads),
        gpu_layers: 0,
    };
    let generator = Generator::InProcess(InProcess::load(&file)?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let lines = Arc::new(Lock::Lines(FactLock::new([EXTRACT])));
    let translation = TranslationLock::new(EXTRACT, Language::English);
    let translation = Arc::new(Lock::Translation(translation));
    let locks = [
        ("free", None),
        ("locked", Some(&lines)),
        ("translating", Some(&translation)),
    ];
    for residents in [1, 8] {
        // Side by side, so that whatever else the machine does meets both.
        let mut best = locks.map(|_| (Duration::MAX, 0.0_f64));
        for round in 0..ROUNDS {
            for ((_, lock), best) in locks.iter().zip(&mut best) {
                let (first, per_second) = runtime.block_on(answers(&generator, round, residents, *lock))?;
                *best = (best.0.min(first), best.1.max(per_second));
            }
        }
        for ((name, _), (first, per_second)) in locks.iter().zip(best) {
            println!(
                "{name} {residents} {:.1} {per_second:.1}",
                first.as_secs_f64() * 1e3
            );
        }
    }
    Ok(())
}

/// The time to the first word of the last resident, and the tokens a second of all.
async fn answers(
    generator: &Generator,
    round: usize,
    residents: usize,
    lock: Option<&Arc<Lock>>,
) -> Result<(Duration, f64)> {
    let begun = Instant::now();
    let words: Vec<Words> = (0..residents)
        .map(|resident| generator.words(prompt(round, resident, lock), limits()))
        .collect();
    let mut answers = tokio::task::JoinSet::new();
    for words in words {
        answers.spawn(listen(words, begun));
    }
    let mut first = Duration::ZERO;
    while let Some(heard) = answers.join_next().await {
        first = first.max(heard??);
    }
    let written = f64::from(TOKENS) * f64::from(u32::try_from(residents)?);
    Ok((first, written / begun.elapsed().as_secs_f64()))
}

/// Listens to the end; when the first word came.
async fn listen(mut words: Words, begun: Instant) -> Result<Duration> {
    let mut first = None;
    while let Some(piece) = words.next().await {
        match piece {
            Ok(_) => {
                first.get_or_insert_with(|| begun.elapsed());
            }
            Err(Failed::Unfinished { .. }) => break,
            Err(failed) => bail!(failed),
        }
    }
    first.context("the model said nothing")
}

fn limits() -> Limits {
    Limits {
        tokens: TOKENS,
        silence: Duration::from_secs(60),
        whole: Duration::from_secs(300),
    }
}

/// A prompt of some two hundred words, no two of them alike.
fn prompt(round: usize, resident: usize, lock: Option<&Arc<Lock>>) -> Prompt {
    Prompt {
        instructions:
            "Tu réécris en français simple des extraits validés, pour répondre à la question d’un habitant."
                .repeat(2),
        material: format!("Question {round}.{resident} : {}", EXTRACT.repeat(2)),
        lock: lock.cloned(),
    }
}

const EXTRACT: &str = "La piscine ouvre de 9 h à 12 h 30 le samedi ; une carte de résident coûte 25,50 € et reste valable un an. ";
