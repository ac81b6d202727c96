//! Pages of municipal sites: what is kept of them, and what is left out or held.

use super::*;
use crate::{Held, test_support};
use domain::text::{Block, BlockKind};

const FILLER: &str = "<p>La mairie accueille les habitants pour leurs démarches, du lundi au vendredi, sans rendez-vous.</p>\
    <p>Le service de l'état civil délivre les actes et reçoit les demandes de carte d'identité et de passeport.</p>";

fn draft(html: &str) -> Draft {
    read(test_support::file("https://www.ville.example/mairie", html)).unwrap()
}

fn blocks(draft: &Draft) -> Vec<(BlockKind, &str)> {
    let slice = |b: &Block| (b.kind, draft.content.text.slice(b.span).unwrap());
    draft.content.blocks.iter().map(slice).collect()
}

fn main_blocks(html: &str) -> Vec<(BlockKind, String)> {
    let draft = draft(&format!("<main><h1>T</h1>{html}{FILLER}</main>"));
    let mut blocks: Vec<_> = blocks(&draft)
        .into_iter()
        .map(|(kind, text)| (kind, text.to_owned()))
        .collect();
    blocks.truncate(blocks.len() - 2);
    blocks
}

#[test]
fn what_surrounds_the_content_is_left_out() {
    let draft = draft(&format!(
        "<html lang=\"fr-FR\"><head><title>Mairie | Ville</title>\
         <link rel=canonical href=\"/mairie/\"><meta property=\"article:modified_time\" content=\"2026-01-05T08:00:00+01:00\"></head>\
         <body><header>Ville</header><nav>menu</nav><div id=\"tarteaucitronRoot\">cookies</div>\
         <main><div class=\"breadcrumb\">Accueil</div><header><h1>La mairie</h1></header>{FILLER}\
         <form>Recherche</form><script>var x;</script><ul class=\"menu\"><li><a href=/a>Autre page</a></ul></main><footer>pied</footer></body></html>"
    ));
    let content = &draft.content;
    assert_eq!(content.title, "La mairie");
    assert_eq!(content.language, "fr");
    assert_eq!(content.url.as_deref(), Some("https://www.ville.example/mairie/"));
    assert_eq!(content.modified.unwrap().to_string(), "2026-01-05");
    assert_eq!(content.blocks.len(), 2, "{}", content.text.as_str());
}

#[test]
fn a_page_without_marks_is_found_by_its_text() {
    let long = FILLER.repeat(6);
    let draft = draft(&format!(
        "<title>Mairie - Ville</title><body><nav><a href=/>Accueil</a></nav><div class=c>{long}</div>"
    ));
    assert_eq!(draft.content.title, "Mairie");
    assert!(draft.content.text.as_str().contains("état civil"));
    assert!(!draft.content.text.as_str().contains("Accueil"));
}

#[test]
fn a_canonical_address_on_another_host_is_not_believed() {
    let draft = draft(&format!(
        "<link rel=canonical href=\"https://ailleurs.example/\"><main><h1>T</h1>{FILLER}</main>"
    ));
    assert_eq!(
        draft.content.url.as_deref(),
        Some("https://www.ville.example/mairie")
    );
}

#[test]
fn lists_keep_their_order_and_depth() {
    let item = |ordered, depth| BlockKind::Item { ordered, depth };
    assert_eq!(
        main_blocks("<ol><li>Un<ul><li>a</li></ul></li><li><p>Deux</p></li></ol>"),
        [
            (item(true, 0), "Un".into()),
            (item(false, 1), "a".into()),
            (item(true, 0), "Deux".into())
        ]
    );
}

#[test]
fn tables_are_said_row_by_row_and_layout_tables_are_not_tables() {
    assert_eq!(
        main_blocks(
            "<table><caption>Tarifs</caption><thead><tr><th>Acte<th>Prix</thead><tr><td>Passeport<td>86 €<br>timbre</table>"
        ),
        [
            (BlockKind::Paragraph, "Tarifs".into()),
            (BlockKind::Row, "Passeport — Prix\u{202f}: 86 € timbre".into())
        ]
    );
    assert_eq!(
        main_blocks("<table><tr><td><h2>Accueil</h2><p>Bonjour.</p></table>"),
        [
            (BlockKind::Heading(1), "Accueil".into()),
            (BlockKind::Paragraph, "Bonjour.".into())
        ]
    );
}

#[test]
fn terms_have_their_definitions() {
    assert_eq!(
        main_blocks(
            "<dl><dt>Acte :</dt><dd>Une copie.</dd></dl><p><strong>Mairie</strong> : la maison commune.</p>"
        ),
        [
            (BlockKind::Definition, "Acte\u{202f}: Une copie.".into()),
            (BlockKind::Definition, "Mairie : la maison commune.".into())
        ]
    );
}

#[test]
fn a_folded_question_is_a_question() {
    assert_eq!(
        main_blocks("<details><summary>Faut-il payer ?</summary>Non.</details>"),
        [
            (BlockKind::Question, "Faut-il payer ?".into()),
            (BlockKind::Paragraph, "Non.".into())
        ]
    );
}

#[test]
fn a_number_to_call_is_said() {
    assert_eq!(
        main_blocks("<p>Appelez <a href=\"tel:+33123456789\">l'accueil</a>.</p>"),
        [(BlockKind::Paragraph, "Appelez l'accueil (+33123456789).".into())]
    );
}

#[test]
fn struck_out_text_is_not_said() {
    assert_eq!(
        main_blocks("<p>Entrée : <del>4 €</del> <s>5 €</s> <strike>6 €</strike> 7 €.</p>"),
        [(BlockKind::Paragraph, "Entrée : 7 €.".to_owned())]
    );
}

#[test]
fn pages_that_hold_something_else_are_held_back() {
    for (html, held) in [
        (
            "<title>Erreur 404</title><main><h1>Page introuvable</h1><p>La page demandée n'existe pas ou plus sur ce site.</p></main>",
            Held::ErrorPage,
        ),
        (
            "<title>Just a moment...</title><p>Checking your browser before accessing the site, this takes a few seconds.</p>",
            Held::Captcha,
        ),
        (
            "<title>Connexion</title><p>Espace réservé aux agents, merci de vous identifier avec votre compte.</p><form><input type=password></form>",
            Held::LoginWall,
        ),
        (
            "<title>Ville</title><div id=app></div><script src=app.js></script>",
            Held::EmptyShell,
        ),
    ] {
        let refused = read(test_support::file("p.html", html)).unwrap_err();
        assert_eq!(refused.reason, Reason::Held(held), "{html}");
    }
}

#[test]
fn nesting_beyond_reason_is_refused_at_once() {
    for tag in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<x-y>"] {
        let page = format!("<main>{}{FILLER}", tag.repeat(200_000));
        let refused = read(test_support::file("p.html", &page)).unwrap_err();
        assert_eq!(refused.reason, Reason::TooDeep { limit: MAX_DEPTH }, "{tag}");
    }
}
