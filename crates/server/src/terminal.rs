//! What the command line shows to a person: results on the standard output, news on the standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Writes a line of the command's result.
///
/// # Errors
/// When the reader of the standard output is gone: `parvis ask … | head -1`.
pub(crate) fn say(line: impl AsRef<str>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_ref().as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Writes a line of news beside the result; nobody may be there to read it, and that is no failure.
pub(crate) fn note(line: impl AsRef<str>) {
    let _gone = writeln!(std::io::stderr().lock(), "{}", line.as_ref());
}

/// Whether a person reads the standard error.
pub(crate) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Asks a person at the terminal; `None` where there is no terminal to ask at.
pub(crate) fn confirm(question: &str) -> Option<bool> {
    if !std::io::stdin().is_terminal() || !watched() {
        return None;
    }
    let mut err = std::io::stderr().lock();
    write!(err, "{question} [y/N] ").and_then(|()| err.flush()).ok()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).ok()?;
    Some(matches!(
        answer.trim().to_lowercase().as_str(),
        "y" | "yes" | "o" | "oui"
    ))
}

/// A progress bar of `total` steps on a terminal, and nothing elsewhere.
pub(crate) fn progress(total: u64, what: &'static str) -> ProgressBar {
    let target = if watched() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    let style = ProgressStyle::with_template("{msg:<24} {bar:32} {pos}/{len} {eta:>4}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A text without what a terminal would obey: escape sequences in a page's title must not paint the screen.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_command_the_terminal() {
        assert_eq!(plain("Piscine\u{1b}[2J\u{9b}31m\nété"), "Piscine[2J31m\nété");
    }
}
