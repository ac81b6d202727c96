//! The fence: which hosts, and which addresses behind their names, may be connected to.

use std::collections::HashSet;
use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Which hosts may be fetched from.
#[derive(Debug, Clone)]
pub(crate) struct Fence {
    hosts: Arc<HashSet<String>>,
    /// The sitemap's own port, beside those of the web: a page may not lead to another service of its machine.
    port: u16,
    /// Addresses of this network that the sitemap itself, as the operator gave it, is on.
    private: Arc<HashSet<IpAddr>>,
}

/// An address outside the fence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Outside {
    /// Another host.
    #[error("{0} leads outside the sitemap's host; add its host to egress.hosts if it is the town's")]
    Host(Url),
    /// A host of this network.
    #[error("{0} is an address of this network, which a website may not lead to")]
    Address(String),
}

impl Fence {
    /// The fence around a sitemap's host and the hosts of the configuration.
    ///
    /// # Errors
    /// When the sitemap's host has no address.
    pub(crate) async fn around(sitemap: &Url, hosts: &[String]) -> io::Result<Self> {
        let own = sitemap.host_str().unwrap_or_default().to_lowercase();
        let port = sitemap.port_or_known_default().unwrap_or(443);
        let addresses = match sitemap.host() {
            Some(Host::Ipv4(address)) => vec![IpAddr::V4(address)],
            Some(Host::Ipv6(address)) => vec![IpAddr::V6(address)],
            _ => tokio::net::lookup_host((own.as_str(), port))
                .await?
                .map(|address| address.ip())
                .collect(),
        };
        Ok(Self {
            hosts: Arc::new(
                hosts
                    .iter()
                    .map(|host| host.to_lowercase())
                    .chain([own])
                    .collect(),
            ),
            port,
            private: Arc::new(
                addresses
                    .into_iter()
                    .filter(|address| !is_public(*address))
                    .collect(),
            ),
        })
    }

    /// Whether `url` may be fetched, as far as its text tells; its name's addresses are checked when connecting.
    ///
    /// # Errors
    /// When its host or its literal address lies outside.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Outside> {
        let host = url.host_str().unwrap_or_default().to_lowercase();
        let port = url.port_or_known_default();
        let to_the_web = port.is_some_and(|port| [80, 443, self.port].contains(&port));
        if !matches!(url.scheme(), "http" | "https") || !to_the_web || !self.hosts.contains(&host) {
            return Err(Outside::Host(url.clone()));
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_address(address.into()),
            Some(Host::Ipv6(address)) => self.check_address(address.into()),
            _ => Ok(()),
        }
    }

    fn check_address(&self, address: IpAddr) -> Result<(), Outside> {
        if is_public(address) || self.private.contains(&address) {
            Ok(())
        } else {
            Err(Outside::Address(address.to_string()))
        }
    }
}

/// Names are resolved here, so that the addresses that are checked are those that are connected to.
impl reqwest::dns::Resolve for Fence {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let fence = self.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| fence.check_address(address.ip()).is_ok())
                .collect();
            if allowed.is_empty() {
                let outside: Box<dyn Error + Send + Sync> =
                    Box::new(Outside::Address(name.as_str().to_owned()));
                return Err(outside);
            }
            let addresses: reqwest::dns::Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address is of the public Internet.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let protocol = (a, b, c) == (192, 0, 0);
            let benchmark = a == 198 && (b == 18 || b == 19);
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_multicast()
                || address.is_documentation()
                || shared
                || protocol
                || benchmark
                || a == 0
                || a >= 240)
        }
        IpAddr::V6(address) => {
            let [first, second, ..] = address.segments();
            // Only 2000::/3 is global unicast; in it, 2001:db8::/32 is for documents, 2002::/16 and 64:ff9b::/96 carry IPv4.
            first & 0xe000 == 0x2000
                && first != 0x2002
                && !(first == 0x2001 && (second == 0xdb8 || second == 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn only_the_sitemaps_host_and_the_configured_ones_are_inside() {
        let fence = Fence::around(
            &url("https://203.0.114.9/sitemap.xml"),
            &["Media.Example.org".to_owned()],
        )
        .await
        .unwrap();
        assert!(fence.check(&url("https://203.0.114.9/page")).is_ok());
        assert!(fence.check(&url("https://media.example.org/a")).is_ok());
        assert!(matches!(
            fence.check(&url("https://elsewhere.example/")),
            Err(Outside::Host(_))
        ));
        assert!(fence.check(&url("ftp://203.0.114.9/")).is_err());
        assert!(
            fence.check(&url("https://203.0.114.9:6379/")).is_err(),
            "another service of that machine"
        );
    }

    #[tokio::test]
    async fn a_public_website_cannot_lead_to_this_network() {
        let hosts = ["127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.5"].map(str::to_owned);
        let fence = Fence::around(&url("https://203.0.114.9/sitemap.xml"), &hosts)
            .await
            .unwrap();
        for address in [
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://169.254.169.254/latest",
            "http://10.0.0.5/",
        ] {
            assert!(
                matches!(fence.check(&url(address)), Err(Outside::Address(_))),
                "{address}"
            );
        }
    }

    #[tokio::test]
    async fn a_name_that_points_into_this_network_is_refused_when_it_is_resolved() {
        use reqwest::dns::Resolve;
        let outside = Fence::around(&url("https://203.0.114.9/"), &["localhost".to_owned()])
            .await
            .unwrap();
        assert!(outside.resolve("localhost".parse().unwrap()).await.is_err());
        let inside = Fence::around(&url("http://localhost/"), &[]).await.unwrap();
        assert!(inside.resolve("localhost".parse().unwrap()).await.is_ok());
    }

    #[test]
    fn addresses_that_are_not_of_the_public_internet_are_known() {
        for address in [
            "0.0.0.0",
            "100.64.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["93.184.216.34", "172.32.0.1", "2606:2800:220:1::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
