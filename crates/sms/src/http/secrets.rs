//! Secrets by name: looked up once, compared in constant time, never shown.

use std::collections::BTreeMap;
use std::fmt;

use subtle::ConstantTimeEq;

use super::ConfigurationError;

/// A secret. Its `Debug` hides it.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Whether what was given is the secret, in a time that tells nothing but its length.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(given).into()
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The secrets that configurations may name. `Debug` shows the names alone.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, Secret>);

impl Secrets {
    pub(crate) fn get(&self, name: &str) -> Result<Secret, ConfigurationError> {
        // An empty secret would be matched by nothing at all.
        self.0
            .get(name)
            .filter(|secret| !secret.0.is_empty())
            .cloned()
            .ok_or_else(|| ConfigurationError::Secret(name.to_owned()))
    }
}

impl<N: Into<String>, S: Into<String>> FromIterator<(N, S)> for Secrets {
    fn from_iter<I: IntoIterator<Item = (N, S)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, secret)| (name.into(), Secret(secret.into())))
                .collect(),
        )
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_never_show_and_empty_ones_are_not_given() {
        let secrets: Secrets = [("token", "très secret"), ("empty", "")].into_iter().collect();
        let token = secrets.get("token").unwrap();
        assert_eq!(format!("{secrets:?} {token:?}"), r#"{"empty", "token"} Secret"#);
        assert!(token.is("très secret".as_bytes()));
        assert!(!token.is(b"") && !token.is("très secre".as_bytes()) && !token.is("très secreT".as_bytes()));
        for name in ["empty", "other"] {
            assert_eq!(
                secrets.get(name).unwrap_err(),
                ConfigurationError::Secret(name.into())
            );
        }
    }
}
