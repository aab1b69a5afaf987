//! The key cannot leak: every command, over every transport, through every failure, with a canary for a key and one for an auth
//! code. Whatever can be printed is searched for them, and so is what another host was sent.

#[path = "../../requests/documented.rs"]
mod documented;
mod watching;

use bindwire_client::dynadot::Dynadot;
use bindwire_client::{AuditEntry, AuditLog, Builder, Error, Limits, RetryPolicy};
use bindwire_client_tests::{Leap, Nobody, Set, Via, Wire};
use bindwire_dynadot::contact::GetWhoisStats;
use bindwire_dynadot::domain::{GetResellerHoldStatus, SetResellerHoldStatus, SuggestionSearch};
use bindwire_dynadot::registry;
use bindwire_dynadot::transfer::{SetTransferAuthCode, Transfer};
use bindwire_loopback::{Answer, Reply, Request, Server};
use bindwire_wire::Format;
use documented::{Sendable, Visitor, visit};
use std::collections::BTreeSet;
use std::error::Error as _;
use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The key. It has characters that a URL must encode, and none of its parts stands anywhere else.
const KEY: &str = "kanarie Schl&ssel+47";
/// A transfer code.
const CODE: &str = "kanarie \"Kode\" <11>";

/// Each, plain, as in a URL, and as XML and JSON write it.
const FORMS: &[&str] = &[
    KEY,
    CODE,
    "kanarie%20Schl%26ssel%2B47",
    "kanarie%20%22Kode%22%20%3C11%3E",
    "kanarie+Schl%26ssel%2B47",
    "kanarie Schl&amp;ssel+47",
    r#"kanarie \"Kode\" <11>"#,
    r#"kanarie \"Kode\" "#,
    // Also in any other encoding.
    "kanarie",
    "Schl",
    "6b616e61726965",
];

#[track_caller]
fn assert_clean(what: &str, shown: &str) {
    for form in FORMS {
        assert!(!shown.contains(form), "{what} shows {form:?}: {shown}");
    }
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Refused,
    Redirect,
    Status500,
    Page502,
    Truncated,
    BadXml,
    BadJson,
    BadCsv,
    Timeout,
    EchoingRefusal,
}

const TROUBLES: [Trouble; 10] = [
    Trouble::Refused,
    Trouble::Redirect,
    Trouble::Status500,
    Trouble::Page502,
    Trouble::Truncated,
    Trouble::BadXml,
    Trouble::BadJson,
    Trouble::BadCsv,
    Trouble::Timeout,
    Trouble::EchoingRefusal,
];

/// Answers as servers do that mean no harm: they repeat what they were asked.
fn answer(trouble: Trouble, second: &str, request: &Request) -> Answer {
    let target = &request.target;
    let echo = format!("{target} {KEY} {CODE}");
    match trouble {
        // Nobody listens there.
        Trouble::Refused => unreachable!("no server answers"),
        Trouble::Redirect => Answer::Reply(
            Reply::status(302, "").header("Location", &format!("{second}{target}")).header("X-Request", target),
        ),
        Trouble::Status500 => Answer::Reply(Reply::status(500, format!("error in {echo}"))),
        Trouble::Page502 => {
            Answer::Reply(Reply::status(502, format!("<html><body><h1>Bad gateway</h1><p>{echo}</p></body></html>")))
        }
        Trouble::Truncated => {
            let body = format!("{{\"Response\":{{\"ResponseCode\":\"0\",\"Echo\":\"{target}\",\"Rest\":\"");
            Answer::CutOff { reply: Reply::ok("application/json", body.clone() + "and more\"}}"), sent: body.len() }
        }
        Trouble::BadXml => Answer::Reply(Reply::ok("text/xml", format!("<{KEY}><a href='{target}'>{echo}</b></"))),
        Trouble::BadJson => {
            Answer::Reply(Reply::ok("application/json", format!("{{\"{KEY}\":{{\"{target}\": nope{echo}")))
        }
        Trouble::BadCsv => Answer::Reply(Reply::ok("text/csv", format!("{KEY},\"{target}\n\n{CODE}\",{echo}"))),
        Trouble::Timeout => Answer::Stall,
        Trouble::EchoingRefusal => {
            // Quotes must not end the text, so that what is decoded is the secret itself.
            let echo = echo.replace('"', "\\\"");
            let body = format!(
                "{{\"Response\":{{\"ResponseCode\":\"-1\",\"Error\":\"invalid key: {echo}\",\"Odd\":\"{echo}\"}}}}"
            );
            Answer::Reply(Reply::ok("application/json", body))
        }
    }
}

struct Settings {
    origin: String,
    log: Lines,
}

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder
            .origin(self.origin)
            .limits(Limits::new(1, 0))
            .retry(RetryPolicy::default().max_retries(1))
            .timeout(Duration::from_millis(25))
            .audit(self.log)
    }
}

/// An audit log that keeps what it is given, as it would be printed.
#[derive(Debug, Clone, Default)]
struct Lines(Arc<Mutex<String>>);

impl AuditLog for Lines {
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
        self.0.lock().expect("a log").push_str(&format!("{entry:?}\n"));
        Ok(())
    }
}

/// Sends every command through one trouble.
struct Sender<'a> {
    client: &'a Via,
    at: String,
    sent: BTreeSet<&'static str>,
}

impl Sender<'_> {
    fn send<C: Sendable>(&mut self, command: &'static str, request: C) {
        let at = format!("{} {command}", self.at);
        assert_clean(&at, &format!("{request:?}"));
        match self.client.send_reply(request) {
            Ok(reply) => assert_clean(&at, &format!("{reply:?}")),
            Err(error) => {
                assert_error(&at, &error);
                assert!(matches!(error.command(), name if name == command), "{at}: {}", error.command());
            }
        }
        self.sent.insert(command);
    }
}

fn assert_error(at: &str, error: &Error) {
    assert_clean(at, &format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(error) = source {
        assert_clean(at, &format!("{error} {error:?}"));
        source = error.source();
    }
    if let Some(refusal) = error.refusal() {
        assert_clean(at, &format!("{refusal} {refusal:?}"));
    }
    if let Some(lost) = error.lost() {
        assert_clean(at, &format!("{lost:?}"));
    }
    assert_clean(at, error.api_message().unwrap_or_default());
}

impl Visitor for Sender<'_> {
    fn all(&mut self, command: &'static str, request: impl Sendable) {
        self.send(command, request.extra("plain", "1").extra_secret("pin", CODE));
    }

    fn only(&mut self, _: Format, command: &'static str, request: impl Sendable) {
        self.send(command, request.extra("plain", "1").extra_secret("pin", CODE));
    }
}

/// Everything that this process prints while `wire` meets every trouble.
fn every_trouble(wire: Wire) {
    let second = Server::start(|_| Answer::Reply(Reply::ok("text/plain", "the second host")));
    for trouble in TROUBLES {
        let events = watching::Events::start();
        let origin = second.origin();
        let server =
            (trouble != Trouble::Refused).then(|| Server::start(move |request| answer(trouble, &origin, request)));
        let nobody = Nobody::there();
        let origin = server.as_ref().map_or_else(|| nobody.origin(), Server::origin);
        let log = Lines::default();
        let settings = Settings { origin, log: log.clone() };
        let client = Via::new(wire, KEY, Leap::new("2026-03-01T12:00:00Z".parse().expect("a time")), settings);
        let shown = client.either(|client| async move { format!("{client:?}") }, |client| format!("{client:?}"));
        assert_clean("the client", &shown);
        let at = format!("{wire:?} {trouble:?}");
        let mut sender = Sender { client: &client, at: at.clone(), sent: BTreeSet::new() };
        visit(&mut sender);
        sender.send("transfer", Transfer::new("example.com", CODE));
        sender.send("set_transfer_auth_code", SetTransferAuthCode::new("example.com", CODE));
        // Those of whose params no source tells.
        sender.all("suggestion_search", SuggestionSearch::new());
        sender.all("get_whois_stats", GetWhoisStats::new());
        sender.all("set_reseller_hold_status", SetResellerHoldStatus::new());
        sender.all("get_reseller_hold_status", GetResellerHoldStatus::new());
        let all: BTreeSet<_> = registry::COMMANDS.iter().map(|entry| entry.info.name).collect();
        assert_eq!(sender.sent, all, "{at}");

        let printed = events.end();
        assert!(printed.contains("bindwire.call"), "the events are seen: {printed}");
        assert_clean(&format!("{at}: events"), &printed);
        let log = log.0.lock().expect("a log").clone();
        assert!(log.contains("command: \"register\""), "{log}");
        assert_clean(&format!("{at}: audit log"), &log);
        if let Some(server) = &server {
            let first = server.requests();
            assert!(first.len() >= all.len(), "{at}");
            for request in &first {
                assert!(
                    request.target.contains("key=kanarie%20Schl%26ssel%2B47"),
                    "the key is sent: {}",
                    request.target
                );
                assert_eq!(request.header("referer"), None);
            }
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

#[test]
fn a_search_that_finds_nothing_can_find() {
    let caught = std::panic::catch_unwind(|| assert_clean("x", "GET /?key=kanarie%20Schl%26ssel%2B47"));
    assert!(caught.is_err());
    let secret: &dyn Debug = &"x";
    assert_clean("x", &format!("{secret:?}"));
}
