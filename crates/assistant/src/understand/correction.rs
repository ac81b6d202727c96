//! Taking back what was said: "non, la médiathèque", "pas la piscine, le gymnase", "je voulais dire samedi".

use super::lexicon::Lexicon;
use super::words::words;

/// What stays of a question that takes back what was said, without what it takes back; `None` where it takes back
/// nothing.
pub(super) fn corrected<'t>(lexicon: &Lexicon, text: &'t str) -> Option<&'t str> {
    let mut rest = text;
    let mut takes_back = false;
    loop {
        let words = words(rest);
        let after = match lexicon.correction.at_beginning(&words) {
            Some(covered) => words.get(covered.end).map(|word| word.span.start),
            None if words.first()?.folded == "pas" => {
                // "Pas lundi, mardi": what follows the comma is meant.
                rest.find(',').map(|comma| comma + 1)
            }
            None => break,
        };
        let Some(after) = after else { break };
        rest = rest.get(after..)?;
        takes_back = true;
    }
    // "Samedi, pas dimanche".
    if takes_back && let Some(negated) = rest.to_lowercase().find(", pas ") {
        rest = rest.get(..negated)?;
    }
    let said = words(rest);
    if let Some(covered) = lexicon.correction_at_end.at_end(&said)
        && let Some(last) = covered.start.checked_sub(1)
    {
        rest = rest.get(..said.get(last)?.span.end)?;
        takes_back = true;
    }
    takes_back.then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_is_left_out() {
        let lexicon = Lexicon::load().unwrap();
        for (said, meant) in [
            ("non, la médiathèque", "la médiathèque"),
            ("pas la piscine, le gymnase", "le gymnase"),
            ("je voulais dire samedi", "samedi"),
            ("ah non, pas samedi, lundi", "lundi"),
            ("pardon, je parlais de la salle du Moulin", "la salle du Moulin"),
            ("celle du Pont-Vieux plutôt", "celle du Pont-Vieux"),
            ("samedi je voulais dire", "samedi"),
        ] {
            assert_eq!(corrected(&lexicon, said), Some(meant), "{said}");
        }
        for said in ["pas de chauffage chez moi", "la piscine", "non", "et samedi ?"] {
            assert_eq!(corrected(&lexicon, said), None, "{said}");
        }
    }
}
