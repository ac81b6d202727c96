//! The review of revisions: their life, the lists that reviewers read, and the audit trail.

use crate::error::{corrupt, during, json, parse};
use crate::job::{self, Job};
use crate::writer::Durability;
use crate::{Store, StoreError, instant, millis, placeholders, publication};
use chrono::{DateTime, Utc};
use domain::document::{Content, DocumentKind};
use domain::ids::{CollectionId, DocumentId, ExternalId, RevisionId, SourceId};
use domain::life::{Act, Life, Person, State, Transition};
use domain::published::RevisionRecord;
use sqlx::{AnyConnection, AssertSqlSafe};

/// Which revisions to list; what is empty does not narrow the list.
#[derive(Debug, Clone, Default)]
pub struct RevisionFilter {
    /// Those of these collections.
    pub collections: Vec<CollectionId>,
    /// Those of this source.
    pub source: Option<SourceId>,
    /// Those in these states.
    pub states: Vec<State>,
    /// Those whose document's name begins so.
    pub external_id_prefix: String,
    /// Those whose title holds this, in upper or lower case.
    pub title_contains: String,
    /// At most so many; 0 for all.
    pub limit: u32,
}

/// A revision in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSummary {
    /// The revision.
    pub id: RevisionId,
    /// Its document.
    pub document: DocumentId,
    /// The document's name within its source.
    pub external_id: ExternalId,
    /// The source's name.
    pub source: String,
    /// What the document is.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Where it stands in its life.
    pub life: Life,
}

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who did it, and when.
    pub act: Act,
    /// What: the state that a revision reached ("published"), or "trusted" and "trust withdrawn" for a source.
    pub action: String,
    /// The name of the source, that of the document where it is about one.
    pub source: String,
    /// The revision and its title, where it is about one.
    pub revision: Option<(RevisionId, String)>,
    /// The reason or circumstance; may be empty.
    pub detail: String,
}

const READING: &str = "reading revisions";
const CHANGING: &str = "changing the state of a revision";

impl Store {
    /// Does `transition` to a revision, as the rules of its life allow. Publishing retires what was published before;
    /// publishing and retiring reach the publication log and queue the indexing, in the same transaction.
    ///
    /// # Errors
    /// When there is no such revision, its life does not allow it, or the database does not answer.
    pub async fn transition(
        &self,
        revision: RevisionId,
        transition: &Transition,
        by: &Person,
        now: DateTime<Utc>,
    ) -> Result<Life, StoreError> {
        let transition = transition.clone();
        let act = Act {
            by: by.clone(),
            at: now,
        };
        self.write(Durability::Full, move |connection| {
            Box::pin(async move {
                let (document, before): (i64, String) =
                    sqlx::query_as("SELECT document, life FROM revisions WHERE id = $1")
                        .bind(revision.0)
                        .fetch_optional(&mut *connection)
                        .await
                        .map_err(during(CHANGING))?
                        .ok_or_else(|| StoreError::NotFound {
                            what: format!("revision {revision}"),
                        })?;
                let document = DocumentId(document);
                let life: Life = parse(&before, CHANGING, &format!("the life of revision {revision}"))?;
                let next = life.apply(&transition, &act.by, act.at)?;
                if next.state() == State::Published {
                    retire_published(
                        connection,
                        document,
                        &act,
                        &format!("replaced by revision {revision}"),
                    )
                    .await?;
                }
                set_life(
                    connection,
                    Change {
                        document,
                        revision,
                        before,
                        next: &next,
                        act: &act,
                    },
                )
                .await?;
                let shown = match next.state() {
                    State::Published => Some(revision),
                    State::Retired => None,
                    _ => return Ok(next),
                };
                publication::append(connection, document, shown).await?;
                job::enqueue(connection, Job::IndexPublications, act.at).await?;
                Ok(next)
            })
        })
        .await
    }

    /// The revisions that pass `filter`, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revisions(&self, filter: &RevisionFilter) -> Result<Vec<RevisionSummary>, StoreError> {
        let collections = crate::padded(filter.collections.iter().map(|id| id.0));
        let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
        let mut sql = String::from(
            "SELECT r.id, r.document, d.external_id, s.name, r.kind, r.title, r.life FROM revisions r
             JOIN documents d ON d.id = r.document JOIN sources s ON s.id = d.source
             WHERE ($1 = 0 OR d.source = $1) AND substr(d.external_id, 1, length($2)) = $2
             AND r.title_folded LIKE $3 ESCAPE '\\'",
        );
        if !collections.is_empty() {
            sql += &format!(" AND s.collection IN ({})", placeholders(5, collections.len()));
        }
        if !states.is_empty() {
            sql += &format!(
                " AND r.state IN ({})",
                placeholders(5 + collections.len(), states.len())
            );
        }
        sql += " ORDER BY r.id LIMIT $4";
        let mut query = sqlx::query_as(AssertSqlSafe(sql))
            .bind(filter.source.map_or(0, |source| source.0))
            .bind(filter.external_id_prefix.clone())
            .bind(format!("%{}%", escape_like(&fold(&filter.title_contains))))
            .bind(if filter.limit == 0 {
                i64::MAX
            } else {
                i64::from(filter.limit)
            });
        for id in collections {
            query = query.bind(id);
        }
        for state in states {
            query = query.bind(state.to_owned());
        }
        let mut reader = self.reader(READING).await?;
        let rows = query.fetch_all(&mut *reader).await.map_err(during(READING))?;
        rows.into_iter().map(summary).collect()
    }

    /// One revision, in whatever state: for reviewers, never for answers.
    ///
    /// # Errors
    /// When there is none or the database does not answer.
    pub async fn revision(&self, id: RevisionId) -> Result<RevisionRecord, StoreError> {
        let mut reader = self.reader(READING).await?;
        sqlx::query_as(AssertSqlSafe(format!("{SELECT_RECORD} WHERE r.id = $1")))
            .bind(id.0)
            .fetch_optional(&mut *reader)
            .await
            .map_err(during(READING))?
            .map(record)
            .transpose()?
            .ok_or_else(|| StoreError::NotFound {
                what: format!("revision {id}"),
            })
    }

    /// The published revision of a document, valid or not: what a reviewer compares a draft with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published_revision_of(
        &self,
        document: DocumentId,
    ) -> Result<Option<RevisionRecord>, StoreError> {
        let mut reader = self.reader(READING).await?;
        sqlx::query_as(AssertSqlSafe(format!(
            "{SELECT_RECORD} WHERE r.document = $1 AND r.state = 'published'"
        )))
        .bind(document.0)
        .fetch_optional(&mut *reader)
        .await
        .map_err(during(READING))?
        .map(record)
        .transpose()
    }

    /// The audit trail, newest first: of the sources of one name with their documents, or of everything.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit(&self, source: Option<&str>, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let doing = "reading the audit trail";
        let mut reader = self.reader(doing).await?;
        let rows: Vec<AuditRow> = sqlx::query_as(
            "SELECT a.at, a.person, a.action, s.name, a.revision, r.title, a.detail FROM audit a
             LEFT JOIN documents d ON d.id = a.document
             JOIN sources s ON s.id = COALESCE(a.source, d.source)
             LEFT JOIN revisions r ON r.id = a.revision
             WHERE $1 = 0 OR s.name = $2 ORDER BY a.id DESC LIMIT $3",
        )
        .bind(i64::from(source.is_some()))
        .bind(source.unwrap_or_default().to_owned())
        .bind(i64::from(limit))
        .fetch_all(&mut *reader)
        .await
        .map_err(during(doing))?;
        rows.into_iter()
            .map(|(at, person, action, source, revision, title, detail)| {
                let by = Person::new(&person).map_err(|e| corrupt(doing, "a person's name", &e))?;
                Ok(AuditEntry {
                    act: Act { by, at: instant(at)? },
                    action,
                    source,
                    revision: revision.map(RevisionId).zip(title),
                    detail,
                })
            })
            .collect()
    }
}

type AuditRow = (i64, String, String, String, Option<i64>, Option<String>, String);

/// A change in the life of a revision.
pub(crate) struct Change<'a> {
    pub(crate) document: DocumentId,
    pub(crate) revision: RevisionId,
    /// The life as it was read.
    pub(crate) before: String,
    pub(crate) next: &'a Life,
    pub(crate) act: &'a Act,
}

/// Stores a revision's next life, if nobody changed it since it was read, and audits it.
pub(crate) async fn set_life(connection: &mut AnyConnection, change: Change<'_>) -> Result<(), StoreError> {
    let Change {
        document,
        revision,
        before,
        next,
        act,
    } = change;
    let changed = sqlx::query(
        "UPDATE revisions SET state = $2, life = $3, changed_at = $4 WHERE id = $1 AND life = $5",
    )
    .bind(revision.0)
    .bind(next.state().as_str())
    .bind(json(next, CHANGING)?)
    .bind(millis(act.at))
    .bind(before)
    .execute(&mut *connection)
    .await
    .map_err(during(CHANGING))?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::Conflict { doing: CHANGING });
    }
    let detail = match next {
        Life::Retired { retired: ending, .. } | Life::Rejected { rejected: ending, .. } => &ending.why,
        _ => "",
    };
    let of = (None, Some(document), Some(revision));
    write_audit(
        connection,
        Audited {
            act,
            action: next.state().as_str(),
            of,
            detail,
        },
    )
    .await
}

/// Retires the published revision of a document, if it has one.
pub(crate) async fn retire_published(
    connection: &mut AnyConnection,
    document: DocumentId,
    act: &Act,
    why: &str,
) -> Result<(), StoreError> {
    end_all(
        connection,
        (document, State::Published),
        act,
        &Transition::Retire { why: why.to_owned() },
    )
    .await
}

/// Does `transition` to every revision of a document that is in a state.
pub(crate) async fn end_all(
    connection: &mut AnyConnection,
    (document, state): (DocumentId, State),
    act: &Act,
    transition: &Transition,
) -> Result<(), StoreError> {
    let lives: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, life FROM revisions WHERE document = $1 AND state = $2 ORDER BY id")
            .bind(document.0)
            .bind(state.as_str())
            .fetch_all(&mut *connection)
            .await
            .map_err(during(CHANGING))?;
    for (id, before) in lives {
        let revision = RevisionId(id);
        let life: Life = parse(&before, CHANGING, &format!("the life of revision {revision}"))?;
        let next = life.apply(transition, &act.by, act.at)?;
        set_life(
            connection,
            Change {
                document,
                revision,
                before,
                next: &next,
                act,
            },
        )
        .await?;
    }
    Ok(())
}

/// What the audit trail keeps.
pub(crate) struct Audited<'a> {
    pub(crate) act: &'a Act,
    pub(crate) action: &'static str,
    pub(crate) of: (Option<SourceId>, Option<DocumentId>, Option<RevisionId>),
    pub(crate) detail: &'a str,
}

/// Adds a line to the audit trail.
pub(crate) async fn write_audit(
    connection: &mut AnyConnection,
    audited: Audited<'_>,
) -> Result<(), StoreError> {
    let (source, document, revision) = audited.of;
    sqlx::query(
        "INSERT INTO audit (at, person, action, source, document, revision, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(millis(audited.act.at))
    .bind(audited.act.by.as_str().to_owned())
    .bind(audited.action)
    .bind(source.map(|id| id.0))
    .bind(document.map(|id| id.0))
    .bind(revision.map(|id| id.0))
    .bind(storable(audited.detail))
    .execute(connection)
    .await
    .map_err(during("writing the audit trail"))?;
    Ok(())
}

/// Reads revisions with what belongs to their documents; the caller adds the condition.
pub(crate) const SELECT_RECORD: &str =
    "SELECT r.id, r.document, s.collection, d.external_id, r.kind, s.name, r.life, r.content
     FROM revisions r JOIN documents d ON d.id = r.document JOIN sources s ON s.id = d.source";

/// What [`SELECT_RECORD`] gives.
pub(crate) type RecordRow = (i64, i64, i64, String, String, String, String, String);

pub(crate) fn record(row: RecordRow) -> Result<RevisionRecord, StoreError> {
    let (id, document, collection, external_id, kind, source, life, content) = row;
    let content: Content = parse(&content, READING, &format!("the content of revision {id}"))?;
    Ok(RevisionRecord {
        id: RevisionId(id),
        document: DocumentId(document),
        collection: CollectionId(collection),
        external_id: external(external_id)?,
        kind: parse_kind(&kind)?,
        source,
        life: parse(&life, READING, &format!("the life of revision {id}"))?,
        content,
    })
}

fn summary(row: (i64, i64, String, String, String, String, String)) -> Result<RevisionSummary, StoreError> {
    let (id, document, external_id, source, kind, title, life) = row;
    Ok(RevisionSummary {
        id: RevisionId(id),
        document: DocumentId(document),
        external_id: external(external_id)?,
        source,
        kind: parse_kind(&kind)?,
        title,
        life: parse(&life, READING, &format!("the life of revision {id}"))?,
    })
}

fn external(id: String) -> Result<ExternalId, StoreError> {
    ExternalId::new(id).map_err(|e| corrupt(READING, "a document's name", &e))
}

fn parse_kind(kind: &str) -> Result<DocumentKind, StoreError> {
    DocumentKind::parse(kind).ok_or_else(|| corrupt(READING, "a document's kind", &kind))
}

/// The form in which titles are searched.
pub(crate) fn fold(title: &str) -> String {
    storable(&title.to_lowercase())
}

/// PostgreSQL's texts cannot hold U+0000.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "")
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
