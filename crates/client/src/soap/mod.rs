//! What the clients of APIs that speak SOAP have in common: sessions, calls, and the two faces.

mod call;
mod carried;
#[allow(dead_code, reason = "of the APIs, each of which is a feature, only some have sessions with a token")]
mod session;

pub use call::Call;
pub(crate) use carried::Carried;
#[allow(unused_imports, reason = "of the APIs, each of which is a feature, only some have sessions with a token")]
pub(crate) use session::{About, Session, Sessions, ask, close, keep_alive, open_by, run_for_reply};

use crate::builder::{Build, BuiltEngine};
use crate::engine::{Engine, Outgoing};
use crate::face::{Async, Blocking, block_on};
use crate::{Builder, Error, Result};
use bindwire_wire::{ApiInfo, Command, Reply};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// An API that speaks SOAP, and what only its client can be set to.
pub trait SoapApi {
    /// The API.
    #[doc(hidden)]
    const API: &'static ApiInfo;

    /// What only its client can be set to.
    #[doc(hidden)]
    type Settings: Default;

    /// What only calls of it can be set to.
    #[doc(hidden)]
    type CallSettings: Default + Send;
}

/// An API that speaks SOAP, as far as its calls differ from those of others.
pub(crate) trait Service: SoapApi + Sized + Send + Sync + 'static {
    fn of(engine: Engine, settings: Self::Settings) -> Self;

    fn engine(&self) -> &Engine;

    /// Sends what was put together of a command of the type `C`, and sees it through to its end; `own` is what the call is set to.
    fn send<C>(
        &self,
        outgoing: Outgoing,
        own: Self::CallSettings,
    ) -> impl Future<Output = Result<Reply<'static, C::Reply>>> + Send
    where
        C: Command,
        C::Reply: Send;

    /// Tells the service that the session is still wanted, where one is open.
    fn keep_alive(&self) -> impl Future<Output = Result<()>> + Send;

    /// Closes the session, where one is open.
    fn close(&self) -> impl Future<Output = Result<()>> + Send;
}

/// A client of an API that speaks SOAP, by its API and its face: [`Async`] is awaited, [`Blocking`] blocks.
///
/// The session is the client's own business: it is opened with the first call, shared by all clients of the same account in the
/// process, and opened anew when it has ended. Cloning is cheap, and clones share everything.
pub struct SoapClient<S, F> {
    pub(crate) service: Arc<S>,
    face: PhantomData<fn() -> F>,
}

impl<S, F> Clone for SoapClient<S, F> {
    fn clone(&self) -> Self {
        Self { service: self.service.clone(), face: PhantomData }
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<S: Service, F> fmt::Debug for SoapClient<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoapClient").field("endpoint", &self.service.engine().endpoint).finish_non_exhaustive()
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<S: Service, F> Build for SoapClient<S, F> {
    const API: &'static ApiInfo = S::API;

    type Settings = S::Settings;

    fn of(BuiltEngine(engine): BuiltEngine, settings: Self::Settings) -> Self {
        Self { service: Arc::new(S::of(engine, settings)), face: PhantomData }
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<S: Service, F> SoapClient<S, F> {
    /// Sets a client up by the environment: the credentials from the variables that the API's documentation names; `<API>_TIER`,
    /// `<API>_MAX_CONCURRENT` and `<API>_MAX_PER_MINUTE` as [`crate::Limits::from_env`] reads them; `<API>_ORIGIN` as
    /// [`Builder::origin`] takes it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when a credential is missing, or a variable cannot be taken.
    pub fn builder_from_env() -> Result<Builder<Self, F>> {
        Builder::from_env()
    }

    /// A call of `command`, for which version, timeout, deadline and more can be set before it is sent.
    pub fn call<C: Command>(&self, command: C) -> Call<'_, C, S, F> {
        Call::new(&self.service, command)
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<S: Service> SoapClient<S, Async> {
    /// By the environment; see [`Self::builder_from_env`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when a credential is missing, a variable cannot be taken, or TLS cannot be set up.
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

    /// Sends a command and gives the whole reply: its messages, notes and raw body too.
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

    /// Tells the service that the session is still wanted, which it ends when it is idle. Without an open session nothing is sent.
    ///
    /// # Errors
    /// As [`Self::send`]; the session is forgotten when the service does not know it any more.
    pub async fn keep_alive(&self) -> Result<()> {
        self.service.keep_alive().await
    }

    /// Keeps the session alive every so often for as long as the future is polled; to be run beside everything else.
    ///
    /// It ends with what kept it from doing so; the next call opens a session anew.
    pub async fn stay_alive(&self, every: Duration) -> Error {
        loop {
            self.service.engine().timer.sleep(every).await;
            if let Err(error) = self.keep_alive().await {
                return error;
            }
        }
    }

    /// Closes the session. The next call opens one anew. Without an open session nothing is sent.
    ///
    /// # Errors
    /// As [`Self::send`]; the session is forgotten in any case.
    pub async fn close(&self) -> Result<()> {
        self.service.close().await
    }
}

#[allow(private_bounds, reason = "the APIs are those of this crate")]
impl<S: Service> SoapClient<S, Blocking> {
    /// By the environment; see [`Self::builder_from_env`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when a credential is missing, a variable cannot be taken, or TLS cannot be set up.
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

    /// Sends a command and gives the whole reply: its messages, notes and raw body too.
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

    /// Tells the service that the session is still wanted, which it ends when it is idle. Without an open session nothing is sent.
    ///
    /// # Errors
    /// As [`Self::send`]; the session is forgotten when the service does not know it any more.
    pub fn keep_alive(&self) -> Result<()> {
        block_on(self.service.keep_alive())
    }

    /// Closes the session. The next call opens one anew. Without an open session nothing is sent.
    ///
    /// # Errors
    /// As [`Self::send`]; the session is forgotten in any case.
    pub fn close(&self) -> Result<()> {
        block_on(self.service.close())
    }
}
