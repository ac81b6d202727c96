//! What is left of a French word without its endings, for telling whether two words are of one family.

/// Endings, the longest first; a long one leaves four letters at least, a short one and a verb's three.
const ENDINGS: [&str; 77] = [
    "issements",
    "issement",
    "ifications",
    "ification",
    "ications",
    "ication",
    "atrices",
    "atrice",
    "ateurs",
    "ateur",
    "ations",
    "ation",
    "issant",
    "issent",
    "issez",
    "itions",
    "ition",
    "ements",
    "ement",
    "aient",
    "eront",
    "erait",
    "ences",
    "ence",
    "ances",
    "ance",
    "antes",
    "ante",
    "ables",
    "able",
    "ages",
    "age",
    "ives",
    "ive",
    "ifs",
    "if",
    "ants",
    "ant",
    "ments",
    "ment",
    "tions",
    "tion",
    "sions",
    "sion",
    "euses",
    "euse",
    "eurs",
    "eur",
    "aisons",
    "aison",
    "ites",
    "ite",
    "elles",
    "elle",
    "ures",
    "ure",
    "ent",
    "ees",
    "ee",
    "era",
    "ons",
    "iez",
    "ues",
    "ue",
    "us",
    "dre",
    "es",
    "er",
    "ez",
    "ir",
    "it",
    "is",
    "e",
    "s",
    "x",
    "u",
    "i",
];

/// Letters that stay whatever the ending.
const KEPT: usize = 4;

/// Letters compared at most.
const COMPARED: usize = 8;

/// The stem of a folded word; of "réserver", "réservation" and "réservé" the same.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word;
    for turn in 0..2 {
        let ending = ENDINGS.iter().find(|ending| {
            let kept = match **ending {
                // "Louent", "levant", "vidiez" of "louer", "lever", "vider".
                "ent" | "ant" | "iez" => KEPT - 1,
                // "Établi" is of "établir", "mairie" is not of "maire".
                "i" if turn > 0 => return false,
                "i" => KEPT,
                // "Chauffage" is of "chauffer", "village" is not of "ville".
                "age" | "ages" => KEPT + 1,
                short if short.len() <= 2 => KEPT - 1,
                _ => KEPT,
            };
            stem.len() >= ending.len() + kept && stem.ends_with(**ending)
        });
        match ending {
            // "Prendre", "prend": the letter before "re" stays.
            Some(&"dre") => stem = &stem[..stem.len() - 2],
            Some(ending) => stem = &stem[..stem.len() - ending.len()],
            None => break,
        }
    }
    // "Appelle", "jette" of "appeler", "jeter".
    if ["ell", "ett"].iter().any(|doubled| stem.ends_with(doubled)) {
        stem = &stem[..stem.len() - 1];
    }
    let end = stem.char_indices().nth(COMPARED).map_or(stem.len(), |(at, _)| at);
    stem[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_family_have_one_stem() {
        for family in [
            &["reserver", "reservation", "reservez", "reserve", "reserves"][..],
            &["inscrire", "inscrit", "inscrits"],
            &["annuler", "annulation", "annulez"],
            &["habitant", "habitants", "habiter", "habitent"],
            &["louer", "loue", "louent"],
            &["etablir", "etabli"],
            &["appeler", "appelle", "appellent"],
            &["afficher", "affichage", "affichent"],
        ] {
            for word in family {
                assert_eq!(stem(word), stem(family[0]), "{word}");
            }
        }
        assert_ne!(stem("mairie"), stem("mariage"));
        assert_ne!(stem("ville"), stem("village"));
        assert_ne!(stem("maire"), stem("mairie"));
        assert_eq!(stem("bus"), "bus");
    }
}
