//! Test support: an HTTP server on loopback that fails on request, and stand-ins for an account of each API that count what they
//! carried out.
//!
//! Nothing in here knows of a client: a test hands it an origin, and looks afterwards at what came and what was done.
//!
//! ```
//! use bindwire_loopback::account::Account;
//! use bindwire_loopback::server::Server;
//! use std::sync::Arc;
//!
//! let account = Arc::new(Account::new("2024-05-10T12:30:00Z".parse().unwrap()));
//! let server = Server::start({
//!     let account = Arc::clone(&account);
//!     move |request| account.answer(request).into()
//! });
//! // A client is given the origin here, and buys something.
//! assert!(server.origin().starts_with("http://127.0.0.1:"));
//! assert_eq!(account.executions("register"), 0);
//! ```

pub mod account;
pub mod dynect;
pub mod ecosys;
pub mod netim;
pub mod server;
pub mod soap;

pub use account::{Account, Zone, ZoneRecord};
pub use server::{Accept, Answer, Reply, Request, Server};
