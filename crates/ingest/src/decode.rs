//! Bytes to text: UTF-8, else the encoding that the file declares, else a refusal that names the byte.

use crate::{Format, MAX_FILE_BYTES, Place, Reason, Refused};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// How far into a file a declaration of its encoding is looked for, as browsers do.
const DECLARATION_BYTES: usize = 1024;

pub(crate) fn decode<'a>(name: &str, bytes: &'a [u8], format: Format) -> Result<Cow<'a, str>, Refused> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Refused::whole(
            name,
            Reason::TooLarge {
                limit: MAX_FILE_BYTES,
            },
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let invalid_at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error.valid_up_to(),
    };
    let declared = match format {
        Format::Html | Format::Comarquage => declared_encoding(bytes),
        Format::Markdown | Format::ICalendar | Format::QuestionAnswers | Format::PlainText => None,
    };
    if let Some(encoding) = declared.filter(|e| *e != encoding_rs::UTF_8) {
        let (text, _, replaced) = encoding.decode(bytes);
        if !replaced {
            return Ok(text);
        }
    }
    let encoding = declared.unwrap_or(encoding_rs::UTF_8).name().to_owned();
    Err(Refused::new(
        name,
        Place::Byte(invalid_at),
        Reason::NotText { encoding },
    ))
}

/// The encoding of an XML declaration or of an HTML `meta`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]).to_ascii_lowercase();
    let after = ["encoding=", "charset="]
        .iter()
        .find_map(|mark| head.split_once(mark))?
        .1;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_its_declared_encoding_is_read() {
        let page = b"<meta charset=\"iso-8859-1\"><p>d\xe9ch\xe8terie</p>";
        assert!(
            decode("p.html", page, Format::Html)
                .unwrap()
                .contains("déchèterie")
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        let refused = decode("notes.md", b"bonjour \xe9t\xe9", Format::Markdown).unwrap_err();
        assert_eq!(refused.place, Place::Byte(8));
        assert_eq!(
            refused.to_string(),
            "notes.md, byte 8: it is not UTF-8 text; save it as UTF-8"
        );
    }

    #[test]
    fn a_file_above_the_limit_is_refused_before_it_is_read() {
        let refused = decode("page.html", &vec![b' '; 50 * 1024 * 1024], Format::Html).unwrap_err();
        assert_eq!(
            refused.reason,
            Reason::TooLarge {
                limit: MAX_FILE_BYTES
            }
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(
            decode("a.txt", b"\xef\xbb\xbfoui", Format::PlainText).unwrap(),
            "oui"
        );
    }
}
