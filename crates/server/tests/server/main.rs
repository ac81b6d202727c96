//! The program as a whole: a real process, a real database, real connections.

mod api;
mod lifecycle;
mod pages;
mod privacy;
mod sitemap;
mod support;
