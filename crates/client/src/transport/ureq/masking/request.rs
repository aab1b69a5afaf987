//! Puts what is real in place of what ureq wrote of a request: the target for the ticket's path, the secret headers behind
//! the request line, and the body for its filler.

use super::head::{is_name, visible};
use super::{Calls, Entry};
use std::sync::Arc;

/// A request that is going out.
pub(super) struct Request {
    entry: Arc<Entry>,
    to_head: bool,
    /// How many bytes of the empty line that ends the head have come in a row.
    end: usize,
    /// Bytes of the body that have gone out.
    sent: usize,
}

/// The end of the last header, and the empty line.
const END: &[u8] = b"\r\n\r\n";

impl Request {
    /// One whose first bytes these are, and how many of them are the request line; nothing of it has gone out where there is
    /// something wrong with it, which is told.
    pub(super) fn begin(output: &[u8], calls: &Calls) -> Result<(Self, usize), &'static str> {
        let line = RequestLine::read(output).ok_or("no request line was found")?;
        let entry = calls.find(line.path).ok_or("its path is no ticket's")?;
        if !is_target(&entry.call.target) {
            return Err("the target entered is not a path that starts with / and holds visible ASCII only");
        }
        if !entry
            .call
            .headers
            .iter()
            .all(|(name, value)| is_name(name.as_bytes()) && visible(value.as_bytes()).is_some())
        {
            return Err("a header entered is not a name and a value of visible ASCII");
        }
        // Half of the end of an empty head is that of the line.
        Ok((Self { to_head: line.method == "HEAD", end: END.len() / 2, sent: 0, entry }, line.length))
    }

    pub(super) fn entry(&self) -> &Arc<Entry> {
        &self.entry
    }

    /// Whether the method is HEAD.
    pub(super) fn to_head(&self) -> bool {
        self.to_head
    }

    /// The request line and the secret headers, for the line that ureq wrote.
    pub(super) fn line(&self, shown: &[u8]) -> Vec<u8> {
        let call = &self.entry.call;
        let mut words = shown.splitn(3, |byte| *byte == b' ');
        let (method, _, version) = (words.next(), words.next(), words.next());
        let mut line = [method.unwrap_or_default(), call.target.as_bytes(), version.unwrap_or_default()].join(&b' ');
        for (name, value) in &call.headers {
            for part in [name, ": ", value, "\r\n"] {
                line.extend_from_slice(part.as_bytes());
            }
        }
        line
    }

    /// What goes out for the bytes that ureq writes after the request line: what is of the head as it is, and of the body the
    /// real one. `None` when that is not as long.
    pub(super) fn rest<'a>(&'a mut self, shown: &'a [u8]) -> Option<[&'a [u8]; 2]> {
        let (head, filler) = shown.split_at(self.head_in(shown));
        let body = self.entry.call.body.as_ref().map_or("", |body| body.expose()).as_bytes();
        let body = body.get(self.sent..self.sent + filler.len())?;
        self.sent += filler.len();
        Some([head, body])
    }

    /// Whether all of it has gone out.
    pub(super) fn is_whole(&self) -> bool {
        let length = self.entry.call.body.as_ref().map_or(0, |body| body.expose().len());
        self.end == END.len() && self.sent == length
    }

    /// How many of the bytes belong to the head.
    fn head_in(&mut self, shown: &[u8]) -> usize {
        for (at, byte) in shown.iter().enumerate() {
            if self.end == END.len() {
                return at;
            }
            self.end = match (*byte == END[self.end], *byte) {
                (true, _) => self.end + 1,
                (false, b'\r') => 1,
                (false, _) => 0,
            };
        }
        shown.len()
    }
}

/// The first line of a request as ureq wrote it, which is whole.
struct RequestLine<'a> {
    method: &'a str,
    path: &'a str,
    /// With its end.
    length: usize,
}

impl<'a> RequestLine<'a> {
    fn read(output: &'a [u8]) -> Option<Self> {
        let end = output.windows(2).position(|window| window == b"\r\n")?;
        let mut words = std::str::from_utf8(&output[..end]).ok()?.split(' ');
        let (method, path, _version) = (words.next()?, words.next()?, words.next()?);
        Some(Self { method, path, length: end + 2 })
    }
}

/// Whether a text can stand in a request line without ending it.
fn is_target(target: &str) -> bool {
    target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::super::{Call, Ticket};
    use super::*;
    use crate::transport::Body;

    fn enter(calls: &Arc<Calls>) -> Ticket {
        calls.enter(Call {
            target: "/soap?key=Secret".to_owned(),
            headers: vec![("Cookie".to_owned(), "a=Secret".to_owned()), ("X".to_owned(), String::new())],
            body: Some(Body::new("<a>Secret\r\n\r\n</a>".to_owned(), Vec::new())),
            wants_cookies: false,
        })
    }

    const SENT: &str = "POST /soap?key=Secret HTTP/1.1\r\nCookie: a=Secret\r\nX: \r\n\
                        Content-Length: 17\r\n\r\n<a>Secret\r\n\r\n</a>";

    #[test]
    fn where_the_bytes_are_parted_makes_no_difference() {
        let calls = Calls::new();
        let ticket = enter(&calls);
        let filler = String::from_utf8(ticket.filler().unwrap()).unwrap();
        assert_eq!(filler, "_".repeat(17), "as long as the body, and nothing of it");
        let line = format!("POST {} HTTP/1.1\r\n", ticket.path());
        let shown = format!("{line}Content-Length: {}\r\n\r\n{filler}", filler.len());
        for first in line.len()..=shown.len() {
            for second in first..=shown.len() {
                let (mut request, length) = Request::begin(&shown.as_bytes()[..first], &calls).unwrap();
                assert_eq!((length, request.to_head()), (line.len(), false));
                let mut sent = request.line(line.as_bytes());
                for part in [length..first, first..second, second..shown.len()] {
                    assert_eq!(request.is_whole(), part.start == shown.len());
                    sent.extend(request.rest(&shown.as_bytes()[part]).unwrap().concat());
                }
                assert_eq!(String::from_utf8(sent).unwrap(), SENT, "{first} {second}");
                assert!(request.is_whole());
                assert!(request.rest(b"_").is_none(), "there is no more");
            }
        }
    }

    #[test]
    fn a_request_that_was_not_entered_does_not_begin() {
        let calls = Calls::new();
        let _ticket = enter(&calls);
        for shown in ["", "POST /0 HTTP/1.1", "POST /1 HTTP/1.1\r\n", "POST /x HTTP/1.1\r\n", "POST /0\r\n"] {
            assert!(Request::begin(shown.as_bytes(), &calls).is_err(), "{shown:?}");
        }
        assert!(Request::begin(b"POST /0 HTTP/1.1\r\n", &calls).is_ok());
    }
}
