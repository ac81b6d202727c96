//! A published document as a page of its own, for content that has none on the town's site.

use crate::speak::Speaker;
use crate::{Assistant, Error};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::document::FieldName;
use domain::ids::ExternalId;
use domain::language::Language;
use domain::rule::{Computed, Rule};
use domain::statement::{Layout, Statement};
use domain::text::{BlockKind, Span};
use std::sync::Arc;

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// Where it stands in the canonical text, for highlighting.
    pub span: Span,
}

/// A sentence computed from a field that stands in none of a page's blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// In words.
    pub text: String,
    /// Where the field stands in the canonical text, for highlighting.
    pub span: Span,
}

/// What a place's page shows beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceCard {
    /// Its postal address.
    pub address: Option<String>,
    /// Its phone number.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its web address.
    pub website: Option<String>,
    /// How people with disabilities get in and around.
    pub accessibility: Option<String>,
    /// Whether it is open now.
    pub state_now: Option<String>,
    /// Its hours over the week.
    pub week: Option<Detail>,
}

/// A published document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The day of its approval, in the site's time zone.
    pub approved_on: NaiveDate,
    /// Whether its source is trusted, rather than each page reviewed.
    pub trusted: bool,
    /// Its own page elsewhere, if it has one.
    pub url: Option<String>,
    /// Its text.
    pub blocks: Vec<PageBlock>,
    /// Where it is a place or a body.
    pub place: Option<PlaceCard>,
    /// When an event takes place next; none once it is over.
    pub occurrence: Option<Detail>,
    /// What a body is competent for.
    pub competences: Vec<Detail>,
}

/// How far ahead an event's page looks for its next occurrence.
const FAR_AHEAD: Days = Days::new(366);

impl Assistant {
    /// The published document of that name, valid now, that a site may show.
    ///
    /// # Errors
    /// When there is no such site, or the database does not answer.
    pub async fn page(
        &self,
        site: &str,
        external_id: &str,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Option<Page>, Error> {
        let site = self
            .site(site)
            .await?
            .ok_or_else(|| Error::UnknownSite(site.to_owned()))?;
        let Ok(external_id) = ExternalId::new(external_id) else {
            return Ok(None);
        };
        let calendar = site.settings.calendar;
        let at = now.with_timezone(&calendar.timezone);
        let Some(revision) = self
            .store
            .snapshot()
            .await?
            .page(site.id, &external_id, &at)
            .await?
        else {
            return Ok(None);
        };
        let revision = Arc::new(revision);
        let content = revision.content();
        let citation = revision.cite(Span::new(0, 0));
        let speaker = Speaker::new(&self.inner.texts, language);
        let compute = |rule| {
            let computed = Computed::new(rule, &revision, &at, &calendar).ok()?;
            let span = computed.citations().first()?.span;
            // As in answers: what does not follow from its fields is not shown.
            computed.verify().then(|| Detail {
                text: speaker.statement(&Statement::computed(computed, Layout::Paragraph)),
                span,
            })
        };
        let field = |name| content.field(name).map(str::to_owned);
        let local = at.naive_local();
        let place = PlaceCard {
            address: field(FieldName::Address),
            phone: field(FieldName::Phone),
            email: field(FieldName::Email),
            website: field(FieldName::Website),
            accessibility: field(FieldName::Accessibility),
            state_now: compute(Rule::OpenAt(local)).map(|detail| detail.text),
            week: compute(Rule::Week(at.date_naive())),
        };
        Ok(Some(Page {
            title: citation.title,
            publisher: citation.source,
            approved_on: citation
                .approved_at
                .with_timezone(&calendar.timezone)
                .date_naive(),
            trusted: citation.trusted,
            url: citation.url,
            blocks: content
                .blocks
                .iter()
                .filter(|block| block.kind != BlockKind::Field)
                .filter_map(|block| {
                    let text = content.text.slice(block.span)?.to_owned();
                    Some(PageBlock {
                        kind: block.kind,
                        text,
                        span: block.span,
                    })
                })
                .collect(),
            place: (place != PlaceCard::default()).then_some(place),
            occurrence: compute(Rule::Occurrence {
                from: local,
                until: local + FAR_AHEAD,
            }),
            competences: content
                .fields
                .iter()
                .filter(|field| field.name == FieldName::Competence)
                .filter_map(|field| compute(Rule::Competence(field.span)))
                .collect(),
        }))
    }

    /// Questions that a resident may begin with: the hours of the site's places, and what is on.
    ///
    /// # Errors
    /// When there is no such site, or the database does not answer.
    pub async fn suggestions(
        &self,
        site: &str,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, Error> {
        let site = self
            .site(site)
            .await?
            .ok_or_else(|| Error::UnknownSite(site.to_owned()))?;
        let at = now.with_timezone(&site.settings.calendar.timezone);
        let collections = self.store.collections_of(site.id).await?;
        let mut snapshot = self.store.snapshot().await?;
        let directory = self
            .inner
            .directories
            .of(site.id, &collections, &mut snapshot, &at)
            .await?;
        let texts = &self.inner.texts;
        let counter = site
            .settings
            .default_counter
            .as_ref()
            .and_then(|id| directory.place_named(id.as_str()));
        let first = counter.into_iter().chain(directory.places_with_hours()).next();
        let mut suggestions: Vec<String> = first
            .map(|place| texts.format(language, "suggestion-hours", &[("place", &place.content().title)]))
            .into_iter()
            .collect();
        if !directory.events.is_empty() {
            suggestions.push(texts.get(language, "suggestion-weekend"));
        }
        Ok(suggestions)
    }
}
