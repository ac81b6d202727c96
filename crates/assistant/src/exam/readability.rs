//! How plain a French text reads: Flesch's reading ease as Kandel and Moles adapted it to French.
//!
//! L. Kandel and A. Moles, "Application de l'indice de Flesch à la langue française", Cahiers d'études de
//! radio-télévision 19, 1958, pages 253 to 274: 207 − 1.015 × words per sentence − 73.6 × syllables per word. Higher is
//! plainer: some 100 for the simplest, 60 for a newspaper, under 30 for administrative prose. Syllables are counted by
//! their vowels, without a dictionary: the same for every text that is compared, not the same as by ear.

/// How plain texts read together; none where they hold no word.
pub(super) fn reading_ease<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<f64> {
    let mut counted = Counted::default();
    for text in texts {
        counted.add(text);
    }
    counted.reading_ease()
}

#[derive(Debug, Default)]
struct Counted {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Counted {
    fn add(&mut self, text: &str) {
        for sentence in sentences(text) {
            let before = self.words;
            // An elided word ("l'") is spoken with the next one.
            let words = sentence
                .split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')))
                .filter(|word| word.chars().any(char::is_alphabetic));
            for word in words {
                self.words += 1;
                self.syllables += syllables(word);
            }
            self.sentences += usize::from(self.words > before);
        }
    }

    fn reading_ease(&self) -> Option<f64> {
        let per_sentence = self.words as f64 / self.sentences as f64;
        let per_word = self.syllables as f64 / self.words as f64;
        (self.words > 0).then_some(207.0 - 1.015 * per_sentence - 73.6 * per_word)
    }
}

/// Sentences and items of lists; a full stop inside a number or an address ends none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let ends = rest.char_indices().find_map(|(at, c)| {
                let after = &rest[at + c.len_utf8()..];
                let ends = matches!(c, '.' | '!' | '?' | ';' | ':' | '…')
                    && after.chars().next().is_none_or(char::is_whitespace);
                ends.then_some(at + c.len_utf8())
            });
            let (sentence, after) = rest.split_at(ends.unwrap_or(rest.len()));
            rest = after;
            Some(sentence)
        })
    })
}

/// Groups of vowels; a mute e at the end counts for none. At least one.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let is_vowel = |c: char| "aeiouyàâäéèêëîïôöùûüœæ".contains(c);
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let groups = |letters: &[char]| {
        let begins = |at: usize| is_vowel(letters[at]) && (at == 0 || !is_vowel(letters[at - 1]));
        (0..letters.len()).filter(|at| begins(*at)).count()
    };
    let spoken = match letters.as_slice() {
        [rest @ .., 'e'] | [rest @ .., 'e', 's'] if rest.last().is_some_and(|c| !is_vowel(*c)) => rest,
        all => all,
    };
    groups(spoken).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_are_counted_by_their_vowels_without_mute_endings() {
        for (word, expected) in [
            ("mairie", 2),
            ("carte", 1),
            ("cartes", 1),
            ("gratuite", 2),
            ("l’école", 2),
            ("bibliothèque", 4),
            ("renouvellement", 5),
            ("le", 1),
            ("œuf", 1),
        ] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn a_full_stop_in_a_number_or_an_address_ends_no_sentence() {
        let counted = |text: &str| {
            let mut counted = Counted::default();
            counted.add(text);
            (counted.sentences, counted.words)
        };
        assert_eq!(counted("Le prix est de 1.50 euro. Voir mairie.example !"), (2, 8));
        assert_eq!(counted("Apportez :\nune photo\nun justificatif"), (3, 5));
    }

    #[test]
    fn plain_words_read_easier_than_administrative_ones() {
        let plain = reading_ease(["Venez avec une photo. La carte est gratuite."]).unwrap();
        let heavy = reading_ease([
            "La délivrance du document susmentionné est subordonnée à la présentation préalable, par l’usager \
             intéressé, de l’ensemble des pièces justificatives énumérées ci-après.",
        ])
        .unwrap();
        assert!(plain > 90.0 && heavy < 30.0, "{plain} {heavy}");
        assert_eq!(
            reading_ease(["12 € ; 9 h 30".replace('h', "").as_str(), ""]),
            None
        );
    }

    fn sentence() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[bcdfglmnprst][aeiou]([bcdfglmnprst][aiou]){0,4}", 2..20)
    }

    proptest! {
        #[test]
        fn any_text_has_the_same_finite_ease_each_time(text in ".{0,200}") {
            let ease = reading_ease([text.as_str()]);
            prop_assert_eq!(ease, reading_ease([text.as_str()]));
            prop_assert!(ease.is_none_or(f64::is_finite));
        }

        #[test]
        fn a_sentence_cut_in_two_reads_easier(words in sentence(), at in any::<prop::sample::Index>()) {
            let at = 1 + at.index(words.len() - 1);
            let whole = format!("{}.", words.join(" "));
            let cut = format!("{}. {}.", words[..at].join(" "), words[at..].join(" "));
            prop_assert!(reading_ease([cut.as_str()]) > reading_ease([whole.as_str()]));
        }

        #[test]
        fn a_longer_word_reads_harder(words in sentence()) {
            let short = format!("{}.", words.join(" "));
            let long = format!("{}tarama.", words.join(" "));
            prop_assert!(reading_ease([long.as_str()]) < reading_ease([short.as_str()]));
        }
    }
}
