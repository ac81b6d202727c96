//! Whom a page is for, as its title says.

use crate::analysis::stems;
use std::sync::LazyLock;

static NARROW: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("../data/audiences.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(stems)
        .collect()
});

/// Whether such stems name people whose status has rules of its own.
pub(crate) fn is_named(stems: &[impl AsRef<str>]) -> bool {
    NARROW.iter().any(|expression| {
        let length = expression.len();
        length > 0
            && stems
                .windows(length)
                .any(|window| window.iter().zip(expression).all(|(a, b)| a.as_ref() == b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_servants_are_named_by_several_expressions_and_residents_by_none() {
        for title in [
            "Congé maternité dans la fonction publique",
            "Retraite du fonctionnaire",
            "Chèque-vacances pour un agent public",
        ] {
            assert!(is_named(&stems(title)), "{title}");
        }
        for title in ["Congé maternité", "Agent immobilier", "Travaux publics", ""] {
            assert!(!is_named(&stems(title)), "{title}");
        }
    }
}
