//! Questions with the fiche that answers them: what editors wrote, withheld from the fiche; and questions of our own that
//! no fiche answers.

use crate::fiches::Fiche;
use crate::random::Random;
use domain::document::Draft;
use retrieval::stems;

/// A question, and the place of the fiche that answers it; `None` where none does.
pub(crate) struct Question {
    pub(crate) text: String,
    pub(crate) answer: Option<usize>,
}

/// Questions to be asked of fiches from which something was withheld.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) questions: Vec<Question>,
}

/// A question has at least so many words that carry a subject.
const SHORTEST: usize = 2;
/// One fiche in so many asks.
const ONE_IN: usize = 3;
/// One question in so many is misspelled.
const MISSPELLED: usize = 4;

/// All sets.
pub(crate) fn sets(fiches: &[Fiche]) -> Vec<Set> {
    let mut random = Random::new(2);
    let whole: Vec<Draft> = fiches.iter().map(|fiche| fiche.draft.clone()).collect();
    let asking: Vec<usize> = (0..fiches.len())
        .filter(|at| random.below(ONE_IN) == 0 && stems(fiches[*at].draft.content.text.as_str()).len() > 30)
        .collect();
    let mut untitled = whole.clone();
    untitled.iter_mut().for_each(|draft| draft.content.title.clear());
    let titles = asking
        .iter()
        .map(|at| (*at, fiches[*at].draft.content.title.clone()))
        .collect();
    let links = asking.iter().filter_map(|at| {
        let title = stems(&fiches[*at].draft.content.title);
        let mut words = fiches[*at].links.clone();
        words.retain(|words| stems(words).len() >= SHORTEST && stems(words) != title);
        pick(words, &mut random).map(|words| (*at, words))
    });
    let links = links.collect();
    let searches = asking.iter().filter_map(|at| {
        let title = &fiches[*at].draft.content.title;
        let mut words: Vec<&str> = title.split(' ').filter(|word| !stems(word).is_empty()).collect();
        while words.len() > 3 {
            words.remove(random.below(words.len()));
        }
        (words.len() >= SHORTEST).then(|| (*at, words.join(" ")))
    });
    let searches = searches.collect();
    let mut sets = vec![
        set("links", whole.clone(), links, &mut random),
        set("searches", whole.clone(), searches, &mut random),
        set("titles", untitled, titles, &mut random),
    ];
    let far = far().into_iter().map(|text| Question { text, answer: None });
    sets.push(Set {
        name: "far",
        drafts: whole,
        questions: far.collect(),
    });
    sets
}

fn set(name: &'static str, drafts: Vec<Draft>, asked: Vec<(usize, String)>, random: &mut Random) -> Set {
    let questions = asked.into_iter().map(|(answer, text)| Question {
        text: if random.below(MISSPELLED) == 0 {
            misspell(&text, random)
        } else {
            text
        },
        answer: Some(answer),
    });
    Set {
        name,
        drafts,
        questions: questions.collect(),
    }
}

fn pick(mut from: Vec<String>, random: &mut Random) -> Option<String> {
    (!from.is_empty()).then(|| from.swap_remove(random.below(from.len())))
}

/// One letter lost or exchanged with the next, within a word.
fn misspell(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let inside: Vec<usize> = (1..letters.len().saturating_sub(2))
        .filter(|at| {
            letters[at - 1..at + 3]
                .iter()
                .all(|letter| letter.is_alphabetic())
        })
        .collect();
    if let Some(at) = inside.get(random.below(inside.len())) {
        if random.below(2) == 0 {
            letters.remove(*at);
        } else {
            letters.swap(*at, at + 1);
        }
    }
    letters.into_iter().collect()
}

/// Questions that no fiche answers.
fn far() -> Vec<String> {
    let lines = include_str!("../data/far.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let mut parts = line.split('|').map(str::trim);
            let template = parts.next().unwrap_or_default();
            parts.map(|part| template.replace('…', part)).collect::<Vec<_>>()
        })
        .collect()
}
