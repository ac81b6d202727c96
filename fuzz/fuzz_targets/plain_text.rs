//! Fuzzes the reader of text without marks.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::PlainText, "page.txt", bytes));
