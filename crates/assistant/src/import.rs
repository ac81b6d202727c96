//! Importing content: from files to drafts, or to publications where the source is trusted.

use crate::{Assistant, Error};
use chrono::{DateTime, Utc};
use domain::document::Draft;
use domain::life::Person;
use ingest::{Context, Format, Place, Reason, Refused};
use std::path::{Path, PathBuf};
use store::Outcome;

/// How many drafts are saved in one transaction.
const BATCH: usize = 200;

/// Who may use what is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The site alone.
    Site,
    /// Every site that subscribes, this one included.
    Shared,
}

/// What to import into, and in whose name.
#[derive(Debug, Clone)]
pub struct Import {
    /// The site's key.
    pub site: String,
    /// Who may use it.
    pub scope: Scope,
    /// The collection.
    pub collection: String,
    /// The source's name, as residents read it in citations.
    pub source: String,
    /// Who imports.
    pub author: Person,
    /// Who declares the source trusted, where it publishes by itself.
    pub trusted_by: Option<Person>,
    /// When.
    pub now: DateTime<Utc>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents saved so far.
    pub saved: usize,
    /// Documents refused so far.
    pub refused: usize,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// New drafts, waiting for a review.
    pub drafts: usize,
    /// Published at once, from a trusted source.
    pub published: usize,
    /// Documents that say the same as before.
    pub unchanged: usize,
    /// What was refused: file, place, reason.
    pub refused: Vec<String>,
}

impl Assistant {
    /// Saves documents as drafts, or publishes them where their source is trusted.
    ///
    /// # Errors
    /// When there is no such site, or the database does not answer. A document that cannot be read is reported, and
    /// the others are saved.
    pub async fn import(
        &self,
        import: &Import,
        documents: impl Iterator<Item = Result<Draft, Refused>>,
        mut progress: impl FnMut(Progress),
    ) -> Result<ImportReport, Error> {
        let site = self
            .site(&import.site)
            .await?
            .ok_or_else(|| Error::UnknownSite(import.site.clone()))?;
        let owner = match import.scope {
            Scope::Site => Some(site.id),
            Scope::Shared => None,
        };
        let collection = self.store.ensure_collection(&import.collection, owner).await?;
        if import.scope == Scope::Shared {
            self.store.subscribe(site.id, collection).await?;
        }
        let source = self.store.ensure_source(collection, &import.source).await?;
        if let Some(person) = &import.trusted_by {
            self.store.declare_trusted(source, person, import.now).await?;
        }
        let mut report = ImportReport::default();
        let mut batch = Vec::with_capacity(BATCH);
        let mut documents = documents.peekable();
        while let Some(document) = documents.next() {
            match document {
                Ok(draft) => batch.push(draft),
                Err(refused) => report.refused.push(refused.to_string()),
            }
            if batch.len() == BATCH || (documents.peek().is_none() && !batch.is_empty()) {
                let drafts = std::mem::take(&mut batch);
                for saved in self
                    .store
                    .save_drafts(source, &import.author, drafts, import.now)
                    .await?
                {
                    match saved.outcome {
                        Outcome::Unchanged => report.unchanged += 1,
                        Outcome::Draft => report.drafts += 1,
                        Outcome::Published => report.published += 1,
                    }
                }
                let saved = report.unchanged + report.drafts + report.published;
                progress(Progress {
                    saved,
                    refused: report.refused.len(),
                });
            }
        }
        self.inner.indexes.wake();
        Ok(report)
    }
}

/// The documents of a file, a folder with its sub-folders, or a zip archive, one by one.
///
/// # Errors
/// When the path cannot be read. What cannot be read inside it is an item of the iterator.
pub fn read_path(
    path: &Path,
    context: &Context,
) -> Result<Box<dyn Iterator<Item = Result<Draft, Refused>>>, Error> {
    let unreadable = |source| Error::Path {
        path: path.display().to_string(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    let context = context.clone();
    if metadata.is_dir() {
        let mut files = Vec::new();
        collect_files(path, &mut files).map_err(unreadable)?;
        let root = path.to_owned();
        return Ok(Box::new(
            files
                .into_iter()
                .flat_map(move |file| read_file(&root, &file, &context)),
        ));
    }
    let zipped = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if zipped {
        return Ok(Box::new(read_zip(path, context).map_err(unreadable)?));
    }
    let root = path.parent().unwrap_or(Path::new("")).to_owned();
    Ok(Box::new(read_file(&root, path, &context).into_iter()))
}

/// Every file below a folder, in the order of their paths; links are not followed, so that cycles end nowhere.
fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect_files(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read_file(root: &Path, file: &Path, context: &Context) -> Vec<Result<Draft, Refused>> {
    let name = file
        .strip_prefix(root)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    let Some(format) = Format::of_file_name(&name) else {
        return Vec::new();
    };
    match std::fs::read(file) {
        Ok(bytes) => ingest::read(format, &name, &bytes, context),
        Err(error) => {
            let reason = Reason::Unreadable(error.to_string());
            vec![Err(Refused {
                file: name,
                place: Place::Whole,
                reason,
            })]
        }
    }
}

/// An archive is read on a thread of its own, entry by entry, only as fast as its drafts are saved.
fn read_zip(
    path: &Path,
    context: Context,
) -> std::io::Result<impl Iterator<Item = Result<Draft, Refused>> + use<>> {
    let file = std::fs::File::open(path)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let (sender, receiver) = std::sync::mpsc::sync_channel(BATCH);
    std::thread::spawn(move || {
        let limits = ingest::archive::Limits::default();
        let reader = std::io::BufReader::new(file);
        let sink = |document| {
            // The receiver is gone where the import was given up: the rest is read for nobody.
            let _ = sender.send(document);
        };
        if let Err(refused) = ingest::archive::read_zip(&name, reader, &limits, &context, sink) {
            let _ = sender.send(Err(refused));
        }
    });
    Ok(receiver.into_iter())
}
