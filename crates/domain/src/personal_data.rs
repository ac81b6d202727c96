//! Personal data in residents' words: found and replaced before anything is stored.

mod names;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What was taken out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A bank account.
    Iban,
    /// A bank card.
    BankCard,
    /// A French social security number.
    SocialSecurity,
    /// A phone number.
    Phone,
    /// A date of birth.
    BirthDate,
    /// The plate of a vehicle.
    Plate,
    /// A postal address.
    Address,
    /// A person's name.
    Name,
    /// Any other run of six digits or more: a file, a customer.
    Number,
}

impl Kind {
    /// What stands in its place.
    #[must_use]
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Email => "[e-mail]",
            Self::Iban => "[IBAN]",
            Self::BankCard => "[carte bancaire]",
            Self::SocialSecurity => "[n° de sécurité sociale]",
            Self::Phone => "[téléphone]",
            Self::BirthDate => "[date de naissance]",
            Self::Plate => "[immatriculation]",
            Self::Address => "[adresse]",
            Self::Name => "[nom]",
            Self::Number => "[numéro]",
        }
    }
}

/// A text without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text, with placeholders.
    pub text: String,
    /// What was taken out, each kind once.
    pub kinds: Vec<Kind>,
}

/// Replaces the personal data of `text`, in time linear in its length. What it cannot recognise stays: a name that
/// nothing announces, a street without its number. Redacting twice changes nothing more.
#[must_use]
pub fn redact(text: &str) -> Redacted {
    let mut text = text.to_owned();
    let mut kinds = Vec::new();
    // A placeholder can separate what hid a second piece of data: a few rounds find it.
    for _ in 0..MAX_ROUNDS {
        let mut changed = false;
        for rule in RULES.iter() {
            changed |= rule.apply(&mut text, &mut kinds);
        }
        if let Some(without_names) = names::redact(&text) {
            text = without_names;
            kinds.push(Kind::Name);
            changed = true;
        }
        if !changed {
            break;
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    Redacted { text, kinds }
}

const MAX_ROUNDS: usize = 4;

struct Rule {
    kind: Kind,
    /// The group `v`, where there is one, is what is replaced; else the whole match.
    pattern: Regex,
    /// Whether a match is personal data, given the text that follows it.
    accepts: fn(&Captures<'_>, &str) -> bool,
}

impl Rule {
    fn apply(&self, text: &mut String, kinds: &mut Vec<Kind>) -> bool {
        let mut replaced = String::new();
        let mut done = 0;
        for captures in self.pattern.captures_iter(text) {
            let Some(target) = captures.name("v").or_else(|| captures.get(0)) else {
                continue;
            };
            let after = text.get(target.end()..).unwrap_or_default();
            if !(self.accepts)(&captures, after) {
                continue;
            }
            replaced.push_str(text.get(done..target.start()).unwrap_or_default());
            replaced.push_str(self.kind.placeholder());
            done = target.end();
        }
        if done == 0 {
            return false;
        }
        replaced.push_str(text.get(done..).unwrap_or_default());
        *text = replaced;
        kinds.push(self.kind);
        true
    }
}

const WAY: &str = r"(?:rue|avenue|av|ave|bd|bld|blvd|boulevard|all[ée]es?|impasse|imp|place|pl|chemin|ch|quai|square|route|rte|cours|passage|r[ée]sidence|lotissement|lot|ruelle|faubourg|fbg|sentier|villa|hameau|voie|esplanade|mail|lieu[- ]dit|cit[ée]|clos|rond[- ]point|promenade|traverse|mont[ée]e|venelle|sente)\b\.?";
const LINK: &str = r"(?:de|du|des|la|le|les|aux?|sur|et|sainte?|ste?|g[ée]n[ée]ral|docteur|dr|mar[ée]chal|pr[ée]sident|jean|colonel)\b\.?";
const BIRTH: &str = r"(?:n[ée](?:e|\(e\)|\.e)?s?\s+(?:le|un)|date\s+de\s+naissance(?:\s+est)?(?:\s+le)?|naissance|ddn|naissance\s+le)\s*:?\s*";

/// The more specific before the more general: a card is also a run of digits.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let always: fn(&Captures<'_>, &str) -> bool = |_, _| true;
    let word = r"[\p{L}\d][\p{L}\d\-]*";
    // Articles and titles, then a word, then capitalised words and words linked to it.
    let linked = format!(r"(?:(?i:{LINK})\s+|(?i:[dl])['’]\s?)");
    let street_name = format!(
        r"(?:{linked}+{word}|{word}(?:[ ]\p{{L}}[\p{{L}}\-]+)?)(?:(?:\s{linked}*|['’])\p{{Lu}}[\p{{L}}\-]+){{0,4}}"
    );
    let town = format!(
        r"(?:\s*,?\s*(?:à\s+)?\d{{5}}\b(?:\s+\p{{L}}[\p{{L}}'’\-]*(?:[ ]{linked}*\p{{Lu}}[\p{{L}}'’\-]+){{0,4}})?)?"
    );
    let month = r"(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c)\p{L}*\.?";
    let patterns = [
        (
            Kind::Email,
            r"(?i)[\w.+\-]+(?:\s+point\s+[\w.+\-]+)*(?:\s?@\s?|\s?\((?:at|a|arobase)\)\s?|\s+(?:arobase|arobas|at)\s+)[\w\-]+(?:(?:\.|\s+(?:point|dot)\s+)[\w\-]+)+".to_owned(),
            always,
        ),
        (
            Kind::Iban,
            r"(?i)\bFR\s?\d{2}(?:[\s\-]?\d){10}(?:[\s\-]?[0-9A-Z]){11}(?:[\s\-]?\d){2}\b|\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z]{4})?(?:[\s\-]?\d){10,26}\b".to_owned(),
            always,
        ),
        (
            Kind::BankCard,
            r"\b[2-6]\d{3}(?:[\s.\-]?\d{4}){3}\b|\b3[47]\d{2}[\s.\-]?\d{6}[\s.\-]?\d{5}\b".to_owned(),
            always,
        ),
        (
            Kind::SocialSecurity,
            r"(?i)\b[1-478][\s.\-]?\d{2}[\s.\-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.\-]?(?:\d{2}|2[AB])[\s.\-]?\d{3}[\s.\-]?\d{3}(?:[\s.\-/]?\d{2})?\b".to_owned(),
            always,
        ),
        (
            Kind::Phone,
            r"(?:\+|\b00)\s?\(?\d{1,3}\)?(?:[\s.\-/]?\(0\))?(?:[\s.\-/–]?\d){8,12}\b|\b0[\s.]?[1-9](?:[\s.\-–/_]{1,3}\d{2}){4}\b|\b0[\s.]?[1-9](?:[\s.]?\d){8}\b".to_owned(),
            |found, _| !looks_like_date(found),
        ),
        (
            Kind::BirthDate,
            format!(r"(?i)\b{BIRTH}(?P<v>\d{{1,2}}\s?[/.\-\s]\s?\d{{1,2}}\s?[/.\-\s]\s?(?:\d{{4}}|\d{{2}})\b|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:er)?\s+{month}\s+\d{{2,4}}|\d{{8}}\b)"),
            always,
        ),
        (
            Kind::Plate,
            r"(?i)\b[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}\b|\b[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}\b|\b\d{1,4}-[A-Z]{2,3}-(?:\d{2}|2[AB]|97\d)\b".to_owned(),
            always,
        ),
        (
            Kind::Plate,
            r"\b(?P<a>[A-HJ-NP-TV-Z]{2})[ ]\d{3}[ ](?P<b>[A-HJ-NP-TV-Z]{2})\b|\b\d{1,4}[ ](?P<c>[A-Z]{2,3})[ ](?:\d{2}|2[AB]|97\d)\b".to_owned(),
            |found, _| ["a", "b", "c"].iter().all(|g| found.name(g).is_none_or(|m| !is_short_word(m.as_str()))),
        ),
        (
            Kind::Plate,
            r"(?i)\b(?:immatricul\p{L}*|plaque|v[ée]hicule|voiture|scooter|moto)\b\W+(?:\p{L}+\W+){0,2}?(?P<v>[a-z]{2}[ ]?\d{3}[ ]?[a-z]{2}|\d{1,4}[ ]?[a-z]{2,3}[ ]?\d{2})\b".to_owned(),
            always,
        ),
        (
            Kind::Address,
            format!(r"\b\d{{1,4}}\s?(?i:bis|ter|quater|[a-d]\b)?\s?,?\s*(?i:{WAY})\s+{street_name}{town}"),
            always,
        ),
        (
            Kind::Address,
            format!(r"(?i:\b(?:j['’ ]?habite|habitant|je\s+vis|nous\s+habitons|on\s+habite|domicili[ée]e?|demeurant|je\s+loge|chez\s+moi|mon\s+adresse(?:\s+est)?)\s*:?\s+(?:au|à|a|dans|sur)?\s*(?:l['’]|la|le)?\s*)(?P<v>(?i:{WAY})\s+{street_name}{town})"),
            always,
        ),
        (Kind::Number, r"\d{6,}|\b\d{3}[ \x{a0}\x{202f}]\d{3}[ \x{a0}\x{202f}]\d{3}[ \x{a0}\x{202f}]\d{5}\b".to_owned(), |_, after| !is_counted(after)),
    ];
    let compiled = patterns.into_iter().filter_map(|(kind, pattern, accepts)| {
        Some(Rule {
            kind,
            pattern: Regex::new(&pattern).ok()?,
            accepts,
        })
    });
    compiled.collect()
});

/// "01/02 03/04/05" aside, a phone number has no slash followed by another sign: dates of a programme do.
fn looks_like_date(found: &Captures<'_>) -> bool {
    let text = found.get(0).map_or("", |m| m.as_str());
    let slashes = text.matches('/').count();
    slashes > 0 && slashes < 4
}

/// Pairs of capitals that are words, in a text written in capitals.
fn is_short_word(pair: &str) -> bool {
    const WORDS: [&str; 28] = [
        "LE", "LA", "LES", "DE", "DES", "DU", "ET", "EN", "AN", "ANS", "RUE", "SUR", "PAR", "AV", "BD", "CE",
        "SE", "NE", "ME", "TE", "SA", "MA", "TA", "EST", "PAS", "RDV", "EUR", "BIS",
    ];
    WORDS.contains(&pair)
}

/// Whether a price, a measure or a count follows.
fn is_counted(after: &str) -> bool {
    let unit = after.trim_start().to_lowercase();
    let units = [
        "€",
        "eur",
        "k€",
        "m€",
        "m²",
        "m2",
        "m3",
        "habitant",
        "km",
        "kwh",
        "personnes",
        "électeurs",
        "logements",
    ];
    units.iter().any(|u| unit.starts_with(u))
}

#[cfg(test)]
mod tests;
