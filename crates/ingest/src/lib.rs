//! Bytes to drafts: Markdown, HTML, calendars, questions and answers, the State's fiches.
//!
//! Pure functions, no network, no database. Every reader builds its text with
//! [`domain::text::TextBuilder`] and checks the content before it hands a draft out, so a span that
//! does not fit its text cannot leave this crate.

pub mod archive;
mod calendar;
mod comarquage;
pub mod corpus;
mod decode;
mod flow;
mod front_matter;
mod html;
mod markdown;
mod plain_text;
mod question_answers;
mod refused;
mod table;
#[cfg(test)]
mod test_support;
mod values;

pub use refused::{ArchiveFault, Held, Place, Reason, Refused};

use domain::document::Draft;

/// The largest single file that is read.
pub const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;

/// Elements inside elements, beyond which a file is refused.
const MAX_DEPTH: usize = 256;

/// What a reader needs to know of its site.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where the site's clocks are read.
    pub timezone: chrono_tz::Tz,
    /// The site's own address: only pages under its host are its own.
    pub base_url: Option<url::Url>,
}

/// A format that this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// An iCalendar file: one draft an event.
    ICalendar,
    /// One fiche of "Vos droits et démarches", co-marquage XML.
    Comarquage,
    /// JSON lines `{"question", "answer", "id"?, "url"?}`: one draft a line.
    QuestionAnswers,
    /// Text without marks.
    PlainText,
}

impl Format {
    /// The format that a file's name announces.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        Some(match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" => Self::Html,
            "ics" => Self::ICalendar,
            "xml" => Self::Comarquage,
            "jsonl" => Self::QuestionAnswers,
            "txt" => Self::PlainText,
            _ => return None,
        })
    }
}

/// Reads one file into its drafts; `name` is its path or URL, used in errors and as the default external id.
#[must_use]
pub fn read(format: Format, name: &str, bytes: &[u8], context: &Context) -> Vec<Result<Draft, Refused>> {
    let text = match decode::decode(name, bytes, format) {
        Ok(text) => text,
        Err(refused) => return vec![Err(refused)],
    };
    let file = File {
        name,
        text: &text,
        context,
    };
    match format {
        Format::Markdown => vec![markdown::read(file)],
        Format::Html => vec![html::read(file)],
        Format::ICalendar => calendar::read(file),
        Format::Comarquage => vec![comarquage::read(file)],
        Format::QuestionAnswers => question_answers::read(file),
        Format::PlainText => vec![plain_text::read(file)],
    }
}

/// A file on its way through a reader.
#[derive(Debug, Clone, Copy)]
struct File<'a> {
    /// Its path or URL.
    name: &'a str,
    /// Its text.
    text: &'a str,
    /// Its site.
    context: &'a Context,
}

impl File<'_> {
    fn refuse(&self, place: Place, reason: impl Into<Reason>) -> Refused {
        Refused::new(self.name, place, reason.into())
    }

    /// The path within its source, without extension; a URL stays whole.
    fn default_id(&self) -> &str {
        if self.web_address().is_some() {
            return self.name;
        }
        let path = self.name.rsplit_once('!').map_or(self.name, |(_, entry)| entry);
        let path = path.trim_start_matches("./");
        match path.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() && !stem.ends_with('/') => stem,
            _ => path,
        }
    }

    /// The name, where it is the web address that the file was read from.
    fn web_address(&self) -> Option<&str> {
        (self.name.starts_with("https://") || self.name.starts_with("http://")).then_some(self.name)
    }
}
