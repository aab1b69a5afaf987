//! Commands that the spec does not have, sent by their name.

use super::{Api, Command, CommandInfo, Effect, OpenParams, OpenReply};
use crate::{AsFormat, Query, RequestError, Speaks, Text};
use std::marker::PhantomData;

/// A command that the spec does not have: any params, and a reply that is taken as it comes.
///
/// Nothing is known of its effect, so it counts as spending money until [`RawCommand::with_effect`] says otherwise: it is never
/// sent twice. It can be asked in every format; what the server makes of that is not known either.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCommand<A> {
    name: Text,
    effect: Effect,
    params: OpenParams,
    api: PhantomData<A>,
}

impl<A: Api> RawCommand<A> {
    /// The command called `name` on the wire.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), effect: Effect::Spend, params: OpenParams::default(), api: PhantomData }
    }

    /// States what the command does to the account.
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Adds a param; `name` is as sent, with its index if it has one.
    pub fn param(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.params.push(name, value);
        self
    }

    /// Adds a param whose value is never printed.
    pub fn secret(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.params.push_secret(name, value);
        self
    }
}

impl<A: Api> Command for RawCommand<A> {
    type Reply = OpenReply;
    const INFO: &'static CommandInfo = A::RAW;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.params.write(query)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn effect(&self) -> Effect {
        self.effect
    }
}

impl<A: Api, F: AsFormat> Speaks<F> for RawCommand<A> {}
