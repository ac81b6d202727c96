//! Fiches in an index, as the program itself would publish them.

use domain::document::Draft;
use domain::ids::{CollectionId, DocumentId, RevisionId, Sequence};
use domain::passage;
use retrieval::{Change, Index, IndexEntry, PassageEntry};

/// The collection that all fiches are in.
pub(crate) const FICHES: CollectionId = CollectionId(1);

/// An index in memory; a document's id is its place among the drafts.
pub(crate) fn of<'a>(drafts: impl Iterator<Item = &'a Draft>) -> anyhow::Result<Index> {
    let changes: Vec<Change> = (0..)
        .zip(drafts)
        .map(|(id, draft)| Change::Put(entry(draft, id)))
        .collect();
    let index = Index::in_memory()?;
    index.apply(&changes, Sequence(1))?;
    Ok(index)
}

fn entry(draft: &Draft, id: i64) -> IndexEntry {
    let content = &draft.content;
    let passages = passage::split(&content.text, &content.blocks)
        .into_iter()
        .map(|spec| {
            let trail = spec.trail.iter().filter_map(|span| content.text.slice(*span));
            PassageEntry {
                ordinal: spec.ordinal,
                trail: trail.collect::<Vec<_>>().join("\n"),
                body: content.text.slice(spec.span).unwrap_or_default().to_owned(),
            }
        });
    IndexEntry {
        document: DocumentId(id),
        revision: RevisionId(id),
        collection: FICHES,
        kind: draft.kind,
        title: content.title.clone(),
        questions: content.questions.clone(),
        keywords: content.keywords.clone(),
        passages: passages.collect(),
    }
}
