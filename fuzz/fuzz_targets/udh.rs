//! Fuzzes the reader of user data headers, and the putting together of the parts that they tell of.
#![no_main]

use sms::gsm::{DataCoding, decode, udh};
use sms::reassembly::{Part, complete, so_far};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // One message after another, each behind an octet that says its length.
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some((&length, after)) = rest.split_first() {
        let (message, following) = after.split_at(usize::from(length).min(after.len()));
        rest = following;
        match udh::parse(message) {
            Ok((header, text)) => {
                assert_eq!(header.octets + text.len(), message.len());
                let text = decode(text, DataCoding::Gsm);
                parts.extend(
                    header
                        .concatenation
                        .map(|concatenation| Part { concatenation, text }),
                );
            }
            Err(malformed) => assert!(!malformed.to_string().is_empty()),
        }
    }
    let there = so_far(&parts);
    assert_eq!(there.is_none(), parts.is_empty());
    let whole = there
        .filter(|there| there.missing.is_empty())
        .map(|there| there.text);
    assert_eq!(complete(&parts), whole);
});
