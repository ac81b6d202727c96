//! A line of a model: a sentence, and the numbers of the extracts that it says it rests on.

/// A sentence with its markers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The sentence, without them.
    pub(super) words: String,
    /// The numbers of the extracts, as written.
    pub(super) extracts: Vec<usize>,
}

impl Line {
    /// Reads a line; `None` where it names no extract, names one before its end, or holds what no sentence holds.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut words = without_bullet(line.trim());
        let mut extracts = Vec::new();
        let mut end = "";
        loop {
            let trimmed = words.trim_end();
            let unmarked = trimmed
                .strip_suffix(['.', '!'])
                .filter(|rest| rest.ends_with(']'));
            if let Some(unmarked) = unmarked {
                end = &trimmed[unmarked.len()..];
                words = unmarked;
                continue;
            }
            let Some((before, number)) = trimmed.strip_suffix(']').and_then(|rest| rest.rsplit_once('['))
            else {
                words = trimmed;
                break;
            };
            for number in number.split(',') {
                extracts.push(number.trim().parse().ok()?);
            }
            words = before;
        }
        // A question answers nothing, whoever asks it.
        let written = words.chars().any(char::is_alphabetic)
            && !words.ends_with('?')
            && !words.contains(['[', ']', '<', '>', '`', '*', '#', '|']);
        if extracts.is_empty() || !written {
            return None;
        }
        extracts.sort_unstable();
        extracts.dedup();
        let ended = words.ends_with(['.', '!', ':', ';', '…']);
        let end = match (ended, end) {
            (true, _) => "",
            (false, "") => ".",
            (false, end) => end,
        };
        Some(Self {
            words: format!("{words}{end}"),
            extracts,
        })
    }
}

/// A model that is asked for lines often writes a list.
fn without_bullet(line: &str) -> &str {
    let dash = line
        .strip_prefix(['-', '•', '–'])
        .filter(|rest| rest.starts_with(' '));
    dash.map_or(line, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Option<(String, Vec<usize>)> {
        Line::read(line).map(|line| (line.words, line.extracts))
    }

    #[test]
    fn a_sentence_is_read_with_its_markers_wherever_its_full_stop_stands() {
        let sentence = |extracts: &[usize]| Some(("La piscine ouvre à 9 h.".to_owned(), extracts.to_vec()));
        for line in [
            "La piscine ouvre à 9 h. [1]",
            "La piscine ouvre à 9 h [1].",
            "- La piscine ouvre à 9 h [1]",
            "  • La piscine ouvre à 9 h.[1] ",
            "La piscine ouvre à 9 h [1][1].",
        ] {
            assert_eq!(read(line), sentence(&[1]), "{line}");
        }
        assert_eq!(read("La piscine ouvre à 9 h. [2, 1]"), sentence(&[1, 2]));
        assert_eq!(read("La piscine ouvre à 9 h [3] [1]."), sentence(&[1, 3]));
    }

    #[test]
    fn what_names_no_extract_at_its_end_or_holds_markup_is_no_sentence() {
        for line in [
            "La piscine ouvre à 9 h.",
            "La piscine [1] ouvre à 9 h.",
            "La piscine [1] ouvre à 9 h. [1]",
            "La piscine ouvre-t-elle à 9 h ? [1]",
            "[1]",
            "[un] La piscine. [deux]",
            "La piscine. [-1]",
            "La piscine. [1",
            "<b>La piscine</b> ouvre. [1]",
            "| La piscine | 9 h | [1]",
            "```[1]",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(line in ".{0,80}") {
            let _read = Line::read(&line);
        }

        #[test]
        fn what_is_read_is_what_was_written(words in "[a-zé][a-zé ,’]{0,40}[a-zé]", numbers in prop::collection::vec(0usize..40, 1..4)) {
            let markers: String = numbers.iter().map(|number| format!("[{number}]")).collect();
            let read = Line::read(&format!("{words} {markers}")).unwrap();
            prop_assert_eq!(read.words, format!("{words}."));
            prop_assert!(numbers.iter().all(|number| read.extracts.contains(number)));
        }
    }
}
