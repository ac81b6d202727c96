//! What holds of every reader, whatever it is given.

use domain::document::Draft;
use ingest::{Context, Format, Refused};
use proptest::prelude::*;

fn context() -> Context {
    Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: url::Url::parse("https://www.ville.example/").ok(),
    }
}

fn check(outcome: Result<Draft, Refused>) -> Result<(), TestCaseError> {
    let Ok(draft) = outcome else { return Ok(()) };
    prop_assert_eq!(draft.content.check(), Ok(()));
    for block in &draft.content.blocks {
        let text = draft.content.text.slice(block.span);
        prop_assert!(text.is_some_and(|t| !t.trim().is_empty()), "{:?}", block);
    }
    // The lines of the text are its blocks, so nothing stands between them.
    prop_assert_eq!(
        draft.content.text.as_str().lines().count(),
        draft.content.blocks.len()
    );
    Ok(())
}

/// Pieces of a format, and any characters between.
fn text_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![prop::sample::select(pieces).prop_map(str::to_owned), ".{0,12}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const MARKDOWN: &[&str] = &[
    "---\n",
    "+++\n",
    "title: T\n",
    "kind: faq\n",
    "place: {phone: 15}\n",
    "# ",
    "\n## Q ?\n",
    "\n- ",
    "\n  1. ",
    "**a** : b",
    "\n\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "<div>",
    "<br>",
    "[x](tel:15)",
    "![i](j)",
    "~~z~~",
    "  \n",
    "> ",
    "```\n",
    "é\u{202f}!",
];
const HTML: &[&str] = &[
    "<main>",
    "<p>",
    "</p>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<ul><li>",
    "<ol>",
    "</ol>",
    "<table><tr><th>a",
    "<td rowspan=9 colspan=9>",
    "</table>",
    "<dl><dt>",
    "<dd>",
    "<br>",
    "<b>",
    "</b>",
    "<a href=tel:15>",
    "</a>",
    "<details><summary>q ?",
    "<script>",
    "<nav>",
    "&nbsp;",
    "&eacute;",
    "Une phrase assez longue pour qu'une page ait un texte. ",
];
const FICHE: &[&str] = &[
    "<Texte>",
    "</Texte>",
    "<Chapitre>",
    "</Chapitre>",
    "<Titre>",
    "</Titre>",
    "<Paragraphe>",
    "</Paragraphe>",
    "<BlocCas>",
    "<Cas>",
    "</Cas>",
    "</BlocCas>",
    "<Liste type=\"puce\">",
    "<Item>",
    "</Item>",
    "</Liste>",
    "<Tableau>",
    "<Rangée>",
    "<Cellule>",
    "</Cellule>",
    "</Rangée>",
    "</Tableau>",
    "<OuSAdresser>",
    "</OuSAdresser>",
    "<ServiceEnLigne URL=\"u\">",
    "</ServiceEnLigne>",
    "<Attention>",
    "</Attention>",
    "<Definition>",
    "</Definition>",
    "&amp;",
    "&#233;",
    "<x/>",
    "mot ",
];
const CALENDAR: &[&str] = &[
    "BEGIN:VEVENT\n",
    "END:VEVENT\n",
    "UID:1\n",
    "DTSTART:20260101T100000Z\n",
    "DTEND:20260102\n",
    "DTSTART;TZID=Europe/Paris:20260329T023000\n",
    "RRULE:FREQ=DAILY;UNTIL=20260301T000000Z\n",
    "EXDATE:20260102,",
    "SUMMARY:a\n",
    "DESCRIPTION:<p>b</p>\\n- c\n",
    " suite\n",
    "DURATION:PT1H\n",
    "BEGIN:VALARM\n",
    "END:VALARM\n",
    "STATUS:CANCELLED\n",
    "LOCATION:x\\, y\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_never_breaks_its_spans(text in text_of(MARKDOWN)) {
        ingest::read(Format::Markdown, "a.md", text.as_bytes(), &context()).into_iter().try_for_each(check)?;
    }

    #[test]
    fn html_never_breaks_its_spans(text in text_of(HTML)) {
        ingest::read(Format::Html, "a.html", text.as_bytes(), &context()).into_iter().try_for_each(check)?;
    }

    #[test]
    fn fiches_never_break_their_spans(text in text_of(FICHE)) {
        // Ends that do not match are a refusal; a fiche cut short is still read.
        let xml = format!("<Publication ID=\"F1\">{text}");
        ingest::read(Format::Comarquage, "F1.xml", xml.as_bytes(), &context()).into_iter().try_for_each(check)?;
    }

    #[test]
    fn calendars_never_break_their_spans(text in text_of(CALENDAR)) {
        ingest::read(Format::ICalendar, "a.ics", text.as_bytes(), &context()).into_iter().try_for_each(check)?;
    }

    #[test]
    fn any_bytes_in_any_format_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in [Format::Markdown, Format::Html, Format::ICalendar, Format::Comarquage, Format::QuestionAnswers, Format::PlainText] {
            ingest::read(format, "a", &bytes, &context()).into_iter().try_for_each(check)?;
        }
    }

    #[test]
    fn plain_text_keeps_every_word(words in prop::collection::vec("[a-zé]{1,8}", 1..60), width in 1_usize..12) {
        let text = words.chunks(width).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n");
        let row = serde_json::json!({"id": "a", "title": "", "text": text}).to_string();
        let draft = ingest::corpus::read_row("c.jsonl", 1, &row, &context()).unwrap();
        let kept: Vec<_> = draft.content.text.as_str().split_whitespace().collect();
        prop_assert_eq!(kept, words);
    }
}
