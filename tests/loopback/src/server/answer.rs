//! What the server says to a request, and the ways in which it may fail to.

use std::io::Write as _;

/// What becomes of a request that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The reply in full.
    Reply(Reply),
    /// The head and the first `sent` bytes of the body, then the connection is closed: the head promised more.
    CutOff {
        /// The reply that is not sent to its end.
        reply: Reply,
        /// How many bytes of the body are sent.
        sent: usize,
    },
    /// The head and the first `sent` bytes of the body, then nothing until the client goes away, or the server stops.
    StallAfter {
        /// The reply that is not sent to its end.
        reply: Reply,
        /// How many bytes of the body are sent.
        sent: usize,
    },
    /// The connection is closed without an answer.
    Hangup,
    /// Nothing is answered until the client goes away, or the server stops.
    Stall,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

/// Status, headers and body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status code, as 200.
    pub status: u16,
    /// The headers besides those that tell the length of the body and the fate of the connection; a `content-length` in here is
    /// sent in place of the right one.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    chunked: bool,
    close: bool,
}

impl Reply {
    /// A success with a body of that type.
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200, body).header("content-type", content_type)
    }

    /// Another status, without a content type.
    pub fn status(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), chunked: false, close: false }
    }

    /// Adds a header; several of one name are sent as several lines.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the body in chunks, three where it has as many bytes, instead of telling its length.
    pub fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    /// Closes the connection after the body, and says so.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }

    /// Whether the connection is to be closed after the body.
    pub(super) fn closes(&self) -> bool {
        self.close
    }

    /// Head and body as they are sent; with `sent`, no more than that of the body. `stays` is whether the connection does.
    pub(super) fn bytes(&self, sent: Option<usize>, stays: bool) -> Vec<u8> {
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in &self.headers {
            put(&mut out, format_args!("{name}: {value}\r\n"));
        }
        if self.chunked {
            out.extend_from_slice(b"transfer-encoding: chunked\r\n");
        } else if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
            put(&mut out, format_args!("content-length: {}\r\n", self.body.len()));
        }
        put(&mut out, format_args!("connection: {}\r\n\r\n", if stays { "keep-alive" } else { "close" }));
        let body = &self.body[..sent.unwrap_or(self.body.len()).min(self.body.len())];
        if !self.chunked {
            out.extend_from_slice(body);
            return out;
        }
        for chunk in body.chunks(body.len().div_ceil(3).max(1)) {
            put(&mut out, format_args!("{:x}\r\n", chunk.len()));
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        if sent.is_none() {
            out.extend_from_slice(b"0\r\n\r\n");
        }
        out
    }
}

fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a vector takes every byte");
}

/// The words beside a status; clients do not look at them, readers of a trace do.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
