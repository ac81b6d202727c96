//! What the front matter writes after the body: rows that a resident reads, and fields for machines.

use super::{Event, FrontMatter, Organisation, PlaceKeys};
use crate::flow::Flow;
use crate::values::Moment;
use domain::document::{FieldName, Level};
use domain::text::BlockKind;

impl FrontMatter {
    /// Writes the values after the body, so that fields are spans of the text like any other.
    pub(crate) fn write(&self, flow: &mut Flow) {
        if let Some(place) = &self.place {
            place.write(flow);
        }
        if let Some(event) = &self.event {
            event.write(flow);
        }
        if let Some(organisation) = &self.organisation {
            organisation.write(flow);
        }
    }
}

/// The heading over what a resident reads of the front matter.
const PRACTICAL: &str = "Informations pratiques";

fn write_practical(flow: &mut Flow, rows: &[(&str, FieldName, Option<&String>)]) {
    if rows
        .iter()
        .all(|(_, _, value)| value.is_none_or(|v| v.trim().is_empty()))
    {
        return;
    }
    flow.block(BlockKind::Heading(1), PRACTICAL);
    for (label, name, value) in rows {
        if let Some(value) = value {
            flow.labelled(label, *name, value);
        }
    }
}

fn write_machine(flow: &mut Flow, name: FieldName, value: Option<&String>) {
    if let Some(value) = value {
        flow.field(BlockKind::Field, name, value);
    }
}

impl PlaceKeys {
    fn write(&self, flow: &mut Flow) {
        write_practical(
            flow,
            &[
                ("Adresse", FieldName::Address, self.address.as_ref()),
                ("Téléphone", FieldName::Phone, self.phone.as_ref()),
                ("Courriel", FieldName::Email, self.email.as_ref()),
                ("Site internet", FieldName::Website, self.website.as_ref()),
                ("Horaires", FieldName::HoursNote, self.hours_note.as_ref()),
                (
                    "Accessibilité",
                    FieldName::Accessibility,
                    self.accessibility.as_ref(),
                ),
            ],
        );
        write_machine(flow, FieldName::OpeningHours, self.opening_hours.as_ref());
        for closure in &self.closures {
            let days = format!("{}/{}", closure.from.trim(), closure.to.trim());
            let reason = closure.reason.as_deref().unwrap_or_default();
            flow.field(BlockKind::Field, FieldName::Closure, &format!("{days} {reason}"));
        }
        for alias in &self.aliases {
            flow.field(BlockKind::Field, FieldName::Alias, alias);
        }
    }
}

impl Event {
    fn write(&self, flow: &mut Flow) {
        write_practical(
            flow,
            &[
                ("Lieu", FieldName::Location, self.keys.location.as_ref()),
                ("Organisation", FieldName::Organiser, self.keys.organiser.as_ref()),
                ("Tarif", FieldName::Price, self.keys.price.as_ref()),
                ("Réservation", FieldName::Booking, self.keys.booking.as_ref()),
            ],
        );
        write_times(flow, Some(self.start), self.end, self.recurrence.as_deref());
    }
}

/// Writes when an event takes place, for machines.
pub(crate) fn write_times(
    flow: &mut Flow,
    start: Option<Moment>,
    end: Option<Moment>,
    recurrence: Option<&str>,
) {
    for (name, moment) in [(FieldName::Start, start), (FieldName::End, end)] {
        if let Some(moment) = moment {
            flow.field(BlockKind::Field, name, &moment.field_value());
        }
    }
    if let Some(rule) = recurrence {
        flow.field(BlockKind::Field, FieldName::Recurrence, rule);
    }
}

impl Organisation {
    fn write(&self, flow: &mut Flow) {
        write_practical(
            flow,
            &[
                ("Adresse", FieldName::Address, self.keys.address.as_ref()),
                ("Téléphone", FieldName::Phone, self.keys.phone.as_ref()),
                ("Courriel", FieldName::Email, self.keys.email.as_ref()),
                ("Site internet", FieldName::Website, self.keys.website.as_ref()),
            ],
        );
        write_machine(flow, FieldName::OpeningHours, self.keys.opening_hours.as_ref());
        flow.field(BlockKind::Field, FieldName::Level, level_name(self.level));
        for competence in &self.keys.competences {
            let terms = competence.terms.join(", ");
            let value = if terms.is_empty() {
                competence.subject.clone()
            } else {
                format!("{}: {terms}", competence.subject)
            };
            flow.field(BlockKind::Field, FieldName::Competence, &value);
        }
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Municipal => "municipal",
        Level::Intercommunal => "intercommunal",
        Level::Departmental => "departmental",
        Level::Regional => "regional",
        Level::State => "state",
        Level::Other => "other",
    }
}
