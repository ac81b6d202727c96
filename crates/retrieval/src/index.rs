//! The index: opening, applying changes, searching.

use crate::analysis::Stems;
use crate::error::{Result, engine, files};
use crate::schema::{ANALYSIS, Fields, IndexEntry, LAYOUT, entries, schema};
use crate::search::{self, Query, Ranking};
use crate::snapshot::Snapshot;
use domain::ids::{CollectionId, DocumentId, Sequence};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Term};

/// Memory that the writer may fill before it writes a segment.
const WRITER_MEMORY: usize = 48_000_000;
/// Above this many segments the smaller ones are merged.
const MOST_SEGMENTS: usize = 6;
/// The file that names the format.
const FORMAT_FILE: &str = "format";

/// One change of the published content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Publishes a revision: takes the place of the document's former one.
    Put(IndexEntry),
    /// Retracts a document.
    Remove(DocumentId),
}

/// What was found where an index was expected.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made at a start, and taken apart at once"
)]
pub enum Opened {
    /// An index that can be used, perhaps an [outdated](Index::is_outdated) one.
    Ready(Index),
    /// Nothing.
    Missing,
    /// An index that another version of the program wrote, and that this one cannot read: build it again.
    OtherFormat {
        /// The format that it names.
        found: String,
    },
    /// An index whose files are damaged: build it again.
    Damaged {
        /// What is wrong.
        reason: String,
    },
}

/// An index of documents and passages; share it in an `Arc`.
///
/// Searches go on while changes are applied, and see them once `apply` returns.
pub struct Index {
    outdated: bool,
    fields: Fields,
    index: tantivy::Index,
    reader: IndexReader,
    /// Taken at the first change: only one process may write, others may search.
    writer: Mutex<Option<Writer>>,
    snapshot: RwLock<Arc<State>>,
}

struct Writer {
    writer: IndexWriter,
    stems: Stems,
}

impl Writer {
    fn new(index: &tantivy::Index) -> Result<Self> {
        let writer: IndexWriter = index
            .writer_with_num_threads(1, WRITER_MEMORY)
            .map_err(engine("write to"))?;
        // Merging is done in `apply`, so that a search never competes with a merge that nobody asked for.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            writer,
            stems: Stems::default(),
        })
    }
}

struct State {
    snapshot: Snapshot,
    sequence: Sequence,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.len())
            .field("sequence", &self.last_sequence())
            .finish()
    }
}

impl Index {
    /// An index that lives in memory.
    ///
    /// # Errors
    /// When the engine cannot start.
    pub fn in_memory() -> Result<Self> {
        let (schema, fields) = schema();
        let index = tantivy::Index::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .create_in_ram()
            .map_err(engine("create"))?;
        Self::over(index, fields)
    }

    /// A new, empty index in a folder, made where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be written, or already holds an index.
    pub fn create(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir).map_err(files("create", dir))?;
        let (schema, fields) = schema();
        let index = tantivy::Index::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .create_in_dir(dir)
            .map_err(engine("create"))?;
        std::fs::write(dir.join(FORMAT_FILE), format!("{LAYOUT} {ANALYSIS}"))
            .map_err(files("create", dir))?;
        Self::over(index, fields)
    }

    /// Opens the index of a folder.
    ///
    /// # Errors
    /// When the folder cannot be read. A missing index, one of another format and a damaged one are no errors: see
    /// [`Opened`].
    pub fn open(dir: &Path) -> Result<Opened> {
        let found = match std::fs::read_to_string(dir.join(FORMAT_FILE)) {
            Ok(found) => found.trim().to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let empty = std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
                return Ok(if empty {
                    Opened::Missing
                } else {
                    Opened::Damaged {
                        reason: format!("{} has no file {FORMAT_FILE}", dir.display()),
                    }
                });
            }
            Err(error) => return Err(files("open", dir)(error)),
        };
        let (layout, analysis) = found.split_once(' ').unwrap_or((&found, ""));
        if layout != LAYOUT {
            return Ok(Opened::OtherFormat { found });
        }
        let damaged = |reason: String| Ok(Opened::Damaged { reason });
        let directory = match MmapDirectory::open(dir) {
            Ok(directory) => directory,
            Err(error) => return damaged(error.to_string()),
        };
        let index = match tantivy::Index::open(directory) {
            Ok(index) => index,
            Err(error) => return damaged(error.to_string()),
        };
        match index.validate_checksum() {
            Ok(broken) if broken.is_empty() => {}
            Ok(broken) => {
                return damaged(format!(
                    "{} of its files are not as they were written",
                    broken.len()
                ));
            }
            Err(error) => return damaged(error.to_string()),
        }
        let (expected, fields) = schema();
        if index.schema() != expected {
            return Ok(Opened::OtherFormat { found });
        }
        match Self::over(index, fields) {
            Ok(mut index) => {
                index.outdated = analysis != ANALYSIS;
                Ok(Opened::Ready(index))
            }
            Err(error) => damaged(error.to_string()),
        }
    }

    fn over(index: tantivy::Index, fields: Fields) -> Result<Self> {
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(engine("read"))?;
        let state = State {
            snapshot: Snapshot::new(&reader.searcher(), &fields, None)?,
            sequence: recorded_sequence(&index)?,
        };
        Ok(Self {
            outdated: false,
            fields,
            index,
            reader,
            writer: Mutex::new(None),
            snapshot: RwLock::new(Arc::new(state)),
        })
    }

    /// Applies changes in one commit that records `upto`; they are visible to searches on return.
    ///
    /// Applying the same changes again changes nothing.
    ///
    /// # Errors
    /// When the files cannot be written, or another process writes to the index; the index then stays as it was.
    pub fn apply(&self, changes: &[Change], upto: Sequence) -> Result<()> {
        let mut guard = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let Writer { writer, stems } = match &mut *guard {
            Some(writer) => writer,
            empty => empty.insert(Writer::new(&self.index)?),
        };
        if let Err(error) = self
            .stage(writer, stems, changes)
            .and_then(|()| commit(writer, upto))
        {
            // What was staged goes with the writer. The next change takes a new one: this one's threads may be dead.
            *guard = None;
            return Err(error);
        }
        merge(writer)?;
        self.reader.reload().map_err(engine("read"))?;
        let earlier = self.state();
        let snapshot = Snapshot::new(&self.reader.searcher(), &self.fields, Some(&earlier.snapshot))?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(State {
            snapshot,
            sequence: upto,
        });
        Ok(())
    }

    fn stage(&self, writer: &IndexWriter, stems: &mut Stems, changes: &[Change]) -> Result<()> {
        for change in changes {
            let (document, entry) = match change {
                Change::Put(entry) => (entry.document, Some(entry)),
                Change::Remove(document) => (*document, None),
            };
            let mut operations = vec![UserOperation::Delete(Term::from_field_i64(
                self.fields.document,
                document.0,
            ))];
            if let Some(entry) = entry {
                operations.extend(
                    entries(&self.fields, entry, stems)
                        .into_iter()
                        .map(UserOperation::Add),
                );
            }
            writer.run(operations).map_err(engine("write to"))?;
        }
        Ok(())
    }

    /// Whether another version of the program analysed its texts: it answers, perhaps less well, until the next
    /// generation takes its place.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// The last publication that the index holds.
    #[must_use]
    pub fn last_sequence(&self) -> Sequence {
        self.state().sequence
    }

    /// How many documents it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state().snapshot.documents
    }

    /// Whether it holds no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The documents of the collections that best answer a question.
    ///
    /// # Errors
    /// When the index's files cannot be read.
    pub fn search(&self, query: &Query, collections: &[CollectionId], limit: usize) -> Result<Ranking> {
        search::search(&self.state().snapshot, query, collections, limit).map_err(engine("search"))
    }

    /// The words of a question that one of its documents does not hold, as they were written; all of them where the
    /// collections do not hold the document.
    ///
    /// # Errors
    /// When the index's files cannot be read.
    pub fn unmet(
        &self,
        query: &Query,
        collections: &[CollectionId],
        document: DocumentId,
    ) -> Result<Vec<String>> {
        search::unmet(&self.state().snapshot, query, collections, document).map_err(engine("search"))
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn commit(writer: &mut IndexWriter, upto: Sequence) -> Result<()> {
    let mut prepared = writer.prepare_commit().map_err(engine("write to"))?;
    prepared.set_payload(&upto.0.to_string());
    prepared.commit().map_err(engine("write to"))?;
    Ok(())
}

/// The sequence that the last commit recorded; zero in a new index.
fn recorded_sequence(index: &tantivy::Index) -> Result<Sequence> {
    let payload = index.load_metas().map_err(engine("read"))?.payload;
    Ok(Sequence(
        payload.and_then(|payload| payload.parse().ok()).unwrap_or(0),
    ))
}

/// Keeps segments few: each costs every search something.
fn merge(writer: &mut IndexWriter) -> Result<()> {
    let mut segments = writer
        .index()
        .searchable_segment_metas()
        .map_err(engine("read"))?;
    if segments.len() <= MOST_SEGMENTS {
        return Ok(());
    }
    segments.sort_by_key(tantivy::SegmentMeta::num_docs);
    // The smallest ones, and each next one that is not much larger than what is merged already.
    let mut chosen = Vec::new();
    let mut size = 0;
    for segment in &segments {
        if chosen.len() > MOST_SEGMENTS / 2 && segment.num_docs() > 2 * size {
            break;
        }
        size += segment.num_docs();
        chosen.push(segment.id());
    }
    writer.merge(&chosen).wait().map_err(engine("merge"))?;
    Ok(())
}
