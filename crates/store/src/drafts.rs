//! What an import brings: new revisions, drafts or published at once where the source is trusted.

use crate::error::{during, json};
use crate::job::{self, Job};
use crate::review::{self, Audited, end_all, fold, retire_published, storable};
use crate::source::{self, Source};
use crate::writer::Durability;
use crate::{Store, StoreError, millis, publication};
use chrono::{DateTime, Utc};
use domain::document::{DocumentKind, Draft};
use domain::ids::{DocumentId, ExternalId, RevisionId, SourceId};
use domain::life::{Act, Life, Person, State, Transition};
use sqlx::AnyConnection;

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Its document.
    pub document: DocumentId,
    /// The new revision, or the one that says the same already.
    pub revision: RevisionId,
    /// What was done.
    pub outcome: Outcome,
}

/// What was done with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The newest revision of the document says the same: nothing.
    Unchanged,
    /// It waits for a review.
    Draft,
    /// Its source is trusted: it answers.
    Published,
}

const SAVING: &str = "saving drafts";

impl Store {
    /// Saves what an import brought, all of it or nothing; some hundred drafts at a time keep other writers going.
    ///
    /// A document's older draft is superseded. A revision that a person rejected or retired does not come back
    /// until its content changes.
    ///
    /// # Errors
    /// When there is no such source, a content does not fit together, or the database does not answer.
    pub async fn save_drafts(
        &self,
        source: SourceId,
        author: &Person,
        drafts: Vec<Draft>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Saved>, StoreError> {
        let author = Act {
            by: author.clone(),
            at: now,
        };
        // Hashing and serialising here leaves the writer's time to writing.
        let drafts: Vec<Prepared> = drafts.into_iter().map(prepare).collect::<Result<_, _>>()?;
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let import = Import {
                    source: source::find(connection, source).await?,
                    author,
                };
                let mut saved = Vec::with_capacity(drafts.len());
                for draft in drafts {
                    saved.push(import.save(connection, draft).await?);
                }
                if saved.iter().any(|saved| saved.outcome == Outcome::Published) {
                    job::enqueue(connection, Job::IndexPublications, import.author.at).await?;
                }
                Ok(saved)
            })
        })
        .await
    }
}

struct Prepared {
    external_id: ExternalId,
    kind: DocumentKind,
    title: String,
    valid_until: Option<String>,
    hash: Vec<u8>,
    content: String,
}

fn prepare(draft: Draft) -> Result<Prepared, StoreError> {
    draft.content.check()?;
    Ok(Prepared {
        title: storable(&draft.content.title),
        valid_until: draft.content.validity.until.map(|day| day.to_string()),
        hash: draft.content.hash().to_vec(),
        content: json(&draft.content, SAVING)?,
        external_id: draft.external_id,
        kind: draft.kind,
    })
}

struct Import {
    source: Source,
    author: Act,
}

type Newest = (i64, Option<i64>, Option<String>, Option<String>, Option<Vec<u8>>);

impl Import {
    async fn save(&self, connection: &mut AnyConnection, draft: Prepared) -> Result<Saved, StoreError> {
        let newest: Option<Newest> = sqlx::query_as(
            "SELECT d.id, r.id, r.state, r.kind, r.content_hash FROM documents d
             LEFT JOIN revisions r ON r.id = (SELECT MAX(id) FROM revisions WHERE document = d.id)
             WHERE d.source = $1 AND d.external_id = $2",
        )
        .bind(self.source.id.0)
        .bind(draft.external_id.as_str().to_owned())
        .fetch_optional(&mut *connection)
        .await
        .map_err(during(SAVING))?;
        let document = match &newest {
            Some((document, revision, state, kind, hash)) => {
                let same = kind.as_deref() == Some(draft.kind.as_str()) && hash.as_ref() == Some(&draft.hash);
                // A draft from before its source was trusted is published by the next import.
                let awaits_trust =
                    self.source.trust.is_some() && state.as_deref() == Some(State::Draft.as_str());
                if let (Some(revision), true, false) = (revision, same, awaits_trust) {
                    let (document, revision) = (DocumentId(*document), RevisionId(*revision));
                    return Ok(Saved {
                        document,
                        revision,
                        outcome: Outcome::Unchanged,
                    });
                }
                DocumentId(*document)
            }
            None => self.add_document(connection, &draft.external_id).await?,
        };
        if newest.is_some() {
            let superseded = Transition::Reject {
                why: "superseded by a newer import".to_owned(),
            };
            end_all(connection, (document, State::Draft), &self.author, &superseded).await?;
        }
        let (life, outcome) = match &self.source.trust {
            Some(declared) => (
                Life::trusted(self.author.clone(), declared.clone()),
                Outcome::Published,
            ),
            None => (Life::draft(self.author.clone()), Outcome::Draft),
        };
        if outcome == Outcome::Published && newest.is_some() {
            retire_published(connection, document, &self.author, "replaced by a newer import").await?;
        }
        let revision = self.add_revision(connection, document, (draft, &life)).await?;
        if outcome == Outcome::Published {
            publication::append(connection, document, Some(revision)).await?;
        }
        Ok(Saved {
            document,
            revision,
            outcome,
        })
    }

    async fn add_document(
        &self,
        connection: &mut AnyConnection,
        name: &ExternalId,
    ) -> Result<DocumentId, StoreError> {
        let (id,): (i64,) =
            sqlx::query_as("INSERT INTO documents (source, external_id) VALUES ($1, $2) RETURNING id")
                .bind(self.source.id.0)
                .bind(name.as_str().to_owned())
                .fetch_one(connection)
                .await
                .map_err(during(SAVING))?;
        Ok(DocumentId(id))
    }

    async fn add_revision(
        &self,
        connection: &mut AnyConnection,
        document: DocumentId,
        (draft, life): (Prepared, &Life),
    ) -> Result<RevisionId, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO revisions
             (document, kind, state, life, changed_at, content_hash, title_folded, title, valid_until, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        )
        .bind(document.0)
        .bind(draft.kind.as_str())
        .bind(life.state().as_str())
        .bind(json(life, SAVING)?)
        .bind(millis(self.author.at))
        .bind(draft.hash)
        .bind(fold(&draft.title))
        .bind(draft.title)
        .bind(draft.valid_until)
        .bind(draft.content)
        .fetch_one(&mut *connection)
        .await
        .map_err(during(SAVING))?;
        let revision = RevisionId(id);
        let detail = match &self.source.trust {
            Some(declared) => format!("from a source that {} declared trusted", declared.by),
            None => String::new(),
        };
        let audited = Audited {
            act: &self.author,
            action: life.state().as_str(),
            of: (Some(self.source.id), Some(document), Some(revision)),
            detail: &detail,
        };
        review::write_audit(connection, audited).await?;
        Ok(revision)
    }
}
