//! Fuzzes the reader of questions and answers.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::QuestionAnswers, "faq.jsonl", bytes));
