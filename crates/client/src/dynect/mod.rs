//! DynECT: the client that is awaited, and the one that blocks.
//!
//! One request at a time is under way in a session, and the job that it made belongs to it: a call holds the account until its job
//! is done.

mod job;
mod session;

use crate::engine::{CallOptions, Engine, Outgoing};
use crate::error::Subject;
use crate::face::{Async, Blocking, block_on};
use crate::gate::Place;
use crate::soap::{Service, SoapApi, SoapClient, close, keep_alive, run_for_reply};
use crate::{Builder, Result};
use bindwire_dynect::registry::API_INFO;
use bindwire_dynect::session::{SessionKeepAlive, SessionLogout};
use bindwire_wire::{ApiInfo, Command, Effect, Reply};
use job::Job;
use secrecy::SecretString;
use session::Tokens;
use std::time::{Duration, Instant};

/// The client that is awaited.
///
/// A call waits until its job is done. When that is not so by the deadline, [`crate::Error::job`] has the job's id, for
/// [`Client::resume`].
///
/// ```no_run
/// # async fn run() -> bindwire_client::Result<()> {
/// use bindwire_dynect::zone::GetZones;
///
/// let client = bindwire_client::dynect::Client::from_env()?;
/// for zone in client.send(GetZones::new()).await?.data {
///     println!("{} {:?}", zone.zone, zone.serial);
/// }
/// client.close().await
/// # }
/// ```
pub type Client = SoapClient<Dynect, Async>;

/// A call of the client: `Async` or `Blocking`.
pub type Call<'c, C, F> = crate::soap::Call<'c, C, Dynect, F>;

/// The client that blocks the thread.
pub mod blocking {
    use super::{Blocking, Dynect, SoapClient};

    /// The client that blocks the thread.
    ///
    /// ```no_run
    /// # fn run() -> bindwire_client::Result<()> {
    /// use bindwire_dynect::zone::GetZones;
    ///
    /// let client = bindwire_client::dynect::blocking::Client::from_env()?;
    /// let zones = client.send(GetZones::new())?.data;
    /// client.close()
    /// # }
    /// ```
    pub type Client = SoapClient<Dynect, Blocking>;
}

/// The DynECT SOAP API, as a client speaks it.
pub struct Dynect {
    engine: Engine,
    settings: Settings,
}

/// What only this API's client can be set to.
#[derive(Debug, Clone)]
pub struct Settings {
    fault_incompat: bool,
    version_argument: bool,
    version: String,
    job_deadline: Duration,
    idle_limit: Duration,
}

/// The lock that a call holds until its job is done: the service begins no other request before.
const REQUEST: &str = "request";

/// For how long a job is waited for unless the caller says otherwise.
const JOB_DEADLINE: Duration = Duration::from_secs(300);

/// After how long without a request the session is asked after before something is changed.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

/// For how long the service blocks an account that has asked too often (facts/dynect.md, "A3. Session, jobs, errors, limits").
const BLOCKED_FOR: Duration = Duration::from_secs(60);

impl Default for Settings {
    fn default() -> Self {
        Self {
            fault_incompat: false,
            version_argument: false,
            version: String::new(),
            job_deadline: JOB_DEADLINE,
            idle_limit: IDLE_LIMIT,
        }
    }
}

impl<F> Builder<SoapClient<Dynect, F>, F> {
    /// The version of the API to speak, as `3.7.11`; the one of the spec by default. It goes into the namespace of each request. One
    /// that the service does not know is refused with the code `INVALID_VERSION`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.settings.version = version.into();
        self
    }

    /// Says the version in the argument `version` too, as the documentation has it (dynect-soap-overview.txt, line 69), though no
    /// known schema holds it.
    pub fn version_argument(mut self, version_argument: bool) -> Self {
        self.settings.version_argument = version_argument;
        self
    }

    /// Has failures answered as ordinary responses in place of faults. What a caller sees of them is the same.
    pub fn fault_incompat(mut self, fault_incompat: bool) -> Self {
        self.settings.fault_incompat = fault_incompat;
        self
    }

    /// For how long a job is waited for, where neither client nor call have a deadline; 5 minutes by default.
    pub fn job_deadline(mut self, job_deadline: Duration) -> Self {
        self.settings.job_deadline = job_deadline;
        self
    }

    /// After how long without a request the session is asked after before something is changed; a minute by default.
    pub fn idle_limit(mut self, idle_limit: Duration) -> Self {
        self.settings.idle_limit = idle_limit;
        self
    }
}

impl<F> SoapClient<Dynect, F> {
    /// Sets a client up for a user of a customer.
    pub fn builder(
        customer: impl Into<SecretString>,
        user: impl Into<SecretString>,
        password: impl Into<SecretString>,
    ) -> Builder<Self, F> {
        Builder::new(vec![customer.into(), user.into(), password.into()])
    }

    /// The address of the description of a version of the API, as `3.7.16`, or of the latest one: `current`.
    pub fn wsdl(version: &str) -> String {
        API_INFO.soap.and_then(|soap| soap.wsdl(version)).unwrap_or_default()
    }
}

impl SoapClient<Dynect, Async> {
    /// Goes on waiting for a job of a command of the type `C`. Jobs belong to the session in which they were made.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn resume<C>(&self, job: &str) -> Result<C::Reply>
    where
        C: Command,
        C::Reply: Send,
    {
        self.service.resume::<C>(job).await
    }
}

impl SoapClient<Dynect, Blocking> {
    /// Goes on waiting for a job of a command of the type `C`. Jobs belong to the session in which they were made.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn resume<C>(&self, job: &str) -> Result<C::Reply>
    where
        C: Command,
        C::Reply: Send,
    {
        block_on(self.service.resume::<C>(job))
    }
}

impl Dynect {
    /// One request at a time.
    async fn turn(&self, subject: &Subject, deadline: Option<Instant>) -> Result<Place> {
        let lock = self.engine.account.lock(REQUEST);
        self.engine.in_time(subject, deadline, lock.enter()).await
    }

    /// Says the version in the argument, where that is wanted.
    fn say_version(&self, outgoing: &mut Outgoing) {
        if self.settings.version_argument {
            let own = API_INFO.soap.map_or("", |soap| soap.version);
            let set = Some(&*self.settings.version).filter(|version| !version.is_empty());
            let said = outgoing.soap.version.as_deref().or(set).unwrap_or(own).to_owned();
            outgoing.soap.plain.push(("version", said));
        }
    }

    fn tokens(&self) -> Tokens {
        Tokens { idle_limit: self.settings.idle_limit }
    }

    async fn resume<C>(&self, id: &str) -> Result<C::Reply>
    where
        C: Command,
        C::Reply: Send,
    {
        let job = Job::resumed::<C>(self, id);
        let _turn = self.turn(&job.subject, job.deadline).await?;
        let reply = job.resume::<C>().await?;
        Ok(reply.value.unwrap_or_default())
    }
}

impl SoapApi for Dynect {
    const API: &'static ApiInfo = &API_INFO;

    type Settings = Settings;

    type CallSettings = ();
}

impl Service for Dynect {
    fn of(mut engine: Engine, settings: Settings) -> Self {
        settings.version.clone_into(&mut engine.soap.version);
        engine.soap.blocked_for = Some(BLOCKED_FOR);
        if settings.fault_incompat {
            engine.soap.common.push(("fault_incompat", "1".to_owned()));
        }
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
        self.say_version(&mut outgoing);
        let _turn = self.turn(&outgoing.subject, outgoing.options.deadline).await?;
        let sent_at = self.engine.timer.timestamp();
        let reply = run_for_reply::<C>(&self.engine, &self.tokens(), &mut outgoing).await?;
        if !reply.pending {
            return Ok(reply);
        }
        let id = reply.head.job.clone().filter(|id| !id.is_empty());
        let is_named = id.is_some();
        let job = Job::of(self, id.unwrap_or_default(), outgoing, sent_at);
        if is_named { job.finish::<C>().await } else { Err(job.nameless(&reply.body)) }
    }

    async fn keep_alive(&self) -> Result<()> {
        let options = CallOptions { deadline: self.engine.deadline_from_now(), ..CallOptions::default() };
        let subject = Subject::new(SessionKeepAlive::INFO, SessionKeepAlive::INFO.name, Effect::Read);
        let _turn = self.turn(&subject, options.deadline).await?;
        keep_alive(&self.engine, &self.tokens(), options).await
    }

    async fn close(&self) -> Result<()> {
        let options = CallOptions { deadline: self.engine.deadline_from_now(), ..CallOptions::default() };
        let subject = Subject::new(SessionLogout::INFO, SessionLogout::INFO.name, Effect::Read);
        let _turn = self.turn(&subject, options.deadline).await?;
        close(&self.engine, &self.tokens(), options).await
    }
}
