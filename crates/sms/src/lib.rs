//! SMS in and out: GSM 03.38 text, segments, an SMPP session, HTTP gateways and gammu. Knows nothing of what is said.

pub mod gammu;
pub mod gsm;
pub mod http;
pub mod message;
pub mod smpp;
