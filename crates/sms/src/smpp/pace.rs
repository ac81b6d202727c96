//! When the next submission may leave: the contract's rate, and pauses that the SMSC asks for.

use std::num::NonZeroU32;
use std::time::Duration;

use tokio::time::Instant;

/// The first pause after a refusal for being too fast.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How far behind its schedule a submission may be made up for: a timer wakes up to a millisecond late.
const SLACK: Duration = Duration::from_millis(2);

/// The schedule of submissions. It outlives connections, so that a reconnect cannot exceed the rate.
pub(crate) struct Pace {
    interval: Duration,
    next: Instant,
    pause: Duration,
    paused_at: Option<Instant>,
}

impl Pace {
    pub(crate) fn new(rate: Option<NonZeroU32>, now: Instant) -> Self {
        Self {
            interval: rate.map_or(Duration::ZERO, |rate| Duration::from_secs(1) / rate.get()),
            next: now,
            pause: Duration::ZERO,
            paused_at: None,
        }
    }

    /// The instant from which a submission may leave.
    pub(crate) fn next(&self) -> Instant {
        self.next
    }

    /// One left.
    pub(crate) fn left(&mut self, now: Instant) {
        let earliest = now.checked_sub(SLACK).unwrap_or(now);
        self.next = self.next.max(earliest) + self.interval;
    }

    /// One that left at `sent` was refused for being too fast. Returns how long to hold.
    ///
    /// Those that left before the pause began tell nothing new.
    pub(crate) fn refused(&mut self, sent: Instant, now: Instant) -> Duration {
        if self.paused_at.is_none_or(|paused| sent > paused) {
            self.pause = (self.pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
            self.paused_at = Some(now);
            self.next = self.next.max(now + self.pause);
        }
        self.pause
    }

    /// One that left at `sent` was taken: the pauses shorten again.
    pub(crate) fn taken(&mut self, sent: Instant) {
        if self.paused_at.is_some_and(|paused| sent > paused) {
            self.pause /= 2;
            self.paused_at = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many leave in `duration` when each leaves as soon as it may, woken a millisecond late.
    fn leaving(pace: &mut Pace, start: Instant, duration: Duration) -> u32 {
        let mut count = 0;
        while pace.next() < start + duration {
            pace.left(pace.next() + Duration::from_millis(1));
            count += 1;
        }
        count
    }

    #[test]
    fn a_rate_is_reached_and_not_exceeded() {
        for rate in [1, 7, 100, 900] {
            let start = Instant::now();
            let mut pace = Pace::new(NonZeroU32::new(rate), start);
            let left = leaving(&mut pace, start, Duration::from_secs(10));
            assert!((rate * 10..=rate * 10 + 1).contains(&left), "{left} at {rate}/s");
        }
    }

    #[test]
    fn time_without_submissions_saves_up_no_burst() {
        let start = Instant::now();
        let mut pace = Pace::new(NonZeroU32::new(100), start);
        let later = start + Duration::from_secs(60);
        pace.left(later);
        assert!(pace.next() >= later + Duration::from_millis(8));
    }

    #[test]
    fn a_window_of_refusals_pauses_once_and_pauses_lengthen_until_one_is_taken() {
        let start = Instant::now();
        let mut pace = Pace::new(None, start);
        let soon = start + Duration::from_millis(5);
        for _ in 0..50 {
            assert_eq!(pace.refused(start, soon), FIRST_PAUSE);
        }
        assert_eq!(pace.next(), soon + FIRST_PAUSE);
        let again = pace.next();
        assert_eq!(pace.refused(again, again), FIRST_PAUSE * 2);
        let third = pace.next();
        pace.taken(third);
        assert_eq!(pace.refused(third, third), FIRST_PAUSE * 2);
    }

    #[test]
    fn pauses_have_a_longest() {
        let mut now = Instant::now();
        let mut pace = Pace::new(None, now);
        for _ in 0..40 {
            now += Duration::from_secs(60);
            pace.refused(now, now);
        }
        assert_eq!(pace.next(), now + LONGEST_PAUSE);
    }
}
