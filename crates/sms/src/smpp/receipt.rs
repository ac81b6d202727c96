//! Delivery receipts as SMSCs write them (SMPP 3.4, appendix B), and the two ways in which they write an id.

use super::ReceiptIds;
use super::pdu::{Deliver, flag, tag};
use crate::message::{About, Receipt, ReceiptState};

/// Whether a delivery is a receipt rather than a message.
///
/// A few SMSCs forget `esm_class`, and a few name messages by `receipted_message_id`; a state has receipts alone.
pub(crate) fn is_receipt(deliver: &Deliver<'_>) -> bool {
    let has = |tag| deliver.parameters.get(tag).is_some();
    match deliver.esm_class & flag::MESSAGE_TYPE {
        flag::SMSC_RECEIPT | flag::HANDSET_RECEIPT | flag::INTERMEDIATE => true,
        _ => has(tag::RECEIPTED_MESSAGE_ID) && has(tag::MESSAGE_STATE),
    }
}

/// Reads a receipt, its optional parameters before its text; none when it names no message.
pub(crate) fn read(deliver: &Deliver<'_>, text: &str) -> Option<Receipt> {
    let written = Written::read(text);
    let parameters = &deliver.parameters;
    let state = parameters.number(tag::MESSAGE_STATE).map(state_of_number);
    let otherwise = if deliver.esm_class & flag::INTERMEDIATE != 0 {
        ReceiptState::Enroute
    } else {
        ReceiptState::Unknown
    };
    let network_error = || {
        let octets = parameters.get(tag::NETWORK_ERROR_CODE)?;
        let [_network, high, low] = *octets else {
            return None;
        };
        Some(u16::from_be_bytes([high, low]).to_string())
    };
    Some(Receipt {
        about: About::Theirs(parameters.text(tag::RECEIPTED_MESSAGE_ID).or(written.id)?),
        state: state.or(written.state).unwrap_or(otherwise),
        error: written
            .error
            .or_else(network_error)
            .filter(|code| !code.bytes().all(|digit| digit == b'0')),
    })
}

/// Reads a receipt's text alone ("id:… stat:DELIVRD err:000 …").
#[must_use]
pub fn parse_receipt(text: &str) -> Option<Receipt> {
    let written = Written::read(text);
    Some(Receipt {
        about: About::Theirs(written.id?),
        state: written.state.unwrap_or(ReceiptState::Unknown),
        error: written
            .error
            .filter(|code| !code.bytes().all(|digit| digit == b'0')),
    })
}

struct Written {
    id: Option<String>,
    state: Option<ReceiptState>,
    error: Option<String>,
}

impl Written {
    fn read(text: &str) -> Self {
        // The beginning of the message itself follows "text:", and may hold anything.
        let lower = text.to_ascii_lowercase();
        let end = position_of_key(&lower, "text:").unwrap_or(text.len());
        let value = |key: &str| {
            let start = position_of_key(&lower[..end], key)? + key.len();
            let value = text[start..end].split_whitespace().next()?;
            Some(value.trim_matches([',', ';'])).filter(|value| !value.is_empty() && value.len() <= 65)
        };
        Self {
            id: value("id:").filter(|id| !id.contains(':')).map(str::to_owned),
            state: value("stat:").map(state_of_word),
            error: value("err:")
                .filter(|code| code.len() <= 10 && code.bytes().all(|octet| octet.is_ascii_alphanumeric()))
                .map(str::to_owned),
        }
    }
}

/// Where a key begins a word.
fn position_of_key(lower: &str, key: &str) -> Option<usize> {
    lower
        .match_indices(key)
        .map(|(position, _)| position)
        .find(|position| !lower[..*position].ends_with(|before: char| before.is_alphanumeric()))
}

fn state_of_word(word: &str) -> ReceiptState {
    let word = word.to_ascii_uppercase();
    let known = [
        ("DELIV", ReceiptState::Delivered),
        ("EXPIR", ReceiptState::Expired),
        ("DELET", ReceiptState::Deleted),
        ("UNDEL", ReceiptState::Undeliverable),
        ("FAIL", ReceiptState::Undeliverable),
        ("ACCEP", ReceiptState::Accepted),
        ("REJEC", ReceiptState::Rejected),
        ("ENROU", ReceiptState::Enroute),
        ("BUFF", ReceiptState::Enroute),
    ];
    known
        .iter()
        .find(|(start, _)| word.starts_with(start))
        .map_or(ReceiptState::Unknown, |(_, state)| *state)
}

/// Section 5.2.28, and the two that version 5.0 adds: scheduled and skipped.
fn state_of_number(number: u32) -> ReceiptState {
    match number {
        0 | 1 => ReceiptState::Enroute,
        2 => ReceiptState::Delivered,
        3 => ReceiptState::Expired,
        4 => ReceiptState::Deleted,
        5 | 9 => ReceiptState::Undeliverable,
        6 => ReceiptState::Accepted,
        8 => ReceiptState::Rejected,
        _ => ReceiptState::Unknown,
    }
}

impl ReceiptIds {
    /// A receipt's id as the SMSC wrote it when it accepted the piece; one that is no number stays as it is.
    pub(crate) fn as_answered(self, id: String) -> String {
        // Digits alone: the parsers take a sign too.
        let number = |radix| {
            let bare = normal_id(&id);
            let is_digits = bare.chars().all(|digit| digit.is_digit(radix));
            is_digits
                .then(|| u128::from_str_radix(&bare, radix).ok())
                .flatten()
        };
        let written = match self {
            Self::Same => None,
            Self::Decimal => number(10).map(|number| format!("{number:x}")),
            Self::Hexadecimal => number(16).map(|number| number.to_string()),
        };
        written.unwrap_or(id)
    }
}

/// An id without what SMSCs vary: surrounding spaces, case, leading zeros, and "0x".
#[must_use]
pub fn normal_id(id: &str) -> String {
    let lower = id.trim().to_ascii_lowercase();
    let bare = lower.strip_prefix("0x").unwrap_or(&lower);
    let without_zeros = bare.trim_start_matches('0');
    if without_zeros.is_empty() && !bare.is_empty() {
        "0".to_owned()
    } else {
        without_zeros.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(id: &str, state: ReceiptState, error: Option<&str>) -> Receipt {
        Receipt {
            about: About::Theirs(id.into()),
            state,
            error: error.map(str::to_owned),
        }
    }

    #[test]
    fn receipts_are_read_in_the_ways_that_smscs_write_them() {
        for (text, expected) in [
            (
                "id:0123456789 sub:001 dlvrd:001 submit date:2611230230 done date:2611230231 stat:DELIVRD err:000 text:Bonjour",
                receipt("0123456789", ReceiptState::Delivered, None),
            ),
            (
                "ID: 7ac3f1 STAT: UNDELIV ERR: 27 TEXT: id:999 stat:DELIVRD",
                receipt("7ac3f1", ReceiptState::Undeliverable, Some("27")),
            ),
            (
                "id:a-b-c submit date:2611230230 stat:EXPIRED",
                receipt("a-b-c", ReceiptState::Expired, None),
            ),
            ("stat:REJECTD id:9", receipt("9", ReceiptState::Rejected, None)),
            ("id:9 stat:WHATEVER", receipt("9", ReceiptState::Unknown, None)),
            ("id:9", receipt("9", ReceiptState::Unknown, None)),
        ] {
            assert_eq!(parse_receipt(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "id:",
            "paid:9 stat:DELIVRD",
            "text:id:9",
            "id: sub:001 stat:DELIVRD",
        ] {
            assert_eq!(parse_receipt(text), None, "{text}");
        }
    }

    #[test]
    fn each_state_of_the_standard_has_its_own() {
        for (word, number, state) in [
            ("ENROUTE", 1, ReceiptState::Enroute),
            ("DELIVRD", 2, ReceiptState::Delivered),
            ("EXPIRED", 3, ReceiptState::Expired),
            ("DELETED", 4, ReceiptState::Deleted),
            ("UNDELIV", 5, ReceiptState::Undeliverable),
            ("ACCEPTD", 6, ReceiptState::Accepted),
            ("UNKNOWN", 7, ReceiptState::Unknown),
            ("REJECTD", 8, ReceiptState::Rejected),
        ] {
            assert_eq!(state_of_word(word), state);
            assert_eq!(state_of_number(number), state);
        }
    }

    #[test]
    fn ids_are_read_in_the_radix_that_the_account_is_said_to_write_them_in() {
        let read = |ids: ReceiptIds, id: &str| normal_id(&ids.as_answered(id.to_owned()));
        for (ids, written, answered) in [
            (ReceiptIds::Same, "0000006699", "6699"),
            (ReceiptIds::Same, "0x1A2B ", "1a2b"),
            (ReceiptIds::Same, "0000", "0"),
            (ReceiptIds::Decimal, "0000006699", "1A2B"),
            (ReceiptIds::Decimal, "10", "a"),
            (ReceiptIds::Decimal, "msg-é", "MSG-é"),
            (ReceiptIds::Decimal, "+2", "+2"),
            (ReceiptIds::Hexadecimal, "00001A2B", "6699"),
            (ReceiptIds::Hexadecimal, "0x10", "16"),
            (ReceiptIds::Hexadecimal, "msg-1", "msg-1"),
        ] {
            assert_eq!(read(ids, written), normal_id(answered), "{ids:?} {written}");
        }
    }
}
