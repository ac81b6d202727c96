//! From statements to texts of a few segments: whole sentences and items, the rest for later.

use crate::texts::Texts;
use assistant::Spoken;
use domain::sentence;
use domain::statement::{Layout, Role};
use sms::gsm;

/// A text, and how many of the lines it was made from it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Composed {
    /// What is sent.
    pub(crate) text: String,
    /// How many lines stand in it.
    pub(crate) lines: usize,
}

/// What is said whole or not at all: items, rows and headings as they are, paragraphs by their sentences.
pub(crate) fn lines(statements: &[Spoken]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut step = 0;
    for statement in statements {
        step = if statement.layout == Layout::Step {
            step + 1
        } else {
            0
        };
        match statement.layout {
            Layout::Item | Layout::Row => lines.push(format!("- {}", statement.text)),
            Layout::Step => lines.push(format!("{step}. {}", statement.text)),
            Layout::Paragraph => lines.extend(
                sentence::split(&statement.text)
                    .into_iter()
                    .filter_map(|span| statement.text.get(span.start..span.end))
                    .map(|sentence| sentence.trim().to_owned()),
            ),
            Layout::Heading => lines.push(format!("{} :", statement.text.trim_end_matches([':', ' ']))),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The lines of an answer in the order in which they are told, and how many of them belong into the first text: what
/// is said, then what it held back. Where nothing that answers had room, the whole alone counts.
pub(crate) fn all_lines(said: &[Spoken], whole: &[Spoken]) -> (Vec<String>, usize) {
    let answers = |statements: &[Spoken]| {
        let mut answers = statements.iter().filter(|it| it.role == Role::Answer);
        answers.any(|statement| !statement.sources.is_empty())
    };
    let mut all = if answers(whole) && !answers(said) {
        Vec::new()
    } else {
        lines(said)
    };
    let said = all.len();
    // The same words may stand twice in the whole: each line said accounts for one.
    let mut accounted = all.clone();
    for line in lines(whole) {
        match accounted.iter().position(|said| *said == line) {
            Some(at) => drop(accounted.swap_remove(at)),
            None => all.push(line),
        }
    }
    let first = if said == 0 { all.len() } else { said };
    (all, first)
}

/// Phrases of ours that stand around an answer.
pub(crate) struct Phrases {
    more: String,
    too_long: String,
}

impl Phrases {
    /// Those of a language.
    pub(crate) fn of(words: &Texts) -> Self {
        Self {
            more: words.get("sms-more"),
            too_long: words.get("sms-too-long"),
        }
    }
}

/// As many of the lines as fit with the link, and the word that asks for more where these are not all, or where
/// `later` ones follow. A line that is too long for the segments is told of rather than told.
pub(crate) fn tell(
    (lines, later): (&[String], usize),
    (link, phrases): (&str, &Phrases),
    segments: usize,
) -> Composed {
    let all = fit(lines, link, segments);
    if all.lines == lines.len() && later == 0 {
        return all;
    }
    let tail = if link.is_empty() {
        phrases.more.clone()
    } else {
        format!("{link} {}", phrases.more)
    };
    // The fact comes before the link, and before the heading that it stands below.
    for tail in [&tail, link, &phrases.more] {
        let some = fit(lines, tail, segments);
        if some.lines > 0 {
            return some;
        }
    }
    let headings = lines.iter().take_while(|line| is_heading(line)).count();
    let bare = fit(lines.get(headings..).unwrap_or_default(), &phrases.more, segments);
    if bare.lines > 0 {
        return Composed {
            lines: headings + bare.lines,
            ..bare
        };
    }
    let skipped = lines.len().min(headings + 1);
    let is_last = skipped == lines.len() && later == 0;
    let told = fit(
        std::slice::from_ref(&phrases.too_long),
        if is_last { link } else { &tail },
        segments,
    );
    Composed {
        text: told.text,
        lines: skipped,
    }
}

fn is_heading(line: &str) -> bool {
    line.ends_with(':')
}

/// As many of the lines, from the first on, as fit with `tail` into so many segments.
///
/// A first line that does not fit alone is left out with all that follows: `lines` is 0 then.
pub(crate) fn fit(lines: &[String], tail: &str, segments: usize) -> Composed {
    let with_tail = |body: &str| match (body.is_empty(), tail.is_empty()) {
        (true, _) => tail.to_owned(),
        (false, true) => body.to_owned(),
        (false, false) => format!("{body}\n{tail}"),
    };
    let (mut body, mut held) = (String::new(), 0);
    for line in lines {
        let longer = if body.is_empty() {
            line.clone()
        } else {
            format!("{body}\n{line}")
        };
        if gsm::segments_of(&with_tail(&longer)) > segments {
            break;
        }
        body = longer;
        held += 1;
    }
    // A heading says nothing without what stands below it.
    while held > 0 && held < lines.len() && is_heading(&lines[held - 1]) {
        held -= 1;
        body = lines[..held].join("\n");
    }
    Composed {
        text: with_tail(&body),
        lines: held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn lines_stand_whole_or_not_at_all_and_leave_room_for_the_tail() {
        let long = "x".repeat(150);
        let composed = fit(
            &texts(&[&long, &long, &long]),
            "https://ville.example/r/abcdef",
            2,
        );
        assert_eq!(composed.lines, 1);
        assert!(composed.text.starts_with(&long) && composed.text.ends_with("/r/abcdef"));
        assert_eq!(
            fit(&texts(&[&"y".repeat(400)]), "", 2),
            Composed {
                text: String::new(),
                lines: 0
            }
        );
    }

    #[test]
    fn a_text_does_not_end_on_a_heading() {
        let long = "x".repeat(290);
        let composed = fit(&texts(&["Horaires :", &long]), "", 1);
        assert_eq!(
            composed,
            Composed {
                text: String::new(),
                lines: 0
            }
        );
        assert_eq!(
            fit(&texts(&["Le prix est de 3 €.", "Horaires :", &long]), "", 1).lines,
            1
        );
    }

    proptest! {
        #[test]
        fn no_text_takes_more_segments_than_allowed(lines in prop::collection::vec("\\PC{1,200}", 0..6), most in 1usize..4) {
            let composed = fit(&lines, "SUITE", most);
            prop_assert!(gsm::segments_of(&composed.text) <= most);
            prop_assert!(composed.lines <= lines.len());
        }
    }
}
