//! Questions over HTTP on loopback, each written to the database: one at a time, then 64 clients at once.

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::town::Town;
use super::{Bench, figure, megabytes, milliseconds, quantile};
use crate::http::Connection;

const ONE_AT_A_TIME: usize = 2_000;
const CLIENTS: usize = 64;
const TOGETHER: Duration = Duration::from_secs(20);
/// So that the measure is of a server at work, not of its first minute.
const WARM_UP: usize = 100;

pub(super) fn run(bench: &Bench) -> anyhow::Result<()> {
    let bodies = bodies(&from_corpus(bench.corpus()?)?);
    bench.published()?;
    let town = Town::start(bench)?;
    println!(
        "questions ({} different ones, from the titles and headings of the fiches)",
        bodies.len()
    );

    let mut connection = Connection::open(&town.address)?;
    for body in bodies.iter().cycle().skip(ONE_AT_A_TIME).take(WARM_UP) {
        ask(&mut connection, body)?;
    }
    let mut times = Vec::with_capacity(ONE_AT_A_TIME);
    for body in bodies.iter().cycle().take(ONE_AT_A_TIME) {
        times.push(ask(&mut connection, body)?);
    }
    times.sort_unstable();
    figure(
        "one at a time, median",
        &milliseconds(quantile(&times, 0.5)),
        "under 5 ms",
    );
    figure(
        "one at a time, 99th percentile",
        &milliseconds(quantile(&times, 0.99)),
        "under 25 ms",
    );

    let start = Instant::now();
    let mut times = together(&town, &bodies, start + TOGETHER)?;
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    times.sort_unstable();
    figure(
        &format!("{CLIENTS} clients, answers a second"),
        &format!("{rate:.0}"),
        "at least 500",
    );
    figure(
        &format!("{CLIENTS} clients, median"),
        &milliseconds(quantile(&times, 0.5)),
        "",
    );
    figure(
        &format!("{CLIENTS} clients, 99th percentile"),
        &milliseconds(quantile(&times, 0.99)),
        "",
    );
    figure("memory after it", &megabytes(town.memory()), "");
    Ok(())
}

fn together(town: &Town, bodies: &[String], deadline: Instant) -> anyhow::Result<Vec<Duration>> {
    let clients = std::thread::scope(|scope| {
        let client = |first: usize| {
            let mut connection = Connection::open(&town.address)?;
            let mut times = Vec::new();
            for body in bodies.iter().cycle().skip(first) {
                if Instant::now() >= deadline {
                    break;
                }
                times.push(ask(&mut connection, body)?);
            }
            anyhow::Ok(times)
        };
        let handles: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let first = number * bodies.len() / CLIENTS;
                scope.spawn(move || client(first))
            })
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().ok().context("a client stopped")?)
            .collect::<Vec<_>>()
    });
    Ok(clients.into_iter().collect::<anyhow::Result<Vec<_>>>()?.concat())
}

fn ask(connection: &mut Connection, body: &str) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let response = connection.post_json("/api/v1/questions", body)?;
    let took = start.elapsed();
    anyhow::ensure!(
        response.status == 200,
        "asking answered {}: {}",
        response.status,
        response.body
    );
    Ok(took)
}

fn bodies(questions: &[String]) -> Vec<String> {
    questions
        .iter()
        .map(|question| serde_json::json!({ "question": question }).to_string())
        .collect()
}

/// What the fiches' titles and headings ask, in an order that mixes subjects and is the same each time.
pub(super) fn from_corpus(corpus: &Path) -> anyhow::Result<Vec<String>> {
    let reading = || format!("reading {}", corpus.display());
    let file = std::fs::File::open(corpus).with_context(reading)?;
    let mut archive = zip::ZipArchive::new(file).with_context(reading)?;
    let mut questions = Vec::new();
    for index in 0..archive.len() {
        let mut text = String::new();
        archive
            .by_index(index)
            .with_context(reading)?
            .read_to_string(&mut text)
            .with_context(reading)?;
        questions.extend(element_texts(&text, "dc:title"));
        questions.extend(element_texts(&text, "Titre"));
    }
    questions.retain(|question| (8..=200).contains(&question.chars().count()));
    questions.sort();
    questions.dedup();
    anyhow::ensure!(!questions.is_empty(), "no titles in {}", corpus.display());
    Ok(mixed(&questions))
}

/// The list in strides, so that neighbours in the alphabet do not follow each other.
fn mixed(questions: &[String]) -> Vec<String> {
    const STRIDE: usize = 1009;
    (0..STRIDE)
        .flat_map(|first| questions.iter().skip(first).step_by(STRIDE).cloned())
        .collect()
}

/// The texts of each element of that name, without the marks inside.
fn element_texts(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open)
        .skip(1)
        .filter_map(|rest| rest.split_once(&close))
        .map(|(inner, _)| plain(inner))
        .collect()
}

fn plain(xml: &str) -> String {
    let mut text = String::new();
    for part in xml.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    let text = text
        .replace("&apos;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    text.replace("&amp;", "&")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_questions_without_their_marks() {
        let xml = "<dc:title>Carte d&apos;identité</dc:title><Titre><Paragraphe>Où <b>aller</b>\n?</Paragraphe></Titre>";
        assert_eq!(element_texts(xml, "dc:title"), ["Carte d'identité"]);
        assert_eq!(element_texts(xml, "Titre"), ["Où aller ?"]);
        assert_eq!(
            bodies(&["dit \"oui\"".to_owned()]),
            [r#"{"question":"dit \"oui\""}"#]
        );
    }

    #[test]
    fn mixing_keeps_every_question_once() {
        let questions: Vec<String> = (0..3000).map(|number| format!("{number:04}")).collect();
        let mut mixed = mixed(&questions);
        assert_eq!(mixed[1], "1009");
        mixed.sort();
        assert_eq!(mixed, questions);
    }
}
