//! How fast a session submits: `submit_rate PORT WINDOW COUNT` binds to an SMSC on the loopback, submits as many short
//! texts and prints the seconds that they took. `cargo xtask bench sms` runs it.

#![expect(clippy::print_stdout, reason = "its figure is its output")]

use std::error::Error;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sms::message::{Address, Outbound, Submission};
use sms::smpp::{Config, Password, Session, Status};
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, window, count] = arguments.as_slice() else {
        return Err("three arguments are needed: PORT WINDOW COUNT".into());
    };
    let (window, count): (NonZeroUsize, usize) = (window.parse()?, count.parse()?);
    let mut config = Config::new(
        "127.0.0.1",
        port.parse()?,
        "bench",
        Password::new("secret".to_owned()),
    );
    config.window = window;
    config.receipts = false;
    let (session, _deliveries) = Session::start(config)?;
    session.until(Status::is_bound).await;

    let (session, begun) = (Arc::new(session), Arc::new(AtomicUsize::new(0)));
    let piece = Outbound {
        id: "piece".to_owned(),
        from: Address::parse("36555")?,
        to: Address::parse("+33612345678")?,
        text: "La piscine est ouverte aujourd'hui de 9 h à 18 h.".to_owned(),
        concatenation: None,
        encoding: sms::gsm::Encoding::Gsm,
        validity: Duration::from_secs(3600),
    };
    let mut submitting = JoinSet::new();
    let start = Instant::now();
    // Twice as many as the window takes, so that it is always full.
    for _ in 0..window.get() * 2 {
        let (session, begun, piece) = (session.clone(), begun.clone(), piece.clone());
        submitting.spawn(async move {
            while begun.fetch_add(1, Ordering::Relaxed) < count {
                let outcome = session.submit(piece.clone()).await;
                if !matches!(outcome, Submission::Accepted { .. }) {
                    return Err(format!("a submission was not accepted: {outcome:?}"));
                }
            }
            Ok(())
        });
    }
    while let Some(ended) = submitting.join_next().await {
        ended??;
    }
    println!("{}", start.elapsed().as_secs_f64());
    Ok(())
}
