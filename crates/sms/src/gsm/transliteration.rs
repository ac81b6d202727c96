//! Text into the GSM alphabet as a French reader would write it on a telephone that lacks the signs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::alphabet;

/// Writes a text with the characters of the GSM alphabet alone; none when it holds some that have no equivalent there
/// (emoji, other scripts).
///
/// Typographic signs become those of a keyboard, letters that the alphabet lacks their base, "« a »" becomes "\"a\"",
/// and "ç" becomes "c", since telephones disagree on what its code shows.
#[must_use]
pub fn transliterate(text: &str) -> Option<String> {
    let mut written = String::with_capacity(text.len());
    let mut rest = text.nfc().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                written.push('\n');
            }
            '«' => {
                written.push('"');
                while rest.next_if(|next| is_inner_space(*next)).is_some() {}
            }
            '»' => {
                written.truncate(written.trim_end_matches(' ').len());
                written.push('"');
            }
            'Œ' => written.push_str(match rest.peek() {
                Some(next) if next.is_lowercase() => "Oe",
                _ => "OE",
            }),
            '°' => written.push_str(degree(&written, rest.peek().copied())),
            _ if alphabet::septets_of(c).is_some() => written.push(c),
            _ => match equivalent(c) {
                Some(equivalent) => written.push_str(equivalent),
                None => {
                    written.push_str(figure_separator(&written, c));
                    for c in std::iter::once(c).nfkd() {
                        push_base(&mut written, c)?;
                    }
                }
            },
        }
    }
    Some(written)
}

/// Writes a character of a decomposition, without marks.
fn push_base(written: &mut String, c: char) -> Option<()> {
    if alphabet::septets_of(c).is_some() {
        written.push(c);
    } else if let Some(equivalent) = equivalent(c) {
        written.push_str(equivalent);
    } else if !is_combining_mark(c) && !c.is_control() {
        return None;
    }
    Some(())
}

/// What stands for a character that the alphabet lacks, where Unicode's decomposition does not say it or not as well.
#[rustfmt::skip]
fn equivalent(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '`' | '´' | 'ʹ' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '\u{2010}'..='\u{2015}' | '−' | '⁃' | '¬' => "-",
        '•' | '‣' | '◦' | '∙' | '▪' | '▫' | '■' | '□' | '●' | '○' => "-",
        '·' | '‧' => ".",
        '⁄' | '∕' | '÷' => "/",
        '\t' => " ",
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        // Zero-width and direction marks, the soft hyphen, the byte order mark.
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}' => "",
        'œ' => "oe",
        'ẞ' => "SS",
        'ð' | 'đ' => "d",
        'Ð' | 'Đ' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ł' => "l",
        'Ł' => "L",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ı' => "i",
        'ĸ' => "k",
        'ƒ' => "f",
        'μ' => "u",
        '°' => "",
        '×' => "x",
        '±' => "+/-",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "<>",
        '≈' => "~",
        '→' => "->",
        '←' => "<-",
        '↔' => "<->",
        '⇒' => "=>",
        '‰' => "o/oo",
        '¢' => "c",
        '©' => "(c)",
        '®' => "(R)",
        '¦' => "|",
        '†' | '‡' => "*",
        '¶' => "",
        '☎' | '✆' => "Tel.",
        '\u{fffd}' => "?",
        _ => return None,
    })
}

/// "n° 5" is "no 5", "25 °C" is "25 C", and "25°" is "25 deg".
fn degree(before: &str, next: Option<char>) -> &'static str {
    let figures = before
        .trim_end_matches(' ')
        .ends_with(|c: char| c.is_ascii_digit());
    match next {
        _ if !figures => "o",
        Some('C' | 'F') => "",
        _ if before.ends_with(' ') => "deg",
        _ => " deg",
    }
}

/// What keeps "2½" from becoming "21/2" and "10²" from becoming "102".
fn figure_separator(before: &str, c: char) -> &'static str {
    match c {
        _ if !before.ends_with(|c: char| c.is_ascii_digit()) => "",
        '¼' | '½' | '¾' | '⅐'..='⅞' => " ",
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => "^",
        _ => "",
    }
}

fn is_inner_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        transliterate(text).unwrap()
    }

    #[test]
    fn french_typography_becomes_what_a_keyboard_has() {
        for (typographic, plain) in [
            ("l’école ‘a’", "l'école 'a'"),
            ("«\u{202f}Le Parc\u{a0}»", "\"Le Parc\""),
            ("« Le Parc » et «Le Lac»", "\"Le Parc\" et \"Le Lac\""),
            ("“oui” „non”", "\"oui\" \"non\""),
            ("à suivre…", "à suivre..."),
            ("9\u{202f}h\u{202f}30 – 12\u{a0}h", "9 h 30 - 12 h"),
            ("— Ouvert\u{202f}?", "- Ouvert ?"),
            ("cœur, Œuvre, ŒUVRE, œ", "coeur, Oeuvre, OEUVRE, oe"),
            ("vitæ, Æ", "vitæ, Æ"),
            ("rez‑de‐chaussée", "rez-de-chaussée"),
            ("• un\n• deux", "- un\n- deux"),
            ("un·e agent·e", "un.e agent.e"),
            ("a\tb\r\nc\rd\u{2028}e", "a b\nc\nd\ne"),
            ("co\u{ad}opé\u{200b}ration\u{feff}", "coopération"),
        ] {
            assert_eq!(written(typographic), plain, "{typographic}");
        }
    }

    #[test]
    fn letters_that_the_alphabet_has_stay_and_the_others_become_their_base() {
        assert_eq!(
            written("é è à ù ì ò ä ö ü ñ å ø É Ä Ö Ü Ñ ß"),
            "é è à ù ì ò ä ö ü ñ å ø É Ä Ö Ü Ñ ß"
        );
        assert_eq!(written("â ê î ô û ë ï ÿ ç"), "a e i o u e i y c");
        assert_eq!(written("À Â Ç È Ê Ë Î Ï Ô Û Ù Ÿ"), "A A C E E E I I O U U Y");
        assert_eq!(written("á ș ğ ı ł Đ ế ﬁn"), "a s g i l D e fin");
    }

    #[test]
    fn decomposed_accents_are_composed_before_they_are_judged() {
        assert_eq!(written("e\u{301}te\u{301} bru\u{302}le\u{301}"), "été brulé");
    }

    #[test]
    fn signs_and_figures_keep_their_meaning() {
        for (sign, plain) in [
            ("12 €", "12 €"),
            ("30 m² et 2 m³", "30 m2 et 2 m3"),
            ("10² ½ 2½ CO₂", "10^2 1/2 2 1/2 CO2"),
            ("n° 5, N° 6, № 7", "no 5, No 6, No 7"),
            ("25 °C, 25°C, 25°, 25 °", "25 C, 25C, 25 deg, 25 deg"),
            ("1ᵉʳ étage, 2ᵉ, 1º", "1er étage, 2e, 1o"),
            ("3 × 2 ≤ 6 → oui", "3 x 2 <= 6 -> oui"),
            ("☎ 01 02 03 04 05", "Tel. 01 02 03 04 05"),
            ("5 µg", "5 ug"),
        ] {
            assert_eq!(written(sign), plain, "{sign}");
        }
    }

    #[test]
    fn emoji_and_other_scripts_have_no_equivalent() {
        for text in ["ouvert 😀", "Да", "مفتوح", "開門", "שלום", "αβγ", "👨‍👩‍👧"]
        {
            assert_eq!(transliterate(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_comes_out_is_in_the_alphabet_and_stays_as_it_is(text in "(\\PC|[ -ÿ«»\u{202f}’…œ°²½\r\n\t]){0,40}") {
            if let Some(plain) = transliterate(&text) {
                prop_assert!(plain.chars().all(|c| alphabet::septets_of(c).is_some()), "{:?}", plain);
                prop_assert_eq!(transliterate(&plain), Some(plain.clone()));
            }
        }

        #[test]
        fn latin_text_always_has_an_equivalent(text in "[ -~\u{a0}-\u{17f}‘’“”–—…•œŒ\u{202f}\n]{0,80}") {
            prop_assert!(transliterate(&text).is_some());
        }
    }
}
