//! What is queued leaves through its gateway, unless it does not hold any more.

use super::{Channel, SENDING, encoding, travels};
use crate::texts::{for_site, texts};
use assistant::{Piece, PieceState, Policy, Settled};
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use sms::gsm;
use sms::message::{Address, Concatenation, Outbound, Submission};
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;

/// How long a gateway that put a piece off is left alone where it does not say.
const PUT_OFF: TimeDelta = TimeDelta::seconds(5);
/// How long the receipt of a piece in doubt is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// What submits a piece: a session, an HTTP gateway, a folder.
pub(crate) trait Submit: Send + Sync {
    /// How many pieces may be under way at once: as many may be in doubt after this program died.
    fn at_once(&self) -> u32;

    /// Submits a piece and tells what became of it.
    fn submit(&self, piece: Outbound) -> impl Future<Output = Submission> + Send;
}

/// What is to be done with a piece.
enum Errand {
    /// It leaves as it is.
    Send,
    /// What it quotes may no longer be quoted: another text leaves in its place.
    SendInstead(Box<Piece>),
    /// It does not leave.
    Withdraw,
    /// Whether it holds could not be read.
    Later,
}

/// Whether the answer of a message still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    /// What it quotes is no longer published.
    No,
    /// It was erased, or nobody answers for its site any more.
    Gone,
    /// It could not be read.
    Unread,
}

impl Channel {
    /// Sends what is queued for a gateway, until told to stop; what is under way then is finished.
    pub(crate) async fn send(&self, gateway: &str, through: &impl Submit, mut stop: watch::Receiver<bool>) {
        let mut under_way = FuturesUnordered::new();
        let mut look = tokio::time::interval(Duration::from_secs(1));
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let stopping = *stop.borrow();
            // Waited for from here on, so that what is queued while the outbox is read is not overlooked.
            let queued = self.assistant.sms_queued();
            let at_once = through.at_once();
            let room = at_once.saturating_sub(u32::try_from(under_way.len()).unwrap_or(u32::MAX));
            if stopping && under_way.is_empty() {
                return;
            }
            if !stopping && room > at_once / 2 {
                let claiming = self
                    .assistant
                    .sms_pieces(gateway, self.clock.now(), room, SENDING);
                match meanwhile(&mut under_way, claiming).await {
                    Ok(claimed) => {
                        if claimed.expired > 0 {
                            tracing::warn!(
                                gateway,
                                expired = claimed.expired,
                                "answers were too late to be sent"
                            );
                        }
                        let pieces = meanwhile(&mut under_way, self.looked_at(claimed.pieces)).await;
                        under_way.extend(
                            pieces
                                .into_iter()
                                .map(|piece| self.send_one(gateway, through, piece)),
                        );
                    }
                    Err(error) => tracing::error!(gateway, %error, "the outbox cannot be read; trying again"),
                }
            }
            tokio::select! {
                Some(()) = under_way.next() => {}
                () = queued, if !stopping => {}
                _ = look.tick(), if !stopping => meanwhile(&mut under_way, self.settle_doubts(gateway)).await,
                changed = stop.changed(), if !stopping => if changed.is_err() { return },
            }
        }
    }

    /// Sends what is due by a gateway now.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub(crate) async fn send_waiting(
        &self,
        gateway: &str,
        through: &impl Submit,
    ) -> Result<(), assistant::Error> {
        loop {
            let now = self.clock.now();
            let at_once = through.at_once();
            let claimed = self.assistant.sms_pieces(gateway, now, at_once, SENDING).await?;
            if claimed.pieces.is_empty() {
                return Ok(());
            }
            for piece in self.looked_at(claimed.pieces).await {
                self.send_one(gateway, through, piece).await;
            }
        }
    }

    /// Pieces in their order, each with what is to be done: looked at before any leaves, so that they leave in that order,
    /// and once for all of an answer, so that its parts agree.
    async fn looked_at(&self, pieces: Vec<Piece>) -> Vec<(Piece, Errand)> {
        let mut looked_at = Vec::<(Piece, Errand)>::with_capacity(pieces.len());
        let mut last = Holds::Yes;
        for piece in pieces {
            let is_first = looked_at
                .last()
                .is_none_or(|(before, _)| before.message != piece.message);
            if is_first {
                last = self.holds(&piece).await;
            }
            let errand = match last {
                Holds::Yes => Errand::Send,
                // Silence would leave the resident waiting; once is enough for all parts.
                Holds::No if is_first => self
                    .changed(&piece)
                    .map_or(Errand::Withdraw, |piece| Errand::SendInstead(Box::new(piece))),
                Holds::No | Holds::Gone => Errand::Withdraw,
                Holds::Unread => Errand::Later,
            };
            looked_at.push((piece, errand));
        }
        looked_at
    }

    async fn holds(&self, piece: &Piece) -> Holds {
        let Some(turn) = piece.turn else { return Holds::Yes };
        let Some(line) = self.lines.get(&piece.site) else {
            return Holds::Gone;
        };
        let now = self.clock.now();
        let standing = match self.assistant.standing(&line.site, turn, now).await {
            Ok(Some(_)) => Ok(Holds::Yes),
            Ok(None) => match self.assistant.is_kept(turn, now).await {
                Ok(kept) => Ok(if kept { Holds::No } else { Holds::Gone }),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        standing.unwrap_or_else(|error| {
            tracing::error!(%error, "whether an answer still holds cannot be read; trying again");
            Holds::Unread
        })
    }

    /// The piece that says, in the place of an answer, that its page has changed.
    fn changed(&self, piece: &Piece) -> Option<Piece> {
        let line = self.lines.get(&piece.site)?;
        let words = texts(for_site(&line.site, None)).get("sms-changed");
        let text = gsm::Text::new(&words);
        Some(Piece {
            encoding: encoding(&text),
            text: text.as_str().to_owned(),
            place: None,
            ..piece.clone()
        })
    }

    async fn send_one(&self, gateway: &str, through: &impl Submit, (piece, errand): (Piece, Errand)) {
        let settled = match &errand {
            Errand::Send => self.submitted(through, &piece).await,
            Errand::SendInstead(other) => self.submitted(through, other).await,
            Errand::Withdraw => Settled::Withdrawn {
                detail: "what it quotes is no longer published, or was erased".to_owned(),
            },
            Errand::Later => Settled::Deferred {
                until: self.clock.now() + PUT_OFF,
                detail: "not looked at".to_owned(),
            },
        };
        // Where this fails the piece's lease ends, and it is in doubt: its receipt tells, or it is sent once more.
        match self.assistant.settle_sms(&piece, settled, self.clock.now()).await {
            Ok(PieceState::Refused) => tracing::warn!(gateway, "an answer was refused by the gateway"),
            Ok(_) => {}
            Err(error) => tracing::error!(gateway, %error, "what became of an answer could not be kept"),
        }
    }

    async fn submitted(&self, through: &impl Submit, piece: &Piece) -> Settled {
        match outbound(piece, self.clock.now()) {
            Some(outbound) => settled(through.submit(outbound).await, self.clock.now()),
            None => Settled::Refused {
                detail: "its recipient is no number".to_owned(),
            },
        }
    }

    async fn settle_doubts(&self, gateway: &str) {
        let now = self.clock.now();
        match self
            .assistant
            .settle_doubts(gateway, PATIENCE, Policy::SendOnce, now)
            .await
        {
            Ok((0, resolved)) if resolved.queued_again == 0 && resolved.given_up == 0 => {}
            Ok((found, resolved)) => tracing::warn!(
                gateway,
                found,
                sent_again = resolved.queued_again,
                given_up = resolved.given_up,
                "answers in doubt after a gateway or this program stopped"
            ),
            Err(error) => tracing::error!(gateway, %error, "answers in doubt cannot be read; trying again"),
        }
    }
}

/// Does some work while what is under way goes on: it may hold the connection to the database that the work waits for.
async fn meanwhile<T>(
    under_way: &mut FuturesUnordered<impl Future<Output = ()>>,
    work: impl Future<Output = T>,
) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            Some(()) = under_way.next() => {}
        }
    }
}

fn outbound(piece: &Piece, now: DateTime<Utc>) -> Option<Outbound> {
    let place = piece.place;
    Some(Outbound {
        id: piece.id.clone(),
        from: Address::parse(&piece.from).ok()?,
        to: Address::parse(&piece.to).ok()?,
        text: piece.text.clone(),
        concatenation: place.and_then(|place| Concatenation::new(place.reference, place.total, place.part)),
        encoding: travels(piece.encoding),
        validity: (piece.valid_until - now).to_std().unwrap_or_default(),
    })
}

fn settled(submission: Submission, now: DateTime<Utc>) -> Settled {
    match submission {
        Submission::Accepted { id } => Settled::Accepted {
            their_id: id.map(|id| sms::smpp::normal_id(&id)),
        },
        Submission::Deferred { after, detail } => Settled::Deferred {
            until: now
                + after
                    .and_then(|after| TimeDelta::from_std(after).ok())
                    .unwrap_or(PUT_OFF),
            detail,
        },
        Submission::Refused { detail } => Settled::Refused { detail },
        Submission::Ambiguous { detail } => Settled::Ambiguous { detail },
    }
}
