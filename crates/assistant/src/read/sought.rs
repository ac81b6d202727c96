//! What kind of answer a question wants: a date, an amount, a person, a place, a yes or no, a definition, a way.

use crate::understand::{Word, words};
use domain::facts::{self, Fact, FactKind, Normal};

/// What is looked for in a sentence that answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sought {
    /// Facts any of which would answer.
    facts: Vec<FactKind>,
    /// Whether a year alone would.
    year: bool,
    /// Whether what has to be shown or handed in would: "quels papiers …".
    papers: bool,
    /// Words of headings under which such an answer stands: "Les tarifs", "Ce qu’il faut apporter".
    headings: Vec<&'static str>,
    /// "Peut-on …", "faut-il …", "est-ce que …".
    pub yes_or_no: bool,
    /// "Qu'est-ce que …", "c'est quoi …".
    pub definition: bool,
}

const TIME: [&str; 15] = [
    "quand", "date", "dates", "annee", "annees", "jour", "jours", "mois", "siecle", "epoque", "periode",
    "heure", "heures", "when", "year",
];
const QUANTITY: [&str; 14] = [
    "combien",
    "montant",
    "prix",
    "cout",
    "coute",
    "coutent",
    "tarif",
    "tarifs",
    "taux",
    "nombre",
    "pourcentage",
    "plafond",
    "many",
    "much",
];
const DURATION: [&str; 7] = [
    "duree",
    "delai",
    "delais",
    "longtemps",
    "temps",
    "anciennete",
    "long",
];
const PAPERS_ASKED: [&str; 10] = [
    "papier",
    "papiers",
    "document",
    "documents",
    "piece",
    "pieces",
    "justificatif",
    "justificatifs",
    "apporter",
    "fournir",
];
/// Beginnings of words that name papers.
const PAPERS: [&str; 13] = [
    "piece",
    "justificatif",
    "attestation",
    "certificat",
    "formulaire",
    "photo",
    "copie",
    "original",
    "livret",
    "acte",
    "extrait",
    "carte",
    "declaration",
];
/// What headings say above prices, dates, places, people; above papers and durations they say what questions say.
const PRICE_HEADINGS: [&str; 10] = [
    "prix", "tarif", "tarifs", "cout", "couts", "frais", "montant", "montants", "combien", "payer",
];
const TIME_HEADINGS: [&str; 8] = [
    "quand",
    "date",
    "dates",
    "horaire",
    "horaires",
    "calendrier",
    "periode",
    "periodes",
];
const PLACE_HEADINGS: [&str; 5] = ["ou", "lieu", "lieux", "adresse", "adresses"];
const PERSON_HEADINGS: [&str; 4] = ["qui", "beneficiaire", "beneficiaires", "conditions"];
const PERSON: [&str; 6] = ["qui", "nom", "noms", "personne", "appelle", "who"];
const PLACE: [&str; 13] = [
    "ou",
    "lieu",
    "lieux",
    "ville",
    "pays",
    "region",
    "endroit",
    "adresse",
    "commune",
    "departement",
    "quartier",
    "rue",
    "where",
];
/// Words that open a question to which neither yes nor no is an answer, wherever they stand.
const OPEN: [&str; 16] = [
    "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "quand", "combien", "comment", "quoi",
    "pourquoi", "what", "when", "how", "where", "why",
];
/// Words that open one at its beginning, and go on with one elsewhere ("un étranger qui …").
const OPEN_AT_FIRST: [&str; 5] = ["qui", "que", "qu", "ou", "who"];
/// What follows the verb of a question.
const INVERTED: [&str; 8] = ["je", "on", "il", "elle", "ils", "elles", "nous", "vous"];
const DEFINITIONS: [&[&str]; 8] = [
    &["qu", "est", "ce", "que"],
    &["qu", "est", "ce", "qu"],
    &["c", "est", "quoi"],
    &["definition"],
    &["que", "signifie"],
    &["signification"],
    &["veut", "dire"],
    &["what", "is"],
];

impl Sought {
    /// Of a question's words; `facts` are those that are known to answer it already.
    pub(crate) fn of(text: &str, words: &[Word], facts: &[FactKind]) -> Self {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.folded.as_str()));
        let mut sought = facts.to_vec();
        let asked: [(&[&str], &[&'static str]); 6] = [
            (&PAPERS_ASKED, &PAPERS_ASKED),
            (&QUANTITY, &PRICE_HEADINGS),
            (&DURATION, &DURATION),
            (&TIME, &TIME_HEADINGS),
            (&PLACE, &PLACE_HEADINGS),
            (&PERSON, &PERSON_HEADINGS),
        ];
        let headings = asked.into_iter().filter(|(asked, _)| has(asked));
        let headings = headings.flat_map(|(_, headings)| headings).copied().collect();
        if has(&TIME) {
            sought.extend([
                FactKind::Date,
                FactKind::Month,
                FactKind::Clock,
                FactKind::Weekday,
            ]);
        }
        if has(&QUANTITY) {
            sought.extend([FactKind::Number, FactKind::Amount, FactKind::Percentage]);
        }
        if has(&DURATION) || (has(&["combien"]) && has(&TIME)) {
            sought.push(FactKind::Duration);
        }
        if has(&["age"]) {
            sought.push(FactKind::Age);
        }
        if has(&PERSON) {
            sought.push(FactKind::Name);
        }
        if has(&PLACE) {
            sought.extend([FactKind::Address, FactKind::Name]);
        }
        Self {
            facts: sought,
            year: has(&TIME),
            papers: has(&PAPERS_ASKED),
            headings,
            yes_or_no: yes_or_no(text, words),
            definition: DEFINITIONS
                .iter()
                .any(|phrase| words.windows(phrase.len()).any(|here| same(here, phrase))),
        }
    }

    /// Whether no particular kind of fact is wanted: what the page says first may be the answer.
    pub(crate) fn is_general(&self) -> bool {
        self.facts.is_empty() && !self.papers
    }

    /// Whether a heading says that what is wanted stands below it.
    pub(crate) fn announced_by(&self, heading: &str) -> bool {
        !self.headings.is_empty()
            && words(heading)
                .iter()
                .any(|word| self.headings.contains(&word.folded.as_str()))
    }

    /// Whether a text holds what is wanted.
    pub(crate) fn answered_by(&self, text: &str) -> bool {
        let of_kind = |fact: &Fact| self.facts.contains(&fact.kind) || (self.year && is_year(fact));
        (self.papers && names_papers(text))
            || (!self.facts.is_empty() && facts::find(text).iter().any(of_kind))
    }
}

fn same(words: &[Word], phrase: &[&str]) -> bool {
    words
        .iter()
        .map(|word| word.folded.as_str())
        .eq(phrase.iter().copied())
}

fn names_papers(text: &str) -> bool {
    let words = words(text);
    words
        .iter()
        .any(|word| PAPERS.iter().any(|paper| word.folded.starts_with(paper)))
}

fn is_year(fact: &Fact) -> bool {
    let years = 1_000..=2_100;
    matches!(&fact.normal, Normal::Number(number) if number.whole().is_some_and(|n| years.contains(&n)))
}

/// "Peut-on", "y a-t-il", "est-ce que", without a word that opens the question.
fn yes_or_no(text: &str, words: &[Word]) -> bool {
    let open = words.iter().enumerate().any(|(at, word)| {
        let word = word.folded.as_str();
        OPEN.contains(&word) || (at < 2 && OPEN_AT_FIRST.contains(&word))
    });
    let inverted = words.windows(2).any(|pair| {
        let between = text.get(pair[0].span.end..pair[1].span.start).unwrap_or_default();
        between == "-" && INVERTED.contains(&pair[1].folded.as_str())
    });
    let est_ce_que = words
        .windows(3)
        .any(|here| same(&here[..2], &["est", "ce"]) && starts_with_qu(&here[2]));
    !open && (inverted || est_ce_que)
}

fn starts_with_qu(word: &Word) -> bool {
    matches!(word.folded.as_str(), "que" | "qu")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(question: &str) -> Sought {
        Sought::of(question, &words(question), &[])
    }

    #[test]
    fn a_question_wants_facts_of_the_kind_that_its_words_name() {
        for (question, answer, other) in [
            (
                "Quand ouvre la patinoire ?",
                "Le 12 décembre.",
                "Place du marché.",
            ),
            (
                "En quelle année fut bâti le pont ?",
                "Il date de 1854.",
                "Il a 3 arches.",
            ),
            (
                "Combien coûte la carte ?",
                "Elle coûte 4,50 €.",
                "Elle se prend en mairie.",
            ),
            ("Quel est le délai ?", "Comptez deux mois.", "Comptez 25 euros."),
            (
                "Où déposer le dossier ?",
                "Au 3 rue des Lilas.",
                "Avant le 3 mars.",
            ),
            ("Quels papiers ?", "Une photo récente.", "Le lundi."),
        ] {
            let answers = |text: &str| sought(question).answered_by(text);
            assert!(answers(answer) && !answers(other), "{question}");
        }
    }

    #[test]
    fn a_heading_announces_what_a_question_of_its_kind_wants() {
        for (question, heading, other) in [
            (
                "Quels papiers faut-il ?",
                "Ce qu’il faut apporter",
                "Cas particuliers",
            ),
            ("combien coûte la cantine", "Les tarifs", "Les menus"),
            ("Quel est le délai ?", "Délais", "Les étapes"),
            ("Où s’inscrire ?", "Où s’adresser ?", "Urgence"),
        ] {
            let announced = |heading: &str| sought(question).announced_by(heading);
            assert!(announced(heading) && !announced(other), "{question}");
        }
        assert!(!sought("inscription cantine").announced_by("Les tarifs"));
    }

    #[test]
    fn a_question_that_yes_or_no_answers_is_told_from_one_that_is_open() {
        for question in [
            "Peut-on brûler ses branches ?",
            "Est-ce que la piscine est chauffée ?",
            "Y a-t-il un marché ?",
            "Un mineur peut-il voyager seul ?",
            "Un enfant qui a trois ans doit-il aller à l’école ou peut-il attendre ?",
        ] {
            assert!(sought(question).yes_or_no, "{question}");
        }
        for question in [
            "Comment peut-on payer ?",
            "Qu'est-ce que la CAF ?",
            "tarif cantine",
            "Où peut-on se garer ?",
        ] {
            assert!(!sought(question).yes_or_no, "{question}");
        }
    }

    #[test]
    fn a_definition_is_asked_for_in_several_ways() {
        assert!(sought("Qu’est-ce qu’un PACS ?").definition);
        assert!(sought("le quotient familial c'est quoi").definition);
        assert!(!sought("Qui est le maire ?").definition);
    }
}
