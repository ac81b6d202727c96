//! What is quoted says neither more nor less than the page: budgets, exceptions, situations and steps.

use super::*;

const PARKING: &str = "---\nid: stationnement\ntitle: Stationnement\n---\nLe stationnement dans le centre est gratuit \
                       le samedi. Toutefois, il est payant les jours de marché.\n\nLes abonnements au stationnement \
                       se prennent en mairie. Ils valent un an.\n";
const STEPS: &str = "---\nid: composteur\ntitle: Composteur\n---\nPour recevoir un composteur :\n\n\
                     1. Remplissez le formulaire de demande du composteur.\n\
                     2. Joignez un justificatif de domicile de moins de trois mois.\n\
                     3. Déposez le tout au guichet.\n\
                     4. Attendez le message qui fixe le jour de remise du composteur.\n";
const FICHE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Publication xmlns:dc=\"d\" ID=\"F12\" type=\"Fiche\">\
                     <dc:title>Timbre fiscal du passeport</dc:title><ListeSituations><Titre>Âge</Titre>\
                     <Situation><Titre>Vous êtes majeur</Titre><Texte><Paragraphe>Le timbre fiscal du passeport coûte \
                     86 euros.</Paragraphe></Texte></Situation><Situation><Titre>Vous êtes mineur</Titre><Texte>\
                     <Paragraphe>Le timbre fiscal du passeport coûte 42 euros.</Paragraphe></Texte></Situation>\
                     </ListeSituations></Publication>";

const MEALS: &str = "---\nid: repas\ntitle: Repas à l’école\n---\nLes repas sont préparés chaque matin par la cuisine \
                     municipale et servis à table aux enfants.\n\n## Prix\n\n| Tranche | Prix |\n| --- | --- |\n\
                     | A, jusqu’à 350 € de quotient | 1,00 € |\n| B, de 351 à 850 € de quotient | 2,70 € |\n\
                     | C, au-dessus de 850 € de quotient | 4,30 € |\n| Hors commune | 6,40 € |\n";
const BRIDGE: &str = "---\nid: pont\ntitle: Pont de la Tuilerie\n---\nLe pont de la Tuilerie relie les deux rives de la \
                      ville. Il est fermé aux camions.\n\nLe chantier de réfection des trottoirs avance selon le \
                      calendrier qui fut annoncé aux riverains à l’automne.\n\nLes peintres ont repeint les \
                      garde-corps en vert, comme les riverains l’avaient demandé lors de la réunion publique.\n\n\
                      La passerelle voisine reste ouverte aux piétons pendant la durée des travaux, de jour comme de \
                      nuit, sauf en cas de crue.\n\nLe bac des Saules transporte les vélos le dimanche. Il part \
                      toutes les heures.\n";

const KEYS: &str = "---\nid: cles\ntitle: Clés du gymnase\n---\nOui. Le prêt des clés du gymnase aux associations se \
                    demande au service des sports.\n\nLes clés du gymnase qui sont prêtées à une association pour une \
                    soirée sont rendues le lendemain avant midi.\n";

const REDUCED: &str = "---\nid: patinoire\ntitle: Patinoire\n---\nLa patinoire ouvre en décembre.\n\n## Tarif réduit\n\nIl \
                       est accordé aux enfants de moins de douze ans et aux étudiants.\n";

/// The answers within every budget of a channel, and without one.
async fn within_budgets(town: &Town, question: &str) -> Vec<(Option<usize>, Reply)> {
    let mut replies = Vec::new();
    for budget in (20..=460).step_by(10).map(Some).chain([None]) {
        let ask = Ask {
            budget,
            idempotency_key: None,
            ..Town::request(question, "", now())
        };
        replies.push((budget, town.assistant.ask(ask).await.unwrap()));
    }
    replies
}

async fn town_with(format: Format, file: &str) -> Town {
    let town = Town::new().await;
    let revision = town.import_as(format, file).await;
    town.publish(revision).await;
    town
}

#[tokio::test]
async fn no_answer_is_longer_than_its_budget() {
    let town = town_with(Format::Markdown, PARKING).await;
    for (budget, reply) in within_budgets(&town, "Le stationnement est-il gratuit le samedi ?").await {
        let length = reply.text().chars().count();
        assert!(
            budget.is_none_or(|budget| length <= budget),
            "{budget:?}: {length}"
        );
    }
}

#[tokio::test]
async fn an_exception_is_never_cut_away_from_what_it_limits() {
    let town = town_with(Format::Markdown, PARKING).await;
    let mut quoted = 0;
    for (budget, reply) in within_budgets(&town, "Le stationnement est-il gratuit le samedi ?").await {
        let text = reply.text();
        let (rule, exception) = (
            text.contains("gratuit"),
            text.contains("payant les jours de marché"),
        );
        assert_eq!(rule, exception, "{budget:?}: {text}");
        quoted += usize::from(rule);
    }
    assert!(quoted > 10, "nothing was quoted");
}

#[tokio::test]
async fn a_sentence_that_points_back_is_never_quoted_alone() {
    let town = town_with(Format::Markdown, PARKING).await;
    for (budget, reply) in within_budgets(&town, "Combien valent les abonnements un an ?").await {
        let text = reply.text();
        assert!(
            !text.contains("Ils valent") || text.contains("se prennent en mairie"),
            "{budget:?}: {text}"
        );
    }
}

#[tokio::test]
async fn what_holds_in_one_situation_is_never_said_without_it() {
    let town = town_with(Format::Comarquage, FICHE).await;
    let mut quoted = 0;
    for (budget, reply) in within_budgets(&town, "Combien coûte le timbre fiscal du passeport ?").await {
        let text = reply.text();
        for (price, situation) in [("86 euros", "majeur"), ("42 euros", "mineur")] {
            let price = text.find(price);
            assert!(
                price.is_none() || text.find(situation).is_some_and(|at| Some(at) < price),
                "{budget:?}: {text}"
            );
            quoted += usize::from(price.is_some());
        }
    }
    assert!(quoted > 10, "nothing was quoted");
}

#[tokio::test]
async fn steps_keep_their_order_from_the_first_and_are_whole_where_there_is_room() {
    let town = town_with(Format::Markdown, STEPS).await;
    let steps = ["Remplissez", "Joignez", "Déposez", "Attendez"];
    let question = "Comment recevoir un composteur, quel jour de remise ?";
    for (budget, reply) in within_budgets(&town, question).await {
        let said: Vec<_> = reply
            .statements
            .iter()
            .filter(|statement| statement.layout == domain::statement::Layout::Step)
            .collect();
        assert!(
            said.iter()
                .zip(steps)
                .all(|(step, first)| step.text.starts_with(first)),
            "{budget:?}: {}",
            reply.text()
        );
        let announced = reply.text().contains("Pour recevoir un composteur");
        assert!(!announced || !said.is_empty(), "{budget:?}: {}", reply.text());
        if budget.is_none() {
            assert_eq!(said.len(), steps.len(), "{}", reply.text());
        }
    }
}

#[tokio::test]
async fn an_exception_in_a_paragraph_of_its_own_stays_where_a_computed_fact_comes_first() {
    let event = format!(
        "---\nid: concert\ntitle: Grand concert de printemps de l’orchestre d’harmonie\nevent:\n  start: \
         2026-03-20T20:30\n  end: 2026-03-20T22:00\n  location: {}\n  price: {}\n---\nL’entrée du concert est libre \
         sans réservation.\n\nToutefois, les groupes réservent leurs places en mairie.\n",
        "Grande salle des fêtes et des congrès, place de la République, entrée par le jardin",
        "gratuit pour les habitants de la commune, participation libre pour les autres"
    );
    let town = town_with(Format::Markdown, &event).await;
    let mut cut = 0;
    for (budget, reply) in
        within_budgets(&town, "L’entrée du concert est-elle libre sans réservation ?").await
    {
        let text = reply.text();
        let (rule, exception) = (
            text.contains("sans réservation"),
            text.contains("les groupes réservent"),
        );
        assert_eq!(rule, exception, "{budget:?}: {text}");
        cut += usize::from(!rule);
    }
    assert!(cut > 0, "nothing was cut");
}

#[tokio::test]
async fn a_list_is_given_whole_where_the_channel_has_room() {
    let items: Vec<String> = (1..=12)
        .map(|number| {
            format!("- Pièce {number} du dossier de mariage, en original, avec sa copie certifiée conforme par la mairie")
        })
        .collect();
    let page = format!(
        "---\nid: mariage\ntitle: Mariage\n---\nLe dossier de mariage comprend :\n\n{}\n",
        items.join("\n")
    );
    let town = town_with(Format::Markdown, &page).await;
    let reply = town.ask_anew("Que comprend le dossier de mariage ?", now()).await;
    let said = (1..=12).filter(|number| reply.text().contains(&format!("Pièce {number} du")));
    assert_eq!(said.count(), 12, "{}", reply.text());
}

#[tokio::test]
async fn a_table_is_told_from_its_first_row_and_under_its_heading() {
    let town = town_with(Format::Markdown, MEALS).await;
    let mut told = 0;
    for (budget, reply) in within_budgets(&town, "combien coûte le repas").await {
        let rows: Vec<_> = reply
            .statements
            .iter()
            .filter(|statement| statement.layout == domain::statement::Layout::Row)
            .collect();
        let Some(first) = rows.first() else { continue };
        assert!(
            first.text.starts_with("A, jusqu’à"),
            "{budget:?}: {}",
            reply.text()
        );
        if budget.is_none() {
            assert!(reply.text().contains("Prix\n"), "{}", reply.text());
        }
        told += 1;
    }
    assert!(told > 10, "no row was told");
}

#[tokio::test]
async fn a_table_may_begin_with_the_row_that_the_question_names() {
    let town = town_with(Format::Markdown, MEALS).await;
    let replies = within_budgets(&town, "combien coûte le repas hors commune").await;
    let short = |(budget, reply): &(Option<usize>, Reply)| {
        budget.is_some_and(|budget| budget < 120) && reply.text().contains("6,40 €")
    };
    assert!(
        replies.iter().any(short),
        "the row that was asked for has no room in a short answer"
    );
}

#[tokio::test]
async fn an_answer_may_stop_before_a_sentence_that_only_goes_on() {
    let town = town_with(Format::Markdown, BRIDGE).await;
    let replies = within_budgets(&town, "Que relie le pont de la Tuilerie ?").await;
    let alone = replies.iter().any(|(_, reply)| {
        let text = reply.text();
        text.contains("relie les deux rives") && !text.contains("fermé aux camions")
    });
    assert!(alone);
}

#[tokio::test]
async fn two_places_of_a_page_are_told_together_where_both_answer() {
    let town = town_with(Format::Markdown, BRIDGE).await;
    let replies = within_budgets(&town, "pont de la Tuilerie, bac des Saules").await;
    let both = replies.iter().any(|(budget, reply)| {
        let text = reply.text();
        let leapt = text.find("relie les deux rives") < text.find("transporte les vélos");
        budget.is_some() && leapt && text.contains("relie") && !text.contains("passerelle")
    });
    assert!(
        both,
        "{}",
        replies.last().map(|(_, reply)| reply.text()).unwrap_or_default()
    );
}

#[tokio::test]
async fn yes_is_said_first_where_the_page_says_so_plainly() {
    let town = town_with(Format::Markdown, KEYS).await;
    let question = "Les clés du gymnase peuvent-elles être prêtées à une association pour une soirée ?";
    let mut said = 0;
    for (budget, reply) in within_budgets(&town, question).await {
        let text = reply.text();
        if text.contains("gymnase") {
            assert!(text.starts_with("Oui."), "{budget:?}: {text}");
            said += 1;
        }
    }
    assert!(said > 10, "nothing was said");
}

#[tokio::test]
async fn a_paragraph_that_points_to_its_heading_is_never_quoted_without_it() {
    let town = town_with(Format::Markdown, REDUCED).await;
    let mut quoted = 0;
    for (budget, reply) in within_budgets(&town, "À la patinoire, qui est accordé aux étudiants ?").await {
        let text = reply.text();
        if let Some(at) = text.find("Il est accordé") {
            assert!(text[..at].contains("Tarif réduit"), "{budget:?}: {text}");
            quoted += 1;
        }
    }
    assert!(quoted > 10, "nothing was quoted");
}
