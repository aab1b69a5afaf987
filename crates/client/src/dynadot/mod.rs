//! Dynadot: the client that is awaited, and the one that blocks.

mod call;
mod guard;
mod many;
mod reconcile;
pub mod zone;

pub use call::Call;
pub use many::{Many, NameResult, Progress};
pub use reconcile::{NameOutcome, Reconciliation, Verdict};

use crate::builder::{Build, BuiltEngine};
use crate::engine::Engine;
use crate::face::{Async, Blocking, block_on};
use crate::{Builder, Error, Lost, Result};
use bindwire_dynadot::registry::API_INFO;
use bindwire_wire::{ApiInfo, Command, DomainName, Reply};
use secrecy::SecretString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The client that is awaited.
///
/// ```no_run
/// # async fn run() -> bindwire_client::Result<()> {
/// use bindwire_dynadot::domain::Search;
///
/// let client = bindwire_client::dynadot::Client::from_env()?;
/// let found = client.send(Search::new(["example.com"]).show_price(true)).await?;
/// # Ok(()) }
/// ```
pub type Client = Dynadot<Async>;

/// The client that blocks the thread.
pub mod blocking {
    use super::{Blocking, Dynadot};

    /// The client that blocks the thread.
    ///
    /// ```no_run
    /// # fn run() -> bindwire_client::Result<()> {
    /// use bindwire_dynadot::domain::Search;
    ///
    /// let client = bindwire_client::dynadot::blocking::Client::from_env()?;
    /// let found = client.send(Search::new(["example.com"]).show_price(true))?;
    /// # Ok(()) }
    /// ```
    pub type Client = Dynadot<Blocking>;
}

/// A client of Dynadot API3, by its face: [`Client`] is awaited, [`blocking::Client`] blocks.
///
/// Cloning is cheap, and clones share everything. All clients of one key in a process pass one gate.
pub struct Dynadot<F> {
    engine: Arc<Engine>,
    face: PhantomData<fn() -> F>,
}

impl<F> Clone for Dynadot<F> {
    fn clone(&self) -> Self {
        Self { engine: self.engine.clone(), face: PhantomData }
    }
}

impl<F> fmt::Debug for Dynadot<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dynadot").field("endpoint", &self.engine.endpoint).finish_non_exhaustive()
    }
}

impl<F> Build for Dynadot<F> {
    const API: &'static ApiInfo = &API_INFO;

    type Settings = ();

    fn of(BuiltEngine(engine): BuiltEngine, (): ()) -> Self {
        Self { engine: Arc::new(engine), face: PhantomData }
    }
}

impl<F> Dynadot<F> {
    /// Sets a client up that sends with this key.
    pub fn builder(key: impl Into<SecretString>) -> Builder<Self, F> {
        Builder::new(vec![key.into()])
    }

    /// Sets a client up by the environment: `DYNADOT_API_KEY`; `DYNADOT_TIER`, `DYNADOT_MAX_CONCURRENT` and
    /// `DYNADOT_MAX_PER_MINUTE` as [`crate::Limits::from_env`] reads them; `DYNADOT_ORIGIN` as [`Builder::origin`] takes it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when there is no key, or a variable cannot be taken.
    pub fn builder_from_env() -> Result<Builder<Self, F>> {
        Builder::from_env()
    }

    /// The DNS records of a domain: what changes them without losing one.
    pub fn dns(&self, domain: impl Into<DomainName>) -> zone::Dns<'_, F> {
        zone::Dns::new(&self.engine, domain.into())
    }

    /// A call of `command`, for which format, timeout, deadline and more can be set before it is sent.
    pub fn call<C: Command>(&self, command: C) -> Call<'_, C, F> {
        Call::new(&self.engine, command)
    }
}

impl Dynadot<Async> {
    /// With a key, and every other setting by default.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when the key is empty or TLS cannot be set up.
    pub fn new(key: impl Into<SecretString>) -> Result<Self> {
        Self::builder(key).build()
    }

    /// By the environment; see [`Self::builder_from_env`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when there is no key, a variable cannot be taken, or TLS cannot be set up.
    pub fn from_env() -> Result<Self> {
        Self::builder_from_env()?.build()
    }

    /// Sends a command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub async fn send<C>(&self, command: C) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).send().await
    }

    /// Sends a command and gives the whole reply: its notes, raw body, code and format too.
    ///
    /// # Errors
    /// As [`Self::send`]: a refusal is an error here too.
    pub async fn send_reply<C>(&self, command: C) -> Result<Reply<'static, C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).send_reply().await
    }

    /// Finds out what became of a command whose answer was lost, by asking what the spec names for it.
    ///
    /// # Errors
    /// When `error` has nothing lost, when nothing tells what became of the command, and when asking fails.
    pub async fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        self.reconcile_lost(lost(error)?).await
    }

    /// As [`Self::reconcile`], of a request that was kept.
    ///
    /// # Errors
    /// As [`Self::reconcile`].
    pub async fn reconcile_lost(&self, lost: &Lost) -> Result<Reconciliation> {
        reconcile::reconcile(&self.engine, lost).await
    }
}

impl Dynadot<Blocking> {
    /// With a key, and every other setting by default.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when the key is empty or TLS cannot be set up.
    pub fn new(key: impl Into<SecretString>) -> Result<Self> {
        Self::builder(key).build()
    }

    /// By the environment; see [`Self::builder_from_env`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when there is no key, a variable cannot be taken, or TLS cannot be set up.
    pub fn from_env() -> Result<Self> {
        Self::builder_from_env()?.build()
    }

    /// Sends a command and gives its value.
    ///
    /// # Errors
    /// [`crate::Error`] says whether the command may have been carried out, and what to do.
    pub fn send<C>(&self, command: C) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).send()
    }

    /// Sends a command and gives the whole reply: its notes, raw body, code and format too.
    ///
    /// # Errors
    /// As [`Self::send`]: a refusal is an error here too.
    pub fn send_reply<C>(&self, command: C) -> Result<Reply<'static, C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).send_reply()
    }

    /// Finds out what became of a command whose answer was lost, by asking what the spec names for it.
    ///
    /// # Errors
    /// When `error` has nothing lost, when nothing tells what became of the command, and when asking fails.
    pub fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        self.reconcile_lost(lost(error)?)
    }

    /// As [`Self::reconcile`], of a request that was kept.
    ///
    /// # Errors
    /// As [`Self::reconcile`].
    pub fn reconcile_lost(&self, lost: &Lost) -> Result<Reconciliation> {
        block_on(reconcile::reconcile(&self.engine, lost))
    }
}

/// The names that a request is about, in the order of sending: `domain`, one or several in it, and `domain0`, `domain1`, ...
fn names<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<DomainName> {
    let is_domain =
        |name: &str| name.strip_prefix("domain").is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
    let values = params.filter(|(name, _)| is_domain(name)).flat_map(|(_, value)| value.split(','));
    values.map(DomainName::from).collect()
}

/// The request whose outcome is not known.
fn lost(error: &Error) -> Result<&Lost> {
    error.lost().ok_or_else(|| error.nothing_lost())
}
