//! Which token comes next: the likeliest of those that may.

use llama_cpp_2::token::LlamaToken;
use std::cmp::Ordering;

/// How many tokens are put in order before the rest: beyond them a model says nothing of use.
const FIRST: usize = 64;

/// The token with the highest logit of those that `may` come next, of which at most so many are asked about: whoever waits for
/// another answer waits meanwhile. The first one of several.
pub(super) fn likeliest(
    logits: &[f32],
    most: usize,
    mut may: impl FnMut(LlamaToken) -> bool,
) -> Option<LlamaToken> {
    let numbered = (0..).zip(logits.iter().copied());
    let best = numbered
        .clone()
        .reduce(|best, other| if other.1 > best.1 { other } else { best })?;
    if may(LlamaToken(best.0)) {
        return Some(LlamaToken(best.0));
    }
    let mut order: Vec<(i32, f32)> = numbered.collect();
    let first = FIRST.min(order.len());
    if first < order.len() {
        order.select_nth_unstable_by(first, descending);
    }
    let (first, rest) = order.split_at_mut(first);
    let first_asked = first.len();
    first.sort_unstable_by(descending);
    let mut find = |tokens: &[(i32, f32)]| {
        let tokens = tokens.iter().map(|(token, _)| LlamaToken(*token));
        tokens.into_iter().find(|token| token.0 != best.0 && may(*token))
    };
    find(first).or_else(|| {
        rest.sort_unstable_by(descending);
        find(&rest[..most.saturating_sub(first_asked).min(rest.len())])
    })
}

fn descending(one: &(i32, f32), other: &(i32, f32)) -> Ordering {
    other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_of_equals_comes_next_and_none_where_none_may() {
        assert_eq!(
            likeliest(&[1.0, 3.0, 3.0], usize::MAX, |_| true),
            Some(LlamaToken(1))
        );
        assert_eq!(
            likeliest(&[1.0, 3.0, 2.0], usize::MAX, |token| token.0 != 1),
            Some(LlamaToken(2))
        );
        assert_eq!(likeliest(&[1.0, 3.0], usize::MAX, |_| false), None);
        assert_eq!(likeliest(&[], usize::MAX, |_| true), None);
    }

    proptest! {
        #[test]
        fn it_is_the_best_of_those_that_may(logits in prop::collection::vec(-9.0f32..9.0, 1..300), modulus in 1i32..80) {
            let may = |token: i32| token % modulus == 0;
            let wanted = (0..).zip(&logits).filter(|(token, _)| may(*token));
            let wanted = wanted.reduce(|best, other| if other.1 > best.1 { other } else { best });
            let chosen = likeliest(&logits, usize::MAX, |token| may(token.0));
            prop_assert_eq!(chosen.map(|token| token.0), wanted.map(|(token, _)| token));
        }
    }
}
