//! Queries and forms, in whatever charset a gateway writes them.

use encoding_rs::Encoding;
use percent_encoding::percent_decode;

use super::Refusal;

/// More would be no gateway's.
const MAX_PARAMETERS: usize = 1000;

/// Parameters in their order, as octets: their charset may be told by one of them.
pub(crate) struct Parameters(Vec<(Vec<u8>, Vec<u8>)>);

impl Parameters {
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Refusal> {
        let mut pairs = Vec::new();
        for pair in text.split(|&b| b == b'&').filter(|pair| !pair.is_empty()) {
            if pairs.len() == MAX_PARAMETERS {
                return Err(Refusal::malformed("it has too many parameters"));
            }
            let at = pair.iter().position(|&b| b == b'=');
            let (name, value) = at.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
            pairs.push((decode(name), decode(value)));
        }
        Ok(Self(pairs))
    }

    /// The octets of the first parameter of that name.
    pub(crate) fn octets(&self, name: &str) -> Option<&[u8]> {
        let (_, value) = self.0.iter().find(|(given, _)| given == name.as_bytes())?;
        Some(value)
    }

    /// The first parameter of that name, when it is UTF-8.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        str::from_utf8(self.octets(name)?).ok()
    }

    /// All of them as text.
    pub(crate) fn decoded(self, charset: &'static Encoding) -> Result<Vec<(String, String)>, Refusal> {
        let text = |octets: &[u8]| {
            charset
                .decode_without_bom_handling_and_without_replacement(octets)
                .map(std::borrow::Cow::into_owned)
                .ok_or_else(|| Refusal::malformed(format!("a parameter is not {}", charset.name())))
        };
        self.0
            .iter()
            .map(|(name, value)| Ok((text(name)?, text(value)?)))
            .collect()
    }
}

fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
    percent_decode(&spaced).collect()
}

/// The charset of a label as the Encoding Standard names them.
pub(crate) fn charset(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_in_their_charset() {
        let read = |text: &str, label: &str| {
            Parameters::parse(text.as_bytes())
                .unwrap()
                .decoded(charset(label).unwrap())
        };
        let expected = vec![
            ("text".to_owned(), "été + 3".to_owned()),
            ("empty".to_owned(), String::new()),
        ];
        assert_eq!(
            read("text=%C3%A9t%c3%a9+%2B+3&&empty", "utf-8"),
            Ok(expected.clone())
        );
        assert_eq!(read("text=%E9t%E9+%2B+3&empty=", "ISO-8859-15"), Ok(expected));
        assert_eq!(
            read("text=%E9", "utf-8"),
            Err(Refusal::malformed("a parameter is not UTF-8"))
        );
    }

    #[test]
    fn a_thousand_parameters_are_read_and_no_more() {
        assert!(Parameters::parse("a=1&".repeat(1000).as_bytes()).is_ok());
        assert!(Parameters::parse("a=1&".repeat(1001).as_bytes()).is_err());
    }
}
