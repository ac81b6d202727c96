//! Who asks, as far as limits need it: an address that is never stored nor logged, and how fast it asks.

use super::App;
use super::problem::{Code, Problem};
use crate::config::{Limits, Network};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Clients remembered before those that may ask again at full speed are forgotten.
const MOST_CLIENTS: usize = 20_000;

/// The address that a request comes from, proxies aside.
#[derive(Clone, Copy)]
pub(crate) struct Client(IpAddr);

impl Client {
    /// The peer, or what the proxies in between say, as far as they are trusted.
    pub(crate) fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> Self {
        let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
        let peer = peer.to_canonical();
        if !is_trusted(peer) {
            return Self(peer);
        }
        // Each proxy appends the peer that it saw: the last address that no trusted proxy has is the client's.
        let hops = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut nearest = peer;
        for hop in hops.into_iter().rev() {
            let Ok(address) = hop.parse::<IpAddr>() else { break };
            nearest = address.to_canonical();
            if !is_trusted(nearest) {
                break;
            }
        }
        Self(nearest)
    }

    /// The address itself, to compare with those of gateways.
    pub(crate) fn address(self) -> IpAddr {
        self.0
    }

    /// Whether it is a program on this machine.
    pub(crate) fn is_loopback(self) -> bool {
        self.0.is_loopback()
    }

    /// What one client can hardly change: an IPv4 address, or the network that an IPv6 subscriber is given.
    fn subscriber(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        }
    }
}

/// How fast each client asks: a bucket of tokens each, kept in memory under a keyed hash of the address.
pub(crate) struct Pace {
    per_second: f64,
    burst: f64,
    key: RandomState,
    buckets: Mutex<HashMap<u64, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    since: Instant,
}

impl Pace {
    /// The pace that the configuration allows.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            per_second: f64::from(limits.questions_per_minute) / 60.0,
            burst: f64::from(limits.burst),
            key: RandomState::new(),
            buckets: Mutex::default(),
        }
    }

    /// Takes a token of `client`.
    ///
    /// # Errors
    /// When it has none left; the problem says when it will.
    pub(crate) fn admit(&self, client: Client, now: Instant) -> Result<(), Problem> {
        if self.per_second == 0.0 {
            return Ok(());
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_CLIENTS {
            buckets.retain(|_, bucket| self.tokens(*bucket, now) < self.burst);
        }
        let new = Bucket {
            tokens: self.burst,
            since: now,
        };
        let bucket = buckets
            .entry(self.key.hash_one(client.subscriber()))
            .or_insert(new);
        let tokens = self.tokens(*bucket, now);
        let (left, wait) = if tokens >= 1.0 {
            (tokens - 1.0, None)
        } else {
            (tokens, Some(1.0 - tokens))
        };
        *bucket = Bucket {
            tokens: left,
            since: now,
        };
        match wait {
            None => Ok(()),
            Some(missing) => {
                let seconds = std::time::Duration::from_secs_f64((missing / self.per_second).ceil().max(1.0));
                Err(Problem::new(Code::TooManyRequests).retry_after(seconds.as_secs()))
            }
        }
    }

    fn tokens(&self, bucket: Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.since).as_secs_f64();
        (bucket.tokens + seconds * self.per_second).min(self.burst)
    }
}

/// A request whose client does not ask too fast: handlers that take it are limited.
pub(crate) struct Admitted;

impl FromRequestParts<Arc<App>> for Admitted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let Some(client) = parts.extensions.get::<Client>() else {
            return Err(Problem::caused(
                Code::Internal,
                anyhow::anyhow!("the edge did not note the client"),
            ));
        };
        app.pace.admit(*client, Instant::now()).map(|()| Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn client(text: &str) -> Client {
        Client(text.parse().unwrap())
    }

    fn pace(questions_per_minute: u32, burst: u32) -> Pace {
        let mut limits = crate::config::Config::load(None).unwrap().limits;
        limits.questions_per_minute = questions_per_minute;
        limits.burst = burst;
        Pace::new(&limits)
    }

    #[test]
    fn a_client_that_asks_too_fast_waits_while_others_do_not() {
        let (pace, now) = (pace(60, 2), Instant::now());
        let (fast, other) = (client("192.0.2.1"), client("192.0.2.2"));
        assert!(pace.admit(fast, now).is_ok() && pace.admit(fast, now).is_ok());
        let refused = pace.admit(fast, now).unwrap_err();
        assert_eq!(
            (refused.code, refused.retry_after),
            (Code::TooManyRequests, Some(1))
        );
        assert!(pace.admit(other, now).is_ok());
        assert!(pace.admit(fast, now + Duration::from_secs(1)).is_ok());
    }

    #[test]
    fn neighbours_of_one_ipv6_network_share_its_pace() {
        let (pace, now) = (pace(1, 1), Instant::now());
        assert!(pace.admit(client("2001:db8:1:2::1"), now).is_ok());
        assert!(pace.admit(client("2001:db8:1:2:ffff::9"), now).is_err());
        assert!(pace.admit(client("2001:db8:1:3::1"), now).is_ok());
    }

    #[test]
    fn without_a_limit_nobody_waits() {
        let (pace, now) = (pace(0, 1), Instant::now());
        assert!((0..1000).all(|_| pace.admit(client("192.0.2.1"), now).is_ok()));
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let trusted = [Network::try_from("10.0.0.0/8".to_owned()).unwrap()];
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "198.51.100.9, 203.0.113.7, 10.1.1.1".parse().unwrap(),
        );
        let of = |peer: &str| {
            Client::of(peer.parse().unwrap(), &headers, &trusted)
                .0
                .to_string()
        };
        assert_eq!(of("192.0.2.1"), "192.0.2.1", "anyone can write the header");
        assert_eq!(
            of("10.2.3.4"),
            "203.0.113.7",
            "the first hop is the client's own word"
        );
        headers.insert("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(
            Client::of("10.2.3.4".parse().unwrap(), &headers, &trusted)
                .0
                .to_string(),
            "10.2.3.4"
        );
    }
}
