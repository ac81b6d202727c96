//! Front matter of a Markdown file: its keys and their checks.
//!
//! Between two `---` lines, YAML; between two `+++` lines, TOML; both with the same keys. A key that is not
//! known is refused with its line: a mistyped `valid_untill` must not pass for a page without an end.

mod fields;

use crate::values::{self, Moment};
use crate::{File, Place, Reason, Refused};
use chrono::NaiveDate;
use domain::document::{Audience, DocumentKind, Level, Validity};
pub(crate) use fields::write_times;
use serde::Deserialize;

/// Front matter beyond this is no front matter.
const MAX_BYTES: usize = 64 * 1024;

/// What the front matter says, checked.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<String>,
    pub(crate) kind: Option<DocumentKind>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) audience: Option<Audience>,
    pub(crate) keywords: Vec<String>,
    pub(crate) questions: Vec<String>,
    pub(crate) validity: Validity,
    pub(crate) modified: Option<NaiveDate>,
    place: Option<PlaceKeys>,
    event: Option<Event>,
    organisation: Option<Organisation>,
}

/// The keys as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Keys {
    id: Option<String>,
    kind: Option<String>,
    title: Option<String>,
    url: Option<String>,
    language: Option<String>,
    owner: Option<String>,
    audience: Option<String>,
    keywords: Vec<String>,
    questions: Vec<String>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    review_by: Option<String>,
    modified: Option<String>,
    place: Option<PlaceKeys>,
    event: Option<EventKeys>,
    organisation: Option<OrganisationKeys>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PlaceKeys {
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    website: Option<String>,
    opening_hours: Option<String>,
    hours_note: Option<String>,
    closures: Vec<Closure>,
    accessibility: Option<String>,
    aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closure {
    from: String,
    to: String,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct EventKeys {
    start: Option<String>,
    end: Option<String>,
    location: Option<String>,
    organiser: Option<String>,
    price: Option<String>,
    booking: Option<String>,
    rrule: Option<String>,
}

#[derive(Debug)]
struct Event {
    start: Moment,
    end: Option<Moment>,
    recurrence: Option<String>,
    keys: EventKeys,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OrganisationKeys {
    level: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<String>,
    website: Option<String>,
    opening_hours: Option<String>,
    competences: Vec<Competence>,
}

#[derive(Debug)]
struct Organisation {
    level: Level,
    keys: OrganisationKeys,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Competence {
    subject: String,
    #[serde(default)]
    terms: Vec<String>,
}

/// The front matter and the body; the line on which the body starts.
pub(crate) fn split<'a>(file: &File<'a>) -> Result<(FrontMatter, &'a str), Refused> {
    let (mark, toml) = if file.text.starts_with("---") {
        ("---", false)
    } else if file.text.starts_with("+++") {
        ("+++", true)
    } else {
        return Ok((FrontMatter::default(), file.text));
    };
    let mut offset = 0;
    let mut start = None;
    for line in file.text.split_inclusive('\n') {
        let end = offset + line.len();
        if line.trim_end() == mark {
            if let Some(start) = start {
                let reader = Reader {
                    file,
                    source: &file.text[start..offset],
                    toml,
                };
                return Ok((reader.read()?, &file.text[end..]));
            }
            start = Some(end);
        } else if start.is_none() {
            // A thematic break or text that happens to start like a mark.
            return Ok((FrontMatter::default(), file.text));
        }
        offset = end;
    }
    // A lone "---" opening a file without a second one is a thematic break.
    Ok((FrontMatter::default(), file.text))
}

/// Reads and checks the text between the marks.
struct Reader<'a> {
    file: &'a File<'a>,
    source: &'a str,
    toml: bool,
}

impl Reader<'_> {
    fn read(&self) -> Result<FrontMatter, Refused> {
        if self.source.len() > MAX_BYTES {
            let limit = MAX_BYTES as u64;
            return Err(self.file.refuse(Place::Line(1), Reason::TooLarge { limit }));
        }
        let keys = if self.toml {
            self.read_toml()?
        } else {
            self.read_yaml()?
        };
        self.check(keys)
    }

    fn read_yaml(&self) -> Result<Keys, Refused> {
        if self.source.trim().is_empty() {
            return Ok(Keys::default());
        }
        let options = serde_saphyr::options! { with_snippet: false };
        serde_saphyr::from_str_with_options(self.source, options).map_err(|error| {
            // The mark is the file's first line.
            let line = error
                .location()
                .map_or(1, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
            let reason = match &error {
                serde_saphyr::Error::SerdeUnknownField { field, expected, .. } => {
                    unknown_key(field, expected)
                }
                other => Reason::FrontMatter(other.to_string()),
            };
            self.file.refuse(Place::Line(line), reason)
        })
    }

    fn read_toml(&self) -> Result<Keys, Refused> {
        let refuse =
            |line, message: String| self.file.refuse(Place::Line(line), Reason::FrontMatter(message));
        let table: toml::Table = toml::from_str(self.source).map_err(|error| {
            let before = error
                .span()
                .and_then(|span| self.source.get(..span.start))
                .unwrap_or_default();
            refuse(before.matches('\n').count() + 2, error.message().to_owned())
        })?;
        let value = toml_dates_as_text(toml::Value::Table(table));
        value.try_into().map_err(|error: toml::de::Error| {
            let message = error.message();
            let field = message
                .strip_prefix("unknown field `")
                .and_then(|rest| rest.split_once('`'));
            match field {
                Some((field, rest)) => {
                    let known = rest.trim_start_matches(", expected one of ").replace('`', "");
                    let reason = Reason::UnknownKey {
                        key: field.to_owned(),
                        known,
                    };
                    self.file.refuse(self.line_of(field, ""), reason)
                }
                None => refuse(1, message.to_owned()),
            }
        })
    }

    fn check(&self, keys: Keys) -> Result<FrontMatter, Refused> {
        let kind = self.parsed(
            "kind",
            keys.kind.as_ref(),
            DocumentKind::parse,
            "page, procedure, place, event, faq, notice or organisation",
        )?;
        let kind = kind.or(match (&keys.place, &keys.event, &keys.organisation) {
            (Some(_), ..) => Some(DocumentKind::Place),
            (_, Some(_), _) => Some(DocumentKind::Event),
            (.., Some(_)) => Some(DocumentKind::Organisation),
            _ => None,
        });
        if kind == Some(DocumentKind::Event) && keys.event.is_none() {
            return Err(self.missing("event.start"));
        }
        if kind == Some(DocumentKind::Organisation) && keys.organisation.is_none() {
            return Err(self.missing("organisation.level"));
        }
        let day = |key, value: &Option<String>| {
            self.parsed(key, value.as_ref(), values::day, "a day such as 2026-03-28")
        };
        let validity = Validity {
            from: day("valid_from", &keys.valid_from)?,
            until: day("valid_until", &keys.valid_until)?,
            review_by: day("review_by", &keys.review_by)?,
        };
        if validity
            .from
            .zip(validity.until)
            .is_some_and(|(from, until)| until < from)
        {
            let until = keys.valid_until.unwrap_or_default();
            return Err(self.invalid("valid_until", &until, "a day on or after valid_from"));
        }
        self.web_address("url", keys.url.as_ref())?;
        let language = keys.language.as_ref();
        Ok(FrontMatter {
            modified: day("modified", &keys.modified)?,
            audience: self.parsed(
                "audience",
                keys.audience.as_ref(),
                audience,
                "particuliers, associations or entreprises",
            )?,
            language: self.parsed("language", language, language_code, "a language code such as fr")?,
            place: keys.place.map(|place| self.place(place)).transpose()?,
            event: keys.event.map(|event| self.event(event)).transpose()?,
            organisation: keys
                .organisation
                .map(|body| self.organisation(body))
                .transpose()?,
            id: keys.id,
            kind,
            title: keys.title,
            url: keys.url,
            owner: keys.owner,
            keywords: keys.keywords,
            questions: keys.questions,
            validity,
        })
    }

    fn place(&self, place: PlaceKeys) -> Result<PlaceKeys, Refused> {
        self.contact(place.phone.as_ref(), place.email.as_ref(), place.website.as_ref())?;
        self.opening_hours(place.opening_hours.as_ref())?;
        for closure in &place.closures {
            let day = |key, value| self.parsed(key, Some(value), values::day, "a day such as 2026-12-24");
            if day("to", &closure.to)? < day("from", &closure.from)? {
                return Err(self.invalid("to", &closure.to, "a day on or after the closure's first"));
            }
        }
        Ok(place)
    }

    fn event(&self, event: EventKeys) -> Result<Event, Refused> {
        let expected = "a day such as 2026-03-28, or a time such as 2026-03-28T18:00";
        let start = self.parsed("start", event.start.as_ref(), values::day_or_time, expected)?;
        let start = start.ok_or_else(|| self.missing("event.start"))?;
        let end = self.parsed("end", event.end.as_ref(), values::day_or_time, expected)?;
        // An event of one day may start at a time and end on that day.
        if end.is_some_and(|end| {
            if end.all_day {
                end.at.date() < start.at.date()
            } else {
                end.at < start.at
            }
        }) {
            return Err(self.invalid("end", &event.end.unwrap_or_default(), "on or after the start"));
        }
        let recurrence = self.parsed(
            "rrule",
            event.rrule.as_ref(),
            values::recurrence,
            "a rule such as FREQ=WEEKLY;BYDAY=TU",
        )?;
        Ok(Event {
            start,
            end,
            recurrence,
            keys: event,
        })
    }

    fn organisation(&self, body: OrganisationKeys) -> Result<Organisation, Refused> {
        self.contact(body.phone.as_ref(), body.email.as_ref(), body.website.as_ref())?;
        self.opening_hours(body.opening_hours.as_ref())?;
        let expected = "municipal, intercommunal, departmental, regional, state or other";
        let level = self.parsed("level", body.level.as_ref(), level, expected)?;
        let level = level.ok_or_else(|| self.missing("organisation.level"))?;
        Ok(Organisation { level, keys: body })
    }

    fn contact(
        &self,
        phone: Option<&String>,
        email: Option<&String>,
        website: Option<&String>,
    ) -> Result<(), Refused> {
        if let Some(phone) = phone.filter(|p| !values::is_phone(p.trim())) {
            return Err(self.invalid("phone", phone, "a phone number alone (notes go into hours_note)"));
        }
        if let Some(email) = email.filter(|e| !values::is_email(e.trim())) {
            return Err(self.invalid("email", email, "an e-mail address"));
        }
        self.web_address("website", website)
    }

    fn web_address(&self, key: &'static str, value: Option<&String>) -> Result<(), Refused> {
        match value.filter(|v| !values::is_web_address(v.trim())) {
            Some(value) => Err(self.invalid(key, value, "a web address starting with https:// or http://")),
            None => Ok(()),
        }
    }

    fn opening_hours(&self, value: Option<&String>) -> Result<(), Refused> {
        match value.filter(|v| !values::is_opening_hours(v.trim())) {
            Some(hours) => {
                let expected = "opening hours in OpenStreetMap syntax, such as Mo-Fr 09:00-12:00; PH off";
                Err(self.invalid("opening_hours", hours, expected))
            }
            None => Ok(()),
        }
    }

    fn parsed<T>(
        &self,
        key: &'static str,
        value: Option<&String>,
        parse: impl Fn(&str) -> Option<T>,
        expected: &'static str,
    ) -> Result<Option<T>, Refused> {
        value
            .map(|v| parse(v).ok_or_else(|| self.invalid(key, v, expected)))
            .transpose()
    }

    fn invalid(&self, key: &str, value: &str, expected: &'static str) -> Refused {
        let reason = Reason::InvalidValue {
            key: key.to_owned(),
            value: value.chars().take(200).collect(),
            expected,
        };
        self.file.refuse(self.line_of(key, value), reason)
    }

    fn missing(&self, key: &'static str) -> Refused {
        self.file.refuse(Place::Line(1), Reason::Missing { key })
    }

    /// The first line that holds the key and the value, else the value, else the key.
    fn line_of(&self, key: &str, value: &str) -> Place {
        let first_word = value.split_whitespace().next().unwrap_or_default();
        let has_key = |line: &str| {
            line.trim_start_matches([' ', '-', '{', '[']).starts_with(key)
                || line.contains(&format!("{key}:"))
        };
        let found = |wanted: &dyn Fn(&str) -> bool| self.source.lines().position(wanted);
        let line = found(&|line| has_key(line) && line.contains(first_word))
            .or_else(|| found(&|line| !first_word.is_empty() && line.contains(first_word)))
            .or_else(|| found(&has_key));
        Place::Line(line.map_or(1, |line| line + 2))
    }
}

fn unknown_key(field: &str, expected: &[&str]) -> Reason {
    Reason::UnknownKey {
        key: field.to_owned(),
        known: expected.join(", "),
    }
}

/// TOML has dates of its own; the keys hold text.
fn toml_dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Integer(number) => toml::Value::String(number.to_string()),
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(toml_dates_as_text).collect()),
        toml::Value::Table(table) => toml::Value::Table(
            table
                .into_iter()
                .map(|(key, value)| (key, toml_dates_as_text(value)))
                .collect(),
        ),
        other => other,
    }
}

fn audience(name: &str) -> Option<Audience> {
    Some(match name.trim() {
        "particuliers" => Audience::Particuliers,
        "associations" => Audience::Associations,
        "entreprises" => Audience::Entreprises,
        _ => return None,
    })
}

fn level(name: &str) -> Option<Level> {
    Some(match name.trim() {
        "municipal" => Level::Municipal,
        "intercommunal" => Level::Intercommunal,
        "departmental" => Level::Departmental,
        "regional" => Level::Regional,
        "state" => Level::State,
        "other" => Level::Other,
        _ => return None,
    })
}

/// The primary language of a BCP 47 tag, in lower case.
pub(crate) fn language_code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?;
    let plausible = (2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic());
    plausible.then(|| primary.to_ascii_lowercase())
}
