//! Fuzzes the reader of the State's fiches.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::Comarquage, "F1.xml", bytes));
