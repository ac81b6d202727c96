//! Which kinds of facts would answer a question.

use crate::understand::{Asked, Understood};
use domain::facts::FactKind;

/// The kinds of facts that would answer a question.
pub(super) fn asked_facts(question: &Understood) -> Vec<FactKind> {
    let has = |words: &[&str]| {
        question
            .words
            .iter()
            .any(|word| words.contains(&word.folded.as_str()))
    };
    let mut facts = Vec::new();
    if question.asks(Asked::Price) {
        facts.extend([FactKind::Amount, FactKind::Percentage]);
    }
    if has(&["quand", "date", "delai", "delais", "jusqu", "when"]) {
        facts.extend([FactKind::Date, FactKind::Duration, FactKind::Clock]);
    }
    if question.asks(Asked::Hours) {
        facts.push(FactKind::Clock);
    }
    if has(&["combien", "nombre"]) && has(&["temps", "jours", "mois", "duree", "longtemps"]) {
        facts.push(FactKind::Duration);
    }
    if has(&["age"]) {
        facts.push(FactKind::Age);
    }
    if has(&["ou", "adresse", "where"]) {
        facts.push(FactKind::Address);
    }
    if question.asks(Asked::Phone) {
        facts.push(FactKind::Phone);
    }
    if has(&["qui", "who"]) {
        facts.push(FactKind::Name);
    }
    facts
}
