//! Facts side by side, and what tells each group of them from the others of its family.

use super::mark::Mark;
use super::reading::{Family, Item, Key, Reading, word_key};
use std::collections::HashSet;

/// Facts of one family that stand side by side, and what the text says around them.
pub(super) struct Group {
    pub(super) family: Family,
    /// Indices of its facts.
    pub(super) members: Vec<usize>,
    /// What its own clause says.
    pub(super) clause: Vec<Vec<Key>>,
    /// What its sentence says that belongs to it rather than to the next group of its family.
    pub(super) around: Vec<Vec<Key>>,
    /// What stands before the first of several groups and is said of this one too: it tells the first from no other.
    shared: Vec<Vec<Key>>,
}

/// By how many distinguishing words `said` is nearer to `own` than to `rival`: those of the clause decide, those around it
/// where these do not.
pub(super) fn lead(said: &Group, own: &Group, rival: &Group) -> i64 {
    // The word itself tells more than one like it: "Pont-Vieux" is not "le centre ancien".
    let has = |all: &[Vec<Key>], keys: &[Key]| {
        let like = all.iter().any(|other| other.iter().any(|key| keys.contains(key)));
        let itself = keys
            .first()
            .is_some_and(|key| all.iter().any(|other| other.contains(key)));
        u8::from(like) + u8::from(itself)
    };
    let told = |said: &[Vec<Key>], one: &[Vec<Key>], other: &[Vec<Key>], shared: &[Vec<Key>]| {
        let tells = |keys: &&Vec<Key>| has(one, keys) > has(other, keys).max(has(shared, keys));
        i64::try_from(said.iter().filter(tells).count()).unwrap_or(i64::MAX)
    };
    let near = told(&said.clause, &own.clause, &rival.clause, &rival.shared)
        - told(&said.clause, &rival.clause, &own.clause, &[]);
    if near != 0 {
        return near;
    }
    told(&said.around, &own.around, &rival.around, &rival.shared)
        - told(&said.around, &rival.around, &own.around, &[])
}

/// The groups of a text: facts of one family with nothing but "et", "à", "," between them.
pub(super) fn groups(reading: &Reading) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, item) in reading.items.iter().enumerate() {
        let Some(family) = item.family().filter(|_| item.sentence < reading.own) else {
            continue;
        };
        match groups.iter_mut().rev().find(|group| group.family == family) {
            Some(group)
                if group
                    .members
                    .last()
                    .is_some_and(|last| side_by_side(reading, *last, index, family)) =>
            {
                group.members.push(index);
            }
            _ => groups.push(Group {
                family,
                members: vec![index],
                clause: Vec::new(),
                around: Vec::new(),
                shared: Vec::new(),
            }),
        }
    }
    let said: Vec<_> = (0..groups.len()).map(|at| around(reading, &groups, at)).collect();
    for (group, (clause, around)) in groups.iter_mut().zip(said) {
        group.clause = clause;
        group.around = around;
    }
    share_what_comes_first(reading, &mut groups);
    groups
}

/// "Le poids est limité à 7 t au centre et à 3 t sur le pont": what comes before the first fact is said of the second too.
fn share_what_comes_first(reading: &Reading, groups: &mut [Group]) {
    for at in 1..groups.len() {
        let place = |group: &Group| {
            group
                .members
                .first()
                .map(|first| (*first, reading.items[*first].clause))
        };
        let one = groups[..at]
            .iter()
            .rev()
            .find(|one| one.family == groups[at].family);
        let (Some((first, before)), Some((_, clause))) = (one.and_then(place), place(&groups[at])) else {
            continue;
        };
        if before + 1 == clause && reading.joined.contains(&clause) {
            let shared = reading.items[..first]
                .iter()
                .filter(|item| item.clause == before && (item.tells() || says_which(item)))
                .map(|item| item.keys.clone());
            groups[at].shared = shared.collect();
        }
    }
}

fn side_by_side(reading: &Reading, one: usize, other: usize, family: Family) -> bool {
    if one + 1 != other || reading.items[one].sentence != reading.items[other].sentence {
        return false;
    }
    let joined = reading
        .tokens
        .get(reading.items[one].end..reading.items[other].at)
        .unwrap_or_default();
    let names_listed = joined
        .iter()
        .any(|word| matches!(word.as_str(), "," | "et" | "ou" | "ni"));
    // "5 €, gratuit pour …" are two prices.
    let alone = matches!(family, Family::Amount | Family::Duration);
    joined.iter().all(|word| {
        let lists = !(alone && matches!(word.as_str(), "," | "ou" | "et"))
            && matches!(
                word.as_str(),
                "," | "et" | "ou" | "ni" | "le" | "la" | "les" | "l" | "'" | "un" | "une"
            );
        let spans = matches!(
            word.as_str(),
            "a" | "au" | "du" | "de" | "des" | "d" | "-" | "jusqu" | "entre" | "puis"
        );
        lists || (spans && (family != Family::Name || names_listed))
    })
}

/// What is said around a group, in its own clauses and in all: of its sentence, what lies nearer to it than to the next
/// group of its family, by the clause where they part; and the heading it stands under. An exception stands for itself.
fn around(reading: &Reading, groups: &[Group], at: usize) -> (Vec<Vec<Key>>, Vec<Vec<Key>>) {
    let group = &groups[at];
    let (mut clause, mut around) = (Vec::new(), Vec::new());
    let (Some(first), Some(last)) = (group.members.first(), group.members.last()) else {
        return (clause, around);
    };
    let sentence = reading.items[*first].sentence;
    let of_family = |index: &usize| {
        reading.items[*index].family() == Some(group.family) && reading.items[*index].sentence == sentence
    };
    let before = (0..*first).rev().find(of_family);
    let after = (last + 1..reading.items.len()).find(of_family);
    let clauses: HashSet<usize> = group
        .members
        .iter()
        .map(|member| reading.items[*member].clause)
        .collect();
    let excepted = reading.items[..*first]
        .iter()
        .any(|item| item.mark() == Some(Mark::Except) && clauses.contains(&item.clause));
    for (index, item) in reading.items.iter().enumerate() {
        let within =
            item.sentence == sentence && before.is_none_or(|b| index > b) && after.is_none_or(|a| index < a);
        if !within || !(item.tells() || says_which(item)) || item.family() == Some(group.family) {
            continue;
        }
        let own = clauses.contains(&item.clause);
        let of_other = |other: usize| !own && item.clause == reading.items[other].clause;
        if (index < *first && before.is_some_and(of_other))
            || (index > *last && after.is_some_and(of_other))
            || (excepted && !own)
        {
            continue;
        }
        around.push(item.keys.clone());
        if own {
            clause.push(item.keys.clone());
        }
    }
    let previous = sentence.checked_sub(1).filter(|before| {
        around.is_empty()
            && !reading
                .sentence(*before)
                .any(|item| item.family() == Some(group.family))
    });
    if let Some(previous) = previous {
        around.extend(
            reading
                .sentence(previous)
                .filter(|item| item.tells())
                .map(|item| item.keys.clone()),
        );
    }
    let heading = reading.headings.get(sentence).into_iter().flatten();
    for key in heading.copied().chain(preposition(reading, *first)) {
        around.push(vec![key]);
        clause.push(vec![key]);
    }
    // A fact does not tell itself apart.
    let own = |keys: &Vec<Key>| {
        group
            .members
            .iter()
            .any(|member| reading.items[*member].keys.iter().any(|key| keys.contains(key)))
    };
    around.retain(|keys| !own(keys));
    clause.retain(|keys| !own(keys));
    (clause, around)
}

/// "Pour", "par", "chez" before a fact, articles aside.
fn preposition(reading: &Reading, index: usize) -> Option<Key> {
    let before = reading.tokens.get(..reading.items.get(index)?.at)?;
    let word = before
        .iter()
        .rev()
        .find(|word| !matches!(word.as_str(), "le" | "la" | "les" | "l" | "'"))?;
    matches!(
        word.as_str(),
        "pour" | "par" | "chez" | "avec" | "sans" | "contre" | "dans" | "sur"
    )
    .then(|| word_key(word))
}

/// Expressions that tell one clause from another as a word does.
pub(super) fn says_which(item: &Item) -> bool {
    use Mark as M;
    matches!(
        item.mark(),
        Some(
            M::Free
                | M::Charged
                | M::Open
                | M::Closed
                | M::Extra
                | M::Included
                | M::Excluded
                | M::Once
                | M::Discount
                | M::Full
                | M::Begins
                | M::Ends
                | M::Rise
                | M::Fall
                | M::Only
                | M::Cancelled
                | M::Urgent
                | M::Then
                | M::First
                | M::Now
                | M::Paid
        )
    )
}
