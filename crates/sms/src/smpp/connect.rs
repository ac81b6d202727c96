//! Reaching an SMSC and binding to it.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::pdu::{self, BadLength, HEADER, Header, Writer, command};
use super::status::Status;
use super::{BadConfig, Config, Tls, Trust};

/// How much is read at once.
pub(crate) const CHUNK: usize = 16 * 1024;

/// The sequence number of a bind, the first request of a connection.
const FIRST: u32 = 1;

/// What a connection is bound for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Transceiver,
    Transmitter,
    Receiver,
}

impl Role {
    pub(crate) fn sends(self) -> bool {
        self != Self::Receiver
    }

    pub(crate) fn receives(self) -> bool {
        self != Self::Transmitter
    }

    fn command(self) -> u32 {
        match self {
            Self::Transceiver => command::BIND_TRANSCEIVER,
            Self::Transmitter => command::BIND_TRANSMITTER,
            Self::Receiver => command::BIND_RECEIVER,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Transceiver => "transceiver",
            Self::Transmitter => "transmitter",
            Self::Receiver => "receiver",
        }
    }
}

/// Why there is no connection, or no longer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("connecting to the SMSC: {0}; check its host and port, and that it may be reached from here")]
    Connect(std::io::Error),
    #[error("starting TLS with the SMSC: {0}; check its certificate and whether its port speaks TLS")]
    Tls(std::io::Error),
    #[error(
        "connecting to the SMSC took too long; check its host and port, and that it may be reached from here"
    )]
    Unreachable,
    #[error("the SMSC did not answer the bind of a {role}; check its port, and which binds it takes")]
    NoAnswer { role: &'static str },
    #[error("the SMSC refused to bind a {role}: {status}; check the account with the operator")]
    Refused { role: &'static str, status: Status },
    #[error("the SMSC closed the connection")]
    Closed,
    #[error("the connection to the SMSC broke: {0}")]
    Broken(std::io::Error),
    #[error("the SMSC sent {0}: what it speaks is not SMPP, or is damaged")]
    Garbage(#[from] BadLength),
    #[error("the SMSC no longer answers enquire_link")]
    Silent,
    #[error("the SMSC left a whole window of submissions without response")]
    Stuck,
}

impl Trouble {
    /// Whether this end of a bind tells that others may fare better. Some SMSCs refuse a transceiver by silence.
    pub(crate) fn leads_to_other_binds(&self, role: Role) -> bool {
        match self {
            Self::Refused { status, .. } => !status.is_about_the_account(),
            Self::NoAnswer { .. } | Self::Closed | Self::Broken(_) => role == Role::Transceiver,
            _ => false,
        }
    }
}

/// A byte stream, with TLS or without.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// A bound connection, and what came after the answer to the bind.
pub(crate) struct Bound {
    pub(crate) role: Role,
    pub(crate) reader: ReadHalf<Box<dyn Wire>>,
    pub(crate) writer: WriteHalf<Box<dyn Wire>>,
    pub(crate) received: Vec<u8>,
    pub(crate) last_sequence: u32,
}

/// How to reach the SMSC, prepared once.
pub(crate) struct Connector {
    pub(crate) config: Config,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl Connector {
    pub(crate) fn new(config: Config) -> Result<Self, BadConfig> {
        config.check()?;
        let tls = config
            .tls
            .as_ref()
            .map(|tls| prepare(tls, &config.host))
            .transpose()?;
        Ok(Self { config, tls })
    }

    /// Connects and binds.
    pub(crate) async fn bind(&self, role: Role) -> Result<Bound, Trouble> {
        let limit = self.config.timing.connect;
        let wire = timeout(limit, self.connect())
            .await
            .map_err(|_| Trouble::Unreachable)??;
        timeout(limit, self.ask_to_bind(wire, role))
            .await
            .map_err(|_| Trouble::NoAnswer { role: role.name() })?
    }

    async fn connect(&self) -> Result<Box<dyn Wire>, Trouble> {
        let stream = TcpStream::connect((self.config.host.as_str(), self.config.port))
            .await
            .map_err(Trouble::Connect)?;
        stream.set_nodelay(true).map_err(Trouble::Connect)?;
        Ok(match &self.tls {
            None => Box::new(stream),
            Some((connector, name)) => {
                let stream = connector.connect(name.clone(), stream).await;
                Box::new(stream.map_err(Trouble::Tls)?)
            }
        })
    }

    async fn ask_to_bind(&self, wire: Box<dyn Wire>, role: Role) -> Result<Bound, Trouble> {
        let (mut reader, mut writer) = tokio::io::split(wire);
        let mut request = Vec::new();
        let bind = pdu::Bind {
            system_id: &self.config.system_id,
            password: &self.config.password.0,
            system_type: &self.config.system_type,
            address_range: &self.config.address_range,
        };
        Writer(&mut request).bind(role.command(), FIRST, &bind);
        writer.write_all(&request).await.map_err(Trouble::Broken)?;
        writer.flush().await.map_err(Trouble::Broken)?;
        let mut received = Vec::new();
        loop {
            while let Some(header) = Header::of_complete(&received)? {
                received.drain(..header.length.max(HEADER));
                let answers = [role.command() | command::RESPONSE, command::GENERIC_NACK];
                if !answers.contains(&header.command) {
                    continue;
                }
                let status = Status(header.status);
                if status != Status::OK || header.command == command::GENERIC_NACK {
                    let role = role.name();
                    return Err(Trouble::Refused { role, status });
                }
                return Ok(Bound {
                    role,
                    reader,
                    writer,
                    received,
                    last_sequence: FIRST,
                });
            }
            received.reserve(CHUNK);
            if reader.read_buf(&mut received).await.map_err(Trouble::Broken)? == 0 {
                return Err(Trouble::Closed);
            }
        }
    }
}

fn prepare(tls: &Tls, host: &str) -> Result<(TlsConnector, ServerName<'static>), BadConfig> {
    let bad = |error: &dyn std::fmt::Display| BadConfig::Tls(error.to_string());
    let mut roots = RootCertStore::empty();
    match &tls.trust {
        Trust::System => {
            let found = rustls_native_certs::load_native_certs();
            let (added, _) = roots.add_parsable_certificates(found.certs);
            if added == 0 {
                return Err(bad(&"the system has no certificate authorities"));
            }
        }
        Trust::Pem(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem) {
                let certificate = certificate.map_err(|error| bad(&error))?;
                roots.add(certificate).map_err(|error| bad(&error))?;
            }
            if roots.is_empty() {
                return Err(bad(&"the PEM text holds no certificate"));
            }
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = tls.server_name.as_deref().unwrap_or(host).to_owned();
    let name = ServerName::try_from(name).map_err(|error| bad(&error))?;
    Ok((TlsConnector::from(Arc::new(config)), name))
}
