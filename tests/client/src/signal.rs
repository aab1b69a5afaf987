//! A signal from the thread of a server to a test that awaits it.

use bindwire_loopback::{Answer, Server};
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

/// Set once, awaited once; clones are one.
#[derive(Debug, Clone, Default)]
pub struct Signal(Arc<Mutex<(bool, Option<Waker>)>>);

impl Signal {
    /// A server that answers nothing, and what is set when a request has come to it.
    pub fn of_arrival() -> (Server, Self) {
        let arrived = Self::default();
        let signal = arrived.clone();
        let server = Server::start(move |_| {
            signal.set();
            Answer::Stall
        });
        (server, arrived)
    }

    /// Sets it.
    pub fn set(&self) {
        let mut state = self.0.lock().expect("a signal");
        state.0 = true;
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }

    /// Waits until it is set.
    pub async fn wait(&self) {
        poll_fn(|context| {
            let mut state = self.0.lock().expect("a signal");
            if state.0 {
                return Poll::Ready(());
            }
            state.1 = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
