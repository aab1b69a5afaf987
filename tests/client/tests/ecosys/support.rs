//! A client in front of the stand-in, and what is set for it.

use bindwire_client::ecosys::{self, Call, Outcomes};
use bindwire_client::{AuditLog, Builder, Limits, Result, RetryPolicy, SoapClient};
use bindwire_client_tests::{Ecosys, Leap, Set, Via, Wire};
use bindwire_ecosys::types::{LogDebug, LogLevel, SampleObject, SampleObjectKey};
use bindwire_loopback::ecosys::{Ecosys as Service, PATH};
use bindwire_loopback::{Answer, Request, Server};
use bindwire_wire::Command;
use std::sync::Arc;
use std::time::Duration;

/// The password of the user: every character of it must be written in another way.
pub const PASSWORD: &str = "pass & <word>";

/// What is set for a client.
pub struct Settings {
    pub origin: String,
    pub http_basic: bool,
    pub keep_session: bool,
    pub include_meta_data: Option<bool>,
    /// Level, title and debug.
    pub log: Option<(LogLevel, &'static str, LogDebug)>,
    pub timeout: Duration,
    pub retry: RetryPolicy,
    pub audit: Option<Box<dyn AuditLog>>,
}

impl Settings {
    /// For a server at that origin, without limits.
    pub fn of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            http_basic: false,
            keep_session: false,
            include_meta_data: None,
            log: None,
            timeout: Duration::from_secs(20),
            retry: RetryPolicy::default(),
            audit: None,
        }
    }
}

impl Set<Ecosys> for Settings {
    fn set<F>(self, builder: Builder<SoapClient<ecosys::Ecosys, F>, F>) -> Builder<SoapClient<ecosys::Ecosys, F>, F> {
        let mut builder = builder
            .address(format!("{}{PATH}", self.origin))
            .limits(Limits::new(1, 0))
            .http_basic(self.http_basic)
            .keep_session(self.keep_session)
            .timeout(self.timeout)
            .retry(self.retry);
        if let Some(include) = self.include_meta_data {
            builder = builder.include_meta_data(include);
        }
        if let Some((level, title, debug)) = self.log {
            builder = builder.log_level(level).log_title(title).log_debug(debug);
        }
        match self.audit {
            Some(log) => builder.audit(log),
            None => builder,
        }
    }
}

/// The stand-in behind a server, and time that passes by being slept away.
pub struct Setup {
    pub service: Arc<Service>,
    pub server: Server,
}

impl Setup {
    /// With a server that answers for the stand-in.
    pub fn new() -> Self {
        Self::with(|service, request| Answer::Reply(service.answer(request)))
    }

    /// With a server of the test's own.
    pub fn with(answer: impl Fn(&Service, &Request) -> Answer + Send + Sync + 'static) -> Self {
        let service = Arc::new(Service::new(PASSWORD));
        let behind = service.clone();
        let server = Server::start(move |request| answer(&behind, request));
        Self { service, server }
    }

    /// The settings of a client of it.
    pub fn settings(&self) -> Settings {
        Settings::of(&self.server.origin())
    }

    /// A client of it.
    pub fn client(&self, wire: Wire) -> Via<Ecosys> {
        self.client_with(wire, self.settings())
    }

    /// A client of it that keeps its session.
    pub fn keeping(&self, wire: Wire) -> Via<Ecosys> {
        self.client_with(wire, Settings { keep_session: true, ..self.settings() })
    }

    /// A client with settings.
    pub fn client_with(&self, wire: Wire, settings: Settings) -> Via<Ecosys> {
        Via::new(wire, PASSWORD, leap(), settings)
    }

    /// A client with another password and settings.
    pub fn stranger(&self, wire: Wire, settings: Settings) -> Via<Ecosys> {
        Via::new(wire, "wrong", leap(), settings)
    }
}

/// Time that passes by being slept away.
pub fn leap() -> Leap {
    Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"))
}

/// A record.
pub fn record(key: &str, name: &str) -> SampleObject {
    SampleObject { cost_object_id: key.into(), cost_object_name: name.into() }
}

/// A key.
pub fn key(key: &str) -> SampleObjectKey {
    SampleObjectKey { cost_object_id: key.into() }
}

/// Sends a command that writes records.
pub fn write<C>(client: &Via<Ecosys>, command: C) -> Result<Outcomes>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    match client {
        Via::Awaited(client, runtime) => runtime.block_on(client.write(command)),
        Via::Blocks(client) => client.write(command),
    }
}

/// Sets a call of either face.
pub trait SetCall<C: Command> {
    /// Sets it.
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F>;
}

/// Sends a command with what is set for the call.
pub fn call<C>(client: &Via<Ecosys>, command: C, set: impl SetCall<C>) -> Result<C::Reply>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    match client {
        Via::Awaited(client, runtime) => runtime.block_on(set.set(client.call(command)).send()),
        Via::Blocks(client) => set.set(client.call(command)).send(),
    }
}

/// Closes the session.
pub fn close(client: &Via<Ecosys>) -> Result<()> {
    client.either(|client| async move { client.close().await }, |client| client.close())
}
