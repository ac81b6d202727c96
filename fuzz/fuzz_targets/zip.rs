//! Fuzzes the reader of archives.
#![no_main]

use ingest::archive::{Limits, read_zip};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        entries: 100,
        entry_bytes: 1 << 20,
        total_bytes: 4 << 20,
        ..Limits::default()
    };
    let outcome = read_zip(
        "a.zip",
        std::io::Cursor::new(bytes),
        &limits,
        &fuzz::context(),
        fuzz::check,
    );
    if let Err(refused) = outcome {
        assert!(!refused.to_string().is_empty());
    }
});
