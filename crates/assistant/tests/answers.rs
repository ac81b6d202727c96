//! What may answer, and what may not: the invariants of reading, on a real database and a real index.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

use assistant::{
    Ask, Assistant, Channel, Import, IndexPlace, Kind, Reply, RevisionFilter, Scope, Setup, Target,
};
use assistant::{Context, Format, read_bytes};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;
use domain::answer::Verdict;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::ids::RevisionId;
use domain::life::{Person, Transition};
use domain::site::SiteSettings;

const PAGE: &str = "---\nid: carte\ntitle: Carte de bibliothèque\nvalid_until: 2026-12-31\n---\n# Tarif\n\nLa carte de \
                    bibliothèque est gratuite. Elle permet d’emprunter dix livres pendant trois semaines.\n";
const QUESTION: &str = "La carte de bibliothèque est-elle gratuite ?";

fn now() -> DateTime<Utc> {
    "2026-03-18T09:15:00Z".parse().unwrap()
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

struct Town {
    assistant: Assistant,
}

impl Town {
    async fn new() -> Self {
        let setup = Setup {
            store: Target::SqliteMemory,
            index: IndexPlace::Memory,
            installation_key: [7; 32],
        };
        let assistant = Assistant::open(setup).await.unwrap();
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
        Self { assistant }
    }

    /// Imports a page as Ana's draft and gives its revision.
    async fn import(&self, page: &str) -> RevisionId {
        let context = Context {
            timezone: Paris,
            base_url: None,
        };
        let import = Import {
            site: "moulin".into(),
            scope: Scope::Site,
            collection: "site".into(),
            source: "Ville de Moulin".into(),
            author: person("Ana"),
            trusted_by: None,
            now: now(),
        };
        let drafts = read_bytes(Format::Markdown, "carte.md", page.as_bytes(), &context);
        self.assistant
            .import(&import, drafts.into_iter(), |_| ())
            .await
            .unwrap();
        let all = self
            .assistant
            .revisions(&RevisionFilter::default())
            .await
            .unwrap();
        all.iter().map(|revision| revision.id).max().unwrap()
    }

    async fn publish(&self, revision: RevisionId) {
        for transition in [Transition::Approve, Transition::Publish] {
            self.assistant
                .transition(revision, &transition, &person("Bob"), now())
                .await
                .unwrap();
        }
        self.assistant.catch_up().await.unwrap();
    }

    async fn ask(&self, question: &str, at: DateTime<Utc>) -> Reply {
        self.assistant
            .ask(Self::request(question, "the same request", at))
            .await
            .unwrap()
    }

    fn request(question: &str, key: &str, at: DateTime<Utc>) -> Ask {
        Ask {
            site: "moulin".into(),
            question: question.into(),
            conversation: None,
            channel: Channel::Web,
            budget: None,
            language: None,
            idempotency_key: Some(key.into()),
            now: at,
        }
    }
}

fn quotes(reply: &Reply) -> usize {
    reply
        .statements
        .iter()
        .filter(|statement| statement.kind == Kind::Quoted)
        .count()
}

#[tokio::test]
async fn a_list_that_the_budget_cuts_is_said_to_go_on_and_stays_within_it() {
    let town = Town::new().await;
    let steps: String = (1..=12)
        .map(|step| {
            format!("{step}. Étape {step} de l’inscription à la cantine, à faire au guichet unique.\n")
        })
        .collect();
    let page = format!(
        "---\nid: cantine\ntitle: Cantine\n---\n# S’inscrire à la cantine\n\nL’inscription se fait ainsi :\n\n{steps}"
    );
    let revision = town.import(&page).await;
    town.publish(revision).await;
    let asked = |budget| Ask {
        budget,
        idempotency_key: None,
        ..Town::request("Comment se fait l’inscription à la cantine ?", "", now())
    };
    let goes_on = |reply: &Reply| reply.text().contains("Liste incomplète");
    let whole = town.assistant.ask(asked(None)).await.unwrap();
    assert!(
        whole.text().contains("Étape 12") && !goes_on(&whole),
        "{}",
        whole.text()
    );
    for budget in [306, 459] {
        let cut = town.assistant.ask(asked(Some(budget))).await.unwrap();
        assert!(cut.text().contains("Étape 2") && !cut.text().contains("Étape 12"));
        assert!(goes_on(&cut), "{}", cut.text());
        assert!(cut.text().chars().count() <= budget);
    }
}

#[tokio::test]
async fn a_draft_never_answers_and_its_author_cannot_publish_it() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.assistant.catch_up().await.unwrap();
    let reply = town.ask(QUESTION, now()).await;
    assert_eq!((reply.verdict, quotes(&reply)), (Verdict::Unknown, 0));
    let own = town
        .assistant
        .transition(revision, &Transition::Approve, &person("ana"), now())
        .await;
    assert!(own.unwrap_err().to_string().contains("another person"));
}

#[tokio::test]
async fn a_published_page_answers_in_its_exact_words_with_its_proof() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    let reply = town.ask(QUESTION, now()).await;
    assert!(reply.text().contains("La carte de bibliothèque est gratuite."));
    let page = town
        .assistant
        .page("moulin", "carte", assistant::Language::French, now())
        .await
        .unwrap()
        .unwrap();
    for statement in reply
        .statements
        .iter()
        .filter(|statement| statement.kind == Kind::Quoted)
    {
        let source = &statement.sources[0];
        assert_eq!((source.document.as_str(), source.revision), ("carte", revision.0));
        let holding = page
            .blocks
            .iter()
            .find(|block| block.span.contains(source.span))
            .unwrap();
        let (start, end) = (
            source.span.start - holding.span.start,
            source.span.end - holding.span.start,
        );
        assert_eq!(&holding.text[start..end], statement.text);
    }
}

#[tokio::test]
async fn a_retracted_page_is_not_quoted_even_before_the_index_knows_nor_from_a_stored_answer() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    assert!(quotes(&town.ask(QUESTION, now()).await) > 0);
    let retire = Transition::Retire { why: "wrong".into() };
    town.assistant
        .transition(revision, &retire, &person("Bob"), now())
        .await
        .unwrap();
    // The index was not told, and the request carries the key of the answer that was stored.
    assert_eq!(quotes(&town.ask(QUESTION, now()).await), 0);
}

#[tokio::test]
async fn a_page_that_has_expired_is_not_quoted_and_the_answer_says_so() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    let next_year = now() + TimeDelta::days(365);
    let reply = town.ask(QUESTION, next_year).await;
    assert_eq!((reply.verdict, quotes(&reply)), (Verdict::Outdated, 0));
}

#[tokio::test]
async fn a_stored_answer_is_given_again_under_its_key_while_it_is_true() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    let first = town.ask(QUESTION, now()).await;
    assert_eq!(town.ask(QUESTION, now()).await.id, first.id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_residents_at_once_all_get_an_answer_and_one_request_sent_twice_gets_one() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    let asking: Vec<_> = (0..64)
        .map(|resident| {
            let (assistant, key) = (town.assistant.clone(), format!("request {}", resident / 2));
            tokio::spawn(async move {
                assistant
                    .ask(Town::request(QUESTION, &key, now()))
                    .await
                    .unwrap()
                    .id
            })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in asking {
        answers.push(answer.await.unwrap());
    }
    assert!(answers.chunks(2).all(|pair| pair[0] == pair[1]));
    answers.dedup();
    assert_eq!(answers.len(), 32);
}

#[tokio::test]
async fn a_question_that_only_touches_an_expired_page_is_unknown_rather_than_outdated() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    let reply = town
        .ask(
            "Quel est le prix du cheval de trait en Mongolie ?",
            now() + TimeDelta::days(365),
        )
        .await;
    assert_eq!(reply.verdict, Verdict::Unknown);
}

#[tokio::test]
async fn a_conversation_belongs_to_its_site() {
    let town = Town::new().await;
    let reply = town.ask("Bonjour", now()).await;
    let settings = town.assistant.site("moulin").await.unwrap().unwrap().settings;
    town.assistant.ensure_site("lavoir", settings).await.unwrap();
    let elsewhere = Ask {
        site: "lavoir".into(),
        conversation: Some(reply.conversation),
        ..Town::request("et le samedi ?", "another", now())
    };
    let error = town.assistant.ask(elsewhere).await.unwrap_err();
    assert!(matches!(error, assistant::AskError::UnknownConversation));
}
