//! One message from the inbox: a keyword or a question, its answer in a few segments, or nothing.

use super::compose::{self, Composed};
use super::keywords::Keyword;
use super::{Channel, Fate, LEASE, Line, PARTS_WAIT, Takes};
use crate::texts::{Language, Texts, texts};
use anyhow::{Context, Result, anyhow};
use assistant::{
    Ask, AskError, InboundMessage, NewLink, NewOutbound, NewPiece, Place, Rest, SenderChange, SenderState,
    Sending, Spoken, Standing, TurnId,
};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::answer::Verdict;
use sms::gsm;

/// The same words so many times in a row are a machine's: it gets no further answer.
const MOST_REPEATS: u32 = 2;
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
    fn ours(text: String, state: SenderState) -> Self {
        Self {
            text,
            turn: None,
            link: None,
            prepared: None,
            sender: SenderChange::Keep(state),
        }
    }
}

/// What becomes of a message.
enum Outcome {
    Say(Box<Saying>),
    Silence(&'static str, SenderState),
}

impl Channel {
    /// Answers the next message that waits; `false` where none does.
    pub(super) async fn answer_next(&self) -> Result<bool> {
        let now = self.clock.now();
        let next = self.assistant.next_sms(now, LEASE, PARTS_WAIT).await?;
        let Some(message) = next else { return Ok(false) };
        let Some(line) = self.lines.get(&message.site) else {
            let change = SenderChange::None;
            self.assistant
                .drop_sms(&message, "no such site", change, now)
                .await?;
            return Ok(true);
        };
        match self.outcome(line, &message, now).await? {
            Outcome::Silence(reason, state) => {
                let change = SenderChange::Keep(state);
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
        if keyword != Some(Keyword::More) && state.repeats > MOST_REPEATS {
            return Ok(Outcome::Silence("repeated", state));
        }
        let hour_ago = now - TimeDelta::hours(1);
        let most = u64::from(line.settings.messages_per_hour);
        if self.assistant.sms_since(&message.sender, hour_ago).await? > most {
            if state.limit_told_at.is_some_and(|told| told > hour_ago) {
                return Ok(Outcome::Silence("too many", state));
            }
            state.limit_told_at = Some(now);
            let told = words(line, None).get("sms-limit");
            return Ok(Outcome::Say(Box::new(Saying::ours(told, state))));
        }
        let stopped = std::mem::replace(&mut state.stopped, keyword == Some(Keyword::Stop));
        match keyword {
            Some(Keyword::Stop) if stopped => Ok(Outcome::Silence("stopped", state)),
            Some(keyword) => Ok(Outcome::Say(Box::new(
                self.keyword(line, keyword, state, now).await?,
            ))),
            None => self.question(line, message, state, now).await,
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
        let text = self.assistant.sms_text_hash(&message.sender, &message.text);
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

    async fn keyword(
        &self,
        line: &Line,
        keyword: Keyword,
        mut state: SenderState,
        now: DateTime<Utc>,
    ) -> Result<Saying> {
        let words = words(line, None);
        let town = line.site.settings.name.as_str();
        let text = match keyword {
            Keyword::Help => words.get_with("sms-help", "town", town),
            Keyword::Stop => words.get_with("sms-stopped", "town", town),
            Keyword::Contact => match &self.public_url {
                Some(url) => words.with("sms-contact", &[("town", town), ("url", host(url))]),
                None => words.get_with("sms-contact-no-page", "town", town),
            },
            Keyword::Erase => {
                return Ok(Saying {
                    sender: SenderChange::Forget,
                    ..Saying::ours(words.get("sms-erased"), state)
                });
            }
            Keyword::More | Keyword::Source => match self.last_answer(line, &state, now).await? {
                None => words.get("sms-nothing-more"),
                Some((standing, _)) if keyword == Keyword::Source => sources(words, line, &standing),
                Some((standing, offset)) => {
                    let rest = remaining(&standing.statements, &standing.whole);
                    let left = rest.get(offset..).unwrap_or_default();
                    let composed = self.with_more(words, left, "", usize::from(line.settings.segments.get()));
                    if composed.lines == 0 {
                        words.get("sms-nothing-more")
                    } else {
                        state.rest = Some(Rest {
                            turn: standing.turn,
                            offset: u32::try_from(offset + composed.lines).unwrap_or(u32::MAX),
                        });
                        return Ok(Saying {
                            turn: Some(standing.turn),
                            ..Saying::ours(composed.text, state)
                        });
                    }
                }
            },
        };
        Ok(Saying::ours(text, state))
    }

    /// The last answer, if it still holds, and how many lines of its rest were sent.
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
        let link = self.link()?;
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
            idempotency_key: None,
            now,
        };
        let prepared = match self.assistant.prepare(&ask).await {
            Ok(prepared) => prepared,
            Err(AskError::Empty) => {
                let help = words(line, None).get_with("sms-help", "town", &line.site.settings.name);
                return Ok(Outcome::Say(Box::new(Saying::ours(help, state))));
            }
            Err(error) => return Err(error).context("answering an SMS"),
        };
        if prepared.reply.verdict != Verdict::Emergency && self.is_spent(line, now).await? {
            tracing::error!(
                site = line.site.key,
                "the segments of the day or the month are spent: SMS are not answered"
            );
            return Ok(Outcome::Silence("budget spent", state));
        }
        let words = words(line, Some(prepared.reply.language.tag()));
        let said = compose::lines(&prepared.reply.statements);
        let rest = remaining(&prepared.reply.statements, &prepared.whole);
        let has_sources = prepared
            .reply
            .statements
            .iter()
            .any(|statement| !statement.sources.is_empty());
        let link_text = if has_sources { link_text } else { "" };
        let composed = if rest.is_empty() {
            compose::fit(&said, link_text, segments)
        } else {
            self.with_more(words, &said, link_text, segments)
        };
        let text = if composed.lines == 0 && !said.is_empty() {
            let too_long = [words.get("sms-too-long")];
            compose::fit(&too_long, link_text, segments).text
        } else {
            composed.text
        };
        let turn = prepared.turn();
        state.rest = Some(Rest { turn, offset: 0 });
        let link = link.filter(|_| has_sources).map(|(code, _)| NewLink {
            code,
            turn,
            expires_at: prepared.reply.expires_at,
        });
        Ok(Outcome::Say(Box::new(Saying {
            text,
            turn: Some(turn),
            link,
            prepared: Some(prepared),
            sender: SenderChange::Keep(state),
        })))
    }

    /// As many lines as fit, with the link and the word that asks for more.
    fn with_more(&self, words: &Texts, lines: &[String], link: &str, segments: usize) -> Composed {
        let whole = compose::fit(lines, link, segments);
        let more = words.get("sms-more");
        let tail = if link.is_empty() {
            more
        } else {
            format!("{link} {more}")
        };
        if link.is_empty() && whole.lines == lines.len() {
            return whole;
        }
        compose::fit(lines, &tail, segments)
    }

    /// A new code, and the link as it stands in a text.
    fn link(&self) -> Result<Option<(String, String)>> {
        let Some(url) = &self.public_url else {
            return Ok(None);
        };
        let code = random_hex::<LINK_BYTES>()?;
        let link = url.join(&format!("/r/{code}")).context("making a short link")?;
        Ok(Some((code, link.to_string())))
    }

    async fn is_spent(&self, line: &Line, now: DateTime<Utc>) -> Result<bool> {
        let today = now
            .with_timezone(&line.site.settings.calendar.timezone)
            .date_naive();
        let first = today.with_day(1).unwrap_or(today);
        let spent = |from| self.assistant.sms_segments(line.site.id, from, today);
        let (day, month) = (line.settings.segments_per_day, line.settings.segments_per_month);
        Ok((day > 0 && spent(today).await? >= day) || (month > 0 && spent(first).await? >= month))
    }
}

/// What an answer held back: the lines of the whole that were not said.
fn remaining(said: &[Spoken], whole: &[Spoken]) -> Vec<String> {
    let said = compose::lines(said);
    let mut rest = compose::lines(whole);
    rest.retain(|line| !said.contains(line));
    rest
}

fn sources(words: &Texts, line: &Line, standing: &Standing) -> String {
    let said = standing.statements.iter().chain(&standing.whole);
    let mut lines = Vec::new();
    for source in said.flat_map(|statement| &statement.sources) {
        let day = source.approved_on.format("%d/%m/%Y").to_string();
        let variables = [
            ("title", source.title.as_str()),
            ("publisher", &source.publisher),
            ("day", &day),
        ];
        let mut told = words.with("sms-source", &variables);
        if let Some(url) = &source.url {
            told = format!("{told} {url}");
        }
        if !lines.contains(&told) {
            lines.push(told);
        }
    }
    if lines.is_empty() {
        return words.get("sms-no-source");
    }
    compose::fit(&lines, "", usize::from(line.settings.segments.get())).text
}

/// The texts of the question's language where the site speaks it, else of the site's first.
fn words(line: &Line, tag: Option<&str>) -> &'static Texts {
    texts(Language::for_site(&line.site, tag.and_then(Language::of_tag)))
}

fn host(url: &url::Url) -> &str {
    url.host_str().unwrap_or_default()
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
        place: segment.concatenation.map(|concatenation| Place {
            reference: concatenation.reference,
            total: concatenation.total,
            part: concatenation.part,
        }),
        segments: 1,
    })
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("drawing a name: {error}"))?;
    Ok(bytes)
}

fn random_hex<const N: usize>() -> Result<String> {
    Ok(random::<N>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
