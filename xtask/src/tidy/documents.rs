//! Rules on documents: what they name exists, their links lead somewhere.

use super::{Finding, Repo};

const ARCHITECTURE: &str = "ARCHITECTURE.md";

/// Each path in backticks exists, each `path::name` is a function or type of that file, each crate has its place.
pub(super) fn architecture(repo: &Repo) -> Vec<Finding> {
    let Some(text) = repo.texts.get(ARCHITECTURE) else {
        return vec![Finding::in_file(ARCHITECTURE, "is missing")];
    };
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for token in backticked(line).filter(|token| is_path(token)) {
            if let Some(message) = missing(repo, token) {
                findings.push(Finding::at_line(ARCHITECTURE, index, message));
            }
        }
    }
    for path in &repo.paths {
        if let ["crates", name, "Cargo.toml"] = path.split('/').collect::<Vec<_>>()[..]
            && !backticked_anywhere(text, name)
        {
            findings.push(Finding::in_file(
                ARCHITECTURE,
                format!("says nothing of the crate `{name}`"),
            ));
        }
    }
    findings
}

fn backticked(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn backticked_anywhere(text: &str, name: &str) -> bool {
    text.lines()
        .flat_map(backticked)
        .any(|token| token == name || token == format!("crates/{name}"))
}

/// Routes begin with a slash, commands hold spaces: neither is a path of the repository.
fn is_path(token: &str) -> bool {
    let (file, _) = token.split_once("::").unwrap_or((token, ""));
    let known_ending = [".rs", ".md", ".toml"]
        .iter()
        .any(|ending| file.ends_with(ending));
    (known_ending || file.contains('/')) && !token.starts_with('/') && !token.contains([' ', '{', ':', '*'])
        || known_ending && token.contains("::")
}

fn missing(repo: &Repo, token: &str) -> Option<String> {
    let (file, name) = token.split_once("::").unwrap_or((token, ""));
    if !repo.has(file) {
        return Some(format!("names `{file}`, which does not exist"));
    }
    let text = repo.texts.get(file)?;
    let name = name.rsplit("::").next().unwrap_or(name);
    let kinds = ["fn", "struct", "enum", "trait", "mod", "const", "type"];
    let defined = kinds.iter().any(|kind| defines(text, &format!("{kind} {name}")));
    (!name.is_empty() && !defined).then(|| format!("names `{name}`, which is not in {file}"))
}

/// Whether the definition stands there whole: `fn open` is not `fn open_all`.
fn defines(text: &str, definition: &str) -> bool {
    text.match_indices(definition).any(|(at, _)| {
        let next = text[at + definition.len()..].chars().next();
        !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Local links of the documents for developers; the pages of the demonstration town link as their site does.
pub(super) fn links(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in repo.with_extension(&["md"]).filter(|(path, _)| is_document(path)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in text.lines().enumerate() {
            for target in link_targets(line).filter(|target| is_local(target)) {
                let file = target.split('#').next().unwrap_or(target);
                if !file.is_empty() && !repo.has(&resolve(folder, file)) {
                    findings.push(Finding::at_line(
                        path,
                        index,
                        format!("links to `{target}`, which does not exist"),
                    ));
                }
            }
        }
    }
    findings
}

fn is_document(path: &str) -> bool {
    !path.contains('/') || path.starts_with("docs/") || path.ends_with("/README.md")
}

fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
}

fn is_local(target: &str) -> bool {
    !target.contains("://") && !target.starts_with("mailto:") && !target.starts_with('/')
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub(super) fn changelog(repo: &Repo) -> Vec<Finding> {
    let has_section = repo
        .texts
        .get("CHANGELOG.md")
        .is_some_and(|text| text.lines().any(|line| line.trim() == "## [Unreleased]"));
    if has_section {
        Vec::new()
    } else {
        vec![Finding::in_file("CHANGELOG.md", "add `## [Unreleased]`")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_or_a_name_that_is_gone_is_found() {
        let repo = Repo::of(&[
            (
                ARCHITECTURE,
                "`crates/store` has `crates/store/src/lib.rs::open` and `/api/v1/questions`\n\
                 `crates/sms` and `notes.md`\n`crates/store/src/lib.rs::close`, `cargo xtask test`",
            ),
            ("crates/store/src/lib.rs", "pub fn open() {} fn close_all() {}"),
        ]);
        let messages: Vec<String> = architecture(&repo)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            messages,
            [
                "names `crates/sms`, which does not exist",
                "names `notes.md`, which does not exist",
                "names `close`, which is not in crates/store/src/lib.rs",
            ]
        );
    }

    #[test]
    fn a_crate_without_a_place_on_the_map_is_found() {
        let repo = Repo::of(&[
            (ARCHITECTURE, "`store`"),
            ("crates/store/Cargo.toml", ""),
            ("crates/ingest/Cargo.toml", ""),
        ]);
        assert_eq!(
            architecture(&repo),
            [Finding::in_file(
                ARCHITECTURE,
                "says nothing of the crate `ingest`"
            )]
        );
    }

    #[test]
    fn a_repository_without_a_map_is_found() {
        assert_eq!(architecture(&Repo::default()).len(), 1);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let repo = Repo::of(&[
            (
                "README.md",
                "[a](docs/decisions/0001-a.md) [b](docs/none.md#top) [c](https://example.org) [d](#here)",
            ),
            (
                "docs/decisions/0001-a.md",
                "[up](../../README.md) [gone](../gone.md)",
            ),
            ("demo/page.md", "[site](horaires.md)"),
        ]);
        let places: Vec<String> = links(&repo).into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            places,
            [
                "links to `docs/none.md#top`, which does not exist",
                "links to `../gone.md`, which does not exist"
            ]
        );
    }

    #[test]
    fn a_changelog_without_its_unreleased_section_is_found() {
        assert!(changelog(&Repo::of(&[("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n")])).is_empty());
        assert_eq!(changelog(&Repo::of(&[("CHANGELOG.md", "## [0.1.0]")])).len(), 1);
    }
}
