//! Names of persons, told by a title or a declaration: "Mme Martin", "je m'appelle julien durand".

use super::Kind;
use crate::fold::fold;
use regex::Regex;
use std::sync::LazyLock;

/// What announces a name, and how sure it is that the words after it are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// "Je m'appelle": two words in lower case, more with capitals.
    Declaration,
    /// "Madame": one word in lower case unless it is a common one, more with capitals.
    Title,
    /// "Maître", "je suis": only capitalised words.
    Weak,
}

static LEADS: LazyLock<Vec<(Lead, Regex)>> = LazyLock::new(|| {
    let leads = [
        (
            Lead::Declaration,
            r"(?i)\b(?:je\s+m['’ ]?\s?appel+e?s?|jm['’]?appelle|je\s+me\s+nomme|mon\s+(?:nom|pr[ée]nom)(?:\s+de\s+famille)?\s*(?:est|c['’]est|:)|nom\s+de\s+(?:famille|jeune\s+fille)\s*:?|nom\s*:|pr[ée]nom\s*:|moi\s+c['’ ]?est|my\s+name\s+is|au\s+nom\s+de(?:\s+famille)?|sign[ée]\s*:|cordialement\s*,)\s+",
        ),
        (
            Lead::Title,
            r"(?i)(?:\b(?:mr|mme|mmes|mlle|mlles|madame|monsieur|mademoiselle|mesdames|messieurs|docteur|dr|professeur)\b\.?|\bM\.)\s+",
        ),
        (
            Lead::Weak,
            r"(?:\b(?:M|Me|Pr|Ma[iî]tre|ma[iî]tre)\b\.?|\b[Jj]e\s+suis)\s+",
        ),
    ];
    leads
        .into_iter()
        .filter_map(|(lead, pattern)| Some((lead, Regex::new(pattern).ok()?)))
        .collect()
});

/// "C'est Julien Durand à l'appareil".
static ON_THE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:c['’ ]?est|ici)\s+(?P<v>\p{L}[\p{L}'’\-]*(?:\s+\p{L}[\p{L}'’\-]*){0,3}?)\s+(?:à|a|au)\s+(?:l['’ ]\s?appareil|t[ée]l[ée]phone|bout\s+du\s+fil)").ok()
});

static WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\A[ \t\x{a0}\x{202f}]*(\p{L}[\p{L}\p{M}'’\-]*\.?)").ok());

/// The text without its names, or `None` where there is none.
pub(super) fn redact(text: &str) -> Option<String> {
    let word = WORD.as_ref()?;
    let mut names: Vec<(usize, usize)> = Vec::new();
    for (lead, pattern) in LEADS.iter() {
        for found in pattern.find_iter(text) {
            names.extend(name_at(text, found.end(), *lead, word));
        }
    }
    if let Some(on_the_line) = ON_THE_LINE.as_ref() {
        let found = on_the_line
            .captures_iter(text)
            .filter_map(|captures| captures.name("v"));
        names.extend(
            found
                .filter(|m| !is_common(m.as_str()))
                .map(|m| (m.start(), m.end())),
        );
    }
    names.sort_unstable();
    let mut redacted = String::new();
    let mut done = 0;
    for (start, end) in names {
        if start < done {
            continue;
        }
        redacted.push_str(text.get(done..start)?);
        redacted.push_str(Kind::Name.placeholder());
        done = end;
    }
    redacted.push_str(text.get(done..)?);
    (done > 0).then_some(redacted)
}

/// The name that starts at `start`, if the words there can be one.
fn name_at(text: &str, start: usize, lead: Lead, word: &Regex) -> Option<(usize, usize)> {
    const MAX_WORDS: usize = 5;
    let mut begin = None;
    let mut end = start;
    let mut kept = 0;
    let mut pending = start;
    for _ in 0..MAX_WORDS {
        let Some(found) = text
            .get(pending..)
            .and_then(|rest| word.captures(rest))
            .and_then(|c| c.get(1))
        else {
            break;
        };
        let (from, to) = (pending + found.start(), pending + found.end());
        let raw = found.as_str().trim_end_matches('.');
        let capital = raw.chars().next().is_some_and(char::is_uppercase);
        let particle = matches!(
            fold(raw).as_str(),
            "de" | "du" | "le" | "la" | "da" | "el" | "ben" | "van" | "von" | "di"
        );
        if is_title(raw) {
            if kept > 0 {
                break;
            }
            pending = to;
            continue;
        }
        // "Mme Le Goff", "Jean de La Fontaine"; "Madame la directrice" has no capitalised particle.
        let opens =
            kept == 0 && (capital || matches!(raw, "de" | "du" | "van" | "von")) && lead != Lead::Weak;
        if particle && (kept > 0 || (opens && capital_after(text, to, word))) {
            begin.get_or_insert(from);
            pending = to;
            continue;
        }
        let allowed = match lead {
            Lead::Declaration => capital || kept < 2,
            Lead::Title => capital || kept == 0,
            Lead::Weak => capital,
        };
        // "Madame DUPONT EST": in a text of capitals, a common word still ends the name.
        if !allowed || is_common(raw) || particle {
            break;
        }
        begin.get_or_insert(from);
        // The full stop of "J." belongs to the name, the one that ends a sentence does not.
        end = if raw.chars().count() == 1 {
            to
        } else {
            from + raw.len()
        };
        kept += 1;
        pending = to;
        if to != end {
            break;
        }
    }
    let enough = if lead == Lead::Weak
        && text
            .get(..start)
            .is_some_and(|before| fold(last_chars(before)).ends_with("suis "))
    {
        kept >= 2
    } else {
        kept >= 1
    };
    begin.filter(|_| enough && kept > 0).map(|begin| (begin, end))
}

fn capital_after(text: &str, at: usize, word: &Regex) -> bool {
    let next = text
        .get(at..)
        .and_then(|rest| word.captures(rest))
        .and_then(|c| c.get(1));
    next.is_some_and(|m| m.as_str().chars().next().is_some_and(char::is_uppercase) && !is_common(m.as_str()))
}

fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().take(6).last().map_or(0, |(at, _)| at);
    &text[start..]
}

fn is_title(word: &str) -> bool {
    matches!(
        fold(word).as_str(),
        "m" | "mr"
            | "mme"
            | "mmes"
            | "mlle"
            | "mlles"
            | "madame"
            | "monsieur"
            | "mademoiselle"
            | "docteur"
            | "dr"
            | "maitre"
    )
}

/// Words that follow a title or a declaration without being a name.
fn is_common(word: &str) -> bool {
    let folded = fold(word);
    let elided = folded.starts_with("l'")
        || folded.starts_with("j'")
        || folded.starts_with("c'")
        || folded.starts_with("qu'");
    elided || folded.starts_with("d'") || COMMON.contains(&folded.as_str())
}

const COMMON: &[&str] = &[
    "a",
    "abonne",
    "accepte",
    "accueil",
    "actuellement",
    "ai",
    "alors",
    "apres",
    "arrive",
    "au",
    "aussi",
    "aux",
    "avec",
    "avez",
    "avons",
    "bien",
    "bonjour",
    "bonne",
    "bonsoir",
    "car",
    "ce",
    "cela",
    "cest",
    "cette",
    "chez",
    "ci",
    "comme",
    "comment",
    "conseiller",
    "dans",
    "de",
    "dentiste",
    "des",
    "desole",
    "directeur",
    "directrice",
    "dois",
    "dont",
    "doit",
    "du",
    "elle",
    "elue",
    "en",
    "ensuite",
    "est",
    "et",
    "etait",
    "etes",
    "etre",
    "eux",
    "fait",
    "faut",
    "fois",
    "garde",
    "generaliste",
    "habitant",
    "habite",
    "ici",
    "il",
    "inscrit",
    "inscrite",
    "je",
    "la",
    "le",
    "les",
    "leur",
    "lui",
    "ma",
    "mais",
    "mairie",
    "maire",
    "me",
    "medecin",
    "merci",
    "mes",
    "moi",
    "mon",
    "nageur",
    "ne",
    "ni",
    "nous",
    "notre",
    "on",
    "ou",
    "par",
    "parce",
    "pas",
    "peut",
    "peux",
    "plus",
    "pour",
    "pouvez",
    "pourquoi",
    "propriete",
    "president",
    "presidente",
    "prefet",
    "que",
    "quel",
    "quelle",
    "qui",
    "quand",
    "sa",
    "salut",
    "sans",
    "se",
    "ses",
    "si",
    "son",
    "souhaite",
    "suis",
    "sur",
    "svp",
    "ta",
    "traitant",
    "tres",
    "tu",
    "un",
    "une",
    "urgence",
    "veux",
    "veut",
    "voudrais",
    "votre",
    "vos",
    "vous",
    "y",
    "disponible",
    "ouvert",
    "ouverte",
    "pediatre",
    "ophtalmo",
    "specialiste",
    "secretaire",
    "adjoint",
    "adjointe",
    "depute",
    "deputee",
    "nom",
    "prenom",
    "procureur",
    "proche",
    "scolaire",
    "oeuvre",
    "ouvrage",
    "chien",
    "composteur",
    "toujours",
    "maintenant",
    "francais",
    "francaise",
    "parent",
    "parents",
    "client",
    "locataire",
    "proprietaire",
    "retraite",
    "retraitee",
    "etudiant",
    "etudiante",
    "enceinte",
    "handicape",
];
