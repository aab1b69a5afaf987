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
/// The bucket holds a sixth of what a minute allows and is filled at five sixths of the rate, so that no 60 seconds see more
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
        let bucket = NonZeroU32::new(limits.per_minute).map(|per_minute| {
            let burst = NonZeroU32::new(per_minute.get() / 6).unwrap_or(NonZeroU32::MIN);
            let refilled = (per_minute.get() - burst.get()).max(1);
            // A limit below one request a minute beyond the first cannot be told apart from one a minute.
            let period = Duration::from_secs(60) / refilled;
            let quota = Quota::with_period(period).unwrap_or(Quota::per_minute(per_minute)).allow_burst(burst);
            Bucket::direct_with_clock(quota, clock.clone())
        });
        Self { turnstile: Queue::new(1), places: Queue::new(limits.concurrent), bucket, clock }
    }
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
    fn a_limit_of_zero_is_none() {
        let timer = Arc::new(Leap { start: Instant::now(), passed: Mutex::default() });
        let gate = AccountGate::with_timer(Limits::new(1, 0), timer.clone());
        for _ in 0..10_000 {
            drop(block_on(gate.enter(&*timer)).unwrap());
        }
        assert_eq!(*timer.passed.lock().unwrap(), Duration::ZERO);
    }
}
