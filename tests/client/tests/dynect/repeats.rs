//! What is sent again and what is not: a command of each effect, through everything that a server and a network do.

use super::support::{PASSWORD, Settings, Setup, create, zones};
use crate::repeating::{Sending, Served, every_trouble};
use bindwire_client_tests::{Dynect, Leap, Via, Wire};
use bindwire_dynect::zone::DeleteOneZone;
use bindwire_loopback::dynect::{Dynect as Service, Message};
use bindwire_loopback::{Reply, Request};
use bindwire_wire::{Class, Effect};
use std::time::Duration;

/// A command of each effect.
const SENDING: [Sending<Dynect>; 3] = [
    (Effect::Read, "GetZones", |client| zones(client).map(drop)),
    (Effect::IdempotentWrite, "DeleteOneZone", |client| client.send(DeleteOneZone::new("example.com")).map(drop)),
    (Effect::Write, "CreateZone", |client| client.send(create("example.com")).map(drop)),
];

impl Served for Service {
    type Api = Dynect;

    const FIRST: &'static str = "SessionLogin";

    fn new() -> Self {
        Self::new(PASSWORD)
    }

    fn client(wire: Wire, timer: Leap, origin: &str, timeout: Duration) -> Via<Dynect> {
        Via::new(wire, PASSWORD, timer, Settings { timeout, ..Settings::of(origin) })
    }

    fn holds(command: &str) -> String {
        format!("m:{command}Request ")
    }

    fn answer(&self, request: &Request) -> Reply {
        Self::answer(self, request)
    }

    fn has_session(&self) -> bool {
        !Self::tokens(self).is_empty()
    }

    fn executions(&self, command: &str) -> u64 {
        Self::executions(self, command)
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

#[test]
fn a_service_that_is_busy_is_asked_again_by_reads_alone() {
    for wire in Wire::ALL {
        for (effect, command, send) in SENDING {
            let setup = Setup::new();
            setup.service.refuse(command, vec![Message::error("SERVICE_UNAVAILABLE", "come back later")]);
            let client = setup.client(wire);
            let error = send(&client).expect_err("it is busy");
            let at = format!("{wire:?} {command}: {error}");
            assert_eq!(
                (error.class(), error.is_busy(), error.may_have_run()),
                (Some(Class::Busy), true, false),
                "{at}"
            );
            assert!(error.is_retryable() && error.to_string().ends_with("; try again later"), "{at}");
            assert_eq!(setup.service.asked(command), if effect == Effect::Read { 4 } else { 1 }, "{at}");
        }
    }
}
