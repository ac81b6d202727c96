//! `[[gateway]]`: how a gateway is reached, as a town writes it.

use serde::{Deserialize, de};
use sms::smpp::{Bind, Charset, Coding, Numbering, Password, ReceiptIds, Tls, Trust};
use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use toml::{Table, Value};

/// A gateway by its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Table")]
pub(crate) struct GatewayEntry {
    /// As sites name it, and as it stands in the address of its webhooks.
    pub(crate) name: String,
    /// Where its secrets are found, by the names that its settings call them.
    pub(crate) secrets: BTreeMap<String, SecretPlace>,
    /// How it is spoken to.
    pub(crate) driver: Driver,
}

/// Where a secret is found: never in the configuration itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum SecretPlace {
    /// The environment variable of that name.
    Env(String),
    /// The first line of that file.
    File(PathBuf),
}

/// How a gateway is spoken to.
#[derive(Debug, Clone)]
pub(crate) enum Driver {
    /// By webhooks and requests.
    Http(Box<sms::http::Configuration>),
    /// By an SMPP session.
    Smpp(Box<SmppEntry>),
    /// By the folders of gammu-smsd.
    Gammu(GammuEntry),
}

/// An SMPP account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SmppEntry {
    host: String,
    port: u16,
    #[serde(default)]
    tls: bool,
    tls_name: Option<String>,
    /// A file of certificates in PEM that are believed in place of the system's.
    tls_authorities: Option<PathBuf>,
    #[serde(default)]
    bind: Binds,
    system_id: String,
    /// The name of the secret.
    password: String,
    #[serde(default)]
    system_type: String,
    #[serde(default)]
    address_range: String,
    source_ton: Option<u8>,
    source_npi: Option<u8>,
    #[serde(default)]
    charset: RouteCharset,
    #[serde(default)]
    coding: RouteCoding,
    #[serde(default = "yes")]
    receipts: bool,
    #[serde(default)]
    receipt_ids: Ids,
    window: Option<NonZeroUsize>,
    per_second: Option<NonZeroU32>,
}

/// The folders of a gammu-smsd.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GammuEntry {
    /// The modem's number.
    pub(crate) number: String,
    /// `inboxpath`
    pub(crate) inbox: PathBuf,
    /// `outboxpath`
    pub(crate) outbox: PathBuf,
    /// `sentsmspath`
    pub(crate) sent: PathBuf,
    /// `errorsmspath`
    pub(crate) error: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Binds {
    #[default]
    Automatic,
    Transceiver,
    Separate,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RouteCharset {
    #[default]
    Gsm,
    Latin1,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ids {
    #[default]
    Same,
    Decimal,
    Hexadecimal,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RouteCoding {
    #[default]
    Default,
    Ascii,
    Latin1,
}

/// A secret that is not where the configuration says.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretError {
    /// The variable is not set, or is not text.
    #[error("the secret {secret:?}: the environment variable {variable} is not set; set it")]
    Variable {
        /// Its name in the settings.
        secret: String,
        /// The variable.
        variable: String,
    },
    /// The file cannot be read.
    #[error("the secret {secret:?}: reading {}: {source}; check its path and permissions", path.display())]
    File {
        /// Its name in the settings.
        secret: String,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The settings name a secret that `[gateway.secrets]` does not.
    #[error("the secret {0:?} is not under [gateway.secrets]; write {0} = {{ env = \"NAME\" }} there")]
    Unnamed(String),
}

impl TryFrom<Table> for GatewayEntry {
    type Error = String;

    fn try_from(mut table: Table) -> Result<Self, String> {
        let Some(Value::String(name)) = table.remove("name") else {
            return Err("gateway.name is missing".to_owned());
        };
        let of = |problem: &dyn std::fmt::Display| format!("gateway {name:?}: {problem}");
        let secrets = table
            .remove("secrets")
            .map_or_else(|| Ok(BTreeMap::new()), Value::try_into)
            .map_err(|_| {
                // The parser's message may repeat what was written: somebody's secret.
                of(&"each of its secrets must be { env = \"NAME\" } or { file = \"PATH\" }")
            })?;
        let driver = match table.get("driver").and_then(Value::as_str) {
            Some("smpp") => Driver::Smpp(Box::new(alone(table).map_err(|error| of(&error))?)),
            Some("gammu") => Driver::Gammu(alone(table).map_err(|error| of(&error))?),
            Some("kannel" | "twilio" | "generic") => Driver::Http(
                Value::Table(table)
                    .try_into()
                    .map_err(|error: toml::de::Error| of(&error.message()))?,
            ),
            _ => {
                return Err(of(
                    &"its driver must be \"kannel\", \"twilio\", \"generic\", \"smpp\" or \"gammu\"",
                ));
            }
        };
        Ok(Self {
            name,
            secrets,
            driver,
        })
    }
}

/// The settings of a driver that does not tell itself from others.
fn alone<T: de::DeserializeOwned>(mut table: Table) -> Result<T, String> {
    table.remove("driver");
    Value::Table(table)
        .try_into()
        .map_err(|error| error.message().to_owned())
}

impl GatewayEntry {
    /// Every secret with its name, read now.
    ///
    /// # Errors
    /// When one is not where the configuration says.
    pub(crate) fn secrets(&self) -> Result<BTreeMap<String, String>, SecretError> {
        self.secrets
            .iter()
            .map(|(name, place)| Ok((name.clone(), place.read(name)?)))
            .collect()
    }
}

impl SecretPlace {
    fn read(&self, secret: &str) -> Result<String, SecretError> {
        let secret = secret.to_owned();
        match self {
            Self::Env(variable) => std::env::var(variable).map_err(|_| SecretError::Variable {
                secret,
                variable: variable.clone(),
            }),
            Self::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(text.lines().next().unwrap_or_default().to_owned()),
                Err(source) => Err(SecretError::File {
                    secret,
                    path: path.clone(),
                    source,
                }),
            },
        }
    }
}

impl SmppEntry {
    /// The session's configuration.
    ///
    /// # Errors
    /// When a secret or the file of authorities is not where the configuration says.
    pub(crate) fn configuration(
        &self,
        secrets: &BTreeMap<String, String>,
    ) -> Result<sms::smpp::Config, SecretError> {
        let password = secrets
            .get(&self.password)
            .ok_or_else(|| SecretError::Unnamed(self.password.clone()))?;
        let trust = match &self.tls_authorities {
            None => Trust::System,
            Some(path) => Trust::Pem(std::fs::read(path).map_err(|source| SecretError::File {
                secret: "tls_authorities".to_owned(),
                path: path.clone(),
                source,
            })?),
        };
        let usual = sms::smpp::Config::new(
            &self.host,
            self.port,
            &self.system_id,
            Password::new(password.clone()),
        );
        let source = self.source_ton.zip(self.source_npi);
        Ok(sms::smpp::Config {
            tls: self.tls.then(|| Tls {
                server_name: self.tls_name.clone(),
                trust,
            }),
            bind: match self.bind {
                Binds::Automatic => Bind::Automatic,
                Binds::Transceiver => Bind::Transceiver,
                Binds::Separate => Bind::Separate,
            },
            system_type: self.system_type.clone(),
            address_range: self.address_range.clone(),
            source: source.map(|(ton, npi)| Numbering { ton, npi }),
            charset: match self.charset {
                RouteCharset::Gsm => Charset::Gsm,
                RouteCharset::Latin1 => Charset::Latin1,
            },
            coding: match self.coding {
                RouteCoding::Default => Coding::Default,
                RouteCoding::Ascii => Coding::Ascii,
                RouteCoding::Latin1 => Coding::Latin1,
            },
            receipts: self.receipts,
            receipt_ids: match self.receipt_ids {
                Ids::Same => ReceiptIds::Same,
                Ids::Decimal => ReceiptIds::Decimal,
                Ids::Hexadecimal => ReceiptIds::Hexadecimal,
            },
            window: self.window.unwrap_or(usual.window),
            rate: self.per_second,
            ..usual
        })
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gateways_that_are_shipped_as_examples_are_read_below_a_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sms/gateways");
        let mut read = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let mut table: Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            table.insert("name".into(), "g".into());
            let entry = GatewayEntry::try_from(table);
            assert!(
                matches!(&entry, Ok(entry) if matches!(entry.driver, Driver::Http(_))),
                "{}: {entry:?}",
                path.display()
            );
            read += 1;
        }
        assert!(read >= 5);
    }

    #[test]
    fn secrets_are_read_where_they_are_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "hunter2\n").unwrap();
        let entry = |place: SecretPlace| {
            let text = "name = \"g\"\ndriver = \"smpp\"\nhost = \"h\"\nport = 1\nsystem_id = \"s\"\npassword = \"p\"";
            let entry = GatewayEntry::try_from(text.parse::<Table>().unwrap()).unwrap();
            GatewayEntry {
                secrets: [("p".to_owned(), place)].into(),
                ..entry
            }
        };
        let found = entry(SecretPlace::File(path));
        let secrets = found.secrets().unwrap();
        assert_eq!(secrets["p"], "hunter2");
        let Driver::Smpp(smpp) = &found.driver else {
            panic!("{found:?}");
        };
        let configuration = smpp.configuration(&secrets).unwrap();
        assert!(!format!("{found:?} {configuration:?}").contains("hunter2"));
        assert!(matches!(
            smpp.configuration(&BTreeMap::new()),
            Err(SecretError::Unnamed(_))
        ));
        let missing = entry(SecretPlace::Env("PARVIS_NO_SUCH_VARIABLE".into())).secrets();
        assert!(
            missing
                .unwrap_err()
                .to_string()
                .contains("PARVIS_NO_SUCH_VARIABLE")
        );
    }
}
