//! A second look at what was found, in the order that a second opinion gives it.

use super::{OpenSite, READ, evidence};
use crate::route::{Case, Evidence, Routed};
use crate::second_opinion::{Passage, SecondOpinion};
use crate::{AskError, Assistant, Error};
use domain::answer::Verdict;
use domain::ids::{DocumentId, ExternalId};
use domain::personal_data;
use domain::published::PublishedRevision;
use retrieval::{Hit, Query, Ranking, fuse};
use std::collections::HashMap;
use std::sync::Arc;

/// How much of a title with its passage, and of a question, a model is shown, in characters: servers refuse what is longer
/// than their step, often 512 tokens.
const LONGEST_PASSAGE: usize = 1_000;
const LONGEST_QUESTION: usize = 300;
/// Where search is so many times surer of its own page, no opinion outweighs that.
const FAR_SURER: f32 = 2.0;

/// What was found, in another order.
pub(super) struct Again<'o> {
    opinion: &'o SecondOpinion,
    ranking: Ranking,
    evidence: Vec<Evidence>,
    /// The names of the documents ranked, those that may be quoted.
    names: Vec<ExternalId>,
}

/// What is answered from.
pub(super) struct Chosen<'a> {
    pub case: Case<'a>,
    pub routed: Routed,
    pub ranked: Vec<ExternalId>,
}

impl Assistant {
    /// What was found in the order of search and of a second opinion together, where that is another one.
    ///
    /// Asked only where the answer quotes the page that search ranked first: whoever greets, calls for help, asks for opening
    /// hours or is refused does not wait for a model, and no refusal becomes an answer by it.
    pub(super) async fn look_again(
        &self,
        case: &Case<'_>,
        first: &Routed,
        site: &OpenSite,
    ) -> Option<Again<'_>> {
        let opinion = self.second_opinion.as_deref()?;
        let best = case.evidence.first()?.revision.document();
        let subject = first.subjects.first()?.document();
        if first.grounds.is_empty() || subject != best || case.ranking.hits.len() < 2 {
            return None;
        }
        let looked = self.reorder(opinion, case, site).await;
        looked.unwrap_or_else(|error| {
            tracing::warn!(%error, "no second look at what was found; the first one stands");
            None
        })
    }

    async fn reorder<'o>(
        &self,
        opinion: &'o SecondOpinion,
        case: &Case<'_>,
        site: &OpenSite,
    ) -> Result<Option<Again<'o>>, AskError> {
        let mut ranking = case.ranking.clone();
        let documents: Vec<DocumentId> = ranking.hits.iter().map(|hit| hit.document).collect();
        // No connection is held while the model works.
        let found = self
            .store
            .snapshot()
            .await?
            .published_documents(&documents, &case.at)
            .await?;
        let found: Vec<Arc<PublishedRevision>> = found.into_iter().map(Arc::new).collect();
        let passages: Vec<Passage> = found
            .iter()
            .filter_map(|page| best_passage(page, &ranking.hits))
            .collect();
        let question = personal_data::redact(&ranking.asked).text;
        let question: String = question.chars().take(LONGEST_QUESTION).collect();
        let Some(scores) = opinion.scores(&question, &passages).await else {
            return Ok(None);
        };
        let document_of: HashMap<_, _> = found.iter().map(|page| (page.id(), page.document())).collect();
        let scores = passages.iter().zip(scores);
        let scores = scores.filter_map(|(passage, score)| Some((*document_of.get(&passage.place.0)?, score)));
        fuse(&mut ranking.hits, &scores.collect::<HashMap<_, _>>());
        let order: Vec<DocumentId> = ranking.hits.iter().map(|hit| hit.document).collect();
        let certainty = |ranking: &Ranking| ranking.hits.first().map_or(0.0, |best| best.confidence);
        if order == documents || certainty(&ranking) * FAR_SURER < certainty(case.ranking) {
            return Ok(None);
        }
        if let Some(best) = order.first().filter(|best| documents.first() != Some(best)) {
            ranking.unmet = self.unmet(&ranking.asked, *best, site).await?;
        }
        // What was retracted while the model worked is not quoted.
        let read: Vec<DocumentId> = order.iter().take(READ).copied().collect();
        let still = self
            .store
            .snapshot()
            .await?
            .published_documents(&read, &case.at)
            .await?;
        let evidence = evidence(still, &ranking);
        if evidence.first().map(|found| found.revision.document()) != order.first().copied() {
            return Ok(None);
        }
        let mut names: HashMap<_, _> = found
            .iter()
            .map(|page| (page.document(), page.external_id().clone()))
            .collect();
        Ok(Some(Again {
            opinion,
            evidence,
            names: order
                .iter()
                .filter_map(|document| names.remove(document))
                .collect(),
            ranking,
        }))
    }

    /// The words of a question that a document does not hold.
    pub(super) async fn unmet(
        &self,
        asked: &str,
        document: DocumentId,
        site: &OpenSite,
    ) -> Result<Vec<String>, AskError> {
        let index = self.inner.indexes.current().ok_or(AskError::NotReady)?;
        let (query, collections) = (Query::new(asked), site.collections.clone());
        let looking = tokio::task::spawn_blocking(move || index.unmet(&query, &collections, document));
        Ok(looking.await.map_err(|_| Error::Interrupted("searching"))??)
    }
}

/// The passage of a page that search finds nearest, its first one where it finds none, behind the page's title.
fn best_passage(page: &Arc<PublishedRevision>, hits: &[Hit]) -> Option<Passage> {
    let hit = hits.iter().find(|hit| hit.revision == page.id());
    let nearest = hit
        .and_then(|hit| hit.passages.first())
        .map_or(0, |passage| passage.ordinal);
    let passages = page.passages();
    let passage = passages
        .iter()
        .find(|passage| passage.spec().ordinal == nearest)
        .or(passages.first())?;
    let text = format!("{}\n{}", page.content().title, passage.text());
    Some(Passage {
        place: (page.id(), passage.spec().ordinal),
        text: text.chars().take(LONGEST_PASSAGE).collect(),
    })
}

impl<'a> Chosen<'a> {
    /// The answer in the other order, no surer than the first one; the first one where there is no other order, or its best page
    /// does not answer.
    pub(super) fn of(
        again: Option<&'a Again<'_>>,
        case: Case<'a>,
        first: Routed,
        ranked: Vec<ExternalId>,
    ) -> Self {
        let second = again.map(|again| {
            let case = Case {
                ranking: &again.ranking,
                evidence: again.evidence.clone(),
                surest: first.answer.confidence,
                ..case.clone()
            };
            (again, case.answer(), case)
        });
        // The first answer's reserve may stand for words that this page has and search did not ask it for.
        let surer = |routed: &Routed| {
            first.answer.verdict == Verdict::Partial && routed.answer.verdict == Verdict::Answered
        };
        let kept = |routed: &Routed| !routed.grounds.is_empty() && !surer(routed);
        let Some((again, routed, second)) = second.filter(|(_, routed, _)| kept(routed)) else {
            return Self {
                case,
                routed: first,
                ranked,
            };
        };
        let subject = |routed: &Routed| routed.subjects.first().map(|subject| subject.document());
        if subject(&routed) != subject(&first) {
            again.opinion.was_followed();
        }
        Self {
            case: second,
            routed,
            // Where nobody wants to know, none were named.
            ranked: if ranked.is_empty() {
                ranked
            } else {
                again.names.clone()
            },
        }
    }
}
