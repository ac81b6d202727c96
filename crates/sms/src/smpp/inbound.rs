//! From what an SMSC delivers to a message, a part of one, or a receipt.

use super::pdu::{Deliver, Header, Party, command, flag, tag};
use super::{Charset, receipt};
use crate::gsm::{self, DataCoding, udh};
use crate::message::{Address, Concatenation, Inbound, Incoming, NotAnAddress};

/// What cannot be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("its mandatory fields are cut short")]
    Fields,
    #[error("an address is {0}")]
    Address(#[from] NotAnAddress),
    #[error("its user data header is malformed")]
    UserDataHeader(#[from] udh::Malformed),
    #[error("it is a receipt without a message id")]
    ReceiptWithoutId,
}

/// Reads one whole PDU, as the session does: none unless it is a delivery that can be handed over.
///
/// For those who record what an SMSC sends, and for fuzzing.
#[must_use]
pub fn read_pdu(octets: &[u8], charset: Charset) -> Option<Incoming> {
    let header = Header::of_complete(octets).ok()??;
    let body = octets.get(super::pdu::HEADER..header.length)?;
    read(header.command, body, charset).ok()
}

/// Reads the body of a `deliver_sm` or a `data_sm`.
pub(crate) fn read(command: u32, body: &[u8], charset: Charset) -> Result<Incoming, Unreadable> {
    let deliver = if command == command::DATA_SM {
        Deliver::read_data_sm(body)
    } else {
        Deliver::read_deliver_sm(body)
    };
    let deliver = deliver.ok_or(Unreadable::Fields)?;
    let octets = deliver.octets();
    if receipt::is_receipt(&deliver) {
        // Receipts are ASCII whatever their data_coding says; a few SMSCs send them as UCS-2.
        let text = decode(octets, deliver.data_coding, charset);
        let receipt = receipt::read(&deliver, &text).ok_or(Unreadable::ReceiptWithoutId)?;
        return Ok(Incoming::Receipt(receipt));
    }
    let (concatenation, octets) = if deliver.esm_class & flag::UDH == 0 {
        (None, octets)
    } else {
        let (header, text) = udh::parse(octets)?;
        (header.concatenation, text)
    };
    Ok(Incoming::Message(Inbound {
        id: None,
        from: address(&deliver.source)?,
        to: address(&deliver.destination)?,
        text: decode(octets, deliver.data_coding, charset),
        concatenation: concatenation.or_else(|| sar(&deliver)),
    }))
}

/// Concatenation by optional parameters, which the SMSC made of the user data header.
fn sar(deliver: &Deliver<'_>) -> Option<Concatenation> {
    let number = |tag| deliver.parameters.number(tag);
    let reference = u16::try_from(number(tag::SAR_MSG_REF_NUM)?).ok()?;
    let total = u8::try_from(number(tag::SAR_TOTAL_SEGMENTS)?).ok()?;
    let part = u8::try_from(number(tag::SAR_SEGMENT_SEQNUM)?).ok()?;
    Concatenation::new(reference, total, part)
}

/// The text, by section 5.2.19 of SMPP 3.4 and, above its table, by 3GPP TS 23.038.
fn decode(octets: &[u8], data_coding: u8, charset: Charset) -> String {
    let coding = match data_coding {
        0 if charset == Charset::Gsm => DataCoding::Gsm,
        1 => DataCoding::Ascii,
        8 => DataCoding::Ucs2,
        // General data coding and message classes: two bits tell the alphabet.
        0x10..=0x3F if data_coding & 0x0C == 0x00 => DataCoding::Gsm,
        0x10..=0x3F if data_coding & 0x0C == 0x08 => DataCoding::Ucs2,
        0xF0..=0xFF if data_coding & 0x04 == 0 => DataCoding::Gsm,
        _ => DataCoding::Latin1,
    };
    gsm::decode(octets, coding)
}

/// An address, with the "+" that SMPP leaves to the type of number; service numbers are often said international too. Many
/// SMSCs tell no type (0): a national number begins with 0 where it is not told to be one.
fn address(party: &Party) -> Result<Address, NotAnAddress> {
    let text = party.address.trim();
    let is_international =
        matches!(party.ton, 0 | 1) && text.len() > 8 && text.bytes().all(|octet| octet.is_ascii_digit());
    let has_prefix = if party.ton == 0 { "0" } else { "00" };
    if is_international && !text.starts_with(has_prefix) {
        Address::parse(&format!("+{text}"))
    } else {
        Address::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{About, ReceiptState};

    /// What varies between deliveries.
    #[derive(Clone, Copy)]
    struct Case<'a> {
        from: &'a [u8],
        esm_class: u8,
        data_coding: u8,
        text: &'a [u8],
        parameters: &'a [u8],
    }

    const PLAIN: Case<'static> = Case {
        from: b"\x01\x0133612345678\0",
        esm_class: 0,
        data_coding: 0,
        text: b"piscine ?",
        parameters: b"",
    };

    fn incoming(case: Case<'_>) -> Result<Incoming, Unreadable> {
        let mut body = [b"\0", case.from, b"\x03\x0036555\0"].concat();
        body.extend([case.esm_class, 0, 0, 0, 0, 0, 0, case.data_coding, 0]);
        body.push(case.text.len().try_into().unwrap());
        body.extend_from_slice(case.text);
        body.extend_from_slice(case.parameters);
        read(command::DELIVER_SM, &body, Charset::Gsm)
    }

    fn message(case: Case<'_>) -> Inbound {
        match incoming(case) {
            Ok(Incoming::Message(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn text_is_read_by_its_data_coding() {
        for (data_coding, octets, text) in [
            (0, b"\x05t\x05".as_slice(), "été"),
            (1, b"ete", "ete"),
            (3, b"\xe9t\xe9", "été"),
            (4, b"\xe9t\xe9", "été"),
            (8, b"\x00\xe9\x00t\x00\xe9", "été"),
            (0x10, b"\x05t\x05", "été"),
            (0x18, b"\x00\xe9\x00t\x00\xe9", "été"),
            (0xF1, b"\x05t\x05", "été"),
            (0xF5, b"\xe9t\xe9", "été"),
        ] {
            let case = Case {
                data_coding,
                text: octets,
                ..PLAIN
            };
            assert_eq!(message(case).text, text, "data_coding {data_coding:#x}");
        }
        assert_eq!(decode(b"\xe9t\xe9", 0, Charset::Latin1), "été");
        assert_eq!(decode(b"\x41_", 0, Charset::Latin1), "A_");
    }

    #[test]
    fn addresses_are_read_by_their_type_of_number() {
        for (from, read) in [
            (b"\x01\x0133612345678\0".as_slice(), "+33612345678"),
            (b"\x01\x01+33612345678\0", "+33612345678"),
            (b"\x01\x010033612345678\0", "+33612345678"),
            (b"\x02\x010612345678\0", "0612345678"),
            (b"\x02\x01612345678\0", "612345678"),
            (b"\0\0+33612345678\0", "+33612345678"),
            (b"\0\x0033612345678\0", "+33612345678"),
            (b"\0\x000612345678\0", "0612345678"),
            (b"\0\x0036555\0", "36555"),
            (b"\x01\x0138000\0", "38000"),
            (b"\x05\0Mairie\0", "Mairie"),
        ] {
            assert_eq!(message(Case { from, ..PLAIN }).from.as_str(), read);
        }
        assert!(matches!(
            incoming(Case {
                from: b"\0\0\0",
                ..PLAIN
            }),
            Err(Unreadable::Address(_))
        ));
    }

    #[test]
    fn parts_are_told_by_header_or_by_parameters() {
        let place = Concatenation::new(0x0102, 3, 2);
        let header = message(Case {
            esm_class: 0x40,
            text: b"\x06\x08\x04\x01\x02\x03\x02suite",
            ..PLAIN
        });
        assert_eq!((header.text.as_str(), header.concatenation), ("suite", place));
        let parameters = message(Case {
            text: b"suite",
            parameters: b"\x02\x0c\0\x02\x01\x02\x02\x0e\0\x01\x03\x02\x0f\0\x01\x02",
            ..PLAIN
        });
        assert_eq!(
            (parameters.text.as_str(), parameters.concatenation),
            ("suite", place)
        );
        let payload = message(Case {
            esm_class: 0x40,
            text: b"",
            parameters: b"\x04\x24\0\x0c\x06\x08\x04\x01\x02\x03\x02suite",
            ..PLAIN
        });
        assert_eq!((payload.text.as_str(), payload.concatenation), ("suite", place));
        assert!(matches!(
            incoming(Case {
                esm_class: 0x40,
                text: b"\x09\0",
                ..PLAIN
            }),
            Err(Unreadable::UserDataHeader(_))
        ));
    }

    #[test]
    fn receipts_are_recognised_by_esm_class_and_parameters_come_before_text() {
        let receipt = |case| match incoming(case) {
            Ok(Incoming::Receipt(receipt)) => receipt,
            other => panic!("{other:?}"),
        };
        let told = receipt(Case {
            esm_class: 0x04,
            text: b"id:12 stat:UNDELIV err:001",
            parameters: b"\0\x1e\0\x02ab\x04\x27\0\x01\x02",
            ..PLAIN
        });
        assert_eq!(told.about, About::Theirs("ab".into()));
        assert_eq!(
            (told.state, told.error.as_deref()),
            (ReceiptState::Delivered, Some("001"))
        );
        // Without esm_class, without text, with the network's error in its own parameter.
        let bare = receipt(Case {
            text: b"",
            parameters: b"\0\x1e\0\x03ab\0\x04\x27\0\x01\x05\x04\x23\0\x03\x03\x01\x02",
            ..PLAIN
        });
        assert_eq!(
            (bare.state, bare.error.as_deref()),
            (ReceiptState::Undeliverable, Some("258"))
        );
        let intermediate = receipt(Case {
            esm_class: 0x20,
            text: b"id:12",
            ..PLAIN
        });
        assert_eq!(intermediate.state, ReceiptState::Enroute);
        // Some SMSCs name messages that way too.
        assert!(matches!(
            incoming(Case {
                parameters: b"\0\x1e\0\x03ab\0",
                ..PLAIN
            }),
            Ok(Incoming::Message(_))
        ));
        // A subscriber's own text is no receipt, whatever it says; neither is a manual acknowledgement.
        for esm_class in [0, 0x10, 0x18] {
            assert!(matches!(
                incoming(Case {
                    esm_class,
                    text: b"id:12 stat:DELIVRD",
                    ..PLAIN
                }),
                Ok(Incoming::Message(_))
            ));
        }
        assert_eq!(
            incoming(Case {
                esm_class: 0x04,
                ..PLAIN
            }),
            Err(Unreadable::ReceiptWithoutId)
        );
    }
}
