//! No secret is shown: the password, the token and secret params, over every transport, at every stage, through every trouble.

use super::support::{Settings, close, keep_alive, leap, zones};
use super::writing::WRITING;
use crate::leaking::{Lines, PASSWORD, SECRET, TOKEN, TROUBLES, Trouble, answer, assert_clean, assert_error};
use crate::watching::Events;
use bindwire_client::{Error, RetryPolicy};
use bindwire_client_tests::{Dynect, Nobody, Via, Wire};
use bindwire_dynect::tsig_key::{CreateTSIGKey, UpdateTSIGKey};
use bindwire_dynect::update_user::CreateUpdateUser;
use bindwire_dynect::user::{CreateUser, UpdateUserPassword};
use bindwire_loopback::dynect::Dynect as Service;
use bindwire_loopback::{Answer, Reply, Server, soap};
use std::sync::Arc;
use std::time::Duration;

/// Which requests have the trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Login,
    Command,
    Job,
    Session,
}

impl Stage {
    fn of(text: &str) -> Self {
        let asks = |command: &str| text.contains(&format!("m:{command}Request "));
        if asks("SessionLogin") {
            Self::Login
        } else if asks("GetJob") {
            Self::Job
        } else if ["SessionIsAlive", "SessionKeepAlive", "SessionLogout"].iter().any(|command| asks(command)) {
            Self::Session
        } else {
            Self::Command
        }
    }
}

/// The detail of a fault that repeats secrets wherever it can.
fn detail(secrets: &str) -> String {
    let echo = soap::escaped(secrets);
    let message = format!(
        "<msgs><source>{echo}</source><lvl>ERROR</lvl><err_cd>INVALID_DATA</err_cd><info>bad {echo}</info></msgs>\
         <msgs><source>BLL</source><lvl>{echo}</lvl><err_cd>{echo}</err_cd><info>{echo}</info></msgs>"
    );
    format!(
        "<x><ErrorResponse><job_id>{echo}</job_id><status>failure</status>{message}<odd>{echo}</odd></ErrorResponse></x>"
    )
}

/// The commands whose requests hold a secret, and what came of them.
fn send_all(at: &str, client: &Via<Dynect>) {
    let requests = [
        format!("{:?}", CreateUser::new("new", SECRET, "nick", "First", "Last", "new@example.com", "Example")),
        format!("{:?}", CreateTSIGKey::new().name("key").secret(SECRET)),
        format!("{:?}", UpdateUserPassword::new(SECRET)),
    ];
    requests.iter().for_each(|request| assert_clean(at, request));
    let shown = client.either(
        |client| async move { format!("{client:?} {:?}", client.call(UpdateUserPassword::new(SECRET))) },
        |client| format!("{client:?} {:?}", client.call(UpdateUserPassword::new(SECRET))),
    );
    assert_clean(at, &shown);
    let clean = |error: Error| assert_error(at, &error);
    for writing in &WRITING {
        (writing.send)(client, SECRET).err().into_iter().for_each(clean);
    }
    client.send(UpdateTSIGKey::new().name("key").secret(SECRET)).err().into_iter().for_each(clean);
    match client.send_reply(CreateUpdateUser::new("nick", SECRET)) {
        Ok(reply) => assert_clean(at, &format!("{reply:?}")),
        Err(error) => clean(error),
    }
    zones(client).err().into_iter().for_each(clean);
    keep_alive(client).err().into_iter().for_each(clean);
    close(client).err().into_iter().for_each(clean);
}

fn every_trouble(wire: Wire) {
    let second = Server::start(|_| Answer::Reply(Reply::ok("text/plain", "the second host")));
    for trouble in TROUBLES {
        for stage in [Stage::Login, Stage::Command, Stage::Job, Stage::Session] {
            if matches!(trouble, Trouble::Refused | Trouble::Nothing) && stage != Stage::Login {
                continue;
            }
            let at = format!("{wire:?} {trouble:?} {stage:?}");
            let events = Events::start();
            let service = Arc::new(Service::new(PASSWORD));
            service.set_token(TOKEN);
            service.slow("UpdateTSIGKey", 1);
            service.slow("CreateUser", 0);
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
                retry: RetryPolicy::default().max_retries(1),
                timeout: Duration::from_millis(if trouble == Trouble::Timeout { 15 } else { 20_000 }),
                audit: Some(Box::new(log.clone())),
                ..Settings::of(&origin)
            };
            let client: Via<Dynect> = Via::new(wire, PASSWORD, leap(), settings);
            send_all(&at, &client);

            let printed = events.end();
            assert!(printed.contains("bindwire.call"), "the events are seen: {printed}");
            assert_clean(&format!("{at}: events"), &printed);
            let was_sent = stage != Stage::Login || trouble == Trouble::Nothing;
            assert_eq!(log.text().contains("command: \"CreateUser\""), was_sent, "{at}: {}", log.text());
            assert_clean(&format!("{at}: audit log"), &log.text());
            let sent: String =
                server.iter().flat_map(Server::requests).map(|request| request.text().into_owned()).collect();
            assert!(sent.is_empty() || sent.contains("<password>kanarie Schl&amp;ssel"), "{at}: the password is sent");
            assert_eq!(sent.contains("kanarie T0k3n="), was_sent, "{at}: the token is sent");
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

/// What a login answers holds a secret that the client does not know yet: no damage to it may show it.
#[test]
fn a_damaged_login_shows_no_token() {
    type Damage = fn(&str) -> String;
    let damages: [(&str, Damage); 12] = [
        ("cut in the token", |body| body[..body.find("T0k3n").expect("a token") + 5].to_owned()),
        ("cut after the token", |body| body[..body.find("</token>").expect("a token")].to_owned()),
        ("no end", |body| body.replace("</token>", "")),
        ("another end", |body| body.replace("</token>", "</tokn>")),
        ("another name", |body| body.replace("token>", "session_token>")),
        ("a name in another case", |body| body.replace("token>", "Token>")),
        ("twice", |body| body.replace("<version>", "<token>kanarie T0k3n other</token><version>")),
        ("as an attribute", |body| body.replace("<data>", "<data token=\"kanarie T0k3n\">")),
        ("outside of the data", |body| body.replace("<data>", "<token>kanarie T0k3n</token><data>")),
        ("with a child", |body| body.replace("<token>", "<token><x>kanarie T0k3n</x>")),
        ("without a status", |body| body.replace("<status>success</status>", "")),
        ("with an odd status", |body| body.replace("<status>success", "<status>kanarie T0k3n")),
    ];
    for wire in Wire::ALL {
        for strict in [false, true] {
            for (name, damage) in damages {
                let at = format!("{wire:?} {name}, strict: {strict}");
                let events = Events::start();
                let service = Arc::new(Service::new(PASSWORD));
                service.set_token(TOKEN);
                let behind = service.clone();
                let server = Server::start(move |request| {
                    let mut reply = behind.answer(request);
                    if request.text().contains("SessionLogin") {
                        reply.body = damage(&String::from_utf8(reply.body).expect("text")).into_bytes();
                    }
                    Answer::Reply(reply)
                });
                let settings = Settings { strict, ..Settings::of(&server.origin()) };
                let client: Via<Dynect> = Via::new(wire, PASSWORD, leap(), settings);
                if let Err(error) = zones(&client) {
                    assert_error(&at, &error);
                }
                assert_clean(&at, &events.end());
            }
        }
    }
}

#[test]
fn a_search_that_finds_nothing_can_find() {
    for shown in ["token=kanarie%20T0k3n", "Schl&amp;ssel", "\\\"Kode\\\""] {
        assert!(std::panic::catch_unwind(|| assert_clean("x", shown)).is_err(), "{shown}");
    }
}
