//! A gateway that a town describes without code: where its fields are, how it signs, what its requests look like.
//!
//! `gateways/` of this crate holds described ones to begin from.

mod configuration;
mod fields;
mod inbound;
mod outbound;
mod signature;
mod template;

pub use configuration::*;
pub use fields::Path;
pub use outbound::Blank;
pub use signature::Signed;
pub use template::Template;

use super::{ConfigurationError, Parsed, Refusal, Request, Secrets, Webhook};
use crate::message::{self, Submission};

/// A described gateway, ready for use.
#[derive(Debug)]
pub struct Generic {
    reader: inbound::Reader,
    writer: outbound::Writer,
}

impl Generic {
    pub(super) fn new(configuration: Configuration, secrets: &Secrets) -> Result<Self, ConfigurationError> {
        Ok(Self {
            reader: inbound::Reader::new(configuration.inbound, secrets)?,
            writer: outbound::Writer::new(configuration.outbound, secrets)?,
        })
    }

    pub(super) fn admit(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        self.reader.admit(webhook)
    }

    pub(super) fn receive(&self, webhook: &Webhook<'_>) -> Result<Parsed, Refusal> {
        self.reader.read(webhook)
    }

    pub(super) fn request(&self, outbound: &message::Outbound) -> Result<Request, Submission> {
        self.writer.request(outbound)
    }

    pub(super) fn outcome(&self, response: &super::Response) -> Submission {
        self.writer.outcome(response)
    }
}
