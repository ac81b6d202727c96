//! The commands of those who answer for the content and for the installation: review by filter, audit trail, check.

use crate::support::{Installation, assert_success};
use std::process::Output;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn run(installation: &Installation, args: &[&str]) -> Output {
    installation.command().args(args).output().unwrap()
}

/// Imports a page of that name as Ana, and says what the command said.
fn import(installation: &Installation, name: &str, more: &[&str]) -> String {
    let page = installation.path(&format!("{name}.md"));
    let text = format!(
        "---\nid: {name}\ntitle: Le {name}\n---\n# Le {name}\n\nLe {name} se tient le jeudi matin.\n"
    );
    std::fs::write(&page, text).unwrap();
    let site = [
        "import", "--site", "moulin", "--source", "Commerce", "--as", "Ana",
    ];
    let imported = installation
        .command()
        .args(site)
        .args(more)
        .arg(&page)
        .output()
        .unwrap();
    assert_success(&imported);
    said(&imported)
}

#[test]
fn the_audit_trail_tells_who_did_what_and_why_latest_first() {
    let installation = Installation::new("");
    import(&installation, "marché", &[]);
    let reject = [
        "review",
        "reject",
        "--all",
        "--source",
        "Commerce",
        "--why",
        "Date fausse",
        "--yes",
        "--as",
        "Bob",
    ];
    assert_success(&run(&installation, &reject));
    let log = run(&installation, &["review", "log", "--source", "Commerce"]);
    assert_success(&log);
    let lines: Vec<_> = said(&log).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains("Z  Bob  rejected  ") && lines[0].ends_with("Le marché  (Commerce)  Date fausse")
    );
    assert!(lines[1].contains("Z  Ana  draft  "), "{lines:?}");
    let all = said(&run(&installation, &["review", "log", "--limit", "4"]));
    assert_eq!(all.lines().count(), 4, "{all}");
    assert!(
        all.contains("(Ville de Moulin)  from a source that Bob declared trusted"),
        "{all}"
    );
}

#[test]
fn a_source_whose_trust_was_withdrawn_brings_drafts_again() {
    let installation = Installation::new("");
    let trust = ["--trusted-by", "Ana"];
    assert!(import(&installation, "marché", &trust).contains("0 drafts, 1 published"));
    assert!(import(&installation, "salon", &[]).contains("0 drafts, 1 published"));
    let distrust = |source| {
        run(
            &installation,
            &["review", "distrust", "--source", source, "--as", "Bob"],
        )
    };
    assert_success(&distrust("Commerce"));
    assert!(import(&installation, "forum", &[]).contains("1 drafts, 0 published"));
    let log = said(&run(&installation, &["review", "log", "--source", "Commerce"]));
    assert!(
        log.contains("Bob  trust withdrawn  (Commerce)") && log.contains("Ana  trusted  (Commerce)"),
        "{log}"
    );
    let unknown = distrust("Commerce");
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        said(&unknown).contains("trusted are: Ville de Moulin"),
        "{}",
        said(&unknown)
    );
}

#[test]
fn what_is_published_is_retracted_by_a_filter_with_one_reason() {
    let installation = Installation::new("");
    for name in ["marché", "salon"] {
        import(&installation, name, &["--trusted-by", "Bob"]);
    }
    let retract = [
        "review", "retract", "--all", "--source", "Commerce", "--why", "Annulés", "--as", "Ana",
    ];
    let unasked = run(&installation, &retract);
    assert!(
        !unasked.status.success() && said(&unasked).contains("--yes"),
        "{}",
        said(&unasked)
    );
    assert_success(&run(&installation, &[&retract[..], &["--yes"]].concat()));
    let listed = run(
        &installation,
        &["review", "list", "--source", "Commerce", "--json"],
    );
    let states: Vec<_> = said(&listed)
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap()["state"].clone())
        .collect();
    assert_eq!(states, ["retired", "retired"]);
}

#[test]
fn a_check_says_what_is_wrong_and_what_to_do() {
    let installation = Installation::new("");
    let sound = run(&installation, &["check"]);
    assert_success(&sound);
    assert!(
        said(&sound).contains("database: sound\nindex: up to date with publication 3\njobs: "),
        "{}",
        said(&sound)
    );

    std::fs::remove_dir_all(installation.data().join("index")).unwrap();
    let unindexed = run(&installation, &["check"]);
    assert_eq!(unindexed.status.code(), Some(1));
    assert!(
        said(&unindexed).contains("`parvis review list`"),
        "{}",
        said(&unindexed)
    );
    assert_success(&run(&installation, &["review", "list"]));
    assert_success(&run(&installation, &["check"]));

    damage(&installation);
    let damaged = run(&installation, &["check"]);
    assert_eq!(damaged.status.code(), Some(1));
    assert!(
        said(&damaged).contains("restore it from a backup"),
        "{}",
        said(&damaged)
    );
}

/// Writes another name of a document over the one that the database's index of names holds.
fn damage(installation: &Installation) {
    let path = installation.data().join("parvis.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let name = b"jumelage";
    let at = bytes
        .windows(name.len())
        .position(|window| window == name)
        .unwrap();
    bytes[at] = b'J';
    std::fs::write(&path, bytes).unwrap();
}
