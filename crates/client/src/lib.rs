//! Sends commands: no leaked key, no second purchase, no zone wiped unseen; awaited or blocking, over any transport.
//!
//! One core decides: what an answer means, whether a command may have been carried out, and whether it may be sent again
//! (`exchange`, without I/O). The engine drives it through the gate of the account and over a [`transport`]. The two faces of an
//! API's client are thin: `dynadot::Client` is awaited, `dynadot::blocking::Client` blocks.

mod builder;
mod call;
#[cfg(feature = "dynadot")]
pub mod dynadot;
#[cfg(feature = "dynect")]
pub mod dynect;
#[cfg(feature = "ecosys")]
pub mod ecosys;
mod engine;
mod error;
mod exchange;
mod face;
mod gate;
#[cfg(feature = "netim")]
pub mod netim;
mod secrets;
#[cfg(feature = "soap")]
mod soap;
mod timer;
pub mod transport;
mod watch;

pub use builder::{Build, Builder, Face};
pub use error::{Error, ErrorKind, Lost, Result};
pub use exchange::RetryPolicy;
pub use face::{Async, Blocking, ThreadTimer};
pub use gate::{AccountGate, Gate, Limits, LimitsError, Permit};
#[cfg(feature = "soap")]
pub use soap::{SoapApi, SoapClient};
pub use timer::Timer;
#[cfg(feature = "reqwest")]
pub use timer::TokioTimer;
#[cfg(feature = "audit")]
pub use watch::FileAuditLog;
pub use watch::{AuditEntry, AuditEvent, AuditLog};

use std::pin::Pin;

/// A boxed future, as the traits of this crate give it.
pub type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// How the client calls itself.
#[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
const USER_AGENT: &str = concat!("bindwire/", env!("CARGO_PKG_VERSION"));
