//! Fuzzes the reader of user data headers.
#![no_main]

use sms::gsm::udh;

libfuzzer_sys::fuzz_target!(|message: &[u8]| match udh::parse(message) {
    Ok((header, text)) => {
        assert_eq!(header.octets + text.len(), message.len());
        if let Some(place) = header.concatenation {
            assert!((1..=place.total).contains(&place.part), "a place among the parts");
        }
    }
    Err(malformed) => assert!(!malformed.to_string().is_empty()),
});
