//! Named rules that compute an answer from the fields of a published revision, and can compute it again.

use crate::calendar::TownCalendar;
use crate::document::{Field, FieldName, Level};
use crate::opening::{Closure, DayHours, OpeningHours, OpeningHoursError, OpeningState, WeekPattern};
use crate::published::{Citation, PublishedRevision};
use crate::text::Span;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use std::sync::Arc;

/// A contact detail that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contact {
    /// The phone number.
    Phone,
    /// The postal address.
    Address,
    /// The e-mail address.
    Email,
    /// The web address.
    Website,
}

impl Contact {
    fn field(self) -> FieldName {
        match self {
            Self::Phone => FieldName::Phone,
            Self::Address => FieldName::Address,
            Self::Email => FieldName::Email,
            Self::Website => FieldName::Website,
        }
    }
}

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Whether a place is open at an instant (the computation's own, or a later one that was asked about).
    OpenAt(NaiveDateTime),
    /// The hours of a place on a day.
    HoursOn(NaiveDate),
    /// The regular hours of a place over a week, as they are from a day on.
    Week(NaiveDate),
    /// A contact detail.
    Contact(Contact),
    /// The first occurrence of an event that is not over at `from` and begins before `until`.
    Occurrence {
        /// From when on.
        from: NaiveDateTime,
        /// Until when, excluded.
        until: NaiveDateTime,
    },
    /// That an organisation is competent for the subject at this span.
    Competence(Span),
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Whether a place is open.
    Opening {
        /// The place's title.
        place: String,
        /// The instant asked about, in the town's time.
        asked: NaiveDateTime,
        /// Its state then.
        state: OpeningState,
    },
    /// The hours of a day.
    Hours {
        /// The place's title.
        place: String,
        /// The day.
        day: DayHours,
    },
    /// The regular hours.
    Week {
        /// The place's title.
        place: String,
        /// Days of equal hours together, and what departs from them in that week.
        pattern: WeekPattern,
    },
    /// A contact detail.
    Contact {
        /// The place's or body's title.
        place: String,
        /// Which one.
        contact: Contact,
        /// As the town writes it.
        value: String,
    },
    /// When an event takes place.
    Occurrence {
        /// The event's title.
        title: String,
        /// When it begins.
        start: NaiveDateTime,
        /// When it ends, where known.
        end: Option<NaiveDateTime>,
        /// Whether it has days and no hours.
        all_day: bool,
        /// Where.
        location: Option<String>,
        /// What it costs.
        price: Option<String>,
    },
    /// Who is competent.
    Competent {
        /// The body's title.
        body: String,
        /// Its level.
        level: Level,
        /// For what.
        subject: String,
    },
}

/// Why a rule found nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The revision has no such field.
    #[error("{title:?} has no {field:?} field")]
    Missing {
        /// The revision's title.
        title: String,
        /// The field.
        field: FieldName,
    },
    /// The field's value cannot be understood.
    #[error("{title:?}: the {field:?} field {value:?} cannot be read; correct it in the source")]
    Unreadable {
        /// The revision's title.
        title: String,
        /// The field.
        field: FieldName,
        /// Its value.
        value: String,
    },
    /// The opening hours cannot be understood.
    #[error(transparent)]
    OpeningHours(#[from] OpeningHoursError),
    /// The event does not take place in the period.
    #[error("{0:?} does not take place then")]
    NotThen(String),
}

/// A finding with what it was computed from: rule, fields and instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    rule: Rule,
    revision: Arc<PublishedRevision>,
    at: DateTime<Tz>,
    calendar: TownCalendar,
    finding: Finding,
    spans: Vec<Span>,
}

impl Computed {
    /// Computes `rule` on the fields of `revision`, at the instant `at`.
    ///
    /// # Errors
    /// When a field is missing or unreadable, or an event does not take place in the period.
    pub fn new(
        rule: Rule,
        revision: &Arc<PublishedRevision>,
        at: &DateTime<Tz>,
        calendar: &TownCalendar,
    ) -> Result<Self, RuleError> {
        let (finding, spans) = Fields { revision, calendar }.find(rule, at)?;
        Ok(Self {
            rule,
            revision: Arc::clone(revision),
            at: *at,
            calendar: *calendar,
            finding,
            spans,
        })
    }

    /// What was found.
    #[must_use]
    pub fn finding(&self) -> &Finding {
        &self.finding
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The instant of the computation, in the town's time zone.
    #[must_use]
    pub fn at(&self) -> &DateTime<Tz> {
        &self.at
    }

    /// The revision whose fields it rests on.
    #[must_use]
    pub fn revision(&self) -> &Arc<PublishedRevision> {
        &self.revision
    }

    /// Where the fields stand.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation> {
        self.spans
            .iter()
            .take(1)
            .map(|span| self.revision.cite(*span))
            .collect()
    }

    /// Computes again and compares: whether what would be said still follows from the fields.
    #[must_use]
    pub fn verify(&self) -> bool {
        Self::new(self.rule, &self.revision, &self.at, &self.calendar)
            .is_ok_and(|again| again.finding == self.finding && again.spans == self.spans)
    }
}

/// The opening hours of a revision, with its exceptional closures.
///
/// # Errors
/// When it has none, or they cannot be understood.
pub fn opening_hours(
    revision: &PublishedRevision,
    calendar: &TownCalendar,
) -> Result<OpeningHours, RuleError> {
    let fields = Fields { revision, calendar };
    fields.opening_hours().map(|(hours, _)| hours)
}

struct Fields<'a> {
    revision: &'a PublishedRevision,
    calendar: &'a TownCalendar,
}

impl Fields<'_> {
    fn find(&self, rule: Rule, at: &DateTime<Tz>) -> Result<(Finding, Vec<Span>), RuleError> {
        let place = || self.revision.content().title.clone();
        match rule {
            Rule::OpenAt(asked) => {
                let (hours, spans) = self.opening_hours()?;
                let instant = at
                    .timezone()
                    .from_local_datetime(&asked)
                    .earliest()
                    .unwrap_or(*at);
                Ok((
                    Finding::Opening {
                        place: place(),
                        asked,
                        state: hours.state(instant),
                    },
                    spans,
                ))
            }
            Rule::HoursOn(date) => {
                let (hours, spans) = self.opening_hours()?;
                Ok((
                    Finding::Hours {
                        place: place(),
                        day: hours.day(date),
                    },
                    spans,
                ))
            }
            Rule::Week(from) => {
                let (hours, spans) = self.opening_hours()?;
                Ok((
                    Finding::Week {
                        place: place(),
                        pattern: hours.week_pattern(from),
                    },
                    spans,
                ))
            }
            Rule::Contact(contact) => {
                let (value, span) = self.required(contact.field())?;
                Ok((
                    Finding::Contact {
                        place: place(),
                        contact,
                        value: value.to_owned(),
                    },
                    vec![span],
                ))
            }
            Rule::Occurrence { from, until } => self.occurrence(from, until),
            Rule::Competence(span) => self.competence(span),
        }
    }

    fn all(&self, name: FieldName) -> impl Iterator<Item = (&str, Span)> {
        let content = self.revision.content();
        let named = move |field: &&Field| field.name == name;
        content
            .fields
            .iter()
            .filter(named)
            .filter_map(|f| Some((content.text.slice(f.span)?, f.span)))
    }

    fn required(&self, name: FieldName) -> Result<(&str, Span), RuleError> {
        let title = self.revision.content().title.clone();
        self.all(name)
            .next()
            .ok_or(RuleError::Missing { title, field: name })
    }

    fn unreadable(&self, field: FieldName, value: &str) -> RuleError {
        RuleError::Unreadable {
            title: self.revision.content().title.clone(),
            field,
            value: value.to_owned(),
        }
    }

    fn opening_hours(&self) -> Result<(OpeningHours, Vec<Span>), RuleError> {
        let (expression, span) = self.required(FieldName::OpeningHours)?;
        let mut spans = vec![span];
        let mut closures = Vec::new();
        for (value, span) in self.all(FieldName::Closure) {
            closures.push(
                value
                    .parse::<Closure>()
                    .map_err(|_| self.unreadable(FieldName::Closure, value))?,
            );
            spans.push(span);
        }
        Ok((OpeningHours::parse(expression, &closures, self.calendar)?, spans))
    }

    fn occurrence(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> Result<(Finding, Vec<Span>), RuleError> {
        let (value, span) = self.required(FieldName::Start)?;
        let (first, all_day) =
            local_date_time(value).ok_or_else(|| self.unreadable(FieldName::Start, value))?;
        let mut spans = vec![span];
        let length = match self.all(FieldName::End).next() {
            Some((value, span)) => {
                let (end, whole_day) =
                    local_date_time(value).ok_or_else(|| self.unreadable(FieldName::End, value))?;
                spans.push(span);
                // The last day of an event without hours is part of it.
                let end = if whole_day {
                    end + chrono::Days::new(1)
                } else {
                    end
                };
                Some(end - first)
            }
            None => None,
        };
        let recurrence = self.all(FieldName::Recurrence).next();
        let starts: Vec<NaiveDateTime> = match recurrence {
            None => vec![first],
            Some((value, span)) => {
                spans.push(span);
                crate::recurrence::occurrences(value, first, from, until)
                    .map_err(|_| self.unreadable(FieldName::Recurrence, value))?
            }
        };
        let fallback = if all_day {
            chrono::TimeDelta::days(1)
        } else {
            chrono::TimeDelta::hours(2)
        };
        let in_period = |start: &NaiveDateTime| *start < until && *start + length.unwrap_or(fallback) > from;
        let title = self.revision.content().title.clone();
        let start = starts
            .into_iter()
            .find(in_period)
            .ok_or_else(|| RuleError::NotThen(title.clone()))?;
        let text = |name| self.all(name).next().map(|(value, _)| value.to_owned());
        let finding = Finding::Occurrence {
            title,
            start,
            end: length.map(|length| start + length),
            all_day,
            location: text(FieldName::Location),
            price: text(FieldName::Price),
        };
        Ok((finding, spans))
    }

    fn competence(&self, span: Span) -> Result<(Finding, Vec<Span>), RuleError> {
        let content = self.revision.content();
        let missing = || RuleError::Missing {
            title: content.title.clone(),
            field: FieldName::Competence,
        };
        let (value, span) = self
            .all(FieldName::Competence)
            .find(|(_, s)| *s == span)
            .ok_or_else(missing)?;
        let subject = value.split(':').next().unwrap_or(value).trim().to_owned();
        let (level, level_span) = self.required(FieldName::Level)?;
        let level = match level {
            "municipal" => Level::Municipal,
            "intercommunal" => Level::Intercommunal,
            "departmental" => Level::Departmental,
            "regional" => Level::Regional,
            "state" => Level::State,
            "other" => Level::Other,
            unknown => return Err(self.unreadable(FieldName::Level, unknown)),
        };
        Ok((
            Finding::Competent {
                body: content.title.clone(),
                level,
                subject,
            },
            vec![span, level_span],
        ))
    }
}

/// A local date-time ("2026-03-28T18:00", seconds allowed), or a date, which counts from midnight.
fn local_date_time(value: &str) -> Option<(NaiveDateTime, bool)> {
    if let Ok(date) = value.parse::<NaiveDate>() {
        return Some((date.and_time(NaiveTime::MIN), true));
    }
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(value, format).ok())
        .map(|instant| (instant, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{HolidayRegion, SchoolZone};
    use crate::document::Validity;
    use crate::published::tests::{instant, published, record};
    use crate::text::BlockKind;
    use chrono_tz::Europe::Paris;

    const CALENDAR: TownCalendar = TownCalendar {
        timezone: Paris,
        region: HolidayRegion::Metropole,
        zone: SchoolZone::A,
    };

    /// The pool with these hours, on Wednesday 18 March 2026 at ten.
    fn computed(hours: &str) -> Computed {
        let mut span = None;
        let mut record = record(published(), Validity::default(), |builder| {
            span = builder.push(BlockKind::Field, hours);
        });
        record.content.fields.push(Field {
            name: FieldName::OpeningHours,
            span: span.unwrap(),
        });
        let at = instant(18, 10);
        let revision = Arc::new(PublishedRevision::admit(record, &at).unwrap());
        Computed::new(Rule::OpenAt(at.naive_local()), &revision, &at, &CALENDAR).unwrap()
    }

    #[test]
    fn a_statement_that_does_not_follow_from_its_fields_rule_and_instant_is_not_verified() {
        let open = computed("We 09:00-12:00");
        let closed = computed("Th 09:00-12:00");
        assert!(open.verify() && closed.verify());
        for (what, forged) in [
            (
                "another finding",
                Computed {
                    finding: closed.finding.clone(),
                    ..open.clone()
                },
            ),
            (
                "another revision",
                Computed {
                    revision: Arc::clone(&closed.revision),
                    ..open.clone()
                },
            ),
            (
                "another instant",
                Computed {
                    rule: Rule::OpenAt(instant(18, 13).naive_local()),
                    ..open.clone()
                },
            ),
            (
                "another span",
                Computed {
                    spans: vec![Span::new(0, 2)],
                    ..open.clone()
                },
            ),
        ] {
            assert!(!forged.verify(), "{what}");
        }
    }

    /// A published revision that keeps these fields, one a line.
    fn keeping(fields: &[(FieldName, &str)]) -> Arc<PublishedRevision> {
        let mut spans = Vec::new();
        let mut record = record(published(), Validity::default(), |text| {
            spans.extend(
                fields
                    .iter()
                    .filter_map(|(_, value)| text.push(BlockKind::Field, value)),
            );
        });
        let names = fields.iter().map(|(name, _)| *name);
        record.content.fields = names
            .zip(spans)
            .map(|(name, span)| Field { name, span })
            .collect();
        Arc::new(PublishedRevision::admit(record, &instant(18, 10)).unwrap())
    }

    fn compute(rule: Rule, revision: &Arc<PublishedRevision>) -> Result<Computed, RuleError> {
        Computed::new(rule, revision, &instant(18, 10), &CALENDAR)
    }

    fn time(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const HOURS: (FieldName, &str) = (FieldName::OpeningHours, "Mo-Fr 09:00-17:00; PH off");

    fn is_open(revision: &Arc<PublishedRevision>, asked: &str) -> bool {
        let computed = compute(Rule::OpenAt(time(asked)), revision).unwrap();
        let Finding::Opening { state, .. } = computed.finding() else {
            panic!("not an opening: {:?}", computed.finding());
        };
        matches!(state, OpeningState::Open { .. })
    }

    #[test]
    fn a_place_is_open_at_the_instant_asked_about_rather_than_now() {
        let place = keeping(&[HOURS]);
        assert!(is_open(&place, "2026-03-18T16:59:00"));
        assert!(!is_open(&place, "2026-03-18T17:00:00"));
        assert!(!is_open(&place, "2026-05-01T10:00:00"), "a public holiday");
    }

    #[test]
    fn the_closures_of_a_place_close_it() {
        let closure = (FieldName::Closure, "2026-03-18/2026-03-19 inventaire");
        let place = keeping(&[HOURS, closure]);
        assert!(!is_open(&place, "2026-03-18T10:00:00"));
        assert!(!is_open(&place, "2026-03-19T16:00:00"));
        assert!(is_open(&place, "2026-03-20T10:00:00"));
    }

    #[test]
    fn hours_whose_closure_cannot_be_read_are_not_told() {
        let place = keeping(&[HOURS, (FieldName::Closure, "la semaine de Noël")]);
        let told = compute(Rule::HoursOn(day("2026-12-24")), &place);
        assert!(matches!(
            told,
            Err(RuleError::Unreadable {
                field: FieldName::Closure,
                ..
            })
        ));
    }

    #[test]
    fn a_contact_detail_is_the_one_asked_for_and_cites_its_exact_words() {
        let place = keeping(&[
            (FieldName::Website, "https://piscine.example"),
            (FieldName::Phone, "02 61 00 00 01"),
            (FieldName::Email, "piscine@ville.example"),
            (FieldName::Address, "3 quai des Saules"),
        ]);
        for (contact, expected) in [
            (Contact::Phone, "02 61 00 00 01"),
            (Contact::Email, "piscine@ville.example"),
            (Contact::Website, "https://piscine.example"),
            (Contact::Address, "3 quai des Saules"),
        ] {
            let computed = compute(Rule::Contact(contact), &place).unwrap();
            let Finding::Contact { value, .. } = computed.finding() else {
                panic!("not a contact: {:?}", computed.finding());
            };
            assert_eq!(value, expected);
            let cited: Vec<_> = computed
                .citations()
                .iter()
                .filter_map(|citation| place.content().text.slice(citation.span))
                .collect();
            assert_eq!(cited, [expected]);
        }
    }

    #[test]
    fn an_event_is_told_until_it_is_over() {
        let coming = |event: &Arc<PublishedRevision>, from: &str| {
            let rule = Rule::Occurrence {
                from: time(from),
                until: time("2026-12-31T00:00:00"),
            };
            compute(rule, event).is_ok()
        };
        let concert = keeping(&[
            (FieldName::Start, "2026-03-20T18:00"),
            (FieldName::End, "2026-03-20T20:00"),
        ]);
        assert!(coming(&concert, "2026-03-20T19:59:00"));
        assert!(!coming(&concert, "2026-03-20T20:00:00"));
        let fair = keeping(&[(FieldName::Start, "2026-03-20"), (FieldName::End, "2026-03-22")]);
        assert!(coming(&fair, "2026-03-22T23:59:00"), "its last day is part of it");
        assert!(!coming(&fair, "2026-03-23T00:00:00"));
    }

    #[test]
    fn a_body_is_competent_for_the_subject_that_was_found() {
        let body = keeping(&[
            (FieldName::Level, "intercommunal"),
            (FieldName::Competence, "eau: compteur, fuite"),
            (FieldName::Competence, "déchets: poubelle"),
        ]);
        let waste = body.content().fields[2].span;
        let computed = compute(Rule::Competence(waste), &body).unwrap();
        let Finding::Competent { subject, level, .. } = computed.finding() else {
            panic!("not a competence: {:?}", computed.finding());
        };
        assert_eq!((subject.as_str(), *level), ("déchets", Level::Intercommunal));
        assert!(compute(Rule::Competence(Span::new(0, 1)), &body).is_err());
    }
}
