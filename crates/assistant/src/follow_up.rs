//! What a question carries over from the conversation: what was asked before, without what it replaces.

use crate::directory::{self, Directory, Mention};
use crate::route::{ANSWERS, BEYOND_DOUBT, holds};
use crate::understand::{Asked, FollowUp, Understood, Word};
use chrono::Datelike;
use domain::calendar::french;
use domain::published::PublishedRevision;
use domain::text::Span;

/// What was asked before, without the times, places, numbers and properties that the question replaces.
pub(crate) fn carried(
    before: &Understood,
    question: &Understood,
    mentions: &[Mention],
    directory: &Directory,
) -> String {
    let spans = |indexes: &mut dyn Iterator<Item = usize>| -> Vec<Span> {
        indexes
            .filter_map(|index| before.words.get(index))
            .map(|word| word.span)
            .collect()
    };
    let mut replaced: Vec<Span> = Vec::new();
    let asks_of_no_time = !question.asked.is_empty() && !question.asks(Asked::Hours);
    if !question.times.is_empty() || asks_of_no_time {
        replaced.extend(before.times.iter().map(|time| time.span));
    }
    if !mentions.is_empty() {
        let named = directory.mentions(&before.words);
        replaced.extend(spans(&mut named.into_iter().flat_map(|mention| mention.words)));
    }
    if !question.asked.is_empty() {
        replaced.extend(spans(&mut before.properties.iter().copied()));
    }
    let is_number = |word: &Word| word.folded.chars().all(|c| c.is_ascii_digit());
    if question.topic_words().any(is_number) {
        let numbers = before.words.iter().filter(|word| is_number(word));
        replaced.extend(numbers.map(|word| word.span));
    }
    if question.words.iter().any(directory::is_street) {
        replaced.extend(street(before));
    }
    without(&before.text, replaced)
}

/// Where the first street of a question is named: "rue des Charmes".
pub(crate) fn street(before: &Understood) -> Option<Span> {
    let start = before.words.iter().position(directory::is_street)?;
    let mut following = before.words.iter().skip(start + 1);
    let last = following.find(|word| !directory::SMALL_WORDS.contains(&word.folded.as_str()))?;
    let first = before.words.get(start)?;
    Some(Span::new(first.span.start, last.span.end))
}

/// "Et rue du Moulin ?": whether a question names a street and nothing else.
pub(crate) fn names_only_a_street(question: &Understood) -> bool {
    let street = street(question);
    street.is_some_and(|street| question.topic_words().all(|word| street.contains(word.span)))
}

fn without(text: &str, mut spans: Vec<Span>) -> String {
    spans.sort_by_key(|span| span.start);
    let mut kept = String::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            kept.push_str(text.get(end..span.start).unwrap_or_default());
            kept.push(' ');
        }
        end = end.max(span.end);
    }
    kept.push_str(text.get(end..).unwrap_or_default());
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hands down what was asked before ("et la médiathèque ?") to a question that asks for nothing by itself.
pub(crate) fn inherit(question: &mut Understood, before: &Understood, mentions: &[Mention]) {
    of_the_day_before(question, before);
    if !question.asked.is_empty() || question.pronoun {
        return;
    }
    let in_a_mention = |index: &usize| mentions.iter().any(|mention| mention.words.contains(index));
    question.asked = if question.topic.iter().all(in_a_mention) {
        before.asked.clone()
    } else {
        let price = before.asked.iter().filter(|asked| **asked == Asked::Price);
        price.copied().collect()
    };
}

/// How a document that was spoken of bears on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// It holds every word that the question is about.
    Whole,
    /// It holds some of them.
    Part,
    /// It holds none.
    Nothing,
}

impl Bearing {
    /// How `subject` bears on the question.
    pub(crate) fn of(subject: Option<&PublishedRevision>, question: &Understood) -> Self {
        let Some(subject) = subject else {
            return Self::Nothing;
        };
        let content = subject.content();
        let text = format!("{}\n{}", content.title, content.text.as_str());
        let words = crate::understand::words(&text);
        let held = question.topic_words().filter(|asked| holds(&words, asked));
        let (asked, found) = (question.topic.len(), held.count());
        match found {
            found if found == asked => Self::Whole,
            0 => Self::Nothing,
            _ => Self::Part,
        }
    }
}

/// Whether a question is about what was spoken of. `found` says whether search finds that for both together, `rival`
/// how confident it is of something else for the question by itself.
pub(crate) fn leans(question: &Understood, bearing: Bearing, found: bool, rival: f32) -> bool {
    match question.follow_up {
        FollowUp::Yes => true,
        FollowUp::Maybe if rival >= BEYOND_DOUBT => false,
        FollowUp::Maybe => found || bearing == Bearing::Whole || rival < ANSWERS,
        FollowUp::Short => bearing == Bearing::Whole,
        FollowUp::No => false,
    }
}

/// "Non, le 28", after a date: the 28th of that month.
pub(crate) fn dated(before: &Understood, question: &Understood) -> Option<String> {
    let time = before.times.last()?;
    let [number] = question.topic[..] else {
        return None;
    };
    let number = &question.words.get(number)?.folded;
    let day: u32 = number.parse().ok()?;
    let date = time.period.start.date().with_day(day)?;
    (question.asked.is_empty() && question.times.is_empty())
        .then(|| format!("le {}", french::date_long(date)))
}

/// "Et l'après-midi ?", after a day: the afternoon of that day.
fn of_the_day_before(question: &mut Understood, before: &Understood) {
    const PARTS: [&str; 16] = [
        "le", "la", "l", "en", "au", "dans", "matin", "matinee", "midi", "apres", "aprem", "apm", "soir",
        "soiree", "nuit", "a",
    ];
    let (Some(day), [time]) = (before.times.last(), &mut question.times[..]) else {
        return;
    };
    let mut said = question.words.iter().filter(|word| time.span.contains(word.span));
    if said.all(|word| PARTS.contains(&word.folded.as_str())) {
        let shift = day.period.start.date() - time.period.start.date();
        time.period.start += shift;
        time.period.end += shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::tests::understood;

    fn carried_over(before: &str, question: &str) -> String {
        let directory = Directory::default();
        carried(&understood(before), &understood(question), &[], &directory)
    }

    #[test]
    fn what_a_question_replaces_is_not_carried_over() {
        assert_eq!(
            carried_over("la piscine est ouverte samedi", "non, dimanche"),
            "la piscine est ouverte"
        );
        assert_eq!(
            carried_over("horaires de la piscine samedi", "c’est combien ?"),
            "de la piscine"
        );
        assert_eq!(
            carried_over(
                "la cantine avec un quotient de 400",
                "et avec un quotient de 900 ?"
            ),
            "la cantine avec un quotient de"
        );
        assert_eq!(
            carried_over("on veut se marier", "quels papiers ?"),
            "on veut se marier"
        );
    }

    #[test]
    fn a_number_alone_is_a_day_of_the_month_that_was_spoken_of() {
        let before = understood("horaires de la piscine le 25 mars");
        let read = dated(&before, &understood("non, le 28"));
        assert_eq!(read.as_deref(), Some("le samedi 28 mars 2026"));
        assert_eq!(dated(&understood("la piscine"), &understood("non, le 28")), None);
    }

    #[test]
    fn a_street_alone_replaces_a_street() {
        assert!(names_only_a_street(&understood("et rue du Moulin ?")));
        assert!(!names_only_a_street(&understood("un trou rue du Moulin")));
        assert!(!names_only_a_street(&understood("et samedi ?")));
    }

    #[test]
    fn the_afternoon_is_that_of_the_day_that_was_spoken_of() {
        let before = understood("la mairie est ouverte jeudi matin ?");
        let mut question = understood("et l’après-midi ?");
        inherit(&mut question, &before, &[]);
        assert_eq!(question.times[0].period.start.to_string(), "2026-03-19 12:00:00");
        assert!(question.asks(Asked::Hours), "what was asked is handed down");
    }

    #[test]
    fn a_new_subject_is_not_dragged_along() {
        let new = understood("et pour la carte d’identité ?");
        assert!(leans(&new, Bearing::Part, true, 0.5));
        assert!(!leans(&new, Bearing::Whole, true, 0.9));
        let short = understood("Quels papiers pour se pacser ?");
        assert!(!leans(&short, Bearing::Nothing, true, 0.0));
    }
}
