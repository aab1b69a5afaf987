//! What is sent again and what is not: a command of each effect, through everything that a server and a network do.

use super::support::{PASSWORD, Settings, Setup, create, leap, zones};
use crate::troubles::{How, TROUBLES, Trouble, assert_ends, assert_waits, attempts};
use bindwire_client::{ErrorKind, Result, RetryPolicy};
use bindwire_client_tests::{Dynect, Nobody, Via, Wire};
use bindwire_dynect::zone::DeleteOneZone;
use bindwire_loopback::dynect::{Dynect as Service, Message};
use bindwire_loopback::{Accept, Answer, Server};
use bindwire_wire::{Class, Effect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A command of each effect, by its name, and how it is sent.
type Sending = (Effect, &'static str, fn(&Via<Dynect>) -> Result<()>);

const SENDING: [Sending; 3] = [
    (Effect::Read, "GetZones", |client| zones(client).map(drop)),
    (Effect::IdempotentWrite, "DeleteOneZone", |client| client.send(DeleteOneZone::new("example.com")).map(drop)),
    (Effect::Write, "CreateZone", |client| client.send(create("example.com")).map(drop)),
];

/// The troubles that are not told in the words of another API.
fn troubles() -> impl Iterator<Item = &'static Trouble> {
    TROUBLES.iter().filter(|trouble| trouble.cause != ErrorKind::Refused)
}

/// A client that is logged in, at an address where a server was that answered for the service, and then does what the trouble says.
fn every_trouble(wire: Wire) {
    for trouble in troubles() {
        for (effect, command, send) in SENDING {
            let at = format!("{wire:?} {} {command}", trouble.name);
            let (service, accepted) = (Arc::new(Service::new(PASSWORD)), Arc::new(AtomicU64::new(0)));
            let is_logged_in = service.clone();
            let refuses = accepted.clone();
            let accept = move |_| {
                let bad = matches!(trouble.how, How::Dropped) && !is_logged_in.tokens().is_empty();
                refuses.fetch_add(u64::from(bad), Ordering::SeqCst);
                if bad { Accept::Drop } else { Accept::Serve }
            };
            let (behind, asked) = (service.clone(), Arc::new(AtomicU64::new(0)));
            let count = asked.clone();
            let server = Server::start_with(accept, move |request| {
                if !request.text().contains(&format!("m:{command}Request ")) {
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
            let client: Via<Dynect> =
                Via::new(wire, PASSWORD, timer.clone(), Settings { timeout, retry, ..Settings::of(&origin) });

            let error = send(&client).expect_err(&at);

            if is_refused {
                // The login fails, which may be repeated whatever follows it.
                assert_eq!(
                    (error.command(), error.kind(), error.attempts()),
                    ("SessionLogin", ErrorKind::Connect, 4),
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
