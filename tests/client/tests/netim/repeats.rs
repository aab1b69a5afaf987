//! What is sent again and what is not: a command of each effect, through everything that a server and a network do.

use super::support::{PASSWORD, Settings, leap};
use crate::troubles::{How, TROUBLES, Trouble, assert_ends, assert_waits, attempts};
use bindwire_client::{ErrorKind, Result, RetryPolicy};
use bindwire_client_tests::{Netim, Nobody, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::{Accept, Answer, Server};
use bindwire_netim::contact::ContactCreate;
use bindwire_netim::domain::{DomainDelete, DomainInfo, DomainRenew};
use bindwire_netim::types::{BodyForm, StructContact};
use bindwire_wire::Effect;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A command of each effect, by its name, and how it is sent.
type Sending = (Effect, &'static str, fn(&Via<Netim>) -> Result<()>);

const SENDING: [Sending; 4] = [
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

/// The troubles that are not told in the words of another API.
fn troubles() -> impl Iterator<Item = &'static Trouble> {
    TROUBLES.iter().filter(|trouble| trouble.cause != ErrorKind::Refused)
}

/// A client that has a session, at an address where a server was that answered for the service, and then does what the trouble says.
fn every_trouble(wire: Wire) {
    for trouble in troubles() {
        for (effect, command, send) in SENDING {
            let at = format!("{wire:?} {} {command}", trouble.name);
            let (service, accepted) = (Arc::new(Service::new(PASSWORD)), Arc::new(AtomicU64::new(0)));
            let is_logged_in = service.clone();
            let refuses = accepted.clone();
            let accept = move |_| {
                let bad = matches!(trouble.how, How::Dropped) && !is_logged_in.sessions().is_empty();
                refuses.fetch_add(u64::from(bad), Ordering::SeqCst);
                if bad { Accept::Drop } else { Accept::Serve }
            };
            let (behind, asked) = (service.clone(), Arc::new(AtomicU64::new(0)));
            let count = asked.clone();
            let server = Server::start_with(accept, move |request| {
                if !request.text().contains(&format!("<m:{command} ")) {
                    return Answer::Reply(behind.answer(request).close());
                }
                count.fetch_add(1, Ordering::SeqCst);
                match trouble.how {
                    How::Answered(answer) => answer(request),
                    How::Dropped | How::Refused => Answer::Hangup,
                }
            });
            let nobody = Nobody::there();
            let is_refused = matches!(trouble.how, How::Refused);
            let origin = if is_refused { nobody.origin() } else { server.origin() };
            let timeout = Duration::from_millis(if trouble.name == "stalled" { 250 } else { 20_000 });
            let (timer, retry) = (leap(), RetryPolicy::default());
            let client: Via<Netim> =
                Via::new(wire, PASSWORD, timer.clone(), Settings { timeout, retry, ..Settings::of(&origin) });

            let error = send(&client).expect_err(&at);

            if is_refused {
                // Opening a session fails, which may be repeated whatever follows it.
                assert_eq!(
                    (error.command(), error.kind(), error.attempts()),
                    ("sessionOpen", ErrorKind::Connect, 4),
                    "{at}"
                );
                continue;
            }
            assert_eq!(error.command(), command, "{at}: {error}");
            assert_ends(&at, effect, trouble, &error);
            let reached = asked.load(Ordering::SeqCst) + accepted.load(Ordering::SeqCst);
            assert_eq!(reached, u64::from(attempts(effect, trouble)), "{at}");
            assert_eq!(service.executions(command), 0, "{at}");
            assert_waits(&at, trouble, &timer.sleeps());
        }
    }
}

#[test]
fn over_reqwest() {
    every_trouble(Wire::Reqwest);
}

#[test]
fn over_ureq() {
    every_trouble(Wire::Ureq);
}

#[test]
fn over_tower() {
    every_trouble(Wire::Tower);
}
