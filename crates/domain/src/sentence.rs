//! Cutting running text into sentences, so that only whole ones are quoted.

use crate::text::Span;

/// Abbreviations whose full stop does not end a sentence (compared in lower case, without the stop).
const ABBREVIATIONS: [&str; 32] = [
    "m", "mm", "mme", "mmes", "mlle", "dr", "pr", "me", "st", "ste", "art", "al", "av", "bd", "bât", "cf",
    "ex", "p", "pp", "n", "no", "num", "tél", "tel", "réf", "env", "max", "min", "hab", "rdc", "janv",
    "sept",
];

/// The sentences of a block of text, as spans into it, white space at their ends left out.
///
/// A sentence ends at `.`, `!`, `?` or `…` followed by white space and by something that can begin one; Chinese writes its
/// signs without white space. A full stop after an abbreviation, an initial or a figure's separator ends nothing.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (index, c) in text.char_indices() {
        // What closed the sentence before ("...", "?!") ends nothing again.
        let chinese = matches!(c, '。' | '！' | '？');
        if index < start || !(chinese || matches!(c, '.' | '!' | '?' | '…' | '؟')) {
            continue;
        }
        let end = end_of_closing(text, index + c.len_utf8());
        let goes_on = !chinese && !begins_something(&text[end..]);
        if goes_on || (c == '.' && is_abbreviation(&text[start..index])) {
            continue;
        }
        push(text, start, end, &mut sentences);
        start = end;
    }
    push(text, start, text.len(), &mut sentences);
    sentences
}

/// Past the closing quotes and brackets that belong to the sentence that ends at `from`.
fn end_of_closing(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut rest = text[from..].char_indices().peekable();
    while let Some((offset, c)) = rest.next() {
        let closes = matches!(c, '.' | '!' | '?' | '…' | ')' | ']' | '»' | '”' | '"');
        let spaced_guillemet =
            matches!(c, '\u{a0}' | '\u{202f}') && rest.peek().is_some_and(|(_, next)| *next == '»');
        if !closes && !spaced_guillemet {
            break;
        }
        end = from + offset + c.len_utf8();
    }
    end
}

fn begins_something(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    if trimmed.is_empty() {
        return true;
    }
    rest.len() != trimmed.len()
        && trimmed.chars().next().is_some_and(|c| {
            // A letter of a script without capitals can begin one too.
            (c.is_alphabetic() && !c.is_lowercase())
                || c.is_numeric()
                || matches!(c, '«' | '“' | '"' | '(' | '[' | '-' | '–' | '—' | '•')
        })
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn push(text: &str, start: usize, end: usize, sentences: &mut Vec<Span>) {
    let slice = &text[start..end];
    let trimmed = slice.trim();
    if !trimmed.is_empty() {
        let start = start + (slice.len() - slice.trim_start().len());
        sentences.push(Span::new(start, start + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = split(text).into_iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        check(
            "La piscine ouvre. Elle ferme à 18 h !",
            &["La piscine ouvre.", "Elle ferme à 18 h !"],
        );
        check("Venez… Entrée libre.", &["Venez…", "Entrée libre."]);
    }

    #[test]
    fn abbreviations_initials_and_figures_do_not_end_a_sentence() {
        check(
            "M. A. Roc reçoit (art. L. 12). Le tarif est de 1.50 euro.",
            &["M. A. Roc reçoit (art. L. 12).", "Le tarif est de 1.50 euro."],
        );
        check(
            "Voir www.ville.example. Puis signez.",
            &["Voir www.ville.example.", "Puis signez."],
        );
    }

    #[test]
    fn scripts_without_capitals_have_sentences_too() {
        check("خطر مباشر. اتصل بالرقم 17.", &["خطر مباشر.", "اتصل بالرقم 17."]);
        check("您好！请拨打 17。谢谢", &["您好！", "请拨打 17。", "谢谢"]);
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        check(
            "Il dit « Venez.\u{202f}» Puis rien.",
            &["Il dit « Venez.\u{202f}»", "Puis rien."],
        );
    }

    proptest! {
        #[test]
        fn sentences_cover_every_visible_character_in_order(text in prop_oneof!["\\PC{0,200}", "([a-cA-C1 \u{202f}.!?…)»\"]){0,40}"]) {
            let spans = split(&text);
            let joined: String = spans.iter().map(|s| &text[s.start..s.end]).collect();
            let visible = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(visible(&joined), visible(&text));
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
