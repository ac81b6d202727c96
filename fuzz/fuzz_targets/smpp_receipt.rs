//! Fuzzes the reading of delivery receipts and of the ids in them.
#![no_main]

use sms::message::About;
use sms::smpp::{normal_id, parse_receipt};

libfuzzer_sys::fuzz_target!(|octets: &[u8]| {
    let text = String::from_utf8_lossy(octets);
    let Some(receipt) = parse_receipt(&text) else {
        return;
    };
    let About::Theirs(id) = receipt.about else {
        panic!("a receipt's text holds the SMSC's own id");
    };
    let normal = normal_id(&id);
    assert_eq!(normal_id(&normal), normal, "a normal form is its own");
    assert!(
        receipt.error.is_none_or(|code| code.len() <= 10),
        "an error code is short"
    );
});
