//! An invented town: its people, its pages and its clock.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use chrono_tz::Tz;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::document::{Content, DocumentKind, Draft, Validity};
use domain::ids::{CollectionId, ExternalId, SiteId, SourceId};
use domain::life::{Person, Transition};
use domain::published::PublishedRevision;
use domain::site::SiteSettings;
use domain::text::{BlockKind, TextBuilder};
use store::{Outcome, Saved, Store};

pub(crate) const KEY: [u8; 32] = [42; 32];

/// 18 March 2026, at `hour`, in the town.
pub(crate) fn at(hour: u32) -> DateTime<Tz> {
    Paris.with_ymd_and_hms(2026, 3, 18, hour, 0, 0).unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    at(10).to_utc()
}

pub(crate) fn ana() -> Person {
    Person::new("Ana").unwrap()
}

pub(crate) fn bob() -> Person {
    Person::new("Bob").unwrap()
}

pub(crate) fn settings(name: &str) -> SiteSettings {
    SiteSettings {
        name: name.to_owned(),
        calendar: TownCalendar {
            timezone: Paris,
            region: HolidayRegion::Metropole,
            zone: SchoolZone::A,
        },
        languages: vec!["fr".to_owned()],
        origins: vec!["https://www.example.org".to_owned()],
        default_counter: None,
        web_retention_days: 30,
    }
}

pub(crate) fn name(id: &str) -> ExternalId {
    ExternalId::new(id).unwrap()
}

pub(crate) fn draft(id: &str, text: &str) -> Draft {
    let mut builder = TextBuilder::new();
    builder.push(BlockKind::Paragraph, text);
    let (text, blocks) = builder.finish();
    let content = Content {
        title: format!("Page {id}"),
        url: None,
        language: "fr".to_owned(),
        text,
        blocks,
        fields: vec![],
        questions: vec![],
        keywords: vec![],
        audience: None,
        validity: Validity::default(),
        owner: None,
        modified: None,
        extractor: "test/1".to_owned(),
    };
    Draft {
        external_id: name(id),
        kind: DocumentKind::Page,
        content,
    }
}

/// A site with a collection of its own and a source in it.
pub(crate) struct Town {
    pub(crate) site: SiteId,
    pub(crate) collection: CollectionId,
    pub(crate) source: SourceId,
}

pub(crate) async fn town(store: &Store, key: &str) -> Town {
    let site = store.ensure_site(key, settings(key)).await.unwrap().id;
    let collection = store.ensure_collection("own", Some(site)).await.unwrap();
    let source = store.ensure_source(collection, "Mairie").await.unwrap();
    Town {
        site,
        collection,
        source,
    }
}

impl Town {
    /// Imports one document as Ana.
    pub(crate) async fn import(&self, store: &Store, draft: Draft) -> Saved {
        let saved = store
            .save_drafts(self.source, &ana(), vec![draft], now())
            .await
            .unwrap();
        assert_eq!(saved.len(), 1);
        saved[0]
    }

    /// Imports one document as Ana, approves and publishes it as Bob.
    pub(crate) async fn publish(&self, store: &Store, draft: Draft) -> Saved {
        let saved = self.import(store, draft).await;
        assert_eq!(saved.outcome, Outcome::Draft);
        for transition in [Transition::Approve, Transition::Publish] {
            store
                .transition(saved.revision, &transition, &bob(), now())
                .await
                .unwrap();
        }
        saved
    }
}

/// What answers may quote of a document now.
pub(crate) async fn quotable(store: &Store, saved: Saved) -> Option<String> {
    let mut snapshot = store.snapshot().await.unwrap();
    let found = snapshot
        .published_documents(&[saved.document], &at(10))
        .await
        .unwrap();
    found.first().map(text)
}

pub(crate) fn text(revision: &PublishedRevision) -> String {
    revision.content().text.as_str().to_owned()
}
