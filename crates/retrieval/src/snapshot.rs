//! One state of the index, as a search sees it from start to end.

use crate::error::{Result, engine};
use crate::meaning::DIMENSIONS;
use crate::schema::Fields;
use crate::vocabulary::{SegmentVocabulary, Vocabulary};
use std::collections::HashMap;
use std::sync::Arc;
use std::thread::ScopedJoinHandle;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};

/// A document within a segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Its number in the segment; its passages have the next ones.
    pub(crate) number: u32,
    pub(crate) passages: u32,
    pub(crate) collection: i64,
    /// Whether its title names people whose status has rules of its own.
    pub(crate) narrow: bool,
}

/// What never changes in a segment.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) entries: Vec<Entry>,
    /// For each number of the segment, the place among `entries`; `NO_ENTRY` for passages.
    pub(crate) places: Vec<u32>,
    /// Where each entry lies among the meanings, one after the other; zeros where it lies nowhere.
    meanings: Vec<i8>,
    vocabulary: Arc<SegmentVocabulary>,
}

/// A layout that is known, or is being read.
enum Begun<'scope> {
    Known(Arc<Layout>),
    Reading(ScopedJoinHandle<'scope, tantivy::Result<Layout>>),
}

/// The place of what is no document.
pub(crate) const NO_ENTRY: u32 = u32::MAX;

/// A text field of a segment.
pub(crate) struct SegmentField {
    pub(crate) index: Arc<InvertedIndexReader>,
    pub(crate) lengths: FieldNormReader,
}

/// A segment, open for searching.
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    pub(crate) layout: Arc<Layout>,
    /// The slot of its first document among those of the whole snapshot.
    pub(crate) first_slot: usize,
    pub(crate) documents: [SegmentField; DOCUMENT_FIELDS],
    pub(crate) passages: [SegmentField; PASSAGE_FIELDS],
}

/// How many text fields documents have.
pub(crate) const DOCUMENT_FIELDS: usize = 6;
/// How many text fields passages have.
pub(crate) const PASSAGE_FIELDS: usize = 2;

impl Fields {
    pub(crate) fn of_documents(&self) -> [Field; DOCUMENT_FIELDS] {
        [
            self.title,
            self.questions,
            self.keywords,
            self.headings,
            self.lead,
            self.body,
        ]
    }

    pub(crate) fn of_passages(&self) -> [Field; PASSAGE_FIELDS] {
        [self.passage_trail, self.passage_body]
    }
}

/// One state of the index.
pub(crate) struct Snapshot {
    pub(crate) segments: Vec<Segment>,
    pub(crate) vocabulary: Vocabulary,
    /// How many slots: documents, deleted ones included.
    pub(crate) slots: usize,
    /// How many documents can be found.
    pub(crate) documents: usize,
    /// Average number of words in each field of a document and of a passage.
    pub(crate) document_lengths: [f32; DOCUMENT_FIELDS],
    pub(crate) passage_lengths: [f32; PASSAGE_FIELDS],
    layouts: HashMap<SegmentId, Arc<Layout>>,
}

impl Snapshot {
    /// The segment and the document at a slot.
    pub(crate) fn entry(&self, slot: usize) -> (usize, Entry) {
        let segment = self
            .segments
            .partition_point(|segment| segment.first_slot <= slot)
            - 1;
        let held = &self.segments[segment];
        (segment, held.layout.entries[slot - held.first_slot])
    }

    /// Where the document at a slot lies among the meanings.
    pub(crate) fn meaning(&self, slot: usize) -> &[i8] {
        let (segment, _) = self.entry(slot);
        let segment = &self.segments[segment];
        segment.layout.meaning(slot - segment.first_slot)
    }

    /// Reads a state of the index; what an earlier one learnt of unchanged segments is kept.
    pub(crate) fn new(searcher: &Searcher, fields: &Fields, earlier: Option<&Self>) -> Result<Self> {
        let mut layouts = HashMap::new();
        let mut segments = Vec::new();
        let (mut slots, mut documents, mut passages) = (0, 0, 0);
        let mut tokens = [0u64; DOCUMENT_FIELDS];
        let mut passage_tokens = [0u64; PASSAGE_FIELDS];
        let known = |reader: &SegmentReader| {
            let earlier = earlier?;
            earlier.layouts.get(&reader.segment_id()).map(Arc::clone)
        };
        let read = Layout::read_all(searcher.segment_readers(), fields, known).map_err(engine("read"))?;
        for (reader, layout) in searcher.segment_readers().iter().zip(read) {
            let id = reader.segment_id();
            let open = |field| -> tantivy::Result<SegmentField> {
                Ok(SegmentField {
                    index: reader.inverted_index(field)?,
                    lengths: reader.get_fieldnorms_reader(field)?,
                })
            };
            let segment = Segment {
                reader: reader.clone(),
                first_slot: slots,
                documents: try_map(fields.of_documents(), open).map_err(engine("read"))?,
                passages: try_map(fields.of_passages(), open).map_err(engine("read"))?,
                layout: Arc::clone(&layout),
            };
            slots += layout.entries.len();
            documents += layout
                .entries
                .iter()
                .filter(|entry| !reader.is_deleted(entry.number))
                .count();
            passages += layout
                .entries
                .iter()
                .map(|entry| entry.passages as usize)
                .sum::<usize>();
            for (total, field) in tokens.iter_mut().zip(&segment.documents) {
                *total += field.index.total_num_tokens();
            }
            for (total, field) in passage_tokens.iter_mut().zip(&segment.passages) {
                *total += field.index.total_num_tokens();
            }
            layouts.insert(id, layout);
            segments.push(segment);
        }
        let average = |total: u64, count: usize| (total as f32 / count.max(1) as f32).max(1.0);
        Ok(Self {
            vocabulary: Vocabulary::new(
                segments
                    .iter()
                    .map(|segment| Arc::clone(&segment.layout.vocabulary))
                    .collect(),
            ),
            segments,
            slots,
            documents,
            document_lengths: tokens.map(|total| average(total, slots)),
            passage_lengths: passage_tokens.map(|total| average(total, passages)),
            layouts,
        })
    }
}

fn try_map<T, const N: usize>(
    fields: [Field; N],
    open: impl Fn(Field) -> tantivy::Result<T>,
) -> tantivy::Result<[T; N]> {
    let opened: Vec<T> = fields.into_iter().map(open).collect::<tantivy::Result<_>>()?;
    opened
        .try_into()
        .map_err(|_| tantivy::TantivyError::InternalError("a field is missing".into()))
}

impl Layout {
    /// Where an entry lies among the meanings.
    pub(crate) fn meaning(&self, entry: usize) -> &[i8] {
        &self.meanings[entry * DIMENSIONS..(entry + 1) * DIMENSIONS]
    }

    /// The layouts of the segments, those that are not known read side by side: a start waits for them.
    fn read_all(
        readers: &[SegmentReader],
        fields: &Fields,
        known: impl Fn(&SegmentReader) -> Option<Arc<Self>>,
    ) -> tantivy::Result<Vec<Arc<Self>>> {
        std::thread::scope(|scope| {
            let begun: Vec<_> = readers
                .iter()
                .map(|reader| match known(reader) {
                    Some(layout) => Begun::Known(layout),
                    None => Begun::Reading(scope.spawn(|| Self::read(reader, fields))),
                })
                .collect();
            begun
                .into_iter()
                .map(|begun| match begun {
                    Begun::Known(layout) => Ok(layout),
                    Begun::Reading(reading) => match reading.join() {
                        Ok(read) => read.map(Arc::new),
                        Err(panic) => std::panic::resume_unwind(panic),
                    },
                })
                .collect()
        })
    }

    fn read(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let passages = columns.u64("passages")?;
        let collections = columns.i64("collection")?;
        let narrow = columns.u64("narrow")?;
        let meaning = columns.bytes("meaning")?;
        let mut meanings = Vec::new();
        let mut bytes = Vec::new();
        let mut entries = Vec::new();
        let mut places = vec![NO_ENTRY; reader.max_doc() as usize];
        for (number, place) in (0u32..).zip(&mut places) {
            if let Some(count) = passages.first(number) {
                *place = u32::try_from(entries.len()).unwrap_or(NO_ENTRY);
                let collection = collections.first(number).unwrap_or(i64::MIN);
                entries.push(Entry {
                    number,
                    passages: u32::try_from(count).unwrap_or(0),
                    collection,
                    narrow: narrow.first(number) == Some(1),
                });
                bytes.clear();
                if let Some(column) = &meaning
                    && let Some(ord) = column.term_ords(number).next()
                {
                    column.ord_to_bytes(ord, &mut bytes)?;
                }
                bytes.resize(DIMENSIONS, 0);
                meanings.extend(bytes.iter().map(|byte| byte.cast_signed()));
            }
        }
        let mut words = Vec::new();
        let index = reader.inverted_index(fields.words)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if let Ok(word) = std::str::from_utf8(terms.key()) {
                words.push((word.to_owned(), terms.value().doc_freq));
            }
        }
        let mut stems = Vec::new();
        for field in fields.of_documents() {
            let index = reader.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                if let Ok(stem) = std::str::from_utf8(terms.key()) {
                    stems.push(stem.to_owned());
                }
            }
        }
        stems.sort_unstable();
        stems.dedup();
        Ok(Self {
            entries,
            places,
            meanings,
            vocabulary: Arc::new(SegmentVocabulary::new(words, stems)),
        })
    }
}
