//! Time: what the client waits by, so that tests can do without waiting.

use crate::Future;
use bindwire_wire::Timestamp;
use std::time::{Duration, Instant};

/// Tells the time and waits.
///
/// The client waits before it repeats a call, and at the gate of an account. How long an exchange may take is the transport's
/// business ([`crate::transport::Request::timeout`]).
pub trait Timer: Send + Sync {
    /// The time of a clock that never goes back.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// The time of day.
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Waits for `duration`. Dropping the future ends the waiting.
    fn sleep(&self, duration: Duration) -> Future<'static, ()>;
}

/// Tokio's time: for async programs that run on tokio.
#[cfg(feature = "reqwest")]
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioTimer;

#[cfg(feature = "reqwest")]
impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> Future<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
