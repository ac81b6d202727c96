//! The configuration: the commented default file, with the town's file laid over it.

use crate::model::ModelSettings;
use crate::second_opinion::SecondOpinionSettings;
use crate::sms::{GatewayEntry, SmsSettings};
use crate::theme::Theme;
use assistant::{Language, Meter, MeterSettings};
use chrono_tz::Tz;
use domain::calendar::{HolidayRegion, SchoolZone, TownCalendar};
use domain::ids::{ExternalId, InvalidExternalId};
use domain::site::SiteSettings;
use serde::Deserialize;
use sms::message::{Address, AddressKind};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use toml::{Table, Value};
use url::Url;

const DEFAULTS: &str = include_str!("../parvis.default.toml");
const DEFAULTS_NAME: &str = "parvis.default.toml";

/// Every setting of the program.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The listener and its surroundings.
    pub(crate) server: Server,
    /// Where rows are kept.
    pub(crate) database: Database,
    /// What one client, and all of them, may ask.
    pub(crate) limits: Limits,
    /// Who may be connected to.
    pub(crate) egress: Egress,
    pub(crate) model: ModelSettings,
    /// How the energy of answers is found.
    pub(crate) energy: EnergySettings,
    pub(crate) second_opinion: SecondOpinionSettings,
    /// What is logged, and how.
    pub(crate) log: Log,
    /// The towns and bodies hosted here.
    #[serde(default, rename = "site")]
    pub(crate) sites: Vec<SiteEntry>,
    /// The gateways that bring and take SMS.
    #[serde(default, rename = "gateway")]
    pub(crate) gateways: Vec<GatewayEntry>,
}

/// `[server]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// The address that residents use.
    #[serde(deserialize_with = "empty_is_none")]
    pub(crate) public_url: Option<Url>,
    /// Where everything is kept.
    pub(crate) data_dir: PathBuf,
    /// How long open answers may take after a stop signal.
    pub(crate) shutdown_seconds: u64,
    /// How long one request may take.
    pub(crate) request_seconds: u64,
    /// Whose `X-Forwarded-For` is believed.
    pub(crate) trusted_proxies: Vec<Network>,
    /// Who may read the metrics.
    pub(crate) metrics: MetricsReaders,
}

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// A PostgreSQL address; none: SQLite in the data directory.
    #[serde(deserialize_with = "empty_is_none")]
    pub(crate) url: Option<String>,
}

/// `[limits]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// Average rate of one client; 0 = no limit.
    pub(crate) questions_per_minute: u32,
    /// How many in a row before the average counts.
    pub(crate) burst: u32,
    /// The most bytes of a body.
    pub(crate) body_bytes: usize,
    /// The most characters of a question.
    pub(crate) question_characters: usize,
    /// Requests at the same time; 0 = no limit.
    pub(crate) concurrent: usize,
}

/// `[egress]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Egress {
    /// Hosts allowed beside the sitemap's own.
    pub(crate) hosts: Vec<String>,
    /// Pages fetched in a second; 0 = no limit.
    pub(crate) pages_per_second: u32,
    /// The most pages of one import.
    pub(crate) pages: usize,
}

/// `[energy]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnergySettings {
    /// The folder of Linux's power capping framework.
    pub(crate) rapl: PathBuf,
    /// The power of a busy core in watts, where no counter of the processor may be read.
    pub(crate) watts_per_core: f64,
}

impl EnergySettings {
    /// What counts it here.
    pub(crate) fn meter(&self) -> Meter {
        Meter::new(&MeterSettings {
            rapl: self.rapl.clone(),
            nvml: None,
            watts_per_core: self.watts_per_core,
        })
    }

    fn check(&self) -> Result<(), String> {
        match self.watts_per_core > 0.0 && self.watts_per_core.is_finite() {
            true => Ok(()),
            false => Err("energy.watts_per_core must be more than 0".to_owned()),
        }
    }
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// How a line looks.
    pub(crate) format: LogFormat,
    /// From which level on.
    pub(crate) level: LogLevel,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// From which level on lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    /// What needs a person.
    Error,
    /// What may need one.
    Warn,
    /// What happens.
    Info,
    /// How it happens.
    Debug,
    /// Everything.
    Trace,
}

/// Who may read the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MetricsReaders {
    /// Programs on this machine.
    Loopback,
    /// Whoever reaches the listener.
    Anyone,
}

/// `[[site]]`, completed by `[site_defaults]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteEntry {
    /// Its public key.
    pub(crate) key: String,
    /// What residents call it.
    pub(crate) name: String,
    /// Host names whose requests are for this site.
    #[serde(default)]
    pub(crate) hosts: Vec<String>,
    timezone: Tz,
    holiday_region: HolidayRegion,
    #[serde(deserialize_with = "school_zone")]
    school_zone: SchoolZone,
    languages: Vec<String>,
    origins: Vec<String>,
    #[serde(deserialize_with = "empty_is_none")]
    default_counter: Option<String>,
    web_retention_days: u16,
    /// How our pages look.
    #[serde(default)]
    pub(crate) theme: Theme,
    /// Its numbers, where it answers SMS.
    pub(crate) sms: Option<SmsSettings>,
}

/// An address, or all addresses that begin like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Network {
    address: IpAddr,
    prefix: u8,
}

/// Why the configuration does not stand.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("reading the configuration {}: {source}; check --config", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{file} is not well-formed TOML: {detail}")]
    Malformed {
        /// The file.
        file: String,
        /// What the parser says.
        detail: String,
    },
    /// A key is unknown, missing, or its value does not fit.
    #[error("{file}: {detail}; parvis.default.toml lists every key with its meaning")]
    Invalid {
        /// The file.
        file: String,
        /// Which key, and why.
        detail: String,
    },
}

impl Config {
    /// The defaults, with the file at `path` laid over them.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else {
            return Self::overlay(DEFAULTS_NAME, "");
        };
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::overlay(&path.display().to_string(), &text)
    }

    /// The defaults, with `text` (the content of `file`) laid over them.
    pub(crate) fn overlay(file: &str, text: &str) -> Result<Self, ConfigError> {
        let mut settings = parse(DEFAULTS_NAME, DEFAULTS)?;
        lay_over(&mut settings, parse(file, text)?);
        complete_sites(&mut settings, file)?;
        let config: Self = Value::Table(settings)
            .try_into()
            .map_err(|error: toml::de::Error| invalid(file, one_line(&error)))?;
        config.check(file)?;
        Ok(config)
    }

    fn check(&self, file: &str) -> Result<(), ConfigError> {
        if !(1..=1000).contains(&self.limits.question_characters) {
            return Err(invalid(
                file,
                "limits.question_characters must be between 1 and 1000",
            ));
        }
        if self.limits.questions_per_minute > 0 && self.limits.burst == 0 {
            return Err(invalid(
                file,
                "limits.burst must be at least 1 where questions_per_minute is set",
            ));
        }
        for (at, site) in self.sites.iter().enumerate() {
            if !is_site_key(&site.key) {
                let wanted = "1 to 64 lower-case letters, digits and hyphens";
                return Err(invalid(file, format!("site.key {:?} is not {wanted}", site.key)));
            }
            if self.sites[..at].iter().any(|other| other.key == site.key) {
                return Err(invalid(file, format!("site.key {:?} is given twice", site.key)));
            }
            for origin in &site.origins {
                if !is_origin(origin) {
                    let wanted = "an origin like \"https://www.example.org\", without a path";
                    return Err(invalid(file, format!("site.origins: {origin:?} is not {wanted}")));
                }
            }
            if let Some(value) = site.theme.unfit() {
                let wanted = "a CSS value without ; { } < or \\";
                return Err(invalid(file, format!("site.theme: {value:?} is not {wanted}")));
            }
            let spoken = Language::ALL.map(Language::tag);
            if site.languages.is_empty() || site.languages.iter().any(|l| !spoken.contains(&l.as_str())) {
                let wanted = spoken.map(|tag| format!("{tag:?}")).join(", ");
                return Err(invalid(
                    file,
                    format!("site.languages must name some of {wanted}"),
                ));
            }
            site.settings()
                .map_err(|error| invalid(file, format!("site.default_counter: {error}")))?;
        }
        self.model.check().map_err(|detail| invalid(file, detail))?;
        self.energy.check().map_err(|detail| invalid(file, detail))?;
        self.second_opinion
            .check()
            .map_err(|detail| invalid(file, detail))?;
        self.check_sms().map_err(|detail| invalid(file, detail))
    }

    fn check_sms(&self) -> Result<(), String> {
        for (at, gateway) in self.gateways.iter().enumerate() {
            let name = &gateway.name;
            if !is_site_key(name) {
                let wanted = "1 to 64 lower-case letters, digits and hyphens";
                return Err(format!("gateway.name {name:?} is not {wanted}"));
            }
            if self.gateways[..at].iter().any(|other| other.name == *name) {
                return Err(format!("gateway.name {name:?} is given twice"));
            }
        }
        let mut numbers: Vec<Address> = Vec::new();
        for (key, sms) in self
            .sites
            .iter()
            .filter_map(|site| Some((&site.key, site.sms.as_ref()?)))
        {
            if !self.gateways.iter().any(|gateway| gateway.name == sms.gateway) {
                let wanted = "the name of a [[gateway]]";
                return Err(format!(
                    "site.sms.gateway of {key:?}: {:?} is not {wanted}",
                    sms.gateway
                ));
            }
            if sms.numbers.is_empty() {
                return Err(format!(
                    "site.sms.numbers of {key:?} is empty; write the number that residents write to"
                ));
            }
            for (at, written) in sms.numbers.iter().enumerate() {
                let place = format!("site.sms.numbers of {key:?}, the entry {}", at + 1);
                let number = Address::parse(written).map_err(|error| {
                    format!("{place}: {error}; write \"+33937000000\" or the short code \"36000\"")
                })?;
                if number.kind() == AddressKind::Alphanumeric {
                    return Err(format!(
                        "{place} is a name: nobody can write to it; write a number"
                    ));
                }
                if numbers.contains(&number) {
                    return Err(format!("{place} is given twice; a number belongs to one site"));
                }
                numbers.push(number);
            }
            let is_prefix = |country: &String| {
                country
                    .strip_prefix('+')
                    .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
            };
            if let Some(country) = sms.countries.iter().find(|country| !is_prefix(country)) {
                return Err(format!(
                    "site.sms.countries of {key:?}: {country:?} is not the beginning of a number like \"+33\""
                ));
            }
        }
        Ok(())
    }
}

impl SiteEntry {
    /// The settings that the site's row keeps.
    pub(crate) fn settings(&self) -> Result<SiteSettings, InvalidExternalId> {
        Ok(SiteSettings {
            name: self.name.clone(),
            calendar: TownCalendar {
                timezone: self.timezone,
                region: self.holiday_region,
                zone: self.school_zone,
            },
            languages: self.languages.clone(),
            origins: self.origins.clone(),
            default_counter: self.default_counter.as_deref().map(ExternalId::new).transpose()?,
            web_retention_days: self.web_retention_days,
        })
    }
}

/// Whether `key` can name a site in addresses.
pub(crate) fn is_site_key(key: &str) -> bool {
    (1..=64).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether `text` is a web origin as browsers send it.
pub(crate) fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text
    })
}

impl Network {
    /// Whether `address` lies in it.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let differs = |held: u128, asked: u128, width: u8| {
            let unread = u32::from(width.saturating_sub(self.prefix));
            (held ^ asked).checked_shr(unread).unwrap_or(0) != 0
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(held), IpAddr::V4(asked)) => {
                !differs(held.to_bits().into(), asked.to_bits().into(), 32)
            }
            (IpAddr::V6(held), IpAddr::V6(asked)) => !differs(held.to_bits(), asked.to_bits(), 128),
            _ => false,
        }
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not an address or a network like \"10.0.0.0/8\"");
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().map_err(|_| wrong())?)),
            None => (text.as_str(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        match prefix.unwrap_or(width) {
            prefix if prefix <= width => Ok(Self { address, prefix }),
            _ => Err(wrong()),
        }
    }
}

fn parse(file: &str, text: &str) -> Result<Table, ConfigError> {
    text.parse::<Table>().map_err(|error| ConfigError::Malformed {
        file: file.to_owned(),
        detail: error.to_string().trim_end().to_owned(),
    })
}

fn lay_over(base: &mut Table, above: Table) {
    for (key, value) in above {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(table)) => lay_over(below, table),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Gives each `[[site]]` what `[site_defaults]` says and it does not.
fn complete_sites(settings: &mut Table, file: &str) -> Result<(), ConfigError> {
    let Some(Value::Table(defaults)) = settings.remove("site_defaults") else {
        return Err(invalid(file, "site_defaults must be a table"));
    };
    if let Some(Value::Array(sites)) = settings.get_mut("site") {
        for site in sites {
            if let Value::Table(given) = std::mem::replace(site, Value::Table(defaults.clone()))
                && let Value::Table(whole) = site
            {
                lay_over(whole, given);
            }
        }
    }
    Ok(())
}

fn invalid(file: &str, detail: impl Into<String>) -> ConfigError {
    ConfigError::Invalid {
        file: file.to_owned(),
        detail: detail.into(),
    }
}

fn one_line(error: &toml::de::Error) -> String {
    error
        .to_string()
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

pub(crate) fn empty_is_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|error| serde::de::Error::custom(format!("{text:?}: {error}")))
}

fn school_zone<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SchoolZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    SchoolZone::parse(&name)
        .ok_or_else(|| serde::de::Error::custom(format!("{name:?} is not a school zone: a, b, c or other")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::overlay("town.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn the_default_file_is_the_defaults() {
        let config = Config::load(None).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.limits.body_bytes, 16 * 1024);
        assert!(
            config.sites.is_empty() && config.server.public_url.is_none() && config.database.url.is_none()
        );
    }

    #[test]
    fn a_town_writes_only_what_differs() {
        let text = "[limits]\nburst = 3\n[site_defaults]\nschool_zone = \"b\"\n[[site]]\nkey = \"clairvigny\"\nname = \"Ville de Clairvigny\"\n";
        let config = Config::overlay("town.toml", text).unwrap();
        assert_eq!((config.limits.burst, config.limits.questions_per_minute), (3, 60));
        let settings = config.sites[0].settings().unwrap();
        assert_eq!(settings.calendar.zone, SchoolZone::B);
        assert_eq!(settings.calendar.timezone, Tz::Europe__Paris);
        assert_eq!(settings.default_counter, None);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_file() {
        let message = error("[limits]\nbrust = 3\n");
        assert!(
            message.contains("town.toml") && message.contains("brust") && message.contains("limits"),
            "{message}"
        );
        let message = error("[[site]]\nkey = \"a\"\nname = \"A\"\nnmae = \"B\"\n");
        assert!(message.contains("nmae"), "{message}");
    }

    #[test]
    fn a_bad_value_names_its_key() {
        for (text, named) in [
            ("[server]\nlisten = \"nowhere\"\n", "listen"),
            ("[limits]\nquestion_characters = 2000\n", "question_characters"),
            (
                "[server]\ntrusted_proxies = [\"10.0.0.0/40\"]\n",
                "trusted_proxies",
            ),
            ("[[site]]\nkey = \"A b\"\nname = \"A\"\n", "key"),
            (
                "[[site]]\nkey = \"a\"\nname = \"A\"\norigins = [\"https://a.example/x\"]\n",
                "origins",
            ),
            (
                "[[site]]\nkey = \"a\"\nname = \"A\"\ntimezone = \"Paris\"\n",
                "timezone",
            ),
            ("[[site]]\nkey = \"a\"\n", "name"),
            ("site = 3", "site"),
        ] {
            let message = error(text);
            assert!(
                message.contains(named) && message.contains("town.toml"),
                "{text}: {message}"
            );
        }
        assert!(error("[server").contains("line 1"));
    }

    #[test]
    fn a_network_holds_the_addresses_that_begin_like_it() {
        let network = |text: &str| Network::try_from(text.to_owned()).unwrap();
        let holds = |text: &str, address: &str| network(text).contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.200.3.4") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"));
        assert!(
            holds("192.0.2.7", "::ffff:192.0.2.7"),
            "an IPv4 peer of an IPv6 listener"
        );
        assert!(holds("0.0.0.0/0", "203.0.113.9") && holds("::/0", "2001:db8::1"));
    }

    const GATEWAY: &str = "[[gateway]]\nname = \"op\"\ndriver = \"smpp\"\nhost = \"h\"\nport = 2775\nsystem_id = \"s\"\npassword = \"p\"\n";

    fn town(key: &str, sms: &str) -> String {
        format!("[[site]]\nkey = \"{key}\"\nname = \"A\"\n[site.sms]\n{sms}\n")
    }

    #[test]
    fn a_town_with_numbers_takes_what_it_does_not_say_from_the_defaults() {
        let sms = "numbers = [\"36555\", \"+33 9 37 00 00 00\"]\ngateway = \"op\"";
        let secrets = "[gateway.secrets]\np = { env = \"A\" }\nq = { file = \"/b\" }\n";
        let config = Config::overlay("town.toml", &(town("a", sms) + GATEWAY + secrets)).unwrap();
        let sms = config.sites[0].sms.as_ref().unwrap();
        assert_eq!((sms.segments.get(), sms.messages_per_hour), (2, 20));
        assert_eq!(config.gateways[0].secrets.len(), 2);
    }

    #[test]
    fn what_is_wrong_with_gateways_and_numbers_is_told_with_its_key() {
        let fine = "numbers = [\"36555\"]\ngateway = \"op\"";
        let kannel = "[[gateway]]\nname = \"op\"\ndriver = \"kannel\"\nusername = \"u\"\n";
        for (text, told) in [
            (town("a", fine), "gateway of \"a\": \"op\" is not"),
            (town("a", fine) + GATEWAY + GATEWAY, "\"op\" is given twice"),
            (
                town("a", fine) + &town("b", fine) + GATEWAY,
                "of \"b\", the entry 1 is given twice",
            ),
            (
                town("a", "numbers = [\"+\"]\ngateway = \"op\"") + GATEWAY,
                "neither a number",
            ),
            (
                town("a", "numbers = [\"Mairie\"]\ngateway = \"op\"") + GATEWAY,
                "is a name",
            ),
            (town("a", "numbers = []\ngateway = \"op\"") + GATEWAY, "is empty"),
            (
                town("a", &format!("{fine}\ncountries = [\"FR\"]")) + GATEWAY,
                "\"FR\"",
            ),
            (GATEWAY.replace("\"op\"", "\"Op 1\""), "gateway.name \"Op 1\""),
            (GATEWAY.replace("smpp", "pigeon"), "its driver must be"),
            (GATEWAY.replace("port = 2775", "prot = 2775"), "prot"),
            (kannel.to_owned(), "sendsms_url"),
        ] {
            let message = error(&text);
            assert!(message.contains(told), "{message} does not hold {told}");
        }
    }

    #[test]
    fn a_secret_written_into_the_file_is_refused_and_not_repeated() {
        let message = error(&format!("{GATEWAY}[gateway.secrets]\np = \"hunter2\"\n"));
        assert!(
            message.contains("env") && !message.contains("hunter2"),
            "{message}"
        );
    }
}
