//! The submissions whose response has not come.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::message::Submission;

/// Where a submission's outcome is told.
pub(crate) type Reply = oneshot::Sender<Submission>;

/// A submission that left.
pub(crate) struct Sent {
    pub(crate) at: Instant,
    /// None once the response is overdue: the caller knows that, and the place stays taken, so that an SMSC that
    /// stopped answering gets no more than one window.
    pub(crate) reply: Option<Reply>,
    /// The piece's name.
    pub(crate) piece: String,
}

/// What is in flight on one connection.
pub(crate) struct Window {
    size: usize,
    timeout: Duration,
    sent: HashMap<u32, Sent>,
    /// In the order of leaving, which is the order of becoming overdue; holds answered ones too.
    order: VecDeque<(Instant, u32)>,
    overdue: usize,
}

impl Window {
    pub(crate) fn new(size: usize, timeout: Duration) -> Self {
        Self {
            size,
            timeout,
            sent: HashMap::new(),
            order: VecDeque::new(),
            overdue: 0,
        }
    }

    pub(crate) fn has_room(&self) -> bool {
        self.sent.len() < self.size
    }

    pub(crate) fn used(&self) -> usize {
        self.sent.len()
    }

    /// Whether no response is still waited for.
    pub(crate) fn is_settled(&self) -> bool {
        self.sent.len() == self.overdue
    }

    /// Whether every place is taken by a response that is overdue.
    pub(crate) fn is_stuck(&self) -> bool {
        self.overdue >= self.size
    }

    pub(crate) fn put(&mut self, (sequence, piece): (u32, String), now: Instant, reply: Reply) {
        self.order.push_back((now, sequence));
        self.sent.insert(
            sequence,
            Sent {
                at: now,
                reply: Some(reply),
                piece,
            },
        );
    }

    /// The one that a response answers.
    pub(crate) fn take(&mut self, sequence: u32) -> Option<Sent> {
        let sent = self.sent.remove(&sequence)?;
        if sent.reply.is_none() {
            self.overdue -= 1;
        }
        self.forget_answered();
        Some(sent)
    }

    /// When the next response becomes overdue.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.order.front().map(|(at, _)| *at + self.timeout)
    }

    /// Those that became overdue.
    pub(crate) fn expire(&mut self, now: Instant) -> Vec<Reply> {
        let mut expired = Vec::new();
        while let Some((at, sequence)) = self.order.front().copied()
            && at + self.timeout <= now
        {
            self.order.pop_front();
            if let Some(sent) = self.sent.get_mut(&sequence)
                && sent.at == at
                && let Some(reply) = sent.reply.take()
            {
                self.overdue += 1;
                expired.push(reply);
            }
        }
        self.forget_answered();
        expired
    }

    /// All that still waited, when the connection ends.
    pub(crate) fn drain(&mut self) -> Vec<Reply> {
        self.order.clear();
        self.overdue = 0;
        self.sent.drain().filter_map(|(_, sent)| sent.reply).collect()
    }

    fn forget_answered(&mut self) {
        while let Some((at, sequence)) = self.order.front()
            && self.sent.get(sequence).is_none_or(|sent| sent.at != *at)
        {
            self.order.pop_front();
        }
        // One unanswered in front keeps those behind it: bounded by what is in flight, not by what has passed.
        if self.order.len() > 2 * self.size + 16 {
            let sent = &self.sent;
            self.order
                .retain(|(at, sequence)| sent.get(sequence).is_some_and(|sent| sent.at == *at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(30);

    fn put(window: &mut Window, sequence: u32, at: Instant) -> oneshot::Receiver<Submission> {
        let (reply, outcome) = oneshot::channel();
        window.put((sequence, sequence.to_string()), at, reply);
        outcome
    }

    #[test]
    fn an_overdue_place_stays_taken_until_its_response_comes() {
        let start = Instant::now();
        let mut window = Window::new(2, TIMEOUT);
        let _first = put(&mut window, 1, start);
        assert!(
            window
                .expire(start + TIMEOUT - Duration::from_millis(1))
                .is_empty()
        );
        assert_eq!(window.expire(start + TIMEOUT).len(), 1);
        let _second = put(&mut window, 2, start + TIMEOUT);
        assert!(!window.has_room() && !window.is_stuck() && !window.is_settled());
        assert!(
            window
                .take(1)
                .is_some_and(|late| late.reply.is_none() && late.piece == "1")
        );
        assert!(window.has_room());
        assert_eq!(window.expire(start + TIMEOUT * 2).len(), 1);
        let _third = put(&mut window, 3, start + TIMEOUT * 2);
        assert_eq!(window.expire(start + TIMEOUT * 3).len(), 1);
        assert!(window.is_stuck() && window.is_settled());
    }

    #[test]
    fn a_response_that_never_comes_does_not_make_the_window_remember_all_others() {
        let start = Instant::now();
        let mut window = Window::new(2, TIMEOUT);
        let _lost = put(&mut window, 0, start);
        for sequence in 1..10_000 {
            let _answered = put(&mut window, sequence, start);
            assert!(window.take(sequence).is_some());
        }
        assert!(window.order.len() <= 21, "{}", window.order.len());
        assert_eq!(window.deadline(), Some(start + TIMEOUT));
    }

    #[test]
    fn an_answer_to_nothing_is_nothing() {
        let mut window = Window::new(2, TIMEOUT);
        assert!(window.take(7).is_none());
        assert_eq!((window.used(), window.deadline()), (0, None));
    }
}
