//! Building the index again while the one that was there answers, on a real database and real folders.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

use assistant::{
    Ask, AskError, Assistant, Channel, Context, Format, Import, IndexPlace, Reply, RevisionFilter, Scope,
    Setup, Target, read_bytes,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::clock::Clock;
use domain::ids::{RevisionId, Sequence};
use domain::life::{Person, Transition};
use domain::site::SiteSettings;
use retrieval::Generations;
use std::path::PathBuf;
use std::time::Duration;
use store::{Job, JobState, Store};
use tempfile::TempDir;
use tokio::sync::watch;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);
const KEY: [u8; 32] = [7; 32];
const LIBRARY: &str = "La carte de bibliothèque est-elle gratuite ?";
const FREE: &str = "La carte de bibliothèque est gratuite pour tous.";
const MARKET: &str = "Quand a lieu le marché aux fleurs ?";
const FLOWERS: &str = "Le marché aux fleurs a lieu le premier dimanche de mai.";

fn now() -> DateTime<Utc> {
    "2026-03-18T09:15:00Z".parse().unwrap()
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

/// A data directory.
struct Installation {
    folder: TempDir,
}

impl Installation {
    /// A town that has published that the library's card is free, indexed.
    async fn new() -> (Self, RevisionId) {
        let installation = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let assistant = installation.open().await;
        let settings = SiteSettings {
            name: "Moulin".into(),
            calendar: TownCalendar {
                timezone: Paris,
                region: HolidayRegion::Metropole,
                zone: SchoolZone::B,
            },
            languages: vec!["fr".into()],
            origins: vec![],
            default_counter: None,
            web_retention_days: 30,
        };
        assistant.ensure_site("moulin", settings).await.unwrap();
        let revision = publish(&assistant, "carte", "Carte de bibliothèque", FREE).await;
        assistant.catch_up().await.unwrap();
        assistant.close().await;
        (installation, revision)
    }

    fn database(&self) -> Target {
        Target::SqliteFile(self.folder.path().join("parvis.db"))
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// As at a start of the program.
    async fn open(&self) -> Assistant {
        let setup = Setup {
            store: self.database(),
            index: IndexPlace::Directory(self.index()),
            installation_key: KEY,
        };
        Assistant::open(setup).await.unwrap()
    }

    /// The names of the generations on the disk.
    fn generations(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.index()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn format(&self) -> String {
        std::fs::read_to_string(self.index().join(&self.generations()[0]).join("format")).unwrap()
    }

    /// Makes the index one that another version of the program wrote.
    fn write_format(&self, format: &str) {
        let file = self.index().join(&self.generations()[0]).join("format");
        std::fs::write(file, format).unwrap();
    }

    fn outdate(&self) {
        let format = self.format();
        self.write_format(&format!("{} analysis/0", format.split(' ').next().unwrap()));
    }
}

/// Imports a page as Ana's and publishes it as Bob, without telling the index.
async fn publish(assistant: &Assistant, id: &str, title: &str, text: &str) -> RevisionId {
    let import = Import {
        site: "moulin".into(),
        scope: Scope::Site,
        collection: "site".into(),
        source: "Ville de Moulin".into(),
        author: person("Ana"),
        trusted_by: None,
        now: now(),
    };
    let context = Context {
        timezone: Paris,
        base_url: None,
    };
    let page = format!("---\nid: {id}\ntitle: {title}\n---\n# {title}\n\n{text}\n");
    let drafts = read_bytes(Format::Markdown, "page.md", page.as_bytes(), &context);
    assistant
        .import(&import, drafts.into_iter(), |_| ())
        .await
        .unwrap();
    let all = assistant.revisions(&RevisionFilter::default()).await.unwrap();
    let revision = all.iter().map(|revision| revision.id).max().unwrap();
    for transition in [Transition::Approve, Transition::Publish] {
        take(assistant, revision, &transition).await;
    }
    revision
}

async fn take(assistant: &Assistant, revision: RevisionId, transition: &Transition) {
    assistant
        .transition(revision, transition, &person("Bob"), now())
        .await
        .unwrap();
}

async fn ask(assistant: &Assistant, question: &str) -> Result<Reply, AskError> {
    let ask = Ask {
        site: "moulin".into(),
        question: question.into(),
        conversation: None,
        channel: Channel::Web,
        budget: None,
        language: None,
        easy_to_read: false,
        idempotency_key: None,
        now: now(),
    };
    assistant.ask(ask).await
}

async fn says(assistant: &Assistant, question: &str, words: &str) -> bool {
    ask(assistant, question).await.unwrap().text().contains(words)
}

/// Lets the background work go on until something holds.
async fn work_until(assistant: &Assistant, clock: Clock, mut holds: impl AsyncFnMut() -> bool) {
    let (stop, stopped) = watch::channel(false);
    let watching = async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
        stop.send(true).unwrap();
    };
    let working = async { tokio::join!(assistant.work(clock, stopped), watching) };
    tokio::time::timeout(PATIENCE, working).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outdated_index_answers_before_and_while_the_next_one_is_built() {
    let (installation, _) = Installation::new().await;
    let today = installation.format();
    installation.outdate();
    let assistant = installation.open().await;
    assert!(assistant.ready() && says(&assistant, LIBRARY, FREE).await);
    let building = tokio::spawn({
        let assistant = assistant.clone();
        async move { assistant.catch_up().await.unwrap() }
    });
    while !building.is_finished() {
        assert!(says(&assistant, LIBRARY, FREE).await);
    }
    assert_eq!(building.await.unwrap(), 1);
    assert!(says(&assistant, LIBRARY, FREE).await);
    assert_eq!(
        (installation.generations(), installation.format()),
        (vec!["000002".to_owned()], today)
    );
    assert_eq!(assistant.catch_up().await.unwrap(), 0);
    assert_eq!(installation.generations(), ["000002"], "it is built once");
}

#[tokio::test]
async fn an_index_of_another_layout_does_not_answer_until_it_is_built_again() {
    let (installation, _) = Installation::new().await;
    installation.write_format("parvis-retrieval/0 analysis/1");
    let assistant = installation.open().await;
    assert!(!assistant.ready());
    assert!(matches!(ask(&assistant, LIBRARY).await, Err(AskError::NotReady)));
    assistant.catch_up().await.unwrap();
    assert!(says(&assistant, LIBRARY, FREE).await);
}

#[tokio::test]
async fn while_an_outdated_index_answers_what_is_retracted_or_revised_is_not_quoted_and_what_is_new_waits() {
    let (installation, revision) = Installation::new().await;
    installation.outdate();
    let assistant = installation.open().await;
    assert!(says(&assistant, LIBRARY, FREE).await);
    publish(&assistant, "marche", "Marché aux fleurs", FLOWERS).await;
    let paid = "La carte de bibliothèque est payante depuis mars.";
    let revised = publish(&assistant, "carte", "Carte de bibliothèque", paid).await;
    assert!(revised > revision && says(&assistant, LIBRARY, paid).await);
    assert!(!says(&assistant, LIBRARY, FREE).await);
    take(&assistant, revised, &Transition::Retire { why: "wrong".into() }).await;
    assert!(!says(&assistant, LIBRARY, paid).await);
    assert!(
        !says(&assistant, MARKET, FLOWERS).await,
        "new: not before the build's end"
    );
    assistant.catch_up().await.unwrap();
    assert!(says(&assistant, MARKET, FLOWERS).await);
    assert!(!says(&assistant, LIBRARY, "carte de bibliothèque est").await);
}

#[tokio::test]
async fn after_a_build_that_was_killed_the_outdated_index_answers_and_the_build_starts_over() {
    let (installation, _) = Installation::new().await;
    installation.outdate();
    let killed = Generations::new(installation.index()).start_next().unwrap();
    killed.index().apply(&[], Sequence(1)).unwrap();
    drop(killed);
    assert_eq!(installation.generations(), ["000001", "000002"]);
    let assistant = installation.open().await;
    assert!(says(&assistant, LIBRARY, FREE).await);
    assert_eq!(assistant.catch_up().await.unwrap(), 1);
    assert!(says(&assistant, LIBRARY, FREE).await);
    assert_eq!(installation.generations(), ["000003"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_build_that_cannot_be_written_is_tried_again_and_the_outdated_index_answers_meanwhile() {
    let (installation, _) = Installation::new().await;
    installation.outdate();
    let in_the_way = installation.index().join("000002");
    std::fs::write(&in_the_way, "not a folder").unwrap();
    let assistant = installation.open().await;
    let store = Store::open(&installation.database(), KEY).await.unwrap();
    let failed = async || {
        let jobs = store.jobs(Some(JobState::Queued)).await.unwrap();
        jobs.iter()
            .any(|job| job.job == Job::IndexPublications && job.attempts == 1)
    };
    work_until(&assistant, Clock::Fixed(now()), failed).await;
    assert!(says(&assistant, LIBRARY, FREE).await);
    std::fs::remove_file(in_the_way).unwrap();
    let done = async || store.jobs(None).await.unwrap().is_empty();
    work_until(&assistant, Clock::Fixed(now() + TimeDelta::hours(1)), done).await;
    assert_eq!(installation.generations(), ["000002"]);
    assert!(says(&assistant, LIBRARY, FREE).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_background_work_builds_an_outdated_index_again_though_nothing_is_published() {
    let (installation, _) = Installation::new().await;
    let today = installation.format();
    let assistant = installation.open().await;
    let store = Store::open(&installation.database(), KEY).await.unwrap();
    let done = async || store.jobs(None).await.unwrap().is_empty();
    work_until(&assistant, Clock::Fixed(now()), done).await;
    assert_eq!(installation.generations(), ["000001"], "what is up to date stays");
    assistant.close().await;
    installation.outdate();
    let assistant = installation.open().await;
    let built = async || installation.generations() == ["000002"];
    work_until(&assistant, Clock::Fixed(now()), built).await;
    assert_eq!(installation.format(), today);
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_build_and_the_outdated_index_answers_at_the_next_start() {
    let (installation, _) = Installation::new().await;
    installation.outdate();
    let assistant = installation.open().await;
    let building = async || installation.generations().len() == 2;
    work_until(&assistant, Clock::Fixed(now()), building).await;
    assert!(!installation.index().join("000002/complete").exists());
    assistant.close().await;
    assert!(says(&installation.open().await, LIBRARY, FREE).await);
}
