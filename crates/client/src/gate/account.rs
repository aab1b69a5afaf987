//! The gate that is used by default: one process, one account, first in first out.

use super::{Gate, Limits, Permit, Queue};
use crate::{Future, Timer};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

type Bucket = RateLimiter<NotKeyed, InMemoryState, TimerClock, NoOpMiddleware<Instant>>;

/// Lets requests through in the order in which they came: so many at a time, and so many in a minute.
///
/// With a limit for the second, the bucket holds a fifth of that and is filled at four fifths of it, or at the minute's rate where
/// that is slower, for the same reason. Without one, the bucket holds a sixth of what a minute allows and is filled at five sixths of the rate, so that no 60 seconds see more
/// than the limit, whenever they begin: overstepping it may lock the key (facts/dynadot.md, "Behaviour").
#[derive(Debug)]
pub struct AccountGate {
    /// Held while waiting for a place and for the bucket, so that nobody passes who came later.
    turnstile: Arc<Queue>,
    places: Arc<Queue>,
    bucket: Option<Bucket>,
    clock: TimerClock,
}

impl AccountGate {
    /// With limits, in real time.
    pub fn new(limits: Limits) -> Self {
        Self::with_clock(limits, TimerClock(None))
    }

    /// With limits, by the time that `timer` tells.
    pub fn with_timer(limits: Limits, timer: Arc<dyn Timer>) -> Self {
        Self::with_clock(limits, TimerClock(Some(timer)))
    }

    fn with_clock(limits: Limits, clock: TimerClock) -> Self {
        let bucket = quota(limits).map(|quota| Bucket::direct_with_clock(quota, clock.clone()));
        Self { turnstile: Queue::new(1), places: Queue::new(limits.concurrent), bucket, clock }
    }
}

/// What the bucket holds, and how fast it is filled; nothing where there is no limit.
fn quota(limits: Limits) -> Option<Quota> {
    let part = |limit: u32, of: u32| NonZeroU32::new(limit / of).unwrap_or(NonZeroU32::MIN);
    let burst = match (limits.per_minute, limits.per_second) {
        (0, 0) => return None,
        (minute, 0) => part(minute, 6),
        (0, second) => part(second, 5),
        (minute, second) => part(minute, 6).min(part(second, 5)),
    };
    // A limit below one request a minute beyond the first cannot be told apart from one a minute.
    let period = |limit: u32, over: u64| Duration::from_secs(over) / limit.saturating_sub(burst.get()).max(1);
    let by_minute = (limits.per_minute > 0).then(|| period(limits.per_minute, 60));
    let by_second = (limits.per_second > 0).then(|| period(limits.per_second, 1));
    let slowest = by_minute.into_iter().chain(by_second).max()?;
    Some(Quota::with_period(slowest).unwrap_or(Quota::per_second(burst)).allow_burst(burst))
}

impl Gate for AccountGate {
    fn enter<'a>(&'a self, timer: &'a dyn Timer) -> Future<'a, Result<Permit, String>> {
        Box::pin(async {
            let Some(bucket) = &self.bucket else { return Ok(Permit::new(self.places.enter().await)) };
            let turn = self.turnstile.enter().await;
            let place = self.places.enter().await;
            while let Err(early) = bucket.check() {
                timer.sleep(early.wait_time_from(self.clock.now())).await;
            }
            drop(turn);
            Ok(Permit::new(place))
        })
    }
}

/// The time of a timer, as the bucket reads it.
#[derive(Clone)]
struct TimerClock(Option<Arc<dyn Timer>>);

impl Clock for TimerClock {
    type Instant = Instant;

    fn now(&self) -> Instant {
        self.0.as_ref().map_or_else(|| MonotonicClock.now(), |timer| timer.now())
    }
}

impl std::fmt::Debug for TimerClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TimerClock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::block_on;
    use std::sync::Mutex;

    /// Time that passes only by being slept away.
    struct Leap {
        start: Instant,
        passed: Mutex<Duration>,
    }

    impl Timer for Leap {
        fn now(&self) -> Instant {
            self.start + *self.passed.lock().unwrap()
        }

        fn sleep(&self, duration: Duration) -> Future<'static, ()> {
            *self.passed.lock().unwrap() += duration;
            Box::pin(std::future::ready(()))
        }
    }

    #[test]
    fn no_minute_sees_more_than_the_limit_and_none_much_less() {
        for per_minute in [1, 2, 5, 6, 7, 60, 600, 6000] {
            let timer = Arc::new(Leap { start: Instant::now(), passed: Mutex::default() });
            let gate = AccountGate::with_timer(Limits::new(1, per_minute), timer.clone());
            let mut sent = Vec::new();
            for _ in 0..per_minute * 3 {
                drop(block_on(gate.enter(&*timer)).unwrap());
                sent.push(*timer.passed.lock().unwrap());
            }
            for (index, from) in sent.iter().enumerate() {
                let within = sent[index..].iter().take_while(|at| **at < *from + Duration::from_secs(60)).count();
                assert!(within <= per_minute as usize, "{within} in a minute with a limit of {per_minute}");
            }
            let took = sent.last().unwrap().as_secs_f64();
            assert!(took <= 60.0 * 3.0 * 6.0 / 5.0 + 1.0 || per_minute < 6, "{took} s for three minutes' worth");
        }
    }

    #[test]
    fn no_second_sees_more_than_its_limit() {
        for (per_minute, per_second) in [(300, 5), (0, 5), (60, 5), (0, 1), (6000, 10)] {
            let timer = Arc::new(Leap { start: Instant::now(), passed: Mutex::default() });
            let limits = Limits::new(1, per_minute).per_second(per_second);
            let gate = AccountGate::with_timer(limits, timer.clone());
            let mut sent = Vec::new();
            for _ in 0..per_second * 70 {
                drop(block_on(gate.enter(&*timer)).unwrap());
                sent.push(*timer.passed.lock().unwrap());
            }
            let most = |within: Duration| {
                let count = |from: usize| sent[from..].iter().take_while(|at| **at < sent[from] + within).count();
                (0..sent.len()).map(count).max().unwrap()
            };
            assert!(most(Duration::from_secs(1)) <= per_second as usize, "{per_second} a second");
            assert!(per_minute == 0 || most(Duration::from_secs(60)) <= per_minute as usize, "{per_minute} a minute");
        }
    }

    #[test]
    fn a_limit_of_zero_is_none() {
        let timer = Arc::new(Leap { start: Instant::now(), passed: Mutex::default() });
        let gate = AccountGate::with_timer(Limits::new(1, 0), timer.clone());
        for _ in 0..10_000 {
            drop(block_on(gate.enter(&*timer)).unwrap());
        }
        assert_eq!(*timer.passed.lock().unwrap(), Duration::ZERO);
    }
}
