//! Personal data as residents write it, and what looks like it.

use super::*;
use proptest::prelude::*;

const POSITIVE: &[(&str, &str)] = &[
    ("appelez-moi au 06 12 34 56 78", "appelez-moi au [téléphone]"),
    ("0612345678", "[téléphone]"),
    ("06.12.34.56.78", "[téléphone]"),
    ("06-12-34-56-78", "[téléphone]"),
    ("06/12/34/56/78", "[téléphone]"),
    ("06 - 12 - 34 - 56 - 78", "[téléphone]"),
    ("06\u{a0}12\u{a0}34\u{a0}56\u{a0}78", "[téléphone]"),
    ("06\u{202f}12\u{202f}34\u{202f}56\u{202f}78", "[téléphone]"),
    ("+33612345678", "[téléphone]"),
    ("+33 6 12 34 56 78", "[téléphone]"),
    ("+33 (0)6 12 34 56 78", "[téléphone]"),
    ("+33(0)612345678", "[téléphone]"),
    ("0033 6 12 34 56 78", "[téléphone]"),
    ("0033612345678", "[téléphone]"),
    ("01 23 45 67 89.", "[téléphone]."),
    ("0612 345 678", "[téléphone]"),
    ("06 1234 5678", "[téléphone]"),
    ("tel:0612345678,", "tel:[téléphone],"),
    ("+32 475 12 34 56", "[téléphone]"),
    ("mon mail est julien.durand@orange.fr", "mon mail est [e-mail]"),
    ("julien.durand+mairie@sous.domaine.example.com", "[e-mail]"),
    ("julien arobase orange point fr", "[e-mail]"),
    (
        "julien point durand arobase orange point fr merci",
        "[e-mail] merci",
    ),
    ("julien(at)orange.fr", "[e-mail]"),
    ("julien @ orange.fr", "[e-mail]"),
    ("JULIEN@ORANGE.FR", "[e-mail]"),
    ("FR76 3000 6000 0112 3456 7890 189", "[IBAN]"),
    ("FR7630006000011234567890189", "[IBAN]"),
    ("fr76 3000 6000 0112 3456 7890 189 merci", "[IBAN] merci"),
    ("DE89 3704 0044 0532 0130 00", "[IBAN]"),
    ("GB29 NWBK 6016 1331 9268 19", "[IBAN]"),
    ("1 80 03 75 123 456 78", "[n° de sécurité sociale]"),
    ("180037512345678", "[n° de sécurité sociale]"),
    (
        "mon numéro de sécu 2 85 12 2A 123 456",
        "mon numéro de sécu [n° de sécurité sociale]",
    ),
    ("2 85 12 75 123 456 78", "[n° de sécurité sociale]"),
    ("4970 1012 3456 7890", "[carte bancaire]"),
    ("4970101234567890", "[carte bancaire]"),
    ("5100-1012-3456-7890", "[carte bancaire]"),
    ("AB-123-CD", "[immatriculation]"),
    (
        "ma voiture ab-123-cd est garée",
        "ma voiture [immatriculation] est garée",
    ),
    ("AB 123 CD", "[immatriculation]"),
    ("AB123CD", "[immatriculation]"),
    ("123 AB 45", "[immatriculation]"),
    ("1234-ABC-75", "[immatriculation]"),
    (
        "véhicule immatriculé ab 123 cd",
        "véhicule immatriculé [immatriculation]",
    ),
    ("j'habite au 12 bis rue des Lilas", "j'habite au [adresse]"),
    ("12 rue des lilas", "[adresse]"),
    ("au 3 avenue de la République", "au [adresse]"),
    ("3, avenue de la République, 75011 Paris", "[adresse]"),
    ("15 rue Victor Hugo 80000 Amiens", "[adresse]"),
    ("15 rue victor hugo", "[adresse]"),
    ("4 place du Général de Gaulle", "[adresse]"),
    ("27 bd Saint-Michel 49100 Angers", "[adresse]"),
    ("8ter impasse du Moulin", "[adresse]"),
    ("120 chemin de l'Église", "[adresse]"),
    ("j'habite rue des Lilas", "j'habite [adresse]"),
    ("2 allée des Tilleuls, 35000 Rennes", "[adresse]"),
    ("1 quai d'Orsay", "[adresse]"),
    ("M. Durand", "M. [nom]"),
    ("Monsieur Julien Durand", "Monsieur [nom]"),
    ("Mme Martin est absente", "Mme [nom] est absente"),
    ("madame martin est absente", "madame [nom] est absente"),
    ("Mme Le Goff", "Mme [nom]"),
    ("monsieur de Villiers", "monsieur [nom]"),
    ("Mlle Sophie Petit-Jean", "Mlle [nom]"),
    ("le Dr Lefebvre", "le Dr [nom]"),
    ("docteur Lefebvre", "docteur [nom]"),
    ("Maître Bernard", "Maître [nom]"),
    ("je m'appelle julien durand", "je m'appelle [nom]"),
    (
        "Je m’appelle Julien Durand et je veux",
        "Je m’appelle [nom] et je veux",
    ),
    ("JE M'APPELLE JULIEN DURAND", "JE M'APPELLE [nom]"),
    ("je m appelle julien", "je m appelle [nom]"),
    ("mon nom est Durand", "mon nom est [nom]"),
    (
        "mon nom est martin, je voudrais",
        "mon nom est [nom], je voudrais",
    ),
    ("c'est julien durand à l'appareil", "c'est [nom] à l'appareil"),
    ("C’est Sophie à l’appareil", "C’est [nom] à l’appareil"),
    ("Bonjour, je suis Julien Durand", "Bonjour, je suis [nom]"),
    ("nom : Durand prénom : Julien", "nom : [nom] prénom : [nom]"),
    ("my name is John Smith", "my name is [nom]"),
    ("Mr Smith and Mme Jones", "Mr [nom] and Mme [nom]"),
    ("né le 12/03/1980", "né le [date de naissance]"),
    ("née le 12 mars 1980", "née le [date de naissance]"),
    ("né(e) le 12/03/1980", "né(e) le [date de naissance]"),
    ("ne le 12.03.80 a Lille", "ne le [date de naissance] a Lille"),
    (
        "date de naissance : 12-03-1980",
        "date de naissance : [date de naissance]",
    ),
    ("Née le 1er avril 1975", "Née le [date de naissance]"),
    ("dossier 1234567", "dossier [numéro]"),
    ("n° allocataire 0123456", "n° allocataire [numéro]"),
    ("mon numéro fiscal 9234567890123", "mon numéro fiscal [numéro]"),
    ("SIRET 123 456 789 00012", "SIRET [numéro]"),
    (
        "Je m'appelle Julien Durand, 06 12 34 56 78, julien@orange.fr, 12 rue des Lilas 75011 Paris",
        "Je m'appelle [nom], [téléphone], [e-mail], [adresse]",
    ),
];

const NEGATIVE: &[&str] = &[
    "appelez le 15",
    "le 17",
    "le 18",
    "le 112",
    "le 114",
    "le 115",
    "le 119",
    "le 3919",
    "le 3114",
    "composez le 3919 ou le 3114",
    "15, 17, 18 ou 112",
    "en 2026",
    "de 2024 à 2025",
    "2024-2025",
    "l'année 1998",
    "12,50 €",
    "1 250 €",
    "150 000 euros",
    "150000 €",
    "12 euros 50",
    "à 18h30",
    "9h-12h30 / 13h30-17h",
    "de 9:00 à 17:30",
    "16 ans",
    "moins de 18 ans",
    "mon fils a 12 ans",
    "75011",
    "80000 Amiens",
    "code postal 35000",
    "le 14/07/2026",
    "01/02/2026 10 h 30",
    "du 01/02 au 03/04",
    "2026-03-18",
    "18 mars 2026 à 14 h",
    "article 12 de la loi 2005-102",
    "la salle 204",
    "le bus 12",
    "les lignes 1, 2 et 3",
    "rue des Lilas",
    "la rue Victor Hugo est fermée",
    "place de la mairie",
    "avenue de la République",
    "2 places",
    "3 rues",
    "Monsieur le Maire",
    "madame la maire",
    "Madame, Monsieur,",
    "bonjour madame",
    "monsieur bonjour",
    "un maître nageur",
    "maître d'œuvre",
    "un docteur de garde",
    "un docteur",
    "c'est ouvert à midi ?",
    "c'est à l'appareil photo",
    "je suis français",
    "je suis née en France",
    "je suis enceinte",
    "carte d'identité",
    "un passeport",
    "formulaire cerfa 12100",
    "S 3704",
    "F1234",
    "10 000 habitants",
    "1 250 000 habitants",
    "250000 habitants",
    "LE 123 DE LA RUE",
    "il y a 3 avenues",
    "24h/24 et 7j/7",
    "50 %",
    "100 km",
    "le 1er mai",
    "né en France",
    "quel âge faut-il ?",
    "le nom de jeune fille",
    "livret de famille",
    "me donner le nom",
    "Monsieur Le Maire",
    "Madame la directrice",
    "3 à 6 ans",
    "1,5 m²",
    "quotient familial 850",
    "CM2 A 12",
];

#[test]
fn every_rule_compiles() {
    assert_eq!(RULES.len(), 12);
}

#[test]
fn personal_data_is_replaced() {
    let wrong: Vec<_> = POSITIVE
        .iter()
        .map(|(text, expected)| (text, expected, redact(text).text))
        .filter(|(_, expected, got)| *expected != got)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(POSITIVE.len() >= 80);
}

#[test]
fn what_is_not_personal_stays() {
    let wrong: Vec<_> = NEGATIVE
        .iter()
        .map(|text| (text, redact(text)))
        .filter(|(text, r)| r.text != **text)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(NEGATIVE.len() >= 60);
}

#[test]
fn kinds_are_told_once() {
    let redacted = redact("06 12 34 56 78 ou 06 12 34 56 79, a@b.fr");
    assert_eq!(redacted.kinds, [Kind::Email, Kind::Phone]);
    assert_eq!(redact("bonjour").kinds, []);
}

#[test]
fn a_long_text_takes_a_time_that_grows_with_its_length() {
    for piece in [
        "0",
        "1 ",
        "a.",
        "m. ",
        "12 rue de la ",
        "je m'appelle ",
        "FR76 3000 ",
        "@",
        "né le ",
        "c'est a ",
    ] {
        let redacted = redact(&piece.repeat(2_000));
        assert!(redacted.text.len() <= piece.len() * 2_000 * 8);
    }
}

const PIECES: [&str; 34] = [
    "je m'appelle",
    "madame",
    "M.",
    "julien",
    "Durand",
    "06",
    "12",
    "34",
    "56",
    "78",
    "0612345678",
    "rue",
    "des",
    "Lilas",
    "de",
    "la",
    "75011",
    "FR76",
    "3000",
    "@",
    "orange.fr",
    "né le",
    "12/03/1980",
    "AB-123-CD",
    ",",
    ".",
    "c'est",
    "à l'appareil",
    "Paris",
    "nom :",
    "1234567",
    "[nom]",
    "le",
    "+33",
];

proptest! {
    #[test]
    fn redacting_twice_changes_nothing(text in ".{0,80}") {
        let once = redact(&text).text;
        prop_assert_eq!(&redact(&once).text, &once);
    }

    #[test]
    fn redacting_twice_changes_nothing_in_what_looks_personal(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14), glue in prop::sample::select(vec![" ", "", "-"]),
    ) {
        let once = redact(&pieces.join(glue)).text;
        prop_assert_eq!(&redact(&once).text, &once);
    }

    #[test]
    fn a_phone_is_hidden_however_it_is_spaced(digits in "[1-9][0-9]{8}", separator in prop::sample::select(vec!["", " ", ".", "-", "\u{a0}", " - "])) {
        let pairs: Vec<String> = format!("0{digits}").as_bytes().chunks(2).map(|p| String::from_utf8_lossy(p).into_owned()).collect();
        let text = format!("mon numéro : {} merci", pairs.join(separator));
        prop_assert_eq!(redact(&text).text, "mon numéro : [téléphone] merci");
    }
}
