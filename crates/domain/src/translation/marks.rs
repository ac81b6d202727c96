//! What binds a sentence: in both of two languages, or in none.

use super::Mistranslated;
use super::lexicon::{Lexicon, MARKS, Pattern};
use super::token::Token;
use crate::language::Language;
use std::collections::HashSet;

/// Whether what binds a sentence is in both or in none.
pub(super) fn check(said: &[Token], held: &[Token], lexicon: &Lexicon) -> Result<(), Mistranslated> {
    let french = Lexicon::of(Language::French);
    let (said, held) = (Text::new(said, lexicon), Text::new(held, french));
    for mark in MARKS {
        let (in_words, in_extract) = (said.standing(mark), held.standing(mark));
        let lost = in_extract.is_said && !in_words.may_be_said;
        let added = in_words.is_said && !in_extract.may_be_said;
        if lost || added {
            return Err(Mistranslated::Mark(mark));
        }
    }
    Ok(())
}

/// How a mark stands in a text.
struct Standing {
    is_said: bool,
    /// Whether words that may say it are there.
    may_be_said: bool,
}

/// A text in which marks are looked for.
struct Text<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    /// The tokens of phrases whose "not" denies nothing: "no later than".
    idioms: HashSet<usize>,
}

impl<'a> Text<'a> {
    fn new(tokens: &'a [Token], lexicon: &'a Lexicon) -> Self {
        let idiom = |at: usize| lexicon.longest(&["idioms"], tokens, at).map(|end| at..end);
        Self {
            idioms: (0..tokens.len()).filter_map(idiom).flatten().collect(),
            tokens,
            lexicon,
        }
    }

    fn standing(&self, mark: &str) -> Standing {
        let may_stand = |at: &usize| mark != "not" || !self.idioms.contains(at);
        let stands = |pattern: &Pattern| {
            let mut places = (0..self.tokens.len()).filter(may_stand);
            places.any(|at| pattern.ends(self.tokens, at).is_some())
        };
        let patterns = self.lexicon.table(mark);
        let is_said = patterns
            .iter()
            .any(|pattern| !pattern.ambiguous && stands(pattern));
        Standing {
            is_said,
            may_be_said: is_said || patterns.iter().any(stands),
        }
    }
}
