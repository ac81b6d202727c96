//! Translations by hand, and what is made of them that is true no more.

use super::*;
use proptest::prelude::*;

struct True {
    language: Language,
    extract: &'static str,
    words: &'static str,
}

/// Translations by hand.
fn all_true() -> Vec<True> {
    read(include_str!("true.tsv"))
}

fn read(lines: &'static str) -> Vec<True> {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            True {
                language: Language::parse(cells[0]).unwrap(),
                extract: cells[1],
                words: cells[2],
            }
        })
        .collect()
}

#[test]
fn true_translations_pass() {
    let blocked: Vec<String> = all_true()
        .iter()
        .filter_map(|pair| {
            let why = check(pair.words, pair.language, pair.extract).err()?;
            Some(format!("{}: {why:?}", pair.words))
        })
        .collect();
    assert!(blocked.is_empty(), "{blocked:#?}");
}

#[test]
fn what_a_reader_of_the_tables_got_past_them_is_blocked() {
    let lies = read(include_str!("lies.tsv"));
    let passed: Vec<&str> = lies
        .iter()
        .filter(|lie| check(lie.words, lie.language, lie.extract).is_ok())
        .map(|lie| lie.words)
        .collect();
    assert!(passed.is_empty(), "{passed:#?}");
}

/// What makes another sentence of a French one: a translation of the first is none of the second.
const TURNED: [(&str, &str); 14] = [
    (", sauf les jours fériés", ""),
    ("est gratuite pour tous", "est payante pour tous"),
    ("pour tous les habitants", "pour certains habitants"),
    ("avant le 15 septembre", "après le 15 septembre"),
    ("de moins de 3 mois", "de plus de 3 mois"),
    ("si vous ne pouvez pas venir", "si vous pouvez venir"),
    ("si vous ne pouvez pas venir", "car vous ne pouvez pas venir"),
    ("fermé", "ouvert"),
    ("interdits", "autorisés"),
    ("interdits dans", "nombreux dans"),
    ("Vous pouvez emprunter", "Vous devez emprunter"),
    ("Vous pouvez emprunter", "Vous ne pouvez pas emprunter"),
    ("au plus tard 8 jours avant", "au plus tôt 8 jours après"),
    ("À partir de 18 ans", "Jusqu’à 18 ans"),
];

#[test]
fn a_translation_of_a_sentence_is_none_of_its_contrary() {
    let mut passed = Vec::new();
    for pair in all_true() {
        for (from, to) in TURNED {
            let extract = pair.extract.replace(from, to);
            if extract != pair.extract && check(pair.words, pair.language, &extract).is_ok() {
                passed.push(format!("{} of {extract:?}", pair.words));
            }
        }
    }
    assert!(passed.is_empty(), "{passed:#?}");
}

/// Each run of figures, from where to where, in bytes.
fn figures(words: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in words.char_indices().filter(|(_, letter)| letter.is_ascii_digit()) {
        match found.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

#[test]
fn no_figure_is_changed_added_left_out_or_swapped() {
    for pair in all_true() {
        let words = pair.words;
        let blocked = |said: &str| {
            let checked = check(said, pair.language, pair.extract);
            assert!(checked.is_err(), "{said:?} of {:?}", pair.extract);
        };
        for (from, to) in figures(words) {
            let number: u64 = words[from..to].parse().unwrap();
            // "12 noon" is noon.
            let left_out = (!words[to..].starts_with(" noon")).then(String::new);
            for other in [(number + 1).to_string(), format!("{number}1")]
                .into_iter()
                .chain(left_out)
            {
                blocked(&format!("{}{other}{}", &words[..from], &words[to..]));
            }
        }
        for two in figures(words).windows(2) {
            let [(a, b), (c, d)] = [two[0], two[1]];
            if words[a..b] != words[c..d] {
                blocked(&format!(
                    "{}{}{}{}{}",
                    &words[..a],
                    &words[c..d],
                    &words[b..c],
                    &words[a..b],
                    &words[d..]
                ));
            }
        }
        for more in [" 7", " €", " 50 %", " www.other.example", " [1]"] {
            blocked(&format!("{words}{more}"));
        }
    }
}

#[test]
fn no_day_month_or_number_in_words_is_another() {
    for pair in all_true() {
        let lexicon = Lexicon::of(pair.language);
        let numbers = (2..=20).map(|number| format!("n{number}"));
        let days_and_months = rendering::DAYS.iter().chain(&rendering::MONTHS);
        let tables = days_and_months.map(|name| String::from(*name)).chain(numbers);
        for table in tables {
            // A day that the extract names too is another one beside it: it comes once too often.
            for pattern in lexicon.table(&table).iter().filter(|pattern| !pattern.ambiguous) {
                let said = format!("{} {}", pair.words, pattern.text());
                assert!(check(&said, pair.language, pair.extract).is_err(), "{said:?}");
            }
        }
    }
}

#[test]
fn names_stay_as_they_are_and_no_other_is_said() {
    let extract =
        "Le guichet de la Maison des Tilleuls, 12 rue du Pont-Vieux, reçoit les habitants de Clairvigny.";
    for (language, words, passes) in [
        (
            Language::English,
            "The desk of the Maison des Tilleuls, 12 rue du Pont-Vieux, receives residents of Clairvigny.",
            true,
        ),
        (
            Language::English,
            "The desk of the Lime Tree House, 12 rue du Pont-Vieux, receives residents of Clairvigny.",
            false,
        ),
        (
            Language::English,
            "The desk of the Maison des Tilleuls, 12 Old Bridge Street, receives residents of Clairvigny.",
            false,
        ),
        (
            Language::English,
            "The desk of the Maison des Tilleuls, 12 rue du Pont-Vieux, receives residents of Clairvigny and Sabreuil.",
            false,
        ),
        (
            Language::Ukrainian,
            "Каса Maison des Tilleuls, 12 rue du Pont-Vieux, приймає мешканців Clairvigny.",
            true,
        ),
        (
            Language::Ukrainian,
            "Каса Maison des Tilleuls, 12 rue du Pont-Vieux, приймає мешканців Clairvigny та Одеси.",
            false,
        ),
        (
            Language::Chinese,
            "Maison des Tilleuls（12 rue du Pont-Vieux）的窗口接待Clairvigny的居民。",
            true,
        ),
        (
            Language::Chinese,
            "Maison des Lilas（12 rue du Pont-Vieux）的窗口接待Clairvigny的居民。",
            false,
        ),
    ] {
        assert_eq!(
            check(words, language, extract).is_ok(),
            passes,
            "{words}: {:?}",
            check(words, language, extract)
        );
    }
}

#[test]
fn what_is_in_no_other_language_or_says_far_more_is_no_translation() {
    let extract = "La carte de bibliothèque est gratuite.";
    for (language, words) in [
        (Language::French, extract),
        (Language::Chinese, "The library card is free."),
        (Language::Arabic, ""),
        (Language::English, ""),
        (Language::English, "Is the library card free?"),
    ] {
        assert!(check(words, language, extract).is_err(), "{words}");
    }
    let long = format!("The library card is free{}.", " and very good and nice".repeat(8));
    assert_eq!(
        check(&long, Language::English, extract),
        Err(Mistranslated::Other)
    );
}

/// How far a model gets that writes `text` letter by letter.
fn written(lock: &TranslationLock, text: &str) -> String {
    let mut line = String::new();
    for letter in text.chars() {
        if !lock.allows(&line, &letter.to_string()) {
            break;
        }
        line.push(letter);
    }
    line
}

#[test]
fn under_the_lock_true_translations_may_be_written_and_ended() {
    for pair in all_true() {
        let lock = TranslationLock::new(pair.extract, pair.language);
        assert_eq!(written(&lock, pair.words), pair.words);
        assert!(lock.may_end(pair.words), "{}", pair.words);
    }
}

#[test]
fn under_the_lock_a_text_stops_where_its_facts_leave_the_extract() {
    let lock = TranslationLock::new(
        "Le mardi, vous pouvez emprunter 12 livres pour 4 semaines, au 02 61 00 00 01.",
        Language::English,
    );
    for (text, at) in [
        (
            "On Tuesdays you can borrow 13 books",
            "On Tuesdays you can borrow 1",
        ),
        (
            "On Tuesdays you can borrow 120 books",
            "On Tuesdays you can borrow 12",
        ),
        (
            "On Tuesdays you can borrow 12 books for 4 days",
            "On Tuesdays you can borrow 12 books for 4 ",
        ),
        ("On Tuesdays you can borrow 4", "On Tuesdays you can borrow 4"),
        ("On Mondays you can", "On Mondays"),
        ("Call 02 61 00 00 02", "Call 02 61 00 00 0"),
        ("It costs €", "It costs "),
        ("You can borrow three books", "You can borrow three"),
    ] {
        assert_eq!(written(&lock, text), at, "{text}");
        assert!(!lock.may_end(at));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]
    #[test]
    fn of_random_decodes_under_the_lock_none_states_another_figure(choices in prop::collection::vec(any::<prop::sample::Index>(), 60)) {
        const TOKENS: [&str; 24] = [
            "0", "1", "2", "3", "4", "5", "7", "9", "12", "25", ".", ",", " ", " books", " weeks", " day", "€", "twelve",
            " four", " Tuesday", " and", " for", "5 ", " 1",
        ];
        let extract = "Le mardi, vous pouvez emprunter 12 livres pour 4 semaines. La carte coûte 25 €.";
        let lock = TranslationLock::new(extract, Language::English);
        let mut line = String::new();
        for choice in choices {
            let may: Vec<&str> = TOKENS.into_iter().filter(|token| lock.allows(&line, token)).collect();
            if may.is_empty() || (lock.may_end(&line) && line.len().is_multiple_of(3)) {
                break;
            }
            line.push_str(may[choice.index(may.len())]);
        }
        let mut runs: Vec<&str> = figures(&line).into_iter().map(|(from, to)| &line[from..to]).collect();
        if line.ends_with(|letter: char| letter.is_ascii_digit()) {
            // It is being written.
            runs.pop();
        }
        for run in runs {
            prop_assert!(["12", "4", "25", "00"].contains(&run), "{:?}", line);
        }
        if lock.may_end(&line) {
            for (figures, word) in [("12", "twelve"), ("4", "four"), ("25", "25")] {
                prop_assert!(line.contains(figures) || line.contains(word), "{:?}", line);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_words_of_any_extract_are_checked_without_panic(words in ".{0,120}", extract in ".{0,120}", language in 0usize..9) {
        let _checked = check(&words, Language::ALL[language], &extract);
    }
}
