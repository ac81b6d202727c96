//! What can go wrong in the store, and what to do about it.

use domain::document::MalformedContent;
use domain::life::TransitionError;

/// Why the store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing goes by that name or number.
    #[error("there is no {what}; check its name or number")]
    NotFound {
        /// What was looked for.
        what: String,
    },
    /// Another write got there first.
    #[error("{doing} met a change made at the same moment or before; look at it again, then retry")]
    Conflict {
        /// What was being done.
        doing: &'static str,
    },
    /// The life of the revision does not allow it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// An extractor made a content that does not fit together.
    #[error(transparent)]
    Content(#[from] MalformedContent),
    /// A stored value cannot be understood.
    #[error(
        "while {doing}, {what} could not be read: {detail}; run `parvis check` and restore a backup if it reports damage"
    )]
    Corrupt {
        /// What was being done.
        doing: &'static str,
        /// Which value.
        what: String,
        /// The cause.
        detail: String,
    },
    /// A transcript does not open with this installation's key.
    #[error(
        "a transcript does not open with this installation's key; put back the key file that belongs to this database"
    )]
    WrongKey,
    /// No room is left.
    #[error("the disk is full while {doing}; nothing was half written: free some space, then try again")]
    Full {
        /// What was being done.
        doing: &'static str,
    },
    /// A newer version of the program has changed the database.
    #[error(
        "this database was made by a newer version (its migration {version} is unknown here); install that version, or restore a backup made by this one"
    )]
    Newer {
        /// The migration that this version does not know.
        version: i64,
    },
    /// The database does not answer.
    #[error("the database does not answer while {doing} ({detail}); check that it runs and try again")]
    Unavailable {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        detail: String,
    },
    /// The database refused a statement.
    #[error("the database refused {doing} ({detail}); report it")]
    Refused {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        detail: String,
    },
    /// The database file cannot be opened.
    #[error("cannot open the database {target}: {detail}; check the path and its permissions")]
    Open {
        /// Which one.
        target: String,
        /// The cause.
        detail: String,
    },
    /// The system gave no randomness.
    #[error("the system gave no random bytes, without which nothing can be encrypted; check /dev/urandom")]
    Randomness,
    /// The store was closed before.
    #[error("the database is closed; start the program again")]
    Closed,
}

const SQLITE_BUSY: u32 = 5;
const SQLITE_LOCKED: u32 = 6;
const SQLITE_IOERR: u32 = 10;
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_NOTADB: u32 = 26;

/// Turns a database error into ours; `doing` says what was being done ("saving drafts").
pub(crate) fn during(doing: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let detail = error.to_string();
        let sqlx::Error::Database(refusal) = &error else {
            return match error {
                sqlx::Error::ColumnDecode { index, .. } => StoreError::Corrupt {
                    doing,
                    what: format!("column {index}"),
                    detail,
                },
                sqlx::Error::PoolClosed => StoreError::Closed,
                _ => StoreError::Unavailable { doing, detail },
            };
        };
        if refusal.is_unique_violation() {
            return StoreError::Conflict { doing };
        }
        let code = refusal.code().unwrap_or_default();
        // SQLite's codes are numbers, the low byte being the family; PostgreSQL's have five characters.
        if code.len() == 5 {
            return match &code[..2] {
                "53" if code == "53100" => StoreError::Full { doing },
                "40" => StoreError::Conflict { doing },
                "08" | "53" | "57" => StoreError::Unavailable { doing, detail },
                "XX" => StoreError::Corrupt {
                    doing,
                    what: "the database".to_owned(),
                    detail,
                },
                _ => StoreError::Refused { doing, detail },
            };
        }
        match code.parse::<u32>().unwrap_or_default() & 0xff {
            SQLITE_FULL => StoreError::Full { doing },
            SQLITE_BUSY | SQLITE_LOCKED | SQLITE_IOERR => StoreError::Unavailable { doing, detail },
            SQLITE_CORRUPT | SQLITE_NOTADB => StoreError::Corrupt {
                doing,
                what: "the database file".to_owned(),
                detail,
            },
            _ => StoreError::Refused { doing, detail },
        }
    }
}

/// Reads a stored JSON value.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(
    json: &str,
    doing: &'static str,
    what: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|e| corrupt(doing, what, &e))
}

/// Writes a value as JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T, doing: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| corrupt(doing, "a value to store", &e))
}

pub(crate) fn corrupt(doing: &'static str, what: &str, detail: &impl ToString) -> StoreError {
    StoreError::Corrupt {
        doing,
        what: what.to_owned(),
        detail: detail.to_string(),
    }
}
