//! False statements made from true ones: one thing changed in each, always the same ones.

use crate::changes::{REMOVED, REPLACED};
use crate::words::{rules_turned, verbs_from_nowhere, words_from_nowhere};
use domain::facts::{self, Fact, FactKind, Normal};

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Figure,
    Hour,
    Date,
    Weekday,
    Price,
    Quantity,
    Phone,
    Address,
    Name,
    Link,
    Swapped,
    Borrowed,
    Unit,
    Price0,
    Opening,
    Rule,
    Inclusion,
    PartOfDay,
    Bound,
    RangeMade,
    RuleTurned,
    WordFromNowhere,
    VerbFromNowhere,
    BoundAdded,
    NegationRemoved,
    NegationAdded,
    ConditionAdded,
    ConditionRemoved,
    ExceptionRemoved,
    RestrictionRemoved,
    AudienceChanged,
    AudienceRemoved,
    AudienceAdded,
    Quantifier,
    Validity,
    Modality,
    Certainty,
}

impl Class {
    /// Whether something that binds was added.
    pub(crate) fn adds(self) -> bool {
        matches!(
            self,
            Self::BoundAdded
                | Self::ConditionAdded
                | Self::AudienceAdded
                | Self::WordFromNowhere
                | Self::VerbFromNowhere
        )
    }

    /// Whether a fact is changed, and not how it is bound, denied or for whom it holds.
    pub(crate) fn changes_a_fact(self) -> bool {
        self <= Self::RuleTurned
    }
}

/// A text with one thing changed.
#[derive(Debug, Clone)]
pub(crate) struct Mutant {
    pub(crate) class: Class,
    pub(crate) words: String,
}

/// The mutants of `words`, which rest on `evidence`.
pub(crate) fn mutants(words: &str, evidence: &str) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let facts = facts::find(words);
    for fact in &facts {
        changed(words, fact, &mut mutants);
        borrowed(words, fact, evidence, &mut mutants);
    }
    swapped(words, &facts, &mut mutants);
    for (class, from, to) in REPLACED {
        for words in replaced(words, from, to) {
            mutants.push(Mutant { class: *class, words });
        }
    }
    for (class, opening) in REMOVED {
        for words in removed(words, opening) {
            mutants.push(Mutant { class: *class, words });
        }
    }
    negations_removed(words, &mut mutants);
    bounds_added(words, &facts, &mut mutants);
    ranges_made(words, &facts, &mut mutants);
    conditions_added(words, &mut mutants);
    rules_turned(words, &mut mutants);
    words_from_nowhere(words, evidence, &mut mutants);
    verbs_from_nowhere(words, evidence, &mut mutants);
    mutants
}

/// "À 12 h" as "jusqu'à 12 h", "le 2 mai" as "à partir du 2 mai".
fn bounds_added(words: &str, facts: &[Fact], mutants: &mut Vec<Mutant>) {
    for fact in facts {
        let before = &words[..fact.span.start];
        let (article, bounds) = match fact.kind {
            FactKind::Clock => ("à ", ["jusqu’à ", "à partir de "]),
            FactKind::Date | FactKind::Weekday => ("le ", ["jusqu’au ", "à partir du "]),
            _ => continue,
        };
        let Some(head) = before.strip_suffix(article).filter(|head| head.ends_with(' ')) else {
            continue;
        };
        let sentence = head.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
        // "De 9 h à 12 h", "au plus tard le 2 mai", "ouvre à 9 h" are bounded as they stand.
        let in_range = facts.iter().any(|other| {
            other.kind == fact.kind
                && other.span.end <= head.len()
                && words[other.span.end..head.len()].trim().is_empty()
        });
        let bounded = [
            "tard", "tôt", "avant", "après", "dès", "depuis", "partir", "jusqu", "fin", "ntre", "limité",
        ];
        let bounded_after = words[fact.span.end..].starts_with(" au plus t");
        if in_range || bounded_after || bounded.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        for bound in bounds {
            let begins = ["ouvr", "commence", "débute", "début", "reprend"];
            let ends = ["ferme", "fini", "termine", "arrête", "fin"];
            let same = if bound.starts_with('à') {
                &begins[..]
            } else {
                &ends[..]
            };
            if !same.iter().any(|verb| sentence.contains(verb)) {
                mutants.push(Mutant {
                    class: Class::BoundAdded,
                    words: format!("{head}{bound}{}", &words[fact.span.start..]),
                });
            }
        }
    }
}

/// "À 9 h et à 17 h" as "de 9 h à 17 h", "le mardi et le samedi" as "du mardi au samedi".
fn ranges_made(words: &str, facts: &[Fact], mutants: &mut Vec<Mutant>) {
    for pair in facts.windows(2) {
        let [one, other] = pair else { continue };
        let between = &words[one.span.end..other.span.start];
        let (articles, range) = match (one.kind == other.kind).then_some(one.kind) {
            Some(FactKind::Clock) => (["à ", " et à "], ["de ", " à "]),
            Some(FactKind::Date | FactKind::Weekday) => (["le ", " et le "], ["du ", " au "]),
            _ => continue,
        };
        let neighbours = match (&one.normal, &other.normal) {
            (Normal::Weekday(one), Normal::Weekday(other)) => one.succ() == *other,
            _ => false,
        };
        let Some(head) = words[..one.span.start].strip_suffix(articles[0]) else {
            continue;
        };
        if between == articles[1] && !neighbours && !head.ends_with("ntre ") {
            mutants.push(Mutant {
                class: Class::RangeMade,
                words: format!(
                    "{head}{}{}{}{}",
                    range[0],
                    &words[one.span.start..one.span.end],
                    range[1],
                    &words[other.span.start..]
                ),
            });
        }
    }
}

/// A condition or an audience that came from nowhere.
fn conditions_added(words: &str, mutants: &mut Vec<Mutant>) {
    let Some(sentence) = words
        .trim_end()
        .strip_suffix('.')
        .filter(|sentence| !sentence.contains(['.', '?', '—']))
    else {
        return;
    };
    for condition in [
        "si vous habitez Clairvigny",
        "si vous le souhaitez",
        "en cas de besoin",
        "sous réserve de place",
    ] {
        mutants.push(Mutant {
            class: Class::ConditionAdded,
            words: format!("{sentence} {condition}."),
        });
    }
    for audience in ["pour les enfants", "pour les habitants", "pour les associations"] {
        mutants.push(Mutant {
            class: Class::AudienceAdded,
            words: format!("{sentence} {audience}."),
        });
    }
}

fn put(words: &str, start: usize, end: usize, instead: &str) -> String {
    format!("{}{instead}{}", &words[..start], &words[end..])
}

/// The fact with another value.
fn changed(words: &str, fact: &Fact, mutants: &mut Vec<Mutant>) {
    let (start, end) = (fact.span.start, fact.span.end);
    let written = &words[start..end];
    let class = match fact.kind {
        FactKind::Number | FactKind::Ordinal | FactKind::Percentage => Class::Figure,
        FactKind::Clock => Class::Hour,
        FactKind::Date | FactKind::Month => Class::Date,
        FactKind::Weekday => Class::Weekday,
        FactKind::Duration | FactKind::Age => Class::Quantity,
        FactKind::Amount => Class::Price,
        FactKind::Phone => Class::Phone,
        FactKind::Email | FactKind::Url => Class::Link,
        FactKind::Address => Class::Address,
        FactKind::Name => Class::Name,
    };
    let mut push = |instead: String| {
        mutants.push(Mutant {
            class,
            words: put(words, start, end, &instead),
        });
    };
    for (at, digit) in written.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for step in [1, 2] {
            let next = (digit.to_digit(10).unwrap() + step) % 10;
            push(put(written, at, at + 1, &next.to_string()));
        }
    }
    let lists: &[&[&str]] = &[
        &[
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        ],
        &[
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        &[
            "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
            "quinze", "vingt",
        ],
        &["premier", "deuxième", "troisième"],
        &[
            "Clairvigny",
            "Aurance",
            "Hauts-Bois",
            "Filature",
            "Saules",
            "Lices",
        ],
        &["CAF", "CCAS", "Département", "Région", "France Travail", "État"],
    ];
    for list in lists {
        for (at, word) in list.iter().enumerate() {
            for instead in replaced(written, word, list[(at + 1) % list.len()]) {
                push(instead);
            }
        }
    }
    match fact.kind {
        FactKind::Email | FactKind::Url => {
            push(written.replacen('e', "a", 1));
            push(written.replacen(".example", ".exemple", 1));
        }
        FactKind::Name => {
            push("Jean Moulin".to_owned());
            push("Maison des Tilleuls".to_owned());
        }
        _ => {}
    }
}

/// The fact as another fact of the evidence that is of its kind.
fn borrowed(words: &str, fact: &Fact, evidence: &str, mutants: &mut Vec<Mutant>) {
    let others = facts::find(evidence)
        .into_iter()
        .filter(|other| other.kind == fact.kind && other.normal != fact.normal);
    let mut seen: Vec<Normal> = Vec::new();
    for other in others {
        if seen.contains(&other.normal) || contains(&other.normal, &fact.normal) {
            continue;
        }
        seen.push(other.normal.clone());
        // In "le mardi et le jeudi", either day for the other says nothing false.
        let listed = facts::find(words)
            .iter()
            .any(|near| near.normal == other.normal && one_list(words, fact, near));
        if !listed {
            let instead = &evidence[other.span.start..other.span.end];
            mutants.push(Mutant {
                class: Class::Borrowed,
                words: put(words, fact.span.start, fact.span.end, instead),
            });
        }
    }
}

/// Whether one name is part of the other, or one date the other without its year.
fn contains(one: &Normal, other: &Normal) -> bool {
    match (one, other) {
        (Normal::Name(a), Normal::Name(b)) => a.contains(b.as_str()) || b.contains(a.as_str()),
        _ => false,
    }
}

fn swapped(words: &str, facts: &[Fact], mutants: &mut Vec<Mutant>) {
    for (at, one) in facts.iter().enumerate() {
        for other in facts
            .iter()
            .skip(at + 1)
            .filter(|other| other.kind == one.kind && other.normal != one.normal)
        {
            if contains(&one.normal, &other.normal) || one_list(words, one, other) {
                continue;
            }
            let (a, b) = (
                &words[one.span.start..one.span.end],
                &words[other.span.start..other.span.end],
            );
            let words = put(
                &put(words, other.span.start, other.span.end, a),
                one.span.start,
                one.span.end,
                b,
            );
            mutants.push(Mutant {
                class: Class::Swapped,
                words,
            });
        }
    }
}

/// Whether nothing but a list's signs, and facts of its kind, stands between two facts: they may change places.
fn one_list(words: &str, one: &Fact, other: &Fact) -> bool {
    let (first, last) = if one.span < other.span {
        (one, other)
    } else {
        (other, one)
    };
    let mut between = words[first.span.end..last.span.start].to_owned();
    for fact in facts::find(words) {
        if fact.kind == one.kind && fact.span.start >= first.span.end && fact.span.end <= last.span.start {
            between = between.replace(&words[fact.span.start..fact.span.end], " ");
        }
    }
    between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            matches!(
                word,
                "et" | "ou"
                    | "ni"
                    | "le"
                    | "la"
                    | "les"
                    | "l"
                    | "de"
                    | "du"
                    | "des"
                    | "d"
                    | "au"
                    | "aux"
                    | "par"
                    | "rue"
                    | "place"
                    | "avenue"
                    | "chemin"
                    | "allée"
                    | "impasse"
                    | "square"
                    | "route"
                    | "quai"
            )
        })
        && !between.contains(['–', '-'])
}

/// `words` with each occurrence of `from`, as whole words, replaced in turn.
pub(crate) fn replaced(words: &str, from: &str, to: &str) -> Vec<String> {
    let capital = |text: &str| {
        let mut chars = text.chars();
        chars.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(chars).collect::<String>()
        })
    };
    let mut found = Vec::new();
    for (from, to) in [(from.to_owned(), to.to_owned()), (capital(from), capital(to))] {
        for (at, _) in words.match_indices(&from) {
            let end = at + from.len();
            let whole = words[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() && c != '-')
                && (from.ends_with(['’', ' '])
                    || words[end..]
                        .chars()
                        .next()
                        .is_none_or(|c| !c.is_alphanumeric() && c != '-'));
            // "Ne ne peut pas pas" says nothing else.
            let denied =
                words[..at].ends_with("ne ") || words[..at].ends_with('’') || words[..at].ends_with("n’y ");
            let garbled = denied && (to.starts_with("ne ") || to.starts_with("n’") || to.is_empty());
            if whole && !garbled && !found.contains(&put(words, at, end, &to)) {
                found.push(put(words, at, end, &to));
            }
        }
    }
    found
}

/// `words` without what `opening` opens: up to the next comma, semicolon or end of the sentence.
fn removed(words: &str, opening: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in words.match_indices(opening) {
        if words[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '-')
        {
            continue;
        }
        let rest = &words[at..];
        if rest[opening.len()..].starts_with(':') {
            continue;
        }
        let end = rest
            .find([',', ';', '.', ':', '?', '!', '(', ')'])
            .map_or(words.len(), |stop| at + stop);
        let head = words[..at].trim_end_matches([' ', ',']);
        // "… que.", "… sauf." is no sentence.
        let last = head.split([' ', '’']).next_back().unwrap_or_default();
        if matches!(
            last,
            "que" | "sauf" | "ou" | "et" | "à" | "de" | "le" | "C’est" | "sont" | "est" | "—" | "on" | "fait"
        ) {
            continue;
        }
        let tail = words[end..].trim_start_matches(if head.is_empty() { &[',', ' '][..] } else { &[][..] });
        // What is left must still say something.
        if head.split_whitespace().count() + tail.split_whitespace().count() >= 3 {
            found.push(format!("{head}{tail}"));
        }
    }
    found
}

/// "N'est pas" as "est", "ne prend plus" as "prend".
fn negations_removed(words: &str, mutants: &mut Vec<Mutant>) {
    for particle in ["ne ", "n’"] {
        for (at, _) in words.to_lowercase().match_indices(particle).collect::<Vec<_>>() {
            if !words.is_char_boundary(at)
                || words[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            {
                continue;
            }
            let rest = &words[at + particle.len()..];
            for denial in [" pas ", " plus ", " jamais ", " pas.", " pas,"] {
                let Some(stop) = rest.find(denial) else {
                    continue;
                };
                if rest[..stop].split_whitespace().count() > 4 || rest[..stop].contains(['.', ',', ';']) {
                    continue;
                }
                let last = denial.chars().next_back().unwrap();
                let tail = rest[stop + denial.len()..].trim_start_matches("encore ");
                let text = format!("{}{}{last}{tail}", &words[..at], &rest[..stop]);
                mutants.push(Mutant {
                    class: Class::NegationRemoved,
                    words: text,
                });
            }
        }
    }
}
