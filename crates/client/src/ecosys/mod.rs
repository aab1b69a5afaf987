//! EcoSys: the client that is awaited, and the one that blocks.
//!
//! The address is the customer's own. Commands come from bindings that the customer has generated of a description, from those of
//! the documentation's samples, or from [`DynamicObject`], which needs none. A write answers for each record on its own
//! ([`Outcomes`]): a record that failed is no error of the call.

mod basic;
mod cookies;
mod dynamic;
mod extras;
mod outcome;
mod results;
mod session;
mod settings;

pub use dynamic::{
    DynamicCreate, DynamicCreateOrUpdate, DynamicDelete, DynamicObject, DynamicRead, DynamicRecord, DynamicTrigger,
    DynamicUpdate, DynamicWrite,
};
pub use outcome::{Outcomes, RecordOutcome, RecordState, ResultNote, match_results};
pub use results::results_of;
pub use settings::{CallSettings, Settings};

use crate::call::reading;
use crate::engine::{Engine, Outgoing};
use crate::error::{ErrorKind, Failure};
use crate::face::{Async, Blocking, block_on};
use crate::gate::Queue;
use crate::soap::{Service, SoapApi, SoapClient};
use crate::{Builder, Error, Result};
use bindwire_ecosys::registry::API_INFO;
use bindwire_wire::{ApiInfo, Command, Reply};
use cookies::Jar;
use secrecy::SecretString;
use std::sync::Arc;

/// The client that is awaited.
///
/// ```no_run
/// # async fn run() -> bindwire_client::Result<()> {
/// use bindwire_client::ecosys::{Client, DynamicObject};
///
/// let client = Client::builder("https://ecosys.example/ecosys/api/soap/{api}", "user", "password")
///     .keep_session(true)
///     .build()?;
/// let object = DynamicObject::new("SampleObject");
/// let outcomes = client.write(object.delete([[("CostObjectID", "Project ABC")]])).await?;
/// for (index, record) in outcomes.failed() {
///     println!("record {index}: {:?}", record.messages);
/// }
/// # Ok(()) }
/// ```
pub type Client = SoapClient<Ecosys, Async>;

/// A call of the client: `Async` or `Blocking`.
pub type Call<'c, C, F> = crate::soap::Call<'c, C, Ecosys, F>;

/// The client that blocks the thread.
pub mod blocking {
    use super::{Blocking, Ecosys, SoapClient};

    /// The client that blocks the thread.
    ///
    /// ```no_run
    /// # fn run() -> bindwire_client::Result<()> {
    /// use bindwire_ecosys::sample_object::ReadSampleObject;
    ///
    /// let client = bindwire_client::ecosys::blocking::Client::from_env()?;
    /// for record in client.send(ReadSampleObject::new())?.records {
    ///     println!("{} {}", record.cost_object_id, record.cost_object_name);
    /// }
    /// # Ok(()) }
    /// ```
    pub type Client = SoapClient<Ecosys, Blocking>;
}

/// The EcoSys SOAP object API, as a client speaks it.
pub struct Ecosys {
    engine: Engine,
    settings: Settings,
    /// The cookies of the session that is kept.
    jar: Arc<Jar>,
    /// Whose turn it is to log in.
    turn: Arc<Queue>,
}

impl<F> SoapClient<Ecosys, F> {
    /// Sets a client up for the server at an address, with the credentials of a user.
    ///
    /// The address is a whole one, as the WSDL of the published API tells it; `{api}` in it stands for the name of the API that a
    /// request is for. Only loopback may do without HTTPS.
    pub fn builder(
        address: impl Into<String>,
        username: impl Into<SecretString>,
        password: impl Into<SecretString>,
    ) -> Builder<Self, F> {
        Builder::new(vec![username.into(), password.into()]).at_address(address.into())
    }
}

impl SoapClient<Ecosys, Async> {
    /// Sends a command that writes records, and gives what became of each.
    ///
    /// # Errors
    /// As [`Self::send`]. That some records, or all, were not written is no error.
    pub async fn write<C>(&self, command: C) -> Result<Outcomes>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).write().await
    }
}

impl SoapClient<Ecosys, Blocking> {
    /// Sends a command that writes records, and gives what became of each.
    ///
    /// # Errors
    /// As [`Self::send`]. That some records, or all, were not written is no error.
    pub fn write<C>(&self, command: C) -> Result<Outcomes>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        self.call(command).write()
    }
}

impl<C> Call<'_, C, Async>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command, which writes records, and gives what became of each.
    ///
    /// # Errors
    /// As [`Self::send`]. That some records, or all, were not written is no error.
    pub async fn write(self) -> Result<Outcomes> {
        let (service, outgoing, own) = self.prepared()?;
        written::<C>(service, outgoing, own).await
    }
}

impl<C> Call<'_, C, Blocking>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    /// Sends the command, which writes records, and gives what became of each.
    ///
    /// # Errors
    /// As [`Self::send`]. That some records, or all, were not written is no error.
    pub fn write(self) -> Result<Outcomes> {
        let (service, outgoing, own) = self.prepared()?;
        block_on(written::<C>(service, outgoing, own))
    }
}

/// Sends what was put together of a command of the type `C`, and gives what became of each record.
async fn written<C>(service: &Ecosys, outgoing: Outgoing, own: CallSettings) -> Result<Outcomes>
where
    C: Command,
    C::Reply: Send,
{
    if !session::is_write(&outgoing) {
        let what = "the command writes no records; use `send`";
        return Err(Error::new(outgoing.subject, Failure::new(ErrorKind::InvalidRequest, what), 0, None));
    }
    let records = outgoing.query.items();
    let reply = service.send::<C>(outgoing, own).await?;
    let results = reply.value.as_ref().map(|value| results_of(value)).unwrap_or_default();
    Ok(match_results(records, &results))
}

impl SoapApi for Ecosys {
    const API: &'static ApiInfo = &API_INFO;

    type Settings = Settings;

    type CallSettings = CallSettings;
}

impl Service for Ecosys {
    fn of(engine: Engine, settings: Settings) -> Self {
        Self { engine, settings, jar: Arc::default(), turn: Queue::new(1) }
    }

    fn engine(&self) -> &Engine {
        &self.engine
    }

    async fn send<C>(&self, mut outgoing: Outgoing, own: CallSettings) -> Result<Reply<'static, C::Reply>>
    where
        C: Command,
        C::Reply: Send,
    {
        let mut reply = None;
        session::run(self, &mut outgoing, &own, &mut reading::<C, _>(&mut reply, |reply| reply.into_owned())).await?;
        Ok(reply.expect("what was judged was read"))
    }

    /// Nothing: no request of this API does no more than that.
    async fn keep_alive(&self) -> Result<()> {
        Ok(())
    }

    /// Forgets the cookie. No request does no more than end a session, so that nothing is sent: the last call can end it itself
    /// ([`Call::logout`]), else the server ends it when it is idle.
    async fn close(&self) -> Result<()> {
        self.jar.close();
        Ok(())
    }
}
