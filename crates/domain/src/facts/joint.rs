//! What joins two facts that follow each other in French: all from the one to the other, or the two alone.

use super::{Fact, FactKind};
use crate::calendar::french;
use crate::fold::fold;
use chrono::Weekday;

/// How two facts are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// "Du mardi au samedi", "de 9 h à 17 h", "entre 3 et 6 ans".
    Range,
    /// "Le mardi et le samedi".
    List,
}

/// Two facts, by their places among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) joint: Joint,
}

/// The facts of `text` that are joined with the next one of their sort: days, dates, hours, or quantities.
pub(crate) fn joined(text: &str, facts: &[&Fact]) -> Vec<Joined> {
    let mut found = Vec::new();
    for sort in [Sort::Weekday, Sort::Date, Sort::Clock, Sort::Quantity] {
        let of_sort: Vec<usize> = (0..facts.len())
            .filter(|at| Sort::of(facts[*at].kind) == Some(sort))
            .collect();
        for pair in of_sort.windows(2) {
            let [first, last] = [pair[0], pair[1]];
            let between = text.get(facts[first].span.end..facts[last].span.start);
            let before = text.get(..facts[first].span.start).unwrap_or_default();
            if let Some(joint) = between.and_then(|between| joint(before, between)) {
                found.push(Joined { first, last, joint });
            }
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Weekday,
    Date,
    Clock,
    Quantity,
}

impl Sort {
    fn of(kind: FactKind) -> Option<Self> {
        match kind {
            FactKind::Weekday => Some(Self::Weekday),
            FactKind::Date | FactKind::Month | FactKind::Ordinal => Some(Self::Date),
            FactKind::Clock => Some(Self::Clock),
            FactKind::Number
            | FactKind::Age
            | FactKind::Duration
            | FactKind::Amount
            | FactKind::Percentage => Some(Self::Quantity),
            FactKind::Phone | FactKind::Email | FactKind::Url | FactKind::Address | FactKind::Name => None,
        }
    }
}

/// What stands between two facts, once articles, parts of the day, and what dates a weekday are left out.
fn joint(before: &str, between: &str) -> Option<Joint> {
    const LEFT_OUT: [&str; 15] = [
        "le",
        "la",
        "les",
        "l",
        "du",
        "de",
        "des",
        "d",
        "matin",
        "soir",
        "midi",
        "apres-midi",
        "1er",
        "h",
        "heures",
    ];
    let days = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    let dates: Vec<String> = days
        .map(french::weekday)
        .chain(french::MONTHS)
        .map(fold)
        .collect();
    let is_left_out = |word: &str| {
        let is_number = word.chars().all(|c| c.is_ascii_digit());
        is_number || LEFT_OUT.contains(&word) || dates.iter().any(|date| date == word)
    };
    let folded = fold(between).replace(',', " , ").replace('\'', " ");
    let words: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| !is_left_out(word))
        .collect();
    let is_list = words.iter().any(|word| ["et", "ou", ",", "puis"].contains(word));
    if is_list {
        let only = words
            .iter()
            .all(|word| ["et", "ou", ",", "puis", "a", "au"].contains(word));
        let opens = fold(before)
            .trim_end()
            .trim_end_matches("le")
            .trim_end()
            .ends_with("entre");
        let joint = if opens && words == ["et"] {
            Joint::Range
        } else {
            Joint::List
        };
        return only.then_some(joint);
    }
    let is_range = !words.is_empty()
        && words
            .iter()
            .all(|word| ["a", "au", "aux", "-", "jusqu", "jusque"].contains(word));
    is_range.then_some(Joint::Range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts;

    fn joints(text: &str) -> Vec<Joint> {
        let facts = facts::find(text);
        let facts: Vec<&Fact> = facts.iter().collect();
        joined(text, &facts)
            .into_iter()
            .map(|joined| joined.joint)
            .collect()
    }

    #[test]
    fn ranges_and_lists_of_days_dates_hours_and_quantities_are_told_apart() {
        for text in [
            "Du mardi au samedi.",
            "De 9 h à 17 h.",
            "Ouvert de 9 h jusqu’à 17 h.",
            "Du 1er au 15 août.",
            "Du lundi matin au vendredi soir.",
            "Entre 9 h et 17 h.",
            "Enfants de 3 à 6 ans.",
            "De 5 à 8 €.",
        ] {
            assert_eq!(joints(text), [Joint::Range], "{text}");
        }
        for text in [
            "Le mardi et le samedi.",
            "À 9 h et à 17 h.",
            "Le mardi ou le jeudi.",
            "5 ou 8 €.",
        ] {
            assert_eq!(joints(text), [Joint::List], "{text}");
        }
        assert_eq!(joints("Le mardi, la piscine ouvre ; le jeudi, elle ferme."), []);
    }
}
