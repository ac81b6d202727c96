//! Two orders of the same documents made one.

use crate::Hit;
use domain::ids::DocumentId;
use std::collections::HashMap;

/// How little the first ranks count more than those after them: reciprocal rank fusion of Cormack, Clarke and Büttcher
/// (SIGIR 2009), whose value this is. Only ranks are added up, so the scores of any model may be the second opinion.
const K: f32 = 60.0;

/// Orders `hits` by their present ranks together with those that `opinion` gives them, higher being better. Where both
/// together decide nothing, the present order does. What has no opinion keeps the share of its present rank alone.
pub fn fuse<S: std::hash::BuildHasher>(hits: &mut Vec<Hit>, opinion: &HashMap<DocumentId, f32, S>) {
    let mut second: Vec<(usize, f32)> = (0..)
        .zip(hits.iter())
        .filter_map(|(at, hit)| Some((at, *opinion.get(&hit.document)?)))
        .collect();
    second.sort_by(|a, b| b.1.total_cmp(&a.1));
    let share = |rank: usize| 1.0 / (K + 1.0 + rank as f32);
    let mut shares: Vec<f32> = (0..hits.len()).map(share).collect();
    for (rank, (at, _)) in second.into_iter().enumerate() {
        shares[at] += share(rank);
    }
    let mut fused: Vec<(f32, Hit)> = shares.into_iter().zip(std::mem::take(hits)).collect();
    fused.sort_by(|a, b| b.0.total_cmp(&a.0));
    hits.extend(fused.into_iter().map(|(_, hit)| hit));
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::document::DocumentKind;
    use domain::ids::RevisionId;
    use proptest::prelude::*;

    fn hits(count: i64) -> Vec<Hit> {
        let hit = |document| Hit {
            document: DocumentId(document),
            revision: RevisionId(document),
            kind: DocumentKind::Page,
            score: 1.0,
            confidence: 0.5,
            passages: Vec::new(),
        };
        (1..=count).map(hit).collect()
    }

    fn fused(count: i64, opinion: &[(i64, f32)]) -> Vec<i64> {
        let mut hits = hits(count);
        let opinion = opinion
            .iter()
            .map(|(document, score)| (DocumentId(*document), *score));
        fuse(&mut hits, &opinion.collect::<HashMap<_, _>>());
        hits.iter().map(|hit| hit.document.0).collect()
    }

    #[test]
    fn what_both_find_good_comes_first_and_the_first_order_decides_a_draw() {
        assert_eq!(
            fused(2, &[(1, 0.1), (2, 0.9)]),
            [1, 2],
            "two orders against each other"
        );
        assert_eq!(fused(3, &[(1, 0.1), (2, 0.9), (3, 0.5)]), [2, 1, 3]);
        assert_eq!(fused(3, &[(1, -7.0), (2, -9.0), (3, -8.0)]), [1, 2, 3]);
    }

    #[test]
    fn what_has_no_opinion_goes_behind_what_has_one() {
        assert_eq!(fused(3, &[(2, 0.9), (3, 0.5)]), [2, 3, 1]);
        assert_eq!(fused(3, &[]), [1, 2, 3]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_an_opinion_that_agrees_changes_nothing(count in 0i64..30, scores in prop::collection::vec(any::<f32>(), 30)) {
            let opinion: Vec<(i64, f32)> = (1..).zip(scores).collect();
            let mut order = fused(count, &opinion);
            order.sort_unstable();
            prop_assert_eq!(order, (1..=count).collect::<Vec<_>>());
            let agreeing: Vec<(i64, f32)> = (1..=count).map(|document| (document, -document as f32)).collect();
            prop_assert_eq!(fused(count, &agreeing), (1..=count).collect::<Vec<_>>());
        }
    }
}
