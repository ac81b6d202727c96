//! HTTP gateways and gammu: the described gateways that ship, properties of what is read, and real peers.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod described;
mod gammu_smsd;
mod kannel;
mod peers;
mod properties;
mod sending;
mod shipped;
mod support;
