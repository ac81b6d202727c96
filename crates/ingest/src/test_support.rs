//! What the tests of several readers need.

use crate::{Context, File};
use std::sync::LazyLock;

static CONTEXT: LazyLock<Context> = LazyLock::new(|| Context {
    timezone: chrono_tz::Europe::Paris,
    base_url: url::Url::parse("https://www.ville.example/").ok(),
});

/// A file of the test's site.
pub(crate) fn file<'a>(name: &'a str, text: &'a str) -> File<'a> {
    File {
        name,
        text,
        context: &CONTEXT,
    }
}
