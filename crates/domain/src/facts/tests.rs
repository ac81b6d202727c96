//! Facts and their normal forms.

use super::*;
use crate::calendar::french;
use chrono::NaiveDate;
use proptest::prelude::*;

fn found(text: &str) -> Vec<(&str, FactKind)> {
    find(text)
        .into_iter()
        .map(|f| (&text[f.span.start..f.span.end], f.kind))
        .collect()
}

#[test]
fn different_writings_have_one_normal_form() {
    for group in [
        &[
            "9 h 30",
            "9h30",
            "9:30",
            "09:30",
            "neuf heures trente",
            "9\u{202f}h\u{202f}30",
            "9 heures et demie",
        ][..],
        &["midi", "12 h", "12h00", "12:00", "douze heures"],
        &[
            "12,50 €",
            "12 euros 50",
            "12 € 50",
            "12.50 €",
            "12 euros et 50 centimes",
            "douze euros cinquante",
            "12,50 euros",
            "12,5 €",
        ],
        &["12 €", "douze euros", "12,00 €", "12 EUR"],
        &["gratuit", "gratuite", "0 €", "zéro euro", "gratuitement"],
        &[
            "1 200 €",
            "1200 €",
            "1\u{202f}200 euros",
            "mille deux cents euros",
        ],
        &[
            "14 juillet 2026",
            "14/07/2026",
            "2026-07-14",
            "14.07.2026",
            "quatorze juillet 2026",
        ],
        &["1er mai", "premier mai", "1 mai", "01/05"],
        &["2 mois", "deux mois"],
        &["15 jours", "quinze jours"],
        &["48 heures", "48 h", "quarante-huit heures"],
        &["moins de 18 ans", "moins de dix-huit ans"],
        &["16 ans", "seize ans"],
        &["50 %", "50%", "cinquante pour cent"],
        &[
            "01 23 45 67 89",
            "0123456789",
            "01.23.45.67.89",
            "+33 1 23 45 67 89",
            "0033123456789",
            "+33 (0)1 23 45 67 89",
        ],
        &["mairie@exemple.fr", "Mairie@Exemple.fr"],
        &[
            "https://www.exemple.fr/pages/",
            "www.exemple.fr/pages",
            "http://exemple.fr/pages",
        ],
        &["lundi", "Lundi", "lundis"],
        &["12 bis rue des Lilas", "12bis, rue des lilas"],
        &["mars 2026", "Mars 2026"],
        &["1 234", "1234", "mille deux cent trente-quatre"],
        &["2e", "2ème", "deuxième"],
    ] {
        let forms: Vec<_> = group.iter().map(|text| (text, normal_forms(text))).collect();
        for (text, normal) in &forms {
            assert_eq!(normal.len(), 1, "{text}: {normal:?}");
            assert_eq!(*normal, forms[0].1, "{text} and {}", group[0]);
        }
    }
}

#[test]
fn different_facts_have_different_normal_forms() {
    for (one, other) in [
        ("9 h 30", "9 h 40"),
        ("12,50 €", "12 €"),
        ("moins de 18 ans", "plus de 18 ans"),
        ("moins de 18 ans", "18 ans"),
        ("2 mois", "2 semaines"),
        ("14 juillet 2026", "14 juillet 2027"),
        ("50 %", "50"),
        ("gratuit", "1 €"),
        ("lundi", "mardi"),
    ] {
        assert_ne!(normal_forms(one), normal_forms(other), "{one} and {other}");
    }
}

#[test]
fn a_sentence_gives_its_facts_in_order() {
    use FactKind as K;
    assert_eq!(
        found("La mairie est ouverte du lundi au vendredi de 9 h à 12 h 30 et de 13h30 à 17h."),
        [
            ("lundi", K::Weekday),
            ("vendredi", K::Weekday),
            ("9 h", K::Clock),
            ("12 h 30", K::Clock),
            ("13h30", K::Clock),
            ("17h", K::Clock),
        ]
    );
    assert_eq!(
        found("Dès le 3 mars 2026, le tarif est de 4,50 € pour les moins de 16 ans et gratuit le dimanche."),
        [
            ("3 mars 2026", K::Date),
            ("4,50 €", K::Amount),
            ("moins de 16 ans", K::Age),
            ("gratuit", K::Amount),
            ("dimanche", K::Weekday),
        ]
    );
    assert_eq!(
        found("Écrivez à mairie@exemple.fr ou appelez le 01 23 45 67 89 (www.exemple.fr/contact)."),
        [
            ("mairie@exemple.fr", K::Email),
            ("01 23 45 67 89", K::Phone),
            ("www.exemple.fr/contact", K::Url)
        ]
    );
    assert_eq!(
        found("Le guichet de la salle Jean Moulin, 4 place de la République, rouvre sous 48 heures."),
        [
            ("Jean Moulin", K::Name),
            ("4 place de la République", K::Address),
            ("48 heures", K::Duration)
        ]
    );
    assert_eq!(
        found("Demandez-le au service des Archives."),
        [("Archives", K::Name)]
    );
    assert_eq!(
        found("La carte est valable 15 ans. Elle coûte 25 €."),
        [("15 ans", K::Duration), ("25 €", K::Amount)]
    );
    assert_eq!(found("Fermé l'après-midi. Un document, une photo."), []);
    assert_eq!(found("L'adresse de la CAF"), [("CAF", K::Name)]);
    assert_eq!(
        found("Le stationnement est limité à moins de 2 heures par jour."),
        [("moins de 2 heures", K::Duration)]
    );
}

#[test]
fn a_number_too_long_to_compute_with_is_compared_as_written() {
    let long = "123456789012345678901234567890";
    assert_eq!(
        normal_forms(&format!("n° {long}")),
        normal_forms(&format!("dossier {long}"))
    );
    assert_ne!(
        normal_forms(&format!("n° {long}1")),
        normal_forms(&format!("dossier {long}"))
    );
}

const PIECES: [&str; 40] = [
    "9", "h", "30", ":", "12,50", "€", "euros", "et", "demie", "neuf", "heures", "cent", "mille", "millions",
    "14", "juillet", "2026", "/", "07", "-", ".", "ans", "moins", "de", "plus", "rue", "des", "Lilas",
    "Jean", "l'", "+", "33", "0", "(", ")", "06", "www.a.fr", "a@b.fr", "quatre", "vingt",
];

fn check_shape(text: &str) {
    let mut end = 0;
    for fact in find(text) {
        assert!(
            fact.span.start >= end && !fact.span.is_empty(),
            "{text}: {fact:?}"
        );
        assert!(text.get(fact.span.start..fact.span.end).is_some());
        end = fact.span.end;
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".{0,80}") {
        check_shape(&text);
    }

    #[test]
    fn any_pieces_are_read_without_panic(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14), glue in prop::sample::select(vec![" ", ""]),
    ) {
        check_shape(&pieces.join(glue));
    }

    #[test]
    fn an_hour_written_is_found_again(minutes in 0u32..1440, wording in 0usize..4) {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap();
        let text = match wording {
            0 => format!("à {}", french::time(time)),
            1 => time.format("%H:%M").to_string(),
            2 => time.format("à %Hh%M").to_string(),
            _ => time.format("à partir de %H heures %M").to_string(),
        };
        prop_assert_eq!(normal_forms(&text), [Normal::Clock(time)], "{}", text);
    }

    #[test]
    fn a_date_written_is_found_again(days in 0i64..40_000, wording in 0usize..4) {
        let date = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap() + chrono::TimeDelta::days(days);
        let text = match wording {
            0 => french::date_long(date).split_once(' ').unwrap().1.to_owned(),
            1 => date.format("le %d/%m/%Y").to_string(),
            2 => date.to_string(),
            _ => date.format("%d.%m.%Y").to_string(),
        };
        let expected = PartialDate {
            year: Some(chrono::Datelike::year(&date)),
            month: chrono::Datelike::month(&date),
            day: chrono::Datelike::day(&date),
        };
        prop_assert_eq!(normal_forms(&text), [Normal::Date(expected)], "{}", text);
    }

    #[test]
    fn an_amount_written_is_found_again(euros in 0u64..1_000_000, cents in 10u64..100, wording in 0usize..4) {
        let grouped = if euros >= 1000 { format!("{}\u{202f}{:03}", euros / 1000, euros % 1000) } else { euros.to_string() };
        let text = match wording {
            0 => format!("{grouped},{cents} €"),
            1 => format!("{euros},{cents}\u{a0}€"),
            2 => format!("{grouped} euros {cents}"),
            _ => format!("{euros} euros et {cents} centimes"),
        };
        let expected = Normal::Amount { cents: euros * 100 + cents, bound: Bound::Exact };
        prop_assert_eq!(normal_forms(&text), [expected], "{}", text);
    }
}
