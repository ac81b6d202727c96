//! Rules on manifests: which crate may import which, and where packages come from.

use super::{Finding, Repo};

/// What each crate may import of ours; the design's arrows.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("ingest", &["domain"]),
    ("retrieval", &["domain"]),
    ("store", &["domain"]),
    ("generation", &["domain"]),
    (
        "assistant",
        &["domain", "ingest", "retrieval", "generation", "store"],
    ),
    ("sms", &[]),
    ("server", &["assistant", "domain", "sms"]),
    ("training", &["domain", "ingest", "retrieval"]),
    ("xtask", &[]),
];

/// Libraries that belong to one crate: what they do is that crate's to hide.
const OWNED: &[(&str, &str)] = &[("sqlx", "store"), ("tantivy", "retrieval"), ("axum", "server")];

const KINDS: &[&str] = &["dependencies", "build-dependencies", "dev-dependencies"];

pub(super) fn arrows(repo: &Repo) -> Vec<Finding> {
    manifests(repo)
        .flat_map(|(path, manifest)| match manifest {
            Ok(manifest) => check_crate(path, &manifest),
            Err(error) => vec![Finding::in_file(path, format!("cannot be read: {error}"))],
        })
        .collect()
}

fn check_crate(path: &str, manifest: &toml::Table) -> Vec<Finding> {
    let name = crate_name(path);
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        return vec![Finding::in_file(
            path,
            "a new crate: say what it may import, in xtask/src/tidy/manifests.rs",
        )];
    };
    let mut findings = Vec::new();
    for dependency in dependencies(manifest) {
        let ours = ARROWS.iter().any(|(known, _)| *known == dependency);
        if ours && dependency != name && !allowed.contains(&dependency) {
            findings.push(Finding::in_file(
                path,
                format!("{name} may not import {dependency}"),
            ));
        }
        if let Some((_, owner)) = OWNED
            .iter()
            .find(|(library, owner)| *library == dependency && *owner != name)
        {
            findings.push(Finding::in_file(
                path,
                format!("{dependency} belongs to {owner}, not to {name}"),
            ));
        }
    }
    findings
}

fn dependencies(manifest: &toml::Table) -> impl Iterator<Item = &str> {
    KINDS
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys().map(String::as_str))
}

pub(super) fn lints(repo: &Repo) -> Vec<Finding> {
    manifests(repo)
        .filter_map(|(path, manifest)| Some((path, manifest.ok()?)))
        .filter(|(_, manifest)| {
            let workspace = manifest.get("lints").and_then(|lints| lints.get("workspace"));
            workspace.and_then(toml::Value::as_bool) != Some(true)
        })
        .map(|(path, _)| Finding::in_file(path, "add `[lints] workspace = true`"))
        .collect()
}

/// The manifests of the workspace's crates.
fn manifests(repo: &Repo) -> impl Iterator<Item = (&str, Result<toml::Table, toml::de::Error>)> {
    repo.with_extension(&["toml"])
        .filter(|(path, _)| {
            let parts: Vec<&str> = path.split('/').collect();
            matches!(parts[..], ["crates", _, "Cargo.toml"] | ["xtask", "Cargo.toml"])
        })
        .map(|(path, text)| (path, text.parse()))
}

/// The folder is the crate's name.
fn crate_name(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or(path)
}

pub(super) fn lock_sources(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &repo.texts {
        let (key, public) = match path.rsplit('/').next() {
            Some("Cargo.lock") => (
                "source = \"",
                "registry+https://github.com/rust-lang/crates.io-index\"",
            ),
            Some("package-lock.json") => ("\"resolved\": \"", concat!("https://registry.npmjs", ".org/")),
            _ => continue,
        };
        for (index, line) in text.lines().enumerate() {
            let source = line.trim_start().strip_prefix(key);
            if source.is_some_and(|source| !source.starts_with(public)) {
                findings.push(Finding::at_line(
                    path,
                    index,
                    "a package from elsewhere than the public registry",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn messages(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn an_arrow_against_the_design_is_found() {
        let repo = Repo::of(&[
            (
                "crates/domain/Cargo.toml",
                "[dependencies]\nstore.workspace = true",
            ),
            (
                "crates/server/Cargo.toml",
                "[dev-dependencies]\nstore = { path = \"../store\" }",
            ),
            (
                "crates/ingest/Cargo.toml",
                "[dependencies]\ndomain.workspace = true",
            ),
        ]);
        assert_eq!(
            messages(arrows(&repo)),
            ["domain may not import store", "server may not import store"]
        );
    }

    #[test]
    fn a_library_outside_its_owner_is_found() {
        let repo = Repo::of(&[
            (
                "crates/assistant/Cargo.toml",
                "[dependencies]\nsqlx = \"0.9\"\ntantivy.workspace = true",
            ),
            ("crates/store/Cargo.toml", "[dependencies]\nsqlx.workspace = true"),
        ]);
        let found = messages(arrows(&repo));
        assert_eq!(
            found,
            [
                "sqlx belongs to store, not to assistant",
                "tantivy belongs to retrieval, not to assistant"
            ]
        );
    }

    #[test]
    fn a_crate_that_the_design_does_not_know_is_found() {
        assert_eq!(arrows(&Repo::of(&[("crates/common/Cargo.toml", "")])).len(), 1);
        assert_eq!(
            arrows(&Repo::of(&[("crates/store/Cargo.toml", "not toml")])).len(),
            1
        );
    }

    #[test]
    fn a_crate_without_the_lints_of_the_workspace_is_found() {
        let repo = Repo::of(&[
            ("crates/store/Cargo.toml", LINTS),
            ("crates/ingest/Cargo.toml", "[lints]"),
        ]);
        assert_eq!(
            lints(&repo),
            [Finding::in_file(
                "crates/ingest/Cargo.toml",
                "add `[lints] workspace = true`"
            )]
        );
    }

    #[test]
    fn a_package_from_a_private_registry_is_found() {
        let npm = concat!(
            "  \"resolved\": \"https://registry.npmjs",
            ".org/axe-core/-/axe-core-4.tgz\","
        );
        let private = "  \"resolved\": \"https://mirror.example/axe-core-4.tgz\",";
        let git = "source = \"git+https://github.com/someone/something\"";
        let repo = Repo::of(&[
            ("tests/browser/package-lock.json", &format!("{npm}\n{private}")),
            ("Cargo.lock", git),
        ]);
        let places: Vec<String> = lock_sources(&repo)
            .into_iter()
            .map(|finding| finding.place)
            .collect();
        assert_eq!(places, ["Cargo.lock:1", "tests/browser/package-lock.json:2"]);
    }
}
