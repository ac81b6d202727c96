//! Rules on what must stay in step: phrases in each language, migrations of both databases, French spaces.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Repo};

/// The files of one set of phrases: (language, path, text).
type Translations<'a> = BTreeMap<String, Vec<(&'a str, &'a str, &'a str)>>;

/// Groups `locales/fr/web.ftl` with `locales/en/web.ftl`, and `locales/fr.ftl` with `locales/en.ftl`.
fn translations(repo: &Repo) -> Translations<'_> {
    let mut groups = Translations::new();
    for (path, text) in repo.with_extension(&["ftl"]) {
        let parts: Vec<&str> = path.trim_end_matches(".ftl").split('/').collect();
        let Some(at) = parts.iter().rposition(|part| is_language(part)) else {
            continue;
        };
        let mut key = parts.clone();
        key[at] = "*";
        groups
            .entry(key.join("/"))
            .or_default()
            .push((parts[at], path, text));
    }
    groups
}

fn is_language(part: &str) -> bool {
    let main = part.split('-').next().unwrap_or(part);
    main.len() == 2 && main.chars().all(|c| c.is_ascii_lowercase())
}

pub(super) fn same_phrases(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for files in translations(repo).values() {
        let ids: Vec<BTreeSet<String>> = files.iter().map(|(_, _, text)| phrase_ids(text)).collect();
        let all: BTreeSet<&String> = ids.iter().flatten().collect();
        for ((_, path, _), own) in files.iter().zip(&ids) {
            let missing = all.iter().filter(|id| !own.contains(**id));
            findings.extend(missing.map(|id| Finding::in_file(path, format!("lacks the phrase `{id}`"))));
        }
        if let [(language, path, _)] = files[..] {
            findings.push(Finding::in_file(
                path,
                format!("stands in one language only ({language})"),
            ));
        }
    }
    findings
}

/// The ids of messages and terms, and of their attributes.
fn phrase_ids(text: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut message = "";
    for line in text.lines() {
        let Some((left, _)) = line.split_once('=') else {
            continue;
        };
        let name = left.trim();
        if let Some(attribute) = name
            .strip_prefix('.')
            .filter(|_| line.starts_with(' ') && is_id(&name[1..]))
        {
            ids.insert(format!("{message}.{attribute}"));
        } else if !line.starts_with(' ') && is_id(name.trim_start_matches('-')) {
            message = name;
            ids.insert(name.to_owned());
        }
    }
    ids
}

fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

pub(super) fn french_spaces(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    let groups = translations(repo);
    for (_, path, text) in groups
        .values()
        .flatten()
        .filter(|(language, _, _)| language.starts_with("fr"))
    {
        for (index, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'))
        {
            let chars: Vec<char> = line.chars().collect();
            let breaks = chars.windows(2).any(|pair| {
                matches!(
                    pair,
                    [' ' | '\t', ';' | ':' | '!' | '?' | '»'] | ['«', ' ' | '\t']
                )
            });
            if breaks {
                let message = "put U+202F (or U+00A0) before ; : ! ? » and after «, not a plain space";
                findings.push(Finding::at_line(path, index, message));
            }
        }
    }
    findings
}

pub(super) fn migrations(repo: &Repo) -> Vec<Finding> {
    let sqlite = migration_names(repo, "sqlite");
    let postgres = migration_names(repo, "postgres");
    sqlite
        .symmetric_difference(&postgres)
        .map(|name| {
            let (has, lacks) = if sqlite.contains(name) {
                ("sqlite", "postgres")
            } else {
                ("postgres", "sqlite")
            };
            Finding::in_file(name, format!("stands for {has} and not for {lacks}"))
        })
        .collect()
}

fn migration_names<'a>(repo: &'a Repo, database: &str) -> BTreeSet<&'a str> {
    let folder = format!("migrations/{database}/");
    repo.paths
        .iter()
        .filter_map(|path| path.split_once(folder.as_str()).map(|(_, name)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_phrase_that_one_language_lacks_is_found() {
        let repo = Repo::of(&[
            (
                "locales/fr/web.ftl",
                "hello = Bonjour\nask = Demander\n    .title = Poser la question\n",
            ),
            (
                "locales/en/web.ftl",
                "# Greeting = not a phrase\nhello = Hello\n    = nothing\nask = Ask\n",
            ),
            ("other/fr.ftl", "one = un\n"),
            ("other/en.ftl", "one = one\n"),
        ]);
        assert_eq!(messages(same_phrases(&repo)), ["lacks the phrase `ask.title`"]);
    }

    #[test]
    fn phrases_in_one_language_only_are_found() {
        let repo = Repo::of(&[("locales/fr.ftl", "hello = Bonjour\n")]);
        assert_eq!(
            messages(same_phrases(&repo)),
            ["stands in one language only (fr)"]
        );
    }

    #[test]
    fn a_french_space_that_breaks_is_found() {
        let good = "# Comment : free\nask = Que cherchez-vous\u{202f}?\nquote = «\u{202f}oui\u{a0}»\n";
        let repo = Repo::of(&[("l/fr.ftl", good), ("l/en.ftl", "odd = Why ?\n")]);
        assert!(french_spaces(&repo).is_empty());
        for bad in [
            "a = Pourquoi ?",
            "a = Horaires : 9 h",
            "a = « oui\u{202f}»",
            "a = Non !",
        ] {
            assert_eq!(french_spaces(&Repo::of(&[("l/fr.ftl", bad)])).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_migration_for_one_database_only_is_found() {
        let repo = Repo::of(&[
            ("crates/store/migrations/sqlite/0001_start.sql", ""),
            ("crates/store/migrations/postgres/0001_start.sql", ""),
            ("crates/store/migrations/sqlite/0002_sites.sql", ""),
        ]);
        assert_eq!(
            messages(migrations(&repo)),
            ["stands for sqlite and not for postgres"]
        );
    }
}
