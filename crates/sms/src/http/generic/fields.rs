//! Fields of a webhook or an answer, found by path.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// A field's path: "results[0].message-id". In a query or a form it is the parameter's name, as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Path {
    text: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl TryFrom<String> for Path {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a path; write one as \"results[0].id\"");
        let mut steps = Vec::new();
        for piece in text.split('.') {
            let (key, mut indexes) = piece.split_at(piece.find('[').unwrap_or(piece.len()));
            if !key.is_empty() {
                steps.push(Step::Key(key.to_owned()));
            } else if indexes.is_empty() {
                return Err(wrong());
            }
            while !indexes.is_empty() {
                let (index, rest) = indexes
                    .strip_prefix('[')
                    .and_then(|it| it.split_once(']'))
                    .ok_or_else(wrong)?;
                steps.push(Step::Index(index.parse().map_err(|_| wrong())?));
                indexes = rest;
            }
        }
        Ok(Self { text, steps })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Path {
    /// What is there in a JSON value.
    pub(super) fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.steps.iter().try_fold(value, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }

    /// The text, number or truth value that is there in a JSON value.
    pub(super) fn text<'v>(&self, value: &'v Value) -> Option<Cow<'v, str>> {
        scalar(self.find(value)?)
    }
}

fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The fields of a webhook, or of one of the items in it.
#[derive(Clone, Copy)]
pub(super) enum Document<'d> {
    Pairs(&'d [(String, String)]),
    Json(&'d Value),
}

impl<'d> Document<'d> {
    pub(super) fn get(self, path: &Path) -> Option<Cow<'d, str>> {
        match self {
            Self::Pairs(pairs) => {
                let (_, value) = pairs.iter().find(|(name, _)| *name == path.text)?;
                Some(Cow::Borrowed(value))
            }
            Self::Json(value) => path.text(value),
        }
    }

    /// The fields of the first level, sorted by name.
    pub(super) fn sorted(self) -> Vec<(&'d str, Cow<'d, str>)> {
        let mut pairs: Vec<_> = match self {
            Self::Pairs(pairs) => pairs
                .iter()
                .map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())))
                .collect(),
            Self::Json(value) => value
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(name, value)| Some((name.as_str(), scalar(value)?)))
                .collect(),
        };
        pairs.sort_unstable();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<Path, String> {
        Path::try_from(text.to_owned())
    }

    #[test]
    fn paths_lead_into_objects_and_arrays() {
        let value = serde_json::json!({"a": {"b-c": [[1, "deux"], null]}, "d": true});
        let text = |at: &str| path(at).unwrap().text(&value).map(Cow::into_owned);
        assert_eq!(text("a.b-c[0][1]").as_deref(), Some("deux"));
        assert_eq!(text("a.b-c[0][0]").as_deref(), Some("1"));
        assert_eq!(text("d").as_deref(), Some("true"));
        for nothing in ["a", "a.b-c", "a.b-c[1]", "a.b-c[9]", "a.x", "d.e", "[0]"] {
            assert_eq!(text(nothing), None, "{nothing}");
        }
        let array = serde_json::json!([{"id": 7}]);
        assert_eq!(path("[0].id").unwrap().text(&array).as_deref(), Some("7"));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for wrong in ["", ".", "a.", "a[", "a[x]", "a[0]b", "a]"] {
            // "a]" is a name that a form may have.
            assert_eq!(path(wrong).is_ok(), wrong == "a]", "{wrong}");
        }
    }
}
