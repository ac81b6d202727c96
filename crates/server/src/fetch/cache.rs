//! What was fetched before, so that a page that has not changed is not sent again.

use anyhow::{Context, Result};
use reqwest::header::{ETAG, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use url::Url;

/// The marks of the pages fetched so far, in a file of the data directory.
#[derive(Debug)]
pub(crate) struct Cache {
    path: PathBuf,
    pages: BTreeMap<String, Marks>,
}

/// By what a page's server recognises its version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Marks {
    etag: Option<String>,
    last_modified: Option<String>,
}

impl Cache {
    /// The marks kept at `path`; none where there is no such file, or it does not read: pages are then fetched again.
    pub(crate) fn open(path: PathBuf) -> Self {
        let pages = std::fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self { path, pages }
    }

    /// The headers that ask for a page only where it has changed.
    pub(crate) fn conditions(&self, url: &Url) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let Some(marks) = self.pages.get(url.as_str()) else {
            return headers;
        };
        for (name, mark) in [
            (IF_NONE_MATCH, &marks.etag),
            (IF_MODIFIED_SINCE, &marks.last_modified),
        ] {
            if let Some(value) = mark.as_deref().and_then(|mark| HeaderValue::from_str(mark).ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }

    /// Notes a page's marks.
    pub(crate) fn note(&mut self, url: &Url, headers: &HeaderMap) {
        let mark = |name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let marks = Marks {
            etag: mark(ETAG),
            last_modified: mark(LAST_MODIFIED),
        };
        if marks == Marks::default() {
            self.pages.remove(url.as_str());
        } else {
            self.pages.insert(url.to_string(), marks);
        }
    }

    /// Writes them down.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn save(&self) -> Result<()> {
        let write = |path: &Path| -> Result<()> {
            let aside = path.with_extension("json.new");
            std::fs::write(&aside, serde_json::to_vec(&self.pages)?)?;
            Ok(std::fs::rename(&aside, path)?)
        };
        write(&self.path).with_context(|| format!("writing {}", self.path.display()))
    }
}
