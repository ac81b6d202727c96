//! The SMPP session against SMSCs that are not ours: the npm package `smpp`, Kannel's `drive_smpp`, and poor ones.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod binds;
mod drive;
mod inbound;
mod npm;
mod outbound;
mod poor_peers;
mod support;
