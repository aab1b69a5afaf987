//! Sets a client up.

use crate::engine::Engine;
use crate::error::{Error, Failure, Problem, Subject};
use crate::exchange::{Budget, RetryPolicy};
use crate::face::{Async, Blocking, ThreadTimer};
use crate::gate::{Gate, Limits, account};
use crate::secrets::Secrets;
use crate::transport::{AtOnce, BlockingTransport, Transport};
use crate::{AuditLog, Result, Timer};
use bindwire_wire::{ApiInfo, Credential};
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// A client that can be built.
pub trait Build {
    /// Its API.
    #[doc(hidden)]
    const API: &'static ApiInfo;

    /// What only clients of this API can be set to.
    #[doc(hidden)]
    type Settings: Default;

    /// From its settings.
    #[doc(hidden)]
    fn of(engine: BuiltEngine, settings: Self::Settings) -> Self;
}

/// The settings of a client, checked.
#[doc(hidden)]
pub struct BuiltEngine(pub(crate) Engine);

/// Sets a client of the type `C` up; `F` is its face.
#[must_use]
pub struct Builder<C: Build, F> {
    credentials: Vec<SecretString>,
    pub(crate) settings: C::Settings,
    endpoint: Endpoint,
    limits: Option<Limits>,
    gate: Option<Arc<dyn Gate>>,
    transport: Option<Arc<dyn Transport>>,
    timer: Option<Arc<dyn Timer>>,
    retry: RetryPolicy,
    timeout: Duration,
    deadline: Option<Duration>,
    strict: bool,
    max_body: usize,
    audit: Option<Arc<dyn AuditLog>>,
    client: PhantomData<fn() -> (C, F)>,
}

/// Where the API is.
enum Endpoint {
    /// The address of that name in the spec.
    Named(&'static str),
    /// Scheme, host and port in place of those of the live address.
    Origin(String),
    /// A whole one, where each customer has its own.
    #[cfg(feature = "ecosys")]
    Address(String),
}

/// How long an attempt may take unless the caller says otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How large an answer may be unless the caller says otherwise.
const MAX_BODY: usize = 256 << 20;

impl<C: Build, F> fmt::Debug for Builder<C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("timeout", &self.timeout).field("retry", &self.retry).finish_non_exhaustive()
    }
}

impl<C: Build, F> Builder<C, F> {
    /// With the credentials in the order of the spec.
    pub(crate) fn new(credentials: Vec<SecretString>) -> Self {
        Self {
            credentials,
            settings: C::Settings::default(),
            endpoint: Endpoint::Named("live"),
            limits: None,
            gate: None,
            transport: None,
            timer: None,
            retry: RetryPolicy::default(),
            timeout: TIMEOUT,
            deadline: None,
            strict: false,
            max_body: MAX_BODY,
            audit: None,
            client: PhantomData,
        }
    }

    /// With what the environment says: the credentials from the variables that the spec names, the limits as
    /// [`Limits::from_env`], and `<API>_ORIGIN` as [`Self::origin`].
    pub(crate) fn from_env() -> Result<Self> {
        let api = C::API;
        let failed = |what: String| failed(api, Problem(what));
        let read = |credential: &Credential| {
            let (env, name) = (credential.env, credential.name);
            let missing = |_| failed(format!("environment variable {env} holds no {name}; set it"));
            std::env::var(env).map(SecretString::from).map_err(missing)
        };
        let credentials = api.credentials.iter().map(read).collect::<Result<Vec<_>>>()?;
        let limits = Limits::from_env(api).map_err(|error| failed(error.to_string()))?;
        let builder = Self::new(credentials).limits(limits);
        #[cfg(feature = "ecosys")]
        if api.endpoints.is_empty() {
            let env = format!("{}_ADDRESS", api.name.to_uppercase());
            let missing = |_| failed(format!("environment variable {env} holds no address; set it"));
            return Ok(builder.at_address(std::env::var(&env).map_err(missing)?));
        }
        Ok(match std::env::var(format!("{}_ORIGIN", api.name.to_uppercase())) {
            Ok(origin) => builder.origin(origin),
            Err(_) => builder,
        })
    }

    /// Asks a whole address, where each customer has its own.
    #[cfg(feature = "ecosys")]
    pub(crate) fn at_address(mut self, address: String) -> Self {
        self.endpoint = Endpoint::Address(address);
        self
    }

    /// Asks the API's sandbox, which has keys of its own and knows only some commands.
    pub fn sandbox(mut self) -> Self {
        self.endpoint = Endpoint::Named("sandbox");
        self
    }

    /// Asks another host: scheme, host and port, as `http://127.0.0.1:8080`. Only loopback may do without HTTPS.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.endpoint = Endpoint::Origin(origin.into());
        self
    }

    /// The limits of the account; those of the API's strictest tier by default. All clients of one key in this process pass one
    /// gate, whose limits are those of the client that was built first.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// A gate of one's own, such as one that spans processes, in place of the account's.
    pub fn gate(mut self, gate: impl Gate + 'static) -> Self {
        self.gate = Some(Arc::new(gate));
        self
    }

    /// What the client waits by.
    pub fn timer(mut self, timer: impl Timer + 'static) -> Self {
        self.timer = Some(Arc::new(timer));
        self
    }

    /// How calls are repeated.
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.retry = retry;
        self
    }

    /// How long an attempt may take, connecting included; 60 seconds by default. Waiting at the gate does not count.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call may take with all its attempts and waits; without end by default.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Makes every deviation of an answer from its documented shape an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// How many bytes an answer may have; 256 MiB by default.
    pub fn max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }

    /// Writes what changes something to an audit log, before and after.
    pub fn audit(mut self, log: impl AuditLog + 'static) -> Self {
        self.audit = Some(Arc::new(log));
        self
    }

    fn finish(self, transport: Arc<dyn Transport>, timer: Arc<dyn Timer>) -> std::result::Result<C, Problem> {
        let mut named = C::API.credentials.iter().zip(&self.credentials);
        if let Some((known, _)) = named.find(|(_, credential)| credential.expose_secret().trim().is_empty()) {
            return Err(Problem(format!("the {} is empty", known.name)));
        }
        let endpoint = self.endpoint.address(C::API)?;
        let limits = self.limits.unwrap_or_else(|| Limits::strictest(C::API));
        let account = account(&endpoint, &self.credentials, limits);
        let engine = BuiltEngine(Engine {
            api: C::API,
            gate: self.gate.unwrap_or_else(|| account.gate()),
            endpoint,
            secrets: Secrets::of(
                self.credentials
                    .iter()
                    .zip(C::API.credentials)
                    .filter_map(|(value, known)| known.secret.then_some(value)),
            ),
            credentials: self.credentials,
            transport,
            timer,
            #[cfg(feature = "soap")]
            session: account.session(""),
            account,
            #[cfg(feature = "dynadot")]
            limits,
            retry: self.retry,
            budget: Arc::new(Budget::new(self.retry.budget)),
            timeout: self.timeout,
            deadline: self.deadline,
            strict: self.strict,
            max_body: self.max_body,
            audit: self.audit,
            #[cfg(feature = "soap")]
            soap: crate::engine::SoapSettings::default(),
        });
        Ok(C::of(engine, self.settings))
    }
}

impl<C: Build, F: Face> Builder<C, F> {
    /// The client.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setup`] when a credential is empty, the address is not HTTPS, or TLS cannot be set up.
    pub fn build(mut self) -> Result<C> {
        let setup = || {
            let transport = match self.transport.take() {
                Some(transport) => transport,
                None => {
                    let address = self.endpoint.reachable_address(C::API)?;
                    F::transport(is_direct(&address))?
                }
            };
            let timer = match self.timer.take() {
                Some(timer) => timer,
                None => F::timer()?,
            };
            self.finish(transport, timer)
        };
        setup().map_err(|problem| failed(C::API, problem))
    }
}

impl<C: Build> Builder<C, Async> {
    /// Sends over a transport of one's own.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

impl<C: Build> Builder<C, Blocking> {
    /// Sends over a transport of one's own.
    pub fn transport(mut self, transport: impl BlockingTransport + 'static) -> Self {
        self.transport = Some(Arc::new(AtOnce(transport)));
        self
    }
}

/// A face of a client: what it sends over and waits by unless the caller says otherwise.
pub trait Face {
    /// The transport; `direct` without proxies.
    #[doc(hidden)]
    fn transport(direct: bool) -> std::result::Result<Arc<dyn Transport>, Problem>;

    /// The timer.
    #[doc(hidden)]
    fn timer() -> std::result::Result<Arc<dyn Timer>, Problem>;

    /// How many requests of a list it makes at a time, where the account may have so many under way: who blocks can do nothing
    /// beside the one that is waited for.
    #[doc(hidden)]
    fn at_once(allowed: u32) -> usize {
        allowed as usize
    }
}

#[cfg(feature = "reqwest")]
impl Face for Async {
    fn transport(direct: bool) -> std::result::Result<Arc<dyn Transport>, Problem> {
        Ok(Arc::new(crate::transport::Reqwest::new(direct)?))
    }

    fn timer() -> std::result::Result<Arc<dyn Timer>, Problem> {
        Ok(Arc::new(crate::TokioTimer))
    }
}

#[cfg(not(feature = "reqwest"))]
impl Face for Async {
    fn transport(_: bool) -> std::result::Result<Arc<dyn Transport>, Problem> {
        Err(Problem::new("there is no transport: turn on the feature `client`, or give one to the builder"))
    }

    fn timer() -> std::result::Result<Arc<dyn Timer>, Problem> {
        Err(Problem::new("there is no timer: turn on the feature `client`, or give one to the builder"))
    }
}

impl Face for Blocking {
    #[cfg(feature = "ureq")]
    fn transport(direct: bool) -> std::result::Result<Arc<dyn Transport>, Problem> {
        Ok(Arc::new(AtOnce(crate::transport::Ureq::new(direct)?)))
    }

    #[cfg(not(feature = "ureq"))]
    fn transport(_: bool) -> std::result::Result<Arc<dyn Transport>, Problem> {
        Err(Problem::new("there is no transport: turn on the feature `blocking`, or give one to the builder"))
    }

    fn timer() -> std::result::Result<Arc<dyn Timer>, Problem> {
        Ok(Arc::new(ThreadTimer))
    }

    fn at_once(_: u32) -> usize {
        1
    }
}

fn failed(api: &'static ApiInfo, problem: Problem) -> Error {
    Error::new(Subject::client(api), Failure::from(problem), 0, None)
}

impl Endpoint {
    /// The address, for the transports that come with the client: HTTPS needs TLS.
    fn reachable_address(&self, api: &ApiInfo) -> std::result::Result<String, Problem> {
        let address = self.address(api)?;
        if cfg!(feature = "tls") || !address.to_ascii_lowercase().starts_with("https") {
            return Ok(address);
        }
        Err(Problem::new(
            "HTTPS needs a TLS provider: turn on the feature `ring` or `aws-lc`, or give a transport to the builder",
        ))
    }

    /// The address, HTTPS unless it is this machine's own.
    fn address(&self, api: &ApiInfo) -> std::result::Result<String, Problem> {
        #[cfg(feature = "ecosys")]
        if let Self::Address(address) = self {
            return whole_address(address);
        }
        if api.endpoints.is_empty() {
            return Err(Problem::new(format!("{} has no address of its own; give that of the server", api.title)));
        }
        let name = if let Self::Named(name) = self { name } else { "live" };
        let known =
            api.endpoint(name).ok_or_else(|| Problem::new(format!("{} has no address called `{name}`", api.title)))?;
        let Self::Origin(origin) = self else { return Ok(known.to_owned()) };
        let wrong = |why: &str| {
            // What was given is not repeated whole: it may hold a password.
            Problem::new(format!("the origin {why}; give scheme, host and port alone, as https://api.example"))
        };
        let (scheme, rest) = origin.split_once("://").ok_or_else(|| wrong("has no scheme"))?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if !is_authority(authority) {
            return Err(wrong("is not one"));
        }
        check_scheme(scheme, authority)?;
        let path =
            known.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or_default();
        Ok(format!("{scheme}://{authority}{path}"))
    }
}

/// A whole address that a customer has given: scheme, authority and path, `{api}` in it for the name of an API.
#[cfg(feature = "ecosys")]
fn whole_address(address: &str) -> std::result::Result<String, Problem> {
    // What was given is not repeated whole: it may hold a password.
    let wrong = |why: &str| {
        Problem::new(format!(
            "the address {why}; give scheme, host and path alone, as https://host/ecosys/api/soap/{{api}}"
        ))
    };
    let (scheme, rest) = address.split_once("://").ok_or_else(|| wrong("has no scheme"))?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    if !is_authority(authority) || !path.replace("{api}", "").bytes().all(is_path) {
        return Err(wrong("is not one"));
    }
    check_scheme(scheme, authority)?;
    Ok(address.to_owned())
}

fn is_authority(authority: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    !authority.is_empty() && authority.bytes().all(is_part)
}

/// Demands HTTPS, but of this machine itself.
fn check_scheme(scheme: &str, authority: &str) -> std::result::Result<(), Problem> {
    let is_https = scheme.eq_ignore_ascii_case("https");
    if is_https || scheme.eq_ignore_ascii_case("http") && is_loopback(authority) {
        return Ok(());
    }
    let what = format!("{scheme}://{authority} is not HTTPS, and the key would travel in the open");
    Err(Problem::new(format!("{what}; only loopback may do without")))
}

/// Whether an address is reached without a proxy: the way to this machine itself does not lead through another one.
fn is_direct(address: &str) -> bool {
    address.split('/').nth(2).is_some_and(is_loopback)
}

/// Whether the authority of a URL is this machine. Names other than `localhost` are not: anybody can point one here.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(all(test, feature = "dynadot"))]
mod tests {
    use super::*;
    use bindwire_dynadot::registry::API_INFO;

    fn address(origin: &str) -> std::result::Result<String, String> {
        Endpoint::Origin(origin.to_owned()).address(&API_INFO).map_err(|problem| problem.0)
    }

    #[test]
    fn an_origin_is_https_unless_it_is_loopback() {
        assert_eq!(address("https://proxy.example"), Ok("https://proxy.example/api3.{format}".to_owned()));
        for origin in ["http://127.0.0.1:8080", "http://[::1]:8080/", "http://localhost:1", "HTTP://127.9.9.9"] {
            assert!(address(origin).is_ok_and(|address| address.ends_with("/api3.{format}")), "{origin}");
        }
        for origin in
            ["http://api.dynadot.com", "http://localhost.example", "http://127.0.0.1.example", "ftp://127.0.0.1"]
        {
            let what = address(origin).unwrap_err();
            assert!(what.contains("is not HTTPS, and the key would travel in the open"), "{origin}: {what}");
        }
        for origin in
            ["", "api.dynadot.com", "https://", "https://user:pass@host", "https://host/path", "https://h?k=1"]
        {
            let what = address(origin).unwrap_err();
            assert!(what.starts_with("the origin "), "{origin}: {what}");
            assert!(!what.contains("pass"), "{what}");
        }
    }
}
