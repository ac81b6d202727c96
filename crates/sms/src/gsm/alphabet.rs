//! The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1).

/// Announces a character of the extension table.
const ESCAPE: u8 = 0x1b;

/// Capital ç in the standard, small ç in what people write: never sent, read by its neighbours.
const CEDILLA: u8 = 0x09;

/// The default alphabet in order; the escape's place holds a space, which is how it shows when it stands alone.
#[rustfmt::skip]
const BASIC: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å',
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', ' ', 'Æ', 'æ', 'ß', 'É',
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§',
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];

/// The extension table, without the page break, which reads as the new line that has its code in the default alphabet.
const EXTENSION: [(u8, char); 9] = [
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2f, '\\'),
    (0x3c, '['),
    (0x3d, '~'),
    (0x3e, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

/// Where each character of Latin-1 stands in the default alphabet; 0xff for those that it lacks.
const LATIN: [u8; 256] = {
    let mut places = [0xff; 256];
    let mut septet = 0;
    while septet < BASIC.len() {
        let code = BASIC[septet] as usize;
        if code < places.len() && septet != ESCAPE as usize && septet != CEDILLA as usize {
            places[code] = septet as u8;
        }
        septet += 1;
    }
    places
};

/// Where a character stands.
enum Place {
    Basic(u8),
    Extension(u8),
}

fn place(c: char) -> Option<Place> {
    if let Some(&septet) = LATIN.get(c as usize)
        && septet != 0xff
    {
        return Some(Place::Basic(septet));
    }
    if let Some((septet, _)) = EXTENSION.iter().find(|(_, extension)| *extension == c) {
        return Some(Place::Extension(*septet));
    }
    // The Greek capitals, which Latin-1 does not have.
    (0x10..=0x1a)
        .find(|septet| BASIC[usize::from(*septet)] == c)
        .map(Place::Basic)
}

/// How many septets a character takes; none when the alphabet lacks it, as it is taken to lack "Ç" and "ç".
pub(super) fn septets_of(c: char) -> Option<usize> {
    place(c).map(|place| match place {
        Place::Basic(_) => 1,
        Place::Extension(_) => 2,
    })
}

/// The septets of a text, one in each octet, with "?" for characters that the alphabet lacks.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut septets = Vec::with_capacity(text.len());
    for c in text.chars() {
        match place(c) {
            Some(Place::Basic(septet)) => septets.push(septet),
            Some(Place::Extension(septet)) => septets.extend([ESCAPE, septet]),
            None => septets.push(b'?'),
        }
    }
    septets
}

/// The text of septets, one in each octet (the highest bit is not looked at).
pub(super) fn decode(septets: &[u8]) -> String {
    let mut text = Vec::with_capacity(septets.len());
    let mut septets = septets.iter().map(|octet| octet & 0x7f).peekable();
    while let Some(septet) = septets.next() {
        text.push(match (septet, septets.peek()) {
            (ESCAPE, Some(&next)) if next != ESCAPE => {
                septets.next();
                extension(next)
            }
            _ => BASIC[usize::from(septet)],
        });
    }
    (0..text.len()).map(|at| cedilla_by_context(&text, at)).collect()
}

/// A code that the extension table lacks shows as the one of the default alphabet: so the standard asks.
fn extension(septet: u8) -> char {
    match EXTENSION.iter().find(|(code, _)| *code == septet) {
        Some((_, c)) => *c,
        None => BASIC[usize::from(septet)],
    }
}

fn cedilla_by_context(text: &[char], at: usize) -> char {
    if text[at] != BASIC[usize::from(CEDILLA)] {
        return text[at];
    }
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let neighbours = || before.into_iter().chain(text.get(at + 1));
    let in_capitals = neighbours().any(|c| c.is_uppercase()) && !neighbours().any(|c| c.is_lowercase());
    if in_capitals { 'Ç' } else { 'ç' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_alphabet_has_the_code_points_of_the_standard() {
        // Written by row of the standard's table, which BASIC is not: columns b7b6b5 from 0 to 7.
        let rows = [
            "@Δ 0¡P¿p",
            "£_!1AQaq",
            "$Φ\"2BRbr",
            "¥Γ#3CScs",
            "èΛ¤4DTdt",
            "éΩ%5EUeu",
            "ùΠ&6FVfv",
            "ìΨ'7GWgw",
            "òΣ(8HXhx",
            "ÇΘ)9IYiy",
            "\nΞ*:JZjz",
            "Ø +;KÄkä",
            "øÆ,<LÖlö",
            "\ræ-=MÑmñ",
            "Åß.>NÜnü",
            "åÉ/?O§oà",
        ];
        for (row, characters) in rows.iter().enumerate() {
            for (column, c) in characters.chars().enumerate() {
                assert_eq!(BASIC[column * 16 + row], c, "column {column}, row {row}");
            }
        }
        assert_eq!(rows.concat().chars().count(), 128);
    }

    #[test]
    fn every_septet_but_the_cedilla_comes_back_from_its_character() {
        for septet in (0..128).filter(|s| ![ESCAPE, CEDILLA].contains(s)) {
            assert_eq!(encode(&BASIC[usize::from(septet)].to_string()), [septet]);
            assert_eq!(decode(&[septet]), BASIC[usize::from(septet)].to_string());
        }
    }

    #[test]
    fn characters_of_the_extension_table_cost_two_septets_and_have_the_standard_s_codes() {
        let codes = [
            0x1b, 0x14, 0x1b, 0x28, 0x1b, 0x29, 0x1b, 0x2f, 0x1b, 0x3c, 0x1b, 0x3d, 0x1b, 0x3e, 0x1b, 0x40,
            0x1b, 0x65,
        ];
        assert_eq!(encode(r"^{}\[~]|€"), codes);
        assert_eq!(decode(&codes), r"^{}\[~]|€");
        assert!(r"^{}\[~]|€".chars().all(|c| septets_of(c) == Some(2)));
    }

    #[test]
    fn escapes_that_announce_nothing_known_show_as_the_standard_says() {
        assert_eq!(decode(&[0x1b, b'A']), "A");
        assert_eq!(decode(&[b'a', 0x1b]), "a ");
        assert_eq!(decode(&[0x1b, 0x1b, 0x65]), " €");
        assert_eq!(decode(&[b'a', 0x1b, 0x0a, b'b']), "a\nb");
    }

    #[test]
    fn the_cedilla_is_never_sent_and_is_read_by_its_neighbours() {
        assert_eq!(septets_of('ç'), None);
        assert_eq!(septets_of('Ç'), None);
        for (septets, read) in [
            (&b"fa\x09ade"[..], "façade"),
            (b"re\x09u", "reçu"),
            (b"re\x09U", "reçU"),
            (b"FRAN\x09AIS", "FRANÇAIS"),
            (b"\x09a va", "ça va"),
            (b"\x09A VA", "ÇA VA"),
            (b"\x09", "ç"),
        ] {
            assert_eq!(decode(septets), read);
        }
    }
}
