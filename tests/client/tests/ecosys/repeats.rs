//! What is sent again and what is not: a command of each effect in a session, through everything that a server and a network do.

use super::support::{PASSWORD, Settings, record};
use crate::repeating::{Sending, Served, every_trouble};
use bindwire_client::Result;
use bindwire_client_tests::{Ecosys, Leap, Via, Wire};
use bindwire_ecosys::sample_event::TriggerSampleEvent;
use bindwire_ecosys::sample_object::{CreateSampleObject, ReadSampleObject, UpdateSampleObject};
use bindwire_loopback::ecosys::Ecosys as Service;
use bindwire_loopback::{Reply, Request};
use bindwire_wire::{Command, Effect};
use std::time::Duration;

/// Logs in by another command, and sends one in the session.
fn in_session<C>(client: &Via<Ecosys>, command: C) -> Result<()>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    client.send(TriggerSampleEvent::new())?;
    client.send(command).map(drop)
}

/// A command of each effect.
const SENDING: [Sending<Ecosys>; 3] = [
    (Effect::Read, "ReadSampleObject", |client| in_session(client, ReadSampleObject::new())),
    (Effect::IdempotentWrite, "UpdateSampleObject", |client| {
        in_session(client, UpdateSampleObject::new([record("A", "x")]))
    }),
    (Effect::Write, "CreateSampleObject", |client| in_session(client, CreateSampleObject::new([record("A", "x")]))),
];

/// The operation of a command.
fn operation(command: &str) -> &str {
    command.strip_suffix("SampleObject").expect("a command of the object")
}

impl Served for Service {
    type Api = Ecosys;

    const FIRST: &'static str = "TriggerSampleEvent";

    fn new() -> Self {
        Self::new(PASSWORD)
    }

    fn client(wire: Wire, timer: Leap, origin: &str, timeout: Duration) -> Via<Ecosys> {
        let settings = Settings { timeout, keep_session: true, ..Settings::of(origin) };
        Via::new(wire, PASSWORD, timer, settings)
    }

    fn holds(command: &str) -> String {
        format!("<m:SampleObject{}RequestElement ", operation(command))
    }

    fn answer(&self, request: &Request) -> Reply {
        Self::answer(self, request)
    }

    fn has_session(&self) -> bool {
        Self::has_session(self)
    }

    fn executions(&self, command: &str) -> u64 {
        Self::executions(self, operation(command))
    }
}

#[test]
fn over_reqwest() {
    every_trouble::<Service>(Wire::Reqwest, &SENDING);
}

#[test]
fn over_ureq() {
    every_trouble::<Service>(Wire::Ureq, &SENDING);
}

#[test]
fn over_tower() {
    every_trouble::<Service>(Wire::Tower, &SENDING);
}
