//! Pages that answered with something other than their content.

use super::elements;
use crate::Held;
use scraper::Html;

/// A page with more text than this has content, whatever else it shows.
const SHORT_BYTES: usize = 1_200;
/// A page with less text than this has none.
const SHELL_BYTES: usize = 60;

const ERROR_MARKS: [&str; 14] = [
    "404",
    "page introuvable",
    "page non trouvée",
    "page inexistante",
    "page not found",
    "not found",
    "n'existe pas",
    "n’existe pas",
    "n'existe plus",
    "n’existe plus",
    "erreur 403",
    "erreur 500",
    "accès refusé",
    "service indisponible",
];
const CAPTCHA_MARKS: [&str; 6] = [
    "vous êtes humain",
    "you are human",
    "you are not a robot",
    "vous n'êtes pas un robot",
    "checking your browser",
    "just a moment",
];

/// Why the page is held back, if it is.
pub(super) fn reason(page: &Html, title: &str, text: &str) -> Option<Held> {
    let head = elements(page, "head title")
        .next()
        .map(|t| t.text().collect::<String>())
        .unwrap_or_default();
    let names = format!("{head} {title}").to_lowercase();
    let marked = |marks: &[&str], text: &str| marks.iter().any(|mark| text.contains(mark));
    if text.len() < SHORT_BYTES {
        let beginning: String = text.chars().take(300).collect::<String>().to_lowercase();
        let challenge = elements(
            page,
            "[class*=captcha], [id*=captcha], [class*=turnstile], [src*=captcha]",
        )
        .next();
        if marked(&CAPTCHA_MARKS, &names)
            || marked(&CAPTCHA_MARKS, &beginning)
            || (challenge.is_some() && text.len() < SHELL_BYTES)
        {
            return Some(Held::Captcha);
        }
        if marked(&ERROR_MARKS, &names)
            || (marked(&ERROR_MARKS[1..6], &beginning) && text.len() < SHORT_BYTES / 2)
        {
            return Some(Held::ErrorPage);
        }
        if elements(page, "input[type=password]").next().is_some() && text.len() < SHORT_BYTES / 2 {
            return Some(Held::LoginWall);
        }
    }
    (text.len() < SHELL_BYTES).then_some(Held::EmptyShell)
}
