//! A call, with what is set for it alone.

use super::guard::{Guards, MaxPrice};
use crate::Result;
use crate::call::{outgoing, send_for_reply, send_for_value};
use crate::engine::{CallOptions, Engine, Outgoing};
use crate::face::{Async, Blocking, block_on};
use bindwire_dynadot::domain::Renew;
use bindwire_wire::{AsFormat, Command, Currency, Date, Decimal, Reply, Speaks, Spends};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// A command that is about to be sent. What is not set here is as the client has it.
#[must_use = "nothing is sent before `send`"]
pub struct Call<'c, C, F> {
    engine: &'c Engine,
    command: C,
    options: CallOptions,
    guards: Guards,
    face: PhantomData<fn() -> F>,
}

impl<C: fmt::Debug, F> fmt::Debug for Call<'_, C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("command", &self.command).field("options", &self.options).finish_non_exhaustive()
    }
}

impl<'c, C: Command, F> Call<'c, C, F> {
    pub(super) fn new(engine: &'c Engine, command: C) -> Self {
        Self { engine, command, options: CallOptions::default(), guards: Guards::default(), face: PhantomData }
    }

    /// The format to ask for: `Xml`, `Json` or `Csv`. One that the command does not answer in does not compile. By default JSON, or
    /// XML of a command that lacks it.
    pub fn format<T: AsFormat>(mut self, _format: T) -> Self
    where
        C: Speaks<T>,
    {
        self.options.format = Some(T::FORMAT);
        self
    }

    /// How long an attempt may take, connecting included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How long the call may take from now on, with all its attempts and waits.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        // One that no clock reaches is none.
        self.options.deadline = self.engine.timer.now().checked_add(deadline);
        self
    }

    /// Whether every deviation of the answer from its documented shape is an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = Some(strict);
        self
    }

    /// The command, put together and held against the limits that were set.
    async fn checked(&self) -> Result<Outgoing>
    where
        C: Sync,
    {
        let mut outgoing = outgoing(&self.command, self.options)?;
        if self.guards.are_set() {
            // Boxed, so that the calls without any are not as large as those with all of them.
            Box::pin(self.guards.check(self.engine, &mut outgoing)).await?;
        }
        Ok(outgoing)
    }

    async fn run(self) -> Result<C::Reply>
    where
        C: Send + Sync,
        C::Reply: Send,
    {
        let outgoing = self.checked().await?;
        send_for_value::<C>(self.engine, &outgoing).await
    }

    async fn run_for_reply(self) -> Result<Reply<'static, C::Reply>>
    where
        C: Send + Sync,
        C::Reply: Send,
    {
        let outgoing = self.checked().await?;
        send_for_reply::<C>(self.engine, &outgoing).await
    }
}

impl<C: Spends, F> Call<'_, C, F> {
    /// What the command may cost in all; it is not sent when it would cost more, or when that cannot be told.
    ///
    /// The price is asked for just before, in this currency, by the command that the spec names: `search` with `show_price`, `renew`
    /// with `price_check`, `tld_price`, the listing, the closeout or the auction. Further years of a registration count at the price of
    /// a renewal; of a bid its amount counts. Of commands whose price nothing tells, such as `restore`, a limit refuses.
    pub fn max_price(mut self, amount: Decimal, currency: Currency) -> Self {
        self.guards.max_price = Some(MaxPrice { amount, currency });
        self
    }
}

impl<F> Call<'_, Renew, F> {
    /// The day, in UTC, on which the domain must expire as things stand; it is not renewed when it is another one.
    ///
    /// `domain_info` is asked just before, and the year goes with the order in `year`, so that the API holds it against its own.
    pub fn expected_expiry(mut self, date: Date) -> Self {
        self.guards.expected_expiry = Some(date);
        self
    }
}

impl<C> Call<'_, C, Async>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub async fn send(self) -> Result<C::Reply> {
        self.run().await
    }

    /// Sends the command and gives the whole reply.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn send_reply(self) -> Result<Reply<'static, C::Reply>> {
        self.run_for_reply().await
    }
}

impl<C> Call<'_, C, Blocking>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub fn send(self) -> Result<C::Reply> {
        block_on(self.run())
    }

    /// Sends the command and gives the whole reply.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn send_reply(self) -> Result<Reply<'static, C::Reply>> {
        block_on(self.run_for_reply())
    }
}
