//! What the index holds of a document and of its passages: terms and ids, never text.

use crate::analysis::{Stems, Word, words};
use crate::{audience, meaning};
use domain::document::DocumentKind;
use domain::ids::{CollectionId, DocumentId, RevisionId};
use std::collections::{BTreeSet, HashSet};
use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// How entries are laid out: changes with the fields, the order of entries and the numbers of kinds. An index of another
/// layout cannot be read.
pub(crate) const LAYOUT: &str = "parvis-retrieval/2";
/// How texts become terms: changes with the analysis and with what of a document is indexed. An index of another analysis
/// can be read, and answers less well than it would if it were built again.
pub(crate) const ANALYSIS: &str = "analysis/1";

/// The first words of a document say what it is about: how many count as such.
const LEAD_WORDS: usize = 60;

/// A document to index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// Which document.
    pub document: DocumentId,
    /// Which revision of it.
    pub revision: RevisionId,
    /// The collection it belongs to.
    pub collection: CollectionId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its title; may be empty.
    pub title: String,
    /// Questions that the whole document answers.
    pub questions: Vec<String>,
    /// Words that residents use and the text lacks.
    pub keywords: Vec<String>,
    /// Its passages, in order.
    pub passages: Vec<PassageEntry>,
}

/// A passage to index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageEntry {
    /// Its position among the passages of the revision.
    pub ordinal: u32,
    /// The headings, situations and question that it stands under.
    pub trail: String,
    /// What it says.
    pub body: String,
}

/// The fields of the index. A document is one entry with the first six text fields, followed by one entry for each of
/// its passages: together in one segment, in this order, so that a document knows where its passages are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) document: Field,
    pub(crate) revision: Field,
    pub(crate) collection: Field,
    pub(crate) kind: Field,
    /// On documents alone: how many passages follow.
    pub(crate) passages: Field,
    /// On documents alone: whether the title names people whose status has rules of its own.
    pub(crate) narrow: Field,
    /// On documents alone: where it lies among the meanings; missing where no word of it is known.
    pub(crate) meaning: Field,
    /// On passages alone.
    pub(crate) ordinal: Field,
    pub(crate) title: Field,
    pub(crate) questions: Field,
    pub(crate) keywords: Field,
    pub(crate) headings: Field,
    pub(crate) lead: Field,
    pub(crate) body: Field,
    /// The document's words as written, for spelling.
    pub(crate) words: Field,
    pub(crate) passage_trail: Field,
    pub(crate) passage_body: Field,
}

fn text(option: IndexRecordOption) -> TextOptions {
    let norms = option != IndexRecordOption::Basic;
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(option)
        .set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let id: NumericOptions = (FAST | INDEXED).into();
    let fast: NumericOptions = FAST.into();
    let counted = || text(IndexRecordOption::WithFreqs);
    let fields = Fields {
        document: builder.add_i64_field("document", id),
        revision: builder.add_i64_field("revision", fast.clone()),
        collection: builder.add_i64_field("collection", fast.clone()),
        kind: builder.add_u64_field("kind", fast.clone()),
        passages: builder.add_u64_field("passages", fast.clone()),
        narrow: builder.add_u64_field("narrow", fast.clone()),
        meaning: builder.add_bytes_field("meaning", BytesOptions::default().set_fast()),
        ordinal: builder.add_u64_field("ordinal", fast),
        title: builder.add_text_field("title", counted()),
        questions: builder.add_text_field("questions", counted()),
        keywords: builder.add_text_field("keywords", counted()),
        headings: builder.add_text_field("headings", counted()),
        lead: builder.add_text_field("lead", counted()),
        body: builder.add_text_field("body", counted()),
        words: builder.add_text_field("words", text(IndexRecordOption::Basic)),
        passage_trail: builder.add_text_field("passage_trail", counted()),
        passage_body: builder.add_text_field("passage_body", text(IndexRecordOption::WithFreqsAndPositions)),
    };
    (builder.build(), fields)
}

/// The entries of one document: itself, then its passages.
pub(crate) fn entries(fields: &Fields, entry: &IndexEntry, stems: &mut Stems) -> Vec<TantivyDocument> {
    let mut writer = EntryWriter {
        fields,
        stems,
        seen: BTreeSet::new(),
    };
    writer.write(entry)
}

struct EntryWriter<'a> {
    fields: &'a Fields,
    stems: &'a mut Stems,
    seen: BTreeSet<String>,
}

impl EntryWriter<'_> {
    fn write(&mut self, entry: &IndexEntry) -> Vec<TantivyDocument> {
        let fields = *self.fields;
        let mut parent = TantivyDocument::new();
        parent.add_i64(fields.document, entry.document.0);
        parent.add_i64(fields.revision, entry.revision.0);
        parent.add_i64(fields.collection, entry.collection.0);
        parent.add_u64(fields.kind, kind_number(entry.kind));
        parent.add_u64(fields.passages, entry.passages.len() as u64);
        let title = self.read(&entry.title);
        parent.add_u64(fields.narrow, u64::from(audience::is_named(&title)));
        put(&mut parent, fields.title, &title);
        // For the meaning, the title counts twice.
        let mut all = [title.as_slice(), title.as_slice()].concat();
        for question in &entry.questions {
            let stems = self.read(question);
            put(&mut parent, fields.questions, &stems);
            all.extend(stems);
        }
        for keyword in &entry.keywords {
            let stems = self.read(keyword);
            put(&mut parent, fields.keywords, &stems);
        }
        let mut trails = HashSet::new();
        let mut lead: Vec<String> = Vec::new();
        let mut passages = Vec::with_capacity(entry.passages.len());
        for passage in &entry.passages {
            let trail = self.read(&passage.trail);
            let body = self.read(&passage.body);
            if trails.insert(passage.trail.as_str()) {
                put(&mut parent, fields.headings, &trail);
                all.extend_from_slice(&trail);
            }
            lead.extend(body.iter().take(LEAD_WORDS.saturating_sub(lead.len())).cloned());
            put(&mut parent, fields.body, &body);
            all.extend_from_slice(&body);
            let mut child = TantivyDocument::new();
            child.add_i64(fields.document, entry.document.0);
            child.add_u64(fields.ordinal, u64::from(passage.ordinal));
            put(&mut child, fields.passage_trail, &trail);
            put(&mut child, fields.passage_body, &body);
            passages.push(child);
        }
        put(&mut parent, fields.lead, &lead);
        if let Some(place) = meaning::place(all.iter().map(String::as_str)) {
            let bytes: Vec<u8> = place.iter().map(|number| number.cast_unsigned()).collect();
            parent.add_bytes(fields.meaning, &bytes);
        }
        let words: Vec<String> = std::mem::take(&mut self.seen).into_iter().collect();
        put(&mut parent, fields.words, &words);
        passages.insert(0, parent);
        passages
    }

    /// The stems of a text, its words noted for spelling.
    fn read(&mut self, text: &str) -> Vec<String> {
        let words = words(text);
        for Word { surface, .. } in words.iter().filter(|word| spells(&word.surface)) {
            if !self.seen.contains(surface) {
                self.seen.insert(surface.clone());
            }
        }
        words
            .iter()
            .filter(|word| !word.is_stop())
            .map(|word| self.stems.of(&word.folded).to_owned())
            .collect()
    }
}

/// Whether a word can serve to correct another.
fn spells(surface: &str) -> bool {
    surface.chars().all(char::is_alphabetic) && surface.chars().nth(2).is_some()
}

fn put(entry: &mut TantivyDocument, field: Field, stems: &[String]) {
    if stems.is_empty() {
        return;
    }
    let tokens = stems
        .iter()
        .enumerate()
        .map(|(position, stem)| Token {
            offset_from: 0,
            offset_to: 0,
            position,
            text: stem.clone(),
            position_length: 1,
        })
        .collect();
    entry.add_pre_tokenized_text(
        field,
        PreTokenizedString {
            text: String::new(),
            tokens,
        },
    );
}

/// A kind's number in the index.
fn kind_number(kind: DocumentKind) -> u64 {
    DocumentKind::ALL
        .iter()
        .position(|other| *other == kind)
        .unwrap_or(0) as u64
}

/// The kind of that number.
pub(crate) fn kind_of(number: u64) -> DocumentKind {
    usize::try_from(number)
        .ok()
        .and_then(|at| DocumentKind::ALL.get(at).copied())
        .unwrap_or(DocumentKind::Page)
}
