//! Fuzzes the reader of Markdown and its front matter.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::Markdown, "page.md", bytes));
