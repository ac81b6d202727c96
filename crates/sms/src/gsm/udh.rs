//! User data headers: where a segment stands in its message (3GPP TS 23.040, section 9.2.3.24).

use crate::message::Concatenation;

const CONCATENATION_8_BIT: u8 = 0x00;
const CONCATENATION_16_BIT: u8 = 0x08;

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The segment's place, when it has one.
    pub concatenation: Option<Concatenation>,
    /// How many octets the header takes, with that of its length.
    pub octets: usize,
}

/// A header that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The header is announced and not there.
    #[error(
        "reading a user data header: there are no octets at all; do not announce a header that is not there"
    )]
    Empty,
    /// The header is longer than what came.
    #[error(
        "reading a user data header: it says it has {said} octets and {there} came; the message was cut short"
    )]
    Truncated {
        /// What its first octet says.
        said: usize,
        /// How many octets follow.
        there: usize,
    },
    /// An element runs over the header's end.
    #[error("reading a user data header: element {element:#04x} runs over its end; its lengths do not agree")]
    Overrun {
        /// The element's identifier.
        element: u8,
    },
    /// A concatenation element has another length than the standard's.
    #[error(
        "reading a user data header: element {element:#04x} has {octets} octets, not those of a concatenation"
    )]
    Concatenation {
        /// The element's identifier.
        element: u8,
        /// How long it is.
        octets: usize,
    },
}

/// Writes the header of a segment: six octets for references up to 255, seven above.
#[must_use]
pub fn encode(concatenation: Concatenation) -> Vec<u8> {
    let Concatenation {
        reference,
        total,
        part,
    } = concatenation;
    match u8::try_from(reference) {
        Ok(short) => vec![5, CONCATENATION_8_BIT, 3, short, total, part],
        Err(_) => {
            let [high, low] = reference.to_be_bytes();
            vec![6, CONCATENATION_16_BIT, 4, high, low, total, part]
        }
    }
}

/// Reads the header at the start of a message's octets and gives what follows it.
///
/// Elements other than the concatenation are passed over, and so is, as the standard asks, a concatenation whose part
/// is 0 or beyond the total. The last of several concatenations holds.
///
/// # Errors
/// When lengths do not agree. The standard asks to ignore such a header: the text can no longer be told from it.
pub fn parse(octets: &[u8]) -> Result<(Header, &[u8]), Malformed> {
    let (&length, rest) = octets.split_first().ok_or(Malformed::Empty)?;
    let length = usize::from(length);
    let (mut elements, text) = rest.split_at_checked(length).ok_or(Malformed::Truncated {
        said: length,
        there: rest.len(),
    })?;
    let mut concatenation = None;
    while let Some((&element, after)) = elements.split_first() {
        let (value, following) = after
            .split_first()
            .and_then(|(&length, after)| after.split_at_checked(usize::from(length)))
            .ok_or(Malformed::Overrun { element })?;
        let place = match (element, value) {
            (CONCATENATION_8_BIT, &[reference, total, part]) => {
                Concatenation::new(u16::from(reference), total, part)
            }
            (CONCATENATION_16_BIT, &[high, low, total, part]) => {
                Concatenation::new(u16::from_be_bytes([high, low]), total, part)
            }
            (CONCATENATION_8_BIT | CONCATENATION_16_BIT, _) => {
                return Err(Malformed::Concatenation {
                    element,
                    octets: value.len(),
                });
            }
            _ => None,
        };
        concatenation = place.or(concatenation);
        elements = following;
    }
    let header = Header {
        concatenation,
        octets: 1 + length,
    };
    Ok((header, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(octets: &[u8]) -> Result<Option<Concatenation>, Malformed> {
        parse(octets).map(|(header, _)| header.concatenation)
    }

    #[test]
    fn references_of_eight_and_sixteen_bits_are_written_as_the_standard_says() {
        let part = |reference| Concatenation {
            reference,
            total: 3,
            part: 2,
        };
        assert_eq!(encode(part(0xff)), [5, 0, 3, 0xff, 3, 2]);
        assert_eq!(encode(part(0x1234)), [6, 8, 4, 0x12, 0x34, 3, 2]);
    }

    #[test]
    fn unknown_elements_are_passed_over() {
        let ports_then_concatenation = [0x0b, 5, 4, 0x0b, 0x84, 0x23, 0xf0, 0, 3, 7, 2, 1, b'x'];
        let (header, text) = parse(&ports_then_concatenation).unwrap();
        assert_eq!(header.concatenation, Concatenation::new(7, 2, 1));
        assert_eq!((header.octets, text), (12, &b"x"[..]));
        let concatenation_then_unknown = [7, 0, 3, 7, 2, 1, 0x70, 0, b'x'];
        assert_eq!(
            place(&concatenation_then_unknown),
            Ok(Concatenation::new(7, 2, 1))
        );
        assert_eq!(place(&[2, 0x70, 0, b'x']), Ok(None));
        assert_eq!(place(&[0, b'x']), Ok(None));
    }

    #[test]
    fn lengths_that_do_not_agree_are_errors() {
        assert_eq!(place(&[]), Err(Malformed::Empty));
        assert_eq!(
            place(&[5, 0, 3, 7]),
            Err(Malformed::Truncated { said: 5, there: 3 })
        );
        assert_eq!(place(&[4, 0, 3, 7, 2, 1]), Err(Malformed::Overrun { element: 0 }));
        assert_eq!(
            place(&[6, 0, 3, 7, 2, 1, 8]),
            Err(Malformed::Overrun { element: 8 })
        );
        assert_eq!(
            place(&[4, 0, 2, 7, 2]),
            Err(Malformed::Concatenation {
                element: 0,
                octets: 2
            })
        );
        assert_eq!(
            place(&[5, 8, 3, 7, 2, 1]),
            Err(Malformed::Concatenation {
                element: 8,
                octets: 3
            })
        );
    }

    #[test]
    fn a_place_that_cannot_be_is_ignored_as_the_standard_asks() {
        for (total, part) in [(0, 0), (0, 1), (2, 0), (2, 3)] {
            assert_eq!(
                place(&[5, 0, 3, 7, total, part]),
                Ok(None),
                "part {part} of {total}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(reference: u16, total in 1u8.., text: Vec<u8>) {
            for part in [1, total] {
                let written = Concatenation { reference, total, part };
                let mut octets = encode(written);
                let length = octets.len();
                octets.extend(&text);
                let (header, rest) = parse(&octets).unwrap();
                prop_assert_eq!(header, Header { concatenation: Some(written), octets: length });
                prop_assert_eq!(rest, &text);
            }
        }

        #[test]
        fn no_octets_make_the_reader_fail_otherwise_than_by_an_error(octets: Vec<u8>) {
            if let Ok((header, rest)) = parse(&octets) {
                prop_assert_eq!(header.octets + rest.len(), octets.len());
            }
        }
    }
}
