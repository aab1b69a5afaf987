//! What a test holds up and lets go: answers of a server, and sleeps of a client.

use bindwire_client::{Future, Timer};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

/// How long a test waits for what does not come before it fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// A state that threads wait for.
#[derive(Default)]
struct Watched<T>(Mutex<T>, Condvar);

impl<T> Watched<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().expect("nobody panicked with it")
    }

    fn change(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.lock());
        self.1.notify_all();
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&T) -> bool) {
        let waited = self.1.wait_timeout_while(self.lock(), PATIENCE, |state| !until(state));
        assert!(!waited.expect("nobody panicked with it").1.timed_out(), "{what}");
    }
}

/// Holds up whoever comes until it is opened; clones are one.
#[derive(Clone, Default)]
pub struct Door(Arc<Watched<(usize, bool)>>);

impl Door {
    /// Comes to the door, and goes on when it is open.
    pub fn pass(&self) {
        self.0.change(|(came, _)| *came += 1);
        self.0.wait("nobody opens", |(_, open)| *open);
    }

    /// Comes, and goes on when `count` have come.
    pub fn meet(&self, count: usize) {
        self.0.change(|(came, _)| *came += 1);
        self.came(count);
    }

    /// Waits until `count` have come.
    pub fn came(&self, count: usize) {
        self.0.wait("too few come", |(came, _)| *came >= count);
    }

    /// Lets everybody through, whoever comes later too.
    pub fn open(&self) {
        self.0.change(|(_, open)| *open = true);
    }
}

/// A timer whose sleeps end when they are let go, and whose clock goes forward by them; clones are one.
#[derive(Clone)]
pub struct Held {
    start: Instant,
    state: Arc<Watched<Sleeps>>,
}

#[derive(Default)]
struct Sleeps {
    passed: Duration,
    begun: usize,
    let_go: bool,
    wakers: Vec<Waker>,
}

impl Default for Held {
    fn default() -> Self {
        Self { start: Instant::now(), state: Arc::default() }
    }
}

impl Held {
    /// Waits until `count` sleeps have begun.
    pub fn begun(&self, count: usize) {
        self.state.wait("too few sleep", |sleeps| sleeps.begun >= count);
    }

    /// Ends all sleeps, those that begin later too.
    pub fn let_go(&self) {
        self.state.change(|sleeps| {
            sleeps.let_go = true;
            sleeps.wakers.drain(..).for_each(Waker::wake);
        });
    }
}

impl Timer for Held {
    fn now(&self) -> Instant {
        self.start + self.state.lock().passed
    }

    fn sleep(&self, duration: Duration) -> Future<'static, ()> {
        let (state, mut is_begun) = (self.state.clone(), false);
        Box::pin(std::future::poll_fn(move |context| {
            let mut slept = Poll::Pending;
            state.change(|sleeps| {
                sleeps.begun += usize::from(!is_begun);
                is_begun = true;
                if sleeps.let_go {
                    sleeps.passed += duration;
                    slept = Poll::Ready(());
                } else {
                    sleeps.wakers.push(context.waker().clone());
                }
            });
            slept
        }))
    }
}
