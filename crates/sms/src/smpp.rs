//! A client session of SMPP 3.4: binds, keeps the connection, submits under a window and a rate, and hands over what
//! comes in without acknowledging it before it is stored.

mod connect;
mod inbound;
mod link;
mod outbound;
mod pace;
mod pdu;
mod receipt;
mod session;
mod status;
mod window;

use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

pub use inbound::read_pdu;
pub use receipt::{normal_id, parse_receipt};
pub use session::{Acknowledgement, Counters, Deliveries, Delivery, Session, Status};

/// How to reach an SMSC, and what its contract says.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its host name or address.
    pub host: String,
    /// Its port, often 2775, or 3550 with TLS.
    pub port: u16,
    /// TLS, where the SMSC offers it.
    pub tls: Option<Tls>,
    /// Which binds it takes.
    pub bind: Bind,
    /// The account's name, at most 15 characters.
    pub system_id: String,
    /// The account's password.
    pub password: Password,
    /// The account's type, usually empty.
    pub system_type: String,
    /// The numbers whose messages to receive, usually empty.
    pub address_range: String,
    /// The type of our own numbers, where the SMSC wants another than their form tells.
    pub source: Option<Numbering>,
    /// What `data_coding` 0 stands for on this route.
    pub charset: Charset,
    /// How text that needs no UCS-2 is labelled.
    pub coding: Coding,
    /// Whether to ask for delivery receipts.
    pub receipts: bool,
    /// How these write the ids of the pieces.
    pub receipt_ids: ReceiptIds,
    /// How many submissions may wait for their response.
    pub window: NonZeroUsize,
    /// How many submissions a second the contract allows; unlimited where none.
    pub rate: Option<NonZeroU32>,
    /// How many deliveries may wait to be stored; more are asked to come again later.
    pub inbound: NonZeroUsize,
    /// The times to wait.
    pub timing: Timing,
}

impl Config {
    /// An account with the usual settings: binds as found, window 10, receipts, no TLS, no limit on the rate.
    #[must_use]
    pub fn new(host: &str, port: u16, system_id: &str, password: Password) -> Self {
        Self {
            host: host.to_owned(),
            port,
            tls: None,
            bind: Bind::Automatic,
            system_id: system_id.to_owned(),
            password,
            system_type: String::new(),
            address_range: String::new(),
            source: None,
            charset: Charset::Gsm,
            coding: Coding::Default,
            receipts: true,
            receipt_ids: ReceiptIds::Same,
            window: NonZeroUsize::new(10).unwrap_or(NonZeroUsize::MIN),
            rate: None,
            inbound: NonZeroUsize::new(1000).unwrap_or(NonZeroUsize::MIN),
            timing: Timing::default(),
        }
    }

    fn check(&self) -> Result<(), BadConfig> {
        let fields = [
            ("system_id", self.system_id.as_str(), 15),
            // The standard says 8; SMSCs in service take more.
            ("password", self.password.0.as_str(), 64),
            ("system_type", self.system_type.as_str(), 12),
            ("address_range", self.address_range.as_str(), 40),
        ];
        for (field, value, longest) in fields {
            if value.len() > longest || !value.bytes().all(|octet| (0x20..0x7F).contains(&octet)) {
                return Err(BadConfig::Field { field, longest });
            }
        }
        if self.host.is_empty() {
            return Err(BadConfig::NoHost);
        }
        Ok(())
    }
}

/// A configuration that no SMSC could be reached with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// A field that does not fit in a bind.
    #[error(
        "{field} of the SMPP account must be at most {longest} ASCII characters: correct it in the configuration"
    )]
    Field {
        /// Its name.
        field: &'static str,
        /// The most characters it may have.
        longest: usize,
    },
    /// No host.
    #[error("the SMPP account names no host: set it in the configuration")]
    NoHost,
    /// TLS could not be prepared.
    #[error("preparing TLS for the SMPP connection: {0}; correct the certificates in the configuration")]
    Tls(String),
}

/// Which binds to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bind {
    /// A transceiver, or a transmitter and a receiver where the SMSC refuses one.
    Automatic,
    /// A transceiver.
    Transceiver,
    /// A transmitter and a receiver, on two connections.
    Separate,
}

/// A password, hidden from `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Keeps a password.
    #[must_use]
    pub fn new(password: String) -> Self {
        Self(password)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// TLS towards the SMSC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The name that its certificate must carry, where it is not the host's.
    pub server_name: Option<String>,
    /// Who may have signed it.
    pub trust: Trust,
}

/// Whose certificates are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Those of the system.
    System,
    /// These alone, in PEM.
    Pem(Vec<u8>),
}

/// Type of number and numbering plan (SMPP 3.4, sections 5.2.5 and 5.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Type of number.
    pub ton: u8,
    /// Numbering plan indicator.
    pub npi: u8,
}

/// What the octets of `data_coding` 0 are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// GSM 03.38, one character an octet.
    Gsm,
    /// ISO 8859-1.
    Latin1,
}

/// The `data_coding` of outgoing text that fits in one octet a character; what does not fit goes as UCS-2 (8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// 0, in the route's [`Charset`].
    Default,
    /// 1, ASCII.
    Ascii,
    /// 3, ISO 8859-1.
    Latin1,
}

/// How receipts write the id that the SMSC gave a piece when it took it. Only the account's documentation tells: "10" may
/// be a decimal 10 or a hexadecimal 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptIds {
    /// As it was given.
    Same,
    /// In decimal, where it was given in hexadecimal.
    Decimal,
    /// In hexadecimal, where it was given in decimal.
    Hexadecimal,
}

/// The times to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// For a connection, and again for its bind.
    pub connect: Duration,
    /// For the response to a submission.
    pub response: Duration,
    /// In silence, before asking whether the SMSC is there; and for it to answer.
    pub enquire: Duration,
    /// For what is in flight, when the session closes.
    pub close: Duration,
    /// Before the first new connection; doubled each time, up to `reconnect_most`, less a random part.
    pub reconnect: Duration,
    /// The longest time between two connections.
    pub reconnect_most: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            response: Duration::from_secs(30),
            enquire: Duration::from_secs(30),
            close: Duration::from_secs(5),
            reconnect: Duration::from_secs(1),
            reconnect_most: Duration::from_secs(60),
        }
    }
}
