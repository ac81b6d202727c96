//! The weights of what is seen of a unit, as `examples/learn_reading.rs` prints them.

use super::features::FEATURES;

/// In the order of `features::NAMES`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    6.39, 2.29, 2.34, 3.03, 1.53, 0.92, 1.32, -0.10, 2.89, 0.73, 0.39, 0.57, 0.40,
];
