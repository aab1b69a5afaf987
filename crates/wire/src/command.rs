//! Commands: what a request is to those that send it.

mod info;
mod open;
mod raw;

pub(crate) use info::own_namespace;
pub use info::{Api, ApiInfo, CommandInfo, CommonParam, Credential, Effect, Entry, SoapInfo, Tier};
pub use open::{OpenParams, OpenReply, StatusReply, Tree, WithExtra};
pub use raw::RawCommand;

use crate::{Query, Record, RequestError, Text};

/// A request of an API: its params, and the type of its reply.
pub trait Command {
    /// What it answers.
    type Reply: Record + Default;

    /// What is known of it without its params.
    const INFO: &'static CommandInfo;

    /// Puts the params.
    ///
    /// # Errors
    /// When a param is missing, out of its bounds, or one too many.
    fn write(&self, query: &mut Query) -> Result<(), RequestError>;

    /// The name on the wire.
    fn name(&self) -> &str {
        Self::INFO.name
    }

    /// What this very request does to the account: some params change it.
    fn effect(&self) -> Effect {
        Self::INFO.effect
    }

    /// Adds a param that the spec does not have.
    fn extra(self, name: impl Into<Text>, value: impl Into<Text>) -> WithExtra<Self>
    where
        Self: Sized,
    {
        WithExtra::new(self).extra(name, value)
    }
}

/// A command that spends money, or binds to pay: what a limit on the price can be set for.
pub trait Spends: Command {}

#[cfg(test)]
mod tests;
