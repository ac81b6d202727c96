//! Learns the weights of reading and prints them: `cargo run --release -p assistant --example learn_reading -- vdd.zip`.
//!
//! The fiches come from `cargo xtask fiches FOLDER`. Three kinds of lessons are made of them. *Openings*: a title that
//! asks is answered by the first two sentences of the page. *Sections*: words of a heading and of the title are
//! answered by the first two sentences below the heading. *Details*: some words of a sentence, some around it and some
//! of elsewhere, after the question word of a fact that it holds, are answered by that sentence. The draw is fixed, so
//! that the same fiches give the same weights.

use assistant::{Context, Exam, Observed, feature_names, read_path};
use chrono::{DateTime, TimeZone, Utc};
use domain::document::Draft;
use domain::facts::{self, FactKind};
use domain::sentence;
use domain::text::{Block, BlockKind};
use std::error::Error;
use std::io::Write as _;
use std::path::Path;

/// One fiche in so many is learned from; all are searched.
const ONE_IN: usize = 4;
/// How many details of a fiche are asked for.
const DETAILS: usize = 2;
/// How many sentences answer a title that asks, or a heading.
const OPENING: usize = 2;
/// A sentence that is asked for has so many characters, and so many words of its own.
const SENTENCE: std::ops::Range<usize> = 50..330;
const OWN_WORDS: usize = 5;
/// Words that papers are named by.
const PAPERS: [&str; 5] = ["justificatif", "attestation", "certificat", "formulaire", "photo"];
/// Shorter words rarely carry a subject, in letters.
const SHORTEST: usize = 4;
/// What large weights cost.
const RIDGE: f32 = 3.0;
const ROUNDS: usize = 400;

/// The units of a page as they were seen, and which of them answer.
struct Lesson {
    seen: Vec<Observed>,
    answers: Vec<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Opening,
    Section,
    Detail,
}

/// The kinds, each with what all of its lessons count. Residents ask for details more often than for what a title or a
/// heading says word for word.
const KINDS: [(Kind, f32); 3] = [(Kind::Opening, 0.5), (Kind::Section, 0.2), (Kind::Detail, 1.0)];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("name the fiches: learn_reading FOLDER/vdd.zip")?;
    let context = Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: None,
    };
    let drafts: Vec<Draft> = read_path(Path::new(&path), &context)?.collect::<Result<_, _>>()?;
    let now = Utc
        .with_ymd_and_hms(2026, 3, 18, 9, 0, 0)
        .single()
        .ok_or("the instant of the lessons does not exist")?;
    let exam = Exam::of_corpus(drafts.iter().cloned().map(Ok), now, |_| ()).await?;
    let lessons = lessons(&exam, &drafts, now).await?;
    let weights = learn(&lessons);
    report(&lessons, &weights)?;
    Ok(())
}

async fn lessons(exam: &Exam, drafts: &[Draft], now: DateTime<Utc>) -> Result<Vec<Lesson>, Box<dyn Error>> {
    let mut dice = Dice(7);
    let elsewhere: Vec<&str> = drafts
        .iter()
        .flat_map(|draft| words(&draft.content.title))
        .collect();
    let mut lessons = Vec::new();
    for draft in drafts.iter().step_by(ONE_IN) {
        let document = draft.external_id.as_str();
        let title = &draft.content.title;
        if title.trim_end().ends_with('?') {
            let seen = exam.observe(title, document, now).await?;
            let answers = (0..OPENING.min(seen.len())).collect();
            lessons.push(Lesson {
                seen,
                answers,
                kind: Kind::Opening,
            });
        }
        let sections = sections(draft);
        if !sections.is_empty() {
            let (heading, said) = &sections[dice.below(sections.len())];
            let mut asked = vec![["comment", "quels", "quelles", "quel", "pour"][dice.below(5)]];
            asked.extend(dice.some(&words(heading), 3));
            asked.extend(dice.some(&words(title), 2));
            if dice.below(3) == 0 {
                asked.extend(dice.some(&elsewhere, 1));
            }
            let seen = exam.observe(&asked.join(" "), document, now).await?;
            let answers = (0..seen.len())
                .filter(|unit| said.contains(&seen[*unit].text.as_str()))
                .collect();
            lessons.push(Lesson {
                seen,
                answers,
                kind: Kind::Section,
            });
        }
        let sentences = sentences(draft);
        let askable: Vec<usize> = (0..sentences.len())
            .filter(|at| SENTENCE.contains(&sentences[*at].chars().count()))
            .filter(|at| words(sentences[*at]).len() >= OWN_WORDS)
            .collect();
        for _ in 0..DETAILS.min(askable.len()) {
            let at = askable[dice.below(askable.len())];
            let question = question(&mut dice, &sentences, at, &elsewhere);
            let seen = exam.observe(&question, document, now).await?;
            let answers = (0..seen.len())
                .filter(|unit| seen[*unit].text == sentences[at])
                .collect();
            lessons.push(Lesson {
                seen,
                answers,
                kind: Kind::Detail,
            });
        }
    }
    lessons.retain(|lesson| !lesson.answers.is_empty() && lesson.answers.len() < lesson.seen.len());
    Ok(lessons)
}

/// What can be quoted of a fiche: sentences, items and rows.
fn sentences(draft: &Draft) -> Vec<&str> {
    let blocks = draft.content.blocks.iter();
    blocks.flat_map(|block| sentences_of(draft, block)).collect()
}

fn sentences_of<'a>(draft: &'a Draft, block: &Block) -> Vec<&'a str> {
    let text = draft.content.text.slice(block.span).unwrap_or_default();
    match block.kind {
        BlockKind::Paragraph => {
            let spans = sentence::split(text).into_iter();
            spans.filter_map(|span| text.get(span.start..span.end)).collect()
        }
        BlockKind::Item { .. } | BlockKind::Row | BlockKind::Definition => vec![text],
        _ => Vec::new(),
    }
}

/// The headings of a fiche that tell something, each with the first sentences below it.
fn sections(draft: &Draft) -> Vec<(&str, Vec<&str>)> {
    let content = &draft.content;
    let headings = content.blocks.iter().enumerate();
    let headings = headings.filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
    let sections = headings.filter_map(|(at, block)| {
        let heading = content
            .text
            .slice(block.span)
            .filter(|text| !words(text).is_empty())?;
        let below = content.blocks[at + 1..].iter();
        let below = below.take_while(|next| !matches!(next.kind, BlockKind::Heading(_)));
        let said: Vec<&str> = below
            .flat_map(|next| sentences_of(draft, next))
            .take(OPENING)
            .collect();
        (!said.is_empty()).then_some((heading, said))
    });
    sections.collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= SHORTEST)
        .collect()
}

/// A question that the sentence at `at` answers.
fn question(dice: &mut Dice, sentences: &[&str], at: usize, elsewhere: &[&str]) -> String {
    let mut asked = vec![question_word(dice, sentences[at])];
    let own = words(sentences[at]);
    let many = 1 + dice.below(4);
    asked.extend(dice.some(&own, many));
    // Words around it, on one side or the other.
    let beside = match dice.below(4) {
        0 => at.checked_sub(1),
        1 => Some(at + 1),
        _ => None,
    };
    if let Some(beside) = beside.and_then(|beside| sentences.get(beside)) {
        asked.extend(dice.some(&words(beside), 2));
    }
    if dice.below(5) < 3 {
        let many = 1 + dice.below(2);
        asked.extend(dice.some(elsewhere, many));
    }
    format!("{} ?", asked.join(" "))
}

fn question_word<'a>(dice: &mut Dice, sentence: &str) -> &'a str {
    let mut openings: Vec<&[&str]> = facts::find(sentence)
        .iter()
        .filter_map(|fact| -> Option<&[&str]> {
            Some(match fact.kind {
                FactKind::Amount => &["combien coûte", "quel est le montant", "quel prix"],
                FactKind::Number | FactKind::Percentage => &["combien", "quel taux", "quel nombre"],
                FactKind::Duration => &["combien de temps", "quel délai", "quelle durée"],
                FactKind::Age => &["à quel âge"],
                FactKind::Date | FactKind::Month | FactKind::Clock | FactKind::Weekday => {
                    &["quand", "à quelle date", "en quelle année"]
                }
                FactKind::Address => &["où", "à quelle adresse"],
                FactKind::Name => &["qui", "où", "quel organisme"],
                _ => return None,
            })
        })
        .collect();
    if PAPERS.iter().any(|paper| sentence.to_lowercase().contains(paper)) {
        openings.push(&[
            "quels papiers",
            "quels documents",
            "quelles pièces",
            "quels justificatifs",
        ]);
    }
    if openings.is_empty() {
        openings.push(&[
            "pourquoi",
            "quel est",
            "quelles sont",
            "que",
            "dans quel",
            "de quelle",
        ]);
    }
    let openings = openings[dice.below(openings.len())];
    openings[dice.below(openings.len())]
}

/// Weights that make the sentences that answer likeliest: resilient propagation, each weight with a step of its own.
fn learn(lessons: &[Lesson]) -> Vec<f32> {
    let features = feature_names().len();
    let worths = KINDS.map(|(kind, counts)| {
        let of_kind = lessons.iter().filter(|lesson| lesson.kind == kind).count();
        counts * lessons.len() as f32 / (KINDS.len() * of_kind.max(1)) as f32
    });
    let mut weights = vec![0.0; features];
    let (mut steps, mut last) = (vec![0.1_f32; features], vec![0.0_f32; features]);
    for _ in 0..ROUNDS {
        let mut slope: Vec<f32> = weights.iter().map(|weight| -RIDGE * weight).collect();
        for lesson in lessons {
            let worth = worths[lesson.kind as usize];
            let shares = shares(lesson, &weights);
            let right: f32 = lesson.answers.iter().map(|at| shares[*at]).sum();
            for (at, unit) in lesson.seen.iter().enumerate() {
                let of_right = if lesson.answers.contains(&at) {
                    shares[at] / right
                } else {
                    0.0
                };
                for (slope, seen) in slope.iter_mut().zip(&unit.features) {
                    *slope += worth * (of_right - shares[at]) * seen;
                }
            }
        }
        for feature in 0..features {
            let turned = slope[feature] * last[feature] < 0.0;
            steps[feature] = (steps[feature] * if turned { 0.5 } else { 1.2 }).clamp(1e-4, 0.5);
            last[feature] = if turned { 0.0 } else { slope[feature] };
            weights[feature] += steps[feature] * slope[feature].signum();
        }
    }
    weights
}

fn shares(lesson: &Lesson, weights: &[f32]) -> Vec<f32> {
    let score = |unit: &Observed| -> f32 { unit.features.iter().zip(weights).map(|(a, b)| a * b).sum() };
    let scores: Vec<f32> = lesson.seen.iter().map(score).collect();
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exps: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = exps.iter().sum();
    exps.into_iter().map(|exp| exp / total).collect()
}

fn report(lessons: &[Lesson], weights: &[f32]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (name, weight) in feature_names().iter().zip(weights) {
        writeln!(out, "    {weight:.2}, // {name}")?;
    }
    for (kind, _) in KINDS {
        let of_kind: Vec<_> = lessons.iter().filter(|lesson| lesson.kind == kind).collect();
        let first = of_kind.iter().filter(|lesson| {
            let shares = shares(lesson, weights);
            let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
            best.is_some_and(|best| lesson.answers.contains(&best))
        });
        let share = first.count() as f32 / of_kind.len().max(1) as f32;
        writeln!(
            out,
            "{kind:?}: {} lessons, the likeliest sentence answers in {share:.3}",
            of_kind.len()
        )?;
    }
    Ok(())
}

/// Draws that are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((drawn ^ (drawn >> 31)) % many.max(1) as u64).unwrap_or_default()
    }

    /// At most so many of a list, in its order.
    fn some<'a>(&mut self, list: &[&'a str], many: usize) -> Vec<&'a str> {
        let mut taken: Vec<usize> = (0..many.min(list.len()))
            .map(|_| self.below(list.len()))
            .collect();
        taken.sort_unstable();
        taken.dedup();
        taken.into_iter().map(|at| list[at]).collect()
    }
}
