//! Limits of time that turn a decoder without an end into a failed test.

use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Runs `work` on a thread of its own; fails when it is not done in `seconds`.
pub fn within<T: Send + 'static>(seconds: u64, what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, waits) = channel();
    let worker = thread::spawn(move || {
        let result = work();
        // Nobody waits any more when the time is over.
        let _ = done.send(());
        result
    });
    match waits.recv_timeout(Duration::from_secs(seconds)) {
        Err(RecvTimeoutError::Timeout) => panic!("{what}: no end within {seconds} s"),
        Ok(()) | Err(RecvTimeoutError::Disconnected) => worker.join().unwrap_or_else(|panic| resume_unwind(panic)),
    }
}
