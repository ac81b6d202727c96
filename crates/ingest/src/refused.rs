//! Why a file, or one entry of it, makes no draft: what was read, where, what was wrong, what to do next.

use domain::document::MalformedContent;
use domain::ids::InvalidExternalId;
use std::fmt;

/// A file or an entry that makes no draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{place}: {reason}")]
pub struct Refused {
    /// The path or URL that was read; an archive's entry reads "archive.zip!path/in/it".
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What was wrong.
    pub reason: Reason,
}

impl Refused {
    pub(crate) fn new(file: &str, place: Place, reason: Reason) -> Self {
        Self {
            file: file.to_owned(),
            place,
            reason,
        }
    }

    pub(crate) fn whole(file: &str, reason: Reason) -> Self {
        Self::new(file, Place::Whole, reason)
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A byte, from 0.
    Byte(usize),
    /// A named part: an archive's path, a calendar event's UID.
    Entry(String),
    /// The file as a whole.
    Whole,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, ", line {line}"),
            Self::Byte(byte) => write!(f, ", byte {byte}"),
            Self::Entry(name) => write!(f, ", entry {name:?}"),
            Self::Whole => Ok(()),
        }
    }
}

/// What was wrong, with what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// More bytes than a reader takes.
    #[error("it holds more than {limit} bytes; split it, or import the pages one by one")]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// Not text in the encoding that it declares, or in UTF-8 where it declares none.
    #[error("it is not {encoding} text; save it as UTF-8")]
    NotText {
        /// The encoding that was tried.
        encoding: String,
    },
    /// A file that the system does not let us read.
    #[error("it cannot be opened: {0}; check that it is there and may be read")]
    Unreadable(String),
    /// No reader for this kind of file.
    #[error(
        "no reader knows this kind of file; give Markdown, HTML, iCalendar, co-marquage XML, JSON lines or text"
    )]
    UnknownFormat,
    /// It does not follow its format.
    #[error("it is not well-formed {format}: {detail}; correct it there")]
    Malformed {
        /// The format's name.
        format: &'static str,
        /// What the parser says.
        detail: String,
    },
    /// Elements inside elements beyond what a person writes.
    #[error("its elements are nested more than {limit} deep; simplify it")]
    TooDeep {
        /// The deepest that is read.
        limit: usize,
    },
    /// Nothing that could be quoted.
    #[error("it holds no text that could be quoted; add text, or leave the file out")]
    Empty,
    /// A key of the front matter that means nothing here.
    #[error("the key {key:?} is not known here; known ones are {known}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys known at that place.
        known: String,
    },
    /// Front matter that does not read.
    #[error("the front matter does not read: {0}; correct it between its two marks")]
    FrontMatter(String),
    /// A value that is not what its key wants.
    #[error("{key}: {value:?} is not {expected}; correct the value")]
    InvalidValue {
        /// The key.
        key: String,
        /// What was read.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A value that must be there.
    #[error("{key} is missing; add it")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// An id that cannot be one.
    #[error(transparent)]
    Id(#[from] InvalidExternalId),
    /// A page that answered, with something other than its content.
    #[error(transparent)]
    Held(#[from] Held),
    /// An archive that would cost too much to open.
    #[error(transparent)]
    Archive(#[from] ArchiveFault),
    /// A defect of the reader.
    #[error(transparent)]
    Defect(#[from] MalformedContent),
}

/// A web page that is held back: it was served, but it is not the town's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Held {
    /// An error page served as if it were a page.
    #[error("it looks like an error page; check that the address still exists")]
    ErrorPage,
    /// A check that the reader is a person.
    #[error("it asks to prove that a person reads it; let the importer through, or import the file")]
    Captcha,
    /// A form to sign in.
    #[error("it asks to sign in; make the page public, or leave it out")]
    LoginWall,
    /// A page whose text comes later, by script.
    #[error("it holds almost no text; if scripts write it, import it from another format")]
    EmptyShell,
}

/// What is wrong with an archive, or with one of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    /// More entries than allowed.
    #[error("the archive holds more than {limit} entries; split it")]
    TooManyEntries {
        /// The most that is read.
        limit: usize,
    },
    /// More bytes, once expanded, than allowed.
    #[error("the archive expands to more than {limit} bytes; split it")]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// Compressed beyond what text allows: a bomb.
    #[error("the entry expands more than {limit} times; it is not text, leave it out")]
    SuspiciousRatio {
        /// The highest ratio that is read.
        limit: u64,
    },
    /// An entry under a password.
    #[error("the entry is encrypted; pack it without a password")]
    Encrypted,
}
