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

impl Keyword {
    /// The command that a text is, in any case, with accents or not, with signs around it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let folded = fold(text);
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let text = words.join(" ");
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
