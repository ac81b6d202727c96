//! How fast a model's words come.

use std::time::{Duration, Instant};

/// The pieces of an answer, in time. A piece is about a token: in process it is one, but for tokens that end no letter and
/// the one that ends the answer; of a server it is an event of its stream, in which vLLM may put several tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    pieces: u32,
    first_and_last: Option<(Instant, Instant)>,
}

impl Pace {
    pub(crate) fn heard(&mut self, at: Instant) {
        self.pieces += 1;
        let first = self.first_and_last.map_or(at, |(first, _)| first);
        self.first_and_last = Some((first, at));
    }

    /// How many pieces came.
    #[must_use]
    pub fn pieces(&self) -> u32 {
        self.pieces
    }

    /// How long writing took, from the first piece to the last one: reading the prompt comes before, and is not in it.
    #[must_use]
    pub fn writing(&self) -> Duration {
        self.first_and_last
            .map_or(Duration::ZERO, |(first, last)| last.duration_since(first))
    }

    /// Pieces a second of several answers, the first piece of each left out, which was there when writing began; none
    /// where too little was written.
    #[must_use]
    pub fn per_second<'a>(answers: impl IntoIterator<Item = &'a Self>) -> Option<f64> {
        let (mut pieces, mut writing) = (0_u32, Duration::ZERO);
        for answer in answers {
            pieces += answer.pieces.saturating_sub(1);
            writing += answer.writing();
        }
        (pieces > 0 && !writing.is_zero()).then(|| f64::from(pieces) / writing.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_a_second_are_counted_from_the_first_piece_on() {
        let began = Instant::now();
        let answer = |milliseconds: &[u64]| {
            let mut pace = Pace::default();
            for at in milliseconds {
                pace.heard(began + Duration::from_millis(*at));
            }
            pace
        };
        let (quick, slow) = (answer(&[900, 1_000, 1_100]), answer(&[100, 1_900]));
        assert_eq!((quick.pieces(), quick.writing()), (3, Duration::from_millis(200)));
        assert_eq!(Pace::per_second([&quick]), Some(10.0));
        assert_eq!(Pace::per_second([&quick, &slow]), Some(1.5));
        assert_eq!(Pace::per_second([&answer(&[5]), &answer(&[])]), None);
    }
}
