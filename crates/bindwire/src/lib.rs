//! Typed bindings for provider command APIs, generated from a machine-readable spec, and a client that sends their commands safely.
//!
//! | feature | brings | default |
//! |---|---|---|
//! | `dynadot` | `dynadot`: the 112 commands of Dynadot API3 | yes |
//! | `dynect` | `dynect`: the 514 commands of the DynECT SOAP API | |
//! | `ecosys` | `ecosys`: a client for the objects that a customer of EcoSys publishes, with or without bindings of them | |
//! | `netim` | `netim`: the 102 functions of the Netim SOAP API 2.0 | |
//! | `client` | `dynadot::Client` and those of the others, which are awaited, over reqwest on tokio | yes |
//! | `ring` | TLS with ring; the lighter one to build | yes |
//! | `aws-lc` | TLS with aws-lc, in place of ring where both are on | |
//! | `blocking` | `dynadot::blocking::Client` and those of the others, over ureq, without tokio | |
//! | `tower` | `transport::Tower`: any `tower::Service` as the transport | |
//! | `audit` | `FileAuditLog`: what was changed and bought, as JSON Lines | |
//! | `metrics` | counters and a histogram through the `metrics` facade | |
//!
//! Without `client`, `blocking` and `tower` there is no I/O in here: a query out, bytes in.
//!
//! ```no_run
//! # #[cfg(all(feature = "client", feature = "dynadot"))]
//! # async fn run(key: String) -> bindwire::Result<()> {
//! use bindwire::dynadot::{Client, domain::Search};
//!
//! let client = Client::new(key)?;
//! let found = client.send(Search::new(["example.com", "example.net"]).show_price(true)).await?;
//! for result in found.results {
//!     println!("{} {:?} {:?}", result.domain, result.available, result.price);
//! }
//! # Ok(()) }
//! ```

#[cfg(feature = "dynadot")]
pub mod dynadot;
#[cfg(feature = "dynect")]
pub mod dynect;
#[cfg(feature = "ecosys")]
pub mod ecosys;
#[cfg(feature = "netim")]
pub mod netim;

pub use bindwire_wire as wire;

#[cfg(feature = "audit")]
pub use bindwire_client::FileAuditLog;
#[cfg(feature = "client")]
pub use bindwire_client::TokioTimer;
#[cfg(any(feature = "client", feature = "blocking", feature = "tower"))]
pub use bindwire_client::{
    AccountGate, Async, AuditEntry, AuditEvent, AuditLog, Blocking, Builder, Error, ErrorKind, Face, Future, Gate,
    Limits, LimitsError, Lost, Permit, Result, RetryPolicy, ThreadTimer, Timer, transport,
};

/// What the README shows is compiled, and run where it can be.
#[cfg(all(doctest, feature = "client", feature = "dynadot"))]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
