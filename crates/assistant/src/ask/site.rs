//! The site that is asked, read again only once a second.

use crate::{AskError, Assistant};
use domain::ids::CollectionId;
use domain::site::Site;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a site's settings and collections are taken as they were read.
const SITE_FRESH: Duration = Duration::from_secs(1);

/// The sites that were asked last, and the collections that they read.
#[derive(Debug, Default)]
pub(crate) struct SiteCache {
    held: Mutex<HashMap<String, Arc<OpenSite>>>,
}

#[derive(Debug)]
pub(super) struct OpenSite {
    pub(super) site: Site,
    pub(super) collections: Vec<CollectionId>,
    /// When they were read: another process may change them.
    read: Instant,
}

impl SiteCache {
    /// Forgets what was read: the settings have changed.
    pub(crate) fn forget(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Assistant {
    /// The site of a key, with the collections that it reads.
    pub(super) async fn open_site(&self, key: &str) -> Result<Arc<OpenSite>, AskError> {
        {
            let held = self
                .inner
                .sites
                .held
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(site) = held.get(key).filter(|site| site.read.elapsed() < SITE_FRESH) {
                return Ok(Arc::clone(site));
            }
        }
        let site = self.store.site_by_key(key).await?.ok_or(AskError::UnknownSite)?;
        let collections = self.store.collections_of(site.id).await?;
        let open = Arc::new(OpenSite {
            site,
            collections,
            read: Instant::now(),
        });
        let mut held = self
            .inner
            .sites
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        held.insert(key.to_owned(), Arc::clone(&open));
        Ok(open)
    }
}
