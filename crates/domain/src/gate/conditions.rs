//! For whom, when and on what condition a sentence of the evidence holds is not lost in the words.

use super::Blocked;
use super::bounds::canonical;
use super::mark::Mark;
use super::reading::{Item, Reading, What, word_keys};
use crate::facts::FactKind;

/// For whom it holds and on what condition stays; nobody is named more often than in the evidence.
pub(super) fn audience(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    for (index, item) in evidence.items.iter().enumerate() {
        let of_used = used.get(item.sentence).copied().unwrap_or_default();
        let stays = matches!(
            item.what,
            What::Word { audience: true, .. } | What::Word { condition: true, .. }
        );
        let column = item.written.to_lowercase().starts_with("heure")
            && evidence.tokens.get(item.end).is_some_and(|next| next == ":");
        // "Rencontrer" does not say "sur rendez-vous".
        let appointment = word_keys("rendez_vous");
        let said = if item.keys.first() == appointment.first() {
            words
                .items
                .iter()
                .any(|said| said.keys.first() == appointment.first())
        } else {
            says(words, evidence, item)
        };
        if of_used && stays && !column && !said {
            return Err(Blocked::Lost(item.written.clone()));
        }
        let per = matches!(item.mark(), Some(Mark::Per | Mark::Each));
        if of_used
            && per
            && evidence
                .items
                .get(index + 1)
                .is_some_and(|unit| is_counted_no_more(words, unit))
        {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    for item in words
        .items
        .iter()
        .filter(|item| matches!(item.what, What::Word { audience: true, .. }))
    {
        let same = |other: &&Item| other.keys.first() == item.keys.first();
        let shown = |item: &Item| {
            let before = item.at.checked_sub(1).and_then(|at| words.tokens.get(at));
            before.is_some_and(|word| {
                matches!(word.as_str(), "cet" | "cette" | "ces" | "ce" | "autres" | "autre")
            })
        };
        let said = words
            .items
            .iter()
            .filter(same)
            .filter(|item| !shown(item))
            .count();
        if said > evidence.items.iter().filter(same).count().max(1) {
            return Err(Blocked::Added(item.written.clone()));
        }
    }
    Ok(())
}

/// No condition comes where one of the sentences that the words rest on has none; as many as there are may be said in other
/// words ("sans justificatif", "pour modifier", "qui reçoivent").
pub(super) fn added(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    let supposes = |mark: Mark| matches!(mark, Mark::Cond | Mark::Wish);
    let Some(condition) = words.items.iter().find(|item| item.mark().is_some_and(supposes)) else {
        return Ok(());
    };
    let suppose = |reading: &Reading| {
        let marks = reading.items.iter().filter_map(Item::mark);
        marks.filter(|mark| supposes(*mark)).count()
    };
    let supposing = |word: &&String| {
        matches!(
            word.as_str(),
            "sans" | "pour" | "qui" | "tout" | "toute" | "apres"
        )
    };
    if suppose(words) <= suppose(evidence) + evidence.tokens.iter().filter(supposing).count() {
        return Ok(());
    }
    let conditions = |item: &Item| match &item.what {
        What::Mark(mark) => matches!(
            mark,
            Mark::Cond
                | Mark::Wish
                | Mark::Only
                | Mark::Except
                | Mark::Otherwise
                | Mark::For
                | Mark::May
                | Mark::Optional
                | Mark::After
                | Mark::Over
                | Mark::Under
                | Mark::Max
                | Mark::Min
        ),
        What::Word {
            audience, condition, ..
        } => *audience || *condition,
        What::Fact { kind, bounds, .. } => *kind == FactKind::Age || !bounds.is_empty(),
    };
    let says = |sentence: &usize| evidence.sentence(*sentence).any(Item::tells);
    let mut rests_on = (0..evidence.own).filter(|at| used.get(*at) == Some(&true) && says(at));
    let all = rests_on.all(|sentence| {
        let headed = evidence.asks.get(sentence) == Some(&true);
        headed || evidence.sentence(sentence).any(conditions)
    });
    if all {
        Ok(())
    } else {
        Err(Blocked::Added(condition.written.clone()))
    }
}

/// "Pour un enfant" is not "par enfant".
fn is_counted_no_more(words: &Reading, unit: &Item) -> bool {
    let mut said = words
        .items
        .iter()
        .filter(|item| item.keys.first() == unit.keys.first())
        .peekable();
    said.peek().is_some()
        && said.all(|item| {
            let before = item.at.checked_sub(1).and_then(|at| words.tokens.get(at));
            before.is_some_and(|word| matches!(word.as_str(), "un" | "une"))
        })
}

/// What a condition or an exception of the evidence is about must be in the words, half of it at least.
pub(super) fn scopes(words: &Reading, evidence: &Reading, used: &[bool]) -> Result<(), Blocked> {
    for (index, item) in evidence.items.iter().enumerate() {
        let binds = matches!(
            item.mark(),
            Some(
                Mark::Cond
                    | Mark::Except
                    | Mark::Only
                    | Mark::Before
                    | Mark::After
                    | Mark::Until
                    | Mark::Neg
                    | Mark::Wish
                    | Mark::For
            )
        );
        if !binds || !used.get(item.sentence).copied().unwrap_or_default() {
            continue;
        }
        let scope: Vec<&Item> = evidence.items[index + 1..]
            .iter()
            .take_while(|other| other.sentence == item.sentence && other.clause == item.clause)
            .filter(|other| other.tells())
            .collect();
        let kept = scope.iter().filter(|other| says(words, evidence, other)).count();
        if kept * 2 < scope.len() {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    Ok(())
}

/// Whether the words say what `item` of the evidence says: by its own word, or by another one that is not there for something
/// else of the evidence ("voirie" of "service voirie" does not say "rue").
fn says(words: &Reading, evidence: &Reading, item: &Item) -> bool {
    let own = |one: &Item, other: &Item| one.keys.first() == other.keys.first();
    words.items.iter().any(|said| {
        own(said, item)
            || said.keys.iter().any(|key| item.keys.contains(key))
                && !evidence
                    .items
                    .iter()
                    .any(|other| !own(other, item) && own(other, said))
    })
}

/// Days, seasons, ages and bounded quantities of a sentence say when and for whom it holds.
pub(super) fn facts_that_condition(
    words: &Reading,
    evidence: &Reading,
    used: &[bool],
) -> Result<(), Blocked> {
    use super::reading::Family as F;
    for item in &evidence.items {
        let (What::Fact { normal, bounds, .. }, Some(family)) = (&item.what, item.family()) else {
            continue;
        };
        if !used.get(item.sentence).copied().unwrap_or_default() || says(words, evidence, item) {
            continue;
        }
        let conditions = matches!(family, F::Weekday | F::Date) || !canonical(normal, bounds).is_empty();
        if conditions {
            return Err(Blocked::Lost(item.written.clone()));
        }
    }
    Ok(())
}
