//! Texts to vectors of their meaning, by a model that was trained for that.

#[cfg(feature = "llama")]
use crate::in_process::Text;
use crate::{Failed, ScoringServer};
use tokio::time::Instant;

/// Where vectors come from.
#[derive(Debug)]
pub enum Embedder {
    /// A server of the town's that speaks OpenAI's protocol (`/v1/embeddings`).
    Server(ScoringServer),
    /// A model's file, run in this process.
    #[cfg(feature = "llama")]
    InProcess(crate::ScoringModel),
}

impl Embedder {
    /// A vector for each text, in their order. Needs a tokio runtime.
    ///
    /// # Errors
    /// When the model fails, is not done at `until`, or gives what are no such vectors.
    pub async fn vectors(&self, texts: &[String], until: Instant) -> Result<Vec<Vector>, Failed> {
        match self {
            Self::Server(server) => server.vectors(texts, until).await,
            #[cfg(feature = "llama")]
            Self::InProcess(model) => {
                let texts = texts.iter().cloned().map(Text::Alone).collect();
                let numbers = model.numbers(texts, until).await?;
                let vectors: Option<_> = numbers.into_iter().map(Vector::of).collect();
                vectors.ok_or_else(|| model.garbled("numbers that are no direction"))
            }
        }
    }
}

/// Where a text lies among meanings: of length one.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector(Box<[f32]>);

impl Vector {
    /// Brought to length one; `None` for numbers that have no direction.
    #[must_use]
    pub fn of(mut numbers: Vec<f32>) -> Option<Self> {
        let square: f64 = numbers.iter().map(|number| f64::from(*number).powi(2)).sum();
        let length = square.sqrt();
        if !length.is_normal() {
            return None;
        }
        for number in &mut numbers {
            *number = (f64::from(*number) / length) as f32;
        }
        Some(Self(numbers.into()))
    }

    /// The cosine of the angle between two, from -1 to 1; `None` where different models gave them.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> Option<f32> {
        let same = self.0.len() == other.0.len();
        same.then(|| self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_direction_is_no_vector() {
        for numbers in [
            vec![],
            vec![0.0; 3],
            vec![1.0, f32::NAN],
            vec![f32::INFINITY, 1.0],
        ] {
            assert_eq!(Vector::of(numbers), None);
        }
        let (short, long) = (
            Vector::of(vec![1.0]).unwrap(),
            Vector::of(vec![1.0, 0.0]).unwrap(),
        );
        assert_eq!(short.cosine(&long), None);
    }

    proptest! {
        #[test]
        fn a_vector_is_as_near_to_itself_as_can_be(numbers in prop::collection::vec(-1e30f32..1e30, 1..50)) {
            prop_assume!(numbers.iter().any(|number| number.abs() > 1e-30));
            let vector = Vector::of(numbers).unwrap();
            prop_assert!((vector.cosine(&vector).unwrap() - 1.0).abs() < 1e-5);
        }
    }
}
