//! Rules on source files: purpose, lints, length, what is left to do, no trace of one machine.

use super::{Finding, Repo};

pub(super) fn purpose_line(repo: &Repo) -> Vec<Finding> {
    repo.with_extension(&["rs"])
        .filter(|(_, text)| !opens_with_purpose(text))
        .map(|(path, _)| Finding::in_file(path, "open the file with a `//! ` line that says what it is for"))
        .collect()
}

fn opens_with_purpose(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first
        .strip_prefix("//! ")
        .is_some_and(|purpose| purpose.len() > 10)
}

pub(super) fn no_allow(repo: &Repo) -> Vec<Finding> {
    each_line(repo, &["rs"], |line| {
        let line = line.trim_start();
        (line.starts_with("#[allow(") || line.starts_with("#![allow(")).then(|| {
            "write `#[expect(lint, reason = \"…\")]`, which complains when it is no longer needed".into()
        })
    })
}

pub(super) fn todo_has_an_issue(repo: &Repo) -> Vec<Finding> {
    let extensions = [
        "rs", "js", "mjs", "css", "html", "ftl", "sql", "toml", "sh", "yml",
    ];
    each_line(repo, &extensions, |line| {
        let unfinished = line
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == concat!("TO", "DO") || word == concat!("FIX", "ME"));
        let linked = line.contains("/issues/") || line.contains("(#");
        (unfinished && !linked).then(|| "name the issue, as `(#12)`, or do it".into())
    })
}

/// Long files that are better whole, each with its reason.
const LONG: &[(&str, &str)] = &[(
    "crates/server/web/widget.js",
    "a town's page loads one script, made without a build step",
)];
const MOST_LINES: usize = 600;

pub(super) fn file_length(repo: &Repo) -> Vec<Finding> {
    repo.with_extension(&["rs", "js", "mjs", "css"])
        .filter(|(path, _)| !is_test(path) && !LONG.iter().any(|(long, _)| long == path))
        .filter_map(|(path, text)| {
            let lines = lines_without_tests(text);
            (lines > MOST_LINES).then(|| {
                Finding::in_file(
                    path,
                    format!("{lines} lines without its tests, more than {MOST_LINES}: split it"),
                )
            })
        })
        .collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').any(|folder| folder == "tests")
}

fn lines_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{'))
        .unwrap_or(lines.len())
}

/// Traces of the machine that a file was written on. Split, so that this file does not name them.
const TRACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("arti", "factory"),
    concat!("registry.npmjs", ".org"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("deb.debian", ".org"),
    concat!("files.pythonhosted", ".org"),
];
const TRACES_IN_DOCUMENTS: &[&str] = &[concat!("/tm", "p/"), concat!("/ho", "me/")];

pub(super) fn no_machine(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &repo.texts {
        if path.ends_with(".lock") || path.ends_with("package-lock.json") {
            continue;
        }
        let document = path.ends_with(".md");
        for (index, line) in text.lines().enumerate() {
            let trace = TRACES
                .iter()
                .chain(TRACES_IN_DOCUMENTS.iter().filter(|_| document))
                .find(|trace| names_trace(line, trace));
            if let Some(trace) = trace {
                findings.push(Finding::at_line(
                    path,
                    index,
                    format!("names `{trace}`, which is one machine's"),
                ));
            }
        }
    }
    findings
}

/// A trace that is a path counts only where the path begins, not inside a longer one.
fn names_trace(line: &str, trace: &str) -> bool {
    line.match_indices(trace).any(|(at, _)| {
        !trace.starts_with('/')
            || !line[..at]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}'))
    })
}

fn each_line(repo: &Repo, extensions: &[&str], check: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    repo.with_extension(extensions)
        .flat_map(|(path, text)| {
            text.lines()
                .enumerate()
                .filter_map(|(index, line)| check(line).map(|message| Finding::at_line(path, index, message)))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.place.as_str()).collect()
    }

    #[test]
    fn a_rust_file_without_its_purpose_is_found() {
        let repo = Repo::of(&[
            ("good.rs", "//! Reads the calendar of a town.\nfn main() {}"),
            ("bare.rs", "fn main() {}"),
            ("empty.rs", ""),
            ("short.rs", "//! Code.\n"),
        ]);
        assert_eq!(places(&purpose_line(&repo)), ["bare.rs", "empty.rs", "short.rs"]);
    }

    #[test]
    fn an_allowed_lint_is_found() {
        let attribute = concat!("#[", "allow(dead_code)]");
        let repo = Repo::of(&[("a.rs", &format!("//! x\n    {attribute}\nfn f() {{}}"))]);
        assert_eq!(places(&no_allow(&repo)), ["a.rs:2"]);
        assert!(no_allow(&Repo::of(&[("a.rs", "#[expect(dead_code, reason = \"r\")]")])).is_empty());
    }

    #[test]
    fn unfinished_work_without_an_issue_is_found() {
        let word = concat!("TO", "DO");
        let text = format!("// {word}: later\n// {word}(#12): later\nlet {word}S = 1;");
        assert_eq!(
            places(&todo_has_an_issue(&Repo::of(&[("a.rs", &text)]))),
            ["a.rs:1"]
        );
    }

    #[test]
    fn a_long_file_is_found_and_its_tests_do_not_count() {
        let long = "fn f() {}\n".repeat(MOST_LINES + 1);
        let tests = format!("fn f() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert_eq!(
            places(&file_length(&Repo::of(&[
                ("a.rs", &long),
                ("b.rs", &tests),
                ("c/tests.rs", &long)
            ]))),
            ["a.rs"]
        );
    }

    #[test]
    fn traces_of_a_machine_are_found() {
        let work = concat!("see /wo", "rk/notes");
        let temporary = concat!("written to /tm", "p/out");
        let repo = Repo::of(&[
            ("a.rs", work),
            ("b.md", temporary),
            ("c.rs", temporary),
            ("d.md", concat!("https://example.org/net/wo", "rk/a")),
            ("Cargo.lock", concat!("index.crates", ".io")),
            ("e.toml", concat!("arti", "factory")),
        ]);
        assert_eq!(places(&no_machine(&repo)), ["a.rs:1", "b.md:1", "e.toml:1"]);
    }
}
