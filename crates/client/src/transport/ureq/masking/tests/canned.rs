//! Masking changes nothing of what ureq makes of a reply: canned replies, well formed and not, with it and without.

use std::fmt;
use std::mem::discriminant;
use std::sync::{Arc, Mutex};

use ::ureq::config::Config;
use ::ureq::unversioned::resolver::DefaultResolver;
use ::ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};
use ::ureq::{Agent, Error, http};

use super::super::{Call, Calls, MaskingConnector};
use crate::transport::testing::ignore_this_thread;

/// Connects to what answers every request with the same bytes, so many at a time, and then closes.
#[derive(Clone)]
struct Canned {
    answer: Arc<Mutex<Vec<u8>>>,
    at_a_time: usize,
    stays_open: bool,
}

struct CannedTransport {
    buffers: LazyBuffers,
    rest: Vec<u8>,
    at_a_time: usize,
    stays_open: bool,
}

impl Connector for Canned {
    type Out = CannedTransport;

    fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Self::Out>, Error> {
        let rest = self.answer.lock().unwrap().clone();
        Ok(Some(CannedTransport {
            buffers: LazyBuffers::new(4096, 4096),
            rest,
            at_a_time: self.at_a_time,
            stays_open: self.stays_open,
        }))
    }
}

impl Transport for CannedTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        let free = self.buffers.input_append_buf();
        let now = self.rest.len().min(free.len()).min(self.at_a_time);
        free[..now].copy_from_slice(&self.rest[..now]);
        self.rest.drain(..now);
        self.buffers.input_appended(now);
        Ok(now > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stays_open
    }

    /// ureq asks for https here, and refuses a transport over it that does not say the same.
    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canned")
    }
}

impl fmt::Debug for CannedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CannedTransport")
    }
}

fn ask(agent: &Agent, method: &str, path: &str) -> Result<(u16, Vec<u8>), Error> {
    let uri = format!("https://127.0.0.1{path}");
    let request = http::Request::builder().method(method).uri(uri).body(()).unwrap();
    let mut reply = agent.run(request)?;
    let body = reply.body_mut().read_to_vec()?;
    Ok((reply.status().as_u16(), body))
}

fn config(input_buffer_size: usize) -> Config {
    let config = Config::builder().proxy(None).max_redirects(0).http_status_as_error(false);
    config.input_buffer_size(input_buffer_size).build()
}

const ANSWERS: [&str; 8] = [
    "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX-A: b\r\n\r\nhello, world",
    "HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;a=b\r\n,\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end",
    "HTTP/1.1 302 Found\r\nLocation: https://b.example/x?y=z\r\nContent-Length: 4\r\n\r\nthere",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc",
    "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "\r\nHTTP/1.1 200\nContent-Length: 3, 03\nTransfer-Encoding: gzip , Chunked\n\n1\r\nx\r\n0\r\n\r\n",
];

/// What the bytes of an answer are changed to: what heads and chunks are parted by, and what does not belong there.
const OTHER: &[u8] = b"\r\n :;,+-0123456789abcdefFxX_\t\0\x7f\x80\xff";

#[test]
fn ureq_makes_the_same_of_a_masked_reply() {
    ignore_this_thread();
    let canned = Canned { answer: Arc::default(), at_a_time: 3, stays_open: false };
    let plain = Agent::with_parts(config(4096), canned.clone(), DefaultResolver::default());
    let calls = Calls::new();
    let masking = MaskingConnector { calls: Arc::clone(&calls) };
    let masked = Agent::with_parts(config(4096), canned.clone().chain(masking), DefaultResolver::default());

    let compare = |method: &str, answer: &[u8]| {
        *canned.answer.lock().unwrap() = answer.to_vec();
        let expected = ask(&plain, method, "/");
        let ticket = calls.enter(Call::to("/?key=x"));
        let found = ask(&masked, method, &ticket.path()).map(|(status, mut body)| {
            ticket.unmask(&mut body);
            (status, body)
        });
        let answer = String::from_utf8_lossy(answer);
        match (expected, found) {
            (Ok(expected), Ok(found)) => assert_eq!(found, expected, "{method} {answer:?}"),
            (Err(expected), Err(found)) if discriminant(&found) == discriminant(&expected) => {}
            (expected, found) => panic!("{method} {answer:?}: {found:?} instead of {expected:?}"),
        }
    };
    let mut other = OTHER.iter().copied().cycle();
    for answer in ANSWERS {
        let answer = answer.as_bytes();
        compare("GET", answer);
        compare("HEAD", answer);
        compare("GET", &[answer, b"more"].concat());
        for at in 0..answer.len() {
            let (before, after) = answer.split_at(at);
            compare("GET", before);
            compare("GET", &[before, &after[1..]].concat());
            compare("GET", &[before, &[other.next().unwrap()], &after[1..]].concat());
            compare("GET", &[before, &[other.next().unwrap()], after].concat());
        }
    }
}

/// ureq looks for bytes beyond a reply in its own buffer and in the socket; these are in between.
#[test]
fn bytes_beyond_a_reply_that_ureq_has_no_room_for_close_the_connection() {
    ignore_this_thread();
    let canned = Canned { answer: Arc::default(), at_a_time: 4096, stays_open: true };
    let calls = Calls::new();
    let masking = MaskingConnector { calls: Arc::clone(&calls) };
    let agent = Agent::with_parts(config(300), canned.clone().chain(masking), DefaultResolver::default());
    let full = [b"HTTP/1.1 200 OK\r\nContent-Length: 260\r\n\r\n", &[b'x'; 260][..]].concat();
    assert_eq!(full.len(), 300);
    let small = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
    for (answer, body) in
        [([&full[..], small, b"BAD"].concat(), vec![b'x'; 260]), ([&small[..], b"two"].concat(), b"two".to_vec())]
    {
        *canned.answer.lock().unwrap() = answer;
        let ticket = calls.enter(Call::to("/"));
        let (_, mut found) = ask(&agent, "GET", &ticket.path()).unwrap();
        ticket.unmask(&mut found);
        assert_eq!(found, body);
    }
}
