//! A town by SMS: the real program between real gateways and telephones.

mod bad_input;
mod crash;
mod gammu;
mod http;
mod jasmin;
mod peers;
mod smpp;

use crate::support::{Installation, Server};
use peers::loopback;
use std::process::Command;

/// The town's configuration with one gateway, whose settings follow.
fn town(site: &str, gateway: &str) -> Installation {
    Installation::new(&format!(
        "[server]\nshutdown_seconds = 5\n{site}\n[[site]]\nkey = \"moulin\"\nname = \"Ville de Moulin\"\n\
         [site.sms]\nnumbers = [\"36555\"]\ngateway = \"kannel\"\nsegments_per_day = 0\nsegments_per_month = 0\n\
         [[gateway]]\nname = \"kannel\"\n{gateway}\n"
    ))
}

/// Serves on a port, with the secrets in the environment.
fn serve(installation: &Installation, port: u16) -> Server {
    Server::start(&mut serving(installation, port), installation.path("log"), None)
}

fn serving(installation: &Installation, port: u16) -> Command {
    let mut command = installation.command();
    command
        .args(["serve", "--listen", &loopback(port).to_string()])
        .env("TOWN_PASSWORD", "secret")
        .env("TOWN_TOKEN", "jeton");
    command
}

/// The value of a line of the metrics.
fn metric(server: &Server, name: &str) -> u64 {
    let text = server.get("/metrics").text();
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    value.map_or(0, |value| value.trim().parse().unwrap())
}
