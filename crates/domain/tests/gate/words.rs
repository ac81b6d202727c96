//! Mutants by words: rules turned round or in each other's place, and words from nowhere.

use crate::mutation::{Class, Mutant, replaced};
use domain::facts::{self, FactKind};
use domain::fold::fold;

/// What is allowed, and what the contrary is.
const RULES: &[(&str, &str)] = &[
    ("autorisé", "interdit"),
    ("autorisée", "interdite"),
    ("autorisés", "interdits"),
    ("autorisées", "interdites"),
    ("sont permis", "sont interdits"),
    ("est permis", "est interdit"),
    ("accepté", "refusé"),
    ("acceptée", "refusée"),
    ("acceptés", "refusés"),
    ("acceptées", "refusées"),
    ("possible", "impossible"),
    ("possibles", "impossibles"),
    ("gratuit", "payant"),
    ("gratuite", "payante"),
    ("gratuits", "payants"),
    ("gratuites", "payantes"),
    ("ouvert", "fermé"),
    ("ouverte", "fermée"),
    ("ouverts", "fermés"),
    ("ouvertes", "fermées"),
    ("inclus", "exclu"),
    ("incluse", "exclue"),
    ("incluses", "exclues"),
    ("compris", "exclu"),
    ("comprise", "exclue"),
    ("comprises", "exclues"),
    ("obligatoire", "facultatif"),
    ("obligatoires", "facultatifs"),
];

/// Qualities that change what a noun means.
const QUALITIES: [&str; 15] = [
    "provisoire",
    "électrique",
    "scolaire",
    "médical",
    "étranger",
    "privé",
    "ancien",
    "défectueux",
    "volé",
    "sportif",
    "agricole",
    "funéraire",
    "bénévole",
    "militaire",
    "religieux",
];

/// Things that no extract confounds with its own.
const THINGS: [&str; 14] = [
    "chaudière",
    "tracteur",
    "vaccin",
    "diplôme",
    "concert",
    "cheval",
    "ordinateur",
    "testament",
    "parking",
    "terrasse",
    "héritage",
    "loterie",
    "fusil",
    "scooter",
];

/// Things to do that no extract asks for, in the infinitive and as an order.
const ACTS: [(&str, &str); 6] = [
    ("vendre", "vendez"),
    ("brûler", "brûlez"),
    ("cacher", "cachez"),
    ("repeindre", "repeignez"),
    ("démolir", "démolissez"),
    ("enterrer", "enterrez"),
];

/// "Interdit" as "autorisé", and the two in each other's place; a price and "gratuit" in each other's place.
pub(crate) fn rules_turned(words: &str, mutants: &mut Vec<Mutant>) {
    let mut push = |words: String| {
        let class = Class::RuleTurned;
        mutants.push(Mutant { class, words });
    };
    for (allowed, forbidden) in RULES {
        for (from, to) in [(allowed, forbidden), (forbidden, allowed)] {
            replaced(words, from, to)
                .into_iter()
                // "Non exclu", "y exclu" say nothing else, or nothing.
                .filter(|turned| {
                    !["non ", "pas ", "y "]
                        .iter()
                        .any(|no| turned.contains(&format!("{no}{to}")))
                })
                .for_each(&mut push);
        }
    }
    let places = |list: &mut dyn Iterator<Item = &str>| -> Vec<(usize, usize)> {
        list.flat_map(|rule| words.match_indices(rule))
            .filter(|(at, rule)| is_whole(words, *at, at + rule.len()))
            .map(|(at, rule)| (at, at + rule.len()))
            .collect()
    };
    let allowed = places(&mut RULES.iter().map(|rule| rule.0));
    let mut other = places(&mut RULES.iter().map(|rule| rule.1));
    let amounts = facts::find(words)
        .into_iter()
        .filter(|fact| fact.kind == FactKind::Amount);
    let amounts: Vec<(usize, usize)> = amounts.map(|fact| (fact.span.start, fact.span.end)).collect();
    other.extend(&amounts);
    for one in &allowed {
        let free = words[one.0..one.1].starts_with("gratuit");
        for two in other.iter().filter(|two| !amounts.contains(two) || free) {
            let (first, last) = if one < two { (one, two) } else { (two, one) };
            if first.1 <= last.0 {
                push(format!(
                    "{}{}{}{}{}",
                    &words[..first.0],
                    &words[last.0..last.1],
                    &words[first.1..last.0],
                    &words[first.0..first.1],
                    &words[last.1..]
                ));
            }
        }
    }
}

/// How many nouns of a statement are changed.
const NOUNS: usize = 3;

/// A noun with a quality that the evidence does not hold, and another noun in its place.
pub(crate) fn words_from_nowhere(words: &str, evidence: &str, mutants: &mut Vec<Mutant>) {
    let held = fold(evidence);
    let facts = facts::find(words);
    let in_fact = |at: usize| {
        facts
            .iter()
            .any(|fact| fact.span.start <= at && at < fact.span.end)
    };
    let nouns = ["le ", "la ", "les ", "un ", "une ", "des ", "du ", "l’"]
        .iter()
        .flat_map(|article| {
            words
                .match_indices(article)
                .map(|(at, article)| (at, at + article.len()))
        })
        .filter(|(at, _)| {
            words[..*at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric())
        })
        .map(|(_, start)| {
            let length = words[start..].find(|c: char| !c.is_alphabetic());
            (start, length.map_or(words.len(), |length| start + length))
        })
        .filter(|(start, end)| {
            let noun = &words[*start..*end];
            noun.chars().count() >= 4 && noun.starts_with(char::is_lowercase) && !in_fact(*start)
        });
    for (turn, (start, end)) in nouns.take(NOUNS).enumerate() {
        let pick = |list: &'static [&'static str]| {
            let order = (0..list.len()).map(move |at| list[(start + turn + at) % list.len()]);
            let mut new = order.filter(|word| !held.contains(&fold(&word[..word.len() - 2])));
            new.next()
        };
        let put = |instead: String| format!("{}{instead}{}", &words[..start], &words[end..]);
        let quality = pick(&QUALITIES).map(|quality| put(format!("{} {quality}", &words[start..end])));
        let thing = pick(&THINGS).map(|thing| put(thing.to_owned()));
        for words in quality.into_iter().chain(thing) {
            let class = Class::WordFromNowhere;
            mutants.push(Mutant { class, words });
        }
    }
}

/// A verb that the evidence does not hold in another one's place: "pour modifier" as "pour vendre", "déposez" as "brûlez".
pub(crate) fn verbs_from_nowhere(words: &str, evidence: &str, mutants: &mut Vec<Mutant>) {
    let held = fold(evidence);
    let openings = [
        "pour ", "de ", "d’", "à ", "pouvez ", "devez ", "peut ", "doit ", "faut ", "peuvent ", "doivent ",
    ];
    let mut turn = 0;
    let mut start = 0;
    for word in words.split_inclusive(|c: char| !c.is_alphabetic()) {
        let (at, verb) = (start, word.trim_end_matches(|c: char| !c.is_alphabetic()));
        start += word.len();
        let infinitive = ["er", "ir", "re"].iter().any(|ending| verb.ends_with(ending))
            && openings.iter().any(|opening| words[..at].ends_with(opening));
        let order = verb.ends_with("ez") && !["avez", "pouvez", "devez", "chez"].contains(&verb);
        if verb.chars().count() < 5 || !(infinitive || order) {
            continue;
        }
        let (to_do, do_it) = ACTS[(turn + words.len()) % ACTS.len()];
        turn += 1;
        let act = if order { do_it } else { to_do };
        if held.contains(&fold(&to_do[..to_do.len() - 2])) {
            continue;
        }
        let capital = verb.starts_with(char::is_uppercase);
        let act = if capital {
            act[..1].to_uppercase() + &act[1..]
        } else {
            act.to_owned()
        };
        mutants.push(Mutant {
            class: Class::VerbFromNowhere,
            words: format!("{}{act}{}", &words[..at], &words[at + verb.len()..]),
        });
    }
}

fn is_whole(words: &str, start: usize, end: usize) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    apart(words[..start].chars().next_back()) && apart(words[end..].chars().next())
}
