//! Time that passes only when it is slept away or set forward.

use bindwire_client::{Future, Timer};
use bindwire_wire::Timestamp;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A timer whose sleeps take no time and move its clock; clones are one.
#[derive(Debug, Clone)]
pub struct Leap {
    start: Instant,
    day: Timestamp,
    passed: Arc<Mutex<Duration>>,
    sleeps: Arc<Mutex<Vec<Duration>>>,
}

impl Leap {
    /// Its clock begins at `day`.
    pub fn new(day: Timestamp) -> Self {
        Self { start: Instant::now(), day, passed: Arc::default(), sleeps: Arc::default() }
    }

    /// Lets time pass.
    pub fn pass(&self, duration: Duration) {
        *self.passed.lock().expect("a clock") += duration;
    }

    /// How much time has passed.
    pub fn passed(&self) -> Duration {
        *self.passed.lock().expect("a clock")
    }

    /// What was slept, in order.
    pub fn sleeps(&self) -> Vec<Duration> {
        self.sleeps.lock().expect("a clock").clone()
    }
}

impl Timer for Leap {
    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn timestamp(&self) -> Timestamp {
        self.day + self.passed()
    }

    fn sleep(&self, duration: Duration) -> Future<'static, ()> {
        let timer = self.clone();
        // A sleep that nobody waits for takes no time.
        Box::pin(async move {
            timer.pass(duration);
            timer.sleeps.lock().expect("a clock").push(duration);
        })
    }
}
