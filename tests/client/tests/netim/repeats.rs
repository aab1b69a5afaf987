//! What is sent again and what is not: a command of each effect, through everything that a server and a network do.

use super::support::{PASSWORD, Settings};
use crate::repeating::{Sending, Served, every_trouble};
use bindwire_client_tests::{Leap, Netim, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::{Reply, Request};
use bindwire_netim::contact::ContactCreate;
use bindwire_netim::domain::{DomainDelete, DomainInfo, DomainRenew};
use bindwire_netim::types::{BodyForm, StructContact};
use bindwire_wire::Effect;
use std::time::Duration;

/// A command of each effect.
const SENDING: [Sending<Netim>; 4] = [
    (Effect::Read, "domainInfo", |client| client.send(DomainInfo::new("example.com")).map(drop)),
    (Effect::IdempotentWrite, "domainDelete", |client| client.send(DomainDelete::new("example.com")).map(drop)),
    (Effect::Write, "contactCreate", |client| client.send(ContactCreate::new(contact())).map(drop)),
    (Effect::Spend, "domainRenew", |client| client.send(DomainRenew::new("example.com", 1)).map(drop)),
];

fn contact() -> StructContact {
    StructContact {
        first_name: "First".into(),
        last_name: "Last".into(),
        body_form: Some(BodyForm::Individual),
        address1: "1 Street".into(),
        zip_code: "59000".into(),
        city: "Lille".into(),
        country: "FR".into(),
        phone: "+33 123456789".into(),
        email: "first@example.com".into(),
        is_owner: Some(true),
        ..StructContact::default()
    }
}

impl Served for Service {
    type Api = Netim;

    const FIRST: &'static str = "sessionOpen";

    fn new() -> Self {
        Self::new(PASSWORD)
    }

    fn client(wire: Wire, timer: Leap, origin: &str, timeout: Duration) -> Via<Netim> {
        Via::new(wire, PASSWORD, timer, Settings { timeout, ..Settings::of(origin) })
    }

    fn holds(command: &str) -> String {
        format!("<m:{command} ")
    }

    fn answer(&self, request: &Request) -> Reply {
        Self::answer(self, request)
    }

    fn has_session(&self) -> bool {
        !Self::sessions(self).is_empty()
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
