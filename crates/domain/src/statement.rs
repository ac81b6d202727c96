//! Statements: what may be said to a resident, each with its proof.

use crate::gate::{Blocked, Evidence};
use crate::language::Language;
use crate::phrase::Phrase;
use crate::published::{Citation, Quote};
use crate::rule::Computed;
use crate::translation::{self, Mistranslated};
use serde::{Deserialize, Serialize};

/// What a statement is for, in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Introduces what follows.
    Lead,
    /// Answers.
    Answer,
    /// A heading or situation that conditions what follows.
    Condition,
    /// Something to know besides.
    Notice,
    /// The counter to turn to.
    Contact,
}

/// How a statement is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A paragraph.
    Paragraph,
    /// An item of a list without order.
    Item,
    /// A step: an item whose order matters.
    Step,
    /// A table's row.
    Row,
    /// A small heading.
    Heading,
}

/// The proof of a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// An exact span of a published revision.
    Quoted(Quote),
    /// Fields of a published revision, a named rule and an instant.
    Computed(Box<Computed>),
    /// A phrase of ours.
    Fixed(Phrase),
    /// A model's words that passed the gate.
    Reworded(Reworded),
    /// A model's translation of a quote.
    Translated(Translated),
}

/// Words that are not the town's, on quotes that they were checked against.
#[derive(Debug, Clone, PartialEq)]
pub struct Reworded {
    words: String,
    evidence: Vec<Quote>,
}

impl Reworded {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The quotes they rest on.
    #[must_use]
    pub fn evidence(&self) -> &[Quote] {
        &self.evidence
    }
}

/// A translation of a quote, which states the quote's facts and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Translated {
    words: String,
    quote: Quote,
}

impl Translated {
    /// Words in `language` for a quote, accepted when they state [its facts](translation).
    ///
    /// # Errors
    /// Says what the quote does not state, or the words do not.
    pub fn new(words: String, language: Language, quote: Quote) -> Result<Self, Mistranslated> {
        translation::check(&words, language, quote.text())?;
        Ok(Self { words, quote })
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// Something that may be sent to a resident. The five constructors are the only ways to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    proof: Proof,
    role: Role,
    layout: Layout,
}

impl Statement {
    /// The town's own words.
    #[must_use]
    pub fn quoted(quote: Quote, layout: Layout) -> Self {
        Self {
            proof: Proof::Quoted(quote),
            role: Role::Answer,
            layout,
        }
    }

    /// A computation on the town's fields.
    #[must_use]
    pub fn computed(computed: Computed, layout: Layout) -> Self {
        Self {
            proof: Proof::Computed(Box::new(computed)),
            role: Role::Answer,
            layout,
        }
    }

    /// A phrase of ours.
    #[must_use]
    pub fn fixed(phrase: Phrase, role: Role) -> Self {
        Self {
            proof: Proof::Fixed(phrase),
            role,
            layout: Layout::Paragraph,
        }
    }

    /// Other words for quotes, accepted when they pass the [gate](crate::gate): the words may also name what the titles of the
    /// quoted pages name.
    ///
    /// # Errors
    /// Says what the evidence does not bear out.
    pub fn reworded(words: &str, evidence: Vec<Quote>) -> Result<Self, Blocked> {
        let held: Vec<&str> = evidence.iter().map(Quote::text).collect();
        let titles: Vec<&str> = evidence
            .iter()
            .map(|quote| quote.citation().title.as_str())
            .collect();
        Evidence::new(&held, &titles).check(words)?;
        let reworded = Reworded {
            words: words.to_owned(),
            evidence,
        };
        Ok(Self {
            proof: Proof::Reworded(reworded),
            role: Role::Answer,
            layout: Layout::Paragraph,
        })
    }

    /// A translation of a quote, accepted when its translation `back` into French, made without sight of the quote, says just
    /// what the quote says by the [gate](crate::gate).
    ///
    /// # Errors
    /// Says what the quote does not bear out.
    pub fn translated(translated: Translated, back: &str) -> Result<Self, Blocked> {
        let quote = &translated.quote;
        Evidence::new(&[quote.text()], &[&quote.citation().title]).check_same(back)?;
        Ok(Self {
            proof: Proof::Translated(translated),
            role: Role::Answer,
            layout: Layout::Paragraph,
        })
    }

    /// The same statement set in another way.
    #[must_use]
    pub fn with_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// The same statement in another role.
    #[must_use]
    pub fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Its proof.
    #[must_use]
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// What it is for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// How it is set.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Where what it says stands; none for a phrase of ours.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation> {
        match &self.proof {
            Proof::Quoted(quote) => vec![quote.citation().clone()],
            Proof::Computed(computed) => computed.citations(),
            Proof::Fixed(_) => Vec::new(),
            Proof::Reworded(reworded) => reworded.evidence.iter().map(|q| q.citation().clone()).collect(),
            Proof::Translated(translated) => vec![translated.quote.citation().clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Validity;
    use crate::published::PublishedRevision;
    use crate::published::tests::{instant, published, record};
    use crate::text::{BlockKind, Span};

    #[test]
    fn other_words_are_accepted_with_the_facts_of_the_evidence_and_refused_with_any_other() {
        let text = "La carte coûte 25 € et s’obtient en 3 semaines au 02 61 00 00 01.";
        let record = record(published(), Validity::default(), |builder| {
            builder.push(BlockKind::Paragraph, text);
        });
        let revision = PublishedRevision::admit(record, &instant(18, 10)).unwrap();
        let reworded = |words: &str| {
            let quote = revision.quote(Span::new(0, text.len())).unwrap();
            Statement::reworded(words, vec![quote])
        };
        let accepted = reworded("Comptez trois semaines et 25 euros.").unwrap();
        assert_eq!(accepted.citations().len(), 1);
        assert!(
            reworded("La piscine délivre la carte pour 25 €.").is_err(),
            "the title is no evidence"
        );
        for words in [
            "Comptez trois semaines et 26 euros.",
            "Comptez quatre semaines.",
            "Appelez le 02 61 00 00 02.",
            "La carte coûte 25 € jusqu’au 31 mars.",
        ] {
            assert!(reworded(words).is_err(), "{words}");
        }
    }

    #[test]
    fn a_translation_is_accepted_with_the_facts_of_the_evidence_and_a_translation_back_that_says_it() {
        let text = "La carte coûte 25 € et s’obtient en 3 semaines.";
        let record = record(published(), Validity::default(), |builder| {
            builder.push(BlockKind::Paragraph, text);
        });
        let revision = PublishedRevision::admit(record, &instant(18, 10)).unwrap();
        let translated = |words: &str| {
            let quote = revision.quote(Span::new(0, text.len())).unwrap();
            Translated::new(words.to_owned(), Language::English, quote)
        };
        let words = "The card costs €25 and takes 3 weeks.";
        let back = "La carte coûte 25 euros et s’obtient en trois semaines.";
        let accepted = Statement::translated(translated(words).unwrap(), back).unwrap();
        assert_eq!(accepted.citations().len(), 1);
        assert!(translated("The card costs €26 and takes 3 weeks.").is_err());
        let dog = translated("The dog costs €25 and takes 3 weeks.").unwrap();
        let dog_back = "Le chien coûte 25 € et s’obtient en 3 semaines.";
        assert!(Statement::translated(dog, dog_back).is_err());
        let back_of_a_part = "Elle s’obtient en 3 semaines.";
        assert!(Statement::translated(translated(words).unwrap(), back_of_a_part).is_err());
    }
}
