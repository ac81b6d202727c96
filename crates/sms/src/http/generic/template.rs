//! Texts with blanks: "Bearer {secret.token}".

use std::borrow::Cow;
use std::str::FromStr;

use serde::Deserialize;

/// A text with blanks of some kind; "{{" and "}}" stand for braces.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String", bound = "B: FromStr<Err = String>")]
pub struct Template<B>(Vec<Piece<B>>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<B> {
    Text(String),
    Blank(B),
}

impl<B: FromStr<Err = String>> TryFrom<String> for Template<B> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            literal.push_str(before);
            if from.starts_with("{{") || from.starts_with("}}") {
                literal.push_str(&from[..1]);
                rest = &from[2..];
                continue;
            }
            let (name, after) = from
                .strip_prefix('{')
                .and_then(|from| from.split_once('}'))
                .ok_or_else(|| {
                    format!("`{text}` has a brace without its fellow; write \"{{{{\" or \"}}}}\" for a brace")
                })?;
            if !literal.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Blank(name.parse()?));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        Ok(Self(pieces))
    }
}

impl<B> Template<B> {
    pub(super) fn blanks(&self) -> impl Iterator<Item = &B> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Blank(blank) => Some(blank),
        })
    }

    /// The blank, when there is nothing else.
    pub(super) fn alone(&self) -> Option<&B> {
        match self.0.as_slice() {
            [Piece::Blank(blank)] => Some(blank),
            _ => None,
        }
    }

    /// The text with its blanks filled.
    pub(super) fn fill(&self, with: impl Fn(&B) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Blank(blank) => with(blank),
            })
            .collect()
    }

    /// The same, where blanks hold octets of any charset.
    pub(super) fn fill_octets<'v>(&self, with: impl Fn(&B) -> Cow<'v, [u8]>) -> Vec<u8> {
        let mut octets = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => octets.extend_from_slice(text.as_bytes()),
                Piece::Blank(blank) => octets.extend_from_slice(&with(blank)),
            }
        }
        octets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Letter(String);

    impl FromStr for Letter {
        type Err = String;

        fn from_str(name: &str) -> Result<Self, String> {
            (name.len() == 1)
                .then(|| Self(name.to_owned()))
                .ok_or_else(|| format!("no blank {name}"))
        }
    }

    #[test]
    fn blanks_are_filled_and_doubled_braces_are_braces() {
        let fill = |text: &str| {
            let template = Template::<Letter>::try_from(text.to_owned())?;
            Ok::<_, String>(template.fill(|letter| letter.0.to_uppercase()))
        };
        assert_eq!(fill("été {a}{b} {{c}} é").as_deref(), Ok("été AB {c} é"));
        assert_eq!(fill("").as_deref(), Ok(""));
        for wrong in ["{", "}", "{a", "a}", "{ab}", "{}", "{é}"] {
            assert!(fill(wrong).is_err(), "{wrong}");
        }
    }
}
