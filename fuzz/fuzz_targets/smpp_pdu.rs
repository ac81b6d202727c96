//! Fuzzes the reading of what an SMSC delivers: headers, fields, optional parameters, user data headers and text.
#![no_main]

use sms::message::Incoming;
use sms::smpp::{Charset, read_pdu};

libfuzzer_sys::fuzz_target!(|octets: &[u8]| {
    check(octets);
    // The same octets as the body of a PDU whose header is right, so that bodies are reached at once.
    if let Some((command, body)) = octets.split_first() {
        let command = if command % 2 == 0 { 0x05_u32 } else { 0x103 };
        let length = u32::try_from(body.len() + 16).expect("a short input");
        let header = [length, command, 0, 1].map(u32::to_be_bytes).concat();
        check(&[&header, body].concat());
    }
});

fn check(pdu: &[u8]) {
    for charset in [Charset::Gsm, Charset::Latin1] {
        if let Some(Incoming::Message(message)) = read_pdu(pdu, charset) {
            assert!(message.text.chars().count() <= pdu.len(), "text from nowhere");
            assert!(
                message
                    .concatenation
                    .is_none_or(|place| (1..=place.total).contains(&place.part)),
                "a place that cannot be"
            );
        }
    }
}
