//! How the channel behaves: a small town on a real store and index, written to through a gateway in memory.

use super::keywords::Keyword;
use super::send::Submit;
use super::{Channel, Line, MemoryGateway, SmsSettings, Takes};
use crate::texts::{Language, texts};
use assistant::{
    Assistant, Context, Format, Import, IndexPlace, RevisionFilter, Scope, Setup, Target, read_bytes,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::clock::Clock;
use domain::ids::RevisionId;
use domain::life::{Person, Transition};
use domain::site::{Site, SiteSettings};
use sms::gsm::{self, Encoding};
use sms::message::{Address, Concatenation, Inbound, Incoming, Outbound, Submission};
use std::num::NonZeroU8;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use url::Url;

const TOWN: &str = "+33199001234";
const ANA: &str = "+33639980001";
const BOB: &str = "+33639980002";
const GATEWAY: &str = "memory";

const CARD: &str = "---\nid: carte\ntitle: Carte de bibliothèque\n---\n# Tarif\n\nLa carte de bibliothèque est \
                    gratuite. Elle permet d’emprunter dix livres « récents » pendant trois semaines.\n";
const POOL: &str = "---\nid: piscine\nkind: place\ntitle: Piscine du Moulin\nplace:\n  address: 1 rue du Bief, 99120 \
                    Moulin\n  phone: 01 99 00 12 34\n  opening_hours: \"Mo-Fr 12:00-14:00; Sa 09:00-13:00; Su \
                    10:00-12:00\"\n  aliases: [piscine]\n---\n# La piscine du Moulin\n\nLe bonnet de bain est \
                    obligatoire.\n";
const CARD_QUESTION: &str = "La carte de bibliothèque est-elle gratuite ?";
const CANTEEN_QUESTION: &str = "Comment se fait l’inscription à la cantine ?";

/// Steps that take more than two segments.
fn canteen() -> String {
    let step =
        |step| format!("{step}. Étape {step} de l’inscription à la cantine, à faire au guichet unique.\n");
    let steps: String = (1..=9).map(step).collect();
    format!(
        "---\nid: cantine\ntitle: Cantine\n---\n# S’inscrire à la cantine\n\nL’inscription se fait ainsi :\n\n{steps}"
    )
}

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-03-18T09:15:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn address(number: &str) -> Address {
    Address::parse(number).unwrap()
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

struct Town {
    assistant: Assistant,
    site: Site,
    settings: SmsSettings,
    messages: AtomicU32,
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
            name: "Ville de Moulin".into(),
            calendar: TownCalendar {
                timezone: Paris,
                region: HolidayRegion::Metropole,
                zone: SchoolZone::B,
            },
            languages: vec!["fr".into(), "en".into()],
            origins: vec![],
            default_counter: None,
            web_retention_days: 30,
        };
        let site = assistant.ensure_site("moulin", settings).await.unwrap();
        let town = Self {
            assistant,
            site,
            settings: SmsSettings::new(TOWN, GATEWAY),
            messages: AtomicU32::new(0),
        };
        for page in [CARD, POOL, &canteen()] {
            town.publish(page).await;
        }
        town
    }

    async fn publish(&self, page: &str) -> RevisionId {
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
            now: at(0),
        };
        let drafts = read_bytes(Format::Markdown, "page", page.as_bytes(), &context);
        let imported = self
            .assistant
            .import(&import, drafts.into_iter(), |_| ())
            .await
            .unwrap();
        assert!(imported.refused.is_empty(), "{:?}", imported.refused);
        let all = self
            .assistant
            .revisions(&RevisionFilter::default())
            .await
            .unwrap();
        let revision = all.iter().map(|revision| revision.id).max().unwrap();
        for transition in [Transition::Approve, Transition::Publish] {
            self.change(revision, transition).await;
        }
        self.assistant.catch_up().await.unwrap();
        revision
    }

    async fn change(&self, revision: RevisionId, transition: Transition) {
        let by = person("Bob");
        self.assistant
            .transition(revision, &transition, &by, at(0))
            .await
            .unwrap();
    }

    async fn retract(&self, revision: RevisionId) {
        self.change(revision, Transition::Retire { why: "wrong".into() })
            .await;
    }

    fn channel(&self, now: DateTime<Utc>) -> Channel {
        let line = Line {
            site: self.site.clone(),
            settings: self.settings.clone(),
            takes: Takes::Segments,
            public_url: Some(Url::parse("https://moulin.example").unwrap()),
        };
        Channel::new(self.assistant.clone(), Clock::Fixed(now), vec![line])
    }

    /// A message with a name of its own.
    fn message(&self, from: &str, text: &str) -> Inbound {
        let number = self.messages.fetch_add(1, Ordering::Relaxed);
        Inbound {
            id: Some(format!("m{number}")),
            from: address(from),
            to: address(TOWN),
            text: text.to_owned(),
            concatenation: None,
        }
    }

    /// What telephones show after messages came in.
    async fn bring(&self, now: DateTime<Utc>, messages: Vec<Inbound>) -> Vec<String> {
        let channel = self.channel(now);
        let incoming = messages.into_iter().map(Incoming::Message).collect();
        channel.receive(GATEWAY, incoming).await.unwrap();
        channel.answer_waiting().await.unwrap();
        self.deliver(now).await
    }

    async fn deliver(&self, now: DateTime<Utc>) -> Vec<String> {
        let (gateway, mut pieces) = MemoryGateway::new();
        self.channel(now).send_waiting(GATEWAY, &gateway).await.unwrap();
        let mut sent = Vec::new();
        while let Ok(piece) = pieces.try_recv() {
            sent.push(piece);
        }
        shown(sent)
    }

    /// The one answer to a message; empty where there is none.
    async fn write(&self, minutes: i64, from: &str, text: &str) -> String {
        let mut shown = self.bring(at(minutes), vec![self.message(from, text)]).await;
        assert!(shown.len() <= 1, "{shown:?}");
        shown.pop().unwrap_or_default()
    }
}

/// The pieces put together, each message checked to be what a town pays for.
fn shown(pieces: Vec<Outbound>) -> Vec<String> {
    let mut messages: Vec<Vec<Outbound>> = Vec::new();
    for piece in pieces {
        assert_eq!(piece.from, address(TOWN));
        match piece.concatenation {
            Some(place) if place.part > 1 => messages.last_mut().unwrap().push(piece),
            _ => messages.push(vec![piece]),
        }
    }
    messages
        .into_iter()
        .map(|pieces| {
            assert!(pieces.len() <= 2, "{} segments", pieces.len());
            let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            let encoding = gsm::Text::new(&text).encoding();
            assert!(pieces.iter().all(|piece| piece.encoding == encoding), "{text}");
            assert_eq!(gsm::segments_of(&text), pieces.len(), "{text}");
            assert!(!text.trim().is_empty());
            text
        })
        .collect()
}

fn link_code(text: &str) -> &str {
    let (_, code) = text.split_once("https://moulin.example/r/").expect("a link");
    code.split_whitespace().next().unwrap()
}

#[tokio::test]
async fn a_question_is_answered_first_by_the_fact_then_by_a_link_in_gsm() {
    let town = Town::new().await;
    let answer = town.write(0, ANA, CARD_QUESTION).await;
    assert!(
        answer.starts_with("La carte de bibliothèque est gratuite."),
        "{answer}"
    );
    assert_eq!(gsm::Text::new(&answer).encoding(), Encoding::Gsm);
    assert!(answer.contains("d'emprunter dix livres \"récents\""), "{answer}");
    let code = link_code(&answer);
    assert!(town.assistant.sms_link(code, at(0)).await.unwrap().is_some());
}

#[tokio::test]
async fn the_workers_answer_and_send_until_they_are_told_to_stop() {
    let town = Town::new().await;
    let channel = Arc::new(town.channel(at(0)));
    let (stop, stopped) = watch::channel(false);
    let (gateway, mut pieces) = MemoryGateway::new();
    let answering = tokio::spawn({
        let (channel, stopped) = (channel.clone(), stopped.clone());
        async move { channel.answer(stopped).await }
    });
    let sending = tokio::spawn({
        let channel = channel.clone();
        async move { channel.send(GATEWAY, &gateway, stopped).await }
    });
    let message = Incoming::Message(town.message(ANA, CARD_QUESTION));
    channel.receive(GATEWAY, vec![message]).await.unwrap();
    let (first, second) = (pieces.recv().await.unwrap(), pieces.recv().await.unwrap());
    let mut both = vec![first, second];
    both.sort_by_key(|piece| piece.concatenation.map(|place| place.part));
    assert!(both.iter().all(|piece| piece.to == address(ANA)));
    assert!(shown(both)[0].contains("est gratuite"));
    stop.send(true).unwrap();
    answering.await.unwrap();
    sending.await.unwrap();
    assert!(town.assistant.sms_queues().await.unwrap().is_empty());
}

/// A gateway that takes what it is given and never says so.
struct Mute(UnboundedSender<Outbound>);

impl Submit for Mute {
    fn at_once(&self) -> u32 {
        10
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        self.0.send(piece).unwrap();
        Submission::Ambiguous {
            detail: "no response".into(),
        }
    }
}

#[tokio::test]
async fn what_a_gateway_says_too_late_to_have_taken_is_in_doubt_no_more() {
    let town = Town::new().await;
    let channel = town.channel(at(0));
    let message = Incoming::Message(town.message(ANA, "AIDE"));
    channel.receive(GATEWAY, vec![message]).await.unwrap();
    channel.answer_waiting().await.unwrap();
    let (sent, mut pieces) = unbounded_channel();
    channel.send_waiting(GATEWAY, &Mute(sent)).await.unwrap();
    let piece = pieces.try_recv().unwrap();
    let in_doubt = town.assistant.sms_queues().await.unwrap()[GATEWAY].ambiguous;
    assert_eq!(in_doubt, 1);
    let taken = |ours: &str| Incoming::Taken {
        ours: ours.to_owned(),
        theirs: Some("A1".into()),
    };
    let late = vec![taken("of another"), taken(&piece.id)];
    channel.receive(GATEWAY, late).await.unwrap();
    assert!(town.assistant.sms_queues().await.unwrap().is_empty());
    assert_eq!(town.deliver(at(5)).await, Vec::<String>::new());
}

#[tokio::test]
async fn suite_tells_every_line_once_and_whole_until_there_is_no_more() {
    let town = Town::new().await;
    let mut told = vec![town.write(0, ANA, CANTEEN_QUESTION).await];
    assert!(told[0].ends_with("Plus : SUITE"), "{}", told[0]);
    for minute in 1..=6 {
        told.push(town.write(minute, ANA, "suite").await);
    }
    let end = told.pop().unwrap();
    assert!(end.starts_with("Il n'y a rien à ajouter"), "{end}");
    let told = told.join("\n");
    for step in 1..=9 {
        let line = format!("{step}. Étape {step} de l'inscription à la cantine, à faire au guichet unique.");
        assert_eq!(
            told.lines().filter(|told| *told == line).count(),
            1,
            "{line} in {told}"
        );
    }
}

#[tokio::test]
async fn lines_that_the_link_displaced_come_with_suite() {
    let mut town = Town::new().await;
    town.settings.segments = NonZeroU8::MIN;
    let mut told = town.write(0, ANA, CANTEEN_QUESTION).await;
    for minute in 1..=19 {
        told = format!("{told}\n{}", town.write(minute, ANA, "SUITE").await);
    }
    for step in 1..=9 {
        assert!(
            told.contains(&format!("{step}. Étape {step} ")),
            "{step} is not in {told}"
        );
    }
}

#[tokio::test]
async fn a_line_too_long_for_an_sms_is_never_cut_and_its_link_shows_it() {
    let town = Town::new().await;
    let long = format!(
        "La patinoire est gratuite{}.",
        " pour les enfants de Moulin accompagnés".repeat(12)
    );
    town.publish(&format!(
        "---\nid: patinoire\ntitle: Patinoire\n---\n# Patinoire\n\n{long}\n"
    ))
    .await;
    let answer = town.write(0, ANA, "La patinoire est-elle gratuite ?").await;
    assert!(
        answer.contains("trop longue") && !answer.contains("accompagn"),
        "{answer}"
    );
    assert!(
        town.assistant
            .sms_link(link_code(&answer), at(0))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn source_gives_the_page_and_the_day_of_its_validation() {
    let town = Town::new().await;
    town.write(0, ANA, CARD_QUESTION).await;
    let source = town.write(1, ANA, "Source ?").await;
    assert_eq!(
        source,
        "Carte de bibliothèque (Ville de Moulin, validé le 18/03/2026)"
    );
    assert!(
        town.write(1, BOB, "source")
            .await
            .starts_with("Il n'y a rien à ajouter")
    );
}

#[tokio::test]
async fn keywords_are_answered_in_any_case_and_in_the_language_they_are_in() {
    let town = Town::new().await;
    for (minute, keyword) in (0..).zip(["AIDE", "aide", "Aide !", "Info"]) {
        let from = format!("+3363998001{minute}");
        assert!(town.write(0, &from, keyword).await.contains("SUITE"), "{keyword}");
    }
    assert!(town.write(0, ANA, "help").await.contains("MORE"));
    let contact = town.write(1, ANA, "CONTACT").await;
    assert!(contact.contains("un programme répond") && contact.contains("moulin.example/confidentialite"));
}

#[tokio::test]
async fn stop_is_confirmed_once_then_there_is_silence_until_they_write_again() {
    let town = Town::new().await;
    assert!(
        town.write(0, ANA, "STOP")
            .await
            .contains("nous ne vous écrirons plus")
    );
    assert_eq!(town.write(1, ANA, "stop").await, "");
    assert_eq!(town.write(2, ANA, "Arrêt !").await, "");
    assert!(town.write(3, ANA, CARD_QUESTION).await.contains("gratuite"));
    assert!(
        town.write(4, ANA, "STOP")
            .await
            .contains("nous ne vous écrirons plus")
    );
}

#[tokio::test]
async fn effacer_erases_the_conversation_and_says_so() {
    let town = Town::new().await;
    let answer = town.write(0, ANA, CARD_QUESTION).await;
    let erased = town.write(1, ANA, "effacer").await;
    assert_eq!(erased, "Vos messages et nos réponses sont effacés.");
    assert!(
        town.assistant
            .sms_link(link_code(&answer), at(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        town.write(2, ANA, "SUITE")
            .await
            .starts_with("Il n'y a rien à ajouter")
    );
}

#[tokio::test]
async fn a_follow_up_is_understood_within_the_idle_time_and_not_after_it() {
    let town = Town::new().await;
    assert!(
        town.write(0, ANA, "piscine dimanche ?")
            .await
            .contains("dimanche 22 mars")
    );
    let follow_up = town.write(5, ANA, "et samedi ?").await;
    assert!(
        follow_up.contains("samedi 21 mars") && follow_up.contains("9 h"),
        "{follow_up}"
    );
    let forgotten = town.write(5 + 61, ANA, "et samedi ?").await;
    assert!(
        !forgotten.contains("Piscine") && !forgotten.is_empty(),
        "{forgotten}"
    );
    assert!(
        !town.write(6, BOB, "et samedi ?").await.contains("Piscine"),
        "of another's conversation"
    );
}

#[tokio::test]
async fn a_queued_answer_is_withdrawn_when_its_page_is() {
    let town = Town::new().await;
    let page = CARD
        .replace("carte", "ludo")
        .replace("bibliothèque", "ludothèque");
    let revision = town.publish(&page).await;
    let channel = town.channel(at(0));
    let message = town.message(ANA, "La ludo de ludothèque est-elle gratuite ?");
    channel
        .receive(GATEWAY, vec![Incoming::Message(message)])
        .await
        .unwrap();
    channel.answer_waiting().await.unwrap();
    town.retract(revision).await;
    let told = town.deliver(at(0)).await;
    assert!(told.len() == 1 && told[0].contains("a changé"), "{told:?}");
    let queues = town.assistant.sms_queues().await.unwrap();
    assert!(queues.is_empty(), "{queues:?}");
}

/// A gateway that takes the first piece and puts the others off.
struct OnlyTheFirst(UnboundedSender<Outbound>, AtomicU32);

impl Submit for OnlyTheFirst {
    fn at_once(&self) -> u32 {
        10
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        if self.1.fetch_add(1, Ordering::Relaxed) > 0 {
            return Submission::Deferred {
                after: None,
                detail: "later".into(),
            };
        }
        self.0.send(piece).unwrap();
        Submission::Accepted { id: None }
    }
}

#[tokio::test]
async fn an_answer_whose_page_is_withdrawn_between_its_parts_is_ended_with_a_word() {
    let town = Town::new().await;
    let revision = town
        .publish(
            &canteen()
                .replace("cantine", "garderie")
                .replace("Cantine", "Garderie"),
        )
        .await;
    let channel = town.channel(at(0));
    let question = town.message(ANA, "Comment se fait l’inscription à la garderie ?");
    channel
        .receive(GATEWAY, vec![Incoming::Message(question)])
        .await
        .unwrap();
    channel.answer_waiting().await.unwrap();
    let (sent, mut pieces) = unbounded_channel();
    let gateway = OnlyTheFirst(sent, AtomicU32::new(0));
    channel.send_waiting(GATEWAY, &gateway).await.unwrap();
    assert_eq!(
        pieces
            .try_recv()
            .unwrap()
            .concatenation
            .map(|place| (place.part, place.total)),
        Some((1, 2))
    );
    town.retract(revision).await;
    let told = town.deliver(at(1)).await;
    assert!(told.len() == 1 && told[0].contains("a changé"), "{told:?}");
}

#[tokio::test]
async fn of_an_answer_that_is_erased_before_it_leaves_nothing_is_said() {
    let town = Town::new().await;
    let channel = town.channel(at(0));
    for text in [CARD_QUESTION, "EFFACER"] {
        let message = Incoming::Message(town.message(ANA, text));
        channel.receive(GATEWAY, vec![message]).await.unwrap();
        channel.answer_waiting().await.unwrap();
    }
    let told = town.deliver(at(0)).await;
    assert!(told.len() == 1 && told[0].contains("effacés"), "{told:?}");
}

#[tokio::test]
async fn what_source_tells_is_withdrawn_with_its_page() {
    let town = Town::new().await;
    let page = CARD
        .replace("carte", "ludo")
        .replace("bibliothèque", "ludothèque");
    let revision = town.publish(&page).await;
    let answer = town
        .write(0, ANA, "La ludo de ludothèque est-elle gratuite ?")
        .await;
    assert!(answer.contains("ludothèque"), "{answer}");
    let channel = town.channel(at(1));
    let message = Incoming::Message(town.message(ANA, "SOURCE"));
    channel.receive(GATEWAY, vec![message]).await.unwrap();
    channel.answer_waiting().await.unwrap();
    town.retract(revision).await;
    let told = town.deliver(at(1)).await;
    assert!(told.len() == 1 && told[0].contains("a changé"), "{told:?}");
}

#[tokio::test]
async fn suite_and_source_do_not_quote_a_page_that_was_retracted() {
    let town = Town::new().await;
    let page = canteen()
        .replace("cantine", "garderie")
        .replace("Cantine", "Garderie");
    let revision = town.publish(&page).await;
    let answer = town
        .write(0, ANA, "Comment se fait l’inscription à la garderie ?")
        .await;
    assert!(answer.contains("garderie"), "{answer}");
    town.retract(revision).await;
    for keyword in ["SUITE", "SOURCE"] {
        let told = town.write(1, ANA, keyword).await;
        assert!(
            told.contains("a changé") && !told.to_lowercase().contains("garderie"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_message_brought_again_is_answered_once() {
    let town = Town::new().await;
    let message = town.message(ANA, CARD_QUESTION);
    let twice = vec![message.clone(), message.clone()];
    assert_eq!(town.bring(at(0), twice).await.len(), 1);
    assert_eq!(town.bring(at(1), vec![message]).await.len(), 0);
    let nameless = Inbound {
        id: None,
        ..town.message(BOB, CARD_QUESTION)
    };
    assert_eq!(town.bring(at(0), vec![nameless.clone()]).await.len(), 1);
    assert_eq!(town.bring(at(1), vec![nameless.clone()]).await.len(), 0);
    let keyword = Inbound {
        text: "SUITE".into(),
        ..nameless
    };
    assert_eq!(
        town.bring(at(2), vec![keyword.clone(), keyword]).await.len(),
        2,
        "two wishes"
    );
}

fn parts(town: &Town, from: &str, reference: u16) -> Vec<Inbound> {
    let words = [
        "Je voudrais savoir si la carte ",
        "de bibliothèque ",
        "est-elle gratuite ?",
    ];
    (1..)
        .zip(words)
        .map(|(part, words)| Inbound {
            concatenation: Concatenation::new(reference, 3, part),
            ..town.message(from, words)
        })
        .collect()
}

#[tokio::test]
async fn the_parts_of_a_long_question_are_one_question_in_any_order() {
    let town = Town::new().await;
    for (reference, order) in (0..).zip([[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]]) {
        let from = format!("+3363998002{reference}");
        let parts = parts(&town, &from, reference);
        for (nth, part) in order.into_iter().enumerate() {
            let shown = town.bring(at(0), vec![parts[part].clone()]).await;
            assert_eq!(shown.len(), usize::from(nth == 2), "{order:?}: {shown:?}");
            assert!(
                shown.iter().all(|answer| answer.contains("est gratuite")),
                "{shown:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_came_is_answered_when_a_part_never_comes() {
    let town = Town::new().await;
    let mut parts = parts(&town, ANA, 9);
    let late = parts.remove(0);
    assert_eq!(town.bring(at(0), parts).await.len(), 0);
    let shown = town.bring(at(2), vec![]).await;
    assert!(shown.len() == 1 && shown[0].contains("gratuite"), "{shown:?}");
    assert_eq!(town.bring(at(3), vec![late]).await.len(), 0);
}

#[tokio::test]
async fn two_robots_stop_within_three_exchanges() {
    let town = Town::new().await;
    let beginnings = [
        CARD_QUESTION,
        CANTEEN_QUESTION,
        "Bonjour",
        "AIDE",
        "SUITE",
        "CONTACT",
        "🙂",
        "Où est le spatioport ?",
        "STOP",
    ];
    for (nth, beginning) in beginnings.into_iter().enumerate() {
        let from = format!("+336399801{nth:02}");
        let mut said = beginning.to_owned();
        for exchange in 0.. {
            said = town.write(exchange, &from, &said).await;
            if said.is_empty() {
                break;
            }
            assert!(exchange < 3, "{beginning}: still at it with {said:?}");
        }
    }
}

#[tokio::test]
async fn a_robot_that_always_says_the_same_is_answered_twice() {
    let town = Town::new().await;
    let mut answered = 0;
    for minute in 0..5 {
        let said = ["Je suis absent jusqu’à lundi.", " je suis ABSENT jusqu'à lundi. "][minute as usize % 2];
        answered += usize::from(!town.write(minute, ANA, said).await.is_empty());
    }
    assert_eq!(answered, 2);
}

#[tokio::test]
async fn the_hourly_limit_is_told_once_and_ends_with_the_hour() {
    let mut town = Town::new().await;
    town.settings.messages_per_hour = 3;
    let mut answers = Vec::new();
    for minute in 0..8 {
        answers.push(
            town.write(minute, ANA, &format!("{CARD_QUESTION} {minute}"))
                .await,
        );
    }
    assert!(
        answers[..3].iter().all(|answer| answer.contains("gratuite")),
        "{answers:?}"
    );
    assert!(answers[3].contains("beaucoup de messages") && answers[3].contains("112"));
    assert!(answers[4..].iter().all(String::is_empty), "{answers:?}");
    assert!(
        !town.write(8, BOB, CARD_QUESTION).await.is_empty(),
        "the limit is each sender's"
    );
    assert!(town.write(90, ANA, CARD_QUESTION).await.contains("gratuite"));
}

#[tokio::test]
async fn stop_and_effacer_are_done_beyond_the_limit_without_a_word() {
    let mut town = Town::new().await;
    town.settings.messages_per_hour = 1;
    let answer = town.write(0, ANA, CARD_QUESTION).await;
    assert_eq!(town.write(1, ANA, "EFFACER").await, "");
    assert!(
        town.assistant
            .sms_link(link_code(&answer), at(1))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn erasing_does_not_reset_what_may_be_asked_in_an_hour() {
    let mut town = Town::new().await;
    town.settings.messages_per_hour = 4;
    let mut answered = 0;
    for minute in 0..30 {
        let text = if minute % 2 == 0 { CARD_QUESTION } else { "EFFACER" };
        answered += usize::from(!town.write(minute, ANA, text).await.is_empty());
    }
    assert!(answered <= 8, "{answered} answers");
}

#[tokio::test]
async fn senders_that_cannot_or_may_not_be_answered_are_not() {
    let town = Town::new().await;
    for from in [
        "+447700900123",
        "Mairie",
        "36555",
        "0639980001",
        TOWN,
        "+3712345678",
    ] {
        assert_eq!(town.write(0, from, CARD_QUESTION).await, "", "{from}");
    }
    for from in ["+262639980001", "+590690980001", "+594694980001", "+596696980001"] {
        assert!(!town.write(0, from, CARD_QUESTION).await.is_empty(), "{from}");
    }
    let elsewhere = Inbound {
        to: address("+33199009999"),
        ..town.message(ANA, CARD_QUESTION)
    };
    assert_eq!(town.bring(at(0), vec![elsewhere]).await.len(), 0);
}

#[tokio::test]
async fn a_spent_budget_is_silence_except_in_an_emergency() {
    let mut town = Town::new().await;
    town.settings.segments_per_day = 2;
    assert!(!town.write(0, ANA, CARD_QUESTION).await.is_empty());
    for (minute, text) in (1..).zip(["piscine dimanche ?", "AIDE", "SUITE", "🙂"]) {
        assert_eq!(town.write(minute, ANA, text).await, "", "{text}");
    }
    let emergency = town.write(6, BOB, "au secours il y a le feu chez moi").await;
    assert!(
        emergency.contains("18") || emergency.contains("112"),
        "{emergency}"
    );
    assert!(
        !town.write(24 * 60, ANA, CARD_QUESTION).await.is_empty(),
        "the next day"
    );
}

#[tokio::test]
async fn an_emergency_is_answered_however_often_it_is_repeated() {
    let town = Town::new().await;
    for minute in 0..5 {
        assert!(
            !town
                .write(minute, ANA, "au secours il y a le feu chez moi")
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn texts_that_hold_no_question_are_handled_and_disturb_nobody() {
    let town = Town::new().await;
    let odd = [
        "",
        " ",
        "\u{0}",
        "🙂🙂",
        "?",
        "\u{202e}abc",
        &"a".repeat(10_000),
        &"é ".repeat(5_000),
        "متى يفتح المسبح",
    ];
    for (nth, text) in odd.into_iter().enumerate() {
        let answer = town.write(0, &format!("+336399802{nth:02}"), text).await;
        assert!(
            !answer.is_empty(),
            "nothing is said to {:?}",
            text.chars().take(9).collect::<String>()
        );
    }
    assert!(town.write(1, ANA, CARD_QUESTION).await.contains("gratuite"));
}

#[tokio::test]
async fn what_gsm_cannot_carry_leaves_whole_as_ucs2_in_as_many_segments() {
    let town = Town::new().await;
    town.publish("---\nid: kartka\ntitle: Картка\n---\n# Картка\n\nБібліотечна картка безкоштовна.\n")
        .await;
    let answer = town.write(0, ANA, "Бібліотечна картка безкоштовна?").await;
    if answer.contains("картка") {
        assert_eq!(gsm::Text::new(&answer).encoding(), Encoding::Ucs2);
        assert!(answer.contains("Бібліотечна картка безкоштовна."), "{answer}");
    } else {
        panic!("{answer}");
    }
}

#[test]
fn our_own_texts_fit_and_name_words_that_are_read() {
    for language in Language::ALL {
        let words = texts(language);
        // What GSM has no letters for takes more than twice the room.
        let (encoding, more) = match language {
            Language::Arabic | Language::Ukrainian | Language::Chinese => (Encoding::Ucs2, 2),
            _ => (Encoding::Gsm, 0),
        };
        for (town, most) in [
            ("Ville de Clairvigny", 1 + more),
            (
                "Communauté de communes de la Vallée de l’Ourcq et du Moulin",
                2 + more,
            ),
        ] {
            let variables = [("town", town), ("url", "questions.clairvigny.example")];
            for id in words
                .beginning_with("sms-")
                .into_keys()
                .filter(|id| *id != "sms-source")
            {
                let text = words.with(id, &variables);
                let sent = gsm::Text::new(&text);
                // What may follow a French extract must not make it dearer.
                let may_be = if id == "sms-more" { Encoding::Gsm } else { encoding };
                assert_eq!(sent.encoding(), may_be, "{text}");
                let segments = gsm::segments_of(&text);
                assert!(
                    segments <= most,
                    "{} in {}: {segments} segments, {} septets",
                    id,
                    language.tag(),
                    sent.units()
                );
                let capitals = text
                    .split(|c: char| !c.is_alphabetic())
                    .filter(|word| word.len() >= 4);
                for word in capitals.filter(|word| word.chars().all(char::is_uppercase)) {
                    assert!(Keyword::read(word).is_some(), "{word} in {text}");
                }
            }
        }
    }
}
