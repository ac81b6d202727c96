//! The program as a whole: a real process, a real database, real connections.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails as its test does"
)]

mod api;
mod candidates;
mod golden;
mod languages;
mod lifecycle;
mod model;
mod pages;
mod privacy;
mod quality;
mod rebuild;
mod review;
mod second_opinion;
mod sets;
mod simulate;
mod sitemap;
mod sms;
mod support;
mod translation;
