//! Fiches as DILA writes them, and the blocks and fields that they become.

use super::*;
use crate::test_support;
use domain::text::Block;

fn draft(body: &str) -> Draft {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Publication xmlns:dc=\"d\" ID=\"F12\" type=\"Fiche d'information\" spUrl=\"https://www.service-public.fr/particuliers/vosdroits/F12\">\
         <dc:title>Carte d'identité</dc:title><dc:description>Un résumé.</dc:description><dc:date>modified 2026-01-02</dc:date>{body}</Publication>"
    );
    read(test_support::file("F12.xml", &xml)).unwrap()
}

fn blocks(draft: &Draft) -> Vec<(BlockKind, &str)> {
    let slice = |b: &Block| (b.kind, draft.content.text.slice(b.span).unwrap());
    draft.content.blocks.iter().map(slice).collect()
}

#[test]
fn characters_and_entities_inside_a_paragraph_are_kept() {
    let draft = draft(
        "<Texte><Paragraphe>Le 1<Exposant>er</Exposant> &lt;mars&gt; &amp; l&apos;été&#160;: <Valeur>86&#xA0;€</Valeur> <LienExterne URL=\"x\">ici</LienExterne><![CDATA[ & là]]>.</Paragraphe></Texte>",
    );
    assert_eq!(
        draft.content.text.as_str(),
        "Le 1er <mars> & l'été\u{a0}: 86\u{a0}€ ici & là."
    );
    assert_eq!(draft.content.modified.unwrap().to_string(), "2026-01-02");
    assert_eq!(draft.content.title, "Carte d'identité");
}

#[test]
fn situations_and_chapters_share_one_scale_and_the_heading_comes_again_after_cases() {
    let draft = draft(
        "<Introduction><Texte><Paragraphe>Début.</Paragraphe></Texte></Introduction>\
         <ListeSituations><Titre>Selon l'âge</Titre><Situation><Titre>Majeur</Titre><Texte><Chapitre><Titre><Paragraphe>Coût</Paragraphe></Titre>\
         <BlocCas><Cas><Titre>Perte</Titre><Paragraphe>25 €.</Paragraphe></Cas><Cas><Titre>Vol</Titre><Paragraphe>0 €.</Paragraphe></Cas></BlocCas>\
         <Paragraphe>Par timbre.</Paragraphe></Chapitre></Texte></Situation></ListeSituations>",
    );
    assert_eq!(
        blocks(&draft),
        [
            (BlockKind::Paragraph, "Début."),
            (BlockKind::Paragraph, "Selon l'âge"),
            (BlockKind::Situation(1), "Majeur"),
            (BlockKind::Heading(2), "Coût"),
            (BlockKind::Situation(3), "Perte"),
            (BlockKind::Paragraph, "25 €."),
            (BlockKind::Situation(3), "Vol"),
            (BlockKind::Paragraph, "0 €."),
            (BlockKind::Heading(2), "Coût"),
            (BlockKind::Paragraph, "Par timbre."),
        ]
    );
}

#[test]
fn lists_tables_and_notes_become_blocks() {
    let draft = draft(
        "<Texte><Liste type=\"numero\"><Item><Paragraphe>Un</Paragraphe><Liste type=\"puce\"><Item><Paragraphe>a</Paragraphe></Item></Liste></Item></Liste>\
         <Tableau><Titre>Tarifs</Titre><Colonne largeur=\"1\"/><Rangée type=\"header\"><Cellule><Paragraphe>Acte</Paragraphe></Cellule><Cellule><Paragraphe>Prix</Paragraphe></Cellule></Rangée>\
         <Rangée type=\"normal\"><Cellule><Paragraphe>Carte</Paragraphe></Cellule><Cellule><Paragraphe>25 €</Paragraphe></Cellule></Rangée></Tableau>\
         <Attention><Titre>Attention</Titre><Paragraphe>venez tôt.</Paragraphe><Paragraphe>Ou tard.</Paragraphe></Attention><Paragraphe>Fin.</Paragraphe></Texte>",
    );
    assert_eq!(
        blocks(&draft),
        [
            (
                BlockKind::Item {
                    ordered: true,
                    depth: 0
                },
                "Un"
            ),
            (
                BlockKind::Item {
                    ordered: false,
                    depth: 1
                },
                "a"
            ),
            (BlockKind::Paragraph, "Tarifs"),
            (BlockKind::Row, "Carte — Prix\u{202f}: 25 €"),
            (BlockKind::Paragraph, "Attention\u{202f}: venez tôt."),
            (BlockKind::Paragraph, "Ou tard."),
            (BlockKind::Paragraph, "Fin."),
        ]
    );
}

#[test]
fn services_and_bodies_come_at_the_end_with_their_addresses() {
    let draft = draft(
        "<Texte><Paragraphe>Texte.</Paragraphe></Texte>\
         <OuSAdresser type=\"Local\"><Titre>Mairie</Titre><Complement>Pour s'informer</Complement><PivotLocal>mairie</PivotLocal><RessourceWeb URL=\"https://a.example/\"/></OuSAdresser>\
         <OuSAdresser><Titre>Allo</Titre><Texte><Chapitre><Titre>Par téléphone</Titre><Paragraphe>3939</Paragraphe></Chapitre></Texte></OuSAdresser>\
         <ServiceEnLigne URL=\"https://b.example/?a=1&amp;b=2\" type=\"Téléservice\"><Titre>Pré-demande</Titre><Source>ANTS</Source><Introduction><Texte><Paragraphe>Permet de commencer.</Paragraphe></Texte></Introduction></ServiceEnLigne>\
         <Definition ID=\"R1\"><Titre>Titre d'identité</Titre><Texte><Paragraphe>Un document.</Paragraphe></Texte></Definition>",
    );
    assert_eq!(draft.kind, DocumentKind::Procedure);
    assert_eq!(
        blocks(&draft),
        [
            (BlockKind::Paragraph, "Texte."),
            (BlockKind::Heading(1), "Où s'adresser"),
            (
                BlockKind::Paragraph,
                "Où s'adresser\u{202f}: Mairie (Pour s'informer) (https://a.example/)"
            ),
            (BlockKind::Heading(2), "Allo"),
            (BlockKind::Heading(3), "Par téléphone"),
            (BlockKind::Paragraph, "3939"),
            (BlockKind::Heading(1), "Services en ligne et formulaires"),
            (
                BlockKind::Paragraph,
                "Téléservice\u{202f}: Pré-demande (https://b.example/?a=1&b=2)"
            ),
            (BlockKind::Paragraph, "Permet de commencer."),
            (BlockKind::Heading(1), "Définitions"),
            (BlockKind::Definition, "Titre d'identité\u{202f}: Un document."),
        ]
    );
}

#[test]
fn themes_and_the_folder_are_keywords_and_questions_of_other_fiches_are_not_ours() {
    let draft = draft(
        "<dc:type>Question-réponse</dc:type><Audience>Particuliers</Audience><FilDAriane><Niveau>Accueil particuliers</Niveau><Niveau>Papiers</Niveau><Niveau>Carte d'identité</Niveau></FilDAriane>\
         <Theme ID=\"N1\"><Titre>Papiers</Titre></Theme><DossierPere ID=\"N2\"><Titre>Identité</Titre><SousDossier><Titre>Majeur</Titre><Fiche ID=\"F12\">Renouvellement</Fiche><Fiche ID=\"F13\">Perte</Fiche></SousDossier></DossierPere>\
         <Texte><Paragraphe>Oui.</Paragraphe></Texte><QuestionReponse ID=\"F9\">Autre question ?</QuestionReponse><Reference><Titre>Code civil</Titre></Reference>",
    );
    assert_eq!(draft.content.keywords, ["Papiers", "Identité", "Renouvellement"]);
    assert_eq!(draft.content.questions, ["Carte d'identité"]);
    assert_eq!(draft.content.audience, Some(Audience::Particuliers));
    assert_eq!(draft.kind, DocumentKind::Faq);
    assert_eq!(draft.content.text.as_str(), "Oui.");
}

#[test]
fn a_fiche_without_a_text_says_its_description() {
    assert_eq!(draft("").content.text.as_str(), "Un résumé.");
}

#[test]
fn an_unknown_element_loses_no_text() {
    assert_eq!(
        draft("<Texte><Nouveau><Paragraphe>Ici.</Paragraphe>Là.</Nouveau></Texte>")
            .content
            .text
            .as_str(),
        "Ici.\nLà."
    );
}

#[test]
fn xml_that_is_no_fiche_or_is_broken_is_refused() {
    let refused = |xml: &str| read(test_support::file("x.xml", xml)).unwrap_err();
    assert_eq!(refused("<rss/>").reason, Reason::UnknownFormat);
    assert!(matches!(
        refused("<Publication ID=\"F1\"><a></b></Publication>").place,
        Place::Byte(_)
    ));
    assert!(matches!(
        refused("<Publication><Texte>a</Texte></Publication>").reason,
        Reason::Missing { .. }
    ));
    let deep = format!("<Publication ID=\"F1\">{}", "<x>".repeat(100_000));
    assert_eq!(refused(&deep).reason, Reason::TooDeep { limit: MAX_DEPTH });
}

#[test]
fn a_remark_without_a_title_says_what_it_is() {
    let draft = draft(
        "<Texte><Attention><Paragraphe>le délai est court.</Paragraphe></Attention>\
         <ASavoir><Paragraphe>la démarche est gratuite.</Paragraphe></ASavoir></Texte>",
    );
    assert_eq!(
        blocks(&draft),
        [
            (BlockKind::Paragraph, "Attention\u{202f}: le délai est court."),
            (
                BlockKind::Paragraph,
                "À savoir\u{202f}: la démarche est gratuite."
            ),
        ]
    );
}
