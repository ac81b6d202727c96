//! A gateway in memory: what is submitted comes out of a channel, for the simulated telephone and for tests.

use super::send::Submit;
use sms::message::{Outbound, Submission};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The sending side of a gateway in memory.
pub(crate) struct MemoryGateway {
    submitted: UnboundedSender<Outbound>,
}

impl MemoryGateway {
    /// A gateway, and where its pieces come out.
    pub(crate) fn new() -> (Self, UnboundedReceiver<Outbound>) {
        let (submitted, pieces) = unbounded_channel();
        (Self { submitted }, pieces)
    }
}

impl Submit for MemoryGateway {
    fn at_once(&self) -> u32 {
        50
    }

    async fn submit(&self, piece: Outbound) -> Submission {
        match self.submitted.send(piece) {
            Ok(()) => Submission::Accepted { id: None },
            Err(_) => Submission::Refused {
                detail: "the telephone is gone".to_owned(),
            },
        }
    }
}
