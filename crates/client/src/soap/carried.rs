//! What a request carries beside its command, of APIs that have more of it than params that every command takes.

use crate::transport::{Request, Response};
use bindwire_wire::{Query, Timestamp};
use secrecy::SecretString;

/// What a request carries beside its command.
pub(crate) trait Carried: Send + Sync {
    /// Where it goes.
    fn address(&self) -> &str;

    /// The command's params with what is filled in.
    fn fill(&self, query: &Query) -> Query;

    /// Adds headers.
    fn dress(&self, request: Request) -> Request;

    /// Takes in what an answer sets for the requests that follow.
    fn take(&self, response: &Response, now: Timestamp);

    /// What must be shown nowhere, as far as it is known by now, with the names that it has on the wire.
    fn secrets(&self) -> Vec<(&'static str, SecretString)>;
}
