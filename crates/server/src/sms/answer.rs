//! One message from the inbox: a keyword or a question, its answer in a few segments, or nothing.

use super::compose::{self, Phrases};
use super::keywords::{self, Keyword};
use super::names::{random, random_hex};
use super::spending;
use super::{ANSWERING, Channel, Fate, Line, PARTS_WAIT, Takes, encoding, place};
use crate::texts::{Language, Texts, for_site, texts};
use anyhow::{Context, Result, anyhow};
use assistant::{
    Ask, AskError, InboundMessage, NewLink, NewOutbound, NewPiece, Rest, SenderChange, SenderState, Sending,
    Standing, TurnId,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::answer::Verdict;
use domain::fold::fold;
use sms::gsm;

/// The same words more often than that in a row are a machine's: it gets no further answer.
const MOST_REPEATS: u32 = 1;
/// A message that nothing can answer is begun at least so many times,
const MOST_ATTEMPTS: u32 = 10;
/// and for at least so long: an outage loses nothing, and a defect does not go on for ever.
const TRIED_FOR: TimeDelta = TimeDelta::hours(24);
/// Words of ours that come back are told from a resident's by so many characters.
const LEAST_ECHO: usize = 20;
/// How many bytes of a short link's code are drawn.
const LINK_BYTES: usize = 8;
/// A question is not read beyond so many characters.
const LONGEST_QUESTION: usize = 1_000;

/// What is to be said, before it is cut into segments.
struct Saying {
    text: String,
    turn: Option<TurnId>,
    link: Option<NewLink>,
    prepared: Option<assistant::Prepared>,
    sender: SenderChange,
}

impl Saying {
    /// A text of ours.
    fn ours(text: String, sender: SenderChange) -> Self {
        Self {
            text,
            turn: None,
            link: None,
            prepared: None,
            sender,
        }
    }
}

/// What becomes of a message.
enum Outcome {
    Say(Box<Saying>),
    Silence(&'static str, SenderChange),
}

impl From<Saying> for Outcome {
    fn from(saying: Saying) -> Self {
        Self::Say(Box::new(saying))
    }
}

impl Channel {
    /// Answers the next message that waits; `false` where none does, or there is nothing to answer with yet.
    pub(super) async fn answer_next(&self) -> Result<bool> {
        if !self.assistant.ready() {
            return Ok(false);
        }
        let now = self.clock.now();
        let next = self.assistant.next_sms(now, ANSWERING, PARTS_WAIT).await?;
        let Some(message) = next else { return Ok(false) };
        let line = self.lines.get(&message.site);
        let hopeless = message.attempt > MOST_ATTEMPTS && now - message.received_at > TRIED_FOR;
        let Some(line) = line.filter(|_| !hopeless) else {
            tracing::error!(
                attempt = message.attempt,
                "an SMS is dropped: no site answers it, or answering it failed again and again"
            );
            let change = SenderChange::None;
            self.assistant.drop_sms(&message, "failed", change, now).await?;
            self.counts.add(Fate::Silent);
            return Ok(true);
        };
        match self.outcome(line, &message, now).await? {
            Outcome::Silence(reason, change) => {
                self.assistant.drop_sms(&message, reason, change, now).await?;
                self.counts.add(Fate::Silent);
            }
            Outcome::Say(saying) => {
                let at = now.with_timezone(&line.site.settings.calendar.timezone);
                let sending = sending(line, &message, *saying, now)?;
                self.assistant.answer_sms(&message, sending, at).await?;
                self.counts.add(Fate::Answered);
            }
        }
        Ok(true)
    }

    async fn outcome(&self, line: &Line, message: &InboundMessage, now: DateTime<Utc>) -> Result<Outcome> {
        let keyword = Keyword::read(&message.text);
        let known = self.assistant.sms_sender(&message.sender).await?;
        let mut state = self.state(line, message, known, now);
        let stopped = std::mem::replace(&mut state.stopped, keyword == Some(Keyword::Stop));
        // What STOP and EFFACER ask for is done whatever holds; only the confirmation may be left out.
        let change = |state| match keyword {
            Some(Keyword::Erase) => SenderChange::Forget,
            _ => SenderChange::Keep(state),
        };
        if keyword == Some(Keyword::Stop) && stopped {
            return Ok(Outcome::Silence("stopped", change(state)));
        }
        if keyword.is_none() && self.is_echo(line, &message.text, &state, now).await? {
            return Ok(Outcome::Silence("our own words", change(state)));
        }
        let hour_ago = now - TimeDelta::hours(1);
        let most = u64::from(line.settings.messages_per_hour);
        let wrote = self.assistant.sms_since(&message.sender, hour_ago).await?;
        if wrote > most {
            let told = state.limit_told_at.is_some_and(|told| told > hour_ago);
            // Who has erased what we know of them was told before, where they wrote so much.
            let far_beyond = wrote > most.saturating_mul(2);
            let quiet = matches!(keyword, Some(Keyword::Stop | Keyword::Erase));
            if told || far_beyond || quiet || self.is_spent(line, now).await? {
                return Ok(Outcome::Silence("too many", change(state)));
            }
            state.limit_told_at = Some(now);
            let told = words(line, None).get("sms-limit");
            return Ok(Saying::ours(told, change(state)).into());
        }
        match keyword {
            None => self.question(line, message, state, now).await,
            Some(_) if self.is_spent(line, now).await? => Ok(Outcome::Silence("budget spent", change(state))),
            Some(keyword) if keyword != Keyword::More && state.repeats > MOST_REPEATS => {
                Ok(Outcome::Silence("repeated", change(state)))
            }
            Some(keyword) => {
                let words = words(line, keywords::is_english(&message.text).then_some("en"));
                let mut saying = self.keyword((line, words), keyword, &mut state, now).await?;
                saying.sender = change(state);
                Ok(saying.into())
            }
        }
    }

    /// Where the sender's conversation stands with this message.
    fn state(
        &self,
        line: &Line,
        message: &InboundMessage,
        known: Option<SenderState>,
        now: DateTime<Utc>,
    ) -> SenderState {
        let text = self
            .assistant
            .sms_text_hash(&message.sender, &fold(message.text.trim()));
        let idle = TimeDelta::minutes(i64::from(line.settings.idle_minutes));
        let fresh = known.filter(|known| now - known.last_at < idle);
        let repeats = match &fresh {
            Some(known) if known.last_text == Some(text) => known.repeats + 1,
            _ => 0,
        };
        SenderState {
            conversation_begun_at: fresh.map_or(now, |known| known.conversation_begun_at),
            last_at: now,
            stopped: known.is_some_and(|known| known.stopped),
            limit_told_at: known.and_then(|known| known.limit_told_at),
            last_text: Some(text),
            repeats,
            rest: fresh.and_then(|known| known.rest),
        }
    }

    /// Whether a message holds a line of our last answer: a machine sent it back.
    async fn is_echo(
        &self,
        line: &Line,
        text: &str,
        state: &SenderState,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let Some((standing, _)) = self.last_answer(line, state, now).await? else {
            return Ok(false);
        };
        let heard = heard(text);
        let (said, _) = compose::all_lines(&standing.statements, &standing.whole);
        Ok(said
            .iter()
            .map(|line| self::heard(line))
            .any(|line| line.chars().count() >= LEAST_ECHO && heard.contains(&line)))
    }

    async fn keyword(
        &self,
        (line, words): (&Line, &Texts),
        keyword: Keyword,
        state: &mut SenderState,
        now: DateTime<Utc>,
    ) -> Result<Saying> {
        let town = line.site.settings.name.as_str();
        let text = match keyword {
            Keyword::Help => words.get_with("sms-help", "town", town),
            Keyword::Stop => words.get_with("sms-stopped", "town", town),
            Keyword::Contact => match &line.public_url {
                Some(url) => words.with("sms-contact", &[("town", town), ("url", host(url))]),
                None => words.get_with("sms-contact-no-page", "town", town),
            },
            Keyword::Erase => words.get("sms-erased"),
            Keyword::More | Keyword::Source => {
                return match (self.last_answer(line, state, now).await?, state.rest) {
                    (Some((standing, told)), _) if keyword == Keyword::More => {
                        self.more((line, words), state, (&standing, told))
                    }
                    (Some((standing, _)), _) => Ok(Saying {
                        turn: Some(standing.turn),
                        ..Saying::ours(sources(words, line, &standing), SenderChange::None)
                    }),
                    (None, Some(_)) => Ok(Saying::ours(words.get("sms-no-longer"), SenderChange::None)),
                    (None, None) => Ok(Saying::ours(words.get("sms-nothing-more"), SenderChange::None)),
                };
            }
        };
        Ok(Saying::ours(text, SenderChange::None))
    }

    /// The lines of the last answer that follow those told.
    fn more(
        &self,
        (line, words): (&Line, &Texts),
        state: &mut SenderState,
        (standing, told): (&Standing, usize),
    ) -> Result<Saying> {
        let (all, _) = compose::all_lines(&standing.statements, &standing.whole);
        let left = all.get(told..).unwrap_or_default();
        if left.is_empty() {
            return Ok(Saying::ours(words.get("sms-nothing-more"), SenderChange::None));
        }
        let segments = usize::from(line.settings.segments.get());
        // Where a line is too long, the page that the link leads to shows it.
        let is_too_long = compose::fit(left, "", segments).lines == 0;
        let link = if is_too_long { link(line)? } else { None };
        let link_text = link.as_ref().map_or("", |(_, text)| text.as_str());
        let phrases = Phrases::of(words);
        let composed = compose::tell((left, 0), (link_text, &phrases), segments);
        state.rest = Some(Rest {
            turn: standing.turn,
            offset: u32::try_from(told + composed.lines).unwrap_or(u32::MAX),
        });
        Ok(Saying {
            turn: Some(standing.turn),
            link: link_in(&composed.text, link, (standing.turn, standing.expires_at)),
            ..Saying::ours(composed.text, SenderChange::None)
        })
    }

    /// The last answer, if it still holds, and how many of its lines were told.
    async fn last_answer(
        &self,
        line: &Line,
        state: &SenderState,
        now: DateTime<Utc>,
    ) -> Result<Option<(Standing, usize)>> {
        let Some(rest) = state.rest else { return Ok(None) };
        let standing = self.assistant.standing(&line.site, rest.turn, now).await?;
        Ok(standing.map(|standing| (standing, rest.offset as usize)))
    }

    async fn question(
        &self,
        line: &Line,
        message: &InboundMessage,
        mut state: SenderState,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let link = link(line)?;
        let link_text = link.as_ref().map_or("", |(_, text)| text.as_str());
        let segments = usize::from(line.settings.segments.get());
        // Of what the segments hold the link takes its own; "SUITE" takes its place only where there is more.
        let room = (segments * 153).saturating_sub(link_text.chars().count() + 1);
        let code = self
            .assistant
            .sms_conversation(&message.sender, state.conversation_begun_at);
        let ask = Ask {
            site: line.site.key.clone(),
            question: message.text.chars().take(LONGEST_QUESTION).collect(),
            conversation: Some(code.reveal()),
            channel: assistant::Channel::Sms,
            budget: Some(room),
            language: None,
            easy_to_read: false,
            idempotency_key: None,
            now,
        };
        let prepared = match self.assistant.prepare(&ask).await {
            Ok(prepared) => Some(prepared),
            Err(AskError::Empty) => None,
            Err(error) => return Err(error).context("answering an SMS"),
        };
        let is_emergency = |prepared: &assistant::Prepared| prepared.reply.verdict == Verdict::Emergency;
        if !prepared.as_ref().is_some_and(is_emergency) {
            if state.repeats > MOST_REPEATS {
                return Ok(Outcome::Silence("repeated", SenderChange::Keep(state)));
            }
            if self.is_spent(line, now).await? {
                return Ok(Outcome::Silence("budget spent", SenderChange::Keep(state)));
            }
        }
        let Some(prepared) = prepared else {
            let help = words(line, None).get_with("sms-help", "town", &line.site.settings.name);
            return Ok(Saying::ours(help, SenderChange::Keep(state)).into());
        };
        let reply = &prepared.reply;
        let has_sources = reply.statements.iter().chain(&prepared.whole);
        let has_sources = has_sources.clone().any(|statement| !statement.sources.is_empty());
        let link_text = if has_sources { link_text } else { "" };
        let (all, first) = compose::all_lines(&reply.statements, &prepared.whole);
        let (now_told, later) = all.split_at(first.min(all.len()));
        let phrases = Phrases::of(words(line, Some(reply.language.tag())));
        let composed = compose::tell((now_told, later.len()), (link_text, &phrases), segments);
        let turn = prepared.turn();
        state.rest = Some(Rest {
            turn,
            offset: u32::try_from(composed.lines).unwrap_or(u32::MAX),
        });
        let link = link_in(&composed.text, link, (turn, reply.expires_at));
        Ok(Saying {
            text: composed.text,
            turn: Some(turn),
            link,
            prepared: Some(prepared),
            sender: SenderChange::Keep(state),
        }
        .into())
    }

    async fn is_spent(&self, line: &Line, now: DateTime<Utc>) -> Result<bool> {
        let is_spent = spending::is_over(&self.assistant, &line.site, &line.settings, now).await?;
        if is_spent {
            tracing::error!(
                site = line.site.key,
                "the segments of the day or the month are spent: SMS are not answered"
            );
        }
        Ok(is_spent)
    }
}

/// A new code, and the link as it stands in a text.
fn link(line: &Line) -> Result<Option<(String, String)>> {
    let Some(url) = &line.public_url else {
        return Ok(None);
    };
    let code = random_hex::<LINK_BYTES>()?;
    let link = url.join(&format!("/r/{code}")).context("making a short link")?;
    Ok(Some((code, link.to_string())))
}

/// The link, by its code and its text, if it stands in what is sent.
fn link_in(
    sent: &str,
    link: Option<(String, String)>,
    (turn, expires_at): (TurnId, DateTime<Utc>),
) -> Option<NewLink> {
    let (code, text) = link?;
    sent.contains(&text).then_some(NewLink {
        code,
        turn,
        expires_at,
    })
}

/// A text as it comes back from a telephone.
fn heard(text: &str) -> String {
    fold(gsm::Text::new(text).as_str())
}

fn sources(words: &Texts, line: &Line, standing: &Standing) -> String {
    let said = standing.statements.iter().chain(&standing.whole);
    let (mut lines, mut bare) = (Vec::new(), Vec::new());
    for source in said.flat_map(|statement| &statement.sources) {
        let day = source.approved_on.format("%d/%m/%Y").to_string();
        let variables = [
            ("title", source.title.as_str()),
            ("publisher", &source.publisher),
            ("day", &day),
        ];
        let told = words.with("sms-source", &variables);
        if bare.contains(&told) {
            continue;
        }
        lines.push(match &source.url {
            Some(url) => format!("{told} {url}"),
            None => told.clone(),
        });
        bare.push(told);
    }
    if lines.is_empty() {
        return words.get("sms-no-source");
    }
    let segments = usize::from(line.settings.segments.get());
    // An address that is too long is worth less than the page's name and date.
    let told = [&lines, &bare].map(|lines| compose::fit(lines, "", segments));
    let told = told.into_iter().find(|composed| composed.lines > 0);
    told.map_or_else(|| words.get("sms-too-long"), |composed| composed.text)
}

/// The texts of the question's language where the site speaks it, else of the site's first.
fn words(line: &Line, tag: Option<&str>) -> &'static Texts {
    texts(for_site(&line.site, tag.and_then(Language::parse)))
}

fn host(url: &url::Url) -> &str {
    &url[url::Position::BeforeHost..url::Position::AfterPort]
}

/// The answer as it is kept and queued: cut into segments, each with its name.
fn sending(line: &Line, message: &InboundMessage, saying: Saying, now: DateTime<Utc>) -> Result<Sending> {
    let [reference] = random::<1>()?;
    let text = gsm::Text::new(&saying.text);
    let segments = text
        .segments(u16::from(reference))
        .map_err(|error| anyhow!("cutting an answer into segments: {error}"))?;
    let pieces = match line.takes {
        Takes::WholeTexts => vec![NewPiece {
            id: random_hex::<16>()?,
            text: text.as_str().to_owned(),
            place: None,
            segments: u8::try_from(segments.len()).unwrap_or(u8::MAX),
        }],
        Takes::Segments => segments.into_iter().map(piece).collect::<Result<_>>()?,
    };
    let outbound = NewOutbound {
        id: random_hex::<16>()?,
        turn: saying.turn,
        gateway: line.settings.gateway.clone(),
        from: message.to.clone(),
        to: message.from.clone(),
        encoding: encoding(&text),
        pieces,
        valid_until: now + TimeDelta::minutes(i64::from(line.settings.validity_minutes.get())),
    };
    Ok(Sending {
        prepared: saying.prepared,
        outbound: vec![outbound],
        sender: saying.sender,
        link: saying.link,
    })
}

fn piece(segment: gsm::Segment) -> Result<NewPiece> {
    Ok(NewPiece {
        id: random_hex::<16>()?,
        text: segment.text,
        place: segment.concatenation.map(place),
        segments: 1,
    })
}
