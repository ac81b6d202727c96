//! A model's other wordings of a question that found nothing: searched for, and never shown.

use crate::reword::Model;
use generation::{Limits, Prompt};
use std::time::Duration;

/// What the model is told, the same for all questions.
const INSTRUCTIONS: &str = include_str!("../prompts/other_wordings.txt");
/// The most wordings that are searched for.
const MOST: usize = 3;
/// A longer line is no question, in bytes.
const LONGEST: usize = 300;
/// The most tokens that they may take.
const TOKENS: u32 = 120;

/// Other wordings of `question`, which follows `before`, as far as they are whole after `wait`. None where the model fails.
pub(crate) async fn of(model: &Model, question: &str, before: Option<&str>, wait: Duration) -> Vec<String> {
    let before = before
        .map(|before| format!("Question d’avant : {before}\n"))
        .unwrap_or_default();
    let prompt = Prompt {
        instructions: INSTRUCTIONS.to_owned(),
        material: format!("{before}Question : {question}\n"),
        lock: None,
    };
    let limits = Limits {
        tokens: TOKENS,
        silence: wait,
        whole: wait,
    };
    let mut words = model.generator.words(prompt, limits);
    let mut text = String::new();
    let listening = async {
        while let Some(piece) = words.next().await {
            // What a failed model had begun lacks its end.
            let Ok(piece) = piece else { return };
            text.push_str(&piece);
            if text.len() > MOST * LONGEST {
                return;
            }
        }
        text.push('\n');
    };
    // Waiting for a place counts too: who asks has nothing to read yet.
    let _late = tokio::time::timeout(wait, listening).await;
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let wordings = whole
        .lines()
        .map(wording)
        .filter(|line| !line.is_empty() && line.len() <= LONGEST);
    wordings
        .filter(|line| *line != question)
        .take(MOST)
        .map(str::to_owned)
        .collect()
}

/// A line without the bullet or number that a model begins it with.
fn wording(line: &str) -> &str {
    let line = line.trim();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered
        .strip_prefix(['.', ')'])
        .filter(|_| numbered.len() < line.len());
    numbered
        .unwrap_or(line)
        .trim_start_matches(['-', '•', '–', '*', ' '])
        .trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_are_no_part_of_a_wording() {
        for line in [
            "- Où est le parc ?",
            "1. Où est le parc ?",
            "2) Où est le parc ?",
            "  Où est le parc ? ",
            "• Où est le parc ?",
        ] {
            assert_eq!(wording(line), "Où est le parc ?");
        }
        assert_eq!(wording("15 ans, quels papiers ?"), "15 ans, quels papiers ?");
    }
}
