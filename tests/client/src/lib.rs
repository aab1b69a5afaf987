//! What the tests of the client have in common: every transport behind one face, and time that nobody waits for.

mod chance;
mod clients;
mod hold;
mod nobody;
mod providers;
mod signal;
mod time;

pub use chance::chance;
pub use clients::{Set, SetCall, Via, Wire};
pub use hold::{Door, Held};
pub use nobody::Nobody;
pub use providers::{Dynadot, Dynect, Ecosys, Netim, Provider};
pub use signal::Signal;
pub use time::Leap;
