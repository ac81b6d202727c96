//! What passes between a gateway and a program: parts of messages, receipts, and what became of a submission.

use std::fmt;
use std::time::Duration;

use crate::gsm::Encoding;

/// A sender or a recipient.
///
/// `Debug` and `Display` hide it, so that no log holds a number: use [`Address::as_str`] to send or to hash.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressKind {
    /// A subscriber's number with its country ("+33612345678").
    International,
    /// Digits alone, at most eight: a service's number ("36555").
    ShortCode,
    /// Digits alone, without a country ("0612345678").
    National,
    /// Letters ("Mairie"): cannot be answered.
    Alphanumeric,
}

/// Not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a number nor a sender name of at most eleven characters")]
pub struct NotAnAddress;

impl Address {
    /// Reads an address as gateways write it: spaces, dots, hyphens and brackets dropped, "00" taken for "+".
    ///
    /// # Errors
    /// When it is empty, too long, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}'))
            .collect();
        let number = match digits.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => digits,
        };
        let bare = number.strip_prefix('+').unwrap_or(&number);
        if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
            // E.164: at most fifteen digits.
            return if bare.len() <= 15 {
                Ok(Self(number))
            } else {
                Err(NotAnAddress)
            };
        }
        let short = text.chars().count() <= 11 && !text.chars().any(char::is_control);
        if short && text.chars().any(char::is_alphabetic) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnAddress)
        }
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> AddressKind {
        match self.0.strip_prefix('+') {
            Some(_) => AddressKind::International,
            None if !self.0.bytes().all(|b| b.is_ascii_digit()) => AddressKind::Alphanumeric,
            None if self.0.len() <= 8 => AddressKind::ShortCode,
            None => AddressKind::National,
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({:?})", self.kind())
    }
}

/// Where a part stands in a message that came in several (3GPP TS 23.040, section 9.2.3.24.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concatenation {
    /// What the parts of one message share.
    pub reference: u16,
    /// How many parts there are, 1 to 255.
    pub total: u8,
    /// Which this one is, from 1 on.
    pub part: u8,
}

impl Concatenation {
    /// A place among parts counted from 1 to `total`; none for any other, which receivers have to ignore.
    #[must_use]
    pub fn new(reference: u16, total: u8, part: u8) -> Option<Self> {
        (1..=total).contains(&part).then_some(Self {
            reference,
            total,
            part,
        })
    }
}

/// A message, or a part of one, that came in.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The gateway's own name for it, the same when it delivers it again; none where it gives none.
    pub id: Option<String>,
    /// Who sent it.
    pub from: Address,
    /// The number that it was sent to.
    pub to: Address,
    /// Its text, decoded.
    pub text: String,
    /// Its place in a longer message.
    pub concatenation: Option<Concatenation>,
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("id", &self.id)
            .field("characters", &self.text.chars().count())
            .field("concatenation", &self.concatenation)
            .finish_non_exhaustive()
    }
}

/// What to send: one piece as the gateway takes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Outbound {
    /// Our own name for the piece, unguessable where it may stand in a URL.
    pub id: String,
    /// The number to send from.
    pub from: Address,
    /// The recipient.
    pub to: Address,
    /// The text, transliterated already where the alphabet needs it.
    pub text: String,
    /// Its place in a longer message, where the gateway takes segments rather than whole texts.
    pub concatenation: Option<Concatenation>,
    /// How the whole message travels: all its parts go alike, whatever the letters of this one.
    pub encoding: Encoding,
    /// How long the network may try.
    pub validity: Duration,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound")
            .field("id", &self.id)
            .field("characters", &self.text.chars().count())
            .field("concatenation", &self.concatenation)
            .finish_non_exhaustive()
    }
}

/// What became of a submission, as far as this side knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    /// The gateway took it; its name for it, where it gives one that is not empty.
    Accepted {
        /// The gateway's name for the piece, as its receipts repeat it.
        id: Option<String>,
    },
    /// It was certainly not taken, and may be sent again later.
    Deferred {
        /// How long the gateway asks to wait.
        after: Option<Duration>,
        /// What it said, without numbers or text.
        detail: String,
    },
    /// It was certainly not taken, and would not be later.
    Refused {
        /// What it said, without numbers or text.
        detail: String,
    },
    /// It may have been taken: the connection was lost or the answer never came.
    Ambiguous {
        /// What happened.
        detail: String,
    },
}

/// The state of a piece, as the network reports it (SMPP 3.4, section 5.2.28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptState {
    /// On its way.
    Enroute,
    /// Taken by someone on the recipient's behalf; more may follow.
    Accepted,
    /// Delivered.
    Delivered,
    /// Its validity ended first.
    Expired,
    /// Deleted before.
    Deleted,
    /// Cannot be delivered.
    Undeliverable,
    /// Refused.
    Rejected,
    /// The network does not know.
    Unknown,
}

impl ReceiptState {
    /// Whether nothing more will follow.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Enroute | Self::Accepted)
    }
}

/// Which piece a receipt is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum About {
    /// Our own name for it ([`Outbound::id`]).
    Ours(String),
    /// The gateway's name for it ([`Submission::Accepted`]), as it wrote it.
    Theirs(String),
}

/// A delivery receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The piece.
    pub about: About,
    /// Its state.
    pub state: ReceiptState,
    /// The network's error code, if any.
    pub error: Option<String>,
}

/// What came in from a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message or a part of one.
    Message(Inbound),
    /// A receipt.
    Receipt(Receipt),
    /// The response to a submission, after its time: what was ambiguous was taken.
    Taken {
        /// Our own name for the piece ([`Outbound::id`]).
        ours: String,
        /// The gateway's name for it, as its receipts repeat it.
        theirs: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_gateways_write_them() {
        let kind = |text: &str| Address::parse(text).map(|a| (a.as_str().to_owned(), a.kind()));
        assert_eq!(
            kind("00 33 6 12.34.56.78"),
            Ok(("+33612345678".into(), AddressKind::International))
        );
        assert_eq!(kind("36555"), Ok(("36555".into(), AddressKind::ShortCode)));
        assert_eq!(
            kind("0612345678"),
            Ok(("0612345678".into(), AddressKind::National))
        );
        assert_eq!(kind("Mairie"), Ok(("Mairie".into(), AddressKind::Alphanumeric)));
        for wrong in [
            "",
            " ",
            "+",
            "+1234567890123456",
            "Une mairie trop longue",
            "a\u{0}b",
        ] {
            assert_eq!(kind(wrong), Err(NotAnAddress), "{wrong:?}");
        }
    }

    #[test]
    fn neither_number_nor_text_shows_in_debug_output() {
        let inbound = Inbound {
            id: None,
            from: Address::parse("+33612345678").unwrap(),
            to: Address::parse("36555").unwrap(),
            text: "un secret".into(),
            concatenation: None,
        };
        let shown = format!("{inbound:?} {:?}", inbound.from);
        assert!(
            !shown.contains("612345678") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
