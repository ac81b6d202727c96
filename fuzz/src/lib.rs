//! What every fuzz target of the readers asserts.

use domain::document::Draft;
use ingest::{Context, Format, Refused};

/// A site to read for.
pub fn context() -> Context {
    Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: url::Url::parse("https://www.ville.example/").ok(),
    }
}

/// A draft fits its text and has no empty block; a refusal can be shown.
pub fn check(outcome: Result<Draft, Refused>) {
    match outcome {
        Ok(draft) => {
            draft.content.check().expect("spans fit the text");
            for block in &draft.content.blocks {
                let text = draft
                    .content
                    .text
                    .slice(block.span)
                    .expect("a block is a span of the text");
                assert!(!text.trim().is_empty(), "empty block {block:?}");
            }
        }
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
}

/// Reads `bytes` as `format` and checks all that comes out.
pub fn read(format: Format, name: &str, bytes: &[u8]) {
    ingest::read(format, name, bytes, &context())
        .into_iter()
        .for_each(check);
}
