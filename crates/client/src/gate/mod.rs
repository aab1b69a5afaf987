//! The gate of an account: how many requests are under way, and how many there are in a minute.
//!
//! A gate is a trait, so that one which spans processes or machines can stand in its place.

mod account;
mod limits;
mod queue;
mod registry;

pub use account::AccountGate;
pub use limits::{Limits, LimitsError};
#[cfg(any(feature = "dynadot", feature = "dynect"))]
pub(crate) use queue::Place;
pub(crate) use queue::Queue;
pub(crate) use registry::{Account, account};

use crate::{Future, Timer};
use std::fmt;

/// Lets requests of one account through, one by one as they come.
pub trait Gate: Send + Sync {
    /// Waits until a request may be sent. The request holds the permit until its answer is there, or until it is given up.
    ///
    /// Dropping the future must free whatever it holds. `timer` is what the caller can be woken by.
    ///
    /// # Errors
    /// In words, when nothing can be let through: a gate elsewhere that cannot be reached. The request is not sent then.
    fn enter<'a>(&'a self, timer: &'a dyn Timer) -> Future<'a, Result<Permit, String>>;
}

/// The leave to have one request under way; dropping it gives it back.
pub struct Permit(#[expect(dead_code, reason = "held for its drop")] Box<dyn Send + Sync>);

impl Permit {
    /// What is dropped when the request is over.
    pub fn new(held: impl Send + Sync + 'static) -> Self {
        Self(Box::new(held))
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Permit")
    }
}
