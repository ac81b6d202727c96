//! Fuzzes the reader of an exam's corpus.
#![no_main]

libfuzzer_sys::fuzz_target!(|row: &str| fuzz::check(ingest::corpus::read_row(
    "corpus.jsonl",
    1,
    row,
    &fuzz::context()
)));
