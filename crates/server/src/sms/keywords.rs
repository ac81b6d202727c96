//! The words that are commands rather than questions.

use domain::fold::fold;

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Keyword {
    /// The rest of the last answer.
    More,
    /// Where the last answer comes from.
    Source,
    /// What can be asked.
    Help,
    /// Silence, until they write again.
    Stop,
    /// Who runs this.
    Contact,
    /// Everything that is kept of the sender goes.
    Erase,
}

const WORDS: [(Keyword, &[&str]); 6] = [
    (Keyword::More, &["suite", "more", "next", "la suite"]),
    (Keyword::Source, &["source", "sources", "la source"]),
    (Keyword::Help, &["aide", "help", "info", "infos"]),
    (
        Keyword::Stop,
        &[
            "stop",
            "arret",
            "arreter",
            "unsubscribe",
            "desabonner",
            "stop sms",
        ],
    ),
    (Keyword::Contact, &["contact", "contacts"]),
    (Keyword::Erase, &["effacer", "efface", "erase", "delete"]),
];

/// Those of them that only English has.
const ENGLISH: [&str; 6] = ["more", "next", "help", "unsubscribe", "erase", "delete"];

/// A text without what makes no difference to a command.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a command was given in English.
pub(crate) fn is_english(text: &str) -> bool {
    ENGLISH.contains(&plain(text).as_str())
}

impl Keyword {
    /// The command that a text is, in any case, with accents or not, with signs around it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        WORDS
            .iter()
            .find(|(_, spellings)| spellings.contains(&text.as_str()))
            .map(|(keyword, _)| *keyword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_read_in_any_case_with_accents_or_not() {
        for (text, keyword) in [
            ("SUITE", Keyword::More),
            (" suite. ", Keyword::More),
            ("More", Keyword::More),
            ("Arrêt !", Keyword::Stop),
            ("« STOP »", Keyword::Stop),
            ("Éffacer", Keyword::Erase),
            ("aide ?", Keyword::Help),
            ("Source", Keyword::Source),
            ("contact", Keyword::Contact),
        ] {
            assert_eq!(Keyword::read(text), Some(keyword), "{text}");
        }
    }

    #[test]
    fn commands_that_only_english_has_are_answered_in_english() {
        assert!(is_english("More!") && is_english("DELETE") && is_english("help"));
        assert!(!is_english("suite") && !is_english("STOP") && !is_english("Source"));
    }

    #[test]
    fn a_question_that_holds_a_keyword_is_a_question() {
        for text in [
            "la suite du conseil municipal",
            "contact de la mairie",
            "aide au logement",
            "stop au bruit",
            "",
            "?",
        ] {
            assert_eq!(Keyword::read(text), None, "{text}");
        }
    }
}
