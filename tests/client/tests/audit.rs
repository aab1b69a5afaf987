//! The audit log holds what was about to be changed, and what came of it; what it cannot hold is not sent.

use bindwire_client::dynadot::{Call, Dynadot};
use bindwire_client::{
    AuditEntry, AuditEvent, AuditLog, Builder, ErrorKind, FileAuditLog, Future, Gate, Limits, Permit, Timer,
};
use bindwire_client_tests::{Leap, Set, SetCall, Signal, Via, Wire};
use bindwire_dynadot::domain::{Delete, DomainInfo, Register, SetNote};
use bindwire_dynadot::transfer::Transfer;
use bindwire_loopback::{Account, Answer, Reply, Server};
use bindwire_wire::{Command as _, Currency, Decimal, Timestamp};
use futures_util::future::{Either, select};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KEY: &str = "kanarie Schl&ssel";
const CODE: &str = "kanarie \"Kode\"";

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

/// A file that is not there yet.
fn fresh(test: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("audit-{test}-{}.jsonl", std::process::id()));
    // One of a run that was broken off.
    let _ = std::fs::remove_file(&path);
    path
}

/// A file for a log, gone when it is dropped.
struct Log(PathBuf);

impl Log {
    fn new(test: &str) -> Self {
        Self(fresh(test))
    }

    fn open(&self) -> FileAuditLog {
        FileAuditLog::open(&self.0).expect("a log")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).expect("a log")
    }

    /// Its entries, each a line.
    fn entries(&self) -> Vec<Value> {
        let text = self.text();
        assert!(text.is_empty() || text.ends_with('\n'), "{text}");
        text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

struct Audited<L>(String, L);

impl<L: AuditLog + 'static> Set for Audited<L> {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(25, 0)).audit(self.1)
    }
}

struct AtMost(Decimal);

impl SetCall<Register> for AtMost {
    fn set<F>(self, call: Call<'_, Register, F>) -> Call<'_, Register, F> {
        call.max_price(self.0, Currency::USD)
    }
}

fn serve(account: &Arc<Account>) -> Server {
    let account = account.clone();
    Server::start(move |request| account.answer(request).into())
}

/// The log of one call of a client, to a server that gives one answer.
fn log_of_one<T>(wire: Wire, test: &str, answer: Answer, call: impl FnOnce(&Via) -> T) -> Vec<Value> {
    let log = Log::new(&format!("{test}-{wire:?}"));
    let server = Server::start(move |_| answer.clone());
    call(&Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.open())));
    log.entries()
}

/// Entries without their ids, which must be the same, and not empty.
#[track_caller]
fn without_id(mut entries: Vec<Value>) -> Vec<Value> {
    let ids: Vec<Value> = entries.iter_mut().map(|entry| entry["id"].take()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{ids:?}");
    assert!(ids.iter().all(|id| id.as_str().is_some_and(|id| !id.is_empty())), "{ids:?}");
    entries
}

#[test]
fn what_spends_is_logged_before_and_after_with_its_price() {
    for wire in Wire::ALL {
        let log = Log::new(&format!("spend-{wire:?}"));
        let account = Arc::new(Account::new(noon()));
        let server = serve(&account);
        let client = Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.open()));
        client.call(Register::new("example.com", 1), AtMost(Decimal::TWO)).expect("a registration");
        let entry = |event: &str, attempts: u32| {
            json!({
                "at": "2026-03-01T12:00:00Z", "id": null, "event": event, "api": "dynadot", "command": "register",
                "effect": "spend", "price": "1.99 in USD", "attempts": attempts,
                "params": {"command": "register", "domain": "example.com", "duration": "1"},
            })
        };
        let mut done = entry("done", 1);
        done["pending"] = json!(false);
        // The search for the price is none of them: it changes nothing.
        assert_eq!(account.calls(), ["search", "register"]);
        assert_eq!(without_id(log.entries()), [entry("before", 0), done]);
    }
}

#[test]
fn what_writes_is_logged_and_what_reads_is_not() {
    for wire in Wire::ALL {
        let log = Log::new(&format!("write-{wire:?}"));
        let account = Arc::new(Account::new(noon()));
        account.add_domain("example.com", noon());
        let server = serve(&account);
        let client = Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.open()));
        client.send(DomainInfo::new("example.com")).expect("an answer");
        assert!(log.text().is_empty());
        client.send(SetNote::new("example.com", "two\nlines, \"quoted\"")).expect("an answer");
        client.send(Delete::new("example.com")).expect("an answer");
        let entries = log.entries();
        let shown: Vec<_> = entries
            .iter()
            .map(|entry| ["event", "command", "effect", "attempts"].map(|name| entry[name].to_string()).join(" "))
            .collect();
        assert_eq!(
            shown,
            [
                r#""before" "set_note" "idempotent_write" 0"#,
                r#""done" "set_note" "idempotent_write" 1"#,
                r#""before" "delete" "write" 0"#,
                r#""done" "delete" "write" 1"#,
            ]
        );
        assert_eq!(entries[0]["params"]["note"], "two\nlines, \"quoted\"");
        assert_eq!(entries[0]["price"], Value::Null);
        assert_eq!(entries[0]["id"], entries[1]["id"]);
        assert_ne!(entries[1]["id"], entries[2]["id"], "each call has an id of its own");
    }
}

#[test]
fn what_failed_is_logged_with_what_is_known_of_its_outcome() {
    for wire in Wire::ALL {
        let send = |client: &Via| client.send(Register::new("example.com", 1)).expect_err("it fails").to_string();
        let refused = r#"{"RegisterResponse":{"ResponseCode":"-1","Status":"insufficient_funds"}}"#;
        let refused = Answer::Reply(Reply::ok("application/json", refused));
        let entries = log_of_one(wire, "refused", refused, send);
        assert_eq!(entries.len(), 2);
        assert_eq!((&entries[1]["event"], &entries[1]["outcome"]), (&json!("failed"), &json!("not_done")));
        assert_eq!(entries[1]["kind"], "refused");
        let line = r#"register refused by Dynadot: code -1, "insufficient_funds"; nothing was bought"#;
        assert_eq!(entries[1]["error"], line);

        let entries = log_of_one(wire, "lost", Answer::Hangup, send);
        assert_eq!(entries.len(), 2);
        assert_eq!((&entries[1]["event"], &entries[1]["outcome"]), (&json!("failed"), &json!("unknown")));
        assert_eq!((&entries[1]["kind"], &entries[1]["attempts"]), (&json!("outcome_unknown"), &json!(1)));
        let line = entries[1]["error"].as_str().expect("a line");
        assert!(line.starts_with("register: outcome unknown: the connection broke"), "{line}");

        let pending = r#"{"RegisterResponse":{"ResponseCode":"0","Status":"order_pending_process"}}"#;
        let pending = Answer::Reply(Reply::ok("application/json", pending));
        let entries = log_of_one(wire, "pending", pending, |client| {
            client.send(Register::new("example.com", 1)).expect("an order");
        });
        assert_eq!((&entries[1]["event"], &entries[1]["pending"]), (&json!("done"), &json!(true)));
    }
}

#[test]
fn no_secret_is_logged() {
    for wire in Wire::ALL {
        let log = Log::new(&format!("secret-{wire:?}"));
        let server = Server::start(|request| {
            let body = json!({"Response": {"ResponseCode": "-1", "Error": format!("invalid key {KEY} {CODE} {}", request.target)}});
            Reply::ok("application/json", body.to_string()).into()
        });
        let client = Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.open()));
        let transfer = Transfer::new("example.com", CODE).extra("plain", "shown").extra_secret("pin", CODE);
        client.send(transfer).expect_err("a refusal");
        let text = log.text();
        assert!(!text.contains("kanarie") && !text.contains("Kode") && !text.contains("Schl"), "{text}");
        assert!(text.contains("shown") && log.entries().len() == 2, "{text}");
    }
}

/// A log that keeps what happened, and fails when it is told.
#[derive(Clone, Default)]
struct Failing(Arc<Mutex<(Vec<String>, Vec<&'static str>)>>);

impl Failing {
    /// Fails at entries of these events.
    fn at(events: &[&'static str]) -> Self {
        let log = Self::default();
        log.0.lock().expect("a log").1.extend(events);
        log
    }

    fn seen(&self) -> Vec<String> {
        self.0.lock().expect("a log").0.clone()
    }
}

impl AuditLog for Failing {
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
        let event = match entry.event {
            AuditEvent::Before => "before",
            AuditEvent::Done { .. } => "done",
            AuditEvent::Failed { .. } => "failed",
            AuditEvent::Abandoned => "abandoned",
            _ => "another",
        };
        let mut state = self.0.lock().expect("a log");
        state.0.push(format!("{event} {} {}", entry.command, entry.attempts));
        if state.1.contains(&event) { Err(io::Error::other("the disk is full")) } else { Ok(()) }
    }
}

#[test]
fn what_cannot_be_logged_is_not_sent() {
    for wire in Wire::ALL {
        let account = Arc::new(Account::new(noon()));
        account.add_domain("example.com", noon());
        let server = serve(&account);
        let log = Failing::at(&["before"]);
        let client = Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.clone()));
        let error = client.send(Register::new("example.net", 1)).expect_err("no log");
        assert_eq!(
            error.to_string(),
            "register: the audit log cannot be written, so nothing was sent: the disk is full; nothing was bought"
        );
        assert_eq!((error.kind(), error.attempts(), error.may_have_run()), (ErrorKind::Audit, 0, false));
        let error = client.send(Delete::new("example.com")).expect_err("no log");
        assert_eq!(error.kind(), ErrorKind::Audit);
        assert!(account.calls().is_empty(), "nothing is sent: {:?}", account.calls());
        assert_eq!(log.seen(), ["before register 0", "before delete 0"], "what was not begun has no end");
        client.send(DomainInfo::new("example.com")).expect("what only reads needs no log");
    }
}

#[test]
fn what_was_done_stays_done_when_the_log_fails_after_it() {
    for wire in Wire::ALL {
        let account = Arc::new(Account::new(noon()));
        let server = serve(&account);
        let log = Failing::at(&["done"]);
        let client = Via::new(wire, KEY, Leap::new(noon()), Audited(server.origin(), log.clone()));
        client.send(Register::new("example.com", 1)).expect("it was done");
        assert_eq!(account.executions("register"), 1);
        assert_eq!(log.seen(), ["before register 0", "done register 1"]);
    }
}

#[test]
fn what_is_given_up_under_way_is_logged_as_abandoned() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let log = Log::new(&format!("abandoned-{wire:?}"));
        let (server, arrived) = Signal::of_arrival();
        let client = Via::new(wire, KEY, Leap::new(noon()), Patient(Audited(server.origin(), log.open())));
        client.either(
            |client| async move {
                let call = pin!(client.send(Register::new("example.com", 1)));
                let arrived = pin!(arrived.wait());
                match select(call, arrived).await {
                    Either::Left((result, _)) => panic!("it ended: {result:?}"),
                    // The call is dropped here.
                    Either::Right(_) => {}
                }
            },
            |_| unreachable!("a call that blocks cannot be dropped"),
        );
        let entries = without_id(log.entries());
        let events: Vec<_> = entries.iter().map(|entry| (&entry["event"], &entry["attempts"])).collect();
        assert_eq!(events, [(&json!("before"), &json!(0)), (&json!("abandoned"), &json!(1))]);
        assert_eq!(server.requests().len(), 1);
    }
}

/// Settings with which a call waits as long as it takes: the tests that use it end it themselves.
struct Patient<S>(S);

impl<S: Set> Set for Patient<S> {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        self.0.set(builder).timeout(Duration::from_secs(3600))
    }
}

/// A gate that never opens.
struct Closed(Signal);

impl Gate for Closed {
    fn enter<'a>(&'a self, _: &'a dyn Timer) -> Future<'a, std::result::Result<Permit, String>> {
        self.0.set();
        Box::pin(std::future::pending())
    }
}

struct AtGate<S>(S, Signal);

impl<S: Set> Set for AtGate<S> {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        self.0.set(builder).gate(Closed(self.1))
    }
}

#[test]
fn what_is_given_up_at_the_gate_is_logged_as_not_sent() {
    let log = Log::new("gate");
    let waiting = Signal::default();
    let settings = AtGate(Audited("http://127.0.0.1:1".to_owned(), log.open()), waiting.clone());
    let client = Via::new(Wire::Reqwest, KEY, Leap::new(noon()), settings);
    client.either(
        |client| async move {
            let call = pin!(client.send(Register::new("example.com", 1)));
            let waiting = pin!(waiting.wait());
            assert!(matches!(select(call, waiting).await, Either::Right(_)));
        },
        |_| unreachable!("a call that blocks cannot be dropped"),
    );
    let entries = without_id(log.entries());
    let events: Vec<_> = entries.iter().map(|entry| (&entry["event"], &entry["attempts"])).collect();
    assert_eq!(events, [(&json!("before"), &json!(0)), (&json!("abandoned"), &json!(0))]);
}

#[cfg(unix)]
#[test]
fn a_log_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let log = Log::new("mode");
    drop(log.open());
    let mode = std::fs::metadata(&log.0).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_log_that_is_there_is_gone_on_with() {
    let log = Log::new("append");
    std::fs::write(&log.0, "{\"event\":\"before\"}\n").expect("a file");
    let account = Arc::new(Account::new(noon()));
    let server = serve(&account);
    let client = Via::new(Wire::Ureq, KEY, Leap::new(noon()), Audited(server.origin(), log.open()));
    client.send(Register::new("example.com", 1)).expect("a registration");
    assert_eq!(log.entries().len(), 3);
}

#[test]
fn lines_of_calls_at_one_time_stay_whole() {
    const THREADS: usize = 8;
    const CALLS: usize = 10;
    let log = Log::new("threads");
    let server = Server::start(|_| {
        Reply::ok("application/json", r#"{"SetNoteResponse":{"ResponseCode":"0","Status":"success"}}"#).into()
    });
    // Two logs on one file, as two programs have.
    let clients = [(); 2].map(|()| Via::new(Wire::Ureq, KEY, Leap::new(noon()), Audited(server.origin(), log.open())));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let client = clients[thread % 2].either(|_| async { unreachable!("it blocks") }, |client| client);
            scope.spawn(move || {
                for call in 0..CALLS {
                    let note = format!("{thread} {call} {}", "note ".repeat(1000));
                    client.send(SetNote::new("example.com", note)).expect("an answer");
                }
            });
        }
    });
    let mut calls: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in log.entries() {
        let text = |name: &str| entry[name].as_str().expect("a text").to_owned();
        assert!(entry["params"]["note"].as_str().is_some_and(|note| note.len() > 5000));
        calls.entry(text("id")).or_default().push(text("event"));
    }
    assert_eq!(calls.len(), THREADS * CALLS, "each call has an id of its own");
    assert!(calls.values().all(|events| *events == ["before", "done"]), "{calls:?}");
}
