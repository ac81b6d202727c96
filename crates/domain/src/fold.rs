//! Words as they are compared: without case, accents and typography.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In lower case, without accents, ligatures of letters opened, apostrophes and hyphens of one shape each.
///
/// For comparing words, never for showing them. What is no accent keeps its meaning: "m²" is not "m2", nor "½" "1/2".
/// The index has a form of its own (`retrieval`), which a change of this one would not rebuild.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' => folded.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            _ => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_ligatures_and_the_shapes_of_signs_make_no_difference() {
        for (written, folded) in [
            ("ÉTÉ à Noël", "ete a noel"),
            ("e\u{301}te\u{301}", "ete"),
            ("SŒUR", "soeur"),
            ("œuvre", "oeuvre"),
            ("Curriculum vitæ", "curriculum vitae"),
            ("Ça, İstanbul", "ca, istanbul"),
            ("l’eau, l‘eau, lʼeau, l´eau", "l'eau, l'eau, l'eau, l'eau"),
            ("rez‑de‐chaussée – 1er", "rez-de-chaussee - 1er"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn what_is_another_letter_or_another_figure_stays() {
        for (written, folded) in [
            ("Straße", "straße"),
            ("STRAẞE", "straße"),
            ("ﬁn", "ﬁn"),
            ("m²", "m²"),
            ("½", "½"),
            ("٣", "٣"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_as_it_is(text in "\\PC{0,40}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
