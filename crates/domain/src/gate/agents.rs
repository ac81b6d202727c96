//! What others do in the evidence is not asked of people in the words, nor the other way round: "la ville pose" is not "posez".

use super::Blocked;
use super::reading::{Item, Reading, What};

/// Who does what a word says, as its form or the word before it tells.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Agent {
    /// "Vous posez", "posez".
    You,
    /// "La ville pose", "les agents posent".
    Others,
    /// It does not tell: "poser", "la pose".
    Untold,
}

/// Checks each word of the words that tells who does it.
pub(super) fn check(words: &Reading, evidence: &Reading) -> Result<(), Blocked> {
    for (index, item) in words.items.iter().enumerate() {
        let said = agent(words, index);
        let mut held = (0..evidence.items.len())
            .filter(|at| evidence.items[*at].keys.first() == item.keys.first())
            .map(|at| agent(evidence, at))
            .peekable();
        let told = said != Agent::Untold && held.peek().is_some();
        if told && held.all(|held| held != said && held != Agent::Untold) {
            return Err(Blocked::Attachment(item.written.clone()));
        }
    }
    Ok(())
}

fn agent(reading: &Reading, index: usize) -> Agent {
    let item = &reading.items[index];
    let word = reading.tokens.get(item.at).map_or("", String::as_str);
    if !matches!(item.what, What::Word { .. }) {
        return Agent::Untold;
    }
    if word.ends_with("ez") {
        return Agent::You;
    }
    let before = index.checked_sub(1).and_then(|before| reading.items.get(before));
    let acts = |other: &Item| {
        let somebody = other.is_of_the_town() || matches!(other.what, What::Word { audience: true, .. });
        somebody && other.end == item.at && other.clause == item.clause
    };
    if before.is_some_and(acts) {
        Agent::Others
    } else {
        Agent::Untold
    }
}
