//! The binary parvis: command line, configuration, HTTP, widget.

mod cli;
mod commands;
mod config;
mod data_dir;
mod demo;
mod fetch;
mod http;
mod links;
mod logging;
mod model;
mod second_opinion;
mod sms;
mod terminal;
mod texts;
mod theme;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => {
            terminal::note(format!("parvis: {}", terminal::plain(&format!("{error:#}"))));
            ExitCode::FAILURE
        }
    }
}
