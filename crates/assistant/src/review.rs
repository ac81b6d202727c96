//! Reviewing what was imported: lists, differences, and the steps of a revision's life.

use crate::{Assistant, Error};
use chrono::{DateTime, Utc};
use domain::ids::RevisionId;
use domain::life::{Life, Person, State, Transition};
use domain::published::RevisionRecord;
use store::{AuditEntry, RevisionFilter, RevisionSummary};

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// In both.
    Same(String),
    /// Only in what is published.
    Removed(String),
    /// Only in the revision.
    Added(String),
}

/// What a revision would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// The revision.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// The revision that is published now, if any.
    pub published: Option<RevisionId>,
    /// Its lines against those of the published one; all added where nothing is published.
    pub lines: Vec<DiffLine>,
}

impl Assistant {
    /// The revisions that a filter lets through.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revisions(&self, filter: &RevisionFilter) -> Result<Vec<RevisionSummary>, Error> {
        Ok(self.store.revisions(filter).await?)
    }

    /// What a revision would change in what is published.
    ///
    /// # Errors
    /// When there is no such revision, or the database does not answer.
    pub async fn diff(&self, revision: RevisionId) -> Result<Diff, Error> {
        let record = self.store.revision(revision).await?;
        let published = self
            .store
            .published_revision_of(record.document)
            .await?
            .filter(|p| p.id != record.id);
        let before = published.as_ref().map(lines).unwrap_or_default();
        Ok(Diff {
            revision,
            title: record.content.title.clone(),
            state: record.life.state(),
            published: published.map(|p| p.id),
            lines: difference(&before, &lines(&record)),
        })
    }

    /// Does one step of a revision's life, as `by`.
    ///
    /// # Errors
    /// When the life does not allow it, there is no such revision, or the database does not answer.
    pub async fn transition(
        &self,
        revision: RevisionId,
        transition: &Transition,
        by: &Person,
        now: DateTime<Utc>,
    ) -> Result<Life, Error> {
        let life = self.store.transition(revision, transition, by, now).await?;
        self.inner.indexes.wake();
        Ok(life)
    }

    /// The audit trail, latest first: of the sources of one name with their documents, or of everything.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit(&self, source: Option<&str>, limit: u32) -> Result<Vec<AuditEntry>, Error> {
        Ok(self.store.audit(source, limit).await?)
    }

    /// Withdraws the trust in every source of that name: what it published stays published, and what it brings from
    /// now on waits for a review.
    ///
    /// # Errors
    /// When no source of that name is trusted, or the database does not answer.
    pub async fn distrust(&self, source: &str, by: &Person, now: DateTime<Utc>) -> Result<(), Error> {
        let mut trusted = self.store.sources().await?;
        trusted.retain(|source| source.trust.is_some());
        if !trusted.iter().any(|known| known.name == source) {
            let known: Vec<_> = trusted.into_iter().map(|known| known.name).collect();
            let trusted = if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            };
            return Err(Error::NotTrusted {
                name: source.to_owned(),
                trusted,
            });
        }
        for known in trusted.iter().filter(|known| known.name == source) {
            self.store.withdraw_trust(known.id, by, now).await?;
        }
        Ok(())
    }
}

/// What a reviewer compares: title, validity, then the text line by line.
fn lines(record: &RevisionRecord) -> Vec<String> {
    let content = &record.content;
    let validity = content.validity;
    let mut lines = vec![content.title.clone()];
    lines.extend(validity.from.map(|day| format!("valid_from: {day}")));
    lines.extend(validity.until.map(|day| format!("valid_until: {day}")));
    lines.extend(content.url.iter().cloned());
    lines.extend(content.text.as_str().lines().map(str::to_owned));
    lines
}

fn difference(before: &[String], after: &[String]) -> Vec<DiffLine> {
    use similar::{ChangeTag, TextDiff};
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    TextDiff::from_slices(&before, &after)
        .iter_all_changes()
        .map(|change| {
            let line = change.value().to_owned();
            match change.tag() {
                ChangeTag::Equal => DiffLine::Same(line),
                ChangeTag::Delete => DiffLine::Removed(line),
                ChangeTag::Insert => DiffLine::Added(line),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_what_changes_and_what_stays() {
        let line = |text: &str| text.to_owned();
        let shown = difference(&[line("Piscine"), line("2 €")], &[line("Piscine"), line("3 €")]);
        assert_eq!(
            shown,
            [
                DiffLine::Same(line("Piscine")),
                DiffLine::Removed(line("2 €")),
                DiffLine::Added(line("3 €")),
            ]
        );
    }
}
