//! What the lock lets through, by example and by random decodes.

use super::FactLock;
use super::spelling::normalised;
use crate::facts::{self, Normal};
use crate::fold::fold;
use std::collections::HashSet;

const EXTRACTS: [&str; 4] = [
    "Piscine — Horaires : la piscine ouvre de 9 h à 12 h 30 le samedi et le lundi 15 mars 2027. Le bassin accueille 15 enfants au plus.",
    "Une carte de résident coûte 25,50 € ; elle est gratuite pour les moins de 18 ans. Apportez un justificatif de moins de 3 mois.",
    "Le CCAS se trouve au 12 rue des Lilas à Aurance. Téléphone : 02 61 00 00 01, courriel : ccas@aurance.example.fr.",
    "Marie Curie a donné son nom à l’école. Le formulaire cerfa n° 12485*03 est à rendre avant le 1er mai.",
];

fn lock() -> FactLock {
    FactLock::new(EXTRACTS)
}

/// How far a model gets that writes `text` letter by letter, in tokens of a letter each.
fn written(lock: &FactLock, text: &str) -> String {
    let mut line = String::new();
    for letter in text.chars() {
        if !lock.at(&line).allows(&letter.to_string(), &[]) {
            break;
        }
        line.push(letter);
    }
    line
}

#[test]
fn what_the_extracts_state_may_be_written_in_every_usual_way() {
    let lock = lock();
    for text in [
        "La piscine ouvre à 9 h. [1]",
        "Elle est ouverte de neuf heures à 12h30 [1].",
        "Le samedi, vous pouvez venir jusqu’à douze heures trente. [1]",
        "Rendez-vous le 15 mars. [1]",
        "C’est le lundi 15 mars 2027. [1]",
        "Le bassin accueille quinze enfants. [1]",
        "Quinze enfants au plus. [1]",
        "La carte coûte 25,50 euros. [2]",
        "Vous ne payez rien : c’est gratuit pour les moins de dix-huit ans. [2]",
        "Le CCAS se trouve rue des Lilas. [3]",
        "Appelez le 0261000001 ou écrivez à ccas@aurance.example.fr. [3]",
        "L’école porte le nom de Marie Curie. [4]",
        "Rendez le formulaire cerfa n° 12485*03 avant le 1er mai. [4]",
        "La carte coûte 25,50 € et le CCAS est à Aurance. [2][3]",
        "La mairie décide du centre de loisirs. [1]",
        "",
    ] {
        let whole = format!("{text}\n");
        assert_eq!(written(&lock, &whole), whole);
    }
}

#[test]
fn what_they_do_not_state_stops_where_it_leaves_them() {
    let lock = lock();
    for (text, at) in [
        ("La piscine ouvre à 8 h. [1]", "La piscine ouvre à "),
        ("La piscine ouvre à 9 h 30. [1]", "La piscine ouvre à 9 h "),
        ("La piscine ouvre à dix heures. [1]", "La piscine ouvre à dix"),
        ("Venez le dimanche. [1]", "Venez le dimanch"),
        ("Venez le 15 avril. [1]", "Venez le 15 "),
        ("Elle coûte 25 € [2]", "Elle coûte 25 € "),
        ("Le bassin accueille 15 adultes. [1]", "Le bassin accueille 15 "),
        (
            "Le formulaire cerfa n° 12485. [4]",
            "Le formulaire cerfa n° 12485",
        ),
        ("Il y a 15. [1]", "Il y a 15"),
        (
            "Le stationnement est interdit. [1]",
            "Le stationnement est interdi",
        ),
        ("Le CCAS est avenue des Lilas. [3]", "Le CCAS est avenue des L"),
        ("Allez voir Jean Dupont. [4]", "Allez voir Je"),
        ("Dupont vous répond. [4]", "Du"),
        ("Écrivez à ccas@exemple.fr. [3]", "Écrivez à ccas@"),
        ("Appelez le 02 61 00 00 02. [3]", "Appelez le 02 61 00 00 0"),
        ("Payez 25,50 $. [2]", "Payez 25,50 "),
        ("**Gratuit** [2]", ""),
        ("日本 [2]", ""),
        ("Six [2]", "Si"),
        ("La piscine deC", "La piscine de"),
        ("La piscine ouvre à 9 h. [2]", "La piscine ouvre à 9 h. ["),
        ("La piscine ouvre à 9 h. [5]", "La piscine ouvre à 9 h. ["),
        ("La piscine ouvre.\n", "La piscine ouvre."),
        (
            "La carte coûte 25,50 € à Aurance. [2]\n",
            "La carte coûte 25,50 € à Aurance. [2]",
        ),
        ("[1]", ""),
    ] {
        assert_eq!(written(&lock, text), at, "{text}");
    }
}

#[test]
fn a_line_may_end_only_after_the_numbers_of_the_extracts_that_hold_it() {
    let lock = lock();
    for line in [
        "",
        "  ",
        "La piscine ouvre à 9 h. [1]",
        "La carte [2].",
        "Le samedi à Aurance [1] [3]",
    ] {
        assert!(lock.at(line).may_end(), "{line}");
    }
    for line in [
        "La piscine",
        "La piscine ouvre à 9 h. [",
        "La piscine ouvre à 9 h. [2]",
        "Le samedi à Aurance [1]",
        "Dimanche [1]",
    ] {
        assert!(!lock.at(line).may_end(), "{line}");
    }
}

#[test]
fn the_bytes_of_a_letter_may_come_in_two_tokens() {
    let lock = lock();
    let place = lock.at("La carte est gratuite, ");
    assert!(place.allows("", "é".as_bytes().get(..1).unwrap()));
    assert!(lock.at("Payez 25,50 ").allows("", &[0xe2]));
    assert!(!lock.at("Payez 25,").allows("", &[0xe2]));
    assert!(!place.allows("", &[0xff]));
}

#[test]
fn without_extracts_nothing_can_be_said() {
    let lock = FactLock::new([]);
    assert!(lock.at("").may_end());
    assert_ne!(written(&lock, "La piscine. [1]"), "La piscine. [1]");
}

/// A generator of numbers (xorshift64*, Vigna 2016), so that a failure can be run again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}

/// Tokens as a model has them: letters, signs, words, pieces of facts, the town's own and foreign ones.
fn vocabulary() -> Vec<String> {
    let letters = "abcdefghijklmnopqrstuvwxyzéèàçùâêABCDEFLMPRSTV0123456789 ,.:;'’-()€%@/*[]\n";
    let words = "la le les de des du un une et ou à est sont pour vous dans avec carte piscine mairie ouvre coûte enfants places \
        heures heure euros ans mois jours deux trois neuf dix quinze vingt cent mille midi minuit trente samedi dimanche lundi mars mai \
        avril gratuit gratuite payant fermé interdit obligatoire rue avenue Lilas Aurance Marie Curie Dupont CCAS Paris";
    let pieces = [
        "9 h",
        " h 30",
        "25,50",
        " €",
        "02 61",
        " 00 00 01",
        "15",
        "12",
        "2027",
        "ccas@",
        "aurance.example.fr",
        "www.",
        ".fr",
        "[1]",
        "[2]",
        "[3]",
        "[4]",
        " [1]\n",
        " [2]\n",
        " [3]\n",
        " [4]\n",
        "n° ",
        "12485*03",
        "1er",
        "\u{202f}",
    ];
    letters
        .chars()
        .map(String::from)
        .chain(words.split_whitespace().map(|word| format!(" {word}")))
        .chain(pieces.map(str::to_owned))
        .collect()
}

/// What a model of random weights writes under the lock.
fn decode(lock: &FactLock, vocabulary: &[String], random: &mut Random) -> String {
    let (mut text, mut line) = (String::new(), String::new());
    for _ in 0..45 {
        let place = lock.at(&line);
        // A beginning at random, so that each token may be asked about first; markers are likely once there are words.
        let start = random.below(vocabulary.len());
        let closing = line.len() > 30 && random.below(3) == 0;
        let tokens = vocabulary.iter().cycle().skip(start).take(vocabulary.len());
        let markers = tokens
            .clone()
            .filter(|token| closing && token.contains(['[', ']', '\n']));
        let next = markers.chain(tokens).find(|token| place.allows(token, &[]));
        let next = next.unwrap_or_else(|| panic!("nothing may follow {line:?}"));
        text.push_str(next);
        line.push_str(next);
        if let Some((_, last)) = line.rsplit_once('\n') {
            line = last.to_owned();
        }
    }
    text
}

/// The facts of a whole line that are not those of the extracts that it names: told by the facts alone, not by the lock.
fn unlicensed(line: &str) -> Vec<String> {
    let (body, markers) = line.split_once('[').unwrap();
    let named: Vec<&str> = markers
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .collect();
    let held: Vec<String> = named
        .iter()
        .map(|n| normalised(EXTRACTS[n.parse::<usize>().unwrap() - 1]))
        .collect();
    let held = held.join("\n");
    let mut normals: HashSet<Normal> = facts::normal_forms(&held).into_iter().collect();
    for normal in normals.clone() {
        match normal {
            Normal::Date(date) => normals.insert(Normal::Date(facts::PartialDate { year: None, ..date })),
            Normal::Month { month, .. } => normals.insert(Normal::Month { month, year: None }),
            _ => false,
        };
    }
    let body = normalised(body);
    let mut wrong = Vec::new();
    for fact in facts::find(&body) {
        let written = &body[fact.span.start..fact.span.end];
        let named = matches!(fact.normal, Normal::Name(_)) && fold(&held).contains(&fold(written));
        if !normals.contains(&fact.normal) && !named {
            wrong.push(written.to_owned());
        }
    }
    let states = ["gratuit", "gratuite", "ferme", "interdit"];
    let (folded, held) = (fold(&body), fold(&held));
    let words = folded.split(|c: char| !c.is_alphabetic());
    for word in words {
        if states.contains(&word) && !held.contains(word) {
            wrong.push(word.to_owned());
        }
    }
    wrong
}

/// The whole lines of a decode, and how many of them state a fact; panics where one states another's.
fn checked(lock: &FactLock, vocabulary: &[String], seed: u64) -> (usize, usize) {
    let text = decode(
        lock,
        vocabulary,
        &mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
    );
    // What stands after the last line break is unfinished, and shown to nobody.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let lines = whole.lines().filter(|line| !line.trim().is_empty());
    lines.fold((0, 0), |(lines, stating), line| {
        let wrong = unlicensed(line);
        assert!(wrong.is_empty(), "seed {seed}: {line:?} states {wrong:?}");
        let body = line.split('[').next().unwrap();
        (lines + 1, stating + usize::from(!facts::find(body).is_empty()))
    })
}

/// Checks that many decodes; most of their lines must state something.
fn check_random_decodes(decodes: u64) {
    let (lock, vocabulary) = (lock(), vocabulary());
    let part = &|first: u64| {
        let seeds = (1..=decodes).filter(|seed| seed % 4 == first);
        let counts = seeds.map(|seed| checked(&lock, &vocabulary, seed));
        counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
    };
    let counts: Vec<(usize, usize)> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..4).map(|first| scope.spawn(move || part(first))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    let lines: usize = counts.iter().map(|count| count.0).sum();
    let stating: usize = counts.iter().map(|count| count.1).sum();
    println!("{decodes} decodes: {lines} whole lines, {stating} of them state a fact");
    assert!(
        lines > usize::try_from(decodes).unwrap() && stating * 2 > lines,
        "{stating} of {lines} lines"
    );
}

#[test]
fn of_two_thousand_random_decodes_no_line_states_a_fact_that_its_extracts_do_not() {
    check_random_decodes(2_000);
}

#[test]
#[ignore = "a hundred thousand random decodes, minutes: cargo test -p domain --release lock -- --ignored --nocapture"]
fn of_a_hundred_thousand_random_decodes_no_line_states_a_fact_that_its_extracts_do_not() {
    check_random_decodes(100_000);
}
/// Else a model that has begun one could not go on.
#[test]
fn every_word_that_begins_a_sentence_may_be_finished() {
    let lock = FactLock::new(["Bonjour."]);
    let table = include_str!("../../data/lock/starters.txt");
    for word in table.lines().skip(2).flat_map(str::split_whitespace) {
        let mut letters = word.chars();
        let capitalised: String = letters.next().unwrap().to_uppercase().chain(letters).collect();
        if !super::claim::Read::new(word).claims().unwrap().is_empty() {
            continue;
        }
        let begun = format!("{capitalised} de la mairie");
        assert_eq!(written(&lock, &begun), begun);
    }
}
