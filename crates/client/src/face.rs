//! The two faces of the client: calls that are awaited, and calls that block.
//!
//! Everything is written once, as futures. The blocking face runs them where it is called: its transport does its work in one
//! step, and what is left is waiting, for which the thread is parked.

use std::cell::Cell;
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
    /// When the thread that is parked in [`block_on`] wants to go on at the latest.
    static WAKE_AT: Cell<Option<Instant>> = const { Cell::new(None) };
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
    let outer = WAKE_AT.get();
    loop {
        WAKE_AT.set(None);
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            WAKE_AT.set(outer);
            return value;
        }
        match WAKE_AT.get() {
            Some(at) => thread::park_timeout(at.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
    }
}

/// Waits by parking the thread that the blocking face runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreadTimer;

impl crate::Timer for ThreadTimer {
    fn sleep(&self, duration: Duration) -> crate::Future<'static, ()> {
        let until = Instant::now() + duration;
        Box::pin(std::future::poll_fn(move |_| {
            if Instant::now() >= until {
                return Poll::Ready(());
            }
            WAKE_AT.set(Some(WAKE_AT.get().map_or(until, |at| at.min(until))));
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
    fn one_within_another_leaves_the_outer_its_time() {
        let outer = async {
            let timer = ThreadTimer.sleep(Duration::from_millis(1));
            block_on(ThreadTimer.sleep(Duration::from_millis(1)));
            timer.await;
        };
        block_on(outer);
    }
}
