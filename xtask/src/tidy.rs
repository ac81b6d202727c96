//! The rules of the repository as a test: what a reviewer would otherwise have to remember.

mod documents;
mod manifests;
mod sources;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::process;
use crate::report::Report;

/// The files that the repository holds, or would hold once added.
#[derive(Debug, Default)]
pub(crate) struct Repo {
    /// Every path.
    paths: BTreeSet<String>,
    /// The paths that hold UTF-8 text.
    texts: BTreeMap<String, String>,
}

impl Repo {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let mut git = Command::new("git");
        git.current_dir(root)
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
        let list = process::output(&mut git).context("listing the files of the repository")?;
        let mut repo = Self::default();
        for path in list
            .split('\0')
            .filter(|path| !path.is_empty() && root.join(path).is_file())
        {
            let bytes = std::fs::read(root.join(path)).with_context(|| format!("reading {path}"))?;
            repo.paths.insert(path.to_owned());
            if let Ok(text) = String::from_utf8(bytes) {
                repo.texts.insert(path.to_owned(), text);
            }
        }
        Ok(repo)
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        Self {
            paths: files.iter().map(|(path, _)| (*path).to_owned()).collect(),
            texts: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    /// Whether `path` is a file, or a folder that holds one.
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.paths.contains(path) || self.paths.iter().any(|known| known.starts_with(&folder))
    }

    /// The text files with one of these extensions.
    fn with_extension<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts
            .iter()
            .filter(|(path, _)| {
                path.rsplit_once('.')
                    .is_some_and(|(_, ext)| extensions.contains(&ext))
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// A broken rule: where, and what to do.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    place: String,
    message: String,
}

impl Finding {
    fn in_file(path: &str, message: impl Into<String>) -> Self {
        Self {
            place: path.to_owned(),
            message: message.into(),
        }
    }

    /// `index` counts lines from zero.
    fn at_line(path: &str, index: usize, message: impl Into<String>) -> Self {
        Self {
            place: format!("{path}:{}", index + 1),
            message: message.into(),
        }
    }
}

struct Rule {
    name: &'static str,
    check: fn(&Repo) -> Vec<Finding>,
}

const RULES: &[Rule] = &[
    Rule {
        name: "each Rust file opens with its purpose",
        check: sources::purpose_line,
    },
    Rule {
        name: "lints are expected with a reason, never allowed",
        check: sources::no_allow,
    },
    Rule {
        name: "what is left to do has an issue",
        check: sources::todo_has_an_issue,
    },
    Rule {
        name: "files stay short",
        check: sources::file_length,
    },
    Rule {
        name: "no host or path of one machine",
        check: sources::no_machine,
    },
    Rule {
        name: "crates import what the design allows",
        check: manifests::arrows,
    },
    Rule {
        name: "crates take the lints of the workspace",
        check: manifests::lints,
    },
    Rule {
        name: "lock files name the public registries",
        check: manifests::lock_sources,
    },
    Rule {
        name: "ARCHITECTURE.md names what exists",
        check: documents::architecture,
    },
    Rule {
        name: "links in documents lead somewhere",
        check: documents::links,
    },
    Rule {
        name: "the changelog has a place for what comes next",
        check: documents::changelog,
    },
    Rule {
        name: "each language has the same phrases",
        check: texts::same_phrases,
    },
    Rule {
        name: "French spaces do not break",
        check: texts::french_spaces,
    },
    Rule {
        name: "both databases have the same migrations",
        check: texts::migrations,
    },
];

/// Checks every rule, printing what breaks one.
pub(crate) fn run(root: &Path) -> anyhow::Result<Report> {
    let repo = Repo::read(root)?;
    let mut report = Report::default();
    for rule in RULES {
        let findings = (rule.check)(&repo);
        report.ran += 1;
        if findings.is_empty() {
            continue;
        }
        report.failed += 1;
        report
            .notes
            .push(format!("{}: {} place(s)", rule.name, findings.len()));
        println!("tidy: {}", rule.name);
        for finding in findings {
            println!("  {}: {}", finding.place, finding.message);
        }
    }
    Ok(report)
}
