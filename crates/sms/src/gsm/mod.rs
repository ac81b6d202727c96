//! Text as the GSM network carries it: its alphabet, its limits, segments and their headers.

mod alphabet;
mod coding;
mod packing;
mod transliteration;
pub mod udh;

use std::fmt;

pub use coding::{DataCoding, decode, encode};
pub use packing::{fill_bits, pack, unpack};
pub use transliteration::transliterate;

use crate::message::Concatenation;

/// What one message carries, header and text (3GPP TS 23.040, section 9.2.3.16).
const USER_DATA_OCTETS: usize = 140;

/// The two ways in which text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The GSM alphabet, in septets.
    Gsm,
    /// UCS-2, in units of sixteen bits.
    Ucs2,
}

impl Encoding {
    /// How many units fit after a header of so many octets.
    #[must_use]
    pub fn capacity(self, header_octets: usize) -> usize {
        let octets = USER_DATA_OCTETS.saturating_sub(header_octets);
        match self {
            Self::Gsm => octets * 8 / 7,
            Self::Ucs2 => octets / 2,
        }
    }

    fn units_of(self, c: char) -> usize {
        match self {
            // Characters that the alphabet lacks are sent as "?".
            Self::Gsm => alphabet::septets_of(c).unwrap_or(1),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

/// A text as it will be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: String,
    encoding: Encoding,
}

/// A text of more segments than a message can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "cutting a text into segments: it takes {segments}, a message has at most 255; shorten it with `fit` first"
)]
pub struct TooLong {
    /// How many it would take.
    pub segments: usize,
}

impl Text {
    /// Transliterates a text into the GSM alphabet; leaves it as it is, for UCS-2, when that cannot be.
    #[must_use]
    pub fn new(text: &str) -> Self {
        match transliterate(text) {
            Some(text) => Self {
                text,
                encoding: Encoding::Gsm,
            },
            None => Self {
                text: text.to_owned(),
                encoding: Encoding::Ucs2,
            },
        }
    }

    /// How it travels.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What will be sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its length: septets, or units of UTF-16.
    #[must_use]
    pub fn units(&self) -> usize {
        self.text.chars().map(|c| self.encoding.units_of(c)).sum()
    }

    /// Cuts it into segments, none for an empty text.
    ///
    /// A reference up to 255 costs a header of six octets, one above a header of seven, and so one unit of each
    /// segment. Neither an escape nor a surrogate pair is split.
    ///
    /// # Errors
    /// When it takes more than 255.
    pub fn segments(&self, reference: u16) -> Result<Vec<Segment>, TooLong> {
        let pieces = self.pieces(reference);
        let total = u8::try_from(pieces.len()).map_err(|_| TooLong {
            segments: pieces.len(),
        })?;
        Ok((1..=total)
            .zip(pieces)
            .map(|(part, text)| Segment {
                text: text.to_owned(),
                encoding: self.encoding,
                concatenation: (total > 1).then_some(Concatenation {
                    reference,
                    total,
                    part,
                }),
            })
            .collect())
    }

    fn pieces(&self, reference: u16) -> Vec<&str> {
        let header = udh::encode(Concatenation {
            reference,
            total: 1,
            part: 1,
        });
        let capacity = if self.units() <= self.encoding.capacity(0) {
            self.encoding.capacity(0)
        } else {
            self.encoding.capacity(header.len())
        };
        let mut pieces = Vec::new();
        let (mut start, mut taken) = (0, 0);
        for (at, c) in self.text.char_indices() {
            let units = self.encoding.units_of(c);
            if taken + units > capacity {
                pieces.push(&self.text[start..at]);
                (start, taken) = (at, 0);
            }
            taken += units;
        }
        if taken > 0 {
            pieces.push(&self.text[start..]);
        }
        pieces
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("encoding", &self.encoding)
            .field("units", &self.units())
            .finish_non_exhaustive()
    }
}

/// How septets stand in octets. UCS-2 has one form only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One septet in each octet, as SMPP takes them.
    Unpacked,
    /// Eight septets in seven octets, as the radio carries them.
    Packed,
}

/// What is paid for once: a text of its own, or a part of one.
#[derive(Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its text.
    pub text: String,
    /// How it travels; the same for all segments of a message.
    pub encoding: Encoding,
    /// Its place among them.
    pub concatenation: Option<Concatenation>,
}

impl Segment {
    /// Its header, if it has a place, and its text.
    #[must_use]
    pub fn octets(&self, form: Form) -> Vec<u8> {
        let mut octets = self.concatenation.map(udh::encode).unwrap_or_default();
        octets.extend(match (self.encoding, form) {
            (Encoding::Gsm, Form::Unpacked) => alphabet::encode(&self.text),
            (Encoding::Gsm, Form::Packed) => pack(&alphabet::encode(&self.text), fill_bits(octets.len())),
            (Encoding::Ucs2, _) => coding::utf16(&self.text),
        });
        octets
    }
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("characters", &self.text.chars().count())
            .field("encoding", &self.encoding)
            .field("concatenation", &self.concatenation)
            .finish_non_exhaustive()
    }
}

/// How many segments a text takes with a reference of one octet.
#[must_use]
pub fn segments_of(text: &str) -> usize {
    Text::new(text).pieces(0).len()
}

/// The start of a text that takes at most so many segments (with a reference of one octet), cut after a whole word.
///
/// It is cut at white space that is not a no-break space, and is empty when not even the first word fits. Nothing marks
/// the cut.
#[must_use]
pub fn fit(text: &str, segments: usize) -> &str {
    let fits = |text: &str| segments_of(text) <= segments;
    if fits(text) {
        return text;
    }
    let cuts: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'))
        .map(|(at, _)| at)
        .collect();
    let longest = cuts.partition_point(|cut| fits(text[..*cut].trim_end()));
    let end = longest.checked_sub(1).map_or(0, |last| cuts[last]);
    text[..end].trim_end()
}

#[cfg(test)]
mod tests;
