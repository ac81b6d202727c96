//! `parvis exam --models`: the same questions with each candidate, a row each.

use super::left_out;
use crate::cli::Use;
use crate::model::ModelSettings;
use crate::terminal::{note, progress, say};
use anyhow::Result;
use assistant::{Exam, Memory, ModelMarks, Question, Wish};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How candidates are examined.
pub(super) struct Settings<'a> {
    pub(super) model: &'a ModelSettings,
    pub(super) without: &'a [Use],
    pub(super) wish: Wish,
    pub(super) now: DateTime<Utc>,
    pub(super) json: bool,
}

/// The marks of a candidate, as JSON.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a Path,
    #[serde(flatten)]
    marks: &'a ModelMarks,
    /// What its weights take of memory, in bytes.
    weights_bytes: u64,
    /// What it remembers while it answers.
    cache_bytes: u64,
}

/// The name of each column, and how wide it is.
const COLUMNS: [(&str, usize); 14] = [
    ("answered", 8),
    ("refused", 7),
    ("given", 6),
    ("reworded", 8),
    ("proven", 6),
    ("dropped", 7),
    ("plain", 6),
    ("extracts", 8),
    ("first_ms", 8),
    ("full_ms", 8),
    ("tokens_s", 8),
    ("memory_MB", 9),
    ("Wh", 9),
    ("Wh_extracts", 11),
];

/// Examines one after the other, so that two are never in memory; those that cannot be loaded are told and passed over.
pub(super) async fn run(
    exam: &Exam,
    files: &[PathBuf],
    questions: &[Question],
    settings: &Settings<'_>,
) -> Result<ExitCode> {
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
        .max(5);
    if !settings.json {
        let titles = COLUMNS.map(|(title, width)| format!("{title:>width$}"));
        say(format!("{:<width$} {}", "model", titles.join(" ")))?;
    }
    let mut exit = ExitCode::SUCCESS;
    for (file, name) in files.iter().zip(names) {
        let (model, memory) = match settings.model.candidate(file) {
            Ok(loaded) => loaded,
            Err(error) => {
                note(error.to_string());
                exit = ExitCode::FAILURE;
                continue;
            }
        };
        let bar = progress(questions.len() as u64, "asking");
        let holding = exam.hold_for_model(
            left_out(model, settings.without),
            settings.wish,
            questions,
            settings.now,
            || bar.inc(1),
        );
        let marks = holding.await?;
        bar.finish_and_clear();
        if settings.json {
            let row = Row {
                file,
                marks: &marks,
                weights_bytes: memory.weights,
                cache_bytes: memory.cache,
            };
            say(serde_json::to_string(&row)?)?;
        } else {
            let cells = cells(&marks, memory);
            let cells: Vec<String> = COLUMNS
                .iter()
                .zip(cells)
                .map(|((_, width), cell)| format!("{cell:>width$}"))
                .collect();
            say(format!("{name:<width$} {}", cells.join(" ")))?;
        }
    }
    Ok(exit)
}

fn name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn cells(marks: &ModelMarks, memory: Memory) -> [String; COLUMNS.len()] {
    let number = |mark: Option<f64>, digits: usize| match mark {
        Some(mark) => format!("{mark:.digits$}"),
        None => "-".to_owned(),
    };
    let spoke = |median: f64| number((marks.shown > 0).then_some(median), 0);
    [
        number(marks.answered, 3),
        number(marks.refused, 3),
        marks.given.to_string(),
        marks.reworded.to_string(),
        number(marks.proven, 3),
        marks.dropped.to_string(),
        number(marks.reading_ease, 1),
        number(marks.reading_ease_of_extracts, 1),
        spoke(marks.ms_to_first.median),
        number((marks.given > 0).then_some(marks.ms_to_end.median), 0),
        number(marks.tokens_per_second, 1),
        ((memory.weights + memory.cache) / 1_000_000).to_string(),
        number(marks.watt_hours, 6),
        number(marks.watt_hours_of_extracts, 6),
    ]
}
