//! Words that say when, as residents write them: shorthand written out, a typing error put right.

use crate::facts::token::Tokens;

/// Words of five letters and more that a typing error is taken for; none of them is one letter from another word.
const WORDS: [&str; 28] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "demain",
    "aujourd",
    "janvier",
    "fevrier",
    "avril",
    "juillet",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "weekend",
    "semaine",
    "maintenant",
    "matinee",
    "soiree",
    "prochain",
    "prochaine",
    "toussaint",
    "pentecote",
    "printemps",
    "vacances",
];
/// The fewest letters of a word that may hold a typing error: shorter ones are too near to others.
const FEWEST_LETTERS: usize = 5;

/// Shorthand of one word that can mean nothing else.
const SHORTHAND: [(&str, &str); 8] = [
    ("ds", "dans"),
    ("pdt", "pendant"),
    ("pdnt", "pendant"),
    ("tt", "tous"),
    ("ts", "tous"),
    ("vac", "vacances"),
    ("vacs", "vacances"),
    ("wikend", "weekend"),
];

/// Shorthand of days; some of them are words too, so what follows must say that a day is meant.
const DAYS: [(&str, &str); 8] = [
    ("lun", "lundi"),
    ("mar", "mardi"),
    ("mer", "mercredi"),
    ("jeu", "jeudi"),
    ("ven", "vendredi"),
    ("sam", "samedi"),
    ("dim", "dimanche"),
    ("dem", "demain"),
];
const AFTER_A_DAY: [&str; 11] = [
    "matin", "mat", "midi", "aprem", "aprm", "apm", "apres", "soir", "soiree", "prochain", "pro",
];

/// Writes shorthand out and puts typing errors right, so that each reading knows one spelling.
pub(super) fn put_right(tokens: &mut Tokens<'_>) {
    for at in 0..tokens.len() {
        let right = known(&SHORTHAND, tokens.norm(at))
            .or_else(|| known(&DAYS, tokens.norm(at)).filter(|_| says_a_day(tokens, at + 1)))
            .or_else(|| meant(tokens.norm(at)));
        if let Some(right) = right {
            tokens.read_as(at, right);
        }
    }
}

fn known(list: &[(&str, &'static str)], norm: &str) -> Option<&'static str> {
    let found = list.iter().find(|(short, _)| *short == norm);
    found.map(|(_, full)| *full)
}

fn says_a_day(tokens: &Tokens<'_>, after: usize) -> bool {
    // "dem1" is one word of shorthand, "mar 24" a day and its number.
    let numbered = tokens.value(after, 2).is_some() && !tokens.is_glued(after);
    AFTER_A_DAY.contains(&tokens.norm(after)) || numbered
}

/// The word of time that `norm` is, but for one letter too many, too few, wrong or swapped.
fn meant(norm: &str) -> Option<&'static str> {
    let letters = norm.chars().count();
    let singular = norm.strip_suffix('s').unwrap_or(norm);
    if letters < FEWEST_LETTERS || WORDS.contains(&norm) || WORDS.contains(&singular) {
        return None;
    }
    let same_beginning = |word: &&&str| word.chars().next() == norm.chars().next();
    WORDS
        .iter()
        .filter(same_beginning)
        .find(|word| is_one_error_from(norm, word))
        .copied()
}

fn is_one_error_from(written: &str, word: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), word.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
        ([a1, a2, rest_a @ ..], [b1, b2, rest_b @ ..]) if (a1, a2) == (b2, b1) && rest_a == rest_b => true,
        ([_, rest @ ..], _) if rest == b => true,
        (_, [_, rest @ ..]) if rest == a => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_typing_error_is_put_right_and_other_words_stay() {
        for (written, word) in [
            ("samdi", "samedi"),
            ("demian", "demain"),
            ("merecredi", "mercredi"),
            ("septenbre", "septembre"),
            ("ajourd", "aujourd"),
        ] {
            assert_eq!(meant(written), Some(word), "{written}");
        }
        for word in [
            "samedi", "samedis", "vendre", "demande", "mairie", "mari", "semaines", "paquet", "lunch",
            "avoir",
        ] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
