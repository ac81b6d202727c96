//! Numbers: one form for "13e", "treizième" and "treize", and for "20 000" and "20000".

/// Whether `next` continues the number `held`, given what stands between them.
pub(super) fn continues(held: &str, next: &str, between: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    matches!(between, " " | "\u{a0}" | "\u{202f}")
        && next.len() == 3
        && digits(next)
        && !held.starts_with('0')
        && held.len() <= 9
        && digits(held)
}

/// The digits that a number or an ordinal stands for; `None` for any other word.
pub(super) fn normal(folded: &str) -> Option<&str> {
    if folded.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        let digits = folded.trim_end_matches(|c: char| !c.is_ascii_digit());
        let ordinal = matches!(
            &folded[digits.len()..],
            "e" | "er" | "ere" | "re" | "eme" | "ieme" | "nd" | "nde" | "emes"
        );
        return (ordinal && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits);
    }
    Some(match folded {
        "premier" | "premiere" | "premiers" | "premieres" => "1",
        "deux" | "deuxieme" | "second" | "seconde" => "2",
        "trois" | "troisieme" => "3",
        "quatre" | "quatrieme" => "4",
        "cinq" | "cinquieme" => "5",
        "six" | "sixieme" => "6",
        "sept" | "septieme" => "7",
        "huit" | "huitieme" => "8",
        "neuvieme" => "9",
        "dix" | "dixieme" => "10",
        "onze" | "onzieme" => "11",
        "douze" | "douzieme" => "12",
        "treize" | "treizieme" => "13",
        "quatorze" | "quatorzieme" => "14",
        "quinze" | "quinzieme" => "15",
        "seize" | "seizieme" => "16",
        "vingt" | "vingtieme" => "20",
        "trente" | "trentieme" => "30",
        "quarante" => "40",
        "cinquante" => "50",
        "soixante" => "60",
        "cent" => "100",
        "mille" => "1000",
        _ => return None,
    })
}
