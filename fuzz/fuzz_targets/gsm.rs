//! Fuzzes the readers of message text, and what a text becomes when it is sent.
#![no_main]

use sms::gsm::{DataCoding, Encoding, Form, Text, decode, fit, segments_of, udh};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for coding in [
        DataCoding::Gsm,
        DataCoding::Ascii,
        DataCoding::Latin1,
        DataCoding::Ucs2,
    ] {
        send(&decode(bytes, coding));
    }
    send(&String::from_utf8_lossy(bytes));
});

/// Sends a text to ourselves.
fn send(text: &str) {
    assert!(segments_of(fit(text, 2)) <= 2);
    let sent = Text::new(text);
    let Ok(segments) = sent.segments(7) else {
        return assert!(segments_of(text) > 255);
    };
    let mut back = String::new();
    for segment in &segments {
        assert!(segment.octets(Form::Packed).len() <= 140);
        let octets = segment.octets(Form::Unpacked);
        let text = match segment.concatenation {
            Some(place) => {
                let (header, text) = udh::parse(&octets).expect("our own header is read");
                assert_eq!(header.concatenation, Some(place));
                text
            }
            None => &octets,
        };
        back.push_str(&match segment.encoding {
            Encoding::Gsm => decode(text, DataCoding::Gsm),
            Encoding::Ucs2 => decode(text, DataCoding::Ucs2),
        });
    }
    // A byte order mark at the start of a segment is read as one.
    if !sent.as_str().contains(['\u{feff}', '\u{fffe}']) {
        assert_eq!(back, sent.as_str());
    }
}
