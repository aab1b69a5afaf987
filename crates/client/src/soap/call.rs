//! A call, with what is set for it alone.

use super::{Service, SoapApi};
use crate::Result;
use crate::call::outgoing;
use crate::engine::{CallOptions, Outgoing};
use crate::face::{Async, Blocking, block_on};
use bindwire_wire::{Command, Reply};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// A command that is about to be sent. What is not set here is as the client has it.
#[must_use = "nothing is sent before `send`"]
pub struct Call<'c, C, S: SoapApi, F> {
    service: &'c S,
    command: C,
    options: CallOptions,
    version: Option<String>,
    /// What only calls of this API can be set to.
    pub(crate) own: S::CallSettings,
    face: PhantomData<fn() -> F>,
}

impl<C: fmt::Debug, S: SoapApi, F> fmt::Debug for Call<'_, C, S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("command", &self.command).field("options", &self.options).finish_non_exhaustive()
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<'c, C: Command, S: Service, F> Call<'c, C, S, F> {
    pub(super) fn new(service: &'c S, command: C) -> Self {
        Self {
            service,
            command,
            options: CallOptions::default(),
            version: None,
            own: S::CallSettings::default(),
            face: PhantomData,
        }
    }

    /// The version of the API to speak, where its namespace has one. The session is the same: each request has a version of its own.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// How long an attempt may take, connecting included. What goes on after it is bounded by [`Self::deadline`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How long the call may take from now on, with all its attempts and waits.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        // One that no clock reaches is none.
        self.options.deadline = self.service.engine().timer.now().checked_add(deadline);
        self
    }

    /// Whether every deviation of the answer from its documented shape is an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = Some(strict);
        self
    }

    async fn reply(self) -> Result<Reply<'static, C::Reply>>
    where
        C: Send + Sync,
        C::Reply: Send,
    {
        let (service, outgoing, own) = self.prepared()?;
        service.send::<C>(outgoing, own).await
    }

    /// Who sends it, the command put together, and what the call alone is set to.
    pub(crate) fn prepared(self) -> Result<(&'c S, Outgoing, S::CallSettings)> {
        let engine = self.service.engine();
        // One deadline for all that the call needs: its turn, a session, and its job.
        let deadline = self.options.deadline.or_else(|| engine.deadline_from_now());
        let mut outgoing = outgoing(&self.command, CallOptions { deadline, ..self.options })?;
        outgoing.soap.version = self.version;
        outgoing.soap.refusals = Some(engine.session.refusals());
        Ok((self.service, outgoing, self.own))
    }

    async fn value(self) -> Result<C::Reply>
    where
        C: Send + Sync,
        C::Reply: Send,
    {
        Ok(self.reply().await?.value.unwrap_or_default())
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<C, S: Service> Call<'_, C, S, Async>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub async fn send(self) -> Result<C::Reply> {
        self.value().await
    }

    /// Sends the command and gives the whole reply.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn send_reply(self) -> Result<Reply<'static, C::Reply>> {
        self.reply().await
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<C, S: Service> Call<'_, C, S, Blocking>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub fn send(self) -> Result<C::Reply> {
        block_on(self.value())
    }

    /// Sends the command and gives the whole reply.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn send_reply(self) -> Result<Reply<'static, C::Reply>> {
        block_on(self.reply())
    }
}
