//! A client in front of the stand-in, and what is set for it.

use bindwire_client::{AccountGate, AuditLog, Builder, Limits, Result, RetryPolicy, SoapClient, dynect};
use bindwire_client_tests::{Dynect, Leap, Set, Via, Wire};
use bindwire_dynect::zone::{CreateZone, GetZones};
use bindwire_loopback::dynect::Dynect as Service;
use bindwire_loopback::{Answer, Request, Server};
use std::sync::Arc;
use std::time::Duration;

/// The password of the user: every character of it must be written in another way.
pub const PASSWORD: &str = "pass & <word>";

/// What is set for a client.
pub struct Settings {
    pub origin: String,
    pub version: Option<&'static str>,
    pub version_argument: bool,
    pub fault_incompat: bool,
    pub job_deadline: Option<Duration>,
    pub deadline: Option<Duration>,
    pub timeout: Duration,
    pub retry: RetryPolicy,
    pub strict: bool,
    pub gate: Option<AccountGate>,
    pub audit: Option<Box<dyn AuditLog>>,
}

impl Settings {
    /// For a server at that origin, without limits.
    pub fn of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            version: None,
            version_argument: false,
            fault_incompat: false,
            job_deadline: None,
            deadline: None,
            timeout: Duration::from_secs(20),
            retry: RetryPolicy::default(),
            strict: false,
            gate: None,
            audit: None,
        }
    }
}

impl Set<Dynect> for Settings {
    fn set<F>(self, builder: Builder<SoapClient<dynect::Dynect, F>, F>) -> Builder<SoapClient<dynect::Dynect, F>, F> {
        let mut builder = builder
            .origin(self.origin)
            .limits(Limits::new(1, 0))
            .version_argument(self.version_argument)
            .fault_incompat(self.fault_incompat)
            .timeout(self.timeout)
            .retry(self.retry)
            .strict(self.strict);
        if let Some(version) = self.version {
            builder = builder.version(version);
        }
        if let Some(deadline) = self.job_deadline {
            builder = builder.job_deadline(deadline);
        }
        if let Some(deadline) = self.deadline {
            builder = builder.deadline(deadline);
        }
        if let Some(gate) = self.gate {
            builder = builder.gate(gate);
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
    pub fn client(&self, wire: Wire) -> Via<Dynect> {
        self.client_with(wire, self.settings())
    }

    /// A client with settings.
    pub fn client_with(&self, wire: Wire, settings: Settings) -> Via<Dynect> {
        Via::new(wire, PASSWORD, self.timer.clone(), settings)
    }
}

/// A command that changes something.
pub fn create(zone: &str) -> CreateZone {
    CreateZone::new(zone, "hostmaster@example.com", 3600)
}

/// Names of the zones that there are.
pub fn zones(client: &Via<Dynect>) -> Result<Vec<String>> {
    Ok(client.send(GetZones::new())?.data.into_iter().map(|zone| zone.zone.to_string()).collect())
}

/// Closes the session.
pub fn close(client: &Via<Dynect>) -> Result<()> {
    client.either(|client| async move { client.close().await }, |client| client.close())
}

/// Keeps the session alive.
pub fn keep_alive(client: &Via<Dynect>) -> Result<()> {
    client.either(|client| async move { client.keep_alive().await }, |client| client.keep_alive())
}
