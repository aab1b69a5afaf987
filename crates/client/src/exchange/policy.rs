//! How often and after how long a call is repeated.

use backon::{BackoffBuilder as _, ExponentialBuilder};
use std::time::Duration;

/// How calls that only read are repeated: the delay doubles from attempt to attempt and varies at random, so that clients that
/// failed together do not come back together.
///
/// A write is repeated only when nothing of it has left; one that changes nothing more the second time also when the server says
/// that it did not take it (HTTP 429). What spends is never sent a second time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Repetitions after the first attempt; 3 by default.
    pub max_retries: u32,
    /// The shortest delay before the first repetition; half a second by default. Chance adds up to as much again.
    pub min_delay: Duration,
    /// The longest delay; 20 seconds by default. What a server asks for in `Retry-After` may be longer.
    pub max_delay: Duration,
    /// The longest wait that a server may ask for in `Retry-After`; 5 minutes by default. Where it asks for more, the call ends
    /// with what it said.
    pub max_asked: Duration,
    /// Repetitions that a client makes in a row while no answer comes; 20 by default. Five answers make up for one.
    pub budget: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            min_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            max_asked: Duration::from_secs(300),
            budget: 20,
        }
    }
}

impl RetryPolicy {
    /// Nothing is repeated.
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// So many repetitions after the first attempt.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// The shortest delay before the first repetition, and the longest delay.
    pub fn delays_between(mut self, min: Duration, max: Duration) -> Self {
        (self.min_delay, self.max_delay) = (min, max);
        self
    }

    /// The longest wait that a server may ask for.
    pub fn max_asked(mut self, max_asked: Duration) -> Self {
        self.max_asked = max_asked;
        self
    }

    /// Repetitions in a row while no answer comes.
    pub fn budget(mut self, budget: u32) -> Self {
        self.budget = budget;
        self
    }

    pub(crate) fn delays(&self) -> Box<dyn Iterator<Item = Duration> + Send> {
        let (min, max) = (self.min_delay, self.max_delay);
        let delays = ExponentialBuilder::default()
            .with_min_delay(min)
            // Chance adds up to as much again; cut off at the end alone, those that grew up would all be the same.
            .with_max_delay(min.max(max / 2))
            .with_max_times(self.max_retries as usize)
            .with_jitter()
            .build();
        Box::new(delays.map(move |delay| delay.min(max)))
    }
}
