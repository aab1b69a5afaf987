//! The core alone: requests out, answers in, decisions out, and no I/O anywhere.

use super::*;
use crate::error::ErrorKind;
use crate::face::ThreadTimer;
use crate::transport::TransportErrorKind;
use bindwire_wire::{Command, Options, Query, RequestUrl, Secret, StatusReply, decode_into, request_url};

/// The address of a request.
fn url() -> RequestUrl {
    request_url("https://api.example/{format}", "json", &[("key", &Secret::from("key"))], &Query::new("search"))
}

fn exchange(effect: Effect, policy: RetryPolicy) -> Exchange {
    let request = Request::new(url(), effect, Duration::from_secs(60), 1 << 20);
    Exchange::new(request, None, &policy, Arc::new(Budget::new(policy.budget)))
}

/// Reads a body as the reply of some command.
fn read(body: Vec<u8>) -> Result<Answer, Box<(bindwire_wire::DecodeError, Vec<u8>)>> {
    let shape = bindwire_dynadot::account::IsProcessing::INFO.reply;
    let mut value = StatusReply::default();
    match decode_into(shape, &body, &Options::default(), &mut value) {
        Ok(reply) => Ok(Answer { refusal: reply.refusal, pending: reply.pending, notes: reply.notes.len() }),
        Err(error) => Err(Box::new((error, body))),
    }
}

/// One attempt with that outcome.
fn attempt(exchange: &mut Exchange, outcome: Result<Response, TransportError>) -> Next {
    exchange.request(&ThreadTimer).expect("no deadline");
    exchange.receive(outcome, &mut read, &ThreadTimer)
}

fn answer(status: u16, body: &str) -> Result<Response, TransportError> {
    Ok(Response::new(status, body))
}

const GOOD: &str =
    r#"{"Response":{"ResponseCode":0,"ResponseHeader":{"ResponseCode":0,"ResponseMsg":"no"},"Status":"success"}}"#;
const BUSY: &str = r#"{"Response":{"ResponseCode":"5","Status":"system_busy"}}"#;

#[test]
fn a_read_goes_on_until_there_is_an_answer() {
    let mut exchange = exchange(Effect::Read, RetryPolicy::default());
    for outcome in [answer(502, "<html>"), answer(200, BUSY), Err(lost())] {
        assert!(matches!(attempt(&mut exchange, outcome), Next::Wait(_)));
    }
    let Next::Done(judged) = attempt(&mut exchange, answer(200, GOOD)) else { panic!("an answer") };
    assert_eq!((judged.status, exchange.attempts()), (200, 4));
}

#[test]
fn what_spends_is_sent_once_whatever_comes_of_it() {
    let refused = || TransportError::before_sending(TransportErrorKind::Connect, "refused");
    for (outcome, cause, may_have_run) in [
        (Err(refused()), ErrorKind::Connect, false),
        (Err(lost()), ErrorKind::CutOff, true),
        (answer(502, "<html>"), ErrorKind::Http, true),
        (answer(404, "<html>"), ErrorKind::Http, false),
        (answer(302, ""), ErrorKind::Redirect, true),
        (answer(200, "<html>"), ErrorKind::Unreadable, true),
        (answer(200, BUSY), ErrorKind::Refused, false),
    ] {
        let mut exchange = exchange(Effect::Spend, RetryPolicy::default());
        let Next::Fail(failure) = attempt(&mut exchange, outcome) else { panic!("{cause:?}: sent again") };
        assert_eq!((failure.cause, failure.may_have_run), (cause, may_have_run));
    }
}

#[test]
fn a_write_goes_again_only_when_nothing_has_left() {
    for effect in [Effect::Write, Effect::IdempotentWrite] {
        let mut exchange = exchange(effect, RetryPolicy::default());
        let refused = TransportError::before_sending(TransportErrorKind::Connect, "refused");
        assert!(matches!(attempt(&mut exchange, Err(refused)), Next::Wait(_)), "{effect}");
        let Next::Fail(failure) = attempt(&mut exchange, Err(lost())) else { panic!("{effect}: sent again") };
        assert!(failure.may_have_run);
    }
}

#[test]
fn a_write_that_was_not_taken_goes_again_only_when_twice_is_as_once() {
    for (effect, goes_again) in [(Effect::IdempotentWrite, true), (Effect::Write, false)] {
        let next = attempt(&mut exchange(effect, RetryPolicy::default()), answer(429, ""));
        assert_eq!(matches!(next, Next::Wait(_)), goes_again, "{effect}");
    }
}

/// As the fault of an API comes that speaks SOAP: its own words count, and not the status.
#[test]
fn a_500_that_holds_a_refusal_is_one() {
    for (words, may_have_run) in [("problem with connection to main server", true), ("invalid key", false)] {
        let body = format!(r#"{{"Response":{{"ResponseCode":"-1","Status":"error","Error":"{words}"}}}}"#);
        for effect in [Effect::Read, Effect::IdempotentWrite, Effect::Write, Effect::Spend] {
            let Err(failure) = judge(effect, answer(500, &body), &mut read, &ThreadTimer) else {
                panic!("{words}: {effect}")
            };
            assert_eq!((failure.cause, failure.status), (ErrorKind::Refused, Some(500)), "{words}: {effect}");
            assert_eq!(failure.may_have_run, may_have_run && effect != Effect::Read, "{words}: {effect}");
            assert_eq!(failure.refusal.expect("the API's words").error, words, "{effect}");
        }
    }
}

fn lost() -> TransportError {
    TransportError::after_sending(TransportErrorKind::CutOff, "the connection broke")
}
