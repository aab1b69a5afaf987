//! Netim: the client that is awaited, and the one that blocks.
//!
//! What changes something answers with an operation, which may stay pending after the call: `operate` gives it as a value, and `wait`
//! asks after it.

mod operation;
mod reconcile;
mod session;

pub use operation::{Operation, OperationState};
pub use reconcile::{Reconciliation, Verdict};

use crate::engine::{CallOptions, Engine, Outgoing};
use crate::face::{Async, Blocking, block_on};
use crate::soap::{Service, SoapApi, SoapClient, close, keep_alive, run_for_reply};
use crate::{Builder, Error, Result};
use bindwire_netim::registry::API_INFO;
use bindwire_netim::types::{Language, StructOperationResponse};
use bindwire_wire::{ApiInfo, Command, Reply};
use secrecy::SecretString;
use session::Ids;
use std::time::Duration;

/// The client that is awaited.
///
/// ```no_run
/// # async fn run() -> bindwire_client::Result<()> {
/// use bindwire_client::netim::{Client, OperationState};
/// use bindwire_netim::domain::DomainRenew;
/// use std::time::Duration;
///
/// let client = Client::from_env()?;
/// let operation = client.operate(DomainRenew::new("example.com", 1)).await?;
/// let operation = client.wait(&operation, Duration::from_secs(600)).await?;
/// match operation.state {
///     OperationState::Done => println!("renewed"),
///     state => println!("{state:?}: {}", operation.message),
/// }
/// client.close().await
/// # }
/// ```
pub type Client = SoapClient<Netim, Async>;

/// A call of the client: `Async` or `Blocking`.
pub type Call<'c, C, F> = crate::soap::Call<'c, C, Netim, F>;

/// The client that blocks the thread.
pub mod blocking {
    use super::{Blocking, Netim, SoapClient};

    /// The client that blocks the thread.
    ///
    /// ```no_run
    /// # fn run() -> bindwire_client::Result<()> {
    /// use bindwire_netim::domain::DomainInfo;
    ///
    /// let client = bindwire_client::netim::blocking::Client::from_env()?;
    /// let domain = client.send(DomainInfo::new("example.com"))?;
    /// client.close()
    /// # }
    /// ```
    pub type Client = SoapClient<Netim, Blocking>;
}

/// The Netim SOAP API 2.0, as a client speaks it.
pub struct Netim {
    engine: Engine,
    settings: Settings,
}

/// What only this API's client can be set to.
#[derive(Debug, Clone)]
pub struct Settings {
    language: Language,
    asynchronous: bool,
    positional: bool,
    idle_limit: Duration,
}

/// After how long without a request the session is asked after before something is changed. For how long it lasts is not known; a
/// client in the field uses one for twenty minutes (facts/netim.md, "B3. Session / operation semantics").
const IDLE_LIMIT: Duration = Duration::from_secs(300);

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::En, asynchronous: false, positional: false, idle_limit: IDLE_LIMIT }
    }
}

impl<F> Builder<SoapClient<Netim, F>, F> {
    /// The language of the server's texts; English by default.
    pub fn language(mut self, language: Language) -> Self {
        self.settings.language = language;
        self
    }

    /// Returns each session to the asynchronous mode of version 1, by `sessionSetPreference`: operations are put on hold, and answers
    /// hold no more than their ids.
    pub fn asynchronous(mut self, asynchronous: bool) -> Self {
        self.settings.asynchronous = asynchronous;
        self
    }

    /// Sends arguments by their position, as `<Item>`, in place of their names. Of the names only some are attested
    /// (facts/netim.md, "B2. Wire"); of the order all are. A request must then have all of its arguments.
    pub fn positional(mut self, positional: bool) -> Self {
        self.settings.positional = positional;
        self
    }

    /// After how long without a request the session is asked after before something is changed; five minutes by default.
    pub fn idle_limit(mut self, idle_limit: Duration) -> Self {
        self.settings.idle_limit = idle_limit;
        self
    }
}

impl<F> SoapClient<Netim, F> {
    /// Sets a client up for a reseller.
    pub fn builder(reseller: impl Into<SecretString>, password: impl Into<SecretString>) -> Builder<Self, F> {
        Builder::new(vec![reseller.into(), password.into()])
    }
}

impl SoapClient<Netim, Async> {
    /// Sends a command that makes an operation, and gives what became of it: whether it is done, pending, failed or cancelled is a
    /// value here, not an error.
    ///
    /// # Errors
    /// As [`Self::send`], when there is no answer or it is a fault.
    pub async fn operate<C>(&self, command: C) -> Result<Operation>
    where
        C: Command + Send + Sync,
        C::Reply: AsRef<StructOperationResponse> + Send,
    {
        Ok(Operation::of(&self.call(command).send_reply().await?))
    }

    /// Asks after an operation until it is no longer pending, at most for so long: what is still pending then is given as such.
    ///
    /// # Errors
    /// As [`Self::send`]; nothing can be said then of what became of the operation.
    pub async fn wait(&self, operation: &Operation, at_most: Duration) -> Result<Operation> {
        operation::wait(&self.service, operation, at_most).await
    }

    /// Finds out what became of a function whose answer was lost, by asking what the spec names for it.
    ///
    /// # Errors
    /// When `error` has nothing lost, when nothing tells what became of the function, and when asking fails.
    pub async fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        reconcile::reconcile(&self.service, error.lost().ok_or_else(|| error.nothing_lost())?).await
    }
}

impl SoapClient<Netim, Blocking> {
    /// Sends a command that makes an operation, and gives what became of it: whether it is done, pending, failed or cancelled is a
    /// value here, not an error.
    ///
    /// # Errors
    /// As [`Self::send`], when there is no answer or it is a fault.
    pub fn operate<C>(&self, command: C) -> Result<Operation>
    where
        C: Command + Send + Sync,
        C::Reply: AsRef<StructOperationResponse> + Send,
    {
        Ok(Operation::of(&self.call(command).send_reply()?))
    }

    /// Asks after an operation until it is no longer pending, at most for so long: what is still pending then is given as such.
    ///
    /// # Errors
    /// As [`Self::send`]; nothing can be said then of what became of the operation.
    pub fn wait(&self, operation: &Operation, at_most: Duration) -> Result<Operation> {
        block_on(operation::wait(&self.service, operation, at_most))
    }

    /// Finds out what became of a function whose answer was lost, by asking what the spec names for it.
    ///
    /// # Errors
    /// When `error` has nothing lost, when nothing tells what became of the function, and when asking fails.
    pub fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        block_on(reconcile::reconcile(&self.service, error.lost().ok_or_else(|| error.nothing_lost())?))
    }
}

impl SoapApi for Netim {
    const API: &'static ApiInfo = &API_INFO;

    type Settings = Settings;

    type CallSettings = ();
}

impl Service for Netim {
    fn of(mut engine: Engine, settings: Settings) -> Self {
        engine.soap.positional = settings.positional;
        // Language and mode are set for a session as a whole.
        engine.session = engine.account.session(&format!("{:?} {}", settings.language, settings.asynchronous));
        Self { engine, settings }
    }

    fn engine(&self) -> &Engine {
        &self.engine
    }

    async fn send<C>(&self, mut outgoing: Outgoing, (): ()) -> Result<Reply<'static, C::Reply>>
    where
        C: Command,
        C::Reply: Send,
    {
        run_for_reply::<C>(&self.engine, &Ids(&self.settings), &mut outgoing).await
    }

    async fn keep_alive(&self) -> Result<()> {
        keep_alive(&self.engine, &Ids(&self.settings), CallOptions::default()).await
    }

    async fn close(&self) -> Result<()> {
        close(&self.engine, &Ids(&self.settings), CallOptions::default()).await
    }
}
