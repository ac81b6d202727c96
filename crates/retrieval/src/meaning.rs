//! Meaning: a vector for each stem, so that texts about the same thing lie near each other without sharing a word.
//!
//! The vectors are learned by `cargo xtask train` and ship with the program. A text's vector is the sum of those of its
//! stems, a repeated stem counting less and less. What only the town's own texts call by a name lies in their middle.

use crate::analysis::stems;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How many numbers a vector has.
pub const DIMENSIONS: usize = 128;
/// The first line of the file of vectors.
const HEADER: &str = "parvis-meaning/1";
/// What the longest part of a vector's direction is stored as.
const UNIT: f32 = 127.0;

/// Where a text lies; of length 127.
pub(crate) type Place = [i8; DIMENSIONS];

static VECTORS: LazyLock<Vectors> = LazyLock::new(|| Vectors::read(include_bytes!("../data/meaning.bin")));

struct Vectors {
    /// For each stem, the place of its numbers and what they are to be multiplied by.
    rows: HashMap<&'static str, (usize, f32)>,
    numbers: &'static [u8],
}

impl Vectors {
    /// A header, then lines "stem scale", an empty line, then the numbers of each stem in that order.
    fn read(file: &'static [u8]) -> Self {
        let mut rows = HashMap::new();
        let end = file.windows(2).position(|pair| pair == b"\n\n").unwrap_or(0);
        let (head, numbers) = file.split_at((end + 2).min(file.len()));
        let mut lines = std::str::from_utf8(head).unwrap_or_default().lines();
        if lines.next() == Some(HEADER) {
            for line in lines {
                if let Some((stem, scale)) = line.split_once(' ')
                    && let Ok(scale) = scale.parse()
                {
                    rows.insert(stem, (rows.len() * DIMENSIONS, scale));
                }
            }
        }
        Self { rows, numbers }
    }

    fn of(&self, stem: &str) -> Option<(&'static [u8], f32)> {
        let (at, scale) = self.rows.get(stem)?;
        Some((self.numbers.get(*at..at + DIMENSIONS)?, *scale))
    }
}

/// Writes the file of vectors.
#[must_use]
pub fn write_vectors<'a>(vectors: impl Iterator<Item = (&'a str, &'a [f32])>) -> Vec<u8> {
    let mut head = format!("{HEADER}\n");
    let mut numbers = Vec::new();
    for (stem, vector) in vectors {
        let longest = vector
            .iter()
            .fold(f32::EPSILON, |most, number| most.max(number.abs()));
        head.push_str(&format!("{stem} {:.5}\n", longest / UNIT));
        numbers.extend(
            vector
                .iter()
                .map(|number| (number / longest * UNIT).round() as i8 as u8),
        );
    }
    head.push('\n');
    let mut file = head.into_bytes();
    file.extend(numbers);
    file
}

/// Where a text of such stems lies; `None` where no stem is known.
pub(crate) fn place<'a>(stems: impl Iterator<Item = &'a str>) -> Option<Place> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    let mut order = Vec::new();
    for stem in stems {
        let count = counts.entry(stem).or_default();
        if *count == 0 {
            order.push(stem);
        }
        *count += 1;
    }
    let mut sum = Sum::default();
    for stem in order {
        sum.add_stem(stem, 1.0 + (counts[stem] as f32).ln());
    }
    sum.place()
}

/// Where several things lie together.
pub(crate) struct Sum([f32; DIMENSIONS]);

impl Default for Sum {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Sum {
    /// Adds a stem so many times; gives whether its vector is known.
    pub(crate) fn add_stem(&mut self, stem: &str, counted: f32) -> bool {
        let known = VECTORS.of(stem);
        if let Some((numbers, scale)) = known {
            for (cell, number) in self.0.iter_mut().zip(numbers) {
                *cell += counted * scale * f32::from(number.cast_signed());
            }
        }
        known.is_some()
    }

    /// Adds a place, as long as `length`.
    pub(crate) fn add_place(&mut self, place: &[i8], length: f32) {
        for (cell, number) in self.0.iter_mut().zip(place) {
            *cell += length / UNIT * f32::from(*number);
        }
    }

    pub(crate) fn place(&self) -> Option<Place> {
        let length = self.0.iter().map(|number| number * number).sum::<f32>().sqrt();
        (length > 0.0).then(|| self.0.map(|number| (number / length * UNIT).round() as i8))
    }
}

/// How near two places are: the cosine.
pub(crate) fn nearness(a: &Place, b: &[i8]) -> f32 {
    let product: i32 = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
    product as f32 / (UNIT * UNIT)
}

/// What a text means.
#[derive(Debug, Clone)]
pub struct Meaning(Place);

impl Meaning {
    /// Reads it from the text's words; `None` where none of them is known.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        place(stems(text).iter().map(String::as_str)).map(Self)
    }

    /// How near another meaning is: 1 where it is the same, 0 where they have nothing to do with each other.
    #[must_use]
    pub fn nearness(&self, other: &Self) -> f32 {
        nearness(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &str, b: &str) -> f32 {
        let meaning = |text: &str| Meaning::of(text).unwrap();
        meaning(a).nearness(&meaning(b))
    }

    #[test]
    fn what_means_nearly_the_same_lies_nearer_than_what_does_not() {
        assert!(near("véhicule", "voiture") > near("véhicule", "mariage") + 0.1);
        assert!(near("chômage", "demandeur d'emploi") > near("chômage", "passeport") + 0.1);
        assert!(near("passeport", "passeport") > 0.99);
    }

    #[test]
    fn words_that_nobody_has_seen_have_no_place() {
        assert!(Meaning::of("xyzzy").is_none());
        assert!(Meaning::of("").is_none());
    }
}
