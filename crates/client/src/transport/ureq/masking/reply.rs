//! Masks the bytes of a reply one for one as they come in, and follows where head and body end as ureq does.
//!
//! Where a reply is not well formed ureq gives up on it or waits for its end; everything from there on is blanked, with
//! line ends kept, so that ureq finds the same fault.

use super::Entry;
use super::chunks::{Chunks, Step};
use super::head::{Framing, Head, Line, blank};
use std::sync::{Arc, PoisonError};

/// The reply to one request.
pub(super) struct Reply {
    /// To HEAD: without a body, whatever its head says.
    to_head: bool,
    entry: Option<Arc<Entry>>,
    /// Bytes of the body so far, without the framing of chunks.
    offset: u64,
    state: State,
}

enum State {
    /// No request is under way.
    Done,
    Head(Head),
    /// Bytes that are still to come.
    Sized(u64),
    Chunked(Chunks),
    UntilClose,
    /// What ureq will not take for a part of the reply.
    Blank,
}

impl Reply {
    /// Before the first request.
    pub(super) fn none() -> Self {
        Self { to_head: false, entry: None, offset: 0, state: State::Done }
    }

    /// To a request that is about to be sent.
    pub(super) fn to(to_head: bool, entry: Arc<Entry>) -> Self {
        let head = Head::new(entry.call.wants_cookies);
        Self { to_head, entry: Some(entry), offset: 0, state: State::Head(head) }
    }

    /// Whether it has been read to its end, and nothing beyond.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Copies bytes that came in to where ureq reads them, masked; gives how many.
    ///
    /// The start of a line of the head is left where it is; where the peer hangs up there, ureq finds the head cut off
    /// with or without it.
    pub(super) fn mask(&mut self, from: &[u8], to: &mut [u8]) -> usize {
        let full = from.len() >= to.len();
        let room = from.len().min(to.len());
        let mut at = 0;
        while at < room {
            let (from, to) = (&from[at..room], &mut to[at..room]);
            at += match &mut self.state {
                State::Head(head) => match from.iter().position(|byte| *byte == b'\n') {
                    Some(end) => {
                        let line = &mut to[..=end];
                        line.copy_from_slice(&from[..=end]);
                        match head.line(line) {
                            Line::Header => {}
                            Line::End(framing) => {
                                let cookies = head.take_cookies();
                                self.state = self.after_head(framing, cookies);
                            }
                            Line::Malformed => self.state = State::Blank,
                        }
                        end + 1
                    }
                    // A line for which there is no room never becomes whole.
                    None if (full && at == 0) || !head.may_begin(from) => {
                        self.state = State::Blank;
                        0
                    }
                    None => break,
                },
                State::Sized(left) => {
                    let taken = from.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                    *left -= taken as u64;
                    if *left == 0 {
                        self.state = State::Done;
                    }
                    self.body(&from[..taken], to)
                }
                State::Chunked(chunks) => match chunks.step(from) {
                    Step::Data(taken) => self.body(&from[..taken], to),
                    Step::Framing(byte) => {
                        to[0] = byte;
                        1
                    }
                    Step::End(byte) => {
                        to[0] = byte;
                        self.state = State::Done;
                        1
                    }
                    Step::Malformed => {
                        self.state = State::Blank;
                        0
                    }
                },
                State::UntilClose => self.body(from, to),
                State::Done => {
                    self.state = State::Blank;
                    0
                }
                State::Blank => {
                    to.copy_from_slice(from);
                    blank(to);
                    to.len()
                }
            };
        }
        at
    }

    fn after_head(&self, framing: Framing, cookies: Vec<String>) -> State {
        if let Some(entry) = &self.entry
            && framing != Framing::Interim
            && !cookies.is_empty()
        {
            *entry.cookies.lock().unwrap_or_else(PoisonError::into_inner) = cookies;
        }
        match framing {
            Framing::Interim => {
                State::Head(Head::new(self.entry.as_ref().is_some_and(|entry| entry.call.wants_cookies)))
            }
            Framing::Malformed | Framing::Switched => State::Blank,
            Framing::None | Framing::Sized(0) => State::Done,
            _ if self.to_head => State::Done,
            Framing::Sized(length) => State::Sized(length),
            Framing::Chunked => State::Chunked(Chunks::default()),
            Framing::UntilClose => State::UntilClose,
        }
    }

    /// Masks bytes of the body.
    fn body(&mut self, from: &[u8], to: &mut [u8]) -> usize {
        let to = &mut to[..from.len()];
        to.copy_from_slice(from);
        match &self.entry {
            Some(entry) => entry.pad.apply(self.offset, to),
            None => blank(to),
        }
        self.offset += to.len() as u64;
        to.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Call, Calls};
    use super::Reply;
    use std::sync::Arc;

    /// Feeds a reply in two parts, into a buffer that has some room more each time, and gives what ureq would see.
    fn mask(to_head: bool, answer: &[u8], cut: usize, room: usize) -> (Vec<u8>, bool) {
        let ticket = Calls::new().enter(Call::to("/"));
        let mut reply = Reply::to(to_head, Arc::clone(&ticket.entry));
        let mut shown = Vec::new();
        let mut at = 0;
        for end in [cut, answer.len()] {
            loop {
                let mut to = vec![0; room];
                let masked = reply.mask(&answer[at..end], &mut to);
                shown.extend(&to[..masked]);
                at += masked;
                if masked == 0 {
                    break;
                }
            }
        }
        assert_eq!(at, answer.len(), "{:?} at {cut}", String::from_utf8_lossy(answer));
        (shown, reply.is_done())
    }

    #[test]
    fn where_the_bytes_are_parted_makes_no_difference() {
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0a\r\n0123456789\r\n0\r\nT: v\r\n\r\n";
        let interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        for answer in [&chunked[..], interim] {
            for cut in 0..=answer.len() {
                for room in [64, answer.len() + 1] {
                    let (shown, done) = mask(false, answer, cut, room);
                    assert!(done, "{cut} {room}");
                    assert_eq!(shown.len(), answer.len());
                }
            }
        }
    }

    #[test]
    fn chunks_keep_their_framing() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 ;a=Secret\r\nSe\r\n+1\r\nx\r\n0\r\nKey: Secret\r\n\r\n";
        let (shown, done) = mask(false, answer, 0, 1000);
        assert!(done);
        let (_, framing) = split(&shown, b"chunked\r\n\r\n");
        assert_eq!(&framing[..13], b"2 ;________\r\n");
        assert!(framing[13] != b'S' && framing[14] != b'e');
        assert_eq!(&framing[15..21], b"\r\n+1\r\n");
        assert_eq!(&framing[22..], b"\r\n0\r\n___________\r\n\r\n");
    }

    #[test]
    fn what_is_no_part_of_the_reply_is_blanked() {
        for (answer, tail) in [
            ("HTTP/1.1 204 OK\r\n\r\nSecret\r\n", "______\r\n"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nSecret", "______"),
            ("HTTP/1.1 101 OK\r\n\r\nSecret", "______"),
            ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nSecret", "______"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSecret\r\nSecret", "_ec_e_\r\n______"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\rSecret", "1\r______"),
            ("Secret\r\nHTTP/1.1 200 OK\r\n", "______\r\n_______________\r\n"),
            ("HTTP/1.1 200 OK\r\nSecret\r\n\r\n", "______\r\n\r\n"),
        ] {
            let (shown, done) = mask(false, answer.as_bytes(), 0, 1000);
            assert!(!done);
            assert!(shown.ends_with(tail.as_bytes()), "{answer:?}: {:?}", String::from_utf8_lossy(&shown));
        }
        let (shown, done) = mask(true, b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSecret", 0, 1000);
        assert!(!done);
        assert!(shown.ends_with(b"______"));
    }

    fn split<'a>(text: &'a [u8], at: &[u8]) -> (&'a [u8], &'a [u8]) {
        let start = text.windows(at.len()).position(|window| window == at).unwrap();
        text.split_at(start + at.len())
    }
}
