//! One connection: reads request after request and does what is answered, until either side closes.

use super::answer::{Answer, Reply};
use super::request::Request;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};

/// How long a head may be: URLs with many domains are long.
const MAX_HEAD: usize = 1 << 20;

/// Serves `stream` to its end; `answer` is called once for each request that was read whole.
pub(super) fn serve(stream: &TcpStream, answer: impl Fn(Request) -> Answer) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = Input { stream, buffer: Vec::new() };
    loop {
        let head = match input.head()? {
            Head::Read(head) => head,
            Head::Ended => return Ok(()),
            Head::TooLong => return input.reject(&Reply::status(431, "")),
        };
        let Some((request, client_stays)) = Request::parse(&head) else {
            return input.reject(&Reply::status(400, ""));
        };
        let body = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if !input.skip(body)? {
            return Ok(());
        }
        match answer(request) {
            Answer::Reply(reply) => {
                let stays = client_stays && !reply.closes();
                input.send(&reply.bytes(None, stays))?;
                if !stays {
                    return Ok(());
                }
            }
            Answer::CutOff { reply, sent } => {
                return input.send(&reply.bytes(Some(sent), client_stays && !reply.closes()));
            }
            Answer::Hangup => return Ok(()),
            Answer::Stall => return input.drain(),
        }
    }
}

/// What came of reading a head.
enum Head {
    Read(Vec<u8>),
    Ended,
    TooLong,
}

/// The connection and what was read of it beyond the last request.
struct Input<'a> {
    stream: &'a TcpStream,
    buffer: Vec<u8>,
}

impl Input<'_> {
    /// The next head without its empty line.
    fn head(&mut self) -> io::Result<Head> {
        const END: &[u8] = b"\r\n\r\n";
        let mut searched = 0;
        loop {
            if let Some(at) = self.buffer[searched..].windows(END.len()).position(|window| window == END) {
                let end = searched + at;
                if end > MAX_HEAD {
                    return Ok(Head::TooLong);
                }
                let rest = self.buffer.split_off(end + END.len());
                let mut head = std::mem::replace(&mut self.buffer, rest);
                head.truncate(end);
                return Ok(Head::Read(head));
            }
            if self.buffer.len() > MAX_HEAD {
                return Ok(Head::TooLong);
            }
            // The end may have come in part.
            searched = self.buffer.len().saturating_sub(END.len() - 1);
            if !self.more()? {
                return Ok(Head::Ended);
            }
        }
    }

    /// Throws away the body of a request; `false` when the client went away before its end.
    fn skip(&mut self, length: usize) -> io::Result<bool> {
        while self.buffer.len() < length {
            if !self.more()? {
                return Ok(false);
            }
        }
        self.buffer.drain(..length);
        Ok(true)
    }

    /// Reads what there is, and waits for it; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        let mut part = [0; 8192];
        let read = self.stream.read(&mut part)?;
        self.buffer.extend_from_slice(&part[..read]);
        Ok(read > 0)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Says what is wrong, and reads on until the client has closed too: closing with bytes unread would reset the connection
    /// and take the answer with it.
    fn reject(&mut self, reply: &Reply) -> io::Result<()> {
        self.send(&reply.bytes(None, false))?;
        self.stream.shutdown(Shutdown::Write)?;
        self.drain()
    }

    /// Reads and throws away until the end.
    fn drain(&mut self) -> io::Result<()> {
        while self.more()? {
            self.buffer.clear();
        }
        Ok(())
    }
}
