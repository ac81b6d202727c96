//! What the tests of the session share: configurations with short times, pieces, and waiting with an end.

use std::future::Future;
use std::time::Duration;

use sms::gsm::Encoding;
use sms::message::{Address, Outbound};
use sms::smpp::{Config, Password, Timing};

/// The account's password, to be found nowhere but in a bind.
pub(crate) const PASSWORD: &str = "s3cr3t";

/// An account on loopback, with short times so that no test is long.
pub(crate) fn config(port: u16) -> Config {
    let timing = Timing {
        connect: Duration::from_secs(5),
        response: Duration::from_secs(10),
        enquire: Duration::from_secs(10),
        close: Duration::from_secs(2),
        reconnect: Duration::from_millis(20),
        reconnect_most: Duration::from_millis(100),
    };
    Config {
        timing,
        ..Config::new("127.0.0.1", port, "parvis", Password::new(PASSWORD.into()))
    }
}

/// A short answer to a resident.
pub(crate) fn piece(text: &str) -> Outbound {
    Outbound {
        id: "piece".into(),
        from: address("36555"),
        to: address("+33612345678"),
        text: text.into(),
        concatenation: None,
        encoding: Encoding::Gsm,
        validity: Duration::from_secs(3600),
    }
}

/// An address.
pub(crate) fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

/// Waits for something that has to happen; fails when it does not.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(Duration::from_secs(30), future).await {
        Ok(value) => value,
        Err(_) => panic!("not within 30 s: {what}"),
    }
}
