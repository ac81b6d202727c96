//! The demonstration town: an invented French town, part of the program, loaded into its own database.

mod placeholders;

use crate::data_dir::DataDir;
use crate::terminal;
use anyhow::{Context as _, Result, bail};
use assistant::{Assistant, Context, Format, Import, Language, RevisionFilter, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::ids::ExternalId;
use domain::life::{Person, State, Transition};
use domain::site::SiteSettings;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;

/// The town's key.
pub(crate) const SITE: &str = "clairvigny";
const TOWN: &str = "Ville de Clairvigny";
const AUTHOR: &str = "Service communication";
const REVIEWER: &str = "Secrétariat général";
const WHY_REJECTED: &str = "Contredit une page publiée";
const WHY_RETIRED: &str = "N'est plus d'actualité";
/// The line of a file's front matter that says how far its revision goes in the demo; not part of the document.
const STATE_KEY: &str = "demo_state:";
const STATE_FILE: &str = "demo.json";

#[derive(RustEmbed)]
#[folder = "demo/content"]
struct Content;

/// What the data directory remembers of the demo.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    /// The day of the first start, which every date of the content counts from.
    first_day: NaiveDate,
    /// The digest of the content that was loaded to its end.
    loaded: Option<String>,
}

/// The town's settings; pages of these origins may embed the widget.
pub(crate) fn settings(origins: Vec<String>) -> Result<SiteSettings> {
    Ok(SiteSettings {
        name: TOWN.to_owned(),
        calendar: TownCalendar {
            timezone: chrono_tz::Europe::Paris,
            region: HolidayRegion::Metropole,
            zone: SchoolZone::B,
        },
        languages: Language::ALL.map(|language| language.tag().to_owned()).to_vec(),
        origins,
        default_counter: Some(ExternalId::new("mairie")?),
        web_retention_days: 30,
    })
}

/// Deletes what an earlier demo left in a directory, and nothing but a demo's directory.
///
/// # Errors
/// When the directory holds something else, or a file cannot be deleted.
pub(crate) fn clear(data_dir: &DataDir) -> Result<()> {
    let entries = || {
        std::fs::read_dir(data_dir.path()).with_context(|| format!("reading {}", data_dir.path().display()))
    };
    let is_lock = |entry: &std::fs::DirEntry| entry.file_name() == "parvis.lock";
    let others = entries()?
        .filter_map(Result::ok)
        .filter(|entry| !is_lock(entry))
        .count();
    if others > 0 && !data_dir.join(STATE_FILE).exists() {
        bail!(
            "{} was not made by the demo, so it is not cleared; give another --data-dir",
            data_dir.path().display()
        );
    }
    for entry in entries()? {
        let entry = entry?;
        if is_lock(&entry) {
            continue;
        }
        let path = entry.path();
        let deleted = if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        deleted.with_context(|| format!("deleting {}", path.display()))?;
    }
    Ok(())
}

/// Loads, reviews and publishes the town, unless that is done already. What a killed start left undone is done now.
///
/// # Errors
/// When the content is wrong, or the database or index cannot be written.
pub(crate) async fn load(assistant: &Assistant, data_dir: &DataDir, now: DateTime<Utc>) -> Result<()> {
    let today = now.with_timezone(&chrono_tz::Europe::Paris).date_naive();
    let content = content()?;
    let digest = digest(&content);
    let path = data_dir.join(STATE_FILE);
    let mut remembered = read_state(&path)?.unwrap_or(Remembered {
        first_day: today,
        loaded: None,
    });
    if remembered.loaded.as_ref() == Some(&digest) {
        return Ok(());
    }
    // The first day is kept before anything is loaded, so that a start after a crash counts from the same day.
    write_state(&path, &remembered)?;
    let (drafts, states) = read(content, remembered.first_day)?;
    let bar = terminal::progress(3 * drafts.len() as u64, "loading the town");
    let import = Import {
        site: SITE.to_owned(),
        scope: Scope::Site,
        collection: SITE.to_owned(),
        source: TOWN.to_owned(),
        author: Person::new(AUTHOR)?,
        trusted_by: None,
        now,
    };
    let report = assistant
        .import(&import, drafts.into_iter().map(Ok), |done| {
            bar.set_position(done.saved as u64);
        })
        .await?;
    if let Some(refused) = report.refused.first() {
        bail!("the demo's content is refused: {refused}");
    }
    review(assistant, &states, now, || bar.inc(1)).await?;
    bar.set_message("indexing");
    assistant.catch_up().await?;
    bar.finish_and_clear();
    remembered.loaded = Some(digest);
    write_state(&path, &remembered)
}

/// Takes every revision to its state, step by step, as a reviewer would.
async fn review(
    assistant: &Assistant,
    states: &HashMap<ExternalId, State>,
    now: DateTime<Utc>,
    mut stepped: impl FnMut(),
) -> Result<()> {
    let reviewer = Person::new(REVIEWER)?;
    let open = RevisionFilter {
        states: vec![State::Draft, State::Submitted, State::Approved, State::Published],
        ..RevisionFilter::default()
    };
    // A second revision of a document is reviewed before an older one would be retired by hand.
    for revision in assistant.revisions(&open).await? {
        let wanted = states
            .get(&revision.external_id)
            .copied()
            .unwrap_or(State::Published);
        let mut state = revision.life.state();
        while let Some(transition) = next_step(state, wanted) {
            let life = assistant
                .transition(revision.id, &transition, &reviewer, now)
                .await?;
            state = life.state();
            stepped();
        }
    }
    Ok(())
}

fn next_step(state: State, wanted: State) -> Option<Transition> {
    match (state, wanted) {
        (State::Draft, State::Submitted) => Some(Transition::Submit),
        (State::Draft | State::Submitted, State::Approved | State::Published | State::Retired) => {
            Some(Transition::Approve)
        }
        (State::Draft | State::Submitted, State::Rejected) => Some(Transition::Reject {
            why: WHY_REJECTED.to_owned(),
        }),
        (State::Approved, State::Published | State::Retired) => Some(Transition::Publish),
        (State::Published, State::Retired) => Some(Transition::Retire {
            why: WHY_RETIRED.to_owned(),
        }),
        _ => None,
    }
}

type Drafts = Vec<domain::document::Draft>;

fn read(
    content: Vec<(String, String)>,
    first_day: NaiveDate,
) -> Result<(Drafts, HashMap<ExternalId, State>)> {
    let context = Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: None,
    };
    let (mut drafts, mut states) = (Vec::new(), HashMap::new());
    for (name, text) in content {
        let Some(format) = Format::of_file_name(&name) else {
            continue;
        };
        let text = placeholders::replace(&name, &text, first_day)?;
        let (text, state) = take_state(&name, &text)?;
        for draft in assistant::read_bytes(format, &name, text.as_bytes(), &context) {
            let mut draft = draft.context("the demo's content is refused")?;
            // The invented town has no website: its pages are those that we serve.
            draft.content.url = None;
            states.insert(draft.external_id.clone(), state);
            drafts.push(draft);
        }
    }
    Ok((drafts, states))
}

/// The text without its state's line, and the state; published where it names none.
fn take_state(file: &str, text: &str) -> Result<(String, State)> {
    let Some(line) = text
        .lines()
        .take_while(|line| !line.starts_with('#'))
        .find(|line| line.starts_with(STATE_KEY))
    else {
        return Ok((text.to_owned(), State::Published));
    };
    let name = line[STATE_KEY.len()..].trim();
    let state = State::parse(name).with_context(|| format!("{file}: {STATE_KEY} {name:?} is not a state"))?;
    Ok((text.replacen(&format!("{line}\n"), "", 1), state))
}

fn content() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for name in Content::iter() {
        let file = Content::get(&name).with_context(|| format!("the demo's {name} is gone"))?;
        let text =
            String::from_utf8(file.data.into_owned()).with_context(|| format!("{name} is not UTF-8"))?;
        files.push((name.into_owned(), text));
    }
    files.sort();
    Ok(files)
}

fn digest(content: &[(String, String)]) -> String {
    let mut digest = Sha256::new();
    for (name, text) in content {
        digest.update(name.as_bytes());
        digest.update(text.as_bytes());
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn read_state(path: &PathBuf) -> Result<Option<Remembered>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let doing = || format!("reading {}; start over with --fresh", path.display());
            serde_json::from_slice(&bytes).map(Some).with_context(doing)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

fn write_state(path: &PathBuf, remembered: &Remembered) -> Result<()> {
    let aside = path.with_extension("json.new");
    let written =
        std::fs::write(&aside, serde_json::to_vec(remembered)?).and_then(|()| std::fs::rename(&aside, path));
    written.with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_whole_content_reads_on_any_first_day() {
        let files = content().unwrap();
        for day in ["2026-03-18", "2026-12-31", "2028-02-29"] {
            let (drafts, states) = read(files.clone(), day.parse().unwrap()).unwrap();
            let ids: HashSet<_> = drafts.iter().map(|draft| &draft.external_id).collect();
            assert!(drafts.len() >= 90, "{} documents", drafts.len());
            assert_eq!(ids.len(), drafts.len(), "an id stands twice");
            assert!(
                states.values().any(|state| *state == State::Draft),
                "no draft that must not answer"
            );
            assert!(
                drafts
                    .iter()
                    .all(|draft| !draft.content.text.as_str().contains("{{"))
            );
        }
    }

    #[test]
    fn the_state_is_taken_out_of_the_front_matter_alone() {
        let text = "---\nid: a\ndemo_state: draft\n---\n# Titre\ndemo_state: approved\n";
        let (without, state) = take_state("a.md", text).unwrap();
        assert_eq!(
            (without.as_str(), state),
            ("---\nid: a\n---\n# Titre\ndemo_state: approved\n", State::Draft)
        );
        assert!(take_state("a.md", "---\ndemo_state: drfat\n---\n").is_err());
    }

    #[test]
    fn every_state_is_reached_step_by_step() {
        use domain::life::{Act, Life};
        let at = DateTime::from_timestamp(0, 0).unwrap();
        for wanted in State::ALL {
            let mut life = Life::draft(Act {
                by: Person::new(AUTHOR).unwrap(),
                at,
            });
            while let Some(step) = next_step(life.state(), wanted) {
                life = life.apply(&step, &Person::new(REVIEWER).unwrap(), at).unwrap();
            }
            assert_eq!(life.state(), wanted);
        }
    }

    #[test]
    fn only_a_demos_directory_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = DataDir::open(folder.path()).unwrap();
        std::fs::write(data_dir.join("thesis.odt"), "years of work").unwrap();
        assert!(clear(&data_dir).is_err());
        assert!(data_dir.join("thesis.odt").exists());
        std::fs::remove_file(data_dir.join("thesis.odt")).unwrap();
        std::fs::write(data_dir.join(STATE_FILE), "{}").unwrap();
        std::fs::create_dir(data_dir.join("index")).unwrap();
        clear(&data_dir).unwrap();
        assert_eq!(std::fs::read_dir(data_dir.path()).unwrap().count(), 0);
    }
}
