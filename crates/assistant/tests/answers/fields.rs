//! What is computed from fields: hours, contacts and events are read anew, on the town's clocks, for its own site.

use super::*;

const POOL: &str = "---\nid: piscine\ntitle: Piscine des Saules\nplace:\n  phone: 02 61 00 00 01\n  \
                    opening_hours: Mo-Sa 10:00-18:00; PH off\n  aliases: [piscine]\n---\n\
                    Le bassin fait vingt-cinq mètres.\n";
const HOURS: &str = "Quels sont les horaires de la piscine ?";

fn computed(reply: &Reply) -> usize {
    let of_kind = |statement: &&assistant::Spoken| statement.kind == Kind::Computed;
    reply.statements.iter().filter(of_kind).count()
}

#[tokio::test]
async fn a_retracted_place_tells_its_hours_no_more_though_they_were_read_before() {
    let town = Town::new().await;
    let revision = town.import(POOL).await;
    town.publish(revision).await;
    assert!(computed(&town.ask_anew(HOURS, now()).await) > 0);
    let retire = Transition::Retire { why: "wrong".into() };
    town.assistant
        .transition(revision, &retire, &person("Bob"), now())
        .await
        .unwrap();
    assert_eq!(computed(&town.ask_anew(HOURS, now()).await), 0);
}

#[tokio::test]
async fn a_place_that_expires_tells_its_hours_until_its_last_day_though_they_were_read_before() {
    let town = Town::new().await;
    let revision = town
        .import(&POOL.replace("place:", "valid_until: 2026-03-18\nplace:"))
        .await;
    town.publish(revision).await;
    assert!(computed(&town.ask_anew(HOURS, now()).await) > 0);
    let next_day = now() + TimeDelta::days(1);
    assert_eq!(computed(&town.ask_anew(HOURS, next_day).await), 0);
}

#[tokio::test]
async fn neither_the_fields_nor_the_pages_of_another_town_answer() {
    let town = Town::new().await;
    for page in [POOL, PAGE] {
        let revision = town.import(page).await;
        town.publish(revision).await;
    }
    let settings = town.assistant.site("moulin").await.unwrap().unwrap().settings;
    town.assistant.ensure_site("lavoir", settings).await.unwrap();
    for question in [HOURS, QUESTION] {
        assert!(
            quotes(&town.ask_anew(question, now()).await) + computed(&town.ask_anew(question, now()).await)
                > 0
        );
        let elsewhere = Ask {
            site: "lavoir".into(),
            idempotency_key: None,
            ..Town::request(question, "", now())
        };
        let reply = town.assistant.ask(elsewhere).await.unwrap();
        assert_eq!((quotes(&reply), computed(&reply)), (0, 0), "{question}");
    }
}

#[tokio::test]
async fn a_follow_up_is_about_the_place_and_the_time_that_were_spoken_of() {
    let town = Town::new().await;
    let revision = town.import(POOL).await;
    town.publish(revision).await;
    let library = POOL
        .replace("piscine", "mediatheque")
        .replace("Piscine des Saules", "Médiathèque")
        .replace("10:00-18:00", "14:00-19:00");
    let revision = town.import(&library).await;
    town.publish(revision).await;
    let first = town.ask_anew("La piscine est ouverte samedi ?", now()).await;
    assert!(first.text().contains("18\u{202f}h"), "{}", first.text());
    let going_on = |question: &str| Ask {
        conversation: Some(first.conversation.clone()),
        idempotency_key: None,
        ..Town::request(question, "", now())
    };
    let sunday = town.assistant.ask(going_on("et dimanche ?")).await.unwrap();
    assert_eq!(sunday.statements[0].sources[0].document, "piscine");
    assert!(sunday.text().contains("dimanche"), "{}", sunday.text());
    let library = town.assistant.ask(going_on("et la médiathèque ?")).await.unwrap();
    assert_eq!(library.statements[0].sources[0].document, "mediatheque");
    assert!(library.text().contains("dimanche"), "{}", library.text());
}

#[tokio::test]
async fn what_nobody_answers_leads_to_the_counter_and_says_whether_it_is_open_now() {
    let town = Town::new().await;
    let revision = town.import(POOL).await;
    town.publish(revision).await;
    let mut settings = town.assistant.site("moulin").await.unwrap().unwrap().settings;
    settings.default_counter = Some(domain::ids::ExternalId::new("piscine").unwrap());
    town.assistant.ensure_site("moulin", settings).await.unwrap();
    let reply = town
        .ask_anew("Quel est le prix du cheval de trait en Mongolie ?", now())
        .await;
    assert_eq!((reply.verdict, quotes(&reply)), (Verdict::Unknown, 0));
    assert!(
        reply
            .text()
            .contains("02\u{202f}61\u{202f}00\u{202f}00\u{202f}01")
            || reply.text().contains("02 61 00 00 01")
    );
    assert!(reply.text().contains("18\u{202f}h"), "{}", reply.text());
}

#[tokio::test]
async fn an_event_is_announced_in_the_period_asked_about_and_not_once_it_is_over() {
    let town = Town::new().await;
    let event = |id: &str, title: &str, day: &str| {
        format!(
            "---\nid: {id}\ntitle: {title}\nevent:\n  start: {day}T08:00\n  end: {day}T09:00\n---\nUne sortie.\n"
        )
    };
    for (id, title, day) in [
        ("vide-grenier", "Vide-grenier", "2026-03-18"),
        ("carnaval", "Carnaval", "2026-03-21"),
        ("regate", "Régate", "2026-03-28"),
    ] {
        let revision = town.import(&event(id, title, day)).await;
        town.publish(revision).await;
    }
    // A quarter past ten in the town.
    let announced = |reply: &Reply| {
        let sources = reply.statements.iter().flat_map(|statement| &statement.sources);
        sources.map(|source| source.document.clone()).collect::<Vec<_>>()
    };
    let weekend = town.ask_anew("Que faire ce week-end ?", now()).await;
    assert_eq!(announced(&weekend), ["carnaval"]);
    let today = town.ask_anew("Que faire aujourd’hui ?", now()).await;
    assert!(announced(&today).is_empty(), "{}", today.text());
}

#[tokio::test]
async fn an_emergency_gets_its_number_before_anything_else() {
    let town = Town::new().await;
    let revision = town.import(PAGE).await;
    town.publish(revision).await;
    for (question, number) in [
        ("mon père ne respire plus à la bibliothèque", "15"),
        ("au secours, il y a le feu à la bibliothèque", "18"),
        ("je veux mourir", "3114"),
    ] {
        let reply = town.ask_anew(question, now()).await;
        assert_eq!(
            (reply.verdict, quotes(&reply)),
            (Verdict::Emergency, 0),
            "{question}"
        );
        assert!(reply.statements[0].text.contains(number), "{}", reply.text());
    }
}

#[tokio::test]
async fn what_another_body_does_is_told_as_its_own_with_how_to_reach_it() {
    let town = Town::new().await;
    let body = "---\nid: agglo\ntitle: Agglomération du Val\norganisation:\n  level: intercommunal\n  phone: 02 61 00 \
                00 09\n  competences:\n    - subject: eau potable\n      terms: [fuite d’eau, compteur d’eau]\n---\n\
                L’agglomération relève les compteurs d’eau deux fois par an.\n";
    let revision = town.import(body).await;
    town.publish(revision).await;
    for question in [
        "Qui s’occupe d’une fuite d’eau ?",
        "Quand relève-t-on les compteurs d’eau ?",
    ] {
        let reply = town.ask_anew(question, now()).await;
        assert_eq!(reply.verdict, Verdict::Elsewhere, "{question}: {}", reply.text());
        assert!(
            reply.text().contains("02 61 00 00 09"),
            "{question}: {}",
            reply.text()
        );
    }
}
