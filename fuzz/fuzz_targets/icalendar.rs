//! Fuzzes the reader of calendars.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(ingest::Format::ICalendar, "agenda.ics", bytes));
