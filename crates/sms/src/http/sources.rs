//! The addresses that a gateway's webhooks may come from.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;

use super::Refusal;

/// Addresses and networks; when none is given, every address may call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Sources(Vec<IpNet>);

impl TryFrom<Vec<String>> for Sources {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        texts
            .iter()
            .map(|text| {
                let address = text.parse::<IpAddr>().map(IpNet::from);
                address
                    .or_else(|_| text.parse())
                    .map_err(|_| format!("`{text}` is neither an address nor a network (\"192.0.2.0/24\")"))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Sources {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn check(&self, peer: IpAddr) -> Result<(), Refusal> {
        // A socket that takes both families shows "192.0.2.1" as "::ffff:192.0.2.1".
        let peer = peer.to_canonical();
        if self.is_empty() || self.0.iter().any(|network| network.contains(&peer)) {
            Ok(())
        } else {
            Err(Refusal::Source)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_networks_given_may_call_whatever_the_family_of_the_socket() {
        let sources = Sources::try_from(vec!["192.0.2.0/24".into(), "2001:db8::1".into()]).unwrap();
        let check = |peer: &str| sources.check(peer.parse().unwrap());
        for allowed in ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"] {
            assert_eq!(check(allowed), Ok(()), "{allowed}");
        }
        for other in ["192.0.3.7", "::ffff:192.0.3.7", "2001:db8::2"] {
            assert_eq!(check(other), Err(Refusal::Source), "{other}");
        }
        assert!(Sources::try_from(vec!["192.0.2.300".into()]).is_err());
    }
}
