//! No secret is shown: password, cookie and secret values, over every transport, at every stage, through every trouble.

use super::support::{Settings, close, key, leap, record, write};
use crate::leaking::{Lines, PASSWORD, SECRET, TROUBLES, Trouble, answer, assert_clean, assert_error};
use crate::watching::Events;
use bindwire_client::ecosys::{DynamicObject, DynamicRecord};
use bindwire_client::{Error, RetryPolicy};
use bindwire_client_tests::{Ecosys, Nobody, Via, Wire};
use bindwire_ecosys::sample_event::TriggerSampleEvent;
use bindwire_ecosys::sample_object::{CreateSampleObject, DeleteSampleObject, ReadSampleObject, UpdateSampleObject};
use bindwire_ecosys::types::SampleObjectOptions;
use bindwire_loopback::ecosys::Ecosys as Service;
use bindwire_loopback::{Answer, Reply, Server, soap};
use std::sync::Arc;
use std::time::Duration;

/// What the values of cookies begin with: nothing in it is written in another way.
const COOKIE: &str = "kanarieT0k3n";

/// Which requests have the trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Login,
    Session,
}

/// The detail of a fault that repeats secrets wherever it can.
fn detail(secrets: &str) -> String {
    let echo = soap::escaped(secrets);
    format!("<x a=\"{echo}\"><odd>{echo}</odd>{echo}</x>")
}

/// Sends commands of every kind, and looks at what came of them.
fn send_all(at: &str, client: &Via<Ecosys>) {
    let clean = |error: Error| assert_error(at, &error);
    let dynamic = || {
        let row = DynamicRecord::new().set("CostObjectID", "Z").set_secret("Pin", SECRET);
        DynamicObject::new("SampleObject").create([row])
    };
    let own = || SampleObjectOptions {
        username: Some("kanarie".to_owned().into()),
        password: Some(PASSWORD.to_owned().into()),
        ..SampleObjectOptions::default()
    };
    assert_clean(at, &format!("{:?} {:?}", dynamic(), UpdateSampleObject::new([]).options(own())));
    let shown = client.either(
        |client| async move { format!("{client:?} {:?}", client.call(dynamic())) },
        |client| format!("{client:?} {:?}", client.call(dynamic())),
    );
    assert_clean(at, &shown);
    client.send(ReadSampleObject::new()).err().into_iter().for_each(clean);
    match write(client, CreateSampleObject::new([record("A", "x")])) {
        Ok(outcomes) => assert_clean(at, &format!("{outcomes:?}")),
        Err(error) => clean(error),
    }
    write(client, dynamic()).err().into_iter().for_each(clean);
    write(client, UpdateSampleObject::new([record("A", "y")]).options(own())).err().into_iter().for_each(clean);
    match client.send_reply(ReadSampleObject::new()) {
        Ok(reply) => assert_clean(at, &format!("{reply:?}")),
        Err(error) => clean(error),
    }
    write(client, DeleteSampleObject::new([key("A")])).err().into_iter().for_each(clean);
    client.send(TriggerSampleEvent::new()).err().into_iter().for_each(clean);
    close(client).err().into_iter().for_each(clean);
}

fn every_trouble(wire: Wire) {
    let second = Server::start(|_| Answer::Reply(Reply::ok("text/plain", "the second host")));
    for trouble in TROUBLES {
        for (stage, http_basic) in [(Stage::Login, false), (Stage::Login, true), (Stage::Session, false)] {
            let at = format!("{wire:?} {trouble:?} {stage:?}, basic: {http_basic}");
            let events = Events::start();
            let service = Arc::new(Service::new(PASSWORD));
            service.set_id(COOKIE);
            let (behind, origin) = (service.clone(), second.origin());
            let server = (trouble != Trouble::Refused).then(|| {
                Server::start(move |request| {
                    let cookie = request.header("cookie").unwrap_or_default().to_owned();
                    let is_of_stage = cookie.is_empty() == (stage == Stage::Login);
                    let trouble = if is_of_stage { trouble } else { Trouble::Nothing };
                    // Servers repeat headers too.
                    let asked =
                        format!("{cookie} {} {}", request.header("authorization").unwrap_or_default(), request.text());
                    answer(trouble, &origin, &asked, || behind.answer(request), detail)
                })
            });
            let nobody = Nobody::there();
            let origin = server.as_ref().map_or_else(|| nobody.origin(), Server::origin);
            let log = Lines::default();
            let settings = Settings {
                http_basic,
                keep_session: true,
                retry: RetryPolicy::default().max_retries(1),
                timeout: Duration::from_millis(if trouble == Trouble::Timeout { 15 } else { 20_000 }),
                audit: Some(Box::new(log.clone())),
                ..Settings::of(&origin)
            };
            let client: Via<Ecosys> = Via::new(wire, PASSWORD, leap(), settings);
            send_all(&at, &client);

            let printed = events.end();
            assert!(printed.contains("bindwire.call"), "the events are seen: {printed}");
            assert_clean(&format!("{at}: events"), &printed);
            assert!(log.text().contains("command: \"CreateSampleObject\""), "{at}: {}", log.text());
            assert_clean(&format!("{at}: audit log"), &log.text());
            let requests: Vec<_> = server.iter().flat_map(Server::requests).collect();
            let sent: String = requests.iter().map(|request| request.text().into_owned()).collect();
            assert!(sent.is_empty() || sent.contains("kanarie"), "{at}: the password is sent");
            let has_session = requests.iter().any(|request| request.header("cookie").is_some());
            assert_eq!(
                has_session,
                stage == Stage::Session && trouble != Trouble::Refused || trouble == Trouble::Nothing,
                "{at}"
            );
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
