//! Vectors of stems: learned so that a heading, a link's words or a few words of a text lie nearer to the text that they
//! come from than to other texts.

use crate::fiches::Fiche;
use crate::random::Random;
use retrieval::{DIMENSIONS, stems, write_vectors};
use std::collections::HashMap;

/// Rarer stems have too few neighbours to learn from.
const FEWEST_TEXTS: u32 = 2;
/// Shorter texts say nothing of their own.
const SHORTEST_TEXT: usize = 20;
/// Pairs of a few words and their text, for each pair of a heading or a link and its text.
const PASSAGES: usize = 4;
/// How many pairs are told apart at once.
const BATCH: usize = 384;
const ROUNDS: usize = 6;
/// The lower, the more the nearest wrong text counts.
const TEMPERATURE: f32 = 0.12;
const FIRST_STEP: f32 = 0.006;
const LAST_STEP: f32 = 0.0003;

/// Stems by number, with how much of each there is.
type Bag = Vec<(u32, f32)>;

/// A question and the text that it belongs to.
struct Pair {
    asked: Bag,
    text: usize,
}

struct Vocabulary {
    stems: Vec<String>,
    numbers: HashMap<String, u32>,
    idf: Vec<f32>,
}

impl Vocabulary {
    fn of(texts: &[(Vec<String>, Vec<String>)]) -> Self {
        let mut counts: HashMap<&str, (u32, usize)> = HashMap::new();
        for (at, (title, text)) in texts.iter().enumerate() {
            for stem in title.iter().chain(text) {
                let (count, last) = counts.entry(stem).or_insert((0, usize::MAX));
                if *last != at {
                    (*count, *last) = (*count + 1, at);
                }
            }
        }
        let mut kept: Vec<(&str, u32)> = counts
            .into_iter()
            .filter(|(stem, (count, _))| *count >= FEWEST_TEXTS && !stem.contains(char::is_whitespace))
            .map(|(stem, (count, _))| (stem, count))
            .collect();
        kept.sort_unstable();
        let total = texts.len() as f32 + 1.0;
        Self {
            numbers: (0..)
                .zip(&kept)
                .map(|(number, (stem, _))| ((*stem).to_owned(), number))
                .collect(),
            idf: kept
                .iter()
                .map(|(_, count)| (total / (*count as f32 + 0.5)).ln())
                .collect(),
            stems: kept.into_iter().map(|(stem, _)| stem.to_owned()).collect(),
        }
    }

    fn bag<'a>(&self, stems: impl Iterator<Item = &'a String>) -> Bag {
        let mut counts: HashMap<u32, f32> = HashMap::new();
        for number in stems.filter_map(|stem| self.numbers.get(stem)) {
            *counts.entry(*number).or_default() += 1.0;
        }
        let mut bag: Bag = counts
            .into_iter()
            .map(|(number, count)| (number, (1.0 + count.ln()) * self.idf[number as usize]))
            .collect();
        bag.sort_unstable_by_key(|(number, _)| *number);
        bag
    }
}

/// Learns vectors and gives the file that ships.
pub(crate) fn learn(fiches: &[Fiche], mut progress: impl FnMut(usize, f32)) -> Vec<u8> {
    let mut random = Random::new(1);
    let read: Vec<(Vec<String>, Vec<String>)> = fiches
        .iter()
        .map(|fiche| {
            (
                stems(&fiche.draft.content.title),
                stems(fiche.draft.content.text.as_str()),
            )
        })
        .collect();
    let vocabulary = Vocabulary::of(&read);
    let mut texts: Vec<[Bag; 2]> = Vec::new();
    let mut pairs = Vec::new();
    let mut kept = Vec::new();
    for (fiche, (title, text)) in fiches.iter().zip(&read) {
        if text.len() < SHORTEST_TEXT {
            continue;
        }
        let headings = fiche.headings().map(stems).filter(|heading| heading.len() >= 2);
        // A link that says the title would teach what its text alone must teach.
        let links = fiche
            .links
            .iter()
            .map(|words| stems(words))
            .filter(|words| words != title);
        for words in headings.chain(links) {
            pairs.push(Pair {
                asked: vocabulary.bag(words.iter()),
                text: texts.len(),
            });
        }
        let twice = title.iter().chain(title);
        texts.push([
            vocabulary.bag(text.iter()),
            vocabulary.bag(text.iter().chain(twice)),
        ]);
        kept.push(text);
    }
    for _ in 0..pairs.len() * PASSAGES {
        let text = random.below(kept.len());
        let length = 3 + random.below(10);
        let start = random.below(kept[text].len().saturating_sub(length));
        let asked = vocabulary.bag(kept[text].iter().skip(start).take(length));
        pairs.push(Pair { asked, text });
    }
    pairs.retain(|pair| !pair.asked.is_empty());
    let mut learner = Learner::new(vocabulary.stems.len(), &mut random);
    let batches = pairs.len() / BATCH;
    for round in 0..ROUNDS {
        random.shuffle(&mut pairs);
        let mut loss = 0.0;
        for (at, batch) in pairs.chunks_exact(BATCH).enumerate() {
            let done = (round * batches + at) as f32 / (ROUNDS * batches) as f32;
            let titled = random.below(5) < 2;
            let step = FIRST_STEP + (LAST_STEP - FIRST_STEP) * done;
            loss += learner.learn(batch, &texts, usize::from(titled), step);
        }
        progress(round + 1, loss / batches.max(1) as f32);
    }
    for (row, idf) in learner.vectors.chunks_exact_mut(DIMENSIONS).zip(&vocabulary.idf) {
        row.iter_mut().for_each(|number| *number *= idf);
    }
    let rows = learner.vectors.chunks_exact(DIMENSIONS);
    write_vectors(vocabulary.stems.iter().map(String::as_str).zip(rows))
}

/// Vectors, with the running means of their gradients (Adam, one rate for a whole vector).
struct Learner {
    vectors: Vec<f32>,
    gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

/// The sides of a batch: one vector of length one for each bag, and the length it had.
struct Side {
    unit: Vec<f32>,
    lengths: Vec<f32>,
}

impl Learner {
    fn new(count: usize, random: &mut Random) -> Self {
        let width = (3.0 / DIMENSIONS as f32).sqrt();
        Self {
            vectors: (0..count * DIMENSIONS).map(|_| random.signed() * width).collect(),
            gradient: vec![0.0; count * DIMENSIONS],
            first: vec![0.0; count * DIMENSIONS],
            second: vec![1e-8; count],
            steps: 0,
        }
    }

    /// One step; gives the loss before it.
    fn learn(&mut self, batch: &[Pair], texts: &[[Bag; 2]], titled: usize, step: f32) -> f32 {
        let mut held: Vec<usize> = batch.iter().map(|pair| pair.text).collect();
        held.sort_unstable();
        held.dedup();
        let asked = self.side(batch.iter().map(|pair| &pair.asked));
        let told = self.side(held.iter().map(|text| &texts[*text][titled]));
        let mut asked_gradient = vec![0.0; asked.unit.len()];
        let mut told_gradient = vec![0.0; told.unit.len()];
        let mut loss = 0.0;
        let share = 1.0 / (batch.len() as f32 * TEMPERATURE);
        let mut scores = vec![0.0; held.len()];
        for (at, pair) in batch.iter().enumerate() {
            let row = at * DIMENSIONS..(at + 1) * DIMENSIONS;
            let question = &asked.unit[row.clone()];
            for (score, text) in scores.iter_mut().zip(told.unit.chunks_exact(DIMENSIONS)) {
                *score = dot(question, text) / TEMPERATURE;
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - most).exp());
            let total: f32 = scores.iter().sum();
            let right = held.binary_search(&pair.text).unwrap_or(0);
            loss -= (scores[right] / total).max(1e-9).ln();
            for (text, score) in scores.iter().enumerate() {
                let wrong = share * (score / total - if text == right { 1.0 } else { 0.0 });
                let other = text * DIMENSIONS..(text + 1) * DIMENSIONS;
                add(&mut asked_gradient[row.clone()], wrong, &told.unit[other.clone()]);
                add(&mut told_gradient[other], wrong, question);
            }
        }
        self.gradient.fill(0.0);
        for (at, pair) in batch.iter().enumerate() {
            self.back(&pair.asked, &asked, &asked_gradient, at);
        }
        for (at, text) in held.iter().enumerate() {
            self.back(&texts[*text][titled], &told, &told_gradient, at);
        }
        self.step(step);
        loss / batch.len() as f32
    }

    fn side<'a>(&self, bags: impl Iterator<Item = &'a Bag>) -> Side {
        let mut side = Side {
            unit: Vec::new(),
            lengths: Vec::new(),
        };
        for bag in bags {
            let mut sum = [0f32; DIMENSIONS];
            for (stem, weight) in bag {
                let row = *stem as usize * DIMENSIONS;
                add(&mut sum, *weight, &self.vectors[row..row + DIMENSIONS]);
            }
            let length = dot(&sum, &sum).sqrt() + 1e-6;
            side.unit.extend(sum.iter().map(|number| number / length));
            side.lengths.push(length);
        }
        side
    }

    /// Hands the gradient of a unit vector on to the stems that it was summed of.
    fn back(&mut self, bag: &Bag, side: &Side, gradients: &[f32], at: usize) {
        let row = at * DIMENSIONS..(at + 1) * DIMENSIONS;
        let (unit, gradient) = (&side.unit[row.clone()], &gradients[row]);
        let along = dot(unit, gradient);
        let mut turned = [0f32; DIMENSIONS];
        for ((cell, gradient), unit) in turned.iter_mut().zip(gradient).zip(unit) {
            *cell = (gradient - along * unit) / side.lengths[at];
        }
        for (stem, weight) in bag {
            let row = *stem as usize * DIMENSIONS;
            add(&mut self.gradient[row..row + DIMENSIONS], *weight, &turned);
        }
    }

    fn step(&mut self, step: f32) {
        self.steps += 1;
        let corrected = 1.0 - 0.999f32.powi(self.steps);
        let rows = self
            .vectors
            .chunks_exact_mut(DIMENSIONS)
            .zip(self.gradient.chunks_exact(DIMENSIONS));
        let means = self.first.chunks_exact_mut(DIMENSIONS).zip(&mut self.second);
        for ((vector, gradient), (first, second)) in rows.zip(means) {
            let size = dot(gradient, gradient) / DIMENSIONS as f32;
            *second = 0.999 * *second + 0.001 * size;
            let rate = step / ((*second / corrected).sqrt() + 1e-7);
            for ((number, gradient), first) in vector.iter_mut().zip(gradient).zip(first) {
                *first = 0.9 * *first + 0.1 * gradient;
                *number -= rate * *first;
            }
        }
    }
}

/// In eight sums, so that the processor can do them side by side.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

fn add(sum: &mut [f32], weight: f32, other: &[f32]) {
    for (sum, other) in sum.iter_mut().zip(other) {
        *sum += weight * other;
    }
}
