//! A POST over every transport: what is on the wire, what comes of each trouble, and that nothing secret gets into what this
//! process logs and traces.

mod wire;

use super::testing::{collect_log, has_logged, shows};
use super::{Body, Request, Response, TransportError, TransportErrorKind};
use bindwire_loopback::{Accept, Answer, Reply, Server, server};
use bindwire_wire::{Effect, Query, Secret, request_url};
use std::net::TcpListener;
use std::time::Duration;
use wire::Wire;

/// Long enough for a machine that has much to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much filling makes a body that no buffer between client and server takes whole.
const MORE_THAN_BUFFERS: usize = 1 << 20;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    Chunked,
    Status500,
    Echo,
    Redirect302,
    Redirect307,
    CutOff,
    Slow,
    Hang,
    Hangup,
    Unread,
    Refused,
}

const TROUBLES: [Trouble; 12] = [
    Trouble::None,
    Trouble::Chunked,
    Trouble::Status500,
    Trouble::Echo,
    Trouble::Redirect302,
    Trouble::Redirect307,
    Trouble::CutOff,
    Trouble::Slow,
    Trouble::Hang,
    Trouble::Hangup,
    Trouble::Unread,
    Trouble::Refused,
];

/// What a server says that means no harm: it repeats what it was sent, in the body and in headers.
fn echo(request: &server::Request) -> String {
    format!("<fault>{} {:?} {}</fault>", request.target, request.headers, request.text())
}

fn answer(trouble: Trouble, second: &str, request: &server::Request) -> Answer {
    let with_headers = |reply: Reply| {
        let cookie = request.header("cookie").unwrap_or_default();
        reply
            .header("Set-Cookie", &format!("{cookie}; Path=/"))
            .header("set-cookie", "second=2")
            .header("X-Echo", &request.target)
            .header("Retry-After", "7")
    };
    let whole = |status| with_headers(Reply::status(status, echo(request)));
    let redirect = |status| whole(status).header("Location", &format!("{second}{}", request.target));
    match trouble {
        Trouble::None => with_headers(Reply::ok("text/xml", "<ok/>")).into(),
        Trouble::Chunked => whole(200).chunked().into(),
        Trouble::Status500 => whole(500).into(),
        Trouble::Echo => whole(200).into(),
        Trouble::Redirect302 => redirect(302).into(),
        Trouble::Redirect307 => redirect(307).into(),
        Trouble::CutOff => Answer::CutOff { reply: whole(200), sent: 60 },
        Trouble::Slow => Answer::StallAfter { reply: whole(200), sent: 60 },
        Trouble::Hang => Answer::Stall,
        Trouble::Hangup => Answer::Hangup,
        Trouble::Unread | Trouble::Refused => unreachable!("no request is read"),
    }
}

/// A POST with a secret in its address, in its cookie and in its body.
fn post(origin: &str, effect: Effect, secret: &str, timeout: Duration, filling: usize) -> Request {
    let url = request_url(&format!("{origin}/soap"), "", &[("key", &Secret::from(secret))], &Query::new("x"));
    let start = format!("<soap:Envelope>{}\r\n\r\n<token>", "<a>b</a>".repeat(filling));
    let token = start.len()..start.len() + secret.len();
    Request::new(url, effect, timeout, 16 << 20)
        .post(Body::new(format!("{start}{secret}</token>\u{fc}</soap:Envelope>"), vec![token]))
        .header("Content-Type", "text/xml; charset=utf-8", false)
        .header("SOAPAction", "\"urn:an-action\"", false)
        .header("Cookie", format!("session={secret}"), true)
        .with_cookies()
}

/// Holds what a server read against what was to be sent.
fn assert_sent(at: &str, request: &Request, read: &server::Request) {
    let body = request.body().unwrap().expose();
    assert_eq!(read.method, "POST", "{at}");
    assert!(request.url().expose().ends_with(&read.target) && read.path == "/soap", "{at}: {}", read.target);
    assert_eq!(read.text(), body, "{at}");
    let length = body.len().to_string();
    for (name, value) in [
        ("content-type", "text/xml; charset=utf-8"),
        ("soapaction", "\"urn:an-action\""),
        ("cookie", request.headers()[2].expose()),
        ("content-length", &length),
        ("user-agent", crate::USER_AGENT),
    ] {
        let values: Vec<_> = read.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect();
        assert_eq!(values, [value], "{at}: {name}");
    }
    for name in ["expect", "referer", "transfer-encoding", "accept-encoding"] {
        assert_eq!(read.header(name), None, "{at}: {name}");
    }
}

fn assert_outcome(at: &str, trouble: Trouble, secret: &str, outcome: &Result<Response, TransportError>) {
    let failed = |kind: TransportErrorKind, may_have_left: bool| {
        let error = outcome.as_ref().expect_err(at);
        assert_eq!((error.kind(), error.may_have_left()), (kind, may_have_left), "{at}: {error}");
    };
    let answered = |status: u16| {
        let response = outcome.as_ref().unwrap_or_else(|error| panic!("{at}: {error}"));
        let cookies: Vec<_> = response.header_values("Set-Cookie").collect();
        assert_eq!(cookies, [&*format!("session={secret}; Path=/"), "second=2"], "{at}");
        assert_eq!(response.status(), status, "{at}");
        assert_eq!(response.header_value("retry-after"), (status >= 300).then_some("7"), "{at}");
        String::from_utf8(response.body().to_vec()).expect(at)
    };
    match trouble {
        Trouble::None => assert_eq!(answered(200), "<ok/>", "{at}"),
        Trouble::Chunked | Trouble::Echo | Trouble::Status500 => {
            let body = answered(if trouble == Trouble::Status500 { 500 } else { 200 });
            assert!(body.contains(&format!("<token>{secret}</token>ü")), "{at}: {body}");
            assert!(body.starts_with("<fault>/soap?") && body.ends_with("</fault>"), "{at}: the body is whole");
        }
        Trouble::Redirect302 | Trouble::Redirect307 => {
            answered(if trouble == Trouble::Redirect302 { 302 } else { 307 });
            let location = outcome.as_ref().ok().and_then(|response| response.header_value("location"));
            assert!(location.is_some_and(|location| location.starts_with("http://127.0.0.1:")), "{at}: {location:?}");
        }
        Trouble::CutOff | Trouble::Hangup | Trouble::Unread => failed(TransportErrorKind::CutOff, true),
        Trouble::Slow | Trouble::Hang => failed(TransportErrorKind::Timeout, true),
        Trouble::Refused => failed(TransportErrorKind::Connect, false),
    }
}

fn every_trouble(wire: Wire) {
    collect_log();
    let second = Server::start(|_| Reply::ok("text/plain", "the second host").into());
    for (number, trouble) in TROUBLES.into_iter().enumerate() {
        for filling in [1, MORE_THAN_BUFFERS] {
            if filling > 1 && !matches!(trouble, Trouble::None | Trouble::Unread) {
                // To search what is logged of long answers takes minutes.
                continue;
            }
            let at = format!("{wire:?} {trouble:?} {filling}");
            let secret = format!("kanarie{number}{wire:?}Schluessel{filling}");
            let origin = second.origin();
            let accept = if trouble == Trouble::Unread { Accept::DropAtBody } else { Accept::Serve };
            let server = Server::start_with(move |_| accept, move |request| answer(trouble, &origin, request));
            let origin = if trouble == Trouble::Refused { nobody() } else { server.origin() };
            let is_late = matches!(trouble, Trouble::Slow | Trouble::Hang);
            let timeout = if is_late { Duration::from_millis(300) } else { PATIENCE };
            let request = post(&origin, Effect::Write, &secret, timeout, filling);

            let outcome = wire.open().send(&request);

            assert_outcome(&at, trouble, &secret, &outcome);
            let read = server.requests();
            let is_read = !matches!(trouble, Trouble::Unread | Trouble::Refused);
            assert_eq!(read.len(), usize::from(is_read), "{at}: it is sent once");
            read.iter().for_each(|read| assert_sent(&at, &request, read));
            let shown = format!("{request:?} {outcome:?} {:?}", outcome.as_ref().map_err(ToString::to_string));
            assert!(!shown.contains("kanarie"), "{at}: {shown}");
            assert!(shown.contains("<token><redacted></token>"), "{at}: {shown}");
            assert!(!shows(&secret), "{at}: it is in the log");
        }
    }
    assert_eq!(second.connections(), 0, "no redirect is followed");
    assert!(has_logged("127.0.0.1"), "the log is there");
}

/// An address on which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
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

/// A service of tower does with its connections as it likes.
const KEEPING: [Wire; 2] = [Wire::Reqwest, Wire::Ureq];

#[test]
fn only_what_reads_goes_over_a_connection_that_was_kept() {
    for wire in KEEPING {
        for effect in [Effect::Read, Effect::IdempotentWrite, Effect::Write, Effect::Spend] {
            let server = Server::start(|_| Reply::ok("text/xml", "<ok/>").into());
            let carrier = wire.open();
            for _ in 0..3 {
                let request = post(&server.origin(), effect, "key", PATIENCE, 1);
                assert_eq!(carrier.send(&request).unwrap().body(), b"<ok/>");
            }
            let connections = if effect == Effect::Read { 1 } else { 3 };
            assert_eq!((server.connections(), server.requests().len()), (connections, 3), "{wire:?} {effect}");
        }
    }
}

#[test]
fn a_connection_that_turns_out_closed_costs_no_write_and_no_post_goes_twice() {
    for wire in Wire::ALL {
        // It is said that the connection stays, and then it does not.
        let whole = Reply::ok("text/xml", "<ok/>");
        let server = Server::start(move |_| Answer::CutOff { sent: whole.body.len(), reply: whole.clone() });
        let carrier = wire.open();
        for _ in 0..3 {
            let request = post(&server.origin(), Effect::Write, "key", PATIENCE, 1);
            assert_eq!(carrier.send(&request).unwrap().body(), b"<ok/>", "{wire:?}");
        }
        assert_eq!(server.requests().len(), 3, "{wire:?}");
    }
    for wire in KEEPING {
        // The second request is lost on the connection of the first one.
        let server = Server::start(|request| match request.text().contains("first") {
            true => Reply::ok("text/xml", "<ok/>").into(),
            false => Answer::Hangup,
        });
        let carrier = wire.open();
        carrier.send(&post(&server.origin(), Effect::Read, "first", PATIENCE, 1)).unwrap();
        let error = carrier.send(&post(&server.origin(), Effect::Read, "second", PATIENCE, 1)).unwrap_err();
        assert_eq!((error.kind(), error.may_have_left()), (TransportErrorKind::CutOff, true), "{wire:?}: {error}");
        assert_eq!((server.connections(), server.requests().len()), (1, 2), "{wire:?}");
    }
}

#[test]
fn cookies_are_not_taken_by_who_does_not_ask() {
    for wire in Wire::ALL {
        for status in [200, 500] {
            let server = Server::start(move |_| Reply::status(status, "").header("Set-Cookie", "a=b").into());
            let url = request_url(&format!("{}/soap", server.origin()), "", &[], &Query::new("x"));
            let request = Request::new(url, Effect::Read, PATIENCE, 100).post(Body::new(String::new(), Vec::new()));
            let response = wire.open().send(&request).unwrap();
            assert_eq!((response.status(), response.header_value("set-cookie")), (status, None), "{wire:?}");
            assert_eq!(server.requests()[0].header("content-length"), Some("0"), "{wire:?}: an empty body is one too");
        }
    }
}

#[test]
fn a_header_that_could_end_its_line_is_not_sent() {
    for wire in Wire::ALL {
        for (name, value) in [("Cookie", "a\r\nX: y"), ("Cookie\r\nX", "y")] {
            for is_secret in [true, false] {
                let server = Server::start(|_| Reply::ok("text/xml", "<ok/>").into());
                let request = post(&server.origin(), Effect::Write, "key", PATIENCE, 1).header(name, value, is_secret);
                let error = wire.open().send(&request).unwrap_err();
                let expected = (TransportErrorKind::Protocol, false);
                assert_eq!((error.kind(), error.may_have_left()), expected, "{wire:?} {name:?}: {error}");
                assert_eq!(server.requests(), [], "{wire:?}");
            }
        }
    }
}
