//! Identifiers, one type each, so that none is taken for another.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

row_id! {
    /// A town or another body hosted by this installation.
    SiteId,
    /// A set of documents: a site's own, or shared between sites.
    CollectionId,
    /// Where content comes from, within one collection.
    SourceId,
    /// A document: stable across its revisions.
    DocumentId,
    /// One immutable content of a document.
    RevisionId,
    /// Position in the order of publications and retractions of the whole installation.
    Sequence,
}

/// The name of a document within its source, chosen by the source (a slug, `F1234`, a URL, a UID).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalId(String);

/// An external id that is empty, longer than 500 bytes, or holds control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the document id {0:?} is empty, longer than 500 bytes or holds control characters; give it a short one"
)]
pub struct InvalidExternalId(String);

impl ExternalId {
    /// Checks and wraps `id`.
    ///
    /// # Errors
    /// When it is empty, longer than 500 bytes, or holds control characters.
    pub fn new(id: impl Into<String>) -> Result<Self, InvalidExternalId> {
        let id = id.into();
        let trimmed = id.trim();
        if trimmed.is_empty() || trimmed.len() > 500 || trimmed.chars().any(char::is_control) {
            return Err(InvalidExternalId(id.chars().take(80).collect()));
        }
        Ok(Self(trimmed.to_owned()))
    }

    /// The id as the source writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
