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

    /// How many bytes of a text fit, at least one character.
    fn longest(self, text: &str, capacity: usize) -> usize {
        let mut taken = 0;
        let ends = text.char_indices().map(|(at, c)| {
            taken += self.units_of(c);
            (at, taken)
        });
        let mut beyond = ends.skip(1).skip_while(|(_, taken)| *taken <= capacity);
        beyond.next().map_or(text.len(), |(at, _)| at)
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

    /// Cuts it into segments, none for an empty text: as few as it takes, and where these leave room, cut behind lines and
    /// words, so that one which comes alone or late holds whole ones.
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
        let mut rest = self.text.as_str();
        let mut left = self.fewest(rest, capacity);
        let mut pieces = Vec::with_capacity(left);
        while left > 0 {
            left -= 1;
            let most = self.encoding.longest(rest, capacity);
            let seam = seams(rest, most).find(|seam| self.fewest(&rest[*seam..], capacity) <= left);
            let (piece, behind) = rest.split_at(seam.unwrap_or(most));
            pieces.push(piece);
            rest = behind;
        }
        pieces
    }

    /// How many segments a text takes when each is filled.
    fn fewest(&self, mut text: &str, capacity: usize) -> usize {
        let mut segments = 0;
        while !text.is_empty() {
            text = &text[self.encoding.longest(text, capacity)..];
            segments += 1;
        }
        segments
    }
}

/// Where a text may be cut at `most` or before, the best place first: behind a line, else behind a word. A space beside a
/// digit stands within a number, an hour or a price as often as not.
fn seams(text: &str, most: usize) -> impl Iterator<Item = usize> {
    let line = text[..most].rfind('\n').map(|at| at + 1);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let word = text[..most].rmatch_indices(' ').map(|(at, _)| at).find(|at| {
        let (before, behind) = (&text[..*at], &text[at + 1..]);
        !is_digit(before.chars().next_back()) && !is_digit(behind.chars().next())
    });
    let is_whole = most == text.len();
    [is_whole.then_some(most), line, word.map(|at| at + 1)]
        .into_iter()
        .flatten()
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
