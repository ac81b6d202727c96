//! What a text becomes on its way to a telephone and back.

use proptest::prelude::*;

use super::*;

const ANSWER: &str = "«\u{202f}Oui, la piscine du Grand‑Pré est ouverte ce dimanche, de 9\u{a0}h\u{a0}30 à 12\u{a0}h\u{a0}45\u{202f}» – l’entrée coûte 3,20\u{a0}€, mais c’est gratuit jusqu’à 16 ans. Bonnet de bain obligatoire… La caisse ferme une demi‑heure plus tôt\u{202f}; l’été, le grand bassin reste ouvert jusqu’à 19\u{a0}h. Tous les détails\u{202f}: ville.example/r/k7Qm2xAb9Z";

/// A text with all that costs more than one unit or needs care.
fn any_text() -> impl Strategy<Value = String> {
    let gsm = "[ -_a-~àéèùìò£ÆæΔΩ€^{}\\[\\]~|\\\\\n]{0,700}";
    let french = "([a-zéèàçêœ’…–« »\u{202f}€.,0-9]{0,12} ){0,60}";
    let other = "[a-z 😀👨‍👩‍👧中é’]{0,400}";
    prop_oneof![gsm, french, other, "\\PC{0,200}"]
}

/// Reads a message's octets as a telephone does.
fn received(octets: &[u8], segment: &Segment) -> (Option<Concatenation>, String) {
    let (place, text) = match segment.concatenation {
        Some(_) => {
            let (header, text) = udh::parse(octets).unwrap();
            (header.concatenation, text)
        }
        None => (None, octets),
    };
    let coding = match segment.encoding {
        Encoding::Gsm => DataCoding::Gsm,
        Encoding::Ucs2 => DataCoding::Ucs2,
    };
    (place, decode(text, coding))
}

#[test]
fn a_french_answer_with_typography_costs_two_segments_instead_of_five() {
    assert_eq!(ANSWER.chars().count(), 303);
    let as_it_was = Text {
        text: ANSWER.to_owned(),
        encoding: Encoding::Ucs2,
    };
    assert_eq!(as_it_was.segments(1).unwrap().len(), 5);
    let sent = Text::new(ANSWER);
    assert_eq!(sent.encoding(), Encoding::Gsm);
    assert!(
        sent.as_str()
            .starts_with("\"Oui, la piscine du Grand-Pré est ouverte ce dimanche, de 9 h 30 à 12 h 45\" - l'entrée coute 3,20 €"),
    );
    assert_eq!(sent.segments(1).unwrap().len(), 2);
    assert_eq!(segments_of(ANSWER), 2);
}

#[test]
fn segments_hold_what_the_standard_allows() {
    let lengths = |text: &str, reference| -> Vec<usize> {
        let segments = Text::new(text).segments(reference).unwrap();
        segments
            .iter()
            .map(|segment| segment.text.chars().count())
            .collect()
    };
    assert_eq!(lengths(&"a".repeat(160), 1), [160]);
    assert_eq!(lengths(&"a".repeat(161), 1), [153, 8]);
    assert_eq!(lengths(&"a".repeat(161), 256), [152, 9]);
    assert_eq!(lengths(&"中".repeat(70), 1), [70]);
    assert_eq!(lengths(&"中".repeat(71), 1), [67, 4]);
    assert_eq!(lengths(&"中".repeat(71), 256), [66, 5]);
    assert_eq!(lengths(&"€".repeat(80), 1), [80]);
    assert!(lengths("", 1).is_empty());
}

#[test]
fn where_there_is_room_segments_end_with_a_line_or_a_word_and_cut_no_number() {
    let cut = |text: &str| -> Vec<String> {
        let segments = Text::new(text).segments(1).unwrap();
        segments.into_iter().map(|segment| segment.text).collect()
    };
    let lines = format!(
        "{}\n{}",
        "mot ".repeat(30).trim(),
        "Ouvert de 9 h à 12 h, sauf le 1er mai 2027."
    );
    assert_eq!(cut(&lines)[0], format!("{}\n", "mot ".repeat(30).trim()));
    let words = "parapluie ".repeat(20);
    assert_eq!(cut(&words)[0], "parapluie ".repeat(15));
    let phone = format!("{}au 02 61 91 00 00 dès demain matin", "mot ".repeat(36));
    assert!(
        cut(&phone)[1].starts_with("au 02 61 91 00 00"),
        "{:?}",
        cut(&phone)
    );
    // No further segment is paid for it.
    let full = format!("{}{}", "parapluie ".repeat(15), "x".repeat(156));
    assert_eq!(cut(&full).len(), 2);
    assert_eq!(cut(&full)[0].len(), 153);
}

#[test]
fn an_escape_moves_whole_to_the_next_segment() {
    let text = format!("{}€{}", "a".repeat(152), "b".repeat(10));
    let segments = Text::new(&text).segments(1).unwrap();
    assert_eq!(segments[0].text, "a".repeat(152));
    assert_eq!(segments[1].text, "€bbbbbbbbbb");
}

#[test]
fn a_surrogate_pair_moves_whole_to_the_next_segment() {
    let text = format!("{}😀{}", "中".repeat(66), "文".repeat(10));
    let segments = Text::new(&text).segments(1).unwrap();
    assert_eq!(segments[0].text, "中".repeat(66));
    assert!(segments[1].text.starts_with("😀文"));
}

#[test]
fn a_text_in_another_script_goes_as_it_was() {
    let text = "L’école est «\u{202f}fermée\u{202f}» 😀";
    let sent = Text::new(text);
    assert_eq!((sent.as_str(), sent.encoding()), (text, Encoding::Ucs2));
    assert_eq!(sent.units(), text.encode_utf16().count());
}

#[test]
fn a_packed_segment_fills_the_message_to_its_last_octet() {
    let segments = Text::new(&"a".repeat(200)).segments(7).unwrap();
    let octets = segments[0].octets(Form::Packed);
    assert_eq!(octets.len(), 140);
    assert_eq!(&octets[..7], [5, 0, 3, 7, 2, 1, 0xc2]);
    assert_eq!(unpack(&octets[6..], 1, 153), [b'a'; 153]);
    assert_eq!(segments[1].octets(Form::Unpacked)[..7], [5, 0, 3, 7, 2, 2, b'a']);
}

#[test]
fn a_text_of_more_than_255_segments_is_refused_with_their_number() {
    let most = 255 * 153;
    assert_eq!(Text::new(&"a".repeat(most)).segments(1).unwrap().len(), 255);
    assert_eq!(
        Text::new(&"a".repeat(most + 1)).segments(1),
        Err(TooLong { segments: 256 })
    );
}

#[test]
fn a_text_is_cut_after_whole_words_and_never_at_a_no_break_space() {
    let text = format!("{} 9\u{202f}h\u{a0}30", "mot ".repeat(38).trim());
    assert_eq!(fit(&text, 1), text);
    let longer = format!("{text} demain matin");
    assert_eq!(fit(&longer, 1), text);
    let one_more = format!("{} un 9\u{202f}h\u{a0}30", "mot ".repeat(38).trim());
    assert_eq!(fit(&one_more, 1), format!("{} un", "mot ".repeat(38).trim()));
    assert_eq!(fit(&"a".repeat(161), 1), "");
    assert_eq!(fit("mot", 0), "");
}

#[test]
fn an_emoji_beyond_the_cut_does_not_shorten_what_stands_before() {
    let text = format!("{}😀", "mot ".repeat(45));
    assert_eq!(fit(&text, 1).len(), 159);
}

#[test]
fn no_text_shows_in_debug_output() {
    let text = Text::new("un secret");
    let shown = format!("{text:?} {:?}", text.segments(1));
    assert!(!shown.contains("secret"), "{shown}");
}

proptest! {
    #[test]
    fn what_is_sent_is_in_the_alphabet_or_as_it_was(text in any_text()) {
        let sent = Text::new(&text);
        match sent.encoding() {
            Encoding::Gsm => prop_assert!(encode(sent.as_str(), DataCoding::Gsm).is_some()),
            Encoding::Ucs2 => prop_assert_eq!(sent.as_str(), text),
        }
    }

    #[test]
    fn segments_keep_their_limits_and_give_the_text_back(text in any_text(), reference: u16) {
        let sent = Text::new(&text);
        let segments = sent.segments(reference).unwrap();
        let mut back = String::new();
        for (segment, part) in segments.iter().zip(1..) {
            prop_assert!(segment.octets(Form::Packed).len() <= 140);
            let (place, read) = received(&segment.octets(Form::Unpacked), segment);
            let expected = Concatenation { reference, total: segments.len() as u8, part };
            prop_assert_eq!(place, (segments.len() > 1).then_some(expected));
            // Split escapes and pairs would not read as the segment's own text.
            prop_assert_eq!(&read, &segment.text);
            back.push_str(&read);
        }
        prop_assert_eq!(back, sent.as_str());
    }

    #[test]
    fn segments_are_as_few_as_their_limits_allow(text in any_text()) {
        let sent = Text::new(&text);
        let segments = sent.segments(1).unwrap();
        prop_assert_eq!(segments.len(), segments_of(&text));
        prop_assert_eq!(segments.len() <= 1, sent.units() <= sent.encoding().capacity(0));
        let (mut filled, mut taken) = (1, 0);
        for units in sent.as_str().chars().map(|c| sent.encoding().units_of(c)) {
            if taken + units > sent.encoding().capacity(6) {
                (filled, taken) = (filled + 1, 0);
            }
            taken += units;
        }
        if segments.len() > 1 {
            prop_assert_eq!(segments.len(), filled);
        }
    }

    #[test]
    fn packed_segments_unpack_to_the_unpacked_form(text in "[ -_a-zéàù€\\[\\]]{0,500}", reference: u16) {
        for segment in Text::new(&text).segments(reference).unwrap() {
            let header = segment.concatenation.map(udh::encode).unwrap_or_default().len();
            let unpacked = &segment.octets(Form::Unpacked)[header..];
            let packed = &segment.octets(Form::Packed)[header..];
            prop_assert_eq!(unpack(packed, fill_bits(header), unpacked.len()), unpacked);
        }
    }

    #[test]
    fn what_fits_is_whole_words_and_as_many_as_fit(text in "([a-zéœ’…€]{1,15}(\u{a0}[a-zœ€]{1,15})?[ \n]{1,2}){0,60}", segments in 0usize..4) {
        let cut = fit(&text, segments);
        prop_assert!(segments_of(cut) <= segments);
        let rest = text.strip_prefix(cut).unwrap();
        prop_assert!(rest.is_empty() || rest.starts_with([' ', '\n']) || cut.is_empty());
        if let Some(word) = rest.split([' ', '\n']).find(|word| !word.is_empty()) {
            let end = text.len() - rest.len() + rest.find(word).unwrap() + word.len();
            prop_assert!(segments_of(&text[..end]) > segments);
        }
    }
}
