//! From a piece to the octets, flags and numbers of a `submit_sm`.

use std::time::Duration;

use unicode_normalization::UnicodeNormalization as _;

use super::pdu::{Party, Submit, Writer, flag};
use super::{Charset, Coding, Config};
use crate::gsm::{self, DataCoding, Encoding, udh};
use crate::message::{Address, AddressKind, Outbound};

/// The most octets that a piece may have: those of a `message_payload`.
const LONGEST: usize = u16::MAX as usize;

/// Appends a piece's `submit_sm` to what is to be sent.
///
/// # Errors
/// What makes it impossible, without number or text.
pub(crate) fn write(
    buffer: &mut Vec<u8>,
    sequence: u32,
    config: &Config,
    piece: &Outbound,
) -> Result<(), &'static str> {
    let (data_coding, text) = encode(config, piece)?;
    let mut octets = piece.concatenation.map(udh::encode).unwrap_or_default();
    let esm_class = if octets.is_empty() { 0 } else { flag::UDH };
    octets.extend(text);
    if octets.len() > LONGEST {
        return Err("the text is longer than a message_payload can hold");
    }
    let mut source = party(&piece.from);
    if let Some(numbering) = config.source {
        (source.ton, source.npi) = (numbering.ton, numbering.npi);
    }
    let destination = party(&piece.to);
    if [&source, &destination]
        .iter()
        .any(|party| party.address.len() > 20 || !party.address.is_ascii())
    {
        return Err("an address does not fit in SMPP: at most 20 ASCII characters");
    }
    Writer(buffer).submit(
        sequence,
        &Submit {
            source: &source,
            destination: &destination,
            esm_class,
            validity: &validity(piece.validity),
            registered_delivery: if config.receipts { flag::RECEIPT_WANTED } else { 0 },
            data_coding,
            octets: &octets,
        },
    );
    Ok(())
}

fn encode(config: &Config, piece: &Outbound) -> Result<(u8, Vec<u8>), &'static str> {
    let ucs2 = || gsm::encode(&piece.text, DataCoding::Ucs2).map(|octets| (8, octets));
    let (data_coding, coding) = match (config.coding, config.charset) {
        (Coding::Default, Charset::Gsm) => (0, DataCoding::Gsm),
        (Coding::Default, Charset::Latin1) => (0, DataCoding::Latin1),
        (Coding::Ascii, _) => (1, DataCoding::Ascii),
        (Coding::Latin1, _) => (3, DataCoding::Latin1),
    };
    let encoded = match piece.encoding {
        Encoding::Gsm => {
            let short = |text: &str| gsm::encode(text, coding).map(|octets| (data_coding, octets));
            // Cut for septets, it must not take sixteen bits a letter: what the route's charset lacks is written without.
            let is_gsm = gsm::encode(&piece.text, DataCoding::Gsm).is_some();
            let written =
                short(&piece.text).or_else(|| is_gsm.then(|| short(&plain(&piece.text, coding)))?);
            written.or_else(ucs2)
        }
        // Cut for UCS-2, and telephones put together only parts that travel alike.
        Encoding::Ucs2 => ucs2(),
    };
    encoded.ok_or("the text cannot be encoded")
}

/// A text with what a charset lacks put as it is typed without: no longer than it was in septets.
fn plain(text: &str, coding: DataCoding) -> String {
    let has = |c: char| gsm::encode(c.encode_utf8(&mut [0; 4]), coding).is_some();
    text.chars()
        .map(|c| match c {
            c if has(c) => c,
            '€' => 'E',
            // Its letter without marks.
            c => std::iter::once(c)
                .nfd()
                .next()
                .filter(|letter| has(*letter))
                .unwrap_or('?'),
        })
        .collect()
}

fn party(address: &Address) -> Party {
    let (ton, npi) = match address.kind() {
        AddressKind::International => (1, 1),
        AddressKind::National => (2, 1),
        AddressKind::ShortCode => (3, 0),
        AddressKind::Alphanumeric => (5, 0),
    };
    let text = address.as_str();
    Party {
        ton,
        npi,
        address: text.strip_prefix('+').unwrap_or(text).to_owned(),
    }
}

/// A relative time (section 7.1.1.2), at least a second and at most thirty days: months have no fixed length.
fn validity(validity: Duration) -> String {
    let seconds = validity.as_secs().clamp(1, 30 * 86_400);
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    format!("0000{days:02}{hours:02}{minutes:02}{seconds:02}000R")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Concatenation;
    use crate::smpp::Password;
    use crate::smpp::pdu::HEADER;

    fn config() -> Config {
        Config::new("localhost", 2775, "us", Password::new("secret".into()))
    }

    fn piece(text: &str) -> Outbound {
        Outbound {
            id: "1".into(),
            from: Address::parse("36555").unwrap(),
            to: Address::parse("+33612345678").unwrap(),
            text: text.into(),
            concatenation: None,
            encoding: Encoding::Gsm,
            validity: Duration::from_secs(86_400 + 2 * 3600 + 3 * 60 + 4),
        }
    }

    fn body(config: &Config, piece: &Outbound) -> Vec<u8> {
        let mut buffer = Vec::new();
        write(&mut buffer, 9, config, piece).unwrap();
        buffer.split_off(HEADER)
    }

    #[test]
    fn a_piece_is_written_as_the_standard_says() {
        let expected =
            b"\0\x03\x0036555\0\x01\x0133612345678\0\0\0\0\x00000001020304000R\0\x01\0\0\0\x03\x05t\x05";
        assert_eq!(body(&config(), &piece("été")), expected);
        let numbered = Config {
            source: Some(crate::smpp::Numbering { ton: 1, npi: 1 }),
            receipts: false,
            ..config()
        };
        let expected = b"\0\x01\x0136555\0\x01\x0133612345678\0\0\0\0\x00000001020304000R\0\0\0\0\0\x01a";
        assert_eq!(body(&numbered, &piece("a")), expected);
    }

    #[test]
    fn each_route_has_its_coding_and_ucs2_carries_what_gsm_cannot() {
        let coded = |config: Config, text: &str| encode(&config, &piece(text)).unwrap();
        let latin = Config {
            charset: Charset::Latin1,
            ..config()
        };
        let labelled = Config {
            coding: Coding::Latin1,
            ..config()
        };
        let labelled_again = labelled.clone();
        let ascii = Config {
            coding: Coding::Ascii,
            ..config()
        };
        assert_eq!(coded(config(), "é€"), (0, b"\x05\x1be".to_vec()));
        assert_eq!(coded(latin, "é"), (0, b"\xe9".to_vec()));
        assert_eq!(coded(labelled, "é"), (3, b"\xe9".to_vec()));
        assert_eq!(coded(ascii.clone(), "e"), (1, b"e".to_vec()));
        assert_eq!(coded(ascii, "é, 3 €"), (1, b"e, 3 E".to_vec()));
        assert_eq!(coded(labelled_again, "3 €"), (3, b"3 E".to_vec()));
        assert_eq!(coded(config(), "ж"), (8, b"\x04\x36".to_vec()));
        let plain_part_of_ucs2 = Outbound {
            encoding: Encoding::Ucs2,
            ..piece("a")
        };
        assert_eq!(
            encode(&config(), &plain_part_of_ucs2).unwrap(),
            (8, b"\0a".to_vec())
        );
    }

    #[test]
    fn a_part_has_its_header_and_a_long_text_goes_as_payload() {
        let part = Outbound {
            concatenation: Some(Concatenation {
                reference: 7,
                total: 2,
                part: 1,
            }),
            ..piece("a")
        };
        let body_of_part = body(&config(), &part);
        assert!(body_of_part.ends_with(b"\0\0\x07\x05\0\x03\x07\x02\x01a"));
        assert!(body_of_part.windows(4).any(|window| window == b"\0\x40\0\0"));
        let long = body(&config(), &piece(&"a".repeat(300)));
        assert!(long.ends_with(&[b"\0\0\0\x04\x24\x01\x2c".as_slice(), &[b'a'; 300]].concat()));
        let mut buffer = Vec::new();
        assert!(write(&mut buffer, 1, &config(), &piece(&"a".repeat(70_000))).is_err());
        assert!(buffer.is_empty());
    }

    #[test]
    fn validity_stays_within_what_can_be_said() {
        assert_eq!(validity(Duration::ZERO), "000000000001000R");
        assert_eq!(validity(Duration::from_secs(59 * 60)), "000000005900000R");
        assert_eq!(validity(Duration::MAX), "000030000000000R");
    }
}
