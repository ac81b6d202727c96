//! Understanding a question: shorthand, emergencies, small talk, what is asked for, and when.

mod correction;
mod glossary;
mod lexicon;
mod words;

pub(crate) use domain::fold::fold;
pub(crate) use lexicon::{Lexicon, LexiconError, Patterns};
pub(crate) use words::{Word, words};

use chrono::DateTime;
use chrono_tz::Tz;
use domain::calendar::TownCalendar;
use domain::language::Language;
use domain::phrase::Phrase;
use domain::time_expression::{self, TimeExpression};

/// A property that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    Hours,
    Phone,
    Address,
    Email,
    Website,
    Events,
    Competence,
    Price,
}

/// How a question leans on the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FollowUp {
    /// It stands alone.
    No,
    /// It is so short that it may.
    Short,
    /// It begins like a continuation, or takes back what was said.
    Maybe,
    /// It names no subject ("c'est combien ?").
    Yes,
}

/// A question, understood.
#[derive(Debug, Clone)]
pub(crate) struct Understood {
    /// The question with its shorthand written out; one in another language named in French as far as we can.
    pub text: String,
    /// Its words.
    pub words: Vec<Word>,
    /// The language that it seems to be in.
    pub language: Language,
    /// The emergency that it speaks of.
    pub emergency: Option<Phrase>,
    /// Set where it is nothing but small talk.
    pub small_talk: Option<Phrase>,
    /// What it asks that is never done.
    pub refusal: Option<Phrase>,
    /// What it asks for.
    pub asked: Vec<Asked>,
    /// Whether it can be answered by yes or no ("est-ce ouvert ?").
    pub yes_or_no: bool,
    /// When it asks about.
    pub times: Vec<TimeExpression>,
    /// The positions of the words that carry its subject.
    pub topic: Vec<usize>,
    /// The positions of the words that name what it asks for.
    pub properties: Vec<usize>,
    /// Whether it asks what only what was spoken of can answer ("quels papiers ?").
    pub pronoun: bool,
    /// How it leans on the conversation.
    pub follow_up: FollowUp,
}

impl Understood {
    pub(crate) fn asks(&self, asked: Asked) -> bool {
        self.asked.contains(&asked)
    }

    /// Whether it asks for a contact detail.
    pub(crate) fn asks_contact(&self) -> bool {
        [Asked::Phone, Asked::Address, Asked::Email, Asked::Website]
            .iter()
            .any(|a| self.asks(*a))
    }

    /// Whether it names something and asks for nothing, like the answer to a question of ours.
    pub(crate) fn completes(&self) -> bool {
        self.small_talk.is_none() && self.asked.is_empty() && self.topic.len() <= MOST_CORRECTED_WORDS
    }

    /// Whether it says neither what it asks for nor, unless it begins like a continuation, when.
    pub(crate) fn is_bare(&self) -> bool {
        self.follow_up == FollowUp::Maybe || self.asked.is_empty() && self.times.is_empty()
    }

    /// The words that carry its subject.
    pub(crate) fn topic_words(&self) -> impl Iterator<Item = &Word> {
        self.topic.iter().filter_map(|index| self.words.get(*index))
    }
}

/// Understands a question asked at `now`.
pub(crate) fn understand(
    lexicon: &Lexicon,
    question: &str,
    now: DateTime<Tz>,
    calendar: &TownCalendar,
) -> Understood {
    // What we cannot name stays: that no page holds it says how well they answer.
    let (language, text, in_its_words) = match lexicon.languages.read(question) {
        Some((language, reading)) => (language, reading.french, reading.emergency),
        None => (Language::French, write_out_shorthand(lexicon, question), None),
    };
    let meant = correction::corrected(lexicon, &text).map(ToOwned::to_owned);
    let corrects = meant.is_some();
    let text = meant.unwrap_or(text);
    let words = words(&text);
    let times = time_expression::find(&text, now, calendar);
    let first = |lists: &[(Phrase, lexicon::Patterns)]| {
        lists
            .iter()
            .find(|(_, patterns)| patterns.occur(&words))
            .map(|(phrase, _)| *phrase)
    };
    let asked = asked(lexicon, &words, !times.is_empty());
    let (topic, properties) = topic(lexicon, &words, &times);
    let pronoun = lexicon.follow_up_pronoun.occur(&words);
    Understood {
        language,
        emergency: in_its_words.or_else(|| first(&lexicon.emergencies)),
        small_talk: small_talk(lexicon, &words),
        refusal: first(&lexicon.refusals),
        yes_or_no: yes_or_no(&words),
        follow_up: match follow_up(lexicon, &words, &topic) {
            FollowUp::No | FollowUp::Short if corrects && topic.len() <= MOST_CORRECTED_WORDS => {
                FollowUp::Maybe
            }
            follow_up => follow_up,
        },
        pronoun,
        properties,
        asked,
        times,
        topic,
        words,
        text,
    }
}

/// Replaces the shorthand of text messages by the words it stands for; all else stays as it is.
fn write_out_shorthand(lexicon: &Lexicon, question: &str) -> String {
    let mut written = String::with_capacity(question.len() + 16);
    let mut end = 0;
    for word in words(question) {
        let raw = &question[word.span.start..word.span.end];
        let next = question[word.span.end..].chars().next();
        // "c'est" and "c-à-d" are not the shorthand "c".
        let elided = matches!(next, Some('\'' | '’' | '-'));
        written.push_str(&question[end..word.span.start]);
        match lexicon.shorthand.get(&word.folded) {
            // A word in capitals is an acronym, unless the whole question is shouted.
            Some(full)
                if !elided
                    && (raw.chars().any(char::is_lowercase) || raw.len() == 1 || all_capitals(question)) =>
            {
                written.push_str(full);
            }
            _ => written.push_str(raw),
        }
        end = word.span.end;
    }
    written.push_str(&question[end..]);
    written
}

fn all_capitals(question: &str) -> bool {
    !question.chars().any(char::is_lowercase)
}

fn asked(lexicon: &Lexicon, words: &[Word], with_time: bool) -> Vec<Asked> {
    let of_a_time = lexicon.events.occur(words) || lexicon.event_kinds.occur(words);
    let events = lexicon.events_alone.occur(words) || (with_time && of_a_time);
    [
        (Asked::Hours, lexicon.hours.occur(words)),
        (Asked::Phone, lexicon.phone.occur(words)),
        (Asked::Address, lexicon.address.occur(words)),
        (Asked::Email, lexicon.email.occur(words)),
        (Asked::Website, lexicon.website.occur(words)),
        (Asked::Events, events),
        (Asked::Competence, lexicon.competence.occur(words)),
        (Asked::Price, lexicon.price.occur(words)),
    ]
    .into_iter()
    .filter_map(|(asked, found)| found.then_some(asked))
    .collect()
}

/// The words that are neither filler, nor a time, nor the name of a property; and those that name a property.
fn topic(lexicon: &Lexicon, words: &[Word], times: &[TimeExpression]) -> (Vec<usize>, Vec<usize>) {
    let mut covered = vec![false; words.len()];
    let properties = [
        &lexicon.hours,
        &lexicon.phone,
        &lexicon.address,
        &lexicon.email,
        &lexicon.website,
        &lexicon.events,
        &lexicon.events_alone,
        &lexicon.competence,
        &lexicon.price,
        &lexicon.follow_up_pronoun,
    ];
    for patterns in properties {
        patterns.cover(words, &mut covered);
    }
    let topic = (0..words.len()).filter(|&index| {
        let word = &words[index];
        let in_time = times.iter().any(|time| time.span.contains(word.span));
        !covered[index] && !in_time && !lexicon.filler.contains(&word.folded)
    });
    let properties = (0..words.len()).filter(|&index| covered[index]);
    (topic.collect(), properties.collect())
}

/// Small talk, where every word of the question is small talk or filler.
fn small_talk(lexicon: &Lexicon, words: &[Word]) -> Option<Phrase> {
    if words.is_empty() {
        return None;
    }
    let mut covered: Vec<bool> = words
        .iter()
        .map(|word| lexicon.filler.contains(&word.folded))
        .collect();
    for (_, patterns) in &lexicon.small_talk {
        patterns.cover(words, &mut covered);
    }
    if covered.contains(&false) {
        return None;
    }
    lexicon
        .small_talk
        .iter()
        .find(|(_, patterns)| patterns.occur(words))
        .map(|(phrase, _)| *phrase)
}

/// A question about a state rather than about a quantity, a place or a manner.
fn yes_or_no(words: &[Word]) -> bool {
    const OPEN_QUESTIONS: [&str; 20] = [
        "quel", "quelle", "quels", "quelles", "horaire", "horaires", "quand", "combien", "comment", "qui",
        "heure", "heures", "jours", "what", "when", "how", "hours", "times", "quoi", "pourquoi",
    ];
    !words
        .iter()
        .any(|word| OPEN_QUESTIONS.contains(&word.folded.as_str()))
}

/// Up to this many words of its own, a question may lean on the one before.
const MOST_OWN_WORDS: usize = 2;
/// The same where it takes back what was said.
const MOST_CORRECTED_WORDS: usize = 4;

fn follow_up(lexicon: &Lexicon, words: &[Word], topic: &[usize]) -> FollowUp {
    // "De 3 ans" says how much of something, not of what.
    let quantity = |word: &&Word| {
        word.folded.chars().all(|c| c.is_ascii_digit())
            || matches!(
                word.folded.as_str(),
                "ans" | "an" | "mois" | "euros" | "kg" | "m2" | "m²" | "metres"
            )
    };
    let own = topic.iter().filter_map(|index| words.get(*index));
    let own = own.filter(|word| !quantity(word)).count();
    let opens = lexicon.follow_up_opening.begin(words) || lexicon.referring.occur(words);
    match own {
        0 if !topic.is_empty() => FollowUp::Maybe,
        0 => FollowUp::Yes,
        1..=MOST_OWN_WORDS if opens => FollowUp::Maybe,
        1..=MOST_OWN_WORDS => FollowUp::Short,
        _ => FollowUp::No,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use chrono::TimeZone;
    use chrono_tz::Europe::Paris;
    use domain::calendar::{HolidayRegion, SchoolZone};
    use std::sync::LazyLock;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load().unwrap());

    /// A question read on a Wednesday morning in March.
    pub(crate) fn understood(question: &str) -> Understood {
        let calendar = TownCalendar {
            timezone: Paris,
            region: HolidayRegion::Metropole,
            zone: SchoolZone::B,
        };
        let now = Paris.with_ymd_and_hms(2026, 3, 18, 10, 15, 0).unwrap();
        understand(&LEXICON, question, now, &calendar)
    }

    #[test]
    fn emergencies_come_before_anything_else() {
        for (question, phrase) in [
            ("Au secours il y a le feu", Phrase::EmergencyFire),
            ("mon mari me frappe", Phrase::EmergencyViolence),
            ("je veux mourir", Phrase::EmergencySuicide),
            ("mon père ne respire plus", Phrase::EmergencyMedical),
            ("le voisin bat ses enfants", Phrase::EmergencyChild),
            ("quelqu'un se noie dans le canal", Phrase::EmergencyMedical),
            ("Un enfant est tombé dans la rivière", Phrase::EmergencyMedical),
            (
                "mon mari est évanoui, il ne répond plus",
                Phrase::EmergencyMedical,
            ),
            ("elle saigne beaucoup de la tête", Phrase::EmergencyMedical),
            ("someone is drowning", Phrase::EmergencyMedical),
            (
                "il y a une voiture qui brûle rue du Moulin",
                Phrase::EmergencyFire,
            ),
            ("quelqu’un essaie d’entrer chez moi", Phrase::EmergencyPolice),
            ("mon ex m’a frappée", Phrase::EmergencyViolence),
            ("mon père me tape", Phrase::EmergencyChild),
            ("je ne veux plus vivre", Phrase::EmergencySuicide),
            ("où dormir cette nuit", Phrase::EmergencyShelter),
        ] {
            assert_eq!(understood(question).emergency, Some(phrase), "{question}");
        }
        for question in [
            "Quand a lieu le feu d’artifice ?",
            "horaires du cours de self-défense",
            "où est la caserne ?",
            "Peut-on brûler des branches dans son jardin ?",
            "assurance incendie de la salle des fêtes",
            "cours de natation pour ne plus avoir peur de l’eau",
            "ma carte est tombée en panne à la borne",
            "Le centre de loisirs ouvre à quelle heure ?",
        ] {
            assert_eq!(understood(question).emergency, None, "{question}");
        }
    }

    #[test]
    fn a_greeting_before_a_question_is_not_small_talk() {
        assert_eq!(understood("Bonjour !").small_talk, Some(Phrase::Greeting));
        assert_eq!(
            understood("merci beaucoup, bonne journée").small_talk,
            Some(Phrase::Goodbye)
        );
        assert_eq!(understood("bonjour, horaires de la piscine ?").small_talk, None);
    }

    #[test]
    fn shorthand_is_written_out_and_names_in_capitals_stay() {
        assert_eq!(understood("slt c koi la CC ?").text, "salut c'est quoi la CC ?");
        assert_eq!(understood("c'est où ?").text, "c'est où ?");
    }

    #[test]
    fn the_topic_is_what_remains_without_times_and_properties() {
        let question = understood("à quelle heure ferme la piscine samedi ?");
        let topic: Vec<_> = question.topic_words().map(|word| word.folded.as_str()).collect();
        assert_eq!(topic, ["piscine"]);
        assert!(question.asks(Asked::Hours));
    }

    #[test]
    fn a_question_without_a_subject_follows_up() {
        assert_eq!(understood("et le samedi ?").follow_up, FollowUp::Yes);
        assert_eq!(understood("c’est combien ?").follow_up, FollowUp::Yes);
        assert_eq!(understood("et pour les enfants ?").follow_up, FollowUp::Maybe);
        assert_eq!(
            understood("comment inscrire mon fils à la cantine ?").follow_up,
            FollowUp::No
        );
    }

    #[test]
    fn what_a_question_in_another_language_is_about_is_named_in_french() {
        for (question, language, french) in [
            (
                "How much is the swimming pool?",
                Language::English,
                "combien piscine",
            ),
            (
                "Who won the championship at the swimming pool?",
                Language::English,
                "qui won championship piscine",
            ),
            (
                "¿A qué hora abre la piscina mañana?",
                Language::Spanish,
                "à quelle heure ouvert piscine demain",
            ),
            (
                "A que horas abre a biblioteca no sábado?",
                Language::Portuguese,
                "à quelle heure ouvert médiathèque samedi",
            ),
            (
                "Schwimmbadöffnungszeiten am Samstag um 18 Uhr?",
                Language::German,
                "piscine horaires samedi à 18 h",
            ),
            (
                "Il museo è aperto domenica alle 15:30?",
                Language::Italian,
                "musée ouvert dimanche à 15:30",
            ),
            (
                "متى تفتح المكتبة يوم السبت؟",
                Language::Arabic,
                "à quelle heure médiathèque samedi",
            ),
            (
                "Коли працює басейн у суботу?",
                Language::Ukrainian,
                "quand ouvert piscine samedi",
            ),
            (
                "图书馆7月14日几点开门？",
                Language::Chinese,
                "médiathèque 14 juillet à quelle heure ouvert",
            ),
        ] {
            let understood = understood(question);
            assert_eq!(understood.language, language, "{question}");
            assert_eq!(understood.text, french, "{question}");
        }
    }

    #[test]
    fn a_question_in_french_is_told_from_one_in_another_language() {
        for question in [
            "la piscine est ouverte ?",
            "piscine dimanche ?",
            "parking payant le samedi ?",
            "bus gratuit ?",
            "passeport",
            "photo permis",
            "slt c koi la CC ?",
            "Où est la police municipale ?",
            "concert ce soir",
            "tarif cinéma",
            "Est-ce que la Casa España a une adresse ?",
        ] {
            assert_eq!(understood(question).language, Language::French, "{question}");
        }
    }

    #[test]
    fn emergencies_are_known_in_every_language() {
        for (question, phrase) in [
            ("My house is on fire", Phrase::EmergencyFire),
            ("a child fell in the river", Phrase::EmergencyMedical),
            ("my husband hits me", Phrase::EmergencyViolence),
            ("I want to die", Phrase::EmergencySuicide),
            ("someone is breaking into my house", Phrase::EmergencyPolice),
            (
                "Where can I sleep tonight, I have nowhere to sleep",
                Phrase::EmergencyShelter,
            ),
            ("¡Hay fuego en mi casa!", Phrase::EmergencyFire),
            ("mi padre no respira", Phrase::EmergencyMedical),
            ("mi marido me pega", Phrase::EmergencyViolence),
            ("quiero morir", Phrase::EmergencySuicide),
            ("socorro, me están atacando", Phrase::EmergencyPolice),
            ("no tengo donde dormir", Phrase::EmergencyShelter),
            ("o prédio está a arder", Phrase::EmergencyFire),
            ("o meu pai está inconsciente", Phrase::EmergencyMedical),
            ("o meu marido bate-me", Phrase::EmergencyViolence),
            ("quero morrer", Phrase::EmergencySuicide),
            ("há um ladrão em casa", Phrase::EmergencyPolice),
            ("Es brennt in der Küche", Phrase::EmergencyFire),
            ("Mein Vater atmet nicht mehr", Phrase::EmergencyMedical),
            ("Mein Mann schlägt mich", Phrase::EmergencyViolence),
            ("Ich will nicht mehr leben", Phrase::EmergencySuicide),
            ("Der Nachbar schlägt seine Kinder", Phrase::EmergencyChild),
            ("Hilfe!", Phrase::EmergencyPolice),
            ("c'è un incendio", Phrase::EmergencyFire),
            ("mio padre non respira", Phrase::EmergencyMedical),
            ("mio marito mi picchia", Phrase::EmergencyViolence),
            ("voglio morire", Phrase::EmergencySuicide),
            ("aiuto, c'è un ladro", Phrase::EmergencyPolice),
            ("البيت يحترق", Phrase::EmergencyFire),
            ("أبي لا يتنفس", Phrase::EmergencyMedical),
            ("زوجي يضربني", Phrase::EmergencyViolence),
            ("أريد أن أموت", Phrase::EmergencySuicide),
            ("طفل يغرق في النهر", Phrase::EmergencyMedical),
            ("شخص يحاول الدخول إلى بيتي", Phrase::EmergencyPolice),
            ("У нас пожежа!", Phrase::EmergencyFire),
            ("мій тато не дихає", Phrase::EmergencyMedical),
            ("чоловік мене б'є", Phrase::EmergencyViolence),
            ("я хочу померти", Phrase::EmergencySuicide),
            ("мені ніде ночувати", Phrase::EmergencyShelter),
            ("допоможіть, на мене напали", Phrase::EmergencyPolice),
            ("我家着火了", Phrase::EmergencyFire),
            ("我爸爸心脏病发作", Phrase::EmergencyMedical),
            ("丈夫打我", Phrase::EmergencyViolence),
            ("我不想活了", Phrase::EmergencySuicide),
            ("有人闯进我家", Phrase::EmergencyPolice),
            ("有孩子掉进河里", Phrase::EmergencyMedical),
        ] {
            assert_eq!(understood(question).emergency, Some(phrase), "{question}");
        }
    }

    #[test]
    fn what_sounds_like_an_emergency_in_another_language_and_is_none_is_no_emergency() {
        for question in [
            "When are the fireworks?",
            "Where can I donate blood?",
            "Is there a first aid course?",
            "Can I burn leaves in my garden?",
            "¿Cuándo son los fuegos artificiales?",
            "¿Puedo quemar ramas en mi jardín?",
            "mi padre ha muerto, ¿qué hago en el ayuntamiento?",
            "Wann ist das Feuerwerk?",
            "Wo ist die Feuerwehr?",
            "Darf ich Laub verbrennen?",
            "Wer hilft mir beim Ausfüllen?",
            "quando ci sono i fuochi d'artificio?",
            "dov'è la caserma dei pompieri?",
            "quando há fogo de artifício?",
            "posso queimar folhas no jardim?",
            "متى الألعاب النارية؟",
            "أين مركز الإطفاء؟",
            "коли буде феєрверк?",
            "де пожежна частина?",
            "Can you help me with my taxes?",
            "How do I report a burglary?",
            "¿Cómo te llamas?",
            "Gibt es Hilfe für die Stromrechnung?",
            "In meiner Wohnung ist Schimmel",
            "c'è un aiuto per pagare la bolletta?",
            "dov'è il pronto soccorso?",
            "há ajuda para pagar a renda?",
            "هل توجد دورة إسعافات أولية؟",
            "допоможіть заповнити анкету",
            "як подати заяву до суду?",
            "有急救课程吗？",
            "烟花什么时候放？",
            "可以在花园里烧树叶吗？",
        ] {
            assert_eq!(understood(question).emergency, None, "{question}");
        }
    }
}
