//! Octets into text and back, in the character sets that gateways name (SMPP 3.4, section 5.2.19).

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::alphabet;

/// A character set of a message's octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataCoding {
    /// The GSM default alphabet, one septet in each octet.
    Gsm,
    /// IA5, which is ASCII.
    Ascii,
    /// ISO 8859-1.
    Latin1,
    /// UCS-2, read and written as UTF-16 with the high octet first.
    Ucs2,
}

/// Reads octets, as leniently as can be without guessing.
///
/// Gateways mislabel, and often enough the octets say so: GSM septets never have the highest bit set, so octets that
/// have it are Latin-1; ASCII text holds no control characters, so what holds some is GSM. Latin-1's own control
/// characters are read as Windows-1252 has them, UCS-2 by its byte order mark where there is one.
#[must_use]
pub fn decode(octets: &[u8], coding: DataCoding) -> String {
    let beyond_ascii = octets.iter().any(|octet| *octet >= 0x80);
    match coding {
        DataCoding::Gsm if !beyond_ascii => alphabet::decode(octets),
        DataCoding::Ascii if !beyond_ascii && octets.iter().any(is_control) => alphabet::decode(octets),
        DataCoding::Gsm | DataCoding::Ascii | DataCoding::Latin1 => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(octets);
            text.into_owned()
        }
        DataCoding::Ucs2 => {
            let (octets, order) = match octets {
                [0xfe, 0xff, rest @ ..] => (rest, UTF_16BE),
                [0xff, 0xfe, rest @ ..] => (rest, UTF_16LE),
                _ => (octets, UTF_16BE),
            };
            let (text, _) = order.decode_without_bom_handling(octets);
            text.into_owned()
        }
    }
}

/// Writes a text; none when the character set lacks one of its characters.
#[must_use]
pub fn encode(text: &str, coding: DataCoding) -> Option<Vec<u8>> {
    match coding {
        DataCoding::Gsm => text
            .chars()
            .all(|c| alphabet::septets_of(c).is_some())
            .then(|| alphabet::encode(text)),
        DataCoding::Ascii => {
            (text.is_ascii() && !text.as_bytes().iter().any(is_control)).then(|| text.as_bytes().to_vec())
        }
        DataCoding::Latin1 => text
            .chars()
            .map(|c| u8::try_from(c).ok().filter(|octet| !(0x80..0xa0).contains(octet)))
            .collect(),
        DataCoding::Ucs2 => Some(utf16(text)),
    }
}

/// A text in UTF-16, the high octet first.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn is_control(octet: &u8) -> bool {
    octet.is_ascii_control() && !matches!(octet, b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_character_set_has_its_own_octets() {
        let text = "à 5 £";
        assert_eq!(encode(text, DataCoding::Gsm).unwrap(), b"\x7f 5 \x01");
        assert_eq!(encode(text, DataCoding::Latin1).unwrap(), b"\xe0 5 \xa3");
        assert_eq!(
            encode(text, DataCoding::Ucs2).unwrap(),
            b"\x00\xe0\x00 \x005\x00 \x00\xa3"
        );
        assert_eq!(encode(text, DataCoding::Ascii), None);
        assert_eq!(encode("😀", DataCoding::Ucs2).unwrap(), b"\xd8\x3d\xde\x00");
        assert_eq!(encode("€", DataCoding::Latin1), None);
        assert_eq!(encode("\u{80}", DataCoding::Latin1), None);
        assert_eq!(encode("a\u{1}", DataCoding::Ascii), None);
        assert_eq!(encode("ê", DataCoding::Gsm), None);
    }

    #[test]
    fn mislabelled_text_is_read_as_what_its_octets_can_only_be() {
        assert_eq!(decode(b"piscine \x05t\x05 ?", DataCoding::Ascii), "piscine été ?");
        assert_eq!(decode(b"piscine \xe9t\xe9 ?", DataCoding::Gsm), "piscine été ?");
        assert_eq!(decode(b"l\x92\xe9cole \x80", DataCoding::Latin1), "l’école €");
        assert_eq!(decode(b"a_b@c\n", DataCoding::Ascii), "a_b@c\n");
    }

    #[test]
    fn ucs2_is_read_by_its_byte_order_mark_and_broken_units_are_marked() {
        assert_eq!(decode(b"\xfe\xff\x00a", DataCoding::Ucs2), "a");
        assert_eq!(decode(b"\xff\xfea\x00", DataCoding::Ucs2), "a");
        assert_eq!(decode(b"\x00a\xd8\x3d", DataCoding::Ucs2), "a\u{fffd}");
        assert_eq!(decode(b"\x00a\x00", DataCoding::Ucs2), "a\u{fffd}");
        assert_eq!(decode(b"", DataCoding::Ucs2), "");
    }

    proptest! {
        #[test]
        fn what_can_be_written_is_read_again(text in "[ -~àéèùñ£€^\\[\\]Δ’œ中😀\n]{0,60}") {
            for coding in [DataCoding::Gsm, DataCoding::Ascii, DataCoding::Latin1, DataCoding::Ucs2] {
                if let Some(octets) = encode(&text, coding) {
                    prop_assert_eq!(decode(&octets, coding), text.as_str());
                }
            }
        }

        #[test]
        fn any_octets_are_read(octets: Vec<u8>) {
            for coding in [DataCoding::Gsm, DataCoding::Ascii, DataCoding::Latin1, DataCoding::Ucs2] {
                prop_assert!(decode(&octets, coding).chars().count() <= octets.len());
            }
        }
    }
}
