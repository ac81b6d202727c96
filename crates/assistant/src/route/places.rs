//! Opening hours and contact details of places, computed from the fields that the town keeps.

use super::{Case, Routed};
use crate::understand::{Asked, FollowUp};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::answer::Verdict;
use domain::document::FieldName;
use domain::ids::DocumentId;
use domain::phrase::Phrase;
use domain::published::PublishedRevision;
use domain::rule::{Contact, Rule};
use domain::statement::{Role, Statement};
use domain::time_expression::{Grain, TimeExpression};
use std::sync::Arc;

/// Of more places than this, which one is meant is asked back.
const MOST_PLACES: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedOfPlaces {
    Hours,
    Contact,
}

impl AskedOfPlaces {
    /// Whether a place keeps what is asked as fields.
    fn is_kept_by(self, place: &PublishedRevision) -> bool {
        let has = |name| place.content().field(name).is_some();
        match self {
            Self::Hours => has(FieldName::OpeningHours),
            Self::Contact => has(FieldName::Phone) || has(FieldName::Address) || has(FieldName::Email),
        }
    }
}

impl Case<'_> {
    /// Opening hours and contact details of the places that the question names, or that were spoken of.
    pub(super) fn places(&self) -> Option<Routed> {
        let asked = self.asked_of_places()?;
        let mentions = &self.mentions;
        if !mentions.is_empty() && self.asks_of_something_else() {
            return None;
        }
        let named = || mentions.iter().flat_map(|mention| mention.places.iter().cloned());
        let mut places: Vec<_> = if mentions.is_empty() {
            self.spoken_of.clone()
        } else {
            named().collect()
        };
        places.retain(|place| asked.is_kept_by(place));
        if places.is_empty()
            && mentions.is_empty()
            && self.question.topic.is_empty()
            && self.previous.is_none()
        {
            if asked == AskedOfPlaces::Hours && !self.speaks_to_the_town_hall() {
                let clarify = vec![Statement::fixed(Phrase::Clarify, Role::Answer)];
                return Some(Routed::new(Verdict::Clarify, 1.0, clarify));
            }
            places.extend(self.counter.clone());
        }
        if places.len() > MOST_PLACES {
            let choices = places.iter().map(|place| place.content().title.clone()).collect();
            let clarify = vec![Statement::fixed(Phrase::Clarify, Role::Answer)];
            return Some(Routed {
                choices,
                ..Routed::new(Verdict::Clarify, 1.0, clarify).about(places)
            });
        }
        let statements: Vec<_> = places
            .iter()
            .flat_map(|place| match asked {
                AskedOfPlaces::Hours => self.hours(place),
                AskedOfPlaces::Contact => self.contact(place),
            })
            .collect();
        (!statements.is_empty()).then(|| Routed::new(Verdict::Answered, 1.0, statements).about(places))
    }

    pub(super) fn asked_of_places(&self) -> Option<AskedOfPlaces> {
        let question = self.question;
        if question.asks(Asked::Events) && self.mentions.is_empty() {
            return None;
        }
        if question.asks_contact() && !question.asks(Asked::Price) {
            return Some(AskedOfPlaces::Contact);
        }
        let only_a_time = question.asked.is_empty() && !self.times().is_empty() && self.names_only_places();
        (question.asks(Asked::Hours) || only_a_time).then_some(AskedOfPlaces::Hours)
    }

    /// "Vous êtes ouverts samedi ?"
    fn speaks_to_the_town_hall(&self) -> bool {
        let mut words = self.question.words.iter();
        words.any(|word| matches!(word.folded.as_str(), "vous" | "vos" | "votre" | "you" | "your"))
    }

    /// The place that the question names, where it is the only one.
    pub(super) fn only_place_named(&self) -> Option<DocumentId> {
        match &self.mentions[..] {
            [mention] => match &mention.places[..] {
                [place] => Some(place.document()),
                _ => None,
            },
            _ => None,
        }
    }

    /// "Médiathèque dimanche ?": places and times, and nothing else.
    fn names_only_places(&self) -> bool {
        let covered = |index: &usize| self.is_in_a_mention(*index);
        self.question.topic.iter().all(covered) && (!self.mentions.is_empty() || !self.spoken_of.is_empty())
    }

    /// Whether the question has a subject besides the places, which their pages do not hold or tell more about.
    pub(super) fn asks_of_something_else(&self) -> bool {
        self.question
            .topic
            .iter()
            .any(|index| !self.is_in_a_mention(*index))
    }

    pub(super) fn is_in_a_mention(&self, word: usize) -> bool {
        self.mentions.iter().any(|mention| mention.words.contains(&word))
    }

    pub(super) fn hours(&self, place: &Arc<PublishedRevision>) -> Vec<Statement> {
        let now = self.at.naive_local();
        let today = now.date();
        let mut rules = Vec::new();
        let times = self.times();
        for time in times {
            rules.extend(hours_rules(time, self.question.yes_or_no));
        }
        if rules.is_empty() {
            rules.push(Rule::OpenAt(now));
            if !self.question.yes_or_no {
                rules.push(Rule::Week(today));
            }
        }
        let mut statements: Vec<_> = rules
            .into_iter()
            .filter_map(|rule| self.compute(rule, place))
            .collect();
        statements.extend(self.field_quote(place, FieldName::HoursNote));
        statements
    }

    /// The times of the question; those of the question before where it leans on it and names none.
    pub(super) fn times(&self) -> &[TimeExpression] {
        match self.previous {
            Some(previous) if self.question.times.is_empty() && self.question.follow_up != FollowUp::No => {
                &previous.times
            }
            _ => &self.question.times,
        }
    }

    pub(super) fn contact(&self, place: &Arc<PublishedRevision>) -> Vec<Statement> {
        let question = self.question;
        let asked = [
            (Asked::Phone, Contact::Phone),
            (Asked::Address, Contact::Address),
            (Asked::Email, Contact::Email),
            (Asked::Website, Contact::Website),
        ];
        asked
            .into_iter()
            .filter(|(asked, _)| question.asks(*asked))
            .filter_map(|(_, contact)| self.compute(Rule::Contact(contact), place))
            .collect()
    }
}

/// What to compute about opening at a time: at most a week of days.
fn hours_rules(time: &TimeExpression, yes_or_no: bool) -> Vec<Rule> {
    let (first, last) = (
        time.period.start.date(),
        (time.period.end - TimeDelta::seconds(1)).date(),
    );
    let each_day = |first: NaiveDate, last: NaiveDate| -> Vec<Rule> {
        first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(Rule::HoursOn)
            .collect()
    };
    match time.grain {
        Grain::Instant => vec![Rule::OpenAt(time.period.start), Rule::HoursOn(first)],
        Grain::PartOfDay if yes_or_no && time.period.start.time() != NaiveTime::MIN => {
            vec![Rule::HoursOn(first)]
        }
        Grain::PartOfDay | Grain::Day => vec![Rule::HoursOn(first)],
        Grain::Weekend => each_day(first, last),
        Grain::Weekday if (last - first).num_days() < 3 => each_day(first, last),
        Grain::Weekday | Grain::Week | Grain::Month | Grain::Year | Grain::SchoolHoliday => {
            vec![Rule::Week(first)]
        }
    }
}
