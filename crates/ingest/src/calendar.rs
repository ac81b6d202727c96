//! iCalendar (RFC 5545): a draft for each event, its UID as id, its times on the site's clocks.
//!
//! Events are taken out one by one before they are parsed, so a bad one is refused alone and alarms
//! inside cannot nest. A time in UTC or in a named zone is converted; a zone whose name IANA does not
//! know (Outlook has its own) is taken for the site's. The last day of a whole-day event is its last
//! day, not the day after as in the file. EXDATE follows the rule in the recurrence field:
//! "FREQ=WEEKLY;BYDAY=TU EXDATE=20260407T180000,20260414"; an UNTIL in UTC is converted too. An occurrence that
//! an event of its own replaces (RECURRENCE-ID) is excluded from its series. A cancelled event says so, with its day,
//! and keeps no time: nothing may announce it.

use crate::flow::{self, Flow};
use crate::front_matter::write_times;
use crate::values::{self, Moment};
use crate::{File, Place, Reason, Refused, html, plain_text};
use chrono::{DateTime, Days, Duration, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use domain::calendar::french;
use domain::document::{DocumentKind, Draft, FieldName};
use domain::text::{BlockKind, fold_white_space};
use icalendar::parser::{Component, Property, read_components, unfold};
use std::collections::HashMap;

/// Name and version of this reader.
const EXTRACTOR: &str = "icalendar/1";

pub(crate) fn read(file: File<'_>) -> Vec<Result<Draft, Refused>> {
    let (events, unfinished) = events(&file);
    let parsed: Vec<_> = events
        .iter()
        .map(|(line, text)| parse(&file, *line, text).map(|component| (*line, component)))
        .collect();
    let read: Vec<_> = parsed
        .iter()
        .flatten()
        .map(|(line, component)| Event {
            file: &file,
            line: *line,
            component,
        })
        .collect();
    let mut replaced: HashMap<&str, Vec<String>> = HashMap::new();
    for event in &read {
        if let (Some(series), Ok(Some(occurrence))) = (event.value("UID"), event.moment("RECURRENCE-ID")) {
            replaced.entry(series).or_default().push(compact(occurrence));
        }
    }
    let mut read = read.iter();
    let drafts = parsed.iter().filter_map(|outcome| match outcome {
        Ok(_) => read.next().map(|event| event.draft(&replaced)),
        Err(refused) => Some(Err(refused.clone())),
    });
    let mut drafts: Vec<_> = drafts.chain(unfinished.map(Err)).collect();
    if drafts.is_empty() {
        drafts.push(Err(file.refuse(Place::Whole, Reason::Empty)));
    }
    drafts
}

/// Each event with its first line, cut out of the file; and the refusal of one that does not end.
fn events(file: &File<'_>) -> (Vec<(usize, String)>, Option<Refused>) {
    let mut events = Vec::new();
    let mut event: Option<(usize, String)> = None;
    let mut inner = 0_usize;
    for (at, line) in file.text.lines().enumerate() {
        let mark = line.trim_end().to_ascii_uppercase();
        match &mut event {
            None => {
                if mark == "BEGIN:VEVENT" {
                    event = Some((at + 1, String::new()));
                }
            }
            Some((start, body)) if inner == 0 && mark == "END:VEVENT" => {
                events.push((*start, format!("BEGIN:VEVENT\n{}END:VEVENT\n", unfold(body))));
                event = None;
            }
            // Alarms and the like.
            Some(_) if mark.starts_with("BEGIN:") => inner += 1,
            Some(_) if mark.starts_with("END:") => inner = inner.saturating_sub(1),
            Some(_) if inner > 0 => {}
            Some((_, body)) => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    let unfinished = event.map(|(start, _)| malformed(file, start, "the event has no end".to_owned()));
    (events, unfinished)
}

fn malformed(file: &File<'_>, line: usize, detail: String) -> Refused {
    file.refuse(
        Place::Line(line),
        Reason::Malformed {
            format: "iCalendar",
            detail,
        },
    )
}

fn parse<'a>(file: &File<'_>, line: usize, text: &'a str) -> Result<Component<'a>, Refused> {
    let components = read_components(text).map_err(|detail| {
        let detail = detail.lines().take(3).collect::<Vec<_>>().join(" ");
        malformed(file, line, detail.chars().take(200).collect())
    })?;
    components
        .into_iter()
        .next()
        .ok_or_else(|| malformed(file, line, "the event is empty".to_owned()))
}

struct Event<'a> {
    file: &'a File<'a>,
    line: usize,
    component: &'a Component<'a>,
}

impl Event<'_> {
    /// The draft; `replaced` are the occurrences of each series that events of their own stand for.
    fn draft(&self, replaced: &HashMap<&str, Vec<String>>) -> Result<Draft, Refused> {
        let start = self
            .moment("DTSTART")?
            .ok_or_else(|| self.refuse(Reason::Missing { key: "DTSTART" }))?;
        let end = self.end(start)?;
        let mut flow = Flow::default();
        let cancelled = self
            .value("STATUS")
            .is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        if cancelled {
            let day = french::date_long(start.at.date());
            flow.block(
                BlockKind::Paragraph,
                &format!("Cet événement, prévu le {day}, est annulé."),
            );
        }
        let description = self.text("DESCRIPTION").unwrap_or_default();
        if description.contains("</") || description.contains("<br") {
            html::write_fragment(&description, &mut flow, self.file.context.base_url.as_ref());
        } else {
            plain_text::write(&description, &mut flow);
        }
        for (label, name, value) in [
            ("Lieu", FieldName::Location, self.text("LOCATION")),
            ("Organisation", FieldName::Organiser, self.organiser()),
        ] {
            flow.labelled(label, name, &value.unwrap_or_default());
        }
        if let Some(contact) = self.text("CONTACT") {
            flow.block(BlockKind::Paragraph, &format!("Contact{}{contact}", flow::COLON));
        }
        let recurrence = self.recurrence(replaced)?;
        // Without its times, nothing announces it any more.
        if !cancelled {
            write_times(&mut flow, Some(start), end, recurrence.as_deref());
        }
        let mut content = flow.finish(EXTRACTOR);
        content.title = fold_white_space(&self.text("SUMMARY").unwrap_or_default());
        content.url = self
            .value("URL")
            .filter(|url| values::is_web_address(url))
            .map(str::to_owned);
        let categories = self
            .component
            .properties
            .iter()
            .filter(|p| p.name.as_str() == "CATEGORIES");
        content.keywords = categories
            .flat_map(|p| p.val.as_str().split(','))
            .map(|keyword| unescape(keyword).trim().to_owned())
            .filter(|keyword| !keyword.is_empty())
            .collect();
        content.modified = self.moment("LAST-MODIFIED").ok().flatten().map(|m| m.at.date());
        flow::draft(self.file, &self.id(start), DocumentKind::Event, content).map_err(|refused| Refused {
            place: Place::Line(self.line),
            ..refused
        })
    }

    fn refuse(&self, reason: Reason) -> Refused {
        self.file.refuse(Place::Line(self.line), reason)
    }

    /// The UID, with the occurrence that the event replaces where it replaces one.
    fn id(&self, start: Moment) -> String {
        let uid = self
            .value("UID")
            .map(fold_white_space)
            .filter(|uid| !uid.is_empty());
        let uid = uid.unwrap_or_else(|| format!("{}#{}", self.file.default_id(), start.field_value()));
        match self.value("RECURRENCE-ID") {
            Some(occurrence) => format!("{uid}/{occurrence}"),
            None => uid,
        }
    }

    fn property(&self, name: &str) -> Option<&Property<'_>> {
        self.component
            .properties
            .iter()
            .find(|p| p.name.as_str().eq_ignore_ascii_case(name))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.property(name).map(|p| p.val.as_str().trim())
    }

    fn text(&self, name: &str) -> Option<String> {
        self.value(name).map(unescape)
    }

    /// The organiser's name, else the address to write to.
    fn organiser(&self) -> Option<String> {
        let organiser = self.property("ORGANIZER")?;
        let name = parameter(organiser, "CN").map(|name| name.trim_matches('"').to_owned());
        name.or_else(|| organiser.val.as_str().strip_prefix("mailto:").map(str::to_owned))
    }

    fn moment(&self, name: &str) -> Result<Option<Moment>, Refused> {
        let Some(property) = self.property(name) else {
            return Ok(None);
        };
        let value = property.val.as_str().trim();
        moment(value, parameter(property, "TZID"), self.file.context.timezone)
            .map(Some)
            .ok_or_else(|| self.invalid(name, value, "a date or a date-time of iCalendar"))
    }

    fn invalid(&self, key: &str, value: &str, expected: &'static str) -> Refused {
        let value = value.chars().take(200).collect();
        self.refuse(Reason::InvalidValue {
            key: key.to_owned(),
            value,
            expected,
        })
    }

    fn end(&self, start: Moment) -> Result<Option<Moment>, Refused> {
        let end = match self.moment("DTEND")? {
            // The file gives the day after the last one.
            Some(end) if end.all_day => {
                let last = end.at.checked_sub_days(Days::new(1)).unwrap_or(end.at);
                Some(Moment {
                    at: last.max(start.at.date().and_time(last.time())),
                    all_day: true,
                })
            }
            Some(end) => Some(end),
            None => match self.value("DURATION") {
                Some(value) => {
                    let end = duration(value).and_then(|d| start.at.checked_add_signed(d));
                    let at = end.ok_or_else(|| {
                        self.invalid("DURATION", value, "a duration of iCalendar such as PT2H")
                    })?;
                    (!start.all_day).then_some(Moment { at, all_day: false })
                }
                None => None,
            },
        };
        match end {
            Some(end) if !end.all_day && end.at < start.at => {
                Err(self.invalid("DTEND", &end.field_value(), "on or after DTSTART"))
            }
            end => Ok(end),
        }
    }

    /// The part of a rule, on the site's clocks where it is an end in UTC.
    fn local_until(&self, part: &str) -> String {
        let until = part.strip_prefix("UNTIL=").filter(|until| until.ends_with('Z'));
        match until.and_then(|until| moment(until, None, self.file.context.timezone)) {
            Some(until) => format!("UNTIL={}", compact(until)),
            None => part.to_owned(),
        }
    }

    fn recurrence(&self, replaced: &HashMap<&str, Vec<String>>) -> Result<Option<String>, Refused> {
        let Some(rule) = self.value("RRULE") else {
            return Ok(None);
        };
        let mut rule = values::recurrence(rule)
            .ok_or_else(|| self.invalid("RRULE", rule, "a rule such as FREQ=WEEKLY;BYDAY=TU"))?;
        rule = rule
            .split(';')
            .map(|part| self.local_until(part))
            .collect::<Vec<_>>()
            .join(";");
        let mut exceptions = Vec::new();
        for property in self
            .component
            .properties
            .iter()
            .filter(|p| p.name.as_str() == "EXDATE")
        {
            for value in property.val.as_str().split(',').map(str::trim) {
                let moment = moment(value, parameter(property, "TZID"), self.file.context.timezone)
                    .ok_or_else(|| self.invalid("EXDATE", value, "a date or a date-time of iCalendar"))?;
                exceptions.push(compact(moment));
            }
        }
        let series = self.value("UID").and_then(|uid| replaced.get(uid));
        exceptions.extend(series.into_iter().flatten().cloned());
        if !exceptions.is_empty() {
            rule.push_str(" EXDATE=");
            rule.push_str(&exceptions.join(","));
        }
        Ok(Some(rule))
    }
}

/// As a rule holds it: "20260407T180000", or "20260407".
fn compact(moment: Moment) -> String {
    moment
        .at
        .format(if moment.all_day { "%Y%m%d" } else { "%Y%m%dT%H%M%S" })
        .to_string()
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    let found = property
        .params
        .iter()
        .find(|p| p.key.as_str().eq_ignore_ascii_case(name))?;
    found.val.as_ref().map(icalendar::parser::ParseString::as_str)
}

/// A date or date-time on the site's clocks.
fn moment(value: &str, zone: Option<&str>, site: Tz) -> Option<Moment> {
    if value.len() == 8 {
        let day = chrono::NaiveDate::parse_from_str(value, "%Y%m%d").ok()?;
        return Some(Moment {
            at: day.and_hms_opt(0, 0, 0)?,
            all_day: true,
        });
    }
    let (local, utc) = value
        .strip_suffix('Z')
        .map_or((value, false), |local| (local, true));
    let local = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").ok()?;
    let at = if utc {
        local.and_utc().with_timezone(&site).naive_local()
    } else {
        let zone = zone
            .map(|z| z.trim_matches(['"', '/']))
            .and_then(|z| z.parse::<Tz>().ok())
            .unwrap_or(site);
        let there: Option<DateTime<Tz>> = zone.from_local_datetime(&local).earliest();
        // An hour that the clocks skip is said as written.
        there.map_or(local, |t| t.with_timezone(&site).naive_local())
    };
    Some(Moment { at, all_day: false })
}

/// "P1DT2H30M".
fn duration(value: &str) -> Option<Duration> {
    let mut rest = value
        .trim()
        .strip_prefix('+')
        .unwrap_or(value.trim())
        .strip_prefix('P')?;
    let mut total = Duration::zero();
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            in_time = true;
            rest = after;
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: i64 = rest.get(..digits)?.parse().ok().filter(|n| *n < 100_000)?;
        let mut after = rest.get(digits..)?.chars();
        let part = match (after.next()?, in_time) {
            ('W', false) => Duration::try_weeks(count),
            ('D', false) => Duration::try_days(count),
            ('H', true) => Duration::try_hours(count),
            ('M', true) => Duration::try_minutes(count),
            ('S', true) => Duration::try_seconds(count),
            _ => None,
        }?;
        total = total.checked_add(&part)?;
        rest = after.as_str();
    }
    Some(total)
}

/// Undoes the escapes of RFC 5545.
fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support;

    fn events(body: &str) -> Vec<Result<Draft, Refused>> {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}\r\nEND:VCALENDAR\r\n",
            body.replace('\n', "\r\n")
        );
        read(test_support::file("agenda.ics", &text))
    }

    fn event(lines: &str) -> Draft {
        events(&format!("BEGIN:VEVENT\nUID:1@ville\n{lines}\nEND:VEVENT"))
            .remove(0)
            .unwrap()
    }

    #[test]
    fn an_event_has_its_text_and_fields() {
        let draft = event(
            "SUMMARY:Fête de la\n  musique\nDTSTART;TZID=Europe/Paris:20260621T180000\nDTEND:20260621T210000Z\nLOCATION:Place du Parvis\\, centre\nDESCRIPTION:Concerts gratuits.\\nBuvette sur place.\nORGANIZER;CN=\"Service culture\":mailto:c@ville.example\nCATEGORIES:Musique,Plein air\nURL:https://ville.example/fete\nBEGIN:VALARM\nDESCRIPTION:non\nEND:VALARM",
        );
        let content = &draft.content;
        assert_eq!(draft.external_id.as_str(), "1@ville");
        assert_eq!(content.title, "Fête de la musique");
        assert_eq!(content.field(FieldName::Start), Some("2026-06-21T18:00:00"));
        assert_eq!(content.field(FieldName::End), Some("2026-06-21T23:00:00"));
        assert_eq!(
            content.field(FieldName::Location),
            Some("Place du Parvis, centre")
        );
        assert_eq!(content.field(FieldName::Organiser), Some("Service culture"));
        assert_eq!(content.keywords, ["Musique", "Plein air"]);
        assert!(
            content
                .text
                .as_str()
                .starts_with("Concerts gratuits.\nBuvette sur place.\n")
        );
        assert!(!content.text.as_str().contains("non"));
    }

    #[test]
    fn a_whole_day_ends_on_its_last_day() {
        let draft = event("SUMMARY:Vacances\nDTSTART;VALUE=DATE:20261219\nDTEND;VALUE=DATE:20270104");
        assert_eq!(draft.content.field(FieldName::Start), Some("2026-12-19"));
        assert_eq!(draft.content.field(FieldName::End), Some("2027-01-03"));
    }

    #[test]
    fn a_recurring_event_keeps_its_rule_and_exceptions() {
        let draft = event(
            "SUMMARY:Yoga\nDTSTART:20260106T170000Z\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z;BYDAY=TU\nEXDATE:20260407T160000Z,20260414T160000Z",
        );
        assert_eq!(draft.content.field(FieldName::End), Some("2026-01-06T19:30:00"));
        assert_eq!(
            draft.content.field(FieldName::Recurrence),
            Some("FREQ=WEEKLY;UNTIL=20260630T235959;BYDAY=TU EXDATE=20260407T180000,20260414T180000")
        );
    }

    #[test]
    fn a_cancelled_event_says_so_and_has_no_time_at_which_to_announce_it() {
        let content = event("SUMMARY:Bal\nDTSTART:20260714\nSTATUS:CANCELLED").content;
        assert_eq!(
            content.text.as_str(),
            "Cet événement, prévu le mardi 14 juillet 2026, est annulé."
        );
        assert_eq!(content.field(FieldName::Start), None);
    }

    #[test]
    fn an_occurrence_that_was_moved_or_cancelled_is_announced_by_its_series_no_more() {
        let drafts = events(
            "BEGIN:VEVENT\nUID:yoga\nSUMMARY:Yoga\nDTSTART:20260106T170000Z\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:yoga\nRECURRENCE-ID:20260407T160000Z\nSUMMARY:Yoga\nDTSTART:20260408T160000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:yoga\nRECURRENCE-ID;TZID=Europe/Paris:20260414T180000\nSUMMARY:Yoga\nDTSTART:20260414T160000Z\n\
             STATUS:CANCELLED\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:chant\nSUMMARY:Chant\nDTSTART:20260107T170000Z\nRRULE:FREQ=WEEKLY;BYDAY=WE\nEND:VEVENT",
        );
        let field = |at: usize, name| drafts[at].as_ref().unwrap().content.field(name);
        assert_eq!(
            field(0, FieldName::Recurrence),
            Some("FREQ=WEEKLY;BYDAY=TU EXDATE=20260407T180000,20260414T180000")
        );
        assert_eq!(field(1, FieldName::Start), Some("2026-04-08T18:00:00"));
        assert_eq!(field(2, FieldName::Start), None);
        assert_eq!(field(3, FieldName::Recurrence), Some("FREQ=WEEKLY;BYDAY=WE"));
    }

    #[test]
    fn a_bad_event_is_refused_alone() {
        let drafts = events(
            "BEGIN:VEVENT\nUID:1\nSUMMARY:Sans date\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART:hier\nEND:VEVENT\nBEGIN:VEVENT\nUID:3\nSUMMARY:Bien\nDTSTART:20260714\nEND:VEVENT\nBEGIN:VEVENT\nUID:4",
        );
        assert_eq!(
            drafts[0].as_ref().unwrap_err().reason,
            Reason::Missing { key: "DTSTART" }
        );
        assert!(matches!(
            drafts[1].as_ref().unwrap_err().reason,
            Reason::InvalidValue { .. }
        ));
        assert!(drafts[2].is_ok());
        assert_eq!(drafts[3].as_ref().unwrap_err().place, Place::Line(16));
    }
}
