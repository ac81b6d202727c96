//! What can go wrong with an index.

use std::path::PathBuf;

/// An operation on an index that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The index's files could not be created, read or written.
    #[error(
        "could not {doing} the index in {path}: {source}; check the disk's space and the folder's rights"
    )]
    Files {
        /// What was being done.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The search engine refused an operation.
    #[error("could not {doing} the index: {source}; if it happens again, rebuild the index")]
    Engine {
        /// What was being done.
        doing: &'static str,
        /// What it said.
        source: Box<tantivy::TantivyError>,
    },
}

/// The result of an operation on an index.
pub type Result<T, E = Error> = std::result::Result<T, E>;

pub(crate) fn engine<E: Into<tantivy::TantivyError>>(doing: &'static str) -> impl FnOnce(E) -> Error {
    move |source| Error::Engine {
        doing,
        source: Box::new(source.into()),
    }
}

pub(crate) fn files(doing: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Files { doing, path, source }
}
