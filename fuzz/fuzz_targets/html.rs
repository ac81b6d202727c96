//! Fuzzes the reader of web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::Html, "page.html", bytes));
