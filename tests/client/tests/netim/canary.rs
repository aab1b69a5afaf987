//! No secret is shown: the password, the session's id, authorisation codes and other secret params, over every transport, at every stage, through every trouble.

use super::spending::SPENDING;
use super::support::{Settings, close, keep_alive, leap};
use crate::leaking::{Lines, PASSWORD, SECRET, TOKEN, TROUBLES, Trouble, answer, assert_clean, assert_error};
use crate::watching::Events;
use bindwire_client::{Error, RetryPolicy};
use bindwire_client_tests::{Netim, Nobody, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::{Answer, Reply, Server, soap};
use bindwire_netim::domain::DomainInfo;
use bindwire_netim::operation::QueryOpe;
use bindwire_netim::settings::DomainSetMembership;
use bindwire_netim::transfer::DomainTransferIn;
use std::sync::Arc;
use std::time::Duration;

/// Which requests have the trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Command,
    Operation,
    Session,
}

impl Stage {
    fn of(text: &str) -> Self {
        let asks = |function: &str| text.contains(&format!("<m:{function} "));
        if asks("sessionOpen") {
            Self::Open
        } else if asks("queryOpe") {
            Self::Operation
        } else if ["sessionInfo", "sessionSetPreference", "sessionClose"].iter().any(|function| asks(function)) {
            Self::Session
        } else {
            Self::Command
        }
    }
}

/// The detail of a fault that repeats secrets wherever it can.
fn detail(secrets: &str) -> String {
    let echo = soap::escaped(secrets);
    format!("<x a=\"{echo}\"><odd>{echo}</odd>{echo}</x>")
}

/// The commands whose requests hold a secret, and what came of them.
fn send_all(at: &str, client: &Via<Netim>) {
    let transfer = DomainTransferIn::new("example.com", "A", "B", "C", "D", "ns1.example.com", "ns2.example.com");
    assert_clean(at, &format!("{:?}", transfer.auth_id(SECRET)));
    let member = || DomainSetMembership::new("example.com", SECRET);
    let shown = client.either(
        |client| async move { format!("{client:?} {:?} {:?}", client.call(member()), member()) },
        |client| format!("{client:?} {:?} {:?}", client.call(member()), member()),
    );
    assert_clean(at, &shown);
    let clean = |error: Error| assert_error(at, &error);
    for spending in &SPENDING {
        match (spending.send)(client, SECRET) {
            Ok(operation) => assert_clean(at, &format!("{operation:?}")),
            Err(error) => clean(error),
        }
    }
    client.send(member()).err().into_iter().for_each(clean);
    client.send(QueryOpe::new(1111)).err().into_iter().for_each(clean);
    match client.send_reply(DomainInfo::new("example.com")) {
        Ok(reply) => assert_clean(at, &format!("{reply:?}")),
        Err(error) => clean(error),
    }
    keep_alive(client).err().into_iter().for_each(clean);
    close(client).err().into_iter().for_each(clean);
}

fn every_trouble(wire: Wire) {
    let second = Server::start(|_| Answer::Reply(Reply::ok("text/plain", "the second host")));
    for trouble in TROUBLES {
        for stage in [Stage::Open, Stage::Command, Stage::Operation, Stage::Session] {
            if matches!(trouble, Trouble::Refused | Trouble::Nothing) && stage != Stage::Open {
                continue;
            }
            let at = format!("{wire:?} {trouble:?} {stage:?}");
            let events = Events::start();
            let service = Arc::new(Service::new(PASSWORD));
            service.set_id(TOKEN);
            service.set_auth_code(SECRET);
            let (behind, origin) = (service.clone(), second.origin());
            let server = (trouble != Trouble::Refused).then(|| {
                Server::start(move |request| {
                    let text = request.text();
                    let trouble = if Stage::of(&text) == stage { trouble } else { Trouble::Nothing };
                    answer(trouble, &origin, &text, || behind.answer(request), detail)
                })
            });
            let nobody = Nobody::there();
            let origin = server.as_ref().map_or_else(|| nobody.origin(), Server::origin);
            let log = Lines::default();
            let settings = Settings {
                asynchronous: stage == Stage::Session,
                retry: RetryPolicy::default().max_retries(1),
                timeout: Duration::from_millis(if trouble == Trouble::Timeout { 15 } else { 20_000 }),
                audit: Some(Box::new(log.clone())),
                ..Settings::of(&origin)
            };
            let client: Via<Netim> = Via::new(wire, PASSWORD, leap(), settings);
            send_all(&at, &client);

            let printed = events.end();
            assert!(printed.contains("bindwire.call"), "the events are seen: {printed}");
            assert_clean(&format!("{at}: events"), &printed);
            let is_open = stage != Stage::Open || trouble == Trouble::Nothing;
            let was_sent = is_open && stage != Stage::Session;
            assert_eq!(log.text().contains("command: \"domainTransferIn\""), was_sent, "{at}: {}", log.text());
            assert_clean(&format!("{at}: audit log"), &log.text());
            let sent: String =
                server.iter().flat_map(Server::requests).map(|request| request.text().into_owned()).collect();
            assert!(sent.is_empty() || sent.contains(">kanarie Schl&amp;ssel"), "{at}: the password is sent");
            assert_eq!(sent.contains("kanarie T0k3n="), is_open, "{at}: the token is sent");
            assert_eq!(sent.contains("Kode"), was_sent, "{at}: the secret is sent");
        }
    }
    assert_eq!(second.connections(), 0, "no redirect is followed");
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

/// What opening a session answers holds a secret that the client does not know yet: no damage to it may show it.
#[test]
fn a_damaged_opening_shows_no_id() {
    type Damage = fn(&str) -> String;
    let damages: [(&str, Damage); 7] = [
        ("cut in the id", |body| body[..body.find("T0k3n").expect("an id") + 5].to_owned()),
        ("no end", |body| body.replace("</IDSession>", "")),
        ("another end", |body| body.replace("</IDSession>", "</IDSessoin>")),
        ("twice", |body| body.replace("<IDSession", "<IDSession>kanarie T0k3n other</IDSession><IDSession")),
        ("beside it", |body| body.replace("<IDSession", "<odd>kanarie T0k3n</odd><IDSession")),
        ("as an attribute", |body| body.replace("<IDSession", "<IDSession other=\"kanarie T0k3n\"")),
        ("in a structure", |body| body.replace("xsd:string\">", "xsd:string\"><x>kanarie T0k3n</x>")),
    ];
    for wire in Wire::ALL {
        for strict in [false, true] {
            for (name, damage) in damages {
                let at = format!("{wire:?} {name}, strict: {strict}");
                let events = Events::start();
                let service = Arc::new(Service::new(PASSWORD));
                service.set_id(TOKEN);
                let behind = service.clone();
                let server = Server::start(move |request| {
                    let mut reply = behind.answer(request);
                    if request.text().contains("sessionOpen") {
                        reply.body = damage(&String::from_utf8(reply.body).expect("text")).into_bytes();
                    }
                    Answer::Reply(reply)
                });
                let settings = Settings { strict, ..Settings::of(&server.origin()) };
                let client: Via<Netim> = Via::new(wire, PASSWORD, leap(), settings);
                if let Err(error) = client.send(DomainInfo::new("example.com")) {
                    assert_error(&at, &error);
                }
                assert_clean(&at, &events.end());
            }
        }
    }
}
