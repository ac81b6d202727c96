//! The weights of what is seen of a unit, as `examples/learn_reading.rs` prints them.

use super::features::FEATURES;

/// In the order of `features::NAMES`. That of headings that announce is set by hand: the lessons draw question words without
/// regard to headings, and give it 0.14.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    6.36, 2.21, 2.27, 2.95, 0.80, 1.52, 0.92, 1.31, -0.11, 2.86, 0.73, 0.39, 0.57, 0.40,
];
