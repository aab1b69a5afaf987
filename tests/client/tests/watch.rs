//! What tracing and metrics tell of a call: one span a call, a warning only where nobody knows the outcome, and the counts.

mod observing;

use bindwire_client::dynadot::Dynadot;
use bindwire_client::{AuditEntry, AuditEvent, AuditLog, Builder, Limits};
use bindwire_client_tests::{Leap, Set, Signal, Via, Wire};
use bindwire_dynadot::domain::{Delete, DomainInfo, Register};
use bindwire_loopback::{Answer, Reply, Server};
use futures_util::future::{Either, select};
use observing::{Fields, Metrics, Traces, Tracing};
use std::collections::BTreeMap;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tracing::Level;

struct Settings(String);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(1, 0)).timeout(Duration::from_secs(3600))
    }
}

fn timer() -> Leap {
    Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"))
}

/// A server that gives these answers in turn, the last one for good.
fn serve(answers: Vec<Answer>) -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |_| answers[next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)].clone())
}

fn json(body: &str) -> Answer {
    Reply::ok("application/json", body).into()
}

fn ok(command: &str) -> Answer {
    json(&format!(r#"{{"{command}Response":{{"ResponseCode":"0","Status":"success"}}}}"#))
}

fn refused() -> Answer {
    json(r#"{"Response":{"ResponseCode":"-1","Error":"something else"}}"#)
}

fn status(status: u16) -> Answer {
    Reply::status(status, "<html></html>").into()
}

/// What was told of one call.
fn traced<T>(wire: Wire, answers: Vec<Answer>, call: impl FnOnce(&Via) -> T) -> (T, Traces) {
    let server = serve(answers);
    let client = Via::new(wire, "s3cr3t", timer(), Settings(server.origin()));
    let tracing = Tracing::start();
    let result = call(&client);
    (result, tracing.end())
}

fn fields<'a>(fields: impl IntoIterator<Item = (&'static str, &'a str)>) -> Fields {
    fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

#[test]
fn a_call_is_one_span_with_what_came_of_it() {
    for wire in Wire::ALL {
        let (result, traces) =
            traced(wire, vec![ok("Register")], |client| client.send(Register::new("example.com", 1)));
        result.expect("a registration");
        let span = fields([
            ("api", "dynadot"),
            ("command", "register"),
            ("effect", "spend"),
            ("format", "json"),
            ("attempts", "1"),
            ("status", "200"),
            ("outcome", "ok"),
        ]);
        assert_eq!(traces.spans, [("bindwire.call", span)], "{wire:?}");
        let messages: Vec<_> = traces.events.iter().map(|(_, fields, span)| (&*fields["message"], *span)).collect();
        let inside = Some("bindwire.call");
        assert_eq!(messages, [("sending", inside), ("answered", inside), ("done", inside)], "{wire:?}");
        assert!(traces.at_least(Level::INFO).is_empty(), "what goes well is told at debug and trace");
    }
}

#[test]
fn each_attempt_and_each_wait_is_an_event_of_the_same_span() {
    for wire in Wire::ALL {
        let answers = vec![status(503), Answer::Hangup, ok("DomainInfo")];
        let (result, traces) = traced(wire, answers, |client| client.send(DomainInfo::new("example.com")));
        result.expect("an answer");
        assert_eq!(traces.spans.len(), 1, "{wire:?}");
        let span = &traces.spans[0].1;
        assert_eq!((&*span["attempts"], &*span["status"], &*span["outcome"]), ("3", "200", "ok"), "{wire:?}");
        let attempts: Vec<_> = traces.of("sending").iter().map(|fields| fields["attempt"].clone()).collect();
        assert_eq!(attempts, ["1", "2", "3"], "{wire:?}");
        let waits = traces.of("waiting before another attempt");
        let waited: Vec<_> = waits.iter().map(|fields| &*fields["attempt"]).collect();
        assert_eq!(waited, ["1", "2"], "{wire:?}");
        let delays: Vec<u64> = waits.iter().map(|fields| fields["delay_ms"].parse().expect("a number")).collect();
        assert!(delays[0] >= 500 && delays[1] >= 1000, "{wire:?} {delays:?}");
        assert_eq!(traces.of("no answer")[0]["may_have_left"], "true", "{wire:?}");
        assert!(traces.at_least(Level::WARN).is_empty(), "{wire:?}");
    }
}

#[test]
fn only_an_unknown_outcome_is_a_warning() {
    for wire in Wire::ALL {
        let (_, traces) = traced(wire, vec![refused()], |client| {
            client.send(DomainInfo::new("example.com")).expect_err("a refusal");
            client.send(Delete::new("example.com")).expect_err("a refusal");
            client.send(Register::new("example.com", 1)).expect_err("a refusal");
        });
        let outcomes: Vec<_> = traces.spans.iter().map(|(_, fields)| &*fields["outcome"]).collect();
        assert_eq!(outcomes, ["refused"; 3], "{wire:?}");
        assert!(traces.at_least(Level::WARN).is_empty(), "{wire:?} {traces:?}");

        let (_, traces) = traced(wire, vec![status(500)], |client| {
            // What only reads is not lost.
            client.send(DomainInfo::new("example.com")).expect_err("no answer");
        });
        assert_eq!(traces.spans[0].1["outcome"], "http", "{wire:?}");
        assert!(traces.at_least(Level::WARN).is_empty(), "{wire:?} {traces:?}");

        let (error, traces) = traced(wire, vec![status(500)], |client| {
            client.send(Register::new("example.com", 1)).expect_err("no answer")
        });
        let span = &traces.spans[0].1;
        assert_eq!((&*span["attempts"], &*span["status"], &*span["outcome"]), ("1", "500", "outcome_unknown"));
        let warnings = traces.at_least(Level::WARN);
        assert_eq!(warnings.len(), 1, "{wire:?} {traces:?}");
        assert_eq!(warnings[0]["error"], error.to_string());
        assert_eq!(warnings[0]["outcome"], "outcome_unknown");
    }
}

#[test]
fn what_still_has_to_be_carried_out_is_told_as_pending() {
    for wire in Wire::ALL {
        let answer = json(r#"{"RegisterResponse":{"ResponseCode":"0","Status":"order_pending_process"}}"#);
        let (result, traces) = traced(wire, vec![answer], |client| client.send(Register::new("example.com", 1)));
        result.expect("an order");
        assert_eq!(traces.spans[0].1["outcome"], "pending", "{wire:?}");
    }
}

/// Sends a command to a server that answers nothing, and gives it up when it is there.
fn abandon(wire: Wire, is_read: bool) {
    let (server, arrived) = Signal::of_arrival();
    let client = Via::new(wire, "s3cr3t", timer(), Settings(server.origin()));
    client.either(
        |client| async move {
            let call = pin!(async {
                if is_read {
                    client.send(DomainInfo::new("example.com")).await.map(drop)
                } else {
                    client.send(Register::new("example.com", 1)).await.map(drop)
                }
            });
            let arrived = pin!(arrived.wait());
            assert!(matches!(select(call, arrived).await, Either::Right(_)), "it is under way");
        },
        |_| unreachable!("a call that blocks cannot be dropped"),
    );
}

#[test]
fn what_is_given_up_is_told_as_abandoned() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        for is_read in [true, false] {
            let tracing = Tracing::start();
            abandon(wire, is_read);
            let traces = tracing.end();
            let span = &traces.spans[0].1;
            assert_eq!((&*span["attempts"], &*span["outcome"]), ("1", "abandoned"), "{wire:?}");
            // Nobody knows what became of it: a warning, unless it only reads.
            let warnings = traces.at_least(Level::WARN);
            assert_eq!(warnings.len(), usize::from(!is_read), "{wire:?} {traces:?}");
        }
    }
}

/// A log that cannot hold what came of a call.
struct Forgetful;

impl AuditLog for Forgetful {
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
        if matches!(entry.event, AuditEvent::Before) { Ok(()) } else { Err(io::Error::other("the disk is full")) }
    }
}

struct Forgotten(Settings);

impl Set for Forgotten {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        self.0.set(builder).audit(Forgetful)
    }
}

#[test]
fn an_audit_log_that_lacks_an_outcome_is_an_error_event() {
    for wire in Wire::ALL {
        let server = serve(vec![ok("Register")]);
        let client = Via::new(wire, "s3cr3t", timer(), Forgotten(Settings(server.origin())));
        let tracing = Tracing::start();
        client.send(Register::new("example.com", 1)).expect("it was done");
        let traces = tracing.end();
        let errors = traces.at_least(Level::ERROR);
        assert_eq!(errors.len(), 1, "{wire:?}");
        assert_eq!((&*errors[0]["command"], &*errors[0]["what"]), ("register", "the disk is full"));
    }
}

/// What was counted while `call` ran.
fn counted(call: impl FnOnce()) -> BTreeMap<String, Vec<f64>> {
    let metrics = Metrics::default();
    metrics::with_local_recorder(&metrics, call);
    metrics.seen()
}

fn series<const N: usize>(series: [(&str, &[f64]); N]) -> BTreeMap<String, Vec<f64>> {
    series.into_iter().map(|(name, values)| (name.to_owned(), values.to_vec())).collect()
}

#[test]
fn calls_attempts_and_repetitions_are_counted_and_time_is_measured() {
    for wire in Wire::ALL {
        let server = serve(vec![status(503), status(503), ok("DomainInfo")]);
        let timer = timer();
        let client = Via::new(wire, "s3cr3t", timer.clone(), Settings(server.origin()));
        let seen = counted(|| {
            client.send(DomainInfo::new("example.com")).expect("an answer");
        });
        let passed = timer.passed().as_secs_f64();
        assert!(passed >= 1.5, "the waits take time: {passed}");
        assert_eq!(
            seen,
            series([
                ("bindwire_attempts_total{api=dynadot,command=domain_info}", &[1.0, 1.0, 1.0]),
                ("bindwire_retries_total{api=dynadot,command=domain_info}", &[1.0, 1.0]),
                ("bindwire_calls_total{api=dynadot,command=domain_info,outcome=ok}", &[1.0]),
                ("bindwire_call_seconds{api=dynadot,command=domain_info}", &[passed]),
            ]),
            "{wire:?}"
        );
    }
}

#[test]
fn calls_are_counted_by_their_outcome() {
    for wire in Wire::ALL {
        let server = serve(vec![refused(), status(500), ok("Register")]);
        let client = Via::new(wire, "s3cr3t", timer(), Settings(server.origin()));
        let seen = counted(|| {
            for _ in 0..3 {
                let _ = client.send(Register::new("example.com", 1));
            }
        });
        let labels = "api=dynadot,command=register";
        for outcome in ["refused", "outcome_unknown", "ok"] {
            let name = format!("bindwire_calls_total{{{labels},outcome={outcome}}}");
            assert_eq!(seen.get(&name).map(Vec::len), Some(1), "{wire:?} {name}: {seen:?}");
        }
        assert_eq!(seen[&format!("bindwire_attempts_total{{{labels}}}")].len(), 3, "{wire:?}");
        assert_eq!(seen[&format!("bindwire_call_seconds{{{labels}}}")].len(), 3, "{wire:?}");
        assert!(!seen.keys().any(|name| name.starts_with("bindwire_retries_total")), "{wire:?} {seen:?}");
    }
}

#[test]
fn what_is_given_up_is_counted() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let seen = counted(|| abandon(wire, false));
        let labels = "api=dynadot,command=register";
        assert_eq!(seen[&format!("bindwire_attempts_total{{{labels}}}")], [1.0], "{wire:?}");
        assert_eq!(seen[&format!("bindwire_calls_total{{{labels},outcome=abandoned}}")], [1.0], "{wire:?}");
    }
}
