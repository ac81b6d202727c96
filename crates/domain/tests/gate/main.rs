//! The gate against hand-written rewrites, against mutants of true statements, and against arbitrary texts.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test fails as its test does, and prints its figures"
)]

mod changes;
mod mutants;
mod mutation;
mod properties;
mod rewrites;
mod town;
mod words;
