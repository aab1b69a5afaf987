//! A client in front of the stand-in, and what is set for it.

use bindwire_client::netim::Operation;
use bindwire_client::{AuditLog, Builder, Limits, Result, RetryPolicy, SoapClient, netim};
use bindwire_client_tests::{Leap, Netim, Set, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::{Answer, Request, Server};
use bindwire_netim::types::{Language, StructOperationResponse};
use bindwire_wire::Command;
use std::sync::Arc;
use std::time::Duration;

/// The password of the reseller: every character of it must be written in another way.
pub const PASSWORD: &str = "pass & <word>";

/// What is set for a client.
pub struct Settings {
    pub origin: String,
    pub asynchronous: bool,
    pub positional: bool,
    pub language: Option<Language>,
    pub timeout: Duration,
    pub retry: RetryPolicy,
    pub strict: bool,
    pub audit: Option<Box<dyn AuditLog>>,
}

impl Settings {
    /// For a server at that origin, without limits.
    pub fn of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            asynchronous: false,
            positional: false,
            language: None,
            timeout: Duration::from_secs(20),
            retry: RetryPolicy::default(),
            strict: false,
            audit: None,
        }
    }
}

impl Set<Netim> for Settings {
    fn set<F>(self, builder: Builder<SoapClient<netim::Netim, F>, F>) -> Builder<SoapClient<netim::Netim, F>, F> {
        let mut builder = builder
            .origin(self.origin)
            .limits(Limits::new(1, 0))
            .asynchronous(self.asynchronous)
            .positional(self.positional)
            .timeout(self.timeout)
            .retry(self.retry)
            .strict(self.strict);
        if let Some(language) = self.language {
            builder = builder.language(language);
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
    pub timer: Leap,
}

/// Time that passes by being slept away.
pub fn leap() -> Leap {
    Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"))
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
        Self { service, server, timer: leap() }
    }

    /// The settings of a client of it.
    pub fn settings(&self) -> Settings {
        Settings::of(&self.server.origin())
    }

    /// A client of it.
    pub fn client(&self, wire: Wire) -> Via<Netim> {
        self.client_with(wire, self.settings())
    }

    /// A client with settings.
    pub fn client_with(&self, wire: Wire, settings: Settings) -> Via<Netim> {
        Via::new(wire, PASSWORD, self.timer.clone(), settings)
    }
}

/// Sends a command that makes an operation.
pub fn operate<C>(client: &Via<Netim>, command: C) -> Result<Operation>
where
    C: Command + Send + Sync,
    C::Reply: AsRef<StructOperationResponse> + Send,
{
    match client {
        Via::Awaited(client, runtime) => runtime.block_on(client.operate(command)),
        Via::Blocks(client) => client.operate(command),
    }
}

/// Waits for an operation.
pub fn wait(client: &Via<Netim>, operation: &Operation, at_most: Duration) -> Result<Operation> {
    match client {
        Via::Awaited(client, runtime) => runtime.block_on(client.wait(operation, at_most)),
        Via::Blocks(client) => client.wait(operation, at_most),
    }
}

/// Closes the session.
pub fn close(client: &Via<Netim>) -> Result<()> {
    client.either(|client| async move { client.close().await }, |client| client.close())
}

/// Keeps the session alive.
pub fn keep_alive(client: &Via<Netim>) -> Result<()> {
    client.either(|client| async move { client.keep_alive().await }, |client| client.keep_alive())
}
