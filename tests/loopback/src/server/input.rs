//! What comes in over a connection: heads, and the bodies that belong to them.

use super::request::Request;
use std::io::{self, Read as _};
use std::net::TcpStream;

/// How long a head may be: URLs with many domains are long.
const MAX_HEAD: usize = 1 << 20;

/// How long a body may be.
const MAX_BODY: usize = 64 << 20;

const LINE_END: &[u8] = b"\r\n";

/// What came of reading a part of a request.
pub(super) enum Part {
    Read(Vec<u8>),
    /// The client went away before its end.
    Ended,
    TooLong,
    Malformed,
}

/// The connection and what was read of it beyond the last request.
pub(super) struct Input<'a> {
    stream: &'a TcpStream,
    buffer: Vec<u8>,
}

impl<'a> Input<'a> {
    pub(super) fn new(stream: &'a TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next head without its empty line.
    pub(super) fn head(&mut self) -> io::Result<Part> {
        self.up_to(b"\r\n\r\n", MAX_HEAD)
    }

    /// The body that follows the head of `request`: in chunks, as long as it says, or none.
    pub(super) fn body(&mut self, request: &Request) -> io::Result<Part> {
        if request.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
            return self.chunks();
        }
        match request.header("content-length").map_or(Ok(0), str::parse) {
            Ok(length) => self.exactly(length),
            Err(_) => Ok(Part::Malformed),
        }
    }

    /// Reads and throws away until the end.
    pub(super) fn drain(&mut self) -> io::Result<()> {
        while self.more()? {
            self.buffer.clear();
        }
        Ok(())
    }

    fn chunks(&mut self) -> io::Result<Part> {
        let mut body = Vec::new();
        loop {
            let line = match self.up_to(LINE_END, MAX_HEAD)? {
                Part::Read(line) => line,
                other => return Ok(other),
            };
            let Some(size) = chunk_size(&line) else { return Ok(Part::Malformed) };
            if size == 0 {
                return self.trailers(body);
            }
            if size > MAX_BODY - body.len() {
                return Ok(Part::TooLong);
            }
            // Its line end belongs to a chunk.
            match self.exactly(size + LINE_END.len())? {
                Part::Read(chunk) if chunk.ends_with(LINE_END) => body.extend_from_slice(&chunk[..size]),
                Part::Read(_) => return Ok(Part::Malformed),
                other => return Ok(other),
            }
        }
    }

    /// Reads what may stand behind the last chunk, up to the empty line.
    fn trailers(&mut self, body: Vec<u8>) -> io::Result<Part> {
        loop {
            match self.up_to(LINE_END, MAX_HEAD)? {
                Part::Read(line) if line.is_empty() => return Ok(Part::Read(body)),
                Part::Read(_) => {}
                other => return Ok(other),
            }
        }
    }

    /// The bytes before the next `end`, which is taken away too.
    fn up_to(&mut self, end: &[u8], max: usize) -> io::Result<Part> {
        let mut searched = 0;
        loop {
            if let Some(at) = self.buffer[searched..].windows(end.len()).position(|window| window == end) {
                let length = searched + at;
                if length > max {
                    return Ok(Part::TooLong);
                }
                let mut part = self.take(length + end.len());
                part.truncate(length);
                return Ok(Part::Read(part));
            }
            if self.buffer.len() > max {
                return Ok(Part::TooLong);
            }
            // The end may have come in part.
            searched = self.buffer.len().saturating_sub(end.len() - 1);
            if !self.more()? {
                return Ok(Part::Ended);
            }
        }
    }

    fn exactly(&mut self, length: usize) -> io::Result<Part> {
        if length > MAX_BODY + LINE_END.len() {
            return Ok(Part::TooLong);
        }
        while self.buffer.len() < length {
            if !self.more()? {
                return Ok(Part::Ended);
            }
        }
        Ok(Part::Read(self.take(length)))
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(length);
        std::mem::replace(&mut self.buffer, rest)
    }

    /// Reads what there is, and waits for it; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        let mut part = [0; 8192];
        let read = self.stream.read(&mut part)?;
        self.buffer.extend_from_slice(&part[..read]);
        Ok(read > 0)
    }
}

/// The size in the first line of a chunk, which may go on behind a semicolon.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
    usize::from_str_radix(digits, 16).ok()
}
