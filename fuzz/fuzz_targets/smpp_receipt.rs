//! Fuzzes the reading of delivery receipts and of the ids in them.
#![no_main]

use sms::message::About;
use sms::smpp::{id_forms, normal_id, parse_receipt, same_id};

libfuzzer_sys::fuzz_target!(|octets: &[u8]| {
    let text = String::from_utf8_lossy(octets);
    let Some(receipt) = parse_receipt(&text) else {
        return;
    };
    let About::Theirs(id) = receipt.about else {
        panic!("a receipt's text holds the SMSC's own id");
    };
    assert!(same_id(&id, &id), "an id is itself");
    for form in id_forms(&id) {
        assert!(
            same_id(&id, &form) && same_id(&form, &id),
            "forms of one id are one id"
        );
        assert_eq!(normal_id(&form), form, "forms are normal");
    }
    assert!(
        receipt.error.is_none_or(|code| code.len() <= 10),
        "an error code is short"
    );
});
