//! Logs on the standard error: route templates, statuses and times; never a question, a code, an address or a number.

use crate::config::{Log, LogFormat, LogLevel};
use tracing_subscriber::EnvFilter;

/// Starts logging. `louder` counts the -v given, less the -q.
pub(crate) fn start(log: &Log, louder: i8) {
    let filter = EnvFilter::new(directives(log.level, louder));
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        // A line that cannot be written, as on a full disk, is lost; to tell of it on the same output would panic.
        .log_internal_errors(false)
        .with_target(false);
    // A second start, in a test process, keeps the first one.
    let _already_started = match log.format {
        LogFormat::Text => lines.with_ansi(crate::terminal::watched()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may hold what a resident wrote; the place never does.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(
            place,
            "a defect of the program: please report this place in the code"
        );
    }));
}

/// Libraries speak only when something is wrong: at a lower level, some of them write out what they handle.
fn directives(level: LogLevel, louder: i8) -> String {
    const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];
    let at = (level as usize)
        .saturating_add_signed(louder.into())
        .min(LEVELS.len() - 1);
    let ours = LEVELS[at];
    let theirs = if ours == "error" { "error" } else { "warn" };
    ["parvis", "assistant", "ingest", "retrieval", "sms", "store"]
        .iter()
        .fold(theirs.to_owned(), |all, name| format!("{all},{name}={ours}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_stay_quiet_however_loud_we_are() {
        let filter = directives(LogLevel::Trace, 3);
        assert!(
            filter.starts_with("warn,") && filter.contains("parvis=trace") && filter.contains("store=trace")
        );
        assert!(directives(LogLevel::Info, -1).contains("parvis=warn"));
        assert!(directives(LogLevel::Info, -9).starts_with("error,"));
    }
}
