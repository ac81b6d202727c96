//! The gate against hand-written rewrites, against mutants of true statements, and against arbitrary texts.

mod properties;
mod rewrites;
