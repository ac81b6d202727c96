//! True statements of the demonstration town: its sentences, list items and rows of tables, with their neighbours as
//! evidence.

use domain::sentence;
use std::fs;
use std::path::{Path, PathBuf};

/// A true statement and the extracts that it may cite.
#[derive(Debug, Clone)]
pub(crate) struct True {
    pub(crate) words: String,
    pub(crate) evidence: Vec<String>,
    pub(crate) title: String,
    /// Whether its words are to stay unread: its mutants are counted, not printed.
    pub(crate) locked: bool,
}

/// The statements of every page, in a stable order.
pub(crate) fn statements() -> Vec<True> {
    let mut files = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/demo/content"),
        &mut files,
    );
    files.sort();
    files
        .iter()
        .flat_map(|file| of_page(&fs::read_to_string(file).unwrap()))
        .collect()
}

/// The title of a page, if it has one.
pub(crate) fn title(page: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../server/demo/content")
        .join(page);
    let text = fs::read_to_string(path).unwrap();
    let title = text.lines().find_map(|line| line.strip_prefix("title: "));
    // The calendar has none.
    title.unwrap_or_default().trim_matches('"').to_owned()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "md") {
            files.push(path);
        }
    }
}

fn of_page(page: &str) -> Vec<True> {
    let body = page.splitn(3, "---").nth(2).unwrap_or(page);
    let mut statements = Vec::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    for line in body.lines().chain([""]) {
        let line = line.trim().replace("**", "");
        if let Some(row) = line.strip_prefix('|') {
            let cells: Vec<String> = row
                .trim_end_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect();
            if !cells.iter().all(|cell| cell.starts_with("--")) {
                table.push(cells);
            }
            continue;
        }
        statements.extend(rows(&std::mem::take(&mut table)));
        let text = line
            .trim_start_matches("- ")
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(". ");
        if line.is_empty() || line.starts_with('#') || text.contains("](") {
            continue;
        }
        for span in sentence::split(text) {
            statements.push(True {
                words: text[span.start..span.end].to_owned(),
                evidence: vec![text.to_owned()],
                title: String::new(),
                locked: false,
            });
        }
    }
    statements
}

/// "Adulte — Habitants : 4,20 € ; Autres : 5,40 €", with the next row as evidence too.
fn rows(table: &[Vec<String>]) -> Vec<True> {
    let Some((columns, rows)) = table.split_first() else {
        return Vec::new();
    };
    let write = |row: &Vec<String>| {
        let cells: Vec<String> = columns
            .iter()
            .zip(row)
            .skip(1)
            .map(|(name, cell)| format!("{name} : {cell}"))
            .collect();
        format!("{} — {}", row[0], cells.join(" ; "))
    };
    let written: Vec<String> = rows.iter().map(write).collect();
    (0..written.len())
        .map(|at| True {
            words: written[at].clone(),
            // Two rows of one heading could not be told apart.
            evidence: match rows.get(at + 1) {
                Some(next) if next[0] != rows[at][0] => written[at..at + 2].to_vec(),
                _ => vec![written[at].clone()],
            },
            title: String::new(),
            locked: false,
        })
        .collect()
}
