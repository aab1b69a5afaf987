//! The two faces of the client: calls that are awaited, and calls that block.
//!
//! Everything is written once, as futures. The blocking face runs them where it is called: its transport does its work in one
//! step, and what is left is waiting, for which the thread is parked.

use std::cell::RefCell;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Calls are awaited.
#[derive(Debug, Clone, Copy)]
pub struct Async;

/// Calls block the thread.
#[derive(Debug, Clone, Copy)]
pub struct Blocking;

thread_local! {
    /// Who is to be woken when, of those that are polled by [`block_on`] on this thread.
    static ALARMS: RefCell<Vec<(Instant, Waker)>> = const { RefCell::new(Vec::new()) };
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future on this thread.
pub fn block_on<T>(future: impl std::future::Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        let next = ALARMS.with_borrow(|alarms| alarms.iter().map(|(at, _)| *at).min());
        match next {
            Some(at) => thread::park_timeout(at.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
        // Whoever is woken may set an alarm again, so that none is woken while the list is borrowed.
        let now = Instant::now();
        let due = ALARMS.with_borrow_mut(|alarms| alarms.extract_if(.., |(at, _)| *at <= now).collect::<Vec<_>>());
        due.into_iter().for_each(|(_, waker)| waker.wake());
    }
}

/// Waits by parking the thread that the blocking face runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreadTimer;

impl crate::Timer for ThreadTimer {
    fn sleep(&self, duration: Duration) -> crate::Future<'static, ()> {
        let until = Instant::now() + duration;
        Box::pin(std::future::poll_fn(move |context| {
            if Instant::now() >= until {
                return Poll::Ready(());
            }
            ALARMS.with_borrow_mut(|alarms| {
                let is_set = |(at, waker): &(Instant, Waker)| *at == until && waker.will_wake(context.waker());
                if !alarms.iter().any(is_set) {
                    alarms.push((until, context.waker().clone()));
                }
            });
            Poll::Pending
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timer as _;
    use futures_channel::oneshot;
    use futures_util::future::{Either, select};
    use futures_util::stream::{FuturesUnordered, StreamExt as _};

    #[test]
    fn a_thread_is_woken_by_another_one() {
        let (sender, receiver) = oneshot::channel();
        let other = thread::spawn(move || sender.send(7).unwrap());
        assert_eq!(block_on(receiver).unwrap(), 7);
        other.join().unwrap();
    }

    #[test]
    fn waiting_ends_by_itself_and_the_shorter_of_two_first() {
        let (_sender, receiver) = oneshot::channel::<()>();
        let short = ThreadTimer.sleep(Duration::from_millis(1));
        let long = select(receiver, ThreadTimer.sleep(Duration::from_secs(3600)));
        assert!(matches!(block_on(select(long, short)), Either::Right(_)));
    }

    #[test]
    fn one_among_many_is_woken() {
        // Such a set polls those of its futures alone that were woken.
        let sleeps: FuturesUnordered<_> = (1..=3).map(|ms| ThreadTimer.sleep(Duration::from_millis(ms))).collect();
        assert_eq!(block_on(sleeps.count()), 3);
    }

    #[test]
    fn one_within_another_leaves_the_outer_its_time() {
        let outer = async {
            let timer = ThreadTimer.sleep(Duration::from_millis(1));
            block_on(ThreadTimer.sleep(Duration::from_millis(1)));
            timer.await;
        };
        block_on(outer);
    }
}
