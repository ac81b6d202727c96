//! The gate against hand-written rewrites, against mutants of true statements, and against arbitrary texts.

mod mutants;
mod mutation;
mod properties;
mod rewrites;
mod town;
