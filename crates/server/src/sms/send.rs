//! What is queued leaves through its gateway, unless it does not hold any more.

use super::{Channel, SENDING, encoding};
use crate::texts::{Language, texts};
use assistant::{Encoding, Piece, PieceState, Policy, Settled};
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
/// How often receipts that nothing matched are looked at again.
const RECEIPTS_WAIT: TimeDelta = TimeDelta::seconds(10);
/// How long the receipt of a piece in doubt is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// What submits a piece: a session, an HTTP gateway, a folder.
pub(crate) trait Submit: Send + Sync {
    /// How many pieces may be under way at once: as many may be in doubt after this program died.
    fn at_once(&self) -> u32;

    /// Submits a piece and tells what became of it.
    fn submit(&self, piece: Outbound) -> impl Future<Output = Submission> + Send;
}

/// Whether what a piece quotes may still be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    /// It could not be read.
    Unread,
}

impl Channel {
    /// Sends what is queued for a gateway, until told to stop; what is under way then is finished.
    pub(crate) async fn send(&self, gateway: &str, through: &impl Submit, mut stop: watch::Receiver<bool>) {
        let mut under_way = FuturesUnordered::new();
        let mut receipts_until = DateTime::UNIX_EPOCH;
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
                _ = look.tick(), if !stopping => {
                    let settling = async {
                        self.settle_doubts(gateway).await;
                        self.match_receipts(gateway, &mut receipts_until).await;
                    };
                    meanwhile(&mut under_way, settling).await;
                }
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

    /// Pieces in their order, each with whether what it quotes still holds: looked at before any leaves, so that they
    /// leave in that order, and once for all of an answer, so that its parts agree.
    async fn looked_at(&self, pieces: Vec<Piece>) -> Vec<(Piece, Holds)> {
        let mut looked_at = Vec::<(Piece, Holds)>::with_capacity(pieces.len());
        for piece in pieces {
            let holds = match looked_at.last() {
                Some((before, holds)) if before.message == piece.message => *holds,
                _ => self.holds(&piece).await,
            };
            looked_at.push((piece, holds));
        }
        looked_at
    }

    async fn holds(&self, piece: &Piece) -> Holds {
        let Some(turn) = piece.turn else { return Holds::Yes };
        // Nobody answers for a site that is no longer configured.
        let Some(line) = self.lines.get(&piece.site) else {
            return Holds::No;
        };
        match self.assistant.standing(&line.site, turn, self.clock.now()).await {
            Ok(Some(_)) => Holds::Yes,
            Ok(None) => Holds::No,
            Err(error) => {
                tracing::error!(%error, "whether an answer still holds cannot be read; trying again");
                Holds::Unread
            }
        }
    }

    async fn send_one(&self, gateway: &str, through: &impl Submit, (piece, holds): (Piece, Holds)) {
        let to_send = match holds {
            Holds::Yes => Some(piece.clone()),
            Holds::No => self.in_its_place(&piece),
            Holds::Unread => None,
        };
        let settled = match (to_send, holds) {
            (Some(piece), _) => match outbound(&piece, self.clock.now()) {
                Some(outbound) => settled(through.submit(outbound).await, self.clock.now()),
                None => Settled::Refused {
                    detail: "its recipient is no number".to_owned(),
                },
            },
            (None, Holds::Unread) => Settled::Deferred {
                until: self.clock.now() + PUT_OFF,
                detail: "not looked at".to_owned(),
            },
            (None, _) => Settled::Withdrawn {
                detail: "what it quotes is no longer published".to_owned(),
            },
        };
        // Where this fails the piece's lease ends, and it is in doubt: its receipt tells, or it is sent once more.
        match self.assistant.settle_sms(&piece, settled, self.clock.now()).await {
            Ok(PieceState::Refused) => tracing::warn!(gateway, "an answer was refused by the gateway"),
            Ok(_) => {}
            Err(error) => tracing::error!(gateway, %error, "what became of an answer could not be kept"),
        }
    }

    /// What is said in the place of an answer that does not hold any more: silence would leave the resident waiting. Once
    /// is enough for all its parts.
    fn in_its_place(&self, piece: &Piece) -> Option<Piece> {
        let line = self.lines.get(&piece.site)?;
        let is_first = piece.place.is_none_or(|place| place.part == 1);
        is_first.then(|| {
            let words = texts(Language::for_site(&line.site, None)).get("sms-no-longer");
            let text = gsm::Text::new(&words);
            Piece {
                encoding: encoding(&text),
                text: text.as_str().to_owned(),
                place: None,
                ..piece.clone()
            }
        })
    }

    /// Gives the receipts that nothing matched to the pieces that other forms of their names lead to.
    async fn match_receipts(&self, gateway: &str, looked_until: &mut DateTime<Utc>) {
        // By then each submission of before has had its response, and with it the name that goes first.
        let until = self.clock.now() - SENDING;
        if until - *looked_until < RECEIPTS_WAIT {
            return;
        }
        let forms = sms::smpp::id_forms;
        match self
            .assistant
            .match_sms_receipts(gateway, (*looked_until, until), forms)
            .await
        {
            Ok(_found) => *looked_until = until,
            Err(error) => tracing::error!(gateway, %error, "receipts cannot be read; trying again"),
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
        encoding: match piece.encoding {
            Encoding::Gsm => gsm::Encoding::Gsm,
            Encoding::Ucs2 => gsm::Encoding::Ucs2,
        },
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
